//! Writing to a chosen group: the same message to each, in a thread of their own. Nobody sees who else got it.

use serde::{Deserialize, Serialize};

use crate::error::{ErrorCode, FieldError, FieldErrorCode};
use crate::ids::{CitizenId, ThreadId, TopicId};
use crate::validation::Validation;

/// How many citizens a group may have.
pub const MAX_GROUP: usize = 200;

/// The same first message to each of some citizens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewGroupThreads {
    /// What it is about: a topic of the unit.
    pub topic_id: TopicId,
    /// The message: 1 to 10,000 Unicode characters, U+0000 not among them, not only white space.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 10_000))]
    pub text: String,
    /// To whom: 1 to 200 citizens, each once.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 200))]
    pub citizen_ids: Vec<CitizenId>,
}

impl NewGroupThreads {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("text", &self.text, super::MAX_MESSAGE_CHARACTERS);
        if self.citizen_ids.is_empty() {
            validation.refuse("citizenIds", FieldErrorCode::Required);
        }
        validation.count("citizenIds", self.citizen_ids.len(), MAX_GROUP);
        let mut seen = self.citizen_ids.clone();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() != self.citizen_ids.len() {
            validation.refuse("citizenIds", FieldErrorCode::InvalidFormat);
        }
        validation.finish()
    }
}

/// What came of it for one citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupOutcome {
    /// The citizen.
    pub citizen_id: CitizenId,
    /// The thread that began; absent when none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<ThreadId>,
    /// Why none began; absent when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ErrorCode>,
}
