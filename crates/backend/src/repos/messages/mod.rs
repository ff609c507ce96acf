//! Threads and messages.

mod columns;
mod instructions;
mod links;
mod lists;
mod notes;
mod search;
mod texts;
mod threads;
mod transfers;
mod unread;

pub use instructions::{answer as answer_instruction, find_thread_of_instruction};
pub(super) use links::described;
pub use links::{Target, list_targets};
pub use lists::{InboxFilter, Sight, list_in_state, list_sent_on, list_threads, list_waiting};
pub use notes::{insert as insert_note, list as list_notes};
pub use search::{
    Searchable, find_by_words, list_found, list_search_due, save_words, set_search_due, stems, words_of,
};
pub use texts::{
    NewMessageRow, count_after, count_of_citizen, find_message, find_newest, find_newest_of_citizen,
    find_thread_of, insert_message, list_messages, list_of_record, set_opened,
};
pub(super) use threads::UnitNames;
pub use threads::{
    Growth, NewThreadRow, find_facts, find_facts_to_change, find_thread, grow_thread, insert_thread,
    list_held_by, list_lapsed, save_standing, set_hidden,
};
pub use transfers::{NewTransfer, insert as insert_transfer, list as list_transfers};
pub use unread::{list_of_units, set_unread, sum_of_citizen};
