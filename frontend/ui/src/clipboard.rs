//! Copying a text, so that it can be pasted elsewhere.

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::announce::use_announcer;
use crate::i18n::{Key, use_i18n};

/// A button that copies; absent where the browser does not let copy.
#[component]
pub fn CopyButton(
    /// What is copied.
    text: String,
) -> impl IntoView {
    let (i18n, announcer) = (use_i18n(), use_announcer());
    let copy = move |_| {
        let copying = JsFuture::from(window().navigator().clipboard().write_text(&text));
        spawn_local(async move {
            announcer.say(if copying.await.is_ok() { Key::COPY_DONE } else { Key::COPY_FAILED });
        });
    };
    can_copy().then(|| {
        view! {
            <button type="button" class="ds-button" data-variant="secondary" on:click=copy>
                {i18n.t(Key::COPY_CODE)}
            </button>
        }
    })
}

/// Only pages that came safely may copy.
fn can_copy() -> bool {
    Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|clipboard| !clipboard.is_undefined())
}
