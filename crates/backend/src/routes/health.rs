//! For operators: is it alive, is it ready, how is it doing, and the public keys.

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use serde_json::json;

use crate::app::AppState;
use crate::error::AppError;
use crate::services::outbox;
use crate::{db, openapi};

/// The operators' addresses; they are no part of the API.
pub fn configure(config: &mut ServiceConfig) {
    config.service(live).service(ready).service(metrics).service(jwks).service(openapi::serve_document);
    config.service(super::clients::serve_metadata).service(super::notifications::take_bounce);
}

/// The process answers.
#[get("/health/live")]
async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

/// The database answers and its schema is current.
#[get("/health/ready")]
async fn ready(state: Data<AppState>) -> Result<HttpResponse, AppError> {
    if state.db.read(db::is_current).await? {
        Ok(HttpResponse::Ok().json(json!({ "status": "ready" })))
    } else {
        Err(AppError::unavailable().detail("the database schema is not current; run omasote migrate"))
    }
}

/// Figures for Prometheus.
#[get("/metrics")]
async fn metrics(state: Data<AppState>, request: HttpRequest) -> Result<HttpResponse, AppError> {
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let is_allowed = match &state.settings.metrics_token {
        Some(token) => given.and_then(|given| given.strip_prefix("Bearer ")) == Some(token.as_str()),
        None => state.settings.is_demo,
    };
    if !is_allowed {
        return Err(AppError::not_found());
    }
    // Without a database the other figures are told all the same.
    let outbox = state.db.read(outbox::count).await.ok();
    let text = state.metrics.to_text(state.hub.open_streams(), outbox);
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
}

/// The public keys that check this server's tokens.
#[get("/.well-known/jwks.json")]
async fn jwks(state: Data<AppState>) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(state.gate.keys().to_jwks())
}
