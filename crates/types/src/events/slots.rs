//! Times that a unit offers, and booking one.

use serde::{Deserialize, Serialize};

use super::{EventContent, EventTime};
use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{CitizenId, EventId, SlotId};
use crate::people::CitizenRef;
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many times may be offered at once.
pub const MAX_NEW_SLOTS: usize = 200;

/// A time that a unit offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// Its id.
    pub id: SlotId,
    /// The unit that offers it.
    pub unit: UnitRef,
    /// What an event at this time will be.
    pub content: EventContent,
    /// When it is.
    pub time: EventTime,
    /// For whom alone it is; absent when it is for everybody the unit cares for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen: Option<CitizenRef>,
    /// What it has become, when somebody has booked it. Told to the unit; citizens see what is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
}

/// Times that are to be offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSlots {
    /// What an event at any of these times will be.
    pub content: EventContent,
    /// The times: 1 to 200, each from now on and within two years.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 200))]
    pub times: Vec<EventTime>,
    /// For whom alone they are: an invitation to book one of them. Absent: for everybody the unit cares for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen_id: Option<CitizenId>,
}

impl NewSlots {
    /// The form and the server ask the same question, but for the times, which depend on the clock.
    ///
    /// # Errors
    /// The refused fields: such as `content.title` or `times.3.endsAt`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        self.content.validate_in(&mut validation);
        if self.times.is_empty() {
            validation.refuse("times", FieldErrorCode::Required);
        }
        validation.count("times", self.times.len(), MAX_NEW_SLOTS);
        for (place, time) in self.times.iter().enumerate().take(MAX_NEW_SLOTS) {
            time.validate_as(&format!("times.{place}"), &mut validation);
        }
        validation.finish()
    }
}

/// Books an offered time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Booking {
    /// Which.
    pub slot_id: SlotId,
}
