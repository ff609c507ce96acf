//! What becomes of a thread beside its messages.

use omasote_types::ids::ThreadId;
use omasote_types::messages::{Thread, ThreadVisibility};

use super::{announce, visible};
use crate::audit::Call;
use crate::db::Tx;
use crate::error::AppError;
use crate::policy::{Action, side_of};
use crate::repos::care;
use crate::repos::messages as repo;

/// Closes a thread; closing a closed one changes nothing.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn close_thread(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId) -> Result<Thread, AppError> {
    let (facts, _) = visible(tx.conn(), call, Action::Close, id)?;
    repo::close_thread(tx.conn(), id)?;
    if !facts.is_closed {
        care::set_closed(tx.conn(), *id.as_uuid(), Some(call.now()))?;
    }
    announce(tx, id, facts.parties);
    repo::find_thread(tx.conn(), id, side_of(&call.actor))?.ok_or_else(AppError::not_found)
}

/// Hides a thread from those who act for the citizen, or shows it to them again.
///
/// # Errors
/// `not_found`; `not_allowed` for the thread of a child under 12, and for professionals when the citizen is not 12 to 17.
pub fn set_thread_visibility(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ThreadId,
    wanted: ThreadVisibility,
) -> Result<Thread, AppError> {
    let (facts, _) = visible(tx.conn(), call, Action::Hide, id)?;
    if wanted.is_hidden_from_proxies != facts.is_hidden {
        repo::set_hidden(tx.conn(), id, wanted.is_hidden_from_proxies.then(|| call.now()))?;
        announce(tx, id, facts.parties);
    }
    repo::find_thread(tx.conn(), id, side_of(&call.actor))?.ok_or_else(AppError::not_found)
}
