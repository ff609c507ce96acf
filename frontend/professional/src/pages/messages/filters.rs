//! Narrowing the inbox to what one works on now.

use leptos::prelude::*;
use omasote_types::ids::TopicId;
use omasote_types::messages::{HolderFilter, InboxMark, InboxQuery, ThreadState};
use omasote_types::views::Narrowing;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::said;

use super::inbox::use_desk;
use crate::pages::views::{SavedViews, Shown};

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
    fn parts(self) -> (Option<HolderFilter>, Option<InboxMark>) {
        match self {
            Self::All => (None, None),
            Self::Free => (Some(HolderFilter::Free), None),
            Self::Mine => (Some(HolderFilter::Mine), None),
            Self::Unread => (None, Some(InboxMark::Unread)),
            Self::NotUnderstood => (None, Some(InboxMark::NotUnderstood)),
            Self::Forwarded => (None, Some(InboxMark::Forwarded)),
            Self::SentOn => (None, Some(InboxMark::SentOn)),
        }
    }
}

/// What the inbox is narrowed to: by a filter, and by a topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Narrowed {
    pub(super) filter: Filter,
    pub(crate) topic: Option<TopicId>,
}

impl Narrowed {
    /// The query, narrowed.
    pub(super) fn narrow(self, query: InboxQuery) -> InboxQuery {
        let (holder, mark) = self.filter.parts();
        InboxQuery { holder, mark, topic: self.topic, ..query }
    }

    /// As a view keeps it.
    pub(crate) fn kept(self, state: ThreadState) -> Narrowing {
        let (holder, mark) = self.filter.parts();
        Narrowing { state, holder, mark, topic_id: self.topic, text: None }
    }

    /// As a view has it. What this app has no filter for is shown with all there is.
    pub(crate) fn of(view: &Narrowing) -> Self {
        let wanted = (view.holder, view.mark);
        let filters = FILTERS.into_iter().map(|(filter, _)| filter);
        let filter = filters.into_iter().find(|filter| filter.parts() == wanted).unwrap_or_default();
        Self { filter, topic: view.topic_id }
    }
}

/// What the inbox is narrowed to, what is searched for, and whether threads are picked from it.
#[derive(Clone, Copy)]
pub(crate) struct Sieve {
    pub(crate) narrowed: RwSignal<Narrowed>,
    pub(crate) words: RwSignal<Option<String>>,
    pub(super) is_picking: RwSignal<bool>,
}

/// Makes the filters.
pub(super) fn filters(sieve: Sieve) -> AnyView {
    view! { <Filters sieve /> }.into_any()
}

#[component]
fn Filters(sieve: Sieve) -> impl IntoView {
    let Sieve { narrowed, is_picking, .. } = sieve;
    let (i18n, desk) = (use_i18n(), use_desk());
    let now = Signal::derive(move || narrowed.get().kept(desk.state.get()));
    let chip = move |(one, label): (Filter, Key)| {
        let is_on = Signal::derive(move || narrowed.get().filter == one);
        let choose = move |_| narrowed.update(|all| all.filter = one);
        view! {
            <button type="button" class="chip" aria-pressed=said(is_on) on:click=choose>
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
            <SavedViews shown=Shown { unit: desk.unit, now, sieve } />
        </div>
    }
}
