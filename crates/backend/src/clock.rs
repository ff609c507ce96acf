//! The only place that knows what time it is. Services are given the time, so that tests can move it.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use omasote_types::Instant;

/// Tells the time, to the microsecond: PostgreSQL keeps no more.
#[derive(Clone)]
pub struct Clock {
    tell: Arc<dyn Fn() -> Instant + Send + Sync>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// A clock of one's own.
    #[must_use]
    pub fn new(tell: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell) }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Instant {
        let told = (self.tell)();
        DateTime::from_timestamp_micros(told.timestamp_micros()).unwrap_or(told)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Clock")
    }
}
