//! Raw HTML: which of its elements are kept, and how a block of it is cleaned.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::Attributes;

/// Inline elements that pages, topics and other content may use in their Markdown.
const INLINE: &[&str] = &[
    "abbr", "b", "bdi", "br", "cite", "del", "em", "i", "ins", "kbd", "mark", "q", "rb", "rp",
    "rt", "rtc", "ruby", "small", "span", "strong", "sub", "sup", "wbr",
];

/// Elements that articles may use, without attributes: Korean text needs them, for asterisks do not make
/// `**“인용”**은` bold.
const CORPUS: &[&str] = &["br", "em", "strong"];

/// Block elements that are kept in blocks of HTML.
const BLOCK: &[&str] = &[
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Inline elements that are kept in blocks of HTML besides [`INLINE`].
const BLOCK_INLINE: &[&str] = &["a", "code", "img"];

/// Attributes that any kept element may have.
const ATTRIBUTES: &[&str] = &["lang", "dir", "title"];

/// Attributes of single elements in blocks of HTML.
const OWN_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("img", &["src", "alt", "width", "height"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("ol", &["start"]),
];

/// Blocks of HTML that nest deeper than this are shown as text.
const DEEPEST: usize = 64;
/// Blocks of HTML that are longer than this, in bytes, are shown as text.
const LONGEST: usize = 1 << 20;

/// A tag as written in the middle of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<em>`.
    Open(&'static str, Attributes),
    /// `</em>`.
    Close(&'static str),
    /// `<br>`, `<wbr>`.
    Void(&'static str),
    /// A comment.
    Comment,
    /// Anything else; it is not kept.
    Other,
}

/// Reads a single tag of content.
pub(super) fn content_tag(text: &str) -> Tag {
    tag(text, INLINE)
}

/// Reads a single tag of an article. Any attribute makes it [`Tag::Other`].
pub(super) fn corpus_tag(text: &str) -> Tag {
    match tag(text, CORPUS) {
        Tag::Comment => Tag::Other,
        found if text.bytes().any(|b| b == b'=') || has_space_inside(text) => {
            drop(found);
            Tag::Other
        }
        found => found,
    }
}

fn has_space_inside(text: &str) -> bool {
    let inner = text
        .trim_start_matches('<')
        .trim_end_matches(['/', '>', ' ']);
    inner.chars().any(char::is_whitespace)
}

fn tag(text: &str, allowed: &'static [&'static str]) -> Tag {
    let Some(inner) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) else {
        return Tag::Other;
    };
    if inner.starts_with("!--") {
        return Tag::Comment;
    }
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let name_end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let name = inner[..name_end].to_ascii_lowercase();
    let Some(name) = allowed.iter().copied().find(|known| *known == name) else {
        return Tag::Other;
    };
    match name {
        "br" | "wbr" if closing => Tag::Other,
        "br" | "wbr" => Tag::Void(name),
        _ if closing => Tag::Close(name),
        _ => Tag::Open(name, safe_attributes(attributes(&inner[name_end..]))),
    }
}

/// The attributes in the rest of a tag, entities resolved; names in lower case.
fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let name_end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
            .unwrap_or(rest.len());
        if rest.is_empty() {
            return found;
        }
        let name = rest[..name_end].to_ascii_lowercase();
        rest = rest[name_end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (start, end) = match quote {
                Some(quote) => (1, after[1..].find(quote).map_or(after.len(), |i| i + 1)),
                None => (0, after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            value = &after[start..end];
            rest = after.get(end + start..).unwrap_or("");
        }
        found.push((name, unescape(value)));
    }
}

/// The attributes that any element may have, with values that make sense, each once.
fn safe_attributes(written: Vec<(String, String)>) -> Attributes {
    let mut safe = Attributes::new();
    for (name, value) in written {
        let Some(name) = ATTRIBUTES.iter().copied().find(|known| *known == name) else {
            continue;
        };
        let fits = match name {
            "lang" => is_language(&value),
            "dir" => matches!(value.as_str(), "ltr" | "rtl" | "auto"),
            _ => true,
        };
        if fits && safe.iter().all(|(other, _)| *other != name) {
            safe.push((name, value));
        }
    }
    safe
}

fn is_language(value: &str) -> bool {
    !value.is_empty()
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// A part of a cleaned block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A start tag; attributes have passed the list and not yet been judged.
    Open(&'static str, Vec<(String, String)>),
    /// An end tag.
    Close(&'static str),
    /// Text, entities resolved.
    Text(String),
}

impl Token {
    /// Whether an element of that name is a block.
    pub(super) fn is_block(name: &str) -> bool {
        BLOCK.contains(&name)
    }

    /// Attributes to print: the common ones, and numbers and scopes of tables and lists.
    pub(super) fn attributes(name: &str, written: Vec<(String, String)>) -> Attributes {
        let own = OWN_ATTRIBUTES
            .iter()
            .find(|(element, _)| *element == name)
            .map_or(&[][..], |(_, list)| list);
        let mut extra = Attributes::new();
        for (attribute, value) in &written {
            let Some(attribute) = own.iter().copied().find(|known| known == attribute) else {
                continue;
            };
            let number =
                !value.is_empty() && value.len() < 5 && value.bytes().all(|b| b.is_ascii_digit());
            let scope = attribute == "scope"
                && matches!(value.as_str(), "row" | "col" | "rowgroup" | "colgroup");
            if scope
                || (number && attribute != "scope")
                    && extra.iter().all(|(other, _)| *other != attribute)
            {
                extra.push((attribute, value.clone()));
            }
        }
        let mut all = safe_attributes(written);
        all.extend(extra);
        all
    }
}

/// Cleans a block of HTML and takes it apart; `None` if it is too long or nests too deep to be worth it.
///
/// It is cleaned twice: elements that the first pass takes away may leave behind what no parser would have nested so.
pub(super) fn clean(block: &str) -> Option<Vec<Token>> {
    if block.len() > LONGEST || rough_depth(block) > DEEPEST {
        return None;
    }
    let once = CLEANER.clean(block).to_string();
    let twice = CLEANER.clean(&once).to_string();
    Some(tokens(&twice.replace(steers, "\u{fffd}")))
}

/// The elements and attributes of raw HTML that cleaning takes away and that would have done something, each once, as
/// they are named to people: `<script>`, `onclick`. In a block more elements are kept than in the middle of a text.
pub(super) fn dropped(text: &str, block: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let inner = rest.get(..end_of_tag(rest)).unwrap_or("");
        rest = rest.get(inner.len()..).unwrap_or("");
        let name_end = inner
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(inner.len());
        let name = inner[..name_end].to_ascii_lowercase();
        let known = INLINE.contains(&name.as_str())
            || block
                && [BLOCK, BLOCK_INLINE]
                    .iter()
                    .any(|list| list.contains(&name.as_str()));
        if !known {
            found.push(format!("<{name}>"));
            // What stands in these is no HTML.
            if matches!(name.as_str(), "script" | "style") {
                let end = rest.to_ascii_lowercase().find(&format!("</{name}"));
                rest = end.and_then(|end| rest.get(end..)).unwrap_or("");
            }
            continue;
        }
        let written = attributes(&inner[name_end..]).into_iter();
        found.extend(written.map(|(attribute, _)| attribute).filter(|attribute| {
            let without_effect = attribute.starts_with("data-")
                || matches!(attribute.as_str(), "loading" | "decoding" | "rel");
            !without_effect && !is_kept(&name, attribute)
        }));
    }
    let mut seen = HashSet::new();
    found.retain(|what| seen.insert(what.clone()));
    found
}

/// Whether an attribute of a kept element is kept.
fn is_kept(element: &str, attribute: &str) -> bool {
    let mut own = OWN_ATTRIBUTES.iter().filter(|(name, _)| *name == element);
    ATTRIBUTES.contains(&attribute) || own.any(|(_, list)| list.contains(&attribute))
}

/// The length of a tag whose `<` has been cut off, up to the `>` outside of quotation marks. Only a quotation mark after
/// `=` begins a value.
fn end_of_tag(rest: &str) -> usize {
    let (mut quote, mut last) = (None, b' ');
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') if last == b'=' => quote = Some(byte),
            (None, b'>') => return at,
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
    }
    rest.len()
}

/// Whether a character is one that a page must not have, and that a reference (`&#27;`) can bring about.
pub(super) fn steers(c: char) -> bool {
    c.is_control() && !"\t\n\r".contains(c)
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags: HashSet<&str> = [INLINE, BLOCK, BLOCK_INLINE].concat().into_iter().collect();
    let own = OWN_ATTRIBUTES
        .iter()
        .map(|(element, list)| (*element, list.iter().copied().collect()));
    let own: HashMap<&str, HashSet<&str>> = own.collect();
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(tags)
        .tag_attributes(own)
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None);
    cleaner
});

