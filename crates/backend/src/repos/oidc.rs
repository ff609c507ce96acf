//! Sign-ins through OpenID providers that are on their way, who in a directory is which professional, and which sessions a
//! provider opened.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{ProfessionalId, SessionId};

use crate::db::schema::{directory_accounts, oidc_sessions, sessions, sign_in_attempts};
use crate::db::{DbConn, Id, MultiBackend, Stored};

/// A sign-in that is on its way.
#[derive(Clone)]
pub struct Attempt {
    /// Hash of the browser's secret.
    pub browser_hash: Vec<u8>,
    /// The provider's id.
    pub provider: String,
    /// What the ID token must hold.
    pub nonce: String,
    /// What shows that we asked for the code.
    pub code_verifier: String,
    /// Where to go then.
    pub return_to: String,
    /// When it began.
    pub created_at: Instant,
}

/// Keeps a sign-in that begins.
pub fn insert_attempt(conn: &mut DbConn, state_hash: &[u8], attempt: &Attempt) -> QueryResult<usize> {
    let row = (
        sign_in_attempts::state_hash.eq(state_hash),
        sign_in_attempts::browser_hash.eq(&attempt.browser_hash),
        sign_in_attempts::provider.eq(&attempt.provider),
        sign_in_attempts::nonce.eq(&attempt.nonce),
        sign_in_attempts::code_verifier.eq(&attempt.code_verifier),
        sign_in_attempts::return_to.eq(&attempt.return_to),
        sign_in_attempts::created_at.eq(Stored::from(attempt.created_at)),
    );
    diesel::insert_into(sign_in_attempts::table).values(row).execute(conn)
}

/// The sign-in of a state.
pub fn find_attempt(conn: &mut DbConn, state_hash: &[u8]) -> QueryResult<Option<Attempt>> {
    type Row = (Vec<u8>, String, String, String, String, Stored);
    let row: Option<Row> = sign_in_attempts::table
        .find(state_hash)
        .select((
            sign_in_attempts::browser_hash,
            sign_in_attempts::provider,
            sign_in_attempts::nonce,
            sign_in_attempts::code_verifier,
            sign_in_attempts::return_to,
            sign_in_attempts::created_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(browser_hash, provider, nonce, code_verifier, return_to, created_at)| Attempt {
        browser_hash,
        provider,
        nonce,
        code_verifier,
        return_to,
        created_at: created_at.into(),
    }))
}

/// Forgets a sign-in; says whether it was there. Of two that ask at the same moment one hears yes.
pub fn delete_attempt(conn: &mut DbConn, state_hash: &[u8]) -> QueryResult<bool> {
    Ok(diesel::delete(sign_in_attempts::table.find(state_hash)).execute(conn)? == 1)
}

/// Forgets the sign-ins that began before `before`.
pub fn delete_attempts_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    let old = sign_in_attempts::table.filter(sign_in_attempts::created_at.lt(Stored::from(before)));
    diesel::delete(old).execute(conn)
}

/// The professional who is a subject of a provider.
pub fn find_linked(conn: &mut DbConn, issuer: &str, subject: &str) -> QueryResult<Option<ProfessionalId>> {
    let id: Option<Id> = directory_accounts::table
        .filter(
            directory_accounts::issuer.eq(Some(issuer)).and(directory_accounts::subject.eq(Some(subject))),
        )
        .select(directory_accounts::professional_id)
        .first(conn)
        .optional()?;
    Ok(id.map(ProfessionalId::from))
}

/// Links the professional of a directory name to a subject of a provider, unless they are linked already; tells who it is.
pub fn link(
    conn: &mut DbConn,
    directory_name: &str,
    (issuer, subject): (&str, &str),
    now: Instant,
) -> QueryResult<Option<ProfessionalId>> {
    let free = directory_accounts::table.filter(
        directory_accounts::directory_name.eq(directory_name).and(directory_accounts::linked_at.is_null()),
    );
    let id: Option<Id> = free.select(directory_accounts::professional_id).first(conn).optional()?;
    let Some(id) = id else { return Ok(None) };
    let changes = (
        directory_accounts::issuer.eq(Some(issuer)),
        directory_accounts::subject.eq(Some(subject)),
        directory_accounts::linked_at.eq(Some(Stored::from(now))),
    );
    let still_free = directory_accounts::table.find(id).filter(directory_accounts::linked_at.is_null());
    let linked = diesel::update(still_free).set(changes).execute(conn)?;
    Ok((linked == 1).then(|| id.into()))
}

