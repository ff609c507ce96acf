//! Threads between citizens and units, and the messages in them.

mod handling;
mod reading;
mod writing;

use omasote_types::ids::ThreadId;
use omasote_types::updates::Update;

pub use handling::{close_thread, set_thread_visibility};
pub use reading::{count_unread, get_thread, list_inbox, list_messages, list_threads, mark_thread_read};
pub use writing::{create_thread, send_message};

use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Parties, Permit, Resource, ThreadFacts};
use crate::repos::messages as repo;

/// What is to be known of a thread, when the actor may do this with it.
fn visible(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    id: ThreadId,
) -> Result<(ThreadFacts, Permit), AppError> {
    let facts = repo::find_facts(conn, id)?.ok_or_else(AppError::not_found)?;
    let permit = policy::require(conn, call, action, Resource::Thread(id, facts))?;
    Ok((facts, permit))
}

fn announce(tx: &mut Tx<'_>, thread_id: ThreadId, parties: Parties) {
    let Parties { citizen: citizen_id, unit: unit_id } = parties;
    tx.announce(Signal::Update(Update::ThreadChanged { thread_id, citizen_id, unit_id }));
}
