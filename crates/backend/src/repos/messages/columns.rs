//! Columns that threads and messages share.

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_types::language::Language;
use omasote_types::messages::{Side, ThreadState};

use crate::db::schema::citizens;
use crate::db::{DbText, MultiBackend, TextColumn};

/// The names that a list shows beside the thread itself.
#[derive(Queryable, Selectable)]
#[diesel(table_name = citizens, check_for_backend(MultiBackend))]
pub(super) struct CitizenNames {
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) birth_date: NaiveDate,
    pub(super) language: DbText<Language>,
}

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
