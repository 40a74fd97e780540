//! Opening an address in the browser, as the system would.

use std::io;
use std::process::{Command, Stdio};
use std::thread;

/// Opens an address.
///
/// # Errors
/// There is no program to do it with.
pub(super) fn open(address: &str) -> io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        // `start` takes a first argument in quotes for the window's title.
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut opener = Command::new(program)
        .args(before)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // It may run as long as the browser does, and is to leave nothing behind when it ends.
    thread::spawn(move || drop(opener.wait()));
    Ok(())
}
