//! Lines of the access log: how they are kept.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::ids::{AccessId, CitizenId, ClientId, RequestId, SessionId, UnitId};
use omasote_types::sessions::PersonId;
use uuid::Uuid;

use crate::db::schema::{access_log, access_unsealed};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for AccessAction {
    fn as_text(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Refused => "refused",
            Self::SignedIn => "signed_in",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Refused, Self::SignedIn].into_iter().find(|it| it.as_text() == text)
    }
}

impl TextColumn for AccessGround {
    fn as_text(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Unit => "unit",
            Self::Emergency => "emergency",
            Self::Guardian => "guardian",
            Self::Mandate => "mandate",
            Self::Consent => "consent",
            Self::Office => "office",
            Self::None => "none",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.as_text() == text)
    }
}

/// A line as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: AccessId,
    /// When.
    pub at: Instant,
    /// Who; none when a program acts for itself (`client`), or when nobody could be told.
    pub actor: Option<PersonId>,
    /// A professional's title.
    pub title: Option<String>,
    /// The unit for which a professional acts.
    pub unit: Option<UnitId>,
    /// What was done.
    pub action: AccessAction,
    /// By which operation of the API.
    pub operation: String,
    /// With what: a thread, say.
    pub resource: Option<Uuid>,
    /// Why it was allowed.
    pub ground: AccessGround,
    /// In which session.
    pub session: SessionId,
    /// In which request.
    pub request: RequestId,
    /// The citizens it tells of, in the order of their ids.
    pub subjects: Vec<CitizenId>,
    /// The third-party program by which it was done.
    pub client: Option<ClientId>,
    /// The reason that was written down for it.
    pub reason: Option<String>,
}

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_log, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
pub(super) struct LineRow {
    pub(super) id: Id,
    pub(super) at: Stored,
    pub(super) actor_kind: String,
    pub(super) actor_id: Id,
    pub(super) actor_title: Option<String>,
    pub(super) unit_id: Option<Id>,
    pub(super) action: DbText<AccessAction>,
    pub(super) operation: String,
    pub(super) resource_id: Option<Id>,
    pub(super) ground: DbText<AccessGround>,
    pub(super) session_id: Id,
    pub(super) request_id: Id,
    pub(super) subjects: Vec<u8>,
    pub(super) client_id: Option<Id>,
    pub(super) reason: Option<String>,
}

pub(super) const CITIZEN: &str = "citizen";
const PROFESSIONAL: &str = "professional";
const SYSTEM: &str = "system";
const UNKNOWN: &str = "unknown";

impl From<&Line> for LineRow {
    fn from(line: &Line) -> Self {
        let (kind, actor) = match (line.actor, line.client) {
            (Some(PersonId::Citizen(id)), _) => (CITIZEN, Id::from(id)),
            (Some(PersonId::Professional(id)), _) => (PROFESSIONAL, Id::from(id)),
            (None, Some(client)) => (SYSTEM, Id::from(client)),
            (None, None) => (UNKNOWN, Id::from_uuid(Uuid::nil())),
        };
        Self {
            id: line.id.into(),
            at: line.at.into(),
            actor_kind: kind.to_owned(),
            actor_id: actor,
            actor_title: line.title.clone(),
            unit_id: line.unit.map(Id::from),
            action: DbText(line.action),
            operation: line.operation.clone(),
            resource_id: line.resource.map(Id::from_uuid),
            ground: DbText(line.ground),
            session_id: line.session.into(),
            request_id: line.request.into(),
            subjects: line.subjects.iter().flat_map(|citizen| *citizen.as_uuid().as_bytes()).collect(),
            client_id: line.client.map(Id::from),
            reason: line.reason.clone(),
        }
    }
}

impl From<LineRow> for Line {
    fn from(row: LineRow) -> Self {
        let citizen = |bytes: &[u8]| Uuid::from_slice(bytes).ok().map(CitizenId::from_uuid);
        let subjects = row.subjects.chunks(16).filter_map(citizen).collect();
        Self {
            id: row.id.into(),
            at: row.at.into(),
            actor: match row.actor_kind.as_str() {
                CITIZEN => Some(PersonId::Citizen(row.actor_id.into())),
                PROFESSIONAL => Some(PersonId::Professional(row.actor_id.into())),
                _ => None,
            },
            title: row.actor_title,
            unit: row.unit_id.map(UnitId::from),
            action: row.action.0,
            operation: row.operation,
            resource: row.resource_id.map(|id| *id.as_uuid()),
            ground: row.ground.0,
            session: row.session_id.into(),
            request: row.request_id.into(),
            subjects,
            client: row.client_id.map(ClientId::from),
            reason: row.reason,
        }
    }
}

/// Adds a line, to be sealed later.
pub fn insert(conn: &mut DbConn, line: &Line) -> QueryResult<usize> {
    let row = LineRow::from(line);
    diesel::insert_into(access_unsealed::table).values(access_unsealed::line_id.eq(row.id)).execute(conn)?;
    diesel::insert_into(access_log::table).values(row).execute(conn)
}
