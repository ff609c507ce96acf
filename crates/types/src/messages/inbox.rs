//! Which part of a unit's inbox is wanted, and how much nobody has read.

use serde::{Deserialize, Serialize};

use super::ThreadState;
use crate::ids::{TopicId, UnitId};

/// Whose threads of an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HolderFilter {
    /// Those the caller has taken.
    Mine,
    /// Those nobody has taken.
    Free,
}

/// What marks a thread of an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InboxMark {
    /// Nobody of the unit has read all of it.
    Unread,
    /// The citizen did not understand an instruction.
    NotUnderstood,
    /// It came from another unit.
    Forwarded,
    /// This unit sent it on to another, and may still see it.
    SentOn,
}

/// Which part of a unit's inbox.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct InboxQuery {
    /// Threads in this state: `waiting` (who has waited longest comes first, also when absent), `answered` or
    /// `closed` (newest first).
    #[serde(default)]
    pub state: ThreadState,
    /// Whose: `mine` for those the caller has taken, `free` for those nobody has; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<HolderFilter>,
    /// Only those about this topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    /// Only those that need a look first: `unread`, `not_understood`, `forwarded` from another unit, or `sent_on` by this unit
    /// to another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<InboxMark>,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

/// How much the signed-in person has not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnreadCount {
    /// Messages not read: a citizen's own, or those of all the professional's units together.
    pub messages: u32,
    /// For a professional, the same by unit; empty for a citizen.
    pub units: Vec<UnitUnread>,
}

/// What awaits one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnitUnread {
    /// The unit.
    pub unit_id: UnitId,
    /// Messages from citizens that nobody in the unit has read.
    pub messages: u32,
    /// Threads whose citizen waits for an answer.
    pub waiting_threads: u32,
}
