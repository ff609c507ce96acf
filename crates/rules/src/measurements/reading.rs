//! What becomes of what was entered: numbers in the unit of the kind, a day and a part of it, or why it cannot be kept.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike};
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::measurements::{
    Component, ComponentFacts, Entered, KindFacts, MAX_BLOWS, MAX_REMARK_CHARACTERS, MeasurementKind,
    NewMeasurement, OtherUnit, PartOfDay, Values,
};
use omasote_types::validation::Validation;

use super::rounding::quotient;
use crate::helsinki::to_local;

/// Clocks of devices go a little wrong.
const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// Nothing was measured here before the year 2000.
const FIRST: i64 = 946_684_800;
/// A pulse pressure under this is unusual.
const USUAL_DIFFERENCE: i64 = 15_000;
/// A weight that differs more from the last one is unusual: 5 kg.
const USUAL_WEIGHT_CHANGE: i64 = 5_000;

/// A measurement that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The numbers in the units of the kind.
    pub values: Values,
    /// What was entered, when it is not that.
    pub entered: Option<Entered>,
    /// The day by the clock of Finland.
    pub day: NaiveDate,
    /// The part of it.
    pub part: PartOfDay,
}

/// The day and its part of a moment, by the clock of Finland.
#[must_use]
pub fn day_of(at: Instant) -> (NaiveDate, PartOfDay) {
    let local = to_local(at);
    (local.date(), PartOfDay::of_hour(local.hour()))
}

/// Reads what was entered.
///
/// # Errors
/// The refused fields: `values.…` is `out_of_range` when it is impossible and `unusual` when it is to be confirmed.
pub fn read(new: &NewMeasurement, now: Instant) -> Result<Reading, Vec<FieldError>> {
    let (mut validation, facts) = (Validation::new(), new.kind.facts());
    validation.draft("remark", &new.remark, MAX_REMARK_CHARACTERS);
    let first = DateTime::from_timestamp(FIRST, 0).unwrap_or_default();
    if new.taken_at < first || new.taken_at > now + AHEAD {
        validation.refuse("takenAt", FieldErrorCode::OutOfRange);
    }
    if new.context.is_some_and(|context| !facts.contexts.contains(&context)) {
        validation.refuse("context", FieldErrorCode::UnknownReference);
    }
    let values = read_values(new, facts, &mut validation);
    read_blows(new, &mut validation);
    validation.finish()?;
    let is_as_entered = new.blows.is_empty() && values == new.values;
    let unit = new.unit.clone().or_else(|| Some(facts.components.first()?.ucum.to_owned()));
    let entered = (!is_as_entered).then(|| Entered {
        values: new.values.clone(),
        unit: unit.unwrap_or_default(),
        blows: new.blows.clone(),
    });
    let (day, part) = day_of(new.taken_at);
    Ok(Reading { values, entered, day, part })
}

fn read_values(new: &NewMeasurement, facts: &KindFacts, validation: &mut Validation) -> Values {
    let mut values = Values::new();
    // The unit of the whole is that of its first number; a pulse beside a pressure has its own.
    let unit =
        new.unit.as_deref().filter(|unit| facts.components.first().is_none_or(|known| known.ucum != *unit));
    for component in new.values.keys().filter(|component| facts.component(**component).is_none()) {
        validation.refuse(&field(*component), FieldErrorCode::UnknownReference);
    }
    for known in facts.components {
        let Some(entered) = new.values.get(&known.component) else {
            if !known.is_optional {
                validation.refuse(&field(known.component), FieldErrorCode::Required);
            }
            continue;
        };
        let Some(value) = in_unit_of(known, *entered, unit) else {
            validation.refuse("unit", FieldErrorCode::UnknownReference);
            return values;
        };
        if let Some(code) = weigh(known, value, new.is_confirmed) {
            validation.refuse(&field(known.component), code);
        }
        values.insert(known.component, value);
    }
    weigh_pressures(&values, new.is_confirmed, validation);
    values
}

