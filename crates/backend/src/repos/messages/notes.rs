//! Notes on threads, for professionals only.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, NoteId, ProfessionalId, ThreadId};
use omasote_types::messages::Note;
use omasote_types::people::Professional;

use crate::db::schema::{professionals, thread_notes};
use crate::db::{DbConn, Id, Stored};
use crate::repos::people::full_name;

/// The notes on a thread, oldest first.
pub fn list(conn: &mut DbConn, of: ThreadId) -> QueryResult<Vec<Note>> {
    type Row = (Id, Id, String, String, String, String, Stored);
    let rows: Vec<Row> = thread_notes::table
        .inner_join(professionals::table)
        .filter(thread_notes::thread_id.eq(Id::from(of)))
        .order(thread_notes::id.asc())
        .select((
            thread_notes::id,
            professionals::id,
            professionals::given_name,
            professionals::family_name,
            professionals::title,
            thread_notes::text,
            thread_notes::created_at,
        ))
        .load(conn)?;
    let notes = rows.into_iter().map(|(id, by, given, family, title, text, at)| Note {
        id: id.into(),
        by: Professional { id: by.into(), name: full_name(&given, &family), title, absent_until: None },
        text,
        created_at: at.into(),
    });
    Ok(notes.collect())
}

/// Adds a note.
pub fn insert(
    conn: &mut DbConn,
    id: NoteId,
    (thread, citizen, by): (ThreadId, CitizenId, ProfessionalId),
    text: &str,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        thread_notes::id.eq(Id::from(id)),
        thread_notes::thread_id.eq(Id::from(thread)),
        thread_notes::citizen_id.eq(Id::from(citizen)),
        thread_notes::professional_id.eq(Id::from(by)),
        thread_notes::text.eq(text),
        thread_notes::created_at.eq(Stored::from(now)),
    );
    diesel::insert_into(thread_notes::table).values(row).execute(conn)
}
