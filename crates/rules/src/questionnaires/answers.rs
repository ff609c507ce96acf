//! Whether a question takes an answer.

use std::collections::BTreeSet;

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Answer, ItemKind, MAX_ANSWER_CHARACTERS};

/// Why an answer is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The question must be answered and is not.
    Required,
    /// The form has no such question.
    UnknownQuestion,
    /// The answer is of another type than the question's.
    WrongType,
    /// The text is longer than it may be.
    TooLong,
    /// The text holds a character that cannot be stored (U+0000).
    ForbiddenCharacter,
    /// The number is below the smallest that is accepted.
    TooSmall,
    /// The number is above the largest that is accepted.
    TooLarge,
    /// The number has more decimals than are accepted.
    TooManyDecimals,
    /// What was chosen is no option.
    NotAnOption,
    /// The same was chosen twice.
    ChosenTwice,
}

/// An answer that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The question's link id.
    pub link_id: String,
    /// Why.
    pub refusal: Refusal,
}

impl Refused {
    pub(super) fn of(link_id: &str, refusal: Refusal) -> Self {
        Self { link_id: link_id.to_owned(), refusal }
    }
}

/// Whether an item of this kind takes the answer.
pub(super) fn accept(kind: &ItemKind, answer: &Answer) -> Result<(), Refusal> {
    match (kind, answer) {
        (ItemKind::Text { max_characters } | ItemKind::LongText { max_characters }, Answer::Text(text)) => {
            accept_text(text, *max_characters)
        }
        (ItemKind::Number { min, max, decimals, .. }, Answer::Number(number)) => {
            accept_number(*number, *min, *max, *decimals)
        }
        (ItemKind::Scale { .. }, Answer::Number(number)) => {
            accept_number(*number, Some(Decimal::ZERO), Some(Decimal::from(10)), 0)
        }
        (ItemKind::Date {}, Answer::Date(_)) | (ItemKind::YesNo {}, Answer::YesNo(_)) => Ok(()),
        (ItemKind::One { .. } | ItemKind::ImageChoice { .. }, Answer::One(code)) => is_option(kind, code),
        (ItemKind::Many { .. }, Answer::Many(codes)) => accept_many(kind, codes),
        _ => Err(Refusal::WrongType),
    }
}

fn accept_text(text: &str, max_characters: Option<u32>) -> Result<(), Refusal> {
    let limit = max_characters.and_then(|limit| usize::try_from(limit).ok());
    let limit = limit.unwrap_or(MAX_ANSWER_CHARACTERS).min(MAX_ANSWER_CHARACTERS);
    match text {
        text if text.contains('\0') => Err(Refusal::ForbiddenCharacter),
        text if text.chars().nth(limit).is_some() => Err(Refusal::TooLong),
        _ => Ok(()),
    }
}

fn accept_number(
    number: Decimal,
    min: Option<Decimal>,
    max: Option<Decimal>,
    decimals: u8,
) -> Result<(), Refusal> {
    if min.is_some_and(|min| number < min) {
        Err(Refusal::TooSmall)
    } else if max.is_some_and(|max| number > max) {
        Err(Refusal::TooLarge)
    } else if number.decimals() > decimals {
        Err(Refusal::TooManyDecimals)
    } else {
        Ok(())
    }
}

fn is_option(kind: &ItemKind, code: &str) -> Result<(), Refusal> {
    let is_known = kind.options().iter().any(|option| option.code == code);
    if is_known { Ok(()) } else { Err(Refusal::NotAnOption) }
}

fn accept_many(kind: &ItemKind, codes: &[String]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for code in codes {
        is_option(kind, code)?;
        if !seen.insert(code) {
            return Err(Refusal::ChosenTwice);
        }
    }
    Ok(())
}
