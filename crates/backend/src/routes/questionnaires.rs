//! Questionnaires.

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, HttpResponseBuilder, get, post, put};
use omasote_types::ids::QuestionnaireId;
use omasote_types::page::{Page, PageQuery};
use omasote_types::questionnaires::{
    Form, ImportedQuestionnaire, NewQuestionnaire, Questionnaire, QuestionnaireImportQuery,
    QuestionnaireSummary, QuestionnaireVersion,
};
use serde_json::Value;

use super::extract::{IdempotencyKey, IfMatch};
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::questionnaires;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_questionnaires).service(create_questionnaire).service(get_questionnaire);
    config.service(update_questionnaire).service(publish_questionnaire).service(retire_questionnaire);
    config.service(get_questionnaire_version).service(import_questionnaire).service(export_questionnaire);
}

/// All questionnaires there are, for professionals.
#[utoipa::path(tag = "questionnaires", params(PageQuery), responses(
    (status = 200, description = "A page of questionnaires", body = Page<QuestionnaireSummary>),
    Refusals,
))]
#[get("/questionnaires")]
async fn list_questionnaires(
    state: Data<AppState>,
    actor: Actor,
    query: Query<PageQuery>,
) -> Result<Json<Page<QuestionnaireSummary>>, AppError> {
    state
        .read_as(actor, "listQuestionnaires", move |conn, call| questionnaires::list(conn, call, &query))
        .await
        .map(Json)
}

/// Keeps a new questionnaire, as a draft: of a unit, by its lead and the administrators, or of all the county, by content editors and
/// administrators.
#[utoipa::path(tag = "questionnaires", params(
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The questionnaire", body = Questionnaire,
        headers(("ETag" = String, description = "The version of its draft, for `If-Match`"))),
    Refusals,
))]
#[post("/questionnaires")]
async fn create_questionnaire(
    state: Data<AppState>,
    actor: Actor,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewQuestionnaire>,
) -> Result<HttpResponse, AppError> {
    let made = state
        .write_as(actor, "createQuestionnaire", move |tx, call| {
            questionnaires::create(tx, call, &new, key.as_ref())
        })
        .await?;
    tagged(HttpResponse::Created(), &made)
}

/// A questionnaire with its draft, for professionals.
#[utoipa::path(tag = "questionnaires", params(
    ("questionnaireId" = QuestionnaireId, Path, description = "The questionnaire"),
), responses(
    (status = 200, description = "The questionnaire", body = Questionnaire,
        headers(("ETag" = String, description = "The version of its draft, for `If-Match`"))),
    Refusals,
))]
#[get("/questionnaires/{questionnaireId}")]
async fn get_questionnaire(
    state: Data<AppState>,
    actor: Actor,
    id: Path<QuestionnaireId>,
) -> Result<HttpResponse, AppError> {
    let found = state
        .read_as(actor, "getQuestionnaire", move |conn, call| questionnaires::get(conn, call, *id))
        .await?;
    tagged(HttpResponse::Ok(), &found)
}

/// Changes the draft of a questionnaire. What was published stays as it is.
#[utoipa::path(tag = "questionnaires", params(
    ("questionnaireId" = QuestionnaireId, Path, description = "The questionnaire"),
    ("If-Match" = String, Header, description = "The `ETag` the questionnaire was read with, or `*`"),
), responses(
    (status = 200, description = "The questionnaire", body = Questionnaire,
        headers(("ETag" = String, description = "The version of its draft, for `If-Match`"))),
    Refusals,
))]
#[put("/questionnaires/{questionnaireId}")]
async fn update_questionnaire(
    state: Data<AppState>,
    actor: Actor,
    id: Path<QuestionnaireId>,
    IfMatch(expected): IfMatch,
    form: Json<Form>,
) -> Result<HttpResponse, AppError> {
    let changed = state
        .write_as(actor, "updateQuestionnaire", move |tx, call| {
            questionnaires::update(tx, call, (*id, expected), &form)
        })
        .await?;
    tagged(HttpResponse::Ok(), &changed)
}

