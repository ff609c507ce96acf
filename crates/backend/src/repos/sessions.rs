//! Accounts, failed sign-ins, sessions and refresh tokens.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{AccountId, ClientId, ConsentId, SessionId};
use omasote_types::sessions::PersonId;

use super::people::{columns_of, person_of};
use crate::db::schema::{accounts, refresh_tokens, sessions, sign_in_failures};
use crate::db::{DbConn, Id, Stored};
use crate::per_backend;

/// A local account that may sign in.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose it is.
    pub person: PersonId,
    /// Hash of its password.
    pub password_hash: String,
}

/// A local account that is kept.
#[derive(Clone, Debug)]
pub struct KnownAccount {
    /// Its id.
    pub id: AccountId,
    /// Its user name.
    pub username: String,
    /// Whose it is, and what proves it.
    pub account: Account,
    /// Since when the password is one for a single sign-in, at which another is chosen.
    pub one_time_since: Option<Instant>,
}

type AccountRow = (Id, String, Option<Id>, Option<Id>, String, Option<Stored>);
const ACCOUNT_COLUMNS: (
    accounts::id,
    accounts::username,
    accounts::citizen_id,
    accounts::professional_id,
    accounts::password_hash,
    accounts::one_time_since,
) = (
    accounts::id,
    accounts::username,
    accounts::citizen_id,
    accounts::professional_id,
    accounts::password_hash,
    accounts::one_time_since,
);

fn known(
    (id, username, citizen, professional, password_hash, one_time_since): AccountRow,
) -> Option<KnownAccount> {
    let account = Account { person: person_of(citizen, professional)?, password_hash };
    Some(KnownAccount { id: id.into(), username, account, one_time_since: one_time_since.map(Instant::from) })
}

/// The account of a user name, unless it is disabled.
pub fn find_account(conn: &mut DbConn, username: &str) -> QueryResult<Option<KnownAccount>> {
    let open = accounts::table.filter(accounts::username.eq(username).and(accounts::disabled_at.is_null()));
    Ok(open.select(ACCOUNT_COLUMNS).first(conn).optional()?.and_then(known))
}

/// The account of a person, unless it is disabled.
pub fn find_account_of(conn: &mut DbConn, person: PersonId) -> QueryResult<Option<KnownAccount>> {
    let (citizen, professional) = columns_of(person);
    let open = accounts::table
        .filter(accounts::citizen_id.eq(citizen).or(accounts::professional_id.eq(professional)))
        .filter(accounts::disabled_at.is_null());
    Ok(open.select(ACCOUNT_COLUMNS).first(conn).optional()?.and_then(known))
}

/// Whether a user name is taken, by a disabled account too.
pub fn is_username_taken(conn: &mut DbConn, username: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(accounts::table.filter(accounts::username.eq(username))))
        .get_result(conn)
}

/// Adds an account whose password is its owner's own choice.
pub fn insert_account(
    conn: &mut DbConn,
    id: AccountId,
    username: &str,
    account: &Account,
    now: Instant,
) -> QueryResult<usize> {
    let (citizen, professional) = columns_of(account.person);
    let row = (
        accounts::id.eq(Id::from(id)),
        accounts::username.eq(username),
        accounts::password_hash.eq(&account.password_hash),
        accounts::citizen_id.eq(citizen),
        accounts::professional_id.eq(professional),
        accounts::created_at.eq(Stored::from(now)),
        accounts::disabled_at.eq(None::<Stored>),
        accounts::one_time_since.eq(None::<Stored>),
    );
    diesel::insert_into(accounts::table).values(row).execute(conn)
}

/// How often sign-in failed for a subject (a hash), and when last.
#[derive(Clone, Copy, Debug)]
pub struct Failures {
    /// How often in a row.
    pub count: i32,
    /// When last.
    pub last_at: Instant,
}

/// The failures of a subject.
pub fn find_failures(conn: &mut DbConn, subject: &[u8]) -> QueryResult<Option<Failures>> {
    let row: Option<(i32, Stored)> = sign_in_failures::table
        .find(subject)
        .select((sign_in_failures::failures, sign_in_failures::last_failed_at))
        .first(conn)
        .optional()?;
    Ok(row.map(|(count, last_at)| Failures { count, last_at: last_at.into() }))
}

