//! How a fraction becomes a number that people read: rounded half away from zero, as one learns at school.

use omasote_types::decimal::{Decimal, MAX_DECIMALS};

/// The greatest number that a [`Decimal`] holds, in thousandths.
const GREATEST: i128 = 1_000_000_000;

/// How many thousandths the last of so many decimals stands for.
pub(super) fn step(decimals: u8) -> i128 {
    10_i128.pow(u32::from(MAX_DECIMALS.saturating_sub(decimals)))
}

/// So many thousandths divided by the divisor, rounded to so many decimals, and brought to the nearest number that can be held.
/// Nothing when the divisor is not above zero, or when the numbers are beyond all measure.
pub(super) fn quotient(thousandths: i128, divisor: i128, decimals: u8) -> Option<Decimal> {
    if divisor <= 0 {
        return None;
    }
    let (step, amount) = (step(decimals), thousandths.checked_abs()?);
    let divisor = divisor.checked_mul(step)?;
    let (whole, rest) = (amount / divisor, amount % divisor);
    let is_up = rest >= divisor - rest;
    let steps = whole.checked_add(i128::from(is_up))?;
    let rounded = steps.saturating_mul(step).min(GREATEST) * thousandths.signum();
    Decimal::from_thousandths(i64::try_from(rounded).ok()?)
}

/// A part in per cent of a whole, with one decimal. Nothing when the whole is not above zero.
pub(super) fn percent(part: i128, whole: i128) -> Option<Decimal> {
    quotient(part.checked_mul(100 * 1000)?, whole, 1)
}

/// By how much a number is greater than another, or than the least or greatest that can be held.
pub(super) fn difference(greater: Decimal, than: Decimal) -> Decimal {
    let thousandths = i128::from(greater.thousandths()) - i128::from(than.thousandths());
    quotient(thousandths, 1, MAX_DECIMALS).unwrap_or_default()
}