/// How deep the elements may nest: those opened less those closed, where it makes a difference.
fn rough_depth(block: &str) -> usize {
    const CLOSED_BY_ITSELF: &[&str] = &[
        "area", "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "p", "td",
        "th", "tr", "tbody", "thead", "tfoot", "wbr", "rb", "rt", "rp", "rtc",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in block.match_indices('<') {
        let rest = &block[at + 1..];
        let closing = rest.starts_with('/');
        let name = rest
            .trim_start_matches('/')
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or("");
        if name.is_empty()
            || CLOSED_BY_ITSELF
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
        {
            continue;
        }
        depth = if closing {
            depth.saturating_sub(1)
        } else {
            depth + 1
        };
        deepest = deepest.max(depth);
    }
    deepest
}

/// Takes apart what the cleaner wrote: well-formed, attributes in double quotation marks, no comments.
fn tokens(mut rest: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let Some(end) = rest.strip_prefix('<').and_then(tag_end) else {
            let from = usize::from(rest.starts_with('<'));
            let end = rest[from..].find('<').map_or(rest.len(), |i| i + from);
            tokens.push(Token::Text(unescape(&rest[..end])));
            rest = &rest[end..];
            continue;
        };
        let inner = &rest[1..=end];
        rest = &rest[end + 2..];
        let name_end = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, closing) = match inner[..name_end].strip_prefix('/') {
            Some(name) => (name, true),
            None => (&inner[..name_end], false),
        };
        let known = [INLINE, BLOCK, BLOCK_INLINE]
            .into_iter()
            .flatten()
            .copied()
            .find(|known| *known == name);
        match known {
            Some(name) if closing => tokens.push(Token::Close(name)),
            Some(name) => tokens.push(Token::Open(name, attributes(&inner[name_end..]))),
            None => {}
        }
    }
    tokens
}

