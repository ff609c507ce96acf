//! Forms: fields with their labels and what is wrong with them, and sending what was written.

use std::fmt::Debug;

use leptos::prelude::*;
use omasote_client::{ClientError, ClientResult};
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::validation::MAX_REASON_CHARACTERS;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::action::Action;
use crate::errors;
use crate::i18n::{Key, use_i18n};
use crate::session::Answer;
use crate::view::{optional, said, text};

/// A form on its way to the server, and what was refused of it.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    refused: RwSignal<Vec<FieldError>>,
    action: Action,
}

impl Default for Form {
    fn default() -> Self {
        Self::new()
    }
}

impl Form {
    /// Nothing sent yet.
    #[must_use]
    pub fn new() -> Self {
        Self { refused: RwSignal::new(Vec::new()), action: Action::new() }
    }

    /// Why a field was refused, by the form or by the server.
    #[must_use]
    pub fn error_of(self, field: &'static str) -> Signal<Option<FieldErrorCode>> {
        self.error_at(field.to_owned())
    }

    /// Why a field of a list was refused: such as "topics.2.name.sv".
    #[must_use]
    pub fn error_at(self, field: String) -> Signal<Option<FieldErrorCode>> {
        Signal::derive(move || {
            self.refused.with(|all| all.iter().find(|error| error.field == field).map(|error| error.code))
        })
    }

    /// Takes what the form itself finds wrong, and goes to the first such field. Whether it may be sent.
    #[must_use]
    pub fn accepts(self, found: Result<(), Vec<FieldError>>) -> bool {
        let refused = found.err().unwrap_or_default();
        let is_clean = refused.is_empty();
        self.refused.set(refused);
        if !is_clean {
            focus_first_refused();
        }
        is_clean
    }

    /// Sends; `then` runs with what the server made of it.
    pub fn send<T: 'static>(self, answer: Answer<T>, then: impl FnOnce(T) + 'static) {
        self.send_or(answer, move |outcome| outcome.map(then).err());
    }

    /// Sends; `then` takes either answer, and gives back an error that is to be shown.
    pub fn send_or<T: 'static>(
        self,
        answer: Answer<T>,
        then: impl FnOnce(ClientResult<T>) -> Option<ClientError> + 'static,
    ) {
        self.action.run(answer, move |outcome| {
            then(outcome).and_then(|error| match error {
                ClientError::Refused(problem) if !problem.errors.is_empty() => {
                    self.refused.try_set(problem.errors);
                    focus_first_refused();
                    None
                }
                other => Some(other),
            })
        });
    }
}

fn focus_first_refused() {
    request_animation_frame(|| {
        let refused = document().query_selector("main [aria-invalid=true]").ok().flatten();
        if let Some(field) = refused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}

/// A field of one line.
#[component]
pub fn LineField(
    /// Its id.
    id: &'static str,
    /// What it is called.
    label: Key,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<Key>,
    /// The kind of the input, such as "date".
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What is written.
    value: RwSignal<String>,
    /// Why it was refused.
    error: Signal<Option<FieldErrorCode>>,
    /// What is said when it does not follow its form.
    #[prop(into, default = Key::FIELD_INVALID.into())]
    invalid: Signal<Key>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_refused = Signal::derive(move || error.get().is_some());
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{i18n.t(label)}</label>
            {hint.map(|hint| view! { <p class="fine" id=hint_id(id)>{i18n.t(hint)}</p> })}
            <input
                class="ds-input"
                id=id
                type=kind
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=said(is_refused)
                aria-describedby=described_by(id, hint)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <FieldProblem id error invalid />
        </div>
    }
}

/// A field for a written reason.
#[component]
pub fn ReasonField(
    /// Its id.
    id: &'static str,
    /// What it is called.
    label: Key,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<Key>,
    /// What is written.
    value: RwSignal<String>,
    /// Why it was refused.
    error: Signal<Option<FieldErrorCode>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_refused = Signal::derive(move || error.get().is_some());
    view! {
        <div class="ds-field message-field">
            <label class="ds-label" for=id>{i18n.t(label)}</label>
            {hint.map(|hint| view! { <p class="fine" id=hint_id(id)>{i18n.t(hint)}</p> })}
            <textarea
                class="ds-input"
                id=id
                rows="3"
                dir="auto"
                maxlength=MAX_REASON_CHARACTERS.to_string()
                aria-invalid=said(is_refused)
                aria-describedby=described_by(id, hint)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <FieldProblem id error invalid=Key::FIELD_INVALID />
        </div>
    }
}

/// What is wrong with a field. Its place stays, so that the field can point to it.
#[component]
pub fn FieldProblem(
    /// The field's id.
    id: &'static str,
    /// Why it was refused.
    error: Signal<Option<FieldErrorCode>>,
    /// What is said when it does not follow its form.
    #[prop(into)]
    invalid: Signal<Key>,
) -> impl IntoView {
    let i18n = use_i18n();
    let explained = text(move || match error.get() {
        None => String::new(),
        Some(other) => {
            let general = errors::explain_field(other);
            i18n.text(if general == Key::FIELD_INVALID { invalid.get() } else { general }).to_owned()
        }
    });
    let is_fine = Signal::derive(move || error.get().is_none());
    view! {
        <p class="ds-validation-message" id=format!("{id}-error") hidden=is_fine>
            {explained}
        </p>
    }
}

/// The button that sends a form, and why sending it failed.
#[component]
pub fn SubmitButton(
    /// The form.
    form: Form,
    /// What it says.
    label: Key,
    /// Its colour, when what it does is not to be done lightly.
    #[prop(optional)]
    color: Option<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        {form.action.problem()}
        <div class="action">
            <button
                type="submit"
                class="ds-button"
                data-variant="primary"
                data-color=color
                aria-disabled=said(form.action.is_busy())
            >
                {i18n.t(label)}
            </button>
        </div>
    }
}

