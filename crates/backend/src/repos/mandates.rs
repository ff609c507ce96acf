//! Visits to a national register that are on their way, and what is known of two people when such a register tells of them.

use diesel::dsl::exists;
use diesel::prelude::*;
use omasote_rules::proxies::KnownRight;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProxyId, SessionId};
use omasote_types::proxies::{ProxyKind, ProxySource};

use super::proxies::{EndedBy, Pair, read_scopes};
use crate::db::schema::{citizens, mandate_visits, proxies};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};

/// A visit that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The session in which it began.
    pub session: SessionId,
    /// What the register calls it.
    pub register_session: String,
    /// When it began.
    pub created_at: Instant,
}

/// Keeps a visit that begins.
pub fn insert_visit(conn: &mut DbConn, state_hash: &[u8], visit: &Visit) -> QueryResult<usize> {
    let row = (
        mandate_visits::state_hash.eq(state_hash),
        mandate_visits::session_id.eq(Id::from(visit.session)),
        mandate_visits::register_session.eq(&visit.register_session),
        mandate_visits::created_at.eq(Stored::from(visit.created_at)),
    );
    diesel::insert_into(mandate_visits::table).values(row).execute(conn)
}

/// The visit of a state, if it began in this session.
pub fn find_visit(conn: &mut DbConn, state_hash: &[u8], session: SessionId) -> QueryResult<Option<Visit>> {
    let row: Option<(String, Stored)> = mandate_visits::table
        .find(state_hash)
        .filter(mandate_visits::session_id.eq(Id::from(session)))
        .select((mandate_visits::register_session, mandate_visits::created_at))
        .first(conn)
        .optional()?;
    Ok(row.map(|(register_session, created_at)| Visit {
        session,
        register_session,
        created_at: created_at.into(),
    }))
}

/// Forgets a visit; says whether it was there. Of two that ask at the same moment one hears yes.
pub fn delete_visit(conn: &mut DbConn, state_hash: &[u8]) -> QueryResult<bool> {
    Ok(diesel::delete(mandate_visits::table.find(state_hash)).execute(conn)? == 1)
}

/// Forgets the visits of a session.
pub fn delete_visits_of_session(conn: &mut DbConn, session: SessionId) -> QueryResult<usize> {
    let of_session = mandate_visits::table.filter(mandate_visits::session_id.eq(Id::from(session)));
    diesel::delete(of_session).execute(conn)
}

/// Forgets the visits that began before `before`.
pub fn delete_visits_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    let old = mandate_visits::table.filter(mandate_visits::created_at.lt(Stored::from(before)));
    diesel::delete(old).execute(conn)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = proxies, check_for_backend(MultiBackend))]
struct KnownRow {
    source: DbText<ProxySource>,
    scopes: String,
    starts_at: Stored,
    ends_at: Option<Stored>,
    paused_at: Option<Stored>,
    ended_at: Option<Stored>,
    ended_by: Option<DbText<EndedBy>>,
    narrowed_at: Option<Stored>,
}

impl From<KnownRow> for KnownRight {
    fn from(row: KnownRow) -> Self {
        // Of what ended before it was noted by whom, the person may have ended it.
        let by = row.ended_by.map_or(EndedBy::Person, |by| by.0);
        let by_person_or_staff = matches!(by, EndedBy::Person | EndedBy::Staff);
        Self {
            is_national: row.source.0 == ProxySource::SuomiFi,
            scopes: read_scopes(&row.scopes),
            starts_at: row.starts_at.into(),
            ends_at: row.ends_at.map(Instant::from),
            paused_at: row.paused_at.map(Instant::from),
            narrowed_at: row.narrowed_at.map(Instant::from),
            ended: row.ended_at.map(|at| (at.into(), by_person_or_staff)),
        }
    }
}

/// Every right there is or was of two people, from whatever source.
pub fn list_known(conn: &mut DbConn, pair: Pair) -> QueryResult<Vec<KnownRight>> {
    let rows: Vec<KnownRow> = proxies::table
        .filter(proxies::citizen_id.eq(Id::from(pair.citizen)))
        .filter(proxies::proxy_id.eq(Id::from(pair.proxy)))
        .select(KnownRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(KnownRight::from).collect())
}

