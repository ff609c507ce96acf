//! The messages of a thread.

use diesel::dsl::count_star;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, MessageId, ProfessionalId, RecordId, ThreadId};
use omasote_types::messages::{Message, NewLink, Opened, Sender, Side};

use super::super::attachments;
use super::{instructions, links};
use crate::cursor::Window;
use crate::db::schema::{citizens, messages, professionals, record_messages};
use crate::db::{DbConn, Id, MultiBackend, Stored};
use crate::repos::people::full_name;

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct MessageRow {
    id: Id,
    thread_id: Id,
    citizen_id: Id,
    professional_id: Option<Id>,
    text: String,
    sent_at: Stored,
    proxy_id: Option<Id>,
    proxy_name: Option<String>,
    opened_at: Option<Stored>,
    opened_title: Option<String>,
    instruction_count: i32,
    attachment_count: i32,
    link_count: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = citizens, check_for_backend(MultiBackend))]
struct CitizenNames {
    given_name: String,
    family_name: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = professionals, check_for_backend(MultiBackend))]
struct ProfessionalNames {
    given_name: String,
    family_name: String,
    title: String,
}

type NamedMessage = (MessageRow, CitizenNames, Option<ProfessionalNames>);

fn to_message((row, citizen, professional): NamedMessage) -> Message {
    let opened = row.opened_at.zip(row.opened_title);
    let sender = match (row.professional_id, professional) {
        (Some(id), Some(names)) => Sender::Unit {
            id: id.into(),
            name: full_name(&names.given_name, &names.family_name),
            title: names.title,
        },
        _ => Sender::Citizen {
            id: row.citizen_id.into(),
            name: full_name(&citizen.given_name, &citizen.family_name),
            proxy: row.proxy_name,
        },
    };
    Message {
        id: row.id.into(),
        thread_id: row.thread_id.into(),
        sender,
        text: row.text,
        sent_at: row.sent_at.into(),
        opened: opened.map(|(at, title)| Opened { at: at.into(), title }),
        instructions: Vec::new(),
        attachments: Vec::new(),
        links: Vec::new(),
    }
}

fn to_messages(conn: &mut DbConn, rows: Vec<NamedMessage>) -> QueryResult<Vec<Message>> {
    let told = rows.iter().filter(|(row, ..)| row.instruction_count > 0);
    let told: Vec<Id> = told.map(|(row, ..)| row.id).collect();
    let taking = rows.iter().filter(|(row, ..)| row.attachment_count > 0);
    let taking: Vec<Id> = taking.map(|(row, ..)| row.id).collect();
    let linking = rows.iter().filter(|(row, ..)| row.link_count > 0);
    let linking: Vec<Id> = linking.map(|(row, ..)| row.id).collect();
    let mut messages = rows.into_iter().map(to_message).collect();
    if !told.is_empty() {
        messages = instructions::added(conn, messages, told)?;
    }
    if !linking.is_empty() {
        messages = links::added(conn, messages, linking)?;
    }
    if taking.is_empty() { Ok(messages) } else { attachments::added(conn, messages, taking) }
}

/// `select … from messages join citizens left join professionals`, boxed so that filters can be added.
macro_rules! named_messages {
    () => {
        messages::table
            .inner_join(citizens::table)
            .left_join(professionals::table)
            .select((
                MessageRow::as_select(),
                CitizenNames::as_select(),
                Option::<ProfessionalNames>::as_select(),
            ))
            .into_boxed::<MultiBackend>()
    };
}

/// A thread's messages, newest first.
pub fn list_messages(conn: &mut DbConn, of: ThreadId, window: &Window) -> QueryResult<Vec<Message>> {
    let mut query = named_messages!().filter(messages::thread_id.eq(Id::from(of)));
    if let Some(after) = window.after {
        query = query.filter(messages::id.lt(Id::from_uuid(after.id)));
    }
    let rows: Vec<NamedMessage> = query.order(messages::id.desc()).limit(window.fetch()).load(conn)?;
    to_messages(conn, rows)
}

/// The messages that go with what is saved to the patient record, oldest first.
pub fn list_of_record(conn: &mut DbConn, of: RecordId) -> QueryResult<Vec<Message>> {
    let chosen = record_messages::table
        .filter(record_messages::record_id.eq(Id::from(of)))
        .select(record_messages::message_id);
    let query = named_messages!().filter(messages::id.eq_any(chosen));
    let rows: Vec<NamedMessage> = query.order(messages::id.asc()).load(conn)?;
    to_messages(conn, rows)
}

/// One message.
pub fn find_message(conn: &mut DbConn, id: MessageId) -> QueryResult<Option<Message>> {
    let found =
        named_messages!().filter(messages::id.eq(Id::from(id))).first::<NamedMessage>(conn).optional()?;
    Ok(to_messages(conn, found.into_iter().collect())?.pop())
}

