//! Tasks as they are given, listed and changed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{FollowUp, TaskKind, TaskState, Window};
use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{EventId, MessageId, QuestionnaireId, TaskId, TaskSeriesId, UnitId};
use crate::language::LocalText;
use crate::people::CitizenRef;
use crate::questionnaires::{Answers, Form};
use crate::units::UnitRef;
use crate::validation::{MAX_REASON_CHARACTERS, Validation};

/// How many Unicode characters a task's title may have.
pub const MAX_TASK_TITLE_CHARACTERS: usize = 120;
/// How many Unicode characters its words may have.
pub const MAX_TASK_TEXT_CHARACTERS: usize = 2_000;
/// How many days a task may be away from the event that it hangs on.
const MAX_DAYS_FROM_EVENT: i32 = 365;
/// How many minutes it may be said to take.
pub const MAX_TASK_MINUTES: u16 = 600;

/// A task (tehtävä): what a unit asks a citizen to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// The task's id.
    pub id: TaskId,
    /// Who is asked.
    pub citizen: CitizenRef,
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
    /// The days on which to do it. Later is allowed.
    pub window: Window,
    /// Where it stands.
    pub state: TaskState,
    /// When it was given.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub given_at: DateTime<Utc>,
    /// When the citizen was first known to have opened or begun it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub started_at: Option<DateTime<Utc>>,
    /// When it was last done; absent while it is not.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub answered_at: Option<DateTime<Utc>>,
    /// How often it has been sent back.
    #[serde(default)]
    pub times_sent_back: u32,
    /// Whether an answer calls for a look at once.
    #[serde(default)]
    pub is_urgent: bool,
    /// What the unit last said of it: when it sent it back, looked at it or called it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// What stands on its paper form: by it the unit finds the task.
    pub code: String,
    /// The series it is of; absent of a task that was given by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series_id: Option<TaskSeriesId>,
    /// The event it hangs on; absent of one that stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// Which version this is; the `ETag` says the same.
    pub version: u32,
}

/// What gives a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTask {
    /// The unit that asks; one of the caller's own.
    pub unit_id: UnitId,
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
    /// The days on which to do it, the last of them not past.
    pub window: Window,
    /// How the unit follows it; as it usually does when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
}

impl NewTask {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        let Self { kind, title, text, minutes, window, .. } = self;
        asked(&mut validation, *kind, (title, text), *minutes);
        in_days(&mut validation, *window);
        if let Some(follow_up) = self.follow_up {
            follow_up.check(&mut validation, "followUp.");
        }
        validation.finish()
    }
}

/// What is asked for, of one citizen or of many.
pub(super) fn asked(
    validation: &mut Validation,
    kind: TaskKind,
    (title, text): (&str, &str),
    minutes: Option<u16>,
) {
    match kind {
        TaskKind::Questionnaire { .. } if title.is_empty() => {}
        TaskKind::Questionnaire { .. } => validation.refuse("title", FieldErrorCode::InvalidFormat),
        _ => validation.text("title", title, MAX_TASK_TITLE_CHARACTERS),
    }
    validation.draft("text", text, MAX_TASK_TEXT_CHARACTERS);
    if minutes.is_some_and(|minutes| !(1..=MAX_TASK_MINUTES).contains(&minutes)) {
        validation.refuse("minutes", FieldErrorCode::InvalidFormat);
    }
}

pub(super) fn in_days(validation: &mut Validation, window: Window) {
    if window.validate().is_err() {
        validation.refuse("window.to", FieldErrorCode::InvalidFormat);
    }
}

/// What gives a task that hangs on an event: its citizen and unit are the event's, its days are counted from the event's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewEventTask {
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
    /// The first day, from the event's day: -7 is a week before it, 0 that day. At most a year away.
    #[cfg_attr(feature = "server", schema(minimum = -365, maximum = 365))]
    pub from_days: i32,
    /// The last day in the same way, not before the first and not past.
    #[cfg_attr(feature = "server", schema(minimum = -365, maximum = 365))]
    pub to_days: i32,
    /// How the unit follows it; as it usually does when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
}

