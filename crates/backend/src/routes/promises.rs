//! How units keep what they promise.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use omasote_types::ids::UnitId;
use omasote_types::promises::UnitPromises;

use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::promises;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_unit_promises);
}

/// How a unit keeps its promises, for its lead and the administrators.
#[utoipa::path(tag = "promises", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "The figures", body = UnitPromises),
    Refusals,
))]
#[get("/units/{unitId}/promises")]
async fn get_unit_promises(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
) -> Result<Json<UnitPromises>, AppError> {
    state
        .read_as(actor, "getUnitPromises", move |conn, call| promises::figures(conn, call, *of))
        .await
        .map(Json)
}
