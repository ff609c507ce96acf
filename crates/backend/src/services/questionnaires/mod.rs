//! Questionnaires: kept by a unit or the county as drafts, published as versions that do not change. They hold nothing of any citizen.

mod exchange;

pub(in crate::services) use exchange::{code_of, header};
pub use exchange::{export, import};
use omasote_rules::questionnaires::Prepared;
use omasote_types::Instant;
use omasote_types::error::{ErrorCode, FieldError, FieldErrorCode};
use omasote_types::ids::{QuestionnaireId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::questionnaires::{
    Form, NewQuestionnaire, Questionnaire, QuestionnaireSummary, QuestionnaireVersion,
};
use omasote_types::sessions::PersonId;

use super::idempotency::{self, Claim, Key};
use super::units::Expected;
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::questionnaires::{self as repo, NewRow};
use crate::repos::units;

/// All questionnaires there are, for professionals.
///
/// # Errors
/// `role_required` for citizens; `invalid_cursor`, `invalid_parameter`.
pub fn list(
    conn: &mut DbConn,
    call: &mut Call,
    query: &PageQuery,
) -> Result<Page<QuestionnaireSummary>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Questionnaires(None))?;
    let window = Window::read(List::Questionnaires, query.cursor.as_deref(), query.limit)?;
    let all = repo::list(conn, &window)?;
    Ok(window.page(List::Questionnaires, all, |one| Place { time: <_>::default(), id: *one.id.as_uuid() }))
}

/// A questionnaire with its draft, for professionals.
///
/// # Errors
/// `not_found`; `role_required` for citizens.
pub fn get(conn: &mut DbConn, call: &mut Call, id: QuestionnaireId) -> Result<Questionnaire, AppError> {
    policy::require(conn, call, Action::Read, Resource::Questionnaires(None))?;
    repo::find(conn, id)?.ok_or_else(AppError::not_found)
}

/// A published version, for everybody.
///
/// # Errors
/// `not_found`.
pub fn get_version(
    conn: &mut DbConn,
    id: QuestionnaireId,
    number: u32,
) -> Result<QuestionnaireVersion, AppError> {
    repo::find_version(conn, id, number)?.ok_or_else(AppError::not_found)
}

/// Keeps a new questionnaire, as a draft.
///
/// # Errors
/// `role_required`, `validation_failed`, `idempotency_key_reused`.
pub fn create(
    tx: &mut Tx<'_>,
    call: &mut Call,
    new: &NewQuestionnaire,
    key: Option<&Key>,
) -> Result<Questionnaire, AppError> {
    let now = call.now();
    policy::require(tx.conn(), call, Action::Write, Resource::Questionnaires(new.unit_id))?;
    new.form.validate()?;
    if let Some(unit) = new.unit_id
        && units::find_named(tx.conn(), unit)?.is_none()
    {
        return Err(AppError::field("unitId", FieldErrorCode::UnknownReference));
    }
    let id = QuestionnaireId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createQuestionnaire", new), id.into(), now)?;
    let id = match claim {
        Claim::Done(made) => made.into(),
        Claim::New => {
            repo::insert(tx.conn(), &NewRow { id, unit: new.unit_id, name: None, form: &new.form }, now)?;
            id
        }
    };
    repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)
}

/// Changes the draft.
///
/// # Errors
/// `not_found`, `role_required`, `validation_failed`, `precondition_failed`.
pub fn update(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (QuestionnaireId, Expected),
    form: &Form,
) -> Result<Questionnaire, AppError> {
    let before = to_change(tx.conn(), call, id)?;
    form.validate()?;
    let wanted = (id, version(&before, expected)?);
    match repo::update(tx.conn(), wanted, form)? {
        true => repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found),
        false => Err(AppError::of(ErrorCode::PreconditionFailed)),
    }
}

/// Publishes the draft as the next version, which is given from now on.
///
/// # Errors
/// `not_found`, `role_required`, `precondition_failed`; `validation_failed` with everything that is wrong with it.
pub fn publish(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (QuestionnaireId, Expected),
) -> Result<QuestionnaireVersion, AppError> {
    let before = to_change(tx.conn(), call, id)?;
    let wanted = (id, version(&before, expected)?);
    check_sound(before.form.clone())?;
    let by = match call.actor.person {
        PersonId::Professional(id) => Some(id),
        PersonId::Citizen(_) => None,
    };
    let number = repo::publish(tx.conn(), wanted, &before.form, (by, call.now()))?;
    let number = number.ok_or_else(|| AppError::of(ErrorCode::PreconditionFailed))?;
    get_version(tx.conn(), id, number)
}

/// Retires a questionnaire: it is given no more, and what was given goes on.
///
/// # Errors
/// `not_found`, `role_required`, `precondition_failed`.
pub fn retire(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (id, expected): (QuestionnaireId, Expected),
) -> Result<Questionnaire, AppError> {
    let before = to_change(tx.conn(), call, id)?;
    let wanted = (id, version(&before, expected)?);
    match repo::retire(tx.conn(), wanted, call.now())? {
        true => repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found),
        false => Err(AppError::of(ErrorCode::PreconditionFailed)),
    }
}

/// Keeps the questionnaires that come with Omasote, as their newest version; what the county has changed of them stays as it is.
///
/// # Errors
/// When the database fails, or a file is broken.
pub fn keep_shipped(tx: &mut Tx<'_>, now: Instant) -> Result<(), AppError> {
    let conn = tx.conn();
    for shipped in omasote_forms::all() {
        let form = shipped.form().map_err(|cause| AppError::internal("a broken form").because(cause))?;
        let id = QuestionnaireId::at(now);
        let new = NewRow { id, unit: None, name: Some(shipped.name), form: &form };
        if repo::insert(conn, &new, now)? {
            repo::publish(conn, (id, 1), &form, (None, now))?;
            continue;
        }
        let Some(kept) = repo::find_shipped(conn, shipped.name)? else { continue };
        let Some(number) = kept.published.filter(|_| !kept.has_changes) else { continue };
        let published = repo::find_version(conn, kept.id, number)?;
        if published.is_some_and(|published| published.form != form) {
            repo::publish(conn, (kept.id, kept.version), &form, (None, now))?;
        }
    }
    Ok(())
}

/// A questionnaire that the actor may change.
fn to_change(conn: &mut DbConn, call: &mut Call, id: QuestionnaireId) -> Result<Questionnaire, AppError> {
    let found = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    let keeper: Option<UnitId> = found.summary.unit_id;
    policy::require(conn, call, Action::Write, Resource::Questionnaires(keeper))?;
    Ok(found)
}

fn version(before: &Questionnaire, expected: Expected) -> Result<u32, AppError> {
    match expected {
        Expected::Any => Ok(before.summary.version),
        Expected::Version(version) => Ok(version),
        Expected::NoVersion => Err(AppError::of(ErrorCode::PreconditionFailed)),
    }
}

/// That a form can be answered, and is whole in the languages it is offered in.
fn check_sound(form: Form) -> Result<(), AppError> {
    let problems = match Prepared::new(form) {
        Ok(prepared) => prepared.unpublishable(),
        Err(problems) => problems,
    };
    match problems.is_empty() {
        true => Ok(()),
        false => Err(problems.iter().map(FieldError::from).collect::<Vec<_>>().into()),
    }
}
