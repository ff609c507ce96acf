//! What a message tells the citizen to do, and whether they understood.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How many instructions a message may hold.
pub const MAX_INSTRUCTIONS: usize = 10;

/// How many Unicode characters an instruction may hold.
pub const MAX_INSTRUCTION_CHARACTERS: usize = 500;

/// Whether the citizen understood an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Understanding {
    /// They did.
    Understood,
    /// They did not: the unit sees that the matter waits for it.
    NotUnderstood,
}

/// One thing a message tells the citizen to do (ohje).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Instruction {
    /// What to do.
    pub text: String,
    /// What the citizen answered; absent as long as they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Understanding>,
    /// When they answered.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub answered_at: Option<DateTime<Utc>>,
}

/// The citizen's answer to an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InstructionAnswer {
    /// Whether they understood.
    pub answer: Understanding,
}
