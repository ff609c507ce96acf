//! What citizens let apps do, and the codes that apps exchange for tokens.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::clients::{Consent, Scope};
use omasote_types::ids::{CitizenId, ClientId, ConsentId, SessionId};

use crate::db::schema::{authorization_codes, clients, consents, sessions};
use crate::db::{DbConn, Id, Stored};

/// A consent as it is kept.
#[derive(Clone, Debug)]
pub struct GivenConsent {
    /// Its id.
    pub id: ConsentId,
    /// Whose.
    pub citizen: CitizenId,
    /// To which app.
    pub client: ClientId,
    /// To what.
    pub scopes: Vec<Scope>,
    /// When it was given.
    pub given_at: Instant,
    /// When it ends by itself.
    pub ends_at: Instant,
    /// Whether it was taken back.
    pub is_revoked: bool,
}

/// Adds a consent.
pub fn insert_consent(conn: &mut DbConn, new: &GivenConsent) -> QueryResult<usize> {
    let row = (
        consents::id.eq(Id::from(new.id)),
        consents::citizen_id.eq(Id::from(new.citizen)),
        consents::client_id.eq(Id::from(new.client)),
        consents::scopes.eq(Scope::write_all(&new.scopes)),
        consents::given_at.eq(Stored::from(new.given_at)),
        consents::ends_at.eq(Stored::from(new.ends_at)),
        consents::revoked_at.eq(None::<Stored>),
    );
    diesel::insert_into(consents::table).values(row).execute(conn)
}

/// One consent.
pub fn find_consent(conn: &mut DbConn, id: ConsentId) -> QueryResult<Option<GivenConsent>> {
    type Row = (Id, Id, String, Stored, Stored, Option<Stored>);
    let row: Option<Row> = consents::table
        .find(Id::from(id))
        .select((
            consents::citizen_id,
            consents::client_id,
            consents::scopes,
            consents::given_at,
            consents::ends_at,
            consents::revoked_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(citizen, client, scopes, given_at, ends_at, revoked_at)| GivenConsent {
        id,
        citizen: citizen.into(),
        client: client.into(),
        scopes: Scope::read_all(&scopes).unwrap_or_default(),
        given_at: given_at.into(),
        ends_at: ends_at.into(),
        is_revoked: revoked_at.is_some(),
    }))
}

/// The consents of a citizen that hold, the newest first. One whose code no app has fetched holds for nobody.
pub fn list_consents(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<Vec<Consent>> {
    type Row = (Id, String, String, Stored, Stored, Option<Stored>);
    let rows: Vec<Row> = consents::table
        .inner_join(clients::table)
        .left_join(sessions::table)
        .filter(consents::citizen_id.eq(Id::from(of)).and(consents::revoked_at.is_null()))
        .filter(consents::ends_at.gt(Stored::from(now)))
        .order(consents::id.desc())
        .select((
            consents::id,
            clients::name,
            consents::scopes,
            consents::given_at,
            consents::ends_at,
            sessions::used_at.nullable(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, client_name, scopes, given_at, ends_at, used_at)| Consent {
            id: id.into(),
            client_name,
            scopes: Scope::read_all(&scopes).unwrap_or_default(),
            given_at: given_at.into(),
            ends_at: ends_at.into(),
            used_at: used_at.map(Instant::from),
        })
        .collect())
}

/// Takes a consent back; says whether it was not already.
pub fn revoke(conn: &mut DbConn, id: ConsentId, now: Instant) -> QueryResult<bool> {
    let held = consents::table.filter(consents::id.eq(Id::from(id)).and(consents::revoked_at.is_null()));
    let changed = diesel::update(held).set(consents::revoked_at.eq(Some(Stored::from(now)))).execute(conn)?;
    Ok(changed == 1)
}

/// Forgets what a citizen has let apps do. Their sessions have ended.
pub fn delete_consents(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let own = || consents::table.filter(consents::citizen_id.eq(Id::from(of)));
    let ids: Vec<Id> = own().select(consents::id).load(conn)?;
    let codes = authorization_codes::table.filter(authorization_codes::consent_id.eq_any(&ids));
    diesel::delete(codes).execute(conn)?;
    let theirs = sessions::table.filter(sessions::citizen_id.eq(Some(Id::from(of))));
    diesel::update(theirs).set(sessions::consent_id.eq(None::<Id>)).execute(conn)?;
    diesel::delete(own()).execute(conn)
}

/// A code on its way to an app.
#[derive(Clone, Debug)]
pub struct Code {
    /// Of which consent.
    pub consent: ConsentId,
    /// Where it was sent.
    pub redirect_uri: String,
    /// What the app must know the source of.
    pub challenge: String,
    /// How long it is good.
    pub expires_at: Instant,
}

/// A code that came back.
#[derive(Clone, Debug)]
pub struct KnownCode {
    /// The code.
    pub code: Code,
    /// Whether it was used before.
    pub is_used: bool,
    /// The session that it opened.
    pub session: Option<SessionId>,
}

/// Adds a code.
pub fn insert_code(conn: &mut DbConn, hash: &[u8], code: &Code) -> QueryResult<usize> {
    let row = (
        authorization_codes::code_hash.eq(hash),
        authorization_codes::consent_id.eq(Id::from(code.consent)),
        authorization_codes::redirect_uri.eq(&code.redirect_uri),
        authorization_codes::code_challenge.eq(&code.challenge),
        authorization_codes::expires_at.eq(Stored::from(code.expires_at)),
        authorization_codes::used_at.eq(None::<Stored>),
        authorization_codes::session_id.eq(None::<Id>),
    );
    diesel::insert_into(authorization_codes::table).values(row).execute(conn)
}

/// The code of a hash.
pub fn find_code(conn: &mut DbConn, hash: &[u8]) -> QueryResult<Option<KnownCode>> {
    type Row = (Id, String, String, Stored, Option<Stored>, Option<Id>);
    let row: Option<Row> = authorization_codes::table
        .find(hash)
        .select((
            authorization_codes::consent_id,
            authorization_codes::redirect_uri,
            authorization_codes::code_challenge,
            authorization_codes::expires_at,
            authorization_codes::used_at,
            authorization_codes::session_id,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(consent, redirect_uri, challenge, expires_at, used_at, session)| KnownCode {
        code: Code { consent: consent.into(), redirect_uri, challenge, expires_at: expires_at.into() },
        is_used: used_at.is_some(),
        session: session.map(SessionId::from),
    }))
}

/// Uses a code up; of two that ask at the same moment one hears yes.
pub fn take_code(conn: &mut DbConn, hash: &[u8], now: Instant) -> QueryResult<bool> {
    let fresh = authorization_codes::table
        .filter(authorization_codes::code_hash.eq(hash).and(authorization_codes::used_at.is_null()));
    let taken =
        diesel::update(fresh).set(authorization_codes::used_at.eq(Some(Stored::from(now)))).execute(conn)?;
    Ok(taken == 1)
}

/// Notes which session a code opened.
pub fn open_code(conn: &mut DbConn, hash: &[u8], session: SessionId) -> QueryResult<usize> {
    diesel::update(authorization_codes::table.find(hash))
        .set(authorization_codes::session_id.eq(Some(Id::from(session))))
        .execute(conn)
}

/// Forgets codes whose time was over before `before`.
pub fn delete_codes_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    diesel::delete(
        authorization_codes::table.filter(authorization_codes::expires_at.lt(Stored::from(before))),
    )
    .execute(conn)
}
