//! Events: given to a client, changed, called off; the times a unit offers, and what it lets citizens do with their times.

mod event;
mod giving;
mod list;
mod offering;
mod settings;
mod unit;
mod written;

use leptos::prelude::*;
use omasote_types::ids::{CitizenId, EventId, UnitId};

use event::EventPage;
use list::ClientEvents;
use offering::SlotsPage;
use settings::SettingsForm;
use unit::UnitsEvents;

/// Makes the part of a client's card.
pub(crate) fn of_client(client: CitizenId) -> AnyView {
    view! { <ClientEvents client /> }.into_any()
}

/// Makes the page of one event.
pub(crate) fn page(client: CitizenId, id: EventId) -> AnyView {
    view! { <EventPage client id /> }.into_any()
}

/// Makes what is coming in the professional's units.
pub(crate) fn of_units() -> AnyView {
    view! { <UnitsEvents /> }.into_any()
}

/// Makes the page of the times that a unit offers.
pub(crate) fn slots(unit: UnitId) -> AnyView {
    view! { <SlotsPage unit /> }.into_any()
}

/// Makes the part of what a unit keeps for itself.
pub(crate) fn settings_of(unit: UnitId) -> AnyView {
    view! { <SettingsForm unit /> }.into_any()
}
