//! Tasks.

mod follow_up;
mod of_event;
mod series;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post, put};
use omasote_types::ids::{TaskId, UnitId};
use omasote_types::page::Page;
use omasote_types::tasks::{
    NewTask, PastScore, Task, TaskCancellation, TaskChange, TaskCompletion, TaskQuery, TaskResponse,
    TaskResponseUpdate, TaskReturn, TaskReview, UnitTaskQuery,
};

use super::extract::{CitizenPath, IdempotencyKey};
use super::questionnaires::as_fhir;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::tasks;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_tasks).service(create_task).service(get_task).service(start_task);
    config.service(get_task_response).service(save_task_response).service(complete_task);
    config.service(review_task).service(send_task_back).service(cancel_task);
    config.service(list_task_scores).service(export_task_response);
    config.configure(series::configure).configure(follow_up::configure).configure(of_event::configure);
    config.service(list_task_changes).service(list_unit_tasks).service(find_task_by_code);
}

/// A citizen's tasks.
#[utoipa::path(tag = "tasks", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), TaskQuery,
), responses(
    (status = 200, description = "A page of tasks", body = Page<Task>),
    Refusals,
))]
#[get("/citizens/{citizenId}/tasks")]
async fn list_tasks(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    query: Query<TaskQuery>,
) -> Result<Json<Page<Task>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state.read_as(actor, "listTasks", move |conn, call| tasks::list(conn, call, of, &query)).await.map(Json)
}

/// Gives a citizen a task. Professionals give tasks for their own units, to whom they care for.
#[utoipa::path(tag = "tasks", params(
    ("citizenId" = String, Path, description = "The citizen's id"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The task", body = Task),
    Refusals,
))]
#[post("/citizens/{citizenId}/tasks")]
async fn create_task(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewTask>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let task = state
        .write_as(actor, "createTask", move |tx, call| tasks::create(tx, call, (of, &new), key.as_ref()))
        .await?;
    Ok(HttpResponse::Created().json(task))
}

/// One task.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The task", body = Task),
    Refusals,
))]
#[get("/tasks/{taskId}")]
async fn get_task(state: Data<AppState>, actor: Actor, id: Path<TaskId>) -> Result<Json<Task>, AppError> {
    state.read_as(actor, "getTask", move |conn, call| tasks::get(conn, call, *id)).await.map(Json)
}

/// Says that the citizen has opened a task. Saying it again changes nothing.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The task", body = Task),
    Refusals,
))]
#[post("/tasks/{taskId}/start")]
async fn start_task(state: Data<AppState>, actor: Actor, id: Path<TaskId>) -> Result<Json<Task>, AppError> {
    state.write_as(actor, "startTask", move |tx, call| tasks::start(tx, call, *id)).await.map(Json)
}

/// What the citizen's answers to the same questionnaire have come to, the oldest first: of the last 50 times.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "What each time came to by each score", body = Vec<PastScore>),
    Refusals,
))]
#[get("/tasks/{taskId}/scores")]
async fn list_task_scores(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
) -> Result<Json<Vec<PastScore>>, AppError> {
    state
        .read_as(actor, "listTaskScores", move |conn, call| tasks::list_scores(conn, call, *id))
        .await
        .map(Json)
}

/// What was answered as a FHIR R4 `QuestionnaireResponse`. Professionals get it once it is sent.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The QuestionnaireResponse", body = Object, content_type = "application/fhir+json"),
    Refusals,
))]
#[get("/tasks/{taskId}/response/fhir")]
async fn export_task_response(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
) -> Result<HttpResponse, AppError> {
    let public_url = state.settings.public_url.clone();
    let job = move |conn: &mut _, call: &mut _| tasks::export_response(conn, call, *id, &public_url);
    Ok(as_fhir(&state.read_as(actor, "exportTaskResponse", job).await?))
}

/// The form of a task that asks for a questionnaire, with what is answered so far. Professionals see the answers once they are sent,
/// with those of the time before.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The form and the answers", body = TaskResponse),
    Refusals,
))]
#[get("/tasks/{taskId}/response")]
async fn get_task_response(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
) -> Result<Json<TaskResponse>, AppError> {
    state
        .read_as(actor, "getTaskResponse", move |conn, call| tasks::get_response(conn, call, *id))
        .await
        .map(Json)
}

