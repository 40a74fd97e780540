//! Faults from one round to the next: which to print, and what to tell open pages.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::cli::Form;
use super::super::report::{self, Style};
use crate::base::{Code, Diagnostic, Severity, SitePath};
use crate::engine::Built;

/// The most faults that a page is told of.
const SHOWN: usize = 50;

/// The warnings that have been printed.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeSet<(Code, SitePath, String)>);

impl Told {
    /// What is to be printed of a round's diagnostics: every error, and every warning that the round before did not have.
    /// Where in its file a warning stands does not count, since that changes with each line added above it.
    pub(super) fn news(&mut self, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        let key = |d: &Diagnostic| (d.code, d.place.path().clone(), d.message.clone());
        let new = diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error || !self.0.contains(&key(d)))
            .cloned()
            .collect();
        self.0 = diagnostics.iter().map(key).collect();
        new
    }
}

/// Nothing is wrong.
pub(super) fn none() -> Value {
    json!([])
}

/// The errors of a build's content, as [`report`] gives them to programs.
pub(super) fn of_content(built: &Built) -> Value {
    let errors: Vec<Diagnostic> = built
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .cloned()
        .collect();
    let style = Style {
        form: Form::Json,
        verbose: true,
        prefix: String::new(),
    };
    let first = errors.get(..SHOWN).unwrap_or(&errors);
    let lines = report::render(first, &built.sources, &style);
    let mut list: Vec<Value> = lines
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if errors.len() > SHOWN {
        let more = format!(
            "… and {} more, which the terminal lists",
            errors.len() - SHOWN
        );
        list.push(json!({ "message": more }));
    }
    list.into()
}

/// An operation that failed.
pub(super) fn of_failure(message: &str, help: Option<&str>) -> Value {
    json!([{ "message": message, "help": help }])
}

/// A failure of the program itself, in the words for the terminal.
pub(super) fn of_program(text: &str) -> Value {
    of_failure(&anstream::adapter::strip_str(text).to_string(), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Source, Sources, Span};

    fn fault(code: Code, path: &str, at: u32) -> Diagnostic {
        let path = SitePath::new(path);
        let span = Span {
            path,
            start: at,
            end: at + 1,
        };
        Diagnostic::new(code, span, "a fault")
    }

    #[test]
    fn errors_are_printed_each_time_and_warnings_once() {
        let mut told = Told::default();
        let error = fault(Code::BadDate, "a", 1);
        let warning = |at| fault(Code::Undated, "a", at);
        let other = fault(Code::Undated, "b", 1);
        let both = [error.clone(), warning(3)];
        assert_eq!(told.news(&both), both);
        assert_eq!(
            told.news(&[error.clone(), warning(9), other.clone()]),
            [error, other]
        );
        assert_eq!(told.news(&[]), []);
        assert_eq!(told.news(&[warning(9)]), [warning(9)]);
    }

    #[test]
    fn pages_are_told_of_errors_with_their_places() {
        let mut sources = Sources::default();
        sources.insert(Source::new(SitePath::new("a"), "one\ntwo\n"));
        let mut diagnostics = vec![fault(Code::Undated, "a", 0), fault(Code::BadDate, "a", 5)];
        let built = |diagnostics: &[Diagnostic]| Built {
            diagnostics: diagnostics.to_vec(),
            sources: sources.clone(),
            ..Built::default()
        };
        let told = of_content(&built(&diagnostics));
        assert_eq!(told.as_array().map(Vec::len), Some(1));
        assert_eq!(told[0]["file"], "a");
        assert_eq!(
            (&told[0]["line"], &told[0]["column"]),
            (&json!(2), &json!(2))
        );
        assert_eq!(
            (&told[0]["code"], &told[0]["message"]),
            (&json!("bad-date"), &json!("a fault"))
        );
        diagnostics = vec![fault(Code::BadDate, "a", 5); SHOWN + 3];
        let told = of_content(&built(&diagnostics));
        assert_eq!(told.as_array().map(Vec::len), Some(SHOWN + 1));
        assert_eq!(
            told[SHOWN]["message"],
            "… and 3 more, which the terminal lists"
        );
    }
}
