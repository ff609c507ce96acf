//! Guides: kept by a unit or by the county, read by everybody. They hold nothing of any citizen, and who reads them is not noted.

use std::cmp::Reverse;

use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::guides::{
    Guide, GuideContent, GuideQuery, GuideSearch, GuideState, GuideSummary, NewGuide,
};
use omasote_types::ids::{GuideId, UnitId};
use omasote_types::page::Page;

use super::units::Expected;
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Guides, Resource};
use crate::repos::messages::{stems, words_of};
use crate::repos::{guides as repo, units};

/// So many words are looked for: each is one more pass over every guide, and anybody may ask.
const WORDS_SEARCHED: usize = 10;

/// The published guides, of a unit or all, those that were made first at the beginning.
///
/// # Errors
/// `invalid_cursor`, `invalid_parameter`.
pub fn list(conn: &mut DbConn, query: &GuideQuery) -> Result<Page<GuideSummary>, AppError> {
    let window = Window::read(List::Guides, query.cursor.as_deref(), query.limit)?;
    Ok(page(&window, repo::list(conn, query.unit, &window)?))
}

/// The published guides that have all of the words.
///
/// # Errors
/// `validation_failed`, `invalid_cursor`, `invalid_parameter`.
pub fn search(conn: &mut DbConn, wanted: &GuideSearch) -> Result<Page<GuideSummary>, AppError> {
    wanted.validate()?;
    let window = Window::read(List::Guides, wanted.cursor.as_deref(), wanted.limit)?;
    let mut words: Vec<String> = stems(&words_of(&wanted.text)).collect();
    words.sort();
    words.dedup();
    // The longest tell the most.
    words.sort_by_key(|word| Reverse(word.len()));
    words.truncate(WORDS_SEARCHED);
    // Nothing but signs was written.
    if words.is_empty() {
        return Ok(Page { items: Vec::new(), next_cursor: None });
    }
    Ok(page(&window, repo::find_by_words(conn, wanted.unit, &words, &window)?))
}

fn page(window: &Window, guides: Vec<GuideSummary>) -> Page<GuideSummary> {
    window.page(List::Guides, guides, |guide| Place { time: <_>::default(), id: *guide.id.as_uuid() })
}

/// A guide that is published, or was.
///
/// # Errors
/// `not_found`.
pub fn get(conn: &mut DbConn, id: GuideId) -> Result<Guide, AppError> {
    let guide = repo::find(conn, id)?.filter(|guide| guide.state != GuideState::Draft);
    guide.ok_or_else(AppError::not_found)
}

/// What a unit, or the county, keeps, in whatever state.
///
/// # Errors
/// `role_required`, `invalid_cursor`, `invalid_parameter`.
pub fn list_kept(
    conn: &mut DbConn,
    call: &mut Call,
    query: &GuideQuery,
) -> Result<Page<GuideSummary>, AppError> {
    let kept = Guides { keeper: query.unit, is_draft: false };
    policy::require(conn, call, Action::Read, Resource::Guides(kept))?;
    let window = Window::read(List::Guides, query.cursor.as_deref(), query.limit)?;
    Ok(page(&window, repo::list_kept(conn, query.unit, &window)?))
}

/// A guide as those see it who keep it, in whatever state.
///
/// # Errors
/// `not_found`, `role_required`.
pub fn get_kept(conn: &mut DbConn, call: &mut Call, id: GuideId) -> Result<Guide, AppError> {
    kept(conn, call, Action::Read, id)
}

/// Keeps a new guide, as a draft.
///
/// # Errors
/// `role_required`, `validation_failed`.
pub fn create(tx: &mut Tx<'_>, call: &mut Call, new: &NewGuide) -> Result<Guide, AppError> {
    let NewGuide { unit_id, content } = new;
    let wanted = Guides { keeper: *unit_id, is_draft: false };
    policy::require(tx.conn(), call, Action::Write, Resource::Guides(wanted))?;
    validate(call, content)?;
    check_keeper(tx.conn(), *unit_id)?;
    let id = GuideId::at(call.now());
    repo::insert(tx.conn(), (id, *unit_id, GuideState::Draft), content, call.now())?;
    found(tx.conn(), id)
}

