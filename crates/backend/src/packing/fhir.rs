//! What maps to FHIR R4: the person, who acts for them, the units, and their messages. A thread is a Communication without
//! payload, each message one that is part of it.
//!
//! Source: <https://hl7.org/fhir/R4/>; the national identity code's system is that of the Finnish base profiles.

use std::collections::BTreeMap;

use omasote_types::Instant;
use omasote_types::attachments::Attachment;
use omasote_types::messages::{Message, Sender, Side, ThreadState};
use serde_json::{Value, json};

use crate::services::exports::{Everything, Matter};

const IDENTITY_CODE: &str = "urn:oid:1.2.246.21";

/// The Bundle.
pub(super) fn bundle(everything: &Everything, now: Instant) -> Value {
    let patient = format!("urn:uuid:{}", everything.citizen.id);
    let mut entries = vec![entry(&patient, &self::patient(everything))];
    let units: BTreeMap<String, &str> = everything
        .matters
        .iter()
        .map(|matter| (matter.thread.unit.id.to_string(), matter.thread.unit.name.fi.as_str()))
        .collect();
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
    for matter in &everything.matters {
        entries.extend(communications(&patient, matter));
    }
    json!({ "resourceType": "Bundle", "type": "collection", "timestamp": now.to_rfc3339(), "entry": entries })
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

fn communications(patient: &str, matter: &Matter) -> Vec<Value> {
    let thread = &matter.thread;
    let header = format!("urn:uuid:{}", thread.id);
    let status = if thread.state == ThreadState::Closed { "completed" } else { "in-progress" };
    let unit = format!("urn:uuid:{}", thread.unit.id);
    let head = json!({
        "resourceType": "Communication",
        "status": status,
        "subject": { "reference": patient },
        "topic": { "text": thread.topic.fi },
        "recipient": [{ "reference": patient }, { "reference": unit }],
        "sent": thread.created_at.to_rfc3339(),
    });
    let parts = matter.messages.iter().map(|message| part(patient, &unit, &header, message));
    std::iter::once(entry(&header, &head)).chain(parts).collect()
}

/// The text, and each file by where it is in the package.
fn payload(message: &Message) -> Vec<Value> {
    let file = |file: &Attachment| {
        let url = format!("{}/{}", super::folder_of(file), file.name);
        let size = file.bytes;
        json!({ "contentAttachment": {
            "contentType": file.media_type.as_str(), "title": file.name, "size": size, "url": url,
        } })
    };
    let text = json!({ "contentString": message.text });
    std::iter::once(text).chain(message.attachments.iter().map(file)).collect()
}

fn part(patient: &str, unit: &str, header: &str, message: &Message) -> Value {
    let (sender, recipient, side) = match &message.sender {
        Sender::Citizen { name, .. } => {
            (json!({ "reference": patient, "display": name }), unit, Side::Citizen)
        }
        Sender::Unit { name, title, .. } => {
            (json!({ "reference": unit, "display": format!("{name}, {title}") }), patient, Side::Unit)
        }
    };
    let mut resource = json!({
        "resourceType": "Communication",
        "status": "completed",
        "partOf": [{ "reference": header }],
        "subject": { "reference": patient },
        "sender": sender,
        "recipient": [{ "reference": recipient }],
        "sent": message.sent_at.to_rfc3339(),
        "payload": payload(message),
    });
    if let (Side::Citizen, Sender::Citizen { proxy: Some(proxy), .. }, Some(fields)) =
        (side, &message.sender, resource.as_object_mut())
    {
        fields.insert("note".to_owned(), json!([{ "text": format!("Kirjoitti: {proxy}") }]));
    }
    entry(&format!("urn:uuid:{}", message.id), &resource)
}
