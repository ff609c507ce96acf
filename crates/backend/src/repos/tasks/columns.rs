//! How tasks stand in their columns.

use omasote_types::ids::GuideId;
use omasote_types::tasks::{AnswerSource, TaskKind, TaskState};

use crate::db::{DbText, Id, TextColumn};

/// What a task asks for, without what goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KindName {
    Questionnaire,
    Measurement,
    Guide,
    Document,
    Booking,
    ToDo,
}

impl KindName {
    const ALL: [Self; 6] =
        [Self::Questionnaire, Self::Measurement, Self::Guide, Self::Document, Self::Booking, Self::ToDo];
    /// What a professional is to look at when it is answered.
    pub(super) const LOOKED_AT: [DbText<Self>; 3] =
        [DbText(Self::Questionnaire), DbText(Self::Measurement), DbText(Self::Document)];

    /// With the guide that is to be read.
    pub(super) const fn of(kind: TaskKind) -> (Self, Option<GuideId>) {
        match kind {
            TaskKind::Questionnaire { .. } => (Self::Questionnaire, None),
            TaskKind::Measurement {} => (Self::Measurement, None),
            TaskKind::Guide { guide_id } => (Self::Guide, Some(guide_id)),
            TaskKind::Document {} => (Self::Document, None),
            TaskKind::Booking {} => (Self::Booking, None),
            TaskKind::ToDo {} => (Self::ToDo, None),
        }
    }

    /// With what is answered and what is read.
    pub(super) fn with(self, (questionnaire, guide): (Option<Id>, Option<Id>)) -> TaskKind {
        match (self, questionnaire, guide) {
            (Self::Questionnaire, Some(id), _) => TaskKind::Questionnaire { questionnaire_id: id.into() },
            (Self::Measurement, ..) => TaskKind::Measurement {},
            (Self::Guide, _, Some(id)) => TaskKind::Guide { guide_id: id.into() },
            (Self::Document, ..) => TaskKind::Document {},
            (Self::Booking, ..) => TaskKind::Booking {},
            (Self::ToDo | Self::Questionnaire | Self::Guide, ..) => TaskKind::ToDo {},
        }
    }
}

impl TextColumn for KindName {
    fn as_text(self) -> &'static str {
        match self {
            Self::Questionnaire => "questionnaire",
            Self::Measurement => "measurement",
            Self::Guide => "guide",
            Self::Document => "document",
            Self::Booking => "booking",
            Self::ToDo => "to_do",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_text() == text)
    }
}

impl TextColumn for TaskState {
    fn as_text(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Started => "started",
            Self::Answered => "answered",
            Self::Reviewed => "reviewed",
            Self::SentBack => "sent_back",
            Self::Cancelled => "cancelled",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let all =
            [Self::Given, Self::Started, Self::Answered, Self::Reviewed, Self::SentBack, Self::Cancelled];
        all.into_iter().find(|state| state.as_text() == text)
    }
}

impl TextColumn for AnswerSource {
    fn as_text(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Phone => "phone",
            Self::Visit => "visit",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Paper, Self::Phone, Self::Visit].into_iter().find(|source| source.as_text() == text)
    }
}
