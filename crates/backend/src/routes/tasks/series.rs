//! Series of tasks.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post};
use omasote_types::ids::{TaskSeriesId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::tasks::{NewTaskSeries, TaskSeries, TaskSeriesCancellation};

use super::super::extract::IdempotencyKey;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::tasks::series;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_task_series).service(create_task_series);
    config.service(get_task_series).service(cancel_task_series);
}

/// The series of tasks that a unit has given, the newest first.
#[utoipa::path(tag = "tasks", params(
    ("unitId" = UnitId, Path, description = "The unit"), PageQuery,
), responses(
    (status = 200, description = "A page of series", body = Page<TaskSeries>),
    Refusals,
))]
#[get("/units/{unitId}/task-series")]
async fn list_task_series(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    query: Query<PageQuery>,
) -> Result<Json<Page<TaskSeries>>, AppError> {
    state
        .read_as(actor, "listTaskSeries", move |conn, call| series::list(conn, call, *of, &query))
        .await
        .map(Json)
}

/// Gives many citizens a task, once or again and again. The tasks are made by and by, from eight in the morning of the first day of
/// each time; each citizen whom the unit does not care for is named, and then nothing is given.
#[utoipa::path(tag = "tasks", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The series", body = TaskSeries),
    Refusals,
))]
#[post("/units/{unitId}/task-series")]
async fn create_task_series(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewTaskSeries>,
) -> Result<HttpResponse, AppError> {
    let made = state
        .write_as(actor, "createTaskSeries", move |tx, call| {
            series::create(tx, call, (*of, &new), key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(made))
}

/// One series, with how far it is.
#[utoipa::path(tag = "tasks", params(
    ("seriesId" = TaskSeriesId, Path, description = "The series"),
), responses(
    (status = 200, description = "The series", body = TaskSeries),
    Refusals,
))]
#[get("/task-series/{seriesId}")]
async fn get_task_series(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskSeriesId>,
) -> Result<Json<TaskSeries>, AppError> {
    state.read_as(actor, "getTaskSeries", move |conn, call| series::get(conn, call, *id)).await.map(Json)
}

/// Calls a series off: nothing more of it is given. What is given stays, unless it is to be called off as well.
#[utoipa::path(tag = "tasks", params(
    ("seriesId" = TaskSeriesId, Path, description = "The series"),
), responses(
    (status = 200, description = "The series", body = TaskSeries),
    Refusals,
))]
#[post("/task-series/{seriesId}/cancel")]
async fn cancel_task_series(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TaskSeriesId>,
    new: Json<TaskSeriesCancellation>,
) -> Result<Json<TaskSeries>, AppError> {
    state
        .write_as(actor, "cancelTaskSeries", move |tx, call| series::cancel(tx, call, *id, &new))
        .await
        .map(Json)
}
