//! How large a form and its parts may be. What they mean is for the rules to check.

use super::{Alert, Choice, Conditions, Form, Item, ItemKind, MAX_ANSWER_CHARACTERS, Score};
use crate::error::{FieldError, FieldErrorCode};
use crate::language::{Language, LocalText};
use crate::validation::Validation;

/// How many items a form may have, those inside groups with them.
pub const MAX_ITEMS: usize = 500;
/// How many levels of items there may be.
pub const MAX_DEPTH: usize = 5;
/// How many options a question may have.
pub const MAX_CHOICES: usize = 100;
/// How many conditions may go together.
pub const MAX_CONDITIONS: usize = 20;
/// How many scores a form, and how many bands a score, may have.
pub const MAX_SCORES: usize = 20;
/// How many alerts a form may have.
pub const MAX_ALERTS: usize = 20;
/// How many codes of code systems an item may have.
pub const MAX_CODES: usize = 10;
/// How many characters a link id or a code may have.
pub const MAX_CODE_CHARACTERS: usize = 64;
/// How many characters a title, a name or the text of an option may have.
pub const MAX_SHORT_CHARACTERS: usize = 200;
/// How many characters any other text may have.
pub const MAX_TEXT_CHARACTERS: usize = 5_000;

impl Form {
    /// The form and the server ask the same question, by the rules' `questionnaires::Prepared::new`: it asks as well whether
    /// the form makes sense.
    ///
    /// # Errors
    /// The refused fields, such as `title.fi` or `items.0.kind.items.2.text.sv`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut sizes = Sizes::default();
        sizes.local("title", &self.title, MAX_SHORT_CHARACTERS);
        sizes.local("description", &self.description, MAX_TEXT_CHARACTERS);
        sizes.found.draft("rights.licence", &self.rights.licence, MAX_TEXT_CHARACTERS);
        sizes.found.draft("rights.source", &self.rights.source, MAX_TEXT_CHARACTERS);
        sizes.local("rights.attribution", &self.rights.attribution, MAX_TEXT_CHARACTERS);
        sizes.items("items", &self.items, 1);
        sizes.found.count("items", sizes.items_seen, MAX_ITEMS);
        sizes.found.count("scores", self.scores.len(), MAX_SCORES);
        for (place, score) in self.scores.iter().take(MAX_SCORES).enumerate() {
            sizes.score(&format!("scores.{place}"), score);
        }
        sizes.found.count("alerts", self.alerts.len(), MAX_ALERTS);
        for (place, alert) in self.alerts.iter().take(MAX_ALERTS).enumerate() {
            sizes.alert(&format!("alerts.{place}"), alert);
        }
        sizes.found.finish()
    }
}

#[derive(Default)]
struct Sizes {
    found: Validation,
    items_seen: usize,
}

impl Sizes {
    fn items(&mut self, path: &str, items: &[Item], depth: usize) {
        if depth > MAX_DEPTH && !items.is_empty() {
            self.found.refuse(path, FieldErrorCode::TooLong);
            return;
        }
        for (place, item) in items.iter().enumerate() {
            self.items_seen = self.items_seen.saturating_add(1);
            if self.items_seen > MAX_ITEMS {
                return;
            }
            self.item(&format!("{path}.{place}"), item, depth);
        }
    }

    fn item(&mut self, path: &str, item: &Item, depth: usize) {
        self.code(&format!("{path}.linkId"), &item.link_id);
        self.local(&format!("{path}.text"), &item.text, MAX_TEXT_CHARACTERS);
        self.local(&format!("{path}.help"), &item.help, MAX_TEXT_CHARACTERS);
        if let Some(conditions) = &item.show_when {
            self.conditions(&format!("{path}.showWhen"), conditions);
        }
        self.found.count(&format!("{path}.codes"), item.codes.len(), MAX_CODES);
        for (place, code) in item.codes.iter().take(MAX_CODES).enumerate() {
            self.found.text(&format!("{path}.codes.{place}.code"), &code.code, MAX_SHORT_CHARACTERS);
            self.found.draft(&format!("{path}.codes.{place}.system"), &code.system, MAX_SHORT_CHARACTERS);
            self.found.draft(&format!("{path}.codes.{place}.display"), &code.display, MAX_TEXT_CHARACTERS);
        }
        self.kind(&format!("{path}.kind"), &item.kind, depth);
    }

