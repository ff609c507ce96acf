//! Threads and messages as both sides see them: the conversation, and the field to write in.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod composer;
mod conversation;
mod excerpts;
mod field;
mod history;
mod message;
mod moments;
mod reading;
mod tags;

pub use composer::Composer;
pub use conversation::Conversation;
pub use excerpts::Excerpt;
pub use field::{MessageField, SendFailure};
pub use moments::Moment;
pub use tags::{StateTag, UnreadTag};
