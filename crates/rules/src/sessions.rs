//! How long a sign-in is held back after failures.

use std::time::Duration;

const FIRST_PAUSE_SECONDS: u64 = 30;
const LONGEST_PAUSE_SECONDS: u64 = 15 * 60;

/// The pause before the next try: none for the first `free` failures, then 30 seconds, doubling to 15 minutes.
#[must_use]
pub fn pause_after_failures(failures: u32, free: u32) -> Duration {
    if failures < free {
        return Duration::ZERO;
    }
    let doublings = (failures - free).min(10);
    Duration::from_secs((FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_after_the_free_failures_and_stops_at_fifteen_minutes() {
        let pauses: Vec<u64> = (3..12).map(|count| pause_after_failures(count, 5).as_secs()).collect();
        assert_eq!(pauses, [0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(pause_after_failures(u32::MAX, 5).as_secs(), 900);
    }
}
