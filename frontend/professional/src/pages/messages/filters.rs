//! Narrowing the inbox to what one works on now.

use leptos::prelude::*;
use omasote_types::messages::{HolderFilter, InboxMark, InboxQuery};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::said;

/// What the inbox is narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Filter {
    #[default]
    All,
    Free,
    Mine,
    Unread,
    NotUnderstood,
    Forwarded,
    SentOn,
}

const FILTERS: [(Filter, Key); 7] = [
    (Filter::All, Key::FILTER_ALL),
    (Filter::Free, Key::FILTER_FREE),
    (Filter::Mine, Key::FILTER_MINE),
    (Filter::Unread, Key::FILTER_UNREAD),
    (Filter::NotUnderstood, Key::FILTER_NOT_UNDERSTOOD),
    (Filter::Forwarded, Key::FILTER_FORWARDED),
    (Filter::SentOn, Key::FILTER_SENT_ON),
];

impl Filter {
    /// The query, narrowed.
    pub(super) fn narrow(self, query: InboxQuery) -> InboxQuery {
        let (holder, mark) = match self {
            Self::All => (None, None),
            Self::Free => (Some(HolderFilter::Free), None),
            Self::Mine => (Some(HolderFilter::Mine), None),
            Self::Unread => (None, Some(InboxMark::Unread)),
            Self::NotUnderstood => (None, Some(InboxMark::NotUnderstood)),
            Self::Forwarded => (None, Some(InboxMark::Forwarded)),
            Self::SentOn => (None, Some(InboxMark::SentOn)),
        };
        InboxQuery { holder, mark, ..query }
    }
}

/// What the inbox is narrowed to, and whether threads are picked from it.
#[derive(Clone, Copy)]
pub(crate) struct Narrowing {
    pub(super) filter: RwSignal<Filter>,
    pub(super) is_picking: RwSignal<bool>,
}

/// Makes the filters.
pub(super) fn filters(narrowing: Narrowing) -> AnyView {
    view! { <Filters narrowing /> }.into_any()
}

#[component]
fn Filters(narrowing: Narrowing) -> impl IntoView {
    let Narrowing { filter, is_picking } = narrowing;
    let i18n = use_i18n();
    let chip = move |(one, label): (Filter, Key)| {
        let is_on = Signal::derive(move || filter.get() == one);
        view! {
            <button type="button" class="chip" aria-pressed=said(is_on) on:click=move |_| filter.set(one)>
                {i18n.t(label)}
            </button>
        }
    };
    let pick = move |_| is_picking.update(|is| *is = !*is);
    view! {
        <div class="filters" role="group" aria-label=i18n.t(Key::FILTERS)>
            {FILTERS.map(chip).collect_view()}
            <button type="button" class="chip" aria-pressed=said(is_picking) on:click=pick>
                {i18n.t(Key::BULK_START)}
            </button>
        </div>
    }
}
