//! Acting for another: for whom, chosen in this tab, kept over a reload, and over when the person signs out.
//!
//! What the right covers is asked anew each time; the server decides, and here is hidden what it would refuse.

use leptos::prelude::*;
use omasote_rules::proxies::{Reach, Wanted, age, reach};
use omasote_types::ids::CitizenId;
use omasote_types::proxies::Represented;
use omasote_types::sessions::PersonId;

use crate::clock::use_clock;
use crate::intl;
use crate::session::{Session, use_session};
use crate::storage::{self, Lasting};

/// For whom the signed-in citizen acts.
#[derive(Clone, Copy, Debug)]
pub struct Acting {
    session: Session,
    /// Moves when another is chosen.
    choices: RwSignal<u32>,
    citizen: Memo<Option<CitizenId>>,
    rights: RwSignal<Vec<Represented>>,
}

impl Acting {
    /// Sets it up: what was chosen in this tab before holds.
    pub fn provide() {
        let session = use_session();
        let choices = RwSignal::new(0);
        let citizen = Memo::new(move |_| {
            choices.track();
            let kept = storage::get(Lasting::Tab, &stored_as(session.person()?));
            kept.and_then(|id| id.parse().ok())
        });
        provide_context(Self { session, choices, citizen, rights: RwSignal::new(Vec::new()) });
    }

    /// For whom; none while one looks after one's own matters.
    #[must_use]
    pub fn citizen(self) -> Option<CitizenId> {
        self.citizen.get()
    }

    /// Acts for another from now on.
    pub fn begin(self, for_whom: CitizenId) {
        if let Some(person) = self.session.person_now() {
            storage::put(Lasting::Tab, &stored_as(person), &for_whom.to_string());
        }
        self.choices.update(|count| *count = count.wrapping_add(1));
    }

    /// Looks after one's own matters again.
    pub fn end(self) {
        if let Some(person) = self.session.person_now() {
            forget(person);
        }
        self.rights.set(Vec::new());
        self.choices.update(|count| *count = count.wrapping_add(1));
    }

    /// Takes what the server says of the rights to act for them.
    pub fn note(self, rights: Vec<Represented>) {
        if self.rights.with_untracked(|known| *known != rights) {
            self.rights.set(rights);
        }
    }

    /// Their name, once the server has said it.
    #[must_use]
    pub fn name(self) -> Option<String> {
        self.citizen.get()?;
        self.rights.with(|rights| rights.first().map(|right| right.citizen.name.clone()))
    }

    /// Whether it may be done: with one's own matters always, with another's when a right covers it.
    #[must_use]
    pub fn covers(self, wanted: Wanted) -> bool {
        if self.citizen.get().is_none() {
            return true;
        }
        let today = intl::today(use_clock().milliseconds());
        self.rights.with(|rights| {
            rights.iter().any(|right| {
                reach(right.kind, &right.scopes, age(right.citizen.birth_date, today), wanted)
                    == Reach::Covered
            })
        })
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
