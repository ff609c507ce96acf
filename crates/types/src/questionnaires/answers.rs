//! What is answered to a form.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::decimal::Decimal;

/// How many Unicode characters a written answer may have.
pub const MAX_ANSWER_CHARACTERS: usize = 10_000;

/// An answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "type", content = "value", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// To a text or a long text.
    Text(String),
    /// To a number or a scale.
    Number(Decimal),
    /// To a date.
    Date(#[serde(deserialize_with = "crate::wire::date")] NaiveDate),
    /// To a yes or no.
    YesNo(bool),
    /// To a choice of one, also of pictures: the option's code.
    One(String),
    /// To a choice of many: the options' codes, each once.
    Many(Vec<String>),
}

impl Answer {
    /// Whether it says nothing: an empty text, or nothing chosen. Then the question is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Many(codes) => codes.is_empty(),
            Self::Number(_) | Self::Date(_) | Self::YesNo(_) | Self::One(_) => false,
        }
    }
}

/// Answers to a form: by the link id of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answer>);

/// By hand, so that a form of at most 500 questions is never answered with more than that.
impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let answers = BTreeMap::deserialize(from)?;
        match answers.len() > super::MAX_ITEMS {
            true => Err(serde::de::Error::custom("more answers than a form has questions")),
            false => Ok(Self(answers)),
        }
    }
}

impl Answers {
    /// No answers yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The answer to a question.
    #[must_use]
    pub fn get(&self, link_id: &str) -> Option<&Answer> {
        self.0.get(link_id)
    }

    /// Answers a question, or answers it anew.
    pub fn set(&mut self, link_id: impl Into<String>, answer: Answer) {
        self.0.insert(link_id.into(), answer);
    }

    /// Takes an answer back.
    pub fn clear(&mut self, link_id: &str) {
        self.0.remove(link_id);
    }

    /// Every answer with its question's link id, in the order of link ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(link_id, answer)| (link_id.as_str(), answer))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<Id: Into<String>> FromIterator<(Id, Answer)> for Answers {
    fn from_iter<All: IntoIterator<Item = (Id, Answer)>>(all: All) -> Self {
        Self(all.into_iter().map(|(link_id, answer)| (link_id.into(), answer)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_looks_on_the_wire_like_this() {
        let json = r#"{"day":{"type":"date","value":"2026-11-27"},"many":{"type":"many","value":["a","b"]},"number":{"type":"number","value":37.5},"one":{"type":"one","value":"a"},"text":{"type":"text","value":"Hei"},"yes":{"type":"yes_no","value":true}}"#;
        let many = vec!["a".to_owned(), "b".to_owned()];
        let answers = Answers::from_iter([
            ("day", Answer::Date(NaiveDate::from_ymd_opt(2026, 11, 27).unwrap())),
            ("many", Answer::Many(many)),
            ("number", Answer::Number("37.5".parse().unwrap())),
            ("one", Answer::One("a".to_owned())),
            ("text", Answer::Text("Hei".to_owned())),
            ("yes", Answer::YesNo(true)),
        ]);
        assert_eq!(serde_json::to_string(&answers).unwrap(), json);
        assert_eq!(serde_json::from_str::<Answers>(json).unwrap(), answers);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for answer in [
            r#"{"type":"date","value":"27.11.2026"}"#,
            r#"{"type":"number","value":"1"}"#,
            r#"{"type":"yes_no","value":true,"more":1}"#,
            r#"{"type":"text"}"#,
            r#"{"type":"file","value":"x"}"#,
            r#""text""#,
        ] {
            assert!(serde_json::from_str::<Answer>(answer).is_err(), "{answer}");
        }
        let many: Answers = (0..501).map(|number| (number.to_string(), Answer::YesNo(true))).collect();
        let json = serde_json::to_string(&many).unwrap();
        assert!(serde_json::from_str::<Answers>(&json).is_err());
    }
}
