//! Following tasks: reminding citizens, and turning their silence into calls that the unit makes.
//!
//! Who is to be called follows from a task's days and what was chosen for it; what is kept is what was done about it.

use omasote_rules::tasks::{call_day, next_reminder};
use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{TaskId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{
    AnswerSource, CallOutcome, CallWhen, FollowUp, NewTaskCall, SilenceKind, TaskCall, TaskState, UnitCall,
    Window as Span,
};

use super::series::days_due;
use super::{to_change, visible};
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::people;
use crate::repos::tasks::follow_up::{self as repo, Following};
use crate::repos::tasks::{Kept, find_to_change, list_to_call as list_silent};
use crate::services::notifications;

/// What a unit usually does about the tasks that it gives.
///
/// # Errors
/// `not_found`.
pub fn get_usual(conn: &mut DbConn, call: &mut Call, of: UnitId) -> Result<FollowUp, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    usual(conn, of)
}

/// Keeps what a unit usually does; for who leads it. What is given already is followed as it was.
///
/// # Errors
/// `not_found`, `role_required`, `validation_failed`.
pub fn save_usual(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: UnitId,
    new: &FollowUp,
) -> Result<FollowUp, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::UnitSettings(of))?;
    new.validate()?;
    if crate::repos::units::find_named(tx.conn(), of)?.is_none() {
        return Err(AppError::not_found());
    }
    repo::save_usual(tx.conn(), of, *new)?;
    usual(tx.conn(), of)
}

/// What a unit does about what it gives unless it says otherwise of one.
pub(super) fn usual(conn: &mut DbConn, of: UnitId) -> Result<FollowUp, AppError> {
    Ok(repo::find_usual(conn, of)?.unwrap_or_default())
}

/// How a task is followed that is given, or given anew, now.
pub(super) fn following(follow_up: FollowUp, window: Span, now: Instant) -> Following {
    let (_, today) = days_due(now);
    Following {
        follow_up,
        remind_on: next_reminder(follow_up, window, today),
        call_on: call_day(follow_up, window),
    }
}

/// How it is followed from now on, where it stands now.
pub(super) fn followed(kept: &Kept, standing: &omasote_rules::tasks::Standing, now: Instant) -> Following {
    let before = kept.following;
    if !standing.is_to_do() {
        return Following { remind_on: None, call_on: None, ..before };
    }
    let is_anew =
        standing.window != kept.standing.window || standing.times_sent_back != kept.standing.times_sent_back;
    if is_anew {
        return following(before.follow_up, standing.window, now);
    }
    let is_opened = standing.started_at.is_some() && before.follow_up.call_when == CallWhen::Unopened;
    Following { call_on: before.call_on.filter(|_| !is_opened), ..before }
}

/// The tasks of which citizens are to be reminded now.
///
/// # Errors
/// When the database fails.
pub fn list_to_remind(conn: &mut DbConn, now: Instant, limit: i64) -> Result<Vec<TaskId>, AppError> {
    Ok(repo::list_to_remind(conn, days_due(now).0, limit)?)
}

/// Reminds a citizen of a task, unless it is done by now or somebody else just has.
///
/// # Errors
/// When the database fails.
pub fn remind(tx: &mut Tx<'_>, id: TaskId, now: Instant) -> Result<(), AppError> {
    let Some(kept) = find_to_change(tx.conn(), id)? else { return Ok(()) };
    let (until, today) = days_due(now);
    let is_due = kept.following.remind_on.is_some_and(|day| day <= until);
    if !is_due {
        return Ok(());
    }
    let next = next_reminder(kept.following.follow_up, kept.standing.window, today);
    repo::set_reminded(tx.conn(), id, (now, next))?;
    notifications::remind_of_task(tx, kept.parties.citizen, now)
}

/// Whom a unit is to call: who is silent about a task past its days, as long as was chosen for it.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_to_call(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &PageQuery,
) -> Result<Page<UnitCall>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let window = Window::read(List::UnitCalls, query.cursor.as_deref(), query.limit)?;
    let found = list_silent(conn, of, call.today(), &window)?;
    call.showed(found.iter().map(|kept| kept.parties.citizen));
    let place = |kept: &Kept| Place {
        time: kept.following.call_on.unwrap_or_default().and_time(chrono::NaiveTime::MIN).and_utc(),
        id: *kept.task.id.as_uuid(),
    };
    let Page { items, next_cursor } = window.page(List::UnitCalls, found, place);
    let items = items.into_iter().map(|kept| to_call(conn, kept)).collect::<Result<_, _>>()?;
    Ok(Page { items, next_cursor })
}

fn to_call(conn: &mut DbConn, kept: Kept) -> Result<UnitCall, AppError> {
    let citizen = people::find_citizen(conn, kept.parties.citizen)?.ok_or_else(AppError::not_found)?;
    let silence = match kept.standing.started_at {
        None => SilenceKind::Unopened,
        Some(_) => SilenceKind::Unanswered,
    };
    Ok(UnitCall {
        phone: citizen.contact.phone.filter(|_| !citizen.is_non_disclosed),
        is_protected: citizen.is_non_disclosed,
        silence,
        since: kept.task.window.to,
        made: repo::list_calls(conn, kept.task.id)?,
        task: kept.task,
    })
}

/// The calls that were made about a task, the newest first; for the unit that gave it.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn list_calls(conn: &mut DbConn, call: &mut Call, of: TaskId) -> Result<Vec<TaskCall>, AppError> {
    visible(conn, call, Action::Inspect, of)?;
    Ok(repo::list_calls(conn, of)?)
}

/// Writes down a call. Who was not reached is called again; otherwise nobody is to be called about it any more.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `task_cancelled`; `task_not_answered` when the answer that is said to be entered is not.
pub fn record_call(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: TaskId,
    new: &NewTaskCall,
) -> Result<Vec<TaskCall>, AppError> {
    let (kept, _) = to_change(tx, call, Action::Handle, id)?;
    let PersonId::Professional(by) = call.actor.person else {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("the unit does that"));
    };
    new.validate()?;
    let is_answered = kept.standing.answered_at.is_some();
    match (kept.standing.state, new.outcome) {
        (TaskState::Cancelled, _) => return Err(AppError::of(ErrorCode::TaskCancelled)),
        (_, CallOutcome::AnswerEntered) if !is_answered => {
            return Err(AppError::of(ErrorCode::TaskNotAnswered));
        }
        _ => {}
    }
    repo::insert_call(tx.conn(), (id, kept.parties.citizen, by), new, call.now())?;
    if new.outcome != CallOutcome::NotReached {
        repo::set_called(tx.conn(), id)?;
    }
    Ok(repo::list_calls(tx.conn(), id)?)
}

/// An answer that was given on the telephone, when the citizen was to be called: the call is written down with it.
pub(super) fn note_answer_of_call(
    tx: &mut Tx<'_>,
    call: &Call,
    before: &Kept,
    source: Option<AnswerSource>,
) -> Result<(), AppError> {
    let is_due = before.following.call_on.is_some_and(|day| day <= call.today());
    let PersonId::Professional(by) = call.actor.person else { return Ok(()) };
    if source == Some(AnswerSource::Phone) && is_due {
        let made = NewTaskCall { outcome: CallOutcome::AnswerEntered, note: String::new() };
        repo::insert_call(tx.conn(), (before.task.id, before.parties.citizen, by), &made, call.now())?;
    }
    Ok(())
}
