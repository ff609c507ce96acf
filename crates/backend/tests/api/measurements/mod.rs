//! Home measurements: kept, judged, struck through and counted.

mod counted;
mod exchange;
mod many;
mod standings;
mod targets;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::decimal::Decimal;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{CitizenId, MeasurementId, ProfessionalId};
use omasote_types::measurements::{
    BatchMode, Component, Measurement, MeasurementContext, MeasurementKind, MeasurementQuery,
    MeasurementSource, NewMeasurement, NewMeasurements, PartOfDay, SummaryQuery, TargetState, Values,
};
use omasote_types::proxies::ProxyScope;
use serde_json::{Value, json};

use crate::harness::{Person, TestApp, code, on_both_engines};
use crate::proxies;

type Citizen = Person<CitizenId>;

pub(crate) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A measurement of one number, so many minutes before now.
pub(crate) fn one(app: &TestApp, kind: MeasurementKind, value: &str, minutes_ago: i64) -> NewMeasurement {
    NewMeasurement {
        kind,
        values: [(Component::Value, number(value))].into(),
        unit: None,
        taken_at: app.state.clock.now() - TimeDelta::minutes(minutes_ago),
        context: None,
        blows: Vec::new(),
        remark: String::new(),
        is_confirmed: false,
    }
}

/// A blood pressure.
pub(crate) fn pressure(app: &TestApp, systolic: i16, diastolic: i16, minutes_ago: i64) -> NewMeasurement {
    let values: Values =
        [(Component::Systolic, systolic.into()), (Component::Diastolic, diastolic.into())].into();
    NewMeasurement { values, ..one(app, MeasurementKind::BloodPressure, "0", minutes_ago) }
}

/// A body that an operation takes.
pub(crate) fn body(app: &TestApp, operation: &str) -> Option<Value> {
    Some(match operation {
        "recordMeasurement" => json!(one(app, MeasurementKind::Weight, "71.5", 10)),
        "recordMeasurements" => json!({ "measurements": [one(app, MeasurementKind::Weight, "71.5", 20)] }),
        "importMeasurements" => exchange::given("2026-03-02T08:15:00Z"),
        "setTarget" => json!(targets::weight(app, "60", "75")),
        _ => return None,
    })
}

/// A measurement of a citizen, for other tests.
pub(crate) async fn of_citizen(app: &TestApp, of: &Citizen) -> MeasurementId {
    of.record_measurement(of.id, &one(app, MeasurementKind::Weight, "71", 30)).await.unwrap().id
}

/// Does each operation once, and says which line it leaves.
pub(crate) async fn every_operation(
    app: &TestApp,
    by: &Person<ProfessionalId>,
    of: &Citizen,
) -> Vec<(&'static str, AccessAction, AccessGround)> {
    let (read, write, own) = (AccessAction::Read, AccessAction::Write, AccessGround::Own);
    let weight = SummaryQuery { kind: MeasurementKind::Weight, from: None, to: None };
    let id = of_citizen(app, of).await;
    let measurements = vec![one(app, MeasurementKind::Weight, "71.5", 20)];
    let many = NewMeasurements { measurements, mode: BatchMode::Each };
    of.record_measurements(of.id, &many).await.unwrap();
    of.list_measurements(of.id, &of_kind(MeasurementKind::Weight)).await.unwrap();
    of.get_measurement_overview(of.id).await.unwrap();
    of.get_measurement_summary(of.id, &weight).await.unwrap();
    of.list_measurement_points(of.id, &weight).await.unwrap();
    of.export_measurements(of.id, MeasurementKind::Weight).await.unwrap();
    let observation = exchange::given("2026-03-02T08:15:00Z").to_string();
    of.import_measurements(of.id, observation).await.unwrap();
    of.strike_measurement(id).await.unwrap();
    by.set_target(of.id, &targets::weight(app, "60", "75")).await.unwrap();
    of.list_targets(of.id, None).await.unwrap();
    vec![
        ("recordMeasurement", write, own),
        ("recordMeasurements", write, own),
        ("listMeasurements", read, own),
        ("getMeasurementOverview", read, own),
        ("getMeasurementSummary", read, own),
        ("listMeasurementPoints", read, own),
        ("exportMeasurements", read, own),
        ("importMeasurements", write, own),
        ("strikeMeasurement", write, own),
        ("setTarget", write, AccessGround::Unit),
        ("listTargets", read, own),
    ]
}

