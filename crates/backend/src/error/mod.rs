//! What goes wrong, told twice: to the caller with a stable code, to the log with the whole cause.

mod problem;

use std::error::Error as StdError;
use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use omasote_types::error::{ErrorCode, FieldError, FieldErrorCode};
pub use problem::{MEDIA_TYPE, Refusals, body_of, form_error, json_error, path_error, query_error};

use crate::db::Health;

/// Why a request is refused or failed.
#[derive(Debug)]
pub struct AppError {
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    code: ErrorCode,
    detail: Option<String>,
    fields: Vec<FieldError>,
    retry_after_seconds: Option<u32>,
    note: Option<&'static str>,
    cause: Option<Box<dyn StdError + Send + Sync>>,
    database: DatabaseTrouble,
}

/// What an error says of the database connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DatabaseTrouble {
    None,
    Collision,
    ConnectionSuspect,
}

impl AppError {
    /// A refusal with the code's own words.
    #[must_use]
    pub fn of(code: ErrorCode) -> Self {
        Self {
            inner: Box::new(Inner {
                code,
                detail: None,
                fields: Vec::new(),
                retry_after_seconds: None,
                note: None,
                cause: None,
                database: DatabaseTrouble::None,
            }),
        }
    }

    /// There is no such thing, or the actor may not know of it: the same answer.
    #[must_use]
    pub fn not_found() -> Self {
        Self::of(ErrorCode::NotFound)
    }

    /// Just now it cannot be done.
    #[must_use]
    pub fn unavailable() -> Self {
        Self::of(ErrorCode::Unavailable).retry_after(1)
    }

    /// Something failed on our side; `note` goes to the log, not to the caller.
    #[must_use]
    pub fn internal(note: &'static str) -> Self {
        let mut error = Self::of(ErrorCode::Internal);
        error.inner.note = Some(note);
        error
    }

    /// Adds what the log and the command line say instead of the code's own words.
    #[must_use]
    pub fn note(mut self, note: &'static str) -> Self {
        self.inner.note = Some(note);
        self
    }

    /// One refused field.
    #[must_use]
    pub fn field(field: &str, code: FieldErrorCode) -> Self {
        Self::from(vec![FieldError { field: field.to_owned(), code }])
    }

    /// Adds what is wrong in this case, for the developer of the client.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.inner.detail = Some(detail.into());
        self
    }

    /// Adds when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.inner.retry_after_seconds = Some(seconds);
        self
    }

    /// Adds the cause, for the log.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.cause = Some(cause.into());
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.inner.code
    }

    /// Whether the write met another and may succeed when run again.
    #[must_use]
    pub(crate) fn is_collision(&self) -> bool {
        self.inner.database == DatabaseTrouble::Collision
    }

    /// What an outcome says of the connection it was found on.
    pub(crate) fn health_of<T>(outcome: &Result<T, Self>) -> Health {
        match outcome {
            Err(error) if error.inner.database == DatabaseTrouble::ConnectionSuspect => Health::Suspect,
            _ => Health::Sound,
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.inner.note.unwrap_or_else(|| self.inner.code.title()))
    }
}

impl StdError for AppError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.cause.as_deref().map(|cause| {
            let cause: &(dyn StdError + 'static) = cause;
            cause
        })
    }
}

impl From<Vec<FieldError>> for AppError {
    fn from(fields: Vec<FieldError>) -> Self {
        let mut error = Self::of(ErrorCode::ValidationFailed);
        error.inner.fields = fields;
        error
    }
}

impl From<DieselError> for AppError {
    fn from(cause: DieselError) -> Self {
        use DatabaseErrorKind::{
            ClosedConnection, SerializationFailure, UnableToSendCommand, UniqueViolation, Unknown,
        };
        let trouble = match &cause {
            DieselError::DatabaseError(SerializationFailure | UniqueViolation, _) => {
                DatabaseTrouble::Collision
            }
            DieselError::DatabaseError(Unknown, told) if told.message().contains("deadlock detected") => {
                DatabaseTrouble::Collision
            }
            DieselError::DatabaseError(ClosedConnection | UnableToSendCommand | Unknown, _)
            | DieselError::BrokenTransactionManager => DatabaseTrouble::ConnectionSuspect,
            _ => DatabaseTrouble::None,
        };
        let mut error = match trouble {
            DatabaseTrouble::None => Self::internal("a query failed"),
            DatabaseTrouble::Collision | DatabaseTrouble::ConnectionSuspect => Self::unavailable(),
        };
        error.inner.database = trouble;
        error.because(cause)
    }
}
