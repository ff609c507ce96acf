//! The data that is put under load: the demo county and, beside it, threads of fifty messages, units with more than
//! fifty threads waiting, and many people to sign in as.

use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta, Utc};
use omasote_backend::auth::IdentityVault;
use omasote_backend::cursor::Window;
use omasote_backend::db::{DbConn, DbUrl, migrate, once};
use omasote_backend::demo;
use omasote_backend::repos::messages::{InboxFilter, Sight};
use omasote_backend::repos::{messages, people};
use omasote_backend::services::messages::let_lapsed_go;
use omasote_demo::{DemoCounty, DemoMessage, DemoPerson, DemoPersonaSpec, DemoThread};
use omasote_types::ids::{CitizenId, ProfessionalId, ThreadId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::messages::Side;
use omasote_types::sessions::PersonId;

/// How many messages the threads have that are read.
pub const THREAD_LENGTH: usize = 50;
/// How many citizens can be signed in as: one for each connection.
pub const CITIZENS: usize = 64;

const SEED: u64 = 1951;
const COUNTY_CITIZENS: usize = 1000;
const COUNTY_MESSAGES: usize = 5000;
/// How many units have a long queue, and how long it is at least.
const BUSY_UNITS: usize = 4;
const WAITING_THREADS: usize = 60;
const PERSONA: &str = "Kuormitus";
/// After so long a thread that was taken goes back, by default.
const TAKE_LIFE: TimeDelta = TimeDelta::hours(24);
/// What is searched for in long queues, and a message in which it stands.
pub const QUEUE_WORD: &str = "resepti";
const QUEUE_TEXT: &str = "Verenpainelääkkeeni reseptissä on virhe. Voisitteko korjata sen?";

/// What is asked for under load.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// Citizens with their threads.
    pub citizens: Vec<CitizenTarget>,
    /// Professionals, each with a unit that has a long queue.
    pub professionals: Vec<(ProfessionalId, UnitId)>,
}

/// A citizen with a thread to read and a thread to write into.
#[derive(Clone, Copy, Debug)]
pub struct CitizenTarget {
    /// Who.
    pub id: CitizenId,
    /// It has [`THREAD_LENGTH`] messages.
    pub long_thread: ThreadId,
    /// It is short.
    pub short_thread: ThreadId,
}

/// Fills an empty database.
///
/// # Errors
/// When the database does not take it.
pub fn fill(url: &DbUrl, now: DateTime<Utc>) -> Result<Targets> {
    let mut conn = url.connect()?;
    migrate(&mut conn)?;
    // Nobody opens these identity codes again.
    let vault = IdentityVault::new(&[0; 32])?;
    let county = county(now);
    once(&mut conn, |tx| demo::store(tx.conn(), &county, &vault, now))?;
    // What the server's housekeeping would do while it is measured, and the bare one would not.
    once(&mut conn, |tx| let_lapsed_go(tx, now - TAKE_LIFE, now).map(drop))?;
    make_searchable(&mut conn)?;
    Targets::find(&mut conn)
}

/// Fills an empty database with a unit that has so many threads, a fifth of which wait, and somebody who works there.
///
/// # Errors
/// When the database does not take it.
pub fn fill_queue(url: &DbUrl, now: DateTime<Utc>, threads: usize) -> Result<Targets> {
    let mut conn = url.connect()?;
    migrate(&mut conn)?;
    let vault = IdentityVault::new(&[0; 32])?;
    let county = queue(now, threads);
    once(&mut conn, |tx| demo::store(tx.conn(), &county, &vault, now))?;
    make_searchable(&mut conn)?;
    let persona =
        people::list_personas(&mut conn)?.into_iter().find(|persona| persona.description.fi == PERSONA);
    let Some(PersonId::Professional(reader)) = persona.map(|persona| persona.person) else {
        anyhow::bail!("nobody works in the unit");
    };
    let unit = people::list_unit_ids(&mut conn, reader)?.into_iter().find(|unit| is_busy(&mut conn, *unit));
    let unit = unit.context("the unit has no queue")?;
    Ok(Targets { citizens: Vec::new(), professionals: vec![(reader, unit)] })
}

/// A county with nothing but one unit's threads, one begun each minute; every third citizen writes the word.
fn queue(now: DateTime<Utc>, threads: usize) -> DemoCounty {
    let mut county = omasote_demo::scaled(SEED, now, COUNTY_CITIZENS, 0);
    county.personas.clear();
    county.threads.clear();
    let members = county.units.first().map(|unit| unit.members.clone()).unwrap_or_default();
    county.personas.extend(members.first().map(|member| persona(DemoPerson::Professional(*member))));
    let citizens = ["Onko kokeen tulos jo tullut?", "Kiitos avusta.", QUEUE_TEXT].map(str::to_owned).to_vec();
    let writer = Writer { citizens, units: vec!["Hei, tulos näkyy huomenna.".to_owned()], now };
    county.threads.extend((0..threads).map(|number| {
        let length = if number % 5 == 0 { 1 } else { 2 };
        let mut thread = writer.thread(number % COUNTY_CITIZENS, 0, &members, length);
        let earlier = TimeDelta::minutes(i64::try_from(number).unwrap_or_default());
        for message in &mut thread.messages {
            message.sent_at -= earlier;
        }
        thread
    }));
    county
}