impl NewEventTask {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        asked(&mut validation, self.kind, (&self.title, &self.text), self.minutes);
        for (field, days) in [("fromDays", self.from_days), ("toDays", self.to_days)] {
            if !(-MAX_DAYS_FROM_EVENT..=MAX_DAYS_FROM_EVENT).contains(&days) {
                validation.refuse(field, FieldErrorCode::InvalidFormat);
            }
        }
        if self.to_days < self.from_days {
            validation.refuse("toDays", FieldErrorCode::InvalidFormat);
        }
        if let Some(follow_up) = self.follow_up {
            follow_up.check(&mut validation, "followUp.");
        }
        validation.finish()
    }
}

/// What is answered so far to a task that asks for a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskResponse {
    /// The questionnaire.
    pub questionnaire_id: QuestionnaireId,
    /// Which version is answered: the one that was published when the task was opened first.
    pub number: u32,
    /// What it asks.
    pub form: Form,
    /// What is answered.
    pub answers: Answers,
    /// When it was last written at; absent when nothing was.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub written_at: Option<DateTime<Utc>>,
    /// What the citizen answered the time before to the same questionnaire; only professionals see it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<PastResponse>,
}

/// What was answered to a questionnaire at another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PastResponse {
    /// The task.
    pub task_id: TaskId,
    /// When it was answered.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub answered_at: DateTime<Utc>,
    /// What it asked.
    pub form: Form,
    /// What was answered.
    pub answers: Answers,
}

/// What is answered so far, to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskResponseUpdate {
    /// All of it; what is not there is not answered.
    pub answers: Answers,
    /// When it was written, by the clock of the device. What is kept and newer stays.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub written_at: DateTime<Utc>,
}

/// How a citizen answered who did not answer here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnswerSource {
    /// On the paper form.
    Paper,
    /// On the telephone.
    Phone,
    /// At a visit.
    Visit,
}

/// That a task is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskCompletion {
    /// The answers, of a questionnaire: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answers>,
    /// How the citizen answered, when a professional enters it for them. Only professionals say so, and they always do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<AnswerSource>,
    /// The message that brought the document that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
}

/// That a professional has looked at what was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskReview {
    /// What is said of it to the citizen; nothing when empty. At most 1,000 Unicode characters.
    #[serde(default)]
    pub remark: String,
}

/// That a task is asked for anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskReturn {
    /// Why, said to the citizen: 1 to 1,000 Unicode characters.
    pub remark: String,
    /// The days on which to do it now.
    pub window: Window,
}

/// That a task is no longer asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskCancellation {
    /// Why, said to the citizen; nothing when empty. At most 1,000 Unicode characters.
    #[serde(default)]
    pub remark: String,
}

impl TaskReview {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused field.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        optional_remark(&self.remark)
    }
}

impl TaskCancellation {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused field.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        optional_remark(&self.remark)
    }
}

impl TaskReturn {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("remark", &self.remark, MAX_REASON_CHARACTERS);
        if self.window.validate().is_err() {
            validation.refuse("window.to", FieldErrorCode::InvalidFormat);
        }
        validation.finish()
    }
}

pub(super) fn optional_remark(remark: &str) -> Result<(), Vec<FieldError>> {
    let mut validation = Validation::new();
    validation.draft("remark", remark, MAX_REASON_CHARACTERS);
    validation.finish()
}

/// One change of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskChange {
    /// Where the task stood after it.
    pub state: TaskState,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// Who: the citizen, who acts for them, or the professional with their title.
    pub by: String,
    /// On whose behalf: the citizen, when somebody else did it for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// How the citizen answered, when a professional entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<AnswerSource>,
    /// What was said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// Which tasks of a citizen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskList {
    /// Those the citizen is still to do, the one that ends first at the beginning.
    #[default]
    ToDo,
    /// Those that are done or called off, the newest first.
    Done,
}

/// Which tasks of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitTaskList {
    /// Those that were answered and wait for a look: the urgent first, then the one that has waited longest.
    #[default]
    ToReview,
    /// Those whose days are past, and that were begun.
    Late,
    /// Those whose days are past, and that nobody has opened.
    Silent,
    /// All that are to be done.
    Open,
}

/// Which page of a citizen's tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct TaskQuery {
    /// Which: `to_do`, also when absent, or `done`.
    #[serde(default)]
    pub list: TaskList,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

/// Which page of a unit's tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct UnitTaskQuery {
    /// Which: `to_review`, also when absent, `late`, `silent` or `open`.
    #[serde(default)]
    pub list: UnitTaskList,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}
