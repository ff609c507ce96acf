//! Tasks: given to a client, found in the unit's worklist, and looked at.

mod calls;
mod following;
mod giving;
mod group;
mod kind;
mod list;
mod of_event;
mod recording;
mod review;
mod scores;
mod sending_back;
mod series;

use leptos::prelude::*;
use omasote_types::ids::{CitizenId, EventId, TaskId, UnitId};

use following::FollowUpForm;
use list::{ClientTasks, Worklists};
use review::ReviewPage;

/// Makes the part of a client's card.
pub(crate) fn of_client(client: CitizenId) -> AnyView {
    view! { <ClientTasks client /> }.into_any()
}

/// Makes the part of an event's page: what the client does before it.
pub(crate) fn of_event(client: CitizenId, id: EventId, may_give: bool) -> AnyView {
    of_event::of_event(client, id, may_give)
}

/// Makes the part of what a unit keeps for itself.
pub(crate) fn settings_of(unit: UnitId) -> AnyView {
    view! { <FollowUpForm unit /> }.into_any()
}

/// Makes the worklists of the professional's units.
pub(crate) fn worklists() -> AnyView {
    view! { <Worklists /> }.into_any()
}

/// Makes the page of one task.
pub(crate) fn page(client: CitizenId, id: TaskId) -> AnyView {
    view! { <ReviewPage client id /> }.into_any()
}
