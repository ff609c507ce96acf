//! The citizens' app: write to the right unit, and know what happens next.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod chunks;
mod pages;
mod paths;

use leptos::prelude::*;
use omasote_types::ids::CitizenId;
use omasote_types::sessions::{App, Me, PersonId};
use omasote_ui::app::SignedInOnly;
use omasote_ui::chunk::Chunk;
use omasote_ui::i18n::Key;
use omasote_ui::router::use_router;
use omasote_ui::shell::{NavEntry, Shell};
use omasote_ui::unread::use_unread;
use omasote_ui::view::dynamic;

use crate::pages::not_found::NotFoundPage;
use crate::paths::Page;

const NAVIGATION: &[NavEntry] = &[
    NavEntry { path: paths::FRONT, label: Key::NAV_FRONT, covers: None, unread: None },
    NavEntry {
        path: paths::THREADS,
        label: Key::NAV_MESSAGES,
        covers: Some(paths::THREADS),
        unread: Some(|| use_unread().messages()),
    },
    NavEntry { path: paths::MY_DATA, label: Key::NAV_MY_DATA, covers: None, unread: None },
];

fn main() {
    omasote_ui::app::start(App::Citizen, paths::BASE, app);
}

fn app() -> AnyView {
    view! {
        <Shell home=paths::FRONT navigation=NAVIGATION>
            <SignedInOnly pages />
        </Shell>
    }
    .into_any()
}

fn pages(me: Me) -> AnyView {
    let PersonId::Citizen(citizen) = me.person else { return ().into_any() };
    provide_context(citizen);
    provide_context(me);
    let router = use_router();
    let page = Memo::new(move |_| Page::at(&router.path()));
    let (front, messages) = (Chunk::new(chunks::front).soon(), Chunk::new(chunks::messages).soon());
    let my_data = Chunk::new(chunks::my_data);
    dynamic(move || match page.get() {
        Page::Front => front.show(()),
        Page::Messages(page) => messages.show(page),
        Page::MyData => my_data.show(()),
        Page::NotFound => view! { <NotFoundPage /> }.into_any(),
    })
}

/// The signed-in citizen.
fn use_citizen() -> CitizenId {
    expect_context()
}
