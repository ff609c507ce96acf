//! What is counted of answers, and what is told at once.

use serde::{Deserialize, Serialize};

use super::Conditions;
use crate::decimal::Decimal;
use crate::language::LocalText;

/// A number counted of answers: the sum of what its questions count for, times a factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Score {
    /// Its name inside the form, as of a link id; no other score's.
    pub code: String,
    /// What it is called.
    pub name: LocalText,
    /// The link ids of the questions that are counted. Questions that do not show count for nothing.
    pub items: Vec<String>,
    /// What the sum is multiplied by.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub factor: Decimal,
    /// How many of the questions must be answered before there is a score; all that show, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_answered: Option<u32>,
    /// When there is such a score at all; always, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Conditions>,
    /// Whether it tells of a risk only: then it is shown with the words that it is screening, not a diagnosis.
    #[serde(default)]
    pub is_screening: bool,
    /// What the number means, from the lowest to the highest; together they cover every number there can be. May be empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 20))]
    pub bands: Vec<Band>,
}

const fn one() -> Decimal {
    Decimal::ONE
}

fn is_one(factor: &Decimal) -> bool {
    *factor == Decimal::ONE
}

/// What a score means between two numbers, both of which are of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Band {
    /// The lowest.
    pub from: Decimal,
    /// The highest.
    pub to: Decimal,
    /// What it means, in words for the citizen.
    pub text: LocalText,
    /// How it is marked for the professional.
    pub severity: Severity,
}

/// How much attention a band calls for. Not a diagnosis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing that calls for it.
    #[default]
    Usual,
    /// A little.
    Mild,
    /// Some.
    Moderate,
    /// Much.
    Severe,
}

/// What is told to the citizen at once, while they answer, and marks the answers for the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alert {
    /// Its name inside the form, as of a link id; no other alert's.
    pub code: String,
    /// When.
    pub when: Conditions,
    /// What is told: what to do now, and whom to call.
    pub text: LocalText,
    /// Whether the unit is told at once that the answers are urgent.
    #[serde(default)]
    pub is_urgent: bool,
}
