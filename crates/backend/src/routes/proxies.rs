//! Acting for another.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, patch, post};
use omasote_types::ids::ProxyId;
use omasote_types::people::CitizenSearch;
use omasote_types::proxies::{
    NewProxy, NewProxyInvitation, Proxy, ProxyAcceptance, ProxyInvitation, ProxyUpdate, Represented,
};

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::proxies;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_proxies).service(create_proxy_invitation).service(accept_proxy_invitation);
    config.service(list_represented).service(update_proxy).service(end_proxy);
    config.service(create_proxy).service(search_proxies);
}

/// Who may act for a citizen; also who is paused.
#[utoipa::path(tag = "proxies", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The proxies", body = Vec<Proxy>),
    Refusals,
))]
#[get("/citizens/{citizenId}/proxies")]
async fn list_proxies(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<Vec<Proxy>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "listProxies", move |conn, call| proxies::list_proxies(conn, call, of))
        .await
        .map(Json)
}

/// Makes an invitation to act for the citizen. Who gives its code within a week, once, may.
#[utoipa::path(tag = "proxies", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 201, description = "The invitation", body = ProxyInvitation),
    Refusals,
))]
#[post("/citizens/{citizenId}/proxy-invitations")]
async fn create_proxy_invitation(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    new: Json<NewProxyInvitation>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let made = state
        .write_as(actor, "createProxyInvitation", move |tx, call| {
            proxies::create_invitation(tx, call, of, &new)
        })
        .await?;
    Ok(HttpResponse::Created().json(made))
}

/// Takes an invitation: from now on the signed-in citizen may act for who made it.
#[utoipa::path(tag = "proxies", responses(
    (status = 201, description = "For whom one may act now", body = Represented),
    Refusals,
))]
#[post("/me/represented")]
async fn accept_proxy_invitation(
    state: Data<AppState>,
    actor: Actor,
    acceptance: Json<ProxyAcceptance>,
) -> Result<HttpResponse, AppError> {
    let vault = state.clone();
    let represented = state
        .write_as(actor, "acceptProxyInvitation", move |tx, call| {
            proxies::accept_invitation(tx, call, &vault.vault, &acceptance)
        })
        .await?;
    Ok(HttpResponse::Created().json(represented))
}

/// For whom the signed-in citizen may act just now.
#[utoipa::path(tag = "proxies", responses(
    (status = 200, description = "The people", body = Vec<Represented>),
    Refusals,
))]
#[get("/me/represented")]
async fn list_represented(state: Data<AppState>, actor: Actor) -> Result<Json<Vec<Represented>>, AppError> {
    state
        .read_as(actor, "listRepresented", move |conn, call| proxies::list_represented(conn, call))
        .await
        .map(Json)
}

/// Narrows, widens, pauses a right to act, or lets it go on. Who has it is not told.
#[utoipa::path(tag = "proxies", params(
    ("proxyId" = ProxyId, Path, description = "The right to act"),
), responses(
    (status = 200, description = "As it is now", body = Proxy),
    Refusals,
))]
#[patch("/proxies/{proxyId}")]
async fn update_proxy(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProxyId>,
    update: Json<ProxyUpdate>,
) -> Result<Json<Proxy>, AppError> {
    state
        .write_as(actor, "updateProxy", move |tx, call| proxies::update_proxy(tx, call, *id, &update))
        .await
        .map(Json)
}

/// Ends a right to act: the person does, who has it gives it up, or staff take it from the register.
#[utoipa::path(tag = "proxies", params(
    ("proxyId" = ProxyId, Path, description = "The right to act"),
), responses(
    (status = 204, description = "It is ended"),
    Refusals,
))]
#[delete("/proxies/{proxyId}")]
async fn end_proxy(state: Data<AppState>, actor: Actor, id: Path<ProxyId>) -> Result<HttpResponse, AppError> {
    state.write_as(actor, "endProxy", move |tx, call| proxies::end_proxy(tx, call, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Enters a right to act in the register, from a document; for administrators.
#[utoipa::path(tag = "proxies", responses(
    (status = 201, description = "The entry", body = Proxy),
    Refusals,
))]
#[post("/proxies")]
async fn create_proxy(
    state: Data<AppState>,
    actor: Actor,
    new: Json<NewProxy>,
) -> Result<HttpResponse, AppError> {
    let vault = state.clone();
    let made = state
        .write_as(actor, "createProxy", move |tx, call| proxies::create_proxy(tx, call, &vault.vault, &new))
        .await?;
    Ok(HttpResponse::Created().json(made))
}

/// Who may act for the citizen of an identity code; for administrators.
#[utoipa::path(tag = "proxies", responses(
    (status = 200, description = "The proxies", body = Vec<Proxy>),
    Refusals,
))]
#[post("/proxies/search")]
async fn search_proxies(
    state: Data<AppState>,
    actor: Actor,
    search: Json<CitizenSearch>,
) -> Result<Json<Vec<Proxy>>, AppError> {
    let vault = state.clone();
    state
        .read_as(actor, "searchProxies", move |conn, call| {
            proxies::search_proxies(conn, call, &vault.vault, &search)
        })
        .await
        .map(Json)
}
