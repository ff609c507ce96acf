//! The parts of the app that are fetched after the first page.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_ui::chunk::Fetched;

use crate::pages::messages::{self, InboxPage};

/// The unit, and the thread that is open beside its inbox.
pub(crate) type Place = (UnitId, Memo<Option<ThreadId>>);

/// A unit's inbox.
#[wasm_split(inbox, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn inbox() -> Fetched<Place> {
    Ok(|(unit, open)| view! { <InboxPage unit open /> }.into_any())
}

/// The conversation beside the inbox.
#[wasm_split(conversation, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn conversation() -> Fetched<ThreadId> {
    Ok(messages::thread_pane)
}
