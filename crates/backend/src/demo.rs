//! Puts a made-up county into an empty database. What the county consists of is the business of `omasote-demo`.

mod documents;
mod events;
mod measurements;
mod promises;
mod tasks;

use std::time::Duration;

use omasote_demo::{DemoCounty, DemoPerson, DemoProxy, DemoThread, DemoUnit, DemoView};
use omasote_rules::messages::{Act, Standing};
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::care::Matter;
use omasote_types::guides::{GuideContent, GuideState};
use omasote_types::ids::{
    AccessId, CitizenId, EmergencyAccessId, GuideId, MessageId, ProfessionalId, ProxyId, RequestId,
    SessionId, TemplateId, ThreadId, TopicId, UnitId, ViewId,
};
use omasote_types::language::LocalText;
use omasote_types::messages::{Side, excerpt};
use omasote_types::people::{Citizen, ContactDetails};
use omasote_types::proxies::{ProxyKind, ProxyScope, ProxySource};
use omasote_types::sessions::{DemoPersona, PersonId};
use omasote_types::units::{Topic, Unit};
use omasote_types::views::{Narrowing, View};

use crate::auth::IdentityVault;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::Parties;
use crate::repos::audit::{self, Line};
use crate::repos::care::{self, NewEmergency, NewRelation};
use crate::repos::messages::{self, Growth, NewMessageRow, NewThreadRow};
use crate::repos::proxies::{self, NewProxyRow, Pair};
use crate::repos::templates::{self, Keeper};
use crate::repos::{guides, people, units, views};
use crate::services::questionnaires;

/// How long before an answer its thread was opened.
const READING_TAKES: Duration = Duration::from_secs(240);

/// How long ago somebody broke the glass, who, in which unit, of whom and why; places in the county.
const EMERGENCY_AGO: Duration = Duration::from_secs(20 * 3600);
const EMERGENCY_BY: usize = 11;
const EMERGENCY_UNIT: usize = 2;
const EMERGENCY_OF: usize = 40;
const EMERGENCY_REASON: &str =
    "Potilas tuotiin terveysasemalle sekavana. Lääkityksestä ei saatu tietoa häneltä itseltään.";

/// The same county each time.
const SEED: u64 = 1951;

/// Fills an empty database with the demo county; leaves one that has units as it is. Returns the demo people; the files that
/// [`keep_documents`] keeps are then known.
///
/// # Errors
/// When the database does not take it.
pub fn fill(tx: &mut Tx<'_>, vault: &IdentityVault, now: Instant) -> Result<Vec<DemoPersona>, AppError> {
    if !units::is_any(tx.conn())? {
        // What citizens are asked is there before they are.
        questionnaires::keep_shipped(tx, now)?;
        store(tx.conn(), &omasote_demo::county(SEED, now), vault, now)?;
    }
    Ok(people::list_personas(tx.conn())?)
}

pub use documents::keep as keep_documents;

/// The made-up identity code of a demo citizen; none of a professional.
///
/// # Errors
/// When the database or the key does not give it.
pub fn identity_code(
    conn: &mut DbConn,
    vault: &IdentityVault,
    person: PersonId,
) -> Result<Option<String>, AppError> {
    let PersonId::Citizen(citizen) = person else { return Ok(None) };
    let sealed = people::find_sealed_identity(conn, citizen)?;
    sealed.map(|sealed| Ok(vault.open(&sealed)?.as_str().to_owned())).transpose()
}

