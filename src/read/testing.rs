//! What the tests of this layer share.

use crate::base::{Diagnostic, Place, Position, SitePath};

/// A path.
pub(crate) fn path(text: &str) -> SitePath {
    SitePath::new(text)
}

/// Diagnostics in short, in order: `3:14 bad-date`, or `- unreadable` for a whole file.
pub(crate) fn at(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|diagnostic| match &diagnostic.place {
            Place::Span(span) => {
                let Position { line, column } = Position::of(text, span.start);
                format!("{line}:{column} {}", diagnostic.code.as_str())
            }
            Place::File(_) => format!("- {}", diagnostic.code.as_str()),
        })
        .collect()
}
