//! Signing in, staying signed in, signing out.

use std::time::Duration;

use actix_web::cookie::Cookie;
use actix_web::http::header::USER_AGENT;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::ids::SessionId;
use omasote_types::sessions::{
    App, Credentials, DemoSignIn, Me, OpenSession, Renewal, SessionInfo, SignInMethods, SignedOut,
};

use super::extract::address_of;
use crate::app::AppState;
use crate::auth::{Actor, RefreshToken, ThisApp, device_of, passwords, request_id};
use crate::db::Tx;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::oidc;
use crate::services::sessions::{self, AfterPassword, KnownAccount, Opened, Opening, Refreshed};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_sign_in_methods).service(create_session).service(create_demo_session);
    config.service(refresh_session).service(end_current_session).service(get_me);
    config.service(list_sessions).service(end_session);
}

/// The ways to sign in that this server offers.
#[utoipa::path(tag = "sessions", security(()), responses(
    (status = 200, description = "The ways to sign in", body = SignInMethods),
    Refusals,
))]
#[get("/sessions/methods")]
async fn list_sign_in_methods(state: Data<AppState>) -> Result<Json<SignInMethods>, AppError> {
    let (is_demo, providers) = (state.settings.is_demo, state.providers.list());
    state.db.read(move |conn| sessions::list_methods(conn, is_demo, providers)).await.map(Json)
}

/// Signs in with a local account. The session comes in cookies; the body tells how long it lasts. An account whose password
/// is one that an administrator was shown answers `password_change_required` until `newPassword` comes along.
#[utoipa::path(tag = "sessions", security(()), params(
    ("Omasote-App" = inline(App), Header, description = "The app that signs in"),
), responses(
    (status = 201, description = "Signed in", body = SessionInfo),
    Refusals,
))]
#[post("/sessions")]
async fn create_session(
    state: Data<AppState>,
    app: ThisApp,
    request: HttpRequest,
    credentials: Json<Credentials>,
) -> Result<HttpResponse, AppError> {
    let credentials = credentials.into_inner();
    credentials.validate()?;
    let address = address_of(&request, state.settings.is_behind_proxy)?;
    let account = check_password(&state, &credentials.username, &credentials.password, &address).await?;
    if account.account.person.app() != app.0 {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("the account is for the other app"));
    }
    let (opening, shared, rule) = (opening(&state, &request), state.clone(), state.settings.second_factor);
    sessions::check_new_password(&account, credentials.new_password.as_deref(), opening.now)?;
    let new_password_hash = match credentials.new_password {
        Some(new) => Some(hash_password(&state, new).await?),
        None => None,
    };
    let proven = AfterPassword { account, new_password_hash, code: credentials.code, address, rule };
    let open =
        move |tx: &mut Tx<'_>| sessions::open_after_password(tx, &shared.second_factors, &proven, &opening);
    let opened = state.db.write(open).await?.map_err(AppError::of)?;
    answer(&state, &opened)
}

pub(super) fn opening(state: &AppState, request: &HttpRequest) -> Opening {
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    Opening {
        life: state.settings.session_life,
        now: state.clock.now(),
        request: request_id(request),
        device: user_agent.and_then(device_of),
    }
}

/// The account of a user name and a password; a failure is counted. The slow hash runs outside the database and on few
/// threads, so that many tries at once do not take the memory or the cores.
pub(super) async fn check_password(
    state: &Data<AppState>,
    username: &str,
    password: &str,
    address: &str,
) -> Result<KnownAccount, AppError> {
    let now = state.clock.now();
    let (name, from) = (username.to_owned(), address.to_owned());
    let account = state.db.read(move |conn| sessions::find_account(conn, &name, &from, now)).await?;
    let permit = state.password_permits.acquire().await.map_err(|_| AppError::unavailable())?;
    let (password, known) =
        (password.to_owned(), account.as_ref().map(|known| known.account.password_hash.clone()));
    let checks = state.metrics.password_checks.clone();
    let check = move || {
        checks.inc();
        passwords::verify(&password, known.as_deref())
    };
    let is_right = actix_web::web::block(check).await.map_err(|_| AppError::unavailable())?;
    drop(permit);
    if let Some(account) = account.filter(|_| is_right) {
        return Ok(account);
    }
    let (name, from) = (username.to_owned(), address.to_owned());
    state.db.write(move |tx| sessions::record_failure(tx, &name, &from, now)).await?;
    Err(AppError::of(ErrorCode::WrongCredentials))
}

/// The slow hash of a password that was chosen, outside the database and on few threads.
pub(super) async fn hash_password(state: &AppState, password: String) -> Result<String, AppError> {
    let permit = state.password_permits.acquire().await.map_err(|_| AppError::unavailable())?;
    let hashed = actix_web::web::block(move || passwords::hash(&password)).await;
    drop(permit);
    hashed.map_err(|_| AppError::unavailable())?
}

/// Signs in as a made-up person; only in demo mode.
#[utoipa::path(tag = "sessions", security(()), params(
    ("Omasote-App" = inline(App), Header, description = "The app that signs in"),
), responses(
    (status = 201, description = "Signed in", body = SessionInfo),
    Refusals,
))]
#[post("/sessions/demo")]
async fn create_demo_session(
    state: Data<AppState>,
    app: ThisApp,
    request: HttpRequest,
    wanted: Json<DemoSignIn>,
) -> Result<HttpResponse, AppError> {
    let person = wanted.person;
    if person.app() != app.0 {
        return Err(AppError::not_found());
    }
    let (is_demo, opening) = (state.settings.is_demo, opening(&state, &request));
    let opened = state.db.write(move |tx| sessions::open_demo(tx, is_demo, person, &opening)).await?;
    answer(&state, &opened)
}

