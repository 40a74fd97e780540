//! Writing tags and text, escaped.

use std::fmt::Write;

use crate::model::{LinkKind, TextLink};

/// Text as HTML.
pub fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

/// An attribute's value as HTML, to stand in double quotation marks.
pub fn escape_attribute(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    push_value(&mut out, value);
    out
}

/// Adds text, escaped. Line ends that a parser would alter are written as references.
pub(super) fn push_text(out: &mut String, text: &str) {
    push_escaped(out, text, reference);
}

fn push_value(out: &mut String, value: &str) {
    push_escaped(out, value, |byte| match byte {
        b'"' => Some("&quot;"),
        byte => reference(byte),
    });
}

/// What is written for a byte that cannot stand in text.
#[inline]
fn reference(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#13;"),
        0 => Some("\u{fffd}"),
        _ => None,
    }
}

fn push_escaped(out: &mut String, text: &str, reference: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(reference) = reference(byte) {
            out.push_str(&text[done..at]);
            out.push_str(reference);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// Adds an attribute with a space before it.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    match name {
        "href" | "src" => push_address(out, value),
        _ => push_value(out, value),
    }
    out.push('"');
}

/// Adds an address; what cannot stand in one is written in per cent.
fn push_address(out: &mut String, address: &str) {
    let mut buffer = [0; 4];
    for c in address.chars() {
        match c {
            '\0'..=' ' | '"' | '<' | '>' | '`' | '\\' | '{' | '}' | '|' | '^' | '\u{7f}' => {
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
}

/// Adds a start tag. `first` stands before the other attributes.
pub(super) fn push_start(
    out: &mut String,
    tag: &str,
    first: &[(&str, &str)],
    rest: &[(&'static str, String)],
) {
    out.push('<');
    out.push_str(tag);
    for (name, value) in first {
        push_attribute(out, name, value);
    }
    for (name, value) in rest {
        push_attribute(out, name, value);
    }
    out.push('>');
}

/// Adds an element without content. The address of an image is made to fit its page as that of a link is.
pub(super) fn push_void(
    out: &mut String,
    tag: &str,
    attributes: &[(&'static str, String)],
    relative: &dyn Fn(&str) -> Option<String>,
) {
    match attributes.split_first() {
        Some((("src", src), rest)) => {
            let resolved = relative(src);
            push_start(
                out,
                tag,
                &[("src", resolved.as_deref().unwrap_or(src))],
                rest,
            );
        }
        _ => push_start(out, tag, &[], attributes),
    }
}

/// Adds an end tag.
pub(super) fn push_end(out: &mut String, tag: &str) {
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

/// Adds the start tag of an ordinary link.
pub(super) fn push_link(
    out: &mut String,
    link: &TextLink,
    relative: &dyn Fn(&str) -> Option<String>,
) {
    let resolved = match link.kind {
        LinkKind::Relative => relative(&link.href),
        _ => None,
    };
    let href = resolved.as_deref().unwrap_or(&link.href);
    let mut first = vec![("href", href)];
    if link.kind == LinkKind::External {
        first.push(("rel", "external noopener"));
    }
    if let Some(title) = &link.title {
        first.push(("title", title));
    }
    push_start(out, "a", &first, &[]);
}
