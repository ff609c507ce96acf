//! The app's pages and their addresses. Every link is written through here, and every address read.

use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::messages::ThreadState;

/// Where the app's addresses begin.
pub(crate) const BASE: &str = "/pro/";
/// The app's front page.
pub(crate) const FRONT: &str = BASE;
/// Where the addresses of units begin.
pub(crate) const UNITS: &str = "/pro/yksikot/";
/// The professional's own account.
pub(crate) const ACCOUNT: &str = "/pro/tili";
/// The query parameter that names the part of an inbox.
pub(crate) const STATE: &str = "tila";

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Front,
    /// A unit's inbox, with a thread open beside it or none.
    Inbox(UnitId, Option<ThreadId>),
    Account,
    NotFound,
}

impl Page {
    /// The page of an address.
    pub(crate) fn at(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let found = match parts.as_slice() {
            ["pro"] => Some(Self::Front),
            ["pro", "tili"] => Some(Self::Account),
            ["pro", "yksikot", unit] => unit.parse().ok().map(|unit| Self::Inbox(unit, None)),
            ["pro", "yksikot", unit, "viestit", thread] => {
                let ids = unit.parse().ok().zip(thread.parse().ok());
                ids.map(|(unit, thread)| Self::Inbox(unit, Some(thread)))
            }
            _ => None,
        };
        found.unwrap_or(Self::NotFound)
    }
}

/// A part of a unit's inbox.
pub(crate) fn inbox(unit: UnitId, state: ThreadState) -> String {
    format!("{BASE}yksikot/{unit}{}", query(state))
}

/// A thread opened from a part of a unit's inbox.
pub(crate) fn thread(unit: UnitId, thread: ThreadId, state: ThreadState) -> String {
    format!("{BASE}yksikot/{unit}/viestit/{thread}{}", query(state))
}

/// The part of the inbox that a query names; the waiting ones when it names none.
pub(crate) fn state_of(name: Option<&str>) -> ThreadState {
    let named = [ThreadState::Answered, ThreadState::Closed];
    named.into_iter().find(|state| name == name_of(*state)).unwrap_or_default()
}

fn query(state: ThreadState) -> String {
    name_of(state).map(|name| format!("?{STATE}={name}")).unwrap_or_default()
}

const fn name_of(state: ThreadState) -> Option<&'static str> {
    match state {
        ThreadState::Waiting => None,
        ThreadState::Answered => Some("vastatut"),
        ThreadState::Closed => Some("suljetut"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    #[test]
    fn every_address_that_is_written_leads_to_its_page() {
        let (unit, open) = (ID.parse().unwrap(), ID.parse().unwrap());
        assert_eq!(Page::at(FRONT), Page::Front);
        assert_eq!(Page::at(ACCOUNT), Page::Account);
        assert_eq!(Page::at(&inbox(unit, ThreadState::Waiting)), Page::Inbox(unit, None));
        assert_eq!(Page::at(&thread(unit, open, ThreadState::Waiting)), Page::Inbox(unit, Some(open)));
        assert_eq!(Page::at("/pro/yksikot/1"), Page::NotFound);
    }

    #[test]
    fn each_part_of_the_inbox_has_an_address_of_its_own() {
        for state in [ThreadState::Waiting, ThreadState::Answered, ThreadState::Closed] {
            assert_eq!(state_of(name_of(state)), state);
        }
        assert_eq!(state_of(Some("muut")), ThreadState::Waiting);
    }
}
