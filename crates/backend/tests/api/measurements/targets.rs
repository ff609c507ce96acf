//! Targets: set by professionals, in force from a day on, and what was measured before stays as it was judged.

use chrono::{Days, NaiveDate, TimeDelta};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::measurements::{
    Bound, Component, MeasurementContext, MeasurementKind, NewMeasurement, NewTarget, PartOfDay,
    TargetMoment, TargetRange, TargetState,
};

use super::{all, number, one, pressure, refused};
use crate::harness::{TestApp, code, on_both_engines};

fn today(app: &TestApp) -> NaiveDate {
    omasote_rules::helsinki::to_local(app.state.clock.now()).date()
}

/// A target for the weight from today on.
pub(crate) fn weight(app: &TestApp, low: &str, high: &str) -> NewTarget {
    NewTarget {
        kind: MeasurementKind::Weight,
        ranges: [(Component::Value, TargetRange::from_to(number(low), number(high)))].into(),
        moment: None,
        from: today(app),
        to: None,
        reason: "Sovittu vastaanotolla".to_owned(),
    }
}

on_both_engines! {
    async fn a_measurement_is_judged_by_the_target_of_its_day(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let before = aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "80", 3 * 1440)).await.unwrap();
        assert_eq!(before.state, TargetState::NoTarget);
        let set = hanna.set_target(aino.id, &weight(&app, "60", "75")).await.unwrap();
        assert_eq!((set.reason.as_str(), set.to), ("Sovittu vastaanotolla", None));
        let after = aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "80", 0)).await.unwrap();
        let late = aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "80", 2 * 1440)).await.unwrap();
        assert_eq!((after.state, late.state), (TargetState::Above, TargetState::NoTarget));
        // The next one takes its place, and nothing that was judged before is judged anew.
        let next = NewTarget { from: today(&app) + Days::new(1), ..weight(&app, "60", "85") };
        hanna.set_target(aino.id, &next).await.unwrap();
        let listed = aino.list_targets(aino.id, Some(MeasurementKind::Weight)).await.unwrap();
        assert_eq!(listed.iter().map(|target| (target.from, target.to)).collect::<Vec<_>>(), [
            (today(&app) + Days::new(1), None),
            (today(&app), Some(today(&app))),
        ]);
        let states: Vec<TargetState> = all(&aino, MeasurementKind::Weight).await.into_iter().map(|one| one.state).collect();
        assert_eq!(states, [TargetState::Above, TargetState::NoTarget, TargetState::NoTarget]);
    }

    async fn a_target_that_was_in_force_already_judges_what_was_measured_since(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        for days in [5, 3, 1] {
            aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, "80", days * 1440)).await.unwrap();
        }
        let target = NewTarget { from: today(&app) - Days::new(4), ..weight(&app, "60", "75") };
        hanna.set_target(aino.id, &target).await.unwrap();
        let states: Vec<TargetState> = all(&aino, MeasurementKind::Weight).await.into_iter().map(|one| one.state).collect();
        assert_eq!(states, [TargetState::Above, TargetState::Above, TargetState::NoTarget]);
        let overview = aino.get_measurement_overview(aino.id).await.unwrap().remove(0);
        assert_eq!((overview.latest.state, overview.out_count), (TargetState::Above, 2));
    }

    async fn the_target_for_the_context_comes_before_that_for_the_part_of_the_day(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let at = "2026-01-12T06:15:00Z".parse().unwrap();
        let taken = |context, value: &str| NewMeasurement { taken_at: at, context, ..one(&app, MeasurementKind::Glucose, value, 0) };
        let state = async |context, value: &str| aino.record_measurement(aino.id, &taken(context, value)).await.unwrap().state;
        // Without a target of their own the usual ranges: 4 to 7 before a meal, both inside, and below 10 after it.
        assert_eq!(state(Some(MeasurementContext::BeforeMeal), "7").await, TargetState::In);
        assert_eq!(state(Some(MeasurementContext::BeforeMeal), "7.1").await, TargetState::Above);
        assert_eq!(state(Some(MeasurementContext::AfterMeal), "9.9").await, TargetState::In);
        assert_eq!(state(Some(MeasurementContext::AfterMeal), "10").await, TargetState::Above);
        let target = |moment, high: &str| NewTarget {
            kind: MeasurementKind::Glucose,
            moment,
            ranges: [(Component::Value, TargetRange::from_to(number("4"), number(high)))].into(),
            from: "2026-01-01".parse().unwrap(),
            ..weight(&app, "60", "75")
        };
        for (moment, high) in [
            (None, "6"),
            (Some(TargetMoment::Part(PartOfDay::Morning)), "8"),
            (Some(TargetMoment::Context(MeasurementContext::Fasting)), "9"),
        ] {
            hanna.set_target(aino.id, &target(moment, high)).await.unwrap();
        }
        assert_eq!(state(Some(MeasurementContext::Fasting), "8.5").await, TargetState::In);
        assert_eq!(state(Some(MeasurementContext::BeforeMeal), "8.4").await, TargetState::Above);
        assert_eq!(state(None, "7.5").await, TargetState::In);
        let evening = NewMeasurement { taken_at: at + TimeDelta::hours(12), ..taken(None, "7.5") };
        assert_eq!(aino.record_measurement(aino.id, &evening).await.unwrap().state, TargetState::Above);
    }

    async fn the_bounds_are_exact(app: TestApp) {
        let aino = app.citizen().await;
        for (minutes, (systolic, diastolic, state)) in (1..).zip([
            (134, 84, TargetState::In),
            (135, 84, TargetState::Above),
            (134, 85, TargetState::Above),
            (179, 84, TargetState::Above),
            (180, 84, TargetState::AboveAlarm),
            (134, 110, TargetState::AboveAlarm),
        ]) {
            let new = pressure(&app, systolic, diastolic, minutes);
            assert_eq!(aino.record_measurement(aino.id, &new).await.unwrap().state, state, "{systolic}/{diastolic}");
        }
    }

    async fn targets_that_cannot_be_are_refused(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let good = weight(&app, "60", "75");
        let with = |ranges: TargetRange| NewTarget { ranges: [(Component::Value, ranges)].into(), ..good.clone() };
        let crossed = TargetRange { alarm_high: Some(Bound::inside(number("70"))), ..TargetRange::from_to(number("60"), number("75")) };
        let cases = [
            (NewTarget { reason: "  ".to_owned(), ..good.clone() }, "reason", FieldErrorCode::Required),
            (with(TargetRange::NONE), "ranges", FieldErrorCode::Required),
            (with(TargetRange::from_to(number("75"), number("60"))), "ranges.value", FieldErrorCode::InvalidFormat),
            (with(crossed), "ranges.value", FieldErrorCode::InvalidFormat),
            (with(TargetRange::from_to(number("0.1"), number("75"))), "ranges.value", FieldErrorCode::OutOfRange),
            (NewTarget { kind: MeasurementKind::BloodPressure, ..good.clone() }, "ranges.value", FieldErrorCode::UnknownReference),
            (NewTarget { moment: Some(TargetMoment::Context(MeasurementContext::Fasting)), ..good.clone() }, "moment", FieldErrorCode::UnknownReference),
            (NewTarget { from: "1999-12-31".parse().unwrap(), ..good.clone() }, "from", FieldErrorCode::OutOfRange),
            (NewTarget { to: Some("9999-12-31".parse().unwrap()), ..good.clone() }, "to", FieldErrorCode::OutOfRange),
            (NewTarget { to: Some(good.from - Days::new(1)), ..good.clone() }, "to", FieldErrorCode::InvalidFormat),
        ];
        for (wrong, field, reason) in cases {
            assert_eq!(refused(hanna.set_target(aino.id, &wrong).await), [(field.to_owned(), reason)], "{wrong:?}");
        }
        assert_eq!(aino.list_targets(aino.id, None).await.unwrap(), []);
        assert_eq!(code(aino.set_target(aino.id, &good).await), ErrorCode::NotAllowed);
        let stranger = app.professional(app.unit("Muu").await.id).await;
        assert_eq!(code(stranger.set_target(aino.id, &good).await), ErrorCode::NotFound);
    }
}
