//! Files that are sent with messages: what is known of them. Their content is in the file store.

use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::attachments::{Attachment, MediaType};
use omasote_types::ids::{AttachmentId, CitizenId, MessageId, ThreadId};
use omasote_types::messages::Message;
use omasote_types::sessions::PersonId;

use crate::db::schema::{attachments, drafts};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for MediaType {
    fn as_text(self) -> &'static str {
        self.as_str()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments, check_for_backend(MultiBackend))]
struct AttachmentRow {
    id: Id,
    name: String,
    media_type: Option<DbText<MediaType>>,
    bytes: i64,
}

impl AttachmentRow {
    /// None while its content is not there yet.
    fn into_attachment(self) -> Option<Attachment> {
        let bytes = u64::try_from(self.bytes).unwrap_or_default();
        let media_type = self.media_type?.0;
        Some(Attachment { id: self.id.into(), name: self.name, media_type, bytes })
    }
}

/// Whose files somebody uploads, and where: into a thread, or for a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose.
    pub citizen: CitizenId,
    /// The thread; none for a new one.
    pub thread: Option<ThreadId>,
}

/// Notes that a file is about to be uploaded.
pub fn insert(
    conn: &mut DbConn,
    id: AttachmentId,
    (by, place): (PersonId, Place),
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        attachments::id.eq(Id::from(id)),
        attachments::citizen_id.eq(Id::from(place.citizen)),
        attachments::thread_id.eq(place.thread.map(Id::from)),
        attachments::uploader_id.eq(Id::from(by)),
        attachments::message_id.eq(None::<Id>),
        attachments::position.eq(None::<i32>),
        attachments::name.eq(""),
        attachments::media_type.eq(None::<DbText<MediaType>>),
        attachments::bytes.eq(0_i64),
        attachments::created_at.eq(Stored::from(now)),
        attachments::ready_at.eq(None::<Stored>),
    );
    diesel::insert_into(attachments::table).values(row).execute(conn)
}

/// The file is there and was found good.
pub fn set_ready(conn: &mut DbConn, file: &Attachment, now: Instant) -> QueryResult<usize> {
    diesel::update(attachments::table.find(Id::from(file.id)))
        .set((
            attachments::name.eq(&file.name),
            attachments::media_type.eq(Some(DbText(file.media_type))),
            attachments::bytes.eq(i64::try_from(file.bytes).unwrap_or(i64::MAX)),
            attachments::ready_at.eq(Some(Stored::from(now))),
        ))
        .execute(conn)
}

/// Forgets one that was not sent.
pub fn delete(conn: &mut DbConn, id: AttachmentId) -> QueryResult<usize> {
    let unsent = attachments::table.find(Id::from(id)).filter(attachments::message_id.is_null());
    diesel::delete(unsent).execute(conn)
}

/// One that waits to be sent is not sent any more: its content is about to be deleted. Says whether it waited.
pub fn discard(conn: &mut DbConn, id: AttachmentId) -> QueryResult<bool> {
    let unsent = attachments::table.find(Id::from(id)).filter(attachments::message_id.is_null());
    Ok(diesel::update(unsent).set(attachments::ready_at.eq(None::<Stored>)).execute(conn)? == 1)
}

/// The same for all that were uploaded by or for a citizen. Housekeeping finds them as too old.
pub fn discard_of_citizen(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let unsent = attachments::table
        .filter(attachments::citizen_id.eq(Id::from(of)).or(attachments::uploader_id.eq(Id::from(of))))
        .filter(attachments::message_id.is_null());
    let long_ago = Stored::from(Instant::UNIX_EPOCH);
    diesel::update(unsent)
        .set((attachments::ready_at.eq(None::<Stored>), attachments::created_at.eq(long_ago)))
        .execute(conn)
}

/// What the policy and a download need to know of a file.
#[derive(Clone, Debug)]
pub struct Known {
    /// The file.
    pub file: Attachment,
    /// Where it was uploaded.
    pub place: Place,
    /// Who uploaded it, as an id without a kind.
    pub uploader: Id,
    /// The message that took it along.
    pub message: Option<MessageId>,
}

/// One file whose content is there.
pub fn find(conn: &mut DbConn, id: AttachmentId) -> QueryResult<Option<Known>> {
    type Columns = (Id, Option<Id>, Id, Option<Id>);
    let columns =
        (attachments::citizen_id, attachments::thread_id, attachments::uploader_id, attachments::message_id);
    let found: Option<(AttachmentRow, Columns)> = attachments::table
        .find(Id::from(id))
        .filter(attachments::ready_at.is_not_null())
        .select((AttachmentRow::as_select(), columns))
        .first(conn)
        .optional()?;
    Ok(found.and_then(|(row, (citizen, thread, uploader, message))| {
        let place = Place { citizen: citizen.into(), thread: thread.map(ThreadId::from) };
        let file = row.into_attachment()?;
        Some(Known { file, place, uploader, message: message.map(MessageId::from) })
    }))
}

