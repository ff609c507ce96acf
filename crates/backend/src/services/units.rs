//! Service units: open to all, but for who works in them.

use omasote_types::Instant;
use omasote_types::ids::UnitId;
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::Professional;
use omasote_types::units::Unit;

use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::DbConn;
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

fn by_id(id: uuid::Uuid) -> Place {
    Place { time: Instant::default(), id }
}
