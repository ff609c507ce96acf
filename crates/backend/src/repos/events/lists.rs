//! Lists of events.

use chrono::TimeDelta;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::events::{AgendaList, Event, EventList, EventState, MAX_EVENT_HOURS};
use omasote_types::ids::{CitizenId, EventId, UnitId};
use omasote_types::messages::Side;

use super::rows::{EventRow, NamedEvent, named_events, to_event};
use crate::cursor::Window;
use crate::db::schema::{citizens, events, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};

/// Which of a citizen's events somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Every one.
    All,
    /// Those that are not hidden from who acts for the citizen.
    Unhidden,
}

/// Which of a list's events comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    NextFirst,
    LatestFirst,
}

/// Cuts a query of events to a page.
macro_rules! page_of {
    ($query:expr, $conn:expr, ($order:expr, $window:expr)) => {{
        let (query, order, window): (_, Order, &Window) = ($query, $order, $window);
        let query = match (order, window.after) {
            (Order::NextFirst, Some(after)) => {
                let (time, id) = (Stored::from(after.time), Id::from_uuid(after.id));
                let same_time = events::starts_at.eq(time).and(events::id.gt(id));
                query.filter(events::starts_at.ge(time)).filter(events::starts_at.gt(time).or(same_time))
            }
            (Order::LatestFirst, Some(after)) => {
                let (time, id) = (Stored::from(after.time), Id::from_uuid(after.id));
                let same_time = events::starts_at.eq(time).and(events::id.lt(id));
                query.filter(events::starts_at.le(time)).filter(events::starts_at.lt(time).or(same_time))
            }
            (_, None) => query,
        };
        let query = match order {
            Order::NextFirst => query.order((events::starts_at.asc(), events::id.asc())),
            Order::LatestFirst => query.order((events::starts_at.desc(), events::id.desc())),
        };
        let rows: Vec<NamedEvent> = query.limit(window.fetch()).load($conn)?;
        Ok(rows.into_iter().map(to_event).collect())
    }};
}

/// Cuts a query of events to a page of those to come or of those that are over.
macro_rules! page_by_clock {
    ($query:expr, $conn:expr, ($list:expr, $now:expr, $window:expr)) => {{
        let (query, now): (_, Instant) = ($query, $now);
        let (query, order) = match $list {
            // That none lasts longer than a day lets the index find where the list begins.
            EventList::Coming => {
                let begins = now - TimeDelta::hours(MAX_EVENT_HOURS);
                let query = query
                    .filter(events::ends_at.gt(Stored::from(now)))
                    .filter(events::starts_at.gt(Stored::from(begins)));
                (query, Order::NextFirst)
            }
            EventList::Past => (query.filter(events::ends_at.le(Stored::from(now))), Order::LatestFirst),
        };
        page_of!(query, $conn, (order, $window))
    }};
}

/// A page of a citizen's events.
pub fn list_of_citizen(
    conn: &mut DbConn,
    (of, shown): (CitizenId, Shown),
    (list, now): (EventList, Instant),
    window: &Window,
) -> QueryResult<Vec<Event>> {
    let mut query = named_events!().filter(events::citizen_id.eq(Id::from(of)));
    if shown == Shown::Unhidden {
        query = query.filter(events::hidden_from_proxies_at.is_null());
    }
    page_by_clock!(query, conn, (list, now, window))
}

