//! Threads between a citizen and a unit, and the messages in them.

mod groups;
mod handling;
mod inbox;
mod instructions;
mod links;
mod search;

use chrono::{DateTime, Utc};
pub use groups::{GroupOutcome, MAX_GROUP, NewGroupThreads};
pub use handling::{
    Bulk, BulkAct, BulkOutcome, Holder, MAX_BULK_THREADS, MAX_NOTE_CHARACTERS, MAX_REASON_CHARACTERS,
    NewForward, NewNote, NewReturn, Note, Opened, Take, Transfer, TransferKind,
};
pub use inbox::{HolderFilter, InboxMark, InboxQuery, UnitUnread, UnreadCount};
pub use instructions::{
    Instruction, InstructionAnswer, MAX_INSTRUCTION_CHARACTERS, MAX_INSTRUCTIONS, Understanding,
};
pub(crate) use links::validate_links;
pub use links::{Link, LinkKind, MAX_LINKS, NewLink, ThreadQuery};
pub use search::{InboxSearch, MAX_SEARCH_CHARACTERS};
use serde::{Deserialize, Serialize};

use crate::attachments::{Attachment, validate_ids};
use crate::error::FieldError;
use crate::ids::{AccessId, AttachmentId, CitizenId, MessageId, ProfessionalId, ThreadId, TopicId};
use crate::language::LocalText;
use crate::people::CitizenRef;
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many Unicode characters a message may hold.
pub const MAX_MESSAGE_CHARACTERS: usize = 10_000;

/// How many Unicode characters of the last message a list shows.
pub const EXCERPT_CHARACTERS: usize = 140;

/// Where a thread stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ThreadState {
    /// The citizen waits for the unit's answer.
    #[default]
    Waiting,
    /// The unit has answered.
    Answered,
    /// The matter is closed; a new message opens it again.
    Closed,
}

/// On which side of a thread somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The citizen.
    Citizen,
    /// The unit and its professionals.
    Unit,
}

/// A thread (viestiketju): one matter between a citizen and a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Thread {
    /// The thread's id.
    pub id: ThreadId,
    /// Whose matter it is.
    pub citizen: CitizenRef,
    /// The unit that has it.
    pub unit: UnitRef,
    /// What it is about.
    pub topic: LocalText,
    /// Where it stands.
    pub state: ThreadState,
    /// When it began.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub created_at: DateTime<Utc>,
    /// Since when the citizen has waited for an answer; absent when nobody waits.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub waiting_since: Option<DateTime<Utc>>,
    /// By when the unit has promised to answer; absent when nobody waits or nothing is promised.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub promised_at: Option<DateTime<Utc>>,
    /// How many times, since the citizen began to wait, the unit did not answer by when it had promised.
    #[serde(default)]
    pub promises_missed: u32,
    /// When the last message was sent.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub last_message_at: DateTime<Utc>,
    /// Who sent the last message.
    pub last_sender: Side,
    /// The beginning of the last message, at most 140 characters.
    pub excerpt: String,
    /// How many messages it holds.
    pub message_count: u32,
    /// How many messages of the other side the caller's side has not read.
    pub unread_count: u32,
    /// Who of the unit has taken it; only professionals see that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
    /// When it ended; it opens again for 30 days.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it has moved from unit to unit.
    #[serde(default)]
    pub moves: u32,
    /// Whether the unit may send it back to where it came from.
    #[serde(default)]
    pub can_be_returned: bool,
    /// Whether the citizen said that they did not understand an instruction, and waits for that.
    #[serde(default)]
    pub is_raised: bool,
    /// Whether it is hidden from those who act for the citizen.
    #[serde(default)]
    pub is_hidden_from_proxies: bool,
    /// Whether the unit may not open it, because the processing of the citizen's data was restricted after it began. Then the
    /// unit sees that it is there, and no words of it.
    #[serde(default)]
    pub is_restricted: bool,
    /// The line of the access log that the citizen asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_access: Option<AccessId>,
    /// When something of it was last saved to the patient record, and acknowledged there.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub recorded_at: Option<DateTime<Utc>>,
}

