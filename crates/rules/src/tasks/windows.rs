//! The days of a task in Finland's time: when they begin and end, and how they hang on an event.

use chrono::{Days, NaiveDate};
use omasote_types::Instant;
use omasote_types::tasks::Window;

use crate::helsinki::{at_minute, to_local};

/// How a citizen is silent about a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// They have not opened it; since it was sent back, if it was.
    Unopened {
        /// When its days ended.
        since: Instant,
    },
    /// They have opened it and not done it.
    Unanswered {
        /// When its days ended.
        since: Instant,
    },
}

/// When to do a task that hangs on an event's day: from so many days before or after it, to so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// The first day: −7 is a week before the event, 0 its day.
    pub from_days: i32,
    /// The last day: −1 is the day before the event.
    pub to_days: i32,
}

/// The window of a task that hangs on an event: none when it would end before it begins or lie outside of the calendar.
#[must_use]
pub fn relative_to(event: NaiveDate, timing: Timing) -> Option<Window> {
    let day = |days: i32| {
        let distance = Days::new(days.unsigned_abs().into());
        if days < 0 { event.checked_sub_days(distance) } else { event.checked_add_days(distance) }
    };
    let window = Window { from: day(timing.from_days)?, to: day(timing.to_days)? };
    window.validate().is_ok().then_some(window)
}

/// The moment when a window's first day begins.
#[must_use]
pub fn opens_at(window: Window) -> Instant {
    at_minute(window.from, 0)
}

/// The moment when a window's last day is over.
#[must_use]
pub fn closes_at(window: Window) -> Instant {
    at_minute(window.to, 24 * 60)
}

/// Whether a moment is in one of a window's days.
#[must_use]
pub fn is_in(window: Window, at: Instant) -> bool {
    (window.from..=window.to).contains(&to_local(at).date())
}
