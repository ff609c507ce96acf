//! The appointments of the patient information system as events here: what that system says of them holds, and it is told when a
//! citizen does not come.
//!
//! Nothing is guessed: whose an appointment is follows from the identity code alone, and which unit's from the settings alone. What
//! cannot be understood is noted with the reason, and stays as it was.

use chrono::TimeDelta;
use omasote_fhir::{Appointment, AppointmentState, appointment, appointment_version};
use omasote_rules::events::Standing;
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::events::{
    Cancelled, EhrState, Event, EventContent, EventKind, EventState, EventTime, EventUpdate,
    MAX_EVENT_DAYS_AHEAD, MAX_EVENT_TEXT_CHARACTERS, MAX_EVENT_TITLE_CHARACTERS, MAX_PLACE_CHARACTERS,
};
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::{AccessId, CitizenId, EventId, RequestId, SessionId, UnitId};
use omasote_types::language::Language;
use omasote_types::messages::Side;
use omasote_types::records::RecordTrouble;
use omasote_types::tasks::TaskActor;
use serde_json::Value;
use uuid::Uuid;

use super::super::outbox::{self, Attempt, Next};
use super::super::tasks::of_event;
use super::giving::keep;
use super::{announce, close, notifications, shown};
use crate::auth::IdentityVault;
use crate::config::AppointmentSettings;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::repos::events::{self as repo, EventChanges, Known, NewEventRow};
use crate::repos::outbox::{Delivery, DeliveryKind};
use crate::repos::{audit, people, units};

/// How long ago one may have ended that becomes an event.
const LOOKS_BACK: TimeDelta = TimeDelta::days(30);
/// Who does it, in the citizen's access log.
const TITLE: &str = "Potilastietojärjestelmä";

/// An appointment as it came.
pub struct Arrived<'a> {
    /// The resource.
    pub resource: &'a Value,
    /// The identity code of whose it is, as far as the system says.
    pub code: Option<&'a IdentityCode>,
    /// Whether the citizen is told: not of what was agreed on long before it came here.
    pub tells: bool,
}

/// What became of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Nothing: it was seen before, is of nobody here, or not agreed on.
    Nothing,
    /// It is an event, as it says.
    Event,
    /// It cannot be understood, and why.
    NotUnderstood(&'static str),
}

/// What is known of an appointment here.
struct Place {
    citizen: CitizenId,
    unit: UnitId,
}

/// Takes an appointment as it stands in the patient information system.
///
/// # Errors
/// When the database fails.
pub fn take(
    tx: &mut Tx<'_>,
    (vault, settings): (&IdentityVault, &AppointmentSettings),
    arrived: &Arrived<'_>,
    now: Instant,
) -> Result<Taken, AppError> {
    let Some((id, version)) = appointment_version(arrived.resource) else {
        return Ok(Taken::NotUnderstood("not_an_appointment"));
    };
    let known = repo::find_appointment(tx.conn(), id)?;
    if known.as_ref().is_some_and(|known| known.version == version) {
        return Ok(Taken::Nothing);
    }
    let before = known.and_then(|known| known.event);
    let (event, trouble) = match understood(tx.conn(), (vault, settings), arrived)? {
        Ok(Some((appointment, place))) => {
            match settle_event(tx, (before, &appointment, &place), (settings, arrived.tells), now)? {
                Ok(event) => (event, None),
                Err(trouble) => (before, Some(trouble)),
            }
        }
        Ok(None) => (before, None),
        Err(trouble) => (before, Some(trouble)),
    };
    let known = Known { version: version.to_owned(), event };
    repo::save_appointment(tx.conn(), id, (&known, trouble), now)?;
    Ok(match (trouble, event) {
        (Some(trouble), _) => Taken::NotUnderstood(trouble),
        (None, Some(_)) => Taken::Event,
        (None, None) => Taken::Nothing,
    })
}

type Understood = Result<Option<(Appointment, Place)>, &'static str>;

