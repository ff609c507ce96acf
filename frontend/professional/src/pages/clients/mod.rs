//! Clients: finding one, their card, break-glass, and the bar that shows while one is open.

mod bar;
mod break_glass;
mod card;
mod contact;
mod matters;
mod new_thread;
mod search;

pub(crate) use bar::{Emergencies, bar};
use leptos::prelude::*;
use omasote_types::ids::{CitizenId, EventId, TaskId, ThreadId, UnitId};

use card::ClientPage;
use matters::ClientThreadPage;
pub(crate) use matters::MattersAbout;
use new_thread::NewThreadPage;
use search::SearchPage;

use super::{events, measurements, tasks};
pub(crate) use search::check_code;

/// A page about clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientsPage {
    Search,
    Card(CitizenId),
    /// What they measure at home.
    Measurements(CitizenId),
    /// Writing to them first.
    NewThread(CitizenId),
    /// A thread that is not in one of the professional's own inboxes.
    Thread(CitizenId, ThreadId),
    Task(CitizenId, TaskId),
    Event(CitizenId, EventId),
    /// The times that a unit offers.
    Slots(UnitId),
}

/// Makes a page about clients.
pub(crate) fn page(page: ClientsPage) -> AnyView {
    match page {
        ClientsPage::Search => view! { <SearchPage /> }.into_any(),
        ClientsPage::Card(id) => view! { <ClientPage id /> }.into_any(),
        ClientsPage::NewThread(client) => view! { <NewThreadPage client /> }.into_any(),
        ClientsPage::Measurements(client) => measurements::page(client),
        ClientsPage::Task(client, id) => tasks::page(client, id),
        ClientsPage::Event(client, id) => events::page(client, id),
        ClientsPage::Slots(unit) => events::slots(unit),
        ClientsPage::Thread(client, id) => view! { <ClientThreadPage client id /> }.into_any(),
    }
}
