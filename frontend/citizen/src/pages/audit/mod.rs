//! Who has seen or changed the citizen's data, and asking about it.

mod ask;

use leptos::prelude::*;
use omasote_types::audit::{Access, AccessAction, AccessGround, AccessQuery};
use omasote_types::ids::AccessId;
use omasote_types::page::Page;
use omasote_ui::acting::use_acting;
use omasote_ui::audit::{capitalised, what};
use omasote_ui::form::Tick;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::Moment;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use super::my_data::{BackToHub, TitleOf};
use crate::use_citizen;
use ask::{Asking, Question};

#[component]
pub(super) fn AccessesPage() -> impl IntoView {
    let i18n = use_i18n();
    let shows_own = RwSignal::new(false);
    Asking::provide();
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::AUDIT_TITLE />
            <p>{i18n.t(Key::AUDIT_INTRO)}</p>
            <Tick
                id="shows-own"
                label=Key::AUDIT_SHOW_OWN
                is_on=shows_own.into()
                on_change=Callback::new(move |is_on| shows_own.set(is_on))
            />
            {dynamic(move || view! { <Accesses others_only=!shows_own.get() /> }.into_any())}
        </div>
    }
}

#[component]
fn Accesses(others_only: bool) -> impl IntoView {
    let (session, citizen) = (use_session(), use_citizen());
    let accesses = PagedList::new(Refresh::Everything, move |page| {
        let wanted = AccessQuery { others_only, cursor: page.cursor, limit: page.limit };
        session.ask(async move |client| client.list_accesses(citizen, &wanted).await)
    });
    view! {
        <Loading data=accesses.page() rows=5 let:page>
            <AccessList page />
            <MoreButton list=accesses label=Key::SHOW_MORE />
        </Loading>
    }
}

#[component]
fn AccessList(page: Signal<Page<Access>>) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
    dynamic(move || {
        if is_empty.get() {
            let empty = view! {
                <div class="card empty">
                    <span class="disc">{Icon::TICK}</span>
                    <p>{i18n.t(Key::AUDIT_NONE)}</p>
                </div>
            };
            return empty.into_any();
        }
        let list = view! {
            <ul class="accesses">
                <For each=move || page.get().items key=|access| access.id let:access>
                    <AccessRow access />
                </For>
            </ul>
        };
        list.into_any()
    })
}

#[component]
fn AccessRow(access: Access) -> impl IntoView {
    let i18n = use_i18n();
    let (id, at, ground) = (access.id, access.at, access.ground);
    let what = what(access.action, &access.operation);
    let refused = (access.action == AccessAction::Refused)
        .then(|| view! { <span class="ds-tag" data-color="warning">{i18n.t(Key::AUDIT_REFUSED)}</span> });
    let is_emergency = ground == AccessGround::Emergency;
    let emergency = is_emergency
        .then(|| view! { <span class="ds-tag" data-color="danger">{i18n.t(Key::AUDIT_EMERGENCY)}</span> });
    let reason = access.reason.clone().map(|reason| {
        let words = text(move || i18n.filled(Key::AUDIT_REASON, &[("reason", &reason)]));
        view! { <p class="access-reason">{words}</p> }
    });
    let grounds = ground_text(ground).map(|key| view! { <p class="access-ground">{i18n.t(key)}</p> });
    let acting = use_acting();
    let who = text(move || who(i18n, &access, acting.name()));
    view! {
        <li class="card access" data-alarm=is_emergency.then_some("true")>
            <div class="thread-line">
                <p class="access-what">{i18n.t(what)} " " {refused} {emergency}</p>
                <Moment at />
            </div>
            <p class="access-who">{who}</p>
            {grounds}
            {reason}
            {(ground != AccessGround::Own).then(|| view! { <AskAbout id /> })}
        </li>
    }
}

/// Who did it, as far as the citizen is told.
fn who(i18n: I18n, access: &Access, acted_for: Option<String>) -> String {
    match (&access.proxy, &access.title, &access.unit, access.ground) {
        (Some(proxy), ..) => i18n.filled(Key::AUDIT_YOU_BY, &[("name", proxy)]),
        (None, ..) if access.program.is_some() => {
            let program = access.program.as_deref().unwrap_or_default();
            match &access.unit {
                Some(unit) => format!("{program}, {}", i18n.local(unit)),
                None => i18n.filled(Key::AUDIT_PROGRAM, &[("name", program)]),
            }
        }
        (None, Some(title), Some(unit), _) => format!("{}, {}", capitalised(title), i18n.local(unit)),
        (None, Some(title), None, _) => capitalised(title),
        (None, None, _, AccessGround::None) => i18n.text(Key::AUDIT_SOMEONE).to_owned(),
        (None, None, _, AccessGround::Office) => i18n.text(Key::AUDIT_OFFICIAL).to_owned(),
        (None, None, ..) => acted_for.unwrap_or_else(|| i18n.text(Key::AUDIT_YOU).to_owned()),
    }
}

const fn ground_text(ground: AccessGround) -> Option<Key> {
    match ground {
        AccessGround::Own | AccessGround::None => None,
        AccessGround::Unit => Some(Key::AUDIT_GROUND_UNIT),
        AccessGround::Emergency => Some(Key::AUDIT_GROUND_EMERGENCY),
        AccessGround::Guardian => Some(Key::AUDIT_GROUND_GUARDIAN),
        AccessGround::Mandate => Some(Key::AUDIT_GROUND_MANDATE),
        AccessGround::Consent => Some(Key::AUDIT_GROUND_CONSENT),
        AccessGround::Office => Some(Key::AUDIT_GROUND_OFFICE),
    }
}

/// The button to ask about a line, and the form when it was pressed.
#[component]
fn AskAbout(id: AccessId) -> impl IntoView {
    let (i18n, asking) = (use_i18n(), ask::use_asking());
    optional(move || {
        let topic = asking.topic()?;
        if asking.about() == Some(id) {
            return Some(view! { <Question about=id topic /> }.into_any());
        }
        let button = view! {
            <div class="action">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    data-size="sm"
                    on:click=move |_| asking.ask(id)
                >
                    {i18n.t(Key::AUDIT_ASK)}
                </button>
            </div>
        };
        Some(button.into_any())
    })
}
