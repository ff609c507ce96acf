//! Which way numbers go: the median of the slopes between all pairs (Theil–Sen), which a few odd measurements do not turn.
//!
//! All pairs of many measurements are too many. Of more than 64 the period is therefore cut into 64 equal parts, and the mean of each
//! part stands in its middle; a database can add these up without handing out the rows.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{Trend, TrendDirection};

use super::rounding::{quotient, step};

/// Of how many measurements each counts by itself.
pub const MOST_POINTS: usize = 64;
/// Of fewer measurements there is no trend.
const FEWEST: u64 = 4;
/// Into how many parts a period is cut.
const PARTS: i128 = 64;
/// The mean of a part is kept in so many parts of a thousandth: finer than any digit that is shown, and as fine as still fits. It is cut
/// off downwards, so that means that differ by a number with so few decimals keep differing by just that.
const FINENESS: i128 = 1_000_000_000_000;
const MICROSECONDS_IN_30_DAYS: i128 = 30 * 24 * 3600 * 1_000_000;

/// The measurements of a part of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Which part, as [`bucket_of`] numbers them.
    pub number: u8,
    /// What the values come to, in thousandths.
    pub sum: i64,
    /// How many there are.
    pub count: u32,
}

/// A moment and a value, in the [`Units`] beside it.
struct Point {
    at: i128,
    value: i128,
}

/// What the whole numbers of points stand for.
struct Units {
    /// How many microseconds make so many units of time.
    microseconds: (i128, i128),
    /// How many units of value make a thousandth.
    in_thousandth: i128,
}

/// In which of the 64 equal parts of the period from the first to the last moment a moment is: 0 to 63. In SQL, over microseconds, it
/// is `(at - first) * 64 / (last - first + 1)`; the one more puts the last moment into the last part.
#[must_use]
pub fn bucket_of(at: Instant, first: Instant, last: Instant) -> u8 {
    let length = microseconds(first, last).max(0) + 1;
    let part = microseconds(first, at).max(0) * PARTS / length;
    u8::try_from(part.min(PARTS - 1)).unwrap_or_default()
}

/// The trend of measurements in any order, of a number that has so many decimals; none when there are fewer than four, or all are of
/// one moment.
#[must_use]
pub fn trend_of_points(points: &[(Instant, Decimal)], decimals: u8) -> Option<Trend> {
    let moments = points.iter().map(|(at, _)| *at);
    let (first, last) = (moments.clone().min()?, moments.max()?);
    if points.len() > MOST_POINTS {
        return trend_of_buckets(first, last, &buckets(points, first, last), decimals);
    }
    if u64::try_from(points.len()).is_ok_and(|count| count < FEWEST) {
        return None;
    }
    let point = |(at, value): &(Instant, Decimal)| Point {
        at: microseconds(first, *at),
        value: value.thousandths().into(),
    };
    let points: Vec<Point> = points.iter().map(point).collect();
    let units = Units { microseconds: (1, 1), in_thousandth: 1 };
    trend(&points, &units, microseconds(first, last), decimals)
}

/// The trend of measurements of which the first and the last moment and the sum of each part are known; none when there are fewer than
/// four, or all are of one moment. Each part may come once, in any order. It is for more than [`MOST_POINTS`] measurements.
#[must_use]
pub fn trend_of_buckets(first: Instant, last: Instant, buckets: &[Bucket], decimals: u8) -> Option<Trend> {
    let period = microseconds(first, last);
    let count: u64 = buckets.iter().map(|bucket| u64::from(bucket.count)).sum();
    if period <= 0 || count < FEWEST {
        return None;
    }
    // Between the middles of parts lie as many parts as between their numbers.
    let point = |bucket: &Bucket| Point {
        at: bucket.number.into(),
        value: (i128::from(bucket.sum) * FINENESS).div_euclid(bucket.count.into()),
    };
    let filled = buckets.iter().filter(|bucket| bucket.count > 0);
    let points: Vec<Point> = filled.map(point).collect();
    let units = Units { microseconds: (period + 1, PARTS), in_thousandth: FINENESS };
    trend(&points, &units, period, decimals)
}

fn buckets(points: &[(Instant, Decimal)], first: Instant, last: Instant) -> Vec<Bucket> {
    let mut sums: BTreeMap<u8, (i64, u32)> = BTreeMap::new();
    for (at, value) in points {
        let (sum, count) = sums.entry(bucket_of(*at, first, last)).or_default();
        *sum = sum.saturating_add(value.thousandths());
        *count = count.saturating_add(1);
    }
    sums.into_iter().map(|(number, (sum, count))| Bucket { number, sum, count }).collect()
}

/// The trend over a period of so many microseconds. Numbers that [`Decimal`] can hold fit for more than a century; beyond, there is none.
fn trend(points: &[Point], units: &Units, period: i128, decimals: u8) -> Option<Trend> {
    let (rise, run) = median_slope(points)?;
    let (length, parts) = units.microseconds;
    let rise = rise.checked_mul(parts)?;
    let run = run.checked_mul(length)?.checked_mul(units.in_thousandth)?;
    // For more than a century the right side fits. When the left does not, it is the greater and stays so at the greatest number.
    let is_level = rise.saturating_abs().saturating_mul(period) < run.saturating_mul(step(decimals));
    let direction = match rise.cmp(&0) {
        Ordering::Greater if !is_level => TrendDirection::Rising,
        Ordering::Less if !is_level => TrendDirection::Falling,
        _ => TrendDirection::Level,
    };
    let rise_in_30_days = rise.checked_mul(MICROSECONDS_IN_30_DAYS)?;
    Some(Trend { direction, per_30_days: quotient(rise_in_30_days, run, decimals.saturating_add(1))? })
}

/// The median of the slopes between all pairs of different moments, as a fraction; none when there is no such pair.
fn median_slope(points: &[Point]) -> Option<(i128, i128)> {
    let mut slopes = slopes(points);
    // Fractions are compared without dividing, so that equal slopes are equal.
    slopes
        .sort_unstable_by(|(rise, run), (other_rise, other_run)| (rise * other_run).cmp(&(other_rise * run)));
    let (rise, run) = slopes.get(slopes.len().checked_sub(1)? / 2)?;
    let (other_rise, other_run) = slopes.get(slopes.len() / 2)?;
    let both = rise.checked_mul(*other_run)?.checked_add(other_rise.checked_mul(*run)?)?;
    Some((both, run.checked_mul(*other_run)?.checked_mul(2)?))
}

fn slopes(points: &[Point]) -> Vec<(i128, i128)> {
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (place, point) in points.iter().enumerate() {
        for other in points.iter().skip(place + 1) {
            let (rise, run) = (other.value - point.value, other.at - point.at);
            if run != 0 {
                slopes.push((rise * run.signum(), run.abs()));
            }
        }
    }
    slopes
}

fn microseconds(from: Instant, to: Instant) -> i128 {
    i128::from(to.timestamp_micros()) - i128::from(from.timestamp_micros())
}
