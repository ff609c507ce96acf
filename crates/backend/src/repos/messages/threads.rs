//! Threads. The row carries what lists show, so a list is one query.

use diesel::prelude::*;
use omasote_rules::messages::{Hold, Standing};
use omasote_types::Instant;
use omasote_types::ids::{AccessId, ProfessionalId, ThreadId, TopicId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Holder, Side, Thread, ThreadState};
use omasote_types::units::UnitRef;

use crate::db::schema::{citizens, professionals, threads, topics, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};
use crate::policy::{Parties, ThreadFacts};
use crate::repos::people::{self, CitizenNames};

/// How many threads are let go in one transaction.
const LAPSED_AT_ONCE: i64 = 200;

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = threads, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
pub(super) struct ThreadRow {
    id: Id,
    citizen_id: Id,
    unit_id: Id,
    topic_id: Id,
    state: DbText<ThreadState>,
    created_at: Stored,
    waiting_since: Option<Stored>,
    last_message_at: Stored,
    last_sender: DbText<Side>,
    excerpt: String,
    message_count: i32,
    unread_by_citizen: i32,
    unread_by_unit: i32,
    hidden_from_proxies_at: Option<Stored>,
    about_access_id: Option<Id>,
    holder_id: Option<Id>,
    held_since: Option<Stored>,
    closed_at: Option<Stored>,
    moves: i32,
    returns_to_id: Option<Id>,
    raised_at: Option<Stored>,
    promised_at: Option<Stored>,
    promises_missed: i32,
    recorded_at: Option<Stored>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = units, check_for_backend(MultiBackend))]
pub(in crate::repos) struct UnitNames {
    name_fi: String,
    name_sv: String,
    name_en: String,
}

impl UnitNames {
    pub(in crate::repos) fn named(self, id: UnitId) -> UnitRef {
        UnitRef { id, name: LocalText { fi: self.name_fi, sv: self.name_sv, en: self.name_en } }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = topics, check_for_backend(MultiBackend))]
pub(super) struct TopicNames {
    name_fi: String,
    name_sv: String,
    name_en: String,
}

pub(super) type NamedThread = (ThreadRow, CitizenNames, UnitNames, TopicNames);

/// The thread as `side` sees it.
fn to_thread((row, citizen, unit, topic): NamedThread, side: Side) -> Thread {
    let unread = match side {
        Side::Citizen => row.unread_by_citizen,
        Side::Unit => row.unread_by_unit,
    };
    let restricted_since = citizen.restricted_since();
    let created_at = Instant::from(row.created_at);
    let holder = holder_of(&row).filter(|_| side == Side::Unit);
    let is_restricted = restricted_since.is_some_and(|since| created_at <= since);
    // What the unit may not open it cannot promise to answer.
    let promised_at = row.promised_at.filter(|_| !is_restricted);
    Thread {
        id: row.id.into(),
        citizen: citizen.named(row.citizen_id.into()),
        unit: unit.named(row.unit_id.into()),
        topic: LocalText { fi: topic.name_fi, sv: topic.name_sv, en: topic.name_en },
        state: row.state.0,
        created_at,
        waiting_since: row.waiting_since.map(Instant::from),
        promised_at: promised_at.map(Instant::from),
        promises_missed: u32::try_from(row.promises_missed).unwrap_or_default(),
        last_message_at: row.last_message_at.into(),
        last_sender: row.last_sender.0,
        excerpt: row.excerpt,
        message_count: u32::try_from(row.message_count).unwrap_or_default(),
        unread_count: u32::try_from(unread).unwrap_or_default(),
        holder,
        closed_at: row.closed_at.map(Instant::from),
        moves: u32::try_from(row.moves).unwrap_or_default(),
        can_be_returned: side == Side::Unit && row.returns_to_id.is_some(),
        is_raised: row.raised_at.is_some(),
        is_hidden_from_proxies: row.hidden_from_proxies_at.is_some(),
        is_restricted,
        about_access: row.about_access_id.map(AccessId::from),
        recorded_at: row.recorded_at.map(Instant::from),
    }
}

/// Who has it; the name is added by [`with_holders`].
fn holder_of(row: &ThreadRow) -> Option<Holder> {
    let (id, since) = row.holder_id.zip(row.held_since)?;
    Some(Holder { id: id.into(), name: String::new(), since: since.into() })
}

/// Adds the names of who has the threads.
fn with_holders(conn: &mut DbConn, mut threads: Vec<Thread>) -> QueryResult<Vec<Thread>> {
    let ids: Vec<ProfessionalId> =
        threads.iter().filter_map(|thread| thread.holder.as_ref()).map(|holder| holder.id).collect();
    if ids.is_empty() {
        return Ok(threads);
    }
    let names = people::list_professional_names(conn, &ids)?;
    for holder in threads.iter_mut().filter_map(|thread| thread.holder.as_mut()) {
        if let Some((_, name)) = names.iter().find(|(id, _)| *id == holder.id) {
            holder.name.clone_from(name);
        }
    }
    Ok(threads)
}

