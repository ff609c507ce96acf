//! Threads and messages as both sides see them: the conversation, and the field to write in.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod attached;
mod attaching;
mod beginning;
mod composer;
mod conversation;
mod excerpts;
mod field;
mod history;
mod instructions;
mod keeping;
mod linked;
mod linking;
mod message;
mod moments;
mod reading;
mod recorded;
mod tags;
mod told;
mod transfers;
mod typing;

pub use beginning::{Beginning, BeginningFields};
pub use composer::Composer;
pub use composer::{Beside, Unsent};
pub use conversation::Conversation;
pub use excerpts::Excerpt;
pub use field::{FieldTools, MESSAGE_FIELD, MessageField, SendFailure, Written};
pub use linked::{LinkPlaces, link_icon, link_kind, link_title, linked};
pub use linking::Linking;
pub use moments::Moment;
pub use recorded::RecordStamp;
pub use tags::{StateTag, UnreadTag};
pub use transfers::Transfers;
pub use typing::Typists;
