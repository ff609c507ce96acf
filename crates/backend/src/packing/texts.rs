//! The texts of the page, in the three languages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use omasote_types::language::Language;

type Texts = BTreeMap<String, String>;

/// The texts of a language, by their keys.
pub(super) fn of(language: Language) -> &'static Texts {
    static TEXTS: OnceLock<[Texts; 3]> = OnceLock::new();
    let [fi, sv, en] = TEXTS.get_or_init(|| {
        [
            include_str!("../../locales/export.fi.json"),
            include_str!("../../locales/export.sv.json"),
            include_str!("../../locales/export.en.json"),
        ]
        .map(|text| serde_json::from_str(text).unwrap_or_default())
    });
    match language {
        Language::Fi => fi,
        Language::Sv => sv,
        Language::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_three_languages_with_the_same_places_to_fill() {
        let places = |text: &String| {
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect::<Vec<_>>().join(" ")
        };
        let shape = |language| -> BTreeMap<&String, String> {
            of(language).iter().map(|(key, text)| (key, places(text))).collect()
        };
        assert!(of(Language::Fi).len() > 20);
        assert_eq!(shape(Language::Fi), shape(Language::Sv));
        assert_eq!(shape(Language::Fi), shape(Language::En));
    }
}
