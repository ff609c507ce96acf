//! Dates, times and numbers as people write them, by the browser's own `Intl`: no tables of ours in the WASM.
//!
//! Times are those of Finland wherever the browser is: opening hours and promises are too.

use std::cell::RefCell;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use js_sys::{Array, Function, Intl, Object, Reflect};
use omasote_types::language::Language;
use wasm_bindgen::{JsCast, JsValue};

use crate::i18n::{I18n, Key};

const DAY_MS: f64 = 86_400_000.0;

/// A way of writing one value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Number,
    /// "14.05"
    Time,
    /// "ma 16.11."
    WeekdayDate,
    /// "16.11."
    DayMonth,
    /// "16.11.2026"
    Date,
    /// "maanantai 16. marraskuuta 2026 klo 14.05"
    Full,
    /// "28.2.1947": a date that has no time zone.
    PlainDate,
    /// "ma"
    Weekday,
    /// "2026-11-16": for comparing, not for showing.
    IsoDate,
}

/// A number with the language's own signs.
#[must_use]
pub fn number(language: Language, value: f64) -> String {
    write(language, Form::Number, value)
}

/// A moment of a message: "tänään klo 14.05", "eilen klo 9.12", "ma 16.11. klo 14.05".
#[must_use]
pub fn moment(i18n: I18n, at: DateTime<Utc>, now_ms: f64) -> String {
    let (language, at_ms) = (i18n.language(), milliseconds(at));
    let day = match age_in_days(at_ms, now_ms) {
        Some(0) => i18n.text(Key::TIME_TODAY).to_owned(),
        Some(1) => i18n.text(Key::TIME_YESTERDAY).to_owned(),
        Some(2..=300) => write(language, Form::WeekdayDate, at_ms),
        _ => write(language, Form::Date, at_ms),
    };
    i18n.filled(Key::TIME_DAY_AND_TIME, &[("day", &day), ("time", &write(language, Form::Time, at_ms))])
}

/// A moment to come: "tänään klo 14.00", "huomenna klo 9.15", "ti 24.11. klo 14.00".
#[must_use]
pub fn coming(i18n: I18n, at: DateTime<Utc>, now_ms: f64) -> String {
    let (language, at_ms) = (i18n.language(), milliseconds(at));
    let day = match age_in_days(at_ms, now_ms) {
        Some(0) => i18n.text(Key::TIME_TODAY).to_owned(),
        Some(-1) => i18n.text(Key::TIME_TOMORROW).to_owned(),
        _ => write(language, Form::WeekdayDate, at_ms),
    };
    i18n.filled(Key::TIME_DAY_AND_TIME, &[("day", &day), ("time", &write(language, Form::Time, at_ms))])
}

/// A day without its time: "ti 24.11."
#[must_use]
pub fn weekday_date(language: Language, date: NaiveDate) -> String {
    write(language, Form::WeekdayDate, milliseconds(start_of_day(date)))
}

/// A moment in a list, where room is short: "14.05", "eilen", "16.11.", "16.11.2025".
#[must_use]
pub fn brief_moment(i18n: I18n, at: DateTime<Utc>, now_ms: f64) -> String {
    let (language, at_ms) = (i18n.language(), milliseconds(at));
    match age_in_days(at_ms, now_ms) {
        Some(0) => i18n.filled(Key::TIME_TODAY_BRIEFLY, &[("time", &write(language, Form::Time, at_ms))]),
        Some(1) => i18n.text(Key::TIME_YESTERDAY).to_owned(),
        Some(2..=300) => write(language, Form::DayMonth, at_ms),
        _ => write(language, Form::Date, at_ms),
    }
}

/// The time of a moment, in milliseconds since 1970: "14.05".
#[must_use]
pub fn time_of_day(language: Language, at_ms: f64) -> String {
    write(language, Form::Time, at_ms)
}

/// A moment with nothing left out.
#[must_use]
pub fn full_moment(language: Language, at: DateTime<Utc>) -> String {
    write(language, Form::Full, milliseconds(at))
}

/// A moment as the `datetime` attribute wants it.
#[must_use]
pub fn machine_moment(at: DateTime<Utc>) -> String {
    js_sys::Date::new(&milliseconds(at).into()).to_iso_string().into()
}

/// A date, such as that of a birth.
#[must_use]
pub fn date(language: Language, date: NaiveDate) -> String {
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    let days = i32::try_from(days).unwrap_or_default();
    write(language, Form::PlainDate, f64::from(days) * DAY_MS)
}

/// The day of a moment in Finland: "16.11.2026".
#[must_use]
pub fn day(language: Language, at: DateTime<Utc>) -> String {
    write(language, Form::Date, milliseconds(at))
}

/// The day of a moment in Finland without its year: "16.11."
#[must_use]
pub fn day_and_month(language: Language, at: DateTime<Utc>) -> String {
    write(language, Form::DayMonth, milliseconds(at))
}

