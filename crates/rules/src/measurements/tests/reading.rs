//! What becomes of what was entered.

use chrono::{DateTime, TimeDelta};
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{
    Component, KINDS, MeasurementContext, NewMeasurement, TargetRange, TargetState, usual_range,
};
use proptest::prelude::*;

use super::super::{in_other_unit, in_unit_of, judge, read};

/// A number of a kind between its hard bounds, with its decimals.
fn possible() -> impl Strategy<Value = (usize, usize, Decimal)> {
    (0..KINDS.len(), 0..3_usize, 0..=1_000_000_u32).prop_map(|(kind, component, share)| {
        let components = KINDS[kind].components;
        let component = component % components.len();
        let facts = &components[component];
        let step = 10_i64.pow(u32::from(3 - facts.decimals));
        let (least, most) = (facts.hard.0.thousandths(), facts.hard.1.thousandths());
        let value = least + (most - least) / 1000 * i64::from(share) / 1000;
        let value = (value + step - 1).div_euclid(step) * step;
        (kind, component, Decimal::from_thousandths(value.min(most)).unwrap())
    })
}

proptest! {
    #[test]
    fn a_number_survives_the_way_to_another_unit_and_back((kind, component, value) in possible()) {
        let facts = &KINDS[kind].components[component];
        for unit in facts.other_units {
            let entered = in_other_unit(value, unit).unwrap();
            let back = in_unit_of(facts, entered, Some(unit.ucum)).unwrap();
            let smallest = 10_i64.pow(u32::from(3 - facts.decimals));
            prop_assert!((back.thousandths() - value.thousandths()).abs() <= smallest, "{value} {entered} {back}");
            // Where the other unit is finer than ours it comes back as it was.
            if unit.ucum != "[in_i]" {
                prop_assert_eq!(back, value, "{}", entered);
            }
        }
        prop_assert_eq!(in_unit_of(facts, value, Some(facts.ucum)), Some(value));
        prop_assert_eq!(in_unit_of(facts, value, Some("furlong")), None);
    }

    #[test]
    fn what_is_read_is_kept_as_it_is((kind, _, value) in possible(), minutes in 0..1_000_000_i64) {
        let facts = &KINDS[kind];
        if facts.components.len() > 1 {
            return Ok(());
        }
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let new = NewMeasurement {
            kind: facts.kind,
            values: [(Component::Value, value)].into(),
            unit: None,
            taken_at: now - TimeDelta::minutes(minutes),
            context: None,
            blows: Vec::new(),
            remark: String::new(),
            is_confirmed: true,
        };
        let reading = read(&new, now).unwrap();
        prop_assert_eq!(reading.values, new.values);
        prop_assert_eq!(reading.entered, None);
    }
}

#[test]
fn the_data_of_each_kind_is_sound() {
    for facts in KINDS {
        assert!(!facts.components.is_empty(), "{}", facts.code);
        assert_eq!(facts.kind.code(), facts.code);
        for known in facts.components {
            assert!(
                known.hard.0 <= known.soft.0 && known.soft.0 < known.soft.1 && known.soft.1 <= known.hard.1
            );
            for context in [None, Some(MeasurementContext::Fasting), Some(MeasurementContext::AfterMeal)] {
                let range = usual_range(facts.kind, known.component, context).unwrap_or(TargetRange::NONE);
                let bounds: Vec<Decimal> = [range.alarm_low, range.low, range.high, range.alarm_high]
                    .into_iter()
                    .flatten()
                    .map(|bound| bound.value)
                    .collect();
                assert!(bounds.is_sorted(), "{}", facts.code);
                assert!(bounds.iter().all(|bound| known.hard.0 <= *bound && *bound <= known.hard.1));
            }
        }
    }
    assert_eq!(
        judge("134".parse().unwrap(), &usual_range(KINDS[0].kind, Component::Systolic, None).unwrap()),
        TargetState::In
    );
}
