//! Diagnostics in print.
//!
//! 1. Sort them by path, place and code.
//! 2. Find lines and columns.
//! 3. Print them for people, for programs or for GitHub.
//!
//! Invariant: nothing that an article contains reaches the terminal as anything but text, and no more of it than a line
//! of a screen.

mod human;
mod machine;
mod places;
#[cfg(test)]
mod tests;

use super::cli::Form;
use crate::base::{Diagnostic, Severity, Sources};

/// How diagnostics are to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// For whom.
    pub form: Form,
    /// Show every diagnostic, however many of a code there are. Programs are always given all.
    pub verbose: bool,
    /// What leads from the current folder to the site's root: empty, or ending in `/`.
    pub prefix: String,
}

/// The diagnostics as text, sorted. For people it has terminal colours, which the stream removes where they are not
/// wanted; for programs it has none.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: &Style) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| Diagnostic::order(a, b));
    match style.form {
        Form::Human => human::render(&sorted, sources, &style.prefix, style.verbose),
        Form::Json => machine::json(&sorted, sources),
        Form::Github => machine::github(&sorted, sources, &style.prefix),
    }
}

/// How many there are of each severity, in words: `1 error and 3 warnings`; none where there are none.
pub fn counts(diagnostics: &[Diagnostic]) -> Option<String> {
    let words = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .filter_map(|(severity, word)| {
            let count = diagnostics
                .iter()
                .filter(|d| d.severity == severity)
                .count();
            match count {
                0 => None,
                1 => Some(format!("1 {word}")),
                _ => Some(format!("{count} {word}s")),
            }
        })
        .collect();
    match &parts[..] {
        [] => None,
        [all @ .., last] if !all.is_empty() => Some(format!("{} and {last}", all.join(", "))),
        [only, ..] => Some(only.clone()),
    }
}
