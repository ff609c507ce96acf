//! Home measurements.

mod exchange;
mod targets;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post};
use omasote_types::ids::MeasurementId;
use omasote_types::measurements::{
    BatchResult, KindOverview, Measurement, MeasurementPoints, MeasurementQuery, MeasurementSummary,
    NewMeasurement, NewMeasurements, SummaryQuery,
};
use omasote_types::page::Page;

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Caller;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::measurements;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    // Before the paths with a variable in the same place.
    config
        .service(get_measurement_overview)
        .service(get_measurement_summary)
        .service(list_measurement_points);
    config.service(list_measurements).service(record_measurement).service(record_measurements);
    config.service(strike_measurement);
    config.configure(targets::configure).configure(exchange::configure);
}

/// A citizen's measurements of a kind, the newest first. Those that were entered wrong are among them, with `struck`.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    MeasurementQuery,
), responses(
    (status = 200, description = "A page of measurements", body = Page<Measurement>),
    Refusals,
))]
#[get("/citizens/{citizenId}/measurements")]
async fn list_measurements(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    query: Query<MeasurementQuery>,
) -> Result<Json<Page<Measurement>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let read = move |conn: &mut _, call: &mut _| measurements::list(conn, call, of, &query);
    state.read_as(actor, "listMeasurements", read).await.map(Json)
}

/// Records a measurement. The same measurement, by its kind, moment and numbers, is kept once: asked again, the one that is there is the
/// answer, with 200. A number that is possible and unusual is refused as `unusual` until the body says `isConfirmed`.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The measurement, which was there before", body = Measurement),
    (status = 201, description = "The measurement", body = Measurement),
    Refusals,
))]
#[post("/citizens/{citizenId}/measurements")]
async fn record_measurement(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    new: Json<NewMeasurement>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let (measurement, is_new) = state
        .write_as(actor, "recordMeasurement", move |tx, call| measurements::record(tx, call, of, &new))
        .await?;
    Ok(match is_new {
        true => HttpResponse::Created().json(measurement),
        false => HttpResponse::Ok().json(measurement),
    })
}

/// Records at most 1,000 measurements: all of them or none, or each that can be kept, as `mode` says. What was there before is told as
/// `known`, so the same request may be sent again.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "What became of each, in their order", body = BatchResult),
    Refusals,
))]
#[post("/citizens/{citizenId}/measurements/batch")]
async fn record_measurements(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    many: Json<NewMeasurements>,
) -> Result<Json<BatchResult>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let write =
        move |tx: &mut crate::db::Tx<'_>, call: &mut _| measurements::record_many(tx, call, of, &many);
    state.write_as(actor, "recordMeasurements", write).await.map(Json)
}

/// What a citizen measures: of each kind the newest measurement, and since when it has been out of its target.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The kinds, what was measured last at the beginning", body = Vec<KindOverview>),
    Refusals,
))]
#[get("/citizens/{citizenId}/measurements/overview")]
async fn get_measurement_overview(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
) -> Result<Json<Vec<KindOverview>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let read = move |conn: &mut _, call: &mut _| measurements::overview(conn, call, of);
    state.read_as(actor, "getMeasurementOverview", read).await.map(Json)
}

/// Figures of a citizen's measurements of a kind in a period: median, range, mean, share within target, trend, and what changed from the
/// period before; of all and by the part of the day. They are figures, not advice.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    SummaryQuery,
), responses(
    (status = 200, description = "The figures", body = MeasurementSummary),
    Refusals,
))]
#[get("/citizens/{citizenId}/measurements/summary")]
async fn get_measurement_summary(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    query: Query<SummaryQuery>,
) -> Result<Json<MeasurementSummary>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let read = move |conn: &mut _, call: &mut _| measurements::summarize(conn, call, of, &query);
    state.read_as(actor, "getMeasurementSummary", read).await.map(Json)
}

/// A citizen's measurements of a kind in a period as a chart takes them, the oldest first: at most 20,000, the newest of them.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    SummaryQuery,
), responses(
    (status = 200, description = "The points", body = MeasurementPoints),
    Refusals,
))]
#[get("/citizens/{citizenId}/measurements/points")]
async fn list_measurement_points(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    query: Query<SummaryQuery>,
) -> Result<Json<MeasurementPoints>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let read = move |conn: &mut _, call: &mut _| measurements::list_points(conn, call, of, &query);
    state.read_as(actor, "listMeasurementPoints", read).await.map(Json)
}

/// Strikes a measurement through that was entered wrong. It stays to be seen, and counts nowhere.
#[utoipa::path(tag = "measurements", params(
    ("measurementId" = MeasurementId, Path, description = "The measurement"),
), responses(
    (status = 200, description = "The measurement", body = Measurement),
    Refusals,
))]
#[post("/measurements/{measurementId}/strike")]
async fn strike_measurement(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<MeasurementId>,
) -> Result<Json<Measurement>, AppError> {
    state
        .write_as(actor, "strikeMeasurement", move |tx, call| measurements::strike(tx, call, *id))
        .await
        .map(Json)
}
