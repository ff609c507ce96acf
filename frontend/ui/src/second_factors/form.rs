//! A form of one field: a code, or the password once more.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::focus::focus_id;
use crate::i18n::{Key, use_i18n};
use crate::view::{said, text};

/// What a form asks for.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// The field's id.
    pub(crate) id: &'static str,
    /// What the field is called.
    pub(crate) label: Key,
    /// What the button says.
    pub(crate) submit: Key,
    /// Whether it is the password, and not a code.
    pub(crate) is_password: bool,
}

/// The form. What goes wrong shows at the field.
#[component]
pub(crate) fn OneField(
    /// What it asks for.
    asked: Asked,
    /// Whether an answer is on its way.
    is_busy: Signal<bool>,
    /// Why the last one was not taken.
    problem: Signal<Option<Key>>,
    /// Takes what was typed.
    on_submit: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let written = RwSignal::new(String::new());
    let is_empty = RwSignal::new(false);
    let error_id = format!("{}-error", asked.id);
    let shown =
        Signal::derive(move || if is_empty.get() { Some(Key::FIELD_REQUIRED) } else { problem.get() });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let typed = written.get_untracked();
        is_empty.set(typed.trim().is_empty());
        if is_empty.get_untracked() {
            focus_id(asked.id);
        } else {
            on_submit.run(typed);
        }
    };
    let (kind, autocomplete) = match asked.is_password {
        true => ("password", "current-password"),
        false => ("text", "one-time-code"),
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <div class="ds-field">
                <label class="ds-label" for=asked.id>{i18n.t(asked.label)}</label>
                <input
                    class="ds-input"
                    id=asked.id
                    type=kind
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=said(Signal::derive(move || shown.get().is_some()))
                    aria-describedby=error_id.clone()
                    on:input=move |event| written.set(event_target_value(&event))
                />
                <p
                    class="ds-validation-message"
                    id=error_id
                    role="alert"
                    hidden=Signal::derive(move || shown.get().is_none())
                >
                    {text(move || shown.get().map_or(String::new(), |key| i18n.text(key).to_owned()))}
                </p>
            </div>
            <button type="submit" class="ds-button" data-variant="primary" aria-disabled=said(is_busy)>
                {i18n.t(asked.submit)}
            </button>
        </form>
    }
}
