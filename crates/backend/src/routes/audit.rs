//! The access log.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use omasote_types::audit::{Access, AccessQuery, AuditLine, AuditSearch};
use omasote_types::page::Page;

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::{Actor, Caller};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::audit;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_accesses).service(search_accesses);
}

/// Who saw or changed a citizen's data, and who was refused; the newest first.
#[utoipa::path(tag = "audit", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), AccessQuery,
), responses(
    (status = 200, description = "A page of the access log", body = Page<Access>),
    Refusals,
))]
#[get("/citizens/{citizenId}/accesses")]
async fn list_accesses(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    query: Query<AccessQuery>,
) -> Result<Json<Page<Access>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let job = move |conn: &mut _, call: &mut _| audit::list_accesses(conn, call, of, &query);
    state.read_as(actor, "listAccesses", job).await.map(Json)
}

/// Searches the access log, the newest lines first; for privacy officers. An identity code goes in the body.
#[utoipa::path(tag = "audit", responses(
    (status = 200, description = "A page of lines", body = Page<AuditLine>),
    Refusals,
))]
#[post("/audit/search")]
async fn search_accesses(
    state: Data<AppState>,
    actor: Actor,
    search: Json<AuditSearch>,
) -> Result<Json<Page<AuditLine>>, AppError> {
    let vault = state.clone();
    state
        .read_as(actor, "searchAccesses", move |conn, call| {
            audit::search_accesses(conn, call, &vault.vault, &search)
        })
        .await
        .map(Json)
}
