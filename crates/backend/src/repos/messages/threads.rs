//! Threads. The row carries what lists show, so a list is one query.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{AccessId, CitizenId, ThreadId, TopicId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Side, Thread, ThreadState};
use omasote_types::units::UnitRef;

use crate::cursor::{Place, Window};
use crate::db::schema::{care_relations, citizens, threads, topics, units};
use crate::db::{DbConn, DbInstant, DbText, Id, MultiBackend, Stored};
use crate::policy::{Parties, ThreadFacts};
use crate::repos::people::CitizenNames;

diesel::define_sql_function! {
    /// The first that is not null.
    fn coalesce(one: diesel::sql_types::Nullable<DbInstant>, other: diesel::sql_types::Nullable<DbInstant>)
        -> diesel::sql_types::Nullable<DbInstant>;
}

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = threads, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct ThreadRow {
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
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = units, check_for_backend(MultiBackend))]
struct UnitNames {
    name_fi: String,
    name_sv: String,
    name_en: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = topics, check_for_backend(MultiBackend))]
struct TopicNames {
    name_fi: String,
    name_sv: String,
    name_en: String,
}

type NamedThread = (ThreadRow, CitizenNames, UnitNames, TopicNames);

/// The thread as `side` sees it.
fn to_thread((row, citizen, unit, topic): NamedThread, side: Side) -> Thread {
    let unread = match side {
        Side::Citizen => row.unread_by_citizen,
        Side::Unit => row.unread_by_unit,
    };
    let restricted_since = citizen.restricted_since();
    let created_at = Instant::from(row.created_at);
    Thread {
        id: row.id.into(),
        citizen: citizen.named(row.citizen_id.into()),
        unit: UnitRef {
            id: row.unit_id.into(),
            name: LocalText { fi: unit.name_fi, sv: unit.name_sv, en: unit.name_en },
        },
        topic: LocalText { fi: topic.name_fi, sv: topic.name_sv, en: topic.name_en },
        state: row.state.0,
        created_at,
        waiting_since: row.waiting_since.map(Instant::from),
        last_message_at: row.last_message_at.into(),
        last_sender: row.last_sender.0,
        excerpt: row.excerpt,
        message_count: u32::try_from(row.message_count).unwrap_or_default(),
        unread_count: u32::try_from(unread).unwrap_or_default(),
        is_hidden_from_proxies: row.hidden_from_proxies_at.is_some(),
        is_restricted: restricted_since.is_some_and(|since| created_at <= since),
        about_access: row.about_access_id.map(AccessId::from),
    }
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

/// What the policy weighs of a thread.
pub fn find_facts(conn: &mut DbConn, id: ThreadId) -> QueryResult<Option<ThreadFacts>> {
    let columns = (
        threads::citizen_id,
        threads::unit_id,
        threads::state,
        threads::hidden_from_proxies_at,
        threads::created_at,
    );
    type Row = (Id, Id, DbText<ThreadState>, Option<Stored>, Stored);
    let found: Option<Row> = threads::table.find(Id::from(id)).select(columns).first(conn).optional()?;
    Ok(found.map(|(citizen, unit, state, hidden_at, created_at)| ThreadFacts {
        parties: Parties { citizen: citizen.into(), unit: unit.into() },
        is_closed: state.0 == ThreadState::Closed,
        is_hidden: hidden_at.is_some(),
        began_at: created_at.into(),
    }))
}

/// One thread as `side` sees it.
pub fn find_thread(conn: &mut DbConn, id: ThreadId, side: Side) -> QueryResult<Option<Thread>> {
    let found =
        named_threads!().filter(threads::id.eq(Id::from(id))).first::<NamedThread>(conn).optional()?;
    Ok(found.map(|thread| to_thread(thread, side)))
}

/// Which of a citizen's threads somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Every one.
    All,
    /// Those that are not hidden from who acts for the citizen.
    Unhidden,
    /// Those of certain units.
    Units(Vec<UnitId>),
}

/// A citizen's threads as `side` sees them, the newest message first.
pub fn list_threads(
    conn: &mut DbConn,
    of: CitizenId,
    (side, sight): (Side, &Sight),
    window: &Window,
) -> QueryResult<Vec<Thread>> {
    let mut query = named_threads!().filter(threads::citizen_id.eq(Id::from(of)));
    match sight {
        Sight::All => {}
        Sight::Unhidden => query = query.filter(threads::hidden_from_proxies_at.is_null()),
        Sight::Units(units) => {
            let units: Vec<Id> = units.iter().copied().map(Id::from).collect();
            query = query.filter(threads::unit_id.eq_any(units));
        }
    }
    if let Some(after) = window.after {
        query = query.filter(before_place(after));
    }
    let query = query.order((threads::last_message_at.desc(), threads::id.desc())).limit(window.fetch());
    let rows: Vec<NamedThread> = query.load(conn)?;
    Ok(rows.into_iter().map(|row| to_thread(row, side)).collect())
}

/// The waiting threads of a unit, the longest wait first. One waits for an answer exactly as long as the state says so.
pub fn list_waiting(conn: &mut DbConn, of: UnitId, window: &Window) -> QueryResult<Vec<Thread>> {
    let mut query = named_threads!()
        .filter(threads::unit_id.eq(Id::from(of)))
        .filter(threads::waiting_since.is_not_null());
    if let Some(after) = window.after {
        let (time, id) = (Some(Stored::from(after.time)), Id::from_uuid(after.id));
        let same_time = threads::waiting_since.eq(time).and(threads::id.gt(id));
        // The first condition alone lets the index find the place.
        query = query
            .filter(threads::waiting_since.ge(time))
            .filter(threads::waiting_since.gt(time).or(same_time));
    }
    let query = query.order((threads::waiting_since.asc(), threads::id.asc())).limit(window.fetch());
    let rows: Vec<NamedThread> = query.load(conn)?;
    Ok(rows.into_iter().map(|row| to_thread(row, Side::Unit)).collect())
}

