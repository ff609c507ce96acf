//! What is written as everybody will read it, and in which languages it is there.

use leptos::prelude::*;
use omasote_types::language::Language;
use omasote_ui::guides::{Under, guide_text};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::{dynamic, said, text};

use super::keeping::lacks;
use super::written::Written;
use crate::pages::messages::name_of;

/// Makes the part of the page.
pub(super) fn preview(written: Written) -> AnyView {
    view! { <Preview written /> }.into_any()
}

#[component]
fn Preview(written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(Language::Fi);
    let tab = move |language: Language| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=said(Signal::derive(move || shown.get() == language))
                on:click=move |_| shown.set(language)
            >
                {i18n.t(name_of(language))}
            </button>
        }
    };
    let read = dynamic(move || {
        let language = shown.get();
        let of_language = written.texts.into_iter().find(|text| text.language == language);
        let Some(of_language) = of_language else { return ().into_any() };
        let (title, body) = (of_language.title.get(), of_language.body.get());
        if title.trim().is_empty() && body.trim().is_empty() {
            return lacks(language).into_any();
        }
        view! {
            <div class="card guide-preview">
                <h3 class="ds-heading" data-size="xs" lang=language.code()>{title}</h3>
                {guide_text(&body, language, Under::Inner)}
            </div>
        }
        .into_any()
    });
    view! {
        <section class="part" aria-labelledby="preview-title">
            <h2 class="ds-heading" data-size="xs" id="preview-title">{i18n.t(Key::GUIDE_PREVIEW)}</h2>
            <Completeness written />
            <div class="actions" role="group" aria-label=i18n.t(Key::GUIDE_PREVIEW_LANGUAGE)>
                {Language::ALL.map(tab).collect_view()}
            </div>
            {read}
        </section>
    }
}

/// Which languages are there: both a title and a text.
#[component]
fn Completeness(written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let is_whole = move |language: Language| {
        let mut texts = written.texts.into_iter().filter(|text| text.language == language);
        texts.all(|text| {
            let is_written = |part: RwSignal<String>| part.with(|part| !part.trim().is_empty());
            is_written(text.title) && is_written(text.body)
        })
    };
    let words = text(move || {
        let (there, missing): (Vec<_>, Vec<_>) =
            Language::ALL.into_iter().partition(|language| is_whole(*language));
        let names = |all: Vec<Language>| {
            all.into_iter().map(|language| i18n.text(name_of(language))).collect::<Vec<_>>().join(", ")
        };
        match (there.is_empty(), missing.is_empty()) {
            (_, true) => i18n.text(Key::GUIDE_WHOLE).to_owned(),
            (true, _) => i18n.filled(Key::GUIDE_MISSING, &[("languages", &names(missing))]),
            _ => {
                let values = [("there", names(there)), ("missing", names(missing))];
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                i18n.filled(Key::GUIDE_PARTLY, &values)
            }
        }
    });
    view! { <p class="fine">{words}</p> }
}