/// Does beforehand what the server would do while it is measured.
fn make_searchable(conn: &mut DbConn) -> Result<()> {
    loop {
        let read = omasote_backend::services::messages::read_words(conn, 500)?;
        if read.is_empty() {
            return Ok(());
        }
        once(conn, |tx| omasote_backend::services::messages::save_words(tx, &read))?;
    }
}

/// The demo county, larger, with what the load needs.
fn county(now: DateTime<Utc>) -> DemoCounty {
    let mut county = omasote_demo::scaled(SEED, now, COUNTY_CITIZENS, COUNTY_MESSAGES);
    let texts = |side: Side| {
        let messages = county.threads.iter().flat_map(|thread| &thread.messages);
        messages.filter(|message| message.side == side).map(|message| message.text.clone()).collect()
    };
    let writer = Writer { citizens: texts(Side::Citizen), units: texts(Side::Unit), now };
    for (place, unit) in (0..BUSY_UNITS).zip(county.units.clone()) {
        let staff = unit.members.iter().map(|member| DemoPerson::Professional(*member));
        county.personas.extend(staff.map(persona));
        let waiting = (0..WAITING_THREADS).map(|number| writer.thread(number, place, &unit.members, 1));
        county.threads.extend(waiting);
    }
    let quiet = county.units.len().saturating_sub(1);
    let members = county.units.get(quiet).map(|unit| unit.members.clone()).unwrap_or_default();
    for citizen in 0..CITIZENS {
        county.personas.push(persona(DemoPerson::Citizen(citizen)));
        county.threads.push(writer.thread(citizen, quiet, &members, THREAD_LENGTH));
        county.threads.push(writer.thread(citizen, quiet, &members, 1));
    }
    county
}

fn persona(person: DemoPerson) -> DemoPersonaSpec {
    let text = || PERSONA.to_owned();
    DemoPersonaSpec { person, description: LocalText { fi: text(), sv: text(), en: text() } }
}

/// Writes threads in the words of the county.
struct Writer {
    citizens: Vec<String>,
    units: Vec<String>,
    now: DateTime<Utc>,
}

impl Writer {
    /// Of a citizen with a unit: the two sides in turn, one message an hour, the last one just before now.
    fn thread(&self, citizen: usize, unit: usize, members: &[usize], length: usize) -> DemoThread {
        let message = |number: usize| {
            let side = if number.is_multiple_of(2) { Side::Citizen } else { Side::Unit };
            let (texts, professional) = match side {
                Side::Citizen => (&self.citizens, None),
                Side::Unit => (&self.units, members.get(number % members.len().max(1)).copied()),
            };
            let place = (citizen * THREAD_LENGTH + number) % texts.len().max(1);
            let text = texts.get(place).cloned().unwrap_or_default();
            let hours_ago = i64::try_from(length - number).unwrap_or_default();
            let sent_at = self.now - TimeDelta::hours(hours_ago);
            DemoMessage { side, professional, text, sent_at, has_document: false }
        };
        let messages = (0..length).map(message).collect();
        let (closed_at, unit_has_read, citizen_has_read) = (None, 0, length);
        DemoThread { citizen, unit, topic: 0, messages, closed_at, unit_has_read, citizen_has_read }
    }
}

impl Targets {
    /// Finds what [`fill`] stored.
    ///
    /// # Errors
    /// When the database was not filled by it.
    pub fn find(conn: &mut DbConn) -> Result<Self> {
        let mut targets = Self::default();
        for persona in people::list_personas(conn)? {
            if persona.description.fi != PERSONA {
                continue;
            }
            match persona.person {
                PersonId::Citizen(id) => targets.citizens.push(CitizenTarget::find(conn, id)?),
                PersonId::Professional(id) => {
                    let units = people::list_unit_ids(conn, id)?;
                    let busy = units.into_iter().find_map(|unit| is_busy(conn, unit).then_some((id, unit)));
                    targets.professionals.push(busy.context("a professional has no unit with a queue")?);
                }
            }
        }
        anyhow::ensure!(targets.citizens.len() == CITIZENS, "the database was not filled for a load");
        Ok(targets)
    }
}

impl CitizenTarget {
    fn find(conn: &mut DbConn, id: CitizenId) -> Result<Self> {
        let threads = messages::list_threads(
            conn,
            (id, None),
            (Side::Citizen, &Sight::All),
            &Window { after: None, limit: 200 },
        )?;
        let of_length = |length: usize| {
            let is_so_long = |count: u32| usize::try_from(count).is_ok_and(|count| count == length);
            threads.iter().find(|thread| is_so_long(thread.message_count)).map(|thread| thread.id)
        };
        let (long, short) = (of_length(THREAD_LENGTH), of_length(1));
        Ok(Self {
            id,
            long_thread: long.context("a citizen has no long thread")?,
            short_thread: short.context("a citizen has no short thread")?,
        })
    }
}

fn is_busy(conn: &mut DbConn, unit: UnitId) -> bool {
    let window = Window { after: None, limit: 50 };
    messages::list_waiting(conn, unit, InboxFilter::default(), &window)
        .is_ok_and(|waiting| waiting.len() > THREAD_LENGTH)
}
