//! A unit's inbox: who waits, since when, and with what. The conversation opens beside it.

use leptos::prelude::*;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::messages::{InboxQuery, Thread, ThreadState};
use omasote_types::page::Page;
use omasote_ui::chunk::Chunk;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::unread::use_unread;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, flag, optional, said};

use super::bulk::Picking;
use super::conversation::NoConversation;
use super::filters::{Narrowed, Sieve};
use super::row::InboxRow;
use super::search::Sought;
use super::tools::Tool;
use super::units::UnitBar;
use crate::{chunks, paths};

/// The parts of an inbox, in the order they are worked through.
const PARTS: [(ThreadState, Key); 3] = [
    (ThreadState::Waiting, Key::INBOX_WAITING),
    (ThreadState::Answered, Key::INBOX_ANSWERED),
    (ThreadState::Closed, Key::INBOX_CLOSED),
];

/// What the address says: known to the list and to the conversation beside it.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) unit: UnitId,
    pub(super) state: Memo<ThreadState>,
    pub(super) open: Memo<Option<ThreadId>>,
}

#[component]
pub(crate) fn InboxPage(unit: UnitId, open: Memo<Option<ThreadId>>) -> impl IntoView {
    let (i18n, router) = (use_i18n(), use_router());
    let words = RwSignal::new(None::<String>);
    let state = Memo::new(move |_| paths::state_of(router.query(paths::STATE).as_deref()));
    let tools = Chunk::new(chunks::tools);
    provide_context(Desk { unit, state, open });
    provide_context(Tool::Search(words));
    let is_open = Signal::derive(move || open.get().is_some());
    let narrowed = RwSignal::new(Narrowed::default());
    let end = Callback::new(move |()| words.set(None));
    let is_picking = RwSignal::new(false);
    let sieve = Sieve { narrowed, words, is_picking };
    let end_picking = Callback::new(move |()| is_picking.set(false));
    let rows = move || match is_picking.get() {
        true => {
            let picking = Picking { state: state.get(), narrowed: narrowed.get(), end: end_picking };
            tools.show_about(Tool::Bulk(picking))
        }
        false => view! { <ThreadRows state=state.get() narrowed=narrowed.get() /> }.into_any(),
    };
    let list = move || match words.get() {
        Some(words) => tools.show_about(Tool::Found(Sought { words, sieve, end })),
        None => {
            provide_context(Tool::Filters(sieve));
            view! {
                <Parts />
                <div class="filters-slot">{tools.show_quietly()}</div>
                {dynamic(rows)}
            }
            .into_any()
        }
    };
    let keys = Chunk::new(chunks::shortcuts).soon();
    let pane = Chunk::new(chunks::conversation).soon();
    let conversation = move || match open.get() {
        // Made anew for another thread, so that nothing of the one before is shown in it.
        Some(id) => pane.show_about(id),
        None => view! { <NoConversation /> }.into_any(),
    };
    view! {
        <div class="desk" data-open=said(is_open)>
            <UnitBar />
            <section class="desk-list" aria-label=i18n.t(Key::INBOX_THREADS)>
                <div class="search-slot">{tools.show_quietly()}</div>
                {dynamic(list)}
            </section>
            <div class="desk-conversation">{dynamic(conversation)}</div>
            {keys.show_quietly()}
        </div>
    }
}

#[component]
fn Parts() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav class="parts" aria-label=i18n.t(Key::INBOX_PARTS)>
            <ul>{PARTS.map(part_link).collect_view()}</ul>
        </nav>
    }
}

fn part_link((state, label): (ThreadState, Key)) -> AnyView {
    let (i18n, unread, desk) = (use_i18n(), use_unread(), use_desk());
    let waiting = Memo::new(move |_| unread.of_unit(desk.unit).map_or(0, |unit| unit.waiting_threads));
    let count = move || {
        let count = Some(waiting.get()).filter(|count| *count > 0 && state == ThreadState::Waiting)?;
        Some(view! { <span class="count">{count.to_string()}</span> }.into_any())
    };
    let is_here = move || desk.state.get() == state;
    let link = view! {
        <li>
            <a href=paths::inbox(desk.unit, state) aria-current=flag("page", is_here)>
                {i18n.t(label)}
                {optional(count)}
            </a>
        </li>
    };
    link.into_any()
}

/// The threads of one part; made anew for another.
#[component]
fn ThreadRows(state: ThreadState, narrowed: Narrowed) -> impl IntoView {
    let (session, desk) = (use_session(), use_desk());
    let unit = desk.unit;
    let threads = PagedList::new(Refresh::Everything, move |page| {
        let wanted = InboxQuery { state, cursor: page.cursor, limit: page.limit, ..InboxQuery::default() };
        let wanted = narrowed.narrow(wanted);
        session.ask(async move |client| client.list_inbox(unit, &wanted).await)
    });
    use_updates().on_change(move || threads.refresh());
    let nothing = match state {
        _ if narrowed != Narrowed::default() => Key::FILTER_NOTHING,
        ThreadState::Waiting => Key::INBOX_NOBODY_WAITS,
        ThreadState::Answered => Key::INBOX_NONE_ANSWERED,
        ThreadState::Closed => Key::INBOX_NONE_CLOSED,
    };
    view! {
        <div class="rows scrolls">
            <Loading data=threads.page() rows=8 let:page>
                <Rows page nothing />
                <MoreButton list=threads label=Key::SHOW_MORE />
            </Loading>
        </div>
    }
}

/// The rows of a list, or that there are none.
#[component]
pub(super) fn Rows(page: Signal<Page<Thread>>, nothing: Key) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
    let key = |thread: &Thread| {
        let holder = thread.holder.as_ref().map(|holder| holder.id);
        let promised = (thread.promised_at, thread.is_raised);
        (thread.id, thread.last_message_at, thread.state, thread.unread_count, holder, promised)
    };
    dynamic(move || {
        if is_empty.get() {
            let empty = view! {
                <div class="empty">
                    <span class="disc">{Icon::TICK}</span>
                    <p>{i18n.t(nothing)}</p>
                </div>
            };
            return empty.into_any();
        }
        let list = view! {
            <ul class="inbox">
                <For each=move || page.get().items key=key let:thread>
                    <InboxRow thread />
                </For>
            </ul>
        };
        list.into_any()
    })
}

/// The desk the calling component is a part of.
pub(super) fn use_desk() -> Desk {
    expect_context()
}
