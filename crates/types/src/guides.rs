//! Guides (ohjeet): instructions that a unit or the whole county keeps, and that everybody may read without signing in.
//!
//! How a text is read into headings, paragraphs and lists is in the rules.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{GuideId, UnitId};
use crate::language::{Language, LocalText};
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many Unicode characters a title may have.
pub const MAX_GUIDE_TITLE_CHARACTERS: usize = 120;
/// How many Unicode characters a text may have.
pub const MAX_GUIDE_CHARACTERS: usize = 20_000;
/// How many Unicode characters the search words of a language may have.
pub const MAX_GUIDE_WORDS_CHARACTERS: usize = 500;
/// How many Unicode characters the name of a source may have.
pub const MAX_SOURCE_NAME_CHARACTERS: usize = 120;
/// How many Unicode characters the address of a source may have.
pub const MAX_SOURCE_URL_CHARACTERS: usize = 500;
/// How many Unicode characters the words to look for may have.
pub const MAX_GUIDE_SEARCH_CHARACTERS: usize = 200;

/// Where a guide stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GuideState {
    /// Being written: only those who keep it see it.
    #[default]
    Draft,
    /// Everybody may read it.
    Published,
    /// No longer kept up: in no list, but it opens by its address, as old messages may lead there.
    Retired,
}

impl GuideState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Retired];

    /// The state as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }
}

/// Where a guide comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GuideSource {
    /// The name of the source: 1 to 120 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 120))]
    pub name: String,
    /// Its address, which begins with `https://`: at most 500 Unicode characters. Absent when it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 500))]
    pub url: Option<String>,
}

/// What a guide says. Finnish has both a title and a text; another language has both or neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GuideContent {
    /// What it is about: at most 120 characters in each language; empty in a language that it does not have.
    pub title: LocalText,
    /// The text: at most 20,000 characters in each language; empty in a language that it does not have. An empty line parts
    /// paragraphs; a line that begins with `# ` is a heading, with `- ` an item of a list, with a number, a full stop and a space
    /// an item of a numbered list. There is no other markup: everything else is text.
    pub body: LocalText,
    /// Other words by which people look for it, commas between them: at most 500 characters in each language.
    #[serde(default)]
    pub words: LocalText,
    /// Where it comes from; absent when it is the unit's or the county's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<GuideSource>,
    /// The day on which somebody last went through it; not later than today.
    #[serde(deserialize_with = "crate::wire::date")]
    pub reviewed_on: NaiveDate,
}

impl GuideContent {
    /// Whether it has a language.
    #[must_use]
    pub fn has(&self, language: Language) -> bool {
        !is_blank(self.body.text(language))
    }

    /// The language to read it in for who wants `wanted`: that one when it has it, else Finnish.
    #[must_use]
    pub fn language_for(&self, wanted: Language) -> Language {
        if self.has(wanted) { wanted } else { Language::Fi }
    }

    /// The form and the server ask the same question, but for the day, which depends on the clock.
    ///
    /// # Errors
    /// The refused fields: such as `title.fi` or `source.url`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        for language in Language::ALL {
            self.validate_in(language, &mut validation);
        }
        if let Some(source) = &self.source {
            validation.text("source.name", &source.name, MAX_SOURCE_NAME_CHARACTERS);
            if let Some(url) = &source.url {
                validate_url(&mut validation, url);
            }
        }
        validation.finish()
    }

    fn validate_in(&self, language: Language, validation: &mut Validation) {
        let (title, body) = (self.title.text(language), self.body.text(language));
        let parts =
            [("title", title, body, MAX_GUIDE_TITLE_CHARACTERS), ("body", body, title, MAX_GUIDE_CHARACTERS)];
        for (part, text, other, limit) in parts {
            let field = format!("{part}.{}", language.code());
            match language == Language::Fi || !is_blank(other) {
                true => validation.text(&field, text, limit),
                false => validation.draft(&field, text, limit),
            }
        }
        let field = format!("words.{}", language.code());
        validation.draft(&field, self.words.text(language), MAX_GUIDE_WORDS_CHARACTERS);
    }
}

