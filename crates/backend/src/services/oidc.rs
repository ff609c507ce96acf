//! Sign-ins through OpenID providers: kept while they are on their way, and whose session they open.

use std::time::Duration;

use omasote_types::Instant;
use omasote_types::ids::{CitizenId, SessionId};
use omasote_types::language::Language;
use omasote_types::people::{Citizen, ContactDetails};
use omasote_types::sessions::{PersonId, SignInProblem};
use sha2::{Digest, Sha256};

use super::sessions::{self, Opened, Opening};
use crate::auth::oidc::{Begun, Failure, Proof, Proven, ProvenCitizen, ProvenProfessional, ReturnPath};
use crate::auth::{IdentityVault, Seal};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::repos::oidc::{self as repo, Attempt};
use crate::repos::{accounts, people};

/// How long a person may take at the provider.
const ATTEMPT_LIFE: Duration = Duration::from_secs(600);

/// Keeps a sign-in that begins, bound to the browser that holds `browser`.
///
/// # Errors
/// When the database does not answer.
pub fn begin(
    tx: &mut Tx<'_>,
    provider: &str,
    begun: &Begun,
    browser: &str,
    return_to: &ReturnPath,
    now: Instant,
) -> Result<(), AppError> {
    let attempt = Attempt {
        browser_hash: hash(browser),
        provider: provider.to_owned(),
        nonce: begun.nonce.clone(),
        code_verifier: begun.code_verifier.clone(),
        return_to: return_to.as_str().to_owned(),
        created_at: now,
    };
    repo::insert_attempt(tx.conn(), &hash(&begun.state), &attempt)?;
    Ok(())
}

/// Takes a sign-in back, once. One that began in another browser is left as it is: who brings somebody else's must not be
/// able to end it.
///
/// # Errors
/// When the database does not answer.
pub fn take(
    tx: &mut Tx<'_>,
    provider: &str,
    state: &str,
    browser: &str,
    now: Instant,
) -> Result<Result<Attempt, Failure>, AppError> {
    let expired = |cause| Ok(Err(Failure::of(SignInProblem::Expired, cause)));
    let hashed = hash(state);
    let Some(attempt) = repo::find_attempt(tx.conn(), &hashed)? else {
        return expired("there is no such sign-in on its way");
    };
    if attempt.browser_hash != hash(browser) || attempt.provider != provider {
        return expired("the sign-in began in another browser or at another provider");
    }
    if !repo::delete_attempt(tx.conn(), &hashed)? || attempt.created_at + ATTEMPT_LIFE < now {
        return expired("the sign-in took too long");
    }
    Ok(Ok(attempt))
}

/// Opens the session of a proven person: a citizen who was never here is added, a professional must be known.
///
/// # Errors
/// When the database does not answer.
pub fn open(
    tx: &mut Tx<'_>,
    vault: &IdentityVault,
    tokens: &Seal,
    provider: &str,
    proof: &Proof,
    opening: &Opening,
) -> Result<Result<Opened, Failure>, AppError> {
    let person = match &proof.person {
        Proven::Citizen(citizen) => PersonId::Citizen(find_or_add(tx, vault, citizen, opening.now)?),
        Proven::Professional(professional) => match find_professional(tx, professional, opening.now)? {
            Some(person) => person,
            None => {
                let cause = "no open account has this directory name, or another person has it by now";
                return Ok(Err(Failure::of(SignInProblem::UnknownPerson, cause)));
            }
        },
    };
    let opened = sessions::open(tx, person, opening, "finishOidcSignIn")?;
    let id = opened.session.id;
    let sealed = proof.id_token.as_ref().map(|token| tokens.seal(token.as_bytes(), id.as_uuid().as_bytes()));
    repo::insert_session(tx.conn(), id, provider, sealed.transpose()?.as_deref())?;
    Ok(Ok(opened))
}

/// The citizen of an identity code that somebody proved; added when they were never here.
///
/// # Errors
/// When the database does not answer.
pub(super) fn find_or_add(
    tx: &mut Tx<'_>,
    vault: &IdentityVault,
    proven: &ProvenCitizen,
    now: Instant,
) -> Result<CitizenId, AppError> {
    if let Some(known) = people::find_citizen_by_hashes(tx.conn(), &vault.hashes(&proven.code))? {
        return Ok(known);
    }
    let citizen = Citizen {
        id: CitizenId::at(now),
        given_name: proven.given_name.clone(),
        family_name: proven.family_name.clone(),
        birth_date: proven.code.birth_date(),
        is_non_disclosed: false,
        contact: ContactDetails { municipality: proven.municipality.clone(), ..ContactDetails::default() },
        language: Language::default(),
    };
    people::insert_citizen(tx.conn(), &citizen, vault.seal(&proven.code)?, now)?;
    Ok(citizen.id)
}

/// By issuer and subject; the first time by the name in the directory, which counts from then on for this subject only.
fn find_professional(
    tx: &mut Tx<'_>,
    proven: &ProvenProfessional,
    now: Instant,
) -> Result<Option<PersonId>, AppError> {
    let ProvenProfessional { issuer, subject, directory_name } = proven;
    let known = match repo::find_linked(tx.conn(), issuer, subject)? {
        Some(known) => Some(known),
        None => repo::link(tx.conn(), &as_kept(directory_name), (issuer, subject), now)?,
    };
    match known {
        Some(id) if accounts::is_open(tx.conn(), id)? => Ok(Some(PersonId::Professional(id))),
        _ => Ok(None),
    }
}

/// Directories do not tell capital letters from small ones.
#[must_use]
pub fn as_kept(directory_name: &str) -> String {
    directory_name.trim().to_lowercase()
}

/// The provider that opened a session, and the ID token that it gave.
///
/// # Errors
/// When the database does not answer.
pub fn provider_of(
    conn: &mut DbConn,
    tokens: &Seal,
    session: SessionId,
) -> Result<Option<(String, Option<String>)>, AppError> {
    let Some((provider, sealed)) = repo::find_session(conn, session)? else { return Ok(None) };
    let opened = sealed.and_then(|sealed| tokens.open(&sealed, session.as_uuid().as_bytes()).ok());
    Ok(Some((provider, opened.and_then(|token| String::from_utf8(token).ok()))))
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
