//! What can go wrong between a caller and the server.

use omasote_types::error::{ApiError, ErrorCode};

/// The answer of an operation.
pub type ClientResult<T> = Result<T, ClientError>;

/// Why an operation did not succeed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ClientError {
    /// The server refused; the code says why.
    #[error("the server refused: {}", .0.code.as_str())]
    Refused(Box<ApiError>),
    /// The server could not be reached or the connection broke: whether it acted is not known.
    #[error("the server could not be reached")]
    Unreachable,
    /// The answer is not of the API's form: something else answered, or the versions differ.
    #[error("the answer could not be read (status {status})")]
    Unreadable {
        /// The HTTP status that came with it.
        status: u16,
    },
}

impl ClientError {
    /// The code of the refusal, when it was one.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Unreachable | Self::Unreadable { .. } => None,
        }
    }

    /// Whether the same request may succeed later without a change.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused(problem) => problem.status >= 500 || problem.status == 429,
            Self::Unreachable | Self::Unreadable { .. } => true,
        }
    }
}