/// Whose it is and which unit's; nothing when it is of nobody here.
fn understood(
    conn: &mut DbConn,
    (vault, settings): (&IdentityVault, &AppointmentSettings),
    arrived: &Arrived<'_>,
) -> Result<Understood, AppError> {
    let appointment = match appointment(arrived.resource) {
        Ok(appointment) => appointment,
        Err(trouble) => return Ok(Err(trouble.code())),
    };
    let Some(code) = arrived.code else { return Ok(Err("no_identity_code")) };
    let Some(citizen) = people::find_citizen_by_hashes(conn, &vault.hashes(code))? else {
        return Ok(Ok(None));
    };
    let mut named: Vec<UnitId> =
        appointment.others.iter().filter_map(|name| settings.units.get(name).copied()).collect();
    named.sort_unstable();
    named.dedup();
    match named.as_slice() {
        [unit] if units::find_named(conn, *unit)?.is_some() => {
            Ok(Ok(Some((appointment, Place { citizen, unit: *unit }))))
        }
        [] | [_] => Ok(Err("unknown_unit")),
        _ => Ok(Err("several_units")),
    }
}

/// The event that an appointment is after it has changed, or why it cannot be one.
fn settle_event(
    tx: &mut Tx<'_>,
    (before, appointment, place): (Option<EventId>, &Appointment, &Place),
    (settings, tells): (&AppointmentSettings, bool),
    now: Instant,
) -> Result<Result<Option<EventId>, &'static str>, AppError> {
    let mut before = match before {
        Some(id) => {
            repo::lock(tx.conn(), id)?;
            Some(shown(tx.conn(), id)?)
        }
        None => None,
    };
    let time = match (appointment.state, appointment.time) {
        (AppointmentState::Agreed, Some(time)) => time,
        _ => {
            if let Some(event) = &before {
                called_off_there(tx, event, tells, now)?;
            }
            return Ok(Ok(before.map(|event| event.id)));
        }
    };
    let language =
        people::find_citizen(tx.conn(), place.citizen)?.map_or(Language::Fi, |citizen| citizen.language);
    let content = content(appointment, settings, (tx.conn(), place.unit), language)?;
    if let Err(trouble) = fits(&content, time, now) {
        return Ok(Err(trouble));
    }
    // Another person's, or another unit's: it is another event.
    if let Some(event) =
        before.take_if(|event| (event.citizen.id, event.unit.id) != (place.citizen, place.unit))
    {
        called_off_there(tx, &event, tells, now)?;
    }
    match before {
        Some(event) if event.state != EventState::Cancelled => {
            update(tx, &event, (&content, time), tells, now)?;
            Ok(Ok(Some(event.id)))
        }
        // That the citizen has cancelled it is still to be told there, or was not taken there.
        Some(event) if event.ehr != Some(EhrState::InStep) && event.time == time => Ok(Ok(Some(event.id))),
        Some(_) | None if time.ends_at <= now - LOOKS_BACK => Ok(Ok(None)),
        Some(event) => {
            // It is on again: it is given anew.
            forget_calling_off(tx, &event, now)?;
            give(tx, (place, &content, time), tells, now).map(|id| Ok(Some(id)))
        }
        None => give(tx, (place, &content, time), tells, now).map(|id| Ok(Some(id))),
    }
}

fn give(
    tx: &mut Tx<'_>,
    (place, content, time): (&Place, &EventContent, EventTime),
    tells: bool,
    now: Instant,
) -> Result<EventId, AppError> {
    let Place { citizen, unit } = *place;
    let id = EventId::at(now);
    let standing = Standing::given(time, repo::find_settings(tx.conn(), unit)?.cancel_hours);
    let ehr = Some(EhrState::InStep);
    let row =
        NewEventRow { id, citizen, unit, content, standing, hidden_at: None, by: unit.into(), ehr, now };
    let event = keep(tx, &row)?;
    note(tx, &event, "createEvent", now)?;
    tell(tx, &event, tells, now)?;
    Ok(id)
}

