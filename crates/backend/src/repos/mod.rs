//! Rows and queries: the only layer that names a table. One query a function; rows do not leave it.

pub mod accounts;
pub mod attachments;
pub mod audit;
pub mod care;
pub mod clients;
pub mod data_rights;
pub mod drafts;
pub mod events;
pub mod exports;
pub mod idempotency;
pub mod mandates;
pub mod messages;
pub mod notifications;
pub mod oidc;
pub mod outbox;
pub mod people;
pub mod promises;
pub mod proxies;
pub mod records;
pub mod scheduling;
pub mod second_factors;
pub mod sessions;
pub mod templates;
pub mod units;
pub mod views;
