//! The pages, one file for each feature.

mod audit;
mod care;
pub(crate) mod events;
mod exports;
pub(crate) mod front;
pub(crate) mod guides;
pub(crate) mod measurements;
pub(crate) mod messages;
pub(crate) mod my_data;
pub(crate) mod not_found;
pub(crate) mod notifications;
mod programs;
pub(crate) mod proxies;
pub(crate) mod tasks;
