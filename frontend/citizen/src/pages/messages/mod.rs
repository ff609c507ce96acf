//! Messages: the citizen's threads, one of them, and the beginning of a new one.

mod new_thread;
mod thread;
mod threads;
mod topic_picker;
mod topics;

pub(crate) use new_thread::NewThreadPage;
pub(crate) use thread::ThreadPage;
pub(crate) use threads::{ThreadList, ThreadsPage};
