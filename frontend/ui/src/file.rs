//! Files that somebody has chosen, and files that are made here to be taken away.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, File, HtmlAnchorElement, HtmlInputElement, Url};

/// How long a file that was made here is kept for the browser to save it.
const KEPT_FOR: Duration = Duration::from_secs(30);

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

/// Has the browser save a text as a file; whether it could be begun.
#[must_use]
pub fn save_text(name: &str, media_type: &str, text: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return false };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return false };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let is_begun = link.is_some_and(|link| {
        link.set_href(&address);
        link.set_download(name);
        link.click();
        true
    });
    // The browser has taken it by then.
    set_timeout(move || drop(Url::revoke_object_url(&address)), KEPT_FOR);
    is_begun
}
