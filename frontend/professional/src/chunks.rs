//! The parts of the app that are fetched after the first page. Functions of one name are fetched together: each more
//! name costs the first page a little.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_ui::chunk::Fetched;
use omasote_ui::router::use_router;
use omasote_ui::view::dynamic;

use crate::pages::account::AccountPage;
use crate::pages::accounts;
use crate::pages::clients;
use crate::pages::data_rights;
use crate::pages::guides;
use crate::pages::messages::{self, InboxPage};
use crate::pages::not_found::NotFoundPage;
use crate::pages::privacy;
use crate::pages::programs;
use crate::pages::questionnaires;
use crate::pages::register;
use crate::pages::templates;
use crate::pages::units;
use crate::paths::{self, OfficePage};

/// The unit, and the thread that is open beside its inbox.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) unit: UnitId,
    pub(crate) open: Memo<Option<ThreadId>>,
}

/// A unit's inbox.
#[wasm_split(inbox, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn inbox() -> Fetched {
    Ok(|| {
        let Place { unit, open } = expect_context();
        view! { <InboxPage unit open /> }.into_any()
    })
}

/// The professional's own account.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn account() -> Fetched {
    Ok(|| view! { <AccountPage /> }.into_any())
}

/// Finding clients, and their cards.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn clients() -> Fetched {
    Ok(|| {
        let router = use_router();
        let page = Memo::new(move |_| paths::clients_page(&router.path()));
        dynamic(move || match page.get() {
            Some(page) => clients::page(page),
            None => view! { <NotFoundPage /> }.into_any(),
        })
    })
}

/// The bar that shows while somebody's data is open by break-glass.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn emergency_bar() -> Fetched {
    Ok(clients::bar)
}

/// What administrators and the privacy officer look after.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn office() -> Fetched {
    Ok(|| {
        let router = use_router();
        let page = Memo::new(move |_| OfficePage::at(&router.path()));
        dynamic(move || match page.get() {
            Some(OfficePage::Register) => register::page(),
            Some(OfficePage::DataRights) => data_rights::page(),
            Some(OfficePage::Accounts(page)) => accounts::page(page),
            Some(OfficePage::Programs) => programs::page(),
            Some(OfficePage::Units(page)) => units::page(page),
            Some(OfficePage::Guides(page)) => guides::page(page),
            Some(OfficePage::Questionnaires(page)) => questionnaires::page(page),
            Some(OfficePage::Privacy(page)) => privacy::page(page),
            None => view! { <NotFoundPage /> }.into_any(),
        })
    })
}

/// What the account has beside itself: own reply templates, password and second factor. Split off here and not beside the rest of it:
/// what an app splits off and never fetches would come with its first page.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn account_parts() -> Fetched {
    Ok(|| {
        view! {
            {templates::own()}
            {omasote_ui::second_factors::section()}
        }
        .into_any()
    })
}

/// The keys of the inbox.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn shortcuts() -> Fetched {
    Ok(|| view! { <messages::Shortcuts /> }.into_any())
}

/// What the inbox has beside its rows: searching, and doing something with several threads.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn tools() -> Fetched {
    Ok(|| messages::tool(expect_context()))
}

/// The conversation beside the inbox.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn conversation() -> Fetched {
    Ok(|| messages::thread_pane(expect_context()))
}
