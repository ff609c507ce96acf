//! Numbers that were counted by hand.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn nothing_has_no_figures() {
    assert_eq!(Tally::new().figures(0), None);
    let mut only_seen = Tally::new();
    only_seen.saw(at("2026-01-01T08:00:00Z"), number("120"));
    only_seen.add(number("120"), 0, TargetState::In);
    assert_eq!(only_seen.figures(0), None, "a value that was measured no times is no measurement");
    let mut never_seen = Tally::new();
    never_seen.add(number("120"), 3, TargetState::In);
    assert_eq!(never_seen.figures(0), None, "figures tell which was the last");
}

#[test]
fn figures_of_a_week_of_blood_pressure() {
    let mut tally = Tally::new();
    let states = [("128", TargetState::In), ("142", TargetState::Above), ("131", TargetState::In)];
    for (value, state) in states {
        tally.add(number(value), 1, state);
    }
    tally.add(number("190"), 1, TargetState::AboveAlarm);
    tally.add(number("118"), 2, TargetState::NoTarget);
    tally.saw(at("2026-03-04T07:00:00Z"), number("131"));
    tally.saw(at("2026-03-03T07:00:00Z"), number("190"));
    let counted = tally.figures(0).unwrap();
    let expected = Figures {
        count: 6,
        latest: number("131"),
        latest_at: at("2026-03-04T07:00:00Z"),
        median: number("129.5"),
        least: number("118"),
        greatest: number("190"),
        // 827 / 6 = 137.83
        mean: number("137.8"),
        judged: 4,
        within: 2,
        within_percent: Some(number("50")),
    };
    assert_eq!(counted, expected);
}

#[test]
fn halves_are_rounded_away_from_zero() {
    // 0.25 and -0.25 would become 0.2 and -0.2 by the rule of bankers.
    assert_eq!(figures(&["0", "0", "0", "1"], 0).mean, number("0.3"));
    assert_eq!(figures(&["0", "0", "0", "-1"], 0).mean, number("-0.3"));
    assert_eq!(figures(&["7.1", "7.1", "7.1", "7.2"], 1).mean, number("7.13"), "7.125");
    assert_eq!(figures(&["1", "1", "2"], 0).mean, number("1.3"));
    assert_eq!(figures(&["-1", "-1", "-2"], 0).mean, number("-1.3"));
}

#[test]
fn the_median_of_two_middle_ones_is_exact() {
    assert_eq!(figures(&["5.6", "5.7"], 1).median, number("5.65"));
    assert_eq!(figures(&["-5.6", "-5.7"], 1).median, number("-5.65"));
    assert_eq!(figures(&["1.25", "1.26"], 2).median, number("1.255"));
    assert_eq!(figures(&["9", "1", "5"], 0).median, number("5"));
}

#[test]
fn more_decimals_than_there_can_be_are_not_asked_for() {
    assert_eq!(figures(&["0.001", "0.002"], 3).mean, number("0.002"));
    assert_eq!(figures(&["0.001", "0.002"], 200).median, number("0.002"));
}

#[test]
fn the_greatest_numbers_can_be_counted() {
    let mut tally = Tally::new();
    tally.add(number("1000000"), u32::MAX, TargetState::In);
    tally.add(number("-1000000"), u32::MAX, TargetState::Below);
    tally.saw(at("2026-01-01T00:00:00Z"), number("1000000"));
    let counted = tally.figures(2).unwrap();
    assert_eq!((counted.mean, counted.median, counted.count), (Decimal::ZERO, Decimal::ZERO, u32::MAX));
}

#[test]
fn the_share_within_target_is_rounded_to_one_decimal() {
    let share = |within: u32, out: u32| {
        let mut tally = tally(&["5"]);
        tally.add(number("5"), within, TargetState::In);
        tally.add(number("9"), out, TargetState::Above);
        tally.figures(1).unwrap().within_percent
    };
    assert_eq!(share(0, 0), None, "nothing was judged");
    assert_eq!(share(2, 1), Some(number("66.7")));
    assert_eq!(share(1, 15), Some(number("6.3")), "6.25");
    assert_eq!(share(0, 4), Some(Decimal::ZERO));
    assert_eq!(share(3, 0), Some(number("100")));
}