/// Keeps the failures of a subject. The upsert is beyond the enum.
pub fn save_failures(conn: &mut DbConn, subject: &[u8], failures: Failures) -> QueryResult<usize> {
    let last_failed_at = Stored::from(failures.last_at);
    let changes =
        (sign_in_failures::failures.eq(failures.count), sign_in_failures::last_failed_at.eq(last_failed_at));
    per_backend!(conn, conn => {
        diesel::insert_into(sign_in_failures::table)
            .values((sign_in_failures::subject.eq(subject), changes))
            .on_conflict(sign_in_failures::subject)
            .do_update()
            .set(changes)
            .execute(conn)
    })
}

/// Forgets the failures of a subject.
pub fn delete_failures(conn: &mut DbConn, subject: &[u8]) -> QueryResult<usize> {
    diesel::delete(sign_in_failures::table.find(subject)).execute(conn)
}

/// Forgets failures older than `before`.
pub fn delete_failures_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    let old = sign_in_failures::table.filter(sign_in_failures::last_failed_at.lt(Stored::from(before)));
    diesel::delete(old).execute(conn)
}

/// A session as it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// When it ends at the latest.
    pub ends_at: Instant,
}

/// The program whose session it is, and by whose consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The program.
    pub client: ClientId,
    /// The consent; none for a unit's system.
    pub consent: Option<ConsentId>,
}

/// Adds a session that was opened from `device`.
pub fn insert(
    conn: &mut DbConn,
    session: &Session,
    device: Option<&str>,
    holder: Option<Holder>,
    now: Instant,
) -> QueryResult<usize> {
    let (citizen, professional) = columns_of(session.person);
    let row = (
        sessions::id.eq(Id::from(session.id)),
        sessions::citizen_id.eq(citizen),
        sessions::professional_id.eq(professional),
        sessions::created_at.eq(Stored::from(now)),
        sessions::ends_at.eq(Stored::from(session.ends_at)),
        sessions::ended_at.eq(None::<Stored>),
        sessions::device.eq(device),
        sessions::used_at.eq(Some(Stored::from(now))),
        sessions::client_id.eq(holder.map(|holder| Id::from(holder.client))),
        sessions::consent_id.eq(holder.and_then(|holder| holder.consent).map(Id::from)),
    );
    diesel::insert_into(sessions::table).values(row).execute(conn)
}

/// Ends a session; says whether it had not ended before.
pub fn end(conn: &mut DbConn, id: SessionId, now: Instant) -> QueryResult<bool> {
    let open = sessions::table.filter(sessions::id.eq(Id::from(id)).and(sessions::ended_at.is_null()));
    let ended = diesel::update(open).set(sessions::ended_at.eq(Some(Stored::from(now)))).execute(conn)?;
    Ok(ended == 1)
}

/// The sessions that were ended since `since`.
pub fn list_ended_since(conn: &mut DbConn, since: Instant) -> QueryResult<Vec<SessionId>> {
    let query = sessions::table.filter(sessions::ended_at.ge(Some(Stored::from(since))));
    let ids: Vec<Id> = query.select(sessions::id).load(conn)?;
    Ok(ids.into_iter().map(SessionId::from).collect())
}

/// A session that has not ended.
#[derive(Clone, Debug)]
pub struct Open {
    /// Its id.
    pub id: SessionId,
    /// When it was opened.
    pub opened_at: Instant,
    /// When the person last used it.
    pub used_at: Instant,
    /// The browser and system it was opened from.
    pub device: Option<String>,
}

