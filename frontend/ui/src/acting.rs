//! Acting for another: for whom, chosen in this tab, kept over a reload, and over when the person signs out.
//!
//! The server decides what the right covers; here is only what pages need to hide what it would refuse. Who reads the
//! right is fetched when somebody acts, so it is not here: the first page of all others would load it too.

use leptos::prelude::*;
use omasote_types::ids::CitizenId;
use omasote_types::sessions::PersonId;

use crate::session::{Session, use_session};
use crate::storage::{self, Lasting};

/// For whom the signed-in citizen acts.
#[derive(Clone, Copy, Debug)]
pub struct Acting {
    session: Session,
    /// Flips when another is chosen.
    choice: RwSignal<bool>,
    name: RwSignal<String>,
    covers_messages: RwSignal<bool>,
    covers_tasks: RwSignal<bool>,
    covers_measurements: RwSignal<bool>,
    covers_appointments: RwSignal<bool>,
    covers_own_business: RwSignal<bool>,
}

impl Acting {
    /// Sets it up: what was chosen in this tab before holds.
    pub fn provide() {
        provide_context(Self {
            session: use_session(),
            choice: RwSignal::new(false),
            name: RwSignal::new(String::new()),
            covers_messages: RwSignal::new(false),
            covers_tasks: RwSignal::new(false),
            covers_measurements: RwSignal::new(false),
            covers_appointments: RwSignal::new(false),
            covers_own_business: RwSignal::new(false),
        });
    }

    /// For whom; none while one looks after one's own matters.
    #[must_use]
    pub fn citizen(self) -> Option<CitizenId> {
        self.choice.track();
        let kept = storage::get(Lasting::Tab, &stored_as(self.session.person()?));
        kept.and_then(|id| id.parse().ok())
    }

    /// Acts for another from now on.
    pub fn begin(self, for_whom: CitizenId) {
        if let Some(person) = self.session.person_now() {
            storage::put(Lasting::Tab, &stored_as(person), &for_whom.to_string());
        }
        self.choice.update(|choice| *choice = !*choice);
    }

    /// Looks after one's own matters again.
    pub fn end(self) {
        if let Some(person) = self.session.person_now() {
            forget(person);
        }
        self.choice.update(|choice| *choice = !*choice);
    }

    /// Takes what the server says of the right: their name, and whether it covers messages, tasks, measurements, events and
    /// what is the person's own business.
    pub fn note(self, name: String, [messages, tasks, measurements, appointments, own_business]: [bool; 5]) {
        if self.name.with_untracked(|known| *known != name) {
            self.name.set(name);
        }
        self.covers_messages.set(messages);
        self.covers_tasks.set(tasks);
        self.covers_measurements.set(measurements);
        self.covers_appointments.set(appointments);
        self.covers_own_business.set(own_business);
    }

    /// The name of the person one acts for; none while one looks after one's own matters.
    #[must_use]
    pub fn name(self) -> Option<String> {
        self.citizen().map(|_| self.name.get())
    }

    /// Whether messages may be read and written: one's own always.
    #[must_use]
    pub fn covers_messages(self) -> bool {
        self.citizen().is_none() || self.covers_messages.get()
    }

    /// Whether measurements may be seen and entered: one's own always.
    #[must_use]
    pub fn covers_measurements(self) -> bool {
        self.citizen().is_none() || self.covers_measurements.get()
    }

    /// Whether events may be seen and answered, and times booked: one's own always.
    #[must_use]
    pub fn covers_appointments(self) -> bool {
        self.citizen().is_none() || self.covers_appointments.get()
    }

    /// Whether the agenda has anything that may be seen: tasks or events.
    #[must_use]
    pub fn covers_agenda(self) -> bool {
        self.citizen().is_none() || self.covers_tasks.get() || self.covers_appointments.get()
    }

    /// Whether one may see who used the data, and decide who acts: for oneself always.
    #[must_use]
    pub fn covers_own_business(self) -> bool {
        self.citizen().is_none() || self.covers_own_business.get()
    }
}

/// For whom the signed-in citizen acts, set up at start.
#[must_use]
pub fn use_acting() -> Acting {
    expect_context()
}

/// Nobody who signs in later in this tab goes on with it.
pub(crate) fn forget(person: PersonId) {
    storage::remove(Lasting::Tab, &stored_as(person));
}

fn stored_as(person: PersonId) -> String {
    match person {
        PersonId::Citizen(id) => format!("omasote.acting.{id}"),
        PersonId::Professional(id) => format!("omasote.acting.{id}"),
    }
}
