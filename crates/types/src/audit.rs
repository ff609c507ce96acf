//! The access log as the person it tells of reads it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::AccessId;
use crate::language::LocalText;

/// One line: somebody saw or changed data of a citizen, or was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Access {
    /// The line's id.
    pub id: AccessId,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// What was done.
    pub action: AccessAction,
    /// The operation of this API that did it, by its `operationId`, such as `listMessages`.
    pub operation: String,
    /// Why it was allowed.
    pub ground: AccessGround,
    /// A professional's title in Finnish; absent when the citizen did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The unit for which a professional did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<LocalText>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccessAction {
    /// Data was seen.
    Read,
    /// Data was added or changed.
    Write,
    /// Somebody asked and was refused.
    Refused,
    /// The citizen signed in.
    SignedIn,
}

/// Why it was allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccessGround {
    /// It is the citizen's own.
    Own,
    /// The matter is with a unit that the professional belongs to.
    Unit,
    /// It was not allowed.
    None,
}

/// Which part of a citizen's access log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessQuery {
    /// Whether to leave out what the citizen did with their own data; `false` when absent.
    #[serde(default)]
    pub others_only: bool,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}
