//! Events in calendars outside the apps.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How much an event's calendar file says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct EventFileQuery {
    /// Whether it says what and where the event is and how to prepare. Otherwise it says that there is something, and when.
    #[serde(default)]
    #[cfg_attr(feature = "server", param(required = false))]
    pub details: bool,
}

/// The address by which a citizen's calendar fetches their events. The address itself is told once, when it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CalendarFeed {
    /// Whether it tells what and where the events are and how to prepare.
    pub shows_details: bool,
    /// When it was made.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub created_at: DateTime<Utc>,
    /// When somebody last fetched it; absent while nobody has.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub fetched_at: Option<DateTime<Utc>>,
}

/// Whether a citizen has such an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CalendarFeedState {
    /// It; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<CalendarFeed>,
}

/// Makes an address; one that there was before is worth nothing then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCalendarFeed {
    /// Whether it tells what and where the events are and how to prepare. Otherwise it tells that there is something, and when.
    #[serde(default)]
    pub shows_details: bool,
}

/// An address that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedCalendarFeed {
    /// What there is now.
    pub feed: CalendarFeed,
    /// The address, for the calendar. Whoever has it sees the events; it is told this once.
    pub address: String,
}

impl std::fmt::Debug for CreatedCalendarFeed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CreatedCalendarFeed")
    }
}
