//! Appointments (ajanvaraukset) of another system, read as FHIR R4, and what is written back into them.
//!
//! Sources: <https://hl7.org/fhir/R4/appointment.html>; the Finnish status codes (Ajanvaraus - Ajanvarauksen tila,
//! 1.2.246.537.6.881) and their extension are those of HL7 Finland's scheduling guide, which is in ballot.

use chrono::{DateTime, TimeDelta, Utc};
use omasote_types::events::EventTime;
use serde_json::{Map, Value, json};

/// The system of personal identity codes.
pub const IDENTITY_CODE: &str = "urn:oid:1.2.246.21";
/// Where the Finnish status stands: on the status itself.
const FINNISH_STATUS: &str = "https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/ajanvarauksen-tila";
const FINNISH_STATUS_CODES: &str = "urn:oid:1.2.246.537.6.881";
/// The code of an appointment that was called off (Peruttu).
const FINNISH_CANCELLED: &str = "4";
/// R5's element, as R4 carries it.
const VIRTUAL_SERVICE: &str =
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.virtualService";
const CANCELLATION_REASONS: &str = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";
/// Cancelled by the patient by a portal.
const BY_PORTAL: &str = "pat-cpp";
/// How long FHIR lets an id be.
const MAX_ID_CHARACTERS: usize = 64;

/// An appointment of another system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// What the system calls it.
    pub id: String,
    /// What it calls this version of it.
    pub version: String,
    /// Where it stands.
    pub state: AppointmentState,
    /// When it is; one that is agreed on has it.
    pub time: Option<EventTime>,
    /// Whose it is.
    pub patient: Patient,
    /// Who takes part besides: services, places, people; each as it is referred to and as it is known elsewhere
    /// (`system|value`).
    pub others: Vec<String>,
    /// Where it is, in words.
    pub place: Option<String>,
    /// What it is, in words.
    pub title: Option<String>,
    /// What the patient is to do before.
    pub instruction: Option<String>,
    /// What kind of a meeting it is (asiointitapa): codes, as `system|code`.
    pub ways: Vec<String>,
    /// Where a video call is.
    pub link: Option<String>,
}

/// Where an appointment stands, for somebody who is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppointmentState {
    /// It is agreed on; it may have been.
    Agreed,
    /// It is planned or proposed: nobody is expected yet.
    NotAgreed,
    /// It will not be.
    Cancelled,
}

/// Whose an appointment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Patient {
    /// The person with this identity code.
    Code(String),
    /// The person whom the system calls so; the code is to be asked for.
    Id(String),
}

/// Why an appointment cannot be read. What it says stays out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppointmentTrouble {
    /// It is no appointment, or has no id or version.
    NotAnAppointment,
    /// Its status is none that is known.
    UnknownStatus,
    /// Its two statuses, FHIR's and the Finnish one, say different things.
    StatusesDisagree,
    /// It has no time, or one that goes backwards.
    NoTime,
    /// It names no patient, or more than one.
    NotOnePatient,
    /// Something in it changes what the rest means.
    ModifiedMeaning,
}

impl AppointmentTrouble {
    /// A word for it, for logs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAnAppointment => "not_an_appointment",
            Self::UnknownStatus => "unknown_status",
            Self::StatusesDisagree => "statuses_disagree",
            Self::NoTime => "no_time",
            Self::NotOnePatient => "not_one_patient",
            Self::ModifiedMeaning => "modified_meaning",
        }
    }
}

/// The id and the version of an appointment, even of one that cannot be read.
#[must_use]
pub fn appointment_version(resource: &Value) -> Option<(&str, &str)> {
    let id = text(resource, "/id").filter(|id| is_id(id))?;
    let version = text(resource, "/meta/versionId").or_else(|| text(resource, "/meta/lastUpdated"))?;
    (text(resource, "/resourceType") == Some("Appointment")).then_some((id, version))
}

