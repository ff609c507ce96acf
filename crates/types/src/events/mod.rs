//! Events (tapahtuma, aika): a visit, a call or a video call that a unit has with a citizen at a time; the times that units offer,
//! and the calendar outside the apps.

mod agenda;
mod calendar;
mod changes;
mod slots;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use self::agenda::{AgendaItem, AgendaList, AgendaQuery};
pub use self::calendar::{
    CalendarFeed, CalendarFeedState, CreatedCalendarFeed, EventFileQuery, NewCalendarFeed,
};
pub use self::changes::{EventCancellation, EventUpdate, EventVisibility, NewEvent, OtherTimeRequest};
pub use self::slots::{Booking, MAX_NEW_SLOTS, NewSlots, Slot};
use crate::error::{FieldError, FieldErrorCode};
use crate::ids::EventId;
use crate::messages::Side;
use crate::people::CitizenRef;
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many characters a title may have.
pub const MAX_EVENT_TITLE_CHARACTERS: usize = 100;
/// How many characters the place may have.
pub const MAX_PLACE_CHARACTERS: usize = 200;
/// How many characters directions, and how many what to prepare, may have.
pub const MAX_EVENT_TEXT_CHARACTERS: usize = 2_000;
/// How many characters a link may have.
pub const MAX_LINK_CHARACTERS: usize = 500;
/// How many characters a wish for another time, or why an event is cancelled, may have.
pub const MAX_WISH_CHARACTERS: usize = 500;
/// How many hours an event may last.
pub const MAX_EVENT_HOURS: i64 = 24;
/// How many days ahead an event may be.
pub const MAX_EVENT_DAYS_AHEAD: i64 = 731;
/// Until how many hours before an event a citizen may change it, unless the unit says otherwise.
pub const DEFAULT_CANCEL_HOURS: u16 = 24;
/// How many hours a unit may ask for at most: two weeks.
pub const MAX_CANCEL_HOURS: u16 = 336;

/// How the two sides meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The citizen comes, or somebody comes to them: the place says where.
    Visit,
    /// The unit calls.
    Phone,
    /// Both open the link.
    Video,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Visit, Self::Phone, Self::Video];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Phone => "phone",
            Self::Video => "video",
        }
    }
}

/// Where an event stands. Whether it is past follows from the clock, and is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventState {
    /// The unit has given it; the citizen has not said that they come.
    Booked,
    /// The citizen has said that they come, or chose the time themselves.
    Confirmed,
    /// It will not be.
    Cancelled,
}

impl EventState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Booked, Self::Confirmed, Self::Cancelled];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// How an event that is kept in the patient information system (potilastietojärjestelmä) stands with that system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EhrState {
    /// It is as that system says.
    InStep,
    /// The citizen has cancelled it, and that system is still to be told.
    Waiting,
    /// The citizen has cancelled it, and that system does not take it: somebody must cancel it there.
    Failed,
}

impl EhrState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::InStep, Self::Waiting, Self::Failed];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::InStep => "in_step",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
        }
    }
}

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventTime {
    /// When it begins.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub starts_at: DateTime<Utc>,
    /// When it ends: after it begins, and within 24 hours.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub ends_at: DateTime<Utc>,
}

impl EventTime {
    pub(crate) fn validate_as(&self, field: &str, validation: &mut Validation) {
        let lasts = self.ends_at - self.starts_at;
        if lasts <= TimeDelta::zero() || lasts > TimeDelta::hours(MAX_EVENT_HOURS) {
            validation.refuse(&format!("{field}.endsAt"), FieldErrorCode::InvalidFormat);
        }
    }
}

/// What a unit says of an event, in its own words and the citizen's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventContent {
    /// How the two sides meet.
    pub kind: EventKind,
    /// What it is: 1 to 100 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub title: String,
    /// Where: at most 200 Unicode characters. A visit has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub place: String,
    /// How to get there, or how the call comes about: at most 2,000 Unicode characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "server", schema(max_length = 2_000))]
    pub directions: String,
    /// What to do before: at most 2,000 Unicode characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "server", schema(max_length = 2_000))]
    pub preparation: String,
    /// Where a video call is: an address that begins with `https://`, at most 500 visible ASCII characters. A video call has it,
    /// and nothing else does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 500))]
    pub link: Option<String>,
}

