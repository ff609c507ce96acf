//! Giving an event to a citizen, and changing it.

use omasote_rules::events::{Act, Phase, Standing, is_to_come};
use omasote_types::care::Matter;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::events::{Event, EventUpdate, NewEvent};
use omasote_types::ids::{CitizenId, EventId};
use omasote_types::messages::Side;

use super::super::idempotency::{self, Claim, Key};
use super::super::notifications;
use super::super::tasks::of_event;
use super::super::units::Expected;
use super::{announce, kept_here, refused, shown, to_change};
use crate::audit::Call;
use crate::db::Tx;
use crate::error::AppError;
use crate::policy::{self, Action, EventFacts, Part, Parties, Resource};
use crate::repos::care::{self, NewRelation};
use crate::repos::events::{self as repo, EventChanges, NewEventRow};

/// Gives an event to a citizen.
///
/// # Errors
/// `not_found`, also when the professional is not of the unit; `not_allowed` to citizens; `data_restricted`, `validation_failed`,
/// `idempotency_key_reused`.
pub fn create(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    new: &NewEvent,
    key: Option<&Key>,
) -> Result<Event, AppError> {
    policy::require(tx.conn(), call, Action::Handle, Resource::Citizen(of, Part::Appointments))?;
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(new.unit_id))?;
    let (now, unit, parties) = (call.now(), new.unit_id, Parties { citizen: of, unit: new.unit_id });
    let id = EventId::at(now);
    if new.is_hidden_from_proxies {
        let facts = EventFacts { parties, is_hidden: true };
        policy::require(tx.conn(), call, Action::Hide, Resource::Event(id, facts))?;
    }
    new.validate()?;
    let claim = idempotency::claim(tx, &call.actor, key, ("createEvent", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return shown(tx.conn(), made.into());
    }
    if !is_to_come(new.time, now) {
        return Err(AppError::field("time.startsAt", FieldErrorCode::InvalidFormat));
    }
    let settings = repo::find_settings(tx.conn(), unit)?;
    let standing = Standing::given(new.time, settings.cancel_hours);
    let hidden_at = new.is_hidden_from_proxies.then_some(now);
    let (content, by) = (&new.content, call.actor.person);
    let event = keep(
        tx,
        &NewEventRow { id, citizen: of, unit, content, standing, hidden_at, by: by.into(), ehr: None, now },
    )?;
    notifications::tell_of_event(tx, of, now)?;
    Ok(event)
}

/// Keeps a new event, which ties the citizen to the unit until it is over.
pub(super) fn keep(tx: &mut Tx<'_>, new: &NewEventRow<'_>) -> Result<Event, AppError> {
    repo::insert(tx.conn(), new)?;
    let (citizen, unit, matter_id) = (new.citizen, new.unit, *new.id.as_uuid());
    care::insert(tx.conn(), &NewRelation { citizen, unit, matter: Matter::Event, matter_id }, new.now)?;
    let event = shown(tx.conn(), new.id)?;
    announce(tx, &event);
    Ok(event)
}

/// Changes an event: its words, or its time as well, and then it is for the citizen to confirm again. A time that was booked is no
/// longer offered when the event leaves it.
///
/// # Errors
/// `not_found`, `not_allowed`, `data_restricted`, `kept_in_ehr`, `validation_failed`, `precondition_failed`, `event_cancelled`,
/// `event_over`.
pub fn update(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (EventId, Expected),
    update: &EventUpdate,
) -> Result<Event, AppError> {
    let before = to_change(tx, call, Action::Handle, id)?;
    kept_here(&before)?;
    update.validate()?;
    let is_current = match expected {
        Expected::Any => true,
        Expected::Version(version) => version == before.version,
        Expected::NoVersion => false,
    };
    if !is_current {
        return Err(AppError::of(ErrorCode::PreconditionFailed));
    }
    let now = call.now();
    let standing = match update.time == before.time {
        true => standing_still(&before, call)?,
        false => {
            let cancel_hours = repo::find_settings(tx.conn(), before.unit.id)?.cancel_hours;
            let act = Act::Move { to: update.time, cancel_hours };
            let moved = Standing::from(&before).after(act, Side::Unit, now).map_err(refused)?;
            repo::delete_slot_of(tx.conn(), id)?;
            moved
        }
    };
    let wish = before.asked_other_time.as_ref().filter(|_| standing.asked_at.is_some());
    let wish = wish.map(|asked| asked.wish.as_str());
    let content = &update.content;
    repo::save(tx.conn(), id, &EventChanges { content, standing, cancelled: None, wish, now })?;
    announce(tx, &before);
    notifications::tell_of_event(tx, before.citizen.id, now)?;
    let after = shown(tx.conn(), id)?;
    if after.time.starts_at != before.time.starts_at {
        of_event::move_with(tx, &after, now)?;
    }
    Ok(after)
}

/// Words may be changed while the event is not over.
fn standing_still(event: &Event, call: &Call) -> Result<Standing, AppError> {
    let standing = Standing::from(event);
    match standing.phase(call.now()) {
        Phase::Coming | Phase::Now => Ok(standing),
        Phase::Past => Err(AppError::of(ErrorCode::EventOver)),
        Phase::Cancelled => Err(AppError::of(ErrorCode::EventCancelled)),
    }
}
