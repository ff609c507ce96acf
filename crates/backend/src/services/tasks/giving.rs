//! The unit's part: giving tasks, looking at what was answered, asking for it anew, calling it off.

use omasote_forms::{DOCUMENT, GUIDE_READ};
use omasote_rules::tasks::{Act, closes_at};
use omasote_types::Instant;
use omasote_types::care::Matter;
use omasote_types::error::FieldErrorCode;
use omasote_types::guides::GuideState;
use omasote_types::ids::{CitizenId, QuestionnaireId, TaskId};
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{NewTask, Task, TaskCancellation, TaskKind, TaskReturn, TaskReview, TaskState};

use super::super::codes;
use super::super::idempotency::{self, Claim, Key};
use super::super::notifications;
use super::follow_up::{following, usual};
use super::{With, act, announce, to_change};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Parties, Resource};
use crate::repos::care::{self, NewRelation};
use crate::repos::tasks::{self as repo, Changed, NewRow};
use crate::repos::{guides, people, questionnaires};

pub(super) const CODE_LENGTH: usize = 8;

/// Gives a citizen a task.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `idempotency_key_reused`.
pub fn create(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, new): (CitizenId, &NewTask),
    key: Option<&Key>,
) -> Result<Task, AppError> {
    let now = call.now();
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::Tasks))?;
    let PersonId::Professional(by) = call.actor.person else {
        return Err(AppError::of(omasote_types::error::ErrorCode::NotAllowed).detail("units give tasks"));
    };
    new.validate()?;
    if closes_at(new.window) <= now {
        return Err(AppError::field("window.to", FieldErrorCode::InvalidFormat));
    }
    if !people::list_unit_ids(tx.conn(), by)?.contains(&new.unit_id) {
        return Err(AppError::field("unitId", FieldErrorCode::UnknownReference));
    }
    let questionnaire = check_kind(tx.conn(), new.kind)?;
    let id = TaskId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createTask", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return find(tx, made.into());
    }
    let follow_up = match new.follow_up {
        Some(follow_up) => follow_up,
        None => usual(tx.conn(), new.unit_id)?,
    };
    let row = NewRow {
        id,
        parties: Parties { citizen: of, unit: new.unit_id },
        kind: new.kind,
        questionnaire,
        title: &new.title,
        text: &new.text,
        minutes: new.minutes,
        window: new.window,
        by,
        code: &codes::random::<CODE_LENGTH>()?,
        series: None,
        event: None,
        following: following(follow_up, new.window, now),
    };
    give(tx, &row, now)?;
    find(tx, id)
}

/// Keeps a task that is given, ties the citizen to the unit by it, and has them told.
pub(super) fn give(tx: &mut Tx<'_>, row: &NewRow<'_>, now: Instant) -> Result<(), AppError> {
    let Parties { citizen, unit } = row.parties;
    repo::insert(tx.conn(), row, now)?;
    let given = Changed {
        task: (row.id, citizen),
        state: TaskState::Given,
        professional: Some(row.by),
        proxy: None,
        source: None,
        remark: None,
        answers: None,
    };
    repo::insert_change(tx.conn(), &given, now)?;
    let relation = NewRelation { citizen, unit, matter: Matter::Task, matter_id: *row.id.as_uuid() };
    care::insert(tx.conn(), &relation, now)?;
    announce(tx, Parties { citizen, unit });
    notifications::tell_of_task(tx, citizen, now)
}

/// A professional has looked at what was answered.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `task_not_answered`, `task_cancelled`.
pub fn review(tx: &mut Tx<'_>, call: &mut Call, id: TaskId, new: &TaskReview) -> Result<Task, AppError> {
    let (kept, permit) = to_change(tx, call, Action::Handle, id)?;
    new.validate()?;
    let with = With { remark: said(&new.remark), ..With::default() };
    act(tx, call, (&kept, &permit), Act::Review, with)
}

/// A professional asks for it anew.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `task_not_answered`, `task_cancelled`.
pub fn send_back(tx: &mut Tx<'_>, call: &mut Call, id: TaskId, new: &TaskReturn) -> Result<Task, AppError> {
    let (kept, permit) = to_change(tx, call, Action::Handle, id)?;
    new.validate()?;
    let with = With { remark: said(&new.remark), ..With::default() };
    let task = act(tx, call, (&kept, &permit), Act::SendBack { window: new.window }, with)?;
    notifications::tell_of_task(tx, kept.parties.citizen, call.now())?;
    Ok(task)
}

/// It is no longer asked for.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `task_answered`, `task_cancelled`.
pub fn cancel(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: TaskId,
    new: &TaskCancellation,
) -> Result<Task, AppError> {
    let (kept, permit) = to_change(tx, call, Action::Handle, id)?;
    new.validate()?;
    let with = With { remark: said(&new.remark), ..With::default() };
    act(tx, call, (&kept, &permit), Act::Cancel, with)
}

/// What is asked for must be there to be given; says what is answered.
pub(super) fn check_kind(conn: &mut DbConn, kind: TaskKind) -> Result<Option<QuestionnaireId>, AppError> {
    let field = match kind {
        TaskKind::Guide { .. } => "kind.guideId",
        _ => "kind.questionnaireId",
    };
    find_asked(conn, kind)?.ok_or_else(|| AppError::field(field, FieldErrorCode::UnknownReference))
}

/// What is answered, if anything, when what is asked for is there: a questionnaire or a guide that is published.
pub(super) fn find_asked(
    conn: &mut DbConn,
    kind: TaskKind,
) -> Result<Option<Option<QuestionnaireId>>, AppError> {
    match kind {
        TaskKind::Questionnaire { questionnaire_id } => {
            let found = questionnaires::find(conn, questionnaire_id)?;
            Ok(found.filter(|found| found.summary.published.is_some()).map(|_| Some(questionnaire_id)))
        }
        TaskKind::Guide { guide_id } => {
            let guide = guides::find(conn, guide_id)?.filter(|guide| guide.state == GuideState::Published);
            guide.map(|_| shipped(conn, GUIDE_READ).map(Some)).transpose()
        }
        TaskKind::Document {} => shipped(conn, DOCUMENT).map(Some).map(Some),
        TaskKind::Measurement {} | TaskKind::Booking {} | TaskKind::ToDo {} => Ok(Some(None)),
    }
}

fn shipped(conn: &mut DbConn, name: &str) -> Result<QuestionnaireId, AppError> {
    let found = questionnaires::find_shipped(conn, name)?;
    Ok(found.ok_or_else(|| AppError::internal("a questionnaire of ours is not kept"))?.id)
}

fn find(tx: &mut Tx<'_>, id: TaskId) -> Result<Task, AppError> {
    Ok(repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?.task)
}

pub(super) fn said(remark: &str) -> Option<&str> {
    Some(remark.trim()).filter(|remark| !remark.is_empty())
}