/// Who sent a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "side", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Sender {
    /// The citizen.
    Citizen {
        /// Who.
        id: CitizenId,
        /// Given and family name.
        name: String,
        /// The name of who wrote it for the citizen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proxy: Option<String>,
    },
    /// A professional of the unit.
    Unit {
        /// Who.
        id: ProfessionalId,
        /// Given and family name.
        name: String,
        /// Professional title in Finnish.
        title: String,
    },
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The message's id.
    pub id: MessageId,
    /// The thread it is in.
    pub thread_id: ThreadId,
    /// Who sent it.
    pub sender: Sender,
    /// The text, just as it was written.
    pub text: String,
    /// When the server took it.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub sent_at: DateTime<Utc>,
    /// When the unit opened it, and as what; only of a citizen's messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// What it tells the citizen to do, each to be answered; only of a unit's messages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instructions: Vec<Instruction>,
    /// The files that were sent with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What it leads to, as it is now; only of a unit's messages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// What begins a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewThread {
    /// What the matter is about; the topic leads to a unit.
    pub topic_id: TopicId,
    /// The first message: 1 to 10,000 Unicode characters, U+0000 not among them, not only white space.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 10_000))]
    pub text: String,
    /// The line of the citizen's own access log that is asked about; only under the topic for such questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_access: Option<AccessId>,
    /// Files that the caller has uploaded for the citizen and not sent yet: at most 5.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 5))]
    pub attachment_ids: Vec<AttachmentId>,
    /// Things of other features that it leads to, such as guides: at most 10. Professionals only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub links: Vec<NewLink>,
}

/// Whether those who act for the citizen see a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThreadVisibility {
    /// Whether it is hidden from them.
    pub is_hidden_from_proxies: bool,
}

impl NewThread {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("text", &self.text, MAX_MESSAGE_CHARACTERS);
        validate_ids(&mut validation, &self.attachment_ids);
        validate_links(&mut validation, &self.links);
        validation.finish()
    }
}

/// What is sent into a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMessage {
    /// The message: 1 to 10,000 Unicode characters, U+0000 not among them, not only white space.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 10_000))]
    pub text: String,
    /// The newest message that the writer has seen. With it the message is refused when there are newer ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<MessageId>,
    /// What the citizen is told to do, each to be answered "understood" or not: at most 10, each of 1 to 500 Unicode
    /// characters. Professionals only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub instructions: Vec<String>,
    /// Files that the caller has uploaded for the citizen and not sent yet: at most 5.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 5))]
    pub attachment_ids: Vec<AttachmentId>,
    /// Things of other features that it leads to, such as guides: at most 10. Professionals only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub links: Vec<NewLink>,
}

impl NewMessage {
    /// A message of nothing but text.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("text", &self.text, MAX_MESSAGE_CHARACTERS);
        validate_ids(&mut validation, &self.attachment_ids);
        validate_instructions(&mut validation, &self.instructions);
        validate_links(&mut validation, &self.links);
        validation.finish()
    }
}

/// What the citizen is told to do: so many, each saying something.
pub(crate) fn validate_instructions(validation: &mut Validation, instructions: &[String]) {
    validation.count("instructions", instructions.len(), MAX_INSTRUCTIONS);
    for (place, instruction) in instructions.iter().enumerate() {
        validation.text(&format!("instructions.{place}"), instruction, MAX_INSTRUCTION_CHARACTERS);
    }
}

/// How far the caller's side has read a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadMark {
    /// The newest message that was shown; all before it count as read too.
    pub up_to: MessageId,
}

/// The beginning of a message as a list shows it: one line, cut at a character.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let one_line = text.chars().map(|character| if character.is_control() { ' ' } else { character });
    one_line.take(EXCERPT_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FieldErrorCode;

    fn refused(text: &str) -> Option<FieldErrorCode> {
        let refused = NewMessage::of(text).validate().err()?;
        refused.first().map(|error| error.code)
    }

    #[test]
    fn a_message_of_ten_thousand_characters_is_accepted_and_one_more_is_not() {
        assert_eq!(refused(&"🧡".repeat(MAX_MESSAGE_CHARACTERS)), None);
        assert_eq!(refused(&"a".repeat(MAX_MESSAGE_CHARACTERS + 1)), Some(FieldErrorCode::TooLong));
    }

    #[test]
    fn a_message_must_say_something_that_can_be_stored() {
        assert_eq!(refused(" \n\t"), Some(FieldErrorCode::Required));
        assert_eq!(refused("a\0b"), Some(FieldErrorCode::ForbiddenCharacter));
        assert_eq!(refused("\u{202e}Ä\u{200d}"), None);
    }

    #[test]
    fn an_excerpt_is_one_line() {
        assert_eq!(excerpt("Hei,\nkiitos"), "Hei, kiitos");
        assert_eq!(excerpt(&"ä".repeat(500)).chars().count(), EXCERPT_CHARACTERS);
    }
}
