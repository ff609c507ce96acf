//! The citizen's threads, the one with the newest message first.

use leptos::prelude::*;
use omasote_types::messages::{Side, Thread};
use omasote_types::page::Page;
use omasote_ui::acting::use_acting;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Excerpt, Moment, StateTag, UnreadTag};
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::promises::{Promise, PromiseNote};
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

use crate::{paths, use_citizen};

#[component]
pub(crate) fn ThreadsPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let threads = PagedList::new(Refresh::Everything, move |query| {
        session.ask(async move |client| client.list_threads(citizen, &query).await)
    });
    use_updates().on_change(move || threads.refresh());
    view! {
        <div class="page">
            <div class="section-head">
                <PageTitle text=text(move || i18n.text(Key::NAV_MESSAGES).to_owned()) />
                <a class="ds-button" data-variant="primary" href=paths::NEW_THREAD>
                    {Icon::PEN}
                    {i18n.t(Key::MESSAGES_WRITE)}
                </a>
            </div>
            <Loading data=threads.page() rows=5 let:page>
                <ThreadList page heading_level=2 />
                <MoreButton list=threads label=Key::SHOW_MORE />
            </Loading>
        </div>
    }
}

/// Threads as cards, or the way to begin when there are none.
#[component]
pub(crate) fn ThreadList(
    page: Signal<Page<Thread>>,
    /// The level of each thread's heading under the page's own.
    heading_level: u8,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
    // A changed thread is shown anew; the others stay as they are.
    let key = |thread: &Thread| {
        let seen = (thread.unread_count, thread.is_hidden_from_proxies);
        (thread.id, thread.last_message_at, thread.state, seen, thread.promised_at)
    };
    dynamic(move || {
        if is_empty.get() {
            let empty = view! {
                <div class="card empty">
                    <span class="disc">{Icon::ENVELOPE}</span>
                    <p>{i18n.t(Key::MESSAGES_NONE)}</p>
                </div>
            };
            return empty.into_any();
        }
        let list = view! {
            <ul class="threads">
                <For each=move || page.get().items key=key let:thread>
                    <ThreadCard thread heading_level />
                </For>
            </ul>
        };
        list.into_any()
    })
}

#[component]
fn ThreadCard(thread: Thread, heading_level: u8) -> impl IntoView {
    let i18n = use_i18n();
    let promise =
        Promise::of(&thread).map(|promise| view! { <p class="thread-promise"><PromiseNote promise /></p> });
    let Thread { id, unit, topic, state, last_message_at, last_sender, excerpt, .. } = thread;
    let Thread { unread_count, is_hidden_from_proxies, .. } = thread;
    let is_unread = unread_count > 0;
    let link = view! { <a href=paths::thread(id)>{text(move || i18n.local(&topic))}</a> };
    let heading = match heading_level {
        2 => view! { <h2 class="thread-topic">{link}</h2> }.into_any(),
        _ => view! { <h3 class="thread-topic">{link}</h3> }.into_any(),
    };
    let acting = use_acting();
    let writer = text(move || match acting.name() {
        Some(name) => format!("{name}:"),
        None => i18n.text(Key::THREAD_YOU_WROTE).to_owned(),
    });
    let own = (last_sender == Side::Citizen).then(|| view! { <span class="own">{writer} " "</span> });
    let hidden = is_hidden_from_proxies
        .then(|| view! { <span class="ds-tag" data-size="sm" data-color="info">{i18n.t(Key::THREAD_HIDDEN)}</span> });
    view! {
        <li class="card thread-card" data-unread=is_unread.to_string()>
            <div class="thread-line">{heading} <Moment at=last_message_at brief=true /></div>
            <p class="thread-unit">{text(move || i18n.local(&unit.name))}</p>
            <p class="thread-excerpt">{own} <Excerpt text=excerpt /></p>
            {promise}
            <p class="thread-tags"><UnreadTag count=unread_count /> <StateTag state=Signal::stored(state) /> {hidden}</p>
        </li>
    }
}
