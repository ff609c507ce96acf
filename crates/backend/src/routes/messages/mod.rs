//! Threads and messages.

mod handling;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post, put};
use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::messages::{
    GroupOutcome, InboxQuery, InboxSearch, Message, NewGroupThreads, NewMessage, NewThread, ReadMark, Thread,
    ThreadQuery, ThreadVisibility, UnreadCount,
};
use omasote_types::page::{Page, PageQuery};

use super::extract::{CitizenPath, IdempotencyKey};
use crate::app::AppState;
use crate::auth::{Actor, Caller};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::messages;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_threads).service(create_thread).service(create_group_threads).service(get_thread);
    config.service(list_messages).service(send_message).service(mark_thread_read);
    config.service(list_inbox).service(search_inbox).service(count_unread).service(set_thread_visibility);
    handling::configure(config);
}

/// A citizen's threads, the one with the newest message first: all, or those with a message that leads to a task, an event or a guide.
#[utoipa::path(tag = "messages", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), ThreadQuery,
), responses(
    (status = 200, description = "A page of threads", body = Page<Thread>),
    Refusals,
))]
#[get("/citizens/{citizenId}/threads")]
async fn list_threads(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    query: Query<ThreadQuery>,
) -> Result<Json<Page<Thread>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "listThreads", move |conn, call| messages::list_threads(conn, call, of, &query))
        .await
        .map(Json)
}

/// Begins a thread with its first message; the topic leads to the unit that answers.
#[utoipa::path(tag = "messages", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The thread", body = Thread),
    Refusals,
))]
#[post("/citizens/{citizenId}/threads")]
async fn create_thread(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewThread>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let thread = state
        .write_as(actor, "createThread", move |tx, call| {
            messages::create_thread(tx, call, of, &new, key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(thread))
}

/// Writes the same first message to each of some citizens, each in a thread of their own; nobody sees who else got it. To whom the
/// caller may not write is told one by one, and the others get it.
#[utoipa::path(tag = "messages", params(
    ("unitId" = UnitId, Path, description = "The unit, one of the caller's own"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 200, description = "What came of it for each, in the order asked for", body = Vec<GroupOutcome>),
    Refusals,
))]
#[post("/units/{unitId}/threads")]
async fn create_group_threads(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewGroupThreads>,
) -> Result<Json<Vec<GroupOutcome>>, AppError> {
    state
        .write_as(actor, "createGroupThreads", move |tx, call| {
            messages::create_group_threads(tx, call, (*of, &new), key.as_ref())
        })
        .await
        .map(Json)
}

/// One thread.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The thread", body = Thread),
    Refusals,
))]
#[get("/threads/{threadId}")]
async fn get_thread(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<ThreadId>,
) -> Result<Json<Thread>, AppError> {
    state.read_as(actor, "getThread", move |conn, call| messages::get_thread(conn, call, *id)).await.map(Json)
}

/// A thread's messages, newest first.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"), PageQuery,
), responses(
    (status = 200, description = "A page of messages", body = Page<Message>),
    Refusals,
))]
#[get("/threads/{threadId}/messages")]
async fn list_messages(
    state: Data<AppState>,
    Caller(actor): Caller,
    of: Path<ThreadId>,
    query: Query<PageQuery>,
) -> Result<Json<Page<Message>>, AppError> {
    state
        .read_as(actor, "listMessages", move |conn, call| messages::list_messages(conn, call, *of, &query))
        .await
        .map(Json)
}

/// Sends a message into a thread. A closed thread opens again.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The message", body = Message),
    Refusals,
))]
#[post("/threads/{threadId}/messages")]
async fn send_message(
    state: Data<AppState>,
    Caller(actor): Caller,
    to: Path<ThreadId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewMessage>,
) -> Result<HttpResponse, AppError> {
    let to = to.into_inner();
    let message = state
        .write_as(actor, "sendMessage", move |tx, call| {
            messages::send_message(tx, call, to, &new, key.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(message))
}

/// Marks a thread as read by the caller's side, up to a message.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 204, description = "Marked"),
    Refusals,
))]
#[post("/threads/{threadId}/read")]
async fn mark_thread_read(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<ThreadId>,
    mark: Json<ReadMark>,
) -> Result<HttpResponse, AppError> {
    state
        .write_as(actor, "markThreadRead", move |tx, call| messages::mark_thread_read(tx, call, *id, &mark))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Hides a thread from those who act for the citizen, or shows it to them again. The citizen does, from 12 years on; for
/// people of 12 to 17 also a professional of the unit.
#[utoipa::path(tag = "messages", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "The thread", body = Thread),
    Refusals,
))]
#[put("/threads/{threadId}/visibility")]
async fn set_thread_visibility(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<ThreadId>,
    wanted: Json<ThreadVisibility>,
) -> Result<Json<Thread>, AppError> {
    state
        .write_as(actor, "setThreadVisibility", move |tx, call| {
            messages::set_thread_visibility(tx, call, *id, *wanted)
        })
        .await
        .map(Json)
}

/// A unit's inbox, for those who belong to the unit.
#[utoipa::path(tag = "messages", params(
    ("unitId" = UnitId, Path, description = "The unit"), InboxQuery,
), responses(
    (status = 200, description = "A page of threads", body = Page<Thread>),
    Refusals,
))]
#[get("/units/{unitId}/inbox")]
async fn list_inbox(
    state: Data<AppState>,
    Caller(actor): Caller,
    of: Path<UnitId>,
    query: Query<InboxQuery>,
) -> Result<Json<Page<Thread>>, AppError> {
    state
        .read_as(actor, "listInbox", move |conn, call| messages::list_inbox(conn, call, *of, &query))
        .await
        .map(Json)
}

/// Finds threads of a unit by words: those whose messages, topic or citizen's name have all of them, in any of their Finnish
/// forms, the newest message first. What was sent a moment ago is found a moment later.
#[utoipa::path(tag = "messages", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "A page of threads; it may hold fewer than asked for although there are more", body = Page<Thread>),
    Refusals,
))]
#[post("/units/{unitId}/inbox/search")]
async fn search_inbox(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    wanted: Json<InboxSearch>,
) -> Result<Json<Page<Thread>>, AppError> {
    state
        .read_as(actor, "searchInbox", move |conn, call| messages::search_inbox(conn, call, *of, &wanted))
        .await
        .map(Json)
}

/// How much the signed-in person has not read.
#[utoipa::path(tag = "messages", responses(
    (status = 200, description = "The count", body = UnreadCount),
    Refusals,
))]
#[get("/unread")]
async fn count_unread(state: Data<AppState>, actor: Actor) -> Result<Json<UnreadCount>, AppError> {
    state.db.read(move |conn| messages::count_unread(conn, &actor)).await.map(Json)
}