/// Changes what a guide says. A published one is changed for everybody at once.
///
/// # Errors
/// `not_found`, `role_required`, `validation_failed`, `precondition_failed`.
pub fn update(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (GuideId, Expected),
    content: &GuideContent,
) -> Result<Guide, AppError> {
    let before = kept(tx.conn(), call, Action::Write, id)?;
    validate(call, content)?;
    let is_taken = match version(&before, expected) {
        Some(version) => repo::update(tx.conn(), (id, version), content, call.now())?,
        None => false,
    };
    if is_taken { found(tx.conn(), id) } else { Err(AppError::of(ErrorCode::PreconditionFailed)) }
}

/// Publishes a draft, or a guide that was retired.
///
/// # Errors
/// `not_found`, `role_required`, `precondition_failed`.
pub fn publish(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (GuideId, Expected),
) -> Result<Guide, AppError> {
    let before = kept(tx.conn(), call, Action::Write, id)?;
    set_state(tx, call, (&before, expected), GuideState::Published)
}

/// Retires a published guide: it is in no list any more and opens by its address only.
///
/// # Errors
/// `not_found`, `role_required`, `precondition_failed`; `conflict` when it was never published.
pub fn retire(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (GuideId, Expected),
) -> Result<Guide, AppError> {
    let before = kept(tx.conn(), call, Action::Write, id)?;
    if before.state == GuideState::Draft {
        return Err(AppError::of(ErrorCode::Conflict).detail("it was never published: delete it"));
    }
    set_state(tx, call, (&before, expected), GuideState::Retired)
}

/// Deletes a draft. What was published once stays, as messages may lead to it.
///
/// # Errors
/// `not_found`, `role_required`; `conflict` when it is no draft.
pub fn delete(tx: &mut Tx<'_>, call: &mut Call, id: GuideId) -> Result<(), AppError> {
    kept(tx.conn(), call, Action::Write, id)?;
    if repo::delete_draft(tx.conn(), id)? {
        Ok(())
    } else {
        Err(AppError::of(ErrorCode::Conflict).detail("it was published: retire it"))
    }
}

fn set_state(
    tx: &mut Tx<'_>,
    call: &Call,
    (before, expected): (&Guide, Expected),
    state: GuideState,
) -> Result<Guide, AppError> {
    let is_taken = match version(before, expected) {
        Some(version) => repo::set_state(tx.conn(), (before.id, version), state, call.now())?,
        None => false,
    };
    if is_taken { found(tx.conn(), before.id) } else { Err(AppError::of(ErrorCode::PreconditionFailed)) }
}

const fn version(before: &Guide, expected: Expected) -> Option<u32> {
    match expected {
        Expected::Any => Some(before.version),
        Expected::Version(version) => Some(version),
        Expected::NoVersion => None,
    }
}

/// A guide that the actor may read or change as one who keeps it.
fn kept(conn: &mut DbConn, call: &mut Call, action: Action, id: GuideId) -> Result<Guide, AppError> {
    let guide = found(conn, id)?;
    let keeper = guide.unit.as_ref().map(|unit| unit.id);
    let wanted = Guides { keeper, is_draft: guide.state == GuideState::Draft };
    policy::require(conn, call, action, Resource::Guides(wanted))?;
    Ok(guide)
}

fn found(conn: &mut DbConn, id: GuideId) -> Result<Guide, AppError> {
    repo::find(conn, id)?.ok_or_else(AppError::not_found)
}

/// What is to be kept says something, and nobody has gone through it tomorrow.
fn validate(call: &Call, content: &GuideContent) -> Result<(), AppError> {
    content.validate()?;
    match content.reviewed_on > call.today() {
        true => Err(AppError::field("reviewedOn", FieldErrorCode::InvalidFormat)),
        false => Ok(()),
    }
}

/// Administrators look after every unit, also those there are not.
fn check_keeper(conn: &mut DbConn, of: Option<UnitId>) -> Result<(), AppError> {
    match of {
        Some(unit) if units::find_named(conn, unit)?.is_none() => {
            Err(AppError::field("unitId", FieldErrorCode::UnknownReference))
        }
        _ => Ok(()),
    }
}
