//! Care relations, and break-glass accesses.

use std::collections::BTreeSet;

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::care::{CareRelation, EmergencyAccess, Matter};
use omasote_types::ids::{CitizenId, EmergencyAccessId, ProfessionalId, ThreadId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::people::Professional;
use omasote_types::sessions::PersonId;
use omasote_types::units::UnitRef;
use uuid::Uuid;

use super::people::{CitizenNames, full_name};
use crate::cursor::Window;
use crate::db::schema::{care_relations, citizens, emergency_accesses, memberships, professionals, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};
use crate::per_backend;

impl TextColumn for Matter {
    fn as_text(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Task => "task",
            Self::Event => "event",
            Self::Enrolment => "enrolment",
            Self::Explicit => "explicit",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let all = [Self::Thread, Self::Task, Self::Event, Self::Enrolment, Self::Explicit];
        all.into_iter().find(|matter| matter.as_text() == text)
    }
}

/// A matter that ties a citizen to a unit.
#[derive(Clone, Copy, Debug)]
pub struct NewRelation {
    /// Whose it is.
    pub citizen: CitizenId,
    /// The unit that has it.
    pub unit: UnitId,
    /// What it is.
    pub matter: Matter,
    /// The id of the thread, task, event or enrolment.
    pub matter_id: Uuid,
}

/// Opens a care relation with a new matter.
pub fn insert(conn: &mut DbConn, new: &NewRelation, now: Instant) -> QueryResult<usize> {
    let row = (
        care_relations::citizen_id.eq(Id::from(new.citizen)),
        care_relations::unit_id.eq(Id::from(new.unit)),
        care_relations::matter_id.eq(Id::from_uuid(new.matter_id)),
        care_relations::matter.eq(DbText(new.matter)),
        care_relations::opened_at.eq(Stored::from(now)),
        care_relations::closed_at.eq(None::<Stored>),
    );
    diesel::insert_into(care_relations::table).values(row).execute(conn)
}

/// The matter is closed, for every unit that follows it.
pub fn close(conn: &mut DbConn, matter_id: Uuid, closed_at: Instant) -> QueryResult<usize> {
    let open = care_relations::table
        .filter(care_relations::matter_id.eq(Id::from_uuid(matter_id)))
        .filter(care_relations::closed_at.is_null());
    diesel::update(open).set(care_relations::closed_at.eq(Some(Stored::from(closed_at)))).execute(conn)
}

/// The matter has left a unit that does not follow it any more.
pub fn close_for(conn: &mut DbConn, unit: UnitId, matter_id: Uuid, closed_at: Instant) -> QueryResult<usize> {
    let open = care_relations::table
        .filter(care_relations::matter_id.eq(Id::from_uuid(matter_id)))
        .filter(care_relations::unit_id.eq(Id::from(unit)))
        .filter(care_relations::closed_at.is_null());
    diesel::update(open).set(care_relations::closed_at.eq(Some(Stored::from(closed_at)))).execute(conn)
}

/// A unit has the matter: for the first time, or again.
pub fn open(conn: &mut DbConn, relation: &NewRelation, now: Instant) -> QueryResult<usize> {
    let known = care_relations::table
        .filter(care_relations::matter_id.eq(Id::from_uuid(relation.matter_id)))
        .filter(care_relations::unit_id.eq(Id::from(relation.unit)));
    match diesel::update(known).set(care_relations::closed_at.eq(None::<Stored>)).execute(conn)? {
        0 => insert(conn, relation, now),
        known => Ok(known),
    }
}

/// As what, and for which unit, a professional sees a citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The professional's title.
    pub title: String,
    /// The unit.
    pub unit: UnitId,
}

