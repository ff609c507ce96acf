//! The binary `omasote`.

use std::process::ExitCode;

fn main() -> ExitCode {
    omasote_backend::cli::main()
}
