//! What of ours maps to FHIR R4 the same way wherever it goes: threads and their messages. A thread is a Communication without
//! payload, each message one that is part of it. Notes are no messages: they never get here.
//!
//! Source: <https://hl7.org/fhir/R4/>; the national identity code's system is that of the Finnish base profiles.

use omasote_types::attachments::Attachment;
use omasote_types::messages::{Message, Sender, Side, Thread, ThreadState};
use serde_json::{Map, Value, json};

/// The system of personal identity codes.
pub use omasote_fhir::IDENTITY_CODE;
/// The system of identifiers that are URIs.
pub const URI: &str = "urn:ietf:rfc:3986";

/// How the two sides of a thread are referred to.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The citizen: a Reference.
    pub citizen: Value,
    /// The unit: a Reference.
    pub unit: Value,
}

/// A Reference to a resource.
#[must_use]
pub fn reference(to: &str) -> Value {
    json!({ "reference": to })
}

/// The identifier by which something of ours is known elsewhere.
#[must_use]
pub fn identifier(id: &str) -> Value {
    json!({ "system": URI, "value": format!("urn:uuid:{id}") })
}

/// The thread.
#[must_use]
pub fn header(thread: &Thread, parties: &Parties) -> Value {
    let status = if thread.state == ThreadState::Closed { "completed" } else { "in-progress" };
    json!({
        "resourceType": "Communication",
        "status": status,
        "subject": parties.citizen,
        "topic": { "text": thread.topic.fi },
        "recipient": [parties.citizen, parties.unit],
        "sent": thread.created_at.to_rfc3339(),
    })
}

/// Where a file can be fetched by who gets the resource; none when it stays here.
pub type AddressOf<'a> = &'a dyn Fn(&Attachment) -> Option<String>;

/// A message of the thread that `header` refers to.
#[must_use]
pub fn part(message: &Message, parties: &Parties, header: &Value, address_of: AddressOf<'_>) -> Value {
    let (sender, recipient) = match &message.sender {
        Sender::Citizen { name, .. } => (displayed(&parties.citizen, name), &parties.unit),
        Sender::Unit { name, title, .. } => {
            (displayed(&parties.unit, &format!("{name}, {title}")), &parties.citizen)
        }
    };
    let mut resource = json!({
        "resourceType": "Communication",
        "status": "completed",
        "partOf": [header],
        "subject": parties.citizen,
        "sender": sender,
        "recipient": [recipient],
        "sent": message.sent_at.to_rfc3339(),
        "payload": payload(message, address_of),
    });
    if let Some(fields) = resource.as_object_mut() {
        if let Some(opened) = &message.opened {
            set(fields, "received", json!(opened.at.to_rfc3339()));
        }
        if let Sender::Citizen { proxy: Some(proxy), .. } = &message.sender {
            set(fields, "note", json!([{ "text": format!("Kirjoitti: {proxy}") }]));
        }
    }
    resource
}

/// The texts, what they lead to, and the files that came with them. Of a file that stays here it is told that there was one.
fn payload(message: &Message, address_of: AddressOf<'_>) -> Vec<Value> {
    let told = message.instructions.iter().map(|instruction| instruction.text.as_str());
    let texts = std::iter::once(message.text.as_str()).chain(told);
    let texts = texts.map(|text| json!({ "contentString": text }));
    let files = message.attachments.iter().map(|file| {
        let (kind, name, size) = (file.media_type.as_str(), &file.name, file.bytes);
        let mut attachment = json!({ "contentType": kind, "title": name, "size": size });
        if let (Some(fields), Some(address)) = (attachment.as_object_mut(), address_of(file)) {
            set(fields, "url", json!(address));
        }
        json!({ "contentAttachment": attachment })
    });
    let links = message.links.iter().map(|link| {
        json!({ "contentReference": { "identifier": identifier(&link.id.to_string()), "display": link.title.fi } })
    });
    texts.chain(links).chain(files).collect()
}

/// Who sent a message.
#[must_use]
pub const fn side_of(message: &Message) -> Side {
    match message.sender {
        Sender::Citizen { .. } => Side::Citizen,
        Sender::Unit { .. } => Side::Unit,
    }
}

/// Sets a field.
pub fn set(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.insert(name.to_owned(), value);
}

/// A Reference with the name of who it leads to.
fn displayed(to: &Value, name: &str) -> Value {
    let mut reference = to.clone();
    if let Some(fields) = reference.as_object_mut() {
        set(fields, "display", json!(name));
    }
    reference
}
