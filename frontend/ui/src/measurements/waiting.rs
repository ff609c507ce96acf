//! Measurements that wait for a connection: kept on this device and sent in their order when it is back.
//!
//! The server keeps the same measurement once, so that what was sent and not answered may be sent again. What it refuses stays with the
//! reason until the person corrects or drops it. Signing out takes all of it away.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{ClientError, ClientResult, IdempotencyKey, json};
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{Measurement, NewMeasurement};
use omasote_types::sessions::PersonId;
use omasote_types::updates::Update as Told;
use serde::{Deserialize, Serialize};

use crate::session::{Session, is_end_of_session, use_session};
use crate::storage::{self, Lasting};
use crate::updates::use_updates;

/// How often it is tried while something waits.
const TRY_EVERY: Duration = Duration::from_secs(15);

/// A measurement that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name on this device.
    pub id: String,
    /// What is to be kept.
    pub new: NewMeasurement,
    /// Why the server refused it; empty when a reason has no field.
    #[serde(default)]
    pub refused: Option<Vec<FieldError>>,
}

impl Entry {
    /// Whether the server takes it for the same measurement.
    fn is_same(&self, new: &NewMeasurement) -> bool {
        let of = |one: &NewMeasurement| (one.kind, one.taken_at, one.values.clone(), one.unit.clone());
        of(&self.new) == of(new)
    }

    /// Whether the server only asks if an unusual number is right.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.refused.as_ref().is_some_and(|errors| is_only_unusual(errors))
    }
}

/// Whether nothing is wrong but that numbers are unusual.
#[must_use]
pub fn is_only_unusual(errors: &[FieldError]) -> bool {
    !errors.is_empty() && errors.iter().all(|error| error.code == FieldErrorCode::Unusual)
}

/// What waits, in the order in which it was entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Queue(Vec<Entry>);

impl Queue {
    /// Adds one at the end. What waits already is not added again; what was refused makes room for the same, which may be confirmed now.
    fn add(&mut self, id: String, new: NewMeasurement) {
        self.0.retain(|entry| entry.refused.is_none() || !entry.is_same(&new));
        if !self.0.iter().any(|entry| entry.is_same(&new)) {
            self.0.push(Entry { id, new, refused: None });
        }
    }

    /// The first that is to be sent.
    fn next(&self) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.refused.is_none())
    }

    fn remove(&mut self, id: &str) {
        self.0.retain(|entry| entry.id != id);
    }

    fn refuse(&mut self, id: &str, errors: Vec<FieldError>) {
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.id == id) {
            entry.refused = Some(errors);
        }
    }

    /// The person says that an unusual number is right.
    fn confirm(&mut self, id: &str) {
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.id == id) {
            entry.new.is_confirmed = true;
            entry.refused = None;
        }
    }
}

/// What the server's answer makes of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answered {
    /// It is kept there.
    Kept,
    /// It cannot be kept as it is.
    Refused(Vec<FieldError>),
    /// It is to be tried again later.
    Later,
}

fn answered(answer: ClientResult<Measurement>) -> Answered {
    match answer {
        Ok(_) => Answered::Kept,
        Err(error) if error.is_passing() || is_end_of_session(&error) => Answered::Later,
        Err(ClientError::Refused(problem)) => Answered::Refused(problem.errors),
        Err(_) => Answered::Later,
    }
}

/// What waits of a citizen's measurements, as the signed-in person entered it on this device.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    session: Session,
    person: PersonId,
    citizen: CitizenId,
    entries: RwSignal<Vec<Entry>>,
    /// How many have been sent from this page.
    sent: RwSignal<u32>,
    is_sending: StoredValue<bool>,
}

impl Waiting {
    /// What waits, or nothing yet. It is sent as long as the calling component is in the page.
    #[must_use]
    pub fn open(citizen: CitizenId) -> Self {
        let session = use_session();
        let person = session.person_now().unwrap_or(PersonId::Citizen(citizen));
        let waiting = Self {
            session,
            person,
            citizen,
            entries: RwSignal::new(read(person, citizen).0),
            sent: RwSignal::new(0),
            is_sending: StoredValue::new(false),
        };
        waiting.send();
        use_updates().listen(move |update| {
            if update == Told::Connected {
                waiting.send();
            }
        });
        if let Ok(trying) = set_interval_with_handle(move || waiting.send(), TRY_EVERY) {
            on_cleanup(move || trying.clear());
        }
        waiting
    }

    /// What waits.
    #[must_use]
    pub fn entries(self) -> Signal<Vec<Entry>> {
        self.entries.into()
    }

    /// How many have been sent from this page: moves when what the server has is to be looked at again.
    #[must_use]
    pub fn sent(self) -> Signal<u32> {
        self.sent.into()
    }

    /// The entry of a name, for what does not follow a change.
    #[must_use]
    pub fn find(self, id: &str) -> Option<Entry> {
        read(self.person, self.citizen).0.into_iter().find(|entry| entry.id == id)
    }

    /// Keeps a measurement until it can be sent; whether this device could.
    #[must_use]
    pub fn keep(self, new: NewMeasurement) -> bool {
        let (id, wanted) = (IdempotencyKey::random().to_string(), new.clone());
        self.change(|queue| queue.add(id, new));
        // A storage that is full or refused says nothing.
        read(self.person, self.citizen).0.iter().any(|entry| entry.is_same(&wanted))
    }

