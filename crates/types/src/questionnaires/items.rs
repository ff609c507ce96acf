//! The tree of a form: groups, questions, information, and when each shows.

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::decimal::Decimal;
use crate::language::LocalText;

/// A group, a question or information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// Its name inside the form, which the answers refer to and which stays the same from version to version: 1 to 64 of
    /// `A`–`Z`, `a`–`z`, `0`–`9`, `.`, `_`, `-` and `/`, no other item's.
    pub link_id: String,
    /// The heading, the question or the information.
    pub text: LocalText,
    /// What helps to answer, shown beside the question.
    #[serde(default)]
    pub help: LocalText,
    /// Whether the answers may be sent without an answer to it, when it shows. Groups and information are never required.
    #[serde(default)]
    pub is_required: bool,
    /// When it shows; always, when absent. What is inside a group shows only when the group does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Conditions>,
    /// What the question is known by elsewhere, such as in LOINC: at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub codes: Vec<Code>,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item is, and what goes with that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ItemKind {
    /// Items that belong together under a heading.
    Group {
        /// What is inside.
        #[cfg_attr(feature = "server", schema(no_recursion))]
        items: Vec<Item>,
    },
    /// Something to read, which is not answered.
    Information {},
    /// A text of one line.
    Text {
        /// How many characters the answer may have, at most 10,000; so many when absent.
        #[serde(rename = "maxCharacters", default, skip_serializing_if = "Option::is_none")]
        max_characters: Option<u32>,
    },
    /// A text of many lines.
    LongText {
        /// How many characters the answer may have, at most 10,000; so many when absent.
        #[serde(rename = "maxCharacters", default, skip_serializing_if = "Option::is_none")]
        max_characters: Option<u32>,
    },
    /// A number.
    Number {
        /// In what it is measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Unit>,
        /// The smallest that is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Decimal>,
        /// The largest that is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Decimal>,
        /// How many decimals the answer may have: 0 to 3.
        #[serde(default)]
        decimals: u8,
    },
    /// A date.
    Date {},
    /// Yes or no. In a score yes is one and no is zero.
    YesNo {},
    /// One of several.
    One {
        /// Of what.
        options: Vec<Choice>,
    },
    /// Any number of several. In a score it is the sum of the chosen.
    Many {
        /// Of what.
        options: Vec<Choice>,
    },
    /// A whole number from 0 to 10.
    Scale {
        /// What 0 means.
        #[serde(default)]
        least: LocalText,
        /// What 10 means.
        #[serde(default)]
        most: LocalText,
    },
    /// One of several pictures.
    ImageChoice {
        /// Of what; each with a picture.
        options: Vec<Choice>,
    },
}

impl ItemKind {
    /// Whether it is answered.
    #[must_use]
    pub const fn is_question(&self) -> bool {
        !matches!(self, Self::Group { .. } | Self::Information { .. })
    }

    /// What can be chosen; nothing, where nothing is.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::One { options } | Self::Many { options } | Self::ImageChoice { options } => options,
            _ => &[],
        }
    }

    /// What is inside; nothing, where it is no group.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        match self {
            Self::Group { items } => items,
            _ => &[],
        }
    }
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Choice {
    /// What the answer says when it is chosen: 1 to 64 characters as of a link id, no other option's of this question.
    pub code: String,
    /// The code system that the code is of, when it is not the form's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// What is shown.
    pub text: LocalText,
    /// What it counts for in a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Decimal>,
    /// What is seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
}

/// A picture of this service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Picture {
    /// Where it is: a path of this service, from `/` on. Pictures of other services are not shown.
    pub path: String,
    /// What is seen in it, for who does not see it.
    pub description: LocalText,
}

/// A unit of measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(as = MeasurementUnit))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit {
    /// The UCUM code, such as `cm` or `mm[Hg]`.
    pub code: String,
    /// What is shown.
    pub text: LocalText,
}

/// A code of a code system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Code {
    /// Which code system, as FHIR names it; empty when nothing is said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub system: String,
    /// The code.
    pub code: String,
    /// What the code system calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub display: String,
}

/// What must hold of answers. An answer to a question that does not show is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Conditions {
    /// Whether all must hold or one is enough.
    #[serde(default)]
    pub join: Join,
    /// The conditions: 1 to 20.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 20))]
    pub of: Vec<Condition>,
}

/// How conditions go together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// All must hold.
    #[default]
    All,
    /// One is enough.
    Any,
}

/// What must hold of one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Condition {
    /// The link id of the question. What shows when it holds comes after that question.
    pub question: String,
    /// How the answer is compared.
    pub operator: Operator,
    /// With what; absent with `answered` and `unanswered`. Of `includes` and `excludes` it is a `one`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Answer>,
}

/// How an answer is compared. Where there is no answer, only `unanswered`, `not_equals` and `excludes` hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// It is the value.
    Equals,
    /// It is not the value, or there is none.
    NotEquals,
    /// It is more, or later, than the value: of numbers, scales and dates.
    Greater,
    /// It is less, or earlier, than the value.
    Less,
    /// It is the value or more.
    AtLeast,
    /// It is the value or less.
    AtMost,
    /// There is an answer.
    Answered,
    /// There is none.
    Unanswered,
    /// What is chosen of several has the value among it.
    Includes,
    /// What is chosen of several does not have the value among it, or nothing is chosen.
    Excludes,
}
