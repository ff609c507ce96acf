//! By when units answer: what is promised, what becomes of a promise that was missed, and how promises hold.

use omasote_rules::helsinki::to_local;
use omasote_rules::promises::{USUAL_OVER_DAYS, usual_minutes};
use omasote_types::Instant;
use omasote_types::ids::{MessageId, ThreadId, UnitId};
use omasote_types::promises::UnitPromises;
use omasote_types::updates::Update;

use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Resource};
use crate::repos::notifications::NoticeKind;
use crate::repos::promises::{self as repo, Due, NewAnswer};
use crate::repos::units::{self, UnitOpening};
use crate::services::{messages, notifications};

/// Hours of so many days back may matter to how long an answer of the last weeks took.
const WAITS_GO_BACK: chrono::TimeDelta = chrono::TimeDelta::days(90);
const USUAL_OVER: chrono::TimeDelta = chrono::TimeDelta::days(USUAL_OVER_DAYS);

/// By when a unit promises to answer what is sent now.
///
/// # Errors
/// When the database does not answer.
pub fn of_unit(conn: &mut DbConn, unit: UnitId, now: Instant) -> Result<Option<Instant>, AppError> {
    let Some(opening) = units::find_opening(conn, unit, to_local(now).date())? else { return Ok(None) };
    Ok(opening.response_minutes.and_then(|minutes| opening.rules().promise(now, minutes)))
}

/// The citizen begins to wait in a thread that is there already: its unit promises an answer.
///
/// # Errors
/// When the database does not answer.
pub fn begin(conn: &mut DbConn, thread: ThreadId, unit: UnitId, now: Instant) -> Result<(), AppError> {
    let promised_at = of_unit(conn, unit, now)?;
    repo::set(conn, thread, promised_at)?;
    Ok(())
}

/// A unit's message into a thread that waits ends the wait: how long it took is noted, before the thread is changed.
///
/// # Errors
/// When the database does not answer.
pub fn note_answer(conn: &mut DbConn, thread: ThreadId, id: MessageId, now: Instant) -> Result<(), AppError> {
    let Some(wait) = repo::find_wait(conn, thread)? else { return Ok(()) };
    let is_late = wait.promised_at.is_some_and(|promised| promised < now);
    let missed = wait.missed + i32::from(is_late);
    let was_promised = wait.promised_at.is_some() || wait.missed > 0;
    let (unit, since) = (wait.unit, wait.since);
    repo::insert_answer(conn, &NewAnswer { id, unit, since, missed: was_promised.then_some(missed), now })?;
    Ok(())
}

/// What becomes of a promise that was not kept: it is counted, once; a new one is made that can be kept; who had the thread
/// loses it to all of the unit; whoever looks at the thread sees it, and the citizen and the unit's lead are told.
///
/// # Errors
/// When the database does not answer.
pub fn missed(tx: &mut Tx<'_>, due: &Due, now: Instant) -> Result<(), AppError> {
    if due.is_restricted {
        // The unit may not open it: nothing can be promised, and nothing was missed.
        repo::set(tx.conn(), due.thread, None)?;
        return Ok(());
    }
    let unit = due.parties.unit;
    let opening = units::find_opening(tx.conn(), unit, to_local(now).date())?;
    let anew = opening.as_ref().and_then(|opening| anew(opening, now));
    if repo::set_missed(tx.conn(), due.thread, due.promised_at, anew)? {
        messages::let_late_go(tx, due.thread, now)?;
        let (thread_id, citizen_id, unit_id) = (due.thread, due.parties.citizen, unit);
        tx.announce(Signal::Update(Update::ThreadChanged { thread_id, citizen_id, unit_id }));
        notifications::tell_citizen(tx, (citizen_id, due.is_hidden), NoticeKind::Delay, now)?;
        notifications::tell_leads(tx, unit, NoticeKind::MissedPromise, now)?;
    }
    Ok(())
}

/// A promise after one that did not hold: not sooner than the unit usually answers.
fn anew(opening: &UnitOpening, now: Instant) -> Option<Instant> {
    let minutes = opening.response_minutes?.max(opening.usual_minutes.unwrap_or_default());
    opening.rules().promise(now, minutes)
}

/// How a unit keeps its promises, for its lead.
///
/// # Errors
/// `role_required`, `not_found`.
pub fn figures(conn: &mut DbConn, call: &mut Call, of: UnitId) -> Result<UnitPromises, AppError> {
    policy::require(conn, call, Action::Read, Resource::UnitSettings(of))?;
    let now = call.now();
    let opening = units::find_opening(conn, of, to_local(now).date())?.ok_or_else(AppError::not_found)?;
    let (waiting, late) = repo::count_waiting(conn, of)?;
    let (promised, kept) = repo::count_kept(conn, of, now - USUAL_OVER)?;
    let count = |number: i64| u32::try_from(number).unwrap_or_default();
    Ok(UnitPromises {
        waiting_threads: count(waiting),
        late_threads: count(late),
        promised_answers: count(promised),
        kept_promises: count(kept),
        usual_minutes: opening.usual_minutes,
    })
}

/// In what time each unit has usually answered lately, where that has changed.
///
/// # Errors
/// When the database does not answer.
pub fn find_usual(conn: &mut DbConn, now: Instant) -> Result<Vec<(UnitId, Option<u32>)>, AppError> {
    let mut changed = Vec::new();
    for unit in units::list_ids(conn)? {
        let since = to_local(now - WAITS_GO_BACK).date();
        let Some(opening) = units::find_opening(conn, unit, since)? else { continue };
        let answers = repo::list_answers(conn, unit, now - USUAL_OVER)?;
        let rules = opening.rules();
        let taken = answers.into_iter().map(|(from, to)| rules.open_minutes(from, to)).collect();
        let usual = usual_minutes(taken);
        if usual != opening.usual_minutes {
            changed.push((unit, usual));
        }
    }
    Ok(changed)
}
