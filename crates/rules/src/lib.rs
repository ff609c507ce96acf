//! Pure rules both ends share: no input or output, no clock, nothing that does not build for WASM.
//!
//! Belongs here: what can be computed from its arguments alone and must come out the same in a form and on the server.
//! Does not: wire types and their validation (`omasote-types`), queries, texts for people.

pub mod attachments;
pub mod events;
pub mod guides;
pub mod helsinki;
pub mod holidays;
pub mod measurements;
pub mod messages;
pub mod notifications;
pub mod opening;
pub mod plain_language;
pub mod promises;
pub mod proxies;
pub mod questionnaires;
pub mod sessions;
pub mod tasks;
pub mod templates;