/// The threads of a unit in a state, the newest message first; closed ones as long as the unit has a care relation: since
/// `since`.
pub fn list_in_state(
    conn: &mut DbConn,
    of: UnitId,
    (state, since): (ThreadState, Instant),
    window: &Window,
) -> QueryResult<Vec<Thread>> {
    let mut query =
        named_threads!().filter(threads::unit_id.eq(Id::from(of))).filter(threads::state.eq(DbText(state)));
    if state == ThreadState::Closed {
        let is_current =
            care_relations::closed_at.is_null().or(care_relations::closed_at.gt(Some(Stored::from(since))));
        let relation = care_relations::table
            .filter(care_relations::citizen_id.eq(threads::citizen_id))
            .filter(care_relations::unit_id.eq(threads::unit_id))
            .filter(is_current);
        query = query.filter(diesel::dsl::exists(relation));
    }
    if let Some(after) = window.after {
        query = query.filter(before_place(after));
    }
    let query = query.order((threads::last_message_at.desc(), threads::id.desc())).limit(window.fetch());
    let rows: Vec<NamedThread> = query.load(conn)?;
    Ok(rows.into_iter().map(|row| to_thread(row, Side::Unit)).collect())
}

/// Threads after a place in a list whose newest come first. The first condition alone lets the index find the place.
#[diesel::dsl::auto_type(no_type_alias)]
fn before_place(place: Place) -> _ {
    let time: Stored = Stored::from(place.time);
    let id: Id = Id::from_uuid(place.id);
    let same_time = threads::last_message_at.eq(time).and(threads::id.lt(id));
    threads::last_message_at.le(time).and(threads::last_message_at.lt(time).or(same_time))
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
    /// The beginning of its first message.
    pub excerpt: &'a str,
    /// The line of the access log it asks about.
    pub about_access: Option<AccessId>,
    /// When.
    pub now: Instant,
}

/// Adds a thread whose first message the citizen sends.
pub fn insert_thread(conn: &mut DbConn, new: &NewThreadRow<'_>) -> QueryResult<usize> {
    let row = ThreadRow {
        id: new.id.into(),
        citizen_id: new.parties.citizen.into(),
        unit_id: new.parties.unit.into(),
        topic_id: new.topic.into(),
        state: DbText(ThreadState::Waiting),
        created_at: new.now.into(),
        waiting_since: Some(new.now.into()),
        last_message_at: new.now.into(),
        last_sender: DbText(Side::Citizen),
        excerpt: new.excerpt.to_owned(),
        message_count: 1,
        unread_by_citizen: 0,
        unread_by_unit: 1,
        hidden_from_proxies_at: None,
        about_access_id: new.about_access.map(Id::from),
    };
    diesel::insert_into(threads::table).values(row).execute(conn)
}

/// What a new message makes of its thread.
#[derive(Clone, Copy, Debug)]
pub struct Growth<'a> {
    /// Who sent it.
    pub side: Side,
    /// Where the thread stands now.
    pub state: ThreadState,
    /// The beginning of the message.
    pub excerpt: &'a str,
    /// When.
    pub now: Instant,
}

/// Counts a new message into its thread. One who waits already goes on waiting since the same moment.
pub fn grow_thread(conn: &mut DbConn, id: ThreadId, growth: &Growth<'_>) -> QueryResult<usize> {
    let now = Stored::from(growth.now);
    let common = (
        threads::state.eq(DbText(growth.state)),
        threads::last_message_at.eq(now),
        threads::last_sender.eq(DbText(growth.side)),
        threads::excerpt.eq(growth.excerpt),
        threads::message_count.eq(threads::message_count + 1),
    );
    let thread = threads::table.find(Id::from(id));
    match growth.side {
        Side::Citizen => {
            let unread = threads::unread_by_unit.eq(threads::unread_by_unit + 1);
            let waiting_since = threads::waiting_since.eq(coalesce(threads::waiting_since, Some(now)));
            diesel::update(thread).set((common, unread, waiting_since)).execute(conn)
        }
        Side::Unit => {
            let unread = threads::unread_by_citizen.eq(threads::unread_by_citizen + 1);
            diesel::update(thread)
                .set((common, unread, threads::waiting_since.eq(None::<Stored>)))
                .execute(conn)
        }
    }
}

/// Closes a thread: nobody waits any more, and the unit has read it.
pub fn close_thread(conn: &mut DbConn, id: ThreadId) -> QueryResult<usize> {
    diesel::update(threads::table.find(Id::from(id)))
        .set((
            threads::state.eq(DbText(ThreadState::Closed)),
            threads::waiting_since.eq(None::<Stored>),
            threads::unread_by_unit.eq(0),
        ))
        .execute(conn)
}

/// Hides a thread from who acts for the citizen, or shows it again (`None`).
pub fn set_hidden(conn: &mut DbConn, id: ThreadId, hidden_at: Option<Instant>) -> QueryResult<usize> {
    diesel::update(threads::table.find(Id::from(id)))
        .set(threads::hidden_from_proxies_at.eq(hidden_at.map(Stored::from)))
        .execute(conn)
}
