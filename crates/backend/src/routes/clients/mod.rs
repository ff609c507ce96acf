//! Third-party programs: the register, what citizens let apps do, and tokens.

mod tokens;

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get, patch, post};
use omasote_types::clients::{
    AppRequest, AskingApp, Client, ClientSecret, ClientUpdate, Consent, LetIn, NewClient,
};
use omasote_types::ids::{ClientId, ConsentId};
pub(crate) use tokens::serve_metadata;

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::audit::Call;
use crate::auth::{Actor, RefreshToken};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::clients;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_clients).service(create_client).service(update_client).service(create_client_secret);
    config.service(find_app_request).service(create_consent).service(list_consents).service(revoke_consent);
    config.configure(tokens::configure);
}

/// Every third-party program. For administrators.
#[utoipa::path(tag = "clients", responses(
    (status = 200, description = "The programs, by name", body = Vec<Client>),
    Refusals,
))]
#[get("/clients")]
async fn list_clients(state: Data<AppState>, actor: Actor) -> Result<Json<Vec<Client>>, AppError> {
    state.read_as(actor, "listClients", clients::list_clients).await.map(Json)
}

/// Registers a program. A unit's system becomes a member of its unit. For administrators.
#[utoipa::path(tag = "clients", responses(
    (status = 201, description = "The program", body = Client),
    Refusals,
))]
#[post("/clients")]
async fn create_client(
    state: Data<AppState>,
    actor: Actor,
    new: Json<NewClient>,
) -> Result<HttpResponse, AppError> {
    let made =
        state.write_as(actor, "createClient", move |tx, call| clients::create_client(tx, call, &new)).await?;
    Ok(HttpResponse::Created().json(made))
}

/// Changes a program, shuts it out or lets it in again. For administrators.
#[utoipa::path(tag = "clients", params(
    ("clientId" = ClientId, Path, description = "The program"),
), responses(
    (status = 200, description = "As it is now", body = Client),
    Refusals,
))]
#[patch("/clients/{clientId}")]
async fn update_client(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ClientId>,
    update: Json<ClientUpdate>,
) -> Result<Json<Client>, AppError> {
    state
        .write_as(actor, "updateClient", move |tx, call| clients::update_client(tx, call, *id, &update))
        .await
        .map(Json)
}

/// Gives a program a secret, which is shown this once; the one before is good no more. For administrators.
#[utoipa::path(tag = "clients", params(
    ("clientId" = ClientId, Path, description = "The program"),
), responses(
    (status = 201, description = "The secret", body = ClientSecret),
    Refusals,
))]
#[post("/clients/{clientId}/secret")]
async fn create_client_secret(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ClientId>,
) -> Result<HttpResponse, AppError> {
    let (client_id, secret) = (*id, RefreshToken::random()?);
    let hash = secret.hash();
    state
        .write_as(actor, "createClientSecret", move |tx, call| {
            clients::set_secret(tx, call, client_id, &hash)
        })
        .await?;
    let secret = ClientSecret { client_id, client_secret: secret.as_str().to_owned() };
    Ok(HttpResponse::Created().json(secret))
}

/// What an app asks of the signed-in citizen: who it is and what it would do.
#[utoipa::path(tag = "clients", params(
    ("clientId" = ClientId, Query, description = "Which app: `client_id`"),
    ("redirectUri" = String, Query, description = "Where the person is sent back to: `redirect_uri`"),
    ("scope" = String, Query, description = "What it would do, names with spaces between"),
    ("responseType" = String, Query, description = "`code`"),
    ("state" = Option<String>, Query, description = "What the app wants to be told when the person is back"),
    ("codeChallenge" = String, Query, description = "PKCE's `code_challenge`"),
    ("codeChallengeMethod" = String, Query, description = "`S256`"),
), responses(
    (status = 200, description = "The app", body = AskingApp),
    Refusals,
))]
#[get("/me/app-request")]
async fn find_app_request(
    state: Data<AppState>,
    actor: Actor,
    request: Query<AppRequest>,
) -> Result<Json<AskingApp>, AppError> {
    let (issuer, limits, now) = (state.settings.public_url.clone(), state.settings.limits, state.clock.now());
    let find = move |conn: &mut crate::db::DbConn| {
        let call = Call::new(actor, "findAppRequest", limits, now);
        clients::find_app_request(conn, &call, &request, &issuer)
    };
    state.db.read(find).await.map(Json)
}

/// Lets an app in for the citizen's data. The browser goes on to the app with a code, which the app exchanges for tokens
/// within a minute.
#[utoipa::path(tag = "clients", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 201, description = "Where the browser goes on to", body = LetIn),
    Refusals,
))]
#[post("/citizens/{citizenId}/consents")]
async fn create_consent(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    request: Json<AppRequest>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let (code, issuer) = (RefreshToken::random()?, state.settings.public_url.clone());
    let let_in = state
        .write_as(actor, "createConsent", move |tx, call| {
            clients::create_consent(tx, call, of, (&request, &code, &issuer))
        })
        .await?;
    Ok(HttpResponse::Created().json(let_in))
}

/// The apps that a citizen has let in.
#[utoipa::path(tag = "clients", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "The consents, the newest first", body = Vec<Consent>),
    Refusals,
))]
#[get("/citizens/{citizenId}/consents")]
async fn list_consents(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<Vec<Consent>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "listConsents", move |conn, call| clients::list_consents(conn, call, of))
        .await
        .map(Json)
}

/// Lets an app in no more: its tokens end at once.
#[utoipa::path(tag = "clients", params(
    ("consentId" = ConsentId, Path, description = "The consent"),
), responses(
    (status = 204, description = "Taken back"),
    Refusals,
))]
#[delete("/consents/{consentId}")]
async fn revoke_consent(
    state: Data<AppState>,
    actor: Actor,
    id: Path<ConsentId>,
) -> Result<HttpResponse, AppError> {
    state.write_as(actor, "revokeConsent", move |tx, call| clients::revoke_consent(tx, call, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
