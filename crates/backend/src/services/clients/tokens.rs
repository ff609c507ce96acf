//! Tokens for programs.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use omasote_types::Instant;
use omasote_types::clients::{ClientAuth, ClientKind, Scope, TokenProblem, TokenRequest};
use omasote_types::ids::{ClientId, SessionId};
use omasote_types::sessions::PersonId;
use sha2::{Digest, Sha256};

use crate::auth::{RefreshToken, Via, client_assertion};
use crate::db::Tx;
use crate::error::AppError;
use crate::repos::clients::{self as repo, GivenConsent, KnownClient};
use crate::repos::sessions::{self as kept, Holder, Session};
use crate::services::sessions;

/// How long a refresh token that was exchanged is still taken: an answer may be lost on the way.
const ROTATION_GRACE: Duration = Duration::from_secs(30);
/// RFC 7636: a verifier has 43 to 128 characters.
const VERIFIER_LENGTH: std::ops::RangeInclusive<usize> = 43..=128;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Who asks, as the request shows it.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// The id and the secret of HTTP Basic.
    pub basic: Option<(String, String)>,
    /// From where.
    pub address: String,
    /// For whom an assertion may be made out.
    pub audiences: Vec<String>,
}

/// A request for tokens, with what is known of it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The form.
    pub request: TokenRequest,
    /// Who asks.
    pub proof: Proof,
    /// How long an access token lasts.
    pub token_life: Duration,
    /// When.
    pub now: Instant,
}

/// What tokens are made from.
#[derive(Clone)]
pub struct Granted {
    /// The session.
    pub session: Session,
    /// The program, and what the token covers.
    pub via: Via,
    /// The next refresh token; none for a unit's system.
    pub refresh: Option<RefreshToken>,
}

/// A refusal is an answer and not an error, which would take back what it noted.
type Answer<T> = Result<Result<T, TokenProblem>, AppError>;

fn problem(error: &str, why: &str) -> TokenProblem {
    TokenProblem { error: error.to_owned(), error_description: why.to_owned() }
}

/// Exchanges what a program has for tokens.
///
/// # Errors
/// `too_many_attempts` when it failed to prove itself too often.
pub fn exchange(tx: &mut Tx<'_>, asked: &Asked) -> Answer<Granted> {
    let known = match authenticate(tx, asked)? {
        Ok(known) => known,
        Err(problem) => return Ok(Err(problem)),
    };
    match asked.request.grant_type.as_deref() {
        Some("client_credentials") => for_system(tx, asked, &known),
        Some("authorization_code") => for_code(tx, asked, &known),
        Some("refresh_token") => for_refresh_token(tx, asked, &known),
        Some(_) => Ok(Err(problem("unsupported_grant_type", "this grant type is not known here"))),
        None => Ok(Err(problem("invalid_request", "grant_type is missing"))),
    }
}

