//! Events, the times that units offer, what units let citizens do with them, and the addresses of calendars.

mod appointments;
mod feeds;
mod links;
mod lists;
mod rows;
mod settings;
mod slots;

pub use appointments::{
    Known, claim_fetching, find_appointment, find_appointment_of, forget_troubles, list_unasked_people,
    list_versions, release_fetching, save_appointment, set_all_asked, set_asked, set_ehr_state,
};
use diesel::prelude::*;
pub use feeds::{delete_feed, find_feed, find_feed_by_hash, replace_feed, set_fetched};
pub(super) use links::list_targets;
pub use lists::{
    Shown, has_news, list_all, list_for_agenda, list_for_calendar, list_of_citizen, list_of_unit, list_over,
};
use omasote_rules::events::Standing;
use omasote_types::Instant;
use omasote_types::events::{Cancelled, EhrState, Event, EventContent};
use omasote_types::ids::{CitizenId, EventId, UnitId};
use rows::{EventRow, NamedEvent, named_events, to_event};
pub use settings::{find_settings, set_settings};
pub use slots::{
    NewSlotRow, count_booked, delete_free_slot, delete_free_slots_before, delete_free_slots_of_citizen,
    delete_slot_of, find_slot, give_slot_back, insert_slot, list_free_slots, list_slots_of_citizen,
    list_slots_of_offer, list_slots_of_unit, take_slot,
};

use crate::db::schema::{citizens, events, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};

/// An event to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewEventRow<'a> {
    /// Its id.
    pub id: EventId,
    /// Whose it is.
    pub citizen: CitizenId,
    /// The unit that has it.
    pub unit: UnitId,
    /// What the unit says of it.
    pub content: &'a EventContent,
    /// Where it stands.
    pub standing: Standing,
    /// Since when it is hidden from those who act for the citizen.
    pub hidden_at: Option<Instant>,
    /// Who gave or booked it: a person, or the unit itself when the event is kept in the patient information system.
    pub by: Id,
    /// How it stands with the patient information system, when it is kept there.
    pub ehr: Option<EhrState>,
    /// When.
    pub now: Instant,
}

/// Keeps an event.
pub fn insert(conn: &mut DbConn, new: &NewEventRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(events::table).values(EventRow::from(new)).execute(conn)
}

/// One event.
pub fn find(conn: &mut DbConn, id: EventId) -> QueryResult<Option<Event>> {
    let row: Option<NamedEvent> =
        named_events!().filter(events::id.eq(Id::from(id))).first(conn).optional()?;
    Ok(row.map(to_event))
}

/// Has nobody else change an event until the transaction ends.
pub fn lock(conn: &mut DbConn, id: EventId) -> QueryResult<()> {
    match conn {
        DbConn::Pg(conn) => {
            let row = events::table.find(Id::from(id)).select(events::id).for_update();
            row.first::<Id>(conn).optional().map(drop)
        }
        // There is one writer.
        DbConn::Sqlite(_) => Ok(()),
    }
}

/// What becomes of an event.
#[derive(Clone, Copy, Debug)]
pub struct EventChanges<'a> {
    /// What the unit says of it.
    pub content: &'a EventContent,
    /// Where it stands.
    pub standing: Standing,
    /// Who cancelled it, when and why.
    pub cancelled: Option<&'a Cancelled>,
    /// What the citizen wishes instead.
    pub wish: Option<&'a str>,
    /// When it is changed.
    pub now: Instant,
}

/// Changes an event, which has another version then.
pub fn save(conn: &mut DbConn, id: EventId, changes: &EventChanges<'_>) -> QueryResult<usize> {
    let EventChanges { content, standing, cancelled, wish, now } = *changes;
    diesel::update(events::table.find(Id::from(id)))
        .set((
            (
                events::kind.eq(DbText(content.kind)),
                events::title.eq(&content.title),
                events::place.eq(&content.place),
                events::directions.eq(&content.directions),
                events::preparation.eq(&content.preparation),
                events::link.eq(&content.link),
            ),
            (
                events::starts_at.eq(Stored::from(standing.time.starts_at)),
                events::ends_at.eq(Stored::from(standing.time.ends_at)),
                events::changeable_until.eq(Stored::from(standing.changeable_until)),
                events::state.eq(DbText(standing.state)),
                events::confirmed_at.eq(standing.confirmed_at.map(Stored::from)),
                events::asked_at.eq(standing.asked_at.map(Stored::from)),
                events::wish.eq(wish),
            ),
            (
                events::cancelled_at.eq(cancelled.map(|cancelled| Stored::from(cancelled.at))),
                events::cancelled_by.eq(cancelled.map(|cancelled| DbText(cancelled.by))),
                events::cancel_reason.eq(cancelled.and_then(|cancelled| cancelled.reason.as_deref())),
            ),
            events::changed_at.eq(Stored::from(now)),
            events::version.eq(events::version + 1),
        ))
        .execute(conn)
}

/// Hides an event from those who act for the citizen, or shows it to them again.
pub fn set_hidden(conn: &mut DbConn, id: EventId, since: Option<Instant>) -> QueryResult<usize> {
    diesel::update(events::table.find(Id::from(id)))
        .set(events::hidden_from_proxies_at.eq(since.map(Stored::from)))
        .execute(conn)
}

/// The care relation that an event opened is closed; says whether it was not yet.
pub fn set_closed(conn: &mut DbConn, id: EventId, at: Instant) -> QueryResult<bool> {
    let open = events::table.filter(events::id.eq(Id::from(id))).filter(events::closed_at.is_null());
    Ok(diesel::update(open).set(events::closed_at.eq(Some(Stored::from(at)))).execute(conn)? == 1)
}
