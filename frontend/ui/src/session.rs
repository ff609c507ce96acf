//! Who is signed in, and how the server is asked: in one place, so that the end of a session is noticed everywhere.
//!
//! The session itself is in cookies that no script can read.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{Client, ClientError, ClientResult};
use omasote_types::error::ErrorCode;
use omasote_types::sessions::{App, Me, PersonId, SessionInfo};

use crate::acting;
use crate::activity;
use crate::announce::{Announcer, use_announcer};
use crate::drafts;
use crate::i18n::{I18n, Key, use_i18n};
use crate::measurements;

/// How long before its end the access token is renewed.
const RENEW_EARLY_MS: f64 = 20_000.0;

/// What the server will have said.
pub type Answer<T> = Pin<Box<dyn Future<Output = ClientResult<T>>>>;

/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The server has not answered yet.
    Unknown,
    /// The server could not be asked.
    Unreachable,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody was signed in, and the session ended by itself.
    Expired,
    /// Somebody is signed in.
    SignedIn,
}

/// The session of this app.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    app: App,
    i18n: I18n,
    announcer: Announcer,
    client: StoredValue<Client>,
    phase: RwSignal<Phase>,
    me: RwSignal<Option<Me>>,
    person: Memo<Option<PersonId>>,
    /// When the access token is to be renewed, in milliseconds since 1970 by this computer's clock.
    renew_at: StoredValue<f64>,
    /// When the session ends however much it is used, and how long it lasts unused, in milliseconds.
    limits: StoredValue<Option<(f64, f64)>>,
    /// Held while the token is renewed: two renewals at once would look like a stolen token.
    renewing: StoredValue<Rc<Mutex<()>>, LocalStorage>,
}

impl Session {
    /// Sets up the session and asks the server whose it is.
    pub(crate) fn provide(client: Client, app: App) -> Self {
        let me = RwSignal::new(None::<Me>);
        let session = Self {
            app,
            i18n: use_i18n(),
            announcer: use_announcer(),
            client: StoredValue::new(client),
            phase: RwSignal::new(Phase::Unknown),
            me,
            person: Memo::new(move |_| me.with(|me| me.as_ref().map(|me| me.person))),
            renew_at: StoredValue::new(f64::INFINITY),
            limits: StoredValue::new(None),
            renewing: StoredValue::new_local(Rc::default()),
        };
        provide_context(session);
        session.look_up();
        session
    }

    /// Whose app this is.
    #[must_use]
    pub const fn app(self) -> App {
        self.app
    }

