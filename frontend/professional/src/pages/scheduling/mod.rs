//! Sending a message later, and what waits to be sent.

mod later;
mod list;

pub(super) use later::send_later;
pub(super) use list::Scheduled;
