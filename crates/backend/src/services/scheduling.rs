//! Sending messages later. When the time comes it is looked at again: what the writer could not send themselves by then, or would
//! answer past what the citizen has written meanwhile, is held for the unit to decide.

use chrono::TimeDelta;
use omasote_rules::messages::{Act, Refusal};
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{
    AccessId, MessageId, ProfessionalId, RequestId, ScheduledMessageId, SessionId, ThreadId,
};
use omasote_types::messages::NewMessage;
use omasote_types::scheduling::{Held, MAX_DAYS_AHEAD, MAX_SCHEDULED, NewScheduledMessage, ScheduledMessage};
use omasote_types::sessions::PersonId;
use uuid::Uuid;

use super::idempotency::{self, Claim, Key};
use super::messages::{announce, check_links, find_unsendable, professional, visible, write_from_unit};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{Action, ThreadFacts};
use crate::repos::scheduling::{self as repo, Scheduled};
use crate::repos::{accounts, audit, data_rights, messages, people};

/// By which name the access log knows that a message was sent when its time came.
const SENDING: &str = "sendScheduledMessage";

/// Has a message sent later.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `thread_taken`, `newer_messages`, `idempotency_key_reused`; `conflict` when
/// enough wait already.
pub fn create(
    tx: &mut Tx<'_>,
    call: &mut Call,
    into: ThreadId,
    new: &NewScheduledMessage,
    key: Option<&Key>,
) -> Result<ScheduledMessage, AppError> {
    let (facts, _) = visible(tx.conn(), call, Action::Handle, into)?;
    new.validate()?;
    let now = call.now();
    let is_ahead = new.send_at >= now && new.send_at <= now + TimeDelta::days(MAX_DAYS_AHEAD);
    if !is_ahead {
        return Err(AppError::field("sendAt", FieldErrorCode::InvalidFormat));
    }
    let by = professional(call)?;
    let id = ScheduledMessageId::at(now);
    let claim =
        idempotency::claim(tx, &call.actor, key, ("createScheduledMessage", &(into, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return shown(tx.conn(), made.into());
    }
    if facts.standing.hold.is_some_and(|hold| hold.by != by) {
        return Err(AppError::of(ErrorCode::ThreadTaken));
    }
    if messages::find_newest(tx.conn(), into)? != Some(new.after) {
        return Err(AppError::of(ErrorCode::NewerMessages));
    }
    if repo::list(tx.conn(), into)?.len() >= MAX_SCHEDULED {
        return Err(AppError::of(ErrorCode::Conflict).detail("enough messages wait in this thread"));
    }
    check_links(tx.conn(), facts.parties.citizen, &new.links)?;
    repo::insert(tx.conn(), id, (into, facts.parties.citizen, by), new, now)?;
    announce(tx, into, facts.parties);
    shown(tx.conn(), id)
}

fn shown(conn: &mut DbConn, id: ScheduledMessageId) -> Result<ScheduledMessage, AppError> {
    let found = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    Ok(repo::shown(conn, found)?)
}

/// What waits in a thread to be sent, and what was held. For professionals only.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn list(conn: &mut DbConn, call: &mut Call, of: ThreadId) -> Result<Vec<ScheduledMessage>, AppError> {
    visible(conn, call, Action::Inspect, of)?;
    Ok(repo::list(conn, of)?)
}

/// Takes a message back before it is sent; gives it as it was written.
///
/// # Errors
/// `not_found`, also when it was sent already; `not_allowed`.
pub fn take_back(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ScheduledMessageId,
) -> Result<ScheduledMessage, AppError> {
    let found = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    let thread = found.thread;
    let (facts, _) = visible(tx.conn(), call, Action::Handle, thread)?;
    if !repo::delete(tx.conn(), id)? {
        return Err(AppError::not_found());
    }
    announce(tx, thread, facts.parties);
    Ok(repo::shown(tx.conn(), found)?)
}

/// Sends a message whose time has come, or holds it.
///
/// # Errors
/// When the database fails.
pub fn send_due(tx: &mut Tx<'_>, id: ScheduledMessageId, now: Instant) -> Result<(), AppError> {
    let Some(scheduled) = repo::find(tx.conn(), id)?.filter(|found| found.message.held.is_none()) else {
        return Ok(());
    };
    let thread = scheduled.thread;
    let facts = messages::find_facts_to_change(tx.conn(), thread)?.ok_or_else(AppError::not_found)?;
    // Another server may have been faster while this one waited for the thread.
    if repo::find(tx.conn(), id)?.is_none_or(|found| found.message.held.is_some()) {
        return Ok(());
    }
    let by = scheduled.message.by.id;
    match why_not(tx.conn(), &scheduled, facts, now)? {
        Some(why) => {
            repo::hold(tx.conn(), id, why)?;
            announce(tx, thread, facts.parties);
        }
        None => {
            repo::delete(tx.conn(), id)?;
            let ScheduledMessage { text, instructions, .. } = scheduled.message.clone();
            let links = scheduled.links.clone();
            let new = NewMessage { instructions, links, ..NewMessage::of(text) };
            write_from_unit(tx, (thread, facts), by, &new, now)?;
            audit::insert(tx.conn(), &line(&scheduled, facts, now))?;
        }
    }
    Ok(())
}

/// What stands against sending a message, as things are now.
fn why_not(
    conn: &mut DbConn,
    scheduled: &Scheduled,
    facts: ThreadFacts,
    now: Instant,
) -> Result<Option<Held>, AppError> {
    let by = scheduled.message.by.id;
    if !people::list_unit_ids(conn, by)?.contains(&facts.parties.unit) {
        let has_moved = facts.standing.moves > 0;
        return Ok(Some(if has_moved { Held::Moved } else { Held::NotAllowed }));
    }
    let restricted = data_rights::find_restricted_since(conn, facts.parties.citizen)?;
    if !accounts::is_open(conn, by)? || restricted.is_some_and(|since| facts.began_at <= since) {
        return Ok(Some(Held::NotAllowed));
    }
    if has_citizen_written(conn, scheduled)? {
        return Ok(Some(Held::NewerMessages));
    }
    let is_gone = |conn: &mut DbConn| find_unsendable(conn, facts.parties.citizen, &scheduled.links);
    Ok(match facts.standing.after(Act::UnitWrites(by), now) {
        Ok(_) => is_gone(conn)?.map(|_| Held::LinkGone),
        Err(Refusal::TakenBy(_)) => Some(Held::Taken),
        Err(_) => Some(Held::NotAllowed),
    })
}

/// Whether the citizen has written something that the writer had not seen. What the unit wrote itself is no reason.
fn has_citizen_written(conn: &mut DbConn, scheduled: &Scheduled) -> Result<bool, AppError> {
    let newest: Option<MessageId> = messages::find_newest_of_citizen(conn, scheduled.thread)?;
    Ok(newest.is_some_and(|newest| newest > scheduled.seen))
}

/// The line of the access log: of who wrote it, without a session, as they need not be there.
fn line(scheduled: &Scheduled, facts: ThreadFacts, now: Instant) -> audit::Line {
    let by: ProfessionalId = scheduled.message.by.id;
    audit::Line {
        id: AccessId::at(now),
        at: now,
        actor: Some(PersonId::Professional(by)),
        title: Some(scheduled.message.by.title.clone()),
        unit: Some(facts.parties.unit),
        action: AccessAction::Write,
        operation: SENDING.to_owned(),
        resource: Some(*scheduled.thread.as_uuid()),
        ground: AccessGround::Unit,
        session: SessionId::from_uuid(Uuid::nil()),
        request: RequestId::from_uuid(Uuid::nil()),
        subjects: vec![facts.parties.citizen],
        client: None,
        reason: None,
    }
}
