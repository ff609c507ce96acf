//! The access log as the person it tells of reads it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{AccessId, RequestId};
use crate::language::LocalText;
use crate::people::CitizenRef;
use crate::sessions::PersonId;

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
    /// The name of who did it while acting for the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// The third-party program by which it was done; absent when it was done in our own apps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// The reason that was written down for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
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
    /// Break-glass: the professional wrote down why.
    Emergency,
    /// The guardian of a child.
    Guardian,
    /// A mandate of the citizen, or the court's.
    Mandate,
    /// A program that the citizen let in.
    Consent,
    /// The duty of an office: the privacy officer's, the administrators'.
    Office,
    /// It was not allowed.
    None,
}

impl AccessGround {
    /// Every ground.
    pub const ALL: [Self; 8] = [
        Self::Own,
        Self::Unit,
        Self::Emergency,
        Self::Guardian,
        Self::Mandate,
        Self::Consent,
        Self::Office,
        Self::None,
    ];
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

/// A line as the privacy officer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditLine {
    /// The line's id.
    pub id: AccessId,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// What was done.
    pub action: AccessAction,
    /// The operation of this API that did it, by its `operationId`.
    pub operation: String,
    /// Why it was allowed.
    pub ground: AccessGround,
    /// Who did it; absent when nobody could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<PersonId>,
    /// The name of who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_name: Option<String>,
    /// A professional's title in Finnish, as it was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The unit for which a professional did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<LocalText>,
    /// The third-party program by which it was done; absent when it was done in our own apps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// The citizens it tells of, the first few of many.
    pub citizens: Vec<CitizenRef>,
    /// How many citizens it tells of.
    pub citizen_count: u32,
    /// The reason that was written down for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The request in which it was done, as in the server's log.
    pub request_id: RequestId,
}

/// What the privacy officer should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditFlag {
    /// Break-glass.
    Emergency,
    /// A professional looked while the unit had no open matter of the citizen.
    NoOpenMatter,
}

/// What the privacy officer searches the access log for. One of the four selects; the newest lines come first.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditSearch {
    /// Lines that tell of the citizen of this identity code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_code: Option<String>,
    /// Lines of what a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<PersonId>,
    /// Lines with this flag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<AuditFlag>,
    /// One line: the one a citizen asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<AccessId>,
    /// Lines from this moment on.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub from: Option<DateTime<Utc>>,
    /// Lines before this moment.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub to: Option<DateTime<Utc>>,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

impl std::fmt::Debug for AuditSearch {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("AuditSearch")
    }
}
