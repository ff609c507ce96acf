//! Following what is asked for: when the citizen is reminded, and when their silence becomes a call.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Task;
use crate::error::{FieldError, FieldErrorCode};
use crate::validation::{MAX_REASON_CHARACTERS, Validation};

/// How many days before or after a task's last day something may be done about it.
pub const MAX_FOLLOW_UP_DAYS: u16 = 30;

/// Which silence becomes a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallWhen {
    /// None: nobody calls.
    #[default]
    Never,
    /// The citizen has not opened the task.
    Unopened,
    /// The citizen has not done it, opened or not.
    Unanswered,
}

/// How a unit follows a task (seuranta).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FollowUp {
    /// How many days before the last day the citizen is reminded: 1 to 30. Absent: they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 30))]
    pub remind_before_days: Option<u16>,
    /// How many days after the last day the citizen is reminded: 1 to 30. Absent: they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 30))]
    pub remind_late_days: Option<u16>,
    /// Which silence becomes a call.
    #[serde(default)]
    pub call_when: CallWhen,
    /// How many days after the last day it does: 1 to 30; 1 when absent.
    #[serde(default = "next_day")]
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 30))]
    pub call_after_days: u16,
}

const fn next_day() -> u16 {
    1
}

impl Default for FollowUp {
    /// What is done unless a unit says otherwise: the citizen is reminded the day before the last.
    fn default() -> Self {
        Self { remind_before_days: Some(1), ..Self::NOTHING }
    }
}

impl FollowUp {
    /// Nothing is done.
    pub const NOTHING: Self = Self {
        remind_before_days: None,
        remind_late_days: None,
        call_when: CallWhen::Never,
        call_after_days: next_day(),
    };

    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        self.check(&mut validation, "");
        validation.finish()
    }

    /// The same as a part of something else.
    pub(super) fn check(&self, validation: &mut Validation, before: &str) {
        let days = [
            ("remindBeforeDays", self.remind_before_days),
            ("remindLateDays", self.remind_late_days),
            ("callAfterDays", Some(self.call_after_days)),
        ];
        for (field, days) in days {
            if days.is_some_and(|days| !(1..=MAX_FOLLOW_UP_DAYS).contains(&days)) {
                validation.refuse(&format!("{before}{field}"), FieldErrorCode::InvalidFormat);
            }
        }
    }
}

/// How a citizen is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SilenceKind {
    /// They have not opened the task.
    Unopened,
    /// They have opened it and not done it.
    Unanswered,
}

/// A call to make (soitettava): a citizen is silent about a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnitCall {
    /// The task, with the citizen to call.
    pub task: Task,
    /// Their telephone number; absent when it is not known or protected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether their contact details are protected: then the number is on their card, for who writes down why.
    #[serde(default)]
    pub is_protected: bool,
    /// Why to call.
    pub silence: SilenceKind,
    /// The last day on which the task was to be done.
    #[serde(deserialize_with = "crate::wire::date")]
    pub since: NaiveDate,
    /// The calls that were made about it, the newest first.
    pub made: Vec<TaskCall>,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The citizen answered, and what they said is entered as the task's answers.
    AnswerEntered,
    /// The citizen was reached: the matter is settled, or they do the task.
    Reached,
    /// Nobody answered: it is to be tried again.
    NotReached,
}

/// A call that was made about a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskCall {
    /// What came of it.
    pub outcome: CallOutcome,
    /// What is to be known of it; empty when nothing.
    pub note: String,
    /// When it was written down.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// Who called: their name and title.
    pub by: String,
}

/// Writes down a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTaskCall {
    /// What came of it.
    pub outcome: CallOutcome,
    /// What is to be known of it: at most 1,000 Unicode characters.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(max_length = 1_000))]
    pub note: String,
}

impl NewTaskCall {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused field.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.draft("note", &self.note, MAX_REASON_CHARACTERS);
        validation.finish()
    }
}
