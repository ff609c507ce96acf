//! Targets of measurements.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post};
use omasote_types::measurements::{NewTarget, Target, TargetQuery};

use super::super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::{Actor, Caller};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::measurements;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_targets).service(set_target);
}

/// A citizen's targets, the one that was set last at the beginning: those in force, those that were, and those to come. A kind without one
/// has its usual range, which is in docs/measurements.md.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    TargetQuery,
), responses(
    (status = 200, description = "The targets", body = Vec<Target>),
    Refusals,
))]
#[get("/citizens/{citizenId}/targets")]
async fn list_targets(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    query: Query<TargetQuery>,
) -> Result<Json<Vec<Target>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let read = move |conn: &mut _, call: &mut _| measurements::list_targets(conn, call, of, &query);
    state.read_as(actor, "listTargets", read).await.map(Json)
}

/// Sets a target for a citizen. From its first day on it takes the place of the one for the same measurements; what was measured since then
/// is judged anew, and what was measured before stays as it was judged. For professionals who care for the citizen.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id"),
), responses(
    (status = 201, description = "The target", body = Target),
    Refusals,
))]
#[post("/citizens/{citizenId}/targets")]
async fn set_target(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    new: Json<NewTarget>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let target = state
        .write_as(actor, "setTarget", move |tx, call| measurements::set_target(tx, call, of, &new))
        .await?;
    Ok(HttpResponse::Created().json(target))
}
