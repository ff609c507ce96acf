//! Messages that a professional wants sent later, such as on the morning before a visit.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::ids::{MessageId, ScheduledMessageId};
use crate::messages::{Link, MAX_MESSAGE_CHARACTERS, NewLink, validate_instructions, validate_links};
use crate::people::Professional;
use crate::validation::Validation;

/// How many messages may wait in one thread.
pub const MAX_SCHEDULED: usize = 20;
/// How many days ahead a message may be sent.
pub const MAX_DAYS_AHEAD: i64 = 366;

/// A message that is to be sent later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewScheduledMessage {
    /// The message: 1 to 10,000 Unicode characters, U+0000 not among them, not only white space.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 10_000))]
    pub text: String,
    /// What the citizen is told to do: at most 10, each of 1 to 500 Unicode characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub instructions: Vec<String>,
    /// Things of other features that it leads to: at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub links: Vec<NewLink>,
    /// The newest message that the writer has seen: when the citizen writes after it, this one is held.
    pub after: MessageId,
    /// When it is to be sent: from now on, at most 366 days ahead.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub send_at: DateTime<Utc>,
}

impl NewScheduledMessage {
    /// The form and the server ask the same question, but for the time, which depends on the clock.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("text", &self.text, MAX_MESSAGE_CHARACTERS);
        validate_instructions(&mut validation, &self.instructions);
        validate_links(&mut validation, &self.links);
        validation.finish()
    }
}

/// Why a message was not sent when its time came. Who wrote it, or a colleague, decides what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// The citizen has written meanwhile.
    NewerMessages,
    /// The thread has moved to another unit.
    Moved,
    /// A colleague has taken the thread.
    Taken,
    /// The writer may not write into the thread any more.
    NotAllowed,
    /// It leads to something that can no longer be sent, such as a guide that was retired.
    LinkGone,
}

impl Held {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::NewerMessages, Self::Moved, Self::Taken, Self::NotAllowed, Self::LinkGone];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewerMessages => "newer_messages",
            Self::Moved => "moved",
            Self::Taken => "taken",
            Self::NotAllowed => "not_allowed",
            Self::LinkGone => "link_gone",
        }
    }
}

/// A message that waits for its time, or was held. For professionals only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScheduledMessage {
    /// Its id.
    pub id: ScheduledMessageId,
    /// Who wrote it.
    pub by: Professional,
    /// The message.
    pub text: String,
    /// What the citizen is told to do.
    pub instructions: Vec<String>,
    /// What it leads to, as it is now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// When it is to be sent.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub send_at: DateTime<Utc>,
    /// Why it was not sent; absent while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}
