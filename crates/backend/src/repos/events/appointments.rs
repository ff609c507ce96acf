//! The appointments of the patient information system that were seen, and how far they are fetched.

use std::collections::HashMap;

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::events::EhrState;
use omasote_types::ids::{CitizenId, EventId};

use crate::db::schema::{citizens, ehr_appointments, ehr_fetching, ehr_people, events};
use crate::db::{DbConn, DbText, Id, Stored};

/// The one row of `ehr_fetching`.
const ROW: i32 = 1;

/// An appointment that was seen before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Which version of it.
    pub version: String,
    /// What it is here.
    pub event: Option<EventId>,
}

/// An appointment, when it was seen before.
pub fn find_appointment(conn: &mut DbConn, id: &str) -> QueryResult<Option<Known>> {
    let row: Option<(String, Option<Id>)> = ehr_appointments::table
        .find(id)
        .select((ehr_appointments::version, ehr_appointments::event_id))
        .first(conn)
        .optional()?;
    Ok(row.map(|(version, event)| Known { version, event: event.map(EventId::from) }))
}

/// Which versions of these appointments were seen.
pub fn list_versions(conn: &mut DbConn, ids: &[String]) -> QueryResult<HashMap<String, String>> {
    let rows: Vec<(String, String)> = ehr_appointments::table
        .filter(ehr_appointments::id.eq_any(ids))
        .select((ehr_appointments::id, ehr_appointments::version))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What the patient information system calls the appointment that an event is.
pub fn find_appointment_of(conn: &mut DbConn, event: EventId) -> QueryResult<Option<String>> {
    let of = ehr_appointments::table.filter(ehr_appointments::event_id.eq(Some(Id::from(event))));
    of.select(ehr_appointments::id).first(conn).optional()
}

/// Keeps what was seen of an appointment: the version, what it is here, and why it cannot be understood.
pub fn save_appointment(
    conn: &mut DbConn,
    id: &str,
    (known, trouble): (&Known, Option<&str>),
    now: Instant,
) -> QueryResult<usize> {
    let columns = (
        ehr_appointments::version.eq(&known.version),
        ehr_appointments::event_id.eq(known.event.map(Id::from)),
        ehr_appointments::trouble.eq(trouble),
        ehr_appointments::seen_at.eq(Stored::from(now)),
    );
    match diesel::update(ehr_appointments::table.find(id)).set(columns).execute(conn)? {
        0 => diesel::insert_into(ehr_appointments::table)
            .values((ehr_appointments::id.eq(id), columns))
            .execute(conn),
        updated => Ok(updated),
    }
}

/// How an event stands with the patient information system.
pub fn set_ehr_state(conn: &mut DbConn, id: EventId, state: EhrState) -> QueryResult<usize> {
    diesel::update(events::table.find(Id::from(id))).set(events::ehr.eq(Some(DbText(state)))).execute(conn)
}

/// Takes the fetching until a time, unless another server is at it. Says until which time, by the other system's clock, what has
/// changed was seen before.
pub fn claim_fetching(
    conn: &mut DbConn,
    (now, until): (Instant, Instant),
) -> QueryResult<Option<Option<Instant>>> {
    let is_free =
        ehr_fetching::leased_until.is_null().or(ehr_fetching::leased_until.le(Some(Stored::from(now))));
    let taken = diesel::update(ehr_fetching::table.filter(ehr_fetching::id.eq(ROW)).filter(is_free))
        .set(ehr_fetching::leased_until.eq(Some(Stored::from(until))))
        .execute(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let seen: Option<Stored> = ehr_fetching::table.find(ROW).select(ehr_fetching::seen_until).first(conn)?;
    Ok(Some(seen.map(Instant::from)))
}

/// The fetching is over for now. `seen_until` says how far it came, when it came to its end.
pub fn release_fetching(conn: &mut DbConn, seen_until: Option<Instant>) -> QueryResult<usize> {
    let row = ehr_fetching::table.find(ROW);
    if seen_until.is_some() {
        diesel::update(row).set(ehr_fetching::seen_until.eq(seen_until.map(Stored::from))).execute(conn)?;
    }
    diesel::update(row).set(ehr_fetching::leased_until.eq(None::<Stored>)).execute(conn)
}

/// What could not be understood is looked at again: everything is read anew, and what was understood is known by its version.
pub fn forget_troubles(conn: &mut DbConn) -> QueryResult<usize> {
    let in_trouble = ehr_appointments::table.filter(ehr_appointments::trouble.is_not_null());
    let forgotten = diesel::update(in_trouble)
        .set((ehr_appointments::version.eq(""), ehr_appointments::trouble.eq(None::<String>)))
        .execute(conn)?;
    if forgotten > 0 {
        diesel::update(ehr_fetching::table.find(ROW))
            .set(ehr_fetching::seen_until.eq(None::<Stored>))
            .execute(conn)?;
    }
    Ok(forgotten)
}

/// Citizens whose appointments were not asked for yet.
pub fn list_unasked_people(conn: &mut DbConn, limit: i64) -> QueryResult<Vec<CitizenId>> {
    let ids: Vec<Id> = citizens::table
        .filter(citizens::id.ne_all(ehr_people::table.select(ehr_people::citizen_id)))
        .order(citizens::id.asc())
        .limit(limit)
        .select(citizens::id)
        .load(conn)?;
    Ok(ids.into_iter().map(CitizenId::from).collect())
}

/// A citizen's appointments were asked for.
pub fn set_asked(conn: &mut DbConn, citizen: CitizenId, now: Instant) -> QueryResult<usize> {
    let row = (ehr_people::citizen_id.eq(Id::from(citizen)), ehr_people::asked_at.eq(Stored::from(now)));
    diesel::insert_into(ehr_people::table).values(row).execute(conn)
}

/// The appointments of all citizens there are come with everybody's.
pub fn set_all_asked(conn: &mut DbConn, now: Instant) -> QueryResult<usize> {
    let mut asked = 0;
    loop {
        let some = list_unasked_people(conn, 500)?;
        if some.is_empty() {
            return Ok(asked);
        }
        for citizen in some {
            asked += set_asked(conn, citizen, now)?;
        }
    }
}
