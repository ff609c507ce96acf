//! Many measurements at once.

use omasote_types::error::FieldErrorCode;
use omasote_types::measurements::{
    BatchMode, BatchOutcome, MeasurementKind, MeasurementSource, NewMeasurement, NewMeasurements,
};
use omasote_types::people::Role;

use super::{all, of_kind, one, pressure, refused};
use crate::harness::{TestApp, on_both_engines};

fn hundred(app: &TestApp) -> Vec<NewMeasurement> {
    (1..=100).map(|minutes| one(app, MeasurementKind::TissueGlucose, "6.2", minutes * 5)).collect()
}

const fn batch(measurements: Vec<NewMeasurement>, mode: BatchMode) -> NewMeasurements {
    NewMeasurements { measurements, mode }
}

on_both_engines! {
    async fn what_was_brought_before_is_known_again(app: TestApp) {
        let aino = app.citizen().await;
        let mut many = batch(hundred(&app), BatchMode::AllOrNothing);
        let first = aino.record_measurements(aino.id, &many).await.unwrap();
        assert_eq!(first.recorded, 100);
        assert!(first.outcomes.iter().all(|outcome| matches!(outcome, BatchOutcome::Recorded(_))));
        many.measurements.push(pressure(&app, 128, 79, 3));
        many.measurements.push(many.measurements[7].clone());
        let again = aino.record_measurements(aino.id, &many).await.unwrap();
        assert_eq!(again.recorded, 1);
        let ids = |outcomes: &[BatchOutcome]| outcomes.iter().map(|outcome| match outcome {
            BatchOutcome::Recorded(id) | BatchOutcome::Known(id) => *id,
            BatchOutcome::Refused(errors) => panic!("{errors:?}"),
        }).collect::<Vec<_>>();
        assert_eq!(ids(&again.outcomes)[..100], ids(&first.outcomes));
        assert_eq!(again.outcomes[101], BatchOutcome::Known(ids(&first.outcomes)[7]));
        let overview = aino.get_measurement_overview(aino.id).await.unwrap();
        assert_eq!(overview.iter().map(|kind| (kind.kind, kind.count)).collect::<Vec<_>>(), [
            (MeasurementKind::BloodPressure, 1),
            (MeasurementKind::TissueGlucose, 100),
        ]);
    }

    async fn what_was_struck_through_stays_so_when_a_device_brings_it_again(app: TestApp) {
        let aino = app.citizen().await;
        let many = batch(hundred(&app), BatchMode::Each);
        let BatchOutcome::Recorded(id) = aino.record_measurements(aino.id, &many).await.unwrap().outcomes[4] else {
            panic!("must be recorded")
        };
        aino.strike_measurement(id).await.unwrap();
        let again = aino.record_measurements(aino.id, &many).await.unwrap();
        assert_eq!((again.recorded, &again.outcomes[4]), (0, &BatchOutcome::Known(id)));
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap()[0].count, 99);
    }

    async fn all_are_kept_or_none(app: TestApp) {
        let aino = app.citizen().await;
        let mut measurements = hundred(&app);
        measurements[3] = one(&app, MeasurementKind::TissueGlucose, "70", 3);
        measurements[98] = one(&app, MeasurementKind::TissueGlucose, "1", 4);
        let many = batch(measurements, BatchMode::AllOrNothing);
        assert_eq!(refused(aino.record_measurements(aino.id, &many).await), [
            ("measurements.3.values.value".to_owned(), FieldErrorCode::OutOfRange),
            ("measurements.98.values.value".to_owned(), FieldErrorCode::Unusual),
        ]);
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap(), []);
    }

    async fn each_that_can_be_kept_is_when_that_is_asked(app: TestApp) {
        let aino = app.citizen().await;
        let mut measurements = hundred(&app);
        measurements[3] = one(&app, MeasurementKind::TissueGlucose, "70", 3);
        let result = aino.record_measurements(aino.id, &batch(measurements, BatchMode::Each)).await.unwrap();
        assert_eq!(result.recorded, 99);
        let BatchOutcome::Refused(errors) = &result.outcomes[3] else { panic!("must be refused") };
        assert_eq!((errors[0].field.as_str(), errors[0].code), ("values.value", FieldErrorCode::OutOfRange));
    }

    async fn a_batch_has_one_to_a_thousand(app: TestApp) {
        let aino = app.citizen().await;
        let none = batch(Vec::new(), BatchMode::Each);
        assert_eq!(refused(aino.record_measurements(aino.id, &none).await), [("measurements".to_owned(), FieldErrorCode::Required)]);
        let mut measurements: Vec<_> = (1..=1_001).map(|minutes| one(&app, MeasurementKind::Pulse, "66", minutes)).collect();
        let many = batch(measurements.clone(), BatchMode::Each);
        assert_eq!(refused(aino.record_measurements(aino.id, &many).await), [("measurements".to_owned(), FieldErrorCode::TooLong)]);
        measurements.pop();
        let result = aino.record_measurements(aino.id, &batch(measurements, BatchMode::Each)).await.unwrap();
        assert_eq!(result.recorded, 1_000);
        assert_eq!(aino.list_measurements(aino.id, &of_kind(MeasurementKind::Pulse)).await.unwrap().items.len(), 50);
    }

    async fn a_program_brings_measurements_when_it_is_let_in_for_that(app: TestApp) {
        let (aino, admin) = (app.citizen().await, app.official(Role::Administrator).await);
        let lacking = crate::clients::let_in(&app, &admin, &aino, "measurements:read").await;
        let let_in = crate::clients::let_in(&app, &admin, &aino, "measurements:read measurements:write").await;
        let address = app.url("/api/v1/citizens/me/measurements/batch");
        let body = batch(vec![one(&app, MeasurementKind::Weight, "71.5", 9)], BatchMode::Each);
        let send = async |token: &str| {
            let request = TestApp::http().post(&address).bearer_auth(token);
            let request = request.header("Content-Type", "application/json").body(serde_json::to_string(&body).unwrap());
            request.send().await.unwrap().status().as_u16()
        };
        assert_eq!(send(&lacking.access_token).await, 403);
        assert_eq!(send(&let_in.access_token).await, 200);
        let kept = all(&aino, MeasurementKind::Weight).await.remove(0);
        assert_eq!(kept.source, MeasurementSource::Program);
        assert!(!kept.recorded_by.is_empty());
    }

    async fn two_devices_at_once_bring_everything_once(app: TestApp) {
        let aino = app.citizen().await;
        let many = batch(hundred(&app), BatchMode::Each);
        let sending = (0..4).map(|_| aino.record_measurements(aino.id, &many));
        let results = futures_util::future::join_all(sending).await;
        let recorded: u32 = results.into_iter().map(|result| result.unwrap().recorded).sum();
        assert_eq!(recorded, 100);
        assert_eq!(aino.get_measurement_overview(aino.id).await.unwrap()[0].count, 100);
    }
}
