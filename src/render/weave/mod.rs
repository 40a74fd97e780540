//! From a document and its marks to HTML: the only producer of annotation HTML.
//!
//! 1. [`threads`] fits each thread to the pieces of text that there are and orders them.
//! 2. [`loom`] follows the document's steps, and opens and closes threads between them. Threads that overlap are split and
//!    nested; where one covers a whole inline element it stays open around it, else it is closed and opened again.
//! 3. What is put between the words (marks of notes, citations) waits until no link is open.
//!
//! Invariant: the text comes out whole, unaltered and in order; elements nest properly and end within their block; there
//! is no link in a link; only a thread's first piece carries its id. The time is linear in text and threads, with a
//! factor for how many of them overlap at one place, which [`loom::MOST_OPEN`] bounds.

mod apparatus;
mod extent;
mod loom;
mod tags;
mod threads;

use crate::base::TextRange;
use crate::model::{Attributes, Document};

pub use tags::{escape_attribute, escape_text};

/// A range of plain text and the element that is to stand around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The words. An empty range has no element, and only what comes after it is written.
    pub range: TextRange,
    /// Element name, ASCII letters and digits; not read where there is a `href`.
    pub element: &'static str,
    /// Makes it a link to there. Within another link it becomes a `span`.
    pub href: Option<String>,
    /// Its attributes, without `id` and `href`; not escaped.
    pub attributes: Attributes,
    /// Fragment id, unique on the page; only its first piece carries it.
    pub id: Option<String>,
    /// The order of nesting where ranges are equal: smaller ones stand outside.
    pub rank: u8,
    /// Safe HTML to follow the range's end, as soon as no link is open.
    pub after: Option<String>,
}

impl Thread {
    /// A plain element around a range.
    pub fn new(range: TextRange, element: &'static str) -> Self {
        Self {
            range,
            element,
            href: None,
            attributes: Attributes::new(),
            id: None,
            rank: 0,
            after: None,
        }
    }
}

/// What a link by id leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wiki {
    /// Where it leads; without it the words stay as they are.
    pub href: Option<String>,
    /// The thing's own name, shown where the link has no words of its own. This alone can make a page differ from the
    /// document's plain text, which then has the target.
    pub name: Option<String>,
    /// Attributes of the link, without `href`; not escaped.
    pub attributes: Attributes,
}

/// Words of the interface.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Before the number of a footnote, for screen readers: `Note `.
    pub note: &'a str,
    /// Label of the link back, with `{n}` for the number: `Back to the text at note {n}`.
    pub back: &'a str,
    /// Label of a table that can be scrolled: `Table`.
    pub table: &'a str,
    /// Label of the box of a task that is done: `Done`.
    pub done: &'a str,
    /// Label of the box of a task that is not: `To do`.
    pub open: &'a str,
}

/// What the weaver has to know beyond the document. Functions that return HTML must return it safe and well-formed.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What a link by id leads to; by index into [`Document::wiki_links`].
    pub wiki: &'a dyn Fn(u32) -> Wiki,
    /// The label of a citation, as HTML; by index into [`Document::citations`].
    pub citation: &'a dyn Fn(u32) -> String,
    /// The number of a paragraph, as HTML that begins it; without it, paragraphs have neither number nor id.
    pub paragraph: Option<&'a dyn Fn(u32) -> String>,
    /// Where a relative address leads, if not to what is written.
    pub relative: &'a dyn Fn(&str) -> Option<String>,
    /// A code block's text as HTML, given its language.
    pub highlight: &'a dyn Fn(&str, Option<&str>) -> String,
    /// Put before the ids of headings, footnotes and their marks, where several documents share a page.
    pub ids: &'a str,
    /// Words of the interface.
    pub words: Words<'a>,
    /// Whether marks of footnotes, links back, citations and boxes of tasks are written.
    pub apparatus: bool,
}

impl Context<'static> {
    /// Links by id without a target, citations without a label, no numbers, code as it is.
    pub fn plain() -> Self {
        Self {
            wiki: &|_| Wiki::default(),
            citation: &|_| String::new(),
            paragraph: None,
            relative: &|_| None,
            highlight: &|text, _| escape_text(text),
            ids: "",
            words: Words {
                note: "",
                back: "{n}",
                table: "",
                done: "",
                open: "",
            },
            apparatus: false,
        }
    }
}

/// A document as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Woven {
    /// Its top-level blocks, without those in which nothing is to be seen.
    pub blocks: Vec<WovenBlock>,
    /// Its footnotes, a list.
    pub footnotes_html: Option<String>,
}

/// A top-level block as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WovenBlock {
    /// Its number, as in [`crate::model::Block::top`].
    pub top: u32,
    /// One element.
    pub html: String,
}

/// Weaves threads into a document.
pub fn weave(document: &Document, threads: &[Thread], context: &Context) -> Woven {
    loom::Loom::new(document, threads, context).weave()
}

/// The document without any thread or apparatus: what a woven page comes to when its tags are taken away has the same text.
pub fn plain_html(document: &Document) -> String {
    let woven = weave(document, &[], &Context::plain());
    let blocks = woven.blocks.into_iter().map(|block| block.html);
    blocks
        .chain(woven.footnotes_html)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests;
