//! Records as JSON and as CSV, both in one pass.
//!
//! JSON is an array of objects, one on a line; every object has every key, with `null` where nothing is known. CSV is as RFC 4180 has
//! it: UTF-8, a line of names first, lines that end in CR LF, quotation marks around what needs them.

use std::borrow::Cow;
use std::io::Write;

use super::table::{Cell, Column, Holds, Table};
use crate::model::Id;
use crate::render::view::Briefing;

/// Between the values of a list in a cell of a CSV file.
pub(super) const BETWEEN: char = '|';

/// Records as they stand in the files, without what is around them.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    /// Objects, each with a comma and a line feed at its end.
    pub(super) json: Vec<u8>,
    /// Lines.
    pub(super) csv: Vec<u8>,
    /// How many there are.
    pub(super) records: usize,
}

/// Writes the records of some things.
pub(super) fn write<T: Table>(briefing: &Briefing, ids: &[&Id]) -> Written {
    let columns = T::columns();
    let mut written = Written::default();
    for id in ids {
        T::rows(briefing, id, &mut |row| {
            written.records += 1;
            record(&mut written, &columns, row);
        });
    }
    written
}

/// The line of names.
pub(super) fn header(names: impl Iterator<Item = &'static str>) -> Vec<u8> {
    let names: Vec<&str> = names.collect();
    format!("{}\r\n", names.join(",")).into_bytes()
}

fn record<T: Table>(written: &mut Written, columns: &[Column<T>], row: &T::Row<'_>) {
    let (json, csv) = (&mut written.json, &mut written.csv);
    for (i, column) in columns.iter().enumerate() {
        let cell = (column.cell)(row);
        if T::JSON {
            json.extend_from_slice(if i == 0 { b"{\"" } else { b",\"" });
            json.extend_from_slice(column.field.name.as_bytes());
            json.extend_from_slice(b"\":");
            value(json, &cell);
        }
        if i > 0 {
            csv.push(b',');
        }
        in_line(csv, column.field.holds, &cell);
    }
    json.extend_from_slice(if T::JSON { b"},\n" } else { b"" });
    csv.extend_from_slice(b"\r\n");
}

/// A value as JSON.
fn value(out: &mut Vec<u8>, cell: &Cell) {
    match cell {
        Cell::Nothing => out.extend_from_slice(b"null"),
        Cell::Text(text) => string(out, text),
        Cell::Number(n) if !n.is_finite() => out.extend_from_slice(b"null"),
        Cell::Whole(_) | Cell::Number(_) | Cell::Flag(_) => plain(out, cell),
        Cell::List(texts) => {
            out.push(b'[');
            for (i, text) in texts.iter().enumerate() {
                out.extend_from_slice(if i > 0 { b"," } else { b"" });
                string(out, text);
            }
            out.push(b']');
        }
        Cell::Names(names) => {
            out.push(b'{');
            for (i, (key, text)) in names.iter().enumerate() {
                out.extend_from_slice(if i > 0 { b"," } else { b"" });
                string(out, key);
                out.push(b':');
                string(out, text);
            }
            out.push(b'}');
        }
    }
}

/// Numbers and truth values, which both formats write alike. Writing to memory does not fail.
fn plain(out: &mut Vec<u8>, cell: &Cell) {
    let _ = match cell {
        Cell::Whole(n) => write!(out, "{n}"),
        Cell::Number(n) if n.is_finite() => write!(out, "{n}"),
        Cell::Flag(flag) => write!(out, "{flag}"),
        _ => Ok(()),
    };
}

/// A text as JSON. Nothing in it looks like markup to whoever takes it for that.
fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text;
    if !any(text, is_escaped) {
        out.extend_from_slice(text.as_bytes());
        rest = "";
    }
    while let Some(at) = rest.bytes().position(is_escaped) {
        let (plain, from) = rest.split_at(at);
        out.extend_from_slice(plain.as_bytes());
        match from.as_bytes().first() {
            Some(quoted @ (b'"' | b'\\')) => out.extend_from_slice(&[b'\\', *quoted]),
            Some(b'\n') => out.extend_from_slice(b"\\n"),
            Some(b'\r') => out.extend_from_slice(b"\\r"),
            Some(b'\t') => out.extend_from_slice(b"\\t"),
            // Memory can always be written to.
            Some(other) => drop(write!(out, "\\u{other:04x}")),
            None => {}
        }
        rest = from.get(1..).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

/// Whether a byte of a text is not written as it is. All such are letters of their own.
#[inline]
fn is_escaped(byte: u8) -> bool {
    matches!(byte, 0..0x20 | b'"' | b'\\' | b'<' | b'>' | b'&' | b'\'')
}

/// Whether any byte of a text is such a one. No byte is waited for, so that many are looked at at once.
fn any(text: &str, is_such: impl Fn(u8) -> bool) -> bool {
    text.bytes()
        .fold(false, |found, byte| found | is_such(byte))
}

/// A value in a line of CSV.
fn in_line(out: &mut Vec<u8>, holds: Holds, cell: &Cell) {
    match cell {
        Cell::Text(text) => quoted(out, text, holds),
        Cell::List(texts) => {
            let texts: Vec<Cow<str>> = texts.iter().map(|t| listed(t)).collect();
            quoted(out, &texts.join(&BETWEEN.to_string()), holds);
        }
        Cell::Names(names) => {
            let names = names.iter().map(|(key, text)| format!("{key}={text}"));
            let names: Vec<String> = names.map(|name| listed(&name).into_owned()).collect();
            quoted(out, &names.join(&BETWEEN.to_string()), holds);
        }
        Cell::Nothing | Cell::Whole(_) | Cell::Number(_) | Cell::Flag(_) => plain(out, cell),
    }
}

/// A value of a list: what separates values is written with a backslash.
fn listed(text: &str) -> Cow<'_, str> {
    match text.contains(['\\', BETWEEN]) {
        true => text.replace('\\', "\\\\").replace(BETWEEN, "\\|").into(),
        false => text.into(),
    }
}

