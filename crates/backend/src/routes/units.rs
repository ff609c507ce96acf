//! Service units and topics.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, put};
use omasote_types::ids::{ProfessionalId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::{Absence, Professional};
use omasote_types::units::Unit;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::AppState;
use crate::auth::{Actor, Caller};
use crate::error::{AppError, Refusals};
use crate::services::units;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_units).service(get_unit).service(list_unit_members).service(set_absence);
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

/// Says that a member of a unit is away, or back. What they have taken is free for their colleagues at once. Everybody says it of
/// themselves, who leads the unit also of others.
#[utoipa::path(tag = "units", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    ("professionalId" = ProfessionalId, Path, description = "The member"),
), responses(
    (status = 204, description = "Kept"),
    Refusals,
))]
#[put("/units/{unitId}/members/{professionalId}/absence")]
async fn set_absence(
    state: Data<AppState>,
    actor: Actor,
    member: Path<(UnitId, ProfessionalId)>,
    absence: Json<Absence>,
) -> Result<HttpResponse, AppError> {
    let member = member.into_inner();
    state
        .write_as(actor, "setAbsence", move |tx, call| units::set_absence(tx, call, member, *absence))
        .await?;
    Ok(HttpResponse::NoContent().finish())
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
