//! Lists that come in pages: the first page, more on request, and the whole looked at again after a change.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_types::page::{DEFAULT_LIMIT, MAX_LIMIT, Page, PageQuery};

use crate::i18n::{Key, use_i18n};
use crate::remote::Remote;
use crate::session::Answer;
use crate::view::dynamic;

type FetchPage<T> = Rc<dyn Fn(PageQuery) -> Answer<Page<T>>>;

/// What becomes of the items that are shown when the first page is fetched again.
#[derive(Debug)]
pub enum Refresh<T> {
    /// Items change places: as many are fetched as are shown, and take their place.
    Everything,
    /// The list only grows at its beginning: the function puts what is shown and a fresh first page together.
    Beginning(fn(Page<T>, Page<T>) -> Page<T>),
}

/// A list and how much of it is here.
pub struct PagedList<T: Clone + PartialEq + Send + Sync + 'static> {
    page: Remote<Page<T>>,
    is_loading_more: RwSignal<bool>,
    fetch: StoredValue<FetchPage<T>, LocalStorage>,
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Clone for PagedList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Copy for PagedList<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> PagedList<T> {
    /// Fetches the first page, at once.
    pub fn new(refresh: Refresh<T>, fetch: impl Fn(PageQuery) -> Answer<Page<T>> + 'static) -> Self {
        let fetch: FetchPage<T> = Rc::new(fetch);
        let fetch_first = Rc::clone(&fetch);
        Self {
            page: Remote::start(Rc::new(move |page| first_page(page, &refresh, &fetch_first))),
            is_loading_more: RwSignal::new(false),
            fetch: StoredValue::new_local(fetch),
        }
    }

    /// The page that is shown, with all the pages that were added to it.
    #[must_use]
    pub const fn page(self) -> Remote<Page<T>> {
        self.page
    }

    /// Something of the items, without copying them.
    pub fn with_items<R>(self, read: impl FnOnce(&[T]) -> R) -> Option<R> {
        self.page.with(|page| read(&page.items))
    }

    /// Whether there are more to fetch.
    #[must_use]
    pub fn has_more(self) -> bool {
        self.page.with(|page| page.next_cursor.is_some()).unwrap_or_default()
    }

    /// Puts something the server has just made at the beginning, unless a refresh was faster.
    pub fn put_first(self, item: T) {
        if let Some(mut page) = self.page.now()
            && !page.items.contains(&item)
        {
            page.items.insert(0, item);
            self.page.put(page);
        }
    }

    /// Fetches the list again from its beginning.
    pub fn refresh(self) {
        self.page.refresh();
    }

    /// Fetches the next page; `then` runs once it is shown.
    pub fn load_more(self, then: Box<dyn FnOnce()>) {
        let status = self.page.status();
        let cursor = self.page.now().and_then(|page| page.next_cursor);
        if cursor.is_none() || !status.is_idle() || !status.begin() {
            return;
        }
        self.is_loading_more.set(true);
        let fetching = self.fetch.with_value(|fetch| fetch(PageQuery { cursor, limit: None }));
        spawn_local(async move {
            let outcome = fetching.await;
            status.problem.try_set(outcome.as_ref().err().cloned());
            if let (Ok(next), Some(mut page)) = (outcome, self.page.now()) {
                page.items.extend(next.items);
                page.next_cursor = next.next_cursor;
                self.page.put(page);
                then();
            }
            self.is_loading_more.try_set(false);
            if status.end() {
                self.refresh();
            }
        });
    }
}

fn first_page<T: Clone + PartialEq + Send + Sync + 'static>(
    page: Remote<Page<T>>,
    refresh: &Refresh<T>,
    fetch: &FetchPage<T>,
) -> Answer<Page<T>> {
    match *refresh {
        Refresh::Everything => {
            let shown = page.now().map_or(0, |page| page.items.len());
            let limit = u16::try_from(shown).unwrap_or(MAX_LIMIT).clamp(DEFAULT_LIMIT, MAX_LIMIT);
            fetch(PageQuery { cursor: None, limit: Some(limit) })
        }
        Refresh::Beginning(join) => {
            let fetching = fetch(PageQuery::default());
            Box::pin(async move {
                let fresh = fetching.await?;
                Ok(match page.now() {
                    Some(shown) => join(shown, fresh),
                    None => fresh,
                })
            })
        }
    }
}

/// The button that fetches the next page, when there is one.
#[component]
pub fn MoreButton<T: Clone + PartialEq + Send + Sync + 'static>(
    /// The list.
    list: PagedList<T>,
    /// What the button says.
    label: Key,
) -> impl IntoView {
    more_button(list, label, Callback::new(move |()| list.load_more(Box::new(|| ()))))
}

pub(crate) fn more_button<T: Clone + PartialEq + Send + Sync + 'static>(
    list: PagedList<T>,
    label: Key,
    load: Callback<()>,
) -> AnyView {
    button(label, Signal::derive(move || list.has_more()), list.is_loading_more, load)
}

fn button(label: Key, has_more: Signal<bool>, is_loading: RwSignal<bool>, load: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    let text = Signal::derive(move || i18n.text(if is_loading.get() { Key::LOADING } else { label }));
    dynamic(move || {
        if !has_more.get() {
            return ().into_any();
        }
        let button = view! {
            <button
                type="button"
                class="ds-button more"
                data-variant="secondary"
                aria-disabled=crate::view::said(is_loading)
                on:click=move |_| load.run(())
            >
                {text}
            </button>
        };
        button.into_any()
    })
}