/// A person's own sessions that have not ended, the one used last first; programs' are none of them.
pub fn list_open(conn: &mut DbConn, of: PersonId, now: Instant) -> QueryResult<Vec<Open>> {
    type Row = (Id, Stored, Option<String>, Option<Stored>);
    let (citizen, professional) = columns_of(of);
    let rows: Vec<Row> = sessions::table
        .filter(sessions::citizen_id.eq(citizen).or(sessions::professional_id.eq(professional)))
        .filter(sessions::ended_at.is_null().and(sessions::ends_at.gt(Stored::from(now))))
        .filter(sessions::client_id.is_null())
        .select((sessions::id, sessions::created_at, sessions::device, sessions::used_at))
        .load(conn)?;
    let mut open: Vec<Open> = rows
        .into_iter()
        .map(|(id, opened_at, device, used_at)| {
            let opened_at = Instant::from(opened_at);
            Open { id: id.into(), opened_at, used_at: used_at.map_or(opened_at, Instant::from), device }
        })
        .collect();
    open.sort_by_key(|session| std::cmp::Reverse(session.used_at));
    Ok(open)
}

/// A refresh token and the session it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct KnownToken {
    /// The session.
    pub session: Session,
    /// Whether the session was ended.
    pub is_session_ended: bool,
    /// When the person last used the session.
    pub used_at: Instant,
    /// When the token was exchanged for another.
    pub rotated_at: Option<Instant>,
    /// The program whose session it is; none when it is a browser's.
    pub holder: Option<Holder>,
}

/// The token of a hash.
pub fn find_token(conn: &mut DbConn, hash: &[u8]) -> QueryResult<Option<KnownToken>> {
    type Row = (
        (Option<Stored>, Stored, Option<Stored>),
        (Option<Id>, Option<Id>),
        Id,
        Option<Id>,
        Option<Id>,
        Stored,
        Option<Stored>,
    );
    let row: Option<Row> = refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::token_hash.eq(hash))
        .select((
            (sessions::used_at, sessions::created_at, refresh_tokens::rotated_at),
            (sessions::client_id, sessions::consent_id),
            sessions::id,
            sessions::citizen_id,
            sessions::professional_id,
            sessions::ends_at,
            sessions::ended_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(times, (client, consent), id, citizen, professional, ends_at, ended_at)| {
        let person = person_of(citizen, professional)?;
        let (used_at, opened_at, rotated_at) = times;
        Some(KnownToken {
            session: Session { id: id.into(), person, ends_at: ends_at.into() },
            is_session_ended: ended_at.is_some(),
            used_at: used_at.unwrap_or(opened_at).into(),
            rotated_at: rotated_at.map(Instant::from),
            holder: client
                .map(|client| Holder { client: client.into(), consent: consent.map(ConsentId::from) }),
        })
    }))
}

/// Adds a refresh token.
pub fn insert_token(conn: &mut DbConn, hash: &[u8], session: SessionId, now: Instant) -> QueryResult<usize> {
    let row = (
        refresh_tokens::token_hash.eq(hash),
        refresh_tokens::session_id.eq(Id::from(session)),
        refresh_tokens::created_at.eq(Stored::from(now)),
        refresh_tokens::rotated_at.eq(None::<Stored>),
    );
    diesel::insert_into(refresh_tokens::table).values(row).execute(conn)
}

/// Notes when the person last used a session; what was noted of a later moment stays.
pub fn note_use(conn: &mut DbConn, session: SessionId, at: Instant) -> QueryResult<usize> {
    let earlier = sessions::table
        .filter(sessions::id.eq(Id::from(session)))
        .filter(sessions::used_at.is_null().or(sessions::used_at.lt(Some(Stored::from(at)))));
    diesel::update(earlier).set(sessions::used_at.eq(Some(Stored::from(at)))).execute(conn)
}

/// Marks a token as exchanged; the first time counts.
pub fn mark_rotated(conn: &mut DbConn, hash: &[u8], now: Instant) -> QueryResult<usize> {
    let fresh = refresh_tokens::table
        .filter(refresh_tokens::token_hash.eq(hash).and(refresh_tokens::rotated_at.is_null()));
    diesel::update(fresh).set(refresh_tokens::rotated_at.eq(Some(Stored::from(now)))).execute(conn)
}

/// Forgets the tokens of sessions that ended before `before`.
pub fn delete_tokens_of_sessions_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    let old = sessions::table.filter(sessions::ends_at.lt(Stored::from(before))).select(sessions::id);
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(old))).execute(conn)
}

/// Forgets the sessions that were over, by themselves, before `before`. Their tokens go first.
pub fn delete_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::ends_at.lt(Stored::from(before)))).execute(conn)
}