    /// Lets one go.
    pub fn remove(self, id: &str) {
        self.change(|queue| queue.remove(id));
    }

    /// The person says that an unusual number is right.
    pub fn confirm(self, id: &str) {
        self.change(|queue| queue.confirm(id));
        self.send();
    }

    /// Sends the first, and then the others.
    fn send(self) {
        // What is kept on the device counts: another page may have changed it.
        let queue = read(self.person, self.citizen);
        if self.entries.try_with_untracked(|known| *known != queue.0) == Some(true) {
            self.entries.set(queue.0.clone());
            self.sent.update(|count| *count = count.wrapping_add(1));
        }
        if self.is_sending.try_get_value() != Some(false) {
            return;
        }
        let Some(Entry { id, new, .. }) = queue.next().cloned() else { return };
        self.is_sending.set_value(true);
        let citizen = self.citizen;
        let answer = self.session.ask(async move |client| client.record_measurement(citizen, &new).await);
        spawn_local(async move {
            let answered = answered(answer.await);
            // Noted on the device even when the page is gone.
            match answered.clone() {
                Answered::Kept => {
                    self.change(|queue| queue.remove(&id));
                    self.sent.try_update(|count| *count = count.wrapping_add(1));
                }
                Answered::Refused(errors) => self.change(|queue| queue.refuse(&id, errors)),
                Answered::Later => {}
            }
            self.is_sending.try_set_value(false);
            if answered != Answered::Later {
                self.send();
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut Queue)) {
        let mut queue = read(self.person, self.citizen);
        change(&mut queue);
        let key = stored_as(self.person, self.citizen);
        match json::write(&queue).filter(|_| !queue.0.is_empty()) {
            Some(json) => storage::put(Lasting::Forever, &key, &json),
            None => storage::remove(Lasting::Forever, &key),
        }
        self.entries.try_set(queue.0);
    }
}

fn read(person: PersonId, citizen: CitizenId) -> Queue {
    let kept = storage::get(Lasting::Forever, &stored_as(person, citizen));
    kept.and_then(|json| json::read(&json)).unwrap_or_default()
}

fn is_there_for(person: PersonId, citizen: CitizenId) -> bool {
    storage::get(Lasting::Forever, &stored_as(person, citizen)).is_some()
}

/// Whether anything of a citizen's waits on this device that the signed-in person entered.
#[must_use]
pub fn is_there(citizen: CitizenId) -> bool {
    use_session().person_now().is_some_and(|person| is_there_for(person, citizen))
}

/// Removes everything that `person` has entered and that was not sent.
pub(crate) fn forget_all(person: PersonId) {
    storage::remove_all(Lasting::Forever, &prefix(person));
}

fn stored_as(person: PersonId, citizen: CitizenId) -> String {
    format!("{}{citizen}", prefix(person))
}

fn prefix(person: PersonId) -> String {
    match person {
        PersonId::Citizen(id) => format!("omasote.waiting.{id}."),
        PersonId::Professional(id) => format!("omasote.waiting.{id}."),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use omasote_types::measurements::{Component, MeasurementKind, Values};

    use super::*;

    fn weight(minute: i64, kilograms: i16) -> NewMeasurement {
        NewMeasurement {
            kind: MeasurementKind::Weight,
            values: Values::from([(Component::Value, kilograms.into())]),
            unit: None,
            taken_at: DateTime::from_timestamp(minute * 60, 0).unwrap(),
            context: None,
            blows: Vec::new(),
            remark: String::new(),
            is_confirmed: false,
        }
    }

    fn unusual() -> Vec<FieldError> {
        vec![FieldError { field: "values.value".to_owned(), code: FieldErrorCode::Unusual }]
    }

    fn queue() -> Queue {
        let mut queue = Queue::default();
        queue.add("a".to_owned(), weight(1, 70));
        queue.add("b".to_owned(), weight(2, 80));
        queue
    }

    #[test]
    fn what_was_entered_first_is_sent_first_and_none_twice() {
        let mut queue = queue();
        queue.add("c".to_owned(), weight(1, 70));
        assert_eq!(queue.0.len(), 2);
        assert_eq!(queue.next().map(|entry| entry.id.as_str()), Some("a"));
        queue.remove("a");
        assert_eq!(queue.next().map(|entry| entry.id.as_str()), Some("b"));
    }

    #[test]
    fn what_is_refused_lets_the_others_by_until_it_is_confirmed() {
        let mut queue = queue();
        queue.refuse("a", unusual());
        assert!(queue.0[0].is_asked());
        assert_eq!(queue.next().map(|entry| entry.id.as_str()), Some("b"));
        queue.confirm("a");
        assert_eq!(queue.next().map(|entry| (entry.id.as_str(), entry.new.is_confirmed)), Some(("a", true)));
    }

    #[test]
    fn what_waits_is_read_as_it_was_written() {
        let mut queue = queue();
        queue.refuse("b", unusual());
        let json = json::write(&queue).unwrap();
        assert_eq!(json::read::<Queue>(&json), Some(queue));
    }

    #[test]
    fn no_connection_is_no_refusal() {
        assert_eq!(answered(Err(ClientError::Unreachable)), Answered::Later);
        assert_eq!(answered(Err(ClientError::Unreadable { status: 502 })), Answered::Later);
    }
}
