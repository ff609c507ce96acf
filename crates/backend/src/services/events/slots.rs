//! Times that units offer, and booking one: of any number who want it at the same moment one has it.

use omasote_rules::events::{Standing, is_to_come};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::events::{Booking, Event, NewSlots, Slot};
use omasote_types::ids::{CitizenId, EventId, SlotId, UnitId};
use omasote_types::page::{Page, PageQuery};

use super::super::idempotency::{self, Claim, Key};
use super::super::messages::professional;
use super::super::tasks::of_event;
use super::giving::keep;
use super::shown;
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::care;
use crate::repos::events::{self as repo, NewEventRow, NewSlotRow};

/// How many times to come a citizen may have booked of a unit.
const MAX_BOOKINGS: i64 = 3;

/// Offers times: to everybody a unit cares for, or to one citizen.
///
/// # Errors
/// `not_found`, `not_allowed`, `data_restricted`, `validation_failed`, `idempotency_key_reused`.
pub fn create_slots(
    tx: &mut Tx<'_>,
    call: &mut Call,
    unit: UnitId,
    new: &NewSlots,
    key: Option<&Key>,
) -> Result<Vec<Slot>, AppError> {
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(unit))?;
    if let Some(citizen) = new.citizen_id {
        policy::require(tx.conn(), call, Action::Handle, Resource::Citizen(citizen, Part::Appointments))?;
        policy::require(tx.conn(), call, Action::Handle, Resource::Unit(unit))?;
    }
    new.validate()?;
    let (now, by) = (call.now(), professional(call)?);
    let offer = SlotId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createSlots", &(unit, new)), offer.into(), now)?;
    if let Claim::Done(made) = claim {
        return Ok(repo::list_slots_of_offer(tx.conn(), made.into())?);
    }
    let past = new.times.iter().position(|time| !is_to_come(*time, now));
    if let Some(place) = past {
        return Err(AppError::field(&format!("times.{place}.startsAt"), FieldErrorCode::InvalidFormat));
    }
    for (place, time) in new.times.iter().enumerate() {
        let id = if place == 0 { offer } else { SlotId::at(now) };
        let (citizen, content) = (new.citizen_id, &new.content);
        let row = NewSlotRow { id, offer, unit, citizen, content, time: *time, by, now };
        repo::insert_slot(tx.conn(), &row)?;
    }
    Ok(repo::list_slots_of_offer(tx.conn(), offer)?)
}

/// A page of the times to come that a unit has offered, with what became of them.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_slots_of_unit(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &PageQuery,
) -> Result<Page<Slot>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let window = Window::read(List::Slots, query.cursor.as_deref(), query.limit)?;
    let slots = repo::list_slots_of_unit(conn, of, call.now(), &window)?;
    let page = window.page(List::Slots, slots, place);
    call.showed(page.items.iter().filter_map(|slot| Some(slot.citizen.as_ref()?.id)));
    Ok(page)
}

/// A page of the times that are offered to a citizen and free.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`, `invalid_cursor`, `invalid_parameter`.
pub fn list_free_slots(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &PageQuery,
) -> Result<Page<Slot>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Appointments))?;
    let window = Window::read(List::Slots, query.cursor.as_deref(), query.limit)?;
    let units = care::list_unit_ids(conn, of, call.now() - call.limits.care)?;
    let slots = repo::list_free_slots(conn, (of, &units), call.now(), &window)?;
    Ok(window.page(List::Slots, slots, place))
}

fn place(slot: &Slot) -> Place {
    Place { time: slot.time.starts_at, id: *slot.id.as_uuid() }
}

/// Takes an offered time back.
///
/// # Errors
/// `not_found`; `slot_taken` when somebody has booked it: then the event is to be cancelled.
pub fn delete_slot(tx: &mut Tx<'_>, call: &mut Call, id: SlotId) -> Result<(), AppError> {
    let slot = repo::find_slot(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(slot.unit.id))?;
    call.showed(slot.citizen.iter().map(|citizen| citizen.id));
    match repo::delete_free_slot(tx.conn(), id)? {
        true => Ok(()),
        false => Err(AppError::of(ErrorCode::SlotTaken)),
    }
}

/// Books an offered time. The citizen has chosen it, so they need not confirm it.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed` to professionals; `validation_failed` when it is not offered to the citizen;
/// `slot_taken`, `event_over`, `too_many_bookings`, `idempotency_key_reused`.
pub fn book(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    booking: Booking,
    key: Option<&Key>,
) -> Result<Event, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::Appointments))?;
    let (now, id) = (call.now(), EventId::at(call.now()));
    let claim = idempotency::claim(tx, &call.actor, key, ("bookSlot", &(of, booking)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return shown(tx.conn(), made.into());
    }
    let slot = offered(tx.conn(), call, of, booking.slot_id)?;
    let unit = slot.unit.id;
    if slot.event_id.is_some() {
        return Err(AppError::of(ErrorCode::SlotTaken));
    }
    if slot.time.starts_at <= now {
        return Err(AppError::of(ErrorCode::EventOver));
    }
    if repo::count_booked(tx.conn(), of, unit, now)? >= MAX_BOOKINGS {
        return Err(AppError::of(ErrorCode::TooManyBookings));
    }
    let settings = repo::find_settings(tx.conn(), unit)?;
    let standing = Standing::booked(slot.time, settings.cancel_hours, now);
    let (content, hidden_at, by) = (&slot.content, None, call.actor.person);
    let event = keep(
        tx,
        &NewEventRow { id, citizen: of, unit, content, standing, hidden_at, by: by.into(), ehr: None, now },
    )?;
    // What was read above may be past: the database lets one take it, and of the others nothing stays.
    match repo::take_slot(tx.conn(), slot.id, id)? {
        true => {
            of_event::answer_by_booking(tx, call, &event)?;
            Ok(event)
        }
        false => Err(AppError::of(ErrorCode::SlotTaken)),
    }
}

/// A time that is offered to a citizen, or was until somebody booked it.
fn offered(conn: &mut DbConn, call: &Call, of: CitizenId, id: SlotId) -> Result<Slot, AppError> {
    let unknown = || AppError::field("slotId", FieldErrorCode::UnknownReference);
    let slot = repo::find_slot(conn, id)?.ok_or_else(unknown)?;
    let is_offered = match &slot.citizen {
        Some(citizen) => citizen.id == of,
        None => care::list_unit_ids(conn, of, call.now() - call.limits.care)?.contains(&slot.unit.id),
    };
    if is_offered { Ok(slot) } else { Err(unknown()) }
}
