//! Seals: each is a hash over a line and the seal before it, so that a line that was changed, added or taken away later
//! shows. Each day counts its seals from 1, and its first one is over the last of the day before.
//!
//! Who can write to the database can make all seals anew; so the newest one is logged every hour, where the database's
//! owner cannot change it.

use std::fmt;

use omasote_types::Instant;
use omasote_types::sessions::PersonId;
use sha2::{Digest, Sha256};

use crate::db::{DbConn, TextColumn as _, Tx};
use crate::error::AppError;
use crate::repos::audit::{self as repo, Line, Seal};

/// How many lines are sealed in one transaction.
const BATCH: i64 = 200;
const SECONDS_A_DAY: i64 = 86_400;

/// Seals the oldest lines that wait for it; says how many. From then on the citizens they tell of find them.
///
/// # Errors
/// When the database fails.
pub fn seal_waiting(tx: &mut Tx<'_>, now: Instant) -> Result<usize, AppError> {
    repo::lock_seals(tx.conn())?;
    let lines = repo::list_unsealed(tx.conn(), BATCH)?;
    if lines.is_empty() {
        return Ok(0);
    }
    let mut last = repo::find_last_seal(tx.conn())?;
    let today = i32::try_from(now.timestamp().div_euclid(SECONDS_A_DAY)).unwrap_or(i32::MAX);
    let seals: Vec<Seal> = lines
        .iter()
        .map(|line| {
            let seal = next(last.as_ref(), today, line);
            last = Some(seal.clone());
            seal
        })
        .collect();
    repo::insert_seals(tx.conn(), &lines, &seals)?;
    Ok(seals.len())
}

/// A clock that was put back does not put the days back.
fn next(last: Option<&Seal>, today: i32, line: &Line) -> Seal {
    let day = last.map_or(today, |last| last.day.max(today));
    Seal { day, number: number_after(last, day), line_id: line.id.into(), hash: hash(last, line) }
}

fn number_after(last: Option<&Seal>, day: i32) -> i64 {
    last.filter(|last| last.day == day).map_or(1, |last| last.number + 1)
}

/// Each part is preceded by its length, so that no two lines read the same.
fn hash(before: Option<&Seal>, line: &Line) -> Vec<u8> {
    let mut digest = Sha256::new();
    let mut add = |part: &[u8]| {
        digest.update(u64::try_from(part.len()).unwrap_or_default().to_be_bytes());
        digest.update(part);
    };
    add(before.map(|seal| seal.hash.as_slice()).unwrap_or_default());
    add(line.id.as_uuid().as_bytes());
    add(&line.at.timestamp_micros().to_be_bytes());
    match line.actor {
        PersonId::Citizen(id) => add(&[b"citizen", id.as_uuid().as_bytes().as_slice()].concat()),
        PersonId::Professional(id) => add(&[b"professional", id.as_uuid().as_bytes().as_slice()].concat()),
    }
    add(line.title.as_deref().unwrap_or_default().as_bytes());
    add(line.unit.map(|unit| *unit.as_uuid()).unwrap_or_default().as_bytes());
    add(line.action.as_text().as_bytes());
    add(line.operation.as_bytes());
    add(line.resource.unwrap_or_default().as_bytes());
    add(line.ground.as_text().as_bytes());
    add(line.session.as_uuid().as_bytes());
    add(line.request.as_uuid().as_bytes());
    for citizen in &line.subjects {
        add(citizen.as_uuid().as_bytes());
    }
    digest.finalize().to_vec()
}

/// Where the log is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// The line of a seal is gone.
    LineGone {
        /// The seal's day, counted from 1970.
        day: i32,
        /// Its number that day.
        number: i64,
    },
    /// A line, or the seal before it, is not what was sealed.
    Changed {
        /// The seal's day, counted from 1970.
        day: i32,
        /// Its number that day.
        number: i64,
    },
    /// A seal is gone: this one does not follow the one before it.
    SealGone {
        /// The seal's day, counted from 1970.
        day: i32,
        /// Its number that day.
        number: i64,
    },
    /// There are lines that were never to be sealed.
    Strangers(i64),
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = |day: i32| {
            Instant::from_timestamp(i64::from(day) * SECONDS_A_DAY, 0).unwrap_or_default().date_naive()
        };
        match *self {
            Self::LineGone { day, number } => write!(out, "line {number} of {} is gone", date(day)),
            Self::Changed { day, number } => write!(out, "line {number} of {} was changed", date(day)),
            Self::SealGone { day, number } => {
                write!(out, "lines are missing before line {number} of {}", date(day))
            }
            Self::Strangers(count) => write!(out, "{count} lines were added past the log"),
        }
    }
}

/// Checks every seal; says how many lines are whole, or where the first breach is.
///
/// # Errors
/// When the database fails.
pub fn verify(conn: &mut DbConn) -> Result<Result<u64, Breach>, AppError> {
    let (mut last, mut whole) = (None::<Seal>, 0);
    loop {
        let place = last.as_ref().map_or((i32::MIN, 0), |last| (last.day, last.number));
        let seals = repo::list_seals_after(conn, place, BATCH)?;
        if seals.is_empty() {
            break;
        }
        for (seal, line) in seals {
            if let Some(breach) = breach(last.as_ref(), &seal, line.as_ref()) {
                return Ok(Err(breach));
            }
            whole += 1;
            last = Some(seal);
        }
    }
    match repo::count_strangers(conn)? {
        0 => Ok(Ok(whole)),
        count => Ok(Err(Breach::Strangers(count))),
    }
}

fn breach(last: Option<&Seal>, seal: &Seal, line: Option<&Line>) -> Option<Breach> {
    let (day, number) = (seal.day, seal.number);
    if number != number_after(last, day) {
        return Some(Breach::SealGone { day, number });
    }
    let Some(line) = line else { return Some(Breach::LineGone { day, number }) };
    (hash(last, line) != seal.hash).then_some(Breach::Changed { day, number })
}
