//! Reading of times as the server writes them. The web apps read nothing else, and chrono's parser of every form of
//! RFC 3339 would be a thirtieth of what they load first.

use chrono::{NaiveDate, NaiveTime};
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

use crate::Instant;

/// Reads "2026-11-23T08:15:30.123456Z".
pub(crate) fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<Instant, D::Error> {
    let text = String::deserialize(from)?;
    parse_instant(&text).ok_or_else(|| Error::invalid_value(Unexpected::Str(&text), &"a time in UTC"))
}

/// Reads a time that may be absent.
pub(crate) fn optional_instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Instant>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else { return Ok(None) };
    let found = parse_instant(&text);
    found.map(Some).ok_or_else(|| Error::invalid_value(Unexpected::Str(&text), &"a time in UTC"))
}

/// Reads what a change makes of a time that may be absent: a time, or `null` that takes it away.
pub(crate) fn changed_instant<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<Instant>>, D::Error> {
    optional_instant(from).map(Some)
}

/// Reads "1947-02-28".
pub(crate) fn date<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(from)?;
    parse_date(&text).ok_or_else(|| Error::invalid_value(Unexpected::Str(&text), &"a date"))
}

/// Reads a date that may be absent.
pub(crate) fn optional_date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else { return Ok(None) };
    let found = parse_date(&text);
    found.map(Some).ok_or_else(|| Error::invalid_value(Unexpected::Str(&text), &"a date"))
}

fn parse_instant(text: &str) -> Option<Instant> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(time, ':')?;
    let digits = u32::try_from(fraction.len()).ok().filter(|digits| *digits <= 9)?;
    let nanosecond = number(fraction)? * 10_u32.pow(9 - digits);
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanosecond)?;
    Some(parse_date(day)?.and_time(time).and_utc())
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = numbers(text, '-')?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Three numbers with a sign between them.
fn numbers(text: &str, between: char) -> Option<[u32; 3]> {
    let (first, rest) = text.split_once(between)?;
    let (second, third) = rest.split_once(between)?;
    Some([number(first)?, number(second)?, number(third)?])
}

/// A number of digits only: `parse` alone would take a plus sign.
fn number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn what_chrono_writes_is_read_back() {
        let seconds = [-2_208_988_800, -1, 0, 951_782_400, 1_790_000_000, 4_102_444_799];
        for (seconds, nanos) in seconds.into_iter().zip([0, 1, 999_999_999, 120_000_000, 123_456_000, 7_000])
        {
            let instant: Instant = DateTime::from_timestamp(seconds, nanos).unwrap();
            let written = serde_json::to_value(instant).unwrap();
            assert_eq!(parse_instant(written.as_str().unwrap()), Some(instant), "{written}");
            assert_eq!(parse_date(&instant.date_naive().to_string()), Some(instant.date_naive()));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let wrong = [
            "",
            "Z",
            "2026-11-23",
            "2026-11-23T08:15:30",
            "2026-11-23 08:15:30Z",
            "2026-11-23T08:15:30+02:00",
            "2026-02-29T08:15:30Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T08:15Z",
            "2026-11-23T08:15:30.Z",
            "2026-11-23T08:15:30.1234567891Z",
            "+2026-11-23T08:15:30Z",
            "2026-11-23T+8:15:30Z",
        ];
        for text in wrong {
            assert_eq!(parse_instant(text), None, "{text}");
        }
        for text in ["", "2026-11", "2026-13-01", "28.2.1947", "1947-02-30"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
