//! Fields that are made with a value and tell what becomes of it.

use leptos::prelude::*;
use omasote_types::language::{Language, LocalText};
use omasote_ui::i18n::{Key, use_i18n};

use super::draft::Draft;

/// Something to choose from a list: its value and its words.
pub(super) type Options = Vec<(String, String)>;

/// A field of one line.
pub(super) fn line(id: String, label: Key, value: String, write: impl Fn(String) + 'static) -> AnyView {
    let i18n = use_i18n();
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{i18n.t(label)}</label>
            <input
                class="ds-input"
                type="text"
                id=id
                autocomplete="off"
                prop:value=value
                on:input=move |event| write(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// A field for a text in the language that is written. In another language than Finnish it shows the Finnish text to translate.
pub(super) fn local(
    draft: Draft,
    (id, label, is_long): (String, Key, bool),
    value: &LocalText,
    write: impl Fn(Language, String) + 'static,
) -> AnyView {
    let i18n = use_i18n();
    let language = draft.language.get_untracked();
    let original = (language != Language::Fi && !value.fi.is_empty()).then(|| {
        view! { <p class="fine" lang="fi">{value.fi.clone()}</p> }
    });
    let now = value.text(language).to_owned();
    let typed = move |event| write(language, event_target_value(&event));
    let field = match is_long {
        true => view! {
            <textarea class="ds-input" rows="3" id=id.clone() lang=language.code() prop:value=now on:input=typed></textarea>
        }
        .into_any(),
        false => view! {
            <input
                class="ds-input"
                type="text"
                autocomplete="off"
                id=id.clone()
                lang=language.code()
                prop:value=now
                on:input=typed
            />
        }
        .into_any(),
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{i18n.t(label)}</label>
            {original}
            {field}
        </div>
    }
    .into_any()
}

/// A choice of one from a list.
pub(super) fn select(
    id: String,
    label: Key,
    (options, chosen): (Options, String),
    write: impl Fn(String) + 'static,
) -> AnyView {
    let i18n = use_i18n();
    let options = options.into_iter().map(|(value, words)| {
        let is_on = value == chosen;
        view! { <option value=value selected=is_on>{words}</option> }
    });
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{i18n.t(label)}</label>
            <select class="ds-input" id=id on:change=move |event| write(event_target_value(&event))>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// A box to tick.
pub(super) fn tick(id: String, words: String, is_on: bool, write: impl Fn(bool) + 'static) -> AnyView {
    view! {
        <div class="ds-field">
            <input
                class="ds-input"
                type="checkbox"
                id=id.clone()
                prop:checked=is_on
                on:change=move |event| write(event_target_checked(&event))
            />
            <label class="ds-label" data-weight="regular" for=id>{words}</label>
        </div>
    }
    .into_any()
}

/// A small button that says what it is about to those who do not see where it stands.
pub(super) fn small_button(label: Key, about: String, press: impl Fn() + 'static) -> AnyView {
    let i18n = use_i18n();
    let name = move || match about.is_empty() {
        true => i18n.text(label).to_owned(),
        false => format!("{}: {about}", i18n.text(label)),
    };
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="tertiary"
            data-size="sm"
            aria-label=name
            on:click=move |_| press()
        >
            {i18n.t(label)}
        </button>
    }
    .into_any()
}