fn field(component: Component) -> String {
    format!("values.{}", component.code())
}

fn weigh(known: &ComponentFacts, value: Decimal, is_confirmed: bool) -> Option<FieldErrorCode> {
    if value < known.hard.0 || value > known.hard.1 {
        return Some(FieldErrorCode::OutOfRange);
    }
    let is_usual = known.soft.0 <= value && value <= known.soft.1;
    (!is_usual && !is_confirmed).then_some(FieldErrorCode::Unusual)
}

/// The systolic pressure is above the diastolic, and usually by more than a little.
fn weigh_pressures(values: &Values, is_confirmed: bool, validation: &mut Validation) {
    let Some((systolic, diastolic)) = values.get(&Component::Systolic).zip(values.get(&Component::Diastolic))
    else {
        return;
    };
    let difference = systolic.thousandths() - diastolic.thousandths();
    if difference <= 0 {
        validation.refuse(&field(Component::Diastolic), FieldErrorCode::OutOfRange);
    } else if difference < USUAL_DIFFERENCE && !is_confirmed {
        validation.refuse(&field(Component::Diastolic), FieldErrorCode::Unusual);
    }
}

/// Blows are told of peak flow alone, each is possible, and the best of them is the value.
fn read_blows(new: &NewMeasurement, validation: &mut Validation) {
    let Some(best) = new.blows.iter().max() else { return };
    if new.kind != MeasurementKind::Pef {
        return validation.refuse("blows", FieldErrorCode::UnknownReference);
    }
    validation.count("blows", new.blows.len(), MAX_BLOWS);
    let hard = new.kind.facts().components.first().map(|known| known.hard);
    if hard.is_some_and(|(least, most)| new.blows.iter().any(|blow| *blow < least || *blow > most)) {
        validation.refuse("blows", FieldErrorCode::OutOfRange);
    }
    if new.values.get(&Component::Value) != Some(best) {
        validation.refuse(&field(Component::Value), FieldErrorCode::InvalidFormat);
    }
}

/// A number as it is kept: in the unit of the kind and with its decimals, rounded half away from zero. None when the unit is not known.
#[must_use]
pub fn in_unit_of(known: &ComponentFacts, entered: Decimal, unit: Option<&str>) -> Option<Decimal> {
    let (numerator, denominator) = match unit.filter(|unit| *unit != known.ucum) {
        None => (1, 1),
        Some(unit) => factor(known.other_units.iter().find(|other| other.ucum == unit)?),
    };
    let exact = i128::from(entered.thousandths()) * i128::from(numerator);
    quotient(exact, denominator.into(), known.decimals)
}

/// A kept number in another unit, with the decimals that are entered in it; none when the unit is of nothing.
#[must_use]
pub fn in_other_unit(kept: Decimal, unit: &OtherUnit) -> Option<Decimal> {
    let (numerator, denominator) = factor(unit);
    let exact = i128::from(kept.thousandths()) * i128::from(denominator);
    quotient(exact, numerator.into(), unit.decimals)
}

const fn factor(unit: &OtherUnit) -> (i64, i64) {
    (unit.numerator, unit.denominator)
}

/// Of which kinds it is asked how much they differ from the last one.
#[must_use]
pub const fn is_change_asked(kind: MeasurementKind) -> bool {
    matches!(kind, MeasurementKind::Weight)
}

/// Whether a weight differs so much from the last one that it is asked whether it is right.
#[must_use]
pub fn is_unusual_change(kind: MeasurementKind, last: &Values, new: &Values) -> bool {
    let value = |values: &Values| values.get(&Component::Value).map(|value| value.thousandths());
    let change = value(last).zip(value(new)).map(|(last, new)| (new - last).abs());
    is_change_asked(kind) && change.is_some_and(|change| change > USUAL_WEIGHT_CHANGE)
}
