//! Signing in: as a demo person where the server offers them, or with a local account.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::ClientError;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::sessions::{
    App, Credentials, DemoPersona, MAX_PASSWORD_CHARACTERS, MAX_USERNAME_CHARACTERS, PersonId, SessionInfo,
    SignInMethods,
};

use crate::errors;
use crate::focus::{PageTitle, focus_id};
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
    view! {
        <div class="page narrow">
            <PageTitle text=text(move || i18n.text(Key::SIGN_IN_TITLE).to_owned()) />
            {dynamic(lead)}
            <Loading data=methods let:methods>
                <Methods methods=methods.get_untracked() />
            </Loading>
        </div>
    }
}

#[component]
fn Methods(methods: SignInMethods) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let app = session.app();
    let mut personas = methods.demo_personas;
    personas.retain(|persona| persona.person.app() == app);
    let has_nothing = personas.is_empty() && !methods.has_local_accounts;
    view! {
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
        attempt.run(Box::pin(async move { client.create_demo_session(person).await }));
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

#[component]
fn AccountForm() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let credentials = RwSignal::new(Credentials { username: String::new(), password: String::new() });
    let refused = RwSignal::new(Vec::<FieldError>::new());
    let attempt = Attempt::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let written = credentials.get_untracked();
        refused.set(written.validate().err().unwrap_or_default());
        if refused.with_untracked(Vec::is_empty) {
            let client = session.client();
            attempt.run(Box::pin(async move { client.create_session(&written).await }));
        } else {
            focus_id("sign-in-errors");
        }
    };
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
            <form class="card form" novalidate=true on:submit=submit>
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

    fn run(self, signing_in: Answer<SessionInfo>) {
        if self.is_busy.get_untracked() {
            return;
        }
        let session = self.session;
        self.is_busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            match signing_in.await {
                Ok(_) => session.look_up(),
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
                <p>{i18n.t(errors::explain(&error))}</p>
            </div>
        };
        Some(shown.into_any())
    }
}
