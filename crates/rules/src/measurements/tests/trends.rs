//! Trends that were counted by hand, and what must hold of every trend.

use proptest::prelude::*;

use super::*;

const DAY: i64 = 24 * 3600 * 1_000_000;

/// Values of one day after another.
fn daily(values: &[&str]) -> Vec<(Instant, Decimal)> {
    (0_i64..).zip(values).map(|(day, value)| (microsecond(day * DAY), number(value))).collect()
}

fn trend(direction: TrendDirection, per_30_days: &str) -> Option<Trend> {
    Some(Trend { direction, per_30_days: number(per_30_days) })
}

#[test]
fn there_is_a_trend_from_four_measurements_on() {
    assert_eq!(trend_of_points(&[], 0), None);
    assert_eq!(trend_of_points(&daily(&["1", "2", "3"]), 0), None);
    assert_eq!(trend_of_points(&daily(&["1", "2", "3", "4"]), 0), trend(TrendDirection::Rising, "30"));
    let moment = |count: usize| vec![(microsecond(5), number("7")); count];
    assert_eq!(trend_of_points(&moment(4), 0), None, "all of one moment");
    assert_eq!(trend_of_points(&moment(100), 0), None);
}

#[test]
fn one_odd_measurement_does_not_turn_a_trend() {
    let values = ["82", "81.5", "300", "80.5", "80", "79.5"];
    assert_eq!(trend_of_points(&daily(&values), 1), trend(TrendDirection::Falling, "-15"));
}

#[test]
fn the_middle_of_an_even_number_of_slopes_is_their_mean() {
    // By day the slopes are 0, 0.5, 1, 1, 1.5 and 2: the middle ones are 1 and 1.
    assert_eq!(trend_of_points(&daily(&["0", "0", "1", "3"]), 0), trend(TrendDirection::Rising, "30"));
    // Here they are 0, 0, 0, 1, 0.5 and 1/3: the middle ones are 0 and 1/3.
    assert_eq!(trend_of_points(&daily(&["0", "0", "0", "1"]), 0), trend(TrendDirection::Level, "5"));
}

#[test]
fn a_change_of_one_step_over_the_period_is_no_longer_level() {
    let line = |values: [&str; 4], decimals: u8| {
        let points = [0, 10, 20, 30].map(|day| microsecond(day * DAY)).into_iter().zip(values.map(number));
        trend_of_points(&points.collect::<Vec<_>>(), decimals)
    };
    assert_eq!(line(["5", "5.04", "5.08", "5.12"], 1), trend(TrendDirection::Rising, "0.12"));
    assert_eq!(line(["5", "4.97", "4.94", "4.91"], 1), trend(TrendDirection::Level, "-0.09"));
    assert_eq!(line(["5", "5.03", "5.07", "5.1"], 1), trend(TrendDirection::Rising, "0.1"), "just one step");
    assert_eq!(line(["5", "5.03", "5.07", "5.1"], 0), trend(TrendDirection::Level, "0.1"));
    assert_eq!(line(["5", "5", "5", "5"], 1), trend(TrendDirection::Level, "0"));
}

#[test]
fn the_trend_is_rounded_away_from_zero_and_ends_at_what_can_be_held() {
    let over = |days: i64, values: [&str; 4]| {
        let moments = [0, 1, 2, 3].map(|third| microsecond(third * days * DAY));
        trend_of_points(&moments.into_iter().zip(values.map(number)).collect::<Vec<_>>(), 0)
    };
    // 1 in 40 days is 0.75 in 30 days.
    assert_eq!(over(40, ["0", "1", "2", "3"]), trend(TrendDirection::Rising, "0.8"));
    assert_eq!(over(40, ["3", "2", "1", "0"]), trend(TrendDirection::Falling, "-0.8"));
    let second = 1_000_000;
    let steep: Vec<_> =
        [0, 1, 2, 3].map(|count| (microsecond(count * second), thousandths(count * 300_000_000))).into();
    assert_eq!(trend_of_points(&steep, 0), trend(TrendDirection::Rising, "1000000"));
}

#[test]
fn the_longest_and_steepest_periods_are_counted() {
    let values = ["-1000000", "1000000", "-1000000", "1000000", "0"];
    let years = [0, 7, 31, 74, 120].map(|year| microsecond(year * 365 * DAY + 123_457));
    let points: Vec<_> = years.into_iter().zip(values.map(number)).collect();
    // The middle slopes are none and a million in 120 years: half of that in 30 days.
    assert_eq!(trend_of_points(&points, 2), trend(TrendDirection::Rising, "342.466"));
    // The calendar goes on for longer than anything can be measured. There may be no trend then, and nothing worse.
    let moments = [0, 1, 2, 3].map(|part| DateTime::from_timestamp(part * 2_000_000_000_000, 0).unwrap());
    let points: Vec<_> = moments.into_iter().zip(values.map(number)).collect();
    assert!(trend_of_points(&points, 0).is_none_or(|trend| trend.per_30_days.thousandths().abs() <= 1));
}

