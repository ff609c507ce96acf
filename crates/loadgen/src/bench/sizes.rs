//! What a first visit to each app loads, as the build of the web apps measured it.

use std::path::Path;

use serde::Deserialize;

/// What one app loads until a page shows for the first time, compressed by brotli, in bytes.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct FirstLoad {
    pub(super) app: String,
    /// The chunk of the page that shows.
    pub(super) arrival: String,
    pub(super) wasm: u64,
    pub(super) chunks: u64,
    pub(super) scripts: u64,
    pub(super) styles: u64,
    pub(super) page: u64,
    pub(super) total: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sizes {
    first_loads: Vec<FirstLoad>,
}

/// None when the web apps have not been built.
pub(super) fn read(file: &Path) -> Option<Vec<FirstLoad>> {
    let sizes: Sizes = serde_json::from_slice(&std::fs::read(file).ok()?).ok()?;
    Some(sizes.first_loads)
}