/// The reason for which each field is refused.
fn refused(
    outcome: Result<impl std::fmt::Debug, omasote_client::ClientError>,
) -> Vec<(String, FieldErrorCode)> {
    let omasote_client::ClientError::Refused(problem) = outcome.unwrap_err() else {
        panic!("must be refused")
    };
    assert_eq!(problem.code, ErrorCode::ValidationFailed);
    problem.errors.into_iter().map(|error| (error.field, error.code)).collect()
}

fn of_kind(kind: MeasurementKind) -> MeasurementQuery {
    MeasurementQuery { kind, from: None, to: None, cursor: None, limit: None }
}

pub(super) const fn summary_of(kind: MeasurementKind) -> SummaryQuery {
    SummaryQuery { kind, from: None, to: None }
}

async fn all(by: &Citizen, kind: MeasurementKind) -> Vec<Measurement> {
    by.list_measurements(by.id, &of_kind(kind)).await.unwrap().items
}

on_both_engines! {
    async fn a_measurement_is_kept_with_its_day_its_part_and_how_it_stands(app: TestApp) {
        let aino = app.citizen().await;
        let mut new = pressure(&app, 142, 84, 0);
        // 8:15 in Finland.
        new.taken_at = "2026-01-12T06:15:00Z".parse().unwrap();
        new.values.insert(Component::Pulse, 66.into());
        new.remark = "Mitattu istuen".to_owned();
        let kept = aino.record_measurement(aino.id, &new).await.unwrap();
        assert_eq!(kept.values, new.values);
        let expected: BTreeMap<Component, TargetState> = [
            (Component::Systolic, TargetState::Above),
            (Component::Diastolic, TargetState::In),
            (Component::Pulse, TargetState::In),
        ]
        .into();
        assert_eq!((kept.states.clone(), kept.state), (expected, TargetState::Above));
        assert_eq!((kept.day.to_string().as_str(), kept.part), ("2026-01-12", PartOfDay::Morning));
        assert_eq!((kept.source, kept.entered.clone(), kept.struck.clone()), (MeasurementSource::Citizen, None, None));
        assert_eq!(all(&aino, MeasurementKind::BloodPressure).await, [kept]);
    }

    async fn the_day_is_that_of_finland_also_when_the_clock_is_changed(app: TestApp) {
        let aino = app.citizen().await;
        // The clock goes back at 4:00 on 26 October 2025: 3:30 comes twice, and 23:30 is in the night of the same day. It goes on at 3:00
        // on 30 March.
        for (at, day, part) in [
            ("2025-10-26T00:30:00Z", "2025-10-26", PartOfDay::Night),
            ("2025-10-26T01:30:00Z", "2025-10-26", PartOfDay::Night),
            ("2025-10-26T21:30:00Z", "2025-10-26", PartOfDay::Night),
            ("2025-10-26T22:30:00Z", "2025-10-27", PartOfDay::Night),
            ("2025-10-26T02:59:59Z", "2025-10-26", PartOfDay::Night),
            ("2025-10-26T03:00:00Z", "2025-10-26", PartOfDay::Morning),
            ("2025-03-29T21:59:59Z", "2025-03-29", PartOfDay::Night),
            ("2025-03-29T22:00:00Z", "2025-03-30", PartOfDay::Night),
            ("2025-03-30T02:00:00Z", "2025-03-30", PartOfDay::Morning),
            ("2025-03-30T20:59:59Z", "2025-03-30", PartOfDay::Night),
            ("2025-03-30T21:00:00Z", "2025-03-31", PartOfDay::Night),
        ] {
            let new = NewMeasurement { taken_at: at.parse().unwrap(), ..one(&app, MeasurementKind::Pulse, "66", 0) };
            let kept = aino.record_measurement(aino.id, &new).await.unwrap();
            assert_eq!((kept.day.to_string().as_str(), kept.part), (day, part), "{at}");
        }
    }

    async fn what_is_entered_in_another_unit_is_kept_beside_what_it_is(app: TestApp) {
        let aino = app.citizen().await;
        let cases = [
            (MeasurementKind::Glucose, "mg/dL", "101", "5.6"),
            (MeasurementKind::Weight, "[lb_av]", "158.5", "71.9"),
            (MeasurementKind::Waist, "[in_i]", "36", "91.4"),
        ];
        for (minutes, (kind, unit, entered, kept)) in (1..).zip(cases) {
            let new = NewMeasurement { unit: Some(unit.to_owned()), ..one(&app, kind, entered, minutes) };
            let measurement = aino.record_measurement(aino.id, &new).await.unwrap();
            assert_eq!(measurement.values, [(Component::Value, number(kept))].into(), "{unit}");
            let told = measurement.entered.unwrap();
            assert_eq!((told.values, told.unit.as_str()), (new.values, unit));
        }
        let new = NewMeasurement { unit: Some("mg/dL".to_owned()), ..one(&app, MeasurementKind::Weight, "70", 9) };
        assert_eq!(refused(aino.record_measurement(aino.id, &new).await), [("unit".to_owned(), FieldErrorCode::UnknownReference)]);
    }

    async fn a_pressure_may_say_the_unit_that_it_is_kept_in(app: TestApp) {
        let aino = app.citizen().await;
        let mut new = NewMeasurement { unit: Some("mm[Hg]".to_owned()), ..pressure(&app, 128, 79, 5) };
        new.values.insert(Component::Pulse, 66.into());
        assert_eq!(aino.record_measurement(aino.id, &new).await.unwrap().values, new.values);
    }

    async fn days_of_which_there_is_nothing_are_refused(app: TestApp) {
        let aino = app.citizen().await;
        for (from, to) in [(Some("0001-01-01"), None), (None, Some("9999-12-31")), (Some("1999-12-31"), None)] {
            let [from, to] = [from, to].map(|day| day.map(|day: &str| day.parse().unwrap()));
            let kind = MeasurementKind::Weight;
            let wanted = SummaryQuery { kind, from, to };
            assert_eq!(code(aino.get_measurement_summary(aino.id, &wanted).await), ErrorCode::InvalidParameter);
            assert_eq!(code(aino.list_measurement_points(aino.id, &wanted).await), ErrorCode::InvalidParameter);
            let wanted = MeasurementQuery { from, to, ..of_kind(kind) };
            assert_eq!(code(aino.list_measurements(aino.id, &wanted).await), ErrorCode::InvalidParameter);
        }
    }

    async fn a_weight_is_compared_with_the_one_before_it_and_known_before_it_is_asked_about(app: TestApp) {
        let aino = app.citizen().await;
        let first = one(&app, MeasurementKind::Weight, "70", 60);
        aino.record_measurement(aino.id, &first).await.unwrap();
        let jump = NewMeasurement { is_confirmed: true, ..one(&app, MeasurementKind::Weight, "80", 20) };
        aino.record_measurement(aino.id, &jump).await.unwrap();
        assert_eq!(aino.record_measurement(aino.id, &first).await.unwrap().taken_at, first.taken_at);
        aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "71", 40)).await.unwrap();
        assert_eq!(all(&aino, MeasurementKind::Weight).await.len(), 3);
    }

    async fn what_is_impossible_is_refused_and_nothing_is_kept(app: TestApp) {
        let aino = app.citizen().await;
        let at = |field: &str, code| vec![(field.to_owned(), code)];
        let out = FieldErrorCode::OutOfRange;
        for (systolic, diastolic, expected) in [
            (301, 80, at("values.systolic", out)),
            (39, 20, at("values.systolic", out)),
            (120, 19, at("values.diastolic", out)),
            (90, 90, at("values.diastolic", out)),
            (90, 120, at("values.diastolic", out)),
        ] {
            let new = NewMeasurement { is_confirmed: true, ..pressure(&app, systolic, diastolic, 1) };
            assert_eq!(refused(aino.record_measurement(aino.id, &new).await), expected, "{systolic}/{diastolic}");
        }
        let ahead = NewMeasurement { taken_at: app.state.clock.now() + TimeDelta::minutes(6), ..pressure(&app, 120, 80, 0) };
        assert_eq!(refused(aino.record_measurement(aino.id, &ahead).await), at("takenAt", out));
        for long_ago in ["1900-01-01T00:00:00Z", "1999-12-31T23:59:59Z"] {
            let new = NewMeasurement { taken_at: long_ago.parse().unwrap(), ..pressure(&app, 120, 80, 0) };
            assert_eq!(refused(aino.record_measurement(aino.id, &new).await), at("takenAt", out));
        }
        let mut lacking = pressure(&app, 120, 80, 1);
        lacking.values.remove(&Component::Diastolic);
        assert_eq!(refused(aino.record_measurement(aino.id, &lacking).await), at("values.diastolic", FieldErrorCode::Required));
        let mut strange = one(&app, MeasurementKind::Weight, "70", 1);
        strange.values.insert(Component::Pulse, 66.into());
        assert_eq!(refused(aino.record_measurement(aino.id, &strange).await), at("values.pulse", FieldErrorCode::UnknownReference));
        let context = NewMeasurement { context: Some(MeasurementContext::Fasting), ..one(&app, MeasurementKind::Weight, "70", 1) };
        assert_eq!(refused(aino.record_measurement(aino.id, &context).await), at("context", FieldErrorCode::UnknownReference));
        let long = NewMeasurement { remark: "ä".repeat(501), ..one(&app, MeasurementKind::Weight, "70", 1) };
        assert_eq!(refused(aino.record_measurement(aino.id, &long).await), at("remark", FieldErrorCode::TooLong));
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap(), []);
    }

    async fn what_is_no_number_is_no_body(app: TestApp) {
        let aino = app.citizen().await;
        let address = app.url(&format!("/api/v1/citizens/{}/measurements", aino.id));
        let (token, _) = app.tokens(aino.person).await;
        for wrong in ["1e308", "-1e308", "-0", "-0.0", "NaN", "Infinity", "-Infinity", "\"70\"", "null", "70.12345", "1e999"] {
            let taken_at = serde_json::to_string(&app.state.clock.now()).unwrap();
            let body = format!(r#"{{"kind":"pain","values":{{"value":{wrong}}},"takenAt":{taken_at}}}"#);
            let request = TestApp::http().post(&address).bearer_auth(&token);
            let answer = request.header("Content-Type", "application/json").body(body).send().await.unwrap();
            assert!(matches!(answer.status().as_u16(), 400 | 422), "{wrong}: {}", answer.status());
        }
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap(), []);
    }

    async fn what_is_unusual_is_kept_when_it_is_confirmed(app: TestApp) {
        let aino = app.citizen().await;
        let unusual = |field: &str| vec![(field.to_owned(), FieldErrorCode::Unusual)];
        let close = pressure(&app, 120, 110, 1);
        assert_eq!(refused(aino.record_measurement(aino.id, &close).await), unusual("values.diastolic"));
        let confirmed = NewMeasurement { is_confirmed: true, ..close };
        aino.record_measurement(aino.id, &confirmed).await.unwrap();
        aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "70", 60)).await.unwrap();
        aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "75", 40)).await.unwrap();
        let jump = one(&app, MeasurementKind::Weight, "80.1", 20);
        assert_eq!(refused(aino.record_measurement(aino.id, &jump).await), unusual("values.value"));
        let confirmed = NewMeasurement { is_confirmed: true, ..jump };
        aino.record_measurement(aino.id, &confirmed).await.unwrap();
        assert_eq!(all(&aino, MeasurementKind::Weight).await.len(), 3);
    }

    async fn the_best_blow_of_a_peak_flow_counts_and_all_are_kept(app: TestApp) {
        let aino = app.citizen().await;
        let blows = vec![number("410"), number("430"), number("425")];
        let new = NewMeasurement { blows: blows.clone(), ..one(&app, MeasurementKind::Pef, "430", 1) };
        let kept = aino.record_measurement(aino.id, &new).await.unwrap();
        assert_eq!(kept.entered.unwrap().blows, blows);
        let wrong = NewMeasurement { blows: blows.clone(), ..one(&app, MeasurementKind::Pef, "425", 2) };
        assert_eq!(refused(aino.record_measurement(aino.id, &wrong).await), [("values.value".to_owned(), FieldErrorCode::InvalidFormat)]);
        let wrong = NewMeasurement { blows, ..one(&app, MeasurementKind::Weight, "430", 2) };
        assert!(refused(aino.record_measurement(aino.id, &wrong).await).contains(&("blows".to_owned(), FieldErrorCode::UnknownReference)));
    }

    async fn the_same_measurement_is_kept_once(app: TestApp) {
        let aino = app.citizen().await;
        let new = pressure(&app, 128, 79, 5);
        let first = aino.record_measurement(aino.id, &new).await.unwrap();
        assert_eq!(aino.record_measurement(aino.id, &new).await.unwrap(), first);
        let other = NewMeasurement { taken_at: new.taken_at + TimeDelta::seconds(60), ..new.clone() };
        aino.record_measurement(aino.id, &other).await.unwrap();
        assert_eq!(all(&aino, MeasurementKind::BloodPressure).await.len(), 2);
        // Once it is struck through it may come again.
        aino.strike_measurement(first.id).await.unwrap();
        assert_ne!(aino.record_measurement(aino.id, &new).await.unwrap().id, first.id);
    }

    async fn what_was_entered_wrong_stays_and_counts_nowhere(app: TestApp) {
        let aino = app.citizen().await;
        let right = aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "70", 60)).await.unwrap();
        let wrong = aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "74", 5)).await.unwrap();
        let struck = aino.strike_measurement(wrong.id).await.unwrap();
        assert!(!struck.struck.clone().unwrap().by.is_empty());
        assert_eq!(aino.strike_measurement(wrong.id).await.unwrap(), struck, "it is struck once");
        assert_eq!(all(&aino, MeasurementKind::Weight).await, [struck, right.clone()]);
        let overview = aino.get_measurement_overview(aino.id).await.unwrap();
        assert_eq!((overview[0].latest.id, overview[0].count), (right.id, 1));
        let summary = aino.get_measurement_summary(aino.id, &summary_of(MeasurementKind::Weight)).await.unwrap();
        assert_eq!(summary.count, 1);
        let points = aino.list_measurement_points(aino.id, &summary_of(MeasurementKind::Weight)).await.unwrap();
        assert_eq!(points.times.len(), 1);
        aino.strike_measurement(right.id).await.unwrap();
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap(), []);
    }

    async fn measurements_are_seen_by_who_may_and_by_nobody_else(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, eero, liisa) = (app.citizen().await, app.citizen().await, app.citizen().await);
        let (hanna, stranger) = (app.professional(unit.id).await, app.professional(app.unit("Muu").await.id).await);
        let kept = aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "70", 60)).await.unwrap();
        assert_eq!(code(eero.list_measurements(aino.id, &of_kind(MeasurementKind::Weight)).await), ErrorCode::NotFound);
        assert_eq!(code(eero.strike_measurement(kept.id).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.get_measurement_overview(aino.id).await), ErrorCode::NotFound, "without a matter");
        aino.begin(unit.topic, "Hei").await;
        assert_eq!(hanna.get_measurement_overview(aino.id).await.unwrap().len(), 1);
        assert_eq!(code(stranger.get_measurement_overview(aino.id).await), ErrorCode::NotFound);
        proxies::mandate(&aino, &liisa, &[ProxyScope::Measurements]).await;
        let by_proxy = liisa.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "70.5", 30)).await.unwrap();
        assert_eq!(by_proxy.source, MeasurementSource::Proxy);
        let by_unit = hanna.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "70.2", 20)).await.unwrap();
        assert_eq!(by_unit.source, MeasurementSource::Professional);
        assert_eq!(all(&aino, MeasurementKind::Weight).await.len(), 3);
    }

    async fn a_list_goes_on_where_the_page_ended(app: TestApp) {
        let aino = app.citizen().await;
        for minutes in 1..=5 {
            aino.record_measurement(aino.id, &one(&app, MeasurementKind::Pulse, "66", minutes)).await.unwrap();
        }
        let mut query = MeasurementQuery { limit: Some(2), ..of_kind(MeasurementKind::Pulse) };
        let mut seen = Vec::new();
        loop {
            let page = aino.list_measurements(aino.id, &query).await.unwrap();
            seen.extend(page.items.into_iter().map(|one| one.taken_at));
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.is_sorted_by(|newer, older| newer > older));
    }
}