#[test]
fn a_period_is_cut_into_64_equal_parts() {
    let (first, last) = (microsecond(1_000), microsecond(1_000 + 6399));
    let part = |after: i64| bucket_of(microsecond(1_000 + after), first, last);
    assert_eq!([0, 99, 100, 6299, 6300, 6399].map(part), [0, 0, 1, 62, 63, 63]);
    assert_eq!([-1, 7_000].map(part), [0, 63], "what is outside is in the nearest part");
    assert_eq!(bucket_of(first, first, first), 0);
}

#[test]
fn of_many_measurements_the_means_of_the_parts_count() {
    // Two in each hour of 64 hours, an hour's mean being 1.5 more than the hour's before.
    let hour = 3600 * 1_000_000;
    let moment = |half: i64| microsecond(half * hour / 2 + i64::from(half == 127) * (hour / 2 - 1));
    let value = |half: i64| thousandths(1_500 * (half / 2) + if half % 2 == 0 { -400 } else { 400 });
    let points: Vec<_> = (0..128).map(|half| (moment(half), value(half))).collect();
    assert_eq!(trend_of_points(&points, 1), trend(TrendDirection::Rising, "1080"), "1.5 * 24 * 30");
    let buckets: Vec<_> =
        (0_u8..64).map(|number| Bucket { number, sum: 3_000 * i64::from(number), count: 2 }).collect();
    let (first, last) = (points.first().unwrap().0, points.last().unwrap().0);
    assert_eq!(trend_of_buckets(first, last, &buckets, 1), trend_of_points(&points, 1));
}

#[test]
fn each_of_64_measurements_counts_by_itself() {
    let line: Vec<_> = (0_i64..64).map(|day| (microsecond(day * DAY), thousandths(day * 1_000))).collect();
    let (first, last) = (microsecond(0), microsecond(63 * DAY));
    let buckets: Vec<_> =
        (0_u8..64).map(|number| Bucket { number, sum: i64::from(number) * 1_000, count: 1 }).collect();
    assert_eq!(trend_of_points(&line, 0), trend(TrendDirection::Rising, "30"));
    assert_eq!(
        trend_of_buckets(first, last, &buckets, 0),
        trend(TrendDirection::Rising, "30.5"),
        "64 steps in 63 days"
    );
}

#[test]
fn parts_with_the_greatest_numbers_are_counted() {
    let (first, last) = (microsecond(0), microsecond(120 * 365 * DAY));
    let most = 1_000_000_000 * i64::from(u32::MAX);
    let bucket = |number: u8| Bucket { number, sum: if number < 32 { -most } else { most }, count: u32::MAX };
    let buckets: Vec<_> = (0..64).map(bucket).collect();
    assert_eq!(trend_of_buckets(first, last, &buckets, 2).unwrap().direction, TrendDirection::Rising);
    let ends: Vec<_> = [0, 63].map(bucket).into();
    // Two millions in 63 of the 64 parts of 120 years.
    assert_eq!(trend_of_buckets(first, last, &ends, 2), trend(TrendDirection::Rising, "1391.607"));
    let soon = microsecond(63);
    assert_eq!(trend_of_buckets(first, soon, &ends, 2), trend(TrendDirection::Rising, "1000000"));
}

#[test]
fn parts_without_measurements_say_nothing() {
    let (first, last) = (microsecond(0), microsecond(64 * DAY - 1));
    let bucket = |number: u8, sum: i64, count: u32| Bucket { number, sum, count };
    let filled = [bucket(0, 10_000, 1), bucket(20, 90_000, 3), bucket(63, 219_000, 3)];
    let with_empty = [&filled[..], &[bucket(40, 0, 0)]].concat();
    assert_eq!(trend_of_buckets(first, last, &with_empty, 0), trend_of_buckets(first, last, &filled, 0));
    assert_eq!(trend_of_buckets(first, last, &filled, 0), trend(TrendDirection::Rising, "30"));
    assert_eq!(trend_of_buckets(first, last, &[bucket(0, 10_000, 3)], 0), None, "too few");
    assert_eq!(trend_of_buckets(first, last, &[bucket(9, 10_000, 9)], 0), None, "all in one part");
    assert_eq!(trend_of_buckets(first, first, &filled, 0), None, "all of one moment");
    assert_eq!(trend_of_buckets(last, first, &filled, 0), None);
}

/// Measurements of as much as ten years: moments in microseconds and values in thousandths.
fn any_points(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0..3652 * DAY, -500_000_i64..500_000), sizes)
}

