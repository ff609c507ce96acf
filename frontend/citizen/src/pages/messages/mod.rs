//! Messages: the citizen's threads, one of them, and the beginning of a new one.

mod new_thread;
mod thread;
mod threads;
mod topic_picker;
mod topics;

use leptos::prelude::*;
use omasote_types::ids::ThreadId;

use new_thread::NewThreadPage;
use thread::ThreadPage;
pub(crate) use threads::ThreadList;
use threads::ThreadsPage;

/// A page about messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MessagesPage {
    Threads,
    NewThread,
    Thread(ThreadId),
}

/// Makes a page about messages.
pub(crate) fn page(page: MessagesPage) -> AnyView {
    match page {
        MessagesPage::Threads => view! { <ThreadsPage /> }.into_any(),
        MessagesPage::NewThread => view! { <NewThreadPage /> }.into_any(),
        // Made anew for another thread, so that nothing of the one before is shown in it.
        MessagesPage::Thread(id) => view! { <ThreadPage id /> }.into_any(),
    }
}
