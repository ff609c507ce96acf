//! Events: units give them, citizens answer to them, and who acts for a citizen does as the citizen does. What can be done with one
//! as it stands is the rules' business.

mod agenda;
mod appointments;
mod calendar;
mod giving;
mod slots;

use omasote_rules::events::{Act, Refusal, Standing};
use omasote_types::Instant;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::events::{
    Cancelled, Event, EventCancellation, EventList, EventQuery, EventSettings, EventVisibility,
    OtherTimeRequest,
};
use omasote_types::ids::{CitizenId, EventId, UnitId};
use omasote_types::messages::Side;
use omasote_types::page::Page;
use omasote_types::sessions::PersonId;
use omasote_types::tasks::TaskActor;
use omasote_types::updates::Update;

pub use self::agenda::list_agenda;
pub use self::appointments::{Arrived, Taken, ToCallOff, prepare, settle, take};
pub use self::calendar::{create_feed, delete_feed, fetch_calendar, get_event_file, get_feed};
pub use self::giving::{create, update};
pub use self::slots::{book, create_slots, delete_slot, list_free_slots, list_slots_of_unit};
use super::notifications;
use super::tasks::of_event;
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, EventFacts, Part, Parties, Permit, Resource, side_of};
use crate::repos::care;
use crate::repos::events::{self as repo, EventChanges, Shown};

/// A page of a citizen's events.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`, `invalid_cursor`, `invalid_parameter`.
pub fn list(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &EventQuery,
) -> Result<Page<Event>, AppError> {
    let permit = policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Appointments))?;
    let (cursors, window) = window(query)?;
    let shown = if permit.sees_hidden { Shown::All } else { Shown::Unhidden };
    let events = repo::list_of_citizen(conn, (of, shown), (query.list, call.now()), &window)?;
    Ok(window.page(cursors, events, place))
}

/// A page of a unit's events, as long after them as it may know of them. Those of citizens whose data is restricted are there without their words.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_of_unit(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &EventQuery,
) -> Result<Page<Event>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let (cursors, window) = window(query)?;
    let since = call.now() - call.limits.care;
    let events = repo::list_of_unit(conn, of, (query.list, call.now(), since), &window)?;
    let page = window.page(cursors, events, place);
    call.showed(page.items.iter().map(|event| event.citizen.id));
    Ok(Page { items: page.items.into_iter().map(without_restricted_words).collect(), ..page })
}

fn window(query: &EventQuery) -> Result<(List, Window), AppError> {
    let list = match query.list {
        EventList::Coming => List::ComingEvents,
        EventList::Past => List::PastEvents,
    };
    Ok((list, Window::read(list, query.cursor.as_deref(), query.limit)?))
}

fn place(event: &Event) -> Place {
    Place { time: event.time.starts_at, id: *event.id.as_uuid() }
}

/// That somebody comes must show, or nobody would expect them; the words do not.
fn without_restricted_words(mut event: Event) -> Event {
    if event.is_restricted {
        let content = &mut event.content;
        for text in
            [&mut content.title, &mut content.place, &mut content.directions, &mut content.preparation]
        {
            text.clear();
        }
        content.link = None;
        event.asked_other_time = None;
        event.cancelled = event.cancelled.map(|cancelled| Cancelled { reason: None, ..cancelled });
    }
    event
}

/// One event.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`.
pub fn get(conn: &mut DbConn, call: &mut Call, id: EventId) -> Result<Event, AppError> {
    visible(conn, call, Action::Read, id).map(|(event, _)| event)
}

/// The citizen says that they come.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed` to professionals; `event_cancelled`, `event_over`.
pub fn confirm(tx: &mut Tx<'_>, call: &mut Call, id: EventId) -> Result<Event, AppError> {
    let event = to_change(tx, call, Action::Answer, id)?;
    let standing = after(&event, Act::Confirm, call)?;
    match standing == Standing::from(&event) {
        true => Ok(event),
        false => change(tx, &event, standing, (None, None), call.now()),
    }
}

/// The citizen asks for another time. The event stays where it is until the unit moves it.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed` to professionals; `validation_failed`, `event_cancelled`, `event_over`,
/// `too_late_to_change`.
pub fn request_other_time(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: EventId,
    request: &OtherTimeRequest,
) -> Result<Event, AppError> {
    let event = to_change(tx, call, Action::Answer, id)?;
    request.validate()?;
    let standing = after(&event, Act::AskOtherTime, call)?;
    change(tx, &event, standing, (None, Some(&request.wish)), call.now())
}

/// Cancels an event. A time that a citizen had booked and cancels while it is to come is free for others again; one that the unit
/// cancels is not. The patient information system is told when the event is kept there; the unit cancels it there itself.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed`, `validation_failed`, `kept_in_ehr`, `event_cancelled`, `event_over`,
/// `too_late_to_change`.
pub fn cancel(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: EventId,
    cancellation: &EventCancellation,
) -> Result<Event, AppError> {
    let event = to_change(tx, call, Action::Write, id)?;
    cancellation.validate()?;
    let standing = after(&event, Act::Cancel, call)?;
    let (by, at) = (side_of(&call.actor), call.now());
    let reason = cancellation.reason.clone().filter(|reason| !reason.trim().is_empty());
    match by {
        Side::Citizen => {
            appointments::to_be_called_off(tx, &event, at)?;
            repo::give_slot_back(tx.conn(), id)?
        }
        Side::Unit => {
            kept_here(&event)?;
            notifications::tell_of_event(tx, event.citizen.id, at)?;
            repo::delete_slot_of(tx.conn(), id)?
        }
    };
    close(tx.conn(), id, at)?;
    let by_whom = match call.actor.person {
        PersonId::Professional(professional_id) => TaskActor::Professional { professional_id },
        // That the tasks go with it is nobody's decision of its own.
        PersonId::Citizen(_) => TaskActor::Pathway {},
    };
    of_event::cancel_with(tx, &event, (by_whom, reason.as_deref()), at)?;
    change(tx, &event, standing, (Some(&Cancelled { by, at, reason }), None), at)
}

