//! What the demo's threads were promised, and how long their answers took: as it would have come about.

use chrono::TimeDelta;
use omasote_demo::{DemoThread, DemoUnit};
use omasote_rules::promises::Opening;
use omasote_types::Instant;
use omasote_types::ids::{MessageId, ThreadId, UnitId};
use omasote_types::messages::Side;

use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::promises::{self as repo, NewAnswer};

/// Answers before this do not matter to anybody.
const ANSWERS_MATTER_FOR: TimeDelta = TimeDelta::days(28);

/// Notes how long the answers of a thread took, and what it is promised when it waits.
pub(super) fn store(
    conn: &mut DbConn,
    unit: Option<&DemoUnit>,
    (thread, id, unit_id): (&DemoThread, ThreadId, UnitId),
    now: Instant,
) -> Result<(), AppError> {
    let Some((unit, minutes)) = unit.and_then(|unit| Some((unit, unit.response_minutes?))) else {
        return Ok(());
    };
    let opening = Opening {
        hours: &unit.hours,
        exceptions: &unit.exceptions,
        opens_on_holidays: unit.opens_on_holidays,
    };
    let promise = |from| opening.promise(from, minutes);
    let mut waiting_since: Option<Instant> = None;
    for message in &thread.messages {
        match (message.side, waiting_since) {
            (Side::Citizen, None) => waiting_since = Some(message.sent_at),
            (Side::Unit, Some(since)) => {
                waiting_since = None;
                let answered_at = message.sent_at;
                if now - answered_at < ANSWERS_MATTER_FOR {
                    let missed = i32::from(promise(since).is_some_and(|promised| promised < answered_at));
                    let id = MessageId::at(answered_at);
                    let answer =
                        NewAnswer { id, unit: unit_id, since, missed: Some(missed), now: answered_at };
                    repo::insert_answer(conn, &answer)?;
                }
            }
            _ => {}
        }
    }
    let Some(since) = waiting_since.filter(|_| thread.closed_at.is_none()) else { return Ok(()) };
    let mut promised = promise(since);
    repo::set(conn, id, promised)?;
    while let Some(missed) = promised.filter(|promised| *promised <= now) {
        promised = promise(missed);
        repo::set_missed(conn, id, missed, promised)?;
    }
    Ok(())
}
