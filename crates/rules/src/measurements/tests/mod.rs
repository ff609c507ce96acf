//! Tests of what is counted of measurements: numbers counted by hand, what must hold of all numbers, and the same counted by Python.

mod examples;
mod judging;
mod properties;
mod python;
mod reading;
mod trends;

use chrono::{DateTime, NaiveDate, TimeDelta};
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{Change, DayFigures, Figures, TargetState, Trend, TrendDirection};

use super::*;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn thousandths(thousandths: i64) -> Decimal {
    Decimal::from_thousandths(thousandths).unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn microsecond(microseconds: i64) -> Instant {
    DateTime::from_timestamp_micros(microseconds).unwrap()
}

/// The tally of values that were measured one after another, each with no target.
fn tally(values: &[&str]) -> Tally {
    let mut tally = Tally::new();
    for (second, value) in (0_i64..).zip(values) {
        tally.add(number(value), 1, TargetState::NoTarget);
        tally.saw(microsecond(second * 1_000_000), number(value));
    }
    tally
}

fn figures(values: &[&str], decimals: u8) -> Figures {
    tally(values).figures(decimals).unwrap()
}
