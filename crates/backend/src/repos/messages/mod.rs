//! Threads and messages.

mod columns;
mod texts;
mod threads;
mod unread;

pub use texts::{NewMessageRow, count_after, find_message, find_thread_of, insert_message, list_messages};
pub use threads::{
    Growth, NewThreadRow, Sight, close_thread, find_facts, find_thread, grow_thread, insert_thread,
    list_in_state, list_threads, list_waiting, set_hidden,
};
pub use unread::{list_of_units, set_unread, sum_of_citizen};
