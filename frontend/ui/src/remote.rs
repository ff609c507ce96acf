//! Something the server has: fetched, kept, and fetched again when it has changed.
//!
//! An answer may come when the page is gone: then `try_…` finds nothing to change.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::ClientError;

use crate::session::Answer;

type Fetch<T> = Rc<dyn Fn(Remote<T>) -> Answer<T>>;

/// Something fetched from the server. Once it is here it stays, also when fetching it again fails.
pub struct Remote<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    status: Status,
    fetch: StoredValue<Fetch<T>, LocalStorage>,
}

/// What happens around the value.
#[derive(Clone, Copy)]
pub(crate) struct Status {
    pub(crate) is_here: RwSignal<bool>,
    pub(crate) problem: RwSignal<Option<ClientError>>,
    work: StoredValue<Work>,
}

/// Whether an answer is awaited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Nothing,
    Fetching,
    /// What is on its way is old already: it is to be fetched once more.
    FetchingStale,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Remote<T> {
    /// Fetches something, at once.
    pub fn new(fetch: impl Fn() -> Answer<T> + 'static) -> Self {
        Self::start(Rc::new(move |_| fetch()))
    }

    /// Fetches something in a way that may depend on what is here already.
    pub(crate) fn start(fetch: Fetch<T>) -> Self {
        let remote = Self::idle(fetch);
        remote.refresh();
        remote
    }

    /// Something that is fetched by `ensure`.
    pub(crate) fn idle(fetch: Fetch<T>) -> Self {
        Self { value: RwSignal::new(None), status: Status::new(), fetch: StoredValue::new_local(fetch) }
    }

    /// Fetches it if it is neither here nor on its way.
    pub(crate) fn ensure(self) {
        if self.now().is_none() && self.status.is_idle() {
            self.refresh();
        }
    }

    /// The value, once it is here.
    #[must_use]
    pub fn get(self) -> Option<T> {
        self.value.get()
    }

    /// Something of the value, without copying it.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.value.with(|value| value.as_ref().map(read))
    }

    /// The value as a signal, `first` as long as it is not here.
    pub(crate) fn or(self, first: T) -> Signal<T> {
        Signal::derive(move || self.get().unwrap_or_else(|| first.clone()))
    }

    pub(crate) const fn status(self) -> Status {
        self.status
    }

    /// The value just now, for what does not follow a change; none when the page is gone.
    pub(crate) fn now(self) -> Option<T> {
        self.value.try_get_untracked().flatten()
    }

    pub(crate) fn retry(self) -> Callback<()> {
        Callback::new(move |()| self.refresh())
    }

    /// Takes a value that came by another way.
    pub(crate) fn put(self, value: T) {
        let is_news = self.value.try_with_untracked(|known| known.as_ref() != Some(&value));
        if is_news == Some(true) {
            self.value.set(Some(value));
            // What shows the value is made when this is set, so it is set once.
            if !self.status.is_here.get_untracked() {
                self.status.is_here.set(true);
            }
        }
    }

    /// Fetches it again.
    pub fn refresh(self) {
        if !self.status.begin() {
            return;
        }
        let fetching = self.fetch.with_value(|fetch| fetch(self));
        spawn_local(async move {
            let outcome = fetching.await;
            self.status.problem.try_set(outcome.as_ref().err().cloned());
            if let Ok(value) = outcome {
                self.put(value);
            }
            if self.status.end() {
                self.refresh();
            }
        });
    }
}

impl Status {
    fn new() -> Self {
        Self {
            is_here: RwSignal::new(false),
            problem: RwSignal::new(None),
            work: StoredValue::new(Work::Nothing),
        }
    }

    /// Whether no answer is awaited.
    pub(crate) fn is_idle(self) -> bool {
        self.work.try_get_value() == Some(Work::Nothing)
    }

    /// Whether fetching may begin now; otherwise it is done when the present one ends.
    pub(crate) fn begin(self) -> bool {
        let work = self.work.try_get_value();
        let next = if work == Some(Work::Nothing) { Work::Fetching } else { Work::FetchingStale };
        self.work.try_set_value(next);
        work == Some(Work::Nothing)
    }

    /// Whether it has to be fetched once more.
    pub(crate) fn end(self) -> bool {
        let work = self.work.try_get_value();
        self.work.try_set_value(Work::Nothing);
        work == Some(Work::FetchingStale)
    }
}