    /// Where the session stands.
    #[must_use]
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// The signed-in person's details.
    #[must_use]
    pub fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// The signed-in person.
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        self.person.get()
    }

    /// The signed-in person's details just now, for what does not follow a change.
    #[must_use]
    pub fn me_now(self) -> Option<Me> {
        self.me.get_untracked()
    }

    /// The signed-in person just now, for what does not follow a change.
    #[must_use]
    pub fn person_now(self) -> Option<PersonId> {
        self.person.get_untracked()
    }

    /// The client, for what needs no session.
    #[must_use]
    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// Asks the server something on behalf of the signed-in person. When the session turns out to be over, the
    /// person is asked to sign in again.
    pub fn ask<T: 'static>(
        self,
        operation: impl AsyncFnOnce(Client) -> ClientResult<T> + 'static,
    ) -> Answer<T> {
        let client = self.client();
        self.answer(Box::pin(async move { operation(client).await }))
    }

    /// Apart from `ask`, so that this is compiled once for each kind of answer and not for each question.
    fn answer<T: 'static>(self, operation: Answer<T>) -> Answer<T> {
        Box::pin(async move {
            self.renew_when_due().await;
            let outcome = operation.await;
            if let Err(error) = &outcome {
                self.notice(error);
            }
            outcome
        })
    }

    /// Where the session stands just now, for what does not follow a change.
    pub(crate) fn phase_now(self) -> Phase {
        self.phase.get_untracked()
    }

    /// When the session ends however much it is used, and how long it lasts unused, in milliseconds.
    pub(crate) fn limits(self) -> Option<(f64, f64)> {
        self.limits.get_value()
    }

    /// Who writes for an hour uses the session, though nothing is sent until the end.
    pub(crate) fn stay(self) {
        activity::note();
        self.renew_soon();
    }

    /// Renews the token at once: the person goes on, or has not used the session for so long that the server ends it.
    pub(crate) fn renew_now(self) {
        self.renew_at.set_value(0.0);
        self.renew_soon();
    }

    /// Renews the token when it is time, and tells the server how long the session has not been used.
    pub(crate) fn renew_soon(self) {
        if self.is_renewal_due() {
            spawn_local(self.renew_when_due());
        }
    }

    /// Asks who is signed in, in the background.
    pub fn look_up(self) {
        spawn_local(async move {
            match self.client().get_me().await {
                Ok(me) => {
                    if self.phase_now() != Phase::SignedIn {
                        activity::note();
                    }
                    self.i18n.follow(me.language);
                    self.keep(&me.session);
                    self.me.set(Some(me));
                    self.phase.set(Phase::SignedIn);
                }
                Err(error) if is_end_of_session(&error) => self.forget(Phase::SignedOut),
                Err(_) => self.phase.set(Phase::Unreachable),
            }
        });
    }

    /// Ends the session, as the person wants, and removes what they had half-written. The provider that opened it is told by
    /// the browser, which goes there.
    pub fn sign_out(self, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            let next = match self.client().end_current_session().await {
                Ok(signed_out) => signed_out.continue_at,
                Err(error) if is_end_of_session(&error) => None,
                Err(_) => return self.announcer.say(Key::SESSION_SIGN_OUT_FAILED),
            };
            if let Some(person) = self.person_now() {
                drafts::forget_all(person);
                measurements::waiting::forget_all(person);
                acting::forget(person);
            }
            then();
            self.forget(Phase::SignedOut);
            if let Some(next) = next {
                let _ = window().location().set_href(&next);
            }
        });
    }

    fn forget(self, phase: Phase) {
        self.renew_at.set_value(f64::INFINITY);
        self.limits.set_value(None);
        // The phase first: what shows the person's pages goes before the person does.
        self.phase.set(phase);
        self.me.set(None);
    }

    fn notice(self, error: &ClientError) {
        if is_end_of_session(error) && self.phase.get_untracked() == Phase::SignedIn {
            self.forget(Phase::Expired);
        }
    }

    /// Notes when to renew. A computer whose clock is wrong cannot tell: there the client renews when refused.
    fn keep(self, info: &SessionInfo) {
        let milliseconds =
            |at: DateTime<Utc>| u32::try_from(at.timestamp()).map_or(f64::INFINITY, f64::from) * 1000.0;
        self.limits.set_value(Some((milliseconds(info.ends_at), f64::from(info.idle_seconds) * 1000.0)));
        let at = milliseconds(info.refresh_by) - RENEW_EARLY_MS;
        self.renew_at.set_value(if at > js_sys::Date::now() { at } else { f64::INFINITY });
    }

    pub(crate) fn is_renewal_due(self) -> bool {
        self.renew_at.get_value() <= js_sys::Date::now()
    }

    pub(crate) fn renew_when_due(self) -> Pin<Box<dyn Future<Output = ()>>> {
        if !self.is_renewal_due() {
            return Box::pin(std::future::ready(()));
        }
        Box::pin(async move {
            let renewing = self.renewing.get_value();
            let _held = renewing.lock().await;
            // Somebody else may have done it while this one waited.
            if self.is_renewal_due() {
                match self.client().refresh_session().await {
                    Ok(info) => self.keep(&info),
                    Err(error) => self.notice(&error),
                }
            }
        })
    }
}

/// The session set up at start.
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}

pub(crate) fn is_end_of_session(error: &ClientError) -> bool {
    use ErrorCode::{ExpiredToken, InvalidToken, SessionEnded, Unauthenticated};
    matches!(error.code(), Some(ExpiredToken | InvalidToken | SessionEnded | Unauthenticated))
}
