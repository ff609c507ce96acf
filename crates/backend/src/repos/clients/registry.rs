//! Which programs there are.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::clients::{Client, ClientAuth, ClientKind, PublicKey, Scope};
use omasote_types::ids::{CitizenId, ClientId, ConsentId, ProfessionalId, SessionId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::units::UnitRef;

use crate::db::schema::{client_assertions, clients, sessions, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};
use crate::per_backend;

impl TextColumn for ClientKind {
    fn as_text(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::App => "app",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::System, Self::App].into_iter().find(|kind| kind.as_text() == text)
    }
}

impl TextColumn for ClientAuth {
    fn as_text(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::PrivateKeyJwt => "private_key_jwt",
            Self::None => "none",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Secret, Self::PrivateKeyJwt, Self::None].into_iter().find(|auth| auth.as_text() == text)
    }
}

/// A program as it is kept.
#[derive(Clone, Debug)]
pub struct KnownClient {
    /// What may be told of it.
    pub client: Client,
    /// The member of its unit as whom a system acts.
    pub member: Option<ProfessionalId>,
    /// The hash of its secret.
    pub secret_hash: Option<Vec<u8>>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = clients, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct ClientRow {
    id: Id,
    name: String,
    kind: DbText<ClientKind>,
    professional_id: Option<Id>,
    unit_id: Option<Id>,
    auth: DbText<ClientAuth>,
    secret_hash: Option<Vec<u8>>,
    public_keys: String,
    redirect_uris: String,
    scopes: String,
    created_by: Id,
    created_at: Stored,
    disabled_at: Option<Stored>,
}

type Named = (ClientRow, Option<(String, String, String)>);

fn known((row, unit): Named) -> KnownClient {
    let name = |(fi, sv, en)| LocalText { fi, sv, en };
    let unit = row.unit_id.zip(unit).map(|(id, unit)| UnitRef { id: UnitId::from(id), name: name(unit) });
    KnownClient {
        client: Client {
            id: row.id.into(),
            name: row.name,
            kind: row.kind.0,
            unit,
            auth: row.auth.0,
            public_keys: serde_json::from_str(&row.public_keys).unwrap_or_default(),
            redirect_uris: lines(&row.redirect_uris),
            scopes: Scope::read_all(&row.scopes).unwrap_or_default(),
            created_at: row.created_at.into(),
            disabled_at: row.disabled_at.map(Instant::from),
        },
        member: row.professional_id.map(ProfessionalId::from),
        secret_hash: row.secret_hash,
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn keys(keys: &[PublicKey]) -> String {
    serde_json::to_string(keys).unwrap_or_default()
}

macro_rules! named_clients {
    () => {
        clients::table
            .left_join(units::table)
            .select((ClientRow::as_select(), (units::name_fi, units::name_sv, units::name_en).nullable()))
    };
}

/// Every program, by name.
pub fn list(conn: &mut DbConn) -> QueryResult<Vec<Client>> {
    let rows: Vec<Named> = named_clients!().order((clients::name.asc(), clients::id.asc())).load(conn)?;
    Ok(rows.into_iter().map(|row| known(row).client).collect())
}

/// One program, also one that is shut out.
pub fn find(conn: &mut DbConn, id: ClientId) -> QueryResult<Option<KnownClient>> {
    let row: Option<Named> = named_clients!().filter(clients::id.eq(Id::from(id))).first(conn).optional()?;
    Ok(row.map(known))
}

/// Adds a program.
pub fn insert(conn: &mut DbConn, new: &KnownClient, by: ProfessionalId) -> QueryResult<usize> {
    let client = &new.client;
    let row = ClientRow {
        id: client.id.into(),
        name: client.name.clone(),
        kind: DbText(client.kind),
        professional_id: new.member.map(Id::from),
        unit_id: client.unit.as_ref().map(|unit| unit.id.into()),
        auth: DbText(client.auth),
        secret_hash: new.secret_hash.clone(),
        public_keys: keys(&client.public_keys),
        redirect_uris: client.redirect_uris.join("\n"),
        scopes: Scope::write_all(&client.scopes),
        created_by: by.into(),
        created_at: client.created_at.into(),
        disabled_at: client.disabled_at.map(Stored::from),
    };
    diesel::insert_into(clients::table).values(row).execute(conn)
}

/// Writes what can be changed of a program.
pub fn update(conn: &mut DbConn, client: &Client) -> QueryResult<usize> {
    let changes = (
        clients::name.eq(&client.name),
        clients::public_keys.eq(keys(&client.public_keys)),
        clients::redirect_uris.eq(client.redirect_uris.join("\n")),
        clients::scopes.eq(Scope::write_all(&client.scopes)),
        clients::disabled_at.eq(client.disabled_at.map(Stored::from)),
    );
    diesel::update(clients::table.find(Id::from(client.id))).set(changes).execute(conn)
}

/// Gives a program another secret.
pub fn set_secret(conn: &mut DbConn, id: ClientId, hash: &[u8]) -> QueryResult<usize> {
    diesel::update(clients::table.find(Id::from(id))).set(clients::secret_hash.eq(Some(hash))).execute(conn)
}

/// A program's sessions that have not ended.
pub fn list_sessions(conn: &mut DbConn, of: ClientId, now: Instant) -> QueryResult<Vec<SessionId>> {
    let ids: Vec<Id> = sessions::table
        .filter(sessions::client_id.eq(Some(Id::from(of))).and(sessions::ended_at.is_null()))
        .filter(sessions::ends_at.gt(Stored::from(now)))
        .select(sessions::id)
        .load(conn)?;
    Ok(ids.into_iter().map(SessionId::from).collect())
}

/// The sessions of a consent that have not ended.
pub fn list_sessions_of_consent(conn: &mut DbConn, of: ConsentId) -> QueryResult<Vec<SessionId>> {
    let ids: Vec<Id> = sessions::table
        .filter(sessions::consent_id.eq(Some(Id::from(of))).and(sessions::ended_at.is_null()))
        .select(sessions::id)
        .load(conn)?;
    Ok(ids.into_iter().map(SessionId::from).collect())
}

/// The sessions of apps that act for a citizen and have not ended.
pub fn list_sessions_for(conn: &mut DbConn, citizen: CitizenId) -> QueryResult<Vec<SessionId>> {
    let ids: Vec<Id> = sessions::table
        .filter(sessions::citizen_id.eq(Some(Id::from(citizen))).and(sessions::ended_at.is_null()))
        .filter(sessions::client_id.is_not_null())
        .select(sessions::id)
        .load(conn)?;
    Ok(ids.into_iter().map(SessionId::from).collect())
}

/// Notes that an assertion was taken; says whether it is the first time.
pub fn take_assertion(
    conn: &mut DbConn,
    client: ClientId,
    jti_hash: &[u8],
    expires_at: Instant,
) -> QueryResult<bool> {
    let row = (
        client_assertions::client_id.eq(Id::from(client)),
        client_assertions::jti_hash.eq(jti_hash),
        client_assertions::expires_at.eq(Stored::from(expires_at)),
    );
    let taken = per_backend!(conn, conn => {
        diesel::insert_into(client_assertions::table).values(row).on_conflict_do_nothing().execute(conn)
    })?;
    Ok(taken == 1)
}

/// Forgets assertions that would not be taken any more.
pub fn delete_assertions_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    diesel::delete(client_assertions::table.filter(client_assertions::expires_at.lt(Stored::from(before))))
        .execute(conn)
}
