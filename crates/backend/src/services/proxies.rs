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

use super::codes;
use super::mandates::source::{Given, Holds, MandateSource, keep};
use super::people::find_by_code;
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Duty, Part, Resource};
use crate::repos::proxies::{self as repo, EndedBy, Invitation, Pair};
use crate::repos::{mandates, people};

/// How long an invitation can be taken.
const INVITATION_LASTS: Duration = Duration::from_secs(7 * 24 * 3600);

/// Characters of an invitation's code: none that look alike. 12 of 32 are 60 bits.
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
    let (code, expires_at) = (codes::random::<CODE_LENGTH>()?, now + INVITATION_LASTS);
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
    vault: &IdentityVault,
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
    let kept = keep(tx, call, vault, &TakenInvitation { invitation: &invitation, proxy })?;
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(invitation.citizen, Part::Person))?;
    let all = repo::list_represented(tx.conn(), proxy, call.actor.session, now)?;
    let is_kept = |one: &Represented| kept.iter().any(|(id, _)| *id == one.id);
    all.into_iter().find(is_kept).ok_or_else(AppError::not_found)
}

/// What a citizen offered, and another took.
struct TakenInvitation<'a> {
    invitation: &'a Invitation,
    proxy: CitizenId,
}

impl MandateSource for TakenInvitation<'_> {
    fn source(&self) -> ProxySource {
        ProxySource::Citizen
    }

    fn holds(&self) -> Holds {
        Holds::UntilEnded
    }

    fn rights(&self, _: &mut Tx<'_>, _: &mut Call, _: &IdentityVault) -> Result<Vec<Given>, AppError> {
        let Invitation { citizen, scopes, proxy_ends_at, .. } = self.invitation;
        Ok(vec![Given {
            pair: Pair { citizen: *citizen, proxy: self.proxy },
            kind: ProxyKind::Mandate,
            scopes: scopes.clone(),
            basis: None,
            ends_at: *proxy_ends_at,
            narrowed_at: None,
        }])
    }
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
        if proxy.source == ProxySource::SuomiFi && proxy.scopes != *scopes {
            mandates::mark_narrowed(tx.conn(), id, now)?;
        }
        proxy.scopes.clone_from(scopes);
    }
    if let Some(ends_at) = update.ends_at {
        proxy.ends_at = ends_at;
    }
    if let Some(is_paused) = update.is_paused {
        proxy.paused_at = is_paused.then(|| proxy.paused_at.unwrap_or(now));
    }
    repo::update(tx.conn(), &proxy)?;
    if update.scopes.is_some() || update.is_paused == Some(true) {
        let pair = repo::find_pair(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
        mandates::end_national_of_pair(tx.conn(), pair, Some(id), now)?;
    }
    repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)
}

/// Ends a right: the person does, or who has it gives it up, or staff take it from the register.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn end_proxy(tx: &mut Tx<'_>, call: &mut Call, id: ProxyId) -> Result<(), AppError> {
    let pair = repo::find_pair(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    let by = match call.actor.person {
        PersonId::Professional(_) => {
            policy::require(
                tx.conn(),
                call,
                Action::Close,
                Resource::Duty(Duty::Register, Some(pair.citizen)),
            )?;
            EndedBy::Staff
        }
        PersonId::Citizen(actor) if actor == pair.proxy => {
            policy::require(tx.conn(), call, Action::Close, Resource::Citizen(pair.citizen, Part::Person))?;
            EndedBy::Proxy
        }
        PersonId::Citizen(_) => {
            own_business(tx.conn(), call, pair.citizen)?;
            only_mandate(repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?.kind)?;
            EndedBy::Person
        }
    };
    repo::end(tx.conn(), id, by, call.now())?;
    if by != EndedBy::Proxy {
        mandates::end_national_of_pair(tx.conn(), pair, None, call.now())?;
    }
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
    policy::require(tx.conn(), call, Action::Write, Resource::Duty(Duty::Register, None))?;
    new.validate()?;
    check_end(new.ends_at, call.now())?;
    let kept = keep(tx, call, vault, &RegisterEntry(new))?;
    let (id, _) = kept.first().ok_or_else(AppError::not_found)?;
    repo::find(tx.conn(), *id)?.ok_or_else(AppError::not_found)
}

/// What staff enter from a document: guardians, court-appointed ones too, and mandates on paper.
struct RegisterEntry<'a>(&'a NewProxy);

impl MandateSource for RegisterEntry<'_> {
    fn source(&self) -> ProxySource {
        ProxySource::Register
    }

    fn holds(&self) -> Holds {
        Holds::UntilEnded
    }

    fn rights(
        &self,
        tx: &mut Tx<'_>,
        call: &mut Call,
        vault: &IdentityVault,
    ) -> Result<Vec<Given>, AppError> {
        let new = self.0;
        let citizen = known(tx.conn(), vault, ("citizenIdentityCode", &new.citizen_identity_code))?;
        let proxy = known(tx.conn(), vault, ("proxyIdentityCode", &new.proxy_identity_code))?;
        policy::require(tx.conn(), call, Action::Write, Resource::Duty(Duty::Register, Some(citizen)))?;
        if citizen == proxy {
            return Err(AppError::field("proxyIdentityCode", FieldErrorCode::InvalidFormat));
        }
        check_guardian(tx.conn(), call, new.kind, citizen)?;
        Ok(vec![Given {
            pair: Pair { citizen, proxy },
            kind: new.kind,
            scopes: new.scopes.clone(),
            basis: Some(new.basis.clone()),
            ends_at: new.ends_at,
            narrowed_at: None,
        }])
    }
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

/// Of the code's letters and digits alone, in capitals.
fn hash(code: &str) -> Vec<u8> {
    Sha256::digest(format!("invitation:{}", codes::plain(code))).to_vec()
}
