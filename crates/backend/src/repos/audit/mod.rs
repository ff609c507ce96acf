//! The access log: lines, whom each tells of, and the seals that show whether one was changed.

mod lines;
mod reading;
mod seals;

pub use lines::{Line, insert};
pub use reading::{Wanted, is_of_citizen, list_of_citizen, search};
pub use seals::{
    PastMatter, Seal, count_strangers, expire, find_last_expired, find_last_seal, find_last_seal_before,
    has_unsealed, insert_flags, insert_seals, list_matters, list_seals_after, list_unsealed, lock_seals,
};
