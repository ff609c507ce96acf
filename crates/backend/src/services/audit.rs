//! The access log, for the citizen it tells of.

use omasote_types::audit::{Access, AccessQuery, AuditLine, AuditSearch};
use omasote_types::ids::CitizenId;
use omasote_types::page::Page;

use super::people::find_by_code;
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::cursor::{List, Place, Window};
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::{self, Action, Duty, Part, Resource};
use crate::repos::audit::{self as repo, Wanted};

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
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Accesses))?;
    let window = Window::read(List::Accesses, query.cursor.as_deref(), query.limit)?;
    let accesses = repo::list_of_citizen(conn, of, query.others_only, &window)?;
    let place = |access: &Access| Place { time: access.at, id: *access.id.as_uuid() };
    Ok(window.page(List::Accesses, accesses, place))
}

/// Searches the log, for the privacy officer; the newest lines first.
///
/// # Errors
/// `role_required`, `validation_failed`, `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn search_accesses(
    conn: &mut DbConn,
    call: &mut Call,
    vault: &IdentityVault,
    search: &AuditSearch,
) -> Result<Page<AuditLine>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Duty(Duty::AccessLog, None))?;
    let wanted = wanted(conn, vault, search)?;
    if let Wanted::Citizen(citizen) = wanted {
        policy::require(conn, call, Action::Read, Resource::Duty(Duty::AccessLog, Some(citizen)))?;
    }
    let window = Window::read(List::AuditLines, search.cursor.as_deref(), search.limit)?;
    let lines = repo::search(conn, wanted, (search.from, search.to), &window)?;
    let place = |line: &AuditLine| Place { time: line.at, id: *line.id.as_uuid() };
    let page = window.page(List::AuditLines, lines, place);
    call.showed(page.items.iter().flat_map(|line| line.citizens.iter().map(|citizen| citizen.id)));
    Ok(page)
}

fn wanted(conn: &mut DbConn, vault: &IdentityVault, search: &AuditSearch) -> Result<Wanted, AppError> {
    if let Some(code) = &search.identity_code {
        let citizen = find_by_code(conn, vault, ("identityCode", code))?;
        return Ok(Wanted::Citizen(citizen.ok_or_else(AppError::not_found)?));
    }
    Ok(match (search.actor, search.flag, search.line) {
        (Some(actor), ..) => Wanted::Actor(actor),
        (None, Some(flag), _) => Wanted::Flag(flag),
        (None, None, Some(line)) => Wanted::Line(line),
        (None, None, None) => Wanted::All,
    })
}
