//! Series of tasks: what a unit asks many citizens to do, once or again and again.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::given::{asked, in_days, optional_remark};
use super::{FollowUp, TaskKind, Window};
use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{CitizenId, TaskSeriesId};
use crate::language::LocalText;
use crate::people::Professional;
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many citizens a series may be given to.
pub const MAX_SERIES_CITIZENS: usize = 10_000;
/// How many characters a rule may have.
pub const MAX_RECURRENCE_CHARACTERS: usize = 300;

/// What gives a series of tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTaskSeries {
    /// To whom: 1 to 10,000 citizens whom the unit cares for, each once.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 10_000))]
    pub citizen_ids: Vec<CitizenId>,
    /// What it asks for.
    pub kind: TaskKind,
    /// What it is called: 1 to 120 Unicode characters; of a questionnaire nothing, since it has its own title.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(max_length = 120))]
    pub title: String,
    /// What the unit says of it: at most 2,000 Unicode characters.
    #[serde(default)]
    #[cfg_attr(feature = "server", schema(max_length = 2_000))]
    pub text: String,
    /// How many minutes it takes: 1 to 600.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(minimum = 1, maximum = 600))]
    pub minutes: Option<u16>,
    /// The days on which to do it the first time, the last of them not past. Each time has as many days.
    pub window: Window,
    /// How it comes again: a recurrence rule of RFC 5545 of days, weeks, months or years that ends, such as
    /// `FREQ=WEEKLY;INTERVAL=2;COUNT=6`. It begins on the first day of `window`. Absent: it comes once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 300))]
    pub recurrence: Option<String>,
    /// How the unit follows its tasks; as it usually does when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
}

impl NewTaskSeries {
    /// The form and the server ask the same question. Whether the rule is sound the server knows.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        asked(&mut validation, self.kind, (&self.title, &self.text), self.minutes);
        in_days(&mut validation, self.window);
        if let Some(follow_up) = self.follow_up {
            follow_up.check(&mut validation, "followUp.");
        }
        if self.citizen_ids.is_empty() {
            validation.refuse("citizenIds", FieldErrorCode::Required);
        }
        validation.count("citizenIds", self.citizen_ids.len(), MAX_SERIES_CITIZENS);
        let mut seen = self.citizen_ids.clone();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() != self.citizen_ids.len() {
            validation.refuse("citizenIds", FieldErrorCode::InvalidFormat);
        }
        if self.recurrence.as_ref().is_some_and(|rule| rule.chars().count() > MAX_RECURRENCE_CHARACTERS) {
            validation.refuse("recurrence", FieldErrorCode::TooLong);
        }
        validation.finish()
    }
}

/// Where a series stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskSeriesState {
    /// There is something still to be given.
    Going,
    /// All of it is given.
    Finished,
    /// It was called off.
    Cancelled,
}

/// A series of tasks (tehtäväsarja): what a unit asks many citizens to do, once or again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskSeries {
    /// The series' id.
    pub id: TaskSeriesId,
    /// The unit that asks.
    pub unit: UnitRef,
    /// What it asks for.
    pub kind: TaskKind,
    /// What it is called: of a questionnaire its title, otherwise the unit's words, the same in each language.
    pub title: LocalText,
    /// What the unit says of it; empty when nothing.
    pub text: String,
    /// How many minutes it takes; absent when that is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// The days of the first time.
    pub window: Window,
    /// How it comes again; absent when it comes once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// How its tasks are followed.
    pub follow_up: FollowUp,
    /// Where it stands.
    pub state: TaskSeriesState,
    /// To how many citizens it is given.
    pub citizens: u32,
    /// How many times it comes.
    pub times: u32,
    /// How many tasks have been given so far, to all of them together.
    pub given: u32,
    /// How many of them the citizens have done.
    pub answered: u32,
    /// The days of the time that is given next, or is being given now; absent when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Window>,
    /// Who gave it.
    pub given_by: Professional,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub given_at: DateTime<Utc>,
    /// When it was called off.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What was said when it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// That a series is called off: nothing more of it is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskSeriesCancellation {
    /// Why, said to the citizens whose tasks are called off; nothing when empty. At most 1,000 Unicode characters.
    #[serde(default)]
    pub remark: String,
    /// Whether tasks that are given and not done are called off, too. Otherwise they stay.
    #[serde(default)]
    pub cancels_given: bool,
}

impl TaskSeriesCancellation {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused field.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        optional_remark(&self.remark)
    }
}
