//! What is written to the patient record: the thread as a Communication and each chosen message as one that is part of it, or what was
//! answered as a QuestionnaireResponse; and the summary as a document. Each has an identifier by which it is made once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use omasote_types::messages::{Message, Thread};
use omasote_types::records::RecordKind;
use omasote_types::tasks::Task;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::fhir::{self, Parties, set};
use crate::services::records::{Outgoing, Source};

/// The kinds of entries are this service's own: neither HL7 nor the national code service has a list of what comes of messages.
const KINDS: &str = "urn:omasote:record-kind";

/// The resources of one entry.
pub(super) struct Resources(Vec<Resource>);

/// A resource that is made unless there is one with its identifier.
struct Resource {
    kind: &'static str,
    /// Ours, as it stands in the identifier.
    identifier: String,
    /// By which the others refer to it, in this transaction. It is another than the identifier, as servers put their own address
    /// in its place wherever it stands.
    place: String,
    content: Value,
}

impl Resource {
    fn new(kind: &'static str, id: &Uuid, place: &str, mut content: Value) -> Self {
        if let Some(fields) = content.as_object_mut() {
            set(fields, "identifier", json!([fhir::identifier(&id.to_string())]));
        }
        Self { kind, identifier: format!("urn:uuid:{id}"), place: place.to_owned(), content }
    }

    fn entry(&self) -> Value {
        json!({
            "fullUrl": self.place,
            "resource": self.content,
            "request": {
                "method": "POST",
                "url": self.kind,
                "ifNoneExist": format!("identifier={}|{}", fhir::URI, self.identifier),
            },
        })
    }
}

fn new_place() -> String {
    format!("urn:uuid:{}", Uuid::new_v4())
}

impl Resources {
    /// What is written of an entry about a person whom the other system calls `patient`.
    pub(super) fn of(outgoing: &Outgoing, patient: &str) -> Self {
        let parties = Parties {
            citizen: fhir::reference(&format!("Patient/{patient}")),
            unit: json!({ "display": outgoing.unit.fi }),
        };
        let mut all = match &outgoing.source {
            Source::Messages { thread, messages } => conversation(thread, messages, &parties),
            Source::Task { task, response } => {
                response.iter().map(|response| answers(task, response, &parties)).collect()
            }
        };
        let related: Vec<Value> = all.iter().map(|resource| fhir::reference(&resource.place)).collect();
        let document = document(outgoing, &parties, &related);
        all.push(Resource::new("DocumentReference", outgoing.record.id.as_uuid(), &new_place(), document));
        Self(all)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, to be made together.
    pub(super) fn transaction(&self) -> Value {
        let entries: Vec<Value> = self.0.iter().map(Resource::entry).collect();
        json!({ "resourceType": "Bundle", "type": "transaction", "entry": entries })
    }

    /// Their identifiers, by kind; the document first, as it is missing when anything is.
    pub(super) fn by_kind(&self) -> Vec<(&'static str, Vec<String>)> {
        let kinds = ["DocumentReference", "Communication", "QuestionnaireResponse"].map(|kind| {
            let own = self.0.iter().filter(|resource| resource.kind == kind);
            (kind, own.map(|resource| resource.identifier.clone()).collect::<Vec<_>>())
        });
        kinds.into_iter().filter(|(_, identifiers)| !identifiers.is_empty()).collect()
    }
}

/// The thread and the chosen messages.
fn conversation(thread: &Thread, messages: &[Message], parties: &Parties) -> Vec<Resource> {
    let places: Vec<String> = messages.iter().map(|_| new_place()).collect();
    let header = new_place();
    let of = fhir::reference(&header);
    let head = fhir::header(thread, parties);
    let mut all = vec![Resource::new("Communication", thread.id.as_uuid(), &header, head)];
    for (position, (message, place)) in messages.iter().zip(&places).enumerate() {
        let mut content = fhir::part(message, parties, &of, &|_| None);
        let answered = answered(messages, position).and_then(|position| places.get(position));
        if let (Some(answered), Some(fields)) = (answered, content.as_object_mut()) {
            set(fields, "inResponseTo", json!([fhir::reference(answered)]));
        }
        all.push(Resource::new("Communication", message.id.as_uuid(), place, content));
    }
    all
}

/// What was answered, of the person whom the other system knows.
fn answers(task: &Task, response: &Value, parties: &Parties) -> Resource {
    let mut content = response.clone();
    if let Some(fields) = content.as_object_mut() {
        set(fields, "subject", parties.citizen.clone());
        set(fields, "source", parties.citizen.clone());
    }
    // Of this kind there is one identifier and not a list.
    let identifier = content.get("identifier").cloned();
    let mut resource = Resource::new("QuestionnaireResponse", task.id.as_uuid(), &new_place(), content);
    if let (Some(identifier), Some(fields)) = (identifier, resource.content.as_object_mut()) {
        set(fields, "identifier", identifier);
    }
    resource
}

/// Which message another answers: the newest before it of the other side.
fn answered(messages: &[Message], position: usize) -> Option<usize> {
    let side = fhir::side_of(messages.get(position)?);
    messages.get(..position)?.iter().rposition(|earlier| fhir::side_of(earlier) != side)
}

/// The summary.
fn document(outgoing: &Outgoing, parties: &Parties, related: &[Value]) -> Value {
    let record = &outgoing.record;
    let author = record.by.as_ref().map(|by| format!("{}, {}", by.name, by.title));
    let mut fields = Map::new();
    set(&mut fields, "resourceType", json!("DocumentReference"));
    set(&mut fields, "masterIdentifier", fhir::identifier(&record.id.to_string()));
    set(&mut fields, "status", json!("current"));
    set(&mut fields, "docStatus", json!("final"));
    set(&mut fields, "type", kind(record.kind));
    set(&mut fields, "subject", parties.citizen.clone());
    set(&mut fields, "date", json!(record.created_at.to_rfc3339()));
    if let Some(author) = author {
        set(&mut fields, "author", json!([{ "display": author }]));
    }
    set(&mut fields, "custodian", parties.unit.clone());
    let about = match &outgoing.source {
        Source::Messages { thread, .. } => &thread.topic.fi,
        Source::Task { task, .. } => &task.title.fi,
    };
    set(&mut fields, "description", json!(about));
    let attachment = json!({
        "contentType": "text/plain; charset=utf-8",
        "data": STANDARD.encode(&record.summary),
        "title": name_of(record.kind),
        "creation": record.created_at.to_rfc3339(),
    });
    set(&mut fields, "content", json!([{ "attachment": attachment }]));
    if !related.is_empty() {
        set(&mut fields, "context", json!({ "related": related }));
    }
    Value::Object(fields)
}

fn kind(kind: RecordKind) -> Value {
    let name = name_of(kind);
    json!({ "coding": [{ "system": KINDS, "code": kind.code(), "display": name }], "text": name })
}

/// In Finnish, as it stands in the record.
const fn name_of(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Contact => "Yhteydenotto",
        RecordKind::Assessment => "Hoidon tarpeen arviointi",
        RecordKind::Guidance => "Ohjaus ja neuvonta",
        RecordKind::Medication => "Lääkitysasia",
        RecordKind::ClientNote => "Asiakaskirjaus",
    }
}
