//! By how much weight changed in a few days, which in heart failure tells of fluid, and the body mass index.

use std::ops::RangeInclusive;

use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::WeightChange;

use super::rounding::{difference, quotient};
use crate::helsinki::to_local;

/// So many days before, by the clock of Finland: the change of three days may be one of four, as people miss a day, and that of seven
/// one of nine. A change of more days would not be what it is called.
const THREE: RangeInclusive<i64> = 3..=4;
const SEVEN: RangeInclusive<i64> = 7..=9;

/// What is counted of weights in kg, the oldest first, and of a height in cm; none without a weight.
#[must_use]
pub fn weight_change(weights: &[(Instant, Decimal)], height_cm: Option<Decimal>) -> Option<WeightChange> {
    let (_, latest) = weights.last()?;
    Some(WeightChange {
        in_3_days: change_in(weights, &THREE),
        in_7_days: change_in(weights, &SEVEN),
        body_mass_index: height_cm.and_then(|height| body_mass_index(*latest, height)),
    })
}

/// The latest against the last one of so many days before.
fn change_in(weights: &[(Instant, Decimal)], days: &RangeInclusive<i64>) -> Option<Decimal> {
    let (latest_at, latest) = weights.last()?;
    let today = to_local(*latest_at).date();
    let before = |at: &Instant| (today - to_local(*at).date()).num_days();
    let (_, compared) = weights.iter().rev().find(|(at, _)| days.contains(&before(at)))?;
    Some(difference(*latest, *compared))
}

/// kg / m²: the height is in thousandths of a centimetre, of which 100,000 are a metre.
fn body_mass_index(kilograms: Decimal, centimetres: Decimal) -> Option<Decimal> {
    let (weight, height) = (i128::from(kilograms.thousandths()), i128::from(centimetres.thousandths()));
    // Multiplied by itself, a height below zero would look like one above.
    let square = height.max(0).checked_mul(height)?;
    quotient(weight * 100_000 * 100_000, square, 1)
}
