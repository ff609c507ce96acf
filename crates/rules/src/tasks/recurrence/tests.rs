use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Europe::Helsinki;
use proptest::prelude::*;

use super::*;
use crate::tasks::{closes_at, opens_at};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(rule: &str, start: &str, limit: u16) -> Vec<String> {
    let recurrence = Recurrence::parse(rule, day(start), 1).unwrap();
    let windows = recurrence.windows_from(day(start), limit);
    windows.iter().map(|window| window.from.to_string()).collect()
}

fn flaw(rule: &str) -> Option<Flaw> {
    Recurrence::parse(rule, day("2026-01-01"), 1).err()
}

#[test]
fn the_days_go_on_over_both_changes_of_the_clock() {
    let spring = days("FREQ=DAILY;COUNT=4", "2026-03-27", 9);
    assert_eq!(spring, ["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30"]);
    let autumn = days("FREQ=DAILY;INTERVAL=2;COUNT=3", "2026-10-23", 9);
    assert_eq!(autumn, ["2026-10-23", "2026-10-25", "2026-10-27"]);
    let sundays = days("FREQ=WEEKLY;BYDAY=SU;COUNT=3", "2026-03-20", 9);
    assert_eq!(sundays, ["2026-03-22", "2026-03-29", "2026-04-05"]);
    let windows = Recurrence::parse("FREQ=DAILY;COUNT=3", day("2026-03-28"), 1).unwrap();
    let hours: Vec<_> = windows
        .windows_from(day("2026-03-28"), 9)
        .into_iter()
        .map(|window| (closes_at(window) - opens_at(window)).num_hours())
        .collect();
    assert_eq!(hours, [24, 23, 24]);
}

