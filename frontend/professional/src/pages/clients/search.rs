//! Finding a client by identity code. The code stays in this page: it goes to no address and is kept nowhere.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::{ErrorCode, FieldError, FieldErrorCode};
use omasote_types::identity_code::IdentityCode;
use omasote_types::people::CitizenSearch;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::view::{optional, text};

use super::break_glass::{BreakGlass, Closed};
use crate::pages::{events, tasks};
use crate::paths;

#[component]
pub(super) fn SearchPage() -> impl IntoView {
    let (i18n, session, router) = (use_i18n(), use_session(), use_router());
    let (form, code) = (Form::new(), RwSignal::new(String::new()));
    // The code whose data is not open: of nobody in care, or restricted.
    let unknown = RwSignal::new(None::<(String, Closed)>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let identity_code = code.get_untracked();
        unknown.set(None);
        if !form.accepts(check_code("identityCode", &identity_code)) {
            return;
        }
        let search = CitizenSearch { identity_code: identity_code.clone() };
        let answer = session.ask(async move |client| client.search_citizens(&search).await);
        form.send_or(answer, move |outcome| match outcome {
            Ok(client) => {
                router.go(&paths::client(client.id));
                None
            }
            Err(error) => match error.code() {
                Some(ErrorCode::NotFound) => {
                    unknown.try_set(Some((identity_code, Closed::NotInCare)));
                    None
                }
                Some(ErrorCode::DataRestricted) => {
                    unknown.try_set(Some((identity_code, Closed::Restricted)));
                    None
                }
                _ => Some(error),
            },
        });
    };
    let break_glass = move || {
        let (code, why) = unknown.get()?;
        Some(view! { <BreakGlass code why /> }.into_any())
    };
    view! {
        <div class="page office">
            <PageTitle text=text(move || i18n.text(Key::CLIENTS_TITLE).to_owned()) />
            <form class="card form" novalidate=true on:submit=submit>
                <LineField
                    id="identity-code"
                    label=Key::CLIENTS_CODE
                    hint=Key::CLIENTS_CODE_HINT
                    value=code
                    error=form.error_of("identityCode")
                    invalid=Key::CLIENTS_CODE_INVALID
                />
                <SubmitButton form label=Key::CLIENTS_SEARCH />
            </form>
            <div role="status">{optional(break_glass)}</div>
            {tasks::worklists()}
            {events::of_units()}
        </div>
    }
}

/// Whether a text can be an identity code.
pub(crate) fn check_code(field: &str, written: &str) -> Result<(), Vec<FieldError>> {
    let code = match written.trim().is_empty() {
        true => FieldErrorCode::Required,
        false if IdentityCode::parse(written).is_err() => FieldErrorCode::InvalidFormat,
        false => return Ok(()),
    };
    Err(vec![FieldError { field: field.to_owned(), code }])
}
