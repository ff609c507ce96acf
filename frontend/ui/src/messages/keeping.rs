//! Keeping a half-written message on the server as it is typed, so that it can be gone on with on another device.
//!
//! The copy in the tab (`drafts`) stays: it is there at once, and when the connection is lost. Of the two the newer one counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::ClientError;
use omasote_types::attachments::PlaceQuery;
use omasote_types::ids::CitizenId;

use super::attaching::Attaching;
use crate::drafts::Draft;
use crate::session::{Session, use_session};
use crate::visibility::use_visibility;

/// So long after the last letter it is kept.
const QUIET_FOR: Duration = Duration::from_secs(1);
/// So long after a try that did not succeed it is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// A draft that is kept on the server.
#[derive(Clone, Copy)]
pub struct Keeping {
    session: Session,
    citizen: CitizenId,
    at: PlaceQuery,
    draft: Draft,
    timer: StoredValue<Option<TimeoutHandle>>,
    is_saving: StoredValue<bool>,
    /// Sent: what is still on its way to be kept must not come back.
    is_sent: StoredValue<Arc<AtomicBool>>,
}

impl Keeping {
    /// Fetches what is kept at a place in the matters of a citizen, and keeps what is typed from now on.
    pub fn begin(citizen: CitizenId, at: PlaceQuery, draft: Draft, attaching: Attaching) -> Self {
        let keeping = Self {
            session: use_session(),
            citizen,
            at,
            draft,
            timer: StoredValue::new(None),
            is_saving: StoredValue::new(false),
            is_sent: StoredValue::new(Arc::default()),
        };
        spawn_local(async move {
            let asked = keeping.session.ask(async move |client| client.get_draft(citizen, at).await);
            if let Ok(kept) = asked.await {
                draft.take(&kept);
                attaching.restore(kept.attachments);
            }
        });
        Effect::new(move |has_begun: Option<bool>| {
            draft.follow();
            if has_begun.is_some() && draft.unkept().is_some() {
                keeping.is_sent.set_value(Arc::default());
                keeping.save_after(QUIET_FOR);
            }
            true
        });
        let is_visible = use_visibility();
        Effect::new(move |_| {
            if !is_visible.get() {
                keeping.save();
            }
        });
        on_cleanup(move || keeping.save());
        keeping
    }

    /// The message was sent, and the server has forgotten what was kept of it.
    pub fn sent(self) {
        self.stop_waiting();
        self.is_sent.with_value(|is_sent| is_sent.store(true, Ordering::Relaxed));
    }

    fn stop_waiting(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }

    fn save_after(self, pause: Duration) {
        self.stop_waiting();
        if let Ok(timer) = set_timeout_with_handle(move || self.save(), pause) {
            self.timer.try_set_value(Some(timer));
        }
    }

    fn save(self) {
        if self.is_saving.try_get_value() != Some(false) {
            return;
        }
        self.stop_waiting();
        let Some(update) = self.draft.unkept() else { return };
        self.is_saving.set_value(true);
        // The page may be gone when the answer comes, and what is asked then must still be known.
        let is_sent = self.is_sent.get_value();
        let (citizen, at, written_at) = (self.citizen, self.at, update.written_at);
        let asked = self.session.ask(async move |client| client.save_draft(citizen, at, &update).await);
        spawn_local(async move {
            let outcome = asked.await;
            self.is_saving.try_set_value(false);
            match outcome {
                _ if is_sent.load(Ordering::Relaxed) => self.forget(),
                Ok(_) => {
                    self.draft.kept(written_at);
                    // What was typed meanwhile.
                    if self.draft.unkept().is_some() {
                        self.save_after(QUIET_FOR);
                    }
                }
                Err(error) => self.try_again(&error),
            }
        });
    }

    /// What is refused stays in the tab; what did not arrive is sent again while the page is open.
    fn try_again(self, error: &ClientError) {
        if error.is_passing() && self.timer.try_get_value().is_some() {
            self.save_after(TRY_AGAIN_AFTER);
        }
    }

    fn forget(self) {
        let (citizen, at) = (self.citizen, self.at);
        let asked = self.session.ask(async move |client| client.delete_draft(citizen, at).await);
        spawn_local(async move { drop(asked.await) });
    }
}
