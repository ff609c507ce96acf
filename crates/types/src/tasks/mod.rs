//! Tasks (tehtävä): what a citizen is asked to do, and the days on which to do it.

mod follow_up;
mod given;
mod results;
mod series;

use chrono::NaiveDate;
pub use follow_up::{
    CallOutcome, CallWhen, FollowUp, MAX_FOLLOW_UP_DAYS, NewTaskCall, SilenceKind, TaskCall, UnitCall,
};
pub use given::{
    AnswerSource, MAX_TASK_MINUTES, MAX_TASK_TEXT_CHARACTERS, MAX_TASK_TITLE_CHARACTERS, NewEventTask,
    NewTask, PastResponse, Task, TaskCancellation, TaskChange, TaskCompletion, TaskList, TaskQuery,
    TaskResponse, TaskResponseUpdate, TaskReturn, TaskReview, UnitTaskList, UnitTaskQuery,
};
pub use results::{PastBand, PastScore};
use serde::{Deserialize, Serialize};
pub use series::{
    MAX_RECURRENCE_CHARACTERS, MAX_SERIES_CITIZENS, NewTaskSeries, TaskSeries, TaskSeriesCancellation,
    TaskSeriesState,
};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{CitizenId, GuideId, ProfessionalId, QuestionnaireId};
use crate::validation::Validation;

/// How many days a window may have.
pub const MAX_WINDOW_DAYS: i64 = 366;

/// What a task asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum TaskKind {
    /// To answer a questionnaire.
    Questionnaire {
        /// Which; the version that is published when it is opened.
        #[serde(rename = "questionnaireId")]
        questionnaire_id: QuestionnaireId,
    },
    /// To measure at home.
    Measurement {},
    /// To read a guide, and to say whether it was clear.
    Guide {
        /// Which: one that is published.
        #[serde(rename = "guideId")]
        guide_id: GuideId,
    },
    /// To bring or send a document.
    Document {},
    /// To book a time.
    Booking {},
    /// Anything else, in the task's own words.
    ToDo {},
}

impl TaskKind {
    /// Whether there is something to answer: of a guide whether it was clear, of a document how it is brought.
    #[must_use]
    pub const fn asks(self) -> bool {
        matches!(self, Self::Questionnaire { .. } | Self::Guide { .. } | Self::Document {})
    }
}

/// Where a task stands. Whether it is late follows from its window and the day, and is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// The citizen has been asked, and has not begun.
    #[default]
    Given,
    /// The citizen has begun.
    Started,
    /// The citizen has done it.
    Answered,
    /// A professional has looked at what was answered.
    Reviewed,
    /// A professional asks the citizen to do it anew, or to complete it.
    SentBack,
    /// It is no longer asked for.
    Cancelled,
}

/// The days on which a task is to be done, in Finland's time. Doing it later is allowed, and marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Window {
    /// The first day.
    #[serde(deserialize_with = "crate::wire::date")]
    pub from: NaiveDate,
    /// The last day, which is of it.
    #[serde(deserialize_with = "crate::wire::date")]
    pub to: NaiveDate,
}

impl Window {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused field: `to`, when it is before `from` or more than a year after it.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        if !(0..MAX_WINDOW_DAYS).contains(&(self.to - self.from).num_days()) {
            validation.refuse("to", FieldErrorCode::InvalidFormat);
        }
        validation.finish()
    }
}

/// Who did something with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum TaskActor {
    /// The citizen whose task it is.
    Citizen {},
    /// Somebody who acts for that citizen.
    Proxy {
        /// Who.
        citizen_id: CitizenId,
    },
    /// A professional who enters what the citizen answered elsewhere.
    Transcriber {
        /// Who.
        professional_id: ProfessionalId,
    },
    /// A professional of the unit whose task it is.
    Professional {
        /// Who.
        professional_id: ProfessionalId,
    },
    /// A pathway that the citizen follows.
    Pathway {},
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_goes_forward_and_ends_within_a_year() {
        let window = |from: &str, to: &str| Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
        assert!(window("2026-11-27", "2026-11-27").validate().is_ok());
        assert!(window("2028-01-01", "2028-12-31").validate().is_ok());
        assert!(window("2026-11-27", "2026-11-26").validate().is_err());
        assert!(window("2026-01-01", "2027-01-02").validate().is_err());
    }
}
