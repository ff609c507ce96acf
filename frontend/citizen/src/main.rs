//! The citizens' app: write to the right unit, and know what happens next.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod chunks;
mod pages;
mod paths;

use leptos::prelude::*;
use omasote_types::ids::CitizenId;
use omasote_types::sessions::{App, Me, PersonId};
use omasote_ui::acting::{Acting, use_acting};
use omasote_ui::app::SignedInOnly;
use omasote_ui::chunk::Chunk;
use omasote_ui::i18n::Key;
use omasote_ui::icon::Icon;
use omasote_ui::measurements::waiting;
use omasote_ui::router::use_router;
use omasote_ui::shell::{NavEntry, Shell};
use omasote_ui::unread::use_unread;
use omasote_ui::view::dynamic;

use crate::pages::not_found::NotFoundPage;
use crate::paths::Page;

const NAVIGATION: &[NavEntry] = &[
    NavEntry {
        path: paths::FRONT,
        label: Key::NAV_FRONT,
        icon: Icon::HOUSE,
        covers: None,
        unread: None,
        is_shown: None,
        is_wide_only: false,
    },
    NavEntry {
        path: paths::THREADS,
        label: Key::NAV_MESSAGES,
        icon: Icon::ENVELOPE,
        covers: Some(paths::THREADS),
        unread: Some(own_unread),
        is_shown: Some(|| use_acting().covers_messages()),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::AGENDA,
        label: Key::NAV_AGENDA,
        icon: Icon::LIST,
        covers: Some(paths::AGENDA),
        unread: None,
        is_shown: Some(|| use_acting().covers_agenda()),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::MEASUREMENTS,
        label: Key::NAV_MEASUREMENTS,
        icon: Icon::CHART,
        covers: Some(paths::MEASUREMENTS),
        unread: None,
        is_shown: Some(|| use_acting().covers_measurements()),
        is_wide_only: false,
    },
    NavEntry {
        path: paths::GUIDES,
        label: Key::NAV_GUIDES,
        icon: Icon::BOOK,
        covers: Some(paths::GUIDES),
        unread: None,
        is_shown: None,
        is_wide_only: true,
    },
    NavEntry {
        path: paths::MY_DATA,
        label: Key::NAV_MY_DATA,
        icon: Icon::PERSON,
        covers: Some(paths::MY_DATA),
        unread: None,
        is_shown: Some(|| use_acting().covers_own_business()),
        is_wide_only: false,
    },
];

fn main() {
    omasote_ui::app::start(App::Citizen, paths::BASE, app);
}

fn app() -> AnyView {
    Acting::provide();
    let (router, guides) = (use_router(), Chunk::new(chunks::guides));
    let is_open_to_all = Memo::new(move |_| matches!(Page::at(&router.path()), Page::Guides(_)));
    view! {
        <Shell home=paths::FRONT navigation=NAVIGATION>
            {dynamic(move || match is_open_to_all.get() {
                true => guides.show(),
                false => view! { <SignedInOnly pages /> }.into_any(),
            })}
        </Shell>
    }
    .into_any()
}

/// The figure is of one's own messages, which are out of sight while one acts for another.
fn own_unread() -> u32 {
    if use_acting().citizen().is_some() { 0 } else { use_unread().messages() }
}

/// The parts of the app that pages are made of.
#[derive(Clone, Copy)]
struct Parts {
    front: Chunk,
    messages: Chunk,
    my_data: Chunk,
    tasks: Chunk,
    events: Chunk,
    measurements: Chunk,
}

/// For whom one acts, and what makes the pages of their matters.
#[derive(Clone, Copy)]
struct Acted {
    whom: CitizenId,
    pages: fn(CitizenId) -> AnyView,
}

/// The pages of one's own matters, or of another's within the frame that says so.
fn pages(me: Me) -> AnyView {
    let PersonId::Citizen(own) = me.person else { return ().into_any() };
    provide_context(me);
    provide_context(Parts {
        front: Chunk::new(chunks::front).soon(),
        messages: Chunk::new(chunks::messages).soon(),
        my_data: Chunk::new(chunks::my_data),
        tasks: Chunk::new(chunks::tasks),
        events: Chunk::new(chunks::events),
        measurements: Chunk::new(chunks::measurements),
    });
    let (acting, frame) = (use_acting(), Chunk::new(chunks::acting));
    let whom = Memo::new(move |_| acting.citizen());
    dynamic(move || match whom.get() {
        None => pages_of(own),
        Some(other) => frame.show_about(Acted { whom: other, pages: pages_of }),
    })
}

fn pages_of(citizen: CitizenId) -> AnyView {
    provide_context(citizen);
    let (router, parts) = (use_router(), expect_context::<Parts>());
    let page = Memo::new(move |_| Page::at(&router.path()));
    // Measurements that were entered without a connection, on whichever page it comes back.
    let sending = waiting::is_there(citizen).then(|| Chunk::new(chunks::waiting).show_quietly());
    let pages = dynamic(move || match page.get() {
        Page::Front => parts.front.show(),
        Page::Messages(page) => parts.messages.show_about(page),
        Page::MyData(page) => parts.my_data.show_about(page),
        Page::Task(id) => parts.tasks.show_about(id),
        Page::Events(page) => parts.events.show_about(page),
        Page::Measurements => parts.measurements.show(),
        Page::Guides(_) | Page::NotFound => view! { <NotFoundPage /> }.into_any(),
    });
    view! {
        {sending}
        {pages}
    }
    .into_any()
}

/// Whose matters are looked after: the signed-in citizen's own, or of whom they act for.
fn use_citizen() -> CitizenId {
    expect_context()
}
