//! The parts of the app that are fetched after the first page. Functions of one name are fetched together: each more name
//! costs the first page a little.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use omasote_ui::chunk::Fetched;

use crate::pages::front::FrontPage;
use crate::pages::{events, guides, measurements, messages, my_data, notifications, proxies, tasks};

/// The front page.
#[wasm_split(front, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn front() -> Fetched {
    Ok(|| view! { <FrontPage /> }.into_any())
}

/// What is known of the citizen, who has seen it, and who may.
#[wasm_split(my_data, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn my_data() -> Fetched {
    Ok(|| my_data::page(expect_context()))
}

/// Guides, for whoever comes.
#[wasm_split(my_data, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn guides() -> Fetched {
    Ok(guides::pages)
}

/// Home measurements.
#[wasm_split(my_data, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn measurements() -> Fetched {
    Ok(measurements::pages)
}

/// What sends measurements that were entered without a connection.
#[wasm_split(my_data, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn waiting() -> Fetched {
    Ok(measurements::send_waiting)
}

/// Messages.
#[wasm_split(messages, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn messages() -> Fetched {
    Ok(|| messages::page(expect_context()))
}

/// Events, and the agenda.
#[wasm_split(messages, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn events() -> Fetched {
    Ok(|| events::page(expect_context()))
}

/// What the front page shows of the agenda.
#[wasm_split(messages, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn next_of_agenda() -> Fetched {
    Ok(events::next)
}

/// Tasks.
#[wasm_split(messages, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn tasks() -> Fetched {
    Ok(|| tasks::page(expect_context()))
}

/// The frame around the pages of whom one acts for.
#[wasm_split(messages, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn acting() -> Fetched {
    Ok(|| proxies::frame(expect_context()))
}

/// What the front page says to who is not reached outside the app.
#[wasm_split(reach, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn not_reached() -> Fetched {
    Ok(notifications::not_reached)
}

/// Password and second factor of a local account.
#[wasm_split(rare, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn local_account() -> Fetched {
    Ok(omasote_ui::second_factors::section)
}
