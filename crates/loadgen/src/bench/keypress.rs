//! How long a key press takes in a large questionnaire, as the browser measured it.

use std::path::Path;

use serde::Deserialize;

/// In milliseconds, until what a key press changes is laid out.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct KeyPress {
    pub(super) presses: u32,
    pub(super) median: f64,
    pub(super) p95: f64,
    pub(super) most: f64,
}

/// None when no browser has measured it.
pub(super) fn read(file: &Path) -> Option<KeyPress> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}