impl EventContent {
    pub(crate) fn validate_in(&self, validation: &mut Validation) {
        validation.text("content.title", &self.title, MAX_EVENT_TITLE_CHARACTERS);
        match self.kind {
            EventKind::Visit => validation.text("content.place", &self.place, MAX_PLACE_CHARACTERS),
            EventKind::Phone | EventKind::Video => {
                validation.draft("content.place", &self.place, MAX_PLACE_CHARACTERS);
            }
        }
        validation.draft("content.directions", &self.directions, MAX_EVENT_TEXT_CHARACTERS);
        validation.draft("content.preparation", &self.preparation, MAX_EVENT_TEXT_CHARACTERS);
        match (self.kind, &self.link) {
            (EventKind::Video, None) => validation.refuse("content.link", FieldErrorCode::Required),
            (EventKind::Video, Some(link)) if !is_link(link) => {
                validation.refuse("content.link", FieldErrorCode::InvalidFormat);
            }
            (EventKind::Visit | EventKind::Phone, Some(_)) => {
                validation.refuse("content.link", FieldErrorCode::InvalidFormat);
            }
            _ => {}
        }
    }
}

/// Whether a text is an address that can be opened: nothing but HTTPS, with a name of a server, and no name of a user in it, which
/// could make the address look like another's.
fn is_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let server = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_short = text.len() <= MAX_LINK_CHARACTERS;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
    is_short && is_plain && server.contains('.') && !server.contains('@')
}

/// Somebody does not want an event as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cancelled {
    /// Which side cancelled it.
    pub by: Side,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// Why, when they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The citizen has asked for another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AskedOtherTime {
    /// What would suit, in the citizen's words.
    pub wish: String,
    /// When they asked.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
}

/// An event: a unit and a citizen meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Whose it is.
    pub citizen: CitizenRef,
    /// The unit that gave it.
    pub unit: UnitRef,
    /// What the unit says of it.
    pub content: EventContent,
    /// When it is.
    pub time: EventTime,
    /// Where it stands.
    pub state: EventState,
    /// Until when the citizen may cancel it or ask for another time. Later they call the unit.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub changeable_until: DateTime<Utc>,
    /// When the citizen said that they come; absent while they have not.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Who cancelled it, when and why; absent when nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Cancelled>,
    /// What the citizen wishes instead; absent once it was moved, confirmed or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_other_time: Option<AskedOtherTime>,
    /// Whether it is hidden from those who act for the citizen.
    #[serde(default)]
    pub is_hidden_from_proxies: bool,
    /// Whether the unit may not open it, because the processing of the citizen's data is restricted. Then the unit sees that it is
    /// there, and no words of it.
    #[serde(default)]
    pub is_restricted: bool,
    /// How it stands with the patient information system, when it is kept there. Then the unit changes and cancels it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ehr: Option<EhrState>,
    /// When it was given or booked.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub given_at: DateTime<Utc>,
    /// When it was last changed.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub changed_at: DateTime<Utc>,
    /// Which version this is; the `ETag` says the same.
    pub version: u32,
}

/// Which events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventList {
    /// Those that are not over, the next first; what was cancelled is among them until then.
    #[default]
    Coming,
    /// Those that are over, the latest first.
    Past,
}

impl EventList {
    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::Past => "past",
        }
    }
}

/// Which page of which events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct EventQuery {
    /// Which events: `coming` when absent.
    #[serde(default)]
    #[cfg_attr(feature = "server", param(inline, required = false))]
    pub list: EventList,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

/// What a unit lets citizens do with their times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventSettings {
    /// Until how many hours before an event a citizen may cancel it or ask for another time: 0 to 336, 24 until somebody says
    /// otherwise. Events that were given before keep what they promised.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 336))]
    pub cancel_hours: u16,
}

impl Default for EventSettings {
    fn default() -> Self {
        Self { cancel_hours: DEFAULT_CANCEL_HOURS }
    }
}

impl EventSettings {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        if self.cancel_hours > MAX_CANCEL_HOURS {
            validation.refuse("cancelHours", FieldErrorCode::InvalidFormat);
        }
        validation.finish()
    }
}

#[cfg(test)]
mod tests;
