//! Service units and topics.

use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use omasote_types::ids::UnitId;
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::Professional;
use omasote_types::units::Unit;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::AppState;
use crate::auth::Caller;
use crate::error::{AppError, Refusals};
use crate::services::units;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_units).service(get_unit).service(list_unit_members);
}

/// The service units, with their hours and topics, in the order they were added. Open to all.
#[utoipa::path(tag = "units", security(()), params(PageQuery), responses(
    (status = 200, description = "A page of units", body = Page<Unit>),
    Refusals,
))]
#[get("/units")]
async fn list_units(state: Data<AppState>, query: Query<PageQuery>) -> Result<Json<Page<Unit>>, AppError> {
    state.db.read(move |conn| units::list(conn, &query)).await.map(Json)
}

/// One service unit. Open to all.
#[utoipa::path(tag = "units", security(()), params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "The unit", body = Unit),
    Refusals,
))]
#[get("/units/{unitId}")]
async fn get_unit(state: Data<AppState>, id: Path<UnitId>) -> Result<Json<Unit>, AppError> {
    state.db.read(move |conn| units::get(conn, *id)).await.map(Json)
}

/// The professionals of a unit, for those who belong to it.
#[utoipa::path(tag = "units", params(
    ("unitId" = UnitId, Path, description = "The unit"), PageQuery,
), responses(
    (status = 200, description = "A page of professionals", body = Page<Professional>),
    Refusals,
))]
#[get("/units/{unitId}/members")]
async fn list_unit_members(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<UnitId>,
    query: Query<PageQuery>,
) -> Result<Json<Page<Professional>>, AppError> {
    state
        .read_as(actor, "listUnitMembers", move |conn, call| units::list_members(conn, call, *id, &query))
        .await
        .map(Json)
}
