//! Signing in through an OpenID provider: two addresses that the browser goes to, on its way there and back.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get};
use omasote_types::error::ErrorCode;
use omasote_types::sessions::SignInProblem;
use serde::Deserialize;

use super::sessions::{cookies_of, opening};
use crate::app::AppState;
use crate::auth::RefreshToken;
use crate::auth::oidc::{Answer, Failure, Provider, ReturnPath};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::oidc;
use crate::services::sessions::Opened;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(start_oidc_sign_in).service(finish_oidc_sign_in);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StartQuery {
    return_to: Option<String>,
}

/// Sends the browser to a provider to sign in.
#[utoipa::path(tag = "sessions", security(()), params(
    ("provider" = String, Path, description = "The provider's id"),
    ("returnTo" = inline(Option<String>), Query, description = "The page to go to then: a path of the provider's app"),
), responses(
    (status = 302, description = "On to the provider, or back to the app with `signInProblem` in the query"),
    Refusals,
))]
#[get("/sessions/oidc/{provider}/start")]
async fn start_oidc_sign_in(
    state: Data<AppState>,
    id: Path<String>,
    query: Query<StartQuery>,
) -> Result<HttpResponse, AppError> {
    let provider = state.providers.get(&id).ok_or_else(AppError::not_found)?;
    let (app, now) = (provider.app(), state.clock.now());
    let return_to = match &query.return_to {
        Some(path) => ReturnPath::parse(path, app).ok_or_else(not_of_the_app)?,
        None => ReturnPath::front(app),
    };
    let begun = match provider.begin(now).await {
        Ok(begun) => begun,
        Err(failure) => return Ok(back_with(&failure, provider)),
    };
    let browser = RefreshToken::random()?.as_str().to_owned();
    let cookie = state.cookies.sign_in(app, browser.clone());
    let address = begun.address.clone();
    let id = id.into_inner();
    state.db.write(move |tx| oidc::begin(tx, &id, &begun, &browser, &return_to, now)).await?;
    Ok(redirect(&address).cookie(cookie).finish())
}

fn not_of_the_app() -> AppError {
    AppError::of(ErrorCode::InvalidParameter)
        .detail("returnTo must be a path of the app that is signed in to")
}

#[derive(Deserialize)]
struct FinishQuery {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Takes the browser back from a provider, opens the session, and sends the browser on to its page.
#[utoipa::path(tag = "sessions", security(()), params(
    ("provider" = String, Path, description = "The provider's id"),
    ("state" = inline(Option<String>), Query, description = "What names the sign-in"),
    ("code" = inline(Option<String>), Query, description = "What the tokens are exchanged for"),
    ("error" = inline(Option<String>), Query, description = "Why the provider refused"),
    ("iss" = inline(Option<String>), Query, description = "Who the provider is"),
), responses(
    (status = 302, description = "On to the page, or to the app with `signInProblem` in the query"),
    Refusals,
))]
#[get("/sessions/oidc/{provider}/callback")]
async fn finish_oidc_sign_in(
    state: Data<AppState>,
    id: Path<String>,
    request: HttpRequest,
    query: Query<FinishQuery>,
) -> Result<HttpResponse, AppError> {
    let provider = state.providers.get(&id).ok_or_else(AppError::not_found)?;
    let mut response = match finish(&state, provider, &request, query.into_inner()).await? {
        Ok((opened, return_to)) => {
            let [access, refresh] = cookies_of(&state, &opened)?;
            redirect(&return_to).cookie(access).cookie(refresh).finish()
        }
        Err(failure) => back_with(&failure, provider),
    };
    let removal = state.cookies.sign_in_removal(provider.app());
    response
        .add_cookie(&removal)
        .map_err(|cause| AppError::internal("a cookie cannot be written").because(cause))?;
    Ok(response)
}

/// The session that the provider's answer opens, and the page to go to.
async fn finish(
    state: &Data<AppState>,
    provider: &Provider,
    request: &HttpRequest,
    query: FinishQuery,
) -> Result<Result<(Opened, String), Failure>, AppError> {
    let now = state.clock.now();
    let browser = state.cookies.sign_in_of(request, provider.app());
    let (Some(named), Some(browser)) = (query.state, browser) else {
        let cause = "the browser brought no state, or did not begin the sign-in";
        return Ok(Err(Failure::of(SignInProblem::Expired, cause)));
    };
    let id = provider.id().to_owned();
    let taken = state.db.write(move |tx| oidc::take(tx, &id, &named, &browser, now)).await?;
    let attempt = match taken {
        Ok(attempt) => attempt,
        Err(failure) => return Ok(Err(failure)),
    };
    let Some(code) = query.code else { return Ok(Err(refusal(query.error.as_deref()))) };
    let (nonce, code_verifier) = (attempt.nonce, attempt.code_verifier);
    let proof = match provider.prove(Answer { code, issuer: query.iss, nonce, code_verifier }, now).await {
        Ok(proof) => proof,
        Err(failure) => return Ok(Err(failure)),
    };
    let (id, shared, opening) = (provider.id().to_owned(), state.clone(), opening(state, request));
    let open = move |tx: &mut crate::db::Tx<'_>| {
        oidc::open(tx, &shared.vault, &shared.id_tokens, &id, &proof, &opening)
    };
    let opened = state.db.write(open).await?;
    Ok(opened.map(|opened| (opened, attempt.return_to)))
}

/// Why a provider sent the browser back without a code.
fn refusal(error: Option<&str>) -> Failure {
    match error {
        Some("access_denied") => Failure::of(SignInProblem::Cancelled, "the person turned back"),
        Some("server_error" | "temporarily_unavailable") => {
            Failure::of(SignInProblem::ProviderUnavailable, "the provider said that it cannot")
        }
        _ => Failure::of(SignInProblem::Failed, "the provider refused"),
    }
}

/// Back to the app, which tells what happened. What the provider said stays in the log.
fn back_with(failure: &Failure, provider: &Provider) -> HttpResponse {
    let code = failure.problem.as_str();
    tracing::warn!(provider = provider.id(), code, "a sign-in through a provider failed: {}", failure.cause);
    let front = ReturnPath::front(provider.app());
    redirect(&format!("{}?{}={code}", front.as_str(), SignInProblem::PARAMETER)).finish()
}

fn redirect(address: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(StatusCode::FOUND);
    response.insert_header((LOCATION, address));
    response
}
