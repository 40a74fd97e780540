//! What a template names, read from its tags: interface strings, components that it defines and calls, includes.
//!
//! Tera finds cycles of `extends` and `include` by itself when templates are loaded, but meets a component that calls
//! itself only while rendering. And it does not know which words a call of `t` names. Both are read here, from the
//! tags alone, without understanding expressions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a template names, with byte ranges in its source.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Named {
    /// Keys of `t(key="…")` that are written out.
    pub strings: Vec<(String, Range<usize>)>,
    /// Components that it calls or templates that it includes, outside of its own components.
    pub calls: Vec<(Callee, Range<usize>)>,
    /// The same for each component that it defines.
    pub components: BTreeMap<String, Vec<(Callee, Range<usize>)>>,
}

/// What can be called from a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Callee {
    /// A component, by name.
    Component(String),
    /// A template, by name.
    Template(String),
}

/// Reads a template's tags.
pub(super) fn scan(source: &str) -> Named {
    let mut named = Named::default();
    let mut inside: Option<String> = None;
    let mut at = 0;
    while let Some((tag, next)) = next_tag(source, at) {
        at = next;
        let words = source.get(tag.clone()).unwrap_or("");
        let bare = words.trim_start_matches(['-', ' ', '\t', '\r', '\n']);
        if let Some(rest) = bare.strip_prefix("component ") {
            inside = Some(identifier(rest.trim_start()).to_owned());
            named
                .components
                .entry(inside.clone().unwrap_or_default())
                .or_default();
        } else if bare.starts_with("endcomponent") {
            inside = None;
        }
        let calls = match &inside {
            Some(name) => named.components.entry(name.clone()).or_default(),
            None => &mut named.calls,
        };
        expression(words, tag.start, &mut named.strings, calls);
    }
    named
}

/// The next `{{ … }}` or `{% … %}` from a position on: the range of what is between, and where to go on.
fn next_tag(source: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let bytes = source.as_bytes();
    let mut at = from;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (b'{', b'#') => at = find(bytes, at + 2, b"#}")? + 2,
            (b'{', b'{') => return close(bytes, at + 2, b"}}"),
            (b'{', b'%') => return close(bytes, at + 2, b"%}"),
            _ => at += 1,
        }
    }
    None
}

/// The end of a tag, outside of quotation marks.
fn close(bytes: &[u8], from: usize, end: &[u8; 2]) -> Option<(Range<usize>, usize)> {
    let mut quote = None;
    let mut at = from;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(mark), byte) if byte == mark => quote = None,
            (Some(_), _) => {}
            (None, mark @ (b'"' | b'\'' | b'`')) => quote = Some(mark),
            (None, _) if bytes[at..].starts_with(end) => return Some((from..at, at + 2)),
            _ => {}
        }
        at += 1;
    }
    None
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    (from..bytes.len()).find(|&i| bytes[i..].starts_with(what))
}

fn end_of_string(bytes: &[u8], from: usize, mark: u8) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() && bytes[at] != mark {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at < bytes.len()).then_some(at)
}

