//! The form as citizens will answer it, in each language.

use leptos::prelude::*;
use omasote_types::language::Language;
use omasote_types::questionnaires::Answers;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::questionnaires::{Alerts, Filling, FormFields, Results, words};
use omasote_ui::view::{dynamic, said};

use super::draft::Draft;
use crate::pages::messages::name_of;

/// Makes the part of the page. What is tried here goes nowhere.
pub(super) fn preview(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let shown = RwSignal::new(None::<Language>);
    let tab = move |language: Language| {
        let toggle = move |_| {
            shown.update(|shown| *shown = (*shown != Some(language)).then_some(language));
        };
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=said(Signal::derive(move || shown.get() == Some(language)))
                on:click=toggle
            >
                {i18n.t(name_of(language))}
            </button>
        }
    };
    let form = dynamic(move || match shown.get() {
        Some(language) => shown_in(draft, language),
        None => ().into_any(),
    });
    view! {
        <section class="part" aria-labelledby="preview-title">
            <h2 class="ds-heading" data-size="xs" id="preview-title">{i18n.t(Key::BUILDER_PREVIEW)}</h2>
            <p class="fine">{i18n.t(Key::BUILDER_PREVIEW_HINT)}</p>
            <div class="actions" role="group" aria-label=i18n.t(Key::GUIDE_PREVIEW_LANGUAGE)>
                {Language::ALL.map(tab).collect_view()}
            </div>
            {form}
        </section>
    }
    .into_any()
}

/// What the form says when the preview is opened; it is opened anew to see what was changed since.
fn shown_in(draft: Draft, language: Language) -> AnyView {
    let outside = use_i18n();
    let form = draft.form.get_untracked();
    let (title, description) = (form.title.clone(), form.description.clone());
    let Some(filling) = Filling::new(form, Answers::new()) else {
        return view! { <p>{outside.t(Key::BUILDER_NO_PREVIEW)}</p> }.into_any();
    };
    let i18n = I18n::provide_in(language);
    view! {
        <div class="card form questionnaire" lang=language.code()>
            <h3 class="ds-heading" data-size="xs">{words(i18n, &title)}</h3>
            <p class="message-text">{words(i18n, &description)}</p>
            <FormFields filling />
            <Alerts filling />
            <Results filling />
        </div>
    }
    .into_any()
}