/// Where the tag ends whose beginning has been cut off: the `>` outside of quotation marks.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quoted = false;
    for (i, b) in rest.bytes().enumerate() {
        match b {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(i),
            _ => {}
        }
    }
    None
}

/// Resolves the entities that serialisers write, and numeric ones.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut ends = rest.bytes().take(12);
        let entity = ends.position(|b| b == b';').map(|end| &rest[1..end]);
        match entity.and_then(|name| Some((name, entity_char(name)?))) {
            Some((name, c)) => {
                out.push(c);
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity_char(name: &str) -> Option<char> {
    match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some('\u{a0}'),
        _ => {}
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Control characters stay what they are written as.
    char::from_u32(code).filter(|c| !steers(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_content_keep_three_attributes() {
        assert_eq!(
            content_tag("<SPAN lang='ko' onclick=x() title=\"a &amp; b\" class=z>"),
            Tag::Open(
                "span",
                vec![("lang", "ko".into()), ("title", "a & b".into())]
            )
        );
        assert_eq!(content_tag("</b >"), Tag::Close("b"));
        assert_eq!(content_tag("<br/>"), Tag::Void("br"));
        assert_eq!(content_tag("<!-- x -->"), Tag::Comment);
        assert_eq!(content_tag("<script>"), Tag::Other);
        assert_eq!(
            content_tag("<span lang='\"><script>'>"),
            Tag::Open("span", vec![])
        );
    }

    #[test]
    fn tags_of_articles_have_no_attributes() {
        assert_eq!(corpus_tag("<strong>"), Tag::Open("strong", vec![]));
        assert_eq!(corpus_tag("<br />"), Tag::Void("br"));
        for other in [
            "<strong lang=ko>",
            "<em hidden>",
            "<b>",
            "<!-- x -->",
            "<strong\nx>",
        ] {
            assert_eq!(corpus_tag(other), Tag::Other, "{other}");
        }
    }

    #[test]
    fn blocks_are_cleaned() {
        let tokens =
            clean("<div onclick=x><script>evil()</script><p>a &lt; b<p title='\"'>c</div>");
        let tokens = tokens.expect("short");
        assert_eq!(tokens[0], Token::Open("div", vec![]));
        assert!(tokens.contains(&Token::Text("a < b".into())));
        assert!(tokens.contains(&Token::Open("p", vec![("title".into(), "\"".into())])));
        assert!(!tokens.contains(&Token::Text("evil()".into())));
    }

    #[test]
    fn what_is_taken_away_is_named() {
        let cases: [(&str, &[&str]); 9] = [
            ("<p lang=ko title='a > b'>x</p>", &[]),
            ("<!-- <script> --> a < b <3", &[]),
            ("<SCRIPT>if (a<b) '<svg>'</script><p>", &["<script>"]),
            ("<style>b{}</style>", &["<style>"]),
            ("<iframe src=x></iframe>", &["<iframe>"]),
            (
                "<b onclick=\"a>b\" style=x><i onclick>",
                &["onclick", "style"],
            ),
            ("<td colspan=2><img src=x loading=lazy data-x=y>", &[]),
            ("<td src=x>", &["src"]),
            ("<script", &["<script>"]),
        ];
        for (text, expected) in cases {
            assert_eq!(dropped(text, true), expected, "{text}");
        }
        assert_eq!(dropped("<td>", false), ["<td>"]);
    }

    #[test]
    fn depth_and_length_are_bounded() {
        assert_eq!(clean(&"<div>".repeat(10_000)), None);
        assert_eq!(clean(&"x".repeat(LONGEST + 1)), None);
        assert!(clean(&"<p>a".repeat(1000)).is_some());
    }
}