/// Reads an appointment.
///
/// # Errors
/// Why it cannot be read.
pub fn appointment(resource: &Value) -> Result<Appointment, AppointmentTrouble> {
    let (id, version) = appointment_version(resource).ok_or(AppointmentTrouble::NotAnAppointment)?;
    if list(resource, "/modifierExtension").next().is_some() {
        return Err(AppointmentTrouble::ModifiedMeaning);
    }
    let (state, time) = (state(resource)?, time(resource));
    if state == AppointmentState::Agreed && time.is_none() {
        return Err(AppointmentTrouble::NoTime);
    }
    let others: Vec<&Value> = participants(resource).filter(|one| !is_patient(resource, one)).collect();
    let service = |path: &str| text(resource, path).map(str::to_owned);
    let title = service("/description")
        .or_else(|| service("/serviceType/0/text"))
        .or_else(|| service("/serviceType/0/coding/0/display"));
    Ok(Appointment {
        id: id.to_owned(),
        version: version.to_owned(),
        state,
        time,
        patient: patient(resource).ok_or(AppointmentTrouble::NotOnePatient)?,
        others: others.iter().flat_map(|one| names(resource, one)).collect(),
        place: others.iter().find_map(|one| place(resource, one)),
        title,
        instruction: service("/patientInstruction"),
        ways: codings(resource.pointer("/appointmentType")).collect(),
        link: link(resource),
    })
}

/// The appointment, called off by the patient.
#[must_use]
pub fn called_off(mut resource: Value) -> Value {
    let coding = json!({ "system": CANCELLATION_REASONS, "code": BY_PORTAL });
    let is_finnish = finnish_status(&resource).is_some();
    if let Some(elements) = resource.as_object_mut() {
        elements.insert("status".to_owned(), json!("cancelled"));
        elements.insert("cancelationReason".to_owned(), json!({ "coding": [coding] }));
        if is_finnish {
            set_finnish_status(elements);
        }
    }
    resource
}

fn set_finnish_status(elements: &mut Map<String, Value>) {
    let extensions = elements.get_mut("_status").and_then(|status| status.get_mut("extension"));
    let Some(extensions) = extensions.and_then(Value::as_array_mut) else { return };
    for extension in extensions.iter_mut().filter(|extension| text(extension, "/url") == Some(FINNISH_STATUS))
    {
        let coding =
            json!({ "system": FINNISH_STATUS_CODES, "code": FINNISH_CANCELLED, "display": "Peruttu" });
        *extension = json!({ "url": FINNISH_STATUS, "valueCoding": coding });
    }
}

fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    value.pointer(path).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn list<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(path).and_then(Value::as_array).into_iter().flatten()
}

/// Whether it is an id: it comes to stand in references and addresses.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    (1..=MAX_ID_CHARACTERS).contains(&text.len()) && text.bytes().all(is_plain) && text != "." && text != ".."
}

/// The two statuses must agree: which of them to believe is not for us to say.
fn state(resource: &Value) -> Result<AppointmentState, AppointmentTrouble> {
    let status = text(resource, "/status").and_then(of_status).ok_or(AppointmentTrouble::UnknownStatus)?;
    match finnish_status(resource) {
        None => Ok(status),
        Some(code) => match of_finnish_status(code) {
            None => Err(AppointmentTrouble::UnknownStatus),
            Some(finnish) if finnish == status => Ok(status),
            Some(_) => Err(AppointmentTrouble::StatusesDisagree),
        },
    }
}

fn of_status(status: &str) -> Option<AppointmentState> {
    Some(match status {
        "booked" | "arrived" | "fulfilled" | "noshow" | "checked-in" => AppointmentState::Agreed,
        "proposed" | "pending" | "waitlist" => AppointmentState::NotAgreed,
        "cancelled" | "entered-in-error" => AppointmentState::Cancelled,
        _ => return None,
    })
}

/// Suunniteltu, Tilattu, Varattu, Peruttu, Siirretty, Alkanut, Toteutunut, Ehdotettu, Saapumatta, Ilmoittautunut.
fn of_finnish_status(code: &str) -> Option<AppointmentState> {
    Some(match code {
        "3" | "6" | "7" | "9" | "10" => AppointmentState::Agreed,
        "1" | "2" | "8" => AppointmentState::NotAgreed,
        // What was moved is another appointment now.
        "4" | "5" => AppointmentState::Cancelled,
        _ => return None,
    })
}

fn finnish_status(resource: &Value) -> Option<&str> {
    let mut found = list(resource, "/_status/extension")
        .filter(|extension| text(extension, "/valueCoding/system") == Some(FINNISH_STATUS_CODES));
    found.next().map(|extension| text(extension, "/valueCoding/code").unwrap_or_default())
}

