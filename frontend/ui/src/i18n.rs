//! Texts in the person's language: where they are looked up, and the choice that is remembered.
//!
//! The texts themselves are in `locales/*.json`; the build checks them and makes the constants of [`Key`].

use leptos::prelude::*;
use omasote_types::language::{Language, LocalText};

use crate::storage::{self, Lasting};

/// One text of the apps, in every language. Compare `locales/fi.json`: `messages.send` is `Key::MESSAGES_SEND`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(&'static [&'static str; 3]);

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

impl Key {
    /// The text as it stands in the locale file.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        let [fi, sv, en] = self.0;
        match language {
            Language::Fi => fi,
            Language::Sv => sv,
            Language::En => en,
        }
    }

    /// The text with each `{name}` replaced by its value.
    #[must_use]
    pub fn filled(self, language: Language, values: &[(&str, &str)]) -> String {
        let (mut filled, mut rest) = (String::new(), self.text(language));
        while let Some((before, (name, after))) = next_placeholder(rest) {
            filled.push_str(before);
            filled.extend(values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// What is before the first `{name}`, the name, and what is after it.
fn next_placeholder(text: &str) -> Option<(&str, (&str, &str))> {
    let (before, rest) = text.split_once('{')?;
    Some((before, rest.split_once('}')?))
}

const STORED_AS: &str = "omasote.language";

/// The language in use, and the texts in it. Reading through it follows a change of language.
#[derive(Clone, Copy, Debug)]
pub struct I18n {
    language: RwSignal<Language>,
}

impl I18n {
    /// Sets up the language: the one chosen in this browser, or Finnish.
    pub(crate) fn provide() -> Self {
        let i18n = Self { language: RwSignal::new(chosen_before().unwrap_or_default()) };
        provide_context(i18n);
        Effect::new(move |_| {
            if let Some(page) = document().document_element() {
                let _ = page.set_attribute("lang", i18n.language().code());
            }
        });
        i18n
    }

    /// Texts in one language for what is made from here on under the same owner, such as a preview: the person's own choice stays.
    #[must_use]
    pub fn provide_in(language: Language) -> Self {
        let i18n = Self { language: RwSignal::new(language) };
        provide_context(i18n);
        i18n
    }

    /// The language in use.
    #[must_use]
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// Changes the language and remembers it in this browser.
    pub fn choose(self, language: Language) {
        storage::put(Lasting::Forever, STORED_AS, language.code());
        self.language.set(language);
    }

    /// Follows the language a person wants to be served in, unless one was chosen in this browser.
    pub(crate) fn follow(self, wanted: Language) {
        if chosen_before().is_none() {
            self.language.set(wanted);
        }
    }

    /// The text of `key`.
    #[must_use]
    pub fn text(self, key: Key) -> &'static str {
        key.text(self.language())
    }

    /// The text of `key`, to be put into a view as it is.
    pub fn t(self, key: Key) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.text(key)
    }

    /// The text of `key` with each `{name}` replaced by its value.
    #[must_use]
    pub fn filled(self, key: Key, values: &[(&str, &str)]) -> String {
        key.filled(self.language(), values)
    }

    /// The form of a text that goes with `count`, which stands for `{count}`. Finnish, Swedish and English share
    /// one rule: one, or not one.
    #[must_use]
    pub fn counted(self, one: Key, other: Key, count: u32) -> String {
        let number = crate::intl::number(self.language(), f64::from(count));
        self.filled(if count == 1 { one } else { other }, &[("count", &number)])
    }

    /// A text from the server in the language in use.
    #[must_use]
    pub fn local(self, text: &LocalText) -> String {
        text.text(self.language()).to_owned()
    }
}

/// The language set up at start.
#[must_use]
pub fn use_i18n() -> I18n {
    expect_context()
}

fn chosen_before() -> Option<Language> {
    storage::get(Lasting::Forever, STORED_AS).and_then(|code| Language::from_code(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_by_name() {
        let text = Key(&["{a} ja {b}, {a}", "", ""]).filled(Language::Fi, &[("a", "1"), ("b", "2")]);
        assert_eq!(text, "1 ja 2, 1");
    }

    #[test]
    fn a_value_is_never_taken_for_a_placeholder() {
        let text = Key(&["{a}{b}.", "", ""]).filled(Language::Fi, &[("a", "{b}"), ("b", "2")]);
        assert_eq!(text, "{b}2.");
    }
}
