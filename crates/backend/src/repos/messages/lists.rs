//! Lists of threads: a citizen's, and the parts of a unit's inbox.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, LinkedId, ProfessionalId, TopicId, UnitId};
use omasote_types::messages::{InboxMark, Side, Thread, ThreadState};

use super::threads::{NamedThread, ThreadRow, TopicNames, UnitNames, named_threads, to_threads};
use crate::cursor::{Place, Window};
use crate::db::schema::{care_relations, citizens, message_links, messages, threads, topics, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};
use crate::repos::people::CitizenNames;

/// Which of a citizen's threads somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Every one.
    All,
    /// Those that are not hidden from who acts for the citizen.
    Unhidden,
    /// Those that certain units have or had.
    Units(Vec<UnitId>),
}

/// A citizen's threads as `side` sees them, the newest message first: all, or those with a message that leads to a thing.
pub fn list_threads(
    conn: &mut DbConn,
    (of, leads_to): (CitizenId, Option<LinkedId>),
    (side, sight): (Side, &Sight),
    window: &Window,
) -> QueryResult<Vec<Thread>> {
    let mut query = named_threads!().filter(threads::citizen_id.eq(Id::from(of)));
    match sight {
        Sight::All => {}
        Sight::Unhidden => query = query.filter(threads::hidden_from_proxies_at.is_null()),
        Sight::Units(units) => {
            let units: Vec<Id> = units.iter().copied().map(Id::from).collect();
            let had_it = care_relations::table
                .filter(care_relations::citizen_id.eq(threads::citizen_id))
                .filter(care_relations::matter_id.eq(threads::id))
                .filter(care_relations::unit_id.eq_any(units.clone()));
            query = query.filter(threads::unit_id.eq_any(units).or(diesel::dsl::exists(had_it)));
        }
    }
    if let Some(thing) = leads_to {
        let leading = message_links::table
            .inner_join(messages::table)
            .filter(message_links::target_id.eq(Id::from(thing)))
            .filter(messages::thread_id.eq(threads::id));
        query = query.filter(diesel::dsl::exists(leading));
    }
    if let Some(after) = window.after {
        query = query.filter(before_place(after));
    }
    let query = query.order((threads::last_message_at.desc(), threads::id.desc())).limit(window.fetch());
    let rows: Vec<NamedThread> = query.load(conn)?;
    to_threads(conn, rows, side)
}

/// Which threads of a part of an inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// Those a professional has taken.
    pub of: Option<ProfessionalId>,
    /// Those nobody has taken.
    pub is_free: bool,
    /// Those about a topic.
    pub topic: Option<TopicId>,
    /// Those with a mark.
    pub mark: Option<InboxMark>,
}

/// Adds the conditions of an [`InboxFilter`] to a query of threads.
macro_rules! narrowed {
    ($query:expr, $filter:expr) => {{
        let (mut query, filter) = ($query, $filter);
        if let Some(holder) = filter.of {
            query = query.filter(threads::holder_id.eq(Some(Id::from(holder))));
        }
        if filter.is_free {
            query = query.filter(threads::holder_id.is_null());
        }
        if let Some(topic) = filter.topic {
            query = query.filter(threads::topic_id.eq(Id::from(topic)));
        }
        match filter.mark {
            Some(InboxMark::Unread) => query = query.filter(threads::unread_by_unit.gt(0)),
            Some(InboxMark::NotUnderstood) => query = query.filter(threads::raised_at.is_not_null()),
            Some(InboxMark::Forwarded) => query = query.filter(threads::moves.gt(0)),
            Some(InboxMark::SentOn) | None => {}
        }
        query
    }};
}

/// The waiting threads of a unit, the longest wait first. One waits for an answer exactly as long as the state says so.
pub fn list_waiting(
    conn: &mut DbConn,
    of: UnitId,
    filter: InboxFilter,
    window: &Window,
) -> QueryResult<Vec<Thread>> {
    let query = named_threads!()
        .filter(threads::unit_id.eq(Id::from(of)))
        .filter(threads::waiting_since.is_not_null());
    let mut query = narrowed!(query, filter);
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
    to_threads(conn, rows, Side::Unit)
}

/// The threads of a unit in a state, the newest message first; closed ones as long as the unit has a care relation: since
/// `since`.
pub fn list_in_state(
    conn: &mut DbConn,
    of: UnitId,
    (state, since, filter): (ThreadState, Instant, InboxFilter),
    window: &Window,
) -> QueryResult<Vec<Thread>> {
    let query =
        named_threads!().filter(threads::unit_id.eq(Id::from(of))).filter(threads::state.eq(DbText(state)));
    let mut query = narrowed!(query, filter);
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
    to_threads(conn, rows, Side::Unit)
}

/// The threads that a unit sent on to others and may still see: it follows them, or its care relation has not ended. The newest
/// message first.
pub fn list_sent_on(
    conn: &mut DbConn,
    of: UnitId,
    since: Instant,
    window: &Window,
) -> QueryResult<Vec<Thread>> {
    let is_current =
        care_relations::closed_at.is_null().or(care_relations::closed_at.gt(Some(Stored::from(since))));
    let had_it = care_relations::table
        .filter(care_relations::unit_id.eq(Id::from(of)))
        .filter(is_current)
        .select(care_relations::matter_id);
    let mut query = named_threads!()
        .filter(threads::unit_id.ne(Id::from(of)))
        .filter(threads::moves.gt(0))
        .filter(threads::id.eq_any(had_it));
    if let Some(after) = window.after {
        query = query.filter(before_place(after));
    }
    let query = query.order((threads::last_message_at.desc(), threads::id.desc())).limit(window.fetch());
    let rows: Vec<NamedThread> = query.load(conn)?;
    to_threads(conn, rows, Side::Unit)
}

/// Threads after a place in a list whose newest come first. The first condition alone lets the index find the place.
#[diesel::dsl::auto_type(no_type_alias)]
fn before_place(place: Place) -> _ {
    let time: Stored = Stored::from(place.time);
    let id: Id = Id::from_uuid(place.id);
    let same_time = threads::last_message_at.eq(time).and(threads::id.lt(id));
    threads::last_message_at.le(time).and(threads::last_message_at.lt(time).or(same_time))
}
