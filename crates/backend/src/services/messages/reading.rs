//! What somebody sees of threads and messages, and that they saw it.

use omasote_types::audit::AccessGround;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{CitizenId, ThreadId, UnitId};
use omasote_types::messages::{
    HolderFilter, InboxMark, InboxQuery, Message, ReadMark, Side, Thread, ThreadQuery, ThreadState,
    UnreadCount,
};
use omasote_types::page::{Page, PageQuery};
use omasote_types::sessions::PersonId;

use super::{announce, linking, visible};
use crate::audit::Call;
use crate::auth::Actor;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Permit, Resource, side_of};
use crate::repos::messages::{self as repo, InboxFilter, Sight};
use crate::repos::people;

/// A citizen's threads, the newest message first: all, or those that lead to a thing.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_threads(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &ThreadQuery,
) -> Result<Page<Thread>, AppError> {
    let permit = policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Messages))?;
    let window = Window::read(List::Threads, query.cursor.as_deref(), query.limit)?;
    let sight = sight(conn, &call.actor, &permit)?;
    let threads = repo::list_threads(conn, (of, query.leads_to), (side_of(&call.actor), &sight), &window)?;
    Ok(window.page(List::Threads, threads, newest_first))
}

/// A unit's professional sees what their units have; who breaks the glass sees all.
fn sight(conn: &mut DbConn, actor: &Actor, permit: &Permit) -> Result<Sight, AppError> {
    Ok(match actor.person {
        PersonId::Professional(id) if permit.ground == AccessGround::Unit => {
            Sight::Units(people::list_unit_ids(conn, id)?)
        }
        _ if permit.sees_hidden => Sight::All,
        _ => Sight::Unhidden,
    })
}

/// A part of a unit's inbox.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_inbox(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &InboxQuery,
) -> Result<Page<Thread>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let list = match (query.mark, query.state) {
        (Some(InboxMark::SentOn), _) | (_, ThreadState::Answered | ThreadState::Closed) => List::Inbox,
        (_, ThreadState::Waiting) => List::Waiting,
    };
    let window = Window::read(list, query.cursor.as_deref(), query.limit)?;
    let (since, filter) = (call.now() - call.limits.care, filter_of(&call.actor, query));
    let page = match (query.mark, query.state) {
        (Some(InboxMark::SentOn), _) => {
            window.page(list, repo::list_sent_on(conn, of, since, &window)?, newest_first)
        }
        (_, ThreadState::Waiting) => {
            window.page(list, repo::list_waiting(conn, of, filter, &window)?, longest_wait_first)
        }
        (_, state) => {
            window.page(list, repo::list_in_state(conn, of, (state, since, filter), &window)?, newest_first)
        }
    };
    call.showed(page.items.iter().map(|thread| thread.citizen.id));
    Ok(Page { items: page.items.into_iter().map(without_restricted_words).collect(), ..page })
}

fn filter_of(actor: &Actor, query: &InboxQuery) -> InboxFilter {
    let own = match actor.person {
        PersonId::Professional(id) => Some(id),
        PersonId::Citizen(_) => None,
    };
    InboxFilter {
        of: own.filter(|_| query.holder == Some(HolderFilter::Mine)),
        is_free: query.holder == Some(HolderFilter::Free),
        topic: query.topic,
        mark: query.mark,
    }
}

/// That a restricted matter waits must show, or it would be lost; its words do not.
fn without_restricted_words(mut thread: Thread) -> Thread {
    if thread.is_restricted {
        thread.excerpt.clear();
    }
    thread
}

fn newest_first(thread: &Thread) -> Place {
    Place { time: thread.last_message_at, id: *thread.id.as_uuid() }
}

fn longest_wait_first(thread: &Thread) -> Place {
    Place { time: thread.waiting_since.unwrap_or(thread.created_at), id: *thread.id.as_uuid() }
}

/// One thread.
///
/// # Errors
/// `not_found`.
pub fn get_thread(conn: &mut DbConn, call: &mut Call, id: ThreadId) -> Result<Thread, AppError> {
    visible(conn, call, Action::Read, id)?;
    repo::find_thread(conn, id, side_of(&call.actor))?.ok_or_else(AppError::not_found)
}

/// A thread's messages, newest first.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_messages(
    conn: &mut DbConn,
    call: &mut Call,
    of: ThreadId,
    query: &PageQuery,
) -> Result<Page<Message>, AppError> {
    let (facts, _) = visible(conn, call, Action::Read, of)?;
    let window = Window::read(List::Messages, query.cursor.as_deref(), query.limit)?;
    let messages = repo::list_messages(conn, of, &window)?;
    let messages = linking::told(conn, call, facts.parties.citizen, messages)?;
    Ok(window
        .page(List::Messages, messages, |message| Place { time: message.sent_at, id: *message.id.as_uuid() }))
}

/// Marks a thread as read by the actor's side, up to a message.
///
/// # Errors
/// `not_found`, `validation_failed` when the message is not in the thread.
pub fn mark_thread_read(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ThreadId,
    mark: &ReadMark,
) -> Result<(), AppError> {
    let (facts, permit) = visible(tx.conn(), call, Action::Read, id)?;
    if repo::find_thread_of(tx.conn(), mark.up_to)? != Some(id) {
        return Err(AppError::field("upTo", FieldErrorCode::UnknownReference));
    }
    // What somebody else has read, the citizen and the unit have not: it stays new for them.
    let is_for_side =
        permit.ground != AccessGround::Emergency && (permit.sees_hidden || !permit.is_on_behalf());
    let side = side_of(&call.actor);
    let left = repo::count_after(tx.conn(), id, side, mark.up_to)?;
    // A unit that had the thread and follows it does not read it for the one that has it.
    let standing = permit.standing.as_ref().filter(|standing| standing.unit == facts.parties.unit);
    if !is_for_side || (side == Side::Unit && standing.is_none()) {
        return Ok(());
    }
    let opened = match standing {
        Some(standing) => repo::set_opened(tx.conn(), id, mark.up_to, (&standing.title, call.now()))?,
        None => false,
    };
    if repo::set_unread(tx.conn(), id, side, left)? || opened {
        announce(tx, id, facts.parties);
    }
    Ok(())
}

/// How much the actor has not read.
///
/// # Errors
/// When the database does not answer.
pub fn count_unread(conn: &mut DbConn, actor: &Actor) -> Result<UnreadCount, AppError> {
    match actor.person {
        PersonId::Citizen(id) => {
            let messages = repo::sum_of_citizen(conn, id)?;
            Ok(UnreadCount { messages: u32::try_from(messages).unwrap_or(u32::MAX), units: Vec::new() })
        }
        PersonId::Professional(id) => {
            let of = people::list_unit_ids(conn, id)?;
            let units = repo::list_of_units(conn, &of)?;
            Ok(UnreadCount { messages: units.iter().map(|unit| unit.messages).sum(), units })
        }
    }
}
