//! Measurements as Observations of FHIR R4.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post};
use omasote_types::measurements::{BatchResult, MeasurementQuery};
use serde_json::Value;

use super::super::extract::CitizenPath;
use super::super::questionnaires::as_fhir;
use crate::app::AppState;
use crate::auth::Caller;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::measurements;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(export_measurements).service(import_measurements);
}

/// A page of a citizen's measurements of a kind as a FHIR R4 Bundle of Observations, the newest first; its `next` link leads on. Those that
/// were entered wrong have the status `entered-in-error`.
#[utoipa::path(tag = "measurements", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    MeasurementQuery,
), responses(
    (status = 200, description = "The Bundle", body = Object, content_type = "application/fhir+json"),
    Refusals,
))]
#[get("/citizens/{citizenId}/measurements/fhir")]
async fn export_measurements(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    query: Query<MeasurementQuery>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let public_url = state.settings.public_url.clone();
    let read = move |conn: &mut _, call: &mut _| measurements::export(conn, call, of, (&query, &public_url));
    state.read_as(actor, "exportMeasurements", read).await.map(|bundle| as_fhir(&bundle))
}

/// Records a FHIR R4 Observation, or all those of a Bundle: at most 1,000, all of them or none. Whose they are the address says; what was
/// there before is known again. What does not fit is refused with every reason, at `measurements.`, the place and the element.
#[utoipa::path(tag = "measurements", request_body(content = Object, content_type = "application/json",
    description = "An Observation or a Bundle of FHIR R4; `application/fhir+json` does as well"), params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "What became of each, in their order", body = BatchResult),
    Refusals,
))]
#[post("/citizens/{citizenId}/measurements/fhir")]
async fn import_measurements(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    resource: Json<Value>,
) -> Result<Json<BatchResult>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let write = move |tx: &mut crate::db::Tx<'_>, call: &mut _| measurements::import(tx, call, of, &resource);
    state.write_as(actor, "importMeasurements", write).await.map(Json)
}
