//! Tasks: one of them, and how it stands in the agenda.

mod answering;
mod card;
mod task;

pub(crate) use card::TaskCard;
use leptos::prelude::*;
use omasote_types::ids::TaskId;

use task::TaskPage;

/// Makes the page of a task.
pub(crate) fn page(id: TaskId) -> AnyView {
    // Made anew for another task, so that nothing of the one before is shown in it.
    view! { <TaskPage id /> }.into_any()
}
