//! Saved views of an inbox: what it is narrowed to or searched for, kept under a name. A unit's are for all who work in it, one's own
//! for oneself.

use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{TopicId, UnitId, ViewId};
use crate::messages::{HolderFilter, InboxMark, MAX_SEARCH_CHARACTERS, ThreadState};
use crate::validation::Validation;

/// How many views a unit, and how many a professional in a unit, may have.
pub const MAX_VIEWS: u32 = 50;
/// How many Unicode characters a name may have.
pub const MAX_VIEW_NAME_CHARACTERS: usize = 60;

/// A saved view of a unit's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// The view's id.
    pub id: ViewId,
    /// The unit whose inbox it is of.
    pub unit_id: UnitId,
    /// Whether it is the unit's, for all who work in it; otherwise the caller's own.
    pub is_shared: bool,
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub shows: Narrowing,
}

/// What begins a view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewView {
    /// What it is called: 1 to 60 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 60))]
    pub name: String,
    /// Whether it is for all who work in the unit. Its lead and the administrators make such.
    #[serde(default)]
    pub is_shared: bool,
    /// What it shows.
    pub shows: Narrowing,
}

/// What an inbox is narrowed to, or searched for: with words, threads in any state are looked for, and nothing else narrows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Narrowing {
    /// Threads in this state; `waiting` when absent.
    #[serde(default)]
    pub state: ThreadState,
    /// Whose: `mine` for those that the one who looks has taken, `free` for those nobody has; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<HolderFilter>,
    /// Only those about this topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic_id: Option<TopicId>,
    /// Only those that need a look first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<InboxMark>,
    /// The words to look for: 1 to 200 Unicode characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 200))]
    pub text: Option<String>,
}

impl NewView {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields: `name`, `shows.text`, `shows`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("name", &self.name, MAX_VIEW_NAME_CHARACTERS);
        let shows = &self.shows;
        if let Some(text) = &shows.text {
            validation.text("shows.text", text, MAX_SEARCH_CHARACTERS);
            let only_words = Narrowing { text: Some(text.clone()), ..Narrowing::default() };
            if *shows != only_words {
                validation.refuse("shows", FieldErrorCode::InvalidFormat);
            }
        }
        validation.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(shows: Narrowing) -> Vec<(String, FieldErrorCode)> {
        let view = NewView { name: "Omat".to_owned(), is_shared: false, shows };
        let errors = view.validate().err().unwrap_or_default();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn words_are_looked_for_and_nothing_else_narrows() {
        let words = |text: &str| Narrowing { text: Some(text.to_owned()), ..Narrowing::default() };
        assert_eq!(refused(words("resepti")), []);
        assert_eq!(refused(words(" ")), [("shows.text".to_owned(), FieldErrorCode::Required)]);
        let both = Narrowing { holder: Some(HolderFilter::Mine), ..words("resepti") };
        assert_eq!(refused(both), [("shows".to_owned(), FieldErrorCode::InvalidFormat)]);
        let mine = Narrowing { holder: Some(HolderFilter::Mine), ..Narrowing::default() };
        assert_eq!(refused(mine), []);
    }
}
