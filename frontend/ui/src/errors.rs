//! What to say when something went wrong, in words that tell what to do.

use omasote_client::ClientError;
use omasote_types::error::{ErrorCode, FieldErrorCode};

use crate::i18n::Key;

/// The text for a failed operation.
#[must_use]
pub fn explain(error: &ClientError) -> Key {
    match error {
        ClientError::Unreachable => Key::ERROR_UNREACHABLE,
        ClientError::Unreadable { .. } => Key::ERROR_INTERNAL,
        ClientError::Refused(problem) => explain_code(problem.code),
    }
}

/// The text for a refused field.
#[must_use]
pub const fn explain_field(code: FieldErrorCode) -> Key {
    match code {
        FieldErrorCode::Required => Key::FIELD_REQUIRED,
        FieldErrorCode::TooShort => Key::FIELD_TOO_SHORT,
        FieldErrorCode::TooLong => Key::FIELD_TOO_LONG,
        FieldErrorCode::ForbiddenCharacter => Key::FIELD_FORBIDDEN_CHARACTER,
        FieldErrorCode::UnknownReference => Key::FIELD_UNKNOWN_REFERENCE,
        FieldErrorCode::OutOfRange => Key::FIELD_OUT_OF_RANGE,
        FieldErrorCode::Unusual => Key::FIELD_UNUSUAL,
        // Only few fields can be refused for these; they say it themselves.
        FieldErrorCode::Taken
        | FieldErrorCode::TooCommon
        | FieldErrorCode::Unchanged
        | FieldErrorCode::InvalidFormat
        | FieldErrorCode::UnknownVariable
        | FieldErrorCode::NotSupported
        | FieldErrorCode::Unknown => Key::FIELD_INVALID,
    }
}

/// The id under which the server's log knows the failure, worth telling to support.
#[must_use]
pub fn request_id(error: ClientError) -> Option<String> {
    match error {
        ClientError::Refused(problem) if problem.status >= 500 => problem.request_id,
        _ => None,
    }
}

const fn explain_code(code: ErrorCode) -> Key {
    match code {
        ErrorCode::Unauthenticated
        | ErrorCode::InvalidToken
        | ErrorCode::ExpiredToken
        | ErrorCode::SessionEnded
        | ErrorCode::SecondFactorRequired
        | ErrorCode::SecondFactorSetupRequired
        | ErrorCode::PasswordChangeRequired
        | ErrorCode::FirstPasswordExpired => Key::ERROR_SESSION_ENDED,
        ErrorCode::WrongCredentials => Key::ERROR_WRONG_CREDENTIALS,
        // Where these can come, they are explained better.
        ErrorCode::NotAllowed
        | ErrorCode::RoleRequired
        | ErrorCode::CrossSiteRequest
        | ErrorCode::InsufficientScope
        | ErrorCode::OwnAccount
        | ErrorCode::LastAdministrator => Key::ERROR_NOT_ALLOWED,
        ErrorCode::DataRestricted => Key::ERROR_DATA_RESTRICTED,
        ErrorCode::OutsideMandate => Key::ERROR_OUTSIDE_MANDATE,
        ErrorCode::NotFound => Key::ERROR_NOT_FOUND,
        ErrorCode::Conflict
        | ErrorCode::PreconditionFailed
        | ErrorCode::TaskCancelled
        | ErrorCode::TaskAnswered
        | ErrorCode::TaskNotAnswered
        | ErrorCode::TaskTooEarly
        | ErrorCode::SlotTaken
        | ErrorCode::EventCancelled
        | ErrorCode::EventOver
        | ErrorCode::KeptInEhr
        | ErrorCode::TooLateToChange
        | ErrorCode::TooManyBookings => Key::ERROR_CONFLICT,
        ErrorCode::ThreadTaken => Key::ERROR_THREAD_TAKEN,
        ErrorCode::ThreadClosed => Key::ERROR_THREAD_CLOSED,
        ErrorCode::ThreadEnded => Key::ERROR_THREAD_ENDED,
        ErrorCode::NotReturnable => Key::ERROR_NOT_RETURNABLE,
        ErrorCode::NotConnected => Key::ERROR_NOT_CONNECTED,
        ErrorCode::NewerMessages => Key::ERROR_NEWER_MESSAGES,
        ErrorCode::AttachmentTooLarge => Key::ERROR_ATTACHMENT_TOO_LARGE,
        ErrorCode::AttachmentTypeNotAllowed => Key::ERROR_ATTACHMENT_TYPE,
        ErrorCode::AttachmentEmpty | ErrorCode::AttachmentBroken => Key::ERROR_ATTACHMENT_BROKEN,
        ErrorCode::AttachmentInfected => Key::ERROR_ATTACHMENT_INFECTED,
        ErrorCode::AttachmentNotScanned => Key::ERROR_ATTACHMENT_NOT_SCANNED,
        ErrorCode::TooManyAttachments => Key::ERROR_TOO_MANY_ATTACHMENTS,
        ErrorCode::TooManyTemplates => Key::ERROR_TOO_MANY_TEMPLATES,
        ErrorCode::TooManyViews => Key::ERROR_TOO_MANY_VIEWS,
        ErrorCode::BodyTooLarge => Key::FIELD_TOO_LONG,
        ErrorCode::ValidationFailed => Key::ERROR_VALIDATION_FAILED,
        ErrorCode::IdempotencyKeyReused => Key::ERROR_TRY_AGAIN,
        ErrorCode::TooManyAttempts => Key::ERROR_TOO_MANY_ATTEMPTS,
        ErrorCode::Unavailable => Key::ERROR_UNAVAILABLE,
        ErrorCode::MalformedBody
        | ErrorCode::InvalidParameter
        | ErrorCode::InvalidCursor
        | ErrorCode::MethodNotAllowed
        | ErrorCode::UnsupportedMediaType
        | ErrorCode::MandateSourceFailed
        | ErrorCode::PreconditionRequired
        | ErrorCode::Internal
        | ErrorCode::Unknown => Key::ERROR_INTERNAL,
    }
}
