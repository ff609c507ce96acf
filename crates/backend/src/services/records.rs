//! Saving something of a thread or a task to the patient record, which is kept in a system outside. Here it is decided who may, what goes
//! out, and what becomes of it; the way there is the outbox's and `ehr`'s.

use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::{AccessId, CitizenId, RecordId, RequestId, SessionId, TaskId, ThreadId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Message, Side, Thread};
use omasote_types::records::{NewRecord, NewTaskRecord, Record, RecordState, RecordTrouble, ThreadRecords};
use omasote_types::tasks::Task;
use omasote_types::updates::Update;
use serde_json::Value;
use uuid::Uuid;

use super::idempotency::{self, Claim, Key};
use super::messages::{professional, visible};
use super::outbox::{self, Attempt, Next};
use super::tasks;
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::db::{DbConn, Tx};
use crate::ehr::Ehr;
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{Action, ThreadFacts};
use crate::repos::outbox::{Delivery, DeliveryKind};
use crate::repos::records::{self as repo, NewRecordRow, Origin, Place};
use crate::repos::{audit, data_rights, messages, outbox as outbox_repo, people, units};

/// By which name the access log knows that an entry left for the other system.
const DELIVERY: &str = "deliverRecord";
/// What stands there for a title, in Finnish as titles are.
const SYSTEM: &str = "järjestelmä";

fn facts_of(conn: &mut DbConn, id: ThreadId) -> Result<ThreadFacts, AppError> {
    messages::find_facts(conn, id)?.ok_or_else(AppError::not_found)
}

/// What is saved of a thread, and whether anything can be. For professionals only.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn list_records(
    conn: &mut DbConn,
    call: &mut Call,
    ehr: Option<&Ehr>,
    of: ThreadId,
) -> Result<ThreadRecords, AppError> {
    let (facts, _) = visible(conn, call, Action::Inspect, of)?;
    let records = repo::list_of_thread(conn, of)?;
    listed(conn, ehr, facts.parties.citizen, records)
}

/// What is saved of a task, and whether anything can be. For professionals only.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn list_task_records(
    conn: &mut DbConn,
    call: &mut Call,
    ehr: Option<&Ehr>,
    of: TaskId,
) -> Result<ThreadRecords, AppError> {
    let kept = tasks::to_handle(conn, call, of)?;
    let records = repo::list_of_task(conn, of)?;
    listed(conn, ehr, kept.parties.citizen, records)
}

fn listed(
    conn: &mut DbConn,
    ehr: Option<&Ehr>,
    of: CitizenId,
    records: Vec<Record>,
) -> Result<ThreadRecords, AppError> {
    let key = repo::find_patient_key(conn, of)?;
    let patient_url = ehr.zip(key).and_then(|(ehr, key)| ehr.patient_url(&key));
    Ok(ThreadRecords { is_connected: ehr.is_some(), patient_url, records })
}

/// Has something of a thread saved. It is on its way when this is done, and saved when the other system has said so.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `not_connected`, `idempotency_key_reused`.
pub fn create_record(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (ehr, of): (Option<&Ehr>, ThreadId),
    new: &NewRecord,
    key: Option<&Key>,
) -> Result<Record, AppError> {
    let (facts, _) = visible(tx.conn(), call, Action::Handle, of)?;
    new.validate()?;
    let (by, now) = (professional(call)?, call.now());
    if ehr.is_none() {
        return Err(AppError::of(ErrorCode::NotConnected));
    }
    let mut chosen = new.message_ids.clone();
    chosen.sort_unstable();
    chosen.dedup();
    for message in &chosen {
        if messages::find_thread_of(tx.conn(), *message)? != Some(of) {
            return Err(AppError::field("messageIds", FieldErrorCode::UnknownReference));
        }
    }
    let id = RecordId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createRecord", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return shown(tx.conn(), made.into());
    }
    let place = Place { citizen: facts.parties.citizen, of: Origin::Thread(of), unit: facts.parties.unit };
    let (summary, messages) = (new.summary.as_str(), chosen.as_slice());
    keep(tx, &NewRecordRow { id, place, by, kind: new.kind, summary, messages, now })
}

