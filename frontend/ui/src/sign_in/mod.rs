//! Signing in: through a provider, as a demo person where the server offers them, or with a local account.

mod account;
mod providers;

use account::AccountForm;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::ClientError;
use omasote_types::error::ErrorCode;
use omasote_types::sessions::{App, DemoPersona, PersonId, SessionInfo, SignInMethods};
use providers::{ProblemAtProvider, Providers};

use crate::errors;
use crate::focus::PageTitle;
use crate::guides;
use crate::i18n::{Key, use_i18n};
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::{Answer, Phase, Session, use_session};
use crate::view::{dynamic, optional, said, text};

/// Asks who the person is.
#[component]
pub fn SignInPage() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let methods = Remote::new(move || {
        let client = session.client();
        Box::pin(async move { client.list_sign_in_methods().await })
    });
    let intro = match session.app() {
        App::Citizen => Key::SIGN_IN_INTRO_CITIZEN,
        App::Professional => Key::SIGN_IN_INTRO_PROFESSIONAL,
    };
    let lead = move || match session.phase() {
        Phase::Expired => view! {
            <div class="ds-alert" data-color="info" role="status">
                <p>{i18n.t(Key::SIGN_IN_EXPIRED)}</p>
            </div>
        }
        .into_any(),
        _ => view! { <p class="lead">{i18n.t(intro)}</p> }.into_any(),
    };
    let guides = (session.app() == App::Citizen).then(|| {
        view! {
            <p>
                <a class="ds-link" href=guides::LIST>{i18n.t(Key::SIGN_IN_GUIDES)}</a>
            </p>
        }
    });
    view! {
        <div class="page narrow">
            <PageTitle text=text(move || i18n.text(Key::SIGN_IN_TITLE).to_owned()) />
            {dynamic(lead)}
            <ProblemAtProvider />
            <Loading data=methods let:methods>
                <Methods methods=methods.get_untracked() />
            </Loading>
            {guides}
        </div>
    }
}

#[component]
fn Methods(methods: SignInMethods) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let app = session.app();
    let mut personas = methods.demo_personas;
    personas.retain(|persona| persona.person.app() == app);
    let mut providers = methods.providers;
    providers.retain(|provider| provider.app == app);
    let has_nothing = personas.is_empty() && providers.is_empty() && !methods.has_local_accounts;
    view! {
        {(!providers.is_empty()).then(|| view! { <Providers providers /> })}
        {(!personas.is_empty()).then(|| view! { <Personas personas /> })}
        {methods.has_local_accounts.then(|| view! { <AccountForm /> })}
        {has_nothing.then(|| view! { <p>{i18n.t(Key::SIGN_IN_NO_METHODS)}</p> })}
    }
}

#[component]
fn Personas(personas: Vec<DemoPersona>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let attempt = Attempt::new();
    let choose = move |person: PersonId| {
        let client = session.client();
        attempt.run(Box::pin(async move { client.create_demo_session(person).await.map(Some) }));
    };
    let card = move |persona: DemoPersona| -> AnyView {
        let DemoPersona { person, name, description } = persona;
        let card = view! {
            <li>
                <button
                    type="button"
                    class="persona"
                    aria-disabled=said(attempt.is_busy)
                    on:click=move |_| choose(person)
                >
                    <span class="persona-name">{name}</span>
                    <span class="persona-description">{text(move || i18n.local(&description))}</span>
                </button>
            </li>
        };
        card.into_any()
    };
    view! {
        <section class="sign-in-part" aria-labelledby="demo-title">
            <h2 class="ds-heading" data-size="xs" id="demo-title">{i18n.t(Key::SIGN_IN_DEMO_TITLE)}</h2>
            <p>{i18n.t(Key::SIGN_IN_DEMO_INTRO)}</p>
            <ul class="personas">{personas.into_iter().map(card).collect_view()}</ul>
            {optional(move || attempt.problem())}
        </section>
    }
}

/// What only a sign-in can fail with is explained here.
fn explain(error: &ClientError) -> Key {
    match error.code() {
        Some(ErrorCode::FirstPasswordExpired) => Key::ERROR_FIRST_PASSWORD_EXPIRED,
        _ => errors::explain(error),
    }
}

/// One try to sign in at a time, and why the last one failed.
#[derive(Clone, Copy)]
struct Attempt {
    session: Session,
    is_busy: RwSignal<bool>,
    error: RwSignal<Option<ClientError>>,
}

impl Attempt {
    fn new() -> Self {
        Self { session: use_session(), is_busy: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Signs in; without a session in the answer there is another step to take.
    fn run(self, signing_in: Answer<Option<SessionInfo>>) {
        if self.is_busy.get_untracked() {
            return;
        }
        let session = self.session;
        self.is_busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            match signing_in.await {
                Ok(Some(_)) => session.look_up(),
                Ok(None) => {}
                Err(error) => self.error.set(Some(error)),
            }
            self.is_busy.set(false);
        });
    }

    fn problem(self) -> Option<AnyView> {
        let i18n = use_i18n();
        let error = self.error.get()?;
        let shown = view! {
            <div class="ds-alert" data-color="danger" role="alert">
                <p>{i18n.t(explain(&error))}</p>
            </div>
        };
        Some(shown.into_any())
    }
}
