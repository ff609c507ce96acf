//! Tasks as citizens and units see them.

use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, TaskId, UnitId};
use omasote_types::page::Page;
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{
    PastResponse, Task, TaskChange, TaskKind, TaskList, TaskQuery, TaskResponse, UnitTaskQuery,
};

use super::super::codes;
use super::visible;
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::questionnaires;
use crate::repos::tasks::{self as repo, Kept};

/// A citizen's tasks.
///
/// # Errors
/// `not_found`, `outside_mandate`, `invalid_cursor`, `invalid_parameter`.
pub fn list(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &TaskQuery,
) -> Result<Page<Task>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Tasks))?;
    let list = match query.list {
        TaskList::ToDo => List::TasksToDo,
        TaskList::Done => List::TasksDone,
    };
    let window = Window::read(list, query.cursor.as_deref(), query.limit)?;
    let tasks = repo::list(conn, of, query.list, &window)?;
    Ok(page(list, &window, tasks))
}

/// The tasks of a unit.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_of_unit(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &UnitTaskQuery,
) -> Result<Page<Task>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let window = Window::read(List::UnitTasks, query.cursor.as_deref(), query.limit)?;
    let tasks = repo::list_of_unit(conn, of, (query.list, call.today()), &window)?;
    call.showed(tasks.iter().map(|kept| kept.parties.citizen));
    Ok(page(List::UnitTasks, &window, tasks))
}

/// A task.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn get(conn: &mut DbConn, call: &mut Call, id: TaskId) -> Result<Task, AppError> {
    Ok(visible(conn, call, Action::Read, id)?.task)
}

/// The task of a unit by what stands on its paper form.
///
/// # Errors
/// `not_found`.
pub fn find_by_code(conn: &mut DbConn, call: &mut Call, of: UnitId, code: &str) -> Result<Task, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let plain = codes::plain(code);
    let (first, last) = plain.split_at_checked(4).ok_or_else(AppError::not_found)?;
    let kept = repo::find_by_code(conn, of, &format!("{first}-{last}"))?.ok_or_else(AppError::not_found)?;
    visible(conn, call, Action::Read, kept.task.id)?;
    Ok(kept.task)
}

/// What is answered so far to a task that asks for a questionnaire. Professionals see it once it is sent.
///
/// # Errors
/// `not_found`, `outside_mandate`; `not_allowed` of a task that asks for no answers; `task_not_answered` to professionals as long as
/// it is not sent.
pub fn get_response(conn: &mut DbConn, call: &mut Call, id: TaskId) -> Result<TaskResponse, AppError> {
    let kept = visible(conn, call, Action::Read, id)?;
    let is_professional = matches!(call.actor.person, PersonId::Professional(_));
    let mut response = response(conn, &kept)?;
    if is_professional && kept.task.answered_at.is_none() {
        // What is half-written is the citizen's own; the form is there to be filled in from paper.
        response.answers = omasote_types::questionnaires::Answers::new();
        response.written_at = None;
    }
    if is_professional {
        response.last = last(conn, &kept)?;
    }
    Ok(response)
}

/// What became of a task.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn list_changes(conn: &mut DbConn, call: &mut Call, of: TaskId) -> Result<Vec<TaskChange>, AppError> {
    visible(conn, call, Action::Read, of)?;
    Ok(repo::list_changes(conn, of)?)
}

/// The form of a task with what is answered, whoever asks.
///
/// # Errors
/// `not_allowed` of a task that asks for no answers; `conflict` when nothing was opened and the questionnaire is retired.
pub fn response(conn: &mut DbConn, kept: &Kept) -> Result<TaskResponse, AppError> {
    let Some(questionnaire_id) = kept.questionnaire else {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("the task asks for no answers"));
    };
    let number = match kept.number {
        Some(number) => number,
        None => {
            let found = questionnaires::find(conn, questionnaire_id)?.ok_or_else(AppError::not_found)?;
            found
                .summary
                .published
                .ok_or_else(|| AppError::of(ErrorCode::Conflict).detail("the questionnaire is retired"))?
        }
    };
    let version =
        questionnaires::find_version(conn, questionnaire_id, number)?.ok_or_else(AppError::not_found)?;
    let (answers, written_at) = repo::find_answers(conn, kept.task.id)?.unzip();
    Ok(TaskResponse {
        questionnaire_id,
        number,
        form: version.form,
        answers: answers.unwrap_or_default(),
        written_at,
        last: None,
    })
}

/// What the citizen answered the time before to the same questionnaire.
fn last(conn: &mut DbConn, kept: &Kept) -> Result<Option<PastResponse>, AppError> {
    let (TaskKind::Questionnaire { questionnaire_id }, Some(answered_at)) =
        (kept.task.kind, kept.task.answered_at)
    else {
        return Ok(None);
    };
    let whose = (kept.parties.citizen, questionnaire_id);
    let Some((task_id, number, answered_at, answers)) = repo::find_last_answered(conn, whose, answered_at)?
    else {
        return Ok(None);
    };
    let version = questionnaires::find_version(conn, questionnaire_id, number)?;
    Ok(version.map(|version| PastResponse { task_id, answered_at, form: version.form, answers }))
}

fn page(list: List, window: &Window, tasks: Vec<Kept>) -> Page<Task> {
    let place = |kept: &Kept| Place {
        time: match list {
            List::TasksDone => <_>::default(),
            _ => kept.task.window.to.and_time(chrono::NaiveTime::MIN).and_utc(),
        },
        id: *kept.task.id.as_uuid(),
    };
    let Page { items, next_cursor } = window.page(list, tasks, place);
    Page { items: items.into_iter().map(|kept| kept.task).collect(), next_cursor }
}
