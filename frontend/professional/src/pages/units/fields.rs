//! Fields of lists, whose ids are made as the list grows.

use leptos::prelude::*;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::UnitId;
use omasote_types::units::UnitRef;
use omasote_ui::errors;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::{said, text};

/// A field of one line.
#[component]
pub(crate) fn RowField(
    id: String,
    #[prop(into)] label: Signal<String>,
    #[prop(default = "text")] kind: &'static str,
    value: RwSignal<String>,
    error: Signal<Option<FieldErrorCode>>,
    /// What is said when it does not follow its form.
    #[prop(default = Key::FIELD_INVALID)]
    invalid: Key,
) -> impl IntoView {
    let i18n = use_i18n();
    let problem = format!("{id}-error");
    let explained = text(move || match error.get() {
        None => String::new(),
        Some(FieldErrorCode::InvalidFormat) => i18n.text(invalid).to_owned(),
        Some(other) => i18n.text(errors::explain_field(other)).to_owned(),
    });
    let described_by = problem.clone();
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{label}</label>
            <input
                class="ds-input"
                id=id
                type=kind
                autocomplete="off"
                aria-invalid=said(Signal::derive(move || error.get().is_some()))
                aria-describedby=described_by
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p class="ds-validation-message" id=problem hidden=Signal::derive(move || error.get().is_none())>
                {explained}
            </p>
        </div>
    }
}

/// A small button beside a row. Its name says which row it is about.
#[component]
pub(super) fn RowButton(
    label: Key,
    #[prop(into)] about: Signal<String>,
    press: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = text(move || format!("{}: {}", i18n.text(label), about.get()));
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="tertiary"
            data-size="sm"
            aria-label=name
            on:click=move |_| press.run(())
        >
            {i18n.t(label)}
        </button>
    }
}

/// Which of the professional's units, when there are several.
#[component]
pub(crate) fn UnitSelect(
    id: &'static str,
    units: Vec<UnitRef>,
    unit: RwSignal<Option<UnitId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    (units.len() > 1).then(|| {
        let option = move |one: UnitRef| {
            view! { <option value=one.id.to_string()>{text(move || i18n.local(&one.name))}</option> }
        };
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id>{i18n.t(Key::TASK_UNIT)}</label>
                <select
                    class="ds-input"
                    id=id
                    on:change=move |event| unit.set(event_target_value(&event).parse().ok())
                >
                    {units.into_iter().map(option).collect_view()}
                </select>
            </div>
        }
    })
}
