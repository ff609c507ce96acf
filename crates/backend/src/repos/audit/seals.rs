//! Seals of the access log, and what is found out about a line when it is sealed: whom it tells of, who did it, whether
//! the privacy officer should look.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::audit::AuditFlag;
use omasote_types::ids::{AccessId, CitizenId, UnitId};

use super::Line;
use super::lines::LineRow;
use crate::db::schema::{
    access_actors, access_expiries, access_flags, access_log, access_seals, access_subjects, access_unsealed,
    care_relations,
};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};
use crate::per_backend;

/// Both engines bound how many values a statement may have.
const ROWS_AT_ONCE: usize = 1000;

#[derive(Clone, Copy, Insertable)]
#[diesel(table_name = access_subjects)]
struct SubjectRow {
    citizen_id: Id,
    line_id: Id,
}

#[derive(Clone, Copy, Insertable)]
#[diesel(table_name = access_actors)]
struct ActorRow {
    actor_id: Id,
    line_id: Id,
}

#[derive(Clone, Copy, Insertable)]
#[diesel(table_name = access_flags)]
struct FlagRow {
    flag: DbText<AuditFlag>,
    line_id: Id,
}

/// A seal as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_seals, check_for_backend(MultiBackend))]
pub struct Seal {
    /// The day in UTC it was made, counted from 1970.
    pub day: i32,
    /// Its number that day, from 1.
    pub number: i64,
    /// The line it seals.
    pub line_id: Id,
    /// SHA-256 of the seal before it and the line.
    pub hash: Vec<u8>,
}

/// Keeps other servers from sealing until the transaction ends. SQLite has one writer anyway.
pub fn lock_seals(conn: &mut DbConn) -> QueryResult<()> {
    if let DbConn::Pg(conn) = conn {
        // A lock of the table itself would need the right to change it.
        diesel::sql_query("select pg_advisory_xact_lock(7402341)").execute(conn)?;
    }
    Ok(())
}

/// The newest seal.
pub fn find_last_seal(conn: &mut DbConn) -> QueryResult<Option<Seal>> {
    let newest = access_seals::table.order((access_seals::day.desc(), access_seals::number.desc()));
    newest.select(Seal::as_select()).first(conn).optional()
}

/// Whether a line waits for its seal.
pub fn has_unsealed(conn: &mut DbConn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(access_unsealed::table.select(access_unsealed::line_id)))
        .get_result(conn)
}

