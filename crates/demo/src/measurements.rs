//! What the personas have measured at home, and a target that was agreed on. Days are told from today, so that the demo looks the same on
//! any day.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{
    Component, MeasurementContext, MeasurementKind, NewMeasurement, NewTarget, TargetRange,
};

use crate::calendar;
use crate::chance::Chance;
use crate::model::{DemoMeasured, DemoTarget};
use crate::units::UNITS;

const AINO: usize = 0;
const TIMO: usize = 2;
/// For so many days Aino has measured her blood pressure, and for so many Timo his blood glucose.
const AINO_DAYS: u32 = 60;
const TIMO_DAYS: u32 = 21;
/// So many days ago Aino's target was set.
const TARGET_DAYS: u64 = 30;
/// Of the chance: which thing it is for.
const KIND: u64 = 44;

/// All of them, the oldest first within each kind.
pub(crate) fn measured(seed: u64, today: DateTime<Utc>) -> Vec<DemoMeasured> {
    let mut all = pressures(Chance::of(seed, KIND, 0), today);
    all.extend(weights(Chance::of(seed, KIND, 1), today));
    all.extend(glucose(Chance::of(seed, KIND, 2), today));
    all.retain(|one| one.new.taken_at < today);
    all
}

/// The targets.
pub(crate) fn targets(today: DateTime<Utc>) -> Vec<DemoTarget> {
    let range = |high: i16| TargetRange::below(high.into());
    let from = calendar::to_local(today).date() - Days::new(TARGET_DAYS);
    let new = NewTarget {
        kind: MeasurementKind::BloodPressure,
        ranges: [(Component::Systolic, range(130)), (Component::Diastolic, range(80))].into(),
        moment: None,
        from,
        to: None,
        reason: "Sovittu vastaanotolla, kun lääkitystä muutettiin.".to_owned(),
    };
    let unit = UNITS.iter().position(|unit| unit.key == "kuhmo");
    unit.map(|unit| DemoTarget { citizen: AINO, unit, new }).into_iter().collect()
}

fn at(today: DateTime<Utc>, days_ago: u32, (hour, minute): (u32, u32)) -> DateTime<Utc> {
    let day = calendar::to_local(today).date() - Days::new(days_ago.into());
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
    calendar::to_utc(day.and_time(time))
}

fn new(kind: MeasurementKind, values: &[(Component, i64)], taken_at: DateTime<Utc>) -> NewMeasurement {
    let number = |thousandths| Decimal::from_thousandths(thousandths).unwrap_or_default();
    NewMeasurement {
        kind,
        values: values.iter().map(|(component, thousandths)| (*component, number(*thousandths))).collect(),
        unit: None,
        taken_at,
        context: None,
        blows: Vec::new(),
        remark: String::new(),
        is_confirmed: true,
    }
}

/// Two in the morning and two in the evening on most days: high at first, and lower since the medicine was changed.
fn pressures(mut chance: Chance, today: DateTime<Utc>) -> Vec<DemoMeasured> {
    let mut all = Vec::new();
    for days_ago in (0..AINO_DAYS).rev() {
        for (hour, add) in [(7, 4), (20, 0)] {
            if chance.percent(18) {
                continue;
            }
            let minute = chance.between(0, 40);
            for second in 0..2 {
                let settled = i64::from(days_ago) / 5;
                let mut about = |middle: i64, spread: u32| middle + i64::from(chance.between(0, spread));
                let values = [
                    (Component::Systolic, (about(118, 16) + settled + add - second) * 1000),
                    (Component::Diastolic, (about(70, 10) + settled / 2) * 1000),
                    (Component::Pulse, about(62, 12) * 1000),
                ];
                let taken_at = at(today, days_ago, (hour, minute)) + TimeDelta::minutes(second * 2);
                all.push(DemoMeasured {
                    citizen: AINO,
                    new: new(MeasurementKind::BloodPressure, &values, taken_at),
                });
            }
        }
    }
    all
}

/// Once a week.
fn weights(mut chance: Chance, today: DateTime<Utc>) -> Vec<DemoMeasured> {
    let weeks = (0..AINO_DAYS).rev().step_by(7);
    let weight = |days_ago: u32| {
        let grams = 70_400 + i64::from(days_ago) * 20 + i64::from(chance.between(0, 6)) * 100;
        let taken_at = at(today, days_ago, (7, 5));
        let values = [(Component::Value, grams / 100 * 100)];
        DemoMeasured { citizen: AINO, new: new(MeasurementKind::Weight, &values, taken_at) }
    };
    weeks.map(weight).collect()
}

/// Before breakfast and two hours after dinner.
fn glucose(mut chance: Chance, today: DateTime<Utc>) -> Vec<DemoMeasured> {
    let mut all = Vec::new();
    for days_ago in (0..TIMO_DAYS).rev() {
        for (hour, context, middle) in
            [(6, MeasurementContext::Fasting, 58), (19, MeasurementContext::AfterMeal, 78)]
        {
            let tenths = middle + i64::from(chance.between(0, 28));
            let taken_at = at(today, days_ago, (hour, chance.between(0, 50)));
            let values = [(Component::Value, tenths * 100)];
            let new =
                NewMeasurement { context: Some(context), ..new(MeasurementKind::Glucose, &values, taken_at) };
            all.push(DemoMeasured { citizen: TIMO, new });
        }
    }
    all
}
