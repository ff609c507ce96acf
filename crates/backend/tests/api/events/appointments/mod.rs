//! Appointments of the patient information system: of a FHIR server that is not ours, and of one that misbehaves. What that system
//! says holds, nothing is guessed, nothing is there twice.

mod hostile;

use omasote_backend::deliveries::deliver_due;
use omasote_backend::fetching::fetch;
use omasote_types::audit::AccessQuery;
use omasote_types::events::EhrState;

use super::*;
use crate::records::{control, peer, settings};

const SECRET: &str = "only that system knows";
const PHONE: &str = "urn:oid:1.2.246.537.6.884.2015|3";

/// A server like `app`, on its database, that fetches the appointments of one unit from a system at `base`.
async fn connected(app: &TestApp, base: &str, unit: UnitId) -> TestApp {
    let folder = app.database.folder();
    std::fs::write(format!("{folder}/hook-secret"), SECRET).unwrap();
    let table = format!(
        "[appointments]\nhook_secret_file = \"hook-secret\"\nphone = [\"{PHONE}\"]\n[appointments.units]\n\
         \"{}\" = \"{unit}\"\n",
        service(unit)
    );
    let file = settings(&folder, base, &table);
    TestApp::start_on(app.database.clone(), &[("demo", "true"), ("ehr_file", &file)]).await
}

/// What the other system calls a unit.
fn service(unit: UnitId) -> String {
    format!("HealthcareService/{unit}")
}

/// A person in the other system.
async fn person(code: &str) -> String {
    control("patient", json!({ "code": code })).await["id"].as_str().unwrap().to_owned()
}

fn appointment(patient: &str, unit: UnitId, time: EventTime) -> Value {
    json!({
        "resourceType": "Appointment",
        "status": "booked",
        "description": "Lääkärin vastaanotto",
        "start": time.starts_at.to_rfc3339(),
        "end": time.ends_at.to_rfc3339(),
        "comment": "vain meille",
        "patientInstruction": "Ota lääkelista mukaan.",
        "participant": [
            { "actor": { "reference": format!("Patient/{patient}") }, "status": "accepted" },
            { "actor": { "reference": service(unit) }, "status": "accepted" },
            { "actor": { "reference": "Location/l1", "display": "Kuhmon terveysasema, huone 4" }, "status": "accepted" },
        ],
    })
}

/// Stores an appointment in the other system: a new one, or another version of it.
async fn store(resource: &Value) -> Value {
    control("appointment", resource.clone()).await
}

