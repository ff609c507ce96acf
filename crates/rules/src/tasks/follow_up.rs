//! When something is done about a task that waits: the days on which the citizen is reminded, and from which the unit calls.

use chrono::{Days, NaiveDate};
use omasote_types::tasks::{CallWhen, FollowUp, Window};

/// The next day after `after` on which the citizen is reminded; none when there is no more.
#[must_use]
pub fn next_reminder(follow_up: FollowUp, window: Window, after: NaiveDate) -> Option<NaiveDate> {
    let before = follow_up.remind_before_days.and_then(|days| window.to.checked_sub_days(days_of(days)));
    let late = follow_up.remind_late_days.and_then(|days| window.to.checked_add_days(days_of(days)));
    // Before its first day there is nothing to remind of.
    let days = before.filter(|day| *day >= window.from).into_iter().chain(late);
    days.filter(|day| *day > after).min()
}

/// From which day on the unit calls who is silent; none when it never does.
#[must_use]
pub fn call_day(follow_up: FollowUp, window: Window) -> Option<NaiveDate> {
    match follow_up.call_when {
        CallWhen::Never => None,
        CallWhen::Unopened | CallWhen::Unanswered => {
            window.to.checked_add_days(days_of(follow_up.call_after_days))
        }
    }
}

fn days_of(days: u16) -> Days {
    Days::new(days.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn window() -> Window {
        Window { from: day("2026-11-20"), to: day("2026-11-30") }
    }

    #[test]
    fn a_citizen_is_reminded_before_the_last_day_and_after_it_each_once() {
        let follow_up =
            FollowUp { remind_before_days: Some(2), remind_late_days: Some(3), ..FollowUp::NOTHING };
        let next = |after: &str| next_reminder(follow_up, window(), day(after));
        assert_eq!(next("2026-11-20"), Some(day("2026-11-28")));
        assert_eq!(next("2026-11-27"), Some(day("2026-11-28")));
        assert_eq!(next("2026-11-28"), Some(day("2026-12-03")));
        assert_eq!(next("2026-12-03"), None);
        assert_eq!(next_reminder(FollowUp::NOTHING, window(), day("2026-11-20")), None);
    }

    #[test]
    fn nobody_is_reminded_before_the_first_day_or_on_the_day_of_giving() {
        let early = FollowUp { remind_before_days: Some(30), ..FollowUp::NOTHING };
        assert_eq!(next_reminder(early, window(), day("2026-10-01")), None);
        let one_day = Window { from: day("2026-11-20"), to: day("2026-11-21") };
        assert_eq!(next_reminder(FollowUp::default(), one_day, day("2026-11-20")), None);
    }

    #[test]
    fn silence_becomes_a_call_after_so_many_days() {
        let calling = |call_when| FollowUp { call_when, call_after_days: 3, ..FollowUp::NOTHING };
        assert_eq!(call_day(calling(CallWhen::Unopened), window()), Some(day("2026-12-03")));
        assert_eq!(call_day(calling(CallWhen::Unanswered), window()), Some(day("2026-12-03")));
        assert_eq!(call_day(calling(CallWhen::Never), window()), None);
    }
}