/// The standing of a professional one of whose units has a care relation with the citizen: a matter that is open or was
/// closed after `since`. For a thread it is the unit that has it, or else one that had it. And since when the processing of the citizen's data is restricted.
pub fn find_standing(
    conn: &mut DbConn,
    who: ProfessionalId,
    of: CitizenId,
    thread: Option<(ThreadId, UnitId)>,
    since: Instant,
) -> QueryResult<Option<(Standing, Option<Instant>)>> {
    let mut query = care_relations::table
        .inner_join(citizens::table)
        .inner_join(memberships::table.on(memberships::unit_id.eq(care_relations::unit_id)))
        .inner_join(professionals::table.on(professionals::id.eq(memberships::professional_id)))
        .filter(care_relations::citizen_id.eq(Id::from(of)))
        .filter(memberships::professional_id.eq(Id::from(who)))
        .filter(
            care_relations::closed_at.is_null().or(care_relations::closed_at.gt(Some(Stored::from(since)))),
        )
        .select((professionals::title, memberships::unit_id, citizens::restricted_since))
        .into_boxed::<MultiBackend>();
    if let Some((thread, unit)) = thread {
        let has_it = care_relations::unit_id.eq(Id::from(unit));
        query = query.filter(has_it.or(care_relations::matter_id.eq(Id::from(thread))));
    }
    let mut found: Vec<(String, Id, Option<Stored>)> = query.load(conn)?;
    found.sort_by_key(|(_, of, _)| thread.is_some_and(|(_, unit)| UnitId::from(*of) != unit));
    Ok(found.into_iter().next().map(|(title, unit, restricted_since)| {
        (Standing { title, unit: unit.into() }, restricted_since.map(Instant::from))
    }))
}

/// The standing of a professional who broke the glass and whose time is not over.
pub fn find_emergency_standing(
    conn: &mut DbConn,
    who: ProfessionalId,
    of: CitizenId,
    now: Instant,
) -> QueryResult<Option<Standing>> {
    let found: Option<(String, Id)> = emergency_accesses::table
        .inner_join(professionals::table)
        .filter(emergency_accesses::professional_id.eq(Id::from(who)))
        .filter(emergency_accesses::citizen_id.eq(Id::from(of)))
        .filter(emergency_accesses::ends_at.gt(Stored::from(now)))
        .filter(emergency_accesses::ended_at.is_null())
        .select((professionals::title, emergency_accesses::unit_id))
        .first(conn)
        .optional()?;
    Ok(found.map(|(title, unit)| Standing { title, unit: unit.into() }))
}

/// How many ids one query asks about: SQLite takes 32,766 values.
const IDS_AT_ONCE: usize = 2_000;

/// Those of some citizens for whom a unit cares, by a matter that is open or was closed after `since`, and whose data's processing is
/// not restricted.
pub fn list_in_care(
    conn: &mut DbConn,
    of: UnitId,
    citizens: &[CitizenId],
    since: Instant,
) -> QueryResult<BTreeSet<CitizenId>> {
    let mut found = BTreeSet::new();
    for part in citizens.chunks(IDS_AT_ONCE) {
        let part: Vec<Id> = part.iter().copied().map(Id::from).collect();
        let ids: Vec<Id> = care_relations::table
            .inner_join(citizens::table)
            .filter(care_relations::unit_id.eq(Id::from(of)))
            .filter(care_relations::citizen_id.eq_any(part))
            .filter(
                care_relations::closed_at
                    .is_null()
                    .or(care_relations::closed_at.gt(Some(Stored::from(since)))),
            )
            .filter(citizens::restricted_since.is_null())
            .select(care_relations::citizen_id)
            .distinct()
            .load(conn)?;
        found.extend(ids.into_iter().map(CitizenId::from));
    }
    Ok(found)
}

/// Opens care relations of some citizens with a unit by one matter. Many rows in one statement are beyond the enum.
pub fn insert_many(
    conn: &mut DbConn,
    citizens: &[CitizenId],
    (unit, matter, matter_id): (UnitId, Matter, Uuid),
    now: Instant,
) -> QueryResult<usize> {
    let row = |citizen: &CitizenId| {
        (
            care_relations::citizen_id.eq(Id::from(*citizen)),
            care_relations::unit_id.eq(Id::from(unit)),
            care_relations::matter_id.eq(Id::from_uuid(matter_id)),
            care_relations::matter.eq(DbText(matter)),
            care_relations::opened_at.eq(Stored::from(now)),
        )
    };
    let mut opened = 0;
    for part in citizens.chunks(IDS_AT_ONCE) {
        let rows: Vec<_> = part.iter().map(row).collect();
        opened += per_backend!(conn, conn => diesel::insert_into(care_relations::table).values(rows).execute(conn))?;
    }
    Ok(opened)
}