fn update(
    tx: &mut Tx<'_>,
    before: &Event,
    (content, time): (&EventContent, EventTime),
    tells: bool,
    now: Instant,
) -> Result<(), AppError> {
    if (content, time) == (&before.content, before.time) {
        return Ok(());
    }
    let standing = match time == before.time {
        true => Standing::from(before),
        false => Standing::given(time, repo::find_settings(tx.conn(), before.unit.id)?.cancel_hours),
    };
    let wish = before.asked_other_time.as_ref().filter(|_| standing.asked_at.is_some());
    let wish = wish.map(|asked| asked.wish.as_str());
    repo::save(tx.conn(), before.id, &EventChanges { content, standing, cancelled: None, wish, now })?;
    let after = shown(tx.conn(), before.id)?;
    if after.time.starts_at != before.time.starts_at {
        of_event::move_with(tx, &after, now)?;
    }
    note(tx, &after, "updateEvent", now)?;
    announce(tx, &after);
    tell(tx, &after, tells, now)
}

/// It is not agreed on there any more.
fn called_off_there(tx: &mut Tx<'_>, event: &Event, tells: bool, now: Instant) -> Result<(), AppError> {
    if event.state == EventState::Cancelled {
        return forget_calling_off(tx, event, now);
    }
    let standing = Standing { state: EventState::Cancelled, asked_at: None, ..Standing::from(event) };
    let cancelled = Cancelled { by: Side::Unit, at: now, reason: None };
    let changes =
        EventChanges { content: &event.content, standing, cancelled: Some(&cancelled), wish: None, now };
    repo::save(tx.conn(), event.id, &changes)?;
    close(tx.conn(), event.id, now)?;
    of_event::cancel_with(tx, event, (TaskActor::Pathway {}, None), now)?;
    note(tx, event, "cancelEvent", now)?;
    announce(tx, event);
    tell(tx, event, tells, now)
}

/// That the citizen has cancelled it need not be told there any more.
fn forget_calling_off(tx: &mut Tx<'_>, event: &Event, now: Instant) -> Result<(), AppError> {
    if event.ehr == Some(EhrState::InStep) {
        return Ok(());
    }
    crate::repos::outbox::give_up(tx.conn(), &delivery(event.id, now))?;
    repo::set_ehr_state(tx.conn(), event.id, EhrState::InStep)?;
    announce(tx, event);
    Ok(())
}

fn tell(tx: &mut Tx<'_>, event: &Event, tells: bool, now: Instant) -> Result<(), AppError> {
    if tells && event.time.ends_at > now {
        notifications::tell_of_event(tx, event.citizen.id, now)?;
    }
    Ok(())
}

/// A line of the citizen's access log, without anybody's session: another system did it.
fn note(tx: &mut Tx<'_>, event: &Event, operation: &str, now: Instant) -> Result<(), AppError> {
    let line = audit::Line {
        id: AccessId::at(now),
        at: now,
        actor: None,
        title: Some(TITLE.to_owned()),
        unit: Some(event.unit.id),
        action: AccessAction::Write,
        operation: operation.to_owned(),
        resource: Some(*event.id.as_uuid()),
        ground: AccessGround::Unit,
        session: SessionId::from_uuid(Uuid::nil()),
        request: RequestId::from_uuid(Uuid::nil()),
        subjects: vec![event.citizen.id],
        client: None,
        reason: None,
    };
    audit::insert(tx.conn(), &line)?;
    Ok(())
}

/// What the citizen reads of it.
fn content(
    appointment: &Appointment,
    settings: &AppointmentSettings,
    (conn, unit): (&mut DbConn, UnitId),
    language: Language,
) -> Result<EventContent, AppError> {
    let link = appointment.link.clone().filter(|link| is_link(link));
    let kind = match link {
        Some(_) => EventKind::Video,
        None if appointment.ways.iter().any(|way| settings.phone.contains(way)) => EventKind::Phone,
        None => EventKind::Visit,
    };
    let place = match (&appointment.place, kind) {
        (Some(place), _) => place.clone(),
        (None, EventKind::Visit) => {
            let named = units::find_named(conn, unit)?;
            named.map(|unit| unit.name.text(language).to_owned()).unwrap_or_default()
        }
        (None, EventKind::Phone | EventKind::Video) => String::new(),
    };
    let title = appointment.title.as_deref().unwrap_or(match language {
        Language::Fi => "Ajanvaraus",
        Language::Sv => "Tidsbokning",
        Language::En => "Appointment",
    });
    Ok(EventContent {
        kind,
        title: cut(title, MAX_EVENT_TITLE_CHARACTERS),
        place: cut(&place, MAX_PLACE_CHARACTERS),
        directions: String::new(),
        preparation: cut(appointment.instruction.as_deref().unwrap_or_default(), MAX_EVENT_TEXT_CHARACTERS),
        link,
    })
}

