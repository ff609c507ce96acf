//! What a client measures at home: all kinds on one screen, figures and days behind each, and targets set in place.

mod overview;
mod panel;
mod target;

use leptos::prelude::*;
use omasote_types::ids::CitizenId;

use overview::{MeasurementsPage, OfClient};

/// Makes the part of a client's card.
pub(crate) fn of_client(client: CitizenId) -> AnyView {
    view! { <OfClient client /> }.into_any()
}

/// Makes the page of all that a client measures.
pub(crate) fn page(client: CitizenId) -> AnyView {
    view! { <MeasurementsPage client /> }.into_any()
}
