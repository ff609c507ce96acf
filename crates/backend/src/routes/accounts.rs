//! The accounts of professionals, and the password of one's own.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use omasote_types::accounts::{
    AccountEvent, AccountQuery, FirstPassword, MadeStaffAccount, NewStaffAccount, PasswordChange,
    StaffAccount, StaffAccountUpdate,
};
use omasote_types::ids::ProfessionalId;
use omasote_types::page::{Page, PageQuery};

use super::extract::address_of;
use super::sessions::{check_password, hash_password};
use crate::app::AppState;
use crate::auth::{Actor, passwords};
use crate::db::Tx;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::accounts::{self, DrawnPassword};
use crate::services::second_factors::account_of;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_accounts).service(create_account).service(get_account).service(update_account);
    config.service(list_account_events).service(close_account).service(reopen_account);
    config.service(reset_password).service(remove_second_factor).service(change_password);
}

/// The accounts of professionals, by family name; for administrators.
#[utoipa::path(tag = "accounts", params(AccountQuery), responses(
    (status = 200, description = "A page of accounts", body = Page<StaffAccount>),
    Refusals,
))]
#[get("/accounts")]
async fn list_accounts(
    state: Data<AppState>,
    actor: Actor,
    query: Query<AccountQuery>,
) -> Result<Json<Page<StaffAccount>>, AppError> {
    state
        .read_as(actor, "listAccounts", move |conn, call| accounts::list_accounts(conn, call, &query))
        .await
        .map(Json)
}

/// Adds a professional. One with a user name gets a password for the first sign-in, at which another must be chosen.
#[utoipa::path(tag = "accounts", responses(
    (status = 201, description = "The account, and the first password, shown once", body = MadeStaffAccount),
    Refusals,
))]
#[post("/accounts")]
async fn create_account(
    state: Data<AppState>,
    actor: Actor,
    new: Json<NewStaffAccount>,
) -> Result<HttpResponse, AppError> {
    let drawn = match new.username.is_some() {
        true => Some(draw_password(&state, actor, "createAccount").await?),
        false => None,
    };
    let made = state
        .write_as(actor, "createAccount", move |tx, call| {
            accounts::create_account(tx, call, &new, drawn.as_ref())
        })
        .await?;
    Ok(HttpResponse::Created().json(made))
}

/// Only for who may have it: its hash is slow to make.
async fn draw_password(
    state: &AppState,
    actor: Actor,
    operation: &'static str,
) -> Result<DrawnPassword, AppError> {
    state.read_as(actor, operation, accounts::require).await?;
    let password = passwords::first()?;
    let hash = hash_password(state, password.clone()).await?;
    Ok(DrawnPassword { password, hash })
}

/// One account.
#[utoipa::path(tag = "accounts", params(
    ("professionalId" = ProfessionalId, Path, description = "The professional"),
), responses(
    (status = 200, description = "The account", body = StaffAccount),
    Refusals,
))]
#[get("/accounts/{professionalId}")]
async fn get_account(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProfessionalId>,
) -> Result<Json<StaffAccount>, AppError> {
    state
        .read_as(actor, "getAccount", move |conn, call| accounts::get_account(conn, call, *id))
        .await
        .map(Json)
}

/// Changes name, title, units or roles. Administrators do not give up their own role, and the last one stays.
#[utoipa::path(tag = "accounts", params(
    ("professionalId" = ProfessionalId, Path, description = "The professional"),
), responses(
    (status = 200, description = "As it is now", body = StaffAccount),
    Refusals,
))]
#[patch("/accounts/{professionalId}")]
async fn update_account(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProfessionalId>,
    update: Json<StaffAccountUpdate>,
) -> Result<Json<StaffAccount>, AppError> {
    state
        .write_as(actor, "updateAccount", move |tx, call| accounts::update_account(tx, call, *id, &update))
        .await
        .map(Json)
}

