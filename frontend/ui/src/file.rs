//! Files that somebody has chosen.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, File, HtmlInputElement};

/// The file that was chosen in a field, which is then empty again; none when nothing was.
#[must_use]
pub fn chosen_file(event: &Event) -> Option<File> {
    let field: HtmlInputElement = event_target(event);
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

/// What stands in a file, as text; none when the browser cannot read it.
pub async fn text_of(file: File) -> Option<String> {
    let blob: &Blob = file.unchecked_ref();
    JsFuture::from(blob.text()).await.ok()?.as_string()
}
