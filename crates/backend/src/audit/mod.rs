//! Who saw or changed what of whom: noted while a request is served, kept before it is answered.
//!
//! A service is given a [`Call`] and asks `policy` with it; the policy notes what it let through or refused. The routes
//! go through [`AppState::read_as`] and [`AppState::write_as`], which keep the line: what a write did and its line are one
//! transaction, and what was read is answered only when its line is durable. Lines of requests at the same moment share
//! a commit.
//!
//! [`AppState::read_as`]: crate::app::AppState::read_as
//! [`AppState::write_as`]: crate::app::AppState::write_as

mod call;
mod keep;
mod seal;

pub use call::Call;
#[cfg(feature = "unaudited")]
pub use keep::keep_no_lines_of_reads;
pub use seal::{Breach, expire, seal_all, seal_waiting, verify};
