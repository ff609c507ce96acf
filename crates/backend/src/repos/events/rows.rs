//! The rows, and what they stand for.

use diesel::prelude::*;
use omasote_rules::events::Standing;
use omasote_types::Instant;
use omasote_types::events::{
    AskedOtherTime, Cancelled, EhrState, Event, EventContent, EventKind, EventState, EventTime, Slot,
};
use omasote_types::language::LocalText;
use omasote_types::messages::Side;
use omasote_types::units::UnitRef;

use super::NewEventRow;
use super::slots::NewSlotRow;
use crate::db::schema::{events, slots};
use crate::db::{DbText, Id, MultiBackend, Stored, TextColumn};
use crate::repos::people::CitizenNames;

impl TextColumn for EventKind {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }
}

impl TextColumn for EventState {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

impl TextColumn for EhrState {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = events, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
pub(super) struct EventRow {
    id: Id,
    citizen_id: Id,
    unit_id: Id,
    kind: DbText<EventKind>,
    title: String,
    place: String,
    directions: String,
    preparation: String,
    link: Option<String>,
    starts_at: Stored,
    ends_at: Stored,
    changeable_until: Stored,
    state: DbText<EventState>,
    confirmed_at: Option<Stored>,
    cancelled_at: Option<Stored>,
    cancelled_by: Option<DbText<Side>>,
    cancel_reason: Option<String>,
    asked_at: Option<Stored>,
    wish: Option<String>,
    hidden_from_proxies_at: Option<Stored>,
    given_by: Id,
    given_at: Stored,
    changed_at: Stored,
    closed_at: Option<Stored>,
    version: i32,
    ehr: Option<DbText<EhrState>>,
}

impl From<&NewEventRow<'_>> for EventRow {
    fn from(new: &NewEventRow<'_>) -> Self {
        let EventContent { kind, title, place, directions, preparation, link } = new.content.clone();
        let Standing { state, time, changeable_until, confirmed_at, asked_at } = new.standing;
        Self {
            id: new.id.into(),
            citizen_id: new.citizen.into(),
            unit_id: new.unit.into(),
            kind: DbText(kind),
            title,
            place,
            directions,
            preparation,
            link,
            starts_at: time.starts_at.into(),
            ends_at: time.ends_at.into(),
            changeable_until: changeable_until.into(),
            state: DbText(state),
            confirmed_at: confirmed_at.map(Stored::from),
            cancelled_at: None,
            cancelled_by: None,
            cancel_reason: None,
            asked_at: asked_at.map(Stored::from),
            wish: None,
            hidden_from_proxies_at: new.hidden_at.map(Stored::from),
            given_by: new.by,
            given_at: new.now.into(),
            changed_at: new.now.into(),
            closed_at: None,
            version: 1,
            ehr: new.ehr.map(DbText),
        }
    }
}

pub(super) type UnitColumns = (Id, String, String, String);
pub(super) type NamedEvent = (EventRow, CitizenNames, UnitColumns);
pub(super) type NamedSlot = (SlotRow, UnitColumns, Option<CitizenNames>);

/// `select … from events join citizens, units`, boxed so that filters can be added.
macro_rules! named_events {
    () => {
        events::table
            .inner_join(citizens::table)
            .inner_join(units::table)
            .select((
                EventRow::as_select(),
                crate::repos::people::CitizenNames::as_select(),
                (units::id, units::name_fi, units::name_sv, units::name_en),
            ))
            .into_boxed::<MultiBackend>()
    };
}
pub(super) use named_events;

fn to_unit((id, fi, sv, en): UnitColumns) -> UnitRef {
    UnitRef { id: id.into(), name: LocalText { fi, sv, en } }
}

pub(super) fn to_event((row, citizen, unit): NamedEvent) -> Event {
    let cancelled = row.cancelled_at.zip(row.cancelled_by).map(|(at, by)| Cancelled {
        by: by.0,
        at: at.into(),
        reason: row.cancel_reason,
    });
    let asked = row.asked_at.map(|at| AskedOtherTime { wish: row.wish.unwrap_or_default(), at: at.into() });
    Event {
        id: row.id.into(),
        unit: to_unit(unit),
        content: EventContent {
            kind: row.kind.0,
            title: row.title,
            place: row.place,
            directions: row.directions,
            preparation: row.preparation,
            link: row.link,
        },
        time: EventTime { starts_at: row.starts_at.into(), ends_at: row.ends_at.into() },
        state: row.state.0,
        changeable_until: row.changeable_until.into(),
        confirmed_at: row.confirmed_at.map(Instant::from),
        cancelled,
        asked_other_time: asked,
        is_hidden_from_proxies: row.hidden_from_proxies_at.is_some(),
        is_restricted: citizen.restricted_since().is_some(),
        citizen: citizen.named(row.citizen_id.into()),
        ehr: row.ehr.map(|state| state.0),
        given_at: row.given_at.into(),
        changed_at: row.changed_at.into(),
        version: u32::try_from(row.version).unwrap_or_default(),
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = slots, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
pub(super) struct SlotRow {
    id: Id,
    offer_id: Id,
    unit_id: Id,
    citizen_id: Option<Id>,
    kind: DbText<EventKind>,
    title: String,
    place: String,
    directions: String,
    preparation: String,
    link: Option<String>,
    starts_at: Stored,
    ends_at: Stored,
    offered_by: Id,
    offered_at: Stored,
    event_id: Option<Id>,
}

impl From<&NewSlotRow<'_>> for SlotRow {
    fn from(new: &NewSlotRow<'_>) -> Self {
        let EventContent { kind, title, place, directions, preparation, link } = new.content.clone();
        Self {
            id: new.id.into(),
            offer_id: new.offer.into(),
            unit_id: new.unit.into(),
            citizen_id: new.citizen.map(Id::from),
            kind: DbText(kind),
            title,
            place,
            directions,
            preparation,
            link,
            starts_at: new.time.starts_at.into(),
            ends_at: new.time.ends_at.into(),
            offered_by: new.by.into(),
            offered_at: new.now.into(),
            event_id: None,
        }
    }
}

pub(super) fn to_slot((row, unit, citizen): NamedSlot) -> Slot {
    Slot {
        id: row.id.into(),
        unit: to_unit(unit),
        content: EventContent {
            kind: row.kind.0,
            title: row.title,
            place: row.place,
            directions: row.directions,
            preparation: row.preparation,
            link: row.link,
        },
        time: EventTime { starts_at: row.starts_at.into(), ends_at: row.ends_at.into() },
        citizen: row.citizen_id.zip(citizen).map(|(id, names)| names.named(id.into())),
        event_id: row.event_id.map(omasote_types::ids::EventId::from),
    }
}
