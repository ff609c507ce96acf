//! Third-party programs: what they may do, in words.

use leptos::prelude::*;
use omasote_types::clients::Scope;

use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;

/// What a scope lets a program do.
#[must_use]
pub const fn scope_name(scope: Scope) -> Key {
    match scope {
        Scope::PeopleRead => Key::PROGRAM_SCOPE_PEOPLE_READ,
        Scope::MessagesRead => Key::PROGRAM_SCOPE_MESSAGES_READ,
        Scope::MessagesWrite => Key::PROGRAM_SCOPE_MESSAGES_WRITE,
        Scope::MeasurementsRead => Key::PROGRAM_SCOPE_MEASUREMENTS_READ,
        Scope::MeasurementsWrite => Key::PROGRAM_SCOPE_MEASUREMENTS_WRITE,
        Scope::AuditRead => Key::PROGRAM_SCOPE_AUDIT_READ,
    }
}

/// What a program may do, as a list.
#[component]
pub fn ProgramScopes(
    /// What it may do.
    scopes: Vec<Scope>,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = |scope| view! { <li>{Icon::TICK} <span>{i18n.t(scope_name(scope))}</span></li> };
    view! { <ul class="scopes">{scopes.into_iter().map(row).collect_view()}</ul> }
}
