//! The live stream: the server says what changed, and whoever shows it fetches it anew.
//!
//! The stream carries ids only. When it breaks, the person is told; when it is back, everything is looked at again.

use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::json;
use omasote_types::ids::ThreadId;
use omasote_types::updates::Update;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use crate::session::Session;

/// The server says something every 20 seconds. A stream that is silent for longer than this is dead, even if the browser
/// has not noticed: a sleeping computer, a network that was changed.
const LONGEST_SILENCE: Duration = Duration::from_secs(45);
/// How long a break may last before it is told.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long to wait before the stream is opened again when the browser has given it up.
const REOPEN_AFTER: Duration = Duration::from_secs(3);
/// Changes that come within this time are looked at together.
const GATHER_FOR: Duration = Duration::from_millis(100);

type Listener = Rc<dyn Fn(Update)>;

/// The live stream of the signed-in person.
#[derive(Clone, Copy, Debug)]
pub struct Updates {
    session: Session,
    is_broken: RwSignal<bool>,
    listeners: StoredValue<Vec<(u32, Listener)>, LocalStorage>,
    last_listener: StoredValue<u32>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    /// Runs while the stream is down; at its end the break is told.
    patience: StoredValue<Option<TimeoutHandle>>,
    /// Runs from each sign of life; at its end the stream is opened again.
    silence: StoredValue<Option<TimeoutHandle>>,
}

/// An open stream and what it calls; dropping it closes it.
struct Stream {
    source: EventSource,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

impl Updates {
    /// Sets up the stream: open while somebody is signed in.
    pub(crate) fn provide(session: Session) {
        let updates = Self {
            session,
            is_broken: RwSignal::new(false),
            listeners: StoredValue::new_local(Vec::new()),
            last_listener: StoredValue::new(0),
            stream: StoredValue::new_local(None),
            patience: StoredValue::new(None),
            silence: StoredValue::new(None),
        };
        provide_context(updates);
        Effect::new(move |_| match session.person() {
            Some(_) => updates.open(),
            None => updates.close(),
        });
        let _ = window_event_listener(leptos::ev::offline, move |_| updates.tell_break());
        let _ = window_event_listener(leptos::ev::online, move |_| updates.open_if_signed_in());
    }

    /// Whether changes do not reach this page.
    #[must_use]
    pub fn is_broken(self) -> bool {
        self.is_broken.get()
    }

    /// Calls `listener` for every update, as long as the calling component is in the page.
    pub fn listen(self, listener: impl Fn(Update) + 'static) {
        self.last_listener.update_value(|last| *last = last.wrapping_add(1));
        let number = self.last_listener.get_value();
        self.listeners.update_value(|all| all.push((number, Rc::new(listener))));
        on_cleanup(move || {
            self.listeners.try_update_value(|all| all.retain(|(other, _)| *other != number));
        });
    }

    /// Calls `work` soon after a thread has changed.
    pub fn on_change(self, work: impl Fn() + 'static) {
        let work = gathered(work);
        self.listen(move |update| {
            if !matches!(
                update,
                Update::Typing { .. } | Update::AgendaChanged { .. } | Update::MeasurementsChanged { .. }
            ) {
                work();
            }
        });
    }

    /// Calls `work` soon after a task or an event has changed.
    pub fn on_agenda_change(self, work: impl Fn() + 'static) {
        let work = gathered(work);
        self.listen(move |update| {
            if matches!(update, Update::AgendaChanged { .. } | Update::Connected) {
                work();
            }
        });
    }

    /// Calls `work` soon after measurements or targets have changed.
    pub fn on_measurements_change(self, work: impl Fn() + 'static) {
        let work = gathered(work);
        self.listen(move |update| {
            if matches!(update, Update::MeasurementsChanged { .. } | Update::Connected) {
                work();
            }
        });
    }

