//! A cursor over a table that reads one key after another as what it has to be.
//!
//! A value of the wrong type is an error at its own place, and reading goes on with the next key. Every key that was
//! asked for counts as known; [`Fields::finish`] warns of the others. Texts are trimmed, and empty ones count as left
//! out.

mod lists;
mod scalars;
#[cfg(test)]
mod tests;

use super::nearest::did_you_mean;
use super::value::{Node, Table, Value};
use crate::base::{Code, Diagnostic, Span};

/// The cursor. See the module.
#[derive(Debug)]
pub struct Fields<'a, 's> {
    table: &'a Table,
    /// Where a missing key is reported.
    place: Span,
    /// What the table describes, with its article: `an event`.
    what: &'static str,
    known: Vec<&'static str>,
    /// Prefixes of known keys: `name_`.
    prefixes: Vec<&'static str>,
    /// The keys of the table around this one, so that one that slipped into this can be told.
    around: Vec<&'static str>,
    sink: &'s mut Vec<Diagnostic>,
}

impl<'a, 's> Fields<'a, 's> {
    /// A cursor over `table`, which describes `what` (`an article`). A missing key is reported at `place`.
    pub fn new(
        table: &'a Table,
        place: Span,
        what: &'static str,
        sink: &'s mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            table,
            place,
            what,
            known: Vec::new(),
            prefixes: Vec::new(),
            around: Vec::new(),
            sink,
        }
    }

    /// The place of the value of a key, else where the table is.
    pub fn place_of(&self, key: &str) -> Span {
        self.table
            .get(key)
            .map_or_else(|| self.place.clone(), |node| node.span.clone())
    }

    /// Where the table is.
    pub fn place(&self) -> &Span {
        &self.place
    }

    /// Whether a key is given a value.
    pub fn has(&self, key: &str) -> bool {
        self.table
            .get(key)
            .is_some_and(|node| node.value != Value::Null)
    }

    /// Reports a fault.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    /// Reports that a key is missing.
    pub fn missing(&mut self, key: &str, help: &str) {
        let message = format!("{} needs the key `{key}`", self.what);
        self.sink
            .push(Diagnostic::new(Code::MissingKey, self.place.clone(), message).help(help));
    }

    /// Reports a value that has the right type and is still not possible.
    pub fn bad(&mut self, code: Code, key: &str, span: &Span, wrong: &str) {
        let message = format!("`{key}` {wrong}");
        self.sink.push(Diagnostic::new(code, span.clone(), message));
    }

    /// Warns of the keys that nobody asked for.
    pub fn finish(self) {
        for (name, _) in &self.table.0 {
            let key = name.value.as_str();
            let by_prefix = |prefix: &&str| key.starts_with(*prefix) && key.len() > prefix.len();
            if self.known.contains(&key) || self.prefixes.iter().any(by_prefix) {
                continue;
            }
            let message = format!("{} has no key `{}`; it is ignored", self.what, shown(key));
            let mut diagnostic = Diagnostic::new(Code::UnknownKey, name.span.clone(), message);
            if let Some(help) = did_you_mean(key, self.known.iter().copied()) {
                diagnostic = diagnostic.help(help);
            } else if self.around.contains(&key) {
                diagnostic = diagnostic.help(format!(
                    "`{key}` below a heading in brackets belongs to that heading; move the line above the first of them"
                ));
            }
            self.sink.push(diagnostic);
        }
    }

    /// The value of a key, which from now on is known.
    fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.table.get(key).filter(|node| node.value != Value::Null)
    }

    /// Reports a value of the wrong type.
    fn wrong(&mut self, key: &str, node: &Node, expected: &str, help: Option<String>) {
        let message = format!("`{key}` must be {expected}, not {}", node.value.describe());
        let mut diagnostic = Diagnostic::new(Code::WrongType, node.span.clone(), message);
        diagnostic.help = help;
        self.sink.push(diagnostic);
    }
}

/// A key for a message: without line breaks, and not longer than a line.
fn shown(key: &str) -> String {
    super::value::shorten(key)
}
