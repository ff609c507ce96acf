//! How a unit keeps what it promises.

use serde::{Deserialize, Serialize};

/// How a unit answers, for its lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnitPromises {
    /// How many threads wait for an answer now.
    pub waiting_threads: u32,
    /// How many of them have not been answered by when it was first promised.
    pub late_threads: u32,
    /// How many answers of the last 28 days had been promised.
    pub promised_answers: u32,
    /// How many of those came in time.
    pub kept_promises: u32,
    /// In how many minutes of opening time the unit usually answers: the median of the last 28 days; absent when there are
    /// too few answers to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_minutes: Option<u32>,
}
