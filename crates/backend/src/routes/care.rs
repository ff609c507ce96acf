//! Care relations and break-glass.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get, post};
use omasote_types::care::{CareRelation, EmergencyAccess, NewEmergencyAccess};
use omasote_types::ids::EmergencyAccessId;
use omasote_types::page::{Page, PageQuery};

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::care;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_care_relations).service(list_citizen_emergency_accesses);
    config.service(open_emergency_access).service(list_emergency_accesses);
    config.service(list_own_emergency_accesses).service(end_emergency_access);
}

/// The units whose professionals may see a citizen's data, and until when.
#[utoipa::path(tag = "care", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The units", body = Vec<CareRelation>),
    Refusals,
))]
#[get("/citizens/{citizenId}/care-relations")]
async fn list_care_relations(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<Vec<CareRelation>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "listCareRelations", move |conn, call| care::list_care_relations(conn, call, of))
        .await
        .map(Json)
}

/// The break-glass accesses to a citizen's data that are open now.
#[utoipa::path(tag = "care", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The accesses", body = Vec<EmergencyAccess>),
    Refusals,
))]
#[get("/citizens/{citizenId}/emergency-accesses")]
async fn list_citizen_emergency_accesses(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<Vec<EmergencyAccess>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "listCitizenEmergencyAccesses", move |conn, call| {
            care::list_citizen_emergency_accesses(conn, call, of)
        })
        .await
        .map(Json)
}

/// Opens a citizen's data to a professional who has no care relation with them, for a while and with a written reason
/// (break-glass). The citizen and the privacy officer see it.
#[utoipa::path(tag = "care", responses(
    (status = 201, description = "The access", body = EmergencyAccess),
    Refusals,
))]
#[post("/emergency-accesses")]
async fn open_emergency_access(
    state: Data<AppState>,
    actor: Actor,
    new: Json<NewEmergencyAccess>,
) -> Result<HttpResponse, AppError> {
    let vault = state.clone();
    let opened = state
        .write_as(actor, "openEmergencyAccess", move |tx, call| {
            care::open_emergency_access(tx, call, &vault.vault, &new)
        })
        .await?;
    Ok(HttpResponse::Created().json(opened))
}

/// Every break-glass access, the newest first; for privacy officers.
#[utoipa::path(tag = "care", params(PageQuery), responses(
    (status = 200, description = "A page of accesses", body = Page<EmergencyAccess>),
    Refusals,
))]
#[get("/emergency-accesses")]
async fn list_emergency_accesses(
    state: Data<AppState>,
    actor: Actor,
    query: Query<PageQuery>,
) -> Result<Json<Page<EmergencyAccess>>, AppError> {
    state
        .read_as(actor, "listEmergencyAccesses", move |conn, call| {
            care::list_emergency_accesses(conn, call, &query)
        })
        .await
        .map(Json)
}

/// The signed-in professional's break-glass accesses that are open.
#[utoipa::path(tag = "care", responses(
    (status = 200, description = "The accesses", body = Vec<EmergencyAccess>),
    Refusals,
))]
#[get("/me/emergency-accesses")]
async fn list_own_emergency_accesses(
    state: Data<AppState>,
    actor: Actor,
) -> Result<Json<Vec<EmergencyAccess>>, AppError> {
    let (person, now) = (actor.person, state.clock.now());
    state.db.read(move |conn| care::list_own_emergency_accesses(conn, person, now)).await.map(Json)
}

/// Ends one of the signed-in professional's break-glass accesses before its time.
#[utoipa::path(tag = "care", params(
    ("accessId" = EmergencyAccessId, Path, description = "The access"),
), responses(
    (status = 204, description = "It is ended"),
    Refusals,
))]
#[delete("/emergency-accesses/{accessId}")]
async fn end_emergency_access(
    state: Data<AppState>,
    actor: Actor,
    id: Path<EmergencyAccessId>,
) -> Result<HttpResponse, AppError> {
    let now = state.clock.now();
    state.db.write(move |tx| care::end_emergency_access(tx, actor.person, *id, now)).await?;
    Ok(HttpResponse::NoContent().finish())
}
