//! By when the units promise to answer, and their days that are not as others.

use chrono::{Datelike, Days, NaiveDate};
use omasote_types::units::{OpeningException, OpeningSpan};

use crate::calendar::working_day_from;

/// The unit whose people are at work on every day of the year.
pub(crate) const NEVER_CLOSED: &str = "kotihoito";

/// Response times in minutes of opening time; the privacy officer promises nothing.
const RESPONSE_MINUTES: &[(&str, u32)] = &[
    ("kajaani", 900),
    ("kuhmo", 480),
    ("sotkamo", 600),
    ("suomussalmi", 600),
    ("diabetes", 720),
    ("neuvola", 480),
    ("mieli", 960),
    ("fysio", 900),
    ("suu", 900),
    ("kotihoito", 480),
    ("perhe", 900),
    ("ikaantyneet", 900),
];

/// Within how many minutes of opening time the unit of `key` promises to answer.
pub(crate) fn response_minutes(key: &str) -> Option<u32> {
    RESPONSE_MINUTES.iter().find(|(unit, _)| *unit == key).map(|(_, minutes)| *minutes)
}

/// Days to come that are not as their weekday is: a training day at one unit, a shorter day before Christmas at others.
pub(crate) fn exceptions(key: &str, today: NaiveDate) -> Vec<OpeningException> {
    let next_week = today.checked_add_days(Days::new(7)).unwrap_or(today);
    let training = OpeningException { date: working_day_from(next_week), spans: Vec::new() };
    let before_christmas = NaiveDate::from_ymd_opt(today.year(), 12, 23).filter(|date| *date > training.date);
    let short_day = before_christmas.map(|date| OpeningException {
        date,
        spans: vec![OpeningSpan { opens_minute: 8 * 60, closes_minute: 13 * 60 }],
    });
    match key {
        "kuhmo" => [Some(training), short_day].into_iter().flatten().collect(),
        "kajaani" | "sotkamo" | "suomussalmi" => short_day.into_iter().collect(),
        _ => Vec::new(),
    }
}
