//! The citizen's part, done by them, by who acts for them, or entered by a professional who says how they answered.

use omasote_rules::questionnaires::{Prepared, Refused};
use omasote_rules::tasks::Act;
use omasote_types::error::{ErrorCode, FieldError};
use omasote_types::ids::TaskId;
use omasote_types::questionnaires::{Answers, Form};
use omasote_types::tasks::{Task, TaskCompletion, TaskResponse, TaskResponseUpdate, TaskState};

use super::{With, act, follow_up, reading, to_change};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::Action;
use crate::repos::questionnaires;
use crate::repos::tasks::{self as repo, Kept};

/// The citizen has opened it.
///
/// # Errors
/// `not_found`, `not_allowed`, `task_too_early`, `task_answered`, `task_cancelled`.
pub fn start(tx: &mut Tx<'_>, call: &mut Call, id: TaskId) -> Result<Task, AppError> {
    let (kept, permit) = to_change(tx, call, Action::Write, id)?;
    let number = number_of(tx.conn(), &kept)?;
    act(tx, call, (&kept, &permit), Act::Start, With { number, ..With::default() })
}

/// Keeps what is answered so far, unless what is kept is newer; answers with what is kept.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `task_too_early`, `task_answered`, `task_cancelled`.
pub fn save_response(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: TaskId,
    new: &TaskResponseUpdate,
) -> Result<TaskResponse, AppError> {
    let (kept, permit) = to_change(tx, call, Action::Write, id)?;
    let number = number_of(tx.conn(), &kept)?;
    act(tx, call, (&kept, &permit), Act::Start, With { number, ..With::default() })?;
    let form = form_of(tx.conn(), &kept, number)?;
    let prepared = prepare(form)?;
    let refused = prepared.read(&new.answers).refused();
    check_none(&refused)?;
    // A clock that goes ahead must not win for ever.
    let written_at = new.written_at.min(call.now());
    let before = repo::find_answers(tx.conn(), id)?;
    if before.is_none_or(|(_, before)| before <= written_at) {
        let whose = (id, kept.parties.citizen);
        repo::save_answers(tx.conn(), whose, (&new.answers, written_at), call.now())?;
    }
    let kept = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    reading::response(tx.conn(), &kept)
}

/// The task is done: all of the questionnaire is answered, or what was asked for is done.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `task_too_early`, `task_answered`, `task_cancelled`.
pub fn complete(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: TaskId,
    new: &TaskCompletion,
) -> Result<Task, AppError> {
    let (kept, permit) = to_change(tx, call, Action::Write, id)?;
    let number = number_of(tx.conn(), &kept)?;
    let with = With { source: new.source, number, ..With::default() };
    if kept.questionnaire.is_none() {
        let task = act(tx, call, (&kept, &permit), Act::Answer, with)?;
        follow_up::note_answer_of_call(tx, call, &kept, new.source)?;
        return Ok(task);
    }
    let prepared = prepare(form_of(tx.conn(), &kept, number)?)?;
    let answers = match &new.answers {
        Some(answers) => answers.clone(),
        None => repo::find_answers(tx.conn(), id)?.map(|(answers, _)| answers).unwrap_or_default(),
    };
    // A task that is answered, or not to be done yet, says so before its answers are looked at.
    let sent = prepared.to_send(&answers);
    let is_open =
        !matches!(kept.task.state, TaskState::Answered | TaskState::Reviewed | TaskState::Cancelled);
    let sent = match sent {
        Ok(sent) => sent,
        Err(refused) if is_open => return Err(fields(&refused)),
        Err(_) => Answers::new(),
    };
    let is_urgent = prepared.read(&sent).alerts().iter().any(|alert| alert.is_urgent);
    let with = With { answers: Some(&sent), is_urgent, ..with };
    let task = act(tx, call, (&kept, &permit), Act::Answer, with)?;
    repo::save_answers(tx.conn(), (id, kept.parties.citizen), (&sent, call.now()), call.now())?;
    follow_up::note_answer_of_call(tx, call, &kept, new.source)?;
    Ok(task)
}

/// Which version is answered: the one it was opened with, or the one that is published now.
fn number_of(conn: &mut DbConn, kept: &Kept) -> Result<Option<u32>, AppError> {
    match (kept.questionnaire, kept.number) {
        (Some(questionnaire_id), None) => {
            let found = questionnaires::find(conn, questionnaire_id)?.ok_or_else(AppError::not_found)?;
            Ok(found.summary.published)
        }
        (_, number) => Ok(number),
    }
}

fn form_of(conn: &mut DbConn, kept: &Kept, number: Option<u32>) -> Result<Form, AppError> {
    let questionnaire = kept.questionnaire;
    let questionnaire = questionnaire
        .ok_or_else(|| AppError::of(ErrorCode::NotAllowed).detail("the task asks for no answers"))?;
    let number =
        number.ok_or_else(|| AppError::of(ErrorCode::Conflict).detail("the questionnaire is retired"))?;
    let version = questionnaires::find_version(conn, questionnaire, number)?;
    Ok(version.ok_or_else(AppError::not_found)?.form)
}

fn prepare(form: Form) -> Result<Prepared, AppError> {
    Prepared::new(form).map_err(|_| AppError::internal("a published form that is not sound"))
}

fn check_none(refused: &[Refused]) -> Result<(), AppError> {
    if refused.is_empty() { Ok(()) } else { Err(fields(refused)) }
}

/// What is wrong with answers, by question.
fn fields(refused: &[Refused]) -> AppError {
    refused.iter().map(FieldError::from).collect::<Vec<_>>().into()
}
