//! Where a thread stands and what is new in it: always in words, the colour only goes with them.

use leptos::prelude::*;
use omasote_types::messages::ThreadState;

use crate::i18n::{Key, use_i18n};
use crate::view::text;

/// The state of a thread.
#[component]
pub fn StateTag(
    /// The state.
    state: Signal<ThreadState>,
) -> impl IntoView {
    let i18n = use_i18n();
    let color = Signal::derive(move || match state.get() {
        ThreadState::Waiting => "warning",
        ThreadState::Answered => "success",
        ThreadState::Closed => "neutral",
    });
    let words = Signal::derive(move || {
        i18n.text(match state.get() {
            ThreadState::Waiting => Key::STATE_WAITING,
            ThreadState::Answered => Key::STATE_ANSWERED,
            ThreadState::Closed => Key::STATE_CLOSED,
        })
    });
    view! {
        <span class="ds-tag" data-size="sm" data-color=color>
            {words}
        </span>
    }
}

/// How many messages of a thread are unread; nothing when none are.
#[component]
pub fn UnreadTag(
    /// How many.
    count: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = text(move || i18n.counted(Key::NEW_ONE, Key::NEW_OTHER, count));
    (count > 0).then(|| view! { <span class="unread-tag">{words}</span> })
}
