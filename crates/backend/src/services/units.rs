//! Service units: open to all, but for who works in them.

use omasote_types::Instant;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{ProfessionalId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::{Absence, Professional};
use omasote_types::units::Unit;

use super::messages;
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::{people, units as repo};

/// The units, in the order they were added.
///
/// # Errors
/// `invalid_cursor`, `invalid_parameter`.
pub fn list(conn: &mut DbConn, query: &PageQuery) -> Result<Page<Unit>, AppError> {
    let window = Window::read(List::Units, query.cursor.as_deref(), query.limit)?;
    let units = repo::list(conn, &window)?;
    Ok(window.page(List::Units, units, |unit| by_id(*unit.id.as_uuid())))
}

/// One unit.
///
/// # Errors
/// `not_found`.
pub fn get(conn: &mut DbConn, id: UnitId) -> Result<Unit, AppError> {
    repo::find(conn, id)?.ok_or_else(AppError::not_found)
}

/// The professionals of a unit.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_members(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &PageQuery,
) -> Result<Page<Professional>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let window = Window::read(List::Members, query.cursor.as_deref(), query.limit)?;
    let members = people::list_members(conn, of, &window)?;
    Ok(window.page(List::Members, members, |member| by_id(*member.id.as_uuid())))
}

/// Keeps that a member of a unit is away, or back. What they have taken is free for their colleagues at once, in all their units.
///
/// # Errors
/// `not_found`, `role_required`; `validation_failed` when the time is over already.
pub fn set_absence(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, who): (UnitId, ProfessionalId),
    absence: Absence,
) -> Result<(), AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Colleague(of, who))?;
    if absence.until.is_some_and(|until| until <= call.now()) {
        return Err(AppError::field("until", FieldErrorCode::InvalidFormat));
    }
    people::set_absent(tx.conn(), who, absence.until)?;
    if absence.until.is_some() {
        messages::let_go_of(tx, who, call.now())?;
    }
    Ok(())
}

fn by_id(id: uuid::Uuid) -> Place {
    Place { time: Instant::default(), id }
}