/// A link that a video call may have here; a call with another is held without one, and the citizen asks the unit.
fn is_link(link: &str) -> bool {
    let content = EventContent {
        kind: EventKind::Video,
        title: "-".to_owned(),
        place: String::new(),
        directions: String::new(),
        preparation: String::new(),
        link: Some(link.to_owned()),
    };
    let time =
        EventTime { starts_at: Instant::UNIX_EPOCH, ends_at: Instant::UNIX_EPOCH + TimeDelta::hours(1) };
    EventUpdate { content, time }.validate().is_ok()
}

/// At most so many characters, with a sign that there was more.
fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some(_) => text.chars().take(max.saturating_sub(1)).chain(['…']).collect(),
    }
}

fn fits(content: &EventContent, time: EventTime, now: Instant) -> Result<(), &'static str> {
    let update = EventUpdate { content: content.clone(), time };
    match update.validate() {
        Err(refused) if refused.iter().any(|error| error.field.starts_with("time")) => Err("wrong_time"),
        Err(_) => Err("wrong_text"),
        Ok(()) if time.starts_at > now + TimeDelta::days(MAX_EVENT_DAYS_AHEAD) => Err("too_far_ahead"),
        Ok(()) => Ok(()),
    }
}

/// An appointment that its citizen has cancelled here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCallOff {
    /// What the patient information system calls it.
    pub appointment: String,
    /// The time that the citizen knew.
    pub time: EventTime,
}

/// A citizen has cancelled an event: the system that keeps it is to be told.
pub(super) fn to_be_called_off(tx: &mut Tx<'_>, event: &Event, now: Instant) -> Result<(), AppError> {
    if event.ehr.is_none() {
        return Ok(());
    }
    repo::set_ehr_state(tx.conn(), event.id, EhrState::Waiting)?;
    let id = *event.id.as_uuid();
    crate::repos::outbox::insert(tx.conn(), DeliveryKind::Appointment, (id, id), (now, now))?;
    Ok(())
}

/// What is to be told of an event; nothing when there is nothing to be told any more.
///
/// # Errors
/// When the database fails.
pub fn prepare(conn: &mut DbConn, id: EventId) -> Result<Option<ToCallOff>, AppError> {
    let appointment = repo::find_appointment_of(conn, id)?;
    let event = repo::find(conn, id)?.filter(|event| event.ehr == Some(EhrState::Waiting));
    Ok(event.zip(appointment).map(|(event, appointment)| ToCallOff { appointment, time: event.time }))
}

/// Keeps what came of telling.
///
/// # Errors
/// When the database fails.
pub fn settle(
    tx: &mut Tx<'_>,
    delivery: &Delivery,
    attempt: &Attempt<RecordTrouble>,
    (now, chance): (Instant, u16),
) -> Result<Option<Next>, AppError> {
    let next = outbox::settle(tx, delivery, attempt, (now, chance))?;
    let state = match next {
        Some(Next::Done) => EhrState::InStep,
        Some(Next::Person) => EhrState::Failed,
        Some(Next::Again) | None => return Ok(next),
    };
    let id = EventId::from_uuid(delivery.subject);
    repo::set_ehr_state(tx.conn(), id, state)?;
    let event = shown(tx.conn(), id)?;
    announce(tx, &event);
    Ok(next)
}

fn delivery(event: EventId, now: Instant) -> Delivery {
    let id = *event.as_uuid();
    Delivery {
        kind: DeliveryKind::Appointment,
        subject: id,
        lane: id,
        waiting_since: now,
        turn: 0,
        failures: 0,
    }
}
