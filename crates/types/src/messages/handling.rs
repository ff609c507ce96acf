//! What professionals do with a thread: take it, send it to another unit, note something, end it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{ErrorCode, FieldError, FieldErrorCode};
use crate::ids::{NoteId, ProfessionalId, ThreadId, TransferId, UnitId};
use crate::people::Professional;
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many Unicode characters the reason of a transfer may hold.
pub const MAX_REASON_CHARACTERS: usize = 500;

/// How many Unicode characters a note may hold.
pub const MAX_NOTE_CHARACTERS: usize = 4_000;

/// How many threads one request may act on.
pub const MAX_BULK_THREADS: usize = 200;

/// Who has taken a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// Who.
    pub id: ProfessionalId,
    /// Given and family name.
    pub name: String,
    /// Since when they have it, or since when its citizen waits for them again.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub since: DateTime<Utc>,
}

/// When the unit opened a message, and who it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// The professional title, in Finnish, of who opened it.
    pub title: String,
}

/// Taking a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// The colleague it is taken from; absent for a thread that nobody has. It is taken only while that colleague has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<ProfessionalId>,
}

/// Sending a thread to another unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewForward {
    /// The unit that gets it.
    pub unit_id: UnitId,
    /// Why, in words the citizen sees: 1 to 500 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub reason: String,
    /// A note for the professionals of the unit, which the citizen does not see: at most 4,000 Unicode characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 4_000))]
    pub note: Option<String>,
    /// Whether the sending unit goes on following the thread until it ends.
    #[serde(default)]
    pub stays_informed: bool,
}

impl NewForward {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("reason", &self.reason, MAX_REASON_CHARACTERS);
        if let Some(note) = &self.note {
            validation.text("note", note, MAX_NOTE_CHARACTERS);
        }
        validation.finish()
    }
}

/// Sending a thread back to the unit it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReturn {
    /// Why, in words the citizen sees: 1 to 500 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub reason: String,
}

impl NewReturn {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("reason", &self.reason, MAX_REASON_CHARACTERS);
        validation.finish()
    }
}

/// Which way a thread moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// On to another unit.
    Forward,
    /// Back to the unit it came from.
    Return,
}

/// A move of a thread from one unit to another (siirto).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// Which way.
    pub kind: TransferKind,
    /// The unit that had the thread.
    pub from: UnitRef,
    /// The unit that got it.
    pub to: UnitRef,
    /// Why.
    pub reason: String,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// Who sent it; professionals see that, citizens do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Professional>,
}

/// A note on a thread, for professionals only (sisäinen muistiinpano).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Who wrote it.
    pub by: Professional,
    /// What it says.
    pub text: String,
    /// When it was written.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub created_at: DateTime<Utc>,
}

/// A note to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// What it says: 1 to 4,000 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 4_000))]
    pub text: String,
}

impl NewNote {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("text", &self.text, MAX_NOTE_CHARACTERS);
        validation.finish()
    }
}

/// What can be done with many threads at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BulkAct {
    /// Take them.
    Take,
    /// End them.
    Close,
}

/// Doing one thing with many threads of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bulk {
    /// What.
    pub act: BulkAct,
    /// With which: 1 to 200 threads.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 200))]
    pub thread_ids: Vec<ThreadId>,
}

impl Bulk {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        if self.thread_ids.is_empty() {
            validation.refuse("threadIds", FieldErrorCode::Required);
        }
        validation.count("threadIds", self.thread_ids.len(), MAX_BULK_THREADS);
        validation.finish()
    }
}

/// What came of it for one thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BulkOutcome {
    /// The thread.
    pub thread_id: ThreadId,
    /// Why it was not done; absent when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ErrorCode>,
}
