//! What the other side answers, and what is to be believed of it.

use std::time::Duration;

use omasote_fhir::is_id;
use omasote_types::records::RecordTrouble;
use openidconnect::HttpResponse;
use openidconnect::http::StatusCode;
use openidconnect::http::header::RETRY_AFTER;
use serde_json::Value;

use crate::fhir;
use crate::services::outbox::Attempt;

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It may pass by itself; the other side may have said when.
    Passing(RecordTrouble, Option<Duration>),
    /// Somebody has to do something.
    Lasting(RecordTrouble),
}

impl Trouble {
    pub(crate) const fn passing(trouble: RecordTrouble) -> Self {
        Self::Passing(trouble, None)
    }

    /// Whether what was sent may have been stored all the same. Who refuses stores nothing.
    pub(super) const fn may_be_stored(self) -> bool {
        matches!(self, Self::Passing(..))
    }

    /// What stood in the way.
    #[must_use]
    pub const fn of(self) -> RecordTrouble {
        match self {
            Self::Passing(trouble, _) | Self::Lasting(trouble) => trouble,
        }
    }
}

impl From<Trouble> for Attempt<RecordTrouble> {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Passing(trouble, wish) => Self::Passing(trouble, wish),
            Trouble::Lasting(trouble) => Self::Lasting(trouble),
        }
    }
}

/// An answer that came.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    retry_after: Option<Duration>,
    body: Vec<u8>,
}

impl Answer {
    pub(super) fn of(answer: &HttpResponse) -> Self {
        let wish = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        Self {
            status: answer.status(),
            retry_after: wish.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs),
            body: answer.body().clone(),
        }
    }

    /// What it says, when it is a success.
    pub(super) fn checked(self) -> Result<Value, Trouble> {
        let status = self.status;
        if status.is_success() {
            let read = serde_json::from_slice(&self.body);
            return read.map_err(|_| Trouble::passing(RecordTrouble::WrongAnswer));
        }
        Err(match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Trouble::Lasting(RecordTrouble::AccessDenied),
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::CONFLICT
            | StatusCode::TOO_EARLY
            | StatusCode::TOO_MANY_REQUESTS => Trouble::Passing(RecordTrouble::Unreachable, self.retry_after),
            StatusCode::NOT_IMPLEMENTED => Trouble::Lasting(RecordTrouble::Refused),
            _ if status.is_server_error() => Trouble::Passing(RecordTrouble::Unreachable, self.retry_after),
            _ => Trouble::Lasting(RecordTrouble::Refused),
        })
    }
}

/// What a search found, of one kind; none when it is no answer to a search.
pub(super) fn found<'a>(bundle: &'a Value, kind: &str) -> Option<Vec<&'a Value>> {
    if bundle.get("type").and_then(Value::as_str) != Some("searchset") {
        return None;
    }
    let entries = bundle.get("entry").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let resources = entries.iter().filter_map(|entry| entry.get("resource"));
    let is_of_kind = |resource: &&Value| resource.get("resourceType").and_then(Value::as_str) == Some(kind);
    Some(resources.filter(is_of_kind).collect())
}

fn is_known_as(resource: &Value, (system, value): (&str, &str)) -> bool {
    let identifiers = resource.get("identifier").and_then(Value::as_array);
    identifiers.into_iter().flatten().any(|identifier| {
        let text = |field| identifier.get(field).and_then(Value::as_str);
        text("system") == Some(system) && text("value").is_some_and(|held| held.eq_ignore_ascii_case(value))
    })
}