#[test]
fn of_one_moment_the_last_noted_is_the_latest() {
    let (morning, evening) = (at("2026-01-01T07:00:00Z"), at("2026-01-01T19:00:00Z"));
    let mut tally = tally(&["1"]);
    for (moment, value) in [(evening, "2"), (evening, "3"), (morning, "4")] {
        tally.saw(moment, number(value));
    }
    let counted = tally.figures(0).unwrap();
    assert_eq!((counted.latest, counted.latest_at), (number("3"), evening));
}

#[test]
fn what_changed_is_the_difference_of_what_is_shown() {
    let (before, now) = (figures(&["141", "150", "142"], 0), figures(&["130", "135"], 0));
    let expected = Change {
        count_before: 3,
        median_before: number("142"),
        median: number("-9.5"),
        mean_before: number("144.3"),
        mean: number("-11.8"),
    };
    assert_eq!(change(&now, &before), expected);
    let (least, greatest) = (figures(&["-1000000"], 0), figures(&["1000000"], 0));
    assert_eq!(change(&greatest, &least).mean, number("1000000"), "no greater number can be held");
}

#[test]
fn bounds_of_glucose_bands_are_in_the_band_that_is_said() {
    let band = |value: &str| {
        let bands = bands([(number(value), 1)].into_iter()).unwrap();
        let shares = [bands.very_low, bands.low, bands.in_range, bands.high, bands.very_high];
        assert_eq!(shares.iter().filter(|share| **share == number("100")).count(), 1);
        assert_eq!(shares.iter().filter(|share| **share == Decimal::ZERO).count(), 4);
        shares.iter().position(|share| *share == number("100")).unwrap()
    };
    let bounds = [("0.5", 0), ("2.999", 0), ("3.0", 1), ("3.899", 1), ("3.9", 2), ("10.0", 2)];
    let above = [("10.001", 3), ("13.9", 3), ("13.901", 4), ("50", 4)];
    for (value, place) in bounds.into_iter().chain(above) {
        assert_eq!(band(value), place, "{value}");
    }
}

#[test]
fn glucose_bands_are_shares_of_all_measurements() {
    assert_eq!(bands([].into_iter()), None);
    assert_eq!(bands([(number("5"), 0)].into_iter()), None);
    let counts = [("2.9", 1), ("3.5", 2), ("5", 4), ("7.5", 6), ("11", 2), ("15", 1)];
    let bands = bands(counts.into_iter().map(|(value, count)| (number(value), count))).unwrap();
    assert_eq!((bands.very_low, bands.low, bands.in_range), (number("6.3"), number("12.5"), number("62.5")));
    assert_eq!((bands.high, bands.very_high), (number("12.5"), number("6.3")), "6.25 and 6.25");
}

fn range(date: &str, least: &str, greatest: &str, count: u32) -> DayRange {
    DayRange { day: day(date), least: number(least), greatest: number(greatest), count }
}

#[test]
fn peak_flow_varies_greatly_by_both_measures_or_not_at_all() {
    let great = |least: &str, greatest: &str| {
        let days = [range("2026-01-01", least, greatest, 2)];
        let counted = peak_flow(number("500"), number("400"), &days);
        (counted.days.first().unwrap().percent, counted.days_of_great_variation)
    };
    assert_eq!(great("270", "330"), (number("20"), 1), "60 of 300");
    assert_eq!(great("270", "329"), (number("19.7"), 0));
    assert_eq!(great("271", "331"), (number("19.9"), 0));
    assert_eq!(great("100", "159"), (number("45.6"), 0), "59 of 129.5");
    assert_eq!(great("275", "336"), (number("20"), 0), "19.967 is below 20");
    assert_eq!(great("300", "300"), (Decimal::ZERO, 0));
}

