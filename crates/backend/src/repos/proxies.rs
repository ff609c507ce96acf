//! Who may act for whom, and the invitations to it.

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProfessionalId, ProxyId, SessionId};
use omasote_types::proxies::{Proxy, ProxyKind, ProxyScope, ProxySource, Represented};

use super::people::{CitizenNames, full_name};
use crate::db::schema::{citizens, proxies, proxy_invitations};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for ProxyKind {
    fn as_text(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::Mandate => "mandate",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Guardian, Self::Mandate].into_iter().find(|kind| kind.as_text() == text)
    }
}

impl TextColumn for ProxySource {
    fn as_text(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Register => "register",
            Self::SuomiFi => "suomi_fi",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Citizen, Self::Register, Self::SuomiFi].into_iter().find(|source| source.as_text() == text)
    }
}

const fn name_of(scope: ProxyScope) -> &'static str {
    match scope {
        ProxyScope::Messages => "messages",
        ProxyScope::Tasks => "tasks",
        ProxyScope::Measurements => "measurements",
        ProxyScope::Pathways => "pathways",
        ProxyScope::Appointments => "appointments",
    }
}

/// Scopes as their column holds them: names with spaces between.
fn write_scopes(scopes: &[ProxyScope]) -> String {
    let given = ProxyScope::ALL.into_iter().filter(|scope| scopes.contains(scope));
    given.map(name_of).collect::<Vec<_>>().join(" ")
}

pub(super) fn read_scopes(text: &str) -> Vec<ProxyScope> {
    let named = |name: &str| ProxyScope::ALL.into_iter().find(|scope| name_of(*scope) == name);
    text.split(' ').filter_map(named).collect()
}

mod named {
    diesel::alias!(crate::db::schema::citizens as proxy_people: ProxyPeople);
}
use named::proxy_people;

#[derive(Queryable, Selectable)]
#[diesel(table_name = proxies, check_for_backend(MultiBackend))]
struct ProxyRow {
    id: Id,
    citizen_id: Id,
    kind: DbText<ProxyKind>,
    source: DbText<ProxySource>,
    scopes: String,
    starts_at: Stored,
    ends_at: Option<Stored>,
    paused_at: Option<Stored>,
}

type NamedProxy = (ProxyRow, CitizenNames, (String, String));

fn to_proxy((row, citizen, (given, family)): NamedProxy) -> Proxy {
    Proxy {
        id: row.id.into(),
        citizen: citizen.named(row.citizen_id.into()),
        proxy_name: full_name(&given, &family),
        kind: row.kind.0,
        source: row.source.0,
        scopes: read_scopes(&row.scopes),
        starts_at: row.starts_at.into(),
        ends_at: row.ends_at.map(Instant::from),
        paused_at: row.paused_at.map(Instant::from),
    }
}

/// `select … from proxies join citizens, citizens`, boxed so that filters can be added.
macro_rules! named_proxies {
    () => {
        proxies::table
            .inner_join(citizens::table)
            .inner_join(proxy_people.on(proxy_people.field(citizens::id).eq(proxies::proxy_id)))
            .select((
                ProxyRow::as_select(),
                CitizenNames::as_select(),
                (proxy_people.field(citizens::given_name), proxy_people.field(citizens::family_name)),
            ))
            .into_boxed::<MultiBackend>()
    };
}

/// Whose right it is: the person and who acts for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The person.
    pub citizen: CitizenId,
    /// Who acts.
    pub proxy: CitizenId,
}

/// A right that holds, as the policy weighs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// Why.
    pub kind: ProxyKind,
    /// What they may do.
    pub scopes: Vec<ProxyScope>,
    /// When the person was born.
    pub born: NaiveDate,
}

/// The rights by which `pair.proxy` may act for `pair.citizen` now, in this session.
pub fn list_rights(
    conn: &mut DbConn,
    pair: Pair,
    session: SessionId,
    now: Instant,
) -> QueryResult<Vec<Right>> {
    let rows: Vec<(DbText<ProxyKind>, String, NaiveDate)> = proxies::table
        .inner_join(citizens::table)
        .filter(proxies::citizen_id.eq(Id::from(pair.citizen)))
        .filter(proxies::proxy_id.eq(Id::from(pair.proxy)))
        .filter(holds(session, now))
        .select((proxies::kind, proxies::scopes, citizens::birth_date))
        .load(conn)?;
    let right = |(kind, scopes, born): (DbText<_>, String, _)| Right {
        kind: kind.0,
        scopes: read_scopes(&scopes),
        born,
    };
    Ok(rows.into_iter().map(right).collect())
}

