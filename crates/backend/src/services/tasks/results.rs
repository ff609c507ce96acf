//! What answers come to: over time, and for systems outside.

use omasote_rules::questionnaires::{Outcome, Prepared};
use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::ids::TaskId;
use omasote_types::questionnaires::{Answers, Form};
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{PastBand, PastScore, Task, TaskKind};
use serde_json::{Value, json};

use super::super::questionnaires::header;
use super::reading::response;
use super::visible;
use crate::audit::Call;
use crate::db::DbConn;
use crate::error::AppError;
use crate::fhir;
use crate::policy::Action;
use crate::repos::questionnaires;
use crate::repos::tasks::{self as repo, Kept};

/// How many times are looked back at.
const MAX_TIMES: i64 = 50;

/// What the citizen's answers to the same questionnaire have come to, the oldest first.
///
/// # Errors
/// `not_found`, `outside_mandate`; `not_allowed` of a task that asks for no answers.
pub fn list_scores(conn: &mut DbConn, call: &mut Call, of: TaskId) -> Result<Vec<PastScore>, AppError> {
    let kept = visible(conn, call, Action::Read, of)?;
    let TaskKind::Questionnaire { questionnaire_id } = kept.task.kind else {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("the task asks for no answers"));
    };
    let times = repo::list_answered(conn, (kept.parties.citizen, questionnaire_id), MAX_TIMES)?;
    let mut scores = Vec::new();
    for (task, number, answered_at, answers) in times.into_iter().rev() {
        if let Some(version) = questionnaires::find_version(conn, questionnaire_id, number)? {
            scores.extend(counted((task, answered_at), version.form, &answers));
        }
    }
    Ok(scores)
}

/// What was answered as a FHIR R4 `QuestionnaireResponse`. Professionals get it once it is sent.
///
/// # Errors
/// `not_found`, `outside_mandate`; `not_allowed` of a task that asks for no answers; `task_not_answered` to professionals as long as it
/// is not sent.
pub fn export_response(
    conn: &mut DbConn,
    call: &mut Call,
    id: TaskId,
    public_url: &str,
) -> Result<Value, AppError> {
    let kept = visible(conn, call, Action::Read, id)?;
    let resource = resource(conn, &kept, public_url)?;
    if kept.task.answered_at.is_none() && matches!(call.actor.person, PersonId::Professional(_)) {
        return Err(AppError::of(ErrorCode::TaskNotAnswered));
    }
    Ok(resource)
}

/// A task that was done, with what was answered as a FHIR R4 `QuestionnaireResponse` when it asks for answers. Whoever asks.
///
/// # Errors
/// `not_found`.
pub fn answered(conn: &mut DbConn, id: TaskId, public_url: &str) -> Result<(Task, Option<Value>), AppError> {
    let kept = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    let resource = kept.task.kind.asks().then(|| resource(conn, &kept, public_url)).transpose()?;
    Ok((kept.task, resource))
}

fn resource(conn: &mut DbConn, kept: &Kept, public_url: &str) -> Result<Value, AppError> {
    let (found, answered_at) = (response(conn, kept)?, kept.task.answered_at);
    let header = header((found.questionnaire_id, found.number), public_url, None);
    let mut resource = omasote_fhir::response(&found.form, &found.answers, &header)
        .map_err(|_| AppError::internal("kept answers that are not of their form"))?;
    let fields =
        resource.as_object_mut().ok_or_else(|| AppError::internal("a resource that is no object"))?;
    fields.insert("identifier".to_owned(), fhir::identifier(&kept.task.id.to_string()));
    let subject = json!({ "identifier": fhir::identifier(&kept.parties.citizen.to_string()) });
    fields.insert("subject".to_owned(), subject);
    match answered_at.or(found.written_at) {
        Some(at) => fields.insert("authored".to_owned(), json!(at.to_rfc3339())),
        None => None,
    };
    if answered_at.is_none() {
        fields.insert("status".to_owned(), json!("in-progress"));
    }
    Ok(resource)
}

fn counted((task_id, answered_at): (TaskId, Instant), form: Form, answers: &Answers) -> Vec<PastScore> {
    let Ok(prepared) = Prepared::new(form) else { return Vec::new() };
    let reading = prepared.read(answers);
    let counted = reading.scores().filter_map(|outcome| match outcome {
        Outcome::Counted { score, value, band, range: (least, most) } => Some(PastScore {
            task_id,
            answered_at,
            code: score.code.clone(),
            name: score.name.clone(),
            value,
            least,
            most,
            band: band.map(|band| PastBand { text: band.text.clone(), severity: band.severity }),
            is_screening: score.is_screening,
        }),
        Outcome::Missing { .. } => None,
    });
    counted.collect()
}
