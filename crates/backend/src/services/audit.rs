//! The access log, for the citizen it tells of.

use omasote_types::audit::{Access, AccessQuery};
use omasote_types::ids::CitizenId;
use omasote_types::page::Page;

use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::audit as repo;

/// Who saw or changed a citizen's data, the newest first.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_accesses(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &AccessQuery,
) -> Result<Page<Access>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of))?;
    let window = Window::read(List::Accesses, query.cursor.as_deref(), query.limit)?;
    let accesses = repo::list_of_citizen(conn, of, query.others_only, &window)?;
    let place = |access: &Access| Place { time: access.at, id: *access.id.as_uuid() };
    Ok(window.page(List::Accesses, accesses, place))
}
