//! Messages that professionals want sent later.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, MessageId, ProfessionalId, ScheduledMessageId, ThreadId};
use omasote_types::messages::NewLink;
use omasote_types::people::Professional;
use omasote_types::scheduling::{Held, NewScheduledMessage, ScheduledMessage};

use super::json;
use super::messages::described;
use super::people::full_name;
use crate::db::schema::{professionals, scheduled_messages};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for Held {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|held| held.code() == text)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = scheduled_messages, check_for_backend(MultiBackend))]
struct Row {
    id: Id,
    thread_id: Id,
    professional_id: Id,
    text: String,
    instructions: String,
    seen_id: Id,
    send_at: Stored,
    held: Option<DbText<Held>>,
    links: String,
}

type Author = (String, String, String);

/// A message that waits, with what is weighed when its time comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// The message as professionals see it, but for what it leads to.
    pub message: ScheduledMessage,
    /// The thread it goes into.
    pub thread: ThreadId,
    /// The newest message that its writer had seen.
    pub seen: MessageId,
    /// What it leads to.
    pub links: Vec<NewLink>,
}

impl From<(Row, Author)> for Scheduled {
    fn from((row, (given, family, title)): (Row, Author)) -> Self {
        let by = Professional {
            id: row.professional_id.into(),
            name: full_name(&given, &family),
            title,
            absent_until: None,
        };
        let message = ScheduledMessage {
            id: row.id.into(),
            by,
            text: row.text,
            instructions: serde_json::from_str(&row.instructions).unwrap_or_default(),
            links: Vec::new(),
            send_at: row.send_at.into(),
            held: row.held.map(|held| held.0),
        };
        let links = serde_json::from_str(&row.links).unwrap_or_default();
        Self { message, thread: row.thread_id.into(), seen: row.seen_id.into(), links }
    }
}

/// `select … from scheduled_messages join professionals`, boxed so that filters can be added.
macro_rules! named {
    () => {
        scheduled_messages::table
            .inner_join(professionals::table)
            .select((
                Row::as_select(),
                (professionals::given_name, professionals::family_name, professionals::title),
            ))
            .into_boxed::<MultiBackend>()
    };
}

/// Keeps a message for its time.
pub fn insert(
    conn: &mut DbConn,
    id: ScheduledMessageId,
    (thread, citizen, by): (ThreadId, CitizenId, ProfessionalId),
    new: &NewScheduledMessage,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        scheduled_messages::id.eq(Id::from(id)),
        scheduled_messages::thread_id.eq(Id::from(thread)),
        scheduled_messages::citizen_id.eq(Id::from(citizen)),
        scheduled_messages::professional_id.eq(Id::from(by)),
        scheduled_messages::text.eq(&new.text),
        scheduled_messages::instructions.eq(json::write(&new.instructions)?),
        scheduled_messages::seen_id.eq(Id::from(new.after)),
        scheduled_messages::send_at.eq(Stored::from(new.send_at)),
        scheduled_messages::created_at.eq(Stored::from(now)),
        scheduled_messages::held.eq(None::<DbText<Held>>),
        scheduled_messages::links.eq(json::write(&new.links)?),
    );
    diesel::insert_into(scheduled_messages::table).values(row).execute(conn)
}

/// What waits in a thread and what was held, the next first.
pub fn list(conn: &mut DbConn, of: ThreadId) -> QueryResult<Vec<ScheduledMessage>> {
    let rows: Vec<(Row, Author)> = named!()
        .filter(scheduled_messages::thread_id.eq(Id::from(of)))
        .order((scheduled_messages::send_at.asc(), scheduled_messages::id.asc()))
        .load(conn)?;
    rows.into_iter().map(|row| shown(conn, row.into())).collect()
}

/// The message as professionals see it, with what it leads to.
pub fn shown(conn: &mut DbConn, of: Scheduled) -> QueryResult<ScheduledMessage> {
    let links = described(conn, &of.links)?;
    Ok(ScheduledMessage { links, ..of.message })
}

/// One that waits or was held.
pub fn find(conn: &mut DbConn, id: ScheduledMessageId) -> QueryResult<Option<Scheduled>> {
    let query = named!().filter(scheduled_messages::id.eq(Id::from(id)));
    let row: Option<(Row, Author)> = query.first(conn).optional()?;
    Ok(row.map(Scheduled::from))
}

/// Those whose time has come, the longest due first.
pub fn list_due(conn: &mut DbConn, now: Instant, limit: i64) -> QueryResult<Vec<ScheduledMessageId>> {
    let ids: Vec<Id> = scheduled_messages::table
        .filter(scheduled_messages::send_at.le(Stored::from(now)))
        .filter(scheduled_messages::held.is_null())
        .order((scheduled_messages::send_at.asc(), scheduled_messages::id.asc()))
        .limit(limit)
        .select(scheduled_messages::id)
        .load(conn)?;
    Ok(ids.into_iter().map(ScheduledMessageId::from).collect())
}

/// Holds a message that cannot be sent as things are.
pub fn hold(conn: &mut DbConn, id: ScheduledMessageId, why: Held) -> QueryResult<usize> {
    diesel::update(scheduled_messages::table.find(Id::from(id)))
        .set(scheduled_messages::held.eq(Some(DbText(why))))
        .execute(conn)
}

/// It was sent or taken back; says whether nobody else had done that.
pub fn delete(conn: &mut DbConn, id: ScheduledMessageId) -> QueryResult<bool> {
    Ok(diesel::delete(scheduled_messages::table.find(Id::from(id))).execute(conn)? == 1)
}

/// Forgets what waits to be sent to a citizen.
pub fn delete_of_citizen(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    diesel::delete(scheduled_messages::table.filter(scheduled_messages::citizen_id.eq(Id::from(of))))
        .execute(conn)
}
