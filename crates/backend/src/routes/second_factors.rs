//! The second factor of a local account.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use omasote_types::error::ErrorCode;
use omasote_types::second_factors::{
    NewSecondFactor, PasswordAgain, RecoveryCodes, SecondFactor, SecondFactorCode,
};
use omasote_types::sessions::{App, Credentials};

use super::extract::address_of;
use super::sessions::check_password;
use crate::app::AppState;
use crate::auth::{Actor, ThisApp};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::second_factors::{self, Wish};
use crate::services::sessions::{KnownAccount, check_first_password};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(begin_second_factor_at_sign_in).service(get_second_factor).service(begin_second_factor);
    config.service(confirm_second_factor).service(end_second_factor).service(renew_recovery_codes);
}

/// Begins to set up a second factor before signing in, for who must have one: `POST /sessions` with a code then turns it on.
#[utoipa::path(tag = "sessions", security(()), params(
    ("Omasote-App" = inline(App), Header, description = "The app that signs in"),
), responses(
    (status = 201, description = "What the app needs, shown once", body = NewSecondFactor),
    Refusals,
))]
#[post("/sessions/second-factor")]
async fn begin_second_factor_at_sign_in(
    state: Data<AppState>,
    app: ThisApp,
    request: HttpRequest,
    credentials: Json<Credentials>,
) -> Result<HttpResponse, AppError> {
    credentials.validate()?;
    let address = address_of(&request, state.settings.is_behind_proxy)?;
    let account = check_password(&state, &credentials.username, &credentials.password, &address).await?;
    if account.account.person.app() != app.0 {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("the account is for the other app"));
    }
    check_first_password(&account, state.clock.now())?;
    begin(&state, account).await
}

/// Where the second factor of the signed-in person's account stands; 404 for who signs in in another way.
#[utoipa::path(tag = "sessions", responses(
    (status = 200, description = "Where it stands", body = SecondFactor),
    Refusals,
))]
#[get("/me/second-factor")]
async fn get_second_factor(state: Data<AppState>, actor: Actor) -> Result<Json<SecondFactor>, AppError> {
    state.db.read(move |conn| second_factors::get(conn, &actor)).await.map(Json)
}

/// Begins to set up a second factor; a code of the app then turns it on.
#[utoipa::path(tag = "sessions", responses(
    (status = 201, description = "What the app needs, shown once", body = NewSecondFactor),
    Refusals,
))]
#[post("/me/second-factor")]
async fn begin_second_factor(
    state: Data<AppState>,
    actor: Actor,
    request: HttpRequest,
    again: Json<PasswordAgain>,
) -> Result<HttpResponse, AppError> {
    again.validate()?;
    let address = address_of(&request, state.settings.is_behind_proxy)?;
    let own = state.db.read(move |conn| second_factors::account_of(conn, actor.person)).await?;
    let account = check_password(&state, &own.username, &again.password, &address).await?;
    begin(&state, account).await
}

async fn begin(state: &Data<AppState>, account: KnownAccount) -> Result<HttpResponse, AppError> {
    let (shared, now) = (state.clone(), state.clock.now());
    let begin =
        move |tx: &mut crate::db::Tx<'_>| second_factors::begin(tx, &shared.second_factors, &account, now);
    Ok(HttpResponse::Created().json(state.db.write(begin).await?))
}

/// Turns the second factor on that was begun.
#[utoipa::path(tag = "sessions", responses(
    (status = 204, description = "It is on"),
    Refusals,
))]
#[post("/me/second-factor/confirm")]
async fn confirm_second_factor(
    state: Data<AppState>,
    actor: Actor,
    request: HttpRequest,
    code: Json<SecondFactorCode>,
) -> Result<HttpResponse, AppError> {
    change(&state, actor, &request, code.into_inner(), Wish::Confirm).await
}

/// Ends the second factor: signing in asks for no code any more.
#[utoipa::path(tag = "sessions", responses(
    (status = 204, description = "It is off"),
    Refusals,
))]
#[post("/me/second-factor/end")]
async fn end_second_factor(
    state: Data<AppState>,
    actor: Actor,
    request: HttpRequest,
    code: Json<SecondFactorCode>,
) -> Result<HttpResponse, AppError> {
    change(&state, actor, &request, code.into_inner(), Wish::End).await
}

async fn change(
    state: &Data<AppState>,
    actor: Actor,
    request: &HttpRequest,
    code: SecondFactorCode,
    wish: Wish,
) -> Result<HttpResponse, AppError> {
    code.validate()?;
    let address = address_of(request, state.settings.is_behind_proxy)?;
    let (shared, now) = (state.clone(), state.clock.now());
    let change = move |tx: &mut crate::db::Tx<'_>| {
        second_factors::change(tx, &shared.second_factors, &actor, wish, (&code.code, &address), now)
    };
    state.db.write(change).await?.map_err(AppError::of)?;
    Ok(HttpResponse::NoContent().finish())
}

/// Makes new recovery codes; the old ones do not count any more.
#[utoipa::path(tag = "sessions", responses(
    (status = 201, description = "The codes, shown once", body = RecoveryCodes),
    Refusals,
))]
#[post("/me/second-factor/recovery-codes")]
async fn renew_recovery_codes(
    state: Data<AppState>,
    actor: Actor,
    request: HttpRequest,
    code: Json<SecondFactorCode>,
) -> Result<HttpResponse, AppError> {
    code.validate()?;
    let address = address_of(&request, state.settings.is_behind_proxy)?;
    let (shared, code, now) = (state.clone(), code.into_inner().code, state.clock.now());
    let renew = move |tx: &mut crate::db::Tx<'_>| {
        second_factors::renew_recovery_codes(tx, &shared.second_factors, &actor, (&code, &address), now)
    };
    let codes = state.db.write(renew).await?.map_err(AppError::of)?;
    Ok(HttpResponse::Created().json(codes))
}
