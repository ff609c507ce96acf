//! The app's pages and their addresses. Every link is written through here, and every address read.

use omasote_types::accounts::AccountState;
use omasote_types::ids::{
    AccessId, CitizenId, EventId, GuideId, ProfessionalId, QuestionnaireId, TaskId, ThreadId, UnitId,
};
use omasote_types::messages::{LinkKind, NewLink, ThreadState};

use crate::pages::accounts::AccountsPage;
use crate::pages::clients::ClientsPage;
use crate::pages::guides::GuidesPage;
use crate::pages::privacy::PrivacyPage;
use crate::pages::questionnaires::QuestionnairesPage;
use crate::pages::units::UnitsPage;

/// Where the app's addresses begin.
pub(crate) const BASE: &str = "/pro/";
/// The app's front page.
pub(crate) const FRONT: &str = BASE;
/// Where the addresses of units begin.
pub(crate) const UNITS: &str = "/pro/yksikot/";
/// The professional's own account.
pub(crate) const ACCOUNT: &str = "/pro/tili";
/// Finding a client.
pub(crate) const CLIENTS: &str = "/pro/asiakkaat";
/// The privacy officer's pages.
pub(crate) const PRIVACY: &str = "/pro/tietosuoja";
/// The register of who may act for whom.
pub(crate) const REGISTER: &str = "/pro/rekisteri";
/// Third-party programs.
pub(crate) const PROGRAMS: &str = "/pro/ohjelmat";
/// Restricting and erasing somebody's data.
pub(crate) const DATA_RIGHTS: &str = "/pro/rekisteri/rajoitukset";
/// The accounts of professionals.
pub(crate) const ACCOUNTS: &str = "/pro/kayttajat";
/// What units keep for themselves.
pub(crate) const UNIT_SETTINGS: &str = "/pro/yksikon-tiedot";
/// The guides that the county keeps.
pub(crate) const GUIDES: &str = "/pro/yksikon-tiedot/ohjeet";
/// The questionnaires.
pub(crate) const QUESTIONNAIRES: &str = "/pro/yksikon-tiedot/kyselyt";
/// A new account.
pub(crate) const NEW_ACCOUNT: &str = "/pro/kayttajat/uusi";
/// The query parameter that names the part of the privacy officer's pages.
pub(crate) const PART: &str = "osa";
/// The query parameter that names whose doings are searched for.
pub(crate) const ACTOR: &str = "ammattilainen";
/// The query parameter that names the unit that is to keep a new guide.
pub(crate) const UNIT: &str = "yksikko";
/// The query parameter that names the part of an inbox.
pub(crate) const STATE: &str = "tila";

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Front,
    /// A unit's inbox, with a thread open beside it or none.
    Inbox(UnitId, Option<ThreadId>),
    Account,
    /// Finding clients, and their cards; which of it is found out once the page is fetched.
    Clients,
    /// What those who look after the service have; which of it is found out once the page is fetched.
    Office,
    NotFound,
}

/// A page of those who look after the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfficePage {
    Register,
    DataRights,
    Accounts(AccountsPage),
    Programs,
    Privacy(PrivacyPage),
    Units(UnitsPage),
    Guides(GuidesPage),
    Questionnaires(QuestionnairesPage),
}

impl OfficePage {
    /// The page of an address.
    pub(crate) fn at(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["pro", "kayttajat"] => Some(Self::Accounts(AccountsPage::List)),
            ["pro", "kayttajat", "uusi"] => Some(Self::Accounts(AccountsPage::New)),
            ["pro", "kayttajat", id] => id.parse().ok().map(|id| Self::Accounts(AccountsPage::One(id))),
            ["pro", "ohjelmat"] => Some(Self::Programs),
            ["pro", "yksikon-tiedot"] => Some(Self::Units(UnitsPage::Choice)),
            ["pro", "yksikon-tiedot", "ohjeet"] => Some(Self::Guides(GuidesPage::County)),
            ["pro", "yksikon-tiedot", "ohjeet", "uusi"] => Some(Self::Guides(GuidesPage::New)),
            ["pro", "yksikon-tiedot", "ohjeet", id] => {
                id.parse().ok().map(|id| Self::Guides(GuidesPage::One(id)))
            }
            ["pro", "yksikon-tiedot", "kyselyt"] => Some(Self::Questionnaires(QuestionnairesPage::List)),
            ["pro", "yksikon-tiedot", "kyselyt", "uusi"] => {
                Some(Self::Questionnaires(QuestionnairesPage::New))
            }
            ["pro", "yksikon-tiedot", "kyselyt", id] => {
                id.parse().ok().map(|id| Self::Questionnaires(QuestionnairesPage::One(id)))
            }
            ["pro", "yksikon-tiedot", id] => id.parse().ok().map(|id| Self::Units(UnitsPage::One(id))),
            ["pro", "rekisteri"] => Some(Self::Register),
            ["pro", "rekisteri", "rajoitukset"] => Some(Self::DataRights),
            ["pro", "tietosuoja"] => Some(Self::Privacy(PrivacyPage::Parts)),
            ["pro", "tietosuoja", "merkinta", line] => {
                line.parse().ok().map(|line| Self::Privacy(PrivacyPage::Line(line)))
            }
            _ => None,
        }
    }
}

