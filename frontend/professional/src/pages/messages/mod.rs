//! Messages: a unit's inbox, and the conversation opened from it.

mod conversation;
mod inbox;
mod row;
mod units;

pub(crate) use conversation::{name_of, thread_pane};
pub(crate) use inbox::InboxPage;
