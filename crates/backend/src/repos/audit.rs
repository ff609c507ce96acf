//! The access log: lines, whom each tells of, and the seals that show whether one was changed.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::audit::{Access, AccessAction, AccessGround};
use omasote_types::ids::{AccessId, CitizenId, RequestId, SessionId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::sessions::PersonId;
use uuid::Uuid;

use crate::cursor::Window;
use crate::db::schema::{access_log, access_seals, access_subjects, access_unsealed, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};
use crate::per_backend;

impl TextColumn for AccessAction {
    fn as_text(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Refused => "refused",
            Self::SignedIn => "signed_in",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Refused, Self::SignedIn].into_iter().find(|it| it.as_text() == text)
    }
}

impl TextColumn for AccessGround {
    fn as_text(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Unit => "unit",
            Self::None => "none",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Own, Self::Unit, Self::None].into_iter().find(|ground| ground.as_text() == text)
    }
}

/// A line as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: AccessId,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: PersonId,
    /// A professional's title.
    pub title: Option<String>,
    /// The unit for which a professional acts.
    pub unit: Option<UnitId>,
    /// What was done.
    pub action: AccessAction,
    /// By which operation of the API.
    pub operation: String,
    /// With what: a thread, say.
    pub resource: Option<Uuid>,
    /// Why it was allowed.
    pub ground: AccessGround,
    /// In which session.
    pub session: SessionId,
    /// In which request.
    pub request: RequestId,
    /// The citizens it tells of, in the order of their ids.
    pub subjects: Vec<CitizenId>,
}

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_log, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct LineRow {
    id: Id,
    at: Stored,
    actor_kind: String,
    actor_id: Id,
    actor_title: Option<String>,
    unit_id: Option<Id>,
    action: DbText<AccessAction>,
    operation: String,
    resource_id: Option<Id>,
    ground: DbText<AccessGround>,
    session_id: Id,
    request_id: Id,
    subjects: Vec<u8>,
}

#[derive(Clone, Copy, Insertable)]
#[diesel(table_name = access_subjects)]
struct SubjectRow {
    citizen_id: Id,
    line_id: Id,
}

/// Both engines bound how many values a statement may have.
const ROWS_AT_ONCE: usize = 1000;
const CITIZEN: &str = "citizen";
const PROFESSIONAL: &str = "professional";

impl From<&Line> for LineRow {
    fn from(line: &Line) -> Self {
        let (kind, actor) = match line.actor {
            PersonId::Citizen(id) => (CITIZEN, Id::from(id)),
            PersonId::Professional(id) => (PROFESSIONAL, Id::from(id)),
        };
        Self {
            id: line.id.into(),
            at: line.at.into(),
            actor_kind: kind.to_owned(),
            actor_id: actor,
            actor_title: line.title.clone(),
            unit_id: line.unit.map(Id::from),
            action: DbText(line.action),
            operation: line.operation.clone(),
            resource_id: line.resource.map(Id::from_uuid),
            ground: DbText(line.ground),
            session_id: line.session.into(),
            request_id: line.request.into(),
            subjects: line.subjects.iter().flat_map(|citizen| *citizen.as_uuid().as_bytes()).collect(),
        }
    }
}

impl From<LineRow> for Line {
    fn from(row: LineRow) -> Self {
        let citizen = |bytes: &[u8]| Uuid::from_slice(bytes).ok().map(CitizenId::from_uuid);
        let subjects = row.subjects.chunks(16).filter_map(citizen).collect();
        let is_citizen = row.actor_kind == CITIZEN;
        Self {
            id: row.id.into(),
            at: row.at.into(),
            actor: match is_citizen {
                true => PersonId::Citizen(row.actor_id.into()),
                false => PersonId::Professional(row.actor_id.into()),
            },
            title: row.actor_title,
            unit: row.unit_id.map(UnitId::from),
            action: row.action.0,
            operation: row.operation,
            resource: row.resource_id.map(|id| *id.as_uuid()),
            ground: row.ground.0,
            session: row.session_id.into(),
            request: row.request_id.into(),
            subjects,
        }
    }
}

/// Adds a line, to be sealed later.
pub fn insert(conn: &mut DbConn, line: &Line) -> QueryResult<usize> {
    let row = LineRow::from(line);
    diesel::insert_into(access_unsealed::table).values(access_unsealed::line_id.eq(row.id)).execute(conn)?;
    diesel::insert_into(access_log::table).values(row).execute(conn)
}

/// What a citizen reads of their own log, the newest line first.
pub fn list_of_citizen(
    conn: &mut DbConn,
    of: CitizenId,
    others_only: bool,
    window: &Window,
) -> QueryResult<Vec<Access>> {
    type Row = (LineRow, Option<(String, String, String)>);
    let mut query = access_subjects::table
        .inner_join(access_log::table)
        .left_join(units::table.on(access_log::unit_id.eq(units::id.nullable())))
        .filter(access_subjects::citizen_id.eq(Id::from(of)))
        .select((LineRow::as_select(), (units::name_fi, units::name_sv, units::name_en).nullable()))
        .into_boxed::<MultiBackend>();
    if others_only {
        query = query.filter(access_log::ground.ne(DbText(AccessGround::Own)));
    }
    if let Some(after) = window.after {
        query = query.filter(access_subjects::line_id.lt(Id::from_uuid(after.id)));
    }
    let rows: Vec<Row> = query.order(access_subjects::line_id.desc()).limit(window.fetch()).load(conn)?;
    Ok(rows.into_iter().map(to_access).collect())
}

fn to_access((row, unit): (LineRow, Option<(String, String, String)>)) -> Access {
    Access {
        id: row.id.into(),
        at: row.at.into(),
        action: row.action.0,
        operation: row.operation,
        ground: row.ground.0,
        title: row.actor_title,
        unit: unit.map(|(fi, sv, en)| LocalText { fi, sv, en }),
    }
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
    per_backend!(conn, conn => {
        for part in subjects.chunks(ROWS_AT_ONCE) {
            diesel::insert_into(access_subjects::table).values(part).execute(conn)?;
        }
        diesel::insert_into(access_seals::table).values(seals).execute(conn)
    })
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
