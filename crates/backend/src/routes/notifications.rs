//! How people are told outside the apps that something waits for them.

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Bytes, Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use omasote_types::ids::ThreadId;
use omasote_types::notifications::{NotificationSettings, NotificationUpdate, Reach};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::app::AppState;
use crate::auth::Actor;
use crate::db::Tx;
use crate::error::{AppError, Refusals};
use crate::notifying::returned;
use crate::routing::ServiceConfig;
use crate::services::notifications;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_notification_settings).service(update_notification_settings).service(get_reach);
}

/// How the caller is told outside the app that something waits for them.
#[utoipa::path(tag = "notifications", responses(
    (status = 200, description = "The settings", body = NotificationSettings),
    Refusals,
))]
#[get("/me/notifications")]
async fn get_notification_settings(
    state: Data<AppState>,
    actor: Actor,
) -> Result<Json<NotificationSettings>, AppError> {
    let connected = state.notifier.connected();
    state
        .read_as(actor, "getNotificationSettings", move |conn, call| {
            notifications::get_settings(conn, call, &connected)
        })
        .await
        .map(Json)
}

/// Keeps how the caller wants to be told. A new address is told that from now on it is; one that was not good is tried again.
#[utoipa::path(tag = "notifications", responses(
    (status = 200, description = "The settings as they are now", body = NotificationSettings),
    Refusals,
))]
#[put("/me/notifications")]
async fn update_notification_settings(
    state: Data<AppState>,
    actor: Actor,
    new: Json<NotificationUpdate>,
) -> Result<Json<NotificationSettings>, AppError> {
    let connected = state.notifier.connected();
    state
        .write_as(actor, "updateNotificationSettings", move |tx, call| {
            notifications::update_settings(tx, call, &new, &connected)
        })
        .await
        .map(Json)
}

/// Whether the citizen of a thread learns outside the app that there is something for them; no addresses. For professionals only.
#[utoipa::path(tag = "notifications", params(
    ("threadId" = ThreadId, Path, description = "The thread"),
), responses(
    (status = 200, description = "By which ways, and what became of the last time", body = Reach),
    Refusals,
))]
#[get("/threads/{threadId}/reach")]
async fn get_reach(
    state: Data<AppState>,
    actor: Actor,
    thread: Path<ThreadId>,
) -> Result<Json<Reach>, AppError> {
    let (of, connected) = (thread.into_inner(), state.notifier.connected());
    state
        .read_as(actor, "getReach", move |conn, call| notifications::get_reach(conn, call, of, &connected))
        .await
        .map(Json)
}

/// What the mail server has got back (RFC 3464). For operators: it is no part of the API.
#[post("/operations/bounces")]
pub(super) async fn take_bounce(
    state: Data<AppState>,
    request: HttpRequest,
    report: Bytes,
) -> Result<HttpResponse, AppError> {
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|given| given.strip_prefix("Bearer ")).unwrap_or_default();
    let token = state.settings.notifications.as_ref().and_then(|ways| ways.bounce_token.as_ref());
    // Compared by their hashes, so that the time it takes tells nothing.
    let is_it = token.is_some_and(|token| Sha256::digest(token.as_str()) == Sha256::digest(given));
    if !is_it {
        return Err(AppError::not_found());
    }
    let now = state.clock.now();
    let noted = match returned(&report) {
        Some(id) => state.db.write(move |tx: &mut Tx<'_>| notifications::bounce(tx, id, now)).await?,
        None => false,
    };
    Ok(HttpResponse::Ok().json(json!({ "noted": noted })))
}