    fn kind(&mut self, path: &str, kind: &ItemKind, depth: usize) {
        match kind {
            ItemKind::Group { items } => self.items(&format!("{path}.items"), items, depth.saturating_add(1)),
            ItemKind::Number { unit: Some(unit), .. } => {
                self.found.text(&format!("{path}.unit.code"), &unit.code, MAX_CODE_CHARACTERS);
                self.local(&format!("{path}.unit.text"), &unit.text, MAX_SHORT_CHARACTERS);
            }
            ItemKind::Text { max_characters: Some(limit) }
            | ItemKind::LongText { max_characters: Some(limit) } => {
                let limit = usize::try_from(*limit).unwrap_or(usize::MAX);
                if !(1..=MAX_ANSWER_CHARACTERS).contains(&limit) {
                    self.found.refuse(&format!("{path}.maxCharacters"), FieldErrorCode::InvalidFormat);
                }
            }
            ItemKind::Scale { least, most } => {
                self.local(&format!("{path}.least"), least, MAX_SHORT_CHARACTERS);
                self.local(&format!("{path}.most"), most, MAX_SHORT_CHARACTERS);
            }
            ItemKind::One { options } | ItemKind::Many { options } | ItemKind::ImageChoice { options } => {
                self.found.count(&format!("{path}.options"), options.len(), MAX_CHOICES);
                for (place, option) in options.iter().take(MAX_CHOICES).enumerate() {
                    self.option(&format!("{path}.options.{place}"), option);
                }
            }
            _ => (),
        }
    }

    fn option(&mut self, path: &str, option: &Choice) {
        self.code(&format!("{path}.code"), &option.code);
        self.local(&format!("{path}.text"), &option.text, MAX_SHORT_CHARACTERS);
        if let Some(system) = &option.system {
            self.found.text(&format!("{path}.system"), system, MAX_SHORT_CHARACTERS);
        }
        if let Some(picture) = &option.picture {
            let path_field = format!("{path}.picture.path");
            self.found.text(&path_field, &picture.path, MAX_SHORT_CHARACTERS);
            // Two slashes would begin the address of another service.
            if !picture.path.starts_with('/') || picture.path.starts_with("//") {
                self.found.refuse(&path_field, FieldErrorCode::InvalidFormat);
            }
            self.local(&format!("{path}.picture.description"), &picture.description, MAX_TEXT_CHARACTERS);
        }
    }

    fn conditions(&mut self, path: &str, conditions: &Conditions) {
        self.found.count(&format!("{path}.of"), conditions.of.len(), MAX_CONDITIONS);
        if conditions.of.is_empty() {
            self.found.refuse(&format!("{path}.of"), FieldErrorCode::Required);
        }
    }

    fn score(&mut self, path: &str, score: &Score) {
        self.code(&format!("{path}.code"), &score.code);
        self.local(&format!("{path}.name"), &score.name, MAX_SHORT_CHARACTERS);
        self.found.count(&format!("{path}.items"), score.items.len(), MAX_ITEMS);
        if let Some(conditions) = &score.when {
            self.conditions(&format!("{path}.when"), conditions);
        }
        let minimum = score.minimum_answered.and_then(|minimum| usize::try_from(minimum).ok());
        if minimum.is_some_and(|minimum| minimum > MAX_ITEMS) {
            self.found.refuse(&format!("{path}.minimumAnswered"), FieldErrorCode::InvalidFormat);
        }
        self.found.count(&format!("{path}.bands"), score.bands.len(), MAX_SCORES);
        for (place, band) in score.bands.iter().take(MAX_SCORES).enumerate() {
            self.local(&format!("{path}.bands.{place}.text"), &band.text, MAX_TEXT_CHARACTERS);
        }
    }

