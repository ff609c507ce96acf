//! What a message leads to: things of other features, which stay where they are.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrorCode;
use crate::ids::LinkedId;
use crate::language::LocalText;
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
}

impl LinkKind {
    /// Every kind.
    pub const ALL: [Self; 1] = [Self::Guide];

    /// The kind as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Guide => "guide",
        }
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
    /// What the thing is called now; empty in a language that it does not have.
    pub title: LocalText,
    /// Whether the thing is no longer kept up. It opens all the same.
    #[serde(default)]
    pub is_retired: bool,
}

impl From<&Link> for NewLink {
    fn from(link: &Link) -> Self {
        Self { kind: link.kind, id: link.id }
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
