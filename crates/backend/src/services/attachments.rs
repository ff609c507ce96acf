//! Files that are sent with messages: who may upload, fetch and take back which, and sending them.

use std::time::Duration;

use omasote_types::attachments::Attachment;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{AttachmentId, CitizenId, MessageId};

use super::messages::visible;
use crate::audit::Call;
use crate::db::{DbConn, Id, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
pub use crate::repos::attachments::Place;
use crate::repos::attachments::{self as repo, Known};
use crate::repos::messages;

/// How many files of one person may wait to be sent.
pub const MAX_UNSENT: i64 = 20;

/// After so long an upload that has not ended was broken off.
pub const UPLOAD_ENDS_WITHIN: Duration = Duration::from_secs(3600);

/// Whether the actor may do this where something is being written.
pub(super) fn require_at(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    at: Place,
) -> Result<(), AppError> {
    match at.thread {
        None => policy::require(conn, call, action, Resource::Citizen(at.citizen, Part::Messages)).map(drop),
        Some(thread) => {
            let (facts, _) = visible(conn, call, action, thread)?;
            if facts.parties.citizen == at.citizen { Ok(()) } else { Err(AppError::not_found()) }
        }
    }
}

/// Announces a file whose content is about to come.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed`, `too_many_attachments`.
pub fn create_attachment(tx: &mut Tx<'_>, call: &mut Call, at: Place) -> Result<AttachmentId, AppError> {
    require_at(tx.conn(), call, Action::Write, at)?;
    let (by, now) = (call.actor.person, call.now());
    if repo::count_unsent(tx.conn(), by, now - UPLOAD_ENDS_WITHIN)? >= MAX_UNSENT {
        return Err(AppError::of(ErrorCode::TooManyAttachments));
    }
    let id = AttachmentId::at(now);
    repo::insert(tx.conn(), id, (by, at), now)?;
    Ok(id)
}

/// Lets a file be fetched: by who sees the thread it was sent into, or by who uploaded it and has not sent it.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`.
pub fn get_attachment(conn: &mut DbConn, call: &mut Call, id: AttachmentId) -> Result<Attachment, AppError> {
    let known = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    match known.message {
        None => require_own(conn, call, Action::Read, &known)?,
        Some(message) => {
            let thread = messages::find_thread_of(conn, message)?.ok_or_else(AppError::not_found)?;
            visible(conn, call, Action::Read, thread)?;
        }
    }
    Ok(known.file)
}

/// Takes back a file that was not sent. Its content is deleted next.
///
/// # Errors
/// `not_found`, also when it was sent; `outside_mandate`.
pub fn delete_attachment(tx: &mut Tx<'_>, call: &mut Call, id: AttachmentId) -> Result<(), AppError> {
    let known = repo::find(tx.conn(), id)?.filter(|known| known.message.is_none());
    require_own(tx.conn(), call, Action::Write, &known.ok_or_else(AppError::not_found)?)?;
    if repo::discard(tx.conn(), id)? { Ok(()) } else { Err(AppError::not_found()) }
}

/// What was not sent is nobody's business but the uploader's.
fn require_own(conn: &mut DbConn, call: &mut Call, action: Action, known: &Known) -> Result<(), AppError> {
    if known.uploader != Id::from(call.actor.person) {
        return Err(AppError::not_found());
    }
    require_at(conn, call, action, known.place)
}

/// A message takes files along: those that its writer has uploaded for the citizen and not sent.
///
/// # Errors
/// `validation_failed` when one is no such file.
pub(super) fn attach(
    tx: &mut Tx<'_>,
    call: &Call,
    ids: &[AttachmentId],
    (message, of): (MessageId, CitizenId),
) -> Result<(), AppError> {
    for (position, id) in (0_i32..).zip(ids) {
        if !repo::attach(tx.conn(), *id, (call.actor.person, of), (message, position))? {
            return Err(AppError::field("attachmentIds", FieldErrorCode::UnknownReference));
        }
    }
    Ok(())
}
