//! Saving something of a thread or a task to the patient record.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use omasote_types::ids::{RecordId, TaskId, ThreadId};
use omasote_types::records::{NewRecord, NewTaskRecord, Record, ThreadRecords};

use super::extract::IdempotencyKey;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::records;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_records).service(create_record).service(retry_record);
    config.service(list_task_records).service(create_task_record);
}

/// What is saved of a thread to the patient record, and whether anything can be. For professionals only.
#[utoipa::path(tag = "records", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "What is saved, the newest first", body = ThreadRecords),
    Refusals,
))]
#[get("/threads/{threadId}/records")]
async fn list_records(
    state: Data<AppState>,
    actor: Actor,
    of: Path<ThreadId>,
) -> Result<Json<ThreadRecords>, AppError> {
    let inner = state.clone();
    state
        .read_as(actor, "listRecords", move |conn, call| {
            records::list_records(conn, call, inner.ehr.as_ref(), *of)
        })
        .await
        .map(Json)
}

/// Has messages of a thread and a summary saved to the patient record, which is kept in a system outside. It is sent until
/// that system acknowledges it, and is `saved` only then. Notes never go along.
#[utoipa::path(tag = "records", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "It is on its way", body = Record),
    Refusals,
))]
#[post("/threads/{threadId}/records")]
async fn create_record(
    state: Data<AppState>,
    actor: Actor,
    of: Path<ThreadId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewRecord>,
) -> Result<HttpResponse, AppError> {
    let (inner, of) = (state.clone(), of.into_inner());
    let record = state
        .write_as(actor, "createRecord", move |tx, call| {
            records::create_record(tx, call, (inner.ehr.as_ref(), of), &new, key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(record))
}

/// What is saved of a task to the patient record, and whether anything can be. For professionals only.
#[utoipa::path(tag = "records", params(
    ("taskId" = TaskId, Path, description = "The task"),
), responses(
    (status = 200, description = "What is saved, the newest first", body = ThreadRecords),
    Refusals,
))]
#[get("/tasks/{taskId}/records")]
async fn list_task_records(
    state: Data<AppState>,
    actor: Actor,
    of: Path<TaskId>,
) -> Result<Json<ThreadRecords>, AppError> {
    let inner = state.clone();
    state
        .read_as(actor, "listTaskRecords", move |conn, call| {
            records::list_task_records(conn, call, inner.ehr.as_ref(), *of)
        })
        .await
        .map(Json)
}

/// Has what was answered to a task and a summary saved to the patient record, which is kept in a system outside: as a
/// `QuestionnaireResponse` and a document. It is sent until that system acknowledges it, and is `saved` only then.
#[utoipa::path(tag = "records", params(
    ("taskId" = TaskId, Path, description = "The task"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "It is on its way", body = Record),
    Refusals,
))]
#[post("/tasks/{taskId}/records")]
async fn create_task_record(
    state: Data<AppState>,
    actor: Actor,
    of: Path<TaskId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewTaskRecord>,
) -> Result<HttpResponse, AppError> {
    let (inner, of) = (state.clone(), of.into_inner());
    let record = state
        .write_as(actor, "createTaskRecord", move |tx, call| {
            records::create_task_record(tx, call, (inner.ehr.as_ref(), of), &new, key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(record))
}

/// Has something sent again that waits for a person to say so. What is on its way stays so.
#[utoipa::path(tag = "records", params(
    ("recordId" = RecordId, Path, description = "What is to be saved"),
), responses(
    (status = 200, description = "It is on its way", body = Record),
    Refusals,
))]
#[post("/records/{recordId}/retry")]
async fn retry_record(
    state: Data<AppState>,
    actor: Actor,
    id: Path<RecordId>,
) -> Result<Json<Record>, AppError> {
    let inner = state.clone();
    state
        .write_as(actor, "retryRecord", move |tx, call| {
            records::retry_record(tx, call, inner.ehr.as_ref(), *id)
        })
        .await
        .map(Json)
}
