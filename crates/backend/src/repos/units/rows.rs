//! The rows, and what they stand for.

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_rules::promises::Opening;
use omasote_types::language::LocalText;
use omasote_types::units::{
    OpeningBlock, OpeningException, OpeningSpan, Topic, TopicEntry, TopicPurpose, UnitRef,
};

use crate::db::schema::{topics, unit_exceptions, unit_hours, units};
use crate::db::{DbText, Id, MultiBackend, Stored, TextColumn};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = units, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
pub(super) struct UnitRow {
    pub(super) id: Id,
    pub(super) name_fi: String,
    pub(super) name_sv: String,
    pub(super) name_en: String,
    pub(super) municipality: String,
    pub(super) phone: String,
    pub(super) response_minutes: Option<i32>,
    pub(super) usual_minutes: Option<i32>,
    pub(super) opens_on_holidays: bool,
    pub(super) settings_version: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = unit_hours, check_for_backend(MultiBackend))]
pub(super) struct HoursRow {
    pub(super) unit_id: Id,
    pub(super) weekday: i32,
    pub(super) opens_minute: i32,
    pub(super) closes_minute: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = unit_exceptions, check_for_backend(MultiBackend))]
pub(super) struct ExceptionRow {
    pub(super) unit_id: Id,
    pub(super) day: NaiveDate,
    pub(super) opens_minute: i32,
    pub(super) closes_minute: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = topics, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
pub(super) struct TopicRow {
    pub(super) id: Id,
    pub(super) unit_id: Id,
    pub(super) position: i32,
    pub(super) name_fi: String,
    pub(super) name_sv: String,
    pub(super) name_en: String,
    pub(super) purpose: Option<DbText<TopicPurpose>>,
    pub(super) retired_at: Option<Stored>,
    pub(super) words_fi: String,
    pub(super) words_sv: String,
    pub(super) words_en: String,
}

/// When a unit is open, and in what time it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitOpening {
    /// The ordinary week.
    pub hours: Vec<OpeningBlock>,
    /// Days that are not as their weekday is.
    pub exceptions: Vec<OpeningException>,
    /// Whether public holidays are as their weekday is.
    pub opens_on_holidays: bool,
    /// Within how many minutes of opening time it promises to answer.
    pub response_minutes: Option<u32>,
    /// In how many it usually does.
    pub usual_minutes: Option<u32>,
}

impl UnitOpening {
    /// As the rules take it.
    #[must_use]
    pub fn rules(&self) -> Opening<'_> {
        Opening {
            hours: &self.hours,
            exceptions: &self.exceptions,
            opens_on_holidays: self.opens_on_holidays,
        }
    }
}

impl TextColumn for TopicPurpose {
    fn as_text(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        (text == Self::Privacy.as_text()).then_some(Self::Privacy)
    }
}

/// The tables' checks keep minutes of a day in range.
fn minute(stored: i32) -> u16 {
    u16::try_from(stored).unwrap_or_default()
}

/// A number that is never negative.
pub(super) fn count(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

/// A number as a column holds it.
pub(super) fn stored_count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl UnitRow {
    pub(super) fn named(&self) -> UnitRef {
        let (fi, sv, en) = (self.name_fi.clone(), self.name_sv.clone(), self.name_en.clone());
        UnitRef { id: self.id.into(), name: LocalText { fi, sv, en } }
    }
}

impl From<&HoursRow> for OpeningBlock {
    fn from(row: &HoursRow) -> Self {
        Self {
            weekday: u8::try_from(row.weekday).unwrap_or_default(),
            opens_minute: minute(row.opens_minute),
            closes_minute: minute(row.closes_minute),
        }
    }
}

/// The exceptions of rows in the order of their days. A closed day has one row, whose stretch is empty.
pub(super) fn exceptions<'a>(rows: impl Iterator<Item = &'a ExceptionRow>) -> Vec<OpeningException> {
    let mut found: Vec<OpeningException> = Vec::new();
    for row in rows {
        let is_new = found.last().is_none_or(|last| last.date != row.day);
        if is_new {
            found.push(OpeningException { date: row.day, spans: Vec::new() });
        }
        let span =
            OpeningSpan { opens_minute: minute(row.opens_minute), closes_minute: minute(row.closes_minute) };
        if let Some(last) = found.last_mut().filter(|_| span.opens_minute < span.closes_minute) {
            last.spans.push(span);
        }
    }
    found
}

impl From<&TopicRow> for Topic {
    fn from(row: &TopicRow) -> Self {
        Self {
            id: row.id.into(),
            unit_id: row.unit_id.into(),
            name: row.name(),
            words: row.words(),
            purpose: row.purpose.map(|purpose| purpose.0),
        }
    }
}

impl From<&TopicRow> for TopicEntry {
    fn from(row: &TopicRow) -> Self {
        Self {
            id: Some(row.id.into()),
            name: row.name(),
            words: row.words(),
            is_retired: row.retired_at.is_some(),
        }
    }
}

impl TopicRow {
    pub(super) fn name(&self) -> LocalText {
        LocalText { fi: self.name_fi.clone(), sv: self.name_sv.clone(), en: self.name_en.clone() }
    }

    fn words(&self) -> LocalText {
        LocalText { fi: self.words_fi.clone(), sv: self.words_sv.clone(), en: self.words_en.clone() }
    }
}
