//! The pages, one file for each feature.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod clients;
pub(crate) mod data_rights;
mod events;
pub(crate) mod guides;
pub(crate) mod measurements;
pub(crate) mod messages;
pub(crate) mod not_found;
mod notifications;
pub(crate) mod privacy;
pub(crate) mod programs;
pub(crate) mod questionnaires;
pub(crate) mod register;
mod scheduling;
pub(crate) mod start;
pub(crate) mod tasks;
pub(crate) mod templates;
pub(crate) mod units;
pub(crate) mod views;
