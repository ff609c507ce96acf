//! Half-written messages: kept in this tab, so that they survive a reload and a session that ended by itself.

use leptos::prelude::*;
use omasote_client::{IdempotencyKey, json};
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
}

/// One half-written message.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    text: RwSignal<String>,
    topic: RwSignal<Option<TopicId>>,
    key: StoredValue<Option<String>>,
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
        self.text.set(text);
        self.change_key(None);
    }

    /// Takes another topic.
    pub fn choose(self, topic: TopicId) {
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

    /// Sent: nothing is left to write.
    pub fn clear(self) {
        storage::remove(Lasting::Tab, &stored_as(self.person, self.place));
        // The page may be gone by now; what it showed then went with it.
        self.text.try_set(String::new());
        self.topic.try_set(None);
        self.key.try_set_value(None);
    }

    fn change_key(self, key: Option<String>) {
        self.key.try_set_value(key.clone());
        let Some(text) = self.text.try_get_untracked() else { return };
        let saved = Saved { text, topic: self.topic.get_untracked(), key };
        if let Some(json) = json::write(&saved) {
            storage::put(Lasting::Tab, &stored_as(self.person, self.place), &json);
        }
    }
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
