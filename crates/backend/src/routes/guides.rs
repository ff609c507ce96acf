//! Guides, which everybody may read, and those who keep them.

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, post, put};
use omasote_types::guides::{Guide, GuideContent, GuideQuery, GuideSearch, GuideSummary, NewGuide};
use omasote_types::ids::GuideId;
use omasote_types::page::Page;

use super::extract::IfMatch;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::guides;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_guides).service(search_guides).service(get_guide);
    config.service(list_kept_guides).service(get_kept_guide);
    config.service(create_guide).service(update_guide).service(delete_guide);
    config.service(publish_guide).service(retire_guide);
}

/// The published guides, those that were made first at the beginning. Open to all.
#[utoipa::path(tag = "guides", security(()), params(GuideQuery), responses(
    (status = 200, description = "A page of guides", body = Page<GuideSummary>),
    Refusals,
))]
#[get("/guides")]
async fn list_guides(
    state: Data<AppState>,
    query: Query<GuideQuery>,
) -> Result<Json<Page<GuideSummary>>, AppError> {
    state.db.read(move |conn| guides::list(conn, &query)).await.map(Json)
}

/// Finds published guides by words. Open to all; what is looked for is kept nowhere.
#[utoipa::path(tag = "guides", security(()), responses(
    (status = 200, description = "A page of guides", body = Page<GuideSummary>),
    Refusals,
))]
#[post("/guides/search")]
async fn search_guides(
    state: Data<AppState>,
    wanted: Json<GuideSearch>,
) -> Result<Json<Page<GuideSummary>>, AppError> {
    state.db.read(move |conn| guides::search(conn, &wanted)).await.map(Json)
}

/// One guide that is published, or was: one that is retired opens all the same, as old messages may lead to it. Open to all.
#[utoipa::path(tag = "guides", security(()), params(
    ("guideId" = GuideId, Path, description = "The guide"),
), responses(
    (status = 200, description = "The guide", body = Guide,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[get("/guides/{guideId}")]
async fn get_guide(state: Data<AppState>, id: Path<GuideId>) -> Result<HttpResponse, AppError> {
    let guide = state.db.read(move |conn| guides::get(conn, *id)).await?;
    tagged(HttpResponse::Ok(), &guide)
}

/// What a unit keeps, or the county when no unit is named: drafts and retired guides, too. For the unit's lead, content editors
/// and administrators; of the county's for the latter two.
#[utoipa::path(tag = "guides", params(GuideQuery), responses(
    (status = 200, description = "A page of guides", body = Page<GuideSummary>),
    Refusals,
))]
#[get("/kept-guides")]
async fn list_kept_guides(
    state: Data<AppState>,
    actor: Actor,
    query: Query<GuideQuery>,
) -> Result<Json<Page<GuideSummary>>, AppError> {
    state
        .read_as(actor, "listKeptGuides", move |conn, call| guides::list_kept(conn, call, &query))
        .await
        .map(Json)
}

/// One guide in whatever state, for those who keep it.
#[utoipa::path(tag = "guides", params(
    ("guideId" = GuideId, Path, description = "The guide"),
), responses(
    (status = 200, description = "The guide", body = Guide,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[get("/kept-guides/{guideId}")]
async fn get_kept_guide(
    state: Data<AppState>,
    actor: Actor,
    id: Path<GuideId>,
) -> Result<HttpResponse, AppError> {
    let guide =
        state.read_as(actor, "getKeptGuide", move |conn, call| guides::get_kept(conn, call, *id)).await?;
    tagged(HttpResponse::Ok(), &guide)
}

/// Keeps a new guide of a unit or of the county, as a draft. Content editors, administrators and the unit's lead do.
#[utoipa::path(tag = "guides", responses(
    (status = 201, description = "The guide", body = Guide,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/guides")]
async fn create_guide(
    state: Data<AppState>,
    actor: Actor,
    new: Json<NewGuide>,
) -> Result<HttpResponse, AppError> {
    let guide = state.write_as(actor, "createGuide", move |tx, call| guides::create(tx, call, &new)).await?;
    tagged(HttpResponse::Created(), &guide)
}

/// Changes what a guide says. A published one is changed for everybody at once. Those who keep it do.
#[utoipa::path(tag = "guides", params(
    ("guideId" = GuideId, Path, description = "The guide"),
    ("If-Match" = String, Header, description = "The `ETag` the guide was read with: its `version` in quotes, or `*`"),
), responses(
    (status = 200, description = "The guide", body = Guide,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[put("/guides/{guideId}")]
async fn update_guide(
    state: Data<AppState>,
    actor: Actor,
    id: Path<GuideId>,
    IfMatch(expected): IfMatch,
    content: Json<GuideContent>,
) -> Result<HttpResponse, AppError> {
    let guide = state
        .write_as(actor, "updateGuide", move |tx, call| guides::update(tx, call, (*id, expected), &content))
        .await?;
    tagged(HttpResponse::Ok(), &guide)
}

/// Publishes a guide: a draft, or one that was retired. Those who keep it do.
#[utoipa::path(tag = "guides", params(
    ("guideId" = GuideId, Path, description = "The guide"),
    ("If-Match" = String, Header, description = "The `ETag` the guide was read with: its `version` in quotes, or `*`"),
), responses(
    (status = 200, description = "The guide", body = Guide,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/guides/{guideId}/publish")]
async fn publish_guide(
    state: Data<AppState>,
    actor: Actor,
    id: Path<GuideId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, AppError> {
    let guide = state
        .write_as(actor, "publishGuide", move |tx, call| guides::publish(tx, call, (*id, expected)))
        .await?;
    tagged(HttpResponse::Ok(), &guide)
}

/// Retires a published guide: it is in no list any more, and opens by its address with a note. Those who keep it do.
#[utoipa::path(tag = "guides", params(
    ("guideId" = GuideId, Path, description = "The guide"),
    ("If-Match" = String, Header, description = "The `ETag` the guide was read with: its `version` in quotes, or `*`"),
), responses(
    (status = 200, description = "The guide", body = Guide,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/guides/{guideId}/retire")]
async fn retire_guide(
    state: Data<AppState>,
    actor: Actor,
    id: Path<GuideId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, AppError> {
    let guide = state
        .write_as(actor, "retireGuide", move |tx, call| guides::retire(tx, call, (*id, expected)))
        .await?;
    tagged(HttpResponse::Ok(), &guide)
}

/// Deletes a guide that was never published. Those who keep it do.
#[utoipa::path(tag = "guides", params(
    ("guideId" = GuideId, Path, description = "The guide"),
), responses(
    (status = 204, description = "Deleted"),
    Refusals,
))]
#[delete("/guides/{guideId}")]
async fn delete_guide(
    state: Data<AppState>,
    actor: Actor,
    id: Path<GuideId>,
) -> Result<HttpResponse, AppError> {
    state.write_as(actor, "deleteGuide", move |tx, call| guides::delete(tx, call, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn tagged(mut response: HttpResponseBuilder, guide: &Guide) -> Result<HttpResponse, AppError> {
    let tag = HeaderValue::from_str(&format!("\"{}\"", guide.version));
    let tag = tag.map_err(|_| AppError::internal("a version that is no header"))?;
    Ok(response.insert_header((ETAG, tag)).json(guide))
}
