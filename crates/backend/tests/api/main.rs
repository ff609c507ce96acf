//! The API through its front door: by the client, on both engines, against a real server on a port of its own.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "tests stop at the first surprise"
)]

mod harness;

mod access;
mod accounts;
mod attachments;
mod audit;
mod bad_input;
mod care;
mod clients;
mod command_line;
mod data_rights;
mod drafts;
mod durability;
mod edge;
mod events;
mod exports;
mod forged_tokens;
mod guides;
mod identity;
mod live;
mod mandates;
mod measurements;
mod messages;
mod migrations;
mod notifications;
mod oidc;
mod people;
mod promises;
mod proxies;
mod questionnaires;
mod records;
mod scheduling;
mod second_factors;
mod sessions;
mod tasks;
mod templates;
mod units;
mod views;
