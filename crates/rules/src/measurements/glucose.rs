//! In which bands glucose was: the share of the measurements, for the time in range.

use omasote_types::decimal::Decimal;
use omasote_types::measurements::GlucoseBands;

use super::rounding::percent;

/// The bands of values in mmol/l, each with how often it was measured; none when nothing was.
#[must_use]
pub fn bands(counts: impl Iterator<Item = (Decimal, u32)>) -> Option<GlucoseBands> {
    let (mut very_low, mut low, mut in_range, mut high, mut very_high) = (0, 0, 0, 0, 0);
    for (value, count) in counts {
        let band: &mut i128 = match value.thousandths() {
            ..3_000 => &mut very_low,
            3_000..3_900 => &mut low,
            3_900..=10_000 => &mut in_range,
            10_001..=13_900 => &mut high,
            13_901.. => &mut very_high,
        };
        *band += i128::from(count);
    }
    let all = very_low + low + in_range + high + very_high;
    Some(GlucoseBands {
        very_low: percent(very_low, all)?,
        low: percent(low, all)?,
        in_range: percent(in_range, all)?,
        high: percent(high, all)?,
        very_high: percent(very_high, all)?,
    })
}
