//! Reading what units are.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{ProfessionalId, TopicId, UnitId};
use omasote_types::units::{
    OpeningBlock, Topic, TopicEntry, TopicPurpose, TopicRouting, Unit, UnitRef, UnitService, UnitSettings,
};

use super::rows::{ExceptionRow, HoursRow, TopicRow, UnitOpening, UnitRow, count, exceptions};
use crate::cursor::Window;
use crate::db::schema::{memberships, threads, topics, unit_exceptions, unit_hours, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};

/// A thread that moved so often was sent to the wrong place.
const MISROUTED_MOVES: i32 = 2;

/// The units, by id, with what there is from `today` on.
pub fn list(conn: &mut DbConn, window: &Window, today: NaiveDate) -> QueryResult<Vec<Unit>> {
    let mut query = units::table.into_boxed::<MultiBackend>();
    if let Some(after) = window.after {
        query = query.filter(units::id.gt(Id::from_uuid(after.id)));
    }
    let rows = query.order(units::id.asc()).limit(window.fetch()).select(UnitRow::as_select()).load(conn)?;
    whole(conn, rows, today)
}

/// One unit, with what there is from `today` on.
pub fn find(conn: &mut DbConn, id: UnitId, today: NaiveDate) -> QueryResult<Option<Unit>> {
    let rows = units::table.find(Id::from(id)).select(UnitRow::as_select()).load(conn)?;
    Ok(whole(conn, rows, today)?.pop())
}

fn whole(conn: &mut DbConn, rows: Vec<UnitRow>, today: NaiveDate) -> QueryResult<Vec<Unit>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let hours = list_hours(conn, &ids)?;
    let days = list_exceptions(conn, &ids, today)?;
    let topics: Vec<TopicRow> = topics::table
        .filter(topics::unit_id.eq_any(&ids).and(topics::retired_at.is_null()))
        .order((topics::position.asc(), topics::id.asc()))
        .select(TopicRow::as_select())
        .load(conn)?;
    let units = rows.into_iter().map(|row| Unit {
        hours: hours.iter().filter(|hours| hours.unit_id == row.id).map(OpeningBlock::from).collect(),
        exceptions: exceptions(days.iter().filter(|day| day.unit_id == row.id)),
        topics: topics.iter().filter(|topic| topic.unit_id == row.id).map(Topic::from).collect(),
        id: row.id.into(),
        name: row.named().name,
        municipality: row.municipality,
        phone: row.phone,
        opens_on_holidays: row.opens_on_holidays,
        today: Vec::new(),
        response_minutes: row.response_minutes.map(count),
        promised_at: None,
        usual_minutes: row.usual_minutes.map(count),
    });
    Ok(units.collect())
}

fn list_hours(conn: &mut DbConn, of: &[Id]) -> QueryResult<Vec<HoursRow>> {
    unit_hours::table
        .filter(unit_hours::unit_id.eq_any(of))
        .order((unit_hours::weekday.asc(), unit_hours::opens_minute.asc()))
        .select(HoursRow::as_select())
        .load(conn)
}

fn list_exceptions(conn: &mut DbConn, of: &[Id], since: NaiveDate) -> QueryResult<Vec<ExceptionRow>> {
    unit_exceptions::table
        .filter(unit_exceptions::unit_id.eq_any(of).and(unit_exceptions::day.ge(since)))
        .order((unit_exceptions::day.asc(), unit_exceptions::opens_minute.asc()))
        .select(ExceptionRow::as_select())
        .load(conn)
}

/// When a unit is open, its exceptions from a day on, and in what time it answers.
pub fn find_opening(conn: &mut DbConn, of: UnitId, since: NaiveDate) -> QueryResult<Option<UnitOpening>> {
    let id = Id::from(of);
    let found = units::table.find(id).select(UnitRow::as_select()).first(conn).optional()?;
    let Some(row) = found else { return Ok(None) };
    let hours = list_hours(conn, &[id])?;
    let days = list_exceptions(conn, &[id], since)?;
    Ok(Some(UnitOpening {
        hours: hours.iter().map(OpeningBlock::from).collect(),
        exceptions: exceptions(days.iter()),
        opens_on_holidays: row.opens_on_holidays,
        response_minutes: row.response_minutes.map(count),
        usual_minutes: row.usual_minutes.map(count),
    }))
}