/// Neither over, nor paused, nor of another session.
#[diesel::dsl::auto_type(no_type_alias)]
fn holds(session: SessionId, now: Instant) -> _ {
    let session: Option<Id> = Option::from(Id::from(session));
    let begun: Stored = Stored::from(now);
    let now: Option<Stored> = Option::from(begun);
    proxies::starts_at
        .le(begun)
        .and(proxies::ends_at.is_null().or(proxies::ends_at.gt(now)))
        .and(proxies::paused_at.is_null())
        .and(proxies::ended_at.is_null())
        .and(proxies::session_id.is_null().or(proxies::session_id.eq(session)))
}

/// Who may act for a citizen now in whatever session, by what right.
pub fn list_holders(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<Vec<(CitizenId, Right)>> {
    let in_no_session = SessionId::from_uuid(uuid::Uuid::nil());
    let rows: Vec<(Id, DbText<ProxyKind>, String, NaiveDate)> = proxies::table
        .inner_join(citizens::table)
        .filter(proxies::citizen_id.eq(Id::from(of)))
        .filter(holds(in_no_session, now))
        .order(proxies::id.asc())
        .select((proxies::proxy_id, proxies::kind, proxies::scopes, citizens::birth_date))
        .load(conn)?;
    let holder = |(id, kind, scopes, born): (Id, DbText<_>, String, _)| {
        (id.into(), Right { kind: kind.0, scopes: read_scopes(&scopes), born })
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// Those for whom a citizen may act now, by family name.
pub fn list_represented(
    conn: &mut DbConn,
    proxy: CitizenId,
    session: SessionId,
    now: Instant,
) -> QueryResult<Vec<Represented>> {
    let rows: Vec<(ProxyRow, CitizenNames)> = proxies::table
        .inner_join(citizens::table)
        .filter(proxies::proxy_id.eq(Id::from(proxy)))
        .filter(holds(session, now))
        .order((citizens::family_name.asc(), citizens::given_name.asc(), proxies::id.asc()))
        .select((ProxyRow::as_select(), CitizenNames::as_select()))
        .load(conn)?;
    let represented = |(row, citizen): (ProxyRow, CitizenNames)| Represented {
        id: row.id.into(),
        citizen: citizen.named(row.citizen_id.into()),
        kind: row.kind.0,
        scopes: read_scopes(&row.scopes),
    };
    Ok(rows.into_iter().map(represented).collect())
}

/// Who may act for a citizen, or will when it is no longer paused; the newest first. A pause of what Suomi.fi told is there
/// after its session as well: it holds until the person ends it.
pub fn list_of_citizen(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<Vec<Proxy>> {
    let query = named_proxies!()
        .filter(proxies::citizen_id.eq(Id::from(of)))
        .filter(proxies::ended_at.is_null())
        .filter(
            proxies::ends_at
                .is_null()
                .or(proxies::ends_at.gt(Some(Stored::from(now))))
                .or(proxies::source.eq(DbText(ProxySource::SuomiFi)).and(proxies::paused_at.is_not_null())),
        )
        .order(proxies::id.desc());
    Ok(query.load::<NamedProxy>(conn)?.into_iter().map(to_proxy).collect())
}

/// One that has not ended.
pub fn find(conn: &mut DbConn, id: ProxyId) -> QueryResult<Option<Proxy>> {
    let query = named_proxies!().filter(proxies::id.eq(Id::from(id))).filter(proxies::ended_at.is_null());
    Ok(query.first::<NamedProxy>(conn).optional()?.map(to_proxy))
}

/// Whose it is.
pub fn find_pair(conn: &mut DbConn, id: ProxyId) -> QueryResult<Option<Pair>> {
    let columns = (proxies::citizen_id, proxies::proxy_id);
    let query = proxies::table.find(Id::from(id)).filter(proxies::ended_at.is_null());
    let found: Option<(Id, Id)> = query.select(columns).first(conn).optional()?;
    Ok(found.map(|(citizen, proxy)| Pair { citizen: citizen.into(), proxy: proxy.into() }))
}

/// A right to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewProxyRow<'a> {
    /// Its id.
    pub id: ProxyId,
    /// Whose it is.
    pub pair: Pair,
    /// Why.
    pub kind: ProxyKind,
    /// Where it was learned from.
    pub source: ProxySource,
    /// What they may do.
    pub scopes: &'a [ProxyScope],
    /// The document it rests on.
    pub basis: Option<&'a str>,
    /// Who entered it.
    pub created_by: Option<ProfessionalId>,
    /// The session it is good for.
    pub session: Option<SessionId>,
    /// When.
    pub now: Instant,
    /// When it ends.
    pub ends_at: Option<Instant>,
}

/// Keeps a right.
pub fn insert(conn: &mut DbConn, new: &NewProxyRow<'_>) -> QueryResult<usize> {
    let row = (
        proxies::id.eq(Id::from(new.id)),
        proxies::citizen_id.eq(Id::from(new.pair.citizen)),
        proxies::proxy_id.eq(Id::from(new.pair.proxy)),
        proxies::kind.eq(DbText(new.kind)),
        proxies::source.eq(DbText(new.source)),
        proxies::scopes.eq(write_scopes(new.scopes)),
        proxies::basis.eq(new.basis),
        proxies::created_by.eq(new.created_by.map(Id::from)),
        proxies::session_id.eq(new.session.map(Id::from)),
        proxies::starts_at.eq(Stored::from(new.now)),
        proxies::ends_at.eq(new.ends_at.map(Stored::from)),
        proxies::paused_at.eq(None::<Stored>),
        proxies::ended_at.eq(None::<Stored>),
    );
    diesel::insert_into(proxies::table).values(row).execute(conn)
}

/// What becomes of a right.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = proxies, treat_none_as_null = true)]
struct Changes {
    scopes: String,
    ends_at: Option<Stored>,
    paused_at: Option<Stored>,
}

/// Narrows, widens, pauses a right, or lets it go on: it becomes as `proxy` says.
pub fn update(conn: &mut DbConn, proxy: &Proxy) -> QueryResult<usize> {
    let changes = Changes {
        scopes: write_scopes(&proxy.scopes),
        ends_at: proxy.ends_at.map(Stored::from),
        paused_at: proxy.paused_at.map(Stored::from),
    };
    diesel::update(proxies::table.find(Id::from(proxy.id))).set(changes).execute(conn)
}

/// Who ended a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// The person, or the guardian of a small child.
    Person,
    /// Who had it gave it up.
    Proxy,
    /// Staff took it from the register.
    Staff,
    /// Nobody: the session for which it was good is over, or it was told anew.
    Session,
}

impl TextColumn for EndedBy {
    fn as_text(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Proxy => "proxy",
            Self::Staff => "staff",
            Self::Session => "session",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Person, Self::Proxy, Self::Staff, Self::Session].into_iter().find(|by| by.as_text() == text)
    }
}

/// Ends a right.
pub fn end(conn: &mut DbConn, id: ProxyId, by: EndedBy, now: Instant) -> QueryResult<usize> {
    let ended = (proxies::ended_at.eq(Some(Stored::from(now))), proxies::ended_by.eq(Some(DbText(by))));
    diesel::update(proxies::table.find(Id::from(id))).set(ended).execute(conn)
}

/// An invitation as it is kept.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Whose.
    pub citizen: CitizenId,
    /// What is offered.
    pub scopes: Vec<ProxyScope>,
    /// When the right will end.
    pub proxy_ends_at: Option<Instant>,
    /// Until when it can be taken.
    pub expires_at: Instant,
}

