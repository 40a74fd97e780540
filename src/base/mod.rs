//! What every other layer stands on: places in sources, diagnostics, dates, hashes and paths.
//!
//! Nothing here touches the file system, the clock, the environment or the terminal.

pub mod date;
pub mod diagnostic;
pub mod hash;
pub mod line;
pub mod path;
pub mod source;
pub mod span;
pub mod stretch;

pub use date::{Edtf, Precision};
pub use diagnostic::{Code, Diagnostic, Label, Outcome, Place, Severity};
pub use hash::{Hash128, Hasher};
pub use line::in_line;
pub use path::{OutPath, OutPathError, SitePath};
pub use source::{Position, Source, Sources};
pub use span::{Span, Spanned, TextRange};
pub use stretch::SharedStr;
