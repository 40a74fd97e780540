//! YAML to a tree of values: mappings, sequences and scalars of the 1.2 core schema.
//!
//! What briefings have no use for is refused rather than guessed at: tags, several documents in one file, keys that are
//! not plain words. Aliases are followed up to a limit, so that a small file cannot become a huge tree.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::from_toml::{DEEPEST, too_deep};
use super::value::{Node, Region, Table, Value};
use crate::base::{Code, Diagnostic, Outcome, Place, Span, Spanned};

/// The most values and characters that aliases may add to a file.
const MOST_REPEATED: usize = 100_000;

/// Reads one YAML mapping. There is no value if anything in it breaks the rules.
pub(super) fn parse(region: Region<'_>) -> Outcome<Option<Table>> {
    let offsets = Offsets::of(region.text);
    let mut builder = Builder {
        region,
        open: Vec::new(),
        root: None,
        anchors: BTreeMap::new(),
        repeated: 0,
        faults: Vec::new(),
    };
    for event in Parser::new_from_str(region.text) {
        let step = match event {
            Ok((event, span)) => {
                let start = offsets.at(span.start.index());
                builder.take(event, start..offsets.at(span.end.index()).max(start))
            }
            Err(error) => {
                let start = offsets.at(error.marker().index());
                let message = format!("this is not valid YAML: {}", error.info());
                Err(Diagnostic::new(Code::BadSyntax, region.span(start..start), message)
                    .help("a key, a colon, a space and the value stand on each line; texts with a colon need quotation marks").into())
            }
        };
        if let Err(fault) = step {
            builder.faults.push(*fault);
            break;
        }
    }
    builder.finish()
}

/// From characters, in which the YAML parser counts, to bytes.
struct Offsets {
    /// The byte at which each character begins; none for texts in ASCII, where the two agree.
    starts: Option<Vec<usize>>,
    length: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        Self {
            starts: (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect()),
            length: text.len(),
        }
    }

    fn at(&self, character: usize) -> usize {
        match &self.starts {
            None => character.min(self.length),
            Some(starts) => starts.get(character).copied().unwrap_or(self.length),
        }
    }
}

/// A list or mapping that is not closed yet.
struct Open {
    start: usize,
    anchor: usize,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Mapping {
        table: Table,
        /// The key whose value comes next.
        key: Option<Spanned<String>>,
        /// Where each key was first given.
        seen: BTreeMap<String, Span>,
    },
}

struct Builder<'a> {
    region: Region<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: BTreeMap<usize, Node>,
    repeated: usize,
    faults: Vec<Diagnostic>,
}

type Range = std::ops::Range<usize>;

