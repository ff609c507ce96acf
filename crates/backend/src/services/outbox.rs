//! Telling systems outside what happened here: at least once, in time, without an end to trying that nobody sees.
//!
//! Belongs here: when a delivery is tried, and what becomes of it when it did not succeed. Does not: what is delivered and to
//! whom (its feature), or the work itself (`deliveries`).

use std::time::Duration;

use omasote_types::Instant;

use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::repos::outbox::{self as repo, Delivery};

/// How long the first pause is.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// How long a pause is at most, unless the other side asks for a longer one.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);
/// How long a pause is at most when the other side asks for one.
const LONGEST_WISH: Duration = Duration::from_secs(2 * 3600);
/// After so long without success a person has to look at it.
const PERSON_LOOKS_AFTER: Duration = Duration::from_secs(3 * 24 * 3600);

/// What came of trying to deliver something, with what its feature knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt<T> {
    /// The other side has acknowledged it.
    Delivered,
    /// It may succeed later; the other side may have said when.
    Passing(T, Option<Duration>),
    /// It does not succeed until a person does something.
    Lasting(T),
}

/// What becomes of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is done.
    Done,
    /// It is tried again.
    Again,
    /// A person has to look at it.
    Person,
}

/// Takes a delivery, so that no other server does until `until`; the delivery as it is now, unless somebody was faster or
/// another of its lane is under way.
///
/// # Errors
/// When the database fails.
pub fn claim(
    tx: &mut Tx<'_>,
    delivery: Delivery,
    now: Instant,
    until: Instant,
) -> Result<Option<Delivery>, AppError> {
    if repo::is_lane_busy(tx.conn(), &delivery, now)? || !repo::claim(tx.conn(), &delivery, until)? {
        return Ok(None);
    }
    Ok(Some(Delivery { turn: delivery.turn + 1, ..delivery }))
}

/// Keeps what came of a delivery; none when it was taken by another meanwhile, who will say what came of it.
///
/// # Errors
/// When the database fails.
pub fn settle<T>(
    tx: &mut Tx<'_>,
    delivery: &Delivery,
    attempt: &Attempt<T>,
    (now, chance): (Instant, u16),
) -> Result<Option<Next>, AppError> {
    let next = next(delivery, attempt, now);
    let was_ours = match (attempt, next) {
        (Attempt::Passing(_, wish), Next::Again) => {
            let due_at = now + pause(delivery.failures, *wish, chance);
            repo::postpone(tx.conn(), delivery, Some(due_at))?
        }
        (_, Next::Done) => repo::delete(tx.conn(), delivery)?,
        _ => repo::postpone(tx.conn(), delivery, None)?,
    };
    Ok(was_ours.then_some(next))
}

/// How many deliveries wait for their time, and how many for a person.
///
/// # Errors
/// When the database fails.
pub fn count(conn: &mut DbConn) -> Result<(i64, i64), AppError> {
    Ok(repo::count(conn)?)
}

fn next<T>(delivery: &Delivery, attempt: &Attempt<T>, now: Instant) -> Next {
    match attempt {
        Attempt::Delivered => Next::Done,
        Attempt::Passing(..) if now < delivery.waiting_since + PERSON_LOOKS_AFTER => Next::Again,
        Attempt::Passing(..) | Attempt::Lasting(_) => Next::Person,
    }
}

/// How long to wait after so many failures: twice as long each time, and by chance up to a half less, so that what failed
/// together does not come back together. Not sooner than the other side wishes.
fn pause(failures: i32, wish: Option<Duration>, chance: u16) -> Duration {
    let doublings = u32::try_from(failures).unwrap_or_default().min(16);
    let whole = FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    let less = whole / 2 * u32::from(chance) / u32::from(u16::MAX);
    (whole - less).max(wish.unwrap_or_default().min(LONGEST_WISH))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn pauses_double_to_a_bound_and_chance_shortens_them_by_half_at_most() {
        assert_eq!(pause(0, None, 0), 5 * SECOND);
        assert_eq!(pause(3, None, 0), 40 * SECOND);
        assert_eq!(pause(3, None, u16::MAX), 20 * SECOND);
        assert_eq!(pause(50, None, 0), LONGEST_PAUSE);
        assert_eq!(pause(i32::MAX, None, u16::MAX), LONGEST_PAUSE / 2);
    }

    #[test]
    fn the_other_sides_wish_is_kept_within_reason() {
        assert_eq!(pause(0, Some(600 * SECOND), u16::MAX), 600 * SECOND);
        assert_eq!(pause(5, Some(SECOND), 0), 160 * SECOND);
        assert_eq!(pause(0, Some(Duration::MAX), 0), LONGEST_WISH);
    }

    #[test]
    fn after_three_days_a_person_looks_at_it() {
        let since: Instant = chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let delivery = Delivery {
            kind: repo::DeliveryKind::Record,
            subject: uuid::Uuid::nil(),
            lane: uuid::Uuid::nil(),
            waiting_since: since,
            turn: 300,
            failures: 299,
        };
        let passing = Attempt::Passing((), None);
        assert_eq!(next(&delivery, &passing, since + PERSON_LOOKS_AFTER - SECOND), Next::Again);
        assert_eq!(next(&delivery, &passing, since + PERSON_LOOKS_AFTER), Next::Person);
        assert_eq!(next(&delivery, &Attempt::Lasting(()), since), Next::Person);
        assert_eq!(next(&delivery, &Attempt::<()>::Delivered, since + PERSON_LOOKS_AFTER), Next::Done);
    }
}
