//! Service units, when they are open, and the topics that lead to them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{TopicId, UnitId};
use crate::language::{Language, LocalText};
use crate::validation::Validation;

/// The shortest and the longest response time, in minutes of opening time.
pub const RESPONSE_MINUTES: std::ops::RangeInclusive<u32> = 15..=12_000;
/// How many blocks a week, and how many days that are not as their weekday is, a unit may have.
const MAX_BLOCKS: usize = 50;
const MAX_EXCEPTIONS: usize = 200;
const MAX_TOPICS: usize = 100;
const MAX_PHONE_CHARACTERS: usize = 30;
const MAX_TOPIC_CHARACTERS: usize = 120;
const MAX_WORDS_CHARACTERS: usize = 500;
const MINUTES_OF_DAY: u16 = 1440;

/// A service unit (palveluyksikkö).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// The unit's id.
    pub id: UnitId,
    /// What it does and where.
    pub name: LocalText,
    /// Municipality where it is.
    pub municipality: String,
    /// Phone number for those who would rather call.
    pub phone: String,
    /// When it is open, by weekday and time; several blocks a day are possible.
    pub hours: Vec<OpeningBlock>,
    /// Days to come that are not as their weekday is: closed, or with other hours.
    #[serde(default)]
    pub exceptions: Vec<OpeningException>,
    /// Whether public holidays are as their weekday is. Most units are closed on them.
    #[serde(default)]
    pub opens_on_holidays: bool,
    /// When it is open today, holidays and exceptions considered.
    #[serde(default)]
    pub today: Vec<OpeningSpan>,
    /// Within how many minutes of opening time it promises to answer; absent when it promises nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_minutes: Option<u32>,
    /// By when it answers what is sent now; absent when it promises nothing.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub promised_at: Option<DateTime<Utc>>,
    /// In how many minutes of opening time it usually answers: the median of the last 28 days; absent when there are too
    /// few answers to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_minutes: Option<u32>,
    /// What a citizen can write to it about.
    pub topics: Vec<Topic>,
}

/// A unit, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnitRef {
    /// The unit's id.
    pub id: UnitId,
    /// What it does and where.
    pub name: LocalText,
}

/// One stretch of opening hours, in the time of Europe/Helsinki.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpeningBlock {
    /// ISO weekday: Monday is 1, Sunday 7.
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 7))]
    pub weekday: u8,
    /// Minutes from midnight to the opening.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1440))]
    pub opens_minute: u16,
    /// Minutes from midnight to the closing; later than the opening.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1440))]
    pub closes_minute: u16,
}

impl OpeningBlock {
    /// Its time of the day.
    #[must_use]
    pub const fn span(&self) -> OpeningSpan {
        OpeningSpan { opens_minute: self.opens_minute, closes_minute: self.closes_minute }
    }
}

/// A stretch of one day when a unit is open, in the time of Europe/Helsinki.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpeningSpan {
    /// Minutes from midnight to the opening.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1440))]
    pub opens_minute: u16,
    /// Minutes from midnight to the closing; later than the opening.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1440))]
    pub closes_minute: u16,
}

/// A day that is not as its weekday is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpeningException {
    /// The day.
    #[serde(deserialize_with = "crate::wire::date")]
    pub date: NaiveDate,
    /// When the unit is open on it; empty when it is closed.
    pub spans: Vec<OpeningSpan>,
}

/// What a matter is about, in plain words; it leads to one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    /// The topic's id.
    pub id: TopicId,
    /// The unit that answers.
    pub unit_id: UnitId,
    /// The topic as citizens call it.
    pub name: LocalText,
    /// Other words by which people look for it, commas between them.
    #[serde(default)]
    pub words: LocalText,
    /// What it is for beside its name; absent for most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<TopicPurpose>,
}

/// What a topic is for beside its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TopicPurpose {
    /// Questions to the privacy officer about one's own data.
    Privacy,
}

/// What a unit keeps for itself, as its lead and the administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnitSettings {
    /// The unit.
    pub unit: UnitRef,
    /// Which version this is; the `ETag` says the same.
    pub version: u32,
    /// How it is reached, when it is open and what it promises.
    pub service: UnitService,
    /// What citizens can write to it about, in their order; the retired ones too.
    pub topics: Vec<TopicEntry>,
}

/// How well a topic leads to the right unit: of the threads that began with it in the last 90 days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TopicRouting {
    /// The topic's id.
    pub topic_id: TopicId,
    /// The topic as citizens call it.
    pub name: LocalText,
    /// How many threads began with it.
    pub threads: u32,
    /// How many of them moved to another unit twice or more.
    pub misrouted: u32,
}

/// How a unit is reached, when it is open and what it promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnitService {
    /// Phone number for those who would rather call: at most 30 characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 30))]
    pub phone: String,
    /// When it is open, by weekday and time. Blocks of a day do not overlap; at most 50.
    #[cfg_attr(feature = "server", schema(max_items = 50))]
    pub hours: Vec<OpeningBlock>,
    /// Days from today on that are not as their weekday is, each once; at most 200. Days before today stay as they were.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(max_items = 200))]
    pub exceptions: Vec<OpeningException>,
    /// Whether public holidays are as their weekday is.
    #[serde(default)]
    pub opens_on_holidays: bool,
    /// Within how many minutes of opening time it promises to answer, 15 to 12,000; absent when it promises nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 15, maximum = 12_000))]
    pub response_minutes: Option<u32>,
}

