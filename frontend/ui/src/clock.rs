//! The time as pages show it: one signal that moves twice a minute, so that "2 min ago" stays true.

use std::time::Duration;

use leptos::prelude::*;

const STEP: Duration = Duration::from_secs(30);

/// The present, in milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Clock(RwSignal<f64>);

impl Clock {
    pub(crate) fn provide() {
        let clock = Self(RwSignal::new(js_sys::Date::now()));
        provide_context(clock);
        set_interval(move || clock.0.set(js_sys::Date::now()), STEP);
    }

    /// Milliseconds since 1970. What is sent and shown within a step is not to look as if it came from the future.
    #[must_use]
    pub fn milliseconds(self) -> f64 {
        self.0.get().max(js_sys::Date::now())
    }

    /// The present; 1970 by a clock that shows no time there is.
    #[must_use]
    pub fn now(self) -> omasote_types::Instant {
        omasote_types::Instant::from_timestamp(self.seconds(), 0).unwrap_or_default()
    }

    /// The present to the millisecond, for what is sent; it does not move what shows it.
    #[must_use]
    pub fn present(self) -> omasote_types::Instant {
        #[expect(clippy::as_conversions, reason = "milliseconds of a present time fit with room to spare")]
        #[expect(clippy::cast_possible_truncation, reason = "the part of a millisecond is to go")]
        let milliseconds = js_sys::Date::now() as i64;
        omasote_types::Instant::from_timestamp_millis(milliseconds).unwrap_or_default()
    }

    /// Whole seconds since 1970.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "whole seconds of a present time fit with room to spare")]
    #[expect(clippy::cast_possible_truncation, reason = "the part of a second is to go")]
    pub fn seconds(self) -> i64 {
        (self.milliseconds() / 1000.0) as i64
    }
}

/// The clock set up at start.
#[must_use]
pub fn use_clock() -> Clock {
    expect_context()
}
