//! Giving somebody the right to act: the choice, and the code that is told to them.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::proxies::{NewProxyInvitation, ProxyInvitation, ProxyScope};
use omasote_ui::clipboard::CopyButton;
use omasote_ui::focus::focus_id;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::proxies::ScopeChoice;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::ending::last_day;
use crate::use_citizen;

#[component]
pub(super) fn Invite() -> impl IntoView {
    let i18n = use_i18n();
    let made = RwSignal::new(None::<ProxyInvitation>);
    view! {
        <section class="part" aria-labelledby="invite-title">
            <h2 class="ds-heading" data-size="xs" id="invite-title">{i18n.t(Key::PROXIES_INVITE)}</h2>
            {dynamic(move || match made.get() {
                Some(invitation) => view! { <Code invitation /> }.into_any(),
                None => view! { <InviteForm made /> }.into_any(),
            })}
        </section>
    }
}

#[component]
fn InviteForm(made: RwSignal<Option<ProxyInvitation>>) -> impl IntoView {
    let (session, citizen, form) = (use_session(), use_citizen(), Form::new());
    let chosen = RwSignal::new(vec![ProxyScope::Messages]);
    let day = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let end = last_day(&day.get_untracked());
        let new = NewProxyInvitation { scopes: chosen.get_untracked(), ends_at: end.clone().ok().flatten() };
        if form.accepts(new.validate().and(end.map(drop))) {
            let answer = session.ask(async move |client| client.create_proxy_invitation(citizen, &new).await);
            form.send(answer, move |invitation| {
                made.try_set(Some(invitation));
            });
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <ScopeChoice id="scopes" label=Key::PROXIES_WHAT chosen error=form.error_of("scopes") />
            <LineField
                id="last-day"
                label=Key::PROXIES_LAST_DAY
                hint=Key::PROXIES_LAST_DAY_HINT
                kind="date"
                value=day
                error=form.error_of("endsAt")
                invalid=Key::PROXIES_LAST_DAY_INVALID
            />
            <SubmitButton form label=Key::PROXIES_MAKE_CODE />
        </form>
    }
}

/// The code, large and in groups, and what to do with it.
#[component]
fn Code(invitation: ProxyInvitation) -> impl IntoView {
    let i18n = use_i18n();
    let ProxyInvitation { code, expires_at } = invitation;
    let expires = text(move || {
        i18n.filled(Key::PROXIES_CODE_EXPIRES, &[("date", &intl::day(i18n.language(), expires_at))])
    });
    focus_id("code-title");
    view! {
        <div class="card form code-card">
            <h3 class="ds-heading" data-size="2xs" id="code-title" tabindex="-1">{i18n.t(Key::PROXIES_CODE_TITLE)}</h3>
            <p class="code">{code.clone()}</p>
            <CopyButton text=code />
            <p><strong>{i18n.t(Key::PROXIES_CODE_ONCE)}</strong> " " {expires}</p>
            <p>{i18n.t(Key::PROXIES_CODE_HOW)}</p>
        </div>
    }
}
