//! The words of the Omasote API: what goes over the wire, and what makes it valid.
//!
//! Belongs here: request and response types, ids, error codes, and the checks that a form and the server share.
//! Does not: HTTP, SQL, time of day, or anything that does not build for WASM.

pub mod accounts;
pub mod attachments;
pub mod audit;
pub mod care;
pub mod clients;
pub mod data_rights;
pub mod decimal;
pub mod drafts;
pub mod error;
pub mod events;
pub mod exports;
pub mod guides;
pub mod identity_code;
pub mod ids;
pub mod language;
pub mod mandates;
pub mod measurements;
pub mod messages;
pub mod notifications;
pub mod page;
pub mod people;
pub mod promises;
pub mod proxies;
pub mod questionnaires;
pub mod records;
pub mod scheduling;
pub mod second_factors;
pub mod sessions;
pub mod tasks;
pub mod templates;
pub mod units;
pub mod updates;
pub mod validation;
pub mod views;
mod wire;

/// A moment in UTC, on the wire RFC 3339 with a `Z`; the server keeps microseconds.
pub type Instant = chrono::DateTime<chrono::Utc>;
