//! Reply templates: texts that professionals begin an answer with. A unit's are for all who work in it, one's own for oneself.
//!
//! Which variables a text may hold, and how it is filled, is in the rules.

use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{TemplateId, UnitId};
use crate::language::{Language, LocalText};
use crate::messages::MAX_MESSAGE_CHARACTERS;
use crate::validation::Validation;

/// How many templates a unit, and how many a professional, may have.
pub const MAX_TEMPLATES: u32 = 200;
/// How many Unicode characters a title may have.
pub const MAX_TITLE_CHARACTERS: usize = 100;

/// A reply template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// The template's id.
    pub id: TemplateId,
    /// The unit whose it is; absent for the caller's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// Which version this is; the `ETag` says the same.
    pub version: u32,
    /// What it says.
    pub content: TemplateContent,
}

/// What a reply template says. A language has both a title and a text or neither, and at least one language has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateContent {
    /// What it is found by: at most 100 characters in each language; empty in a language that it does not have.
    pub title: LocalText,
    /// The text: at most 10,000 characters in each language; empty in a language that it does not have. Variables stand in
    /// braces: `{client_given_name}`, `{client_name}`, `{unit_name}`, `{unit_phone}`, `{professional_name}`,
    /// `{professional_title}` and `{today}`.
    pub body: LocalText,
}

impl TemplateContent {
    /// Whether it has a language.
    #[must_use]
    pub fn has(&self, language: Language) -> bool {
        !self.body.text(language).trim().is_empty()
    }

    /// The language to use for who wants `wanted`: that one when it has it, else the first it has.
    #[must_use]
    pub fn language_for(&self, wanted: Language) -> Option<Language> {
        std::iter::once(wanted).chain(Language::ALL).find(|language| self.has(*language))
    }

    /// The form and the server ask the same question, by the rules' `templates::validate`: it asks for the variables, too.
    ///
    /// # Errors
    /// The refused fields: such as `title.fi` or `body.sv`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        for language in Language::ALL {
            self.validate_in(language, &mut validation);
        }
        let is_empty = |language| is_blank(self.title.text(language)) && is_blank(self.body.text(language));
        if Language::ALL.into_iter().all(is_empty) {
            for part in ["title", "body"] {
                validation.refuse(&field(part, Language::Fi), FieldErrorCode::Required);
            }
        }
        validation.finish()
    }

    fn validate_in(&self, language: Language, validation: &mut Validation) {
        let parts = [
            ("title", self.title.text(language), self.body.text(language), MAX_TITLE_CHARACTERS),
            ("body", self.body.text(language), self.title.text(language), MAX_MESSAGE_CHARACTERS),
        ];
        for (part, text, other, limit) in parts {
            match is_blank(other) {
                true => validation.draft(&field(part, language), text, limit),
                false => validation.text(&field(part, language), text, limit),
            }
        }
    }
}

/// The name of a field in a language.
fn field(part: &str, language: Language) -> String {
    format!("{part}.{}", language.code())
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text([fi, sv, en]: [&str; 3]) -> LocalText {
        LocalText { fi: fi.to_owned(), sv: sv.to_owned(), en: en.to_owned() }
    }

    fn refused(title: [&str; 3], body: [&str; 3]) -> Vec<(String, FieldErrorCode)> {
        let content = TemplateContent { title: text(title), body: text(body) };
        let errors = content.validate().err().unwrap_or_default();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn a_title_and_a_body_go_together_in_each_language() {
        assert_eq!(refused(["", "Recept", ""], ["", "Hej!", ""]), []);
        let missing = |field: &str| (field.to_owned(), FieldErrorCode::Required);
        assert_eq!(refused(["Resepti", "", ""], ["Hei!", "Hej!", ""]), [missing("title.sv")]);
        assert_eq!(refused(["Resepti", "", "Refill"], ["Hei!", "", " "]), [missing("body.en")]);
        assert_eq!(refused([""; 3], [" ", "", ""]), [missing("title.fi"), missing("body.fi")]);
    }

    #[test]
    fn neither_is_longer_than_its_limit() {
        let too_long = |field: &str| (field.to_owned(), FieldErrorCode::TooLong);
        let (title, body) = ("a".repeat(100), "ä".repeat(10_000));
        assert_eq!(refused([&title, "", ""], [&body, "", ""]), []);
        let (title, body) = (title + "a", body + "ä");
        assert_eq!(refused([&title, "", ""], [&body, "", ""]), [too_long("title.fi"), too_long("body.fi")]);
    }

    #[test]
    fn it_is_used_in_the_wanted_language_or_the_first_it_has() {
        let content = TemplateContent { title: text(["a", "b", ""]), body: text(["a", "b", ""]) };
        assert_eq!(content.language_for(Language::Sv), Some(Language::Sv));
        assert_eq!(content.language_for(Language::En), Some(Language::Fi));
        assert_eq!(TemplateContent::default().language_for(Language::Fi), None);
    }
}
