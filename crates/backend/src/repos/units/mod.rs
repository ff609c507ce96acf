//! Units, their opening hours and their topics.

mod reading;
mod rows;
mod writing;

pub use reading::{
    find, find_by_name, find_named, find_of_topic, find_opening, find_purpose, find_settings, is_any, list,
    list_ids, list_of_member, list_routing,
};
pub use rows::UnitOpening;
pub use writing::{TopicChange, insert, insert_topic, set_service, set_topic, set_usual, take_version};
