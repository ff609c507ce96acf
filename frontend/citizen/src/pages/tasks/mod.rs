//! Tasks: all that is asked of the citizen, and one of them.

mod answering;
mod list;
mod task;

use leptos::prelude::*;
use omasote_types::ids::TaskId;

use list::TasksPage as ListPage;
use task::TaskPage;

/// A page about tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TasksPage {
    List,
    One(TaskId),
}

/// Makes a page about tasks.
pub(crate) fn page(page: TasksPage) -> AnyView {
    match page {
        TasksPage::List => view! { <ListPage /> }.into_any(),
        // Made anew for another task, so that nothing of the one before is shown in it.
        TasksPage::One(id) => view! { <TaskPage id /> }.into_any(),
    }
}
