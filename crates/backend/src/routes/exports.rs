//! A citizen's own data, packed for them to take away.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use omasote_types::exports::Export;
use omasote_types::ids::ExportId;

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::exports;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_export).service(list_exports).service(get_export_file);
}

/// Asks for a package of all of a citizen's data. It is packed in the background; one that is being packed is given again.
#[utoipa::path(tag = "exports", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 202, description = "The package, to be packed", body = Export),
    Refusals,
))]
#[post("/citizens/{citizenId}/exports")]
async fn create_export(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let asked =
        state.write_as(actor, "createExport", move |tx, call| exports::create_export(tx, call, of)).await?;
    Ok(HttpResponse::Accepted().json(asked))
}

/// A citizen's packages, the newest first. Each is kept for a week.
#[utoipa::path(tag = "exports", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The packages", body = Vec<Export>),
    Refusals,
))]
#[get("/citizens/{citizenId}/exports")]
async fn list_exports(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<Vec<Export>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "listExports", move |conn, call| exports::list_exports(conn, call, of))
        .await
        .map(Json)
}

/// The file of a package: a zip with a page to read, all of the data as JSON, and what maps as a FHIR R4 Bundle.
#[utoipa::path(tag = "exports", params(
    ("exportId" = ExportId, Path, description = "The package"),
), responses(
    (status = 200, description = "The file", body = Vec<u8>, content_type = "application/zip"),
    Refusals,
))]
#[get("/exports/{exportId}/file")]
async fn get_export_file(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ExportId>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    state.read_as(actor, "getExportFile", move |conn, call| exports::fetch_export(conn, call, id)).await?;
    let (size, content) = state.files.open(&crate::files::export(id)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_LENGTH, size))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"omasote.zip\""))
        .streaming(content))
}
