//! The professionals' app: clear the unit's inbox.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod chunks;
mod pages;
mod paths;

use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::sessions::{App, Me};
use omasote_ui::app::SignedInOnly;
use omasote_ui::chunk::Chunk;
use omasote_ui::i18n::Key;
use omasote_ui::icon::Icon;
use omasote_ui::router::use_router;
use omasote_ui::shell::{NavEntry, Shell};
use omasote_ui::unread::use_unread;
use omasote_ui::view::dynamic;

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
    },
    NavEntry {
        path: paths::ACCOUNT,
        label: Key::NAV_ACCOUNT,
        icon: Icon::PERSON,
        covers: None,
        unread: None,
        is_shown: None,
    },
];

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
    NotFound,
}

fn pages(me: Me) -> AnyView {
    let router = use_router();
    let page = Memo::new(move |_| Page::at(&router.path()));
    let my_units: Vec<_> = me.units.iter().map(|unit| unit.id).collect();
    provide_context(me);
    let frame = Memo::new(move |_| match page.get() {
        Page::Front => Frame::Front,
        // Of another unit the server would say the same, but later.
        Page::Inbox(unit, _) if my_units.contains(&unit) => Frame::Inbox(unit),
        Page::Account => Frame::Account,
        Page::Inbox(..) | Page::NotFound => Frame::NotFound,
    });
    let open = Memo::new(move |_| match page.get() {
        Page::Inbox(_, open) => open,
        Page::Front | Page::Account | Page::NotFound => None,
    });
    let (inbox, account) = (Chunk::new(chunks::inbox), Chunk::new(chunks::account));
    dynamic(move || match frame.get() {
        Frame::Front => view! { <StartPage /> }.into_any(),
        Frame::Inbox(unit) => inbox.show((unit, open)),
        Frame::Account => account.show(()),
        Frame::NotFound => view! { <NotFoundPage /> }.into_any(),
    })
}
