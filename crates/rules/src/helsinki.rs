//! The wall clock in Finland, by the rule of the European Union: summer time from the last Sunday of March to the last of
//! October, changed at one in UTC. No table of time zones, so that it is small in the browser.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use omasote_types::Instant;

const WINTER: TimeDelta = TimeDelta::hours(2);
const SUMMER: TimeDelta = TimeDelta::hours(3);

/// What the clock shows at a moment.
#[must_use]
pub fn to_local(at: Instant) -> NaiveDateTime {
    at.naive_utc() + offset(at)
}

/// The moment at which a day has lasted so many minutes by the clock. Of an hour that comes twice it is the first; an hour
/// that is left out is the moment when it is.
#[must_use]
pub fn at_minute(date: NaiveDate, minute: u16) -> Instant {
    let local = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute.into());
    let (in_summer, in_winter) = ((local - SUMMER).and_utc(), (local - WINTER).and_utc());
    if offset(in_summer) == SUMMER {
        return in_summer;
    }
    match offset(in_winter) == WINTER {
        true => in_winter,
        false => change(local.year(), 3).unwrap_or(in_winter),
    }
}

fn offset(at: Instant) -> TimeDelta {
    let year = at.year();
    let is_summer = change(year, 3).is_some_and(|spring| spring <= at)
        && change(year, 10).is_some_and(|autumn| at < autumn);
    if is_summer { SUMMER } else { WINTER }
}

/// One in UTC on the last Sunday of a month of 31 days.
fn change(year: i32, month: u32) -> Option<DateTime<Utc>> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    let sunday = last.checked_sub_days(Days::new(last.weekday().num_days_from_sunday().into()))?;
    Some(sunday.and_hms_opt(1, 0, 0)?.and_utc())
}

#[cfg(test)]
mod tests {
    use chrono::{LocalResult, TimeZone};
    use chrono_tz::Europe::Helsinki;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_clock_is_that_of_the_time_zone_database(seconds in 946_684_800_i64..2_114_380_800) {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            prop_assert_eq!(to_local(at), at.with_timezone(&Helsinki).naive_local());
        }

        #[test]
        fn a_minute_of_a_day_is_that_of_the_time_zone_database(day in 0_u64..13_500, minute in 0_u16..=1440) {
            let date = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(day);
            let local = date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute.into());
            let at = at_minute(date, minute);
            match Helsinki.from_local_datetime(&local) {
                LocalResult::Single(known) | LocalResult::Ambiguous(known, _) => prop_assert_eq!(at, known),
                LocalResult::None => prop_assert_eq!(at.naive_utc().time(), "01:00:00".parse().unwrap()),
            }
        }
    }

    #[test]
    fn the_clock_goes_forward_in_march_and_back_in_october() {
        let march = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        let october = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap();
        let shown = |date, minute| at_minute(date, minute).to_string();
        assert_eq!(shown(march, 2 * 60 + 59), "2026-03-29 00:59:00 UTC");
        assert_eq!(shown(march, 3 * 60 + 30), "2026-03-29 01:00:00 UTC");
        assert_eq!(shown(march, 4 * 60), "2026-03-29 01:00:00 UTC");
        assert_eq!(shown(october, 3 * 60 + 30), "2026-10-25 00:30:00 UTC");
        assert_eq!(shown(october, 4 * 60), "2026-10-25 02:00:00 UTC");
    }
}