pub(super) fn to_threads(conn: &mut DbConn, rows: Vec<NamedThread>, side: Side) -> QueryResult<Vec<Thread>> {
    with_holders(conn, rows.into_iter().map(|row| to_thread(row, side)).collect())
}

/// `select … from threads where id = …`, what the policy weighs.
macro_rules! facts {
    ($id:expr) => {
        threads::table.find(Id::from($id)).select((
            threads::citizen_id,
            StandingRow::as_select(),
            threads::hidden_from_proxies_at,
            threads::created_at,
        ))
    };
}

/// `select … from threads join citizens, units, topics`, boxed so that filters can be added.
macro_rules! named_threads {
    () => {
        threads::table
            .inner_join(citizens::table)
            .inner_join(units::table)
            .inner_join(topics::table)
            .select((
                ThreadRow::as_select(),
                CitizenNames::as_select(),
                UnitNames::as_select(),
                TopicNames::as_select(),
            ))
            .into_boxed::<MultiBackend>()
    };
}
pub(super) use named_threads;

#[derive(Queryable, Selectable, AsChangeset)]
#[diesel(table_name = threads, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct StandingRow {
    unit_id: Id,
    state: DbText<ThreadState>,
    waiting_since: Option<Stored>,
    holder_id: Option<Id>,
    held_since: Option<Stored>,
    closed_at: Option<Stored>,
    moves: i32,
    returns_to_id: Option<Id>,
    raised_at: Option<Stored>,
}

impl From<&StandingRow> for Standing {
    fn from(row: &StandingRow) -> Self {
        let hold = row.holder_id.zip(row.held_since);
        Self {
            state: row.state.0,
            unit: row.unit_id.into(),
            hold: hold.map(|(by, since)| Hold { by: by.into(), since: since.into() }),
            waiting_since: row.waiting_since.map(Instant::from),
            closed_at: row.closed_at.map(Instant::from),
            moves: u32::try_from(row.moves).unwrap_or_default(),
            returns_to: row.returns_to_id.map(UnitId::from),
            is_raised: row.raised_at.is_some(),
        }
    }
}

impl StandingRow {
    fn of(standing: &Standing, now: Instant) -> Self {
        Self {
            unit_id: standing.unit.into(),
            state: DbText(standing.state),
            waiting_since: standing.waiting_since.map(Stored::from),
            holder_id: standing.hold.map(|hold| hold.by.into()),
            held_since: standing.hold.map(|hold| hold.since.into()),
            closed_at: standing.closed_at.map(Stored::from),
            moves: i32::try_from(standing.moves).unwrap_or(i32::MAX),
            returns_to_id: standing.returns_to.map(Id::from),
            raised_at: standing.is_raised.then(|| now.into()),
        }
    }
}

/// What the policy weighs of a thread.
pub fn find_facts(conn: &mut DbConn, id: ThreadId) -> QueryResult<Option<ThreadFacts>> {
    Ok(facts!(id).first(conn).optional()?.map(to_facts))
}

/// The same, and until the transaction ends nobody else changes the thread.
pub fn find_facts_to_change(conn: &mut DbConn, id: ThreadId) -> QueryResult<Option<ThreadFacts>> {
    let found = match conn {
        DbConn::Pg(conn) => facts!(id).for_update().first(conn).optional()?,
        // There is one writer.
        DbConn::Sqlite(conn) => facts!(id).first(conn).optional()?,
    };
    Ok(found.map(to_facts))
}

type FactsRow = (Id, StandingRow, Option<Stored>, Stored);

fn to_facts((citizen, row, hidden_at, created_at): FactsRow) -> ThreadFacts {
    ThreadFacts {
        parties: Parties { citizen: citizen.into(), unit: row.unit_id.into() },
        standing: Standing::from(&row),
        is_hidden: hidden_at.is_some(),
        began_at: created_at.into(),
    }
}

/// One thread as `side` sees it.
pub fn find_thread(conn: &mut DbConn, id: ThreadId, side: Side) -> QueryResult<Option<Thread>> {
    let found =
        named_threads!().filter(threads::id.eq(Id::from(id))).first::<NamedThread>(conn).optional()?;
    Ok(to_threads(conn, found.into_iter().collect(), side)?.pop())
}

/// A thread that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewThreadRow<'a> {
    /// Its id.
    pub id: ThreadId,
    /// Whose it is and who has it.
    pub parties: Parties,
    /// What it is about.
    pub topic: TopicId,
    /// The professional who begins it; none when the citizen does.
    pub professional: Option<ProfessionalId>,
    /// The beginning of its first message.
    pub excerpt: &'a str,
    /// The line of the access log it asks about.
    pub about_access: Option<AccessId>,
    /// By when the unit promises to answer.
    pub promised_at: Option<Instant>,
    /// When.
    pub now: Instant,
}

impl NewThreadRow<'_> {
    fn standing(&self) -> Standing {
        match self.professional {
            None => Standing::begun_by_citizen(self.parties.unit, self.now),
            Some(by) => Standing::begun_by_unit(self.parties.unit, by, self.now),
        }
    }
}

