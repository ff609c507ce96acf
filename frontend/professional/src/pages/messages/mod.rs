//! Messages: a unit's inbox, and the conversation opened from it.

mod attaching;
mod bulk;
mod conversation;
mod filters;
mod groups;
mod handling;
mod inbox;
mod notes;
mod records;
mod row;
mod search;
mod shortcuts;
mod tools;
mod units;
mod writing;

pub(crate) use conversation::{name_of, thread_pane};
pub(crate) use filters::{Narrowed, Sieve};
pub(crate) use inbox::InboxPage;
pub(crate) use records::{KindChoice, Records, SummaryField};
pub(crate) use shortcuts::Shortcuts;
pub(crate) use tools::tool;
pub(crate) use writing::writing_tools;