/// How many files of somebody wait to be sent, or have been on their way since `since`.
pub fn count_unsent(conn: &mut DbConn, by: PersonId, since: Instant) -> QueryResult<i64> {
    attachments::table
        .filter(attachments::uploader_id.eq(Id::from(by)))
        .filter(attachments::message_id.is_null())
        .filter(attachments::ready_at.is_not_null().or(attachments::created_at.gt(Stored::from(since))))
        .select(count_star())
        .first(conn)
}

/// The files that somebody has uploaded at a place and not sent yet, in the order they came.
pub fn list_unsent(conn: &mut DbConn, by: PersonId, at: Place) -> QueryResult<Vec<Attachment>> {
    let mut unsent = attachments::table
        .filter(attachments::uploader_id.eq(Id::from(by)))
        .filter(attachments::citizen_id.eq(Id::from(at.citizen)))
        .filter(attachments::message_id.is_null())
        .filter(attachments::ready_at.is_not_null())
        .into_boxed::<MultiBackend>();
    unsent = match at.thread {
        Some(thread) => unsent.filter(attachments::thread_id.eq(Some(Id::from(thread)))),
        None => unsent.filter(attachments::thread_id.is_null()),
    };
    let rows: Vec<AttachmentRow> =
        unsent.order(attachments::id.asc()).select(AttachmentRow::as_select()).load(conn)?;
    Ok(rows.into_iter().filter_map(AttachmentRow::into_attachment).collect())
}

/// A message takes a file along, if `by` uploaded it for the citizen and has not sent it; says whether that was so.
pub fn attach(
    conn: &mut DbConn,
    id: AttachmentId,
    (by, of): (PersonId, CitizenId),
    (message, position): (MessageId, i32),
) -> QueryResult<bool> {
    let own = attachments::table
        .find(Id::from(id))
        .filter(attachments::uploader_id.eq(Id::from(by)))
        .filter(attachments::citizen_id.eq(Id::from(of)))
        .filter(attachments::message_id.is_null())
        .filter(attachments::ready_at.is_not_null());
    let taken = diesel::update(own)
        .set((attachments::message_id.eq(Some(Id::from(message))), attachments::position.eq(Some(position))))
        .execute(conn)?;
    Ok(taken == 1)
}

/// Adds their files to messages; `taking` are those that took any along.
pub(super) fn added(
    conn: &mut DbConn,
    mut messages: Vec<Message>,
    taking: Vec<Id>,
) -> QueryResult<Vec<Message>> {
    let rows: Vec<(Option<Id>, AttachmentRow)> = attachments::table
        .filter(attachments::message_id.eq_any(taking))
        .order((attachments::message_id.asc(), attachments::position.asc()))
        .select((attachments::message_id, AttachmentRow::as_select()))
        .load(conn)?;
    for (of, row) in rows {
        let message = messages.iter_mut().find(|message| Some(Id::from(message.id)) == of);
        if let Some((message, file)) = message.zip(row.into_attachment()) {
            message.attachments.push(file);
        }
    }
    Ok(messages)
}

/// Files of a name.
pub fn list_named(conn: &mut DbConn, name: &str) -> QueryResult<Vec<AttachmentId>> {
    let named = attachments::table.filter(attachments::name.eq(name));
    Ok(named.select(attachments::id).load::<Id>(conn)?.into_iter().map(AttachmentId::from).collect())
}

/// Files that were uploaded before `before` and never sent, and that no draft at their place is about; and those whose upload began
/// before `abandoned` and did not end.
pub fn list_forgotten(
    conn: &mut DbConn,
    before: Instant,
    abandoned: Instant,
) -> QueryResult<Vec<AttachmentId>> {
    let draft = drafts::table
        .filter(drafts::writer_id.eq(attachments::uploader_id))
        .filter(drafts::citizen_id.eq(attachments::citizen_id))
        .filter(
            attachments::thread_id
                .eq(drafts::place_id.nullable())
                .or(attachments::thread_id.is_null().and(drafts::place_id.eq(attachments::citizen_id))),
        );
    let is_abandoned =
        attachments::ready_at.is_null().and(attachments::created_at.lt(Stored::from(abandoned)));
    let is_old = attachments::created_at.lt(Stored::from(before)).and(not(exists(draft)));
    let old = attachments::table.filter(attachments::message_id.is_null()).filter(is_abandoned.or(is_old));
    Ok(old.select(attachments::id).load::<Id>(conn)?.into_iter().map(AttachmentId::from).collect())
}
