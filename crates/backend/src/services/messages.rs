//! Threads between citizens and units, and the messages in them.

use omasote_rules::messages::state_after_message;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{CitizenId, MessageId, ThreadId, UnitId};
use omasote_types::messages::{
    InboxQuery, Message, NewMessage, NewThread, ReadMark, Side, Thread, ThreadState, UnreadCount, excerpt,
};
use omasote_types::page::{Page, PageQuery};
use omasote_types::sessions::PersonId;
use omasote_types::updates::Update;

use super::idempotency::{self, Claim, Key};
use crate::audit::Call;
use crate::auth::Actor;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Parties, Resource, side_of};
use crate::repos::messages::{self as repo, Growth, NewMessageRow, NewThreadRow};
use crate::repos::{people, units};

/// A citizen's threads, the newest message first.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_threads(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &PageQuery,
) -> Result<Page<Thread>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of))?;
    let window = Window::read(List::Threads, query.cursor.as_deref(), query.limit)?;
    Ok(window.page(List::Threads, repo::list_threads(conn, of, &window)?, newest_first))
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
    let list = if query.state == ThreadState::Waiting { List::Waiting } else { List::Inbox };
    let window = Window::read(list, query.cursor.as_deref(), query.limit)?;
    let page = match query.state {
        ThreadState::Waiting => window.page(list, repo::list_waiting(conn, of, &window)?, longest_wait_first),
        state => window.page(list, repo::list_in_state(conn, of, state, &window)?, newest_first),
    };
    call.showed(page.items.iter().map(|thread| thread.citizen.id));
    Ok(page)
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
    visible(conn, call, Action::Read, of)?;
    let window = Window::read(List::Messages, query.cursor.as_deref(), query.limit)?;
    let messages = repo::list_messages(conn, of, &window)?;
    Ok(window
        .page(List::Messages, messages, |message| Place { time: message.sent_at, id: *message.id.as_uuid() }))
}

/// Begins a thread with the citizen's first message.
///
/// # Errors
/// `not_found`, `validation_failed`, `idempotency_key_reused`.
pub fn create_thread(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    new: &NewThread,
    key: Option<&Key>,
) -> Result<Thread, AppError> {
    let now = call.now();
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of))?;
    new.validate()?;
    let unit = units::find_of_topic(tx.conn(), new.topic_id)?;
    let unit = unit.ok_or_else(|| AppError::field("topicId", FieldErrorCode::UnknownReference))?;
    let id = ThreadId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createThread", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return repo::find_thread(tx.conn(), made.into(), Side::Citizen)?.ok_or_else(AppError::not_found);
    }
    let parties = Parties { citizen: of, unit };
    let excerpt = excerpt(&new.text);
    repo::insert_thread(
        tx.conn(),
        &NewThreadRow { id, parties, topic: new.topic_id, excerpt: &excerpt, now },
    )?;
    let first = NewMessageRow {
        id: MessageId::at(now),
        thread: id,
        citizen: of,
        professional: None,
        text: &new.text,
        now,
    };
    repo::insert_message(tx.conn(), &first)?;
    announce(tx, id, parties);
    repo::find_thread(tx.conn(), id, Side::Citizen)?.ok_or_else(AppError::not_found)
}

/// Sends a message into a thread. A closed thread opens again.
///
/// # Errors
/// `not_found`, `validation_failed`, `idempotency_key_reused`.
pub fn send_message(
    tx: &mut Tx<'_>,
    call: &mut Call,
    to: ThreadId,
    new: &NewMessage,
    key: Option<&Key>,
) -> Result<Message, AppError> {
    let now = call.now();
    let parties = visible(tx.conn(), call, Action::Write, to)?;
    new.validate()?;
    let id = MessageId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("sendMessage", &(to, new)), id.into(), now)?;
    if let Claim::Done(sent) = claim {
        return repo::find_message(tx.conn(), sent.into())?.ok_or_else(AppError::not_found);
    }
    let professional = match call.actor.person {
        PersonId::Professional(id) => Some(id),
        PersonId::Citizen(_) => None,
    };
    let row = NewMessageRow { id, thread: to, citizen: parties.citizen, professional, text: &new.text, now };
    repo::insert_message(tx.conn(), &row)?;
    let side = side_of(&call.actor);
    let growth = Growth { side, state: state_after_message(side), excerpt: &excerpt(&new.text), now };
    repo::grow_thread(tx.conn(), to, &growth)?;
    announce(tx, to, parties);
    repo::find_message(tx.conn(), id)?.ok_or_else(AppError::not_found)
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
    let parties = visible(tx.conn(), call, Action::Read, id)?;
    if repo::find_thread_of(tx.conn(), mark.up_to)? != Some(id) {
        return Err(AppError::field("upTo", FieldErrorCode::UnknownReference));
    }
    let side = side_of(&call.actor);
    let left = repo::count_after(tx.conn(), id, side, mark.up_to)?;
    if repo::set_unread(tx.conn(), id, side, left)? {
        announce(tx, id, parties);
    }
    Ok(())
}

/// Closes a thread; closing a closed one changes nothing.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn close_thread(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId) -> Result<Thread, AppError> {
    let parties = visible(tx.conn(), call, Action::Close, id)?;
    repo::close_thread(tx.conn(), id)?;
    announce(tx, id, parties);
    repo::find_thread(tx.conn(), id, side_of(&call.actor))?.ok_or_else(AppError::not_found)
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

/// The two sides of a thread, when the actor may do this with it.
fn visible(conn: &mut DbConn, call: &mut Call, action: Action, id: ThreadId) -> Result<Parties, AppError> {
    let parties = repo::find_parties(conn, id)?.ok_or_else(AppError::not_found)?;
    policy::require(conn, call, action, Resource::Thread(id, parties))?;
    Ok(parties)
}

fn announce(tx: &mut Tx<'_>, thread_id: ThreadId, parties: Parties) {
    let Parties { citizen: citizen_id, unit: unit_id } = parties;
    tx.announce(Signal::Update(Update::ThreadChanged { thread_id, citizen_id, unit_id }));
}
