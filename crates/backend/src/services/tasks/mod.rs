//! Tasks: given by a unit, done by the citizen or for them, looked at by the unit.

mod answering;
pub mod follow_up;
mod giving;
pub mod of_event;
mod reading;
mod results;
pub mod series;

use omasote_rules::tasks::{Act, Change, Refusal, Standing};
use omasote_types::Instant;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::TaskId;
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{AnswerSource, Task, TaskActor};
use omasote_types::updates::Update;

pub use answering::{complete, save_response, start};
pub use giving::{cancel, create, review, send_back};

pub use reading::{find_by_code, get, get_response, list, list_changes, list_of_unit, response};
pub use results::{answered, export_response, list_scores};

use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Parties, Permit, Resource};
use crate::repos::care;
use crate::repos::tasks::{self as repo, Changed, Kept, Progress};

/// What is to be known of a task, when the actor may do this with it.
fn visible(conn: &mut DbConn, call: &mut Call, action: Action, id: TaskId) -> Result<Kept, AppError> {
    let kept = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    policy::require(conn, call, action, Resource::Task(id, kept.parties))?;
    Ok(kept)
}

/// A task that the actor's unit handles.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub(super) fn to_handle(conn: &mut DbConn, call: &mut Call, id: TaskId) -> Result<Kept, AppError> {
    visible(conn, call, Action::Handle, id)
}

/// The same for a task that is about to be changed: until that is done nobody else changes it.
fn to_change(
    tx: &mut Tx<'_>,
    call: &mut Call,
    action: Action,
    id: TaskId,
) -> Result<(Kept, Permit), AppError> {
    let kept = repo::find_to_change(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    let permit = policy::require(tx.conn(), call, action, Resource::Task(id, kept.parties))?;
    Ok((kept, permit))
}

/// What goes with an act.
#[derive(Clone, Copy, Default)]
struct With<'a> {
    source: Option<AnswerSource>,
    remark: Option<&'a str>,
    answers: Option<&'a omasote_types::questionnaires::Answers>,
    is_urgent: bool,
    number: Option<u32>,
}

/// Does something with a task, and keeps who did it, when and on whose behalf.
fn act(
    tx: &mut Tx<'_>,
    call: &Call,
    (kept, permit): (&Kept, &Permit),
    act: Act,
    with: With<'_>,
) -> Result<Task, AppError> {
    let id = kept.task.id;
    let by = actor(call, permit, with.source)?;
    let standing = kept.standing.after(Change { act, by, at: call.now() }).map_err(refused)?;
    keep(tx, kept, (by, act), (&standing, with), call.now())?;
    let after = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    Ok(after.task)
}

/// Keeps where a task stands after an act, and who did it, when and on whose behalf.
fn keep(
    tx: &mut Tx<'_>,
    kept: &Kept,
    (by, act): (TaskActor, Act),
    (standing, with): (&Standing, With<'_>),
    now: Instant,
) -> Result<(), AppError> {
    let id = kept.task.id;
    let number = with.number.or(kept.number);
    let remark = match act {
        Act::Start | Act::Answer => kept.task.remark.as_deref(),
        Act::Review | Act::SendBack { .. } | Act::Cancel => with.remark,
    };
    let is_urgent = match act {
        Act::Answer => with.is_urgent,
        Act::Review | Act::SendBack { .. } | Act::Cancel => false,
        Act::Start => kept.task.is_urgent,
    };
    let following = follow_up::followed(kept, standing, now);
    repo::save(tx.conn(), id, &Progress { standing, number, is_urgent, remark, following })?;
    let (professional, proxy) = match by {
        TaskActor::Professional { professional_id } | TaskActor::Transcriber { professional_id } => {
            (Some(professional_id), None)
        }
        TaskActor::Proxy { citizen_id } => (None, Some(citizen_id)),
        TaskActor::Citizen {} | TaskActor::Pathway {} => (None, None),
    };
    let changed = Changed {
        task: (id, kept.parties.citizen),
        state: standing.state,
        professional,
        proxy,
        source: with.source,
        remark: with.remark,
        answers: with.answers,
    };
    // Going on is no news.
    if kept.standing.state != standing.state || act != Act::Start {
        repo::insert_change(tx.conn(), &changed, now)?;
    }
    announce(tx, kept.parties);
    keep_relation(tx, kept, standing, now)
}

/// Both sides look at the task again.
fn announce(tx: &mut Tx<'_>, parties: Parties) {
    let (citizen_id, unit_id) = (parties.citizen, parties.unit);
    tx.announce(Signal::Update(Update::AgendaChanged { citizen_id, unit_id }));
}

/// The care relation that the task is ends when nobody is to do anything with it any more.
fn keep_relation(tx: &mut Tx<'_>, kept: &Kept, standing: &Standing, now: Instant) -> Result<(), AppError> {
    use omasote_types::tasks::TaskState;
    let has_ended = match standing.state {
        TaskState::Reviewed | TaskState::Cancelled => true,
        TaskState::Answered => !standing.waits_for_unit(kept.task.kind, kept.task.is_urgent),
        TaskState::Given | TaskState::Started | TaskState::SentBack => false,
    };
    if has_ended {
        care::close(tx.conn(), *kept.task.id.as_uuid(), now)?;
    }
    Ok(())
}

/// As whom the actor does something with a task. A professional does the citizen's part only by saying how the citizen answered.
fn actor(call: &Call, permit: &Permit, source: Option<AnswerSource>) -> Result<TaskActor, AppError> {
    match (call.actor.person, source) {
        (PersonId::Citizen(_), Some(_)) => {
            Err(AppError::of(ErrorCode::NotAllowed)
                .detail("only professionals say how somebody else answered"))
        }
        (PersonId::Citizen(citizen_id), None) if permit.is_on_behalf() => Ok(TaskActor::Proxy { citizen_id }),
        (PersonId::Citizen(_), None) => Ok(TaskActor::Citizen {}),
        (PersonId::Professional(professional_id), Some(_)) => Ok(TaskActor::Transcriber { professional_id }),
        (PersonId::Professional(professional_id), None) => Ok(TaskActor::Professional { professional_id }),
    }
}

fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::NotTheCitizen => AppError::of(ErrorCode::NotAllowed).detail("the citizen does that"),
        Refusal::NotTheUnit => AppError::of(ErrorCode::NotAllowed).detail("the unit does that"),
        Refusal::WrongWindow => AppError::field("window.to", FieldErrorCode::InvalidFormat),
        Refusal::Cancelled => AppError::of(ErrorCode::TaskCancelled),
        Refusal::AnsweredAlready | Refusal::ReviewedAlready => AppError::of(ErrorCode::TaskAnswered),
        Refusal::NotAnswered => AppError::of(ErrorCode::TaskNotAnswered),
        Refusal::TooEarly => AppError::of(ErrorCode::TaskTooEarly),
    }
}
