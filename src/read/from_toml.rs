//! TOML to a tree of values.

use toml::de::{DeTable, DeValue};

use super::value::{Node, Region, Table, Value};
use crate::base::{Code, Diagnostic, Outcome, Spanned};

/// The deepest nesting of tables and lists that is read; what editors write has three or four levels.
pub(super) const DEEPEST: usize = 64;

/// Reads TOML. There is no value if the syntax is broken anywhere, since a key that was not understood would be
/// reported as missing besides.
pub(super) fn parse(region: Region<'_>) -> Outcome<Option<Table>> {
    if let Some(fault) = too_many_dots(region) {
        return Outcome {
            value: None,
            diagnostics: vec![fault],
        };
    }
    let (table, errors) = DeTable::parse_recoverable(region.text);
    let mut diagnostics: Vec<Diagnostic> =
        errors.iter().map(|error| fault(region, error)).collect();
    let table = convert_table(region, table.get_ref(), 0, &mut diagnostics);
    diagnostics.sort_by(Diagnostic::order);
    // One broken line can give several faults at one place, of which the first says it best.
    diagnostics.dedup_by(|b, a| a.place == b.place);
    Outcome {
        value: diagnostics.is_empty().then_some(table),
        diagnostics,
    }
}

fn fault(region: Region<'_>, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let at = region.text.get(range.start..).unwrap_or("");
    let diagnostic = Diagnostic::new(
        Code::BadSyntax,
        region.span(range),
        format!("this is not valid TOML: {}", error.message()),
    );
    let line = at.lines().next().unwrap_or("");
    if line.trim_start().starts_with(['“', '”', '‘', '’', '„']) {
        diagnostic.help("write texts between straight quotation marks: \"…\"")
    } else if error.message().contains("duplicate key") {
        diagnostic.help("a key may be given only once; remove or join the two")
    } else {
        diagnostic.help("texts stand between quotation marks, lists in brackets: `key = \"text\"`, `key = [\"a\", \"b\"]`")
    }
}

/// Each part of a dotted key is a level of nesting, which the TOML parser itself does not limit; so dots outside strings
/// are counted before it sees them.
fn too_many_dots(region: Region<'_>) -> Option<Diagnostic> {
    let bytes = region.text.as_bytes();
    let (mut at, mut dots, mut start) = (0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => at = end_of_string(bytes, at),
            b'#' => at += bytes.iter().skip(at).take_while(|&&b| b != b'\n').count(),
            _ => {
                match byte {
                    b'.' => dots += 1,
                    b'\n' | b'=' | b'[' | b'{' | b',' => (dots, start) = (0, at + 1),
                    _ => {}
                }
                at += 1;
            }
        }
        if dots > DEEPEST {
            return Some(too_deep(region, start..start + 1));
        }
    }
    None
}

/// One past the end of the string that begins at `start`; the end of the line for one that is not closed.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let quote = rest.first().copied().unwrap_or(b'"');
    let long = rest.starts_with(&[quote; 3]);
    let fence = if long { 3 } else { 1 };
    let mut at = fence;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            b'\n' if !long => return start + at,
            _ if byte == quote && (!long || rest[at..].starts_with(&[quote; 3])) => {
                return start + at + fence;
            }
            _ => at += 1,
        }
    }
    start + rest.len().max(1)
}

pub(super) fn too_deep(region: Region<'_>, range: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::new(
        Code::BadSyntax,
        region.span(range),
        format!("tables and lists are nested more than {DEEPEST} deep"),
    )
}

fn convert_table(
    region: Region<'_>,
    table: &DeTable<'_>,
    depth: usize,
    faults: &mut Vec<Diagnostic>,
) -> Table {
    let mut out = Table::default();
    for (key, value) in table {
        let name = Spanned::new(key.get_ref().to_string(), region.span(key.span()));
        let range = value.span();
        if depth >= DEEPEST {
            faults.push(too_deep(region, range));
            break;
        }
        let value = convert(region, value.get_ref(), &range, depth + 1, faults);
        let span = region.span(range);
        out.0.push((name, Node { value, span }));
    }
    out
}

fn convert(
    region: Region<'_>,
    value: &DeValue<'_>,
    range: &std::ops::Range<usize>,
    depth: usize,
    faults: &mut Vec<Diagnostic>,
) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => {
                let message = "this number is larger than TOML's whole numbers";
                faults.push(Diagnostic::new(
                    Code::BadSyntax,
                    region.span(range.clone()),
                    message,
                ));
                Value::Null
            }
        },
        DeValue::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Float),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) if depth < DEEPEST => {
            let item = |item: &toml::Spanned<DeValue<'_>>, faults: &mut Vec<Diagnostic>| Node {
                value: convert(region, item.get_ref(), &item.span(), depth + 1, faults),
                span: region.span(item.span()),
            };
            Value::List(items.iter().map(|i| item(i, faults)).collect())
        }
        DeValue::Array(_) => {
            faults.push(too_deep(region, range.clone()));
            Value::Null
        }
        DeValue::Table(table) => Value::Table(convert_table(region, table, depth, faults)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, path};
    use super::*;

    fn read(text: &str) -> Outcome<Option<Table>> {
        let path = path("a.toml");
        parse(Region {
            path: &path,
            text,
            offset: 0,
        })
    }

    #[test]
    fn values_have_places() {
        let text = "a = \"개성\"\nb = [1, 2.5]\nc.d = 2013-08-14\n";
        let table = read(text).value.unwrap();
        let b = table.get("b").unwrap();
        assert_eq!((b.span.start, b.span.end), (17, 25));
        let Value::List(items) = &b.value else {
            panic!("{b:?}")
        };
        assert_eq!(items[1].value, Value::Float(2.5));
        assert_eq!(items[1].span.start, 21);
        let Value::Table(c) = &table.get("c").unwrap().value else {
            panic!("no table")
        };
        let date = &c.get("d").unwrap().value;
        assert_eq!(date, &Value::Date("2013-08-14".into()));
    }

    #[test]
    fn every_syntax_fault_is_told_at_its_place() {
        let cases = [
            ("a = “x”\n", vec!["1:5 bad-syntax"]),
            ("a = 1\r\na = 2\r\n", vec!["2:1 bad-syntax"]),
            (
                "a = \nb = 1\nc = ]\n",
                vec!["1:5 bad-syntax", "3:5 bad-syntax"],
            ),
            ("x = 99999999999999999999", vec!["1:5 bad-syntax"]),
        ];
        for (text, expected) in cases {
            let outcome = read(text);
            assert_eq!(at(text, &outcome.diagnostics), expected, "{text}");
            assert!(outcome.value.is_none(), "{text}");
        }
    }

    #[test]
    fn depth_is_limited() {
        for text in [
            format!("{}a = 1", "a.".repeat(100_000)),
            format!("[{}a]", "\"a\" . ".repeat(100_000)),
            format!("a = {}", "[".repeat(100_000)),
            format!("a = {}", "{a=".repeat(100_000)),
            format!("a = {}1{}", "[".repeat(70), "]".repeat(70)),
        ] {
            let outcome = read(&text);
            assert!(outcome.value.is_none());
            assert_eq!(outcome.diagnostics[0].code, Code::BadSyntax);
        }
        let dots = format!("a = \"{}\" # {}", "a.".repeat(500), "a.".repeat(500));
        assert!(read(&dots).value.is_some());
    }
}