/// Stores a county of any size.
///
/// # Errors
/// When the database does not take it.
pub fn store(
    conn: &mut DbConn,
    county: &DemoCounty,
    vault: &IdentityVault,
    now: Instant,
) -> Result<(), AppError> {
    let ids = Ids::new(county, now);
    for (unit, (id, topics)) in county.units.iter().zip(&ids.units) {
        units::insert(conn, &to_unit(unit, *id, topics))?;
    }
    for (professional, id) in county.professionals.iter().zip(&ids.professionals) {
        let name = (professional.given_name.as_str(), professional.family_name.as_str());
        people::insert_professional(conn, *id, name, &professional.title, now)?;
        for role in &professional.roles {
            people::insert_role(conn, *id, *role, now)?;
        }
    }
    for (unit, (id, topics)) in county.units.iter().zip(&ids.units) {
        for member in &unit.members {
            people::insert_membership(conn, ids.professional(*member)?, *id, now)?;
        }
        for template in &unit.templates {
            templates::insert(conn, (TemplateId::at(now), Keeper::Unit(*id)), template, now)?;
        }
        for view in &unit.views {
            store_view(conn, view, (*id, topics), now)?;
        }
        for lead in &unit.leads {
            people::set_leads(conn, ids.professional(*lead)?, *id, Some(now))?;
        }
        store_guides(conn, Some(*id), &unit.guides, now)?;
    }
    store_guides(conn, None, &county.guides, now)?;
    for (citizen, id) in county.citizens.iter().zip(&ids.citizens) {
        let stored = Citizen {
            id: *id,
            given_name: citizen.given_name.clone(),
            family_name: citizen.family_name.clone(),
            birth_date: citizen.birth_date,
            language: citizen.language,
            is_non_disclosed: citizen.is_non_disclosed,
            contact: ContactDetails {
                address: Some(citizen.address.clone()),
                municipality: Some(citizen.municipality.clone()),
                phone: Some(citizen.phone.clone()),
            },
        };
        people::insert_citizen(conn, &stored, vault.seal(&citizen.identity_code)?, now)?;
    }
    for proxy in &county.proxies {
        store_proxy(conn, *proxy, &ids, now)?;
    }
    for thread in &county.threads {
        let id = store_thread(conn, thread, &ids)?;
        promises::store(conn, county.units.get(thread.unit), (thread, id, ids.unit_of(thread.unit)?), now)?;
    }
    for task in &county.tasks {
        let parties = Parties { citizen: ids.citizen(task.citizen)?, unit: ids.unit_of(task.unit)? };
        let members = county.units.get(task.unit).map(|unit| unit.members.as_slice()).unwrap_or_default();
        let by = ids.professional(*members.first().ok_or_else(missing)?)?;
        tasks::store(conn, task, (parties, by), now)?;
    }
    for series in &county.series {
        let citizens = series.citizens.iter().map(|place| ids.citizen(*place)).collect::<Result<_, _>>()?;
        let members = county.units.get(series.unit).map(|unit| unit.members.as_slice()).unwrap_or_default();
        let by = ids.professional(*members.first().ok_or_else(missing)?)?;
        tasks::store_series(conn, series, (citizens, ids.unit_of(series.unit)?, by), now)?;
    }
    events::store(conn, county, &ids, now)?;
    measurements::store(conn, county, &ids, now)?;
    store_emergency(conn, &ids, now - EMERGENCY_AGO)?;
    for (position, persona) in (1..).zip(&county.personas) {
        let person = match persona.person {
            DemoPerson::Citizen(place) => PersonId::Citizen(ids.citizen(place)?),
            DemoPerson::Professional(place) => PersonId::Professional(ids.professional(place)?),
        };
        people::insert_persona(conn, position, person, &persona.description)?;
    }
    Ok(())
}

fn store_view(
    conn: &mut DbConn,
    view: &DemoView,
    (unit_id, topics): (UnitId, &[TopicId]),
    now: Instant,
) -> Result<(), AppError> {
    let topic_id = view.topic.and_then(|place| topics.get(place)).copied();
    let shows = Narrowing { topic_id, ..view.shows.clone() };
    let stored = View { id: ViewId::at(now), unit_id, is_shared: true, name: view.name.clone(), shows };
    views::insert(conn, &stored, Keeper::Unit(unit_id), now)?;
    Ok(())
}

fn store_guides(
    conn: &mut DbConn,
    keeper: Option<UnitId>,
    all: &[GuideContent],
    now: Instant,
) -> Result<(), AppError> {
    for content in all {
        guides::insert(conn, (GuideId::at(now), keeper, GuideState::Published), content, now)?;
    }
    Ok(())
}

fn store_proxy(conn: &mut DbConn, proxy: DemoProxy, ids: &Ids, now: Instant) -> Result<(), AppError> {
    let (source, basis) = match proxy.kind {
        ProxyKind::Guardian => (ProxySource::Register, Some("Väestötietojärjestelmän ote")),
        ProxyKind::Mandate => (ProxySource::Citizen, None),
    };
    let row = NewProxyRow {
        id: ProxyId::at(now),
        pair: Pair { citizen: ids.citizen(proxy.citizen)?, proxy: ids.citizen(proxy.proxy)? },
        kind: proxy.kind,
        source,
        scopes: &ProxyScope::ALL,
        basis,
        created_by: None,
        session: None,
        now,
        ends_at: None,
    };
    proxies::insert(conn, &row)?;
    Ok(())
}

