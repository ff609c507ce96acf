//! Threads between citizens and units, and the messages in them.

use omasote_rules::messages::state_after_message;
use omasote_types::audit::AccessGround;
use omasote_types::care::Matter;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{CitizenId, MessageId, ProfessionalId, ThreadId, UnitId};
use omasote_types::messages::{
    InboxQuery, Message, NewMessage, NewThread, ReadMark, Side, Thread, ThreadState, ThreadVisibility,
    UnreadCount, excerpt,
};
use omasote_types::page::{Page, PageQuery};
use omasote_types::sessions::PersonId;
use omasote_types::units::TopicPurpose;
use omasote_types::updates::Update;

use super::idempotency::{self, Claim, Key};
use crate::audit::Call;
use crate::auth::Actor;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Part, Parties, Permit, Resource, ThreadFacts, side_of};
use crate::repos::care::{self, NewRelation};
use crate::repos::messages::{self as repo, Growth, NewMessageRow, NewThreadRow, Sight};
use crate::repos::{audit, people, units};

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
    let permit = policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Messages))?;
    let window = Window::read(List::Threads, query.cursor.as_deref(), query.limit)?;
    let sight = sight(conn, &call.actor, &permit)?;
    let threads = repo::list_threads(conn, of, (side_of(&call.actor), &sight), &window)?;
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
    let list = if query.state == ThreadState::Waiting { List::Waiting } else { List::Inbox };
    let window = Window::read(list, query.cursor.as_deref(), query.limit)?;
    let page = match query.state {
        ThreadState::Waiting => window.page(list, repo::list_waiting(conn, of, &window)?, longest_wait_first),
        state => {
            let since = call.now() - call.limits.care;
            window.page(list, repo::list_in_state(conn, of, (state, since), &window)?, newest_first)
        }
    };
    call.showed(page.items.iter().map(|thread| thread.citizen.id));
    Ok(Page { items: page.items.into_iter().map(without_restricted_words).collect(), ..page })
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
    let permit = policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::Messages))?;
    new.validate()?;
    let unit = units::find_of_topic(tx.conn(), new.topic_id)?;
    let unit = unit.ok_or_else(|| AppError::field("topicId", FieldErrorCode::UnknownReference))?;
    check_question(tx.conn(), of, new)?;
    let id = ThreadId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createThread", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return repo::find_thread(tx.conn(), made.into(), Side::Citizen)?.ok_or_else(AppError::not_found);
    }
    let parties = Parties { citizen: of, unit };
    let (excerpt, about_access) = (excerpt(&new.text), new.about_access);
    let thread = NewThreadRow { id, parties, topic: new.topic_id, excerpt: &excerpt, about_access, now };
    repo::insert_thread(tx.conn(), &thread)?;
    let relation = NewRelation { citizen: of, unit, matter: Matter::Thread, matter_id: *id.as_uuid() };
    care::insert(tx.conn(), &relation, now)?;
    let author = author(tx.conn(), &call.actor, &permit)?;
    let first = NewMessageRow {
        id: MessageId::at(now),
        thread: id,
        citizen: of,
        professional: author.professional,
        proxy: author.proxy(),
        text: &new.text,
        now,
    };
    repo::insert_message(tx.conn(), &first)?;
    announce(tx, id, parties);
    repo::find_thread(tx.conn(), id, Side::Citizen)?.ok_or_else(AppError::not_found)
}

/// What a thread asks about must be a line of the citizen's own log, and the topic one for such questions.
fn check_question(conn: &mut DbConn, of: CitizenId, new: &NewThread) -> Result<(), AppError> {
    let Some(line) = new.about_access else { return Ok(()) };
    let is_for_questions = units::find_purpose(conn, new.topic_id)? == Some(TopicPurpose::Privacy);
    if !is_for_questions || !audit::is_of_citizen(conn, line, of)? {
        return Err(AppError::field("aboutAccess", FieldErrorCode::UnknownReference));
    }
    Ok(())
}

/// Who writes a message: a professional, the citizen, or somebody for the citizen.
#[derive(Default)]
struct Author {
    professional: Option<ProfessionalId>,
    proxy: Option<(CitizenId, String)>,
}

