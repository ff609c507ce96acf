//! What becomes of a thread beside its messages: who has it, which unit, whether it goes on.

use omasote_rules::messages::{Act, Standing};
use omasote_types::Instant;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{MessageId, NoteId, ProfessionalId, ThreadId, UnitId};
use omasote_types::messages::{
    Bulk, BulkAct, BulkOutcome, InstructionAnswer, NewForward, NewNote, NewReturn, Note, Side, Take, Thread,
    ThreadVisibility, Transfer, TransferKind, Understanding,
};
use omasote_types::updates::Update;

use super::super::promises;
use super::writing::relation;
use super::{announce, professional, refused, to_change, visible};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Parties, Resource, ThreadFacts, side_of};
use crate::repos::messages::{self as repo, NewTransfer};
use crate::repos::{care, units};

/// Keeps where a thread stands after an act, promises an answer to who begins to wait, and tells who sees it.
fn advance(
    tx: &mut Tx<'_>,
    id: ThreadId,
    facts: ThreadFacts,
    act: Act,
    now: Instant,
) -> Result<Standing, AppError> {
    let next = facts.standing.after(act, now).map_err(refused)?;
    if next != facts.standing {
        repo::save_standing(tx.conn(), id, &next, now)?;
        if facts.standing.waiting_since.is_none() && next.waiting_since.is_some() {
            promises::begin(tx.conn(), id, next.unit, now)?;
        }
        announce(tx, id, facts.parties);
    }
    Ok(next)
}

fn shown(tx: &mut Tx<'_>, call: &Call, id: ThreadId) -> Result<Thread, AppError> {
    repo::find_thread(tx.conn(), id, side_of(&call.actor))?.ok_or_else(AppError::not_found)
}

/// Takes a thread: one that nobody has, or from the colleague who is named.
///
/// # Errors
/// `not_found`, `not_allowed`, `thread_taken`, `thread_closed`; `conflict` when the colleague does not have it.
pub fn take_thread(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId, take: Take) -> Result<Thread, AppError> {
    let (facts, _) = to_change(tx, call, Action::Handle, id)?;
    let by = professional(call)?;
    let act = match take.from {
        Some(from) => Act::TakeFrom { by, from },
        None => Act::Take(by),
    };
    advance(tx, id, facts, act, call.now())?;
    shown(tx, call, id)
}

/// Lets a thread go, back to all of the unit.
///
/// # Errors
/// `not_found`, `not_allowed`; `conflict` when the actor does not have it.
pub fn release_thread(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId) -> Result<Thread, AppError> {
    let (facts, _) = to_change(tx, call, Action::Handle, id)?;
    advance(tx, id, facts, Act::Release(professional(call)?), call.now())?;
    shown(tx, call, id)
}

/// Sends a thread to another unit. The sending unit sees it as long as its care relation lasts.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `thread_taken`, `thread_closed`.
pub fn forward_thread(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ThreadId,
    new: &NewForward,
) -> Result<Thread, AppError> {
    let (facts, _) = to_change(tx, call, Action::Handle, id)?;
    new.validate()?;
    let (by, to) = (professional(call)?, new.unit_id);
    if units::find_named(tx.conn(), to)?.is_none() {
        return Err(AppError::field("unitId", FieldErrorCode::UnknownReference));
    }
    if let Some(note) = &new.note {
        insert_note(tx, (id, facts, by), note, call.now())?;
    }
    let sending = Sending { act: Act::Forward { by, to }, reason: &new.reason, stays: new.stays_informed };
    send_on(tx, call, (id, facts, by), &sending)
}

/// Sends a thread back to the unit it came from, once.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `thread_taken`, `thread_closed`, `not_returnable`.
pub fn return_thread(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ThreadId,
    new: &NewReturn,
) -> Result<Thread, AppError> {
    let (facts, _) = to_change(tx, call, Action::Handle, id)?;
    new.validate()?;
    let by = professional(call)?;
    let sending = Sending { act: Act::Return(by), reason: &new.reason, stays: false };
    send_on(tx, call, (id, facts, by), &sending)
}

/// A move of a thread to another unit.
struct Sending<'a> {
    act: Act,
    reason: &'a str,
    stays: bool,
}

