//! The app's pages and their addresses. Every link is written through here, and every address read.

use omasote_types::ids::{EventId, TaskId, ThreadId};
use omasote_types::measurements::MeasurementKind;
use omasote_types::messages::{LinkKind, NewLink};

use crate::pages::events::EventsPage;
use crate::pages::guides::GuidesPage;
use crate::pages::messages::MessagesPage;
use crate::pages::my_data::MyDataPage;

/// Where the app's addresses begin.
pub(crate) const BASE: &str = "/";
/// The front page.
pub(crate) const FRONT: &str = "/";
/// The citizen's threads.
pub(crate) const THREADS: &str = "/viestit";
/// Writing a new message.
pub(crate) const NEW_THREAD: &str = "/viestit/uusi";
/// The citizen's tasks and events.
pub(crate) const AGENDA: &str = "/tehtavat";
/// Booking an offered time.
pub(crate) const BOOKING: &str = "/ajat/varaa";
/// The address from which the citizen's own calendar fetches their events.
pub(crate) const CALENDAR: &str = "/ajat/kalenteri";
/// The citizen's own data and settings.
pub(crate) const MY_DATA: &str = "/omat-tiedot";
/// Who has used the citizen's data.
pub(crate) const ACCESSES: &str = "/omat-tiedot/kaytto";
/// Who can see the citizen's data.
pub(crate) const SIGHT: &str = "/omat-tiedot/nakyvyys";
/// Who may act for the citizen.
pub(crate) const PROXIES: &str = "/omat-tiedot/valtuudet";
/// For whom the citizen may act.
pub(crate) const REPRESENTED: &str = "/omat-tiedot/toisen-puolesta";
/// Where the citizen is signed in.
pub(crate) const SESSIONS: &str = "/omat-tiedot/kirjautumiset";
/// The apps that the citizen has let in.
pub(crate) const APPS: &str = "/omat-tiedot/sovellukset";
/// How the citizen is told that something waits for them.
pub(crate) const NOTIFICATIONS: &str = "/omat-tiedot/ilmoitukset";
/// What the citizen measures at home.
pub(crate) const MEASUREMENTS: &str = "/mittaukset";
/// Choosing what to enter.
pub(crate) const NEW_MEASUREMENT: &str = "/mittaukset/uusi";
/// The guides that everybody may read.
pub(crate) const GUIDES: &str = omasote_ui::guides::LIST;
/// Taking the citizen's own data away.
pub(crate) const EXPORTS: &str = "/omat-tiedot/lataus";

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Front,
    Messages(MessagesPage),
    MyData(MyDataPage),
    Task(TaskId),
    Events(EventsPage),
    /// Which of them the part says that is fetched with them: the codes of the kinds are not for the first page to load.
    Measurements,
    /// Open to whoever comes.
    Guides(GuidesPage),
    NotFound,
}

impl Page {
    /// The page of an address.
    pub(crate) fn at(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Front,
            ["omat-tiedot"] => Self::MyData(MyDataPage::Hub),
            ["omat-tiedot", part] => my_data(part).map_or(Self::NotFound, Self::MyData),
            // Where apps send people to be let in; docs/api.md.
            ["lupa"] => Self::MyData(MyDataPage::AppRequest),
            ["tehtavat"] => Self::Events(EventsPage::Agenda),
            ["tehtavat", id] => id.parse().map_or(Self::NotFound, Self::Task),
            ["ajat", "varaa"] => Self::Events(EventsPage::Booking),
            ["ajat", "kalenteri"] => Self::Events(EventsPage::Calendar),
            ["ajat", id] => id.parse().map_or(Self::NotFound, |id| Self::Events(EventsPage::One(id))),
            ["ohjeet"] => Self::Guides(GuidesPage::List),
            ["ohjeet", id] => id.parse().map_or(Self::NotFound, |id| Self::Guides(GuidesPage::One(id))),
            ["mittaukset", ..] => Self::Measurements,
            ["viestit"] => Self::Messages(MessagesPage::Threads),
            ["viestit", "uusi"] => Self::Messages(MessagesPage::NewThread),
            ["viestit", id] => {
                id.parse().map_or(Self::NotFound, |id| Self::Messages(MessagesPage::Thread(id)))
            }
            _ => Self::NotFound,
        }
    }
}

fn my_data(part: &str) -> Option<MyDataPage> {
    Some(match part {
        "kaytto" => MyDataPage::Accesses,
        "nakyvyys" => MyDataPage::Sight,
        "valtuudet" => MyDataPage::Proxies,
        "toisen-puolesta" => MyDataPage::Represented,
        "ilmoitukset" => MyDataPage::Notifications,
        "lataus" => MyDataPage::Exports,
        "sovellukset" => MyDataPage::Apps,
        "kirjautumiset" => MyDataPage::Sessions,
        _ => return None,
    })
}

/// One thread.
pub(crate) fn thread(id: ThreadId) -> String {
    format!("{THREADS}/{id}")
}

/// The query parameter that names the event that a new message is about.
pub(crate) const ABOUT_EVENT: &str = "aika";
/// The query parameter that names the task that a new message is about.
pub(crate) const ABOUT_TASK: &str = "tehtava";

