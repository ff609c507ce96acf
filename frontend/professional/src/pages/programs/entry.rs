//! Registering a program.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::json;
use omasote_types::clients::{ClientAuth, ClientKind, NewClient, PublicKeys, Scope};
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::units::Unit;
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, LineField, RadioChoice, SubmitButton, TickChoice};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::programs::scope_name;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{optional, said, text};

use super::{auth_name, kind_name};

/// What is written of a new program.
#[derive(Clone, Copy)]
struct Written {
    name: RwSignal<String>,
    kind: RwSignal<String>,
    unit: RwSignal<String>,
    auth: RwSignal<String>,
    keys: RwSignal<String>,
    redirects: RwSignal<String>,
    scopes: RwSignal<Vec<Scope>>,
}

const SYSTEM: &str = "system";
const APP: &str = "app";
const SECRET: &str = "secret";
const KEY: &str = "key";
const NONE: &str = "none";

impl Written {
    fn new() -> Self {
        let line = |text: &str| RwSignal::new(text.to_owned());
        Self {
            name: line(""),
            kind: line(SYSTEM),
            unit: line(""),
            auth: line(SECRET),
            keys: line(""),
            redirects: line(""),
            scopes: RwSignal::new(vec![Scope::MessagesRead]),
        }
    }

    fn clear(self) {
        for line in [self.name, self.unit, self.keys, self.redirects] {
            line.try_set(String::new());
        }
    }

    fn is_system(self) -> bool {
        self.kind.with(|kind| kind == SYSTEM)
    }

    fn has_keys(self) -> bool {
        self.auth.with(|auth| auth == KEY)
    }

    /// The program, or all that is wrong with it.
    fn read(self) -> Result<NewClient, Vec<FieldError>> {
        let (is_system, has_keys) = (untrack(|| self.is_system()), untrack(|| self.has_keys()));
        let auth = match self.auth.get_untracked().as_str() {
            KEY => ClientAuth::PrivateKeyJwt,
            NONE => ClientAuth::None,
            _ => ClientAuth::Secret,
        };
        let written = self.keys.get_untracked();
        let keys = has_keys.then(|| json::read::<PublicKeys>(&written)).flatten();
        let redirects = self.redirects.get_untracked();
        let lines = redirects.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        let new = NewClient {
            name: self.name.get_untracked(),
            kind: if is_system { ClientKind::System } else { ClientKind::App },
            unit_id: is_system.then(|| self.unit.get_untracked().parse().ok()).flatten(),
            auth,
            public_keys: keys.unwrap_or_default().keys,
            redirect_uris: if is_system { Vec::new() } else { lines.collect() },
            scopes: self.scopes.get_untracked(),
        };
        new.validate().map(|()| new)
    }
}

#[component]
pub(super) fn Entry(on_made: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, written) = (Form::new(), Written::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = written.read();
        if !form.accepts(read.clone().map(drop)) {
            return;
        }
        let Ok(new) = read else { return };
        form.send(session.ask(async move |client| client.create_client(&new).await), move |_| {
            announcer.say(Key::PROGRAMS_REGISTERED);
            written.clear();
            on_made.try_run(());
        });
    };
    view! {
        <section class="part" aria-labelledby="entry-title">
            <h2 class="ds-heading" data-size="xs" id="entry-title">{i18n.t(Key::PROGRAMS_REGISTER)}</h2>
            <form class="card form" novalidate=true on:submit=submit>
                <Fields form written />
                <SubmitButton form label=Key::PROGRAMS_REGISTER_NOW />
            </form>
        </section>
    }
}

#[component]
fn Fields(form: Form, written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |key| text(move || i18n.text(key).to_owned());
    let kinds = [(SYSTEM, ClientKind::System), (APP, ClientKind::App)];
    let kinds = kinds.map(|(value, kind)| (value.to_owned(), words(kind_name(kind))));
    let ways = [(SECRET, ClientAuth::Secret), (KEY, ClientAuth::PrivateKeyJwt), (NONE, ClientAuth::None)];
    let ways = ways.map(|(value, auth)| (value.to_owned(), words(auth_name(auth))));
    let unit =
        move || written.is_system().then(|| view! { <UnitChoice form chosen=written.unit /> }.into_any());
    let redirects = move || {
        let field = view! {
            <LinesField
                id="redirects"
                label=Key::PROGRAMS_REDIRECTS
                value=written.redirects
                error=form.error_of("redirectUris")
                invalid=Key::PROGRAMS_INVALID_REDIRECTS
            />
        };
        (!written.is_system()).then(|| field.into_any())
    };
    let keys = move || {
        let field = view! {
            <LinesField
                id="keys"
                label=Key::PROGRAMS_KEYS
                value=written.keys
                error=form.error_of("publicKeys")
                invalid=Key::PROGRAMS_INVALID_KEYS
            />
        };
        written.has_keys().then(|| field.into_any())
    };
    view! {
        <LineField id="name" label=Key::PROGRAMS_NAME value=written.name error=form.error_of("name") />
        <RadioChoice
            name="kind"
            label=Key::PROGRAMS_KIND
            options=kinds.to_vec()
            chosen=written.kind
            error=form.error_of("kind")
        />
        {optional(unit)}
        {optional(redirects)}
        <RadioChoice
            name="auth"
            label=Key::PROGRAMS_AUTH
            options=ways.to_vec()
            chosen=written.auth
            error=form.error_of("auth")
            invalid=Key::PROGRAMS_INVALID_AUTH
        />
        {optional(keys)}
        <TickChoice
            id="program-scopes"
            label=Key::PROGRAMS_SCOPES
            options=Scope::ALL.map(|scope| (scope, scope_name(scope))).to_vec()
            chosen=written.scopes
            error=form.error_of("scopes")
            missing=Key::SCOPE_MISSING
        />
    }
}

#[component]
fn UnitChoice(form: Form, chosen: RwSignal<String>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let units = Remote::new(move || {
        session.ask(async move |client| {
            let page = PageQuery { limit: Some(MAX_LIMIT), ..PageQuery::default() };
            client.list_units(&page).await.map(|page| page.items)
        })
    });
    let error = form.error_of("unitId");
    let option = move |unit: Unit| {
        let name = unit.name.clone();
        view! { <option value=unit.id.to_string()>{text(move || i18n.local(&name))}</option> }
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="unit">{i18n.t(Key::PROGRAMS_UNIT)}</label>
            <select
                class="ds-input"
                id="unit"
                aria-invalid=said(Signal::derive(move || error.get().is_some()))
                aria-describedby="unit-error"
                prop:value=chosen
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                <option value="">{i18n.t(Key::PROGRAMS_UNIT_CHOOSE)}</option>
                {move || units.get().unwrap_or_default().into_iter().map(option).collect_view()}
            </select>
            <FieldProblem id="unit" error invalid=Key::FIELD_INVALID />
        </div>
    }
}

#[component]
fn LinesField(
    id: &'static str,
    label: Key,
    value: RwSignal<String>,
    error: Signal<Option<FieldErrorCode>>,
    invalid: Key,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="ds-field message-field">
            <label class="ds-label" for=id>{i18n.t(label)}</label>
            <textarea
                class="ds-input"
                id=id
                rows="3"
                spellcheck="false"
                aria-invalid=said(Signal::derive(move || error.get().is_some()))
                aria-describedby=format!("{id}-error")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <FieldProblem id error=Signal::derive(move || error.get().map(|_| FieldErrorCode::InvalidFormat)) invalid />
        </div>
    }
}
