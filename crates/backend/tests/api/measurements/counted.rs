//! Figures over what was measured: the same whether they are counted here or there.

use std::collections::BTreeMap;

use chrono::{Days, TimeDelta};
use omasote_rules::measurements::{Tally, bands, trend_of_points};
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{
    BatchMode, Component, Figures, MeasurementKind, NewMeasurement, NewMeasurements, PartOfDay, SummaryQuery,
    TargetState, TrendDirection,
};

use super::{Citizen, number, one, pressure, summary_of};
use crate::harness::{TestApp, on_both_engines};

/// 300 glucose values over 30 days, every tenth too low or too high.
fn month(app: &TestApp) -> Vec<NewMeasurement> {
    let value = |place: i64| match place % 10 {
        0 => format!("{}.{}", 2 + place % 2, place % 9),
        5 => format!("{}.{}", 10 + place % 5, 1 + place % 9),
        _ => format!("{}.{}", 4 + place % 5, place * 7 % 10),
    };
    let new = |place: i64| NewMeasurement {
        is_confirmed: true,
        ..one(app, MeasurementKind::TissueGlucose, &value(place), 10 + place * 144)
    };
    (0..300).map(new).collect()
}

async fn record(by: &Citizen, measurements: Vec<NewMeasurement>) {
    let many = NewMeasurements { measurements, mode: BatchMode::AllOrNothing };
    by.record_measurements(by.id, &many).await.unwrap();
}

fn tally<'a>(of: impl Iterator<Item = &'a NewMeasurement>) -> Tally {
    let mut tally = Tally::new();
    for one in of {
        let value = one.values[&Component::Value];
        let is_in = number("3.9") <= value && value <= number("10");
        tally.add(value, 1, if is_in { TargetState::In } else { TargetState::Above });
        tally.saw(one.taken_at, value);
    }
    tally
}

fn part_of(one: &NewMeasurement) -> PartOfDay {
    omasote_rules::measurements::day_of(one.taken_at).1
}

on_both_engines! {
    async fn figures_trend_and_bands_are_those_of_all_values(app: TestApp) {
        let aino = app.citizen().await;
        let mut measured = month(&app);
        record(&aino, measured.clone()).await;
        measured.sort_by_key(|one| one.taken_at);
        let summary = aino.get_measurement_summary(aino.id, &summary_of(MeasurementKind::TissueGlucose)).await.unwrap();
        assert_eq!(summary.count, 300);
        let figures = &summary.components[&Component::Value];
        assert_eq!(figures.all, tally(measured.iter()).figures(1).unwrap());
        let by_part: BTreeMap<PartOfDay, Figures> = PartOfDay::ALL.into_iter().filter_map(|part| {
            Some((part, tally(measured.iter().filter(|one| part_of(one) == part)).figures(1)?))
        }).collect();
        assert_eq!(figures.by_part, by_part);
        assert_eq!(by_part.len(), 4);
        let points: Vec<_> = measured.iter().map(|one| (one.taken_at, one.values[&Component::Value])).collect();
        assert_eq!(figures.trend, trend_of_points(&points, 1));
        let counts: Vec<(Decimal, u32)> = points.iter().map(|(_, value)| (*value, 1)).collect();
        assert_eq!(summary.glucose, bands(counts.into_iter()));
        assert_eq!(figures.change, None);
    }

    async fn a_period_is_compared_with_the_one_before(app: TestApp) {
        let aino = app.citizen().await;
        for (value, days) in [("80", 12), ("79", 9), ("76", 5), ("75", 3), ("74", 1)] {
            aino.record_measurement(aino.id, &one(&app, MeasurementKind::Weight, value, days * 1440)).await.unwrap();
        }
        let today = omasote_rules::helsinki::to_local(app.state.clock.now()).date();
        let week = SummaryQuery { kind: MeasurementKind::Weight, from: Some(today - Days::new(6)), to: Some(today) };
        let summary = aino.get_measurement_summary(aino.id, &week).await.unwrap();
        let figures = &summary.components[&Component::Value];
        assert_eq!((figures.all.count, figures.all.median, figures.all.least, figures.all.greatest), (3, number("75"), number("74"), number("76")));
        let change = figures.change.unwrap();
        assert_eq!((change.count_before, change.median_before, change.median), (2, number("79.5"), number("-4.5")));
        let weight = summary.weight.unwrap();
        assert_eq!((weight.in_3_days, weight.in_7_days, weight.body_mass_index), (Some(number("-2")), Some(number("-5")), None));
        aino.record_measurement(aino.id, &one(&app, MeasurementKind::Height, "170", 0)).await.unwrap();
        let weight = aino.get_measurement_summary(aino.id, &week).await.unwrap().weight.unwrap();
        assert_eq!(weight.body_mass_index, Some(number("25.6")));
    }

    async fn a_pressure_has_figures_of_each_number_and_says_where_it_goes(app: TestApp) {
        let aino = app.citizen().await;
        for (place, systolic) in (0..6).zip([130, 134, 138, 142, 146, 150]) {
            let mut new = pressure(&app, systolic, 84, (6 - place) * 1440);
            if place == 0 {
                new.values.insert(Component::Pulse, 70.into());
            }
            aino.record_measurement(aino.id, &new).await.unwrap();
        }
        let summary = aino.get_measurement_summary(aino.id, &summary_of(MeasurementKind::BloodPressure)).await.unwrap();
        let systolic = &summary.components[&Component::Systolic];
        assert_eq!((systolic.all.median, systolic.all.mean), (number("140"), number("140")));
        assert_eq!((systolic.all.within, systolic.all.judged, systolic.all.within_percent), (2, 6, Some(number("33.3"))));
        let trend = systolic.trend.unwrap();
        assert_eq!((trend.direction, trend.per_30_days), (TrendDirection::Rising, number("120")));
        assert_eq!(summary.components[&Component::Diastolic].trend.unwrap().direction, TrendDirection::Level);
        assert_eq!(summary.components[&Component::Pulse].all.count, 1);
    }

    async fn peak_flow_varies_within_a_day_and_stands_to_the_own_best(app: TestApp) {
        let aino = app.citizen().await;
        let day = "2026-03-02T05:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        for (value, hours) in [("500", -200), ("320", 0), ("420", 12), ("400", 24), ("410", 36)] {
            let new = NewMeasurement { taken_at: day + TimeDelta::hours(hours), ..one(&app, MeasurementKind::Pef, value, 0) };
            aino.record_measurement(aino.id, &new).await.unwrap();
        }
        let query = SummaryQuery { kind: MeasurementKind::Pef, from: Some("2026-03-01".parse().unwrap()), to: None };
        let peak_flow = aino.get_measurement_summary(aino.id, &query).await.unwrap().peak_flow.unwrap();
        assert_eq!((peak_flow.best, peak_flow.latest_percent, peak_flow.days_of_great_variation), (number("500"), number("82"), 1));
        let days: Vec<_> = peak_flow.days.iter().map(|day| (day.difference, day.percent)).collect();
        assert_eq!(days, [(number("100"), number("27")), (number("10"), number("2.5"))]);
    }

    async fn a_chart_has_the_points_in_their_order(app: TestApp) {
        let aino = app.citizen().await;
        record(&aino, month(&app)).await;
        let points = aino.list_measurement_points(aino.id, &summary_of(MeasurementKind::TissueGlucose)).await.unwrap();
        assert_eq!((points.times.len(), points.states.len(), points.is_cut), (300, 300, false));
        assert!(points.times.is_sorted());
        assert_eq!(points.values[&Component::Value].len(), 300);
    }
}
