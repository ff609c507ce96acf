//! Times that units offer. Who books one first has it: the database decides.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::events::{EventContent, EventTime, Slot};
use omasote_types::ids::{CitizenId, EventId, ProfessionalId, SlotId, UnitId};

use super::rows::{NamedSlot, SlotRow, to_slot};
use crate::cursor::Window;
use crate::db::schema::{citizens, events, slots, units};
use crate::db::{DbConn, Id, MultiBackend, Stored};
use crate::repos::people::CitizenNames;

/// A time to be offered.
#[derive(Clone, Copy, Debug)]
pub struct NewSlotRow<'a> {
    /// Its id.
    pub id: SlotId,
    /// The first of those that are offered together.
    pub offer: SlotId,
    /// The unit that offers it.
    pub unit: UnitId,
    /// For whom alone it is.
    pub citizen: Option<CitizenId>,
    /// What an event at this time will be.
    pub content: &'a EventContent,
    /// When it is.
    pub time: EventTime,
    /// Who offers it.
    pub by: ProfessionalId,
    /// When.
    pub now: Instant,
}

/// `select … from slots join units left join citizens`, boxed so that filters can be added.
macro_rules! named_slots {
    () => {
        slots::table
            .inner_join(units::table)
            .left_join(citizens::table)
            .select((
                SlotRow::as_select(),
                (units::id, units::name_fi, units::name_sv, units::name_en),
                Option::<CitizenNames>::as_select(),
            ))
            .into_boxed::<MultiBackend>()
    };
}

/// Cuts a query of times to a page, the next first.
macro_rules! page_of {
    ($query:expr, $conn:expr, $window:expr) => {{
        let (mut query, window): (_, &Window) = ($query, $window);
        if let Some(after) = window.after {
            let (time, id) = (Stored::from(after.time), Id::from_uuid(after.id));
            let same_time = slots::starts_at.eq(time).and(slots::id.gt(id));
            query = query.filter(slots::starts_at.ge(time)).filter(slots::starts_at.gt(time).or(same_time));
        }
        let query = query.order((slots::starts_at.asc(), slots::id.asc())).limit(window.fetch());
        let rows: Vec<NamedSlot> = query.load($conn)?;
        Ok(rows.into_iter().map(to_slot).collect())
    }};
}

/// Offers a time.
pub fn insert_slot(conn: &mut DbConn, new: &NewSlotRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(slots::table).values(SlotRow::from(new)).execute(conn)
}

/// One time.
pub fn find_slot(conn: &mut DbConn, id: SlotId) -> QueryResult<Option<Slot>> {
    let row: Option<NamedSlot> = named_slots!().filter(slots::id.eq(Id::from(id))).first(conn).optional()?;
    Ok(row.map(to_slot))
}

/// Those that were offered together, the first first.
pub fn list_slots_of_offer(conn: &mut DbConn, offer: SlotId) -> QueryResult<Vec<Slot>> {
    let rows: Vec<NamedSlot> = named_slots!()
        .filter(slots::offer_id.eq(Id::from(offer)))
        .order((slots::starts_at.asc(), slots::id.asc()))
        .load(conn)?;
    Ok(rows.into_iter().map(to_slot).collect())
}

/// The times that are for a citizen alone, whatever became of them.
pub fn list_slots_of_citizen(conn: &mut DbConn, of: CitizenId) -> QueryResult<Vec<Slot>> {
    let rows: Vec<NamedSlot> = named_slots!()
        .filter(slots::citizen_id.eq(Some(Id::from(of))))
        .order((slots::starts_at.asc(), slots::id.asc()))
        .load(conn)?;
    Ok(rows.into_iter().map(to_slot).collect())
}

/// A page of the times to come of a unit, the booked ones too.
pub fn list_slots_of_unit(
    conn: &mut DbConn,
    of: UnitId,
    now: Instant,
    window: &Window,
) -> QueryResult<Vec<Slot>> {
    let query =
        named_slots!().filter(slots::unit_id.eq(Id::from(of))).filter(slots::starts_at.gt(Stored::from(now)));
    page_of!(query, conn, window)
}

/// A page of the free times to come that are for a citizen: those for them alone, and those for all of some units.
pub fn list_free_slots(
    conn: &mut DbConn,
    (of, units): (CitizenId, &[UnitId]),
    now: Instant,
    window: &Window,
) -> QueryResult<Vec<Slot>> {
    let units: Vec<Id> = units.iter().copied().map(Id::from).collect();
    let for_all = slots::citizen_id.is_null().and(slots::unit_id.eq_any(units));
    let query = named_slots!()
        .filter(slots::event_id.is_null())
        .filter(slots::starts_at.gt(Stored::from(now)))
        .filter(slots::citizen_id.eq(Some(Id::from(of))).assume_not_null().or(for_all.assume_not_null()));
    page_of!(query, conn, window)
}

/// How many times to come a citizen has booked of a unit.
pub fn count_booked(conn: &mut DbConn, of: CitizenId, unit: UnitId, now: Instant) -> QueryResult<i64> {
    slots::table
        .inner_join(events::table)
        .filter(events::citizen_id.eq(Id::from(of)))
        .filter(slots::unit_id.eq(Id::from(unit)))
        .filter(slots::starts_at.gt(Stored::from(now)))
        .count()
        .get_result(conn)
}

/// A free time becomes an event; says whether nobody was faster.
pub fn take_slot(conn: &mut DbConn, id: SlotId, event: EventId) -> QueryResult<bool> {
    let free = slots::table.filter(slots::id.eq(Id::from(id))).filter(slots::event_id.is_null());
    Ok(diesel::update(free).set(slots::event_id.eq(Some(Id::from(event)))).execute(conn)? == 1)
}

/// The time that an event took is free again.
pub fn give_slot_back(conn: &mut DbConn, event: EventId) -> QueryResult<usize> {
    diesel::update(slots::table.filter(slots::event_id.eq(Some(Id::from(event)))))
        .set(slots::event_id.eq(None::<Id>))
        .execute(conn)
}

/// The time that an event took is not offered any more.
pub fn delete_slot_of(conn: &mut DbConn, event: EventId) -> QueryResult<usize> {
    diesel::delete(slots::table.filter(slots::event_id.eq(Some(Id::from(event))))).execute(conn)
}

/// Takes an offered time back; says whether it was free.
pub fn delete_free_slot(conn: &mut DbConn, id: SlotId) -> QueryResult<bool> {
    let free = slots::table.filter(slots::id.eq(Id::from(id))).filter(slots::event_id.is_null());
    Ok(diesel::delete(free).execute(conn)? == 1)
}

/// Forgets times that passed and that nobody booked.
pub fn delete_free_slots_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    let passed =
        slots::table.filter(slots::ends_at.lt(Stored::from(before))).filter(slots::event_id.is_null());
    diesel::delete(passed).execute(conn)
}

/// Forgets times that were for a citizen alone and that they have not booked.
pub fn delete_free_slots_of_citizen(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let own = slots::table.filter(slots::citizen_id.eq(Some(Id::from(of)))).filter(slots::event_id.is_null());
    diesel::delete(own).execute(conn)
}
