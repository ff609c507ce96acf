//! Threads between citizens and units, and the messages in them.

mod groups;
mod handling;
mod linking;
mod reading;
mod searching;
mod writing;

use omasote_rules::messages::Refusal;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{ProfessionalId, ThreadId};
use omasote_types::sessions::PersonId;
use omasote_types::updates::Update;

pub use groups::create_group_threads;
pub use handling::{
    act_on_threads, answer_instruction, close_thread, create_note, forward_thread, let_go_of, let_lapsed_go,
    let_late_go, list_notes, list_transfers, release_thread, reopen_thread, return_thread,
    set_thread_visibility, take_thread, tell_typing,
};
pub use linking::{check_links, find_unsendable};
pub use reading::{count_unread, get_thread, list_inbox, list_messages, list_threads, mark_thread_read};
pub use searching::{read_words, save_words, search_inbox};
pub use writing::{create_thread, send_message, write_from_unit};

use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Parties, Permit, Resource, ThreadFacts};
use crate::repos::messages as repo;

/// What is to be known of a thread, when the actor may do this with it.
pub(super) fn visible(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    id: ThreadId,
) -> Result<(ThreadFacts, Permit), AppError> {
    let facts = repo::find_facts(conn, id)?.ok_or_else(AppError::not_found)?;
    let permit = policy::require(conn, call, action, Resource::Thread(id, facts))?;
    Ok((facts, permit))
}

/// The same for a thread that is about to be changed: until that is done nobody else changes it.
fn to_change(
    tx: &mut Tx<'_>,
    call: &mut Call,
    action: Action,
    id: ThreadId,
) -> Result<(ThreadFacts, Permit), AppError> {
    let facts = repo::find_facts_to_change(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    let permit = policy::require(tx.conn(), call, action, Resource::Thread(id, facts))?;
    Ok((facts, permit))
}

/// The professional who acts; `not_allowed` to citizens.
pub(super) fn professional(call: &Call) -> Result<ProfessionalId, AppError> {
    match call.actor.person {
        PersonId::Professional(id) => Ok(id),
        PersonId::Citizen(_) => Err(AppError::of(ErrorCode::NotAllowed)),
    }
}

fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::TakenBy(_) => AppError::of(ErrorCode::ThreadTaken),
        Refusal::NotTakenBy(_) => AppError::of(ErrorCode::Conflict).detail("they do not have the thread"),
        Refusal::Closed => AppError::of(ErrorCode::ThreadClosed),
        Refusal::EndedLongAgo => AppError::of(ErrorCode::ThreadEnded),
        Refusal::SameUnit => AppError::field("unitId", FieldErrorCode::Unchanged),
        Refusal::NotReturnable => AppError::of(ErrorCode::NotReturnable),
    }
}

/// Tells who looks at a thread that it changed.
pub(super) fn announce(tx: &mut Tx<'_>, thread_id: ThreadId, parties: Parties) {
    let Parties { citizen: citizen_id, unit: unit_id } = parties;
    tx.announce(Signal::Update(Update::ThreadChanged { thread_id, citizen_id, unit_id }));
}
