//! The agenda: a citizen's tasks and events in one list.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::tasks::Task;

/// A part of the agenda.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgendaList {
    /// What is to be done now, what waits for the citizen to say that they come, and what is today: what ends first comes first.
    #[default]
    Now,
    /// What is ahead, however far: the next first.
    Coming,
    /// What is done, over, called off or cancelled: the latest first.
    Done,
}

impl AgendaList {
    /// Every part, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Now, Self::Coming, Self::Done];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Coming => "coming",
            Self::Done => "done",
        }
    }
}

/// One entry of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgendaItem {
    /// A task.
    Task(Box<Task>),
    /// An event.
    Event(Box<Event>),
}

/// Which page of which part of the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AgendaQuery {
    /// Which part: `now` when absent.
    #[serde(default)]
    #[cfg_attr(feature = "server", param(inline, required = false))]
    pub list: AgendaList,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}
