//! What answers come to, in words.

use leptos::prelude::*;
use omasote_rules::questionnaires::Outcome;
use omasote_types::decimal::Decimal;
use omasote_types::language::Language;
use omasote_types::questionnaires::{Answer, Item};

use super::{Filling, words};
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::view::{dynamic, optional, text};

/// A number as it is written in the language.
#[must_use]
pub fn number_in_words(i18n: I18n, number: Decimal) -> String {
    let plain = number.to_string();
    if i18n.language() == Language::En { plain } else { plain.replace('.', ",") }
}

/// A number as it is typed, with a comma or a point; none when it is not one.
#[must_use]
pub fn typed_number(typed: &str) -> Option<Decimal> {
    typed.trim().replace(',', ".").replace('−', "-").parse().ok()
}

/// An answer in the words of its question.
#[must_use]
pub fn answer_in_words(i18n: I18n, item: &Item, answer: &Answer) -> String {
    let chosen = |code: &String| {
        let option = item.kind.options().iter().find(|option| option.code == *code);
        option.map_or_else(|| code.clone(), |option| words(i18n, &option.text))
    };
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Number(number) => number_in_words(i18n, *number),
        Answer::Date(date) => intl::date(i18n.language(), *date),
        Answer::YesNo(true) => i18n.text(Key::YES).to_owned(),
        Answer::YesNo(false) => i18n.text(Key::NO).to_owned(),
        Answer::One(code) => chosen(code),
        Answer::Many(codes) => codes.iter().map(chosen).collect::<Vec<_>>().join(", "),
    }
}

/// The scores that there are, with what they mean; of a risk with the words that it is screening, not a diagnosis.
#[component]
pub fn Results(
    /// The form.
    filling: Filling,
) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let results = filling.with(|prepared, answers| {
            let reading = prepared.read(answers);
            let counted = reading.scores().filter_map(|outcome| match outcome {
                Outcome::Counted { score, value, band, range } => Some((
                    words(i18n, &score.name),
                    number_in_words(i18n, value),
                    number_in_words(i18n, range.1),
                    band.map(|band| words(i18n, &band.text)),
                    score.is_screening,
                )),
                Outcome::Missing { .. } => None,
            });
            counted.collect::<Vec<_>>()
        });
        if results.is_empty() {
            return ().into_any();
        }
        let is_screening = results.iter().any(|(.., is_screening)| *is_screening);
        let lines = results.into_iter().map(|(name, value, most, band, _)| {
            view! {
                <li>
                    <strong>{name} ": " {value} " / " {most}</strong>
                    {band.map(|band| view! { <span>" – " {band}</span> })}
                </li>
            }
        });
        let note = is_screening.then(|| view! { <p class="fine">{i18n.t(Key::SCORE_SCREENING)}</p> });
        view! { <ul class="scores">{lines.collect_view()}</ul> {note} }.into_any()
    })
}

/// What is to be told at once, as long as the answers call for it.
#[component]
pub fn Alerts(
    /// The form.
    filling: Filling,
) -> impl IntoView {
    let i18n = use_i18n();
    let alerts = Memo::new(move |_| filling.alerts());
    let told = optional(move || {
        let alerts = alerts.get();
        (!alerts.is_empty()).then(|| {
            let texts = alerts.into_iter().map(|alert| {
                view! { <p class="message-text">{text(move || words(i18n, &alert))}</p> }
            });
            view! { <div class="ds-alert" data-color="danger">{texts.collect_view()}</div> }.into_any()
        })
    });
    view! { <div class="told-at-once" role="alert">{told}</div> }
}