type RelationColumns = (DbText<Matter>, Stored, Option<Stored>);
type UnitColumns = (Id, String, String, String);

fn to_unit((id, fi, sv, en): UnitColumns) -> UnitRef {
    UnitRef { id: id.into(), name: LocalText { fi, sv, en } }
}

/// The units that may see a citizen, the one with the newest matter first: those with a matter that is open or was closed
/// after `since`. A relation ends as long after its last matter as `since` is before now; the caller adds that.
pub fn list_of_citizen(conn: &mut DbConn, of: CitizenId, since: Instant) -> QueryResult<Vec<CareRelation>> {
    let current =
        care_relations::closed_at.is_null().or(care_relations::closed_at.gt(Some(Stored::from(since))));
    let rows: Vec<(RelationColumns, UnitColumns)> = care_relations::table
        .inner_join(units::table)
        .filter(care_relations::citizen_id.eq(Id::from(of)))
        .filter(current)
        .order((care_relations::opened_at.desc(), care_relations::matter_id.desc()))
        .select((
            (care_relations::matter, care_relations::opened_at, care_relations::closed_at),
            (units::id, units::name_fi, units::name_sv, units::name_en),
        ))
        .load(conn)?;
    let mut relations: Vec<CareRelation> = Vec::new();
    for ((matter, opened_at, closed_at), unit) in rows {
        let (unit, opened_at) = (to_unit(unit), Instant::from(opened_at));
        let is_open = u32::from(closed_at.is_none());
        let closed_at = closed_at.map(Instant::from);
        if let Some(known) = relations.iter_mut().find(|known| known.unit.id == unit.id) {
            known.open_matters += is_open;
            known.opened_at = opened_at;
            known.ends_at = known.ends_at.zip(closed_at).map(|(one, other)| one.max(other));
        } else {
            let matter = matter.0;
            relations.push(CareRelation {
                unit,
                matter,
                open_matters: is_open,
                opened_at,
                ends_at: closed_at,
            });
        }
    }
    Ok(relations)
}

/// The ids of the units that may see a citizen: those with a matter that is open or was closed after `since`.
pub fn list_unit_ids(conn: &mut DbConn, of: CitizenId, since: Instant) -> QueryResult<Vec<UnitId>> {
    let current =
        care_relations::closed_at.is_null().or(care_relations::closed_at.gt(Some(Stored::from(since))));
    let ids: Vec<Id> = care_relations::table
        .filter(care_relations::citizen_id.eq(Id::from(of)))
        .filter(current)
        .select(care_relations::unit_id)
        .distinct()
        .load(conn)?;
    Ok(ids.into_iter().map(UnitId::from).collect())
}

/// A break-glass access to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewEmergency<'a> {
    /// Its id.
    pub id: EmergencyAccessId,
    /// Who.
    pub professional: ProfessionalId,
    /// For which unit.
    pub unit: UnitId,
    /// Whose data.
    pub citizen: CitizenId,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub now: Instant,
    /// When it ends.
    pub ends_at: Instant,
}

/// Keeps a break-glass access.
pub fn insert_emergency(conn: &mut DbConn, new: &NewEmergency<'_>) -> QueryResult<usize> {
    let row = (
        emergency_accesses::id.eq(Id::from(new.id)),
        emergency_accesses::professional_id.eq(Id::from(new.professional)),
        emergency_accesses::unit_id.eq(Id::from(new.unit)),
        emergency_accesses::citizen_id.eq(Id::from(new.citizen)),
        emergency_accesses::reason.eq(new.reason),
        emergency_accesses::opened_at.eq(Stored::from(new.now)),
        emergency_accesses::ends_at.eq(Stored::from(new.ends_at)),
        emergency_accesses::ended_at.eq(None::<Stored>),
    );
    diesel::insert_into(emergency_accesses::table).values(row).execute(conn)
}

