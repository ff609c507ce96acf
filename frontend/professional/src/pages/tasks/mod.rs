//! Tasks: given to a client, found in the unit's worklist, and looked at.

mod calls;
mod following;
mod giving;
mod group;
mod list;
mod recording;
mod review;
mod scores;
mod series;

use leptos::prelude::*;
use omasote_types::ids::{CitizenId, TaskId};

use list::{ClientTasks, Worklists};
use review::ReviewPage;

/// Makes the part of a client's card.
pub(crate) fn of_client(client: CitizenId) -> AnyView {
    view! { <ClientTasks client /> }.into_any()
}

/// Makes the worklists of the professional's units.
pub(crate) fn worklists() -> AnyView {
    view! { <Worklists /> }.into_any()
}

/// Makes the page of one task.
pub(crate) fn page(client: CitizenId, id: TaskId) -> AnyView {
    view! { <ReviewPage client id /> }.into_any()
}
