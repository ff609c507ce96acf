//! What the two sides do with an event: give it, change it, cancel it, wish another time.

use serde::{Deserialize, Serialize};

use super::{EventContent, EventTime, MAX_WISH_CHARACTERS};
use crate::error::FieldError;
use crate::ids::UnitId;
use crate::validation::Validation;

/// An event to be given to a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewEvent {
    /// The unit that gives it: one of the professional's own.
    pub unit_id: UnitId,
    /// What it is.
    pub content: EventContent,
    /// When it is: from now on, within two years.
    pub time: EventTime,
    /// Whether it is hidden from those who act for the citizen: of people of 12 to 17 years, when they wish it.
    #[serde(default)]
    pub is_hidden_from_proxies: bool,
}

/// What an event is to be. With another time it is moved: it is for the citizen to confirm again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventUpdate {
    /// What it is.
    pub content: EventContent,
    /// When it is.
    pub time: EventTime,
}

fn validate(content: &EventContent, time: &EventTime) -> Result<(), Vec<FieldError>> {
    let mut validation = Validation::new();
    content.validate_in(&mut validation);
    time.validate_as("time", &mut validation);
    validation.finish()
}

impl NewEvent {
    /// The form and the server ask the same question, but for the time, which depends on the clock.
    ///
    /// # Errors
    /// The refused fields: such as `content.title` or `time.endsAt`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        validate(&self.content, &self.time)
    }
}

impl EventUpdate {
    /// The form and the server ask the same question, but for the time, which depends on the clock.
    ///
    /// # Errors
    /// The refused fields: such as `content.title` or `time.endsAt`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        validate(&self.content, &self.time)
    }
}

/// Cancels an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventCancellation {
    /// Why, for the other side to read: at most 500 Unicode characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 500))]
    pub reason: Option<String>,
}

impl EventCancellation {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.draft("reason", self.reason.as_deref().unwrap_or_default(), MAX_WISH_CHARACTERS);
        validation.finish()
    }
}

/// Asks for another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OtherTimeRequest {
    /// What would suit: 1 to 500 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub wish: String,
}

impl OtherTimeRequest {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("wish", &self.wish, MAX_WISH_CHARACTERS);
        validation.finish()
    }
}

/// Hides an event from those who act for the citizen, or shows it to them again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventVisibility {
    /// Whether it is hidden.
    pub is_hidden_from_proxies: bool,
}