/// Ends a professional's own break-glass access; says whether it was open.
pub fn end_emergency(
    conn: &mut DbConn,
    id: EmergencyAccessId,
    of: ProfessionalId,
    now: Instant,
) -> QueryResult<bool> {
    let open = emergency_accesses::table.filter(
        emergency_accesses::id
            .eq(Id::from(id))
            .and(emergency_accesses::professional_id.eq(Id::from(of)))
            .and(emergency_accesses::ended_at.is_null())
            .and(emergency_accesses::ends_at.gt(Stored::from(now))),
    );
    let ended = diesel::update(open).set(emergency_accesses::ended_at.eq(Some(Stored::from(now))));
    Ok(ended.execute(conn)? == 1)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = emergency_accesses, check_for_backend(MultiBackend))]
struct EmergencyRow {
    id: Id,
    professional_id: Id,
    citizen_id: Id,
    reason: String,
    opened_at: Stored,
    ends_at: Stored,
    ended_at: Option<Stored>,
}

type ProfessionalColumns = (String, String, String);
type NamedEmergency = (EmergencyRow, CitizenNames, ProfessionalColumns, UnitColumns);

fn to_emergency((row, citizen, (given, family, title), unit): NamedEmergency) -> EmergencyAccess {
    EmergencyAccess {
        id: row.id.into(),
        citizen: citizen.named(row.citizen_id.into()),
        professional: Professional {
            id: row.professional_id.into(),
            name: full_name(&given, &family),
            title,
            absent_until: None,
        },
        unit: to_unit(unit),
        reason: row.reason,
        opened_at: row.opened_at.into(),
        ends_at: row.ended_at.unwrap_or(row.ends_at).into(),
    }
}

/// `select … from emergency_accesses join citizens, professionals, units`, boxed so that filters can be added.
macro_rules! named_emergencies {
    () => {
        emergency_accesses::table
            .inner_join(citizens::table)
            .inner_join(professionals::table)
            .inner_join(units::table)
            .select((
                EmergencyRow::as_select(),
                CitizenNames::as_select(),
                (professionals::given_name, professionals::family_name, professionals::title),
                (units::id, units::name_fi, units::name_sv, units::name_en),
            ))
            .into_boxed::<MultiBackend>()
    };
}

/// One break-glass access.
pub fn find_emergency(conn: &mut DbConn, id: EmergencyAccessId) -> QueryResult<Option<EmergencyAccess>> {
    let query = named_emergencies!().filter(emergency_accesses::id.eq(Id::from(id)));
    Ok(query.first::<NamedEmergency>(conn).optional()?.map(to_emergency))
}

/// Every break-glass access, the newest first.
pub fn list_emergencies(conn: &mut DbConn, window: &Window) -> QueryResult<Vec<EmergencyAccess>> {
    let mut query = named_emergencies!();
    if let Some(after) = window.after {
        query = query.filter(emergency_accesses::id.lt(Id::from_uuid(after.id)));
    }
    let rows: Vec<NamedEmergency> =
        query.order(emergency_accesses::id.desc()).limit(window.fetch()).load(conn)?;
    Ok(rows.into_iter().map(to_emergency).collect())
}

/// The break-glass accesses that are open now: those of a professional, or those to a citizen's data.
pub fn list_open_emergencies(
    conn: &mut DbConn,
    whose: PersonId,
    now: Instant,
) -> QueryResult<Vec<EmergencyAccess>> {
    let open = named_emergencies!()
        .filter(emergency_accesses::ends_at.gt(Stored::from(now)))
        .filter(emergency_accesses::ended_at.is_null())
        .order(emergency_accesses::ends_at.asc());
    let query = match whose {
        PersonId::Professional(id) => open.filter(emergency_accesses::professional_id.eq(Id::from(id))),
        PersonId::Citizen(id) => open.filter(emergency_accesses::citizen_id.eq(Id::from(id))),
    };
    let rows: Vec<NamedEmergency> = query.load(conn)?;
    Ok(rows.into_iter().map(to_emergency).collect())
}
