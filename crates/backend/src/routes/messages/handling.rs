//! What becomes of a thread beside its messages.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post, put};
use omasote_types::ids::{MessageId, ThreadId, UnitId};
use omasote_types::messages::{
    Bulk, BulkOutcome, InstructionAnswer, NewForward, NewNote, NewReturn, Note, Take, Thread, Transfer,
};

use crate::app::AppState;
use crate::auth::{Actor, Caller};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::messages;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(take_thread).service(release_thread).service(forward_thread).service(return_thread);
    config.service(close_thread).service(reopen_thread).service(list_transfers);
    config.service(list_notes).service(create_note).service(answer_instruction);
    config.service(act_on_threads).service(tell_typing);
}

/// Takes a thread, so that no colleague answers it at the same time: one that nobody has, or from the colleague who is named.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The thread", body = Thread),
    Refusals,
))]
#[post("/threads/{threadId}/take")]
async fn take_thread(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ThreadId>,
    wanted: Json<Take>,
) -> Result<Json<Thread>, AppError> {
    state
        .write_as(actor, "takeThread", move |tx, call| messages::take_thread(tx, call, *id, *wanted))
        .await
        .map(Json)
}

/// Lets a thread go, back to all of the unit.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The thread", body = Thread),
    Refusals,
))]
#[post("/threads/{threadId}/release")]
async fn release_thread(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ThreadId>,
) -> Result<Json<Thread>, AppError> {
    state
        .write_as(actor, "releaseThread", move |tx, call| messages::release_thread(tx, call, *id))
        .await
        .map(Json)
}

/// Sends a thread to another unit, with a reason that the citizen sees. The citizen goes on waiting since the same moment; the
/// sending unit sees the thread as long as its care relation lasts.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The thread, in its new unit", body = Thread),
    Refusals,
))]
#[post("/threads/{threadId}/forward")]
async fn forward_thread(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ThreadId>,
    wanted: Json<NewForward>,
) -> Result<Json<Thread>, AppError> {
    state
        .write_as(actor, "forwardThread", move |tx, call| messages::forward_thread(tx, call, *id, &wanted))
        .await
        .map(Json)
}

/// Sends a thread back to the unit it came from, once.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The thread, in the unit it came from", body = Thread),
    Refusals,
))]
#[post("/threads/{threadId}/return")]
async fn return_thread(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ThreadId>,
    wanted: Json<NewReturn>,
) -> Result<Json<Thread>, AppError> {
    state
        .write_as(actor, "returnThread", move |tx, call| messages::return_thread(tx, call, *id, &wanted))
        .await
        .map(Json)
}

/// Ends a matter. A message, or opening it, makes it go on within 30 days.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The ended thread", body = Thread),
    Refusals,
))]
#[post("/threads/{threadId}/close")]
async fn close_thread(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<ThreadId>,
) -> Result<Json<Thread>, AppError> {
    state
        .write_as(actor, "closeThread", move |tx, call| messages::close_thread(tx, call, *id))
        .await
        .map(Json)
}

/// Opens an ended matter again, within 30 days.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The thread", body = Thread),
    Refusals,
))]
#[post("/threads/{threadId}/reopen")]
async fn reopen_thread(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ThreadId>,
) -> Result<Json<Thread>, AppError> {
    state
        .write_as(actor, "reopenThread", move |tx, call| messages::reopen_thread(tx, call, *id))
        .await
        .map(Json)
}

/// How a thread moved from unit to unit, oldest first. Citizens see units and reasons, professionals also who it was.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The moves", body = Vec<Transfer>),
    Refusals,
))]
#[get("/threads/{threadId}/transfers")]
async fn list_transfers(
    state: Data<AppState>,
    Caller(actor): Caller,
    of: Path<ThreadId>,
) -> Result<Json<Vec<Transfer>>, AppError> {
    state
        .read_as(actor, "listTransfers", move |conn, call| messages::list_transfers(conn, call, *of))
        .await
        .map(Json)
}

/// The notes on a thread, oldest first: for professionals only, and in nothing that citizens see or take away.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The notes", body = Vec<Note>),
    Refusals,
))]
#[get("/threads/{threadId}/notes")]
async fn list_notes(
    state: Data<AppState>,
    actor: Actor,
    of: Path<ThreadId>,
) -> Result<Json<Vec<Note>>, AppError> {
    state.read_as(actor, "listNotes", move |conn, call| messages::list_notes(conn, call, *of)).await.map(Json)
}

/// Notes something on a thread, for professionals only.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 201, description = "All notes on the thread", body = Vec<Note>),
    Refusals,
))]
#[post("/threads/{threadId}/notes")]
async fn create_note(
    state: Data<AppState>,
    actor: Actor,
    on: Path<ThreadId>,
    new: Json<NewNote>,
) -> Result<HttpResponse, AppError> {
    let notes = state
        .write_as(actor, "createNote", move |tx, call| messages::create_note(tx, call, *on, &new))
        .await?;
    Ok(HttpResponse::Created().json(notes))
}

/// Answers what a message told the citizen to do: understood or not. What was not understood raises the thread for the unit. The
/// last answer counts.
#[utoipa::path(tag = "messages", params(
    ("messageId" = MessageId, Path, description = "The message"),
    ("position" = u8, Path, description = "Which of its instructions: 0 is the first"),
), responses(
    (status = 204, description = "Kept"),
    Refusals,
))]
#[put("/messages/{messageId}/instructions/{position}/answer")]
async fn answer_instruction(
    state: Data<AppState>,
    actor: Actor,
    place: Path<(MessageId, u8)>,
    answer: Json<InstructionAnswer>,
) -> Result<HttpResponse, AppError> {
    let (message, position) = place.into_inner();
    state
        .write_as(actor, "answerInstruction", move |tx, call| {
            messages::answer_instruction(tx, call, (message, position.into()), *answer)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Does one thing with many threads of a unit, each by itself: what cannot be done with one does not keep the others.
#[utoipa::path(tag = "messages", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "What came of it, in the order asked", body = Vec<BulkOutcome>),
    Refusals,
))]
#[post("/units/{unitId}/inbox/bulk")]
async fn act_on_threads(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    bulk: Json<Bulk>,
) -> Result<Json<Vec<BulkOutcome>>, AppError> {
    state
        .write_as(actor, "actOnThreads", move |tx, call| messages::act_on_threads(tx, call, *of, &bulk))
        .await
        .map(Json)
}

/// Tells the colleagues in the unit that the caller is writing an answer, for a few seconds. Nothing is stored.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 204, description = "Told"),
    Refusals,
))]
#[post("/threads/{threadId}/typing")]
async fn tell_typing(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ThreadId>,
) -> Result<HttpResponse, AppError> {
    state.write_as(actor, "tellTyping", move |tx, call| messages::tell_typing(tx, call, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