/// Keeps an invitation.
pub fn insert_invitation(
    conn: &mut DbConn,
    code_hash: &[u8],
    invitation: &Invitation,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        proxy_invitations::code_hash.eq(code_hash),
        proxy_invitations::citizen_id.eq(Id::from(invitation.citizen)),
        proxy_invitations::scopes.eq(write_scopes(&invitation.scopes)),
        proxy_invitations::proxy_ends_at.eq(invitation.proxy_ends_at.map(Stored::from)),
        proxy_invitations::created_at.eq(Stored::from(now)),
        proxy_invitations::expires_at.eq(Stored::from(invitation.expires_at)),
        proxy_invitations::used_at.eq(None::<Stored>),
    );
    diesel::insert_into(proxy_invitations::table).values(row).execute(conn)
}

/// The invitation of a code, unless it was taken or its time is over.
pub fn find_invitation(conn: &mut DbConn, code_hash: &[u8], now: Instant) -> QueryResult<Option<Invitation>> {
    let row: Option<(Id, String, Option<Stored>, Stored)> = proxy_invitations::table
        .find(code_hash)
        .filter(proxy_invitations::used_at.is_null())
        .filter(proxy_invitations::expires_at.gt(Stored::from(now)))
        .select((
            proxy_invitations::citizen_id,
            proxy_invitations::scopes,
            proxy_invitations::proxy_ends_at,
            proxy_invitations::expires_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(citizen, scopes, proxy_ends_at, expires_at)| Invitation {
        citizen: citizen.into(),
        scopes: read_scopes(&scopes),
        proxy_ends_at: proxy_ends_at.map(Instant::from),
        expires_at: expires_at.into(),
    }))
}

/// The invitation is taken; says whether it still was to be had.
pub fn use_invitation(conn: &mut DbConn, code_hash: &[u8], now: Instant) -> QueryResult<bool> {
    let open = proxy_invitations::table
        .filter(proxy_invitations::code_hash.eq(code_hash).and(proxy_invitations::used_at.is_null()));
    let used =
        diesel::update(open).set(proxy_invitations::used_at.eq(Some(Stored::from(now)))).execute(conn)?;
    Ok(used == 1)
}