/// Writing a message about an event.
pub(crate) fn write_about_event(id: EventId) -> String {
    format!("{NEW_THREAD}?{ABOUT_EVENT}={id}")
}

/// Writing a message about a task.
pub(crate) fn write_about_task(id: TaskId) -> String {
    format!("{NEW_THREAD}?{ABOUT_TASK}={id}")
}

/// Where the things are that messages lead to.
pub(crate) fn of_link(link: NewLink) -> Option<String> {
    let id = *link.id.as_uuid();
    match link.kind {
        LinkKind::Guide => None,
        LinkKind::Task => Some(task(TaskId::from_uuid(id))),
        LinkKind::Event => Some(event(EventId::from_uuid(id))),
    }
}

/// One kind of measurements.
pub(crate) fn measurements_of(kind: MeasurementKind) -> String {
    format!("{MEASUREMENTS}/{}", kind.code())
}

/// Entering a measurement of a kind.
pub(crate) fn new_measurement_of(kind: MeasurementKind) -> String {
    format!("{NEW_MEASUREMENT}/{}", kind.code())
}

/// The query parameter that names a measurement that waits to be sent and is to be corrected.
pub(crate) const CORRECTING: &str = "korjaa";

/// Correcting a measurement that waits to be sent.
pub(crate) fn correct_measurement(kind: MeasurementKind, entry: &str) -> String {
    format!("{}?{CORRECTING}={entry}", new_measurement_of(kind))
}

/// One task.
pub(crate) fn task(id: TaskId) -> String {
    format!("{AGENDA}/{id}")
}

/// One event.
pub(crate) fn event(id: EventId) -> String {
    format!("/ajat/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::measurements::MeasurementsPage;

    #[test]
    fn every_address_that_is_written_leads_to_its_page() {
        let id: ThreadId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(Page::at(FRONT), Page::Front);
        let parts = [
            (MY_DATA, MyDataPage::Hub),
            (ACCESSES, MyDataPage::Accesses),
            (SIGHT, MyDataPage::Sight),
            (PROXIES, MyDataPage::Proxies),
            (REPRESENTED, MyDataPage::Represented),
            (SESSIONS, MyDataPage::Sessions),
            (EXPORTS, MyDataPage::Exports),
            (APPS, MyDataPage::Apps),
            ("/lupa", MyDataPage::AppRequest),
        ];
        for (path, page) in parts {
            assert_eq!(Page::at(path), Page::MyData(page));
        }
        let task_id: TaskId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(Page::at(&task(task_id)), Page::Task(task_id));
        let event_id: EventId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert_eq!(Page::at(&event(event_id)), Page::Events(EventsPage::One(event_id)));
        for (path, page) in
            [(AGENDA, EventsPage::Agenda), (BOOKING, EventsPage::Booking), (CALENDAR, EventsPage::Calendar)]
        {
            assert_eq!(Page::at(path), Page::Events(page));
        }
        assert_eq!(Page::at(THREADS), Page::Messages(MessagesPage::Threads));
        assert_eq!(Page::at(NEW_THREAD), Page::Messages(MessagesPage::NewThread));
        assert_eq!(Page::at(GUIDES), Page::Guides(GuidesPage::List));
        let guide = id.as_uuid().to_string().parse().unwrap();
        assert_eq!(Page::at(&omasote_ui::guides::address(guide)), Page::Guides(GuidesPage::One(guide)));
        assert_eq!(Page::at(&thread(id)), Page::Messages(MessagesPage::Thread(id)));
    }

    #[test]
    fn the_addresses_of_measurements_lead_to_their_pages() {
        let of = |kind: MeasurementKind| [measurements_of(kind), new_measurement_of(kind)];
        let [weight, new_weight] = of(MeasurementKind::Weight);
        let pages = [
            (MEASUREMENTS, MeasurementsPage::Overview),
            (NEW_MEASUREMENT, MeasurementsPage::New),
            (weight.as_str(), MeasurementsPage::Kind(MeasurementKind::Weight)),
            (new_weight.as_str(), MeasurementsPage::Entry(MeasurementKind::Weight)),
        ];
        for (path, page) in pages {
            assert_eq!(Page::at(path), Page::Measurements);
            assert_eq!(MeasurementsPage::at(path), page);
        }
        for path in ["/mittaukset/muu", "/mittaukset/uusi/muu", "/mittaukset/weight/x"] {
            assert_eq!(MeasurementsPage::at(path), MeasurementsPage::NotFound, "{path}");
        }
        let correcting = correct_measurement(MeasurementKind::Weight, "0a1b");
        assert_eq!(correcting, "/mittaukset/uusi/weight?korjaa=0a1b");
    }

    #[test]
    fn other_addresses_lead_nowhere() {
        for path in ["/viestit/1", "/ohjeet/1", "/viestit/uusi/x", "/muu", "/omat-tiedot/muu"] {
            assert_eq!(Page::at(path), Page::NotFound, "{path}");
        }
    }
}