/// Ends the session of a refresh token, and the consent behind it (RFC 7009). Of other tokens nothing is said.
///
/// # Errors
/// `too_many_attempts`.
pub fn revoke_token(tx: &mut Tx<'_>, asked: &Asked) -> Answer<()> {
    let known = match authenticate(tx, asked)? {
        Ok(known) => known,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(token) = &asked.request.token else {
        return Ok(Err(problem("invalid_request", "token is missing")));
    };
    let found = kept::find_token(tx.conn(), &RefreshToken::from_text(token).hash())?;
    let holder = found.and_then(|found| Some((found.session.id, found.holder?)));
    if let Some((session, holder)) = holder.filter(|(_, holder)| holder.client == known.client.id) {
        sessions::end(tx, session, asked.now)?;
        if let Some(consent) = holder.consent {
            repo::revoke(tx.conn(), consent, asked.now)?;
        }
    }
    Ok(Ok(()))
}

/// The program that asks; who fails too often waits.
fn authenticate(tx: &mut Tx<'_>, asked: &Asked) -> Answer<KnownClient> {
    let Some(id) = claimed_id(asked) else {
        return Ok(Err(problem("invalid_client", "the program does not say who it is")));
    };
    let name = format!("client {id}");
    sessions::hold_back(tx.conn(), &name, &asked.proof.address, asked.now)?;
    let known = match id.parse::<ClientId>() {
        Ok(id) => repo::find(tx.conn(), id)?.filter(|known| known.client.disabled_at.is_none()),
        Err(_) => None,
    };
    if let Some(known) = known
        && is_proven(tx, asked, &known, &id)?
    {
        return Ok(Ok(known));
    }
    sessions::record_failure(tx, &name, &asked.proof.address, asked.now)?;
    Ok(Err(problem("invalid_client", "the program is not known, or has not proved that it is itself")))
}

fn claimed_id(asked: &Asked) -> Option<String> {
    let by_basic = asked.proof.basic.as_ref().map(|(id, _)| id.clone());
    let by_assertion =
        || asked.request.client_assertion.as_deref().and_then(client_assertion::claimed_issuer);
    by_basic.or_else(|| asked.request.client_id.clone()).or_else(by_assertion)
}

fn is_proven(tx: &mut Tx<'_>, asked: &Asked, known: &KnownClient, id: &str) -> Result<bool, AppError> {
    let request = &asked.request;
    Ok(match known.client.auth {
        ClientAuth::None => asked.proof.basic.is_none() && request.client_secret.is_none(),
        ClientAuth::Secret => {
            let by_basic = asked.proof.basic.as_ref().map(|(_, secret)| secret);
            let secret = by_basic.or(request.client_secret.as_ref());
            // Only hashes are compared: how long it takes says nothing of the secret.
            known.secret_hash.is_some() && secret.map(|secret| hash(secret)) == known.secret_hash
        }
        ClientAuth::PrivateKeyJwt => {
            let is_assertion = request.client_assertion_type.as_deref() == Some(ASSERTION_TYPE);
            let text = request.client_assertion.as_deref().filter(|_| is_assertion);
            let (keys, audiences) = (&known.client.public_keys, &asked.proof.audiences);
            let check = |text| client_assertion::check(text, keys, id, audiences, asked.now);
            match text.and_then(check) {
                Some(assertion) => {
                    let jti = hash(&assertion.jti);
                    repo::take_assertion(tx.conn(), known.client.id, &jti, assertion.expires_at)?
                }
                None => false,
            }
        }
    })
}

fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// What the token shall cover: what is asked for, within what may be.
fn covered(asked: &Asked, most: &[Scope]) -> Result<Vec<Scope>, TokenProblem> {
    let wrong = || problem("invalid_scope", "a scope is not known, or is not the program's");
    let Some(text) = &asked.request.scope else { return Ok(most.to_vec()) };
    let wanted = Scope::read_all(text).filter(|wanted| !wanted.is_empty()).ok_or_else(wrong)?;
    wanted.iter().all(|scope| most.contains(scope)).then_some(wanted).ok_or_else(wrong)
}

fn for_system(tx: &mut Tx<'_>, asked: &Asked, known: &KnownClient) -> Answer<Granted> {
    let Some(member) = known.member.filter(|_| known.client.kind == ClientKind::System) else {
        return Ok(Err(problem("unauthorized_client", "only a unit's system may ask so")));
    };
    let scopes = match covered(asked, &known.client.scopes) {
        Ok(scopes) => scopes,
        Err(problem) => return Ok(Err(problem)),
    };
    let (person, now) = (PersonId::Professional(member), asked.now);
    let session = Session { id: SessionId::at(now), person, ends_at: now + asked.token_life };
    let holder = Holder { client: known.client.id, consent: None };
    kept::insert(tx.conn(), &session, None, Some(holder), now)?;
    Ok(Ok(Granted { session, via: Via::new(known.client.id, &scopes), refresh: None }))
}

fn for_code(tx: &mut Tx<'_>, asked: &Asked, known: &KnownClient) -> Answer<Granted> {
    let refused = || Ok(Err(problem("invalid_grant", "the code is not good, or not for this program")));
    let (request, now) = (&asked.request, asked.now);
    let Some(code) = &request.code else {
        return Ok(Err(problem("invalid_request", "code is missing")));
    };
    let hash = RefreshToken::from_text(code).hash();
    let Some(found) = repo::find_code(tx.conn(), &hash)? else { return refused() };
    let Some(consent) = repo::find_consent(tx.conn(), found.code.consent)? else { return refused() };
    if consent.client != known.client.id {
        return refused();
    }
    if found.is_used {
        // Somebody has a copy of the code: what it opened is closed.
        if let Some(session) = found.session {
            sessions::end(tx, session, now)?;
            repo::revoke(tx.conn(), consent.id, now)?;
        }
        return refused();
    }
    let is_same_place = request.redirect_uri.as_deref() == Some(found.code.redirect_uri.as_str());
    let is_in_time = found.code.expires_at > now && !consent.is_revoked;
    let is_verified =
        request.code_verifier.as_deref().is_some_and(|verifier| fits(verifier, &found.code.challenge));
    if !is_same_place || !is_in_time || !is_verified {
        return refused();
    }
    let scopes = match within(asked, known, &consent) {
        Ok(scopes) => scopes,
        Err(problem) => return Ok(Err(problem)),
    };
    if !repo::take_code(tx.conn(), &hash, now)? {
        return refused();
    }
    let person = PersonId::Citizen(consent.citizen);
    let session = Session { id: SessionId::at(now), person, ends_at: consent.ends_at };
    let holder = Holder { client: known.client.id, consent: Some(consent.id) };
    kept::insert(tx.conn(), &session, None, Some(holder), now)?;
    repo::open_code(tx.conn(), &hash, session.id)?;
    hand_out(tx, asked, known, (session, &scopes))
}

/// Whether PKCE's challenge was made from the verifier.
fn fits(verifier: &str, challenge: &str) -> bool {
    VERIFIER_LENGTH.contains(&verifier.len())
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge
}

fn for_refresh_token(tx: &mut Tx<'_>, asked: &Asked, known: &KnownClient) -> Answer<Granted> {
    let refused =
        || Ok(Err(problem("invalid_grant", "the refresh token is not good, or not this program's")));
    let now = asked.now;
    let Some(token) = &asked.request.refresh_token else {
        return Ok(Err(problem("invalid_request", "refresh_token is missing")));
    };
    let hash = RefreshToken::from_text(token).hash();
    let Some(found) = kept::find_token(tx.conn(), &hash)? else { return refused() };
    let Some(consent) =
        found.holder.filter(|holder| holder.client == known.client.id).and_then(|it| it.consent)
    else {
        return refused();
    };
    if found.is_session_ended || found.session.ends_at <= now {
        return refused();
    }
    if found.rotated_at.is_some_and(|rotated_at| now > rotated_at + ROTATION_GRACE) {
        sessions::end(tx, found.session.id, now)?;
        return refused();
    }
    let Some(consent) = repo::find_consent(tx.conn(), consent)?.filter(|consent| !consent.is_revoked) else {
        return refused();
    };
    let scopes = match within(asked, known, &consent) {
        Ok(scopes) => scopes,
        Err(problem) => return Ok(Err(problem)),
    };
    kept::note_use(tx.conn(), found.session.id, now)?;
    kept::mark_rotated(tx.conn(), &hash, now)?;
    hand_out(tx, asked, known, (found.session, &scopes))
}

/// What an app's token shall cover: within what the citizen let it do, and what it may at most now.
fn within(asked: &Asked, known: &KnownClient, consent: &GivenConsent) -> Result<Vec<Scope>, TokenProblem> {
    let both = |scope: &Scope| known.client.scopes.contains(scope);
    let most: Vec<Scope> = consent.scopes.iter().copied().filter(both).collect();
    covered(asked, &most)
}

fn hand_out(
    tx: &mut Tx<'_>,
    asked: &Asked,
    known: &KnownClient,
    (session, scopes): (Session, &[Scope]),
) -> Answer<Granted> {
    let opened = sessions::hand_out(tx, session, asked.now, asked.now)?;
    Ok(Ok(Granted { session, via: Via::new(known.client.id, scopes), refresh: Some(opened.refresh) }))
}
