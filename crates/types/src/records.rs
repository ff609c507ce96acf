//! What professionals save of a thread or a task to the patient record (potilastieto), which is kept in a system outside.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{MessageId, RecordId};
use crate::people::Professional;
use crate::validation::Validation;

/// How many Unicode characters a summary may hold.
pub const MAX_SUMMARY_CHARACTERS: usize = 20_000;

/// How many messages one entry may take along.
pub const MAX_RECORD_MESSAGES: usize = 200;

/// What kind of an entry it becomes in the patient record. The codes are this service's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// That somebody was in touch, and about what (yhteydenotto).
    Contact,
    /// An assessment of the need for care (hoidon tarpeen arviointi).
    Assessment,
    /// Guidance and advice (ohjaus ja neuvonta).
    Guidance,
    /// Something about medicines (lääkitysasia).
    Medication,
    /// A note in a client record of social care (asiakaskirjaus).
    ClientNote,
}

impl RecordKind {
    /// Every kind, the usual one first.
    pub const ALL: [Self; 5] =
        [Self::Contact, Self::Assessment, Self::Guidance, Self::Medication, Self::ClientNote];

    /// The code as it stands on the wire and in the entry.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Assessment => "assessment",
            Self::Guidance => "guidance",
            Self::Medication => "medication",
            Self::ClientNote => "client_note",
        }
    }
}

/// Where the saving stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    /// It is on its way: it is sent, again and again, until the other system has acknowledged it.
    Waiting,
    /// The other system has acknowledged it.
    Saved,
    /// It is not sent any more until a person has it tried again.
    Failed,
}

/// What stood in the way the last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordTrouble {
    /// The other system did not answer, or said that it cannot just now.
    Unreachable,
    /// It answered something that cannot be relied on.
    WrongAnswer,
    /// It does not let this service in.
    AccessDenied,
    /// It knows nobody with the citizen's identity code.
    NoPatient,
    /// It knows more than one person with the citizen's identity code.
    SeveralPatients,
    /// It does not take the entry as it is.
    Refused,
    /// The processing of the citizen's data was restricted meanwhile.
    Restricted,
}

impl RecordTrouble {
    /// Every trouble.
    pub const ALL: [Self; 7] = [
        Self::Unreachable,
        Self::WrongAnswer,
        Self::AccessDenied,
        Self::NoPatient,
        Self::SeveralPatients,
        Self::Refused,
        Self::Restricted,
    ];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::WrongAnswer => "wrong_answer",
            Self::AccessDenied => "access_denied",
            Self::NoPatient => "no_patient",
            Self::SeveralPatients => "several_patients",
            Self::Refused => "refused",
            Self::Restricted => "restricted",
        }
    }
}

/// Something of a thread or a task that is saved to the patient record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// What kind of an entry it becomes.
    pub kind: RecordKind,
    /// The summary.
    pub summary: String,
    /// The messages that go with it, oldest first; none of a task, with which its answers go.
    pub message_ids: Vec<MessageId>,
    /// Where it stands.
    pub state: RecordState,
    /// What stood in the way the last time; absent when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<RecordTrouble>,
    /// Who saves it; professionals see that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Professional>,
    /// When it was written.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub created_at: DateTime<Utc>,
    /// When the other system had acknowledged it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub saved_at: Option<DateTime<Utc>>,
}

/// What is saved of a thread or a task, and whether anything can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ThreadRecords {
    /// Whether a patient information system is connected.
    pub is_connected: bool,
    /// Where the same person is found in that system; absent until it is known there who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient_url: Option<String>,
    /// What is saved, the newest first.
    pub records: Vec<Record>,
}

/// Something to be saved to the patient record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewRecord {
    /// What kind of an entry it becomes.
    pub kind: RecordKind,
    /// The summary: 1 to 20,000 Unicode characters, U+0000 not among them, not only white space.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 20_000))]
    pub summary: String,
    /// The messages of the thread that go with it: 1 to 200.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 200))]
    pub message_ids: Vec<MessageId>,
}

impl NewRecord {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("summary", &self.summary, MAX_SUMMARY_CHARACTERS);
        if self.message_ids.is_empty() {
            validation.refuse("messageIds", FieldErrorCode::Required);
        }
        validation.count("messageIds", self.message_ids.len(), MAX_RECORD_MESSAGES);
        validation.finish()
    }
}

/// Answers to be saved to the patient record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTaskRecord {
    /// What kind of an entry it becomes.
    pub kind: RecordKind,
    /// The summary: 1 to 20,000 Unicode characters, U+0000 not among them, not only white space.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 20_000))]
    pub summary: String,
}

impl NewTaskRecord {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("summary", &self.summary, MAX_SUMMARY_CHARACTERS);
        validation.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_stands_on_the_wire() {
        for kind in RecordKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
        for trouble in RecordTrouble::ALL {
            assert_eq!(serde_json::to_value(trouble).unwrap(), trouble.code());
        }
    }

    #[test]
    fn an_entry_has_words_and_messages() {
        let new = NewRecord { kind: RecordKind::Contact, summary: " ".to_owned(), message_ids: Vec::new() };
        let refused: Vec<String> = new.validate().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(refused, ["summary", "messageIds"]);
    }
}
