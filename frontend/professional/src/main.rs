//! The professionals' app: clear the unit's inbox.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod chunks;
mod pages;
mod paths;

use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::people::Role;
use omasote_types::sessions::{App, Me};
use omasote_ui::app::SignedInOnly;
use omasote_ui::chunk::Chunk;
use omasote_ui::i18n::Key;
use omasote_ui::icon::Icon;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::shell::{NavEntry, Shell};
use omasote_ui::unread::use_unread;
use omasote_ui::view::dynamic;

use crate::chunks::Place;
use crate::pages::clients::Emergencies;
use crate::pages::not_found::NotFoundPage;
use crate::pages::start::StartPage;
use crate::paths::Page;

const NAVIGATION: &[NavEntry] = &[
    NavEntry {
        path: paths::FRONT,
        label: Key::NAV_MESSAGES,
        icon: Icon::ENVELOPE,
        covers: Some(paths::UNITS),
        unread: Some(|| use_unread().messages()),
        is_shown: None,
        is_wide_only: false,
    },
    NavEntry {
        path: paths::CLIENTS,
        label: Key::NAV_CLIENTS,
        icon: Icon::PEOPLE,
        covers: Some(paths::CLIENTS),
        unread: None,
        is_shown: Some(|| use_session().me().is_some_and(|me| !me.units.is_empty())),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::UNIT_SETTINGS,
        label: Key::NAV_UNIT_SETTINGS,
        icon: Icon::CLOCK,
        covers: Some(paths::UNIT_SETTINGS),
        unread: None,
        is_shown: Some(|| {
            has_role(Role::Administrator) || use_session().me().is_some_and(|me| !me.leads.is_empty())
        }),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::QUESTIONNAIRES,
        label: Key::NAV_QUESTIONNAIRES,
        icon: Icon::DOCUMENT,
        covers: Some(paths::QUESTIONNAIRES),
        unread: None,
        is_shown: Some(|| has_role(Role::Editor)),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::PRIVACY,
        label: Key::NAV_PRIVACY,
        icon: Icon::SHIELD,
        covers: Some(paths::PRIVACY),
        unread: None,
        is_shown: Some(|| has_role(Role::PrivacyOfficer)),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::REGISTER,
        label: Key::NAV_REGISTER,
        icon: Icon::DOCUMENT,
        covers: None,
        unread: None,
        is_shown: Some(|| has_role(Role::Administrator)),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::PROGRAMS,
        label: Key::NAV_PROGRAMS,
        icon: Icon::APPS,
        covers: None,
        unread: None,
        is_shown: Some(|| has_role(Role::Administrator)),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::ACCOUNTS,
        label: Key::NAV_ACCOUNTS,
        icon: Icon::PEOPLE,
        covers: Some(paths::ACCOUNTS),
        unread: None,
        is_shown: Some(|| has_role(Role::Administrator)),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::ACCOUNT,
        label: Key::NAV_ACCOUNT,
        icon: Icon::PERSON,
        covers: None,
        unread: None,
        is_shown: None,
        is_wide_only: false,
    },
];

/// Whether the signed-in professional is entrusted with something.
fn has_role(role: Role) -> bool {
    use_session().me().is_some_and(|me| me.roles.contains(&role))
}

fn main() {
    omasote_ui::app::start(App::Professional, paths::BASE, app);
}

fn app() -> AnyView {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-size", "sm");
    }
    view! {
        <Shell home=paths::FRONT navigation=NAVIGATION>
            <SignedInOnly pages />
        </Shell>
    }
    .into_any()
}

/// What is made anew when it changes; a thread that is opened leaves the inbox beside it in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    Front,
    Inbox(UnitId),
    Account,
    Clients,
    Office,
    NotFound,
}

fn pages(me: Me) -> AnyView {
    Emergencies::provide();
    let router = use_router();
    let page = Memo::new(move |_| Page::at(&router.path()));
    let my_units: Vec<_> = me.units.iter().map(|unit| unit.id).collect();
    provide_context(me);
    let frame = Memo::new(move |_| match page.get() {
        Page::Front => Frame::Front,
        // Of another unit the server would say the same, but later.
        Page::Inbox(unit, _) if my_units.contains(&unit) => Frame::Inbox(unit),
        Page::Account => Frame::Account,
        Page::Clients => Frame::Clients,
        Page::Office => Frame::Office,
        Page::Inbox(..) | Page::NotFound => Frame::NotFound,
    });
    let open = Memo::new(move |_| match page.get() {
        Page::Inbox(_, open) => open,
        _ => None,
    });
    let (inbox, account) = (Chunk::new(chunks::inbox), Chunk::new(chunks::account));
    let clients = Chunk::new(chunks::clients);
    let office = Chunk::new(chunks::office);
    let content = dynamic(move || match frame.get() {
        Frame::Front => view! { <StartPage /> }.into_any(),
        Frame::Inbox(unit) => inbox.show_about(Place { unit, open }),
        Frame::Account => account.show(),
        Frame::Clients => clients.show(),
        Frame::Office => office.show(),
        Frame::NotFound => view! { <NotFoundPage /> }.into_any(),
    });
    view! {
        {Chunk::new(chunks::emergency_bar).show_quietly()}
        {content}
    }
    .into_any()
}
