//! Reply templates.

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, post, put};
use omasote_types::ids::{TemplateId, UnitId};
use omasote_types::templates::{Template, TemplateContent};

use super::extract::IfMatch;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::templates;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_templates).service(create_unit_template);
    config.service(list_own_templates).service(create_own_template);
    config.service(update_template).service(delete_template);
}

/// The reply templates there are for the caller in a unit: the unit's, for who works in it, and the caller's own. At most 200 of
/// each.
#[utoipa::path(tag = "templates", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "The templates, the unit's first", body = Vec<Template>),
    Refusals,
))]
#[get("/units/{unitId}/templates")]
async fn list_templates(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
) -> Result<Json<Vec<Template>>, AppError> {
    state.read_as(actor, "listTemplates", move |conn, call| templates::list(conn, call, *of)).await.map(Json)
}

/// Adds a reply template to a unit. Its lead and the administrators do.
#[utoipa::path(tag = "templates", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 201, description = "The template", body = Template,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/units/{unitId}/templates")]
async fn create_unit_template(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    content: Json<TemplateContent>,
) -> Result<HttpResponse, AppError> {
    let template = state
        .write_as(actor, "createUnitTemplate", move |tx, call| {
            templates::create_of_unit(tx, call, *of, &content)
        })
        .await?;
    tagged(HttpResponse::Created(), &template)
}

/// The caller's own reply templates, at most 200. Nobody else sees them.
#[utoipa::path(tag = "templates", responses(
    (status = 200, description = "The templates", body = Vec<Template>),
    Refusals,
))]
#[get("/me/templates")]
async fn list_own_templates(state: Data<AppState>, actor: Actor) -> Result<Json<Vec<Template>>, AppError> {
    state.read_as(actor, "listOwnTemplates", templates::list_own).await.map(Json)
}

/// Adds a reply template of the caller's own.
#[utoipa::path(tag = "templates", responses(
    (status = 201, description = "The template", body = Template,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/me/templates")]
async fn create_own_template(
    state: Data<AppState>,
    actor: Actor,
    content: Json<TemplateContent>,
) -> Result<HttpResponse, AppError> {
    let template = state
        .write_as(actor, "createOwnTemplate", move |tx, call| templates::create_own(tx, call, &content))
        .await?;
    tagged(HttpResponse::Created(), &template)
}

/// Changes a reply template: one's own, or a unit's, by its lead and the administrators.
#[utoipa::path(tag = "templates", params(
    ("templateId" = TemplateId, Path, description = "The template"),
    ("If-Match" = String, Header, description = "The `ETag` the template was read with: its `version` in quotes, or `*`"),
), responses(
    (status = 200, description = "The template", body = Template,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[put("/templates/{templateId}")]
async fn update_template(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TemplateId>,
    IfMatch(expected): IfMatch,
    content: Json<TemplateContent>,
) -> Result<HttpResponse, AppError> {
    let template = state
        .write_as(actor, "updateTemplate", move |tx, call| {
            templates::update(tx, call, (*id, expected), &content)
        })
        .await?;
    tagged(HttpResponse::Ok(), &template)
}

/// Deletes a reply template: one's own, or a unit's, by its lead and the administrators. What was written with it stays as it is.
#[utoipa::path(tag = "templates", params(
    ("templateId" = TemplateId, Path, description = "The template"),
), responses(
    (status = 204, description = "Deleted"),
    Refusals,
))]
#[delete("/templates/{templateId}")]
async fn delete_template(
    state: Data<AppState>,
    actor: Actor,
    id: Path<TemplateId>,
) -> Result<HttpResponse, AppError> {
    state.write_as(actor, "deleteTemplate", move |tx, call| templates::delete(tx, call, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn tagged(mut response: HttpResponseBuilder, template: &Template) -> Result<HttpResponse, AppError> {
    let tag = HeaderValue::from_str(&format!("\"{}\"", template.version));
    let tag = tag.map_err(|_| AppError::internal("a version that is no header"))?;
    Ok(response.insert_header((ETAG, tag)).json(template))
}