/// The one person with an identity code. Nobody is chosen among several, and nobody is taken whom the answer does not name
/// by that very code.
pub(super) fn one_patient(bundle: &Value, code: &str) -> Result<String, Trouble> {
    let wrong = Trouble::passing(RecordTrouble::WrongAnswer);
    let patients = found(bundle, "Patient").ok_or(wrong)?;
    if !patients.iter().all(|patient| is_known_as(patient, (fhir::IDENTITY_CODE, code))) {
        return Err(wrong);
    }
    let total = bundle.get("total").and_then(Value::as_u64).unwrap_or_default();
    let patient = match patients.as_slice() {
        [] if total == 0 => return Err(Trouble::Lasting(RecordTrouble::NoPatient)),
        [patient] if total <= 1 => patient,
        [] => return Err(wrong),
        _ => return Err(Trouble::Lasting(RecordTrouble::SeveralPatients)),
    };
    // Who is not in use there any more was replaced by somebody whom only people know.
    if patient.get("active").and_then(Value::as_bool) == Some(false) {
        return Err(Trouble::Lasting(RecordTrouble::NoPatient));
    }
    let id = patient.get("id").and_then(Value::as_str).filter(|id| is_id(id));
    id.map(str::to_owned).ok_or(wrong)
}

/// Whether the answer says of each of so many resources that it is there.
pub(super) fn is_whole(bundle: &Value, count: usize) -> bool {
    let is_made = |entry: &Value| {
        let status = entry.pointer("/response/status").and_then(Value::as_str).unwrap_or_default();
        status.starts_with("200") || status.starts_with("201")
    };
    let entries = bundle.get("entry").and_then(Value::as_array);
    bundle.get("type").and_then(Value::as_str) == Some("transaction-response")
        && entries.is_some_and(|entries| entries.len() == count && entries.iter().all(is_made))
}

/// Whether a search found a resource of a kind for each identifier.
pub(super) fn has_all(bundle: &Value, kind: &str, identifiers: &[String]) -> bool {
    let Some(resources) = found(bundle, kind) else { return false };
    identifiers
        .iter()
        .all(|identifier| resources.iter().any(|resource| is_known_as(resource, (fhir::URI, identifier))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CODE: &str = "010594Y9032";

    fn patient(id: &str, code: &str) -> Value {
        let identifier = json!([{ "system": fhir::IDENTITY_CODE, "value": code }]);
        json!({ "resource": { "resourceType": "Patient", "id": id, "identifier": identifier } })
    }

    fn searched(entries: &[Value]) -> Value {
        json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries })
    }

    #[test]
    fn a_person_is_taken_only_when_there_is_one_with_that_very_code() {
        assert_eq!(one_patient(&searched(&[patient("a", CODE)]), CODE), Ok("a".to_owned()));
        let lasting = |trouble| Err(Trouble::Lasting(trouble));
        assert_eq!(one_patient(&searched(&[]), CODE), lasting(RecordTrouble::NoPatient));
        let two = searched(&[patient("a", CODE), patient("b", CODE)]);
        assert_eq!(one_patient(&two, CODE), lasting(RecordTrouble::SeveralPatients));
        let mut more = searched(&[patient("a", CODE)]);
        more["total"] = json!(2);
        assert_eq!(one_patient(&more, CODE), lasting(RecordTrouble::SeveralPatients));
        let mut replaced = searched(&[patient("a", CODE)]);
        replaced["entry"][0]["resource"]["active"] = json!(false);
        assert_eq!(one_patient(&replaced, CODE), lasting(RecordTrouble::NoPatient));
    }

    #[test]
    fn an_answer_that_does_not_hold_is_none() {
        let wrong = Err(Trouble::passing(RecordTrouble::WrongAnswer));
        for answer in [
            json!(null),
            json!({ "resourceType": "Patient" }),
            searched(&[patient("a", "010594Y9021")]),
            searched(&[patient("../a", CODE)]),
            searched(&[patient("", CODE)]),
            json!({ "type": "searchset", "total": 1 }),
        ] {
            assert_eq!(one_patient(&answer, CODE), wrong, "{answer}");
        }
    }

    #[test]
    fn an_answer_is_whole_when_each_resource_was_made() {
        let made = |statuses: &[&str]| {
            let entries: Vec<Value> =
                statuses.iter().map(|status| json!({ "response": { "status": status } })).collect();
            json!({ "type": "transaction-response", "entry": entries })
        };
        assert!(is_whole(&made(&["201 Created", "200"]), 2));
        assert!(!is_whole(&made(&["201 Created"]), 2));
        assert!(!is_whole(&made(&["201", "412 Precondition Failed"]), 2));
        assert!(!is_whole(&json!({ "type": "batch-response", "entry": [] }), 0));
    }
}
