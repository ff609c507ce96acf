//! Half-written messages.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::drafts::{Draft, DraftUpdate};
use omasote_types::ids::{CitizenId, TopicId};
use omasote_types::sessions::PersonId;

use super::attachments::Place;
use crate::db::schema::drafts;
use crate::db::{DbConn, Id, MultiBackend, Stored};

#[derive(Queryable, Selectable)]
#[diesel(table_name = drafts, check_for_backend(MultiBackend))]
struct DraftRow {
    topic_id: Option<Id>,
    text: String,
    written_at: Stored,
}

impl From<DraftRow> for Draft {
    fn from(row: DraftRow) -> Self {
        Self {
            text: row.text,
            topic_id: row.topic_id.map(TopicId::from),
            written_at: Some(row.written_at.into()),
            attachments: Vec::new(),
        }
    }
}

fn place_id(place: Place) -> Id {
    place.thread.map_or_else(|| Id::from(place.citizen), Id::from)
}

/// What somebody has half-written at a place.
pub fn find(conn: &mut DbConn, by: PersonId, at: Place) -> QueryResult<Option<Draft>> {
    let found: Option<DraftRow> = drafts::table
        .find((Id::from(by), place_id(at)))
        .select(DraftRow::as_select())
        .first(conn)
        .optional()?;
    Ok(found.map(Draft::from))
}

/// Keeps what somebody has written, in the place of what they had written before.
pub fn save(
    conn: &mut DbConn,
    (by, at): (PersonId, Place),
    new: &DraftUpdate,
    now: Instant,
) -> QueryResult<usize> {
    delete(conn, by, at)?;
    let row = (
        drafts::writer_id.eq(Id::from(by)),
        drafts::citizen_id.eq(Id::from(at.citizen)),
        drafts::place_id.eq(place_id(at)),
        drafts::topic_id.eq(new.topic_id.map(Id::from)),
        drafts::text.eq(&new.text),
        drafts::written_at.eq(Stored::from(new.written_at)),
        drafts::saved_at.eq(Stored::from(now)),
    );
    diesel::insert_into(drafts::table).values(row).execute(conn)
}

/// Forgets what somebody has half-written at a place.
pub fn delete(conn: &mut DbConn, by: PersonId, at: Place) -> QueryResult<usize> {
    diesel::delete(drafts::table.find((Id::from(by), place_id(at)))).execute(conn)
}

/// Forgets what a citizen has half-written, and what others have for or to them.
pub fn delete_of_citizen(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let own = drafts::citizen_id.eq(Id::from(of)).or(drafts::writer_id.eq(Id::from(of)));
    diesel::delete(drafts::table.filter(own)).execute(conn)
}

/// Forgets what was last written at before `before`.
pub fn delete_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    diesel::delete(drafts::table.filter(drafts::saved_at.lt(Stored::from(before)))).execute(conn)
}
