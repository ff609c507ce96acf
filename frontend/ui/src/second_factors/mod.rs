//! The second factor of a local account: the step after the password, and looking after it on the account's page. All of it
//! is fetched when it is needed: only what opens it is in the first page.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod asking;
mod form;
mod manage;
mod qr;
mod set_up;
mod step;

pub use manage::section;
pub(crate) use step::{CodeStep, code_step};
