//! An app asks to be let in: who it is, what it would do, and the citizen's yes or no.

use leptos::prelude::*;
use omasote_client::ClientError;
use omasote_types::clients::{AppRequest, AskingApp};
use omasote_types::sessions::{Me, PersonId};
use omasote_ui::acting::use_acting;
use omasote_ui::action::Action;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Skeleton;
use omasote_ui::programs::ProgramScopes;
use omasote_ui::router::{Router, use_router};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

#[component]
pub(crate) fn AppRequestPage() -> impl IntoView {
    let (router, acting) = (use_router(), use_acting());
    if acting.citizen().is_some() {
        return view! { <Problem why=Key::CONSENT_FOR_ANOTHER /> }.into_any();
    }
    match untrack(|| read(router)) {
        Some(request) => view! { <Asked request /> }.into_any(),
        None => view! { <Problem why=Key::CONSENT_WRONG /> }.into_any(),
    }
}

/// What the app asks, from the address.
fn read(router: Router) -> Option<AppRequest> {
    let named = |name| router.decoded_query(name);
    Some(AppRequest {
        client_id: named("client_id")?.parse().ok()?,
        redirect_uri: named("redirect_uri")?,
        scope: named("scope")?,
        response_type: named("response_type")?,
        state: named("state"),
        code_challenge: named("code_challenge")?,
        code_challenge_method: named("code_challenge_method")?,
    })
}

#[component]
fn Problem(why: Key) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page narrow">
            <PageTitle text=text(move || i18n.text(Key::CONSENT_TITLE_PLAIN).to_owned()) />
            <div class="ds-alert" data-color="warning" role="alert">
                <p>{i18n.t(why)}</p>
            </div>
        </div>
    }
}

#[component]
fn Asked(request: AppRequest) -> impl IntoView {
    let session = use_session();
    let (app, why) = (RwSignal::new(None::<AskingApp>), RwSignal::new(None::<Key>));
    let asked = request.clone();
    let look = Action::new();
    look.run(session.ask(async move |client| client.find_app_request(&asked).await), move |outcome| {
        match outcome {
            Ok(found) => {
                app.try_set(Some(found));
                None
            }
            Err(ClientError::Refused(problem)) if problem.status < 500 => {
                why.try_set(Some(Key::CONSENT_WRONG));
                None
            }
            Err(error) => Some(error),
        }
    });
    dynamic(move || match (app.get(), why.get()) {
        (Some(app), _) => view! { <Question app request=request.clone() /> }.into_any(),
        (None, Some(why)) => view! { <Problem why /> }.into_any(),
        (None, None) => {
            view! { <div class="page narrow">{look.problem()} <Skeleton rows=3 /></div> }.into_any()
        }
    })
}

#[component]
fn Question(app: AskingApp, request: AppRequest) -> impl IntoView {
    let (i18n, session, me) = (use_i18n(), use_session(), expect_context::<Me>());
    let AskingApp { name, scopes, returns_to, refusal } = app;
    let letting = Action::new();
    let allow = move |_| {
        let PersonId::Citizen(own) = me.person else { return };
        let request = request.clone();
        let answer = session.ask(async move |client| client.create_consent(own, &request).await);
        letting.run(answer, |outcome| match outcome {
            Ok(let_in) => {
                go_to(&let_in.continue_at);
                None
            }
            Err(error) => Some(error),
        });
    };
    let title = {
        let name = name.clone();
        text(move || i18n.filled(Key::CONSENT_TITLE, &[("name", &name)]))
    };
    let returns = text(move || i18n.filled(Key::CONSENT_RETURNS, &[("place", &returns_to)]));
    view! {
        <div class="page narrow">
            <PageTitle text=title />
            <div class="card form">
                <p>{i18n.t(Key::CONSENT_WANTS)}</p>
                <ProgramScopes scopes />
                <p>{i18n.t(Key::CONSENT_WHOSE)}</p>
                <p>{i18n.t(Key::CONSENT_CARE)}</p>
                <p class="fine">{returns}</p>
                {letting.problem()}
                <div class="actions">
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="primary"
                        aria-disabled=said(letting.is_busy())
                        on:click=allow
                    >
                        {i18n.t(Key::CONSENT_ALLOW)}
                    </button>
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="secondary"
                        on:click=move |_| go_to(&refusal)
                    >
                        {i18n.t(Key::CONSENT_REFUSE)}
                    </button>
                </div>
            </div>
        </div>
    }
}

/// Leaves for the app; the server has checked that the address is the app's own.
fn go_to(address: &str) {
    let _ = window().location().set_href(address);
}
