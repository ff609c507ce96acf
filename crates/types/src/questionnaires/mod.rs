//! Questionnaires (kysely, lomake): what a version of a form holds, and what is answered to it.
//!
//! Here are the shapes and their sizes. What makes a form sound, which questions show, what counts and what it scores is in
//! the rules, which the browser and the server share.

mod answers;
mod items;
mod kept;
mod scoring;
mod sizes;

pub use answers::{Answer, Answers, MAX_ANSWER_CHARACTERS};
pub use items::{Choice, Code, Condition, Conditions, Item, ItemKind, Join, Operator, Picture, Unit};
pub use kept::{
    ImportedQuestionnaire, LeftOut, NewQuestionnaire, Questionnaire, QuestionnaireImportQuery,
    QuestionnaireSummary, QuestionnaireVersion,
};
pub use scoring::{Alert, Band, Score, Severity};
use serde::{Deserialize, Serialize};
pub use sizes::{
    MAX_ALERTS, MAX_CHOICES, MAX_CODE_CHARACTERS, MAX_CODES, MAX_CONDITIONS, MAX_DEPTH, MAX_ITEMS,
    MAX_SCORES, MAX_SHORT_CHARACTERS, MAX_TEXT_CHARACTERS,
};

use crate::language::{Language, LocalText};

/// What a version of a questionnaire holds. A version that is published does not change; a change makes the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Form {
    /// What it is called: at most 200 characters in each language. A text is empty in a language that the form lacks.
    pub title: LocalText,
    /// What it is for, shown before the questions.
    #[serde(default)]
    pub description: LocalText,
    /// Where it comes from and what may be done with it.
    #[serde(default)]
    pub rights: Rights,
    /// Where the texts of each language come from.
    #[serde(default)]
    pub translations: Translations,
    /// Groups, questions and information, in the order they are shown: at most 500 with those inside, five levels deep.
    #[cfg_attr(feature = "server", schema(max_items = 500))]
    pub items: Vec<Item>,
    /// What is counted of the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 20))]
    pub scores: Vec<Score>,
    /// What is told at once when an answer calls for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 20))]
    pub alerts: Vec<Alert>,
}

/// Where a form comes from and what may be done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rights {
    /// On what terms it may be used, such as `CC0-1.0`, or in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// Where it was published: a reference or an address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Who is to be named with it, shown under the form.
    #[serde(default)]
    pub attribution: LocalText,
}

/// Where the texts of each language come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Translations {
    /// Finnish.
    #[serde(default)]
    pub fi: Translation,
    /// Swedish.
    #[serde(default)]
    pub sv: Translation,
    /// English.
    #[serde(default)]
    pub en: Translation,
}

impl Translations {
    /// Where the texts of a language come from.
    #[must_use]
    pub const fn of(self, language: Language) -> Translation {
        match language {
            Language::Fi => self.fi,
            Language::Sv => self.sv,
            Language::En => self.en,
        }
    }
}

/// Where the texts of one language come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Translation {
    /// The form is not in this language, or not yet in all of it.
    #[default]
    Missing,
    /// A translation of whoever made the form here. It has not been validated, and the form says so.
    Working,
    /// A translation that the instrument's owner has published or approved.
    Official,
    /// The form was written in this language.
    Original,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forms hold groups, which hold items: a description that followed that would have no end.
    #[cfg(feature = "server")]
    #[test]
    fn the_schema_of_a_form_has_an_end() {
        use utoipa::ToSchema;

        let mut schemas = Vec::new();
        Form::schemas(&mut schemas);
        let names: Vec<String> = schemas.into_iter().map(|(name, _)| name).collect();
        for name in ["Item", "ItemKind", "Conditions", "Answer", "Score", "Alert"] {
            assert!(names.iter().any(|known| known == name), "{name} is not in {names:?}");
        }
    }

    #[test]
    fn a_form_is_written_without_what_it_does_not_have() {
        let json = concat!(
            r#"{"title":{"fi":"A","sv":"","en":""},"description":{"fi":"","sv":"","en":""},"#,
            r#""rights":{"licence":"CC0-1.0","attribution":{"fi":"","sv":"","en":""}},"#,
            r#""translations":{"fi":"original","sv":"missing","en":"missing"},"#,
            r#""items":[{"linkId":"a","text":{"fi":"B","sv":"","en":""},"help":{"fi":"","sv":"","en":""},"#,
            r#""isRequired":true,"showWhen":{"join":"any","of":[{"question":"b","operator":"at_least","#,
            r#""value":{"type":"number","value":3}}]},"kind":{"type":"number","min":0.5,"decimals":1}}]}"#,
        );
        let form: Form = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&form).unwrap(), json);
    }
}