/// A part of the privacy officer's pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PrivacyPart {
    #[default]
    Emergencies,
    NoOpenMatter,
    Search,
}

impl Page {
    /// The page of an address.
    pub(crate) fn at(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let found = match parts.as_slice() {
            ["pro"] => Some(Self::Front),
            ["pro", "tili"] => Some(Self::Account),
            ["pro", "kayttajat" | "ohjelmat" | "rekisteri" | "tietosuoja" | "yksikon-tiedot", ..] => {
                Some(Self::Office)
            }
            ["pro", "asiakkaat", ..] => Some(Self::Clients),
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

/// The page about clients of an address.
pub(crate) fn clients_page(path: &str) -> Option<ClientsPage> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["pro", "asiakkaat"] => Some(ClientsPage::Search),
        ["pro", "asiakkaat", client] => client.parse().ok().map(ClientsPage::Card),
        ["pro", "asiakkaat", client, "uusi-viesti"] => client.parse().ok().map(ClientsPage::NewThread),
        ["pro", "asiakkaat", client, "tehtavat", task] => {
            let ids = client.parse().ok().zip(task.parse().ok());
            ids.map(|(client, task)| ClientsPage::Task(client, task))
        }
        ["pro", "asiakkaat", client, "ajat", event] => {
            let ids = client.parse().ok().zip(event.parse().ok());
            ids.map(|(client, event)| ClientsPage::Event(client, event))
        }
        ["pro", "asiakkaat", client, "mittaukset"] => client.parse().ok().map(ClientsPage::Measurements),
        ["pro", "asiakkaat", "tarjotut-ajat", unit] => unit.parse().ok().map(ClientsPage::Slots),
        ["pro", "asiakkaat", client, "viestit", thread] => {
            let ids = client.parse().ok().zip(thread.parse().ok());
            ids.map(|(client, thread)| ClientsPage::Thread(client, thread))
        }
        _ => None,
    }
}

/// The accounts in a state.
pub(crate) fn accounts(state: AccountState) -> String {
    match state {
        AccountState::Open => ACCOUNTS.to_owned(),
        AccountState::Closed => format!("{ACCOUNTS}?{STATE}=suljetut"),
    }
}

/// The state of accounts that a query names; the open ones when it names none.
pub(crate) fn account_state(name: Option<&str>) -> AccountState {
    if name == Some("suljetut") { AccountState::Closed } else { AccountState::Open }
}

/// One account.
pub(crate) fn account(id: ProfessionalId) -> String {
    format!("{ACCOUNTS}/{id}")
}

/// What a unit keeps for itself.
pub(crate) fn unit_settings(id: UnitId) -> String {
    format!("{UNIT_SETTINGS}/{id}")
}

/// A guide that is kept.
pub(crate) fn guide(id: GuideId) -> String {
    format!("{GUIDES}/{id}")
}

/// A new guide of a unit, or of the county.
pub(crate) fn new_guide(of: Option<UnitId>) -> String {
    of.map_or_else(|| format!("{GUIDES}/uusi"), |unit| format!("{GUIDES}/uusi?{UNIT}={unit}"))
}

/// A questionnaire.
pub(crate) fn questionnaire(id: QuestionnaireId) -> String {
    format!("{QUESTIONNAIRES}/{id}")
}

/// A new questionnaire of a unit, or of the county.
pub(crate) fn new_questionnaire(of: Option<UnitId>) -> String {
    of.map_or_else(|| format!("{QUESTIONNAIRES}/uusi"), |unit| format!("{QUESTIONNAIRES}/uusi?{UNIT}={unit}"))
}

/// A client's card.
pub(crate) fn client(id: CitizenId) -> String {
    format!("{CLIENTS}/{id}")
}

/// A client's task.
pub(crate) fn task(client: CitizenId, id: TaskId) -> String {
    format!("{CLIENTS}/{client}/tehtavat/{id}")
}

/// What a client measures at home.
pub(crate) fn measurements(of: CitizenId) -> String {
    format!("{CLIENTS}/{of}/mittaukset")
}

/// A client's event.
pub(crate) fn event(client: CitizenId, id: EventId) -> String {
    format!("{CLIENTS}/{client}/ajat/{id}")
}

/// Where the things of a client are that messages lead to.
pub(crate) fn of_link(of: CitizenId, link: NewLink) -> Option<String> {
    let id = *link.id.as_uuid();
    match link.kind {
        LinkKind::Guide => None,
        LinkKind::Task => Some(task(of, TaskId::from_uuid(id))),
        LinkKind::Event => Some(event(of, EventId::from_uuid(id))),
    }
}

/// The times that a unit offers.
pub(crate) fn slots(unit: UnitId) -> String {
    format!("{CLIENTS}/tarjotut-ajat/{unit}")
}

/// Writing to a client first.
pub(crate) fn new_thread(client: CitizenId) -> String {
    format!("{CLIENTS}/{client}/uusi-viesti")
}

/// A thread of a client that is in no inbox of the professional.
pub(crate) fn client_thread(client: CitizenId, thread: ThreadId) -> String {
    format!("{CLIENTS}/{client}/viestit/{thread}")
}

/// A part of the privacy officer's pages.
pub(crate) fn privacy(part: PrivacyPart) -> String {
    part_name(part).map_or_else(|| PRIVACY.to_owned(), |name| format!("{PRIVACY}?{PART}={name}"))
}

/// What one professional has done.
pub(crate) fn privacy_actor(id: ProfessionalId) -> String {
    format!("{}&{ACTOR}={id}", privacy(PrivacyPart::Search))
}

/// One line of the access log.
pub(crate) fn audit_line(id: AccessId) -> String {
    format!("{PRIVACY}/merkinta/{id}")
}

/// The part of the privacy officer's pages that a query names; the first when it names none.
pub(crate) fn privacy_part(name: Option<&str>) -> PrivacyPart {
    let named = [PrivacyPart::NoOpenMatter, PrivacyPart::Search];
    named.into_iter().find(|part| name == part_name(*part)).unwrap_or_default()
}

const fn part_name(part: PrivacyPart) -> Option<&'static str> {
    match part {
        PrivacyPart::Emergencies => None,
        PrivacyPart::NoOpenMatter => Some("ei-avointa-asiaa"),
        PrivacyPart::Search => Some("haku"),
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
        let (someone, line) = (ID.parse().unwrap(), ID.parse().unwrap());
        assert_eq!(Page::at(&client(someone)), Page::Clients);
        assert_eq!(clients_page(CLIENTS), Some(ClientsPage::Search));
        assert_eq!(clients_page(&client(someone)), Some(ClientsPage::Card(someone)));
        let meeting = ID.parse().unwrap();
        assert_eq!(clients_page(&event(someone, meeting)), Some(ClientsPage::Event(someone, meeting)));
        assert_eq!(clients_page(&slots(unit)), Some(ClientsPage::Slots(unit)));
        assert_eq!(clients_page(&new_thread(someone)), Some(ClientsPage::NewThread(someone)));
        let thread = Some(ClientsPage::Thread(someone, open));
        assert_eq!(clients_page(&client_thread(someone, open)), thread);
        let (one, at) = (ID.parse().unwrap(), OfficePage::at);
        assert_eq!(Page::at(&account(one)), Page::Office);
        assert_eq!(at(PRIVACY), Some(OfficePage::Privacy(PrivacyPage::Parts)));
        assert_eq!(at(&audit_line(line)), Some(OfficePage::Privacy(PrivacyPage::Line(line))));
        assert_eq!(at(REGISTER), Some(OfficePage::Register));
        assert_eq!(at(PROGRAMS), Some(OfficePage::Programs));
        assert_eq!(at(DATA_RIGHTS), Some(OfficePage::DataRights));
        assert_eq!(at(ACCOUNTS), Some(OfficePage::Accounts(AccountsPage::List)));
        assert_eq!(at(NEW_ACCOUNT), Some(OfficePage::Accounts(AccountsPage::New)));
        assert_eq!(at(&account(one)), Some(OfficePage::Accounts(AccountsPage::One(one))));
        assert_eq!(at(UNIT_SETTINGS), Some(OfficePage::Units(UnitsPage::Choice)));
        assert_eq!(Page::at(&unit_settings(unit)), Page::Office);
        assert_eq!(at(&unit_settings(unit)), Some(OfficePage::Units(UnitsPage::One(unit))));
        let kept = ID.parse().unwrap();
        assert_eq!(at(GUIDES), Some(OfficePage::Guides(GuidesPage::County)));
        assert_eq!(at(&new_guide(None)), Some(OfficePage::Guides(GuidesPage::New)));
        assert_eq!(at(&guide(kept)), Some(OfficePage::Guides(GuidesPage::One(kept))));
        assert_eq!(at(QUESTIONNAIRES), Some(OfficePage::Questionnaires(QuestionnairesPage::List)));
        assert_eq!(at(&new_questionnaire(None)), Some(OfficePage::Questionnaires(QuestionnairesPage::New)));
        let one = ID.parse().unwrap();
        assert_eq!(at(&questionnaire(one)), Some(OfficePage::Questionnaires(QuestionnairesPage::One(one))));
        assert_eq!(at("/pro/rekisteri/muu"), None);
        assert_eq!(account_state(Some("suljetut")), AccountState::Closed);
    }

    #[test]
    fn each_part_of_the_privacy_officers_pages_has_an_address_of_its_own() {
        for part in [PrivacyPart::Emergencies, PrivacyPart::NoOpenMatter, PrivacyPart::Search] {
            assert_eq!(privacy_part(part_name(part)), part);
        }
    }

    #[test]
    fn each_part_of_the_inbox_has_an_address_of_its_own() {
        for state in [ThreadState::Waiting, ThreadState::Answered, ThreadState::Closed] {
            assert_eq!(state_of(name_of(state)), state);
        }
        assert_eq!(state_of(Some("muut")), ThreadState::Waiting);
    }
}
