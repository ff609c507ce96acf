//! How a thread's state and a side stand in their columns.

use omasote_types::messages::{Side, ThreadState};

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
