//! Who may act for the citizen: seen, narrowed, paused and ended.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::proxies::{Proxy, ProxyKind, ProxyScope, ProxySource, ProxyUpdate};
use omasote_ui::action::{ActionButton, ConfirmedButton, Look};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::proxies::{ScopeChoice, Scopes, Until, kind_name, source_name};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use super::ending::last_day;
use super::invite::Invite;
use crate::pages::my_data::{BackToHub, TitleOf};
use crate::use_citizen;

#[component]
pub(crate) fn ProxiesPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let proxies = Remote::new(move || session.ask(async move |client| client.list_proxies(citizen).await));
    let refresh = Callback::new(move |()| proxies.refresh());
    let list = move |all: Signal<Vec<Proxy>>| {
        dynamic(move || {
            let all = all.get();
            if all.is_empty() {
                return view! { <p>{i18n.t(Key::CARE_PROXIES_NONE)}</p> }.into_any();
            }
            let rows = all.into_iter().map(|proxy| view! { <ProxyCard proxy on_change=refresh /> });
            view! { <ul class="accesses">{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::PROXIES_TITLE />
            <p>{i18n.t(Key::PROXIES_INTRO)}</p>
            <section class="part" aria-labelledby="proxies-title">
                <h2 class="ds-heading" data-size="xs" id="proxies-title">{i18n.t(Key::PROXIES_NOW)}</h2>
                <Loading data=proxies rows=2 let:all>
                    {list(all)}
                </Loading>
            </section>
            <Invite />
        </div>
    }
}

#[component]
fn ProxyCard(proxy: Proxy, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let paused = proxy
        .paused_at
        .map(|_| view! { <span class="ds-tag" data-color="warning">{i18n.t(Key::PROXIES_PAUSED)}</span> });
    let source = (proxy.source != ProxySource::Citizen)
        .then(|| view! { <p class="access-ground">{i18n.t(source_name(proxy.source))}</p> });
    let kind = kind_name(proxy.kind);
    let name = proxy.proxy_name.clone();
    let (scopes, ends_at) = (proxy.scopes.clone(), proxy.ends_at);
    let can_change = proxy.kind == ProxyKind::Mandate;
    view! {
        <li class="card access">
            <p class="access-what">
                {name} " " <span class="ds-tag" data-color="neutral">{i18n.t(kind)}</span> " " {paused}
            </p>
            <Scopes scopes />
            <p class="access-ground"><Until ends_at /></p>
            {source}
            {(!can_change).then(|| view! { <p class="fine">{i18n.t(Key::PROXIES_GUARDIAN_NOTE)}</p> })}
            {can_change.then(|| view! { <ProxyActions proxy on_change /> })}
        </li>
    }
}

#[component]
fn ProxyActions(proxy: Proxy, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (id, is_paused, name) = (proxy.id, proxy.paused_at.is_some(), proxy.proxy_name.clone());
    let is_changing = RwSignal::new(false);
    let pause = Callback::new(move |()| {
        let update = ProxyUpdate { is_paused: Some(!is_paused), ..ProxyUpdate::default() };
        session.ask(async move |client| client.update_proxy(id, &update).await.map(drop))
    });
    let end = Callback::new(move |()| session.ask(async move |client| client.end_proxy(id).await));
    let (label, done) = match is_paused {
        true => (Key::PROXIES_CONTINUE, Key::PROXIES_CONTINUED),
        false => (Key::PROXIES_PAUSE, Key::PROXIES_PAUSED_NOW),
    };
    let question = text(move || i18n.filled(Key::PROXIES_END_QUESTION, &[("name", &name)]));
    let form = move || {
        let proxy = proxy.clone();
        is_changing.get().then(|| view! { <ChangeForm proxy on_change is_changing /> }.into_any())
    };
    view! {
        <div class="actions">
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                aria-expanded=omasote_ui::view::said(is_changing)
                on:click=move |_| is_changing.update(|is| *is = !*is)
            >
                {i18n.t(Key::PROXIES_CHANGE)}
            </button>
            <ActionButton label look=Look::SMALL run=pause done on_done=on_change />
            <ConfirmedButton
                label=Key::PROXIES_END
                question
                confirm=Key::PROXIES_END_CONFIRM
                run=end
                done=Key::PROXIES_ENDED
                on_done=on_change
            />
        </div>
        {optional(form)}
    }
}

/// Other scopes, another end. What staff entered can only be narrowed.
#[component]
fn ChangeForm(proxy: Proxy, on_change: Callback<()>, is_changing: RwSignal<bool>) -> impl IntoView {
    let (session, announcer, form) = (use_session(), use_announcer(), Form::new());
    let id = proxy.id;
    let chosen = RwSignal::new(proxy.scopes.clone());
    let before = proxy.ends_at.map(intl::written_last_day).unwrap_or_default();
    let day = RwSignal::new(before.clone());
    let offered = match proxy.source {
        ProxySource::Citizen => ProxyScope::ALL.to_vec(),
        ProxySource::Register | ProxySource::SuomiFi => proxy.scopes,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let end = last_day(&day.get_untracked());
        let scopes = Some(chosen.get_untracked());
        // A day that was left as it was is no change; one that was taken away is.
        let ends_at = (day.get_untracked() != before).then(|| end.clone().ok().flatten());
        let update = ProxyUpdate { scopes, ends_at, is_paused: None };
        if form.accepts(update.validate().and(end.map(drop))) {
            form.send(session.ask(async move |client| client.update_proxy(id, &update).await), move |_| {
                announcer.say(Key::PROXIES_CHANGED);
                is_changing.try_set(false);
                on_change.try_run(());
            });
        }
    };
    view! {
        <form class="form question" novalidate=true on:submit=submit>
            <ScopeChoice
                id="change-scopes"
                label=Key::PROXIES_WHAT
                offered
                chosen
                error=form.error_of("scopes")
            />
            <LineField
                id="change-day"
                label=Key::PROXIES_LAST_DAY_CHANGE
                hint=Key::PROXIES_LAST_DAY_CHANGE_HINT
                kind="date"
                value=day
                error=form.error_of("endsAt")
                invalid=Key::PROXIES_LAST_DAY_INVALID
            />
            <SubmitButton form label=Key::PROXIES_SAVE />
        </form>
    }
}
