//! For whom the citizen may act: going over to their matters, fetching from Suomi.fi, and taking up a code.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::ClientError;
use omasote_types::error::{ApiError, ErrorCode, FieldError, FieldErrorCode};
use omasote_types::proxies::{ProxyAcceptance, ProxyKind, Represented};
use omasote_ui::acting::use_acting;
use omasote_ui::action::ConfirmedButton;
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::proxies::Scopes;
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::suomi_fi::{Outcome, SuomiFi, Visit};
use crate::pages::my_data::{BackToHub, TitleOf};
use crate::paths;

#[component]
pub(crate) fn RepresentedPage() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let represented = Remote::new(move || session.ask(async |client| client.list_represented().await));
    let refresh = Callback::new(move |()| represented.refresh());
    let visit = Visit::take_up(refresh);
    let list = move |all: Signal<Vec<Represented>>| {
        dynamic(move || {
            let all = all.get();
            if all.is_empty() {
                return view! { <p>{i18n.t(Key::REPRESENTED_NONE)}</p> }.into_any();
            }
            let rows = all.into_iter().map(|right| view! { <PersonCard right on_change=refresh /> });
            view! { <ul class="accesses">{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::REPRESENTED_TITLE />
            <Outcome visit />
            <p>{i18n.t(Key::REPRESENTED_INTRO)}</p>
            <Loading data=represented rows=2 let:all>
                {list(all)}
            </Loading>
            <SuomiFi visit />
            <CodeForm on_taken=refresh />
        </div>
    }
}

#[component]
fn PersonCard(right: Represented, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (acting, announcer, router) = (use_acting(), use_announcer(), use_router());
    let Represented { id, citizen, kind, scopes } = right;
    let (whom, birth_date) = (citizen.id, citizen.birth_date);
    let born =
        text(move || i18n.filled(Key::INBOX_BORN, &[("date", &intl::date(i18n.language(), birth_date))]));
    let why = match kind {
        ProxyKind::Guardian => Key::REPRESENTED_GUARDIAN,
        ProxyKind::Mandate => Key::REPRESENTED_MANDATE,
    };
    let (name, asked) = (citizen.name.clone(), citizen.name.clone());
    let begin = move |_| {
        acting.begin(whom);
        announcer.say_filled(Key::ACTING_BAR, vec![("name", name.clone())]);
        router.go(paths::FRONT);
    };
    let question = text(move || i18n.filled(Key::REPRESENTED_GIVE_UP_QUESTION, &[("name", &asked)]));
    let end = Callback::new(move |()| session.ask(async move |client| client.end_proxy(id).await));
    // A guardian is one by law and stays one.
    let give_up = (kind == ProxyKind::Mandate).then(|| {
        view! {
            <ConfirmedButton
                label=Key::REPRESENTED_GIVE_UP
                question
                confirm=Key::REPRESENTED_GIVE_UP
                run=end
                done=Key::PROXIES_ENDED
                on_done=on_change
            />
        }
    });
    view! {
        <li class="card access">
            <p class="access-what">{citizen.name} " " <span class="access-ground">{born}</span></p>
            <p>{i18n.t(why)}</p>
            <Scopes scopes />
            <div class="actions">
                <button type="button" class="ds-button" data-variant="primary" data-size="sm" on:click=begin>
                    {i18n.t(Key::ACTING_BEGIN)}
                </button>
                {give_up}
            </div>
        </li>
    }
}

#[component]
fn CodeForm(on_taken: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, code) = (Form::new(), RwSignal::new(String::new()));
    let invalid = RwSignal::new(Key::REPRESENTED_CODE_WRONG);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let acceptance = ProxyAcceptance { code: code.get_untracked() };
        let is_empty = acceptance.code.trim().is_empty();
        let found = if is_empty { Err(vec![refused(FieldErrorCode::Required)]) } else { Ok(()) };
        if !form.accepts(found) {
            return;
        }
        let answer = session.ask(async move |client| client.accept_proxy_invitation(&acceptance).await);
        form.send_or(answer, move |outcome| {
            if outcome.is_ok() {
                announcer.say(Key::REPRESENTED_TAKEN);
                code.try_set(String::new());
                on_taken.try_run(());
            }
            let is_own = outcome.as_ref().err().and_then(ClientError::code) == Some(ErrorCode::NotAllowed);
            invalid.try_set(if is_own { Key::REPRESENTED_CODE_OWN } else { Key::REPRESENTED_CODE_WRONG });
            outcome.err().map(about_the_code)
        });
    };
    view! {
        <section class="part" aria-labelledby="code-title">
            <h2 class="ds-heading" data-size="xs" id="code-title">{i18n.t(Key::REPRESENTED_CODE_TITLE)}</h2>
            <form class="card form" novalidate=true on:submit=submit>
                <LineField
                    id="code"
                    label=Key::REPRESENTED_CODE
                    hint=Key::REPRESENTED_CODE_HINT
                    value=code
                    error=form.error_of("code")
                    invalid
                />
                <SubmitButton form label=Key::REPRESENTED_USE_CODE />
            </form>
        </section>
    }
}

/// What the server says of the whole is about the one field there is.
fn about_the_code(error: ClientError) -> ClientError {
    use ErrorCode::{MalformedBody, NotAllowed, NotFound, ValidationFailed};
    if !matches!(error.code(), Some(NotFound | NotAllowed | MalformedBody)) {
        return error;
    }
    let mut problem = ApiError::new(ValidationFailed);
    problem.errors.push(refused(FieldErrorCode::InvalidFormat));
    ClientError::Refused(Box::new(problem))
}

fn refused(code: FieldErrorCode) -> FieldError {
    FieldError { field: "code".to_owned(), code }
}
