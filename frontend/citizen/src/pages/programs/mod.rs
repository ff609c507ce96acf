//! Apps of others: letting one in, and what was let in.

mod asking;
mod list;

pub(super) use asking::AppRequestPage;
pub(super) use list::AppsPage;