fn hint_id(id: &str) -> String {
    format!("{id}-hint")
}

fn described_by(id: &str, hint: Option<Key>) -> String {
    match hint {
        Some(_) => format!("{id}-hint {id}-error"),
        None => format!("{id}-error"),
    }
}

/// A choice of one.
#[component]
pub fn RadioChoice(
    /// The name of the group, and the beginning of its ids.
    name: &'static str,
    /// What is asked.
    label: Key,
    /// What there is to choose from: values and words.
    options: Vec<(String, Signal<String>)>,
    /// The value that is chosen.
    chosen: RwSignal<String>,
    /// Why it was refused.
    error: Signal<Option<FieldErrorCode>>,
    /// What is said when it does not follow its form.
    #[prop(into, default = Key::FIELD_INVALID.into())]
    invalid: Signal<Key>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_refused = Signal::derive(move || error.get().is_some());
    let option = move |(value, words): (String, Signal<String>)| {
        let id = format!("{name}-{value}");
        let (of_value, is_on) = (value.clone(), value);
        view! {
            <div class="ds-field">
                <input
                    class="ds-input"
                    type="radio"
                    name=name
                    id=id.clone()
                    aria-invalid=said(is_refused)
                    prop:checked=Signal::derive(move || chosen.with(|chosen| *chosen == is_on))
                    on:change=move |_| chosen.set(of_value.clone())
                />
                <label class="ds-label" data-weight="regular" for=id>{words}</label>
            </div>
        }
    };
    view! {
        <fieldset class="choices" aria-describedby=format!("{name}-error")>
            <legend class="ds-label">{i18n.t(label)}</legend>
            {options.into_iter().map(option).collect_view()}
            <FieldProblem id=name error invalid />
        </fieldset>
    }
}

/// A box to tick.
#[component]
pub fn Tick(
    /// Its id.
    #[prop(into)]
    id: String,
    /// What it says.
    label: Key,
    /// Whether it is ticked.
    is_on: Signal<bool>,
    /// Runs when that changes.
    on_change: Callback<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="ds-field">
            <input
                class="ds-input"
                type="checkbox"
                id=id.clone()
                prop:checked=is_on
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label class="ds-label" data-weight="regular" for=id>{i18n.t(label)}</label>
        </div>
    }
}

/// A choice of some, at least one.
#[component]
pub fn TickChoice<T: Copy + Ord + Debug + Send + Sync + 'static>(
    /// The id of the group, and the beginning of its ids.
    id: &'static str,
    /// What is asked.
    label: Key,
    /// What there is to choose from, with its words.
    options: Vec<(T, Key)>,
    /// What is chosen.
    chosen: RwSignal<Vec<T>>,
    /// Why it was refused.
    error: Signal<Option<FieldErrorCode>>,
    /// What is said when nothing is chosen.
    missing: Key,
) -> impl IntoView {
    let i18n = use_i18n();
    let tick = move |(one, words): (T, Key)| {
        let change = move |is_on: bool| {
            chosen.update(|all| {
                all.retain(|other| *other != one);
                if is_on {
                    all.push(one);
                    all.sort_unstable();
                }
            });
        };
        let is_on = Signal::derive(move || chosen.with(|all| all.contains(&one)));
        view! { <Tick id=format!("{id}-{one:?}") label=words is_on on_change=Callback::new(change) /> }
    };
    let problem = move || {
        error.get()?;
        let id = format!("{id}-error");
        let problem = view! { <p class="ds-validation-message" id=id role="alert">{i18n.t(missing)}</p> };
        Some(problem.into_any())
    };
    view! {
        <fieldset class="choices" aria-describedby=format!("{id}-error")>
            <legend class="ds-label">{i18n.t(label)}</legend>
            {options.into_iter().map(tick).collect_view()}
            {optional(problem)}
        </fieldset>
    }
}
