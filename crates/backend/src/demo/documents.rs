//! The document that comes with one of the demo's messages.

use omasote_demo::document::{NAME, document};
use omasote_types::Instant;
use omasote_types::attachments::{Attachment, MediaType};
use omasote_types::ids::{AttachmentId, CitizenId, MessageId, ThreadId};
use omasote_types::sessions::PersonId;

use crate::db::DbConn;
use crate::error::AppError;
use crate::files::{self, Files};
use crate::repos::attachments::{self as repo, Place};

/// Notes that it came with a message.
pub(super) fn store(
    conn: &mut DbConn,
    (by, citizen): (PersonId, CitizenId),
    (thread, message): (ThreadId, MessageId),
    now: Instant,
) -> Result<(), AppError> {
    let id = AttachmentId::at(now);
    let bytes = u64::try_from(document().len()).unwrap_or_default();
    let file = Attachment { id, name: NAME.to_owned(), media_type: MediaType::Pdf, bytes };
    repo::insert(conn, id, (by, Place { citizen, thread: Some(thread) }), now)?;
    repo::set_ready(conn, &file, now)?;
    repo::attach(conn, id, (by, citizen), (message, 0))?;
    Ok(())
}

/// Keeps its content in the file store, for every message that took it along.
///
/// # Errors
/// When the database or the file store fails.
pub async fn keep(conn: &mut DbConn, store: &Files) -> Result<(), AppError> {
    for id in repo::list_named(conn, NAME)? {
        store.put(&files::attachment(id), document()).await?;
    }
    Ok(())
}
