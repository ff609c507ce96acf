//! Files that are sent with messages: uploaded first, then named in the message that takes them along.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrorCode;
use crate::ids::{AttachmentId, ThreadId};
use crate::validation::Validation;

/// How many bytes a file may have.
pub const MAX_ATTACHMENT_BYTES: u64 = 20 * 1024 * 1024;

/// How many files a message may take along.
pub const MAX_ATTACHMENTS: usize = 5;

/// The header that names the file of an upload, percent-encoded UTF-8.
pub const FILE_NAME_HEADER: &str = "omasote-file-name";

/// What kind of file it is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum MediaType {
    /// A document.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// A photo.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A picture.
    #[serde(rename = "image/png")]
    Png,
    /// A photo as newer telephones take them.
    #[serde(rename = "image/heic")]
    Heic,
}

impl MediaType {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Heic];

    /// As it stands in `Content-Type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
        }
    }

    /// Whether it is a picture.
    #[must_use]
    pub const fn is_image(self) -> bool {
        !matches!(self, Self::Pdf)
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its id; its content is at `/attachments/{id}`.
    pub id: AttachmentId,
    /// Its name: what it was called, without what could do harm, and ending as its kind does.
    pub name: String,
    /// What kind of file it is, by its content.
    pub media_type: MediaType,
    /// How large it is.
    pub bytes: u64,
}

/// Where something is being written: into a thread, or, when none is named, at the beginning of a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PlaceQuery {
    /// The thread of the citizen into which it is written; a new thread when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadId>,
}

/// At most so many as a message takes, and none twice.
pub(crate) fn validate_ids(validation: &mut Validation, ids: &[AttachmentId]) {
    validation.count("attachmentIds", ids.len(), MAX_ATTACHMENTS);
    let is_twice = |(place, id): (usize, &AttachmentId)| ids.iter().take(place).any(|before| before == id);
    if ids.len() <= MAX_ATTACHMENTS && ids.iter().enumerate().any(is_twice) {
        validation.refuse("attachmentIds", FieldErrorCode::InvalidFormat);
    }
}
