//! A strict reader of the HTML that the weaver writes: stricter than any browser, so that nothing is mended silently.

use std::collections::BTreeSet;

/// A part of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A start tag with its attributes, values decoded.
    Start(String, Vec<(String, String)>),
    /// An end tag.
    End(String),
    /// Text, decoded.
    Text(String),
}

const VOID: &[&str] = &["br", "hr", "img", "input", "wbr"];
const FORBIDDEN: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "form", "base", "meta", "link", "svg", "math",
];
const NOT_IN_PARAGRAPH: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "dl",
    "section",
    "details",
    "figure",
];

/// Takes a page apart. An error names what is not well-formed.
pub(crate) fn read(html: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("</") {
            let end = after.find('>').ok_or("end tag without end")?;
            parts.push(Part::End(name(&after[..end])?));
            rest = &after[end + 1..];
        } else if let Some(after) = rest.strip_prefix('<') {
            let (part, left) = start_tag(after)?;
            parts.push(part);
            rest = left;
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            parts.push(Part::Text(decode(&rest[..end])?));
            rest = &rest[end..];
        }
    }
    Ok(parts)
}

fn name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(fits) {
        return Ok(text.to_owned());
    }
    Err(format!("not a name: {text:?}"))
}

fn start_tag(rest: &str) -> Result<(Part, &str), String> {
    let end = rest.find([' ', '>']).ok_or("start tag without end")?;
    let tag = name(&rest[..end])?;
    let mut rest = &rest[end..];
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        if let Some(left) = rest.strip_prefix('>') {
            return Ok((Part::Start(tag, attributes), left));
        }
        rest = rest
            .strip_prefix(' ')
            .ok_or_else(|| format!("in a tag: {rest:.20?}"))?;
        let end = rest.find(['=', ' ', '>']).ok_or("attribute without end")?;
        let attribute = name(&rest[..end])?;
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(left) = rest.strip_prefix("=\"") {
            let end = left.find('"').ok_or("value without end")?;
            value = decode(&left[..end])?;
            rest = &left[end + 1..];
        }
        if attributes.iter().any(|(other, _)| *other == attribute) {
            return Err(format!("attribute twice: {attribute}"));
        }
        attributes.push((attribute, value));
    }
}

fn decode(text: &str) -> Result<String, String> {
    if text.contains(['<', '>', '\0', '\r']) {
        return Err(format!("not escaped: {text:.40?}"));
    }
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let (entity, after) = piece
            .split_once(';')
            .ok_or_else(|| format!("bare ampersand: {piece:.20?}"))?;
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#13" => '\r',
            _ => return Err(format!("entity {entity:.20?}")),
        });
        out.push_str(after);
    }
    Ok(out)
}

/// Checks that elements nest properly, that no link stands in a link and no block in a paragraph, that ids are unique, and
/// that nothing in it can run.
pub(crate) fn check(parts: &[Part]) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::End(name) if open.pop() == Some(name) => {}
            Part::End(name) => return Err(format!("</{name}> in {open:?}")),
            Part::Start(name, attributes) => {
                if FORBIDDEN.contains(&name.as_str()) {
                    return Err(format!("<{name}>"));
                }
                if name == "a" && open.contains(&"a") {
                    return Err("a link in a link".to_owned());
                }
                if NOT_IN_PARAGRAPH.contains(&name.as_str()) && open.contains(&"p") {
                    return Err(format!("<{name}> in a paragraph"));
                }
                for (attribute, value) in attributes {
                    check_attribute(attribute, value)?;
                    if attribute == "id" && !ids.insert(value) {
                        return Err(format!("id twice: {value}"));
                    }
                }
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("open at the end: {open:?}"))
    }
}

fn check_attribute(name: &str, value: &str) -> Result<(), String> {
    if name.starts_with("on") || name == "style" || name == "srcdoc" {
        return Err(format!("attribute {name}"));
    }
    if matches!(name, "href" | "src") {
        let scheme = value
            .split(['/', '?', '#'])
            .next()
            .and_then(|start| start.split_once(':'));
        let allowed = scheme.is_none_or(|(scheme, _)| {
            ["http", "https", "mailto"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
        });
        if !allowed
            || value.contains(|c: char| c.is_ascii_control() || c == ' ')
            || value.starts_with("//")
        {
            return Err(format!("{name}={value:?}"));
        }
        if name == "src" && scheme.is_some() {
            return Err(format!("asks another host: {value:?}"));
        }
    }
    Ok(())
}

/// The text of a page without its apparatus: numbers of paragraphs, marks of footnotes, links back, and elements named
/// `x-mark`.
pub(crate) fn text(parts: &[Part]) -> String {
    text_in(parts, |_, _| true, true)
}

/// The text of the elements that `within` chooses, without apparatus.
pub(crate) fn text_of(
    parts: &[Part],
    within: impl Fn(&str, &[(String, String)]) -> bool,
) -> String {
    text_in(parts, within, false)
}

fn text_in(
    parts: &[Part],
    within: impl Fn(&str, &[(String, String)]) -> bool,
    all: bool,
) -> String {
    let (mut out, mut skipped, mut inside) = (String::new(), 0_usize, 0_usize);
    let mut depth: Vec<bool> = Vec::new();
    for part in parts {
        match part {
            Part::Start(name, attributes) => {
                if attributes.iter().any(|(_, value)| value == "doc-backlink")
                    && out.ends_with(' ')
                    && all
                {
                    out.pop();
                }
                if VOID.contains(&name.as_str()) {
                    continue;
                }
                if skipped > 0 || is_apparatus(name, attributes) {
                    skipped += 1;
                }
                let chosen = within(name, attributes);
                inside += usize::from(chosen);
                depth.push(chosen);
            }
            Part::End(_) => {
                skipped = skipped.saturating_sub(1);
                inside -= usize::from(depth.pop() == Some(true));
            }
            Part::Text(text) if skipped == 0 && (all || inside > 0) => out.push_str(text),
            Part::Text(_) => {}
        }
    }
    out
}

fn is_apparatus(name: &str, attributes: &[(String, String)]) -> bool {
    let marks = ["pn", "doc-noteref", "doc-backlink"];
    name == "x-mark"
        || attributes
            .iter()
            .any(|(_, value)| marks.contains(&value.as_str()))
}
