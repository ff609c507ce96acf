//! Choosing a password: in the place of the first one at sign-in, and in the place of one's own on the account's page.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::accounts::PasswordChange;
use omasote_types::error::{ErrorCode, FieldError, FieldErrorCode};
use omasote_types::sessions::Credentials;

use super::step::{CodeStep, Step};
use crate::announce::use_announcer;
use crate::form::{Form, LineField, SubmitButton};
use crate::i18n::{Key, use_i18n};
use crate::session::use_session;

/// A new password, written twice.
#[derive(Clone, Copy)]
struct Written {
    new: RwSignal<String>,
    again: RwSignal<String>,
}

impl Written {
    fn empty() -> Self {
        Self { new: RwSignal::new(String::new()), again: RwSignal::new(String::new()) }
    }

    /// Beside what the server would find wrong: that both are the same.
    fn check(self, found: Result<(), Vec<FieldError>>) -> Result<(), Vec<FieldError>> {
        let mut refused = found.err().unwrap_or_default();
        if self.new.get_untracked() != self.again.get_untracked() {
            refused.push(FieldError { field: "again".to_owned(), code: FieldErrorCode::InvalidFormat });
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }
}

#[component]
fn NewPasswordFields(form: Form, written: Written) -> impl IntoView {
    let refused = form.error_of("newPassword");
    view! {
        <LineField
            id="new-password"
            label=Key::PASSWORD_NEW
            hint=Key::PASSWORD_NEW_HINT
            kind="password"
            autocomplete="new-password"
            value=written.new
            error=form.error_of("newPassword")
            invalid=Signal::derive(move || match refused.get() {
                Some(FieldErrorCode::TooCommon) => Key::FIELD_TOO_COMMON,
                Some(FieldErrorCode::Unchanged) => Key::FIELD_UNCHANGED,
                _ => Key::FIELD_INVALID,
            })
        />
        <LineField
            id="new-password-again"
            label=Key::PASSWORD_AGAIN
            kind="password"
            autocomplete="new-password"
            value=written.again
            error=form.error_of("again")
            invalid=Key::PASSWORD_DIFFERS
        />
    }
}

/// The step at sign-in. What is chosen goes along with what may be asked for next.
pub(super) fn new_password(step: CodeStep) -> AnyView {
    let (i18n, session, form, written) = (use_i18n(), use_session(), Form::new(), Written::empty());
    let heading = NodeRef::<leptos::html::P>::new();
    heading.on_load(|heading| drop(heading.focus()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let known = step.credentials.get_value();
        let chosen = Credentials { new_password: Some(written.new.get_untracked()), ..known };
        if !form.accepts(written.check(chosen.validate())) {
            return;
        }
        let (client, asked) = (session.client(), chosen.clone());
        let answer = Box::pin(async move { client.create_session(&asked).await });
        form.send_or(answer, move |outcome| match (Step::after(&outcome), outcome) {
            (Some(next), _) => {
                step.credentials.set_value(chosen);
                step.asked.try_set(next);
                None
            }
            (None, Ok(_)) => {
                session.look_up();
                None
            }
            (None, Err(error)) => Some(error),
        });
    };
    view! {
        <p tabindex="-1" node_ref=heading>{i18n.t(Key::PASSWORD_FIRST)}</p>
        <form class="card form" novalidate=true on:submit=submit>
            <NewPasswordFields form written />
            <SubmitButton form label=Key::SIGN_IN_SUBMIT />
        </form>
    }
    .into_any()
}

/// The part of the account's page.
#[component]
pub(super) fn PasswordPart() -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, written, current) = (Form::new(), Written::empty(), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let change = PasswordChange {
            current_password: current.get_untracked(),
            new_password: written.new.get_untracked(),
        };
        if !form.accepts(written.check(change.validate())) {
            return;
        }
        let answer = session.ask(async move |client| client.change_password(&change).await);
        form.send_or(answer, move |outcome| match outcome {
            Ok(()) => {
                for line in [current, written.new, written.again] {
                    line.try_set(String::new());
                }
                announcer.say(Key::PASSWORD_CHANGED);
                None
            }
            Err(error) if error.code() == Some(ErrorCode::WrongCredentials) => {
                let wrong =
                    FieldError { field: "currentPassword".to_owned(), code: FieldErrorCode::InvalidFormat };
                let _ = form.accepts(Err(vec![wrong]));
                None
            }
            Err(error) => Some(error),
        });
    };
    view! {
        <section class="part" aria-labelledby="password-title">
            <h2 class="ds-heading" data-size="xs" id="password-title">{i18n.t(Key::PASSWORD_TITLE)}</h2>
            <p>{i18n.t(Key::PASSWORD_INTRO)}</p>
            <form class="card form" novalidate=true on:submit=submit>
                <LineField
                    id="current-password"
                    label=Key::PASSWORD_CURRENT
                    kind="password"
                    autocomplete="current-password"
                    value=current
                    error=form.error_of("currentPassword")
                    invalid=Key::PASSWORD_WRONG
                />
                <NewPasswordFields form written />
                <SubmitButton form label=Key::PASSWORD_CHANGE />
            </form>
        </section>
    }
}
