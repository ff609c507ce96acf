//! Numbers that are what they look like: up to three decimals, kept exactly, so that sums and limits come out the same
//! everywhere.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many decimals there are at most.
pub const MAX_DECIMALS: u8 = 3;
const SCALE: i32 = 1000;
const MAX_WHOLE: i32 = 1_000_000;

/// A number between −1,000,000 and 1,000,000 with at most three decimals. On the wire a JSON number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(value_type = f64))]
pub struct Decimal(i32);

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(SCALE);

    /// The number of so many thousandths; none outside the limits.
    #[must_use]
    pub fn from_thousandths(thousandths: i64) -> Option<Self> {
        let limit = MAX_WHOLE.checked_mul(SCALE)?;
        i32::try_from(thousandths).ok().filter(|number| number.abs() <= limit).map(Self)
    }

    /// The number of so many thousandths: for numbers that are written in the code.
    #[must_use]
    pub(crate) const fn of_thousandths(thousandths: i32) -> Self {
        Self(thousandths)
    }

    /// The number in thousandths.
    #[must_use]
    pub fn thousandths(self) -> i64 {
        self.0.into()
    }

    /// How many decimals it has when it is written as short as can be.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        match self.0 {
            number if number % 1000 == 0 => 0,
            number if number % 100 == 0 => 1,
            number if number % 10 == 0 => 2,
            _ => 3,
        }
    }

    /// Whether it has no decimals.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.decimals() == 0
    }
}

impl From<i16> for Decimal {
    fn from(number: i16) -> Self {
        Self(i32::from(number).saturating_mul(SCALE))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        let sign = if self.0 < 0 { "-" } else { "" };
        match self.decimals() {
            0 => write!(out, "{sign}{whole}"),
            1 => write!(out, "{sign}{whole}.{}", rest / 100),
            2 => write!(out, "{sign}{whole}.{:02}", rest / 10),
            _ => write!(out, "{sign}{whole}.{rest:03}"),
        }
    }
}

/// That a text is no number, or not one that can be kept exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// Reads "-12.5". A decimal comma is for the form to turn into a point.
    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        parse(text).ok_or(NotDecimal)
    }
}

fn parse(text: &str) -> Option<Decimal> {
    let (digits, sign) = text.strip_prefix('-').map_or((text, 1), |digits| (digits, -1));
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let rest = match rest {
        Some("") => return None,
        Some(rest) => rest.trim_end_matches('0'),
        None => "",
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || rest.len() > usize::from(MAX_DECIMALS) || !are_digits(whole) || !are_digits(rest) {
        return None;
    }
    let thousandths: i64 = format!("{whole}{rest:0<3}").parse().ok()?;
    // A zero below zero is nobody's number: something went wrong before it came here.
    if thousandths == 0 && sign < 0 {
        return None;
    }
    Decimal::from_thousandths(thousandths.checked_mul(sign)?)
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.is_whole() {
            true => to.serialize_i32(self.0 / SCALE),
            false => to.serialize_f64(f64::from(self.0) / f64::from(SCALE)),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Number;

        impl Visitor<'_> for Number {
            type Value = Decimal;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number with at most three decimals")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
                let found = number.checked_mul(SCALE.into()).and_then(Decimal::from_thousandths);
                found.ok_or_else(|| E::custom("the number is too large"))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
                self.visit_i64(i64::try_from(number).map_err(|_| E::custom("the number is too large"))?)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
                let found = parse(&number.to_string());
                found.ok_or_else(|| E::custom("the number is too large or has more than three decimals"))
            }
        }

        from.deserialize_any(Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_short_as_can_be_and_read_back() {
        let written = [(0, "0"), (37_500, "37.5"), (-250, "-0.25"), (1, "0.001"), (1_000_000_000, "1000000")];
        for (thousandths, text) in written {
            let number = Decimal::from_thousandths(thousandths).unwrap();
            assert_eq!(number.to_string(), text);
            assert_eq!(text.parse(), Ok(number));
            assert_eq!(serde_json::to_string(&number).unwrap(), text);
        }
        assert_eq!("7.50".parse(), Ok(Decimal(7500)));
    }

    #[test]
    fn every_number_survives_json() {
        for thousandths in (-1_000_000_000..=1_000_000_000).step_by(7919) {
            let number = Decimal::from_thousandths(thousandths).unwrap();
            let json = serde_json::to_string(&number).unwrap();
            assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), number, "{json}");
        }
        assert_eq!(serde_json::from_str::<Decimal>("7.0").unwrap(), Decimal(7000));
    }

    #[test]
    fn what_cannot_be_kept_exactly_is_refused() {
        for text in ["", ".5", "5.", "1,5", "1.2345", "1e3", "+1", "1000000.001", "99999999999999999999"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotDecimal), "{text}");
        }
        for json in ["0.0001", "1000001", "1e300", "18446744073709551615", "\"1\"", "null"] {
            assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
        }
    }
}
