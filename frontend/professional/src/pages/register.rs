//! The register of who may act for whom, kept by administrators from documents. Identity codes stay in this page.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::people::CitizenSearch;
use omasote_types::proxies::{NewProxy, Proxy, ProxyKind, ProxyScope};
use omasote_ui::action::ConfirmedButton;
use omasote_ui::announce::use_announcer;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, LineField, RadioChoice, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::proxies::{ScopeChoice, Scopes, Until, kind_name, source_name};
use omasote_ui::session::use_session;
use omasote_ui::view::{optional, text};

use super::clients::check_code;
use crate::paths;

/// Makes the page.
pub(crate) fn page() -> AnyView {
    view! { <RegisterPage /> }.into_any()
}

#[component]
fn RegisterPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page office">
            <PageTitle text=text(move || i18n.text(Key::REGISTER_TITLE).to_owned()) />
            <p>{i18n.t(Key::REGISTER_INTRO)}</p>
            <Search />
            <Entry />
            <p>
                <a class="ds-link" href=paths::DATA_RIGHTS>{i18n.t(Key::RIGHTS_TITLE)}</a>
            </p>
        </div>
    }
}

#[component]
fn Search() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (form, code) = (Form::new(), RwSignal::new(String::new()));
    let found = RwSignal::new(None::<Vec<Proxy>>);
    let look = move || {
        let search = CitizenSearch { identity_code: code.get_untracked() };
        form.send(session.ask(async move |client| client.search_proxies(&search).await), move |proxies| {
            found.try_set(Some(proxies));
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        found.set(None);
        if form.accepts(check_code("identityCode", &code.get_untracked())) {
            look();
        }
    };
    let on_ended = Callback::new(move |()| look());
    let list = move || {
        let proxies = found.get()?;
        if proxies.is_empty() {
            return Some(view! { <p>{i18n.t(Key::REGISTER_NONE)}</p> }.into_any());
        }
        let rows = proxies.into_iter().map(|proxy| view! { <EntryCard proxy on_ended /> });
        Some(view! { <ul class="accesses">{rows.collect_view()}</ul> }.into_any())
    };
    view! {
        <section class="part" aria-labelledby="search-title">
            <h2 class="ds-heading" data-size="xs" id="search-title">{i18n.t(Key::REGISTER_SEARCH)}</h2>
            <form class="card form" novalidate=true on:submit=submit>
                <LineField
                    id="identity-code"
                    label=Key::REGISTER_CITIZEN_CODE
                    value=code
                    error=form.error_of("identityCode")
                    invalid=Key::CLIENTS_CODE_INVALID
                />
                <SubmitButton form label=Key::CLIENTS_SEARCH />
            </form>
            <div role="status">{optional(list)}</div>
        </section>
    }
}

#[component]
fn EntryCard(proxy: Proxy, on_ended: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let Proxy { id, citizen, proxy_name, kind, source, scopes, ends_at, paused_at, .. } = proxy;
    let run = Callback::new(move |()| session.ask(async move |client| client.end_proxy(id).await));
    let (name, whom) = (proxy_name.clone(), citizen.name.clone());
    let question = text(move || i18n.filled(Key::REGISTER_END_QUESTION, &[("name", &name), ("whom", &whom)]));
    let heading =
        text(move || i18n.filled(Key::REGISTER_ACTS, &[("name", &proxy_name), ("whom", &citizen.name)]));
    let paused = paused_at
        .map(|_| view! { <span class="ds-tag" data-color="warning">{i18n.t(Key::PROXIES_PAUSED)}</span> });
    view! {
        <li class="card access">
            <p class="access-what">
                {heading} " " <span class="ds-tag" data-color="neutral">{i18n.t(kind_name(kind))}</span> " "
                {paused}
            </p>
            <Scopes scopes />
            <p class="access-ground"><Until ends_at /> ". " {i18n.t(source_name(source))} "."</p>
            <ConfirmedButton
                label=Key::PROXIES_END
                question
                confirm=Key::PROXIES_END_CONFIRM
                run
                done=Key::PROXIES_ENDED
                on_done=on_ended
            />
        </li>
    }
}

/// What is written of a new entry.
#[derive(Clone, Copy)]
struct Written {
    citizen: RwSignal<String>,
    proxy: RwSignal<String>,
    kind: RwSignal<String>,
    scopes: RwSignal<Vec<ProxyScope>>,
    last_day: RwSignal<String>,
    basis: RwSignal<String>,
}

const GUARDIAN: &str = "guardian";
const MANDATE: &str = "mandate";

impl Written {
    fn new() -> Self {
        let line = || RwSignal::new(String::new());
        Self {
            citizen: line(),
            proxy: line(),
            kind: line(),
            scopes: RwSignal::new(ProxyScope::ALL.to_vec()),
            last_day: line(),
            basis: line(),
        }
    }

    fn clear(self) {
        for line in [self.citizen, self.proxy, self.kind, self.last_day, self.basis] {
            line.try_set(String::new());
        }
    }

    /// The entry, or all that is wrong with it.
    fn read(self) -> Result<NewProxy, Vec<FieldError>> {
        let last_day = self.last_day.get_untracked();
        let day = intl::written_date(&last_day);
        let new = NewProxy {
            citizen_identity_code: self.citizen.get_untracked(),
            proxy_identity_code: self.proxy.get_untracked(),
            kind: if self.kind.get_untracked() == GUARDIAN {
                ProxyKind::Guardian
            } else {
                ProxyKind::Mandate
            },
            scopes: self.scopes.get_untracked(),
            ends_at: day.map(intl::end_of_day),
            basis: self.basis.get_untracked(),
        };
        let refuse = |field: &str, code| Err(vec![FieldError { field: field.to_owned(), code }]);
        let checks = [
            check_code("citizenIdentityCode", &new.citizen_identity_code),
            check_code("proxyIdentityCode", &new.proxy_identity_code),
            match self.kind.get_untracked().is_empty() {
                true => refuse("kind", FieldErrorCode::Required),
                false => Ok(()),
            },
            match !last_day.is_empty() && day.is_none() {
                true => refuse("endsAt", FieldErrorCode::InvalidFormat),
                false => Ok(()),
            },
            new.validate(),
        ];
        let refused: Vec<_> = checks.into_iter().filter_map(Result::err).flatten().collect();
        if refused.is_empty() { Ok(new) } else { Err(refused) }
    }
}

#[component]
fn Entry() -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, written) = (Form::new(), Written::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = written.read();
        if !form.accepts(read.clone().map(drop)) {
            return;
        }
        let Ok(new) = read else { return };
        form.send(session.ask(async move |client| client.create_proxy(&new).await), move |_| {
            announcer.say(Key::REGISTER_ENTERED);
            written.clear();
        });
    };
    view! {
        <section class="part" aria-labelledby="entry-title">
            <h2 class="ds-heading" data-size="xs" id="entry-title">{i18n.t(Key::REGISTER_ENTER)}</h2>
            <form class="card form" novalidate=true on:submit=submit>
                <EntryFields form written />
                <SubmitButton form label=Key::REGISTER_ENTER_NOW />
            </form>
        </section>
    }
}

