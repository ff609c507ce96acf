//! The same message to each of a chosen group.

use omasote_types::error::FieldErrorCode;
use omasote_types::ids::UnitId;
use omasote_types::messages::{GroupOutcome, NewGroupThreads, NewThread};

use super::super::idempotency::Key;
use super::writing::begin_thread;
use crate::audit::Call;
use crate::db::Tx;
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::units;

/// Begins a thread with each of some citizens. Who may not be written to is told by their id; the others get the message.
///
/// # Errors
/// `not_found`, `validation_failed`, `idempotency_key_reused`.
pub fn create_group_threads(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, new): (UnitId, &NewGroupThreads),
    key: Option<&Key>,
) -> Result<Vec<GroupOutcome>, AppError> {
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(of))?;
    new.validate()?;
    if units::find_of_topic(tx.conn(), new.topic_id)? != Some(of) {
        return Err(AppError::field("topicId", FieldErrorCode::UnknownReference));
    }
    let first = NewThread {
        topic_id: new.topic_id,
        text: new.text.clone(),
        about_access: None,
        attachment_ids: Vec::new(),
        links: Vec::new(),
    };
    let mut outcomes = Vec::with_capacity(new.citizen_ids.len());
    for citizen_id in new.citizen_ids.iter().copied() {
        let key = key.map(|key| key.part(&citizen_id));
        let (thread_id, refused) = match begin_thread(tx, call, citizen_id, &first, key.as_ref()) {
            Ok(thread) => (Some(thread.id), None),
            Err(error) if error.code().status() == 404 => (None, Some(error.code())),
            Err(error) => return Err(error),
        };
        outcomes.push(GroupOutcome { citizen_id, thread_id, refused });
    }
    // The line of it all is that of the unit, with everybody who was written to.
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(of))?;
    Ok(outcomes)
}
