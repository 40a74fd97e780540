//! The `dateline` program: arguments in, exit code out.

use std::process::ExitCode;

/// A build makes millions of short-lived texts; this allocator takes about half the time for them that the system's does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(dateline::shell::run(
        std::env::args_os(),
        dateline::engine::build,
    ))
}
