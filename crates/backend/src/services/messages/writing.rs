//! Beginning threads and writing into them.

use omasote_rules::messages::{Act, Standing};
use omasote_types::Instant;
use omasote_types::care::Matter;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{CitizenId, MessageId, ProfessionalId, ThreadId, TopicId, UnitId};
use omasote_types::messages::{Message, NewMessage, NewThread, Side, Thread, excerpt};
use omasote_types::sessions::PersonId;
use omasote_types::units::TopicPurpose;

use super::super::attachments::{self, Place};
use super::super::idempotency::{self, Claim, Key};
use super::super::notifications;
use super::super::promises;
use super::{announce, linking, refused, to_change};
use crate::audit::Call;
use crate::auth::Actor;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Parties, Permit, Resource, ThreadFacts, side_of};
use crate::repos::care::{self, NewRelation};
use crate::repos::messages::{self as repo, Growth, NewMessageRow, NewThreadRow};
use crate::repos::notifications::NoticeKind;
use crate::repos::{audit, drafts, people, units};

/// Begins a thread with its first message, which is no draft any more.
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
    let thread = begin_thread(tx, call, of, new, key)?;
    if new.about_access.is_none() {
        drafts::delete(tx.conn(), call.actor.person, Place { citizen: of, thread: None })?;
    }
    Ok(thread)
}

/// Begins a thread with its first message.
pub(super) fn begin_thread(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    new: &NewThread,
    key: Option<&Key>,
) -> Result<Thread, AppError> {
    let now = call.now();
    let permit = policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::Messages))?;
    new.validate()?;
    let side = side_of(&call.actor);
    let unit = unit_of_topic(tx.conn(), &call.actor, new.topic_id)?;
    check_question(tx.conn(), of, new)?;
    let id = ThreadId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createThread", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return repo::find_thread(tx.conn(), made.into(), side)?.ok_or_else(AppError::not_found);
    }
    let parties = Parties { citizen: of, unit };
    let (excerpt, about_access) = (excerpt(&new.text), new.about_access);
    let author = author(tx.conn(), &call.actor, &permit)?;
    linking::check(tx.conn(), (of, author.professional.is_some()), &new.links)?;
    let (topic, professional) = (new.topic_id, author.professional);
    let promised_at = match professional {
        None => promises::of_unit(tx.conn(), unit, now)?,
        Some(_) => None,
    };
    let thread =
        NewThreadRow { id, parties, topic, professional, excerpt: &excerpt, about_access, promised_at, now };
    repo::insert_thread(tx.conn(), &thread)?;
    care::insert(tx.conn(), &relation(id, parties), now)?;
    let first = NewMessageRow {
        id: MessageId::at(now),
        thread: id,
        citizen: of,
        professional: author.professional,
        proxy: author.proxy(),
        text: &new.text,
        instructions: &[],
        attachments: new.attachment_ids.len(),
        links: &new.links,
        now,
    };
    repo::insert_message(tx.conn(), &first)?;
    attachments::attach(tx, call, &new.attachment_ids, (first.id, of))?;
    announce(tx, id, parties);
    if professional.is_some() {
        notifications::tell_citizen(tx, (of, false), NoticeKind::Message, now)?;
    }
    repo::find_thread(tx.conn(), id, side)?.ok_or_else(AppError::not_found)
}

/// The unit that a topic leads to. A professional begins threads for their own units only.
fn unit_of_topic(conn: &mut DbConn, actor: &Actor, topic: TopicId) -> Result<UnitId, AppError> {
    let unit = units::find_of_topic(conn, topic)?;
    let unit = match actor.person {
        PersonId::Citizen(_) => unit,
        PersonId::Professional(id) => {
            let own = people::list_unit_ids(conn, id)?;
            unit.filter(|unit| own.contains(unit))
        }
    };
    unit.ok_or_else(|| AppError::field("topicId", FieldErrorCode::UnknownReference))
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

/// Who has not seen the newest message may be answering something that is answered already.
fn check_seen(conn: &mut DbConn, to: ThreadId, new: &NewMessage) -> Result<(), AppError> {
    match new.after {
        Some(seen) if repo::find_newest(conn, to)? != Some(seen) => {
            Err(AppError::of(ErrorCode::NewerMessages))
        }
        _ => Ok(()),
    }
}

/// Only what a professional writes tells somebody to do something.
fn check_instructions(new: &NewMessage, author: &Author) -> Result<(), AppError> {
    if author.professional.is_none() && !new.instructions.is_empty() {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("only professionals give instructions"));
    }
    Ok(())
}

