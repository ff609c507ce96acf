//! Adding units, and changing what they keep for themselves.

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{TopicId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::units::{OpeningBlock, OpeningException, OpeningSpan, Unit, UnitService};

use super::rows::{ExceptionRow, HoursRow, TopicRow, UnitRow, stored_count};
use crate::db::schema::{topics, unit_exceptions, unit_hours, units};
use crate::db::{DbConn, DbText, Id, Stored};

/// Adds a unit with its hours and topics.
pub fn insert(conn: &mut DbConn, unit: &Unit) -> QueryResult<()> {
    let row = UnitRow {
        id: unit.id.into(),
        name_fi: unit.name.fi.clone(),
        name_sv: unit.name.sv.clone(),
        name_en: unit.name.en.clone(),
        municipality: unit.municipality.clone(),
        phone: unit.phone.clone(),
        response_minutes: unit.response_minutes.map(stored_count),
        usual_minutes: unit.usual_minutes.map(stored_count),
        opens_on_holidays: unit.opens_on_holidays,
        settings_version: 1,
    };
    diesel::insert_into(units::table).values(row).execute(conn)?;
    insert_hours(conn, unit.id, &unit.hours)?;
    for exception in &unit.exceptions {
        insert_exception(conn, unit.id, exception)?;
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
            retired_at: None,
            words_fi: topic.words.fi.clone(),
            words_sv: topic.words.sv.clone(),
            words_en: topic.words.en.clone(),
        };
        diesel::insert_into(topics::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn insert_hours(conn: &mut DbConn, of: UnitId, hours: &[OpeningBlock]) -> QueryResult<()> {
    for block in hours {
        let row = HoursRow {
            unit_id: of.into(),
            weekday: block.weekday.into(),
            opens_minute: block.opens_minute.into(),
            closes_minute: block.closes_minute.into(),
        };
        diesel::insert_into(unit_hours::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// A closed day has one row, whose stretch is empty.
fn insert_exception(conn: &mut DbConn, of: UnitId, exception: &OpeningException) -> QueryResult<()> {
    let closed = [OpeningSpan { opens_minute: 0, closes_minute: 0 }];
    let spans = if exception.spans.is_empty() { &closed[..] } else { &exception.spans };
    for span in spans {
        let row = ExceptionRow {
            unit_id: of.into(),
            day: exception.date,
            opens_minute: span.opens_minute.into(),
            closes_minute: span.closes_minute.into(),
        };
        diesel::insert_into(unit_exceptions::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Counts one more change of a unit's settings, when they are still of a version; says whether they were.
pub fn take_version(conn: &mut DbConn, of: UnitId, version: u32) -> QueryResult<bool> {
    let same = units::table
        .filter(units::id.eq(Id::from(of)))
        .filter(units::settings_version.eq(stored_count(version)));
    let changed =
        diesel::update(same).set(units::settings_version.eq(units::settings_version + 1)).execute(conn)?;
    Ok(changed == 1)
}

/// Changes how a unit is reached, when it is open and what it promises; its exceptions from `today` on.
pub fn set_service(
    conn: &mut DbConn,
    of: UnitId,
    service: &UnitService,
    today: NaiveDate,
) -> QueryResult<()> {
    let id = Id::from(of);
    diesel::update(units::table.find(id))
        .set((
            units::phone.eq(&service.phone),
            units::opens_on_holidays.eq(service.opens_on_holidays),
            units::response_minutes.eq(service.response_minutes.map(stored_count)),
        ))
        .execute(conn)?;
    diesel::delete(unit_hours::table.filter(unit_hours::unit_id.eq(id))).execute(conn)?;
    insert_hours(conn, of, &service.hours)?;
    let coming =
        unit_exceptions::table.filter(unit_exceptions::unit_id.eq(id)).filter(unit_exceptions::day.ge(today));
    diesel::delete(coming).execute(conn)?;
    for exception in service.exceptions.iter().filter(|exception| exception.date >= today) {
        insert_exception(conn, of, exception)?;
    }
    Ok(())
}

/// What a topic becomes.
#[derive(Clone, Copy, Debug)]
pub struct TopicChange<'a> {
    /// Its place among the unit's.
    pub position: i32,
    /// As citizens call it.
    pub name: &'a LocalText,
    /// Other words by which they look for it.
    pub words: &'a LocalText,
    /// Since when nobody begins a thread about it.
    pub retired_at: Option<Instant>,
}

/// Adds a topic.
pub fn insert_topic(
    conn: &mut DbConn,
    id: TopicId,
    of: UnitId,
    change: &TopicChange<'_>,
) -> QueryResult<usize> {
    let TopicChange { position, name, words, retired_at } = *change;
    let row = TopicRow {
        id: id.into(),
        unit_id: of.into(),
        position,
        name_fi: name.fi.clone(),
        name_sv: name.sv.clone(),
        name_en: name.en.clone(),
        purpose: None,
        retired_at: retired_at.map(Stored::from),
        words_fi: words.fi.clone(),
        words_sv: words.sv.clone(),
        words_en: words.en.clone(),
    };
    diesel::insert_into(topics::table).values(row).execute(conn)
}

/// Changes a topic.
pub fn set_topic(conn: &mut DbConn, id: TopicId, change: &TopicChange<'_>) -> QueryResult<usize> {
    let TopicChange { position, name, words, retired_at } = *change;
    diesel::update(topics::table.find(Id::from(id)))
        .set((
            topics::position.eq(position),
            topics::name_fi.eq(&name.fi),
            topics::name_sv.eq(&name.sv),
            topics::name_en.eq(&name.en),
            topics::words_fi.eq(&words.fi),
            topics::words_sv.eq(&words.sv),
            topics::words_en.eq(&words.en),
            topics::retired_at.eq(retired_at.map(Stored::from)),
        ))
        .execute(conn)
}

/// Notes in what time a unit usually answers, when that has changed; says whether it has.
pub fn set_usual(conn: &mut DbConn, of: UnitId, minutes: Option<u32>) -> QueryResult<bool> {
    let minutes = minutes.map(stored_count);
    let changed = diesel::update(units::table.find(Id::from(of)))
        .set(units::usual_minutes.eq(minutes))
        .execute(conn)?;
    Ok(changed == 1)
}