/// A citizen's events that are not over, when they have become so.
async fn when(app: &TestApp, of: &Citizen, is_so: impl Fn(&[Event]) -> bool) -> Vec<Event> {
    let mut events = Vec::new();
    for _ in 0..200 {
        fetch(&app.state).await.unwrap();
        deliver_due(&app.state).await.unwrap();
        events = of.list_events(of.id, &EventQuery::default()).await.unwrap().items;
        if is_so(&events) {
            return events;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it never became so: {events:?}");
}

/// A whole round has been made since.
async fn round(app: &TestApp) {
    for _ in 0..200 {
        if fetch(&app.state).await.unwrap().is_some() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("somebody else fetches all the time");
}

async fn events_of(of: &Citizen) -> Vec<Event> {
    of.list_events(of.id, &EventQuery::default()).await.unwrap().items
}

on_both_engines! {
    async fn what_is_booked_there_is_an_event_here_and_follows_it(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let patient = person(&aino.code()).await;
        let mut booked = store(&appointment(&patient, unit.id, in_hours(&app, 72))).await;
        let app = connected(&app, peer(), unit.id).await;
        let aino = app.again(aino).await;
        let hanna = app.professional(unit.id).await;
        let seen = when(&app, &aino, |events| !events.is_empty()).await.remove(0);
        assert_eq!((seen.ehr, seen.state, seen.unit.id), (Some(EhrState::InStep), EventState::Booked, unit.id));
        assert_eq!(seen.content.title, "Lääkärin vastaanotto");
        assert_eq!(seen.content.place, "Kuhmon terveysasema, huone 4");
        assert_eq!(seen.content.preparation, "Ota lääkelista mukaan.");
        assert!(!format!("{seen:?}").contains("vain meille"), "a comment is not for the citizen");
        let of_unit = hanna.list_unit_events(unit.id, &EventQuery::default()).await.unwrap().items;
        assert_eq!(of_unit.iter().map(|event| event.id).collect::<Vec<_>>(), [seen.id]);
        aino.confirm_event(seen.id).await.unwrap();

        // What the unit does with it, it does there.
        let wanted = EventUpdate { content: seen.content.clone(), time: in_hours(&app, 90) };
        let refused = hanna.update_event(seen.id, seen.version, &wanted).await;
        assert_eq!(code(refused), ErrorCode::KeptInEhr);
        let refused = hanna.cancel_event(seen.id, &EventCancellation::default()).await;
        assert_eq!(code(refused), ErrorCode::KeptInEhr);

        // Words change: it stays confirmed. The time changes: it is to be confirmed again.
        booked["patientInstruction"] = json!("Tule syömättä.");
        booked = store(&booked).await;
        let seen = when(&app, &aino, |events| events[0].content.preparation == "Tule syömättä.").await.remove(0);
        assert_eq!(seen.state, EventState::Confirmed);
        let later = in_hours(&app, 96);
        (booked["start"], booked["end"]) = (json!(later.starts_at.to_rfc3339()), json!(later.ends_at.to_rfc3339()));
        booked = store(&booked).await;
        let moved = when(&app, &aino, |events| events[0].time == later).await.remove(0);
        assert_eq!((moved.id, moved.state), (seen.id, EventState::Booked));

        booked["status"] = json!("cancelled");
        booked = store(&booked).await;
        let cancelled = when(&app, &aino, |events| events[0].state == EventState::Cancelled).await.remove(0);
        assert_eq!(cancelled.cancelled.unwrap().by, Side::Unit);

        // It is on again: that is another event, so that the history stays true.
        booked["status"] = json!("booked");
        store(&booked).await;
        let both = when(&app, &aino, |events| events.len() == 2).await;
        let again = both.iter().find(|event| event.id != seen.id).unwrap();
        assert_eq!((again.state, again.time), (EventState::Booked, later));

        app.seal().await;
        let query = AccessQuery { limit: Some(200), others_only: true, ..AccessQuery::default() };
        let lines = aino.list_accesses(aino.id, &query).await.unwrap().items;
        for operation in ["createEvent", "updateEvent", "cancelEvent"] {
            let is_theirs = lines.iter().any(|line| {
                line.operation == operation && line.title.as_deref() == Some("Potilastietojärjestelmä")
            });
            assert!(is_theirs, "{operation}");
        }
    }

    async fn a_citizen_who_cancels_is_called_off_there_and_nothing_else_changes(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let patient = person(&aino.code()).await;
        let mut booked = appointment(&patient, unit.id, in_hours(&app, 72));
        let url = "https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/ajanvarauksen-tila";
        let coding = json!({ "system": "urn:oid:1.2.246.537.6.881", "code": "3", "display": "Varattu" });
        booked["_status"] = json!({ "extension": [{ "url": url, "valueCoding": coding }] });
        let before = store(&booked).await;
        let app = connected(&app, peer(), unit.id).await;
        let aino = app.again(aino).await;
        let seen = when(&app, &aino, |events| !events.is_empty()).await.remove(0);
        let asked = aino.cancel_event(seen.id, &EventCancellation::default()).await.unwrap();
        assert_eq!((asked.state, asked.ehr), (EventState::Cancelled, Some(EhrState::Waiting)));
        when(&app, &aino, |events| events[0].ehr == Some(EhrState::InStep)).await;
        round(&app).await;
        let seen = events_of(&aino).await.remove(0);
        assert_eq!(seen.cancelled.unwrap().by, Side::Citizen, "what comes back does not make it the unit's");

        let all = control("store", json!({})).await["resources"].as_array().unwrap().clone();
        let mut after = all.into_iter().find(|resource| resource["id"] == before["id"]).unwrap();
        assert_eq!(after["status"], "cancelled");
        assert_eq!(after["_status"]["extension"][0]["valueCoding"]["code"], "4");
        assert_eq!(after["cancelationReason"]["coding"][0]["code"], "pat-cpp");
        after.as_object_mut().unwrap().remove("cancelationReason");
        for element in ["status", "_status", "meta"] {
            after[element] = before[element].clone();
        }
        assert_eq!(after, before);
    }

    async fn who_comes_to_use_the_service_later_has_their_appointments(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let app = connected(&app, peer(), unit.id).await;
        round(&app).await;
        let late = app.citizen().await;
        let patient = person(&late.code()).await;
        let mut call = appointment(&patient, unit.id, in_hours(&app, 30));
        let (system, way) = PHONE.split_once('|').unwrap();
        call["appointmentType"] = json!({ "coding": [{ "system": system, "code": way }] });
        store(&call).await;
        let seen = when(&app, &late, |events| !events.is_empty()).await.remove(0);
        assert_eq!(seen.content.kind, EventKind::Phone);
        round(&app).await;
        assert_eq!(events_of(&late).await.len(), 1);
    }

    async fn nothing_is_guessed(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let elsewhere = app.unit("Sotkamon neuvola").await;
        let (aino, eero) = (app.citizen().await, app.citizen().await);
        let (patient, other) = (person(&aino.code()).await, person(&eero.code()).await);
        let time = in_hours(&app, 48);
        let good = appointment(&patient, unit.id, time);
        for (path, value) in [
            ("/participant/1/actor/reference", json!(service(elsewhere.id))),
            ("/status", json!("proposed")),
            ("/participant/2/actor/reference", json!(format!("Patient/{other}"))),
            ("/end", json!(in_hours(&app, 90).ends_at.to_rfc3339())),
            ("/participant/0/actor", json!({ "display": "Aino", "type": "Patient" })),
        ] {
            let mut wrong = good.clone();
            *wrong.pointer_mut(path).unwrap() = value;
            store(&wrong).await;
        }
        let mut untold = good.clone();
        let coding = json!({ "system": "urn:oid:1.2.246.537.6.881", "code": "4" });
        untold["_status"] = json!({ "extension": [{ "url": "https://example.org", "valueCoding": coding }] });
        store(&untold).await;
        let kept = store(&good).await;
        let app = connected(&app, peer(), unit.id).await;
        let (aino, eero) = (app.again(aino).await, app.again(eero).await);
        when(&app, &aino, |events| !events.is_empty()).await;
        round(&app).await;
        assert_eq!(events_of(&aino).await.len(), 1);
        assert!(events_of(&eero).await.is_empty());

        // What cannot be understood any more stays as it was; what is another's now is theirs alone.
        let mut odd = kept.clone();
        odd["status"] = json!("perhaps");
        let mut odd = store(&odd).await;
        round(&app).await;
        assert_eq!(events_of(&aino).await[0].state, EventState::Booked);
        odd["status"] = json!("booked");
        odd["participant"][0]["actor"]["reference"] = json!(format!("Patient/{other}"));
        store(&odd).await;
        when(&app, &eero, |events| !events.is_empty()).await;
        assert_eq!(events_of(&aino).await[0].state, EventState::Cancelled);
        assert_eq!(events_of(&eero).await[0].state, EventState::Booked);
    }

    async fn what_the_settings_did_not_say_is_looked_at_again_when_they_do(app: TestApp) {
        let (unit, other) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let aino = app.citizen().await;
        let patient = person(&aino.code()).await;
        store(&appointment(&patient, unit.id, in_hours(&app, 24))).await;
        let before = connected(&app, peer(), other.id).await;
        let aino = before.again(aino).await;
        round(&before).await;
        round(&before).await;
        assert!(events_of(&aino).await.is_empty());
        before.stopper.stop().await;
        let after = connected(&app, peer(), unit.id).await;
        let aino = after.again(aino).await;
        // The server's own job looks again when it starts.
        for _ in 0..400 {
            if !events_of(&aino).await.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("what is understood now must be there");
    }

    async fn a_hook_with_the_secret_has_what_changed_fetched_at_once(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let patient = person(&aino.code()).await;
        let alone = app.url("/api/v1/ehr/appointments");
        let without = TestApp::http().post(alone).bearer_auth(SECRET).send().await.unwrap();
        assert_eq!(without.status(), 404);
        let app = connected(&app, peer(), unit.id).await;
        let aino = app.again(aino).await;
        round(&app).await;
        store(&appointment(&patient, unit.id, in_hours(&app, 24))).await;
        let (http, address) = (TestApp::http(), app.url("/api/v1/ehr/appointments"));
        for wrong in ["", "another", &aino.code()] {
            assert_eq!(http.post(&address).bearer_auth(wrong).send().await.unwrap().status(), 401);
        }
        assert_eq!(http.post(&address).send().await.unwrap().status(), 401);
        assert_eq!(http.post(&address).bearer_auth(SECRET).send().await.unwrap().status(), 204);
        let of_one = format!("{address}/Appointment/a-1");
        let payload = http.put(of_one).bearer_auth(SECRET).body("{\"resourceType\"").send().await.unwrap();
        assert_eq!(payload.status(), 204);
        // The server's own job fetches it: its pause is a minute.
        for _ in 0..400 {
            if !events_of(&aino).await.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("what changed must be fetched at once");
    }
}