/// A cell's text, made harmless where it is words: spreadsheets would take it for a formula otherwise, and run it.
fn quoted(out: &mut Vec<u8>, text: &str, holds: Holds) {
    let words = matches!(
        holds,
        Holds::Text | Holds::Texts | Holds::Names | Holds::Url | Holds::Urls
    );
    let guard = words && text.starts_with(is_formula);
    let outer = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let special = any(text, |b| matches!(b, b',' | b'"' | b'\r' | b'\n'));
    let marks = special || outer(text.chars().next()) || outer(text.chars().next_back());
    if !marks {
        out.extend_from_slice(if guard { b"'" } else { b"" });
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(if guard { b"'" } else { b"" });
    for (i, piece) in text.split('"').enumerate() {
        out.extend_from_slice(if i > 0 { b"\"\"" } else { b"" });
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(b'"');
}

/// Whether a cell that begins so is taken for a formula by some spreadsheet; the wide forms are, by those of East Asia.
fn is_formula(first: char) -> bool {
    "=+-@\t\r\n＝＋－＠".contains(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(holds: Holds, cell: Cell) -> String {
        let mut out = Vec::new();
        in_line(&mut out, holds, &cell);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_that_need_quotation_marks_get_them() {
        let text = |text: &'static str| csv(Holds::Text, text.into());
        assert_eq!(text("plain words"), "plain words");
        assert_eq!(text("one, two"), "\"one, two\"");
        assert_eq!(text("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(text("two\nlines"), "\"two\nlines\"");
        assert_eq!(text(" edge"), "\" edge\"");
        assert_eq!(text(""), "");
    }

    #[test]
    fn words_that_look_like_formulas_are_made_harmless_and_nothing_else_is() {
        let text = |text: &'static str| csv(Holds::Text, text.into());
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "－1"] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        assert_eq!(text("=A1,B1"), "\"'=A1,B1\"");
        assert_eq!(text("\t=1"), "\"'\t=1\"");
        assert_eq!(csv(Holds::Number, Cell::Number(-1.5)), "-1.5");
        assert_eq!(csv(Holds::Edtf, "-0044".into()), "-0044");
        assert_eq!(csv(Holds::Texts, Cell::list(["=1", "b"])), "'=1|b");
    }

    #[test]
    fn lists_can_be_taken_apart_again() {
        let list = Cell::list(["a|b", "c\\d", "e"]);
        assert_eq!(csv(Holds::Texts, list), "a\\|b|c\\\\d|e");
        let names = Cell::Names(vec![("ko", "개성"), ("ja", "x|y")]);
        assert_eq!(csv(Holds::Names, names), "ko=개성|ja=x\\|y");
    }

    #[test]
    fn texts_are_the_same_when_they_are_read_again() {
        let every: String = (0..=0x2ff).filter_map(char::from_u32).collect();
        for text in ["", "plain", "\"\"", "a\\", "'개성' & <b>\u{2028}", &every] {
            let mut out = Vec::new();
            string(&mut out, text);
            let json = String::from_utf8(out).unwrap();
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
            assert!(!json.contains(['<', '>', '&', '\'']), "{json}");
        }
    }

    #[test]
    fn json_has_no_number_that_is_none_and_nothing_like_markup() {
        let json = |cell| {
            let mut out = Vec::new();
            value(&mut out, &cell);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(json(Cell::Number(53000.0)), "53000");
        assert_eq!(json(Cell::Number(0.5)), "0.5");
        assert_eq!(json(Cell::Number(f64::INFINITY)), "null");
        assert_eq!(
            json("<b> & 'c'".into()),
            r#""\u003cb\u003e \u0026 \u0027c\u0027""#
        );
        assert_eq!(json(Cell::list(["a\"b", "c\n"])), "[\"a\\\"b\",\"c\\n\"]");
    }
}