/// Somebody broke the glass yesterday, so that the privacy officer has something to look at.
fn store_emergency(conn: &mut DbConn, ids: &Ids, at: Instant) -> Result<(), AppError> {
    let (professional, citizen) = (ids.professional(EMERGENCY_BY)?, ids.citizen(EMERGENCY_OF)?);
    let (unit, title) = (ids.unit_of(EMERGENCY_UNIT)?, ids.title(EMERGENCY_BY)?.to_owned());
    let (id, reason) = (EmergencyAccessId::at(at), EMERGENCY_REASON);
    let ends_at = at + Duration::from_secs(3600);
    care::insert_emergency(
        conn,
        &NewEmergency { id, professional, unit, citizen, reason, now: at, ends_at },
    )?;
    let steps = [(0, "openEmergencyAccess", AccessAction::Write), (40, "listThreads", AccessAction::Read)];
    for (seconds, operation, action) in steps {
        let at = at + Duration::from_secs(seconds);
        let line = Line {
            id: AccessId::at(at),
            at,
            actor: Some(PersonId::Professional(professional)),
            title: Some(title.clone()),
            unit: Some(unit),
            action,
            operation: operation.to_owned(),
            resource: None,
            ground: AccessGround::Emergency,
            session: SessionId::at(at),
            request: RequestId::at(at),
            subjects: vec![citizen],
            client: None,
            reason: (action == AccessAction::Write).then(|| reason.to_owned()),
        };
        audit::insert(conn, &line)?;
    }
    Ok(())
}

fn to_unit(unit: &DemoUnit, id: UnitId, topics: &[TopicId]) -> Unit {
    let topics = unit.topics.iter().zip(&unit.topic_words).zip(topics);
    let topic = |((name, words), topic): ((&LocalText, &LocalText), &TopicId)| Topic {
        id: *topic,
        unit_id: id,
        name: name.clone(),
        words: words.clone(),
        purpose: unit.purpose,
    };
    Unit {
        id,
        name: unit.name.clone(),
        municipality: unit.municipality.clone(),
        phone: unit.phone.clone(),
        hours: unit.hours.clone(),
        exceptions: unit.exceptions.clone(),
        opens_on_holidays: unit.opens_on_holidays,
        today: Vec::new(),
        response_minutes: unit.response_minutes,
        promised_at: None,
        usual_minutes: None,
        topics: topics.map(topic).collect(),
    }
}

/// Message by message, as it would have happened.
fn store_thread(conn: &mut DbConn, thread: &DemoThread, ids: &Ids) -> Result<ThreadId, AppError> {
    let (first, rest) = thread.messages.split_first().ok_or_else(|| AppError::internal("an empty thread"))?;
    let (unit, topic) = ids.unit_and_topic(thread.unit, thread.topic)?;
    let parties = Parties { citizen: ids.citizen(thread.citizen)?, unit };
    let id = ThreadId::at(first.sent_at);
    let (beginning, now) = (excerpt(&first.text), first.sent_at);
    let (about_access, promised_at, professional) = (None, None, None);
    let new = NewThreadRow {
        id,
        parties,
        topic,
        professional,
        excerpt: &beginning,
        about_access,
        promised_at,
        now,
    };
    messages::insert_thread(conn, &new)?;
    let mut standing = Standing::begun_by_citizen(unit, now);
    let relation =
        NewRelation { citizen: parties.citizen, unit, matter: Matter::Thread, matter_id: *id.as_uuid() };
    care::insert(conn, &relation, now)?;
    for message in &thread.messages {
        let professional = message.professional.map(|place| ids.professional(place)).transpose()?;
        let (now, text) = (message.sent_at, message.text.as_str());
        let citizen = parties.citizen;
        let (id_of_message, proxy) = (MessageId::at(now), None);
        let row = NewMessageRow {
            id: id_of_message,
            thread: id,
            citizen,
            professional,
            proxy,
            text,
            instructions: &[],
            attachments: usize::from(message.has_document),
            links: &[],
            now,
        };
        messages::insert_message(conn, &row)?;
        if message.has_document {
            let by = message.professional.map(|place| ids.professional(place)).transpose()?;
            let by = by.map_or(PersonId::Citizen(citizen), PersonId::Professional);
            documents::store(conn, (by, citizen), (id, id_of_message), now)?;
        }
        if let Some(place) = message.professional {
            log_reply(conn, (ids.professional(place)?, ids.title(place)?), id, parties, now)?;
        }
    }
    for message in rest {
        let now = message.sent_at;
        let next = match message.professional {
            // Who answered before lets it go, when a colleague answers.
            Some(place) => {
                let by = ids.professional(place)?;
                standing.after(Act::HoldLapses, now).and_then(|free| free.after(Act::UnitWrites(by), now))
            }
            None => standing.after(Act::CitizenWrites, now),
        };
        standing = next.map_err(|_| AppError::internal("a demo thread goes on after its end"))?;
        let excerpt = excerpt(&message.text);
        let growth = Growth { side: message.side, standing: &standing, excerpt: &excerpt, now };
        messages::grow_thread(conn, id, &growth)?;
    }
    if let Some(closed_at) = thread.closed_at {
        let closed = standing.after(Act::CitizenCloses, closed_at).unwrap_or(standing);
        messages::save_standing(conn, id, &closed, closed_at)?;
        care::close(conn, *id.as_uuid(), closed_at)?;
    }
    for (reader, read) in [(Side::Citizen, thread.citizen_has_read), (Side::Unit, thread.unit_has_read)] {
        let unread = thread.messages.iter().skip(read).filter(|message| message.side != reader).count();
        messages::set_unread(conn, id, reader, i64::try_from(unread).unwrap_or_default())?;
    }
    Ok(id)
}

