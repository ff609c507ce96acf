//! Acting for another: who may, and how a citizen gives, narrows and ends it.

use std::time::Duration;

use omasote_types::Instant;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{CitizenId, ProxyId};
use omasote_types::people::CitizenSearch;
use omasote_types::proxies::{
    NewProxy, NewProxyInvitation, Proxy, ProxyAcceptance, ProxyInvitation, ProxyKind, ProxySource,
    ProxyUpdate, Represented,
};
use omasote_types::sessions::PersonId;
use sha2::{Digest, Sha256};

use super::people::find_by_code;
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Duty, Part, Resource};
use crate::repos::people;
use crate::repos::proxies::{self as repo, Invitation, NewProxyRow, Pair};

/// How long an invitation can be taken.
const INVITATION_LASTS: Duration = Duration::from_secs(7 * 24 * 3600);

/// Characters of an invitation's code: none that look alike. 12 of 32 are 60 bits.
const CODE_CHARACTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE_LENGTH: usize = 12;

/// Who may act for a citizen.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn list_proxies(conn: &mut DbConn, call: &mut Call, of: CitizenId) -> Result<Vec<Proxy>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Proxies))?;
    Ok(repo::list_of_citizen(conn, of, call.now())?)
}

/// For whom the signed-in citizen may act.
///
/// # Errors
/// When the database does not answer.
pub fn list_represented(conn: &mut DbConn, call: &Call) -> Result<Vec<Represented>, AppError> {
    let PersonId::Citizen(id) = call.actor.person else { return Ok(Vec::new()) };
    let all = repo::list_represented(conn, id, call.actor.session, call.now())?;
    let today = call.today();
    let holds = |one: &Represented| {
        let age = omasote_rules::proxies::age(one.citizen.birth_date, today);
        one.kind != ProxyKind::Guardian || age < omasote_rules::proxies::AGE_OF_MAJORITY
    };
    Ok(all.into_iter().filter(holds).collect())
}

/// Makes an invitation to act for the citizen.
///
/// # Errors
/// `not_found`, `outside_mandate`, `validation_failed`.
pub fn create_invitation(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    new: &NewProxyInvitation,
) -> Result<ProxyInvitation, AppError> {
    let now = call.now();
    own_business(tx.conn(), call, of)?;
    new.validate()?;
    check_end(new.ends_at, now)?;
    let (code, expires_at) = (random_code()?, now + INVITATION_LASTS);
    let invitation =
        Invitation { citizen: of, scopes: new.scopes.clone(), proxy_ends_at: new.ends_at, expires_at };
    repo::insert_invitation(tx.conn(), &hash(&code), &invitation, now)?;
    Ok(ProxyInvitation { code, expires_at })
}

/// Takes an invitation: from now on the signed-in citizen may act for who made it.
///
/// # Errors
/// `not_found` when the code is wrong, was taken or its time is over; `not_allowed` to who made it.
pub fn accept_invitation(
    tx: &mut Tx<'_>,
    call: &mut Call,
    acceptance: &ProxyAcceptance,
) -> Result<Represented, AppError> {
    let now = call.now();
    let PersonId::Citizen(proxy) = call.actor.person else { return Err(AppError::not_found()) };
    let hash = hash(&acceptance.code);
    let invitation = repo::find_invitation(tx.conn(), &hash, now)?.ok_or_else(AppError::not_found)?;
    if invitation.citizen == proxy {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("nobody acts for themselves"));
    }
    if !repo::use_invitation(tx.conn(), &hash, now)? {
        return Err(AppError::not_found());
    }
    let id = ProxyId::at(now);
    let row = NewProxyRow {
        id,
        pair: Pair { citizen: invitation.citizen, proxy },
        kind: ProxyKind::Mandate,
        source: ProxySource::Citizen,
        scopes: &invitation.scopes,
        basis: None,
        created_by: None,
        session: None,
        now,
        ends_at: invitation.proxy_ends_at,
    };
    repo::insert(tx.conn(), &row)?;
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(invitation.citizen, Part::Person))?;
    let all = repo::list_represented(tx.conn(), proxy, call.actor.session, now)?;
    all.into_iter().find(|one| one.id == id).ok_or_else(AppError::not_found)
}

/// Narrows, widens, pauses a right or lets it go on. Who has it is not told.
///
/// # Errors
/// `not_found`, `not_allowed` when it comes from the register, `validation_failed`.
pub fn update_proxy(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ProxyId,
    update: &ProxyUpdate,
) -> Result<Proxy, AppError> {
    let now = call.now();
    let mut proxy = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    own_business(tx.conn(), call, proxy.citizen.id)?;
    only_mandate(proxy.kind)?;
    update.validate()?;
    check_end(update.ends_at.flatten(), now)?;
    let widens =
        update.scopes.as_ref().is_some_and(|scopes| scopes.iter().any(|scope| !proxy.scopes.contains(scope)));
    // What staff entered until a day, the person does not make longer.
    let is_longer = match (update.ends_at, proxy.ends_at) {
        (Some(new), Some(old)) => new.is_none_or(|new| new > old),
        _ => false,
    };
    if proxy.source != ProxySource::Citizen && (widens || is_longer) {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("only what the person gave can be widened"));
    }
    if let Some(scopes) = &update.scopes {
        proxy.scopes.clone_from(scopes);
    }
    if let Some(ends_at) = update.ends_at {
        proxy.ends_at = ends_at;
    }
    if let Some(is_paused) = update.is_paused {
        proxy.paused_at = is_paused.then(|| proxy.paused_at.unwrap_or(now));
    }
    repo::update(tx.conn(), &proxy)?;
    repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)
}

