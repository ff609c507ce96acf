//! Messages that are to be sent later.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post};
use omasote_types::ids::{ScheduledMessageId, ThreadId};
use omasote_types::scheduling::{NewScheduledMessage, ScheduledMessage};

use super::extract::IdempotencyKey;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::scheduling;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_scheduled_message)
        .service(list_scheduled_messages)
        .service(take_back_scheduled_message);
}

/// Has a message sent later. Until then the citizen sees nothing of it, and who waits goes on waiting. For professionals only.
#[utoipa::path(tag = "scheduling", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The message as it waits", body = ScheduledMessage),
    Refusals,
))]
#[post("/threads/{threadId}/scheduled-messages")]
async fn create_scheduled_message(
    state: Data<AppState>,
    actor: Actor,
    into: Path<ThreadId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewScheduledMessage>,
) -> Result<HttpResponse, AppError> {
    let into = into.into_inner();
    let message = state
        .write_as(actor, "createScheduledMessage", move |tx, call| {
            scheduling::create(tx, call, into, &new, key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(message))
}

/// What waits in a thread to be sent, and what was held when its time came; the next first. For professionals only.
#[utoipa::path(tag = "scheduling", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The messages", body = Vec<ScheduledMessage>),
    Refusals,
))]
#[get("/threads/{threadId}/scheduled-messages")]
async fn list_scheduled_messages(
    state: Data<AppState>,
    actor: Actor,
    of: Path<ThreadId>,
) -> Result<Json<Vec<ScheduledMessage>>, AppError> {
    let of = of.into_inner();
    state
        .read_as(actor, "listScheduledMessages", move |conn, call| scheduling::list(conn, call, of))
        .await
        .map(Json)
}

/// Takes a message back before it is sent, or after it was held. For professionals only.
#[utoipa::path(tag = "scheduling", params(
    ("scheduledMessageId" = ScheduledMessageId, Path, description = "The message"),
), responses(
    (status = 200, description = "The message as it was written", body = ScheduledMessage),
    Refusals,
))]
#[delete("/scheduled-messages/{scheduledMessageId}")]
async fn take_back_scheduled_message(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ScheduledMessageId>,
) -> Result<Json<ScheduledMessage>, AppError> {
    let id = id.into_inner();
    state
        .write_as(actor, "takeBackScheduledMessage", move |tx, call| scheduling::take_back(tx, call, id))
        .await
        .map(Json)
}
