//! The guides of the county and of its units. What they say is in `guides`: a title, search words, an empty line and the text, in a
//! file for each language.

use chrono::{Days, NaiveDate};
use omasote_types::guides::{GuideContent, GuideSource};

use crate::units::{Words, local_text};

macro_rules! files {
    ($name:literal) => {
        [
            include_str!(concat!("../guides/", $name, ".fi.txt")),
            include_str!(concat!("../guides/", $name, ".sv.txt")),
            include_str!(concat!("../guides/", $name, ".en.txt")),
        ]
    };
}

/// What the county keeps for all.
const COUNTY: &[Words] = &[
    files!("help"),
    files!("fever"),
    files!("prescription"),
    files!("lab_test"),
    files!("fasting"),
    files!("stool_sample"),
];

/// By whom they were written.
const SOURCE: &str = "Kainuun hyvinvointialue";

/// The guides that the county keeps.
pub(crate) fn of_county(today: NaiveDate) -> Vec<GuideContent> {
    written(COUNTY, today)
}

/// The guides that the unit of `key` keeps.
pub(crate) fn of_unit(key: &str, today: NaiveDate) -> Vec<GuideContent> {
    match key {
        "kajaani" => written(&[files!("wound")], today),
        "kuhmo" => written(&[files!("blood_pressure")], today),
        _ => Vec::new(),
    }
}

/// Each was gone through some weeks before the one ahead of it.
fn written(all: &[Words], today: NaiveDate) -> Vec<GuideContent> {
    let days = (1_u64..).map(|place| Days::new(20 + place * 17));
    all.iter().zip(days).map(|(files, days)| content(*files, today - days)).collect()
}

/// The title, the search words and the text of each file.
fn content(files: Words, reviewed_on: NaiveDate) -> GuideContent {
    let parts = files.map(|file| file.split_once('\n').unwrap_or_default());
    let rest = parts.map(|(_, rest)| rest.split_once('\n').unwrap_or_default());
    GuideContent {
        title: local_text(parts.map(|(title, _)| title)),
        words: local_text(rest.map(|(words, _)| words)),
        body: local_text(rest.map(|(_, body)| body.trim())),
        source: Some(GuideSource { name: SOURCE.to_owned(), url: None }),
        reviewed_on,
    }
}