/// The care relation that a thread is.
pub(super) fn relation(thread: ThreadId, parties: Parties) -> NewRelation {
    let Parties { citizen, unit } = parties;
    NewRelation { citizen, unit, matter: Matter::Thread, matter_id: *thread.as_uuid() }
}

/// Who writes a message: a professional, the citizen, or somebody for the citizen.
#[derive(Default)]
struct Author {
    professional: Option<ProfessionalId>,
    proxy: Option<(CitizenId, String)>,
}

impl Author {
    const fn side(&self) -> Side {
        match self.professional {
            Some(_) => Side::Unit,
            None => Side::Citizen,
        }
    }

    fn act(&self) -> Act {
        self.professional.map_or(Act::CitizenWrites, Act::UnitWrites)
    }

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
    let (facts, permit) = to_change(tx, call, Action::Write, to)?;
    new.validate()?;
    let id = MessageId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("sendMessage", &(to, new)), id.into(), now)?;
    if let Claim::Done(sent) = claim {
        return repo::find_message(tx.conn(), sent.into())?.ok_or_else(AppError::not_found);
    }
    let author = author(tx.conn(), &call.actor, &permit)?;
    let standing = facts.standing.after(author.act(), now).map_err(refused)?;
    check_seen(tx.conn(), to, new)?;
    check_instructions(new, &author)?;
    let citizen = facts.parties.citizen;
    linking::check(tx.conn(), (citizen, author.professional.is_some()), &new.links)?;
    write(tx, (to, facts, &standing), &author, new, (id, now))?;
    attachments::attach(tx, call, &new.attachment_ids, (id, citizen))?;
    drafts::delete(tx.conn(), call.actor.person, Place { citizen, thread: Some(to) })?;
    repo::find_message(tx.conn(), id)?.ok_or_else(AppError::not_found)
}

/// Writes into a thread for a professional who has had it prepared; the thread and what it needs were looked at already.
///
/// # Errors
/// `thread_taken`, `thread_closed` when it cannot be written into.
pub fn write_from_unit(
    tx: &mut Tx<'_>,
    (to, facts): (ThreadId, ThreadFacts),
    by: ProfessionalId,
    new: &NewMessage,
    now: Instant,
) -> Result<(), AppError> {
    let author = Author { professional: Some(by), proxy: None };
    let standing = facts.standing.after(author.act(), now).map_err(refused)?;
    write(tx, (to, facts, &standing), &author, new, (MessageId::at(now), now))
}

/// Keeps a message and what it means to the thread, and tells who is concerned.
fn write(
    tx: &mut Tx<'_>,
    (to, facts, standing): (ThreadId, ThreadFacts, &Standing),
    author: &Author,
    new: &NewMessage,
    (id, now): (MessageId, Instant),
) -> Result<(), AppError> {
    let (side, parties) = (author.side(), facts.parties);
    let row = NewMessageRow {
        id,
        thread: to,
        citizen: parties.citizen,
        professional: author.professional,
        proxy: author.proxy(),
        text: &new.text,
        instructions: &new.instructions,
        attachments: new.attachment_ids.len(),
        links: &new.links,
        now,
    };
    repo::insert_message(tx.conn(), &row)?;
    if facts.standing.closed_at.is_some() {
        care::open(tx.conn(), &relation(to, parties), now)?;
    }
    let was_waiting = facts.standing.waiting_since.is_some();
    if side == Side::Unit && was_waiting {
        promises::note_answer(tx.conn(), to, id, now)?;
    }
    repo::grow_thread(tx.conn(), to, &Growth { side, standing, excerpt: &excerpt(&new.text), now })?;
    match side {
        Side::Citizen if !was_waiting => promises::begin(tx.conn(), to, parties.unit, now)?,
        Side::Citizen => {}
        Side::Unit => {
            notifications::tell_citizen(tx, (parties.citizen, facts.is_hidden), NoticeKind::Message, now)?;
        }
    }
    announce(tx, to, parties);
    Ok(())
}
