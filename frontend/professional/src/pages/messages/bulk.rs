//! Picking several threads of the inbox, and taking or ending them together.

use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::messages::{Bulk, BulkAct, BulkOutcome, MAX_BULK_THREADS};
use omasote_ui::action::Action;
use omasote_ui::announce::use_announcer;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::session::use_session;
use omasote_ui::view::{optional, said, text};

use super::inbox::use_desk;

/// The threads that are picked in a list.
#[derive(Clone, Copy)]
pub(super) struct Picked(RwSignal<Vec<ThreadId>>);

impl Picked {
    /// Nothing yet. The rows inside the calling component find it.
    pub(super) fn provide() -> Self {
        let picked = Self(RwSignal::new(Vec::new()));
        provide_context(picked);
        picked
    }

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

/// The box that picks a thread, in a list where that can be done.
pub(super) fn pick_box(id: ThreadId, name: String) -> Option<AnyView> {
    let (i18n, picked) = (use_i18n(), use_context::<Picked>()?);
    let label = text(move || i18n.filled(Key::BULK_PICK, &[("name", &name)]));
    let is_picked = Signal::derive(move || picked.has(id));
    let pick = move |event| picked.set(id, event_target_checked(&event));
    let field = view! {
        <span class="row-pick">
            <input class="ds-input" type="checkbox" aria-label=label prop:checked=is_picked on:change=pick />
        </span>
    };
    Some(field.into_any())
}

/// What can be done with the threads that are picked; there while there are any.
#[component]
pub(super) fn PickedBar(picked: Picked, on_done: Callback<()>) -> impl IntoView {
    let count = Memo::new(move |_| picked.0.with(Vec::len));
    let is_any = Memo::new(move |_| count.get() > 0);
    optional(move || is_any.get().then(|| view! { <Bar picked count on_done /> }.into_any()))
}

#[component]
fn Bar(picked: Picked, count: Memo<usize>, on_done: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer, unit) = (use_i18n(), use_session(), use_announcer(), use_desk().unit);
    let action = Action::new();
    let act = move |act: BulkAct| {
        let bulk = Bulk { act, thread_ids: picked.0.get_untracked() };
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
                on:click=move |_| picked.0.set(Vec::new())
            >
                {i18n.t(Key::BULK_CLEAR)}
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
