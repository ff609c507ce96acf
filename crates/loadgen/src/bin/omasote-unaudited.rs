//! The binary `omasote-unaudited`: our own server, but its reads leave no line in the access log, so that `bin/bench` can
//! tell what the log costs. For measuring only.

use std::process::ExitCode;

fn main() -> ExitCode {
    omasote_backend::audit::keep_no_lines_of_reads();
    omasote_backend::cli::main()
}
