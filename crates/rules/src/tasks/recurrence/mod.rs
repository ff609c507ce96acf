//! Tasks that come again, by a recurrence rule of RFC 5545 (iCalendar) in Finland's time.
//!
//! A rule gives days, not times: each occurrence is counted at noon, which no change of the clock touches, and becomes a window
//! of local days. Rules that come more than once a day, or by the hour, are refused.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use omasote_types::tasks::{MAX_WINDOW_DAYS, Window};
use rrule::{RRule, RRuleSet, Tz};

use crate::helsinki::{at_minute, to_local};

/// How many characters a rule may have.
pub const MAX_RULE_CHARACTERS: usize = 300;
/// How often a rule may say that a task comes.
pub const MAX_COUNT: u32 = 500;

const NOON: u16 = 12 * 60;
const PARTS: [&str; 11] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYSETPOS",
    "WKST",
];
const FREQUENCIES: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/// A rule that is sound, with the day it begins.
#[derive(Clone, Debug)]
pub struct Recurrence {
    rules: RRuleSet,
    days: u64,
}

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is no recurrence rule of RFC 5545.
    Unreadable,
    /// It has a part, or a frequency, that is not about days.
    NotByDays,
    /// It comes more often than is allowed: see [`MAX_COUNT`].
    TooMany,
    /// It ends before it begins.
    EndsTooEarly,
    /// Its windows have no days, or more than a year.
    Window,
}

impl Recurrence {
    /// Reads a rule such as `FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8`, which begins on a day and whose windows have so many days. The
    /// first occurrence is the first day that fits the rule; `UNTIL` is of it, and without `COUNT` or `UNTIL` it has no end.
    ///
    /// # Errors
    /// What is wrong with the rule.
    pub fn parse(rule: &str, start: NaiveDate, days: u32) -> Result<Self, Flaw> {
        if days == 0 || i64::from(days) > MAX_WINDOW_DAYS {
            return Err(Flaw::Window);
        }
        let parts = parts(rule)?;
        let without_end: Vec<String> = parts
            .iter()
            .filter(|(name, _)| *name != "UNTIL")
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut parsed: RRule<rrule::Unvalidated> =
            without_end.join(";").parse().map_err(|_| Flaw::Unreadable)?;
        if parsed.get_count().is_some_and(|count| count == 0 || count > MAX_COUNT) {
            return Err(Flaw::TooMany);
        }
        if let Some((_, until)) = parts.iter().find(|(name, _)| *name == "UNTIL") {
            let until = last_day(until).ok_or(Flaw::Unreadable)?;
            if until < start {
                return Err(Flaw::EndsTooEarly);
            }
            parsed = parsed.until(at_minute(until, NOON).with_timezone(&Tz::UTC));
        }
        let rules = parsed.build(noon(start)).map_err(|_| Flaw::Unreadable)?;
        Ok(Self { rules, days: days.into() })
    }

    /// The windows that begin on a day or after it: the first so many, fewer when the rule ends.
    #[must_use]
    pub fn windows_from(&self, from: NaiveDate, limit: u16) -> Vec<Window> {
        let found = self.rules.clone().after(noon(from)).all(limit);
        let window = |at: DateTime<Tz>| {
            let from = to_local(at.with_timezone(&Utc)).date();
            let to = from.checked_add_days(Days::new(self.days.saturating_sub(1)))?;
            Some(Window { from, to })
        };
        found.dates.into_iter().filter_map(window).collect()
    }
}

/// The parts of a rule by name, each known and there once.
fn parts(rule: &str) -> Result<Vec<(&str, &str)>, Flaw> {
    let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"=;,+-".contains(&byte);
    if rule.len() > MAX_RULE_CHARACTERS || !rule.bytes().all(is_plain) {
        return Err(Flaw::Unreadable);
    }
    let mut found: Vec<(&str, &str)> = Vec::new();
    for part in rule.split(';') {
        let (name, value) = part.split_once('=').ok_or(Flaw::Unreadable)?;
        if value.is_empty() || found.iter().any(|(known, _)| *known == name) {
            return Err(Flaw::Unreadable);
        }
        let is_of_days = PARTS.contains(&name) && (name != "FREQ" || FREQUENCIES.contains(&value));
        if !is_of_days {
            return Err(Flaw::NotByDays);
        }
        found.push((name, value));
    }
    let has = |wanted: &str| found.iter().any(|(name, _)| *name == wanted);
    if !has("FREQ") || (has("COUNT") && has("UNTIL")) {
        return Err(Flaw::Unreadable);
    }
    Ok(found)
}

/// The last day of a rule: `20261231`, or the day in Finland of `20261231T215959Z`.
fn last_day(until: &str) -> Option<NaiveDate> {
    match until.strip_suffix('Z') {
        Some(time) => NaiveDateTime::parse_from_str(time, "%Y%m%dT%H%M%S")
            .ok()
            .map(|time| to_local(time.and_utc()).date()),
        None => NaiveDate::parse_from_str(until, "%Y%m%d").ok().filter(|_| until.len() == 8),
    }
}

/// Noon of a day on the clock in Finland.
fn noon(day: NaiveDate) -> DateTime<Tz> {
    at_minute(day, NOON).with_timezone(&Tz::Europe__Helsinki)
}

#[cfg(test)]
mod tests;
