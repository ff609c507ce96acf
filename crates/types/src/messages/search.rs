//! Finding threads of a unit by words.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::validation::Validation;

/// How many characters the words to look for may have.
pub const MAX_SEARCH_CHARACTERS: usize = 200;

/// The words that threads are looked for by. They may be names and illnesses, so they are sent in the body and stand in no
/// address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InboxSearch {
    /// The words, in any of their Finnish forms; all of them must be in the thread: in its messages, its topic or the name of
    /// its citizen. 1 to 200 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 200))]
    pub text: String,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

impl InboxSearch {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("text", &self.text, MAX_SEARCH_CHARACTERS);
        validation.finish()
    }
}
