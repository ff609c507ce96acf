//! Fetching from Suomi.fi Valtuudet for whom one may act.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use omasote_types::mandates::{MandateAnswer, MandateMethods, MandateVisit, NewMandateVisit};
use omasote_types::proxies::Represented;

use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::mandates;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_mandate_methods).service(start_mandate_visit).service(finish_mandate_visit);
}

/// From where mandates can be fetched here.
#[utoipa::path(tag = "mandates", security(()), responses(
    (status = 200, description = "The registers", body = MandateMethods),
    Refusals,
))]
#[get("/mandates/methods")]
async fn list_mandate_methods(state: Data<AppState>) -> Json<MandateMethods> {
    Json(MandateMethods { has_suomi_fi: state.suomi_fi.is_some() })
}

/// Begins a visit to Suomi.fi Valtuudet, where the signed-in citizen chooses for whom to act. The browser goes there, and comes
/// back with `state` and `code`, or with `error`.
#[utoipa::path(tag = "mandates", responses(
    (status = 201, description = "Where the browser goes", body = MandateVisit),
    Refusals,
))]
#[post("/me/mandates/visits")]
async fn start_mandate_visit(
    state: Data<AppState>,
    actor: Actor,
    new: Json<NewMandateVisit>,
) -> Result<HttpResponse, AppError> {
    let source = state.suomi_fi.as_ref().ok_or_else(AppError::not_found)?;
    let shared = state.clone();
    let own_code = move |conn: &mut _, call: &mut _| mandates::own_code(conn, call, &shared.vault);
    let own = state.read_as(actor, "startMandateVisit", own_code).await?;
    let now = state.clock.now();
    let registered = source.register(&own, new.language, now).await?;
    let visit = MandateVisit { address: registered.address.clone() };
    state.db.write(move |tx| mandates::begin(tx, &actor, &registered, now)).await?;
    Ok(HttpResponse::Created().json(visit))
}

/// Takes what the browser brought back from Suomi.fi Valtuudet, once and in the session in which the visit began. From now on,
/// in this session, the citizen may act for those whom it answers.
#[utoipa::path(tag = "mandates", responses(
    (status = 201, description = "For whom one may act by it", body = Vec<Represented>),
    Refusals,
))]
#[post("/me/mandates")]
async fn finish_mandate_visit(
    state: Data<AppState>,
    actor: Actor,
    answer: Json<MandateAnswer>,
) -> Result<HttpResponse, AppError> {
    let source = state.suomi_fi.as_ref().ok_or_else(AppError::not_found)?;
    let (answer, now) = (answer.into_inner(), state.clock.now());
    let (shared, taken) = (state.clone(), answer.clone());
    let take = move |tx: &mut crate::db::Tx<'_>| mandates::take(tx, &actor, &shared.vault, &taken, now);
    let (visit, own) = state.db.write(take).await?;
    let told = source.collect((&visit, &answer.code), &own, now).await?;
    let shared = state.clone();
    let represented = state
        .write_as(actor, "finishMandateVisit", move |tx, call| {
            mandates::finish(tx, call, &shared.vault, &told)
        })
        .await?;
    Ok(HttpResponse::Created().json(represented))
}
