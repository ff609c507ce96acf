//! The parts of the app that are fetched after the first page. Functions of one name are fetched together: each more
//! name costs the first page a little.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_ui::chunk::Fetched;

use crate::pages::account::AccountPage;
use crate::pages::messages::{self, InboxPage};

/// The unit, and the thread that is open beside its inbox.
pub(crate) type Place = (UnitId, Memo<Option<ThreadId>>);

/// A unit's inbox.
#[wasm_split(inbox, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn inbox() -> Fetched<Place> {
    Ok(|(unit, open)| view! { <InboxPage unit open /> }.into_any())
}

/// The professional's own account.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn account() -> Fetched<()> {
    Ok(|()| view! { <AccountPage /> }.into_any())
}

/// Looking after the second factor. Split off here and not beside the rest of it: what an app splits off and never fetches
/// would come with its first page.
#[wasm_split(rare, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn second_factor() -> Fetched<()> {
    Ok(omasote_ui::second_factors::section)
}

/// The conversation beside the inbox.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn conversation() -> Fetched<ThreadId> {
    Ok(messages::thread_pane)
}