impl UnitService {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("phone", &self.phone, MAX_PHONE_CHARACTERS);
        if !self.has_sound_hours() {
            validation.refuse("hours", FieldErrorCode::InvalidFormat);
        }
        if !self.has_sound_exceptions() {
            validation.refuse("exceptions", FieldErrorCode::InvalidFormat);
        }
        if self.response_minutes.is_some_and(|minutes| !RESPONSE_MINUTES.contains(&minutes)) {
            validation.refuse("responseMinutes", FieldErrorCode::InvalidFormat);
        }
        validation.finish()
    }

    fn has_sound_hours(&self) -> bool {
        let on_day = |weekday| {
            let blocks = self.hours.iter().filter(move |block| block.weekday == weekday);
            blocks.map(OpeningBlock::span).collect::<Vec<_>>()
        };
        self.hours.len() <= MAX_BLOCKS
            && self.hours.iter().all(|block| (1..=7).contains(&block.weekday))
            && (1..=7).all(|weekday| are_apart(on_day(weekday)))
    }

    fn has_sound_exceptions(&self) -> bool {
        let mut days: Vec<NaiveDate> = self.exceptions.iter().map(|exception| exception.date).collect();
        days.sort_unstable();
        days.dedup();
        self.exceptions.len() <= MAX_EXCEPTIONS
            && days.len() == self.exceptions.len()
            && self.exceptions.iter().all(|exception| are_apart(exception.spans.clone()))
    }
}

/// Whether stretches of a day are whole, inside the day, and none overlaps another.
fn are_apart(mut spans: Vec<OpeningSpan>) -> bool {
    spans.sort_unstable();
    let is_whole =
        |span: &OpeningSpan| span.opens_minute < span.closes_minute && span.closes_minute <= MINUTES_OF_DAY;
    let follows = spans.iter().zip(spans.iter().skip(1));
    spans.iter().all(is_whole)
        && follows.into_iter().all(|(one, next)| one.closes_minute <= next.opens_minute)
}

/// A topic as its unit keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TopicEntry {
    /// Its id; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TopicId>,
    /// The topic as citizens call it: 1 to 120 characters in each language.
    pub name: LocalText,
    /// Other words by which people look for it, commas between them: at most 500 characters in each language.
    #[serde(default)]
    pub words: LocalText,
    /// Whether nobody begins a thread about it any more. What was begun goes on.
    #[serde(default)]
    pub is_retired: bool,
}

/// All the topics of a unit, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TopicList {
    /// Every topic the unit has had, and new ones; at most 100.
    #[cfg_attr(feature = "server", schema(max_items = 100))]
    pub topics: Vec<TopicEntry>,
}

impl TopicList {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields: `topics`, or such as `topics.2.name.sv`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        if self.topics.len() > MAX_TOPICS {
            validation.refuse("topics", FieldErrorCode::TooLong);
        }
        for (place, topic) in self.topics.iter().enumerate() {
            for language in Language::ALL {
                let code = language.code();
                let (name, words) = (topic.name.text(language), topic.words.text(language));
                validation.text(&format!("topics.{place}.name.{code}"), name, MAX_TOPIC_CHARACTERS);
                if !words.is_empty() {
                    validation.text(&format!("topics.{place}.words.{code}"), words, MAX_WORDS_CHARACTERS);
                }
            }
        }
        validation.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(hours: &[(u8, u16, u16)]) -> UnitService {
        let block = |(weekday, opens_minute, closes_minute): &(u8, u16, u16)| OpeningBlock {
            weekday: *weekday,
            opens_minute: *opens_minute,
            closes_minute: *closes_minute,
        };
        UnitService {
            phone: "08 000 0001".to_owned(),
            hours: hours.iter().map(block).collect(),
            exceptions: Vec::new(),
            opens_on_holidays: false,
            response_minutes: Some(180),
        }
    }

    fn refused(service: &UnitService) -> Vec<String> {
        service.validate().err().unwrap_or_default().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn blocks_of_a_day_may_meet_but_not_overlap() {
        assert_eq!(refused(&service(&[(1, 480, 660), (1, 660, 1440), (2, 480, 960)])), [""; 0]);
        for wrong in [
            &[(1, 480, 660), (1, 659, 700)][..],
            &[(1, 480, 480)],
            &[(1, 500, 480)],
            &[(0, 480, 500)],
            &[(8, 480, 500)],
            &[(1, 480, 1441)],
        ] {
            assert_eq!(refused(&service(wrong)), ["hours"], "{wrong:?}");
        }
    }

    #[test]
    fn a_day_has_one_exception() {
        let closed = OpeningException { date: NaiveDate::default(), spans: Vec::new() };
        let once = UnitService { exceptions: vec![closed.clone()], ..service(&[]) };
        assert_eq!(refused(&once), [""; 0]);
        assert_eq!(
            refused(&UnitService { exceptions: vec![closed.clone(), closed], ..once }),
            ["exceptions"]
        );
    }

    #[test]
    fn a_response_time_is_neither_too_short_nor_too_long() {
        for (minutes, field) in [(14, "responseMinutes"), (12_001, "responseMinutes")] {
            let service = UnitService { response_minutes: Some(minutes), ..service(&[]) };
            assert_eq!(refused(&service), [field]);
        }
        assert_eq!(refused(&UnitService { response_minutes: None, ..service(&[]) }), [""; 0]);
    }

    #[test]
    fn a_topic_has_a_name_in_every_language_and_needs_no_words() {
        let text =
            |fi: &str, sv: &str| LocalText { fi: fi.to_owned(), sv: sv.to_owned(), en: "X".to_owned() };
        let entry =
            TopicEntry { id: None, name: text("X", " "), words: LocalText::default(), is_retired: false };
        let errors = TopicList { topics: vec![entry] }.validate().unwrap_err();
        assert_eq!(errors[0].field, "topics.0.name.sv");
    }
}
