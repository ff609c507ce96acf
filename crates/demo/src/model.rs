//! What a made-up county consists of. People and units refer to each other by their place in the lists, because ids
//! are made when the data is stored.

use chrono::{DateTime, NaiveDate, Utc};
use omasote_types::events::{EventContent, EventState, EventTime};
use omasote_types::guides::GuideContent;
use omasote_types::identity_code::IdentityCode;
use omasote_types::language::{Language, LocalText};
use omasote_types::measurements::{NewMeasurement, NewTarget};
use omasote_types::messages::Side;
use omasote_types::people::Role;
use omasote_types::proxies::ProxyKind;
use omasote_types::templates::TemplateContent;
use omasote_types::units::{OpeningBlock, OpeningException, TopicPurpose};
use omasote_types::views::Narrowing;

/// A made-up county: its units, its people and a year of messages between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCounty {
    /// The service units.
    pub units: Vec<DemoUnit>,
    /// Those who work in the units.
    pub professionals: Vec<DemoProfessional>,
    /// Those whom the units serve.
    pub citizens: Vec<DemoCitizen>,
    /// Their messages, by the time each thread began.
    pub threads: Vec<DemoThread>,
    /// What units and citizens have agreed on.
    pub events: Vec<DemoEvent>,
    /// The times that units offer.
    pub slots: Vec<DemoSlot>,
    /// People one can sign in as in demo mode, in the order they are offered.
    pub personas: Vec<DemoPersonaSpec>,
    /// Who acts for whom.
    pub proxies: Vec<DemoProxy>,
    /// What citizens are asked to do.
    pub tasks: Vec<DemoTask>,
    /// What units ask again and again.
    pub series: Vec<DemoSeries>,
    /// The guides that the county keeps.
    pub guides: Vec<GuideContent>,
    /// What citizens have measured at home.
    pub measured: Vec<DemoMeasured>,
    /// Their targets.
    pub targets: Vec<DemoTarget>,
}

/// A home measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoMeasured {
    /// Whose: a place in [`DemoCounty::citizens`].
    pub citizen: usize,
    /// What.
    pub new: NewMeasurement,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoTarget {
    /// Whose: a place in [`DemoCounty::citizens`].
    pub citizen: usize,
    /// Which unit set it: a place in [`DemoCounty::units`].
    pub unit: usize,
    /// The target.
    pub new: NewTarget,
}

/// What a citizen is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoTask {
    /// Whom: a place in [`DemoCounty::citizens`].
    pub citizen: usize,
    /// Which unit asks: a place in [`DemoCounty::units`].
    pub unit: usize,
    /// What is asked.
    pub asked: DemoAsked,
    /// What it is called; empty of a questionnaire.
    pub title: &'static str,
    /// What is said of it.
    pub text: &'static str,
    /// How many minutes it takes.
    pub minutes: u16,
    /// The first day on which to do it, in days from today.
    pub from_days: i64,
    /// The last day.
    pub to_days: i64,
}

/// What a task of the demo asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoAsked {
    /// To answer the questionnaire that comes with Omasote by this name.
    Questionnaire(&'static str),
    /// To read the first guide of the unit.
    Guide,
    /// To bring or send a document.
    Document,
    /// To book a time.
    Booking,
    /// To do what it says.
    ToDo,
}

/// What a unit asks some citizens to do again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSeries {
    /// Whom: places in [`DemoCounty::citizens`].
    pub citizens: Vec<usize>,
    /// Which unit asks: a place in [`DemoCounty::units`].
    pub unit: usize,
    /// What it is called.
    pub title: &'static str,
    /// What is said of it.
    pub text: &'static str,
    /// How many minutes it takes.
    pub minutes: u16,
    /// How it comes again (RFC 5545), and how many times.
    pub rule: (&'static str, u32),
    /// How many days each time has, the first from today on.
    pub days: i64,
}

/// Somebody who acts for somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoProxy {
    /// For whom: a place in [`DemoCounty::citizens`].
    pub citizen: usize,
    /// Who: a place in [`DemoCounty::citizens`].
    pub proxy: usize,
    /// Why.
    pub kind: ProxyKind,
}

