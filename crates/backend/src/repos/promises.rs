//! By when threads are promised an answer, and how long answers took.

use diesel::dsl::count_star;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{MessageId, ThreadId, UnitId};

use crate::db::schema::{citizens, threads, unit_answers};
use crate::db::{DbConn, Id, Stored};
use crate::policy::Parties;

/// Promises an answer to who begins to wait.
pub fn set(conn: &mut DbConn, thread: ThreadId, promised_at: Option<Instant>) -> QueryResult<usize> {
    diesel::update(threads::table.find(Id::from(thread)))
        .set(threads::promised_at.eq(promised_at.map(Stored::from)))
        .execute(conn)
}

/// A promise whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The thread.
    pub thread: ThreadId,
    /// Whose it is and who has it.
    pub parties: Parties,
    /// What was promised.
    pub promised_at: Instant,
    /// Whether the unit may not open the thread, so that it cannot answer.
    pub is_restricted: bool,
    /// Whether it is hidden from those who act for the citizen.
    pub is_hidden: bool,
}

/// Promises whose time has come, the oldest first.
pub fn list_due(conn: &mut DbConn, now: Instant, limit: i64) -> QueryResult<Vec<Due>> {
    type Row = (Id, Id, Id, Option<Stored>, Stored, Option<Stored>, Option<Stored>);
    let rows: Vec<Row> = threads::table
        .inner_join(citizens::table)
        .filter(threads::promised_at.le(Some(Stored::from(now))))
        .order((threads::promised_at.asc(), threads::id.asc()))
        .limit(limit)
        .select((
            threads::id,
            threads::citizen_id,
            threads::unit_id,
            threads::promised_at,
            threads::created_at,
            citizens::restricted_since,
            threads::hidden_from_proxies_at,
        ))
        .load(conn)?;
    let due =
        rows.into_iter().filter_map(|(thread, citizen, unit, promised_at, began_at, restricted, hidden)| {
            Some(Due {
                thread: thread.into(),
                parties: Parties { citizen: citizen.into(), unit: unit.into() },
                promised_at: promised_at?.into(),
                is_restricted: restricted.is_some_and(|since| began_at <= since),
                is_hidden: hidden.is_some(),
            })
        });
    Ok(due.collect())
}

/// Promises anew what was promised until now, and counts that the promise was missed; says whether it still stood.
pub fn set_missed(
    conn: &mut DbConn,
    thread: ThreadId,
    missed: Instant,
    promised_at: Option<Instant>,
) -> QueryResult<bool> {
    let standing = threads::table
        .filter(threads::id.eq(Id::from(thread)))
        .filter(threads::promised_at.eq(Some(Stored::from(missed))));
    let changed = diesel::update(standing)
        .set((
            threads::promised_at.eq(promised_at.map(Stored::from)),
            threads::promises_missed.eq(threads::promises_missed + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Since when a thread waits, and what it was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The unit that has the thread.
    pub unit: UnitId,
    /// Since when.
    pub since: Instant,
    /// By when an answer is promised.
    pub promised_at: Option<Instant>,
    /// How many times it was promised and missed.
    pub missed: i32,
}

/// The wait of a thread; none when nobody waits.
pub fn find_wait(conn: &mut DbConn, thread: ThreadId) -> QueryResult<Option<Wait>> {
    let columns = (threads::unit_id, threads::waiting_since, threads::promised_at, threads::promises_missed);
    let found: Option<(Id, Option<Stored>, Option<Stored>, i32)> =
        threads::table.find(Id::from(thread)).select(columns).first(conn).optional()?;
    Ok(found.and_then(|(unit, since, promised_at, missed)| {
        let promised_at = promised_at.map(Instant::from);
        Some(Wait { unit: unit.into(), since: since?.into(), promised_at, missed })
    }))
}

/// An answer that ends a wait.
#[derive(Clone, Copy, Debug)]
pub struct NewAnswer {
    /// The message that answers.
    pub id: MessageId,
    /// Who answers.
    pub unit: UnitId,
    /// Since when the citizen had waited.
    pub since: Instant,
    /// How many promises were missed; none when nothing was promised.
    pub missed: Option<i32>,
    /// When.
    pub now: Instant,
}

/// Notes how long an answer took.
pub fn insert_answer(conn: &mut DbConn, answer: &NewAnswer) -> QueryResult<usize> {
    let row = (
        unit_answers::id.eq(Id::from(answer.id)),
        unit_answers::unit_id.eq(Id::from(answer.unit)),
        unit_answers::waited_since.eq(Stored::from(answer.since)),
        unit_answers::answered_at.eq(Stored::from(answer.now)),
        unit_answers::promises_missed.eq(answer.missed),
    );
    diesel::insert_into(unit_answers::table).values(row).execute(conn)
}

/// Since when and until when the waits lasted that a unit has answered since a moment.
pub fn list_answers(conn: &mut DbConn, of: UnitId, since: Instant) -> QueryResult<Vec<(Instant, Instant)>> {
    let rows: Vec<(Stored, Stored)> = unit_answers::table
        .filter(unit_answers::unit_id.eq(Id::from(of)))
        .filter(unit_answers::answered_at.ge(Stored::from(since)))
        .select((unit_answers::waited_since, unit_answers::answered_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(from, to)| (from.into(), to.into())).collect())
}

/// How many answers since a moment had been promised, and how many of those came in time.
pub fn count_kept(conn: &mut DbConn, of: UnitId, since: Instant) -> QueryResult<(i64, i64)> {
    let promised = unit_answers::table
        .filter(unit_answers::unit_id.eq(Id::from(of)))
        .filter(unit_answers::answered_at.ge(Stored::from(since)))
        .filter(unit_answers::promises_missed.is_not_null());
    let all = promised.select(count_star()).first(conn)?;
    let kept = promised.filter(unit_answers::promises_missed.eq(Some(0))).select(count_star()).first(conn)?;
    Ok((all, kept))
}

/// How many threads wait for a unit, and how many of those have had a promise missed.
pub fn count_waiting(conn: &mut DbConn, of: UnitId) -> QueryResult<(i64, i64)> {
    let waiting =
        threads::table.filter(threads::unit_id.eq(Id::from(of))).filter(threads::waiting_since.is_not_null());
    let all = waiting.select(count_star()).first(conn)?;
    let late = waiting.filter(threads::promises_missed.gt(0)).select(count_star()).first(conn)?;
    Ok((all, late))
}

/// Forgets answers before a moment.
pub fn delete_answers_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    diesel::delete(unit_answers::table.filter(unit_answers::answered_at.lt(Stored::from(before))))
        .execute(conn)
}
