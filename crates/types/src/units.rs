//! Service units, when they are open, and the topics that lead to them.

use serde::{Deserialize, Serialize};

use crate::ids::{TopicId, UnitId};
use crate::language::LocalText;

/// A service unit (palveluyksikkö).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// The unit's id.
    pub id: UnitId,
    /// What it does and where.
    pub name: LocalText,
    /// Municipality where it is.
    pub municipality: String,
    /// Phone number for those who would rather call.
    pub phone: String,
    /// When it is open, by weekday and time; several blocks a day are possible.
    pub hours: Vec<OpeningBlock>,
    /// What a citizen can write to it about.
    pub topics: Vec<Topic>,
}

/// A unit, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnitRef {
    /// The unit's id.
    pub id: UnitId,
    /// What it does and where.
    pub name: LocalText,
}

/// One stretch of opening hours, in the time of Europe/Helsinki.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpeningBlock {
    /// ISO weekday: Monday is 1, Sunday 7.
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 7))]
    pub weekday: u8,
    /// Minutes from midnight to the opening.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1440))]
    pub opens_minute: u16,
    /// Minutes from midnight to the closing; later than the opening.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1440))]
    pub closes_minute: u16,
}

/// What a matter is about, in plain words; it leads to one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    /// The topic's id.
    pub id: TopicId,
    /// The unit that answers.
    pub unit_id: UnitId,
    /// The topic as citizens call it.
    pub name: LocalText,
    /// What it is for beside its name; absent for most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<TopicPurpose>,
}

/// What a topic is for beside its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TopicPurpose {
    /// Questions to the privacy officer about one's own data.
    Privacy,
}
