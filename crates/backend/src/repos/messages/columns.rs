//! How a thread's state and a side stand in their columns.

use omasote_types::messages::{Side, ThreadState, TransferKind, Understanding};

use crate::db::TextColumn;

impl TextColumn for ThreadState {
    fn as_text(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Answered, Self::Closed].into_iter().find(|state| state.as_text() == text)
    }
}

impl TextColumn for TransferKind {
    fn as_text(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Return => "return",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Forward, Self::Return].into_iter().find(|kind| kind.as_text() == text)
    }
}

impl TextColumn for Understanding {
    fn as_text(self) -> &'static str {
        match self {
            Self::Understood => "understood",
            Self::NotUnderstood => "not_understood",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Understood, Self::NotUnderstood].into_iter().find(|answer| answer.as_text() == text)
    }
}

impl TextColumn for Side {
    fn as_text(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Unit => "unit",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Citizen, Self::Unit].into_iter().find(|side| side.as_text() == text)
    }
}
