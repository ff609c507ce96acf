//! OAuth 2.0: tokens for programs, and what the server tells of itself (RFC 6749, 7009, 8414).

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE};
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use omasote_types::clients::{Scope, TokenProblem, TokenRequest, Tokens};
use openidconnect::url::form_urlencoded;
use serde_json::json;

use crate::app::AppState;
use crate::auth::client_assertion::ALGORITHMS;
use crate::edge::InOtherWords;
use crate::error::{AppError, Refusals};
use crate::routes::extract::address_of;
use crate::routing::ServiceConfig;
use crate::services::clients::{self, Asked, Granted, Proof};

const TOKEN_PATH: &str = "/api/v1/oauth2/token";
const REVOCATION_PATH: &str = "/api/v1/oauth2/revoke";
/// The page of the citizens' app where an app asks.
const CONSENT_PAGE: &str = "/lupa";

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_tokens).service(revoke_token);
}

/// Tokens for a program: of a unit's system by `client_credentials`, of an app by `authorization_code` and
/// `refresh_token`. Refusals are RFC 6749's.
#[utoipa::path(tag = "clients", security(()),
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The tokens", body = Tokens),
        (status = 400, description = "No tokens", body = TokenProblem),
        (status = 401, description = "The program has not proved that it is itself", body = TokenProblem),
        Refusals,
    ))]
#[post("/oauth2/token")]
async fn create_tokens(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<TokenRequest>,
) -> Result<HttpResponse, AppError> {
    let asked = asked(&state, &request, form.into_inner())?;
    match state.db.write(move |tx| clients::exchange(tx, &asked)).await? {
        Ok(granted) => answer(&state, &granted),
        Err(problem) => Ok(refusal(&problem)),
    }
}

/// Ends what a refresh token stands for: the app's session, and the citizen's consent to it. Of a token that is none,
/// nothing is said.
#[utoipa::path(tag = "clients", security(()),
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Ended, if there was such a token"),
        (status = 400, description = "Refused", body = TokenProblem),
        (status = 401, description = "The program has not proved that it is itself", body = TokenProblem),
        Refusals,
    ))]
#[post("/oauth2/revoke")]
async fn revoke_token(
    state: Data<AppState>,
    request: HttpRequest,
    form: Form<TokenRequest>,
) -> Result<HttpResponse, AppError> {
    let asked = asked(&state, &request, form.into_inner())?;
    match state.db.write(move |tx| clients::revoke_token(tx, &asked)).await? {
        Ok(()) => Ok(HttpResponse::Ok().finish()),
        Err(problem) => Ok(refusal(&problem)),
    }
}

/// What the server tells of itself to programs (RFC 8414).
#[get("/.well-known/oauth-authorization-server")]
pub(crate) async fn serve_metadata(state: Data<AppState>) -> HttpResponse {
    let base = &state.settings.public_url;
    HttpResponse::Ok().json(json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}{CONSENT_PAGE}"),
        "token_endpoint": format!("{base}{TOKEN_PATH}"),
        "revocation_endpoint": format!("{base}{REVOCATION_PATH}"),
        "scopes_supported": Scope::ALL,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["client_credentials", "authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported":
            ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
        "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
        "authorization_response_iss_parameter_supported": true,
        "ui_locales_supported": ["fi", "sv", "en"],
    }))
}

fn asked(state: &AppState, request: &HttpRequest, form: TokenRequest) -> Result<Asked, AppError> {
    let base = &state.settings.public_url;
    let proof = Proof {
        basic: basic_of(request),
        address: address_of(request, state.settings.is_behind_proxy)?,
        audiences: vec![base.clone(), format!("{base}{TOKEN_PATH}")],
    };
    Ok(Asked { request: form, proof, token_life: state.settings.access_token_life, now: state.clock.now() })
}

/// The id and the secret of HTTP Basic; each is form-encoded first (RFC 6749, 2.3.1).
fn basic_of(request: &HttpRequest) -> Option<(String, String)> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let text = String::from_utf8(STANDARD.decode(header.strip_prefix("Basic ")?).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decoded = |part: &str| {
        let pair = format!("_={part}");
        form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((decoded(id)?, decoded(secret)?))
}

fn answer(state: &AppState, granted: &Granted) -> Result<HttpResponse, AppError> {
    let (session, now) = (granted.session, state.clock.now());
    let expires_at = state.gate.expiry(now, session.ends_at);
    let times = (expires_at, session.ends_at);
    let token = state.gate.issue(session.person, session.id, now, times, Some(granted.via))?;
    let tokens = Tokens {
        access_token: token,
        token_type: "Bearer".to_owned(),
        expires_in: (expires_at - now).num_seconds(),
        scope: Scope::write_all(&granted.via.scopes()),
        refresh_token: granted.refresh.as_ref().map(|token| token.as_str().to_owned()),
    };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(tokens))
}

fn refusal(problem: &TokenProblem) -> HttpResponse {
    let mut response = match problem.error.as_str() {
        "invalid_client" => HttpResponse::Unauthorized(),
        _ => HttpResponse::BadRequest(),
    };
    if problem.error == "invalid_client" {
        response.insert_header((WWW_AUTHENTICATE, "Basic"));
    }
    let mut response = response.insert_header((CACHE_CONTROL, "no-store")).json(problem);
    response.extensions_mut().insert(InOtherWords);
    response
}