/// Has what was answered to a task saved, with a summary. It is on its way when this is done, and saved when the other system has
/// said so.
///
/// # Errors
/// `not_found`, `not_allowed`, `task_not_answered`, `validation_failed`, `not_connected`, `idempotency_key_reused`.
pub fn create_task_record(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (ehr, of): (Option<&Ehr>, TaskId),
    new: &NewTaskRecord,
    key: Option<&Key>,
) -> Result<Record, AppError> {
    let kept = tasks::to_handle(tx.conn(), call, of)?;
    new.validate()?;
    let (by, now) = (professional(call)?, call.now());
    if ehr.is_none() {
        return Err(AppError::of(ErrorCode::NotConnected));
    }
    if kept.task.answered_at.is_none() {
        return Err(AppError::of(ErrorCode::TaskNotAnswered));
    }
    let id = RecordId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createTaskRecord", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return shown(tx.conn(), made.into());
    }
    let place = Place { citizen: kept.parties.citizen, of: Origin::Task(of), unit: kept.parties.unit };
    keep(tx, &NewRecordRow { id, place, by, kind: new.kind, summary: &new.summary, messages: &[], now })
}

/// Keeps what is to be saved, and puts it on its way.
fn keep(tx: &mut Tx<'_>, new: &NewRecordRow<'_>) -> Result<Record, AppError> {
    let (id, now) = (new.id, new.now);
    repo::insert(tx.conn(), new)?;
    let lane = (*id.as_uuid(), *new.place.of.id());
    outbox_repo::insert(tx.conn(), DeliveryKind::Record, lane, (now, now))?;
    announce(tx, new.place)?;
    shown(tx.conn(), id)
}

/// Has something tried again that waits for a person; what is on its way stays so.
///
/// # Errors
/// `not_found`, `not_allowed`, `not_connected`; `conflict` when it is saved already.
pub fn retry_record(
    tx: &mut Tx<'_>,
    call: &mut Call,
    ehr: Option<&Ehr>,
    id: RecordId,
) -> Result<Record, AppError> {
    let (place, record) = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    match place.of {
        Origin::Thread(thread) => visible(tx.conn(), call, Action::Handle, thread).map(drop)?,
        Origin::Task(task) => tasks::to_handle(tx.conn(), call, task).map(drop)?,
    }
    if ehr.is_none() {
        return Err(AppError::of(ErrorCode::NotConnected));
    }
    if record.state == RecordState::Saved {
        return Err(AppError::of(ErrorCode::Conflict).detail("it is saved already"));
    }
    if outbox_repo::resume(tx.conn(), DeliveryKind::Record, *id.as_uuid(), call.now())? {
        repo::set_state(tx.conn(), id, RecordState::Waiting, None)?;
        announce(tx, place)?;
    }
    shown(tx.conn(), id)
}

fn shown(conn: &mut DbConn, id: RecordId) -> Result<Record, AppError> {
    repo::find(conn, id)?.map(|(_, record)| record).ok_or_else(AppError::not_found)
}

/// Tells who looks at it: of a thread in the unit that has it now.
fn announce(tx: &mut Tx<'_>, place: Place) -> Result<(), AppError> {
    let citizen_id = place.citizen;
    let update = match place.of {
        Origin::Thread(thread_id) => {
            let unit_id = facts_of(tx.conn(), thread_id)?.parties.unit;
            Update::ThreadChanged { thread_id, citizen_id, unit_id }
        }
        Origin::Task(_) => Update::AgendaChanged { citizen_id, unit_id: place.unit },
    };
    tx.announce(Signal::Update(update));
    Ok(())
}

/// What goes with the summary: the chosen messages or the answers, and nothing else of the thread or the task.
#[derive(Clone, Debug)]
pub enum Source {
    /// Messages of a thread.
    Messages {
        /// The thread.
        thread: Thread,
        /// The messages, oldest first.
        messages: Vec<Message>,
    },
    /// A task that was done.
    Task {
        /// The task.
        task: Task,
        /// What was answered, as a `QuestionnaireResponse`; none when it asks for no answers.
        response: Option<Value>,
    },
}

/// What goes out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// What is saved.
    pub record: Record,
    /// What it is of.
    pub source: Source,
    /// The unit that saves it.
    pub unit: LocalText,
    /// Whose record it is.
    pub identity_code: IdentityCode,
}

/// What there is to deliver, or why it is not.
#[derive(Clone, Debug)]
pub enum Prepared {
    /// This goes out.
    Ready(Box<Outgoing>),
    /// It must not.
    Stopped(RecordTrouble),
}

