//! What another service wrote into our address.

use js_sys::decode_uri_component;

/// A value of a query as it was before it was encoded; as it stands when it is not encoded rightly.
#[must_use]
pub fn decoded(value: &str) -> String {
    let plain = decode_uri_component(&value.replace('+', " "));
    plain.map_or_else(|_| value.to_owned(), String::from)
}