impl Builder<'_> {
    /// Takes one event. A fault that is returned, and not only noted, ends the reading.
    fn take(&mut self, event: Event<'_>, range: Range) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.is_some(), &range);
                if self.wants_key() {
                    let key = Spanned::new(text.into_owned(), self.region.span(range));
                    self.key(key);
                } else {
                    let value = match style {
                        ScalarStyle::Plain => plain(&text),
                        _ => Value::Text(text.into_owned()),
                    };
                    self.add(value, range, anchor);
                }
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_tag(tag.is_some(), &range);
                self.descend(Kind::List(Vec::new()), anchor, &range)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_tag(tag.is_some(), &range);
                let kind = Kind::Mapping {
                    table: Table::default(),
                    key: None,
                    seen: BTreeMap::new(),
                };
                self.descend(kind, anchor, &range)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.ascend(&range),
            Event::Alias(anchor) => self.repeat(anchor, range)?,
            Event::DocumentStart(_) if self.root.is_some() => {
                return Err(self
                    .fault(range, "a second YAML document begins here")
                    .help("front matter is one document; remove the line `---`")
                    .into());
            }
            _ => {}
        }
        Ok(())
    }

    fn fault(&self, range: Range, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::BadSyntax, self.region.span(range), message)
    }

    fn refuse_tag(&mut self, tagged: bool, range: &Range) {
        if tagged {
            let fault = self
                .fault(range.clone(), "YAML tags are not read here")
                .help("remove the word that begins with `!`");
            self.faults.push(fault);
        }
    }

    fn wants_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                kind: Kind::Mapping { key: None, .. },
                ..
            })
        )
    }

    fn key(&mut self, name: Spanned<String>) {
        let Some(Open {
            kind: Kind::Mapping { key, seen, .. },
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        if let Some(first) = seen.insert(name.value.clone(), name.span.clone()) {
            let message = format!("the key `{}` is given twice", name.value);
            let fault = Diagnostic::new(Code::BadSyntax, name.span.clone(), message)
                .label(Place::Span(first), "first given here")
                .help("a key may be given only once; remove or join the two");
            self.faults.push(fault);
        }
        *key = Some(name);
    }

    /// Puts a finished value where it belongs.
    fn add(&mut self, value: Value, range: Range, anchor: usize) {
        let span = self.region.span(range);
        let node = Node { value, span };
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(Kind::List(items)) => items.push(node),
            Some(Kind::Mapping { table, key, .. }) => match key.take() {
                Some(name) => table.0.push((name, node)),
                None => {
                    // Stands where a key should. A word that is never a key keeps the pairs in step.
                    let fault = Diagnostic::new(
                        Code::BadSyntax,
                        node.span.clone(),
                        "a list or table cannot be a key",
                    )
                    .help("put texts that begin with `[`, `{`, `*` or `&` in quotation marks");
                    *key = Some(Spanned::new(String::new(), node.span));
                    self.faults.push(fault);
                }
            },
        }
    }

    fn descend(&mut self, kind: Kind, anchor: usize, range: &Range) -> Result<(), Box<Diagnostic>> {
        if self.open.len() >= DEEPEST {
            return Err(too_deep(self.region, range.clone()).into());
        }
        self.open.push(Open {
            start: range.start,
            anchor,
            kind,
        });
        Ok(())
    }

    fn ascend(&mut self, range: &Range) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let value = match open.kind {
            Kind::List(items) => Value::List(items),
            Kind::Mapping { table, .. } => Value::Table(table),
        };
        self.add(value, open.start..range.end.max(open.start), open.anchor);
    }

    fn repeat(&mut self, anchor: usize, range: Range) -> Result<(), Box<Diagnostic>> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(self
                .fault(range, "this alias stands inside the value that it repeats")
                .into());
        };
        self.repeated += weight(&node.value);
        let deep = self.open.len() + depth(&node.value);
        if self.repeated > MOST_REPEATED || deep > DEEPEST {
            return Err(self
                .fault(range, "aliases repeat too much of this file")
                .into());
        }
        let value = node.value.clone();
        self.add(value, range, 0);
        Ok(())
    }

    fn finish(self) -> Outcome<Option<Table>> {
        let mut diagnostics = self.faults;
        let value = match self.root {
            Some(Node {
                value: Value::Table(table),
                ..
            }) => Some(table),
            None
            | Some(Node {
                value: Value::Null, ..
            }) => Some(Table::default()),
            Some(node) => {
                diagnostics.push(not_a_mapping(&node));
                None
            }
        };
        Outcome {
            value: value.filter(|_| diagnostics.is_empty()),
            diagnostics,
        }
    }
}

fn not_a_mapping(node: &Node) -> Diagnostic {
    let message = format!(
        "front matter must be made of keys and values, not of {}",
        node.value.describe()
    );
    let Span { path, start, .. } = &node.span;
    let start = *start as usize;
    Diagnostic::new(Code::BadSyntax, Span::new(path, start, start), message)
        .help("write a key, a colon, a space and a value on each line: `title: Talks resume`")
}

/// Values and bytes of text in a tree.
fn weight(value: &Value) -> usize {
    1 + match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(|item| weight(&item.value)).sum(),
        Value::Table(table) => {
            let entries = table.0.iter();
            entries
                .map(|(k, node)| k.value.len() + weight(&node.value))
                .sum()
        }
        _ => 0,
    }
}

fn depth(value: &Value) -> usize {
    let below = match value {
        Value::List(items) => items.iter().map(|item| depth(&item.value)).max(),
        Value::Table(table) => table.0.iter().map(|(_, node)| depth(&node.value)).max(),
        _ => return 0,
    };
    1 + below.unwrap_or(0)
}

