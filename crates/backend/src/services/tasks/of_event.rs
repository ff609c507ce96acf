//! Tasks that hang on an event: given with it, moved with it, called off with it.

use omasote_rules::helsinki::to_local;
use omasote_rules::tasks::{Act, Change, Standing, Timing, closes_at, relative_to};
use omasote_types::Instant;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::events::{Event, EventState};
use omasote_types::ids::{EventId, TaskId};
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{NewEventTask, Task, TaskActor, Window};

use super::super::codes;
use super::super::events::visible;
use super::super::idempotency::{self, Claim, Key};
use super::follow_up::{followed, following, usual};
use super::giving::{CODE_LENGTH, check_kind, give};
use super::{With, keep, refused};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Parties, Resource};
use crate::repos::tasks::{self as repo, Kept, NewRow, Progress};

/// Gives a task that is to be done before an event, or after it.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `event_cancelled`, `idempotency_key_reused`.
pub fn create(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, new): (EventId, &NewEventTask),
    key: Option<&Key>,
) -> Result<Task, AppError> {
    let now = call.now();
    let (event, _) = visible(tx.conn(), call, Action::Handle, of)?;
    let PersonId::Professional(by) = call.actor.person else {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("units give tasks"));
    };
    let parties = Parties { citizen: event.citizen.id, unit: event.unit.id };
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(parties.citizen, Part::Tasks))?;
    new.validate()?;
    if event.state == EventState::Cancelled {
        return Err(AppError::of(ErrorCode::EventCancelled));
    }
    let timing = Timing { from_days: new.from_days, to_days: new.to_days };
    let window = window(&event, timing).filter(|window| closes_at(*window) > now);
    let window = window.ok_or_else(|| AppError::field("toDays", FieldErrorCode::InvalidFormat))?;
    let questionnaire = check_kind(tx.conn(), new.kind)?;
    let id = TaskId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createEventTask", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return find(tx.conn(), made.into());
    }
    let follow_up = match new.follow_up {
        Some(follow_up) => follow_up,
        None => usual(tx.conn(), parties.unit)?,
    };
    let row = NewRow {
        id,
        parties,
        kind: new.kind,
        questionnaire,
        title: &new.title,
        text: &new.text,
        minutes: new.minutes,
        window,
        by,
        code: &codes::random::<CODE_LENGTH>()?,
        series: None,
        event: Some((of, timing)),
        following: following(follow_up, window, now),
    };
    give(tx, &row, now)?;
    find(tx.conn(), id)
}

/// The tasks that hang on an event, as far as the actor may see the citizen's tasks.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`.
pub fn list(conn: &mut DbConn, call: &mut Call, of: EventId) -> Result<Vec<Task>, AppError> {
    let (event, _) = visible(conn, call, Action::Read, of)?;
    policy::require(conn, call, Action::Read, Resource::Citizen(event.citizen.id, Part::Tasks))?;
    Ok(repo::list_of_event(conn, of)?.into_iter().map(|(kept, _)| kept.task).collect())
}

/// The event has moved: the days of what is still to be done move with it.
///
/// # Errors
/// When the database fails.
pub fn move_with(tx: &mut Tx<'_>, event: &Event, now: Instant) -> Result<(), AppError> {
    for (kept, timing) in open_of(tx.conn(), event.id)? {
        let Some(window) = timing.and_then(|timing| window(event, timing)) else { continue };
        let standing = Standing { window, ..kept.standing };
        let progress = Progress {
            standing: &standing,
            number: kept.number,
            is_urgent: kept.task.is_urgent,
            remark: kept.task.remark.as_deref(),
            following: followed(&kept, &standing, now),
        };
        repo::save(tx.conn(), kept.task.id, &progress)?;
    }
    Ok(())
}

/// The event was cancelled: what is still to be done for it is no longer asked for, for the same reason.
///
/// # Errors
/// When the database fails.
pub fn cancel_with(
    tx: &mut Tx<'_>,
    event: &Event,
    (by, reason): (TaskActor, Option<&str>),
    now: Instant,
) -> Result<(), AppError> {
    for (kept, _) in open_of(tx.conn(), event.id)? {
        let standing = kept.standing.after(Change { act: Act::Cancel, by, at: now }).map_err(refused)?;
        let with = With { remark: reason, ..With::default() };
        keep(tx, &kept, (by, Act::Cancel), (&standing, with), now)?;
    }
    Ok(())
}

/// The citizen, or who acts for them, has booked a time: that a unit had asked them to is done.
///
/// # Errors
/// When the database fails.
pub fn answer_by_booking(tx: &mut Tx<'_>, call: &Call, event: &Event) -> Result<(), AppError> {
    let (citizen, unit, now) = (event.citizen.id, event.unit.id, call.now());
    let by = match call.actor.person {
        PersonId::Citizen(citizen_id) if citizen_id != citizen => TaskActor::Proxy { citizen_id },
        _ => TaskActor::Citizen {},
    };
    for kept in repo::list_open_bookings(tx.conn(), citizen, unit)? {
        // One whose days have not begun is for another time.
        if let Ok(standing) = kept.standing.after(Change { act: Act::Answer, by, at: now }) {
            keep(tx, &kept, (by, Act::Answer), (&standing, With::default()), now)?;
        }
    }
    Ok(())
}

fn open_of(conn: &mut DbConn, event: EventId) -> Result<Vec<(Kept, Option<Timing>)>, AppError> {
    let mut all = repo::list_of_event(conn, event)?;
    all.retain(|(kept, _)| kept.standing.is_to_do());
    Ok(all)
}

fn window(event: &Event, timing: Timing) -> Option<Window> {
    relative_to(to_local(event.time.starts_at).date(), timing)
}

fn find(conn: &mut DbConn, id: TaskId) -> Result<Task, AppError> {
    Ok(repo::find(conn, id)?.ok_or_else(AppError::not_found)?.task)
}
