//! What becomes of a task: one small state machine for the server that keeps tasks and the apps that show what can be done.
//!
//! The citizen, or who acts for them, does the task; the unit gives it, looks at it, sends it back or no longer asks for it. Who
//! may act at all is for the server's policy; here is what can be done with a task as it stands.

mod follow_up;
#[cfg(feature = "recurrence")]
pub mod recurrence;
mod windows;

pub use follow_up::{call_day, next_reminder};
use omasote_types::Instant;
use omasote_types::tasks::{TaskActor, TaskKind, TaskState, Window};
pub use windows::{Silence, Timing, closes_at, is_in, opens_at, relative_to};

/// Where a task stands: all that decides what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far it is.
    pub state: TaskState,
    /// When to do it.
    pub window: Window,
    /// When the citizen was first known to have opened or begun it.
    pub started_at: Option<Instant>,
    /// When it was last done; absent while it is not.
    pub answered_at: Option<Instant>,
    /// How often it has been sent back.
    pub times_sent_back: u32,
}

/// Something that is done with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The citizen begins, or goes on.
    Start,
    /// The citizen does it: answers, sends, measures, reads, books, or says that it is done.
    Answer,
    /// A professional has looked at it.
    Review,
    /// A professional asks for it anew.
    SendBack {
        /// In which days it is to be done now.
        window: Window,
    },
    /// It is no longer asked for.
    Cancel,
}

/// Why something cannot be done with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is the citizen's to do, not the unit's.
    NotTheCitizen,
    /// It is the unit's to do, not the citizen's.
    NotTheUnit,
    /// It is no longer asked for.
    Cancelled,
    /// The citizen has done it already.
    AnsweredAlready,
    /// A professional has looked at it already: it has ended.
    ReviewedAlready,
    /// The citizen has not done it yet.
    NotAnswered,
    /// It is not time yet.
    TooEarly,
    /// The days that were given are past, or not in order.
    WrongWindow,
}

/// One change of a task, as it is kept: who, when, on whose behalf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was done.
    pub act: Act,
    /// Who did it. Of a proxy it is who they are; on whose behalf is the citizen whose task it is.
    pub by: TaskActor,
    /// When.
    pub at: Instant,
}

impl Change {
    /// Whether it was done on the citizen's behalf by another citizen.
    #[must_use]
    pub const fn is_on_behalf(&self) -> bool {
        matches!(self.by, TaskActor::Proxy { .. })
    }
}

/// How a task stands with its days. It follows from the clock and is never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Its days have not begun.
    Upcoming,
    /// It is to be done now.
    Open,
    /// Its days are over, and it is still to be done.
    Late,
    /// The citizen has done it in time.
    Done,
    /// The citizen has done it after its days.
    DoneLate,
    /// It is no longer asked for.
    Cancelled,
}

impl Standing {
    /// A task that is given.
    #[must_use]
    pub const fn given(window: Window) -> Self {
        let state = TaskState::Given;
        Self { state, window, started_at: None, answered_at: None, times_sent_back: 0 }
    }

    /// Where the task stands after a change.
    ///
    /// # Errors
    /// Why it cannot be done; then nothing changes.
    pub fn after(self, change: Change) -> Result<Self, Refusal> {
        let Change { act, by, at } = change;
        of_whose_side(act, by)?;
        match (self.state, act) {
            (TaskState::Cancelled, _) => Err(Refusal::Cancelled),
            (TaskState::Reviewed, _) => Err(Refusal::ReviewedAlready),
            (TaskState::Answered, Act::Start | Act::Answer) => Err(Refusal::AnsweredAlready),
            (TaskState::Given | TaskState::Started | TaskState::SentBack, Act::Start | Act::Answer) => {
                self.worked_on(act, at)
            }
            (TaskState::Answered, Act::Review) => Ok(Self { state: TaskState::Reviewed, ..self }),
            (TaskState::Answered, Act::SendBack { window }) => self.sent_back(window, at),
            (_, Act::Review | Act::SendBack { .. }) => Err(Refusal::NotAnswered),
            (_, Act::Cancel) => Ok(Self { state: TaskState::Cancelled, ..self }),
        }
    }

    /// Whether the citizen is still to do it.
    #[must_use]
    pub const fn is_to_do(&self) -> bool {
        matches!(self.state, TaskState::Given | TaskState::Started | TaskState::SentBack)
    }

    /// How it stands with its days.
    #[must_use]
    pub fn phase(&self, now: Instant) -> Phase {
        match (self.state, self.answered_at) {
            (TaskState::Cancelled, _) => Phase::Cancelled,
            (_, Some(answered_at)) if answered_at < closes_at(self.window) => Phase::Done,
            (_, Some(_)) => Phase::DoneLate,
            _ if now < opens_at(self.window) => Phase::Upcoming,
            _ if now < closes_at(self.window) => Phase::Open,
            _ => Phase::Late,
        }
    }

    /// Whether a professional is to look at it. What is read, booked or merely done needs nobody to, unless something in it is
    /// urgent: that a guide was not clear.
    #[must_use]
    pub const fn waits_for_unit(&self, kind: TaskKind, is_urgent: bool) -> bool {
        let is_looked_at =
            matches!(kind, TaskKind::Questionnaire { .. } | TaskKind::Measurement {} | TaskKind::Document {});
        (is_looked_at || is_urgent) && matches!(self.state, TaskState::Answered)
    }

    /// Since when, and how, a citizen is silent about a task whose days are over.
    #[must_use]
    pub fn silence(&self, now: Instant) -> Option<Silence> {
        if self.phase(now) != Phase::Late {
            return None;
        }
        let since = closes_at(self.window);
        Some(match self.started_at {
            None => Silence::Unopened { since },
            Some(_) => Silence::Unanswered { since },
        })
    }

    fn worked_on(self, act: Act, at: Instant) -> Result<Self, Refusal> {
        if at < opens_at(self.window) {
            return Err(Refusal::TooEarly);
        }
        let started_at = self.started_at.or(Some(at));
        Ok(match act {
            Act::Answer => Self { state: TaskState::Answered, started_at, answered_at: Some(at), ..self },
            _ => Self { state: TaskState::Started, started_at, ..self },
        })
    }

    fn sent_back(self, window: Window, at: Instant) -> Result<Self, Refusal> {
        if window.validate().is_err() || closes_at(window) <= at {
            return Err(Refusal::WrongWindow);
        }
        let times_sent_back = self.times_sent_back.saturating_add(1);
        let (state, answered_at, started_at) = (TaskState::SentBack, None, None);
        Ok(Self { state, window, started_at, answered_at, times_sent_back })
    }
}

/// The citizen's side does a task, the unit's side asks for it.
const fn of_whose_side(act: Act, by: TaskActor) -> Result<(), Refusal> {
    let is_citizen =
        matches!(by, TaskActor::Citizen {} | TaskActor::Proxy { .. } | TaskActor::Transcriber { .. });
    match (act, is_citizen) {
        (Act::Start | Act::Answer, false) => Err(Refusal::NotTheCitizen),
        (Act::Review | Act::SendBack { .. } | Act::Cancel, true) => Err(Refusal::NotTheUnit),
        // A pathway asks for tasks and stops asking; looking at answers is for people.
        (Act::Review | Act::SendBack { .. }, false) if matches!(by, TaskActor::Pathway {}) => {
            Err(Refusal::NotTheUnit)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
