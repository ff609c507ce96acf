//! Citizens and professionals.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use omasote_types::error::ApiError;
use omasote_types::people::Citizen;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::AppError;
use crate::services::people;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_citizen);
}

/// One citizen.
#[utoipa::path(tag = "people", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The citizen", body = Citizen),
    (status = "4XX", description = "Refused", body = ApiError, content_type = "application/problem+json"),
    (status = "5XX", description = "Failed", body = ApiError, content_type = "application/problem+json"),
))]
#[get("/citizens/{citizenId}")]
async fn get_citizen(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<Citizen>, AppError> {
    let id = citizen.into_inner().of(&actor)?;
    state.read_as(actor, "getCitizen", move |conn, call| people::get_citizen(conn, call, id)).await.map(Json)
}
