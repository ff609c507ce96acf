//! Appointments as systems write them.

use serde_json::{Value, json};

use crate::{AppointmentState, AppointmentTrouble, Patient, appointment, called_off};

const SYSTEM: &str = "urn:oid:1.2.246.537.6.881";

fn booked() -> Value {
    json!({
        "resourceType": "Appointment",
        "id": "a-1",
        "meta": { "versionId": "3", "lastUpdated": "2026-11-27T10:00:00.123+02:00" },
        "status": "booked",
        "description": "Verenpaineen mittaus",
        "start": "2026-12-03T09:00:00+02:00",
        "end": "2026-12-03T09:30:00+02:00",
        "comment": "Ei asiakkaalle",
        "patientInstruction": "Tule syömättä.",
        "appointmentType": { "coding": [{ "system": "urn:oid:1.2.246.537.6.884.2015", "code": "1" }] },
        "participant": [
            { "actor": { "reference": "Patient/p-1" }, "status": "accepted" },
            { "actor": { "reference": "HealthcareService/kuhmo" }, "status": "accepted" },
            { "actor": { "reference": "Location/l-1", "display": "Kuhmon terveysasema, huone 4" }, "status": "accepted" },
        ],
    })
}

fn with_finnish(status: &str, code: &str) -> Value {
    let mut resource = booked();
    resource["status"] = json!(status);
    let url = "https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/ajanvarauksen-tila";
    resource["_status"] =
        json!({ "extension": [{ "url": url, "valueCoding": { "system": SYSTEM, "code": code } }] });
    resource
}

#[test]
fn an_appointment_is_read() {
    let read = appointment(&booked()).unwrap();
    assert_eq!((read.id.as_str(), read.version.as_str(), read.state), ("a-1", "3", AppointmentState::Agreed));
    let time = read.time.unwrap();
    assert_eq!(time.starts_at.to_rfc3339(), "2026-12-03T07:00:00+00:00");
    assert_eq!((time.ends_at - time.starts_at).num_minutes(), 30);
    assert_eq!(read.patient, Patient::Id("p-1".to_owned()));
    assert_eq!(read.others, ["HealthcareService/kuhmo", "Location/l-1"]);
    assert_eq!(read.place.as_deref(), Some("Kuhmon terveysasema, huone 4"));
    assert_eq!(read.title.as_deref(), Some("Verenpaineen mittaus"));
    assert_eq!(read.instruction.as_deref(), Some("Tule syömättä."));
    assert_eq!(read.ways, ["urn:oid:1.2.246.537.6.884.2015|1"]);
    assert_eq!(read.link, None);
}

/// As the example of HL7 Finland's guide does, participants may be named by what they are known as.
#[test]
fn participants_are_named_by_identifiers_or_come_inside() {
    let mut resource = booked();
    resource["participant"] = json!([
        { "actor": { "identifier": { "system": "urn:oid:1.2.246.21", "value": "010594Y9032" } } },
        { "actor": { "identifier": { "value": "1.2.246.10.10303777.10.777" }, "display": "Vastaanotto" } },
        { "actor": { "reference": "#place" } },
    ]);
    resource["contained"] = json!([{
        "resourceType": "Location", "id": "place", "name": "Pääterveysasema", "address": { "text": "Sotkamontie 13" },
        "identifier": [{ "system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3" }],
    }]);
    resource["extension"] = json!([{
        "url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.virtualService",
        "extension": [{ "url": "address", "valueUrl": "https://video.example/1" }],
    }]);
    let read = appointment(&resource).unwrap();
    assert_eq!(read.patient, Patient::Code("010594Y9032".to_owned()));
    assert_eq!(read.others, ["|1.2.246.10.10303777.10.777", "#place", "urn:ietf:rfc:3986|urn:oid:1.2.3"]);
    assert_eq!(read.place.as_deref(), Some("Pääterveysasema, Sotkamontie 13"));
    assert_eq!(read.link.as_deref(), Some("https://video.example/1"));
}

