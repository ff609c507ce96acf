//! What a message leads to: things of other features, which stay where they are.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::FieldErrorCode;
use crate::events::{Event, EventState};
use crate::ids::LinkedId;
use crate::language::LocalText;
use crate::tasks::{Task, TaskState};
use crate::validation::Validation;

/// How many links a message may hold.
pub const MAX_LINKS: usize = 10;

/// What kind of thing a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// A guide, which everybody may read.
    Guide,
    /// A task of the citizen.
    Task,
    /// An event of the citizen.
    Event,
}

impl LinkKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Guide, Self::Task, Self::Event];

    /// The kind as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Task => "task",
            Self::Event => "event",
        }
    }

    /// Whether citizens lead to it as well: what is their own they may write about.
    #[must_use]
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Task | Self::Event)
    }
}

/// A link that is to go with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// What kind of thing it leads to.
    pub kind: LinkKind,
    /// The thing's id.
    pub id: LinkedId,
}

/// A link of a message, to the thing as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What kind of thing it leads to.
    pub kind: LinkKind,
    /// The thing's id.
    pub id: LinkedId,
    /// What the thing is called now; empty in a language that it does not have, and in all of an event that is hidden from who
    /// acts for the citizen.
    pub title: LocalText,
    /// When an event begins; absent of everything else, and when the event is hidden.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub starts_at: Option<DateTime<Utc>>,
    /// Whether the thing is no longer kept up, or was called off. It opens all the same.
    #[serde(default)]
    pub is_retired: bool,
}

/// Which page of a citizen's threads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThreadQuery {
    /// Only threads with a message that leads to this thing: a task or an event of the citizen, or a guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<LinkedId>,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

impl From<&Link> for NewLink {
    fn from(link: &Link) -> Self {
        Self { kind: link.kind, id: link.id }
    }
}

impl From<&Task> for Link {
    fn from(task: &Task) -> Self {
        Self {
            kind: LinkKind::Task,
            id: LinkedId::from_uuid(*task.id.as_uuid()),
            title: task.title.clone(),
            starts_at: None,
            is_retired: task.state == TaskState::Cancelled,
        }
    }
}

impl From<&Event> for Link {
    fn from(event: &Event) -> Self {
        let title = &event.content.title;
        Self {
            kind: LinkKind::Event,
            id: LinkedId::from_uuid(*event.id.as_uuid()),
            title: LocalText { fi: title.clone(), sv: title.clone(), en: title.clone() },
            starts_at: Some(event.time.starts_at),
            is_retired: event.state == EventState::Cancelled,
        }
    }
}

/// At most so many as a message holds, and none twice.
pub(crate) fn validate_links(validation: &mut Validation, links: &[NewLink]) {
    validation.count("links", links.len(), MAX_LINKS);
    let is_twice = |(place, link): (usize, &NewLink)| links.iter().take(place).any(|before| before == link);
    if links.len() <= MAX_LINKS && links.iter().enumerate().any(is_twice) {
        validation.refuse("links", FieldErrorCode::InvalidFormat);
    }
}
