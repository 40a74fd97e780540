//! A built site, read as a browser would read it: elements, attributes, text and links of every page.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// An element's start tag.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

impl Element {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// A page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) elements: Vec<Element>,
    /// The text of all elements but scripts.
    pub(crate) text: String,
}

#[derive(Default)]
struct Sink {
    page: RefCell<Page>,
    in_script: RefCell<bool>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes = tag
                    .attrs
                    .iter()
                    .map(|a| (a.name.local.to_string(), a.value.to_string()));
                let element = Element {
                    name: tag.name.to_string(),
                    attributes: attributes.collect(),
                };
                let raw = match element.name.as_str() {
                    "script" => Some(RawKind::ScriptData),
                    "style" => Some(RawKind::Rawtext),
                    "title" | "textarea" => Some(RawKind::Rcdata),
                    _ => None,
                };
                *self.in_script.borrow_mut() = matches!(element.name.as_str(), "script" | "style");
                self.page.borrow_mut().elements.push(element);
                raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
            }
            Token::TagToken(_) => {
                *self.in_script.borrow_mut() = false;
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                if !*self.in_script.borrow() {
                    self.page.borrow_mut().text.push_str(&text);
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Page {
    /// Reads HTML, by the tokenisation rules of the HTML standard (section 13.2.5).
    pub(crate) fn read(html: &str) -> Self {
        let input = BufferQueue::default();
        input.push_back(html.into());
        let options = TokenizerOpts {
            initial_state: Some(State::Data),
            ..TokenizerOpts::default()
        };
        let tokenizer = Tokenizer::new(Sink::default(), options);
        // A sink that never asks for a script to be run is never interrupted.
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.page.take()
    }

    /// The elements of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |e| e.name == name)
    }

    /// The fragments that can be led to.
    pub(crate) fn ids(&self) -> BTreeSet<&str> {
        self.elements.iter().filter_map(|e| e.get("id")).collect()
    }

    /// Every address that the page refers to: of links, files and forms.
    pub(crate) fn references(&self) -> Vec<&str> {
        let keys = ["href", "src", "action", "poster", "data"];
        let plain = self
            .elements
            .iter()
            .flat_map(|e| keys.iter().filter_map(|k| e.get(k)));
        let refresh = self
            .all("meta")
            .filter(|e| {
                e.get("http-equiv")
                    .is_some_and(|h| h.eq_ignore_ascii_case("refresh"))
            })
            .filter_map(|e| e.get("content")?.split_once("url=").map(|(_, url)| url));
        plain.chain(refresh).collect()
    }
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// To a file of the site, and a fragment of it.
    Inside { path: String, fragment: String },
    /// To another host, or into a mail.
    Outside(String),
    /// Above the site's root, or from there.
    Astray(String),
}

/// Resolves a reference from the page at `from`, as RFC 3986 has it for relative ones.
pub(crate) fn resolve(from: &str, reference: &str) -> Target {
    if reference
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|scheme| scheme.contains(':'))
    {
        return Target::Outside(reference.into());
    }
    let (rest, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    if path.is_empty() {
        return Target::Inside {
            path: from.into(),
            fragment: fragment.into(),
        };
    }
    if path.starts_with('/') {
        return Target::Astray(reference.into());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Target::Astray(reference.into());
                }
            }
            part => parts.push(part),
        }
    }
    if matches!(path.rsplit('/').next(), Some("." | "..")) {
        parts.push("");
    }
    let mut path = parts.join("/");
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    Target::Inside {
        path,
        fragment: fragment.into(),
    }
}

#[test]
fn references_resolve_as_browsers_resolve_them() {
    let inside = |path: &str, fragment: &str| Target::Inside {
        path: path.into(),
        fragment: fragment.into(),
    };
    let from = "events/x/index.html";
    for (reference, target) in [
        ("../../", inside("index.html", "")),
        ("../..", inside("index.html", "")),
        ("../y/#s1", inside("events/y/index.html", "s1")),
        ("#s2", inside(from, "s2")),
        ("./", inside(from, "")),
        ("?q=1", inside(from, "")),
        ("../../assets/a.css", inside("assets/a.css", "")),
        ("../../../a", Target::Astray("../../../a".into())),
        ("/a", Target::Astray("/a".into())),
        (
            "mailto:a@b.example",
            Target::Outside("mailto:a@b.example".into()),
        ),
    ] {
        assert_eq!(resolve(from, reference), target, "{reference}");
    }
}

#[test]
fn pages_are_read_as_browsers_read_them() {
    let page = Page::read(
        "<title>a<b></title><p id=x title='&lt;'>1 &amp; 2<script src=y><p id=z></script><a href='../'>c</a>",
    );
    assert_eq!(page.ids().into_iter().collect::<Vec<_>>(), ["x"]);
    assert_eq!(page.text, "a<b>1 & 2c");
    assert_eq!(page.references(), ["y", "../"]);
    assert_eq!(page.all("p").next().and_then(|p| p.get("title")), Some("<"));
}
