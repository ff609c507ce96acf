//! How one signs in with a local account: the steps after the password, and looking after password and second factor on the
//! account's page. All of it
//! is fetched when it is needed: only what opens it is in the first page.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod asking;
mod form;
mod manage;
mod password;
mod qr;
mod set_up;
mod step;

pub use manage::section;
pub(crate) use step::{CodeStep, Step, code_step};
