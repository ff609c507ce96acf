//! By how much weight changed in a few days, which in heart failure tells of fluid, and the body mass index.

use chrono::TimeDelta;
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::WeightChange;

use super::rounding::{difference, quotient};

/// What is older than this says nothing of the last few days.
const OLDEST: TimeDelta = TimeDelta::days(14);

/// What is counted of weights in kg, the oldest first, and of a height in cm; none without a weight. A day is 24 hours here.
#[must_use]
pub fn weight_change(weights: &[(Instant, Decimal)], height_cm: Option<Decimal>) -> Option<WeightChange> {
    let (_, latest) = weights.last()?;
    Some(WeightChange {
        in_3_days: change_in(weights, TimeDelta::days(3)),
        in_7_days: change_in(weights, TimeDelta::days(7)),
        body_mass_index: height_cm.and_then(|height| body_mass_index(*latest, height)),
    })
}

/// The latest against the last one that is at least so much older, and not too old.
fn change_in(weights: &[(Instant, Decimal)], least: TimeDelta) -> Option<Decimal> {
    let (latest_at, latest) = weights.last()?;
    let age = |at: &Instant| latest_at.signed_duration_since(*at);
    let (at, before) = weights.iter().rev().find(|(at, _)| age(at) >= least)?;
    (age(at) <= OLDEST).then(|| difference(*latest, *before))
}

/// kg / m²: the height is in thousandths of a centimetre, of which 100,000 are a metre.
fn body_mass_index(kilograms: Decimal, centimetres: Decimal) -> Option<Decimal> {
    let (weight, height) = (i128::from(kilograms.thousandths()), i128::from(centimetres.thousandths()));
    // Multiplied by itself, a height below zero would look like one above.
    let square = height.max(0).checked_mul(height)?;
    quotient(weight * 100_000 * 100_000, square, 1)
}