    /// Calls `work` soon after `thread` has changed.
    pub fn on_thread_change(self, thread: ThreadId, work: impl Fn() + 'static) {
        let work = gathered(work);
        self.listen(move |update| match update {
            Update::ThreadChanged { thread_id, .. } if thread_id != thread => {}
            Update::Typing { .. } | Update::AgendaChanged { .. } | Update::MeasurementsChanged { .. } => {}
            Update::ThreadChanged { .. } | Update::Connected | Update::Alive => work(),
        });
    }

    /// Has everything looked at again. The stream tells only of one's own matters, not of those of whom one acts for.
    pub fn look_again(self) {
        self.tell(Update::Connected);
    }

    fn tell(self, update: Update) {
        let listeners = self.listeners.with_value(Clone::clone);
        for (_, listener) in listeners {
            listener(update);
        }
    }

    fn open_if_signed_in(self) {
        if self.session.person_now().is_some() {
            self.open();
        }
    }

    fn open(self) {
        self.expect_life();
        let url = format!("/api/v1/updates?app={}", self.session.app().as_str());
        let Ok(source) = EventSource::new(&url) else { return };
        let on_message = Closure::new(move |event: MessageEvent| self.receive(&event));
        let on_error = Closure::new(move |_: Event| self.lose());
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let stream = Stream { source, _on_message: on_message, _on_error: on_error };
        self.stream.set_value(Some(stream));
        self.listen_for_silence();
    }

    fn close(self) {
        self.stream.set_value(None);
        stop(self.silence);
        self.be_healthy();
    }

    fn receive(self, event: &MessageEvent) {
        self.be_healthy();
        self.listen_for_silence();
        let Some(json) = event.data().as_string() else { return };
        // A kind of update that this version does not know is no reason to stop.
        let Some(update) = json::read::<Update>(&json) else { return };
        if update != Update::Alive {
            self.tell(update);
        }
    }

    /// The browser tries again by itself, except when the server refused.
    fn lose(self) {
        self.expect_life();
        let is_given_up = |stream: &Option<Stream>| {
            stream.as_ref().is_some_and(|stream| stream.source.ready_state() == EventSource::CLOSED)
        };
        if self.stream.with_value(is_given_up) {
            set_timeout(move || self.reopen(), REOPEN_AFTER);
        }
    }

    /// Asking who is signed in renews the session, or finds that it is over.
    fn reopen(self) {
        spawn_local(async move {
            let _ = self.session.ask(async |client| client.get_me().await).await;
            self.open_if_signed_in();
        });
    }

    fn listen_for_silence(self) {
        stop(self.silence);
        let waiting = set_timeout_with_handle(move || self.open_if_signed_in(), LONGEST_SILENCE).ok();
        self.silence.set_value(waiting);
    }

    /// Tells the break unless the stream gives a sign of life in time.
    fn expect_life(self) {
        if self.patience.with_value(Option::is_some) || self.is_broken.get_untracked() {
            return;
        }
        let waiting = set_timeout_with_handle(move || self.tell_break(), PATIENCE).ok();
        self.patience.set_value(waiting);
    }

    fn be_healthy(self) {
        stop(self.patience);
        self.is_broken.set(false);
    }

    fn tell_break(self) {
        stop(self.patience);
        if self.session.person_now().is_some() {
            self.is_broken.set(true);
        }
    }
}

/// Ends a wait, if there is one.
fn stop(waiting: StoredValue<Option<TimeoutHandle>>) {
    if let Some(waiting) = waiting.get_value() {
        waiting.clear();
    }
    waiting.set_value(None);
}

/// The live stream set up at start.
#[must_use]
pub fn use_updates() -> Updates {
    expect_context()
}

/// Makes many calls in a short time into one, and none once the calling component has left the page.
fn gathered(work: impl Fn() + 'static) -> impl Fn() + 'static {
    let work: Rc<dyn Fn()> = Rc::new(work);
    let is_waiting = StoredValue::new(false);
    move || {
        if is_waiting.try_get_value() != Some(false) {
            return;
        }
        is_waiting.set_value(true);
        let work = Rc::clone(&work);
        let run = move || {
            if is_waiting.try_set_value(false).is_none() {
                work();
            }
        };
        set_timeout(run, GATHER_FOR);
    }
}