/// Adds a thread with its first message counted.
pub fn insert_thread(conn: &mut DbConn, new: &NewThreadRow<'_>) -> QueryResult<usize> {
    let standing = StandingRow::of(&new.standing(), new.now);
    let is_of_citizen = new.professional.is_none();
    let row = ThreadRow {
        id: new.id.into(),
        citizen_id: new.parties.citizen.into(),
        unit_id: standing.unit_id,
        topic_id: new.topic.into(),
        state: standing.state,
        created_at: new.now.into(),
        waiting_since: standing.waiting_since,
        last_message_at: new.now.into(),
        last_sender: DbText(if is_of_citizen { Side::Citizen } else { Side::Unit }),
        excerpt: new.excerpt.to_owned(),
        message_count: 1,
        unread_by_citizen: i32::from(!is_of_citizen),
        unread_by_unit: i32::from(is_of_citizen),
        hidden_from_proxies_at: None,
        about_access_id: new.about_access.map(Id::from),
        holder_id: standing.holder_id,
        held_since: standing.held_since,
        closed_at: None,
        moves: 0,
        returns_to_id: None,
        raised_at: None,
        promised_at: new.promised_at.map(Stored::from),
        promises_missed: 0,
        recorded_at: None,
    };
    let is_due = threads::search_due_at.eq(Some(Stored::from(new.now)));
    diesel::insert_into(threads::table).values((row, is_due)).execute(conn)
}

/// What a new message makes of its thread.
#[derive(Clone, Copy, Debug)]
pub struct Growth<'a> {
    /// Who sent it.
    pub side: Side,
    /// Where the thread stands now.
    pub standing: &'a Standing,
    /// The beginning of the message.
    pub excerpt: &'a str,
    /// When.
    pub now: Instant,
}

/// Counts a new message into its thread.
pub fn grow_thread(conn: &mut DbConn, id: ThreadId, growth: &Growth<'_>) -> QueryResult<usize> {
    let common = (
        StandingRow::of(growth.standing, growth.now),
        threads::last_message_at.eq(Stored::from(growth.now)),
        threads::last_sender.eq(DbText(growth.side)),
        threads::excerpt.eq(growth.excerpt),
        threads::message_count.eq(threads::message_count + 1),
        threads::search_due_at.eq(Some(Stored::from(growth.now))),
    );
    let thread = threads::table.find(Id::from(id));
    match growth.side {
        Side::Citizen => {
            let unread = threads::unread_by_unit.eq(threads::unread_by_unit + 1);
            diesel::update(thread).set((common, unread)).execute(conn)
        }
        Side::Unit => {
            let unread = threads::unread_by_citizen.eq(threads::unread_by_citizen + 1);
            let thread = diesel::update(thread);
            thread.set((common, unread, nothing_promised())).execute(conn)
        }
    }
}

/// Nothing is promised to who does not wait.
#[diesel::dsl::auto_type(no_type_alias)]
fn nothing_promised() -> _ {
    let never: Option<Stored> = None;
    (threads::promised_at.eq(never), threads::promises_missed.eq(0_i32))
}

/// Keeps where a thread stands. An ended one has nothing unread for the unit, and nothing promised.
pub fn save_standing(
    conn: &mut DbConn,
    id: ThreadId,
    standing: &Standing,
    now: Instant,
) -> QueryResult<usize> {
    let (thread, row) = (threads::table.find(Id::from(id)), StandingRow::of(standing, now));
    match standing.state {
        ThreadState::Closed => {
            diesel::update(thread).set((row, nothing_promised(), threads::unread_by_unit.eq(0))).execute(conn)
        }
        ThreadState::Waiting | ThreadState::Answered => diesel::update(thread).set(row).execute(conn),
    }
}

/// Hides a thread from who acts for the citizen, or shows it again (`None`).
pub fn set_hidden(conn: &mut DbConn, id: ThreadId, hidden_at: Option<Instant>) -> QueryResult<usize> {
    diesel::update(threads::table.find(Id::from(id)))
        .set(threads::hidden_from_proxies_at.eq(hidden_at.map(Stored::from)))
        .execute(conn)
}

/// Threads whose citizens wait and which somebody took before `before`, or who has them is away.
pub fn list_lapsed(conn: &mut DbConn, before: Instant, now: Instant) -> QueryResult<Vec<ThreadId>> {
    let is_old = threads::held_since.lt(Some(Stored::from(before)));
    let away = professionals::table
        .filter(professionals::absent_until.gt(Some(Stored::from(now))))
        .select(professionals::id.nullable());
    let held: Vec<Id> = threads::table
        .filter(threads::holder_id.is_not_null())
        .filter(threads::waiting_since.is_not_null())
        .filter(is_old.or(threads::holder_id.eq_any(away)))
        .limit(LAPSED_AT_ONCE)
        .select(threads::id)
        .load(conn)?;
    Ok(held.into_iter().map(ThreadId::from).collect())
}

/// The threads a professional has taken.
pub fn list_held_by(conn: &mut DbConn, who: ProfessionalId) -> QueryResult<Vec<ThreadId>> {
    let held: Vec<Id> =
        threads::table.filter(threads::holder_id.eq(Some(Id::from(who)))).select(threads::id).load(conn)?;
    Ok(held.into_iter().map(ThreadId::from).collect())
}
