//! Half-written messages: kept on the server as they are typed, so that they can be gone on with on another device. Only who
//! writes one ever sees it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::attachments::Attachment;
use crate::error::FieldError;
use crate::ids::TopicId;
use crate::messages::MAX_MESSAGE_CHARACTERS;
use crate::validation::Validation;

/// What somebody has written so far at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The text; empty when nothing is kept.
    pub text: String,
    /// The chosen topic, of a new thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic_id: Option<TopicId>,
    /// When it was written, by the clock of the device; absent when nothing is kept.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub written_at: Option<DateTime<Utc>>,
    /// The files that were uploaded at this place and not sent yet.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// What is to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DraftUpdate {
    /// The text so far: at most 10,000 Unicode characters, U+0000 not among them. It may be empty.
    #[cfg_attr(feature = "server", schema(max_length = 10_000))]
    pub text: String,
    /// The chosen topic, of a new thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic_id: Option<TopicId>,
    /// When it was written, by the clock of the device. What is kept and newer stays.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub written_at: DateTime<Utc>,
}

impl DraftUpdate {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.draft("text", &self.text, MAX_MESSAGE_CHARACTERS);
        validation.finish()
    }
}