/// The time of a moment in Finland: "14.05".
#[must_use]
pub fn clock_of(language: Language, at: DateTime<Utc>) -> String {
    write(language, Form::Time, milliseconds(at))
}

/// The last day of what ends at a moment: a right that ends at midnight still holds on the day before.
#[must_use]
pub fn last_day(language: Language, ends_at: DateTime<Utc>) -> String {
    write(language, Form::Date, milliseconds(ends_at) - 1000.0)
}

/// The last day of what ends at a moment, as a date field holds it.
#[must_use]
pub fn written_last_day(ends_at: DateTime<Utc>) -> String {
    finnish_date(milliseconds(ends_at) - 1000.0).map(|date| date.to_string()).unwrap_or_default()
}

/// The date in Finland just now.
#[must_use]
pub fn today(now_ms: f64) -> NaiveDate {
    finnish_date(now_ms).unwrap_or_default()
}

/// The midnight in Finland at which a day begins.
#[must_use]
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN).and_utc();
    let (summer, winter) = (midnight - TimeDelta::hours(3), midnight - TimeDelta::hours(2));
    if finnish_date(milliseconds(summer)) == Some(date) { summer } else { winter }
}

/// The end of a day, which is the beginning of the next.
#[must_use]
pub fn end_of_day(date: NaiveDate) -> DateTime<Utc> {
    start_of_day(date.succ_opt().unwrap_or(date))
}

/// The date of a date field: "2026-11-16"; none when it is empty or not whole.
#[must_use]
pub fn written_date(text: &str) -> Option<NaiveDate> {
    iso_date(text)
}

/// A short name of an ISO weekday: "ma".
#[must_use]
pub fn weekday(language: Language, iso_weekday: u8) -> String {
    /// Noon of a Sunday, in UTC.
    const SUNDAY_MS: f64 = 1_704_628_800_000.0;
    write(language, Form::Weekday, SUNDAY_MS + DAY_MS * f64::from(iso_weekday))
}

/// Milliseconds since 1970, as JavaScript counts; right until 2106.
fn milliseconds(at: DateTime<Utc>) -> f64 {
    u32::try_from(at.timestamp()).map_or(f64::NAN, f64::from) * 1000.0
}

/// How many midnights of Finland lie between; negative when the moment is to come.
fn age_in_days(at_ms: f64, now_ms: f64) -> Option<i64> {
    let (then, today) = (finnish_date(at_ms)?, finnish_date(now_ms)?);
    Some(today.signed_duration_since(then).num_days())
}

fn finnish_date(at_ms: f64) -> Option<NaiveDate> {
    iso_date(&write(Language::En, Form::IsoDate, at_ms))
}

fn iso_date(written: &str) -> Option<NaiveDate> {
    let mut parts = written.split('-').map(str::parse::<u32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

thread_local! {
    /// Making a formatter is slow; using it again is not.
    static FORMATTERS: RefCell<Vec<(Language, Form, Function)>> = const { RefCell::new(Vec::new()) };
}

fn write(language: Language, form: Form, value: f64) -> String {
    let known = FORMATTERS.with_borrow(|all| {
        all.iter().find(|(of, kind, _)| *of == language && *kind == form).map(|(.., found)| found.clone())
    });
    let formatter = known.unwrap_or_else(|| {
        let made = formatter(language, form);
        FORMATTERS.with_borrow_mut(|all| all.push((language, form, made.clone())));
        made
    });
    let written = formatter.call1(&JsValue::UNDEFINED, &value.into()).ok();
    written.and_then(|text| text.as_string()).unwrap_or_default()
}

fn formatter(language: Language, form: Form) -> Function {
    let locale = match (form, language) {
        (Form::IsoDate, _) => "sv-SE",
        (_, Language::Fi) => "fi-FI",
        (_, Language::Sv) => "sv-FI",
        (_, Language::En) => "en-GB",
    };
    let locales = Array::of1(&locale.into());
    let chosen: &[(&str, &str)] = match form {
        Form::Number => return Intl::NumberFormat::new(&locales, &Object::new()).format().unchecked_into(),
        Form::Time => &[("hour", "numeric"), ("minute", "2-digit")],
        Form::WeekdayDate => &[("weekday", "short"), ("day", "numeric"), ("month", "numeric")],
        Form::DayMonth => &[("day", "numeric"), ("month", "numeric")],
        Form::Date | Form::PlainDate => &[("dateStyle", "medium")],
        Form::Full => &[("dateStyle", "full"), ("timeStyle", "short")],
        Form::Weekday => &[("weekday", "short")],
        Form::IsoDate => &[],
    };
    let zone = match form {
        Form::PlainDate | Form::Weekday => "UTC",
        _ => "Europe/Helsinki",
    };
    let options = Object::new();
    for (name, value) in chosen.iter().chain(&[("timeZone", zone)]) {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    Intl::DateTimeFormat::new(&locales, &options).format().unchecked_into()
}
