//! Half-written messages.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get, put};
use omasote_types::attachments::PlaceQuery;
use omasote_types::drafts::{Draft, DraftUpdate};

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::attachments::Place;
use crate::services::drafts;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_draft).service(save_draft).service(delete_draft);
}

/// What the caller has half-written at a place, and the files they uploaded there. Nobody else sees it.
#[utoipa::path(tag = "drafts", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), PlaceQuery,
), responses(
    (status = 200, description = "What is kept; empty when nothing is", body = Draft),
    Refusals,
))]
#[get("/citizens/{citizenId}/draft")]
async fn get_draft(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    place: Query<PlaceQuery>,
) -> Result<Json<Draft>, AppError> {
    let at = Place { citizen: citizen.into_inner().of(&actor)?, thread: place.thread };
    state.read_as(actor, "getDraft", move |conn, call| drafts::get_draft(conn, call, at)).await.map(Json)
}

/// Keeps what the caller has written so far. What is kept and newer stays, and comes back. It goes when it is sent, and 30 days
/// after it was last written at.
#[utoipa::path(tag = "drafts", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), PlaceQuery,
), responses(
    (status = 200, description = "What is kept", body = Draft),
    Refusals,
))]
#[put("/citizens/{citizenId}/draft")]
async fn save_draft(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    place: Query<PlaceQuery>,
    new: Json<DraftUpdate>,
) -> Result<Json<Draft>, AppError> {
    let at = Place { citizen: citizen.into_inner().of(&actor)?, thread: place.thread };
    state.write_as(actor, "saveDraft", move |tx, call| drafts::save_draft(tx, call, at, &new)).await.map(Json)
}

/// Forgets what the caller has half-written at a place.
#[utoipa::path(tag = "drafts", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), PlaceQuery,
), responses(
    (status = 204, description = "Forgotten"),
    Refusals,
))]
#[delete("/citizens/{citizenId}/draft")]
async fn delete_draft(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    place: Query<PlaceQuery>,
) -> Result<HttpResponse, AppError> {
    let at = Place { citizen: citizen.into_inner().of(&actor)?, thread: place.thread };
    state.write_as(actor, "deleteDraft", move |tx, call| drafts::delete_draft(tx, call, at)).await?;
    Ok(HttpResponse::NoContent().finish())
}