impl Author {
    fn proxy(&self) -> Option<(CitizenId, &str)> {
        self.proxy.as_ref().map(|(id, name)| (*id, name.as_str()))
    }
}

fn author(conn: &mut DbConn, actor: &Actor, permit: &Permit) -> Result<Author, AppError> {
    Ok(match actor.person {
        PersonId::Professional(id) => Author { professional: Some(id), proxy: None },
        PersonId::Citizen(id) if permit.is_on_behalf() => {
            Author { professional: None, proxy: people::list_names(conn, &[id])?.pop() }
        }
        PersonId::Citizen(_) => Author::default(),
    })
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
    let (facts, permit) = visible(tx.conn(), call, Action::Write, to)?;
    new.validate()?;
    let id = MessageId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("sendMessage", &(to, new)), id.into(), now)?;
    if let Claim::Done(sent) = claim {
        return repo::find_message(tx.conn(), sent.into())?.ok_or_else(AppError::not_found);
    }
    let author = author(tx.conn(), &call.actor, &permit)?;
    let (professional, proxy, parties) = (author.professional, author.proxy(), facts.parties);
    let row =
        NewMessageRow { id, thread: to, citizen: parties.citizen, professional, proxy, text: &new.text, now };
    repo::insert_message(tx.conn(), &row)?;
    if facts.is_closed {
        care::set_closed(tx.conn(), *to.as_uuid(), None)?;
    }
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
    let (facts, permit) = visible(tx.conn(), call, Action::Read, id)?;
    if repo::find_thread_of(tx.conn(), mark.up_to)? != Some(id) {
        return Err(AppError::field("upTo", FieldErrorCode::UnknownReference));
    }
    // What somebody else has read, the citizen and the unit have not: it stays new for them.
    let is_for_side =
        permit.ground != AccessGround::Emergency && (permit.sees_hidden || !permit.is_on_behalf());
    let side = side_of(&call.actor);
    let left = repo::count_after(tx.conn(), id, side, mark.up_to)?;
    if is_for_side && repo::set_unread(tx.conn(), id, side, left)? {
        announce(tx, id, facts.parties);
    }
    Ok(())
}

/// Closes a thread; closing a closed one changes nothing.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn close_thread(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId) -> Result<Thread, AppError> {
    let (facts, _) = visible(tx.conn(), call, Action::Close, id)?;
    repo::close_thread(tx.conn(), id)?;
    if !facts.is_closed {
        care::set_closed(tx.conn(), *id.as_uuid(), Some(call.now()))?;
    }
    announce(tx, id, facts.parties);
    repo::find_thread(tx.conn(), id, side_of(&call.actor))?.ok_or_else(AppError::not_found)
}

/// Hides a thread from those who act for the citizen, or shows it to them again.
///
/// # Errors
/// `not_found`; `not_allowed` for the thread of a child under 12, and for professionals when the citizen is not 12 to 17.
pub fn set_thread_visibility(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ThreadId,
    wanted: ThreadVisibility,
) -> Result<Thread, AppError> {
    let (facts, _) = visible(tx.conn(), call, Action::Hide, id)?;
    if wanted.is_hidden_from_proxies != facts.is_hidden {
        repo::set_hidden(tx.conn(), id, wanted.is_hidden_from_proxies.then(|| call.now()))?;
        announce(tx, id, facts.parties);
    }
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

/// What is to be known of a thread, when the actor may do this with it.
fn visible(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    id: ThreadId,
) -> Result<(ThreadFacts, Permit), AppError> {
    let facts = repo::find_facts(conn, id)?.ok_or_else(AppError::not_found)?;
    let permit = policy::require(conn, call, action, Resource::Thread(id, facts))?;
    Ok((facts, permit))
}

fn announce(tx: &mut Tx<'_>, thread_id: ThreadId, parties: Parties) {
    let Parties { citizen: citizen_id, unit: unit_id } = parties;
    tx.announce(Signal::Update(Update::ThreadChanged { thread_id, citizen_id, unit_id }));
}