fn points(of: &[(i64, i64)]) -> Vec<(Instant, Decimal)> {
    of.iter().map(|(moment, value)| (microsecond(*moment), thousandths(*value))).collect()
}

fn opposite(direction: TrendDirection) -> TrendDirection {
    match direction {
        TrendDirection::Rising => TrendDirection::Falling,
        TrendDirection::Level => TrendDirection::Level,
        TrendDirection::Falling => TrendDirection::Rising,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_rises_by_its_slope_and_its_mirror_falls(
        days in prop::collection::btree_set(0_i64..3652, 4..100), daily in 1_i64..1_000, start in -100_000_i64..100_000,
    ) {
        let line: Vec<_> = days.iter().map(|day| (day * DAY, start + day * daily)).collect();
        let mirror: Vec<_> = line.iter().map(|(moment, value)| (*moment, -value)).collect();
        let (rising, falling) = (trend_of_points(&points(&line), 2).unwrap(), trend_of_points(&points(&mirror), 2).unwrap());
        let change = (days.last().unwrap() - days.first().unwrap()) * daily;
        let is_level = change < 10;
        prop_assert_eq!(rising.direction, if is_level { TrendDirection::Level } else { TrendDirection::Rising });
        prop_assert_eq!(falling.direction, opposite(rising.direction));
        prop_assert_eq!(falling.per_30_days.thousandths(), -rising.per_30_days.thousandths());
        if line.len() <= MOST_POINTS {
            prop_assert_eq!(rising.per_30_days.thousandths(), 30 * daily);
        }
    }

    #[test]
    fn the_mirror_of_any_numbers_goes_the_other_way(measured in any_points(4..100)) {
        let mirror: Vec<_> = measured.iter().map(|(moment, value)| (*moment, -value)).collect();
        let (there, back) = (trend_of_points(&points(&measured), 1).unwrap(), trend_of_points(&points(&mirror), 1).unwrap());
        prop_assert_eq!(back.direction, opposite(there.direction));
        prop_assert_eq!(back.per_30_days.thousandths(), -there.per_30_days.thousandths());
    }

    #[test]
    fn a_trend_knows_neither_the_date_nor_the_level(
        measured in any_points(4..100), later in 0..9_000 * DAY, more in -9_000_000_i64..9_000_000,
    ) {
        let shifted: Vec<_> = measured.iter().map(|(moment, value)| (moment + later, value + more)).collect();
        prop_assert_eq!(trend_of_points(&points(&shifted), 1), trend_of_points(&points(&measured), 1));
    }

    #[test]
    fn a_trend_knows_no_order(measured in any_points(4..100), turn in 0_usize..100) {
        let mut turned = measured.clone();
        turned.rotate_left(turn % measured.len());
        turned.reverse();
        prop_assert_eq!(trend_of_points(&points(&turned), 1), trend_of_points(&points(&measured), 1));
    }

    #[test]
    fn middles_of_parts_with_their_means_have_the_trend_of_the_parts(
        values in prop::collection::btree_map(1_u8..63, (-100_000_i64..100_000, 1_u32..9), 2..62),
        ends in prop::array::uniform2(-100_000_i64..100_000), half in 1..20 * DAY,
    ) {
        // A part is two halves long and measured in its middle only, so that the points are those that stand for the parts; the first
        // and last moments alone are at the ends of theirs, and are left out of the points.
        let (first, last) = (microsecond(0), microsecond(128 * half - 1));
        let mut buckets: Vec<Bucket> = values.iter().map(|(number, (value, count))| {
            Bucket { number: *number, sum: value * i64::from(*count), count: *count }
        }).collect();
        let middles: Vec<_> = values.iter().map(|(number, (value, _))| ((2 * i64::from(*number) + 1) * half, *value)).collect();
        let at_ends = [(half, ends[0]), (127 * half, ends[1])];
        let middles = points(&[middles, at_ends.to_vec()].concat());
        buckets.push(Bucket { number: 0, sum: ends[0], count: 1 });
        buckets.push(Bucket { number: 63, sum: ends[1], count: 1 });
        let (of_points, of_buckets) = (trend_of_points(&middles, 1).unwrap(), trend_of_buckets(first, last, &buckets, 1).unwrap());
        prop_assert_eq!(of_points.per_30_days, of_buckets.per_30_days);
    }

    #[test]
    fn parts_are_numbered_in_order_and_every_moment_is_in_one(length in 0_i64..i64::pow(10, 15), permille in 0_i64..=1000) {
        let (first, last) = (microsecond(77), microsecond(77 + length));
        prop_assert_eq!(bucket_of(first, first, last), 0);
        prop_assert!(length < 64 || bucket_of(last, first, last) == 63);
        let after = length / 1000 * permille;
        let sql = after * 64 / (length + 1);
        prop_assert_eq!(i64::from(bucket_of(microsecond(77 + after), first, last)), sql);
    }
}
