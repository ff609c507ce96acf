//! Who can see the citizen's data: units, exceptional accesses, and those who act for the citizen.

use leptos::prelude::*;
use omasote_types::care::{CareRelation, EmergencyAccess, Matter};
use omasote_types::data_rights::DataRights;
use omasote_types::proxies::Proxy;
use omasote_ui::clock::use_clock;
use omasote_ui::data_rights::RightsRecord;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::proxies::{Until, kind_name};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::my_data::{BackToHub, TitleOf};
use crate::{paths, use_citizen};

#[component]
pub(super) fn SightPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let emergencies = Remote::new(move || {
        session.ask(async move |client| client.list_citizen_emergency_accesses(citizen).await)
    });
    let relations =
        Remote::new(move || session.ask(async move |client| client.list_care_relations(citizen).await));
    let proxies = Remote::new(move || session.ask(async move |client| client.list_proxies(citizen).await));
    let rights = Remote::new(move || session.ask(async move |client| client.list_data_rights(citizen).await));
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::CARE_TITLE />
            <p>{i18n.t(Key::CARE_INTRO)}</p>
            <Loading data=emergencies rows=1 let:all>
                <Emergencies all />
            </Loading>
            <Loading data=rights rows=1 let:rights>
                <Rights rights />
            </Loading>
            <section class="part" aria-labelledby="units-title">
                <h2 class="ds-heading" data-size="xs" id="units-title">{i18n.t(Key::CARE_UNITS)}</h2>
                <Loading data=relations let:all>
                    <Relations all />
                </Loading>
            </section>
            <section class="part" aria-labelledby="proxies-title">
                <h2 class="ds-heading" data-size="xs" id="proxies-title">{i18n.t(Key::CARE_PROXIES)}</h2>
                <Loading data=proxies rows=1 let:all>
                    <Proxies all />
                </Loading>
                <p>
                    <a class="ds-link" href=paths::PROXIES>{i18n.t(Key::CARE_PROXIES_MANAGE)}</a>
                </p>
            </section>
        </div>
    }
}

/// What was restricted or erased on request, and what is in force.
#[component]
fn Rights(rights: Signal<DataRights>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let rights = rights.get();
        if rights.restrictions.is_empty() && rights.erasures.is_empty() {
            return ().into_any();
        }
        let in_force = rights.in_force().map(|_| {
            view! {
                <div class="ds-alert" data-color="info">
                    <p>{i18n.t(Key::RIGHTS_OWN_IN_FORCE)}</p>
                </div>
            }
        });
        view! {
            <section class="part" aria-labelledby="rights-title">
                <h2 class="ds-heading" data-size="xs" id="rights-title">{i18n.t(Key::RIGHTS_OWN_TITLE)}</h2>
                {in_force}
                <RightsRecord rights />
            </section>
        }
        .into_any()
    })
}

#[component]
fn Emergencies(all: Signal<Vec<EmergencyAccess>>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let accesses = all.get();
        if accesses.is_empty() {
            return ().into_any();
        }
        let rows = accesses.into_iter().map(|access| view! { <EmergencyRow access /> }).collect_view();
        view! {
            <section class="part" aria-labelledby="emergencies-title">
                <h2 class="ds-heading" data-size="xs" id="emergencies-title">{i18n.t(Key::CARE_EMERGENCY_TITLE)}</h2>
                <ul class="accesses">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

#[component]
fn EmergencyRow(access: EmergencyAccess) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let EmergencyAccess { professional, unit, reason, ends_at, .. } = access;
    let who = text(move || {
        let unit = i18n.local(&unit.name);
        let values = [("name", professional.name.as_str()), ("title", &professional.title), ("unit", &unit)];
        i18n.filled(Key::CARE_EMERGENCY, &values)
    });
    let why = text(move || i18n.filled(Key::AUDIT_REASON, &[("reason", &reason)]));
    let until = text(move || {
        let time = intl::moment(i18n, ends_at, clock.milliseconds());
        i18n.filled(Key::CARE_EMERGENCY_UNTIL, &[("time", &time)])
    });
    view! {
        <li class="card access" data-alarm="true">
            <p class="access-what">{who}</p>
            <p class="access-reason">{why}</p>
            <p class="access-ground">{until}</p>
        </li>
    }
}

#[component]
fn Relations(all: Signal<Vec<CareRelation>>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let relations = all.get();
        if relations.is_empty() {
            return view! { <p>{i18n.t(Key::CARE_NONE)}</p> }.into_any();
        }
        let rows = relations.into_iter().map(|relation| view! { <RelationRow relation /> }).collect_view();
        view! { <ul class="accesses">{rows}</ul> }.into_any()
    })
}

#[component]
fn RelationRow(relation: CareRelation) -> impl IntoView {
    let i18n = use_i18n();
    let CareRelation { unit, matter, opened_at, ends_at, .. } = relation;
    let why = match matter {
        Matter::Thread => Key::CARE_MATTER_THREAD,
        Matter::Task => Key::CARE_MATTER_TASK,
        Matter::Event => Key::CARE_MATTER_EVENT,
        Matter::Enrolment => Key::CARE_MATTER_ENROLMENT,
        Matter::Explicit => Key::CARE_MATTER_EXPLICIT,
    };
    let since =
        text(move || i18n.filled(Key::CARE_SINCE, &[("date", &intl::day(i18n.language(), opened_at))]));
    let until = text(move || match ends_at {
        Some(end) => i18n.filled(Key::CARE_UNTIL, &[("date", &intl::day(i18n.language(), end))]),
        None => i18n.text(Key::CARE_WHILE_OPEN).to_owned(),
    });
    view! {
        <li class="card access">
            <p class="access-what">{text(move || i18n.local(&unit.name))}</p>
            <p>{i18n.t(why)}</p>
            <p class="access-ground">{since} ". " {until}</p>
        </li>
    }
}

#[component]
fn Proxies(all: Signal<Vec<Proxy>>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let mut proxies = all.get();
        proxies.retain(|proxy| proxy.paused_at.is_none());
        if proxies.is_empty() {
            return view! { <p>{i18n.t(Key::CARE_PROXIES_NONE)}</p> }.into_any();
        }
        let row = |proxy: Proxy| {
            view! {
                <li class="card access">
                    <p class="access-what">{proxy.proxy_name}</p>
                    <p class="access-ground">
                        {i18n.t(kind_name(proxy.kind))} ". " <Until ends_at=proxy.ends_at />
                    </p>
                </li>
            }
        };
        view! { <ul class="accesses">{proxies.into_iter().map(row).collect_view()}</ul> }.into_any()
    })
}
