//! Picking several threads of a part of the inbox, and taking or ending them together.

use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::messages::{
    Bulk, BulkAct, BulkOutcome, InboxQuery, MAX_BULK_THREADS, Thread, ThreadState,
};
use omasote_types::page::Page;
use omasote_ui::action::Action;
use omasote_ui::announce::use_announcer;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Excerpt, Moment};
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, said, text};

use super::filters::Filter;
use super::inbox::use_desk;

/// The part of the inbox to pick from, and what runs when that is over.
#[derive(Clone, Copy)]
pub(crate) struct Picking {
    pub(super) state: ThreadState,
    pub(super) filter: Filter,
    pub(super) end: Callback<()>,
}

/// Makes the list to pick from.
pub(super) fn pick_list(picking: Picking) -> AnyView {
    view! { <PickList picking /> }.into_any()
}

/// The threads that are picked.
#[derive(Clone, Copy)]
struct Picked(RwSignal<Vec<ThreadId>>);

impl Picked {
    fn has(self, id: ThreadId) -> bool {
        self.0.with(|all| all.contains(&id))
    }

    fn set(self, id: ThreadId, is_picked: bool) {
        self.0.update(|all| {
            all.retain(|other| *other != id);
            if is_picked && all.len() < MAX_BULK_THREADS {
                all.push(id);
            }
        });
    }
}

#[component]
fn PickList(picking: Picking) -> impl IntoView {
    let (session, unit) = (use_session(), use_desk().unit);
    let Picking { state, filter, end } = picking;
    let picked = Picked(RwSignal::new(Vec::new()));
    let threads = PagedList::new(Refresh::Everything, move |page| {
        let wanted = InboxQuery { state, cursor: page.cursor, limit: page.limit, ..InboxQuery::default() };
        let wanted = filter.narrow(wanted);
        session.ask(async move |client| client.list_inbox(unit, &wanted).await)
    });
    use_updates().on_change(move || threads.refresh());
    let refresh = Callback::new(move |()| threads.refresh());
    view! {
        <Bar picked on_done=refresh end />
        <div class="rows scrolls">
            <Loading data=threads.page() rows=8 let:page>
                <PickRows page picked />
                <MoreButton list=threads label=Key::SHOW_MORE />
            </Loading>
        </div>
    }
}

#[component]
fn PickRows(page: Signal<Page<Thread>>, picked: Picked) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
    dynamic(move || match is_empty.get() {
        true => view! { <p class="empty">{i18n.t(Key::FILTER_NOTHING)}</p> }.into_any(),
        false => view! {
            <ul class="inbox">
                <For
                    each=move || page.get().items
                    key=|thread| (thread.id, thread.last_message_at, thread.state)
                    let:thread
                >
                    <PickRow thread picked />
                </For>
            </ul>
        }
        .into_any(),
    })
}

#[component]
fn PickRow(thread: Thread, picked: Picked) -> impl IntoView {
    let i18n = use_i18n();
    let Thread { id, citizen, topic, excerpt, last_message_at, .. } = thread;
    let is_picked = Signal::derive(move || picked.has(id));
    let pick = move |event| picked.set(id, event_target_checked(&event));
    view! {
        <li>
            <label class="pick">
                <input class="ds-input" type="checkbox" prop:checked=is_picked on:change=pick />
                <span class="pick-what">
                    <strong>{citizen.name}</strong>
                    " "
                    <Moment at=last_message_at brief=true />
                    <span class="row-topic">{text(move || i18n.local(&topic))}</span>
                    <span class="row-excerpt"><Excerpt text=excerpt /></span>
                </span>
            </label>
        </li>
    }
}

/// What can be done with what is picked.
#[component]
fn Bar(picked: Picked, on_done: Callback<()>, end: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer, unit) = (use_i18n(), use_session(), use_announcer(), use_desk().unit);
    let (action, count) = (Action::new(), Memo::new(move |_| picked.0.with(Vec::len)));
    let act = move |act: BulkAct| {
        let bulk = Bulk { act, thread_ids: picked.0.get_untracked() };
        if bulk.thread_ids.is_empty() {
            announcer.say(Key::BULK_NOTHING);
            return;
        }
        let answer = session.ask(async move |client| client.act_on_threads(unit, &bulk).await);
        action.run(answer, move |outcome| {
            let outcomes = match outcome {
                Ok(outcomes) => outcomes,
                Err(error) => return Some(error),
            };
            let (key, values) = told(&outcomes);
            announcer.say_filled(key, values);
            picked.0.try_set(Vec::new());
            on_done.try_run(());
            None
        });
    };
    let button = move |label: Key, what: BulkAct| {
        view! {
            <button
                type="button"
                class="ds-button"
                data-size="sm"
                data-variant="secondary"
                aria-disabled=said(action.is_busy())
                on:click=move |_| act(what)
            >
                {i18n.t(label)}
            </button>
        }
    };
    let counted = text(move || {
        let count = u32::try_from(count.get()).unwrap_or(u32::MAX);
        i18n.counted(Key::BULK_COUNT_ONE, Key::BULK_COUNT_OTHER, count)
    });
    view! {
        <div class="picked" role="group" aria-label=i18n.t(Key::BULK)>
            <span role="status">{counted}</span>
            {button(Key::TAKE, BulkAct::Take)}
            {button(Key::INBOX_CLOSE, BulkAct::Close)}
            <button
                type="button"
                class="ds-button"
                data-size="sm"
                data-variant="tertiary"
                on:click=move |_| end.run(())
            >
                {i18n.t(Key::BULK_END)}
            </button>
            {action.problem()}
        </div>
    }
}

/// How many were done, and how many were not because somebody else was faster.
fn told(outcomes: &[BulkOutcome]) -> (Key, Vec<(&'static str, String)>) {
    let refused = outcomes.iter().filter(|outcome| outcome.refused.is_some()).count();
    let done = (outcomes.len() - refused).to_string();
    match refused {
        0 => (Key::BULK_DONE, vec![("count", done)]),
        _ => (Key::BULK_DONE_SOME, vec![("count", done), ("refused", refused.to_string())]),
    }
}
