//! What people are told, in the three languages. None of it says whose matter it is or what it is about.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use omasote_types::language::Language;

use crate::services::notifications::Telling;

type Texts = BTreeMap<String, String>;

fn of(language: Language) -> &'static Texts {
    static TEXTS: OnceLock<[Texts; 3]> = OnceLock::new();
    let [fi, sv, en] = TEXTS.get_or_init(|| {
        [
            include_str!("../../locales/notice.fi.json"),
            include_str!("../../locales/notice.sv.json"),
            include_str!("../../locales/notice.en.json"),
        ]
        .map(|text| serde_json::from_str(text).unwrap_or_default())
    });
    match language {
        Language::Fi => fi,
        Language::Sv => sv,
        Language::En => en,
    }
}

const fn key(telling: &Telling) -> &'static str {
    match telling {
        Telling::Message { is_for_another: false } => "message",
        Telling::Message { is_for_another: true } => "message.other",
        Telling::Delay { is_for_another: false } => "delay",
        Telling::Delay { is_for_another: true } => "delay.other",
        Telling::Task => "task",
        Telling::Reminder => "reminder",
        Telling::Event => "event",
        Telling::MissedPromise { .. } => "missed",
        Telling::Check => "check",
    }
}

/// A text of a language, filled.
fn text(language: Language, key: &str, telling: &Telling, url: &str) -> String {
    let text = of(language).get(key).cloned().unwrap_or_default().replace("{url}", url);
    match telling {
        Telling::MissedPromise { unit, late } => {
            text.replace("{unit}", unit.text(language)).replace("{count}", &late.to_string())
        }
        _ => text,
    }
}

/// The subject and the body of an e-mail.
pub(super) fn email(language: Language, telling: &Telling, url: &str) -> (String, String) {
    let text = |key: &str| text(language, key, telling, url);
    let key = key(telling);
    let end = if matches!(telling, Telling::MissedPromise { .. }) { "missed.end" } else { "email.end" };
    let parts = [text("email.greeting"), text(&format!("{key}.text")), text("email.place"), text(end)];
    (text(&format!("{key}.subject")), parts.join("\n\n"))
}

/// A text message.
pub(super) fn sms(language: Language, telling: &Telling, url: &str) -> String {
    text(language, &format!("sms.{}", key(telling)), telling, url)
}

#[cfg(test)]
mod tests {
    use omasote_types::language::LocalText;

    use super::*;

    const URL: &str = "https://omasote.esimerkki.fi";

    fn all() -> Vec<Telling> {
        let unit = LocalText { fi: "Kuhmo".to_owned(), sv: "Kuhmo".to_owned(), en: "Kuhmo".to_owned() };
        let mut all = vec![
            Telling::Check,
            Telling::Task,
            Telling::Reminder,
            Telling::Event,
            Telling::MissedPromise { unit, late: 12 },
        ];
        for is_for_another in [false, true] {
            all.extend([Telling::Message { is_for_another }, Telling::Delay { is_for_another }]);
        }
        all
    }

    #[test]
    fn every_text_is_there_in_three_languages_filled_and_a_text_message_is_one_message() {
        for language in [Language::Fi, Language::Sv, Language::En] {
            assert_eq!(of(language).keys().collect::<Vec<_>>(), of(Language::Fi).keys().collect::<Vec<_>>());
            for telling in all() {
                let (subject, body) = email(language, &telling, URL);
                let sms = sms(language, &telling, URL);
                for text in [&subject, &body, &sms] {
                    assert!(!text.is_empty() && !text.contains('{'), "{language:?} {telling:?}: {text}");
                }
                assert!(body.contains(URL) && body.split("\n\n").all(|part| !part.is_empty()), "{body}");
                assert!(sms.chars().count() <= 160, "{sms}");
            }
        }
    }

    #[test]
    fn what_is_told_of_is_told_as_it_is() {
        let (subject, body) = email(Language::Fi, &Telling::Message { is_for_another: false }, URL);
        assert_eq!(subject, "Sinulle on viesti Omasotessa");
        assert!(body.starts_with("Hei!\n\nSinulle on uusi viesti"), "{body}");
    }
}
