//! Signing in with a local account.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::ClientResult;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::sessions::{Credentials, MAX_PASSWORD_CHARACTERS, MAX_USERNAME_CHARACTERS, SessionInfo};

use super::Attempt;
use crate::app;
use crate::chunk::Chunk;
use crate::errors;
use crate::focus::focus_id;
use crate::i18n::{Key, use_i18n};
use crate::second_factors::{CodeStep, Step};
use crate::session::use_session;
use crate::view::{optional, said, text};

/// The form of user name and password.
#[component]
pub(super) fn AccountForm() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let empty =
        Credentials { username: String::new(), password: String::new(), code: None, new_password: None };
    let credentials = RwSignal::new(empty);
    let step = RwSignal::new(None::<Step>);
    let refused = RwSignal::new(Vec::<FieldError>::new());
    let attempt = Attempt::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let written = credentials.get_untracked();
        refused.set(written.validate().err().unwrap_or_default());
        if refused.with_untracked(Vec::is_empty) {
            let client = session.client();
            let signing_in = Box::pin(async move { next_step(client.create_session(&written).await, step) });
            attempt.run(signing_in);
        } else {
            focus_id("sign-in-errors");
        }
    };
    let code_step = Chunk::new(app::code_step);
    let error_of = move |field: &'static str| {
        Signal::derive(move || {
            refused.with(|all| all.iter().find(|error| error.field == field).map(|error| error.code))
        })
    };
    let (username_error, password_error) = (error_of("username"), error_of("password"));
    view! {
        <section class="sign-in-part" aria-labelledby="account-title">
            <h2 class="ds-heading" data-size="xs" id="account-title">{i18n.t(Key::SIGN_IN_ACCOUNT_TITLE)}</h2>
            <ErrorSummary username=username_error password=password_error />
            {optional(move || {
                let asked = step.get()?;
                let credentials = StoredValue::new(credentials.get_untracked());
                Some(code_step.show_about(CodeStep { credentials, asked: RwSignal::new(asked) }))
            })}
            <form
                class="card form"
                novalidate=true
                hidden=Signal::derive(move || step.get().is_some())
                on:submit=submit
            >
                <CredentialField
                    field=USERNAME
                    error=username_error
                    on_write=Callback::new(move |text| credentials.update(|all| all.username = text))
                />
                <CredentialField
                    field=PASSWORD
                    error=password_error
                    on_write=Callback::new(move |text| credentials.update(|all| all.password = text))
                />
                {optional(move || attempt.problem())}
                <button
                    type="submit"
                    class="ds-button"
                    data-variant="primary"
                    aria-disabled=said(attempt.is_busy)
                >
                    {i18n.t(Key::SIGN_IN_SUBMIT)}
                </button>
            </form>
        </section>
    }
}

/// A code that is missing is the next step and no failure.
fn next_step(
    outcome: ClientResult<SessionInfo>,
    step: RwSignal<Option<Step>>,
) -> ClientResult<Option<SessionInfo>> {
    match Step::after(&outcome) {
        None => outcome.map(Some),
        next => {
            step.set(next);
            Ok(None)
        }
    }
}

/// What makes one field of the form unlike the other.
#[derive(Clone, Copy)]
struct Field {
    id: &'static str,
    error_id: &'static str,
    label: Key,
    kind: &'static str,
    autocomplete: &'static str,
    limit: usize,
}

const USERNAME: Field = Field {
    id: "username",
    error_id: "username-error",
    label: Key::SIGN_IN_USERNAME,
    kind: "text",
    autocomplete: "username",
    limit: MAX_USERNAME_CHARACTERS,
};
const PASSWORD: Field = Field {
    id: "password",
    error_id: "password-error",
    label: Key::SIGN_IN_PASSWORD,
    kind: "password",
    autocomplete: "current-password",
    limit: MAX_PASSWORD_CHARACTERS,
};

impl Field {
    /// What is wrong, with the field's name: the summary and the field say the same.
    fn explain(self, error: Signal<Option<FieldErrorCode>>) -> Option<String> {
        let i18n = use_i18n();
        let label = i18n.text(self.label);
        let limit = self.limit.to_string();
        let values = [("field", label), ("limit", limit.as_str())];
        error.get().map(|code| match code {
            FieldErrorCode::Required => i18n.filled(Key::SIGN_IN_FIELD_REQUIRED, &values),
            FieldErrorCode::TooLong => i18n.filled(Key::SIGN_IN_FIELD_TOO_LONG, &values),
            other => format!("{label}: {}", i18n.text(errors::explain_field(other))),
        })
    }
}

#[component]
fn CredentialField(
    field: Field,
    error: Signal<Option<FieldErrorCode>>,
    on_write: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let explained = text(move || field.explain(error).unwrap_or_default());
    let is_refused = Signal::derive(move || error.get().is_some());
    view! {
        <div class="ds-field">
            <label class="ds-label" for=field.id>{i18n.t(field.label)}</label>
            <input
                class="ds-input"
                id=field.id
                name=field.id
                type=field.kind
                autocomplete=field.autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=said(is_refused)
                aria-describedby=field.error_id
                on:input=move |event| on_write.run(event_target_value(&event))
            />
            <p class="ds-validation-message" id=field.error_id hidden=Signal::derive(move || !is_refused.get())>
                {explained}
            </p>
        </div>
    }
}

#[component]
fn ErrorSummary(
    username: Signal<Option<FieldErrorCode>>,
    password: Signal<Option<FieldErrorCode>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_clean = Signal::derive(move || username.get().is_none() && password.get().is_none());
    view! {
        <div
            class="ds-error-summary"
            id="sign-in-errors"
            tabindex="-1"
            role="group"
            aria-labelledby="sign-in-errors-title"
            hidden=is_clean
        >
            <h3 class="ds-heading" data-size="2xs" id="sign-in-errors-title">{i18n.t(Key::ERROR_SUMMARY_TITLE)}</h3>
            <ul class="ds-list">{summary_entry(USERNAME, username)} {summary_entry(PASSWORD, password)}</ul>
        </div>
    }
}

fn summary_entry(field: Field, error: Signal<Option<FieldErrorCode>>) -> AnyView {
    optional(move || {
        let explained = field.explain(error)?;
        let to_field = move |click: leptos::ev::MouseEvent| {
            click.prevent_default();
            focus_id(field.id);
        };
        let entry = view! {
            <li>
                <a class="ds-link" href=format!("#{}", field.id) on:click=to_field>
                    {explained}
                </a>
            </li>
        };
        Some(entry.into_any())
    })
}
