//! Service units and topics.

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, put};
use omasote_types::ids::{ProfessionalId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::{Absence, Professional};
use omasote_types::units::{TopicList, TopicRouting, Unit, UnitService, UnitSettings};

use super::extract::IfMatch;
use crate::app::AppState;
use crate::auth::{Actor, Caller};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::units;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_units).service(get_unit).service(list_unit_members).service(set_absence);
    config.service(list_topic_routing);
    config.service(get_unit_settings).service(update_unit_service).service(update_unit_topics);
}

/// The service units, with their hours, topics and by when they answer, in the order they were added. Open to all.
#[utoipa::path(tag = "units", security(()), params(PageQuery), responses(
    (status = 200, description = "A page of units", body = Page<Unit>),
    Refusals,
))]
#[get("/units")]
async fn list_units(state: Data<AppState>, query: Query<PageQuery>) -> Result<Json<Page<Unit>>, AppError> {
    let now = state.clock.now();
    state.db.read(move |conn| units::list(conn, &query, now)).await.map(Json)
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
    let now = state.clock.now();
    state.db.read(move |conn| units::get(conn, *id, now)).await.map(Json)
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

/// What a unit keeps for itself, for its lead and the administrators.
#[utoipa::path(tag = "units", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "The settings", body = UnitSettings,
        headers(("ETag" = String, description = "Their version, for `If-Match`"))),
    Refusals,
))]
#[get("/units/{unitId}/settings")]
async fn get_unit_settings(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
) -> Result<HttpResponse, AppError> {
    let settings = state
        .read_as(actor, "getUnitSettings", move |conn, call| units::get_settings(conn, call, *of))
        .await?;
    tagged(&settings)
}

/// How well the topics of a unit lead to the right unit: how many threads began with each in the last 90 days, and how many of
/// them moved to another unit twice or more. Topics that nobody has chosen are left out. For its lead and the administrators.
#[utoipa::path(tag = "units", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "The topics in their order", body = Vec<TopicRouting>),
    Refusals,
))]
#[get("/units/{unitId}/topics/routing")]
async fn list_topic_routing(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
) -> Result<Json<Vec<TopicRouting>>, AppError> {
    state
        .read_as(actor, "listTopicRouting", move |conn, call| units::list_routing(conn, call, *of))
        .await
        .map(Json)
}

/// Changes how a unit is reached, when it is open and what it promises. Its lead and the administrators do.
#[utoipa::path(tag = "units", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    ("If-Match" = String, Header, description = "The `ETag` the settings were read with, or `*`"),
), responses(
    (status = 200, description = "The settings", body = UnitSettings,
        headers(("ETag" = String, description = "Their version, for `If-Match`"))),
    Refusals,
))]
#[put("/units/{unitId}/service")]
async fn update_unit_service(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    IfMatch(expected): IfMatch,
    service: Json<UnitService>,
) -> Result<HttpResponse, AppError> {
    let settings = state
        .write_as(actor, "updateUnitService", move |tx, call| {
            units::update_service(tx, call, (*of, expected), &service)
        })
        .await?;
    tagged(&settings)
}

/// Changes the topics of a unit: names, words, order; adds and retires some. Its lead and the administrators do.
#[utoipa::path(tag = "units", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    ("If-Match" = String, Header, description = "The `ETag` the settings were read with, or `*`"),
), responses(
    (status = 200, description = "The settings", body = UnitSettings,
        headers(("ETag" = String, description = "Their version, for `If-Match`"))),
    Refusals,
))]
#[put("/units/{unitId}/topics")]
async fn update_unit_topics(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    IfMatch(expected): IfMatch,
    list: Json<TopicList>,
) -> Result<HttpResponse, AppError> {
    let settings = state
        .write_as(actor, "updateUnitTopics", move |tx, call| {
            units::update_topics(tx, call, (*of, expected), &list)
        })
        .await?;
    tagged(&settings)
}

fn tagged(settings: &UnitSettings) -> Result<HttpResponse, AppError> {
    let tag = HeaderValue::from_str(&format!("\"{}\"", settings.version));
    let tag = tag.map_err(|_| AppError::internal("a version that is no header"))?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag)).json(settings))
}
