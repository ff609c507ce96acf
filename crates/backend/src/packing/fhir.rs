//! What maps to FHIR R4: the person, who acts for them, the units, their messages, events, measurements and answers.

use std::collections::BTreeMap;

use omasote_fhir::{Header, Status};
use omasote_types::Instant;
use omasote_types::attachments::Attachment;
use omasote_types::events::{Event, EventState};
use omasote_types::messages::{Message, Side};
use omasote_types::tasks::TaskResponse;
use omasote_types::units::UnitRef;
use serde_json::{Value, json};

use crate::fhir::{self, IDENTITY_CODE, Parties};
use crate::services::exports::{Everything, Matter, TaskDone};

/// The Bundle.
pub(super) fn bundle(everything: &Everything, now: Instant) -> Value {
    let patient = format!("urn:uuid:{}", everything.citizen.id);
    let mut entries = vec![entry(&patient, &self::patient(everything))];
    let of_matters = everything.matters.iter().map(|matter| &matter.thread.unit);
    let of_events = everything.events.iter().map(|event| &event.unit);
    let named = |unit: &'_ UnitRef| (unit.id.to_string(), unit.name.fi.clone());
    let units: BTreeMap<String, String> = of_matters.chain(of_events).map(named).collect();
    for (id, name) in units {
        entries
            .push(entry(&format!("urn:uuid:{id}"), &json!({ "resourceType": "Organization", "name": name })));
    }
    for proxy in &everything.proxies {
        let person = json!({
            "resourceType": "RelatedPerson",
            "patient": { "reference": patient },
            "name": [{ "text": proxy.proxy_name }],
            "period": period(proxy.starts_at, proxy.ends_at),
        });
        entries.push(entry(&format!("urn:uuid:{}", proxy.id), &person));
    }
    for event in &everything.events {
        entries.push(entry(&format!("urn:uuid:{}", event.id), &appointment(&patient, event)));
    }
    for one in &everything.measurements {
        let observation = omasote_fhir::observation(one, &fhir::reference(&patient));
        entries.push(entry(&format!("urn:uuid:{}", one.id), &observation));
    }
    for done in &everything.tasks {
        let answered = done.response.as_ref().and_then(|response| answers(&patient, done, response));
        entries.extend(answered.map(|answers| entry(&format!("urn:uuid:{}", done.task.id), &answers)));
    }
    for matter in &everything.matters {
        entries.extend(communications(&patient, matter));
    }
    json!({ "resourceType": "Bundle", "type": "collection", "timestamp": now.to_rfc3339(), "entry": entries })
}

/// What was answered to a task; none when nothing is.
fn answers(patient: &str, done: &TaskDone, response: &TaskResponse) -> Option<Value> {
    let url = format!("urn:uuid:{}", response.questionnaire_id);
    let header = Header { url, version: response.number.to_string(), status: Status::Active, date: None };
    let mut resource = omasote_fhir::response(&response.form, &response.answers, &header).ok()?;
    let (answered_at, fields) = (done.task.answered_at, resource.as_object_mut()?);
    fields.insert("subject".to_owned(), fhir::reference(patient));
    fields.insert("authored".to_owned(), json!(answered_at.or(response.written_at)?.to_rfc3339()));
    if answered_at.is_none() {
        fields.insert("status".to_owned(), json!("in-progress"));
    }
    Some(resource)
}

fn entry(full_url: &str, resource: &Value) -> Value {
    json!({ "fullUrl": full_url, "resource": resource })
}

fn period(start: Instant, end: Option<Instant>) -> Value {
    match end {
        Some(end) => json!({ "start": start.to_rfc3339(), "end": end.to_rfc3339() }),
        None => json!({ "start": start.to_rfc3339() }),
    }
}

fn patient(everything: &Everything) -> Value {
    let citizen = &everything.citizen;
    let given: Vec<&str> = citizen.given_name.split_whitespace().collect();
    let mut patient = json!({
        "resourceType": "Patient",
        "identifier": [{ "system": IDENTITY_CODE, "value": everything.identity_code }],
        "name": [{ "family": citizen.family_name, "given": given }],
        "birthDate": citizen.birth_date.to_string(),
        "communication": [{
            "language": { "coding": [{ "system": "urn:ietf:bcp:47", "code": citizen.language.code() }] },
            "preferred": true,
        }],
    });
    if let Some(fields) = patient.as_object_mut() {
        if let Some(phone) = &citizen.contact.phone {
            fields.insert("telecom".to_owned(), json!([{ "system": "phone", "value": phone }]));
        }
        if let Some(address) = &citizen.contact.address {
            fields.insert("address".to_owned(), json!([{ "text": address }]));
        }
    }
    patient
}

/// An Organization takes no part in an Appointment of FHIR, so the unit is told as what else there is to know.
fn appointment(patient: &str, event: &Event) -> Value {
    let by_citizen = event.cancelled.as_ref().is_some_and(|cancelled| cancelled.by == Side::Citizen);
    let (status, answer) = match event.state {
        EventState::Booked => ("booked", "needs-action"),
        EventState::Confirmed => ("booked", "accepted"),
        EventState::Cancelled if by_citizen => ("cancelled", "declined"),
        EventState::Cancelled => ("cancelled", "needs-action"),
    };
    let content = &event.content;
    let texts = [("comment", &content.directions), ("patientInstruction", &content.preparation)];
    let mut appointment = json!({
        "resourceType": "Appointment",
        "status": status,
        "description": content.title,
        "start": event.time.starts_at.to_rfc3339(),
        "end": event.time.ends_at.to_rfc3339(),
        "created": event.given_at.to_rfc3339(),
        "participant": [{ "actor": { "reference": patient }, "status": answer }],
        "supportingInformation": [{ "reference": format!("urn:uuid:{}", event.unit.id) }],
    });
    if let Some(fields) = appointment.as_object_mut() {
        let said = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
        fields.extend(said.map(|(name, text)| (name.to_owned(), json!(text))));
    }
    appointment
}

fn communications(patient: &str, matter: &Matter) -> Vec<Value> {
    let (thread, header) = (&matter.thread, format!("urn:uuid:{}", matter.thread.id));
    let unit = fhir::reference(&format!("urn:uuid:{}", thread.unit.id));
    let parties = Parties { citizen: fhir::reference(patient), unit };
    let head = entry(&header, &fhir::header(thread, &parties));
    let of = fhir::reference(&header);
    let part = |message: &Message| {
        let part = fhir::part(message, &parties, &of, &address_of);
        entry(&format!("urn:uuid:{}", message.id), &part)
    };
    std::iter::once(head).chain(matter.messages.iter().map(part)).collect()
}

/// Where a file is in the package.
fn address_of(file: &Attachment) -> Option<String> {
    Some(format!("{}/{}", super::folder_of(file), file.name))
}