/// A message to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewMessageRow<'a> {
    /// Its id.
    pub id: MessageId,
    /// The thread it goes into.
    pub thread: ThreadId,
    /// Whose thread it is.
    pub citizen: CitizenId,
    /// The professional who sends it; none when the citizen does.
    pub professional: Option<ProfessionalId>,
    /// Who writes it for the citizen, and their name.
    pub proxy: Option<(CitizenId, &'a str)>,
    /// The text.
    pub text: &'a str,
    /// What it tells the citizen to do.
    pub instructions: &'a [String],
    /// How many files it takes along.
    pub attachments: usize,
    /// What it leads to.
    pub links: &'a [NewLink],
    /// When.
    pub now: Instant,
}

/// Adds a message.
pub fn insert_message(conn: &mut DbConn, new: &NewMessageRow<'_>) -> QueryResult<usize> {
    let row = MessageRow {
        id: new.id.into(),
        thread_id: new.thread.into(),
        citizen_id: new.citizen.into(),
        professional_id: new.professional.map(Id::from),
        text: new.text.to_owned(),
        sent_at: new.now.into(),
        proxy_id: new.proxy.map(|(id, _)| Id::from(id)),
        proxy_name: new.proxy.map(|(_, name)| name.to_owned()),
        opened_at: None,
        opened_title: None,
        instruction_count: i32::try_from(new.instructions.len()).unwrap_or_default(),
        attachment_count: i32::try_from(new.attachments).unwrap_or_default(),
        link_count: i32::try_from(new.links.len()).unwrap_or_default(),
    };
    let added = diesel::insert_into(messages::table).values(row).execute(conn)?;
    instructions::insert_all(conn, new)?;
    links::insert_all(conn, new)?;
    Ok(added)
}

/// How many messages of the other side than `reader` came after `up_to`.
pub fn count_after(conn: &mut DbConn, of: ThreadId, reader: Side, up_to: MessageId) -> QueryResult<i64> {
    let later = messages::table
        .filter(messages::thread_id.eq(Id::from(of)))
        .filter(messages::id.gt(Id::from(up_to)))
        .into_boxed::<MultiBackend>();
    let later = match reader {
        Side::Citizen => later.filter(messages::professional_id.is_not_null()),
        Side::Unit => later.filter(messages::professional_id.is_null()),
    };
    later.select(count_star()).first(conn)
}

/// The thread a message is in.
pub fn find_thread_of(conn: &mut DbConn, message: MessageId) -> QueryResult<Option<ThreadId>> {
    let thread: Option<Id> =
        messages::table.find(Id::from(message)).select(messages::thread_id).first(conn).optional()?;
    Ok(thread.map(ThreadId::from))
}

/// How many messages a citizen has written into a thread.
pub fn count_of_citizen(conn: &mut DbConn, of: ThreadId) -> QueryResult<i64> {
    messages::table
        .filter(messages::thread_id.eq(Id::from(of)))
        .filter(messages::professional_id.is_null())
        .select(count_star())
        .first(conn)
}

/// The newest message of a thread.
pub fn find_newest(conn: &mut DbConn, of: ThreadId) -> QueryResult<Option<MessageId>> {
    let newest: Option<Id> = messages::table
        .filter(messages::thread_id.eq(Id::from(of)))
        .order(messages::id.desc())
        .select(messages::id)
        .first(conn)
        .optional()?;
    Ok(newest.map(MessageId::from))
}

/// The newest message of a thread that the citizen, or somebody for them, has written.
pub fn find_newest_of_citizen(conn: &mut DbConn, of: ThreadId) -> QueryResult<Option<MessageId>> {
    let newest: Option<Id> = messages::table
        .filter(messages::thread_id.eq(Id::from(of)))
        .filter(messages::professional_id.is_null())
        .order(messages::id.desc())
        .select(messages::id)
        .first(conn)
        .optional()?;
    Ok(newest.map(MessageId::from))
}

/// The citizen's messages up to one are opened now, if they were not before; says whether that changed anything.
pub fn set_opened(
    conn: &mut DbConn,
    of: ThreadId,
    up_to: MessageId,
    (title, now): (&str, Instant),
) -> QueryResult<bool> {
    let unopened = messages::table
        .filter(messages::thread_id.eq(Id::from(of)))
        .filter(messages::id.le(Id::from(up_to)))
        .filter(messages::professional_id.is_null())
        .filter(messages::opened_at.is_null());
    let opened = (messages::opened_at.eq(Some(Stored::from(now))), messages::opened_title.eq(Some(title)));
    Ok(diesel::update(unopened).set(opened).execute(conn)? > 0)
}