/// Ends a right: the person does, or who has it gives it up, or staff take it from the register.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn end_proxy(tx: &mut Tx<'_>, call: &mut Call, id: ProxyId) -> Result<(), AppError> {
    let pair = repo::find_pair(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    match call.actor.person {
        PersonId::Professional(_) => {
            policy::require(
                tx.conn(),
                call,
                Action::Close,
                Resource::Duty(Duty::Register, Some(pair.citizen)),
            )?;
        }
        PersonId::Citizen(actor) if actor == pair.proxy => {
            policy::require(tx.conn(), call, Action::Close, Resource::Citizen(pair.citizen, Part::Person))?;
        }
        PersonId::Citizen(_) => {
            own_business(tx.conn(), call, pair.citizen)?;
            only_mandate(repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?.kind)?;
        }
    }
    repo::end(tx.conn(), id, call.now())?;
    Ok(())
}

/// Enters a right in the register, from a document.
///
/// # Errors
/// `role_required`, `validation_failed`.
pub fn create_proxy(
    tx: &mut Tx<'_>,
    call: &mut Call,
    vault: &IdentityVault,
    new: &NewProxy,
) -> Result<Proxy, AppError> {
    let now = call.now();
    policy::require(tx.conn(), call, Action::Write, Resource::Duty(Duty::Register, None))?;
    new.validate()?;
    check_end(new.ends_at, now)?;
    let citizen = known(tx.conn(), vault, ("citizenIdentityCode", &new.citizen_identity_code))?;
    let proxy = known(tx.conn(), vault, ("proxyIdentityCode", &new.proxy_identity_code))?;
    policy::require(tx.conn(), call, Action::Write, Resource::Duty(Duty::Register, Some(citizen)))?;
    if citizen == proxy {
        return Err(AppError::field("proxyIdentityCode", FieldErrorCode::InvalidFormat));
    }
    check_guardian(tx.conn(), call, new.kind, citizen)?;
    let PersonId::Professional(registrar) = call.actor.person else { return Err(AppError::not_found()) };
    let id = ProxyId::at(now);
    let row = NewProxyRow {
        id,
        pair: Pair { citizen, proxy },
        kind: new.kind,
        source: ProxySource::Register,
        scopes: &new.scopes,
        basis: Some(&new.basis),
        created_by: Some(registrar),
        session: None,
        now,
        ends_at: new.ends_at,
    };
    repo::insert(tx.conn(), &row)?;
    repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)
}

/// Who may act for the citizen of an identity code, for staff who keep the register.
///
/// # Errors
/// `role_required`, `validation_failed`, `not_found`.
pub fn search_proxies(
    conn: &mut DbConn,
    call: &mut Call,
    vault: &IdentityVault,
    search: &CitizenSearch,
) -> Result<Vec<Proxy>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Duty(Duty::Register, None))?;
    let citizen = find_by_code(conn, vault, ("identityCode", &search.identity_code))?;
    let citizen = citizen.ok_or_else(AppError::not_found)?;
    policy::require(conn, call, Action::Read, Resource::Duty(Duty::Register, Some(citizen)))?;
    Ok(repo::list_of_citizen(conn, citizen, call.now())?)
}

/// Only the person decides who acts for them, and the guardian of a small child.
fn own_business(conn: &mut DbConn, call: &mut Call, of: CitizenId) -> Result<(), AppError> {
    policy::require(conn, call, Action::Write, Resource::Citizen(of, Part::Proxies)).map(drop)
}

/// A guardian's right rests on the law: staff keep it. A young person hides single matters instead.
fn only_mandate(kind: ProxyKind) -> Result<(), AppError> {
    match kind {
        ProxyKind::Mandate => Ok(()),
        ProxyKind::Guardian => {
            Err(AppError::of(ErrorCode::NotAllowed).detail("staff keep the rights of guardians"))
        }
    }
}

fn check_end(ends_at: Option<Instant>, now: Instant) -> Result<(), AppError> {
    match ends_at {
        Some(ends_at) if ends_at <= now => Err(AppError::field("endsAt", FieldErrorCode::InvalidFormat)),
        _ => Ok(()),
    }
}

/// Only who is under 18 has a guardian here; an adult's one has a mandate by a court's decision.
fn check_guardian(conn: &mut DbConn, call: &Call, kind: ProxyKind, of: CitizenId) -> Result<(), AppError> {
    let born = people::find_birth_date(conn, of)?.ok_or_else(AppError::not_found)?;
    let age = omasote_rules::proxies::age(born, call.today());
    if kind == ProxyKind::Guardian && age >= omasote_rules::proxies::AGE_OF_MAJORITY {
        return Err(AppError::field("kind", FieldErrorCode::InvalidFormat));
    }
    Ok(())
}

fn known(conn: &mut DbConn, vault: &IdentityVault, field: (&str, &str)) -> Result<CitizenId, AppError> {
    let found = find_by_code(conn, vault, field)?;
    found.ok_or_else(|| AppError::field(field.0, FieldErrorCode::UnknownReference))
}

/// Three groups of four, easy to read out.
fn random_code() -> Result<String, AppError> {
    let mut bytes = [0_u8; CODE_LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
    let character = |byte: &u8| CODE_CHARACTERS.get(usize::from(byte % 32)).copied().map(char::from);
    let code: Vec<char> = bytes.iter().filter_map(character).collect();
    Ok(code.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

/// Of the code's letters and digits alone, in capitals.
fn hash(code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(format!("invitation:{}", plain.to_ascii_uppercase())).to_vec()
}
