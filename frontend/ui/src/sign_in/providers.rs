//! Signing in through a provider: the browser goes there, and comes back signed in or with a reason why not.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

use leptos::prelude::*;
use omasote_types::sessions::{App, SignInProblem, SignInProvider};

use crate::i18n::{Key, use_i18n};
use crate::router::use_router;
use crate::session::use_session;
use crate::view::text;

/// One link for each provider.
#[component]
pub(super) fn Providers(providers: Vec<SignInProvider>) -> impl IntoView {
    let i18n = use_i18n();
    let title = match use_session().app() {
        App::Citizen => Key::SIGN_IN_STRONG_TITLE,
        App::Professional => Key::SIGN_IN_DIRECTORY_TITLE,
    };
    view! {
        <section class="sign-in-part" aria-labelledby="providers-title">
            <h2 class="ds-heading" data-size="xs" id="providers-title">{i18n.t(title)}</h2>
            <ul class="providers">{providers.into_iter().map(provider_link).collect_view()}</ul>
        </section>
    }
}

fn provider_link(provider: SignInProvider) -> AnyView {
    let (i18n, session, router) = (use_i18n(), use_session(), use_router());
    let label = match session.app() {
        App::Citizen => Key::SIGN_IN_WITH_STRONG,
        App::Professional => Key::SIGN_IN_WITH_DIRECTORY,
    };
    let SignInProvider { id, name, .. } = provider;
    let address = text(move || session.client().start_oidc_sign_in(&id, &router.address()));
    // The target tells our router that the link leads out of the app.
    let link = view! {
        <li>
            <a class="ds-button" data-variant="primary" href=address target="_self">
                {text(move || i18n.filled(label, &[("name", &i18n.local(&name))]))}
            </a>
        </li>
    };
    link.into_any()
}

/// Tells why the browser came back without a session. The reason leaves the address, so that a reload does not tell it again.
#[component]
pub(super) fn ProblemAtProvider() -> impl IntoView {
    let (i18n, router) = (use_i18n(), use_router());
    let code = untrack(|| router.query(SignInProblem::PARAMETER));
    let problem = code.map(|code| SignInProblem::from_code(&code).unwrap_or(SignInProblem::Failed));
    if problem.is_some() {
        router.replace(&untrack(|| router.path()));
    }
    problem.map(|problem| {
        view! {
            <div class="ds-alert" data-color="warning" role="alert">
                <p>{i18n.t(explain(problem))}</p>
            </div>
        }
    })
}

const fn explain(problem: SignInProblem) -> Key {
    match problem {
        SignInProblem::Cancelled => Key::SIGN_IN_PROBLEM_CANCELLED,
        SignInProblem::Expired => Key::SIGN_IN_PROBLEM_EXPIRED,
        SignInProblem::ProviderUnavailable => Key::SIGN_IN_PROBLEM_UNAVAILABLE,
        SignInProblem::Failed => Key::SIGN_IN_PROBLEM_FAILED,
        SignInProblem::NotIdentified => Key::SIGN_IN_PROBLEM_NOT_IDENTIFIED,
        SignInProblem::UnknownPerson => Key::SIGN_IN_PROBLEM_UNKNOWN_PERSON,
    }
}
