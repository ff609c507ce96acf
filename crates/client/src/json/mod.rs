//! JSON, read and written by the platform: serde_json natively, the browser's own parser in the browser, which makes the
//! web apps about a tenth smaller.

#[cfg(target_arch = "wasm32")]
mod browser;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a value; none when the text is not such a value.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Reads a value; none when the text is not such a value.
#[cfg(target_arch = "wasm32")]
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(browser::Value(js_sys::JSON::parse(text).ok()?)).ok()
}

/// Writes a value; none when it has no form in JSON.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn write(value: &impl Serialize) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// Writes a value; none when it has no form in JSON.
#[cfg(target_arch = "wasm32")]
#[must_use]
pub fn write(value: &impl Serialize) -> Option<String> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    js_sys::JSON::stringify(&value).ok()?.as_string()
}
