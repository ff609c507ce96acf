//! What the words of the figures mean, for who has not met them.

use leptos::prelude::*;

use crate::i18n::{Key, use_i18n};

const WORDS: [(Key, Key); 7] = [
    (Key::MEASURE_MEDIAN, Key::MEASURE_ABOUT_MEDIAN),
    (Key::MEASURE_RANGE, Key::MEASURE_ABOUT_RANGE),
    (Key::MEASURE_MEAN, Key::MEASURE_ABOUT_MEAN),
    (Key::MEASURE_WITHIN, Key::MEASURE_ABOUT_WITHIN),
    (Key::MEASURE_TREND, Key::MEASURE_ABOUT_TREND),
    (Key::MEASURE_CHANGE, Key::MEASURE_ABOUT_CHANGE),
    (Key::MEASURE_TARGET, Key::MEASURE_ABOUT_TARGET),
];

/// The words of the figures, explained.
#[component]
pub fn Glossary() -> impl IntoView {
    let i18n = use_i18n();
    let word = |(word, about): (Key, Key)| {
        view! {
            <div>
                <dt>{i18n.t(word)}</dt>
                <dd>{i18n.t(about)}</dd>
            </div>
        }
    };
    view! {
        <details class="measure-glossary">
            <summary>{i18n.t(Key::MEASURE_GLOSSARY)}</summary>
            <dl class="answers">{WORDS.map(word).collect_view()}</dl>
            <p class="fine">{i18n.t(Key::MEASURE_NOT_DIAGNOSIS)}</p>
        </details>
    }
}
