//! The bare server: actix-web and Diesel, the same SQL and the same JSON as ours, and nothing else.
//!
//! What it leaves out is what the comparison measures: sessions, policy, validation, problems, request ids, security
//! headers, log lines, figures, live updates, one set of queries for two engines. What it keeps is what any server
//! would do that answers the same: the statements (`queries`, proven to be ours by a test), the commit, the JSON.

pub mod queries;
mod server;
mod writers;

pub use server::{Commit, Options, serve};
