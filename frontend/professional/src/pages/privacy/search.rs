//! Searching the log: whose data, or who used it, and when. An identity code stays in this page.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::Instant;
use omasote_types::audit::AuditSearch;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::sessions::PersonId;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::router::use_router;
use omasote_ui::view::{dynamic, optional};

use super::lines::Lines;
use crate::pages::clients::check_code;
use crate::paths;

#[component]
pub(super) fn SearchPart() -> impl IntoView {
    let (i18n, router) = (use_i18n(), use_router());
    let actor = Memo::new(move |_| {
        let id = router.query(paths::ACTOR)?;
        id.parse().ok().map(PersonId::Professional)
    });
    let (code, from, to) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (form, asked) = (Form::new(), RwSignal::new(None::<AuditSearch>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let actor = actor.get_untracked();
        let written = code.get_untracked();
        let checked = if actor.is_some() { Ok(()) } else { check_code("identityCode", &written) };
        let (from, to) = (from.get_untracked(), to.get_untracked());
        let first = day("from", &from, intl::written_date(&from).map(intl::start_of_day));
        let last = day("to", &to, intl::written_date(&to).map(intl::end_of_day));
        if !form.accepts(checked.and(first.clone().map(drop)).and(last.clone().map(drop))) {
            return;
        }
        asked.set(Some(AuditSearch {
            identity_code: actor.is_none().then_some(written),
            actor,
            from: first.ok().flatten(),
            to: last.ok().flatten(),
            ..AuditSearch::default()
        }));
    };
    let whose = move || {
        let field = view! {
            <LineField
                id="identity-code"
                label=Key::CLIENTS_CODE
                value=code
                error=form.error_of("identityCode")
                invalid=Key::CLIENTS_CODE_INVALID
            />
        };
        let one = view! {
            <p>
                {i18n.t(Key::PRIVACY_OF_ACTOR)} " "
                <a class="ds-link" href=paths::privacy(paths::PrivacyPart::Search)>
                    {i18n.t(Key::PRIVACY_BY_CODE)}
                </a>
            </p>
        };
        if actor.get().is_some() { one.into_any() } else { field.into_any() }
    };
    let found = move || {
        let of_actor = || Some(AuditSearch { actor: Some(actor.get()?), ..AuditSearch::default() });
        let search = asked.get().filter(|search| search.actor == actor.get()).or_else(of_actor)?;
        Some(view! { <Lines search /> }.into_any())
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            {dynamic(whose)}
            <div class="dates">
                <LineField id="from" label=Key::PRIVACY_FROM kind="date" value=from error=form.error_of("from") />
                <LineField id="to" label=Key::PRIVACY_TO kind="date" value=to error=form.error_of("to") />
            </div>
            <SubmitButton form label=Key::CLIENTS_SEARCH />
        </form>
        {optional(found)}
    }
}

/// What was read of a date field; none when it is empty.
fn day(field: &str, written: &str, read: Option<Instant>) -> Result<Option<Instant>, Vec<FieldError>> {
    if written.is_empty() || read.is_some() {
        return Ok(read);
    }
    Err(vec![FieldError { field: field.to_owned(), code: FieldErrorCode::InvalidFormat }])
}
