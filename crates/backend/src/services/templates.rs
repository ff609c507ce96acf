//! Reply templates: a unit's are kept by its lead and used by all who work in it, one's own by nobody else. They hold nothing of
//! any citizen: what is filled into them is filled in by the app.

use omasote_rules::templates::validate;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{ProfessionalId, TemplateId, UnitId};
use omasote_types::sessions::PersonId;
use omasote_types::templates::{MAX_TEMPLATES, Template, TemplateContent};

use super::units::Expected;
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::templates::{self as repo, Keeper};
use crate::repos::units;

/// The templates there are for the actor in a unit: the unit's, and the actor's own.
///
/// # Errors
/// `not_found`.
pub fn list(conn: &mut DbConn, call: &mut Call, of: UnitId) -> Result<Vec<Template>, AppError> {
    let keeper = known_unit(conn, call, Action::Read, of)?;
    let mut all = repo::list(conn, keeper)?;
    all.extend(repo::list(conn, Keeper::Professional(myself(call)?))?);
    Ok(all)
}

/// The actor's own templates.
///
/// # Errors
/// `not_found` for citizens.
pub fn list_own(conn: &mut DbConn, call: &mut Call) -> Result<Vec<Template>, AppError> {
    let own = Keeper::Professional(myself(call)?);
    policy::require(conn, call, Action::Read, Resource::Kept(own))?;
    Ok(repo::list(conn, own)?)
}

/// Adds a template to a unit.
///
/// # Errors
/// `not_found`, `role_required`, `validation_failed`, `too_many_templates`.
pub fn create_of_unit(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: UnitId,
    content: &TemplateContent,
) -> Result<Template, AppError> {
    let keeper = known_unit(tx.conn(), call, Action::Write, of)?;
    create(tx.conn(), call, keeper, content)
}

/// Adds a template of the actor's own.
///
/// # Errors
/// `not_found` for citizens; `validation_failed`, `too_many_templates`.
pub fn create_own(tx: &mut Tx<'_>, call: &mut Call, content: &TemplateContent) -> Result<Template, AppError> {
    let own = Keeper::Professional(myself(call)?);
    policy::require(tx.conn(), call, Action::Write, Resource::Kept(own))?;
    create(tx.conn(), call, own, content)
}

/// Changes a template.
///
/// # Errors
/// `not_found`, `role_required`, `validation_failed`, `precondition_failed`.
pub fn update(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (TemplateId, Expected),
    content: &TemplateContent,
) -> Result<Template, AppError> {
    let before = visible(tx.conn(), call, id)?;
    validate(content)?;
    let version = match expected {
        Expected::Any => Some(before.version),
        Expected::Version(version) => Some(version),
        Expected::NoVersion => None,
    };
    let is_taken = match version {
        Some(version) => repo::update(tx.conn(), id, version, content)?,
        None => false,
    };
    if !is_taken {
        return Err(AppError::of(ErrorCode::PreconditionFailed));
    }
    Ok(Template { version: before.version + 1, content: content.clone(), ..before })
}

/// Deletes a template.
///
/// # Errors
/// `not_found`, `role_required`.
pub fn delete(tx: &mut Tx<'_>, call: &mut Call, id: TemplateId) -> Result<(), AppError> {
    visible(tx.conn(), call, id)?;
    repo::delete(tx.conn(), id)?;
    Ok(())
}

fn create(
    conn: &mut DbConn,
    call: &Call,
    of: Keeper,
    content: &TemplateContent,
) -> Result<Template, AppError> {
    validate(content)?;
    if repo::count(conn, of)? >= i64::from(MAX_TEMPLATES) {
        return Err(AppError::of(ErrorCode::TooManyTemplates));
    }
    Ok(repo::insert(conn, (TemplateId::at(call.now()), of), content, call.now())?)
}

/// A template that the actor may change.
fn visible(conn: &mut DbConn, call: &mut Call, id: TemplateId) -> Result<Template, AppError> {
    let (keeper, template) = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    policy::require(conn, call, Action::Write, Resource::Kept(keeper))?;
    Ok(template)
}

/// A unit there is, whose templates the actor may read or change.
fn known_unit(conn: &mut DbConn, call: &mut Call, action: Action, of: UnitId) -> Result<Keeper, AppError> {
    let keeper = Keeper::Unit(of);
    policy::require(conn, call, action, Resource::Kept(keeper))?;
    // Administrators look after every unit, also those there are not.
    units::find_named(conn, of)?.ok_or_else(AppError::not_found)?;
    Ok(keeper)
}

/// The professional who acts; citizens keep nothing of the kind.
pub(super) fn myself(call: &Call) -> Result<ProfessionalId, AppError> {
    match call.actor.person {
        PersonId::Professional(id) => Ok(id),
        PersonId::Citizen(_) => Err(AppError::not_found()),
    }
}
