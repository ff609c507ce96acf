//! Finding threads of the unit by words. They stand in no address: they may be names and illnesses.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::messages::{InboxSearch, MAX_SEARCH_CHARACTERS};
use omasote_types::views::Narrowing;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::text;

use super::filters::Sieve;
use super::inbox::{Rows, use_desk};
use crate::pages::views::{SavedViews, Shown};

/// Makes the field to search from.
pub(super) fn search_field(words: RwSignal<Option<String>>) -> AnyView {
    view! { <SearchField words /> }.into_any()
}

#[component]
fn SearchField(words: RwSignal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    // A saved view may have words, and who goes back to the inbox searches for nothing.
    Effect::new(move || typed.set(words.get().unwrap_or_default()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let wanted = typed.get_untracked().trim().to_owned();
        words.set(Some(wanted).filter(|wanted| !wanted.is_empty()));
    };
    // The cross of the field empties it: then the inbox is back.
    let input = move |event| {
        typed.set(event_target_value(&event));
        if typed.with_untracked(String::is_empty) {
            words.set(None);
        }
    };
    view! {
        <form class="inbox-search" role="search" on:submit=submit>
            <input
                class="ds-input"
                type="search"
                id="inbox-search"
                autocomplete="off"
                aria-label=i18n.t(Key::SEARCH_LABEL)
                maxlength=MAX_SEARCH_CHARACTERS.to_string()
                placeholder=i18n.t(Key::SEARCH_HINT)
                prop:value=typed
                on:input=input
            />
            <button type="submit" class="ds-button" data-variant="secondary">
                {i18n.t(Key::SEARCH_BUTTON)}
            </button>
        </form>
    }
}

/// What is searched for, and what runs to end it.
#[derive(Clone)]
pub(crate) struct Sought {
    pub(super) words: String,
    pub(super) sieve: Sieve,
    pub(super) end: Callback<()>,
}

/// Makes the list of what was found.
pub(super) fn found_rows(sought: Sought) -> AnyView {
    let Sought { words, sieve, end } = sought;
    view! { <FoundRows words sieve end /> }.into_any()
}

/// The threads that were found, whatever their state.
#[component]
fn FoundRows(words: String, sieve: Sieve, end: Callback<()>) -> impl IntoView {
    let (i18n, session, unit) = (use_i18n(), use_session(), use_desk().unit);
    let wanted = words.clone();
    let now = Narrowing { text: Some(words.clone()), ..Narrowing::default() };
    let shown = Shown { unit, now: Signal::stored(now), sieve };
    let threads = PagedList::new(Refresh::Everything, move |page| {
        let search = InboxSearch { text: wanted.clone(), cursor: page.cursor, limit: page.limit };
        session.ask(async move |client| client.search_inbox(unit, &search).await)
    });
    use_updates().on_change(move || threads.refresh());
    let title = text(move || i18n.filled(Key::SEARCH_FOUND, &[("words", &words)]));
    view! {
        <div class="found-head">
            <div role="status">
                <h2 class="ds-heading" data-size="2xs">{title}</h2>
            </div>
            <button type="button" class="ds-button" data-variant="tertiary" data-size="sm" on:click=move |_| end.run(())>
                {Icon::BACK}
                {i18n.t(Key::SEARCH_END)}
            </button>
            <SavedViews shown />
        </div>
        <div class="rows scrolls">
            <Loading data=threads.page() rows=8 let:page>
                <Rows page nothing=Key::SEARCH_NOTHING />
                <MoreButton list=threads label=Key::SHOW_MORE />
            </Loading>
        </div>
    }
}