/// The map between the two is that of HL7 Finland's scheduling guide.
#[test]
fn both_statuses_are_read_and_must_agree() {
    use AppointmentState::{Agreed, Cancelled, NotAgreed};
    for (status, code, state) in [
        ("waitlist", "1", NotAgreed),
        ("waitlist", "2", NotAgreed),
        ("proposed", "2", NotAgreed),
        ("booked", "3", Agreed),
        ("arrived", "3", Agreed),
        ("cancelled", "4", Cancelled),
        ("cancelled", "5", Cancelled),
        ("arrived", "6", Agreed),
        ("fulfilled", "6", Agreed),
        ("fulfilled", "7", Agreed),
        ("pending", "8", NotAgreed),
        ("noshow", "9", Agreed),
        ("checked-in", "10", Agreed),
    ] {
        assert_eq!(appointment(&with_finnish(status, code)).unwrap().state, state, "{status} {code}");
    }
    for (status, code) in [("booked", "4"), ("cancelled", "3"), ("proposed", "3")] {
        let read = appointment(&with_finnish(status, code));
        assert_eq!(read, Err(AppointmentTrouble::StatusesDisagree), "{status} {code}");
    }
    assert_eq!(appointment(&with_finnish("booked", "11")), Err(AppointmentTrouble::UnknownStatus));
}

#[test]
fn what_makes_no_sense_is_not_read() {
    use AppointmentTrouble::{ModifiedMeaning, NoTime, NotAnAppointment, NotOnePatient, UnknownStatus};
    let two = json!([{ "actor": { "reference": "Patient/a" } }, { "actor": { "reference": "Patient/b" } }]);
    for (path, value, trouble) in [
        ("/resourceType", json!("Encounter"), NotAnAppointment),
        ("/id", json!("../Patient/1"), NotAnAppointment),
        ("/meta", json!({}), NotAnAppointment),
        ("/status", json!("perhaps"), UnknownStatus),
        ("/start", json!("2026-12-03"), NoTime),
        ("/end", json!("2026-12-03T09:00:00+02:00"), NoTime),
        ("/participant", json!([]), NotOnePatient),
        ("/participant/0/actor/reference", json!("Patient/../x"), NotOnePatient),
        ("/participant", two, NotOnePatient),
    ] {
        let mut resource = booked();
        *resource.pointer_mut(path).unwrap() = value;
        assert_eq!(appointment(&resource), Err(trouble), "{path}");
    }
    let mut modified = booked();
    modified["modifierExtension"] = json!([{ "url": "https://example.org/not", "valueBoolean": true }]);
    assert_eq!(appointment(&modified), Err(ModifiedMeaning));
    assert_eq!(appointment(&Value::Null), Err(NotAnAppointment));
}

#[test]
fn what_is_not_agreed_needs_no_time_and_minutes_say_when_it_ends() {
    let mut proposed = booked();
    proposed["status"] = json!("proposed");
    proposed.as_object_mut().unwrap().retain(|name, _| name != "start" && name != "end");
    assert_eq!(appointment(&proposed).unwrap().time, None);
    let mut lasts = booked();
    lasts.as_object_mut().unwrap().remove("end");
    assert_eq!(appointment(&lasts), Err(AppointmentTrouble::NoTime));
    lasts["minutesDuration"] = json!(45);
    let time = appointment(&lasts).unwrap().time.unwrap();
    assert_eq!((time.ends_at - time.starts_at).num_minutes(), 45);
}

#[test]
fn calling_off_changes_the_status_and_nothing_else() {
    let before = with_finnish("booked", "3");
    let mut after = called_off(before.clone());
    assert_eq!(appointment(&after).unwrap().state, AppointmentState::Cancelled);
    assert_eq!(after["cancelationReason"]["coding"][0]["code"], "pat-cpp");
    for element in ["status", "_status"] {
        after[element] = before[element].clone();
    }
    after.as_object_mut().unwrap().remove("cancelationReason");
    assert_eq!(after, before);
}