/// Keeps what is answered so far. What is kept and newer stays, and comes back.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "What is kept", body = TaskResponse),
    Refusals,
))]
#[put("/tasks/{taskId}/response")]
async fn save_task_response(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
    new: Json<TaskResponseUpdate>,
) -> Result<Json<TaskResponse>, AppError> {
    state
        .write_as(actor, "saveTaskResponse", move |tx, call| tasks::save_response(tx, call, *id, &new))
        .await
        .map(Json)
}

/// Says that a task is done, with its answers. A professional of the unit does so for the citizen by saying how they answered.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The task", body = Task),
    Refusals,
))]
#[post("/tasks/{taskId}/complete")]
async fn complete_task(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
    new: Json<TaskCompletion>,
) -> Result<Json<Task>, AppError> {
    state
        .write_as(actor, "completeTask", move |tx, call| tasks::complete(tx, call, *id, &new))
        .await
        .map(Json)
}

/// Says that a professional has looked at what was answered.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The task", body = Task),
    Refusals,
))]
#[post("/tasks/{taskId}/review")]
async fn review_task(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
    new: Json<TaskReview>,
) -> Result<Json<Task>, AppError> {
    state.write_as(actor, "reviewTask", move |tx, call| tasks::review(tx, call, *id, &new)).await.map(Json)
}

/// Asks the citizen to do a task anew, or to complete it.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The task", body = Task),
    Refusals,
))]
#[post("/tasks/{taskId}/send-back")]
async fn send_task_back(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
    new: Json<TaskReturn>,
) -> Result<Json<Task>, AppError> {
    state
        .write_as(actor, "sendTaskBack", move |tx, call| tasks::send_back(tx, call, *id, &new))
        .await
        .map(Json)
}

/// Calls a task off.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The task", body = Task),
    Refusals,
))]
#[post("/tasks/{taskId}/cancel")]
async fn cancel_task(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskId>,
    new: Json<TaskCancellation>,
) -> Result<Json<Task>, AppError> {
    state.write_as(actor, "cancelTask", move |tx, call| tasks::cancel(tx, call, *id, &new)).await.map(Json)
}

/// What became of a task: who, when, on whose behalf.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The changes, the first at the beginning", body = Vec<TaskChange>),
    Refusals,
))]
#[get("/tasks/{taskId}/changes")]
async fn list_task_changes(
    state: Data<AppState>,
    actor: Actor,
    of: Path<TaskId>,
) -> Result<Json<Vec<TaskChange>>, AppError> {
    state
        .read_as(actor, "listTaskChanges", move |conn, call| tasks::list_changes(conn, call, *of))
        .await
        .map(Json)
}

/// The tasks that a unit has given, the one that ends first at the beginning.
#[utoipa::path(tag = "tasks", params(
    ("unitId" = UnitId, Path, description = "The unit"), UnitTaskQuery,
), responses(
    (status = 200, description = "A page of tasks", body = Page<Task>),
    Refusals,
))]
#[get("/units/{unitId}/tasks")]
async fn list_unit_tasks(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    query: Query<UnitTaskQuery>,
) -> Result<Json<Page<Task>>, AppError> {
    state
        .read_as(actor, "listUnitTasks", move |conn, call| tasks::list_of_unit(conn, call, *of, &query))
        .await
        .map(Json)
}

/// The task of a unit by the code that stands on its paper form.
#[utoipa::path(tag = "tasks", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    ("code" = String, Path, description = "The code; spaces, hyphens and small letters do not matter"),
), responses(
    (status = 200, description = "The task", body = Task),
    Refusals,
))]
#[get("/units/{unitId}/tasks/by-code/{code}")]
async fn find_task_by_code(
    state: Data<AppState>,
    actor: Actor,
    path: Path<(UnitId, String)>,
) -> Result<Json<Task>, AppError> {
    let (of, code) = path.into_inner();
    state
        .read_as(actor, "findTaskByCode", move |conn, call| tasks::find_by_code(conn, call, of, &code))
        .await
        .map(Json)
}
