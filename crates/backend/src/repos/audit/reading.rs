//! The access log as citizens and the privacy officer read it.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::audit::{Access, AccessGround, AuditFlag, AuditLine};
use omasote_types::ids::{AccessId, CitizenId, ProfessionalId};
use omasote_types::language::LocalText;
use omasote_types::people::CitizenRef;
use omasote_types::sessions::PersonId;

use super::Line;
use super::lines::{CITIZEN, LineRow};
use crate::cursor::Window;
use crate::db::schema::{access_actors, access_flags, access_log, access_subjects, clients, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};
use crate::repos::people;

impl TextColumn for AuditFlag {
    fn as_text(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::NoOpenMatter => "no_open_matter",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Emergency, Self::NoOpenMatter].into_iter().find(|flag| flag.as_text() == text)
    }
}

type UnitName = Option<(String, String, String)>;

/// What a citizen reads of their own log, the newest line first.
pub fn list_of_citizen(
    conn: &mut DbConn,
    of: CitizenId,
    others_only: bool,
    window: &Window,
) -> QueryResult<Vec<Access>> {
    type Row = (LineRow, UnitName, Option<String>);
    let mut query = access_subjects::table
        .inner_join(access_log::table)
        .left_join(units::table.on(access_log::unit_id.eq(units::id.nullable())))
        .left_join(clients::table.on(access_log::client_id.eq(clients::id.nullable())))
        .filter(access_subjects::citizen_id.eq(Id::from(of)))
        .select((
            LineRow::as_select(),
            (units::name_fi, units::name_sv, units::name_en).nullable(),
            clients::name.nullable(),
        ))
        .into_boxed::<MultiBackend>();
    if others_only {
        query = query.filter(access_log::ground.ne(DbText(AccessGround::Own)));
    }
    if let Some(after) = window.after {
        query = query.filter(access_subjects::line_id.lt(Id::from_uuid(after.id)));
    }
    let rows: Vec<Row> = query.order(access_subjects::line_id.desc()).limit(window.fetch()).load(conn)?;
    let acted: Vec<CitizenId> = rows.iter().filter_map(|(row, ..)| acting(row)).collect();
    let names = if acted.is_empty() { Vec::new() } else { people::list_names(conn, &acted)? };
    let name_of = |row: &LineRow| {
        let who = acting(row)?;
        names.iter().find(|(id, _)| *id == who).map(|(_, name)| name.clone())
    };
    Ok(rows.into_iter().map(|(row, unit, program)| to_access(name_of(&row), row, unit, program)).collect())
}

/// Whether a line tells of a citizen.
pub fn is_of_citizen(conn: &mut DbConn, line: AccessId, citizen: CitizenId) -> QueryResult<bool> {
    let found = access_subjects::table.find((Id::from(citizen), Id::from(line)));
    diesel::select(diesel::dsl::exists(found)).get_result(conn)
}

/// Who acted for the citizen.
fn acting(row: &LineRow) -> Option<CitizenId> {
    let is_on_behalf = matches!(row.ground.0, AccessGround::Guardian | AccessGround::Mandate);
    (is_on_behalf && row.actor_kind == CITIZEN).then(|| row.actor_id.into())
}

fn to_access(proxy: Option<String>, row: LineRow, unit: UnitName, program: Option<String>) -> Access {
    Access {
        id: row.id.into(),
        at: row.at.into(),
        action: row.action.0,
        operation: row.operation,
        ground: row.ground.0,
        title: row.actor_title,
        unit: unit.map(|(fi, sv, en)| LocalText { fi, sv, en }),
        proxy,
        program,
        reason: row.reason,
    }
}

/// Which lines the privacy officer wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Every one.
    All,
    /// Those that tell of a citizen.
    Citizen(CitizenId),
    /// Those of what a person did.
    Actor(PersonId),
    /// Those with a flag.
    Flag(AuditFlag),
    /// Just one.
    Line(AccessId),
}

/// How many citizens of a line are named.
const NAMED_AT_MOST: usize = 5;

