//! How much the signed-in person has not read: one figure, the same everywhere it shows.

use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::messages::{UnitUnread, UnreadCount};

use crate::remote::Remote;
use crate::session::Session;
use crate::updates::use_updates;

/// The unread messages of the signed-in person.
#[derive(Clone, Copy)]
pub struct Unread {
    session: Session,
    count: Remote<UnreadCount>,
}

impl Unread {
    pub(crate) fn provide(session: Session) {
        let count = Remote::new(move || match session.person_now() {
            Some(_) => session.ask(async |client| client.count_unread().await),
            None => Box::pin(std::future::ready(Ok(UnreadCount::default()))),
        });
        provide_context(Self { session, count });
        Effect::new(move |_| {
            let _ = session.person();
            count.refresh();
        });
        use_updates().on_change(move || count.refresh());
    }

    /// How many messages are unread.
    #[must_use]
    pub fn messages(self) -> u32 {
        self.of_person(|count| count.messages).unwrap_or_default()
    }

    /// What awaits one unit.
    #[must_use]
    pub fn of_unit(self, unit: UnitId) -> Option<UnitUnread> {
        self.of_person(|count| count.units.iter().find(|other| other.unit_id == unit).copied()).flatten()
    }

    /// Asks the server again.
    pub fn refresh(self) {
        self.count.refresh();
    }

    /// Never of somebody who has just signed out.
    fn of_person<T>(self, read: impl FnOnce(&UnreadCount) -> T) -> Option<T> {
        self.session.person()?;
        self.count.with(read)
    }
}

/// The unread messages, set up at start.
#[must_use]
pub fn use_unread() -> Unread {
    expect_context()
}
