//! Whether the person can see the page: a message in a hidden tab has not been read.

use leptos::prelude::*;
use web_sys::VisibilityState;

/// Whether the page is in front, followed as long as the calling component is in the page.
#[must_use]
pub fn use_visibility() -> Signal<bool> {
    let is_visible = RwSignal::new(is_visible_now());
    let listening =
        window_event_listener(leptos::ev::visibilitychange, move |_| is_visible.set(is_visible_now()));
    on_cleanup(move || listening.remove());
    is_visible.into()
}

fn is_visible_now() -> bool {
    document().visibility_state() == VisibilityState::Visible
}
