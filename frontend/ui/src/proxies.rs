//! Rights to act for another, in words and to be chosen: alike for who gives them and for who keeps the register.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use omasote_types::error::FieldErrorCode;
use omasote_types::proxies::{ProxyKind, ProxyScope, ProxySource};

use crate::form::TickChoice;
use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;
use crate::intl;
use crate::view::text;

/// What a scope lets one do.
#[must_use]
pub const fn scope_name(scope: ProxyScope) -> Key {
    match scope {
        ProxyScope::Messages => Key::SCOPE_MESSAGES,
        ProxyScope::Tasks => Key::SCOPE_TASKS,
        ProxyScope::Measurements => Key::SCOPE_MEASUREMENTS,
        ProxyScope::Pathways => Key::SCOPE_PATHWAYS,
        ProxyScope::Appointments => Key::SCOPE_APPOINTMENTS,
    }
}

/// The kind of a right.
#[must_use]
pub const fn kind_name(kind: ProxyKind) -> Key {
    match kind {
        ProxyKind::Guardian => Key::PROXY_GUARDIAN,
        ProxyKind::Mandate => Key::PROXY_MANDATE,
    }
}

/// Where a right was learned from.
#[must_use]
pub const fn source_name(source: ProxySource) -> Key {
    match source {
        ProxySource::Citizen => Key::PROXY_SOURCE_CITIZEN,
        ProxySource::Register => Key::PROXY_SOURCE_REGISTER,
        ProxySource::SuomiFi => Key::PROXY_SOURCE_SUOMI_FI,
    }
}

/// What may be done, as a list.
#[component]
pub fn Scopes(
    /// What may be done.
    scopes: Vec<ProxyScope>,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = |scope| view! { <li>{Icon::TICK} <span>{i18n.t(scope_name(scope))}</span></li> };
    view! { <ul class="scopes">{scopes.into_iter().map(row).collect_view()}</ul> }
}

/// Until when a right holds.
#[component]
pub fn Until(
    /// When it ends; absent when it goes on.
    ends_at: Option<DateTime<Utc>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = text(move || match ends_at {
        Some(end) => i18n.filled(Key::PROXY_UNTIL, &[("date", &intl::last_day(i18n.language(), end))]),
        None => i18n.text(Key::PROXY_UNTIL_ENDED).to_owned(),
    });
    view! { <span>{words}</span> }
}

/// Choosing what may be done.
#[component]
pub fn ScopeChoice(
    /// The id of the group.
    id: &'static str,
    /// What is asked.
    label: Key,
    /// What there is to choose from.
    #[prop(default = ProxyScope::ALL.to_vec())]
    offered: Vec<ProxyScope>,
    /// What is chosen.
    chosen: RwSignal<Vec<ProxyScope>>,
    /// Why it was refused.
    error: Signal<Option<FieldErrorCode>>,
) -> impl IntoView {
    let options = offered.into_iter().map(|scope| (scope, scope_name(scope))).collect();
    view! { <TickChoice id label options chosen error missing=Key::SCOPE_MISSING /> }
}