/// Whether a directory name is taken.
pub fn is_directory_name_taken(conn: &mut DbConn, directory_name: &str) -> QueryResult<bool> {
    let taken = directory_accounts::table.filter(directory_accounts::directory_name.eq(directory_name));
    diesel::select(diesel::dsl::exists(taken)).get_result(conn)
}

/// Notes by which name the directory knows a professional.
pub fn insert_directory_account(
    conn: &mut DbConn,
    of: ProfessionalId,
    directory_name: &str,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        directory_accounts::professional_id.eq(Id::from(of)),
        directory_accounts::directory_name.eq(directory_name),
        directory_accounts::issuer.eq(None::<String>),
        directory_accounts::subject.eq(None::<String>),
        directory_accounts::created_at.eq(Stored::from(now)),
        directory_accounts::linked_at.eq(None::<Stored>),
    );
    diesel::insert_into(directory_accounts::table).values(row).execute(conn)
}

/// Notes which provider opened a session.
pub fn insert_session(
    conn: &mut DbConn,
    session: SessionId,
    provider: &str,
    id_token_sealed: Option<&[u8]>,
) -> QueryResult<usize> {
    let row = (
        oidc_sessions::session_id.eq(Id::from(session)),
        oidc_sessions::provider.eq(provider),
        oidc_sessions::id_token_sealed.eq(id_token_sealed),
    );
    diesel::insert_into(oidc_sessions::table).values(row).execute(conn)
}

/// The provider that opened a session, with the sealed ID token.
pub fn find_session(conn: &mut DbConn, session: SessionId) -> QueryResult<Option<(String, Option<Vec<u8>>)>> {
    let columns = (oidc_sessions::provider, oidc_sessions::id_token_sealed);
    oidc_sessions::table.find(Id::from(session)).select(columns).first(conn).optional()
}

/// Sealed ID tokens, by session, after `after`.
pub fn list_sealed(
    conn: &mut DbConn,
    after: Option<SessionId>,
    limit: i64,
) -> QueryResult<Vec<(SessionId, Vec<u8>)>> {
    let mut query = oidc_sessions::table
        .filter(oidc_sessions::id_token_sealed.is_not_null())
        .select((oidc_sessions::session_id, oidc_sessions::id_token_sealed.assume_not_null()))
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(oidc_sessions::session_id.gt(Id::from(after)));
    }
    let rows: Vec<(Id, Vec<u8>)> = query.order(oidc_sessions::session_id.asc()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(|(id, sealed)| (id.into(), sealed)).collect())
}

/// Puts an ID token sealed anew in the place of `before`, unless somebody else has changed it.
pub fn update_sealed(conn: &mut DbConn, of: SessionId, before: &[u8], anew: &[u8]) -> QueryResult<usize> {
    let unchanged =
        oidc_sessions::table.find(Id::from(of)).filter(oidc_sessions::id_token_sealed.eq(Some(before)));
    diesel::update(unchanged).set(oidc_sessions::id_token_sealed.eq(Some(anew))).execute(conn)
}

/// Forgets which provider opened a session that ended.
pub fn delete_session(conn: &mut DbConn, session: SessionId) -> QueryResult<usize> {
    diesel::delete(oidc_sessions::table.find(Id::from(session))).execute(conn)
}

/// Forgets which providers opened sessions that ended before `before`.
pub fn delete_sessions_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    let old = sessions::table.filter(sessions::ends_at.lt(Stored::from(before))).select(sessions::id);
    diesel::delete(oidc_sessions::table.filter(oidc_sessions::session_id.eq_any(old))).execute(conn)
}