#[test]
fn the_last_of_february_comes_when_there_is_one() {
    let leap = days("FREQ=YEARLY", "2024-02-29", 3);
    assert_eq!(leap, ["2024-02-29", "2028-02-29", "2032-02-29"]);
    let last = days("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2028-01-15", 9);
    assert_eq!(last, ["2028-01-31", "2028-02-29", "2028-03-31"]);
    let thirty_first = days("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "2026-01-01", 9);
    assert_eq!(thirty_first, ["2026-01-31", "2026-03-31", "2026-05-31"]);
    let every = days("FREQ=DAILY;COUNT=3", "2028-02-28", 9);
    assert_eq!(every, ["2028-02-28", "2028-02-29", "2028-03-01"]);
    assert_eq!(days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01", 9), [""; 0]);
}

#[test]
fn the_last_day_is_of_the_rule() {
    let expected = ["2026-12-28", "2027-01-04"];
    assert_eq!(days("FREQ=WEEKLY;UNTIL=20270104", "2026-12-28", 9), expected);
    // Half past ten in the evening in UTC is the next day in Finland.
    assert_eq!(days("FREQ=WEEKLY;UNTIL=20270103T223000Z", "2026-12-28", 9), expected);
    assert_eq!(days("FREQ=WEEKLY;UNTIL=20270103T213000Z", "2026-12-28", 9), ["2026-12-28"]);
    assert_eq!(days("FREQ=DAILY;UNTIL=20260101", "2026-01-01", 9), ["2026-01-01"]);
}

#[test]
fn a_window_has_its_days_and_none_before_the_day_asked_for() {
    let weekly = Recurrence::parse("FREQ=WEEKLY;BYDAY=MO", day("2026-11-30"), 3).unwrap();
    let windows = weekly.windows_from(day("2026-12-08"), 2);
    let expected = [("2026-12-14", "2026-12-16"), ("2026-12-21", "2026-12-23")];
    assert_eq!(windows, expected.map(|(from, to)| Window { from: day(from), to: day(to) }));
    assert_eq!(weekly.windows_from(day("2026-12-14"), 1)[0].from, day("2026-12-14"));
    let late = Recurrence::parse("FREQ=DAILY", day("2000-01-01"), 1).unwrap();
    assert_eq!(late.windows_from(day("2027-01-01"), 1)[0].from, day("2027-01-01"));
}

#[test]
fn what_is_not_by_days_or_too_much_is_refused() {
    for rule in
        ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=8", "FREQ=DAILY;BYSECOND=1"]
    {
        assert_eq!(flaw(rule), Some(Flaw::NotByDays), "{rule}");
    }
    assert_eq!(flaw("FREQ=YEARLY;BYEASTER=1"), Some(Flaw::NotByDays));
    assert_eq!(flaw("FREQ=DAILY;COUNT=501"), Some(Flaw::TooMany));
    assert_eq!(flaw("FREQ=DAILY;COUNT=0"), Some(Flaw::TooMany));
    assert_eq!(flaw("FREQ=DAILY;UNTIL=20251231"), Some(Flaw::EndsTooEarly));
    for rule in [
        "",
        "DAILY",
        "COUNT=3",
        "FREQ=DAILY;",
        "FREQ=DAILY;COUNT=",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;COUNT=1;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=2027",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=WEEKLY;BYDAY=ÄÄ",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "RRULE:FREQ=DAILY",
        "FREQ=DAILY\nEXDATE=20260101",
    ] {
        assert_eq!(flaw(rule), Some(Flaw::Unreadable), "{rule}");
    }
    let long = format!("FREQ=MONTHLY;BYMONTHDAY={}1", "1,".repeat(200));
    assert_eq!(flaw(&long), Some(Flaw::Unreadable));
    assert_eq!(Recurrence::parse("FREQ=DAILY", day("2026-01-01"), 0).err(), Some(Flaw::Window));
    assert_eq!(Recurrence::parse("FREQ=DAILY", day("2026-01-01"), 367).err(), Some(Flaw::Window));
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..12_000).prop_map(|days| day("2020-01-01") + Days::new(days))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_rule_stops_the_server(rule in "FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|COUNT|BYDAY|BYMONTHDAY|BYMONTH|BYYEARDAY|BYWEEKNO|BYSETPOS|WKST|UNTIL)=([-+,0-9]{1,6}|[-+]?[0-9]{0,3}(MO|TU|WE|TH|FR|SA|SU))){0,4}") {
        if let Ok(recurrence) = Recurrence::parse(&rule, day("2026-01-31"), 1) {
            let windows = recurrence.windows_from(day("2027-01-01"), 5);
            prop_assert!(windows.len() <= 5 && windows.is_sorted_by_key(|window| window.from));
        }
    }

    #[test]
    fn every_so_many_days_is_what_the_calendar_counts(start in any_day(), interval in 1_u64..40, skip in 0_u64..400) {
        let rule = format!("FREQ=DAILY;INTERVAL={interval}");
        let recurrence = Recurrence::parse(&rule, start, 1).unwrap();
        let from = start + Days::new(skip);
        let first = start + Days::new(skip.div_ceil(interval) * interval);
        let expected: Vec<_> = (0..20).map(|number| first + Days::new(number * interval)).collect();
        let found: Vec<_> = recurrence.windows_from(from, 20).into_iter().map(|window| window.from).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_days_of_a_week_and_of_a_month_are_those_of_the_calendar(start in any_day(), of_month in 1_u32..=31) {
        let until = start + Days::new(800);
        let end = until.format("%Y%m%d");
        let all: Vec<NaiveDate> = start.iter_days().take(801).collect();
        let found = |rule: &str| {
            let recurrence = Recurrence::parse(rule, start, 1).unwrap();
            recurrence.windows_from(start, 500).into_iter().map(|window| window.from).collect::<Vec<_>>()
        };
        let weekly = all.iter().copied().filter(|day| matches!(day.weekday(), Weekday::Mon | Weekday::Thu));
        prop_assert_eq!(found(&format!("FREQ=WEEKLY;BYDAY=MO,TH;UNTIL={end}")), weekly.collect::<Vec<_>>());
        let monthly = all.iter().copied().filter(|day| day.day() == of_month);
        prop_assert_eq!(found(&format!("FREQ=MONTHLY;BYMONTHDAY={of_month};UNTIL={end}")), monthly.collect::<Vec<_>>());
    }

    #[test]
    fn a_window_is_whole_days_on_the_clock_in_finland(start in any_day(), length in 1_u32..10) {
        let recurrence = Recurrence::parse("FREQ=DAILY;INTERVAL=5", start, length).unwrap();
        for window in recurrence.windows_from(start, 30) {
            let opens = opens_at(window).with_timezone(&Helsinki).naive_local();
            let closes = closes_at(window).with_timezone(&Helsinki).naive_local();
            prop_assert_eq!(opens, window.from.and_time(NaiveTime::MIN));
            prop_assert_eq!(closes - opens, TimeDelta::days(length.into()));
        }
    }
}