/// The lines that reading and answering a thread would have left.
fn log_reply(
    conn: &mut DbConn,
    (who, title): (ProfessionalId, &str),
    thread: ThreadId,
    parties: Parties,
    answered_at: Instant,
) -> Result<(), AppError> {
    let (session, request) = (SessionId::at(answered_at), RequestId::at(answered_at));
    let steps = [
        (READING_TAKES, AccessAction::Read, "getThread"),
        (READING_TAKES, AccessAction::Read, "listMessages"),
        (Duration::ZERO, AccessAction::Write, "sendMessage"),
    ];
    for (before, action, operation) in steps {
        let at = answered_at - before;
        let line = Line {
            id: AccessId::at(at),
            at,
            actor: Some(PersonId::Professional(who)),
            title: Some(title.to_owned()),
            unit: Some(parties.unit),
            action,
            operation: operation.to_owned(),
            resource: Some(*thread.as_uuid()),
            ground: AccessGround::Unit,
            session,
            request,
            subjects: vec![parties.citizen],
            client: None,
            reason: None,
        };
        audit::insert(conn, &line)?;
    }
    Ok(())
}

/// The ids that stand for places in the county.
struct Ids {
    units: Vec<(UnitId, Vec<TopicId>)>,
    professionals: Vec<ProfessionalId>,
    titles: Vec<String>,
    citizens: Vec<CitizenId>,
}

impl Ids {
    fn new(county: &DemoCounty, now: Instant) -> Self {
        let topics = |unit: &DemoUnit| unit.topics.iter().map(|_| TopicId::at(now)).collect();
        Self {
            units: county.units.iter().map(|unit| (UnitId::at(now), topics(unit))).collect(),
            professionals: county.professionals.iter().map(|_| ProfessionalId::at(now)).collect(),
            titles: county.professionals.iter().map(|professional| professional.title.clone()).collect(),
            citizens: county.citizens.iter().map(|_| CitizenId::at(now)).collect(),
        }
    }

    fn unit_and_topic(&self, unit: usize, topic: usize) -> Result<(UnitId, TopicId), AppError> {
        let found = self.units.get(unit).and_then(|(id, topics)| Some((*id, *topics.get(topic)?)));
        found.ok_or_else(missing)
    }

    fn unit_of(&self, place: usize) -> Result<UnitId, AppError> {
        self.units.get(place).map(|(id, _)| *id).ok_or_else(missing)
    }

    fn professional(&self, place: usize) -> Result<ProfessionalId, AppError> {
        self.professionals.get(place).copied().ok_or_else(missing)
    }

    fn title(&self, place: usize) -> Result<&str, AppError> {
        self.titles.get(place).map(String::as_str).ok_or_else(missing)
    }

    fn citizen(&self, place: usize) -> Result<CitizenId, AppError> {
        self.citizens.get(place).copied().ok_or_else(missing)
    }
}

fn missing() -> AppError {
    AppError::internal("the county refers to somebody who is not in it")
}
