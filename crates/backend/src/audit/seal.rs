//! Seals: each is a hash over a line and the seal before it, so that a line that was changed, added or taken away later
//! shows. Each day counts its seals from 1, and its first one is over the last of the day before.
//!
//! Who can write to the database can make all seals anew; so the newest one is logged every hour, where the database's
//! owner cannot change it.

use std::fmt;

use omasote_types::Instant;
use omasote_types::audit::{AccessGround, AuditFlag};
use omasote_types::ids::{AccessId, CitizenId};
use omasote_types::sessions::PersonId;
use sha2::{Digest, Sha256};

use crate::db::{Db, DbConn, TextColumn as _, Tx};
use crate::error::AppError;
use crate::repos::audit::{self as repo, Line, PastMatter, Seal};

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
    let mut last = last_seal(tx.conn())?;
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
    let flags = flags(tx.conn(), &lines)?;
    if !flags.is_empty() {
        repo::insert_flags(tx.conn(), &flags)?;
    }
    Ok(seals.len())
}

/// Seals what waits now, in as many transactions as it takes.
///
/// # Errors
/// When the database fails.
pub async fn seal_all(db: &Db, now: Instant) -> Result<usize, AppError> {
    let mut all = 0;
    loop {
        let sealed = db.write(move |tx| seal_waiting(tx, now)).await?;
        all += sealed;
        if i64::try_from(sealed).is_ok_and(|sealed| sealed < BATCH) {
            return Ok(all);
        }
    }
}

/// What the privacy officer should look at: break-glass, and who opened something of one citizen while their unit had no
/// open matter of that citizen. What a list shows of many is not looked at.
fn flags(conn: &mut DbConn, lines: &[Line]) -> Result<Vec<(AccessId, AuditFlag)>, AppError> {
    let opened = |line: &&Line| line.ground == AccessGround::Unit && line.subjects.len() == 1;
    let by_unit: Vec<&Line> = lines.iter().filter(opened).collect();
    let citizens: Vec<CitizenId> = by_unit.iter().flat_map(|line| line.subjects.iter().copied()).collect();
    let since = by_unit.iter().map(|line| line.at).min();
    let matters = since.map_or_else(|| Ok(Vec::new()), |since| repo::list_matters(conn, &citizens, since))?;
    let was_open = |matter: &PastMatter, line: &Line| {
        line.subjects.contains(&matter.citizen)
            && line.unit == Some(matter.unit)
            && matter.closed_at.is_none_or(|closed_at| closed_at >= line.at)
    };
    let has_matter = |line: &Line| matters.iter().any(|matter| was_open(matter, line));
    let idle = by_unit.into_iter().filter(|line| !has_matter(line));
    let idle = idle.map(|line| (line.id, AuditFlag::NoOpenMatter));
    let emergencies = lines.iter().filter(|line| line.ground == AccessGround::Emergency);
    Ok(idle.chain(emergencies.map(|line| (line.id, AuditFlag::Emergency))).collect())
}

/// Lets lines go that were sealed before the day of `before`; says how many. The seal of the last of them stays, so that the
/// rest can still be verified.
///
/// # Errors
/// When the database fails, or does not let it: only the owner of the tables may.
pub fn expire(tx: &mut Tx<'_>, before: Instant, now: Instant) -> Result<usize, AppError> {
    repo::lock_seals(tx.conn())?;
    let day = i32::try_from(before.timestamp().div_euclid(SECONDS_A_DAY)).unwrap_or(i32::MIN);
    match repo::find_last_seal_before(tx.conn(), day)? {
        Some(last) => Ok(repo::expire(tx.conn(), &last, now)?),
        None => Ok(0),
    }
}

/// The seal that the next one is over.
fn last_seal(conn: &mut DbConn) -> Result<Option<Seal>, AppError> {
    let last = repo::find_last_seal(conn)?;
    Ok(if last.is_some() { last } else { repo::find_last_expired(conn)? })
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
        Some(PersonId::Citizen(id)) => add(&[b"citizen", id.as_uuid().as_bytes().as_slice()].concat()),
        Some(PersonId::Professional(id)) => {
            add(&[b"professional", id.as_uuid().as_bytes().as_slice()].concat());
        }
        None => add(b"nobody"),
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
    if let Some(client) = line.client {
        add(b"client");
        add(client.as_uuid().as_bytes());
    }
    if let Some(reason) = &line.reason {
        add(b"reason");
        add(reason.as_bytes());
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
    let (mut last, mut whole) = (repo::find_last_expired(conn)?, 0);
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
