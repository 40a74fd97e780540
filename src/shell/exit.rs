//! Exit codes, and what becomes of a panic.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use super::neutral::one_line;

/// The site was built, or the help text was asked for.
pub const SUCCESS: u8 = 0;
/// The content has errors, or warnings under `--strict`.
pub const CONTENT: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// Dateline itself failed: `EX_SOFTWARE` of BSD's sysexits.
pub const INTERNAL: u8 = 70;
/// A file or folder could not be read or written: `EX_IOERR` of BSD's sysexits.
pub const IO: u8 = 74;

/// A panic: a fault of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    what: String,
}

impl Fault {
    /// What to tell the person in front of the screen.
    pub(super) fn message(&self) -> String {
        format!(
            "\u{1b}[1;31merror\u{1b}[0m: Dateline has failed, which is a fault of the program and not of your site\n\n  \
             {}\n\nNo page is left half written, and the next build puts everything right. Please report this, with the \
             lines above,\nthe version (Dateline {}) and, if you can, the file that it happens with.\n",
            one_line(&self.what),
            env!("CARGO_PKG_VERSION"),
        )
    }
}

/// Runs `work` and catches a panic in it, on whatever thread the panic began. With `RUST_BACKTRACE` set the usual
/// report is printed as well.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    let first = Arc::new(Mutex::new(None));
    let noted = Arc::clone(&first);
    let usual = panic::take_hook();
    let loud = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    panic::set_hook(Box::new(move |info| {
        let message = words(info.payload());
        let place = info
            .location()
            .map_or(String::new(), |place| format!(" ({place})"));
        noted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert_with(|| format!("{message}{place}"));
        if loud {
            usual(info);
        }
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    drop(panic::take_hook());
    result.map_err(|_| Fault {
        what: first
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .unwrap_or_else(|| "a panic without a message".into()),
    })
}

/// The message of a panic, which is one of two kinds of string.
fn words(payload: &dyn Any) -> &str {
    let owned = || payload.downcast_ref::<String>().map(String::as_str);
    let fixed = payload.downcast_ref::<&str>().copied();
    fixed.or_else(owned).unwrap_or("no message")
}
