//! Restricting the processing of somebody's data, and erasing it.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use omasote_types::data_rights::{DataRights, Erasure, ErasurePreview, Restriction, WrittenReason};
use omasote_types::ids::CitizenId;
use omasote_types::people::CitizenSearch;

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::jobs;
use crate::routing::ServiceConfig;
use crate::services::data_rights;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search_data_rights).service(list_data_rights).service(restrict_citizen);
    config.service(lift_restriction).service(preview_erasure).service(erase_citizen);
}

/// Restrictions and erasures of the citizen of an identity code; for administrators and the privacy officer.
#[utoipa::path(tag = "data_rights", responses(
    (status = 200, description = "What was done, and what is in force", body = DataRights),
    Refusals,
))]
#[post("/data-rights/search")]
async fn search_data_rights(
    state: Data<AppState>,
    actor: Actor,
    search: Json<CitizenSearch>,
) -> Result<Json<DataRights>, AppError> {
    let (inner, log_life) = (state.clone(), state.settings.access_log_life);
    state
        .read_as(actor, "searchDataRights", move |conn, call| {
            data_rights::search_data_rights(conn, call, &inner.vault, &search, log_life)
        })
        .await
        .map(Json)
}

/// Restrictions and erasures of a citizen's data, for the citizen.
#[utoipa::path(tag = "data_rights", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "What was done, and what is in force", body = DataRights),
    Refusals,
))]
#[get("/citizens/{citizenId}/data-rights")]
async fn list_data_rights(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<DataRights>, AppError> {
    let (of, log_life) = (citizen.into_inner().of(&actor)?, state.settings.access_log_life);
    state
        .read_as(actor, "listDataRights", move |conn, call| {
            data_rights::list_data_rights(conn, call, of, log_life)
        })
        .await
        .map(Json)
}

/// Restricts the processing of a citizen's data (GDPR, article 18). Units do not open what there is, except by break-glass;
/// what the citizen begins later reaches them as usual.
#[utoipa::path(tag = "data_rights", params(
    ("citizenId" = CitizenId, Path, description = "The citizen"),
), responses(
    (status = 201, description = "In force", body = Restriction),
    Refusals,
))]
#[post("/citizens/{citizenId}/restrictions")]
async fn restrict_citizen(
    state: Data<AppState>,
    actor: Actor,
    of: Path<CitizenId>,
    why: Json<WrittenReason>,
) -> Result<HttpResponse, AppError> {
    let placed = state
        .write_as(actor, "restrictCitizen", move |tx, call| {
            data_rights::restrict_citizen(tx, call, *of, &why)
        })
        .await?;
    Ok(HttpResponse::Created().json(placed))
}

/// Lifts the restriction in force.
#[utoipa::path(tag = "data_rights", params(
    ("citizenId" = CitizenId, Path, description = "The citizen"),
), responses(
    (status = 200, description = "Lifted", body = Restriction),
    Refusals,
))]
#[post("/citizens/{citizenId}/restrictions/lift")]
async fn lift_restriction(
    state: Data<AppState>,
    actor: Actor,
    of: Path<CitizenId>,
    why: Json<WrittenReason>,
) -> Result<Json<Restriction>, AppError> {
    state
        .write_as(actor, "liftRestriction", move |tx, call| {
            data_rights::lift_restriction(tx, call, *of, &why)
        })
        .await
        .map(Json)
}

/// What an erasure would erase, what would stay, and why.
#[utoipa::path(tag = "data_rights", params(
    ("citizenId" = CitizenId, Path, description = "The citizen"),
), responses(
    (status = 200, description = "By count", body = ErasurePreview),
    Refusals,
))]
#[get("/citizens/{citizenId}/erasure-preview")]
async fn preview_erasure(
    state: Data<AppState>,
    actor: Actor,
    of: Path<CitizenId>,
) -> Result<Json<ErasurePreview>, AppError> {
    let log_life = state.settings.access_log_life;
    state
        .read_as(actor, "previewErasure", move |conn, call| {
            data_rights::preview_erasure(conn, call, *of, log_life)
        })
        .await
        .map(Json)
}

/// Erases what no law makes stay (GDPR, article 17). It cannot be undone.
#[utoipa::path(tag = "data_rights", params(
    ("citizenId" = CitizenId, Path, description = "The citizen"),
), responses(
    (status = 201, description = "The record of it", body = Erasure),
    Refusals,
))]
#[post("/citizens/{citizenId}/erasures")]
async fn erase_citizen(
    state: Data<AppState>,
    actor: Actor,
    of: Path<CitizenId>,
    why: Json<WrittenReason>,
) -> Result<HttpResponse, AppError> {
    let erased = state
        .write_as(actor, "eraseCitizen", move |tx, call| data_rights::erase_citizen(tx, call, *of, &why))
        .await?;
    // Nobody can fetch the packages any more; that their files go now and not within the hour is an extra.
    if jobs::delete_old_packages(&state).await.is_err() {
        tracing::warn!("packages of an erasure wait for housekeeping");
    }
    Ok(HttpResponse::Created().json(erased))
}
