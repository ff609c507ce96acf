//! What must hold of the figures of all numbers.

use proptest::prelude::*;

use super::*;

/// A measurement: its value in thousandths and how it stands to its target.
type Measured = (i64, TargetState);

fn any_measured() -> impl Strategy<Value = Vec<Measured>> {
    // Few different values, so that many are alike.
    let value = prop_oneof![-20_i64..20, -500_000_i64..500_000].prop_map(|number| number * 100);
    prop::collection::vec((value, prop::sample::select(TargetState::ALL.to_vec())), 1..60)
}

fn tally_of<'a>(measured: impl IntoIterator<Item = (usize, &'a Measured)>) -> Tally {
    let mut tally = Tally::new();
    for (place, (value, state)) in measured {
        tally.add(thousandths(*value), 1, *state);
        tally.saw(microsecond(i64::try_from(place).unwrap()), thousandths(*value));
    }
    tally
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_know_no_order(measured in any_measured(), turn in 0_usize..60) {
        let mut turned: Vec<_> = measured.iter().enumerate().collect();
        turned.rotate_left(turn % measured.len());
        turned.reverse();
        prop_assert_eq!(tally_of(turned).figures(1), tally_of(measured.iter().enumerate()).figures(1));
    }

    #[test]
    fn counts_by_value_come_to_the_same_as_rows(measured in any_measured()) {
        let rows = tally_of(measured.iter().enumerate());
        let mut counts: Vec<(Measured, u32)> = Vec::new();
        for row in &measured {
            match counts.iter_mut().find(|(counted, _)| counted == row) {
                Some((_, count)) => *count += 1,
                None => counts.push((*row, 1)),
            }
        }
        let mut grouped = Tally::new();
        for ((value, state), count) in counts {
            grouped.add(thousandths(value), count, state);
        }
        let last = measured.len() - 1;
        grouped.saw(microsecond(i64::try_from(last).unwrap()), thousandths(measured[last].0));
        prop_assert_eq!(grouped.figures(1), rows.figures(1));
        prop_assert_eq!(grouped, rows);
    }

    #[test]
    fn a_whole_is_counted_from_its_parts(measured in any_measured(), cut in 0_usize..60) {
        let (one, other) = (0..measured.len()).zip(&measured).partition::<Vec<_>, _>(|(place, _)| *place < cut);
        let mut merged = tally_of(other);
        merged.merge(&tally_of(one));
        prop_assert_eq!(merged, tally_of(measured.iter().enumerate()));
    }

    #[test]
    fn the_middle_and_the_mean_are_between_the_least_and_the_greatest(measured in any_measured()) {
        let figures = tally_of(measured.iter().enumerate()).figures(1).unwrap();
        prop_assert!(figures.least <= figures.median && figures.median <= figures.greatest);
        prop_assert!(figures.least <= figures.mean && figures.mean <= figures.greatest);
        prop_assert!(figures.least <= figures.latest && figures.latest <= figures.greatest);
        let below = measured.iter().filter(|(value, _)| *value < figures.median.thousandths()).count();
        let above = measured.iter().filter(|(value, _)| *value > figures.median.thousandths()).count();
        prop_assert!(2 * below <= measured.len() && 2 * above <= measured.len());
    }

    #[test]
    fn the_share_is_of_what_was_judged(measured in any_measured()) {
        let figures = tally_of(measured.iter().enumerate()).figures(1).unwrap();
        prop_assert!(figures.within <= figures.judged && figures.judged <= figures.count);
        prop_assert_eq!(usize::try_from(figures.count).unwrap(), measured.len());
        prop_assert_eq!(figures.within_percent.is_some(), figures.judged > 0);
        let share = figures.within_percent.unwrap_or_default();
        prop_assert!(Decimal::ZERO <= share && share <= number("100"));
        prop_assert_eq!(share == Decimal::ZERO, figures.within == 0);
    }

    #[test]
    fn mirrored_numbers_have_mirrored_figures(measured in any_measured()) {
        let mirror: Vec<_> = measured.iter().map(|(value, state)| (-value, *state)).collect();
        let (there, back) = (tally_of(measured.iter().enumerate()), tally_of(mirror.iter().enumerate()));
        let (there, back) = (there.figures(0).unwrap(), back.figures(0).unwrap());
        prop_assert_eq!(back.mean.thousandths(), -there.mean.thousandths());
        prop_assert_eq!(back.median.thousandths(), -there.median.thousandths());
        prop_assert_eq!((-back.least.thousandths(), -back.greatest.thousandths()), (there.greatest.thousandths(), there.least.thousandths()));
    }

    #[test]
    fn what_changed_leads_from_the_figures_before_to_those_now(before in any_measured(), now in any_measured()) {
        let figures = |measured: &[Measured]| tally_of(measured.iter().enumerate()).figures(1).unwrap();
        let (before, now) = (figures(&before), figures(&now));
        let (there, back) = (change(&now, &before), change(&before, &now));
        prop_assert_eq!(there.mean_before.thousandths() + there.mean.thousandths(), now.mean.thousandths());
        prop_assert_eq!(there.median_before.thousandths() + there.median.thousandths(), now.median.thousandths());
        prop_assert_eq!(there.mean.thousandths(), -back.mean.thousandths());
    }

    #[test]
    fn glucose_bands_are_a_whole_and_know_no_order(counts in prop::collection::vec((500_i64..50_000, 0_u32..1_000), 1..50)) {
        let counts = |turned: bool| {
            let mut counts = counts.clone();
            if turned { counts.reverse(); }
            counts.into_iter().map(|(value, count)| (thousandths(value), count))
        };
        let counted = bands(counts(false));
        prop_assert_eq!(bands(counts(true)), counted);
        prop_assert_eq!(counted.is_none(), counts(false).all(|(_, count)| count == 0));
        if let Some(bands) = counted {
            let shares = [bands.very_low, bands.low, bands.in_range, bands.high, bands.very_high];
            let sum: i64 = shares.iter().map(|share| share.thousandths()).sum();
            prop_assert!((sum - 100_000).abs() <= 300, "{}", sum);
        }
    }

    #[test]
    fn great_variation_is_in_no_more_days_than_have_two_measurements(
        days in prop::collection::vec((30_i64..900, 0_i64..300, 1_u32..4), 0..60),
    ) {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let range = |(day, (least, more, count)): (NaiveDate, &(i64, i64, u32))| {
            DayRange { day, least: thousandths(least * 1000), greatest: thousandths((least + more) * 1000), count: *count }
        };
        let days: Vec<_> = first.iter_days().zip(&days).map(range).collect();
        let counted = peak_flow(number("900"), number("450"), &days);
        let twice = days.iter().filter(|day| day.count > 1).count();
        prop_assert_eq!(counted.days.len(), twice.min(31));
        prop_assert!(usize::try_from(counted.days_of_great_variation).unwrap() <= twice);
        prop_assert!(counted.days.is_sorted_by_key(|day| day.day));
        prop_assert!(counted.days.iter().all(|day| day.percent < number("200")));
        prop_assert_eq!(counted.latest_percent, number("50"));
    }

    #[test]
    fn weight_changes_from_what_was_weighed(hours in prop::collection::vec((0_i64..200, 30_000_i64..200_000), 1..20)) {
        let mut moment = at("2026-01-01T00:00:00Z");
        let mut weights = Vec::new();
        for (pause, value) in hours {
            moment += TimeDelta::hours(pause);
            weights.push((moment, thousandths(value)));
        }
        let counted = weight_change(&weights, None).unwrap();
        let latest = weights.last().unwrap();
        let day = |at: Instant| crate::helsinki::to_local(at).date();
        for (days, found) in [(3..=4, counted.in_3_days), (7..=9, counted.in_7_days)] {
            let is_old = |(at, _): &&(Instant, Decimal)| days.contains(&(day(latest.0) - day(*at)).num_days());
            let expected = weights.iter().rfind(is_old).map(|(_, before)| latest.1.thousandths() - before.thousandths());
            prop_assert_eq!(found.map(Decimal::thousandths), expected);
        }
    }
}
