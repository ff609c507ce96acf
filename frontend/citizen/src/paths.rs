//! The app's pages and their addresses. Every link is written through here, and every address read.

use omasote_types::ids::ThreadId;

use crate::pages::messages::MessagesPage;

/// Where the app's addresses begin.
pub(crate) const BASE: &str = "/";
/// The front page.
pub(crate) const FRONT: &str = "/";
/// The citizen's threads.
pub(crate) const THREADS: &str = "/viestit";
/// Writing a new message.
pub(crate) const NEW_THREAD: &str = "/viestit/uusi";

/// Who has seen the citizen's data.
pub(crate) const MY_DATA: &str = "/omat-tiedot";

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Front,
    Messages(MessagesPage),
    MyData,
    NotFound,
}

impl Page {
    /// The page of an address.
    pub(crate) fn at(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Front,
            ["omat-tiedot"] => Self::MyData,
            ["viestit"] => Self::Messages(MessagesPage::Threads),
            ["viestit", "uusi"] => Self::Messages(MessagesPage::NewThread),
            ["viestit", id] => {
                id.parse().map_or(Self::NotFound, |id| Self::Messages(MessagesPage::Thread(id)))
            }
            _ => Self::NotFound,
        }
    }
}

/// One thread.
pub(crate) fn thread(id: ThreadId) -> String {
    format!("{THREADS}/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_that_is_written_leads_to_its_page() {
        let id: ThreadId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(Page::at(FRONT), Page::Front);
        assert_eq!(Page::at(MY_DATA), Page::MyData);
        assert_eq!(Page::at(THREADS), Page::Messages(MessagesPage::Threads));
        assert_eq!(Page::at(NEW_THREAD), Page::Messages(MessagesPage::NewThread));
        assert_eq!(Page::at(&thread(id)), Page::Messages(MessagesPage::Thread(id)));
    }

    #[test]
    fn other_addresses_lead_nowhere() {
        for path in ["/viestit/1", "/viestit/uusi/x", "/muu"] {
            assert_eq!(Page::at(path), Page::NotFound, "{path}");
        }
    }
}