/// A service unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoUnit {
    /// What it does and where.
    pub name: LocalText,
    /// Municipality where it is.
    pub municipality: String,
    /// A phone number that nobody has.
    pub phone: String,
    /// When it is open.
    pub hours: Vec<OpeningBlock>,
    /// Days that are not as their weekday is.
    pub exceptions: Vec<OpeningException>,
    /// Whether public holidays are as their weekday is.
    pub opens_on_holidays: bool,
    /// Within how many minutes of opening time it promises to answer.
    pub response_minutes: Option<u32>,
    /// What a citizen can write to it about.
    pub topics: Vec<LocalText>,
    /// Other words by which people look for each of them.
    pub topic_words: Vec<LocalText>,
    /// What its topics are for beside their names.
    pub purpose: Option<TopicPurpose>,
    /// Those who work in it: places in [`DemoCounty::professionals`].
    pub members: Vec<usize>,
    /// Those of them who lead it.
    pub leads: Vec<usize>,
    /// Its reply templates.
    pub templates: Vec<TemplateContent>,
    /// The saved views of its inbox.
    pub views: Vec<DemoView>,
    /// The guides that it keeps.
    pub guides: Vec<GuideContent>,
}

/// A saved view of a unit's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoView {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub shows: Narrowing,
    /// The topic it is narrowed to: a place in [`DemoUnit::topics`].
    pub topic: Option<usize>,
}

/// A health or social care professional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoProfessional {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Professional title in Finnish.
    pub title: String,
    /// A user name no other professional has.
    pub username: String,
    /// What they are entrusted with.
    pub roles: Vec<Role>,
}

/// A citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCitizen {
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// Municipality of residence.
    pub municipality: String,
    /// Street address, in a street that is in no register.
    pub address: String,
    /// A phone number that nobody has.
    pub phone: String,
    /// Whether the contact details are protected.
    pub is_non_disclosed: bool,
    /// The language the citizen wants to be served in.
    pub language: Language,
    /// An identity code of the kind that no real person has.
    pub identity_code: IdentityCode,
    /// A user name no other citizen has.
    pub username: String,
}

/// One matter between a citizen and a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoThread {
    /// Whose matter: a place in [`DemoCounty::citizens`].
    pub citizen: usize,
    /// The unit that has it: a place in [`DemoCounty::units`].
    pub unit: usize,
    /// What it is about: a place in the unit's [`DemoUnit::topics`].
    pub topic: usize,
    /// The messages, oldest first; the first is the citizen's.
    pub messages: Vec<DemoMessage>,
    /// When the unit closed the thread, after its last message; absent when it is open.
    pub closed_at: Option<DateTime<Utc>>,
    /// How many messages from the beginning the unit has read.
    pub unit_has_read: usize,
    /// How many messages from the beginning the citizen has read.
    pub citizen_has_read: usize,
}

impl DemoThread {
    /// Whether the citizen waits for an answer.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.closed_at.is_none() && self.messages.last().is_some_and(|last| last.side == Side::Citizen)
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoMessage {
    /// Who sent it.
    pub side: Side,
    /// Which professional, when the unit sent it: a place in [`DemoCounty::professionals`].
    pub professional: Option<usize>,
    /// The text, in Finnish.
    pub text: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Whether the [`document`](crate::document) came with it.
    pub has_document: bool,
}

/// A visit, a call or a video call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoEvent {
    /// Whose it is: a place in [`DemoCounty::citizens`].
    pub citizen: usize,
    /// The unit that gave it: a place in [`DemoCounty::units`].
    pub unit: usize,
    /// What the unit says of it.
    pub content: EventContent,
    /// When it is.
    pub time: EventTime,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// Where it stands.
    pub state: EventState,
    /// What the citizen wishes instead.
    pub wish: Option<String>,
    /// Whether it came from the patient information system, which keeps it.
    pub is_in_ehr: bool,
}

/// A time that a unit offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSlot {
    /// The unit: a place in [`DemoCounty::units`].
    pub unit: usize,
    /// For whom alone it is: a place in [`DemoCounty::citizens`].
    pub citizen: Option<usize>,
    /// What an event at this time will be.
    pub content: EventContent,
    /// When it is.
    pub time: EventTime,
}

/// Somebody to sign in as in demo mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPersonaSpec {
    /// Who.
    pub person: DemoPerson,
    /// Who they are and what can be tried as them.
    pub description: LocalText,
}

/// A person of the county.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoPerson {
    /// A place in [`DemoCounty::citizens`].
    Citizen(usize),
    /// A place in [`DemoCounty::professionals`].
    Professional(usize),
}
