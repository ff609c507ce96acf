//! The figures of one number: how many there are, the middle one, the mean, the least and the greatest, and the share within target.

use std::collections::BTreeMap;

use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{Change, Figures, TargetState};

use super::rounding::{difference, percent, quotient};

/// Counts of one number. Measurements one by one and counts by value from a database come to the same, so that the server need not
/// read every row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Decimal, u32>,
    judged: u32,
    within: u32,
    latest: Option<(Instant, Decimal)>,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a value that was measured so many times and stood so to its target.
    pub fn add(&mut self, value: Decimal, count: u32, state: TargetState) {
        if count == 0 {
            return;
        }
        self.count(value, count);
        if state != TargetState::NoTarget {
            self.judged = self.judged.saturating_add(count);
        }
        if state == TargetState::In {
            self.within = self.within.saturating_add(count);
        }
    }

    /// Notes when a value was measured, so that the last one is known. It does not count the value: of many that were counted only the
    /// last needs noting. Of several of one moment the one that is noted last stays.
    pub fn saw(&mut self, at: Instant, value: Decimal) {
        if self.latest.is_none_or(|(latest, _)| latest <= at) {
            self.latest = Some((at, value));
        }
    }

    /// Counts all that another tally has counted, as if it were noted after what is here.
    pub fn merge(&mut self, other: &Self) {
        for (value, count) in &other.counts {
            self.count(*value, *count);
        }
        self.judged = self.judged.saturating_add(other.judged);
        self.within = self.within.saturating_add(other.within);
        if let Some((at, value)) = other.latest {
            self.saw(at, value);
        }
    }

    /// The values, each with how often it was counted, the least first.
    pub fn counts(&self) -> impl Iterator<Item = (Decimal, u32)> {
        self.counts.iter().map(|(value, count)| (*value, *count))
    }

    /// The figures of a number that has so many decimals; none when no value is counted, or none is noted as the last.
    #[must_use]
    pub fn figures(&self, decimals: u8) -> Option<Figures> {
        let (latest_at, latest) = self.latest?;
        let count: u64 = self.counts.values().copied().map(u64::from).sum();
        let finer = decimals.saturating_add(1);
        let middles = i128::from(self.at(count.checked_sub(1)? / 2)?) + i128::from(self.at(count / 2)?);
        Some(Figures {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            latest,
            latest_at,
            median: quotient(middles, 2, finer)?,
            least: *self.counts.first_key_value()?.0,
            greatest: *self.counts.last_key_value()?.0,
            mean: quotient(self.sum(), count.into(), finer)?,
            judged: self.judged,
            within: self.within,
            within_percent: percent(self.within.into(), self.judged.into()),
        })
    }

    fn count(&mut self, value: Decimal, count: u32) {
        let counted = self.counts.entry(value).or_default();
        *counted = counted.saturating_add(count);
    }

    /// The thousandths of the value at a place in the order of size.
    fn at(&self, place: u64) -> Option<i64> {
        let mut passed = 0_u64;
        let reaches = |(_, count): &(&Decimal, &u32)| {
            passed = passed.saturating_add(u64::from(**count));
            passed > place
        };
        self.counts.iter().find(reaches).map(|(value, _)| value.thousandths())
    }

    fn sum(&self) -> i128 {
        let sums =
            self.counts.iter().map(|(value, count)| i128::from(value.thousandths()) * i128::from(*count));
        sums.sum()
    }
}

/// What changed from the figures of the period before. People see the change beside both figures, so it is the difference of these as
/// they are shown.
#[must_use]
pub fn change(now: &Figures, before: &Figures) -> Change {
    Change {
        count_before: before.count,
        median_before: before.median,
        median: difference(now.median, before.median),
        mean_before: before.mean,
        mean: difference(now.mean, before.mean),
    }
}
