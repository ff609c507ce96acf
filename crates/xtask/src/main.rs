//! The project's own build steps, run as `cargo xtask <step>`.
//!
//! What belongs here: steps that need more than a line of shell. What does not: anything the server or the
//! apps need at run time.

mod frontend;
mod layers;
mod openapi;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

const USAGE: &str = "\
Usage: cargo xtask <step>

  frontend          build both web apps and the API documentation's pages into target/dist
  sizes             fail when a first visit to one of the built web apps loads too much
  layers            check that the layers depend on each other only as ARCHITECTURE.md allows
  openapi           write openapi/omasote.json from the code
  openapi --check   fail when openapi/omasote.json is not what the code says";

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let workspace = Workspace::find()?;
    match arguments.as_slice() {
        ["frontend"] => frontend::build(&workspace),
        ["sizes"] => frontend::check_sizes(&workspace),
        ["layers"] => layers::check(&workspace),
        ["openapi"] => openapi::write(&workspace),
        ["openapi", "--check"] => openapi::check(&workspace),
        _ => bail!("{USAGE}"),
    }
}