/// What a unit keeps for itself, its exceptions from `today` on.
pub fn find_settings(conn: &mut DbConn, of: UnitId, today: NaiveDate) -> QueryResult<Option<UnitSettings>> {
    let id = Id::from(of);
    let found = units::table.find(id).select(UnitRow::as_select()).first(conn).optional()?;
    let Some(row) = found else { return Ok(None) };
    let hours = list_hours(conn, &[id])?;
    let days = list_exceptions(conn, &[id], today)?;
    let topics: Vec<TopicRow> = topics::table
        .filter(topics::unit_id.eq(id))
        .order((topics::position.asc(), topics::id.asc()))
        .select(TopicRow::as_select())
        .load(conn)?;
    Ok(Some(UnitSettings {
        unit: row.named(),
        version: count(row.settings_version),
        service: UnitService {
            phone: row.phone,
            hours: hours.iter().map(OpeningBlock::from).collect(),
            exceptions: exceptions(days.iter()),
            opens_on_holidays: row.opens_on_holidays,
            response_minutes: row.response_minutes.map(count),
        },
        topics: topics.iter().map(TopicEntry::from).collect(),
    }))
}

/// How well the topics of a unit, the retired ones too, lead to the right unit: of the threads that began with them since a moment.
pub fn list_routing(conn: &mut DbConn, of: UnitId, since: Instant) -> QueryResult<Vec<TopicRouting>> {
    let own: Vec<TopicRow> = topics::table
        .filter(topics::unit_id.eq(Id::from(of)))
        .order((topics::position.asc(), topics::id.asc()))
        .select(TopicRow::as_select())
        .load(conn)?;
    let ids: Vec<Id> = own.iter().map(|row| row.id).collect();
    let all = count_threads(conn, &ids, 0, since)?;
    let misrouted = count_threads(conn, &ids, MISROUTED_MOVES, since)?;
    let of = |counts: &[(Id, i64)], id: Id| {
        let count = counts.iter().find(|(topic, _)| *topic == id).map(|(_, count)| *count);
        u32::try_from(count.unwrap_or_default()).unwrap_or(u32::MAX)
    };
    let routing = own.iter().map(|row| TopicRouting {
        topic_id: row.id.into(),
        name: row.name(),
        threads: of(&all, row.id),
        misrouted: of(&misrouted, row.id),
    });
    Ok(routing.filter(|routing| routing.threads > 0).collect())
}

/// How many threads that moved so often at least began with each topic since a moment.
fn count_threads(conn: &mut DbConn, of: &[Id], moves: i32, since: Instant) -> QueryResult<Vec<(Id, i64)>> {
    threads::table
        .filter(threads::topic_id.eq_any(of))
        .filter(threads::moves.ge(moves))
        .filter(threads::created_at.ge(Stored::from(since)))
        .group_by(threads::topic_id)
        .select((threads::topic_id, count_star()))
        .load(conn)
}

/// The units of a professional, named.
pub fn list_of_member(conn: &mut DbConn, who: ProfessionalId) -> QueryResult<Vec<UnitRef>> {
    let rows: Vec<UnitRow> = memberships::table
        .inner_join(units::table)
        .filter(memberships::professional_id.eq(Id::from(who)))
        .order((units::name_fi.asc(), units::id.asc()))
        .select(UnitRow::as_select())
        .load(conn)?;
    Ok(rows.iter().map(UnitRow::named).collect())
}

/// The unit a topic leads to, as long as the topic is not retired.
pub fn find_of_topic(conn: &mut DbConn, topic: TopicId) -> QueryResult<Option<UnitId>> {
    let current = topics::table.find(Id::from(topic)).filter(topics::retired_at.is_null());
    let unit: Option<Id> = current.select(topics::unit_id).first(conn).optional()?;
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

/// Every unit.
pub fn list_ids(conn: &mut DbConn) -> QueryResult<Vec<UnitId>> {
    let ids: Vec<Id> = units::table.select(units::id).load(conn)?;
    Ok(ids.into_iter().map(UnitId::from).collect())
}

/// A unit, named.
pub fn find_named(conn: &mut DbConn, id: UnitId) -> QueryResult<Option<UnitRef>> {
    let row = units::table.find(Id::from(id)).select(UnitRow::as_select()).first(conn).optional()?;
    Ok(row.as_ref().map(UnitRow::named))
}

/// Whether there is any unit at all.
pub fn is_any(conn: &mut DbConn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(units::table.select(units::id))).get_result(conn)
}
