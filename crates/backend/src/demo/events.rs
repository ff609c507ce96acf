//! The demo's events and offered times: as they would have come about.

use omasote_demo::{DemoCounty, DemoEvent, DemoUnit};
use omasote_rules::events::Standing;
use omasote_types::Instant;
use omasote_types::care::Matter;
use omasote_types::events::{DEFAULT_CANCEL_HOURS, EhrState, EventState};
use omasote_types::ids::{EventId, ProfessionalId, SlotId};
use omasote_types::sessions::PersonId;

use super::{Ids, missing};
use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::care::{self, NewRelation};
use crate::repos::events::{self as repo, EventChanges, NewEventRow, NewSlotRow};

/// Stores them.
pub(super) fn store(conn: &mut DbConn, county: &DemoCounty, ids: &Ids, now: Instant) -> Result<(), AppError> {
    for event in &county.events {
        let by = somebody_of(county.units.get(event.unit), ids)?;
        store_event(conn, event, (ids, by), now)?;
    }
    for slot in &county.slots {
        let by = somebody_of(county.units.get(slot.unit), ids)?;
        let id = SlotId::at(now);
        let citizen = slot.citizen.map(|place| ids.citizen(place)).transpose()?;
        let (unit, content, time) = (ids.unit_of(slot.unit)?, &slot.content, slot.time);
        repo::insert_slot(conn, &NewSlotRow { id, offer: id, unit, citizen, content, time, by, now })?;
    }
    Ok(())
}

fn somebody_of(unit: Option<&DemoUnit>, ids: &Ids) -> Result<ProfessionalId, AppError> {
    let first = unit.and_then(|unit| unit.members.first()).ok_or_else(missing)?;
    ids.professional(*first)
}

fn store_event(
    conn: &mut DbConn,
    event: &DemoEvent,
    (ids, by): (&Ids, ProfessionalId),
    now: Instant,
) -> Result<(), AppError> {
    let (id, given_at) = (EventId::at(event.given_at), event.given_at);
    let (citizen, unit) = (ids.citizen(event.citizen)?, ids.unit_of(event.unit)?);
    let given = Standing::given(event.time, DEFAULT_CANCEL_HOURS);
    let (content, by) = (&event.content, PersonId::Professional(by));
    let row = NewEventRow {
        id,
        citizen,
        unit,
        content,
        standing: given,
        hidden_at: None,
        by: by.into(),
        ehr: event.is_in_ehr.then_some(EhrState::InStep),
        now: given_at,
    };
    repo::insert(conn, &row)?;
    let matter_id = *id.as_uuid();
    care::insert(conn, &NewRelation { citizen, unit, matter: Matter::Event, matter_id }, given_at)?;
    let answered_at = given_at + chrono::TimeDelta::hours(20);
    let confirmed_at = (event.state == EventState::Confirmed).then_some(answered_at);
    let asked_at = event.wish.as_ref().map(|_| answered_at);
    if confirmed_at.or(asked_at).is_some() {
        let standing = Standing { state: event.state, confirmed_at, asked_at, ..given };
        let wish = event.wish.as_deref();
        repo::save(conn, id, &EventChanges { content, standing, cancelled: None, wish, now: answered_at })?;
    }
    if event.time.ends_at <= now && repo::set_closed(conn, id, event.time.ends_at)? {
        care::close(conn, matter_id, event.time.ends_at)?;
    }
    Ok(())
}