fn send_on(
    tx: &mut Tx<'_>,
    call: &Call,
    (id, facts, by): (ThreadId, ThreadFacts, ProfessionalId),
    sending: &Sending<'_>,
) -> Result<Thread, AppError> {
    let (now, from) = (call.now(), facts.parties.unit);
    let next = advance(tx, id, facts, sending.act, now)?;
    let parties = Parties { unit: next.unit, ..facts.parties };
    let kind =
        if matches!(sending.act, Act::Return(_)) { TransferKind::Return } else { TransferKind::Forward };
    let transfer = NewTransfer {
        thread: id,
        citizen: parties.citizen,
        from,
        to: next.unit,
        by,
        kind,
        reason: sending.reason,
        stays_informed: sending.stays,
    };
    repo::insert_transfer(tx.conn(), &transfer, now)?;
    repo::set_search_due(tx.conn(), id, now)?;
    if !sending.stays {
        care::close_for(tx.conn(), from, *id.as_uuid(), now)?;
    }
    care::open(tx.conn(), &relation(id, parties), now)?;
    // Nobody of the next unit has read any of it.
    let unread = repo::count_of_citizen(tx.conn(), id)?;
    repo::set_unread(tx.conn(), id, Side::Unit, unread)?;
    announce(tx, id, parties);
    shown(tx, call, id)
}

/// How a thread moved from unit to unit, oldest first. Citizens see units and reasons, not who it was.
///
/// # Errors
/// `not_found`.
pub fn list_transfers(conn: &mut DbConn, call: &mut Call, id: ThreadId) -> Result<Vec<Transfer>, AppError> {
    visible(conn, call, Action::Read, id)?;
    let mut transfers = repo::list_transfers(conn, id)?;
    if side_of(&call.actor) == Side::Citizen {
        for transfer in &mut transfers {
            transfer.by = None;
        }
    }
    Ok(transfers)
}

/// Ends a matter, by either side; ending an ended one changes nothing.
///
/// # Errors
/// `not_found`, `not_allowed`, `thread_taken`.
pub fn close_thread(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId) -> Result<Thread, AppError> {
    let (facts, _) = to_change(tx, call, Action::Close, id)?;
    let act = professional(call).map_or(Act::CitizenCloses, Act::UnitCloses);
    advance(tx, id, facts, act, call.now())?;
    if facts.standing.closed_at.is_none() {
        care::close(tx.conn(), *id.as_uuid(), call.now())?;
    }
    shown(tx, call, id)
}

/// Opens an ended matter again, within 30 days; opening an open one changes nothing.
///
/// # Errors
/// `not_found`, `not_allowed`, `thread_ended`.
pub fn reopen_thread(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId) -> Result<Thread, AppError> {
    let (facts, _) = to_change(tx, call, Action::Close, id)?;
    let act = professional(call).map_or(Act::CitizenReopens, Act::UnitReopens);
    advance(tx, id, facts, act, call.now())?;
    if facts.standing.closed_at.is_some() {
        care::open(tx.conn(), &relation(id, facts.parties), call.now())?;
    }
    shown(tx, call, id)
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
    let (facts, _) = to_change(tx, call, Action::Hide, id)?;
    if wanted.is_hidden_from_proxies != facts.is_hidden {
        repo::set_hidden(tx.conn(), id, wanted.is_hidden_from_proxies.then(|| call.now()))?;
        announce(tx, id, facts.parties);
    }
    shown(tx, call, id)
}

/// The notes on a thread, for professionals only; oldest first.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn list_notes(conn: &mut DbConn, call: &mut Call, of: ThreadId) -> Result<Vec<Note>, AppError> {
    visible(conn, call, Action::Inspect, of)?;
    Ok(repo::list_notes(conn, of)?)
}

/// Notes something on a thread.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`.
pub fn create_note(
    tx: &mut Tx<'_>,
    call: &mut Call,
    on: ThreadId,
    new: &NewNote,
) -> Result<Vec<Note>, AppError> {
    let (facts, _) = visible(tx.conn(), call, Action::Handle, on)?;
    new.validate()?;
    insert_note(tx, (on, facts, professional(call)?), &new.text, call.now())?;
    announce(tx, on, facts.parties);
    Ok(repo::list_notes(tx.conn(), on)?)
}