/// A page of what a part of the agenda has of a citizen's events. What that is stands in `rules/events`; `tomorrow` is when it begins.
pub fn list_for_agenda(
    conn: &mut DbConn,
    (of, shown): (CitizenId, Shown),
    (list, now, tomorrow): (AgendaList, Instant, Instant),
    window: &Window,
) -> QueryResult<Vec<Event>> {
    let mut query = named_events!().filter(events::citizen_id.eq(Id::from(of)));
    if shown == Shown::Unhidden {
        query = query.filter(events::hidden_from_proxies_at.is_null());
    }
    let is_to_be = events::state.ne(DbText(EventState::Cancelled));
    let (now, tomorrow) = (Stored::from(now), Stored::from(tomorrow));
    let waits = events::state.eq(DbText(EventState::Booked)).and(events::asked_at.is_null());
    let (query, order) = match list {
        AgendaList::Now => {
            let is_today = events::starts_at.lt(tomorrow);
            let query = query.filter(is_to_be).filter(events::ends_at.gt(now)).filter(is_today.or(waits));
            (query, Order::NextFirst)
        }
        AgendaList::Coming => {
            let is_settled = diesel::dsl::not(waits);
            let query = query.filter(is_to_be).filter(events::starts_at.ge(tomorrow)).filter(is_settled);
            (query, Order::NextFirst)
        }
        AgendaList::Done => {
            let is_cancelled = events::state.eq(DbText(EventState::Cancelled));
            (query.filter(events::ends_at.le(now).or(is_cancelled)), Order::LatestFirst)
        }
    };
    page_of!(query, conn, (order, window))
}

/// A page of a unit's events: those that ended after `since`.
pub fn list_of_unit(
    conn: &mut DbConn,
    of: UnitId,
    (list, now, since): (EventList, Instant, Instant),
    window: &Window,
) -> QueryResult<Vec<Event>> {
    let query = named_events!()
        .filter(events::unit_id.eq(Id::from(of)))
        .filter(events::ends_at.gt(Stored::from(since)));
    page_by_clock!(query, conn, (list, now, window))
}

/// Where an event stands: its state, since when another time is wished, who cancelled it.
type StateColumns = (DbText<EventState>, Option<Stored>, Option<DbText<Side>>);

/// Whether a citizen has events to come that wait for them to say that they come, or that their unit has cancelled.
pub fn has_news(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<bool> {
    let coming: Vec<StateColumns> = events::table
        .filter(events::citizen_id.eq(Id::from(of)))
        .filter(events::starts_at.gt(Stored::from(now)))
        .select((events::state, events::asked_at, events::cancelled_by))
        .load(conn)?;
    Ok(coming.into_iter().any(|(state, asked_at, cancelled_by)| match state.0 {
        EventState::Booked => asked_at.is_none(),
        EventState::Confirmed => false,
        EventState::Cancelled => cancelled_by.is_some_and(|by| by.0 == Side::Unit),
    }))
}

/// A citizen's events that begin after a moment, the next first.
pub fn list_for_calendar(
    conn: &mut DbConn,
    of: CitizenId,
    since: Instant,
    limit: i64,
) -> QueryResult<Vec<Event>> {
    let rows: Vec<NamedEvent> = named_events!()
        .filter(events::citizen_id.eq(Id::from(of)))
        .filter(events::starts_at.gt(Stored::from(since)))
        .order((events::starts_at.asc(), events::id.asc()))
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(to_event).collect())
}

/// Every event of a citizen, the latest first.
pub fn list_all(conn: &mut DbConn, of: CitizenId) -> QueryResult<Vec<Event>> {
    let rows: Vec<NamedEvent> = named_events!()
        .filter(events::citizen_id.eq(Id::from(of)))
        .order((events::starts_at.desc(), events::id.desc()))
        .load(conn)?;
    Ok(rows.into_iter().map(to_event).collect())
}

/// Events that are over and whose care relation is open, with when they ended.
pub fn list_over(conn: &mut DbConn, now: Instant, limit: i64) -> QueryResult<Vec<(EventId, Instant)>> {
    let rows: Vec<(Id, Stored)> = events::table
        .filter(events::closed_at.is_null())
        .filter(events::ends_at.le(Stored::from(now)))
        .order((events::ends_at.asc(), events::id.asc()))
        .limit(limit)
        .select((events::id, events::ends_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, ended)| (id.into(), ended.into())).collect())
}
