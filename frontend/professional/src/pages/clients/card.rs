//! A client's card: who they are, how they are reached, who acts for them, and their matters.

use leptos::prelude::*;
use omasote_rules::proxies::age;
use omasote_types::ids::CitizenId;
use omasote_types::people::Citizen;
use omasote_types::proxies::Proxy;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::proxies::{Scopes, Until, kind_name};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

use super::bar::use_emergencies;
use super::contact::Contact;
use super::matters::Matters;
use crate::pages::messages::name_of;
use crate::pages::{events, measurements, tasks};
use crate::paths;

#[component]
pub(super) fn ClientPage(id: CitizenId) -> impl IntoView {
    let (i18n, session, emergencies) = (use_i18n(), use_session(), use_emergencies());
    let client = Remote::new(move || session.ask(async move |client| client.get_citizen(id).await));
    let refresh = Callback::new(move |()| client.refresh());
    let is_emergency = emergencies.is_open(id);
    view! {
        <div class="page office" data-emergency=said(is_emergency)>
            <a class="back" href=paths::CLIENTS>{Icon::BACK} {i18n.t(Key::CLIENTS_TITLE)}</a>
            <Loading data=client rows=4 let:client>
                <Head client />
                <Contact client on_change=refresh />
            </Loading>
            <Proxies id />
            <Matters id />
            {events::of_client(id)}
            {tasks::of_client(id)}
            {measurements::of_client(id)}
        </div>
    }
}

#[component]
fn Head(client: Signal<Citizen>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let name = text(move || client.with(|client| format!("{} {}", client.given_name, client.family_name)));
    let facts = text(move || {
        let (born, spoken) = client.with(|client| (client.birth_date, client.language));
        let age = age(born, intl::today(clock.milliseconds())).to_string();
        let values = [
            ("date", intl::date(i18n.language(), born)),
            ("age", age),
            ("language", i18n.text(name_of(spoken)).to_owned()),
        ];
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        i18n.filled(Key::CLIENT_FACTS, &values)
    });
    view! {
        <header>
            <PageTitle text=name />
            <p class="fine">{facts}</p>
        </header>
    }
}

#[component]
fn Proxies(id: CitizenId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let proxies = Remote::new(move || session.ask(async move |client| client.list_proxies(id).await));
    let list = move |all: Signal<Vec<Proxy>>| {
        dynamic(move || {
            let mut all = all.get();
            all.retain(|proxy| proxy.paused_at.is_none());
            if all.is_empty() {
                return view! { <p>{i18n.t(Key::CLIENT_NO_PROXIES)}</p> }.into_any();
            }
            let row = |proxy: Proxy| {
                view! {
                    <li class="card access">
                        <p class="access-what">
                            {proxy.proxy_name} " "
                            <span class="ds-tag" data-color="neutral">{i18n.t(kind_name(proxy.kind))}</span>
                        </p>
                        <Scopes scopes=proxy.scopes />
                        <p class="access-ground"><Until ends_at=proxy.ends_at /></p>
                    </li>
                }
            };
            view! { <ul class="accesses">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <section class="part" aria-labelledby="proxies-title">
            <h2 class="ds-heading" data-size="xs" id="proxies-title">{i18n.t(Key::CLIENT_PROXIES)}</h2>
            <Loading data=proxies rows=1 let:all>
                {list(all)}
            </Loading>
        </section>
    }
}