/// What was done with an account, by whom and when; the newest first.
#[utoipa::path(tag = "accounts", params(
    ("professionalId" = ProfessionalId, Path, description = "The professional"),
    PageQuery,
), responses(
    (status = 200, description = "A page of events", body = Page<AccountEvent>),
    Refusals,
))]
#[get("/accounts/{professionalId}/events")]
async fn list_account_events(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProfessionalId>,
    query: Query<PageQuery>,
) -> Result<Json<Page<AccountEvent>>, AppError> {
    state
        .read_as(actor, "listAccountEvents", move |conn, call| {
            accounts::list_account_events(conn, call, *id, &query)
        })
        .await
        .map(Json)
}

/// Closes an account: the sessions end at once and nobody signs in with it. The person stays in records.
#[utoipa::path(tag = "accounts", params(
    ("professionalId" = ProfessionalId, Path, description = "The professional"),
), responses(
    (status = 200, description = "As it is now", body = StaffAccount),
    Refusals,
))]
#[post("/accounts/{professionalId}/close")]
async fn close_account(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProfessionalId>,
) -> Result<Json<StaffAccount>, AppError> {
    state
        .write_as(actor, "closeAccount", move |tx, call| accounts::close_account(tx, call, *id))
        .await
        .map(Json)
}

/// Opens a closed account again, as it was.
#[utoipa::path(tag = "accounts", params(
    ("professionalId" = ProfessionalId, Path, description = "The professional"),
), responses(
    (status = 200, description = "As it is now", body = StaffAccount),
    Refusals,
))]
#[post("/accounts/{professionalId}/reopen")]
async fn reopen_account(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProfessionalId>,
) -> Result<Json<StaffAccount>, AppError> {
    state
        .write_as(actor, "reopenAccount", move |tx, call| accounts::reopen_account(tx, call, *id))
        .await
        .map(Json)
}

/// Gives an account a password for one sign-in, at which another must be chosen. The sessions end.
#[utoipa::path(tag = "accounts", params(
    ("professionalId" = ProfessionalId, Path, description = "The professional"),
), responses(
    (status = 201, description = "The password, shown once", body = FirstPassword),
    Refusals,
))]
#[post("/accounts/{professionalId}/password")]
async fn reset_password(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProfessionalId>,
) -> Result<HttpResponse, AppError> {
    let drawn = draw_password(&state, actor, "resetPassword").await?;
    let shown = state
        .write_as(actor, "resetPassword", move |tx, call| accounts::reset_password(tx, call, *id, &drawn))
        .await?;
    Ok(HttpResponse::Created().json(shown))
}

/// Takes the second factor away from an account whose owner has lost it. The sessions end.
#[utoipa::path(tag = "accounts", params(
    ("professionalId" = ProfessionalId, Path, description = "The professional"),
), responses(
    (status = 200, description = "As it is now", body = StaffAccount),
    Refusals,
))]
#[delete("/accounts/{professionalId}/second-factor")]
async fn remove_second_factor(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ProfessionalId>,
) -> Result<Json<StaffAccount>, AppError> {
    state
        .write_as(actor, "removeSecondFactor", move |tx, call| accounts::remove_second_factor(tx, call, *id))
        .await
        .map(Json)
}

/// Changes the password of one's own account; the other sessions end. 404 for who signs in in another way.
#[utoipa::path(tag = "accounts", responses(
    (status = 204, description = "It is the new one now"),
    Refusals,
))]
#[post("/me/password")]
async fn change_password(
    state: Data<AppState>,
    actor: Actor,
    request: HttpRequest,
    change: Json<PasswordChange>,
) -> Result<HttpResponse, AppError> {
    let change = change.into_inner();
    let address = address_of(&request, state.settings.is_behind_proxy)?;
    let own = state.db.read(move |conn| account_of(conn, actor.person)).await?;
    change.validate()?;
    accounts::check_password(&change.new_password)?;
    let proven = check_password(&state, &own.username, &change.current_password, &address).await?;
    let hash = hash_password(&state, change.new_password).await?;
    let now = state.clock.now();
    let keep = move |tx: &mut Tx<'_>| accounts::change_own_password(tx, &actor, &proven, &hash, now);
    state.db.write(keep).await?;
    Ok(HttpResponse::NoContent().finish())
}
