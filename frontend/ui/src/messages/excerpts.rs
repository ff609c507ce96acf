//! The beginning of a thread's last message, as lists show it.

use leptos::prelude::*;
use omasote_types::messages::EXCERPT_CHARACTERS;

/// The beginning of a message; three dots say that it goes on.
#[component]
pub fn Excerpt(
    /// What the server cut.
    text: String,
) -> impl IntoView {
    let goes_on = text.chars().nth(EXCERPT_CHARACTERS - 1).is_some();
    let shown = if goes_on { format!("{}…", text.trim_end()) } else { text };
    view! { <span dir="auto">{shown}</span> }
}
