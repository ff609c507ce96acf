//! Out and back without loss: our own forms, made-up ones, and what FHIR publishes itself.

mod appointments;
mod made_up;
mod published;
mod round_trips;

use omasote_types::language::LocalText;

use super::*;

fn header() -> Header {
    Header {
        url: "https://omasote.fi/fhir/Questionnaire/example".to_owned(),
        version: "3".to_owned(),
        status: Status::Active,
        date: NaiveDate::from_ymd_opt(2026, 11, 27),
    }
}

fn text(fi: &str, sv: &str, en: &str) -> LocalText {
    LocalText { fi: fi.to_owned(), sv: sv.to_owned(), en: en.to_owned() }
}
