//! The variables of reply templates, which stand in braces: finding those that do not exist, and putting values in their place.
//!
//! Only what has the form of a variable counts: a brace, something on the same line, and a brace. Other braces are text.

use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::language::Language;
use omasote_types::templates::TemplateContent;

/// What stands in the place of a variable that has no value: to be seen, and to be written over.
pub const BLANK: &str = "____";

/// What is put into a text when it is used. The names are the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// The given name of whom one writes to.
    ClientGivenName,
    /// The whole name of whom one writes to.
    ClientName,
    /// The name of the unit, in the language of the text.
    UnitName,
    /// The phone number of the unit.
    UnitPhone,
    /// The name of who writes.
    ProfessionalName,
    /// The title of who writes, in Finnish as it is kept.
    ProfessionalTitle,
    /// The day it is used, as it is written in the language of the text.
    Today,
}

impl Variable {
    /// Every variable, in the order they are offered.
    pub const ALL: [Self; 7] = [
        Self::ClientGivenName,
        Self::ClientName,
        Self::UnitName,
        Self::UnitPhone,
        Self::ProfessionalName,
        Self::ProfessionalTitle,
        Self::Today,
    ];

    /// Its name, as it stands between the braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClientGivenName => "client_given_name",
            Self::ClientName => "client_name",
            Self::UnitName => "unit_name",
            Self::UnitPhone => "unit_phone",
            Self::ProfessionalName => "professional_name",
            Self::ProfessionalTitle => "professional_title",
            Self::Today => "today",
        }
    }

    /// The variable of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.name() == name)
    }

    /// As it is written into a text: its name between braces.
    #[must_use]
    pub fn written(self) -> String {
        format!("{{{}}}", self.name())
    }
}

/// A text with its values in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// The variables that had no value, each once: a [`BLANK`] stands in their place.
    pub missing: Vec<Variable>,
}

/// Puts values in the place of variables. What a value holds is never taken for a variable.
#[must_use]
pub fn fill(body: &str, value_of: impl Fn(Variable) -> Option<String>) -> Filled {
    let mut filled = Filled { text: String::new(), missing: Vec::new() };
    for piece in Pieces(body) {
        match piece {
            Piece::Text(text) => filled.text.push_str(text),
            Piece::Named(name) => match Variable::named(name) {
                None => filled.text.push_str(&format!("{{{name}}}")),
                Some(variable) => {
                    let value = value_of(variable).filter(|value| !value.trim().is_empty());
                    if value.is_none() && !filled.missing.contains(&variable) {
                        filled.missing.push(variable);
                    }
                    filled.text.push_str(value.as_deref().unwrap_or(BLANK));
                }
            },
        }
    }
    filled
}

/// The names in braces that are none of the variables, in the order they stand in the text.
#[must_use]
pub fn unknown_variables(body: &str) -> Vec<&str> {
    let named = Pieces(body).filter_map(|piece| match piece {
        Piece::Named(name) => Some(name),
        Piece::Text(_) => None,
    });
    named.filter(|name| Variable::named(name).is_none()).collect()
}

/// Whether a template may be kept: its lengths, its languages and its variables. The form and the server ask the same question.
///
/// # Errors
/// The refused fields: such as `title.fi` or `body.sv`.
pub fn validate(content: &TemplateContent) -> Result<(), Vec<FieldError>> {
    let mut errors = content.validate().err().unwrap_or_default();
    for language in Language::ALL {
        if !unknown_variables(content.body.text(language)).is_empty() {
            let field = format!("body.{}", language.code());
            errors.push(FieldError { field, code: FieldErrorCode::UnknownVariable });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// A stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// What stands between two braces.
    Named(&'a str),
}

/// The stretches of what is left of a text.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.0.is_empty() {
            return None;
        }
        if let Some((name, rest)) = name_at_start(self.0) {
            self.0 = rest;
            return Some(Piece::Named(name));
        }
        // Up to the next brace that begins a name.
        let later = self.0.char_indices().skip(1).map(|(place, _)| place);
        let mut splits = later.filter_map(|place| self.0.split_at_checked(place));
        let found = splits.find(|(_, rest)| name_at_start(rest).is_some());
        let (text, rest) = found.unwrap_or((self.0, ""));
        self.0 = rest;
        Some(Piece::Text(text))
    }
}

/// The name between braces that a text begins with, and what follows.
fn name_at_start(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['{', '}', '\n', '\r'])?;
    let (name, rest) = inside.split_at_checked(end)?;
    let rest = rest.strip_prefix('}')?;
    (!name.is_empty()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use omasote_types::language::LocalText;
    use proptest::prelude::*;

    use super::*;

    fn values(variable: Variable) -> Option<String> {
        match variable {
            Variable::ClientGivenName => Some("Aino".to_owned()),
            Variable::UnitName => Some("Neuvola {today}".to_owned()),
            Variable::UnitPhone => Some(" ".to_owned()),
            Variable::Today => Some("27.11.2026".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn values_stand_in_the_place_of_variables() {
        let filled = fill("Hei {client_given_name}! Tänään on {today}.", values);
        assert_eq!(filled, Filled { text: "Hei Aino! Tänään on 27.11.2026.".to_owned(), missing: vec![] });
    }

    #[test]
    fn what_has_no_value_is_left_blank_and_told_once() {
        let filled = fill("{client_name}, soita {unit_phone} tai {unit_phone}.", values);
        assert_eq!(filled.text, "____, soita ____ tai ____.");
        assert_eq!(filled.missing, [Variable::ClientName, Variable::UnitPhone]);
    }

    #[test]
    fn a_value_is_not_taken_for_a_variable() {
        assert_eq!(fill("{unit_name}", values).text, "Neuvola {today}");
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["{", "}", "{}", "a { b", "{ei\nrivin yli}", "} {"] {
            assert_eq!(fill(text, values), Filled { text: text.to_owned(), missing: vec![] });
            assert_eq!(unknown_variables(text), [""; 0], "{text}");
        }
        assert_eq!(fill("{{today}}", values).text, "{27.11.2026}");
    }

    #[test]
    fn names_that_are_no_variables_are_found() {
        let body = "{asiakas} {today} {Today} { today } {unit_fax}";
        assert_eq!(unknown_variables(body), ["asiakas", "Today", " today ", "unit_fax"]);
    }

    #[test]
    fn an_unknown_variable_is_refused_in_the_field_where_it_stands() {
        let text = |fi: &str, sv: &str| LocalText { fi: fi.to_owned(), sv: sv.to_owned(), en: String::new() };
        let content = TemplateContent { title: text("Tulos", "Svar"), body: text("{today}", "{idag}") };
        let errors = validate(&content).unwrap_err();
        let refused = FieldError { field: "body.sv".to_owned(), code: FieldErrorCode::UnknownVariable };
        assert_eq!(errors, [refused]);
    }

    #[test]
    fn every_variable_is_found_by_its_name() {
        for variable in Variable::ALL {
            assert_eq!(Variable::named(variable.name()), Some(variable));
            assert_eq!(unknown_variables(&variable.written()), [""; 0]);
        }
    }

    proptest! {
        #[test]
        fn a_text_without_braces_stays_as_it_is(text in "[^{]*") {
            prop_assert_eq!(fill(&text, values).text, text);
        }

        #[test]
        fn the_pieces_are_the_whole_text(text in "[{}a\n]{0,30}") {
            let joined: String = Pieces(&text).map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Named(name) => format!("{{{name}}}"),
            }).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
