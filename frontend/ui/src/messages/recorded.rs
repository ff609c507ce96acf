//! That something of a thread was saved to the patient record. What it was is read there.

use leptos::prelude::*;
use omasote_types::messages::Thread;

use super::moments::Moment;
use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;
use crate::view::optional;

/// The stamp of a thread; nothing as long as nothing was saved.
#[component]
pub fn RecordStamp(
    /// The thread.
    thread: Signal<Thread>,
) -> impl IntoView {
    let i18n = use_i18n();
    let recorded_at = Memo::new(move |_| thread.with(|thread| thread.recorded_at));
    optional(move || {
        let at = recorded_at.get()?;
        let stamp = view! {
            <p class="record-stamp">
                {Icon::DOCUMENT}
                <span>{i18n.t(Key::RECORDS_STAMP)} " " <Moment at /></span>
            </p>
        };
        Some(stamp.into_any())
    })
}
