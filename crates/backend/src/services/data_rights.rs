//! Restricting the processing of somebody's data (GDPR, article 18) and erasing what no law makes stay (article 17). What is
//! decided here, and why, is in ADR 0010.

use std::time::Duration;

use omasote_types::data_rights::{DataRights, Erasure, ErasurePreview, Restriction, WrittenReason};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, ErasureId, ProfessionalId, RestrictionId};
use omasote_types::people::CitizenSearch;
use omasote_types::sessions::PersonId;

use super::clients::forget_consents;
use super::people::find_by_code;
use super::sessions::{end_all, forget_failures};
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Duty, Part, Resource};
use crate::repos::data_rights::{self as repo, Act};
use crate::repos::{attachments, drafts, events, notifications, people, scheduling, tasks};

/// What was done by the rights of the citizen of an identity code, for administrators and the privacy officer.
///
/// # Errors
/// `role_required`, `validation_failed`, `not_found`.
pub fn search_data_rights(
    conn: &mut DbConn,
    call: &mut Call,
    vault: &IdentityVault,
    search: &CitizenSearch,
    log_life: Duration,
) -> Result<DataRights, AppError> {
    policy::require(conn, call, Action::Read, Resource::Duty(Duty::DataRights, None))?;
    let citizen = find_by_code(conn, vault, ("identityCode", &search.identity_code))?;
    let citizen = citizen.ok_or_else(AppError::not_found)?;
    policy::require(conn, call, Action::Read, Resource::Duty(Duty::DataRights, Some(citizen)))?;
    rights_of(conn, citizen, log_life)
}

/// What was done by the citizen's rights, as the citizen reads it: without the names of who did it.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn list_data_rights(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    log_life: Duration,
) -> Result<DataRights, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Accesses))?;
    Ok(without_names(rights_of(conn, of, log_life)?))
}

/// The access log tells the citizen by which office it was done.
pub(super) fn without_names(mut rights: DataRights) -> DataRights {
    for restriction in &mut rights.restrictions {
        (restriction.placed_by, restriction.lifted_by) = (None, None);
    }
    for erasure in &mut rights.erasures {
        erasure.erased_by = None;
    }
    rights
}

/// What was done by a citizen's rights.
///
/// # Errors
/// `not_found` when there is no such citizen.
pub(super) fn rights_of(
    conn: &mut DbConn,
    of: CitizenId,
    log_life: Duration,
) -> Result<DataRights, AppError> {
    let citizen = people::list_refs(conn, &[of])?.pop().ok_or_else(AppError::not_found)?;
    Ok(DataRights {
        citizen,
        restrictions: repo::list_restrictions(conn, of)?,
        erasures: repo::list_erasures(conn, of)?,
        access_log_years: years(log_life),
    })
}

fn years(span: Duration) -> u32 {
    u32::try_from(span.as_secs() / (365 * 86_400)).unwrap_or(u32::MAX)
}

/// Restricts the processing of a citizen's data: units do not open what there is of it, except by break-glass.
///
/// # Errors
/// `role_required`, `not_found`, `validation_failed`; `conflict` when it is restricted.
pub fn restrict_citizen(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    why: &WrittenReason,
) -> Result<Restriction, AppError> {
    let by = administrator(tx.conn(), call, of)?;
    why.validate()?;
    call.because(&why.reason);
    if repo::find_restricted_since(tx.conn(), of)?.is_some() {
        return Err(AppError::of(ErrorCode::Conflict).detail("the processing is restricted"));
    }
    let act = Act { of, by, reason: &why.reason, now: call.now() };
    repo::insert_restriction(tx.conn(), RestrictionId::at(call.now()), &act)?;
    newest(repo::list_restrictions(tx.conn(), of)?)
}

/// Lifts the restriction in force.
///
/// # Errors
/// `role_required`, `not_found`, `validation_failed`; `conflict` when there is none.
pub fn lift_restriction(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    why: &WrittenReason,
) -> Result<Restriction, AppError> {
    let by = administrator(tx.conn(), call, of)?;
    why.validate()?;
    call.because(&why.reason);
    if !repo::lift_restriction(tx.conn(), &Act { of, by, reason: &why.reason, now: call.now() })? {
        return Err(AppError::of(ErrorCode::Conflict).detail("the processing is not restricted"));
    }
    newest(repo::list_restrictions(tx.conn(), of)?)
}

fn newest<T>(all: Vec<T>) -> Result<T, AppError> {
    all.into_iter().next().ok_or_else(AppError::not_found)
}

/// What an erasure would erase and what would stay.
///
/// # Errors
/// `role_required`, `not_found`.
pub fn preview_erasure(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    log_life: Duration,
) -> Result<ErasurePreview, AppError> {
    administrator(conn, call, of)?;
    Ok(ErasurePreview {
        erased: repo::count_erasable(conn, of)?,
        kept: repo::count_kept(conn, of)?,
        access_log_years: years(log_life),
    })
}

/// Erases what no law makes stay. The citizen's sessions end; who signs in again begins with what stayed.
///
/// # Errors
/// `role_required`, `not_found`, `validation_failed`; `data_restricted` while the processing is restricted: a restriction may
/// be there so that nothing is erased.
pub fn erase_citizen(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    why: &WrittenReason,
) -> Result<Erasure, AppError> {
    let (by, now) = (administrator(tx.conn(), call, of)?, call.now());
    why.validate()?;
    call.because(&why.reason);
    if repo::find_restricted_since(tx.conn(), of)?.is_some() {
        return Err(AppError::of(ErrorCode::DataRestricted).detail("lift the restriction first"));
    }
    let erased = repo::count_erasable(tx.conn(), of)?;
    if let Some(username) = repo::find_username(tx.conn(), of)? {
        forget_failures(tx, &username)?;
    }
    repo::delete_credentials(tx.conn(), of)?;
    end_all(tx, PersonId::Citizen(of), None, now)?;
    forget_consents(tx, of, now)?;
    repo::empty_sessions(tx.conn(), of)?;
    repo::delete_contact_details(tx.conn(), of)?;
    repo::delete_mandates(tx.conn(), of)?;
    repo::expire_exports(tx.conn(), of, now)?;
    repo::delete_idempotency_keys(tx.conn(), of)?;
    drafts::delete_of_citizen(tx.conn(), of)?;
    scheduling::delete_of_citizen(tx.conn(), of)?;
    tasks::delete_half_answered(tx.conn(), of)?;
    tasks::series::delete_of_citizen(tx.conn(), of)?;
    notifications::delete_of_citizen(tx.conn(), of)?;
    events::delete_feed(tx.conn(), of)?;
    events::delete_free_slots_of_citizen(tx.conn(), of)?;
    attachments::discard_of_citizen(tx.conn(), of)?;
    let kept = repo::count_kept(tx.conn(), of)?;
    let act = Act { of, by, reason: &why.reason, now };
    repo::insert_erasure(tx.conn(), ErasureId::at(now), &act, (&erased, &kept))?;
    newest(repo::list_erasures(tx.conn(), of)?)
}

/// The administrator who acts, on a citizen there is.
fn administrator(conn: &mut DbConn, call: &mut Call, of: CitizenId) -> Result<ProfessionalId, AppError> {
    let by = policy::require_duty(conn, call, Action::Write, (Duty::DataRights, Some(of)))?;
    people::find_birth_date(conn, of)?.ok_or_else(AppError::not_found)?;
    Ok(by)
}