/// The address of a source: of a page that is not changed on the way, and nothing that runs.
fn validate_url(validation: &mut Validation, url: &str) {
    validation.draft("source.url", url, MAX_SOURCE_URL_CHARACTERS);
    let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    let is_host = host.is_some_and(|host| {
        let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | ':');
        host.starts_with(char::is_alphanumeric) && host.contains('.') && host.chars().all(is_plain)
    });
    let has_gap = url.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    if !is_host || has_gap {
        validation.refuse("source.url", FieldErrorCode::InvalidFormat);
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// A guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Guide {
    /// The guide's id.
    pub id: GuideId,
    /// The unit that keeps it; absent when the county does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitRef>,
    /// Which version this is; the `ETag` says the same.
    pub version: u32,
    /// Where it stands.
    pub state: GuideState,
    /// What it says.
    pub content: GuideContent,
    /// When it was last changed.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub changed_at: DateTime<Utc>,
}

/// A guide as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GuideSummary {
    /// The guide's id.
    pub id: GuideId,
    /// The unit that keeps it; absent when the county does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitRef>,
    /// Where it stands.
    pub state: GuideState,
    /// What it is about; empty in a language that it does not have.
    pub title: LocalText,
    /// The day on which somebody last went through it.
    #[serde(deserialize_with = "crate::wire::date")]
    pub reviewed_on: NaiveDate,
}

impl GuideSummary {
    /// Whether it has a language.
    #[must_use]
    pub fn has(&self, language: Language) -> bool {
        !is_blank(self.title.text(language))
    }
}

/// A guide to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewGuide {
    /// The unit that keeps it; the county when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// What it says.
    pub content: GuideContent,
}

/// Which guides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct GuideQuery {
    /// Only those that this unit keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

/// The words that guides are looked for by. What somebody looks for may tell of their health, so it is sent in the body and stands
/// in no address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GuideSearch {
    /// The words, in most of their Finnish forms; all of them must be in the guide: in its title, its text or its search words, in
    /// any language. Of more than ten words the longest ten count. 1 to 200 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 200))]
    pub text: String,
    /// Only those that this unit keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

impl GuideSearch {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("text", &self.text, MAX_GUIDE_SEARCH_CHARACTERS);
        validation.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text([fi, sv, en]: [&str; 3]) -> LocalText {
        LocalText { fi: fi.to_owned(), sv: sv.to_owned(), en: en.to_owned() }
    }

    fn content(title: [&str; 3], body: [&str; 3]) -> GuideContent {
        GuideContent {
            title: text(title),
            body: text(body),
            words: LocalText::default(),
            source: None,
            reviewed_on: NaiveDate::default(),
        }
    }

    fn refused(content: &GuideContent) -> Vec<(String, FieldErrorCode)> {
        let errors = content.validate().err().unwrap_or_default();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn finnish_is_there_and_another_language_whole_or_not_at_all() {
        let missing = |field: &str| (field.to_owned(), FieldErrorCode::Required);
        assert_eq!(refused(&content(["Kuume", "", ""], ["Lepää.", "", ""])), []);
        assert_eq!(
            refused(&content(["", "Feber", ""], ["", "Vila.", ""])),
            [missing("title.fi"), missing("body.fi")]
        );
        assert_eq!(refused(&content(["Kuume", "Feber", ""], ["Lepää.", " ", ""])), [missing("body.sv")]);
        assert_eq!(refused(&content(["Kuume", "", ""], ["Lepää.", "", "Rest."])), [missing("title.en")]);
    }

    #[test]
    fn a_guide_is_read_in_the_wanted_language_or_in_finnish() {
        let guide = content(["Kuume", "", "Fever"], ["Lepää.", "", "Rest."]);
        assert_eq!(guide.language_for(Language::En), Language::En);
        assert_eq!(guide.language_for(Language::Sv), Language::Fi);
    }

    #[test]
    fn a_source_is_named_and_its_address_is_a_secure_one() {
        let of = |url: Option<&str>| {
            let source = GuideSource { name: "Terveyskylä".to_owned(), url: url.map(str::to_owned) };
            refused(&GuideContent { source: Some(source), ..content(["a", "", ""], ["b", "", ""]) })
        };
        for good in [None, Some("https://www.terveyskyla.fi"), Some("https://thl.fi/a?b=c#d")] {
            assert_eq!(of(good), [], "{good:?}");
        }
        for bad in [
            "http://thl.fi",
            "javascript:alert(1)",
            "https://",
            "https:///polku",
            "https://a b.fi",
            "https://kayttaja@thl.fi",
            "thl.fi",
        ] {
            assert_eq!(of(Some(bad)), [("source.url".to_owned(), FieldErrorCode::InvalidFormat)], "{bad}");
        }
    }
}