/// The oldest lines without a seal.
pub fn list_unsealed(conn: &mut DbConn, limit: i64) -> QueryResult<Vec<Line>> {
    let queue = access_unsealed::table.inner_join(access_log::table).order(access_unsealed::line_id.asc());
    let rows: Vec<LineRow> = queue.select(LineRow::as_select()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// Adds the seals of lines, takes the lines from the queue, and lets the citizens find them. Many rows in one statement
/// are beyond the enum.
pub fn insert_seals(conn: &mut DbConn, lines: &[Line], seals: &[Seal]) -> QueryResult<usize> {
    let ids: Vec<Id> = lines.iter().map(|line| line.id.into()).collect();
    diesel::delete(access_unsealed::table.filter(access_unsealed::line_id.eq_any(ids))).execute(conn)?;
    let subject = |line: AccessId, citizen: &CitizenId| SubjectRow {
        citizen_id: Id::from(*citizen),
        line_id: Id::from(line),
    };
    let subjects =
        lines.iter().flat_map(|line| line.subjects.iter().map(|citizen| subject(line.id, citizen)));
    let subjects: Vec<SubjectRow> = subjects.collect();
    let actors: Vec<ActorRow> = lines.iter().filter_map(actor_row).collect();
    per_backend!(conn, conn => {
        for part in subjects.chunks(ROWS_AT_ONCE) {
            diesel::insert_into(access_subjects::table).values(part).execute(conn)?;
        }
        diesel::insert_into(access_actors::table).values(&actors).execute(conn)?;
        diesel::insert_into(access_seals::table).values(seals).execute(conn)
    })
}

fn actor_row(line: &Line) -> Option<ActorRow> {
    Some(ActorRow { actor_id: Id::from(line.actor?), line_id: Id::from(line.id) })
}

/// Flags lines for the privacy officer. Many rows in one statement are beyond the enum.
pub fn insert_flags(conn: &mut DbConn, flags: &[(AccessId, AuditFlag)]) -> QueryResult<usize> {
    let row =
        |(line, flag): &(AccessId, AuditFlag)| FlagRow { flag: DbText(*flag), line_id: Id::from(*line) };
    let rows: Vec<FlagRow> = flags.iter().map(row).collect();
    per_backend!(conn, conn => diesel::insert_into(access_flags::table).values(&rows).execute(conn))
}

/// A matter that a unit had of a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastMatter {
    /// Whose.
    pub citizen: CitizenId,
    /// The unit's.
    pub unit: UnitId,
    /// When it was closed; none while it is open.
    pub closed_at: Option<Instant>,
}

/// The matters of citizens that were open at some time since `since`.
pub fn list_matters(conn: &mut DbConn, of: &[CitizenId], since: Instant) -> QueryResult<Vec<PastMatter>> {
    let citizens: Vec<Id> = of.iter().copied().map(Id::from).collect();
    let was_open =
        care_relations::closed_at.is_null().or(care_relations::closed_at.ge(Some(Stored::from(since))));
    let rows: Vec<(Id, Id, Option<Stored>)> = care_relations::table
        .filter(care_relations::citizen_id.eq_any(citizens).and(was_open))
        .select((care_relations::citizen_id, care_relations::unit_id, care_relations::closed_at))
        .load(conn)?;
    let matter = |(citizen, unit, closed_at): (Id, Id, Option<Stored>)| PastMatter {
        citizen: citizen.into(),
        unit: unit.into(),
        closed_at: closed_at.map(Instant::from),
    };
    Ok(rows.into_iter().map(matter).collect())
}

/// The seals after a place, in their order, each with its line if that is still there.
pub fn list_seals_after(
    conn: &mut DbConn,
    (day, number): (i32, i64),
    limit: i64,
) -> QueryResult<Vec<(Seal, Option<Line>)>> {
    let later = access_seals::day.gt(day).or(access_seals::day.eq(day).and(access_seals::number.gt(number)));
    let rows: Vec<(Seal, Option<LineRow>)> = access_seals::table
        .left_join(access_log::table)
        .filter(later)
        .order((access_seals::day.asc(), access_seals::number.asc()))
        .limit(limit)
        .select((Seal::as_select(), Option::<LineRow>::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(seal, row)| (seal, row.map(Line::from))).collect())
}

/// How many lines there are that neither have a seal nor wait for one.
pub fn count_strangers(conn: &mut DbConn) -> QueryResult<i64> {
    let sealed = access_seals::table.filter(access_seals::line_id.eq(access_log::id));
    let waiting = access_unsealed::table.filter(access_unsealed::line_id.eq(access_log::id));
    access_log::table
        .filter(diesel::dsl::not(diesel::dsl::exists(sealed)))
        .filter(diesel::dsl::not(diesel::dsl::exists(waiting)))
        .count()
        .get_result(conn)
}

/// The last seal that was let go because its time had passed: the chain goes on from it.
pub fn find_last_expired(conn: &mut DbConn) -> QueryResult<Option<Seal>> {
    let row: Option<(i32, i64, Vec<u8>)> = access_expiries::table
        .order(access_expiries::day.desc())
        .select((access_expiries::day, access_expiries::number, access_expiries::hash))
        .first(conn)
        .optional()?;
    let line_id = Id::from_uuid(uuid::Uuid::nil());
    Ok(row.map(|(day, number, hash)| Seal { day, number, line_id, hash }))
}

/// The last seal of the days before `day`.
pub fn find_last_seal_before(conn: &mut DbConn, day: i32) -> QueryResult<Option<Seal>> {
    let earlier = access_seals::table.filter(access_seals::day.lt(day));
    let newest = earlier.order((access_seals::day.desc(), access_seals::number.desc()));
    newest.select(Seal::as_select()).first(conn).optional()
}

/// Lets every line go that was sealed up to `last`, and what was found out about it; says how many. The one place that
/// takes lines away: the owner of the tables runs it by a command, the server never does and has no right to. Triggers
/// that refuse it are off for the transaction.
pub fn expire(conn: &mut DbConn, last: &Seal, now: Instant) -> QueryResult<usize> {
    switch_triggers(conn, Triggers::Off)?;
    let old = access_seals::table.filter(access_seals::day.le(last.day)).select(access_seals::line_id);
    diesel::delete(access_subjects::table.filter(access_subjects::line_id.eq_any(old))).execute(conn)?;
    diesel::delete(access_actors::table.filter(access_actors::line_id.eq_any(old))).execute(conn)?;
    diesel::delete(access_flags::table.filter(access_flags::line_id.eq_any(old))).execute(conn)?;
    let gone = diesel::delete(access_log::table.filter(access_log::id.eq_any(old))).execute(conn)?;
    diesel::delete(access_seals::table.filter(access_seals::day.le(last.day))).execute(conn)?;
    let row = (
        access_expiries::day.eq(last.day),
        access_expiries::number.eq(last.number),
        access_expiries::hash.eq(&last.hash),
        access_expiries::expired_at.eq(Stored::from(now)),
    );
    diesel::insert_into(access_expiries::table).values(row).execute(conn)?;
    switch_triggers(conn, Triggers::On)?;
    Ok(gone)
}

#[derive(Clone, Copy)]
enum Triggers {
    On,
    Off,
}

const GUARDED: [&str; 3] = ["access_log", "access_subjects", "access_seals"];

/// Each engine has its own words for it.
fn switch_triggers(conn: &mut DbConn, wanted: Triggers) -> QueryResult<()> {
    for table in GUARDED {
        let statements = match (&*conn, wanted) {
            (DbConn::Pg(_), Triggers::Off) => vec![format!("alter table {table} disable trigger user")],
            (DbConn::Pg(_), Triggers::On) => vec![format!("alter table {table} enable trigger user")],
            (DbConn::Sqlite(_), Triggers::Off) => vec![format!("drop trigger {table}_no_delete")],
            (DbConn::Sqlite(_), Triggers::On) => vec![format!(
                "create trigger {table}_no_delete before delete on {table} begin \
                 select raise(abort, '{table} is only ever added to'); end"
            )],
        };
        for statement in statements {
            diesel::sql_query(statement).execute(conn)?;
        }
    }
    Ok(())
}