/// A line with the names of its unit and its program.
type Joined = (Line, UnitName, Option<String>);

/// Lines for the privacy officer between two moments, the newest first.
pub fn search(
    conn: &mut DbConn,
    wanted: Wanted,
    (from, to): (Option<Instant>, Option<Instant>),
    window: &Window,
) -> QueryResult<Vec<AuditLine>> {
    let mut query = access_log::table
        .left_join(units::table.on(access_log::unit_id.eq(units::id.nullable())))
        .left_join(clients::table.on(access_log::client_id.eq(clients::id.nullable())))
        .select((
            LineRow::as_select(),
            (units::name_fi, units::name_sv, units::name_en).nullable(),
            clients::name.nullable(),
        ))
        .into_boxed::<MultiBackend>();
    match wanted {
        Wanted::All => {}
        Wanted::Line(line) => query = query.filter(access_log::id.eq(Id::from(line))),
        Wanted::Citizen(citizen) => {
            let told = access_subjects::table.filter(access_subjects::citizen_id.eq(Id::from(citizen)));
            query = query.filter(access_log::id.eq_any(told.select(access_subjects::line_id)));
        }
        Wanted::Actor(actor) => {
            let done = access_actors::table.filter(access_actors::actor_id.eq(Id::from(actor)));
            query = query.filter(access_log::id.eq_any(done.select(access_actors::line_id)));
        }
        Wanted::Flag(flag) => {
            let flagged = access_flags::table.filter(access_flags::flag.eq(DbText(flag)));
            query = query.filter(access_log::id.eq_any(flagged.select(access_flags::line_id)));
        }
    }
    if let Some(from) = from {
        query = query.filter(access_log::at.ge(Stored::from(from)));
    }
    if let Some(to) = to {
        query = query.filter(access_log::at.lt(Stored::from(to)));
    }
    if let Some(after) = window.after {
        query = query.filter(access_log::id.lt(Id::from_uuid(after.id)));
    }
    let rows: Vec<(LineRow, UnitName, Option<String>)> =
        query.order(access_log::id.desc()).limit(window.fetch()).load(conn)?;
    let lines = rows.into_iter().map(|(row, unit, program)| (Line::from(row), unit, program)).collect();
    name_lines(conn, lines)
}

fn name_lines(conn: &mut DbConn, lines: Vec<Joined>) -> QueryResult<Vec<AuditLine>> {
    let mut citizens: Vec<CitizenId> =
        lines.iter().flat_map(|(line, ..)| line.subjects.iter().take(NAMED_AT_MOST).copied()).collect();
    let mut professionals: Vec<ProfessionalId> = Vec::new();
    for (line, ..) in &lines {
        match line.actor {
            Some(PersonId::Citizen(id)) => citizens.push(id),
            Some(PersonId::Professional(id)) => professionals.push(id),
            None => {}
        }
    }
    let citizens = people::list_refs(conn, &citizens)?;
    let professionals = people::list_professional_names(conn, &professionals)?;
    let citizen = |id: CitizenId| citizens.iter().find(|citizen| citizen.id == id);
    let actor_name = |actor: PersonId| match actor {
        PersonId::Citizen(id) => citizen(id).map(|citizen| citizen.name.clone()),
        PersonId::Professional(id) => {
            professionals.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
        }
    };
    let named = |(line, unit, program): Joined| {
        let citizens: Vec<CitizenRef> =
            line.subjects.iter().take(NAMED_AT_MOST).filter_map(|id| citizen(*id).cloned()).collect();
        AuditLine {
            id: line.id,
            at: line.at,
            action: line.action,
            operation: line.operation,
            ground: line.ground,
            actor: line.actor,
            actor_name: line.actor.and_then(actor_name),
            title: line.title,
            unit: unit.map(|(fi, sv, en)| LocalText { fi, sv, en }),
            citizens,
            program,
            citizen_count: u32::try_from(line.subjects.len()).unwrap_or(u32::MAX),
            reason: line.reason,
            request_id: line.request,
        }
    };
    Ok(lines.into_iter().map(named).collect())
}
