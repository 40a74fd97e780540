//! Control characters, which steer terminals and are allowed in neither XML nor HTML, are taken out where texts enter.
//!
//! Each becomes as many spaces as it has bytes, so that places in a text stay where they are. Tabs and line ends stay;
//! a carriage return alone is a line end.

use super::value::{Node, Table, Value};
use crate::base::{Code, Diagnostic, Span};
use crate::model::Body;

/// A text without control characters; none if it had none.
fn tamed(text: &str) -> Option<(String, Option<char>)> {
    if !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
        return None;
    }
    let mut first = None;
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if characters.peek() == Some(&'\n') => out.push(c),
            '\r' => out.push('\n'),
            c if c.is_control() => {
                first = first.or(Some(c));
                out.extend(std::iter::repeat_n(' ', c.len_utf8()));
            }
            c => out.push(c),
        }
    }
    Some((out, first))
}

fn fault(c: char, span: Span) -> Diagnostic {
    let message = format!(
        "the control character U+{:04X} becomes a space here",
        u32::from(c)
    );
    Diagnostic::new(Code::ControlCharacter, span, message).help(
        "such characters come with texts copied from terminals and PDF files, and cannot be seen; delete it",
    )
}

/// Takes control characters out of a body, and tells of the first.
pub(super) fn tame_body(body: &mut Body, sink: &mut Vec<Diagnostic>) {
    let Some((text, first)) = tamed(&body.text) else {
        return;
    };
    let at = first.and_then(|c| Some((c, body.text.find(c)?)));
    if let Some((c, at)) = at {
        sink.push(fault(c, body.span(at..at + c.len_utf8())));
    }
    body.text = text.into();
}

/// Takes control characters out of the texts of front matter, keys among them, and tells of the first in each.
pub(super) fn tame_table(table: &mut Table, sink: &mut Vec<Diagnostic>) {
    for (key, node) in &mut table.0 {
        let span = key.span.clone();
        tame_text(&mut key.value, span, sink);
        tame_node(node, sink);
    }
}

fn tame_node(node: &mut Node, sink: &mut Vec<Diagnostic>) {
    match &mut node.value {
        Value::Text(text) | Value::Date(text) => tame_text(text, node.span.clone(), sink),
        Value::List(items) => items.iter_mut().for_each(|item| tame_node(item, sink)),
        Value::Table(table) => tame_table(table, sink),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {}
    }
}

fn tame_text(text: &mut String, span: Span, sink: &mut Vec<Diagnostic>) {
    if let Some((tame, first)) = tamed(text) {
        *text = tame.replace("\r\n", "\n");
        sink.extend(first.map(|c| fault(c, span)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_the_same_length() {
        let cases = [
            ("a\u{1b}b\u{9b}c\u{7f}d\0", "a b  c d "),
            ("a\r\nb\rc\td\n", "a\r\nb\nc\td\n"),
        ];
        for (text, expected) in cases {
            let (tame, _) = tamed(text).expect("has some");
            assert_eq!((tame.as_str(), tame.len()), (expected, text.len()));
        }
        assert_eq!(tamed("개성\n\ta\u{a0}"), None);
    }
}