/// The person has narrowed what a national register told.
pub fn mark_narrowed(conn: &mut DbConn, id: ProxyId, at: Instant) -> QueryResult<usize> {
    let row = proxies::table.find(Id::from(id));
    diesel::update(row).set(proxies::narrowed_at.eq(Some(Stored::from(at)))).execute(conn)
}

/// Rights that are good for a session end with it. A pause stays, so that it holds in the next session as well.
pub fn end_of_session(conn: &mut DbConn, session: SessionId, now: Instant) -> QueryResult<usize> {
    let open = proxies::table
        .filter(proxies::session_id.eq(Some(Id::from(session))))
        .filter(proxies::ended_at.is_null())
        .filter(proxies::paused_at.is_null());
    let ended =
        (proxies::ended_at.eq(Some(Stored::from(now))), proxies::ended_by.eq(Some(DbText(EndedBy::Session))));
    diesel::update(open).set(ended).execute(conn)
}

/// What was told of two people in a session ends: it is told anew, or no longer.
pub fn end_of_pair(conn: &mut DbConn, pair: Pair, session: SessionId, now: Instant) -> QueryResult<usize> {
    let open = proxies::table
        .filter(proxies::session_id.eq(Some(Id::from(session))))
        .filter(proxies::citizen_id.eq(Id::from(pair.citizen)))
        .filter(proxies::proxy_id.eq(Id::from(pair.proxy)))
        .filter(proxies::ended_at.is_null())
        .filter(proxies::paused_at.is_null());
    let ended =
        (proxies::ended_at.eq(Some(Stored::from(now))), proxies::ended_by.eq(Some(DbText(EndedBy::Session))));
    diesel::update(open).set(ended).execute(conn)
}

/// What a national register told of two people ends in every session, but for one right.
pub fn end_national_of_pair(
    conn: &mut DbConn,
    pair: Pair,
    but: Option<ProxyId>,
    now: Instant,
) -> QueryResult<usize> {
    let mut others = diesel::update(proxies::table)
        .filter(proxies::citizen_id.eq(Id::from(pair.citizen)))
        .filter(proxies::proxy_id.eq(Id::from(pair.proxy)))
        .filter(proxies::source.eq(DbText(ProxySource::SuomiFi)))
        .filter(proxies::ended_at.is_null())
        .filter(proxies::paused_at.is_null())
        .set((
            proxies::ended_at.eq(Some(Stored::from(now))),
            proxies::ended_by.eq(Some(DbText(EndedBy::Session))),
        ))
        .into_boxed::<MultiBackend>();
    if let Some(but) = but {
        others = others.filter(proxies::id.ne(Id::from(but)));
    }
    others.execute(conn)
}

/// What a national register told of a person ends, in every session.
pub fn end_national(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<usize> {
    let open = proxies::table
        .filter(proxies::citizen_id.eq(Id::from(of)))
        .filter(proxies::source.eq(DbText(ProxySource::SuomiFi)))
        .filter(proxies::ended_at.is_null())
        .filter(proxies::paused_at.is_null());
    let ended =
        (proxies::ended_at.eq(Some(Stored::from(now))), proxies::ended_by.eq(Some(DbText(EndedBy::Session))));
    diesel::update(open).set(ended).execute(conn)
}

/// Whether another guardian of a child, who is known here, is protected.
pub fn has_protected_guardian(conn: &mut DbConn, pair: Pair, now: Instant) -> QueryResult<bool> {
    let now: Option<Stored> = Some(Stored::from(now));
    let protected = proxies::table
        .inner_join(citizens::table.on(citizens::id.eq(proxies::proxy_id)))
        .filter(proxies::citizen_id.eq(Id::from(pair.citizen)))
        .filter(proxies::proxy_id.ne(Id::from(pair.proxy)))
        .filter(proxies::kind.eq(DbText(ProxyKind::Guardian)))
        .filter(proxies::ended_at.is_null())
        .filter(proxies::ends_at.is_null().or(proxies::ends_at.gt(now)))
        .filter(citizens::non_disclosed_since.is_not_null());
    diesel::select(exists(protected)).get_result(conn)
}
