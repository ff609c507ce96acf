//! When somebody is told outside the apps that something waits for them.

use chrono::{Days, TimeDelta, Timelike};
use omasote_types::Instant;
use omasote_types::notifications::QuietHours;

use crate::helsinki::{at_minute, to_local};

/// Of a burst, so long after the last time there is no other.
pub const BURST: TimeDelta = TimeDelta::minutes(30);

/// When to tell of something that comes up now: not soon after the last time, not in the quiet hours.
#[must_use]
pub fn due(now: Instant, last: Option<Instant>, quiet: Option<QuietHours>) -> Instant {
    let due = last.map_or(now, |last| now.max(last + BURST));
    after_quiet(due, quiet)
}

/// The same moment, or the end of the quiet hours it is in.
#[must_use]
pub fn after_quiet(at: Instant, quiet: Option<QuietHours>) -> Instant {
    let Some(quiet) = quiet.filter(|quiet| is_in(*quiet, at)) else { return at };
    let date = to_local(at).date();
    let is_today = minute_of(at) < quiet.to_minute;
    let date = if is_today { Some(date) } else { date.checked_add_days(Days::new(1)) };
    let end = date.map_or(at, |date| at_minute(date, quiet.to_minute));
    // Of an hour that comes twice, the quiet hours end with the second.
    if end <= at { end + TimeDelta::hours(1) } else { end }
}

fn is_in(quiet: QuietHours, at: Instant) -> bool {
    let minute = minute_of(at);
    let (from, to) = (quiet.from_minute, quiet.to_minute);
    match from < to {
        true => (from..to).contains(&minute),
        false => minute >= from || minute < to,
    }
}

fn minute_of(at: Instant) -> u16 {
    let time = to_local(at).time();
    u16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    const NIGHT: QuietHours = QuietHours { from_minute: 21 * 60, to_minute: 7 * 60 };

    proptest! {
        #[test]
        fn nothing_is_told_in_the_quiet_hours_and_it_waits_no_longer_than_they_last(
            seconds in 1_700_000_000_i64..2_000_000_000, from_minute in 0_u16..1440, to_minute in 0_u16..1440,
        ) {
            prop_assume!(from_minute != to_minute);
            let quiet = QuietHours { from_minute, to_minute };
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let told = after_quiet(at, Some(quiet));
            prop_assert!(told >= at && told - at <= TimeDelta::hours(25));
            // An end in the hour that spring leaves out is the moment when it is left out.
            prop_assert!(!is_in(quiet, told) || to_local(told).time().minute() == 0);
            prop_assert_eq!(after_quiet(at, None), at);
        }
    }

    #[test]
    fn what_comes_up_at_night_is_told_in_the_morning() {
        assert_eq!(due(at("2026-11-26T20:00:00Z"), None, Some(NIGHT)), at("2026-11-27T05:00:00Z"));
        assert_eq!(due(at("2026-11-27T02:00:00Z"), None, Some(NIGHT)), at("2026-11-27T05:00:00Z"));
        assert_eq!(due(at("2026-11-26T10:00:00Z"), None, Some(NIGHT)), at("2026-11-26T10:00:00Z"));
    }

    #[test]
    fn a_burst_is_told_of_once_in_half_an_hour() {
        let now = at("2026-11-26T10:00:00Z");
        assert_eq!(due(now, Some(at("2026-11-26T09:50:00Z")), None), at("2026-11-26T10:20:00Z"));
        assert_eq!(due(now, Some(at("2026-11-26T09:00:00Z")), None), now);
    }

    #[test]
    fn the_night_of_the_change_has_one_end() {
        let quiet = Some(QuietHours { from_minute: 0, to_minute: 3 * 60 + 45 });
        // Half past three comes twice in October.
        assert_eq!(after_quiet(at("2026-10-25T00:30:00Z"), quiet), at("2026-10-25T00:45:00Z"));
        assert_eq!(after_quiet(at("2026-10-25T01:30:00Z"), quiet), at("2026-10-25T01:45:00Z"));
        // And is left out in March.
        assert_eq!(after_quiet(at("2026-03-29T00:30:00Z"), quiet), at("2026-03-29T01:00:00Z"));
    }
}
