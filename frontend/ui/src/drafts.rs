//! Half-written messages: kept in this tab, so that they survive a reload, a lost connection and a session that ended by itself.
//! `messages/keeping` keeps them on the server beside.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use omasote_client::{IdempotencyKey, json};
use omasote_types::drafts::{Draft as Kept, DraftUpdate};
use omasote_types::ids::{AccessId, CitizenId, ThreadId, TopicId};
use omasote_types::sessions::PersonId;
use serde::{Deserialize, Serialize};

use crate::storage::{self, Lasting};

/// Where a message is being written.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// The beginning of a new thread in the matters of a citizen: one's own, or of whom one acts for.
    NewThread(CitizenId),
    /// A question about a line of the access log.
    Question(AccessId),
    /// Into a thread.
    Thread(ThreadId),
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct Saved {
    text: String,
    topic: Option<TopicId>,
    /// Stays while the same message is tried again, so that the server takes it once.
    key: Option<String>,
    /// When it was written and when what the server has was, by this computer's clock, in milliseconds since 1970; 0 for never.
    #[serde(default)]
    written_ms: f64,
    #[serde(default)]
    kept_ms: f64,
}

/// One half-written message.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    text: RwSignal<String>,
    topic: RwSignal<Option<TopicId>>,
    key: StoredValue<Option<String>>,
    written_ms: StoredValue<f64>,
    kept_ms: StoredValue<f64>,
    /// What was there when it was opened, and when that was written.
    at_open: StoredValue<(String, f64)>,
    person: PersonId,
    place: Place,
}

impl Draft {
    /// What `person` has written at `place`, or nothing yet.
    #[must_use]
    pub fn open(person: PersonId, place: Place) -> Self {
        let kept = storage::get(Lasting::Tab, &stored_as(person, place));
        let saved: Saved = kept.and_then(|json| json::read(&json)).unwrap_or_default();
        Self {
            at_open: StoredValue::new((saved.text.clone(), saved.written_ms)),
            written_ms: StoredValue::new(saved.written_ms),
            kept_ms: StoredValue::new(saved.kept_ms),
            text: RwSignal::new(saved.text),
            topic: RwSignal::new(saved.topic),
            key: StoredValue::new(saved.key),
            person,
            place,
        }
    }

    /// The text so far.
    #[must_use]
    pub fn text(self) -> String {
        self.text.get()
    }

    /// The chosen topic, of a new thread.
    #[must_use]
    pub fn topic(self) -> Option<TopicId> {
        self.topic.get()
    }

    /// Takes a changed text: from now on it is another message.
    pub fn write(self, text: String) {
        self.written_ms.set_value(js_sys::Date::now());
        self.text.set(text);
        self.change_key(None);
    }

    /// Takes another topic.
    pub fn choose(self, topic: TopicId) {
        self.written_ms.set_value(js_sys::Date::now());
        self.topic.set(Some(topic));
        self.change_key(None);
    }

    /// The key under which this message is sent, however many times it takes.
    #[must_use]
    pub fn key(self) -> IdempotencyKey {
        if let Some(known) = self.key.get_value() {
            return IdempotencyKey::from_text(&known);
        }
        let made = IdempotencyKey::random();
        self.change_key(Some(made.to_string()));
        made
    }

    /// Lets the key go: the server knows it from another message.
    pub fn forget_key(self) {
        self.change_key(None);
    }

    /// Follows what is written, in an effect.
    pub(crate) fn follow(self) {
        self.text.track();
        self.topic.track();
    }

    /// What the server does not have yet.
    pub(crate) fn unkept(self) -> Option<DraftUpdate> {
        let written_ms = self.written_ms.try_get_value()?;
        if written_ms <= self.kept_ms.try_get_value()? {
            return None;
        }
        let (text, topic_id) = (self.text.try_get_untracked()?, self.topic.try_get_untracked()?);
        Some(DraftUpdate { text, topic_id, written_at: instant(written_ms)? })
    }

    /// The server has what was written up to then.
    pub(crate) fn kept(self, written_at: DateTime<Utc>) {
        self.kept_ms.try_set_value(milliseconds(written_at));
        self.save();
    }

    /// Takes what the server has, when it is newer than what was here. What was typed while it was fetched stays below it.
    pub(crate) fn take(self, kept: &Kept) {
        let Some((text_then, written_then)) = self.at_open.try_get_value() else { return };
        let now = self.text.get_untracked();
        let is_untouched = now == text_then;
        match kept.written_at.map(milliseconds) {
            // It was sent from elsewhere: what is here was known to the server, and it knows of none.
            None if is_untouched && written_then > 0.0 && self.kept_ms.get_value() >= written_then => {
                self.clear()
            }
            Some(at) if at > written_then => {
                let is_new = !kept.text.is_empty() && kept.text != now;
                let joined = format!("{}\n\n{now}", kept.text);
                let text = if is_untouched {
                    kept.text.clone()
                } else if is_new {
                    joined
                } else {
                    now
                };
                self.written_ms.set_value(if is_untouched { at } else { js_sys::Date::now() });
                self.kept_ms.set_value(at);
                self.text.set(text);
                if kept.topic_id.is_some() && self.topic.get_untracked().is_none() {
                    self.topic.set(kept.topic_id);
                }
                self.change_key(None);
            }
            _ => {}
        }
    }

    /// Sent: nothing is left to write.
    pub fn clear(self) {
        storage::remove(Lasting::Tab, &stored_as(self.person, self.place));
        // The page may be gone by now; what it showed then went with it.
        self.text.try_set(String::new());
        self.topic.try_set(None);
        self.key.try_set_value(None);
        self.written_ms.try_set_value(0.0);
        self.kept_ms.try_set_value(0.0);
    }

    fn change_key(self, key: Option<String>) {
        self.key.try_set_value(key);
        self.save();
    }

    fn save(self) {
        let Some(text) = self.text.try_get_untracked() else { return };
        let saved = Saved {
            text,
            topic: self.topic.get_untracked(),
            key: self.key.get_value(),
            written_ms: self.written_ms.get_value(),
            kept_ms: self.kept_ms.get_value(),
        };
        if let Some(json) = json::write(&saved) {
            storage::put(Lasting::Tab, &stored_as(self.person, self.place), &json);
        }
    }
}

fn milliseconds(at: DateTime<Utc>) -> f64 {
    u32::try_from(at.timestamp()).map_or(0.0, f64::from) * 1000.0 + f64::from(at.timestamp_subsec_millis())
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "times of this century, in whole milliseconds"
)]
fn instant(milliseconds: f64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(milliseconds as i64)
}

/// Removes everything `person` has half-written in this tab.
pub(crate) fn forget_all(person: PersonId) {
    storage::remove_all(Lasting::Tab, &prefix(person));
}

fn stored_as(person: PersonId, place: Place) -> String {
    match place {
        Place::NewThread(citizen) => format!("{}new.{citizen}", prefix(person)),
        Place::Question(id) => format!("{}about.{id}", prefix(person)),
        Place::Thread(id) => format!("{}{id}", prefix(person)),
    }
}

fn prefix(person: PersonId) -> String {
    match person {
        PersonId::Citizen(id) => format!("omasote.draft.{id}."),
        PersonId::Professional(id) => format!("omasote.draft.{id}."),
    }
}