    fn alert(&mut self, path: &str, alert: &Alert) {
        self.code(&format!("{path}.code"), &alert.code);
        self.conditions(&format!("{path}.when"), &alert.when);
        self.local(&format!("{path}.text"), &alert.text, MAX_TEXT_CHARACTERS);
    }

    fn code(&mut self, field: &str, code: &str) {
        self.found.text(field, code, MAX_CODE_CHARACTERS);
        if !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte)) {
            self.found.refuse(field, FieldErrorCode::InvalidFormat);
        }
    }

    fn local(&mut self, field: &str, text: &LocalText, limit: usize) {
        for language in Language::ALL {
            self.found.draft(&format!("{field}.{}", language.code()), text.text(language), limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(json: &str) -> Form {
        serde_json::from_str(json).unwrap()
    }

    fn group(depth: usize) -> String {
        let inside = if depth > 1 { group(depth - 1) } else { String::new() };
        format!(
            r#"{{"linkId":"g{depth}","text":{{"fi":"","sv":"","en":""}},"kind":{{"type":"group","items":[{inside}]}}}}"#
        )
    }

    fn refused(items: &str) -> Vec<(String, FieldErrorCode)> {
        let form = form(&format!(r#"{{"title":{{"fi":"A","sv":"","en":""}},"items":[{items}]}}"#));
        let errors = form.validate().err().unwrap_or_default();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn five_levels_and_five_hundred_items_are_enough() {
        assert_eq!(refused(&group(5)), []);
        let too_deep = "items.0.kind.items.0.kind.items.0.kind.items.0.kind.items.0.kind.items";
        assert_eq!(refused(&group(6)), [(too_deep.to_owned(), FieldErrorCode::TooLong)]);
        assert_eq!(refused(&vec![group(1); 500].join(",")), []);
        assert_eq!(refused(&vec![group(1); 501].join(",")), [("items".to_owned(), FieldErrorCode::TooLong)]);
    }

    #[test]
    fn link_ids_are_short_and_plain_and_pictures_are_of_this_service() {
        let text = r#""text":{"fi":"","sv":"","en":""}"#;
        let question = |link_id: &str, path: &str| {
            let picture = format!(r#"{{"path":"{path}","description":{{"fi":"","sv":"","en":""}}}}"#);
            let option = format!(r#"{{"code":"a",{text},"picture":{picture}}}"#);
            let kind = format!(r#"{{"type":"image_choice","options":[{option}]}}"#);
            format!(r#"{{"linkId":"{link_id}",{text},"kind":{kind}}}"#)
        };
        assert_eq!(refused(&question("a/1.b_c-D", "/pictures/a.svg")), []);
        let wrong = |field: &str| (field.to_owned(), FieldErrorCode::InvalidFormat);
        assert_eq!(refused(&question("ä", "/a.svg")), [wrong("items.0.linkId")]);
        for path in ["https://elsewhere.example/a.svg", "//elsewhere.example/a.svg"] {
            assert_eq!(refused(&question("a", path)), [wrong("items.0.kind.options.0.picture.path")]);
        }
    }

    #[test]
    fn no_answer_may_be_longer_than_is_kept_or_have_no_characters() {
        let question = |limit: u32| {
            let kind = format!(r#"{{"type":"text","maxCharacters":{limit}}}"#);
            format!(r#"{{"linkId":"a","text":{{"fi":"","sv":"","en":""}},"kind":{kind}}}"#)
        };
        assert_eq!((refused(&question(1)), refused(&question(10_000))), (vec![], vec![]));
        let wrong = [("items.0.kind.maxCharacters".to_owned(), FieldErrorCode::InvalidFormat)];
        assert_eq!((refused(&question(0)), refused(&question(10_001))), (wrong.to_vec(), wrong.to_vec()));
    }

    #[test]
    fn unknown_fields_are_refused_in_every_kind() {
        for kind in [r#"{"type":"date","min":1}"#, r#"{"type":"yes_no","x":1}"#, r#"{"type":"slider"}"#] {
            let json = format!(r#"{{"linkId":"a","text":{{"fi":"","sv":"","en":""}},"kind":{kind}}}"#);
            assert!(serde_json::from_str::<Item>(&json).is_err(), "{kind}");
        }
    }
}
