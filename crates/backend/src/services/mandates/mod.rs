//! Fetching from a national register for whom a citizen may act: a visit there, and what it told.

mod national;
pub mod source;

use std::time::Duration;

use national::Told;
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::error::ErrorCode;
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::{AccessId, CitizenId, ProxyId};
use omasote_types::mandates::MandateAnswer;
use omasote_types::proxies::{ProxyKind, Represented};
use omasote_types::sessions::PersonId;
use sha2::{Digest, Sha256};
use source::{Given, keep};

use super::proxies;
use crate::audit::Call;
use crate::auth::mandates::{Named, Registered};
use crate::auth::{Actor, IdentityVault};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::audit::{self, Line};
use crate::repos::mandates::{self as repo, Visit};
use crate::repos::{people, sessions};

/// How long a person may take at the register.
const VISIT_LIFE: Duration = Duration::from_secs(20 * 60);

/// The identity code of the citizen who wants to fetch, for the register only.
///
/// # Errors
/// `not_found` for others than citizens.
pub fn own_code(conn: &mut DbConn, call: &mut Call, vault: &IdentityVault) -> Result<IdentityCode, AppError> {
    let PersonId::Citizen(own) = call.actor.person else { return Err(AppError::not_found()) };
    policy::require(conn, call, Action::Read, Resource::Citizen(own, Part::Person))?;
    code_of(conn, vault, own)
}

fn code_of(conn: &mut DbConn, vault: &IdentityVault, of: CitizenId) -> Result<IdentityCode, AppError> {
    let sealed = people::find_sealed_identity(conn, of)?.ok_or_else(AppError::not_found)?;
    vault.open(&sealed)
}

/// Keeps a visit that begins. One is on its way in a session: who begins again has given up the one before.
///
/// # Errors
/// When the database does not answer.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, registered: &Registered, now: Instant) -> Result<(), AppError> {
    let visit =
        Visit { session: actor.session, register_session: registered.session.clone(), created_at: now };
    repo::delete_visits_of_session(tx.conn(), actor.session)?;
    repo::insert_visit(tx.conn(), &hash(&registered.state), &visit)?;
    Ok(())
}

/// Takes a visit back, once; tells what the register calls it, and the citizen's own code. One that began in another session
/// is left as it is: who brings somebody else's must not be able to end it.
///
/// # Errors
/// `not_found` when it took too long, was used already or began in another session; `validation_failed`.
pub fn take(
    tx: &mut Tx<'_>,
    actor: &Actor,
    vault: &IdentityVault,
    answer: &MandateAnswer,
    now: Instant,
) -> Result<(String, IdentityCode), AppError> {
    let PersonId::Citizen(own) = actor.person else { return Err(AppError::not_found()) };
    answer.validate()?;
    let over = || AppError::not_found().detail("no visit of this state is on its way in this session");
    let state = hash(&answer.state);
    let visit = repo::find_visit(tx.conn(), &state, actor.session)?.ok_or_else(over)?;
    if visit.created_at + VISIT_LIFE < now || !repo::delete_visit(tx.conn(), &state)? {
        return Err(over());
    }
    Ok((visit.register_session, code_of(tx.conn(), vault, own)?))
}

/// Keeps what the register told, for this session. Each person concerned has a line of their own in the access log.
///
/// # Errors
/// `session_ended`, `mandate_source_failed`.
pub fn finish(
    tx: &mut Tx<'_>,
    call: &mut Call,
    vault: &IdentityVault,
    people: &[Named],
) -> Result<Vec<Represented>, AppError> {
    let PersonId::Citizen(own) = call.actor.person else { return Err(AppError::not_found()) };
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(own, Part::Person))?;
    let open = sessions::list_open(tx.conn(), call.actor.person, call.now())?;
    if !open.iter().any(|session| session.id == call.actor.session) {
        return Err(AppError::of(ErrorCode::SessionEnded));
    }
    for (id, given) in keep(tx, call, vault, &Told { proxy: own, people })? {
        audit::insert(tx.conn(), &line(call, id, &given))?;
    }
    let mut told = Vec::new();
    for named in people.iter().filter(|named| !named.scopes.is_empty()) {
        told.extend(people::find_citizen_by_hashes(tx.conn(), &vault.hashes(&named.code))?);
    }
    let mut represented = proxies::list_represented(tx.conn(), call)?;
    represented.retain(|one| told.contains(&one.citizen.id));
    Ok(represented)
}

fn line(call: &Call, id: ProxyId, given: &Given) -> Line {
    let ground = match given.kind {
        ProxyKind::Guardian => AccessGround::Guardian,
        ProxyKind::Mandate => AccessGround::Mandate,
    };
    Line {
        id: AccessId::at(call.now()),
        at: call.now(),
        actor: Some(call.actor.person),
        title: None,
        unit: None,
        action: AccessAction::Write,
        operation: "finishMandateVisit".to_owned(),
        resource: Some(*id.as_uuid()),
        ground,
        session: call.actor.session,
        request: call.actor.request,
        subjects: vec![given.pair.citizen],
        client: None,
        reason: None,
    }
}

fn hash(state: &str) -> Vec<u8> {
    Sha256::digest(format!("mandate visit:{state}")).to_vec()
}
