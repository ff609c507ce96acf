//! The parts of the app that are fetched after the first page.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use omasote_ui::chunk::Fetched;

use crate::pages::front::FrontPage;
use crate::pages::messages::{self, MessagesPage};
use crate::pages::my_data::MyDataPage;

/// The front page.
#[wasm_split(front, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn front() -> Fetched<()> {
    Ok(|()| view! { <FrontPage /> }.into_any())
}

/// What is known of the citizen, and who has seen it.
#[wasm_split(my_data, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn my_data() -> Fetched<()> {
    Ok(|()| view! { <MyDataPage /> }.into_any())
}

/// Messages.
#[wasm_split(messages, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn messages() -> Fetched<MessagesPage> {
    Ok(messages::page)
}
