//! The accounts of professionals, which administrators look after.

mod account;
mod events;
mod fields;
mod first_password;
mod list;
mod new;

use leptos::prelude::*;
use omasote_types::ids::ProfessionalId;

/// A page about accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccountsPage {
    List,
    New,
    One(ProfessionalId),
}

/// Makes a page about accounts.
pub(crate) fn page(page: AccountsPage) -> AnyView {
    match page {
        AccountsPage::List => view! { <list::ListPage /> }.into_any(),
        AccountsPage::New => view! { <new::NewPage /> }.into_any(),
        AccountsPage::One(id) => view! { <account::OnePage id /> }.into_any(),
    }
}