/// Exchanges the refresh token for a new access token and the next refresh token. The body tells how long the person has not
/// used the session; without one it is in use.
#[utoipa::path(tag = "sessions", params(
    ("Omasote-App" = inline(App), Header, description = "The app whose session goes on"),
), responses(
    (status = 201, description = "The session goes on", body = SessionInfo),
    Refusals,
))]
#[post("/sessions/refresh")]
async fn refresh_session(
    state: Data<AppState>,
    app: ThisApp,
    request: HttpRequest,
    renewal: Option<Json<Renewal>>,
) -> Result<HttpResponse, AppError> {
    let unused = renewal.map_or(0, |renewal| renewal.unused_seconds);
    let token = state.cookies.refresh_of(&request, app.0);
    let token = RefreshToken::from_text(&token.ok_or_else(|| AppError::of(ErrorCode::Unauthenticated))?);
    let unused = Duration::from_secs(u64::from(unused));
    let renewal = sessions::Renewal { idle: state.settings.idle_life, unused, now: state.clock.now() };
    match state.db.write(move |tx| sessions::refresh(tx, &token, renewal)).await? {
        Refreshed::GoesOn(opened) => answer(&state, &opened),
        Refreshed::Ended => Err(AppError::of(ErrorCode::SessionEnded)),
        Refreshed::Reused => {
            tracing::warn!("a refresh token was used again; its session is ended");
            Err(AppError::of(ErrorCode::SessionEnded))
        }
    }
}

/// Signs out: the session ends at once. When a provider opened it, the browser goes on to end the provider's as well.
#[utoipa::path(tag = "sessions", params(
    ("Omasote-App" = inline(App), Header, description = "The app that signs out"),
), responses(
    (status = 200, description = "Signed out", body = SignedOut),
    Refusals,
))]
#[delete("/sessions/current")]
async fn end_current_session(state: Data<AppState>, actor: Actor) -> Result<HttpResponse, AppError> {
    let now = state.clock.now();
    let shared = state.clone();
    let opened_by =
        state.db.read(move |conn| oidc::provider_of(conn, &shared.id_tokens, actor.session)).await?;
    state.db.write(move |tx| sessions::end(tx, actor.session, now)).await?;
    let continue_at = match &opened_by {
        Some((id, token)) => match state.providers.get(id) {
            Some(provider) => provider.sign_out_address(token.as_deref(), now).await,
            None => None,
        },
        None => None,
    };
    let mut response = HttpResponse::Ok();
    for cookie in state.cookies.removals(actor.person.app()) {
        response.cookie(cookie);
    }
    Ok(response.json(SignedOut { continue_at }))
}

/// The signed-in person's sessions that go on, the one used last first.
#[utoipa::path(tag = "sessions", responses(
    (status = 200, description = "The sessions", body = Vec<OpenSession>),
    Refusals,
))]
#[get("/sessions")]
async fn list_sessions(state: Data<AppState>, actor: Actor) -> Result<Json<Vec<OpenSession>>, AppError> {
    let (idle, now) = (state.settings.idle_life, state.clock.now());
    state.db.read(move |conn| sessions::list_open(conn, &actor, idle, now)).await.map(Json)
}

/// Ends one of the signed-in person's sessions, at once and everywhere.
#[utoipa::path(tag = "sessions", params(
    ("sessionId" = SessionId, Path, description = "The session"),
), responses(
    (status = 204, description = "Ended"),
    Refusals,
))]
#[delete("/sessions/{sessionId}")]
async fn end_session(
    state: Data<AppState>,
    actor: Actor,
    id: Path<SessionId>,
) -> Result<HttpResponse, AppError> {
    let now = state.clock.now();
    state.db.write(move |tx| sessions::end_own(tx, &actor, *id, now)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The signed-in person.
#[utoipa::path(tag = "sessions", responses(
    (status = 200, description = "Who is signed in", body = Me),
    Refusals,
))]
#[get("/me")]
async fn get_me(state: Data<AppState>, actor: Actor) -> Result<Json<Me>, AppError> {
    let (idle, limits) = (state.settings.idle_life, state.settings.limits);
    state.db.read(move |conn| sessions::me(conn, &actor, idle, limits)).await.map(Json)
}

/// The session in cookies, and how long it lasts in the body.
fn answer(state: &AppState, opened: &Opened) -> Result<HttpResponse, AppError> {
    let (session, now) = (opened.session, state.clock.now());
    let [access, refresh] = cookies_of(state, opened)?;
    let info = SessionInfo {
        id: session.id,
        refresh_by: state.gate.expiry(now, last_moment(state, opened)),
        ends_at: session.ends_at,
        idle_seconds: sessions::seconds(state.settings.idle_life),
    };
    Ok(HttpResponse::Created().cookie(access).cookie(refresh).json(info))
}

/// When a session ends that is not used any more: no token is good for longer.
fn last_moment(state: &AppState, opened: &Opened) -> Instant {
    opened.session.ends_at.min(opened.used_at + state.settings.idle_life)
}

/// The cookies that hold a session.
pub(super) fn cookies_of(state: &AppState, opened: &Opened) -> Result<[Cookie<'static>; 2], AppError> {
    let (session, now) = (opened.session, state.clock.now());
    let expires_at = state.gate.expiry(now, last_moment(state, opened));
    let token = state.gate.issue(session.person, session.id, now, (expires_at, session.ends_at), None)?;
    let (app, seconds) = (session.person.app(), (session.ends_at - now).num_seconds());
    let refresh = state.cookies.refresh(app, opened.refresh.as_str().to_owned(), seconds);
    Ok([state.cookies.access(app, token, seconds), refresh])
}