/// Finds strings, component calls and includes in one tag.
fn expression(
    words: &str,
    offset: usize,
    strings: &mut Vec<(String, Range<usize>)>,
    calls: &mut Vec<(Callee, Range<usize>)>,
) {
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let before = at.checked_sub(1).map(|i| bytes[i]);
        match bytes[at] {
            mark @ (b'"' | b'\'' | b'`') => {
                let Some(end) = end_of_string(bytes, at + 1, mark) else {
                    return;
                };
                let text = words.get(at + 1..end).unwrap_or("");
                let place = offset + at..offset + end + 1;
                let head = words.get(..at).unwrap_or("").trim_end();
                // A key that is put together (`"kind." ~ x`) is not known here.
                let whole = !words
                    .get(end + 1..)
                    .is_some_and(|t| t.trim_start().starts_with('~'));
                if whole && is_key(head) {
                    strings.push((text.to_owned(), place));
                } else if head.trim_start_matches(['-', ' ', '\n']) == "include" {
                    calls.push((Callee::Template(text.to_owned()), place));
                }
                at = end;
            }
            b'<' if before.is_none_or(|b| !b.is_ascii_alphanumeric()) => {
                let name = identifier(words.get(at + 1..).unwrap_or(""));
                if !name.is_empty() {
                    let place = offset + at + 1..offset + at + 1 + name.len();
                    calls.push((Callee::Component(name.to_owned()), place));
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether an expression ends in `t(key=`, so that a key follows.
fn is_key(head: &str) -> bool {
    let strip = |s: &'static str| move |t: &str| t.strip_suffix(s).map(|t| t.trim_end().to_owned());
    strip("=")(head)
        .and_then(|t| strip("key")(&t))
        .and_then(|t| strip("(")(&t))
        .and_then(|t| strip("t")(&t))
        .is_some_and(|t| !t.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn identifier(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')
        .unwrap_or(text.len());
    match text.as_bytes().first() {
        Some(first) if first.is_ascii_alphabetic() || *first == b'_' => &text[..end],
        _ => "",
    }
}

/// A circle of components and includes in which rendering would go round without end, if there is one: the template
/// and place of a call on it, and its members in order.
pub(super) fn circle(
    templates: &BTreeMap<String, Named>,
) -> Option<(String, Range<usize>, Vec<String>)> {
    let mut edges: BTreeMap<Callee, Vec<Edge<'_>>> = BTreeMap::new();
    // The site's own components take the place of the theme's, which come later in this order.
    let (own, theme): (Vec<_>, Vec<_>) = templates
        .iter()
        .partition(|(name, _)| !name.starts_with(super::BELOW));
    for (name, named) in own.into_iter().chain(theme) {
        for (component, calls) in &named.components {
            edges
                .entry(Callee::Component(component.clone()))
                .or_insert_with(|| targets(name, calls, templates));
        }
        let node = Callee::Template(name.clone());
        edges.insert(node, targets(name, &named.calls, templates));
    }
    let mut done = BTreeSet::new();
    for start in edges.keys() {
        let mut path = vec![(start.clone(), 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some((to, template, place)) = edges.get(node).and_then(|e| e.get(*next)) else {
                done.insert(node.clone());
                path.pop();
                continue;
            };
            *next += 1;
            if let Some(first) = path.iter().position(|(n, _)| n == to) {
                let mut members: Vec<_> = path[first..].iter().map(|(n, _)| label(n)).collect();
                members.push(label(to));
                return Some(((*template).to_owned(), place.clone(), members));
            }
            if !done.contains(to) {
                path.push((to.clone(), 0));
            }
        }
    }
    None
}

type Edge<'a> = (Callee, &'a str, Range<usize>);

fn targets<'a>(
    template: &'a str,
    calls: &[(Callee, Range<usize>)],
    templates: &BTreeMap<String, Named>,
) -> Vec<Edge<'a>> {
    let resolve = |callee: &Callee| match callee {
        Callee::Template(name) if !templates.contains_key(name) => {
            Callee::Template(format!("{}{name}", super::BELOW))
        }
        other => other.clone(),
    };
    calls
        .iter()
        .map(|(callee, place)| (resolve(callee), template, place.clone()))
        .collect()
}

fn label(callee: &Callee) -> String {
    match callee {
        Callee::Component(name) => format!("<{name}>"),
        Callee::Template(name) => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_strings_components_and_includes() {
        let source = "{# {{ t(key=\"no\") }} #}{% component a(x) -%}{{ <b.c y={t(key=\"k.one\", n=1)} /> }}\
                      {%- endcomponent a %}{% include 'x.html' %}{{ t(key = \"k.\" ~ x) }}{% if 1 <b %}{% endif %}\
                      {{ start(key=\"no\") }}{{ \"}}<q>\" }}";
        let named = scan(source);
        let keys: Vec<_> = named.strings.iter().map(|(k, _)| k.as_str()).collect();
        assert_eq!(keys, ["k.one"]);
        assert_eq!(
            &source[named.strings[0].1.clone()],
            "\"k.one\"",
            "the range covers the literal"
        );
        let calls = |list: &[(Callee, Range<usize>)]| list.iter().map(|c| label(&c.0)).collect();
        let inner: Vec<String> = calls(&named.components["a"]);
        assert_eq!(inner, ["<b.c>"]);
        let outer: Vec<String> = calls(&named.calls);
        assert_eq!(outer, ["x.html", "<b>"]);
    }

    #[test]
    fn finds_circles_and_only_circles() {
        let templates = |list: &[(&str, &str)]| {
            list.iter()
                .map(|(n, s)| ((*n).to_owned(), scan(s)))
                .collect::<BTreeMap<_, _>>()
        };
        let fine = templates(&[
            (
                "a.html",
                "{% component a() %}{{ <b /> }}{{ <b /> }}{% endcomponent %}{{ <a /> }}",
            ),
            (
                "b.html",
                "{% component b() %}x{% endcomponent %}{% include \"a.html\" %}",
            ),
        ]);
        assert_eq!(circle(&fine), None);
        let round = templates(&[
            ("a.html", "{% component a() %}{{ <b /> }}{% endcomponent %}"),
            (
                "b.html",
                "{% component b() %}{% include \"c.html\" %}{% endcomponent %}",
            ),
            ("theme/c.html", "{{ <a /> }}"),
        ]);
        let (_, _, members) = circle(&round).unwrap();
        assert_eq!(members, ["<a>", "<b>", "theme/c.html", "<a>"]);
    }

    #[test]
    fn broken_tags_end_the_reading() {
        for source in [
            "{{",
            "{% \"",
            "{#",
            "{{ \"a }}",
            "{",
            "{{ < }}",
            "개{{ t(key=\"성",
        ] {
            assert!(scan(source).strings.is_empty(), "{source}");
        }
    }
}
