//! Half-written messages. Nobody but their writer sees them, so they leave no line in the access log: what is sent does.

use omasote_types::drafts::{Draft, DraftUpdate};
use omasote_types::error::FieldErrorCode;

use super::attachments::{Place, require_at};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::Action;
use crate::repos::{attachments, drafts as repo, units};

/// What the actor has half-written at a place, with the files they uploaded there.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed`.
pub fn get_draft(conn: &mut DbConn, call: &mut Call, at: Place) -> Result<Draft, AppError> {
    require_at(conn, call, Action::Write, at)?;
    call.leaves_no_line();
    find(conn, call, at)
}

fn find(conn: &mut DbConn, call: &Call, at: Place) -> Result<Draft, AppError> {
    let by = call.actor.person;
    let draft = repo::find(conn, by, at)?.unwrap_or_default();
    Ok(Draft { attachments: attachments::list_unsent(conn, by, at)?, ..draft })
}

/// Keeps what the actor has written so far, unless what is kept is newer; answers with what is kept.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed`, `validation_failed`.
pub fn save_draft(tx: &mut Tx<'_>, call: &mut Call, at: Place, new: &DraftUpdate) -> Result<Draft, AppError> {
    require_at(tx.conn(), call, Action::Write, at)?;
    call.leaves_no_line();
    new.validate()?;
    if let Some(topic) = new.topic_id
        && units::find_of_topic(tx.conn(), topic)?.is_none()
    {
        return Err(AppError::field("topicId", FieldErrorCode::UnknownReference));
    }
    let by = call.actor.person;
    // A clock that goes ahead must not win for ever.
    let new = DraftUpdate { written_at: new.written_at.min(call.now()), ..new.clone() };
    let kept = repo::find(tx.conn(), by, at)?.and_then(|kept| kept.written_at);
    if kept.is_none_or(|kept| kept <= new.written_at) {
        repo::save(tx.conn(), (by, at), &new, call.now())?;
    }
    find(tx.conn(), call, at)
}

/// Forgets what the actor has half-written at a place. The files they uploaded stay until they are sent or taken back.
///
/// # Errors
/// `not_found`, `outside_mandate`, `not_allowed`.
pub fn delete_draft(tx: &mut Tx<'_>, call: &mut Call, at: Place) -> Result<(), AppError> {
    require_at(tx.conn(), call, Action::Write, at)?;
    call.leaves_no_line();
    repo::delete(tx.conn(), call.actor.person, at)?;
    Ok(())
}
