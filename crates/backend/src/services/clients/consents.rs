//! What citizens let apps do.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use omasote_types::Instant;
use omasote_types::clients::{
    AppRequest, AskingApp, Client, ClientKind, Consent, LetIn, MAX_STATE_CHARACTERS, Scope,
};
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{CitizenId, ConsentId};
use omasote_types::sessions::PersonId;
use openidconnect::url::{Url, form_urlencoded};

use crate::audit::Call;
use crate::auth::RefreshToken;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::clients::{self as repo, Code, GivenConsent};
use crate::services::sessions;

/// How long an app has to exchange its code.
const CODE_LASTS: Duration = Duration::from_secs(60);

/// What an app asks of the signed-in citizen.
///
/// # Errors
/// `not_found` when there is no such app, `validation_failed` when it does not ask as it must.
pub fn find_app_request(
    conn: &mut DbConn,
    call: &Call,
    request: &AppRequest,
    issuer: &str,
) -> Result<AskingApp, AppError> {
    let PersonId::Citizen(_) = call.actor.person else { return Err(AppError::not_found()) };
    let (client, scopes) = check(conn, request)?;
    let refusal = address(request, &[("error", "access_denied")], issuer);
    Ok(AskingApp { name: client.name, scopes, returns_to: destination(&request.redirect_uri), refusal })
}

/// Lets an app in. `code` is what the app exchanges for tokens.
///
/// # Errors
/// `not_found`, `validation_failed`.
pub fn create_consent(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    (request, code, issuer): (&AppRequest, &RefreshToken, &str),
) -> Result<LetIn, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::Consents))?;
    let (client, scopes) = check(tx.conn(), request)?;
    let now = call.now();
    let consent = GivenConsent {
        id: ConsentId::at(now),
        citizen: of,
        client: client.id,
        scopes,
        given_at: now,
        ends_at: now + call.limits.consent,
        is_revoked: false,
    };
    repo::insert_consent(tx.conn(), &consent)?;
    let on_its_way = Code {
        consent: consent.id,
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.code_challenge.clone(),
        expires_at: now + CODE_LASTS,
    };
    repo::insert_code(tx.conn(), &code.hash(), &on_its_way)?;
    Ok(LetIn { continue_at: address(request, &[("code", code.as_str())], issuer) })
}

/// The apps that a citizen has let in.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn list_consents(conn: &mut DbConn, call: &mut Call, of: CitizenId) -> Result<Vec<Consent>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Consents))?;
    Ok(repo::list_consents(conn, of, call.now())?)
}

/// Lets an app in no more: its tokens end at once, everywhere.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn revoke_consent(tx: &mut Tx<'_>, call: &mut Call, id: ConsentId) -> Result<(), AppError> {
    let consent = repo::find_consent(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(consent.citizen, Part::Consents))?;
    if repo::revoke(tx.conn(), id, call.now())? {
        for session in repo::list_sessions_of_consent(tx.conn(), id)? {
            sessions::end(tx, session, call.now())?;
        }
    }
    Ok(())
}

/// Shuts out every app that a citizen has let in, and forgets that they were.
pub(in crate::services) fn forget_consents(
    tx: &mut Tx<'_>,
    of: CitizenId,
    now: Instant,
) -> Result<(), AppError> {
    for session in repo::list_sessions_for(tx.conn(), of)? {
        sessions::end(tx, session, now)?;
    }
    repo::delete_consents(tx.conn(), of)?;
    Ok(())
}

/// The app that asks, and what for.
fn check(conn: &mut DbConn, request: &AppRequest) -> Result<(Client, Vec<Scope>), AppError> {
    let wrong = |field: &str| AppError::field(field, FieldErrorCode::InvalidFormat);
    let known = repo::find(conn, request.client_id)?.map(|known| known.client);
    let is_open = |client: &Client| client.kind == ClientKind::App && client.disabled_at.is_none();
    let client = known.filter(is_open).ok_or_else(AppError::not_found)?;
    if !client.redirect_uris.iter().any(|known| is_same_place(known, &request.redirect_uri)) {
        return Err(wrong("redirectUri"));
    }
    if request.response_type != "code" {
        return Err(wrong("responseType"));
    }
    let is_hash = URL_SAFE_NO_PAD.decode(&request.code_challenge).is_ok_and(|hash| hash.len() == 32);
    if request.code_challenge_method != "S256" || !is_hash {
        return Err(wrong("codeChallenge"));
    }
    if request.state.as_ref().is_some_and(|state| state.chars().count() > MAX_STATE_CHARACTERS) {
        return Err(AppError::field("state", FieldErrorCode::TooLong));
    }
    let scopes = Scope::read_all(&request.scope).filter(|scopes| !scopes.is_empty());
    let scopes = scopes.filter(|scopes| scopes.iter().all(|scope| client.scopes.contains(scope)));
    Ok((client, scopes.ok_or_else(|| wrong("scope"))?))
}

/// An address must be one that was registered, to the letter. Only the port of a loopback address is free: an app on a device
/// takes one that is not in use (RFC 8252).
fn is_same_place(known: &str, asked: &str) -> bool {
    let is_loopback = |url: &Url| url.scheme() == "http" && url.port().is_some();
    match (known == asked, Url::parse(known), Url::parse(asked)) {
        (true, ..) => true,
        (false, Ok(known), Ok(mut asked)) if known.scheme() == "http" && is_loopback(&asked) => {
            asked.set_port(known.port()).is_ok() && asked == known
        }
        _ => false,
    }
}

/// The app's address with what it is to be told.
fn address(request: &AppRequest, told: &[(&str, &str)], issuer: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(told);
    if let Some(state) = &request.state {
        query.append_pair("state", state);
    }
    query.append_pair("iss", issuer);
    let between = if request.redirect_uri.contains('?') { '&' } else { '?' };
    format!("{}{between}{}", request.redirect_uri, query.finish())
}

/// Where people are sent back to, in short.
fn destination(uri: &str) -> String {
    let url = Url::parse(uri).ok();
    let host = url.as_ref().and_then(|url| url.host_str()).map(str::to_owned);
    host.or_else(|| url.map(|url| url.scheme().to_owned())).unwrap_or_default()
}
