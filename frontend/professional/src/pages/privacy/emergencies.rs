//! Every break-glass access, the newest first.

use leptos::prelude::*;
use omasote_types::care::EmergencyAccess;
use omasote_types::page::Page;
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::Moment;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::lines::person;
use crate::paths;

#[component]
pub(super) fn EmergencyList() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let accesses = PagedList::new(Refresh::Everything, move |page| {
        session.ask(async move |client| client.list_emergency_accesses(&page).await)
    });
    let list = move |page: Signal<Page<EmergencyAccess>>| {
        let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
        dynamic(move || match is_empty.get() {
            true => view! { <p>{i18n.t(Key::PRIVACY_NO_EMERGENCIES)}</p> }.into_any(),
            false => view! {
                <ul class="accesses">
                    <For each=move || page.get().items key=|access| (access.id, access.ends_at) let:access>
                        <EmergencyRow access />
                    </For>
                </ul>
            }
            .into_any(),
        })
    };
    view! {
        <Loading data=accesses.page() rows=4 let:page>
            {list(page)}
            <MoreButton list=accesses label=Key::SHOW_MORE />
        </Loading>
    }
}

#[component]
fn EmergencyRow(access: EmergencyAccess) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let EmergencyAccess { citizen, professional, unit, reason, opened_at, ends_at, .. } = access;
    let actor = professional.id;
    let who =
        text(move || format!("{}, {}, {}", professional.name, professional.title, i18n.local(&unit.name)));
    let whose = text(move || i18n.filled(Key::PRIVACY_WHOSE, &[("names", &person(i18n, &citizen))]));
    let why = text(move || i18n.filled(Key::AUDIT_REASON, &[("reason", &reason)]));
    let until = text(move || {
        let time = intl::moment(i18n, ends_at, clock.milliseconds());
        i18n.filled(Key::PRIVACY_OPEN_UNTIL, &[("time", &time)])
    });
    view! {
        <li class="card access">
            <div class="thread-line">
                <p class="access-what">{who}</p>
                <Moment at=opened_at />
            </div>
            <p>{whose}</p>
            <p class="access-reason">{why}</p>
            <p class="access-ground">{until}</p>
            <p>
                <a class="ds-link" href=paths::privacy_actor(actor)>{i18n.t(Key::PRIVACY_ALL_BY)}</a>
            </p>
        </li>
    }
}
