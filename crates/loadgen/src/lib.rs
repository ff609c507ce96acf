//! How fast the server is: a load over HTTP, a data set for it, and a bare server to compare with.
//!
//! Belongs here: measuring, and writing what was measured. Does not: judging by time in a test; a figure depends on the
//! machine, so `bin/bench` writes figures and `bin/test` never asks for them.

pub mod bare;
pub mod bench;
pub mod data;
pub mod http;
pub mod load;
pub mod process;
pub mod sessions;
