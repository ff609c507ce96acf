//! The parts of the app that are fetched after the first page.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use omasote_types::ids::CitizenId;
use omasote_ui::chunk::{Fetched, Maker};

use crate::pages::front::FrontPage;
use crate::pages::messages::{self, MessagesPage};
use crate::pages::my_data::{self, MyDataPage};
use crate::pages::proxies;

/// The front page.
#[wasm_split(front, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn front() -> Fetched<()> {
    Ok(|()| view! { <FrontPage /> }.into_any())
}

/// What is known of the citizen, who has seen it, and who may.
#[wasm_split(my_data, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn my_data() -> Fetched<MyDataPage> {
    Ok(my_data::page)
}

/// Messages.
#[wasm_split(messages, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn messages() -> Fetched<MessagesPage> {
    Ok(messages::page)
}

/// For whom one acts, and what makes the pages of their matters.
pub(crate) type Acted = (CitizenId, Maker<CitizenId>);

/// The frame around the pages of whom one acts for.
#[wasm_split(acting, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn acting() -> Fetched<Acted> {
    Ok(proxies::frame)
}