#[test]
fn peak_flow_stands_to_the_best_and_tells_the_last_31_days() {
    let mut days: Vec<DayRange> =
        (1..=31).map(|date| range(&format!("2026-01-{date:02}"), "200", "300", 3)).collect();
    days.push(range("2026-02-01", "250", "250", 1));
    days.push(range("2026-02-02", "390", "410", 2));
    days.reverse();
    let counted = peak_flow(number("480"), number("410"), &days);
    assert_eq!((counted.best, counted.latest_percent), (number("480"), number("85.4")));
    assert_eq!(counted.days.len(), 31);
    assert_eq!(counted.days.first().unwrap().day, day("2026-01-02"));
    let last = DayFigures { day: day("2026-02-02"), difference: number("20"), percent: number("5") };
    assert_eq!(counted.days.last(), Some(&last));
    assert_eq!(counted.days_of_great_variation, 31, "days that are not told one by one count as well");
    assert_eq!(peak_flow(Decimal::ZERO, number("1"), &[]).latest_percent, Decimal::ZERO);
}

fn weights(of: &[(&str, &str)]) -> Vec<(Instant, Decimal)> {
    of.iter().map(|(moment, value)| (at(moment), number(value))).collect()
}

#[test]
fn weight_is_compared_with_the_last_one_of_three_and_of_seven_days_before() {
    let weights = weights(&[
        ("2026-01-01T07:00:00Z", "80"),
        ("2026-01-08T07:30:00Z", "81.2"),
        ("2026-01-12T07:30:00Z", "82.5"),
        ("2026-01-13T07:00:00Z", "70"),
        ("2026-01-15T07:00:00Z", "81.9"),
    ]);
    let counted = weight_change(&weights, Some(number("178.5"))).unwrap();
    assert_eq!(counted.in_3_days, Some(number("-0.6")), "three days, though not 72 hours");
    assert_eq!(counted.in_7_days, Some(number("0.7")), "seven days, though not 168 hours");
    // 81.9 / 1.785² = 25.704
    assert_eq!(counted.body_mass_index, Some(number("25.7")));
}

#[test]
fn a_weight_of_too_many_days_ago_is_not_compared() {
    // 22:30 in UTC is the next day in Finland.
    for (moment, in_3_days, in_7_days) in [
        ("2026-01-12T22:30:00Z", None, None),
        ("2026-01-11T22:30:00Z", Some(number("2")), None),
        ("2026-01-10T22:30:00Z", Some(number("2")), None),
        ("2026-01-09T22:30:00Z", None, None),
        ("2026-01-07T22:30:00Z", None, Some(number("2"))),
        ("2026-01-05T22:30:00Z", None, Some(number("2"))),
        ("2026-01-04T22:30:00Z", None, None),
    ] {
        let weights = weights(&[(moment, "80"), ("2026-01-15T07:00:00Z", "82")]);
        let counted = weight_change(&weights, None).unwrap();
        assert_eq!((counted.in_3_days, counted.in_7_days), (in_3_days, in_7_days), "{moment}");
        assert_eq!(counted.body_mass_index, None);
    }
}

#[test]
fn one_weight_has_changed_from_nothing() {
    assert_eq!(weight_change(&[], Some(number("180"))), None);
    let one = weights(&[("2026-01-15T07:00:00Z", "81")]);
    let counted = weight_change(&one, Some(number("180"))).unwrap();
    assert_eq!(
        (counted.in_3_days, counted.in_7_days, counted.body_mass_index),
        (None, None, Some(number("25")))
    );
    assert_eq!(weight_change(&one, Some(Decimal::ZERO)).unwrap().body_mass_index, None);
    // 51.25 kg at 100 cm is 51.25 kg/m².
    let halves = weights(&[("2026-01-15T07:00:00Z", "51.25")]);
    assert_eq!(weight_change(&halves, Some(number("100"))).unwrap().body_mass_index, Some(number("51.3")));
}
