//! The access log.

use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use omasote_types::audit::{Access, AccessQuery};
use omasote_types::error::ApiError;
use omasote_types::page::Page;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::AppError;
use crate::services::audit;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_accesses);
}

/// Who saw or changed a citizen's data, and who was refused; the newest first.
#[utoipa::path(tag = "audit", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), AccessQuery,
), responses(
    (status = 200, description = "A page of the access log", body = Page<Access>),
    (status = "4XX", description = "Refused", body = ApiError, content_type = "application/problem+json"),
    (status = "5XX", description = "Failed", body = ApiError, content_type = "application/problem+json"),
))]
#[get("/citizens/{citizenId}/accesses")]
async fn list_accesses(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    query: Query<AccessQuery>,
) -> Result<Json<Page<Access>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let job = move |conn: &mut _, call: &mut _| audit::list_accesses(conn, call, of, &query);
    state.read_as(actor, "listAccesses", job).await.map(Json)
}
