//! Citizens and professionals.

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post, put};
use omasote_types::people::{Citizen, CitizenSearch, ContactDetails, Need, Protection};

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::{Actor, Caller};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::people;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_citizen).service(search_citizens);
    config.service(reveal_contact_details).service(update_protection);
}

/// One citizen.
#[utoipa::path(tag = "people", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The citizen", body = Citizen),
    Refusals,
))]
#[get("/citizens/{citizenId}")]
async fn get_citizen(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
) -> Result<Json<Citizen>, AppError> {
    let id = citizen.into_inner().of(&actor)?;
    state.read_as(actor, "getCitizen", move |conn, call| people::get_citizen(conn, call, id)).await.map(Json)
}

/// Finds a citizen whom the professional's unit cares for, by identity code. The code goes in the body.
#[utoipa::path(tag = "people", responses(
    (status = 200, description = "The citizen", body = Citizen),
    Refusals,
))]
#[post("/citizens/search")]
async fn search_citizens(
    state: Data<AppState>,
    Caller(actor): Caller,
    search: Json<CitizenSearch>,
) -> Result<Json<Citizen>, AppError> {
    let vault = state.clone();
    state
        .read_as(actor, "searchCitizens", move |conn, call| {
            people::find_citizen(conn, call, &vault.vault, &search)
        })
        .await
        .map(Json)
}

/// Where a citizen is reached whose contact details are protected, for who writes down why they need it.
#[utoipa::path(tag = "people", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The contact details", body = ContactDetails),
    Refusals,
))]
#[post("/citizens/{citizenId}/contact-details")]
async fn reveal_contact_details(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    need: Json<Need>,
) -> Result<Json<ContactDetails>, AppError> {
    let id = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "revealContactDetails", move |conn, call| {
            people::reveal_contact_details(conn, call, id, &need)
        })
        .await
        .map(Json)
}

/// Protects a citizen's contact details (turvakielto), or no longer.
#[utoipa::path(tag = "people", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 204, description = "It is so now"),
    Refusals,
))]
#[put("/citizens/{citizenId}/protection")]
async fn update_protection(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    wanted: Json<Protection>,
) -> Result<HttpResponse, AppError> {
    let id = citizen.into_inner().of(&actor)?;
    state
        .write_as(actor, "updateProtection", move |tx, call| people::update_protection(tx, call, id, *wanted))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
