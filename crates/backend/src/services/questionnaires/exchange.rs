//! Questionnaires and answers as FHIR R4, for systems outside.

use chrono::NaiveDate;
use omasote_fhir::{Header, Reason, Status, Why};
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::{QuestionnaireId, UnitId};
use omasote_types::questionnaires::{ImportedQuestionnaire, LeftOut, NewQuestionnaire};
use serde_json::Value;

use super::super::idempotency::Key;
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};

/// Keeps a FHIR R4 Questionnaire as a draft.
///
/// # Errors
/// `role_required`, `idempotency_key_reused`; `validation_failed` with every reason why it does not fit.
pub fn import(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (unit_id, questionnaire): (Option<UnitId>, &Value),
    key: Option<&Key>,
) -> Result<ImportedQuestionnaire, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Questionnaires(unit_id))?;
    let imported = omasote_fhir::form(questionnaire)
        .map_err(|reasons| AppError::from(reasons.iter().map(refused).collect::<Vec<_>>()))?;
    let new = NewQuestionnaire { unit_id, form: imported.form };
    let questionnaire = super::create(tx, call, &new, key)?;
    let left_out =
        imported.left_out.into_iter().map(|Reason { link_id, element, .. }| LeftOut { link_id, element });
    Ok(ImportedQuestionnaire { questionnaire, left_out: left_out.collect() })
}

/// A published version as a FHIR R4 Questionnaire, for everybody.
///
/// # Errors
/// `not_found`.
pub fn export(
    conn: &mut DbConn,
    (id, number): (QuestionnaireId, u32),
    public_url: &str,
) -> Result<Value, AppError> {
    let version = super::get_version(conn, id, number)?;
    let date = Some(version.published_at.date_naive());
    let header = header((id, number), public_url, date);
    Ok(omasote_fhir::questionnaire(&version.form, &header))
}

/// What a version is known by outside.
pub(in crate::services) fn header(
    (id, number): (QuestionnaireId, u32),
    public_url: &str,
    date: Option<NaiveDate>,
) -> Header {
    let url = format!("{public_url}/api/v1/questionnaires/{id}");
    Header { url, version: number.to_string(), status: Status::Active, date }
}

/// What does not fit, at its item: `items.{linkId}.{element}`.
fn refused(reason: &Reason) -> FieldError {
    let field = match reason.link_id.as_str() {
        "" => reason.element.clone(),
        link_id => format!("items.{link_id}.{}", reason.element),
    };
    FieldError { field, code: code_of(reason.why) }
}

/// Why something is not taken, as the wire says it.
pub(in crate::services) const fn code_of(why: Why) -> FieldErrorCode {
    match why {
        Why::WrongResource | Why::Malformed | Why::Precision | Why::WrongType => {
            FieldErrorCode::InvalidFormat
        }
        Why::Size => FieldErrorCode::TooLong,
        Why::UnknownQuestion => FieldErrorCode::UnknownReference,
        Why::NoPlace
        | Why::UnknownExtension
        | Why::ItemType
        | Why::ItemsInQuestion
        | Why::Repeats
        | Why::ValueSetElsewhere
        | Why::Comparison
        | Why::Language => FieldErrorCode::NotSupported,
    }
}
