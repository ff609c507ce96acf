//! How long something has lasted, in the words a busy reader takes in at a glance.

use omasote_types::language::Language;

use crate::i18n::Key;

/// A stretch of time, in whole parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed {
    days: u32,
    hours: u32,
    minutes: u32,
}

impl Elapsed {
    /// The time from one moment to another, both in seconds since 1970; none when the clocks disagree.
    #[must_use]
    pub fn between(from_seconds: i64, to_seconds: i64) -> Self {
        let seconds = to_seconds.saturating_sub(from_seconds).max(0);
        let minutes = u32::try_from(seconds / 60).unwrap_or(u32::MAX);
        Self { days: minutes / (24 * 60), hours: minutes / 60 % 24, minutes: minutes % 60 }
    }

    /// Such as "2 t 5 min". Two units are enough, and minutes say nothing after a day.
    #[must_use]
    pub fn words(self, language: Language) -> String {
        let [days, hours, minutes] = [self.days, self.hours, self.minutes].map(|part| part.to_string());
        match self {
            Self { days: 0, hours: 0, minutes: 0 } => Key::ELAPSED_MOMENT.text(language).to_owned(),
            Self { days: 0, hours: 0, .. } => Key::ELAPSED_MINUTES.filled(language, &[("minutes", &minutes)]),
            Self { days: 0, .. } => {
                Key::ELAPSED_HOURS.filled(language, &[("hours", &hours), ("minutes", &minutes)])
            }
            Self { hours: 0, .. } => Key::ELAPSED_DAYS.filled(language, &[("days", &days)]),
            _ => Key::ELAPSED_DAYS_HOURS.filled(language, &[("days", &days), ("hours", &hours)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    fn finnish(seconds: i64) -> String {
        Elapsed::between(1_000, 1_000 + seconds).words(Language::Fi)
    }

    #[test]
    fn a_wait_is_told_in_its_two_greatest_units() {
        assert_eq!(finnish(59), "alle minuutin");
        assert_eq!(finnish(60), "1 min");
        assert_eq!(finnish(2 * HOUR + 5 * 60 + 59), "2 t 5 min");
        assert_eq!(finnish(26 * HOUR + 59 * 60), "1 pv 2 t");
        assert_eq!(finnish(48 * HOUR), "2 pv");
    }

    #[test]
    fn a_clock_that_is_behind_makes_no_negative_wait() {
        assert_eq!(finnish(-500), "alle minuutin");
    }
}
