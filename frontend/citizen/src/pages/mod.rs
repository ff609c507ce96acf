//! The pages, one file for each feature.

pub(crate) mod audit;
pub(crate) mod front;
pub(crate) mod messages;
pub(crate) mod not_found;