/// What a scalar without quotation marks means (YAML 1.2.2, section 10.3.2, the core schema). `no` and `on` are texts.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Value::Float(f64::NAN),
        _ => {}
    }
    let radix = |digits: &str, radix| {
        let digit = |c: char| c.is_digit(radix);
        digits
            .chars()
            .all(digit)
            .then(|| i64::from_str_radix(digits, radix).ok())
            .flatten()
    };
    let whole = text
        .strip_prefix("0x")
        .map(|digits| radix(digits, 16))
        .or_else(|| text.strip_prefix("0o").map(|digits| radix(digits, 8)));
    if let Some(Some(number)) = whole {
        return Value::Integer(number);
    }
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(bare, ".inf" | ".Inf" | ".INF") {
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        return Value::Float(sign * f64::INFINITY);
    }
    // Rust reads a superset of the schema's numbers (`infinity`, `nan`); digits, dot and exponent alone are left here.
    let numeric = bare.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && bare
            .chars()
            .all(|c| c.is_ascii_digit() || ".eE+-".contains(c));
    if numeric {
        if let Ok(number) = text.parse::<i64>() {
            return Value::Integer(number);
        }
        if let Ok(number) = text.parse::<f64>() {
            return Value::Float(number);
        }
    }
    Value::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, path};
    use super::*;

    fn read(text: &str) -> Outcome<Option<Table>> {
        let path = path("a.md");
        parse(Region {
            path: &path,
            text,
            offset: 0,
        })
    }

    #[test]
    fn scalars_of_the_core_schema() {
        let cases = [
            ("2013", Value::Integer(2013)),
            ("-7", Value::Integer(-7)),
            ("0x1F", Value::Integer(31)),
            ("1.5e3", Value::Float(1500.0)),
            (".5", Value::Float(0.5)),
            ("2013-08-14", Value::Text("2013-08-14".into())),
            ("no", Value::Text("no".into())),
            ("nan", Value::Text("nan".into())),
            ("+", Value::Text("+".into())),
            ("1.2.3", Value::Text("1.2.3".into())),
            ("~", Value::Null),
            ("True", Value::Bool(true)),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
        let quoted = read("a: \"2013\"\n").value.unwrap();
        assert_eq!(quoted.get("a").unwrap().value, Value::Text("2013".into()));
    }

    #[test]
    fn places_are_bytes_even_after_wide_characters() {
        let text = "개성: 공단\nb:\n  - 서울\n  - x # 서울\nc: {d: 'é', e: 12}\n";
        let table = read(text).value.unwrap();
        let words = |node: &Node| text[node.span.start as usize..node.span.end as usize].to_owned();
        assert_eq!(words(table.get("개성").unwrap()), "공단");
        let Value::List(items) = &table.get("b").unwrap().value else {
            panic!("no list")
        };
        let items: Vec<_> = items.iter().map(words).collect();
        assert_eq!(items, ["서울", "x"]);
        let Value::Table(c) = &table.get("c").unwrap().value else {
            panic!("no table")
        };
        assert_eq!(words(c.get("e").unwrap()), "12");
    }

    #[test]
    fn places_hold_after_texts_of_many_lines() {
        let text = "a: |\n  개성\n  공단\n\nb: \"서울\n  x\" # 서울\nc: >-\n  가\n  나\nd:\n- 서울\n\nlast: 끝\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let table = read(&text).value.unwrap();
            let last = table.get("last").unwrap();
            assert_eq!(
                &text[last.span.start as usize..last.span.end as usize],
                "끝"
            );
            assert_eq!(
                table.get("a").unwrap().value,
                Value::Text("개성\n공단\n".into())
            );
        }
    }

    #[test]
    fn faults_are_told_at_their_place() {
        let cases = [
            ("a: 1\nb: 2\na: 3\n", vec!["3:1 bad-syntax"]),
            (
                "a: !x y\nb: !!int 3\n",
                vec!["1:4 bad-syntax", "2:4 bad-syntax"],
            ),
            ("a: 1\n---\nb: 2\n", vec!["2:1 bad-syntax"]),
            ("- a\n", vec!["1:1 bad-syntax"]),
            ("[a, b]: c\n", vec!["1:1 bad-syntax"]),
            ("a: *nobody\n", vec!["1:4 bad-syntax"]),
        ];
        for (text, expected) in cases {
            let outcome = read(text);
            assert_eq!(at(text, &outcome.diagnostics), expected, "{text}");
            assert!(outcome.value.is_none(), "{text}");
        }
    }

    #[test]
    fn aliases_repeat_but_not_without_end() {
        let table = read("a: &x [1, 2]\nb: *x\n").value.unwrap();
        let Value::List(items) = &table.get("b").unwrap().value else {
            panic!("no list")
        };
        assert_eq!(items.len(), 2);
        let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for n in 1..30 {
            let list = vec![format!("*a{}", n - 1); 9].join(", ");
            laughs.push_str(&format!("a{n}: &a{n} [{list}]\n"));
        }
        assert_eq!(read(&laughs).diagnostics.len(), 1);
        assert!(read("a: &x [*x]\n").value.is_none());
    }

    #[test]
    fn depth_is_limited() {
        for text in [
            format!("a: {}", "[".repeat(20_000)),
            format!("a: {}", "{a: ".repeat(20_000)),
            "- ".repeat(20_000),
        ] {
            assert!(read(&text).value.is_none());
        }
    }

    #[test]
    fn nothing_at_all_is_an_empty_table() {
        for text in ["", "\n", "# only a comment\n", "---\n", "~\n"] {
            assert_eq!(read(text).value, Some(Table::default()), "{text:?}");
        }
    }
}