fn insert_note(
    tx: &mut Tx<'_>,
    (on, facts, by): (ThreadId, ThreadFacts, ProfessionalId),
    text: &str,
    now: Instant,
) -> Result<(), AppError> {
    repo::insert_note(tx.conn(), NoteId::at(now), (on, facts.parties.citizen, by), text, now)?;
    Ok(())
}

/// Keeps the citizen's answer to an instruction. One that they did not understand raises the thread.
///
/// # Errors
/// `not_found`, `not_allowed`, `thread_ended`.
pub fn answer_instruction(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (message, position): (MessageId, i32),
    answer: InstructionAnswer,
) -> Result<(), AppError> {
    let thread = repo::find_thread_of_instruction(tx.conn(), message, position)?;
    let id = thread.ok_or_else(AppError::not_found)?;
    let (facts, _) = to_change(tx, call, Action::Answer, id)?;
    repo::answer_instruction(tx.conn(), (message, position), answer.answer, call.now())?;
    if answer.answer == Understanding::NotUnderstood {
        advance(tx, id, facts, Act::NotUnderstood, call.now())?;
        if facts.standing.closed_at.is_some() {
            care::open(tx.conn(), &relation(id, facts.parties), call.now())?;
        }
    }
    announce(tx, id, facts.parties);
    Ok(())
}

/// Does one thing with many threads of a unit. Each is done or refused by itself.
///
/// # Errors
/// `not_found` when the actor does not belong to the unit, `validation_failed`.
pub fn act_on_threads(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: UnitId,
    bulk: &Bulk,
) -> Result<Vec<BulkOutcome>, AppError> {
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(of))?;
    bulk.validate()?;
    let mut outcomes = Vec::with_capacity(bulk.thread_ids.len());
    for id in bulk.thread_ids.iter().copied() {
        let done = match bulk.act {
            BulkAct::Take => take_thread(tx, call, id, Take::default()),
            BulkAct::Close => close_thread(tx, call, id),
        };
        let refused = match done {
            Ok(_) => None,
            Err(error) if error.code().status() < 500 => Some(error.code()),
            Err(error) => return Err(error),
        };
        outcomes.push(BulkOutcome { thread_id: id, refused });
    }
    // The line of it all is that of the unit's inbox, with everybody whose thread was asked for.
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(of))?;
    Ok(outcomes)
}

/// Everything a professional has taken goes back to their units.
///
/// # Errors
/// When the database fails.
pub fn let_go_of(tx: &mut Tx<'_>, who: ProfessionalId, now: Instant) -> Result<(), AppError> {
    let held = repo::list_held_by(tx.conn(), who)?;
    held.into_iter().try_for_each(|id| let_go(tx, id, Act::HoldLapses, now))
}

/// What waits and was taken before `before`, or by somebody who is away, goes back to all of its unit; says how much.
///
/// # Errors
/// When the database fails.
pub fn let_lapsed_go(tx: &mut Tx<'_>, before: Instant, now: Instant) -> Result<usize, AppError> {
    let lapsed = repo::list_lapsed(tx.conn(), before, now)?;
    lapsed.iter().try_for_each(|id| let_go(tx, *id, Act::HoldLapses, now))?;
    Ok(lapsed.len())
}

/// A thread whose promise was not kept goes back to all of its unit: who had it did not get to it.
///
/// # Errors
/// When the database fails.
pub fn let_late_go(tx: &mut Tx<'_>, id: ThreadId, now: Instant) -> Result<(), AppError> {
    let_go(tx, id, Act::PromiseMissed, now)
}

fn let_go(tx: &mut Tx<'_>, id: ThreadId, act: Act, now: Instant) -> Result<(), AppError> {
    if let Some(facts) = repo::find_facts_to_change(tx.conn(), id)? {
        advance(tx, id, facts, act, now)?;
    }
    Ok(())
}

/// Tells the colleagues that the actor is writing an answer. Nothing is stored, and nothing of the thread is shown.
///
/// # Errors
/// `not_found`.
pub fn tell_typing(tx: &mut Tx<'_>, call: &mut Call, id: ThreadId) -> Result<(), AppError> {
    let facts = repo::find_facts(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    let unit_id = facts.parties.unit;
    policy::require(tx.conn(), call, Action::Read, Resource::Unit(unit_id))?;
    let professional_id = professional(call)?;
    tx.announce(Signal::Update(Update::Typing { thread_id: id, unit_id, professional_id }));
    Ok(())
}
