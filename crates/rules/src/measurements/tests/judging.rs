//! How numbers stand to targets, and where a citizen stands.

use chrono::DateTime;
use omasote_types::decimal::Decimal;
use omasote_types::ids::MeasurementId;
use omasote_types::measurements::{Bound, Component, TargetRange, TargetState};
use proptest::prelude::*;

use super::super::{Standing, Step, deviation, judge};

fn thousandths(number: i64) -> Decimal {
    Decimal::from_thousandths(number).unwrap()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

fn bound() -> impl Strategy<Value = Option<Bound>> {
    let some = (0..400_i64, any::<bool>())
        .prop_map(|(value, is_inside)| Some(Bound { value: thousandths(value * 1000), is_inside }));
    prop_oneof![1 => Just(None), 3 => some]
}

/// Ranges whose bounds are in order.
fn range() -> impl Strategy<Value = TargetRange> {
    [bound(), bound(), bound(), bound()].prop_map(|mut bounds| {
        let mut values: Vec<Decimal> = bounds.iter().flatten().map(|bound| bound.value).collect();
        values.sort_unstable();
        for (bound, value) in bounds.iter_mut().flatten().zip(values) {
            bound.value = value;
        }
        let [alarm_low, low, high, alarm_high] = bounds;
        TargetRange { alarm_low, low, high, alarm_high }
    })
}

#[test]
fn a_bound_that_is_inside_is_in_and_one_that_is_outside_is_out() {
    let below = TargetRange::below(thousandths(135_000));
    assert_eq!(judge(thousandths(134_000), &below), TargetState::In);
    assert_eq!(judge(thousandths(134_999), &below), TargetState::In);
    assert_eq!(judge(thousandths(135_000), &below), TargetState::Above);
    let from_to = TargetRange::from_to(thousandths(4_000), thousandths(7_000));
    for (value, state) in [
        (3_900, TargetState::Below),
        (4_000, TargetState::In),
        (7_000, TargetState::In),
        (7_100, TargetState::Above),
    ] {
        assert_eq!(judge(thousandths(value), &from_to), state, "{value}");
    }
    assert_eq!(judge(thousandths(1), &TargetRange::NONE), TargetState::NoTarget);
}

proptest! {
    #[test]
    fn a_greater_number_never_stands_lower(range in range(), first in 0..400_000_i64, second in 0..400_000_i64) {
        let order = |state| match state {
            TargetState::BelowAlarm => 0,
            TargetState::Below => 1,
            TargetState::NoTarget | TargetState::In => 2,
            TargetState::Above => 3,
            TargetState::AboveAlarm => 4,
        };
        let (less, more) = (first.min(second), first.max(second));
        prop_assert!(order(judge(thousandths(less), &range)) <= order(judge(thousandths(more), &range)));
    }

    #[test]
    fn only_what_is_out_deviates_and_towards_where_it_is_out(range in range(), value in 0..400_000_i64) {
        let by = deviation(thousandths(value), &range).map(Decimal::thousandths);
        match judge(thousandths(value), &range) {
            TargetState::NoTarget | TargetState::In => prop_assert_eq!(by, None),
            TargetState::Below | TargetState::BelowAlarm => prop_assert!(by.unwrap() <= 0),
            TargetState::Above | TargetState::AboveAlarm => prop_assert!(by.unwrap() >= 0),
        }
    }

    #[test]
    fn taking_one_after_the_other_is_what_counting_all_gives(states in prop::collection::vec(0..6_usize, 0..60)) {
        let steps: Vec<Step> = states.iter().zip(1_u32..).map(|(state, place)| Step {
            place: (
                DateTime::from_timestamp(i64::from(place / 2), 0).unwrap(),
                format!("00000000-0000-7000-8000-{place:012x}").parse::<MeasurementId>().unwrap(),
            ),
            state: TargetState::ALL[*state],
            deviation: TargetState::ALL[*state].is_out().then_some((Component::Value, Decimal::ONE)),
        }).collect();
        let standing = Standing::of(steps.clone());
        let run = steps.iter().rev().take_while(|step| step.state.is_out()).collect::<Vec<_>>();
        prop_assert_eq!(standing.map_or(0, |standing| standing.count), number(steps.len()));
        prop_assert_eq!(standing.map_or(0, |standing| standing.out_count), number(run.len()));
        prop_assert_eq!(standing.and_then(|standing| standing.out_since), run.last().map(|step| step.place.0));
        prop_assert_eq!(standing.map(|standing| standing.latest), steps.last().copied());
    }
}
