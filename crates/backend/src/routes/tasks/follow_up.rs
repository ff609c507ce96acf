//! Following tasks: reminders, and calls to who is silent.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post, put};
use omasote_types::ids::{TaskId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::tasks::{FollowUp, NewTaskCall, TaskCall, UnitCall};

use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::tasks::follow_up;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_follow_up).service(save_follow_up);
    config.service(list_unit_calls).service(list_task_calls).service(record_task_call);
}

/// What a unit usually does about the tasks that it gives: when it reminds, and when silence becomes a call.
#[utoipa::path(tag = "tasks", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "What it does", body = FollowUp),
    Refusals,
))]
#[get("/units/{unitId}/follow-up")]
async fn get_follow_up(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
) -> Result<Json<FollowUp>, AppError> {
    state
        .read_as(actor, "getFollowUp", move |conn, call| follow_up::get_usual(conn, call, *of))
        .await
        .map(Json)
}

/// Changes what a unit usually does about the tasks that it gives; for who leads it. What is given already is followed as it was.
#[utoipa::path(tag = "tasks", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "What it does", body = FollowUp),
    Refusals,
))]
#[put("/units/{unitId}/follow-up")]
async fn save_follow_up(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    new: Json<FollowUp>,
) -> Result<Json<FollowUp>, AppError> {
    state
        .write_as(actor, "saveFollowUp", move |tx, call| follow_up::save_usual(tx, call, *of, &new))
        .await
        .map(Json)
}

/// Whom a unit is to call: citizens who are silent about a task past its days, who has waited longest first.
#[utoipa::path(tag = "tasks", params(
    ("unitId" = UnitId, Path, description = "The unit"), PageQuery,
), responses(
    (status = 200, description = "A page of calls", body = Page<UnitCall>),
    Refusals,
))]
#[get("/units/{unitId}/calls")]
async fn list_unit_calls(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    query: Query<PageQuery>,
) -> Result<Json<Page<UnitCall>>, AppError> {
    state
        .read_as(actor, "listUnitCalls", move |conn, call| follow_up::list_to_call(conn, call, *of, &query))
        .await
        .map(Json)
}

/// The calls that were made about a task, the newest first; for the unit that gave it.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "The calls", body = [TaskCall]),
    Refusals,
))]
#[get("/tasks/{taskId}/calls")]
async fn list_task_calls(
    state: Data<AppState>,
    actor: Actor,
    of: Path<TaskId>,
) -> Result<Json<Vec<TaskCall>>, AppError> {
    state
        .read_as(actor, "listTaskCalls", move |conn, call| follow_up::list_calls(conn, call, *of))
        .await
        .map(Json)
}

/// Writes down a call about a task. Who was not reached is called again; otherwise nobody is to be called about it any more.
#[utoipa::path(tag = "tasks", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 201, description = "The calls that were made, the newest first", body = [TaskCall]),
    Refusals,
))]
#[post("/tasks/{taskId}/calls")]
async fn record_task_call(
    state: Data<AppState>,
    actor: Actor,
    of: Path<TaskId>,
    new: Json<NewTaskCall>,
) -> Result<HttpResponse, AppError> {
    let made = state
        .write_as(actor, "recordTaskCall", move |tx, call| follow_up::record_call(tx, call, *of, &new))
        .await?;
    Ok(HttpResponse::Created().json(made))
}
