//! Who cares for whom, and break-glass for when nobody does.

use omasote_types::Instant;
use omasote_types::care::{CareRelation, EmergencyAccess, NewEmergencyAccess};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, EmergencyAccessId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::sessions::PersonId;

use super::people::find_by_code;
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Duty, Part, Resource};
use crate::repos::care::{self as repo, NewEmergency};

/// The units whose professionals may see a citizen's data.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn list_care_relations(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
) -> Result<Vec<CareRelation>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Accesses))?;
    let mut relations = repo::list_of_citizen(conn, of, call.now() - call.limits.care)?;
    for relation in &mut relations {
        let closed_at = relation.ends_at.filter(|_| relation.open_matters == 0);
        relation.ends_at = closed_at.map(|closed_at| closed_at + call.limits.care);
    }
    Ok(relations)
}

/// Opens a citizen's data to a professional of a unit for a while.
///
/// # Errors
/// `validation_failed`; `not_found` when the professional is not of the unit or there is no such citizen.
pub fn open_emergency_access(
    tx: &mut Tx<'_>,
    call: &mut Call,
    vault: &IdentityVault,
    new: &NewEmergencyAccess,
) -> Result<EmergencyAccess, AppError> {
    let PersonId::Professional(professional) = call.actor.person else {
        return Err(AppError::of(ErrorCode::RoleRequired));
    };
    let permit = policy::require(tx.conn(), call, Action::Write, Resource::Unit(new.unit_id))?;
    new.validate()?;
    let citizen = find_by_code(tx.conn(), vault, ("identityCode", &new.identity_code))?;
    let citizen = citizen.ok_or_else(AppError::not_found)?;
    call.broke_glass(citizen, &new.reason, permit.standing.as_ref());
    let id = EmergencyAccessId::at(call.now());
    let (now, ends_at) = (call.now(), call.now() + call.limits.emergency);
    let unit = new.unit_id;
    repo::insert_emergency(
        tx.conn(),
        &NewEmergency { id, professional, unit, citizen, reason: &new.reason, now, ends_at },
    )?;
    repo::find_emergency(tx.conn(), id)?.ok_or_else(AppError::not_found)
}

/// The professional's own break-glass accesses that are open.
///
/// # Errors
/// When the database does not answer.
pub fn list_own_emergency_accesses(
    conn: &mut DbConn,
    person: PersonId,
    now: Instant,
) -> Result<Vec<EmergencyAccess>, AppError> {
    match person {
        PersonId::Citizen(_) => Ok(Vec::new()),
        PersonId::Professional(_) => Ok(repo::list_open_emergencies(conn, person, now)?),
    }
}

/// Ends the professional's own break-glass access before its time.
///
/// # Errors
/// `not_found`.
pub fn end_emergency_access(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: EmergencyAccessId,
    now: Instant,
) -> Result<(), AppError> {
    let PersonId::Professional(professional) = person else { return Err(AppError::not_found()) };
    match repo::end_emergency(tx.conn(), id, professional, now)? {
        true => Ok(()),
        false => Err(AppError::not_found()),
    }
}

/// The break-glass accesses to a citizen's data that are open now.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn list_citizen_emergency_accesses(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
) -> Result<Vec<EmergencyAccess>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Accesses))?;
    Ok(repo::list_open_emergencies(conn, PersonId::Citizen(of), call.now())?)
}

/// Every break-glass access, for the privacy officer; the newest first.
///
/// # Errors
/// `role_required`, `invalid_cursor`, `invalid_parameter`.
pub fn list_emergency_accesses(
    conn: &mut DbConn,
    call: &mut Call,
    query: &PageQuery,
) -> Result<Page<EmergencyAccess>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Duty(Duty::AccessLog, None))?;
    let window = Window::read(List::Emergencies, query.cursor.as_deref(), query.limit)?;
    let accesses = repo::list_emergencies(conn, &window)?;
    let place = |access: &EmergencyAccess| Place { time: access.opened_at, id: *access.id.as_uuid() };
    let page = window.page(List::Emergencies, accesses, place);
    call.showed(page.items.iter().map(|access| access.citizen.id));
    Ok(page)
}
