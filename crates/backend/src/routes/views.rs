//! Saved views of inboxes.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post};
use omasote_types::ids::{UnitId, ViewId};
use omasote_types::views::{NewView, View};

use super::extract::IdempotencyKey;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::views;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_views).service(create_view).service(delete_view);
}

/// The saved views of a unit's inbox: the unit's, for all who work in it, and the caller's own. At most 50 of each.
#[utoipa::path(tag = "views", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "The views, the unit's first", body = Vec<View>),
    Refusals,
))]
#[get("/units/{unitId}/views")]
async fn list_views(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
) -> Result<Json<Vec<View>>, AppError> {
    state.read_as(actor, "listViews", move |conn, call| views::list(conn, call, *of)).await.map(Json)
}

/// Saves a view of a unit's inbox: one's own, or one for all who work in the unit, by its lead and the administrators who work in it.
#[utoipa::path(tag = "views", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The view", body = View),
    Refusals,
))]
#[post("/units/{unitId}/views")]
async fn create_view(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewView>,
) -> Result<HttpResponse, AppError> {
    let view = state
        .write_as(actor, "createView", move |tx, call| views::create(tx, call, (*of, &new), key.as_ref()))
        .await?;
    Ok(HttpResponse::Created().json(view))
}

/// Deletes a saved view: one's own, or a unit's, by its lead and the administrators.
#[utoipa::path(tag = "views", params(
    ("viewId" = ViewId, Path, description = "The view"),
), responses(
    (status = 204, description = "Deleted"),
    Refusals,
))]
#[delete("/views/{viewId}")]
async fn delete_view(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ViewId>,
) -> Result<HttpResponse, AppError> {
    state.write_as(actor, "deleteView", move |tx, call| views::delete(tx, call, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
