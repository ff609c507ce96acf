//! What a text column holds as JSON.

use diesel::QueryResult;
use diesel::result::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The text of a value.
pub(super) fn write<T: Serialize + ?Sized>(value: &T) -> QueryResult<String> {
    serde_json::to_string(value).map_err(|cause| Error::SerializationError(Box::new(cause)))
}

/// The value of a text.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> QueryResult<T> {
    serde_json::from_str(text).map_err(|cause| Error::DeserializationError(Box::new(cause)))
}