/// Hides an event from those who act for the citizen, or shows it to them again.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn set_visibility(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: EventId,
    visibility: EventVisibility,
) -> Result<Event, AppError> {
    let event = to_change(tx, call, Action::Hide, id)?;
    let is_hidden_from_proxies = visibility.is_hidden_from_proxies;
    repo::set_hidden(tx.conn(), id, is_hidden_from_proxies.then(|| call.now()))?;
    announce(tx, &event);
    Ok(Event { is_hidden_from_proxies, ..event })
}

/// What a unit lets citizens do with their times.
///
/// # Errors
/// `role_required`, `not_found`.
pub fn get_settings(conn: &mut DbConn, call: &mut Call, of: UnitId) -> Result<EventSettings, AppError> {
    policy::require(conn, call, Action::Read, Resource::UnitSettings(of))?;
    known_unit(conn, of)?;
    Ok(repo::find_settings(conn, of)?)
}

/// Changes what a unit lets citizens do with their times. Events that there are keep what they promised.
///
/// # Errors
/// `role_required`, `not_found`, `validation_failed`.
pub fn update_settings(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: UnitId,
    settings: EventSettings,
) -> Result<EventSettings, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::UnitSettings(of))?;
    known_unit(tx.conn(), of)?;
    settings.validate()?;
    repo::set_settings(tx.conn(), of, settings)?;
    Ok(settings)
}

fn known_unit(conn: &mut DbConn, of: UnitId) -> Result<(), AppError> {
    crate::repos::units::find_named(conn, of)?.map(drop).ok_or_else(AppError::not_found)
}

/// Closes the care relations of events that are over.
///
/// # Errors
/// When the database fails.
pub fn close_over(tx: &mut Tx<'_>, over: &[(EventId, Instant)]) -> Result<(), AppError> {
    over.iter().try_for_each(|(id, ended_at)| close(tx.conn(), *id, *ended_at))
}

/// The event ties the citizen to the unit no longer.
fn close(conn: &mut DbConn, id: EventId, at: Instant) -> Result<(), AppError> {
    if repo::set_closed(conn, id, at)? {
        care::close(conn, *id.as_uuid(), at)?;
    }
    Ok(())
}

/// An event with which the actor may do this.
pub(super) fn visible(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    id: EventId,
) -> Result<(Event, Permit), AppError> {
    let event = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    let parties = Parties { citizen: event.citizen.id, unit: event.unit.id };
    let facts = EventFacts { parties, is_hidden: event.is_hidden_from_proxies };
    let permit = policy::require(conn, call, action, Resource::Event(id, facts))?;
    Ok((event, permit))
}

/// The same for an event that is about to be changed: until that is done nobody else changes it.
fn to_change(tx: &mut Tx<'_>, call: &mut Call, action: Action, id: EventId) -> Result<Event, AppError> {
    repo::lock(tx.conn(), id)?;
    visible(tx.conn(), call, action, id).map(|(event, _)| event)
}

/// What the unit does with an event that is kept in the patient information system, it does there.
fn kept_here(event: &Event) -> Result<(), AppError> {
    if event.ehr.is_none() { Ok(()) } else { Err(AppError::of(ErrorCode::KeptInEhr)) }
}

fn after(event: &Event, act: Act, call: &Call) -> Result<Standing, AppError> {
    Standing::from(event).after(act, side_of(&call.actor), call.now()).map_err(refused)
}

fn change(
    tx: &mut Tx<'_>,
    event: &Event,
    standing: Standing,
    (cancelled, wish): (Option<&Cancelled>, Option<&str>),
    now: Instant,
) -> Result<Event, AppError> {
    let content = &event.content;
    repo::save(tx.conn(), event.id, &EventChanges { content, standing, cancelled, wish, now })?;
    announce(tx, event);
    shown(tx.conn(), event.id)
}

/// Both sides look at the event again.
fn announce(tx: &mut Tx<'_>, event: &Event) {
    let (citizen_id, unit_id) = (event.citizen.id, event.unit.id);
    tx.announce(Signal::Update(Update::AgendaChanged { citizen_id, unit_id }));
}

fn shown(conn: &mut DbConn, id: EventId) -> Result<Event, AppError> {
    repo::find(conn, id)?.ok_or_else(AppError::not_found)
}

fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::NotTheCitizen | Refusal::NotTheUnit => AppError::of(ErrorCode::NotAllowed),
        Refusal::Cancelled => AppError::of(ErrorCode::EventCancelled),
        Refusal::Begun => AppError::of(ErrorCode::EventOver),
        Refusal::TooLate => AppError::of(ErrorCode::TooLateToChange),
        Refusal::WrongTime => AppError::field("time.startsAt", FieldErrorCode::InvalidFormat),
    }
}
