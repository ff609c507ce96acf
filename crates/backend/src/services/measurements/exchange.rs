//! Measurements as Observations of FHIR R4, for systems outside.

use omasote_fhir::{Reason, observation};
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{BatchMode, BatchResult, MAX_BATCH, MeasurementQuery, NewMeasurements};
use serde_json::{Value, json};

use super::super::questionnaires::code_of;
use super::{list, record_many};
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::fhir;
use crate::policy::{self, Action, Part, Resource};

/// A page of a citizen's measurements as a Bundle, whose `next` link leads on.
///
/// # Errors
/// As of the list.
pub fn export(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    (query, public_url): (&MeasurementQuery, &str),
) -> Result<Value, AppError> {
    let page = list(conn, call, of, query)?;
    // The person is in no Bundle: they are known by their id here.
    let subject = json!({ "identifier": fhir::identifier(&of.to_string()) });
    let entries = page.items.iter().map(|one| {
        json!({
            "fullUrl": format!("urn:uuid:{}", one.id),
            "resource": observation(one, &subject),
            "search": { "mode": "match" },
        })
    });
    let mut bundle =
        json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries.collect::<Value>() });
    if let (Some(cursor), Some(fields)) = (page.next_cursor, bundle.as_object_mut()) {
        let mut url = format!("{public_url}/api/v1/citizens/{of}/measurements/fhir?kind={}", query.kind);
        let days = [("from", query.from), ("to", query.to)];
        for (name, day) in days.into_iter().filter_map(|(name, day)| Some((name, day?))) {
            url.push_str(&format!("&{name}={day}"));
        }
        url.push_str(&query.limit.map_or_else(String::new, |limit| format!("&limit={limit}")));
        let link = json!([{ "relation": "next", "url": format!("{url}&cursor={cursor}") }]);
        fields.insert("link".to_owned(), link);
    }
    Ok(bundle)
}

/// Keeps an Observation, or all those of a Bundle: all or none.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`; `validation_failed` with every reason why one does not fit.
pub fn import(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    resource: &Value,
) -> Result<BatchResult, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::Measurements))?;
    let observations: Vec<&Value> = match resource["entry"].as_array() {
        Some(entries) if resource["resourceType"] == "Bundle" => {
            entries.iter().map(|entry| &entry["resource"]).collect()
        }
        _ => vec![resource],
    };
    if observations.len() > MAX_BATCH {
        return Err(AppError::field("entry", FieldErrorCode::TooLong));
    }
    let (mut measurements, mut refused) = (Vec::with_capacity(observations.len()), Vec::new());
    for (place, observation) in observations.into_iter().enumerate() {
        match omasote_fhir::measurement(observation) {
            Ok(measurement) => measurements.push(measurement),
            Err(reasons) => refused.extend(reasons.into_iter().map(|reason| field(place, &reason))),
        }
    }
    if !refused.is_empty() {
        return Err(refused.into());
    }
    record_many(tx, call, of, &NewMeasurements { measurements, mode: BatchMode::AllOrNothing })
}

fn field(place: usize, reason: &Reason) -> FieldError {
    FieldError { field: format!("measurements.{place}.{}", reason.element), code: code_of(reason.why) }
}
