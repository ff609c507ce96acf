//! A citizen's own data, packed for them to take away.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::ExportId;

/// Where the packing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// It has not begun.
    Waiting,
    /// It is going on.
    Working,
    /// The file can be fetched.
    Ready,
    /// It did not succeed, also when tried again.
    Failed,
}

/// A package of a citizen's own data: a zip file with a page to read, all of it as JSON, and what maps as a FHIR R4 Bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// Where the packing stands.
    pub state: ExportState,
    /// How much is done, in per cent.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 100))]
    pub progress: u8,
    /// When it was asked for.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub created_at: DateTime<Utc>,
    /// The size of the file in bytes; absent until it is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
    /// When it is deleted.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub expires_at: DateTime<Utc>,
}
