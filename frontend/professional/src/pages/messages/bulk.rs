//! Picking several threads of a part of the inbox, and taking or ending them together.

use leptos::prelude::*;
use omasote_types::ids::{CitizenId, ThreadId};
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
use omasote_ui::view::{dynamic, optional, said, text};

use super::filters::Narrowed;
use super::groups::GroupForm;
use super::inbox::use_desk;

/// The part of the inbox to pick from, and what runs when that is over.
#[derive(Clone, Copy)]
pub(crate) struct Picking {
    pub(super) state: ThreadState,
    pub(super) narrowed: Narrowed,
    pub(super) end: Callback<()>,
}

/// Makes the list to pick from.
pub(super) fn pick_list(picking: Picking) -> AnyView {
    view! { <PickList picking /> }.into_any()
}

/// The threads that are picked, and whose they are.
#[derive(Clone, Copy)]
pub(super) struct Picked(RwSignal<Vec<(ThreadId, CitizenId)>>);

impl Picked {
    fn has(self, id: ThreadId) -> bool {
        self.0.with(|all| all.iter().any(|(one, _)| *one == id))
    }

    fn set(self, (id, of): (ThreadId, CitizenId), is_picked: bool) {
        self.0.update(|all| {
            all.retain(|(other, _)| *other != id);
            if is_picked && all.len() < MAX_BULK_THREADS {
                all.push((id, of));
            }
        });
    }

    fn threads(self) -> Vec<ThreadId> {
        self.0.with_untracked(|all| all.iter().map(|(id, _)| *id).collect())
    }

    /// Whose they are, each once.
    pub(super) fn citizens(self) -> Vec<CitizenId> {
        let mut citizens: Vec<_> = self.0.with(|all| all.iter().map(|(_, of)| *of).collect());
        citizens.sort_unstable();
        citizens.dedup();
        citizens
    }

    /// Picks nothing any more.
    pub(super) fn clear(self) {
        self.0.try_set(Vec::new());
    }
}

#[component]
fn PickList(picking: Picking) -> impl IntoView {
    let (session, unit) = (use_session(), use_desk().unit);
    let Picking { state, narrowed, end } = picking;
    let picked = Picked(RwSignal::new(Vec::new()));
    let threads = PagedList::new(Refresh::Everything, move |page| {
        let wanted = InboxQuery { state, cursor: page.cursor, limit: page.limit, ..InboxQuery::default() };
        let wanted = narrowed.narrow(wanted);
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
    let whose = citizen.id;
    let pick = move |event| picked.set((id, whose), event_target_checked(&event));
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
        let bulk = Bulk { act, thread_ids: picked.threads() };
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
            picked.clear();
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
    let is_writing = RwSignal::new(false);
    let write = move |_| match count.get_untracked() {
        0 => announcer.say(Key::BULK_NOTHING),
        _ => is_writing.set(true),
    };
    let writing = optional(move || {
        let on_end = Callback::new(move |()| is_writing.set(false));
        is_writing.get().then(|| view! { <GroupForm picked on_done on_end /> }.into_any())
    });
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
                data-variant="secondary"
                aria-expanded=said(is_writing)
                on:click=write
            >
                {i18n.t(Key::GROUP_WRITE)}
            </button>
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
        {writing}
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
