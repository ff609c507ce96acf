//! The guides there are, found by words. The words stand in no address: they may tell of one's health.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use omasote_types::guides::{GuideQuery, GuideSearch, GuideSummary, MAX_GUIDE_SEARCH_CHARACTERS};
use omasote_types::language::Language;
use omasote_types::page::{MAX_LIMIT, Page};
use omasote_ui::focus::PageTitle;
use omasote_ui::guides::address;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

/// So long after the last letter it is searched.
const QUIET_FOR: Duration = Duration::from_millis(300);

/// Makes the page.
pub(super) fn page() -> AnyView {
    view! { <GuideListPage /> }.into_any()
}

#[component]
fn GuideListPage() -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let guides = found_by(typed);
    view! {
        <div class="page">
            <PageTitle text=text(move || i18n.text(Key::NAV_GUIDES).to_owned()) />
            <p class="lead">{i18n.t(Key::GUIDES_INTRO)}</p>
            <div class="ds-field guide-search">
                <label class="ds-label" for="guide-search">{i18n.t(Key::GUIDES_SEARCH)}</label>
                <input
                    class="ds-input"
                    id="guide-search"
                    type="search"
                    autocomplete="off"
                    maxlength=MAX_GUIDE_SEARCH_CHARACTERS.to_string()
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </div>
            <Loading data=guides.page() rows=5 let:page>
                <Found page typed />
                <MoreButton list=guides label=Key::SHOW_MORE />
            </Loading>
        </div>
    }
}

/// The guides that have the words that are typed, each time that the reader pauses; all as long as nothing is.
fn found_by(typed: RwSignal<String>) -> PagedList<GuideSummary> {
    let session = use_session();
    let guides = PagedList::new(Refresh::Everything, move |page| {
        let (words, cursor) = (typed.get_untracked(), page.cursor);
        session.ask(async move |client| match words.trim() {
            "" => client.list_guides(&GuideQuery { unit: None, cursor, limit: Some(MAX_LIMIT) }).await,
            words => {
                let text = words.to_owned();
                let wanted = GuideSearch { text, unit: None, cursor, limit: Some(MAX_LIMIT) };
                client.search_guides(&wanted).await
            }
        })
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        typed.track();
        stop();
        if before.is_some()
            && let Ok(waiting) = set_timeout_with_handle(move || guides.refresh(), QUIET_FOR)
        {
            timer.set_value(Some(waiting));
        }
    });
    on_cleanup(stop);
    guides
}

/// The guides by their titles, and how many they are.
#[component]
fn Found(page: Signal<Page<GuideSummary>>, typed: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let has_words = move || typed.with(|typed| !typed.trim().is_empty());
    let told = text(move || match (page.with(|page| page.items.len()), has_words()) {
        (_, false) => String::new(),
        (0, true) => i18n.text(Key::GUIDES_NONE_FOUND).to_owned(),
        (count, true) => i18n.filled(Key::GUIDES_COUNT, &[("count", &count.to_string())]),
    });
    let list = dynamic(move || {
        let (mut all, language) = (page.get().items, i18n.language());
        if all.is_empty() && !untrack(has_words) {
            return view! { <p>{i18n.t(Key::GUIDES_NONE)}</p> }.into_any();
        }
        all.sort_by_cached_key(|guide| title_in(guide, language).0.to_lowercase());
        let cards: Vec<_> = all.into_iter().map(|guide| card(&guide, language)).collect();
        view! { <ul class="guides">{cards}</ul> }.into_any()
    });
    view! {
        <p class="fine" role="status">{told}</p>
        {list}
    }
}

fn card(guide: &GuideSummary, wanted: Language) -> AnyView {
    let i18n = use_i18n();
    let (title, language) = title_in(guide, wanted);
    let keeper = guide.unit.as_ref().map(|unit| view! { <span class="fine">{i18n.local(&unit.name)}</span> });
    let in_finnish = (language != wanted).then(|| {
        view! { <span class="ds-tag" data-size="sm" data-color="info">{i18n.t(Key::GUIDES_IN_FINNISH)}</span> }
    });
    view! {
        <li class="card">
            {Icon::BOOK}
            <span class="linked-what">
                <a class="ds-link" href=address(guide.id) lang=language.code()>{title}</a>
                {in_finnish}
                {keeper}
            </span>
        </li>
    }
    .into_any()
}

/// The title in a language, or in the Finnish that there always is.
fn title_in(guide: &GuideSummary, wanted: Language) -> (String, Language) {
    let language = if guide.has(wanted) { wanted } else { Language::Fi };
    (guide.title.text(language).to_owned(), language)
}