fn time(resource: &Value) -> Option<EventTime> {
    let instant = |path: &str| text(resource, path).and_then(|text| text.parse::<DateTime<Utc>>().ok());
    let starts_at = instant("/start")?;
    let minutes = resource.pointer("/minutesDuration").and_then(Value::as_i64);
    let lasts = minutes.filter(|minutes| (1..=1440).contains(minutes)).map(TimeDelta::minutes);
    let ends_at = instant("/end").or_else(|| starts_at.checked_add_signed(lasts?))?;
    (starts_at < ends_at).then_some(EventTime { starts_at, ends_at })
}

fn participants(resource: &Value) -> impl Iterator<Item = &Value> {
    list(resource, "/participant").filter_map(|participant| participant.get("actor"))
}

/// A resource that came inside the appointment.
fn contained<'a>(resource: &'a Value, actor: &Value) -> Option<&'a Value> {
    let id = text(actor, "/reference")?.strip_prefix('#')?;
    list(resource, "/contained").find(|one| text(one, "/id") == Some(id))
}

/// How a participant is known: by its own identifier, and by those of what came with the appointment.
fn identifiers<'a>(resource: &'a Value, actor: &'a Value) -> impl Iterator<Item = (&'a str, &'a str)> {
    let inside = contained(resource, actor).into_iter().flat_map(|one| list(one, "/identifier"));
    let all = actor.get("identifier").into_iter().chain(inside);
    all.filter_map(|one| Some((text(one, "/system").unwrap_or_default(), text(one, "/value")?)))
}

fn is_patient(resource: &Value, actor: &Value) -> bool {
    let is_code = |(system, _): (&str, &str)| system == IDENTITY_CODE;
    let kind = contained(resource, actor).and_then(|one| text(one, "/resourceType"));
    text(actor, "/type") == Some("Patient")
        || kind == Some("Patient")
        || text(actor, "/reference").is_some_and(|reference| reference.starts_with("Patient/"))
        || identifiers(resource, actor).any(is_code)
}

fn patient(resource: &Value) -> Option<Patient> {
    let mut patients = participants(resource).filter(|one| is_patient(resource, one));
    let (one, more) = (patients.next()?, patients.next());
    if more.is_some() {
        return None;
    }
    let mut codes = identifiers(resource, one).filter(|(system, _)| *system == IDENTITY_CODE);
    match (codes.next(), codes.next()) {
        (Some((_, code)), None) => Some(Patient::Code(code.to_owned())),
        (Some(_), Some(_)) => None,
        (None, _) => {
            let id = text(one, "/reference")?.strip_prefix("Patient/")?;
            // A version of the person is that person.
            let id = id.split("/_history/").next().unwrap_or(id);
            is_id(id).then(|| Patient::Id(id.to_owned()))
        }
    }
}

fn names(resource: &Value, actor: &Value) -> Vec<String> {
    let known = identifiers(resource, actor).map(|(system, value)| format!("{system}|{value}"));
    text(actor, "/reference").map(str::to_owned).into_iter().chain(known).collect()
}

fn place(resource: &Value, actor: &Value) -> Option<String> {
    let inside = contained(resource, actor);
    let is_place = text(actor, "/type") == Some("Location")
        || inside.and_then(|one| text(one, "/resourceType")) == Some("Location")
        || text(actor, "/reference").is_some_and(|reference| reference.starts_with("Location/"));
    let name = text(actor, "/display").or_else(|| inside.and_then(|one| text(one, "/name")));
    let address = inside.and_then(|one| text(one, "/address/text"));
    let words: Vec<&str> = name.into_iter().chain(address).collect();
    (is_place && !words.is_empty()).then(|| words.join(", "))
}

fn codings(concept: Option<&Value>) -> impl Iterator<Item = String> {
    let all = concept.into_iter().flat_map(|concept| list(concept, "/coding"));
    all.filter_map(|one| {
        Some(format!("{}|{}", text(one, "/system").unwrap_or_default(), text(one, "/code")?))
    })
}

fn link(resource: &Value) -> Option<String> {
    let mut services =
        list(resource, "/extension").filter(|extension| text(extension, "/url") == Some(VIRTUAL_SERVICE));
    let service = services.next()?;
    let mut parts = list(service, "/extension")
        .filter(|part| text(part, "/url").is_some_and(|url| url.starts_with("address")));
    parts.find_map(|part| text(part, "/valueUrl")).map(str::to_owned)
}
