//! A client's threads as far as the professional may see them, and one that is only to be read.

use leptos::prelude::*;
use omasote_types::ids::{CitizenId, LinkedId, ThreadId};
use omasote_types::messages::{Side, Thread};
use omasote_types::page::{Page, PageQuery};
use omasote_types::sessions::Me;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Conversation, Excerpt, LinkPlaces, Moment, StateTag};
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, said, text};

use super::bar::use_emergencies;
use crate::paths;

#[component]
pub(super) fn Matters(id: CitizenId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let has_units = !expect_context::<Me>().units.is_empty();
    let threads = PagedList::new(Refresh::Everything, move |page| {
        session.ask(async move |client| client.list_threads(id, &page).await)
    });
    view! {
        <section class="part" aria-labelledby="matters-title">
            <div class="part-head">
                <h2 class="ds-heading" data-size="xs" id="matters-title">{i18n.t(Key::CLIENT_MATTERS)}</h2>
                {has_units.then(|| view! {
                    <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::new_thread(id)>
                        {Icon::ENVELOPE}
                        {i18n.t(Key::CLIENT_WRITE)}
                    </a>
                })}
            </div>
            <Loading data=threads.page() let:page>
                <ThreadRows page />
                <MoreButton list=threads label=Key::SHOW_MORE />
            </Loading>
        </section>
    }
}

/// The threads that lead to an event.
#[component]
pub(crate) fn MattersAbout(client: CitizenId, thing: LinkedId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let threads = Remote::new(move || {
        session.ask(async move |api| api.list_threads_leading_to(client, thing, &PageQuery::default()).await)
    });
    optional(move || {
        let page = threads.get().filter(|page| !page.items.is_empty())?;
        let section = view! {
            <section class="part" aria-labelledby="about-title">
                <h2 class="ds-heading" data-size="xs" id="about-title">{i18n.t(Key::EVENT_MESSAGES)}</h2>
                <ThreadRows page=Signal::stored(page) />
            </section>
        };
        Some(section.into_any())
    })
}

#[component]
fn ThreadRows(page: Signal<Page<Thread>>) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
    dynamic(move || match is_empty.get() {
        true => view! { <p>{i18n.t(Key::CLIENT_NO_MATTERS)}</p> }.into_any(),
        false => view! {
            <ul class="threads">
                <For
                    each=move || page.get().items
                    key=|thread| (thread.id, thread.last_message_at, thread.state)
                    let:thread
                >
                    <ThreadRow thread />
                </For>
            </ul>
        }
        .into_any(),
    })
}

#[component]
fn ThreadRow(thread: Thread) -> impl IntoView {
    let (i18n, me) = (use_i18n(), expect_context::<Me>());
    let Thread { id, citizen, unit, topic, state, last_message_at, excerpt, .. } = thread;
    let is_own = me.units.iter().any(|own| own.id == unit.id);
    let address = match is_own {
        true => paths::thread(unit.id, id, state),
        false => paths::client_thread(citizen.id, id),
    };
    view! {
        <li class="card thread-card">
            <div class="thread-line">
                <h3 class="thread-topic">
                    <a href=address>{text(move || i18n.local(&topic))}</a>
                </h3>
                <Moment at=last_message_at brief=true />
            </div>
            <p class="thread-unit">{text(move || i18n.local(&unit.name))}</p>
            <p class="thread-excerpt"><Excerpt text=excerpt /></p>
            <p class="thread-tags"><StateTag state=Signal::stored(state) /></p>
        </li>
    }
}

#[component]
pub(super) fn ClientThreadPage(client: CitizenId, id: ThreadId) -> impl IntoView {
    let (i18n, session, emergencies) = (use_i18n(), use_session(), use_emergencies());
    let thread = Remote::new(move || session.ask(async move |client| client.get_thread(id).await));
    let is_emergency = emergencies.is_open(client);
    LinkPlaces::provide(move |link| paths::of_link(client, link));
    let nothing = Callback::new(|()| ());
    let head = move |thread: Signal<Thread>| {
        let title = text(move || thread.with(|thread| i18n.local(&thread.topic)));
        let whose = text(move || {
            thread.with(|thread| format!("{}, {}", thread.citizen.name, i18n.local(&thread.unit.name)))
        });
        view! {
            <header>
                <PageTitle text=title />
                <p class="fine">{whose}</p>
            </header>
        }
    };
    view! {
        <div class="page office" data-emergency=said(is_emergency)>
            <a class="back" href=paths::client(client)>{Icon::BACK} {i18n.t(Key::CLIENT_CARD)}</a>
            <Loading data=thread rows=4 let:thread>
                {head(thread)}
                <p class="ds-alert" data-color="info">{i18n.t(Key::CLIENT_READ_ONLY)}</p>
                <Conversation
                    thread
                    mine=Side::Unit
                    label=Key::INBOX_REPLY
                    on_sent=nothing
                    is_read_only=true
                />
            </Loading>
        </div>
    }
}