/// Publishes the draft as the next version, which is given from now on. A draft that is not sound is refused, with everything that is
/// wrong: `items.` and the link id, `scores.` or `alerts.` and the code.
#[utoipa::path(tag = "questionnaires", params(
    ("questionnaireId" = QuestionnaireId, Path, description = "The questionnaire"),
    ("If-Match" = String, Header, description = "The `ETag` the questionnaire was read with, or `*`"),
), responses(
    (status = 201, description = "The version", body = QuestionnaireVersion),
    Refusals,
))]
#[post("/questionnaires/{questionnaireId}/publish")]
async fn publish_questionnaire(
    state: Data<AppState>,
    actor: Actor,
    id: Path<QuestionnaireId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, AppError> {
    let version = state
        .write_as(actor, "publishQuestionnaire", move |tx, call| {
            questionnaires::publish(tx, call, (*id, expected))
        })
        .await?;
    Ok(HttpResponse::Created().json(version))
}

/// Retires a questionnaire: it is given no more, and what was given goes on. Publishing it again brings it back.
#[utoipa::path(tag = "questionnaires", params(
    ("questionnaireId" = QuestionnaireId, Path, description = "The questionnaire"),
    ("If-Match" = String, Header, description = "The `ETag` the questionnaire was read with, or `*`"),
), responses(
    (status = 200, description = "The questionnaire", body = Questionnaire,
        headers(("ETag" = String, description = "The version of its draft, for `If-Match`"))),
    Refusals,
))]
#[post("/questionnaires/{questionnaireId}/retire")]
async fn retire_questionnaire(
    state: Data<AppState>,
    actor: Actor,
    id: Path<QuestionnaireId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, AppError> {
    let retired = state
        .write_as(actor, "retireQuestionnaire", move |tx, call| {
            questionnaires::retire(tx, call, (*id, expected))
        })
        .await?;
    tagged(HttpResponse::Ok(), &retired)
}

/// A published version of a questionnaire, for everybody. It does not change.
#[utoipa::path(tag = "questionnaires", params(
    ("questionnaireId" = QuestionnaireId, Path, description = "The questionnaire"),
    ("number" = u32, Path, description = "Which version"),
), responses(
    (status = 200, description = "The version", body = QuestionnaireVersion),
    Refusals,
), security(()))]
#[get("/questionnaires/{questionnaireId}/versions/{number}")]
async fn get_questionnaire_version(
    state: Data<AppState>,
    path: Path<(QuestionnaireId, u32)>,
) -> Result<Json<QuestionnaireVersion>, AppError> {
    let (id, number) = path.into_inner();
    state.db.read(move |conn| questionnaires::get_version(conn, id, number)).await.map(Json)
}

/// Keeps a FHIR R4 Questionnaire as a draft. What has no place here and does not change what is asked is named in the answer; what would
/// change it is refused, with every reason: the element, or `items.`, the link id and the element.
#[utoipa::path(tag = "questionnaires", request_body(content = Object, content_type = "application/json",
    description = "A Questionnaire of FHIR R4; `application/fhir+json` does as well"), params(
    QuestionnaireImportQuery,
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The questionnaire, and what was left out", body = ImportedQuestionnaire,
        headers(("ETag" = String, description = "The version of its draft, for `If-Match`"))),
    Refusals,
))]
#[post("/questionnaires/import")]
async fn import_questionnaire(
    state: Data<AppState>,
    actor: Actor,
    query: Query<QuestionnaireImportQuery>,
    IdempotencyKey(key): IdempotencyKey,
    resource: Json<Value>,
) -> Result<HttpResponse, AppError> {
    let imported = state
        .write_as(actor, "importQuestionnaire", move |tx, call| {
            questionnaires::import(tx, call, (query.unit, &resource), key.as_ref())
        })
        .await?;
    let tag = etag(imported.questionnaire.summary.version)?;
    Ok(HttpResponse::Created().insert_header((ETAG, tag)).json(imported))
}

/// A published version as a FHIR R4 Questionnaire, for everybody. What R4 has no place for is in extensions; it comes back unchanged.
#[utoipa::path(tag = "questionnaires", params(
    ("questionnaireId" = QuestionnaireId, Path, description = "The questionnaire"),
    ("number" = u32, Path, description = "Which version"),
), responses(
    (status = 200, description = "The Questionnaire", body = Object, content_type = "application/fhir+json"),
    Refusals,
), security(()))]
#[get("/questionnaires/{questionnaireId}/versions/{number}/fhir")]
async fn export_questionnaire(
    state: Data<AppState>,
    path: Path<(QuestionnaireId, u32)>,
) -> Result<HttpResponse, AppError> {
    let (wanted, public_url) = (path.into_inner(), state.settings.public_url.clone());
    let resource = state.db.read(move |conn| questionnaires::export(conn, wanted, &public_url)).await?;
    Ok(as_fhir(&resource))
}

/// A resource of FHIR as the answer.
pub(super) fn as_fhir(resource: &Value) -> HttpResponse {
    HttpResponse::Ok().content_type("application/fhir+json; charset=utf-8").body(resource.to_string())
}

fn etag(version: u32) -> Result<HeaderValue, AppError> {
    let tag = HeaderValue::from_str(&format!("\"{version}\""));
    tag.map_err(|_| AppError::internal("a version that is no header"))
}

fn tagged(mut response: HttpResponseBuilder, one: &Questionnaire) -> Result<HttpResponse, AppError> {
    Ok(response.insert_header((ETAG, etag(one.summary.version)?)).json(one))
}
