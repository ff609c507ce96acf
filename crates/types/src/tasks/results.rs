//! What answers came to, time after time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::ids::TaskId;
use crate::language::LocalText;
use crate::questionnaires::Severity;

/// What the answers of one time came to by one score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PastScore {
    /// The task that was answered.
    pub task_id: TaskId,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub answered_at: DateTime<Utc>,
    /// Which score: its code in the form.
    pub code: String,
    /// What it is called.
    pub name: LocalText,
    /// The number.
    pub value: Decimal,
    /// The smallest that it can be.
    pub least: Decimal,
    /// The largest that it can be.
    pub most: Decimal,
    /// What it means; absent when the score has no bands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<PastBand>,
    /// Whether it tells of a risk only: screening, not a diagnosis.
    pub is_screening: bool,
}

/// What a score meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PastBand {
    /// In words.
    pub text: LocalText,
    /// How it is marked for the professional.
    pub severity: Severity,
}
