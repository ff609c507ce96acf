//! Tasks that hang on an event.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use omasote_types::ids::EventId;
use omasote_types::tasks::{NewEventTask, Task};

use super::super::extract::IdempotencyKey;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::tasks::of_event;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_event_tasks).service(create_event_task);
}

/// The tasks that hang on an event, the one that ends first at the beginning. Who may not see the citizen's tasks does not see these.
#[utoipa::path(tag = "tasks", params(
    ("eventId" = EventId, Path, description = "The event"),
), responses(
    (status = 200, description = "The tasks", body = [Task]),
    Refusals,
))]
#[get("/events/{eventId}/tasks")]
async fn list_event_tasks(
    state: Data<AppState>,
    actor: Actor,
    of: Path<EventId>,
) -> Result<Json<Vec<Task>>, AppError> {
    state.read_as(actor, "listEventTasks", move |conn, call| of_event::list(conn, call, *of)).await.map(Json)
}

/// Gives the citizen of an event a task to be done before it, or after it. Its days move with the event, and it is called off with it.
#[utoipa::path(tag = "tasks", params(
    ("eventId" = EventId, Path, description = "The event"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The task", body = Task),
    Refusals,
))]
#[post("/events/{eventId}/tasks")]
async fn create_event_task(
    state: Data<AppState>,
    actor: Actor,
    of: Path<EventId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewEventTask>,
) -> Result<HttpResponse, AppError> {
    let task = state
        .write_as(actor, "createEventTask", move |tx, call| {
            of_event::create(tx, call, (*of, &new), key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(task))
}