/// Gathers what goes out.
///
/// # Errors
/// `not_found` when it is gone; when the database or the identity key fails.
pub fn prepare(
    conn: &mut DbConn,
    (vault, public_url): (&IdentityVault, &str),
    id: RecordId,
) -> Result<Prepared, AppError> {
    let (place, record) = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    let (source, began_at) = match place.of {
        Origin::Thread(of) => {
            let thread = messages::find_thread(conn, of, Side::Unit)?.ok_or_else(AppError::not_found)?;
            let messages = messages::list_of_record(conn, id)?;
            (Source::Messages { thread, messages }, facts_of(conn, of)?.began_at)
        }
        Origin::Task(of) => {
            let (task, response) = tasks::answered(conn, of, public_url)?;
            let given_at = task.given_at;
            (Source::Task { task, response }, given_at)
        }
    };
    let restricted_since = data_rights::find_restricted_since(conn, place.citizen)?;
    if restricted_since.is_some_and(|since| began_at <= since) {
        return Ok(Prepared::Stopped(RecordTrouble::Restricted));
    }
    let sealed = people::find_sealed_identity(conn, place.citizen)?.ok_or_else(AppError::not_found)?;
    Ok(Prepared::Ready(Box::new(Outgoing {
        record,
        source,
        unit: units::find_named(conn, place.unit)?.ok_or_else(AppError::not_found)?.name,
        identity_code: vault.open(&sealed)?,
    })))
}

/// The line of the access log that an entry went out, or may have. It is the server that sends it; who had it saved has a line
/// of their own.
fn line(place: Place, now: Instant) -> audit::Line {
    audit::Line {
        id: AccessId::at(now),
        at: now,
        actor: None,
        title: Some(SYSTEM.to_owned()),
        unit: Some(place.unit),
        action: AccessAction::Write,
        operation: DELIVERY.to_owned(),
        resource: Some(*place.of.id()),
        ground: AccessGround::Unit,
        session: SessionId::from_uuid(Uuid::nil()),
        request: RequestId::from_uuid(Uuid::nil()),
        subjects: vec![place.citizen],
        client: None,
        reason: None,
    }
}

/// What came of trying to deliver an entry.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the other system calls the person, when it told.
    pub patient: Option<String>,
    /// What came of it.
    pub attempt: Attempt<RecordTrouble>,
}

impl Outcome {
    /// What came of it while it is not known what the other system calls the person.
    #[must_use]
    pub const fn without_patient(attempt: Attempt<RecordTrouble>) -> Self {
        Self { patient: None, attempt }
    }
}

/// Keeps what came of trying to deliver an entry, and tells who looks at the thread; says what becomes of it.
///
/// # Errors
/// When the database fails.
pub fn settle(
    tx: &mut Tx<'_>,
    delivery: &Delivery,
    outcome: &Outcome,
    (now, chance): (Instant, u16),
) -> Result<Option<Next>, AppError> {
    let id = RecordId::from_uuid(delivery.subject);
    let Some(next) = outbox::settle(tx, delivery, &outcome.attempt, (now, chance))? else { return Ok(None) };
    let (place, record) = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    let trouble = match outcome.attempt {
        Attempt::Delivered => None,
        Attempt::Passing(trouble, _) | Attempt::Lasting(trouble) => Some(trouble),
    };
    if let Some(patient) = &outcome.patient {
        repo::set_patient_key(tx.conn(), id, patient)?;
    }
    match next {
        Next::Done => repo::set_saved(tx.conn(), id, place.of, now)?,
        Next::Again => repo::set_state(tx.conn(), id, RecordState::Waiting, trouble)?,
        Next::Person => repo::set_state(tx.conn(), id, RecordState::Failed, trouble)?,
    };
    if next != Next::Again {
        audit::insert(tx.conn(), &line(place, now))?;
    }
    // The same trouble again is nothing new to look at.
    if next != Next::Again || record.trouble != trouble {
        announce(tx, place)?;
    }
    Ok(Some(next))
}

/// What was saved of a citizen's thread or task, as the citizen takes it away: without who it was.
///
/// # Errors
/// When the database fails.
pub fn list_for_citizen(conn: &mut DbConn, of: Origin) -> Result<Vec<Record>, AppError> {
    let records = match of {
        Origin::Thread(thread) => repo::list_of_thread(conn, thread)?,
        Origin::Task(task) => repo::list_of_task(conn, task)?,
    };
    Ok(records.into_iter().map(|record| Record { by: None, ..record }).collect())
}
