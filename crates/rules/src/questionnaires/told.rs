//! What is wrong with a form or with answers, as the server tells it. The apps ask the rules themselves and can say more.

use omasote_types::error::{FieldError, FieldErrorCode};

use super::{Flaw, Place, Problem, Refusal, Refused};

/// The field is the path that the server refuses by, or the item, score or alert by its name, such as `items.phq-9`.
impl From<&Problem> for FieldError {
    fn from(problem: &Problem) -> Self {
        let field = match &problem.place {
            Place::Form => "form".to_owned(),
            Place::Field(path) => path.clone(),
            Place::Item(link_id) => format!("items.{link_id}"),
            Place::Score(code) => format!("scores.{code}"),
            Place::Alert(code) => format!("alerts.{code}"),
        };
        let code = match problem.flaw {
            Flaw::Size(code) => code,
            Flaw::NameTwice | Flaw::OptionTwice | Flaw::CountedTwice => FieldErrorCode::Taken,
            Flaw::UnknownQuestion | Flaw::LaterQuestion => FieldErrorCode::UnknownReference,
            Flaw::NoOptions
            | Flaw::NoPicture
            | Flaw::NothingCounted
            | Flaw::BandsLack
            | Flaw::EmptyGroup
            | Flaw::NoLanguage
            | Flaw::LanguageIncomplete(_) => FieldErrorCode::Required,
            Flaw::TooLarge => FieldErrorCode::TooLong,
            Flaw::NothingToRequire
            | Flaw::Bounds
            | Flaw::Operator
            | Flaw::Value
            | Flaw::NotCounted
            | Flaw::Minimum
            | Flaw::Factor
            | Flaw::BandsOverlap => FieldErrorCode::InvalidFormat,
        };
        Self { field, code }
    }
}

/// The field is the question by its link id, such as `answers.phq-9`.
impl From<&Refused> for FieldError {
    fn from(refused: &Refused) -> Self {
        let code = match refused.refusal {
            Refusal::Required => FieldErrorCode::Required,
            Refusal::UnknownQuestion => FieldErrorCode::UnknownReference,
            Refusal::TooLong => FieldErrorCode::TooLong,
            Refusal::ForbiddenCharacter => FieldErrorCode::ForbiddenCharacter,
            Refusal::WrongType
            | Refusal::TooSmall
            | Refusal::TooLarge
            | Refusal::TooManyDecimals
            | Refusal::NotAnOption
            | Refusal::ChosenTwice => FieldErrorCode::InvalidFormat,
        };
        Self { field: format!("answers.{}", refused.link_id), code }
    }
}