#[component]
fn EntryFields(form: Form, written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = [(GUARDIAN, Key::REGISTER_GUARDIAN), (MANDATE, Key::REGISTER_MANDATE)];
    let kinds = kinds.map(|(value, key)| (value.to_owned(), text(move || i18n.text(key).to_owned())));
    view! {
        <LineField
            id="citizen-code"
            label=Key::REGISTER_CITIZEN_CODE
            value=written.citizen
            error=form.error_of("citizenIdentityCode")
            invalid=Key::CLIENTS_CODE_INVALID
        />
        <LineField
            id="proxy-code"
            label=Key::REGISTER_PROXY_CODE
            value=written.proxy
            error=form.error_of("proxyIdentityCode")
            invalid=Key::CLIENTS_CODE_INVALID
        />
        <RadioChoice
            name="kind"
            label=Key::REGISTER_KIND
            options=kinds.to_vec()
            chosen=written.kind
            error=form.error_of("kind")
            invalid=Key::REGISTER_KIND_INVALID
        />
        <ScopeChoice
            id="scopes"
            label=Key::REGISTER_SCOPES
            chosen=written.scopes
            error=form.error_of("scopes")
        />
        <LineField
            id="last-day"
            label=Key::PROXIES_LAST_DAY
            kind="date"
            value=written.last_day
            error=form.error_of("endsAt")
            invalid=Key::PROXIES_LAST_DAY_INVALID
        />
        <ReasonField
            id="basis"
            label=Key::REGISTER_BASIS
            hint=Key::REGISTER_BASIS_HINT
            value=written.basis
            error=form.error_of("basis")
        />
    }
}
