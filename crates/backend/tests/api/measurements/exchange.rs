//! Measurements as Observations of FHIR R4, judged by a library that is not ours.

use omasote_types::error::FieldErrorCode;
use omasote_types::measurements::{
    BatchOutcome, Component, MeasurementContext, MeasurementKind, NewMeasurement, TargetState,
};
use serde_json::{Value, json};

use super::{all, number, one, pressure, refused};
use crate::exports::kinds_in;
use crate::harness::on_both_engines;

pub(super) fn given(taken_at: &str) -> Value {
    json!({
        "resourceType": "Observation",
        "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "29463-7" }] },
        "subject": { "reference": "Patient/1" },
        "effectiveDateTime": taken_at,
        "valueQuantity": { "value": 71.4996, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg" },
    })
}

on_both_engines! {
    async fn what_goes_out_is_valid_and_comes_back_as_it_was(app: TestApp) {
        let (aino, eero) = (app.citizen().await, app.citizen().await);
        let mut blood = pressure(&app, 182, 84, 90);
        blood.values.insert(Component::Pulse, 66.into());
        blood.remark = "Mitattu istuen & levossa".to_owned();
        let mut kept = vec![blood];
        let singles = [
            (MeasurementKind::Weight, "71.5"), (MeasurementKind::Glucose, "5.6"), (MeasurementKind::OxygenSaturation, "93"),
            (MeasurementKind::Temperature, "37.4"), (MeasurementKind::Pef, "430"), (MeasurementKind::Inr, "2.4"),
            (MeasurementKind::Steps, "8400"), (MeasurementKind::Sleep, "7.5"), (MeasurementKind::Pain, "3"),
            (MeasurementKind::Height, "170"), (MeasurementKind::Waist, "88"), (MeasurementKind::Pulse, "66"),
            (MeasurementKind::RespiratoryRate, "14"), (MeasurementKind::TissueGlucose, "6.1"), (MeasurementKind::Hba1c, "48"),
        ];
        kept.extend(singles.into_iter().zip(1..).map(|((kind, value), minutes)| one(&app, kind, value, minutes)));
        kept[2].context = Some(MeasurementContext::Fasting);
        for new in &kept {
            aino.record_measurement(aino.id, new).await.unwrap();
        }
        let struck = aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "74", 400)).await.unwrap();
        aino.strike_measurement(struck.id).await.unwrap();
        for new in &kept {
            let bundle = aino.export_measurements(aino.id, new.kind).await.unwrap();
            assert!(kinds_in(&bundle).contains("Observation"), "{}", new.kind);
            let mut bundle: Value = serde_json::from_str(&bundle).unwrap();
            let entries = bundle["entry"].as_array_mut().unwrap();
            entries.retain(|entry| entry["resource"]["status"] == "final");
            assert_eq!(entries.len(), 1);
            let result = eero.import_measurements(eero.id, bundle.to_string()).await.unwrap();
            assert_eq!(result.recorded, 1, "{}", new.kind);
            let (sent, came) = (all(&aino, new.kind).await.remove(0), all(&eero, new.kind).await.remove(0));
            assert_eq!((sent.values, sent.taken_at, sent.context, sent.remark, sent.states), (came.values, came.taken_at, came.context, came.remark, came.states));
        }
        let weights: Value = serde_json::from_str(&aino.export_measurements(aino.id, MeasurementKind::Weight).await.unwrap()).unwrap();
        assert_eq!(weights["entry"][1]["resource"]["status"], "entered-in-error");
        let pressures: Value = serde_json::from_str(&aino.export_measurements(aino.id, MeasurementKind::BloodPressure).await.unwrap()).unwrap();
        let systolic = &pressures["entry"][0]["resource"]["component"][0];
        assert_eq!((&systolic["code"]["coding"][0]["code"], &systolic["interpretation"][0]["coding"][0]["code"]), (&json!("8480-6"), &json!("HH")));
        assert_eq!(all(&aino, MeasurementKind::BloodPressure).await[0].state, TargetState::AboveAlarm);
    }

    async fn what_others_made_is_taken_by_its_codes_once(app: TestApp) {
        let aino = app.citizen().await;
        let observation = given("2026-03-02T08:15:00+02:00").to_string();
        let result = aino.import_measurements(aino.id, observation.clone()).await.unwrap();
        assert_eq!(result.recorded, 1);
        let again = aino.import_measurements(aino.id, observation).await.unwrap();
        assert!(matches!(again.outcomes[..], [BatchOutcome::Known(_)]));
        let kept = all(&aino, MeasurementKind::Weight).await.remove(0);
        assert_eq!((kept.values[&Component::Value], kept.taken_at), (number("71.5"), "2026-03-02T06:15:00Z".parse().unwrap()));
        // Rounded once: 3.8496 is 3.8, which is too low, and not 3.85 and then 3.9.
        let mut glucose = given("2026-03-02T08:20:00Z");
        glucose["code"]["coding"][0]["code"] = json!("14745-4");
        glucose["valueQuantity"] = json!({ "value": 3.8496, "code": "mmol/L" });
        aino.import_measurements(aino.id, glucose.to_string()).await.unwrap();
        let kept = all(&aino, MeasurementKind::TissueGlucose).await.remove(0);
        assert_eq!((kept.values[&Component::Value], kept.state), (number("3.8"), TargetState::Below));
        let mut pulse = given("2026-03-02T08:15:00Z");
        pulse["code"]["coding"][0]["code"] = json!("8867-4");
        pulse["valueQuantity"] = json!({ "value": 66, "unit": "beats/min" });
        assert_eq!(aino.import_measurements(aino.id, pulse.to_string()).await.unwrap().recorded, 1);
    }

    async fn what_does_not_fit_is_refused_with_every_reason_and_nothing_is_kept(app: TestApp) {
        let aino = app.citizen().await;
        let with = |field: &str, value: Value| {
            let mut changed = given("2026-03-02T08:15:00Z");
            changed[field] = value;
            changed
        };
        let no_place = FieldErrorCode::NotSupported;
        let wrong = FieldErrorCode::InvalidFormat;
        let cases = [
            (with("status", json!("preliminary")), "status", no_place),
            (with("status", json!("entered-in-error")), "status", no_place),
            (with("modifierExtension", json!([{ "url": "x" }])), "modifierExtension", no_place),
            (with("dataAbsentReason", json!({ "text": "x" })), "dataAbsentReason", no_place),
            (with("code", json!({ "text": "Paino" })), "code", no_place),
            (with("effectiveDateTime", json!("2026-03-02")), "effectiveDateTime", wrong),
            (with("valueQuantity", json!({ "value": 71 })), "valueQuantity", wrong),
            (with("valueQuantity", json!({ "value": 71, "comparator": "<", "code": "kg" })), "valueQuantity", no_place),
            (with("resourceType", json!("Patient")), "resourceType", wrong),
        ];
        for (observation, element, code) in cases {
            let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [
                { "resource": given("2026-03-01T08:15:00Z") }, { "resource": observation },
            ] });
            let outcome = aino.import_measurements(aino.id, bundle.to_string()).await;
            assert_eq!(refused(outcome), [(format!("measurements.1.{element}"), code)], "{observation}");
        }
        // What is read and cannot be kept is refused as everywhere.
        let heavy = with("valueQuantity", json!({ "value": 900, "code": "kg" }));
        let outcome = aino.import_measurements(aino.id, heavy.to_string()).await;
        assert_eq!(refused(outcome), [("measurements.0.values.value".to_owned(), FieldErrorCode::OutOfRange)]);
        let stones = with("valueQuantity", json!({ "value": 11, "code": "[stone_av]" }));
        let outcome = aino.import_measurements(aino.id, stones.to_string()).await;
        assert_eq!(refused(outcome), [("measurements.0.unit".to_owned(), FieldErrorCode::UnknownReference)]);
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap(), []);
    }

    async fn measurements_and_answers_are_in_what_a_citizen_takes_away(app: TestApp) {
        let aino = app.citizen().await;
        let new = NewMeasurement { remark: "Aamulla & <levossa>".to_owned(), ..pressure(&app, 128, 79, 60) };
        aino.record_measurement(aino.id, &new).await.unwrap();
        let files = crate::exports::unpacked(&app, &aino).await;
        let file = |name: &str| files.iter().find(|(file, _)| file == name).unwrap().1.clone();
        let page = file("lue-minut.html");
        assert!(page.contains("Verenpaine 128/79 mmHg") && page.contains("Aamulla &amp; &lt;levossa&gt;"));
        let everything: Value = serde_json::from_str(&file("all.json")).unwrap();
        assert_eq!(everything["measurements"][0]["values"]["systolic"], 128);
        assert!(kinds_in(&file("fhir-r4-bundle.json")).contains("Observation"));
    }
}
