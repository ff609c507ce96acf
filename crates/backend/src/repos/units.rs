//! Units, their opening hours and their topics.

use diesel::prelude::*;
use omasote_types::ids::{TopicId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::units::{OpeningBlock, Topic, TopicPurpose, Unit, UnitRef};

use crate::cursor::Window;
use crate::db::schema::{memberships, topics, unit_hours, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, TextColumn};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = units, check_for_backend(MultiBackend))]
struct UnitRow {
    id: Id,
    name_fi: String,
    name_sv: String,
    name_en: String,
    municipality: String,
    phone: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = unit_hours, check_for_backend(MultiBackend))]
struct HoursRow {
    unit_id: Id,
    weekday: i32,
    opens_minute: i32,
    closes_minute: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = topics, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct TopicRow {
    id: Id,
    unit_id: Id,
    position: i32,
    name_fi: String,
    name_sv: String,
    name_en: String,
    purpose: Option<DbText<TopicPurpose>>,
}

impl TextColumn for TopicPurpose {
    fn as_text(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        (text == Self::Privacy.as_text()).then_some(Self::Privacy)
    }
}

impl From<&HoursRow> for OpeningBlock {
    /// The table's checks keep the numbers in range.
    fn from(row: &HoursRow) -> Self {
        Self {
            weekday: u8::try_from(row.weekday).unwrap_or_default(),
            opens_minute: u16::try_from(row.opens_minute).unwrap_or_default(),
            closes_minute: u16::try_from(row.closes_minute).unwrap_or_default(),
        }
    }
}

impl From<&TopicRow> for Topic {
    fn from(row: &TopicRow) -> Self {
        let name = LocalText { fi: row.name_fi.clone(), sv: row.name_sv.clone(), en: row.name_en.clone() };
        Self {
            id: row.id.into(),
            unit_id: row.unit_id.into(),
            name,
            purpose: row.purpose.map(|purpose| purpose.0),
        }
    }
}

/// The units, by id.
pub fn list(conn: &mut DbConn, window: &Window) -> QueryResult<Vec<Unit>> {
    let mut query = units::table.into_boxed::<MultiBackend>();
    if let Some(after) = window.after {
        query = query.filter(units::id.gt(Id::from_uuid(after.id)));
    }
    let rows = query.order(units::id.asc()).limit(window.fetch()).select(UnitRow::as_select()).load(conn)?;
    with_hours_and_topics(conn, rows)
}

/// One unit.
pub fn find(conn: &mut DbConn, id: UnitId) -> QueryResult<Option<Unit>> {
    let rows = units::table.find(Id::from(id)).select(UnitRow::as_select()).load(conn)?;
    Ok(with_hours_and_topics(conn, rows)?.pop())
}

fn with_hours_and_topics(conn: &mut DbConn, rows: Vec<UnitRow>) -> QueryResult<Vec<Unit>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let hours: Vec<HoursRow> = unit_hours::table
        .filter(unit_hours::unit_id.eq_any(&ids))
        .order((unit_hours::weekday.asc(), unit_hours::opens_minute.asc()))
        .select(HoursRow::as_select())
        .load(conn)?;
    let topics: Vec<TopicRow> = topics::table
        .filter(topics::unit_id.eq_any(&ids))
        .order(topics::position.asc())
        .select(TopicRow::as_select())
        .load(conn)?;
    let units = rows.into_iter().map(|row| Unit {
        hours: hours.iter().filter(|hours| hours.unit_id == row.id).map(OpeningBlock::from).collect(),
        topics: topics.iter().filter(|topic| topic.unit_id == row.id).map(Topic::from).collect(),
        id: row.id.into(),
        name: LocalText { fi: row.name_fi, sv: row.name_sv, en: row.name_en },
        municipality: row.municipality,
        phone: row.phone,
    });
    Ok(units.collect())
}

/// The units of a professional, named.
pub fn list_of_member(
    conn: &mut DbConn,
    who: omasote_types::ids::ProfessionalId,
) -> QueryResult<Vec<UnitRef>> {
    let rows: Vec<UnitRow> = memberships::table
        .inner_join(units::table)
        .filter(memberships::professional_id.eq(Id::from(who)))
        .order((units::name_fi.asc(), units::id.asc()))
        .select(UnitRow::as_select())
        .load(conn)?;
    let refs = rows.into_iter().map(|row| UnitRef {
        id: row.id.into(),
        name: LocalText { fi: row.name_fi, sv: row.name_sv, en: row.name_en },
    });
    Ok(refs.collect())
}

/// The unit a topic leads to.
pub fn find_of_topic(conn: &mut DbConn, topic: TopicId) -> QueryResult<Option<UnitId>> {
    let unit: Option<Id> =
        topics::table.find(Id::from(topic)).select(topics::unit_id).first(conn).optional()?;
    Ok(unit.map(UnitId::from))
}

/// What a topic is for beside its name.
pub fn find_purpose(conn: &mut DbConn, topic: TopicId) -> QueryResult<Option<TopicPurpose>> {
    let purpose: Option<Option<DbText<TopicPurpose>>> =
        topics::table.find(Id::from(topic)).select(topics::purpose).first(conn).optional()?;
    Ok(purpose.flatten().map(|purpose| purpose.0))
}

/// The unit of a Finnish name.
pub fn find_by_name(conn: &mut DbConn, name_fi: &str) -> QueryResult<Option<UnitId>> {
    let unit: Option<Id> =
        units::table.filter(units::name_fi.eq(name_fi)).select(units::id).first(conn).optional()?;
    Ok(unit.map(UnitId::from))
}

/// Adds a unit with its hours and topics.
pub fn insert(conn: &mut DbConn, unit: &Unit) -> QueryResult<()> {
    let row = UnitRow {
        id: unit.id.into(),
        name_fi: unit.name.fi.clone(),
        name_sv: unit.name.sv.clone(),
        name_en: unit.name.en.clone(),
        municipality: unit.municipality.clone(),
        phone: unit.phone.clone(),
    };
    diesel::insert_into(units::table).values(row).execute(conn)?;
    for block in &unit.hours {
        let row = HoursRow {
            unit_id: unit.id.into(),
            weekday: block.weekday.into(),
            opens_minute: block.opens_minute.into(),
            closes_minute: block.closes_minute.into(),
        };
        diesel::insert_into(unit_hours::table).values(row).execute(conn)?;
    }
    for (position, topic) in (0..).zip(&unit.topics) {
        let row = TopicRow {
            id: topic.id.into(),
            unit_id: unit.id.into(),
            position,
            name_fi: topic.name.fi.clone(),
            name_sv: topic.name.sv.clone(),
            name_en: topic.name.en.clone(),
            purpose: topic.purpose.map(DbText),
        };
        diesel::insert_into(topics::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Whether there is any unit at all.
pub fn is_any(conn: &mut DbConn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(units::table.select(units::id))).get_result(conn)
}
