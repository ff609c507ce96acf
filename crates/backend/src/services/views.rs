//! Saved views of inboxes: a unit's are kept by its lead and used by all who work in it, one's own by nobody else.

use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{UnitId, ViewId};
use omasote_types::views::{MAX_VIEWS, NewView, View};

use super::idempotency::{self, Claim, Key};
use super::templates::myself;
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::templates::Keeper;
use crate::repos::{units, views as repo};

/// The views of a unit's inbox: the unit's, and the actor's own.
///
/// # Errors
/// `not_found`.
pub fn list(conn: &mut DbConn, call: &mut Call, of: UnitId) -> Result<Vec<View>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let mut all = repo::list_shared(conn, of)?;
    all.extend(repo::list_own(conn, of, myself(call)?)?);
    Ok(all)
}

/// Keeps a view.
///
/// # Errors
/// `not_found`, `role_required`, `validation_failed`, `too_many_views`, `idempotency_key_reused`.
pub fn create(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, new): (UnitId, &NewView),
    key: Option<&Key>,
) -> Result<View, AppError> {
    let now = call.now();
    policy::require(tx.conn(), call, Action::Read, Resource::Unit(of))?;
    let keeper = match new.is_shared {
        true => Keeper::Unit(of),
        false => Keeper::Professional(myself(call)?),
    };
    policy::require(tx.conn(), call, Action::Write, Resource::Kept(keeper))?;
    new.validate()?;
    if let Some(topic) = new.shows.topic_id
        && units::find_of_topic(tx.conn(), topic)?.is_none()
    {
        return Err(AppError::field("shows.topicId", FieldErrorCode::UnknownReference));
    }
    let id = ViewId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createView", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return repo::find(tx.conn(), made.into())?.map(|(_, view)| view).ok_or_else(AppError::not_found);
    }
    if repo::count(tx.conn(), of, keeper)? >= i64::from(MAX_VIEWS) {
        return Err(AppError::of(ErrorCode::TooManyViews));
    }
    let NewView { name, is_shared, shows } = new.clone();
    let view = View { id, unit_id: of, is_shared, name, shows };
    repo::insert(tx.conn(), &view, keeper, now)?;
    Ok(view)
}

/// Deletes a view.
///
/// # Errors
/// `not_found`, `role_required`.
pub fn delete(tx: &mut Tx<'_>, call: &mut Call, id: ViewId) -> Result<(), AppError> {
    let (keeper, _) = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    policy::require(tx.conn(), call, Action::Write, Resource::Kept(keeper))?;
    repo::delete(tx.conn(), id)?;
    Ok(())
}
