//! The `dateline` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(dateline::shell::run(
        std::env::args_os(),
        dateline::engine::build,
    ))
}
