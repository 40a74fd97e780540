//! A Markdown text, parsed once: plain text, a map back to the source, and a flat program from which HTML is woven.

use std::sync::Arc;

use super::Body;
use crate::base::{Span, TextRange};

/// A parsed Markdown text.
///
/// `text` is the plain text of all blocks, in order, one newline between two of them; annotators read it and never the
/// Markdown. Every range refers to it. Nothing in `text` is invented: each byte comes from the source, save the newlines
/// between blocks, soft and hard line breaks (a space and a newline), and characters that the source writes as entities.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The plain text.
    pub text: Arc<str>,
    /// From plain text to the source, in order and without overlap.
    pub segments: Vec<Segment>,
    /// Stretches of prose and headings, in order: what sentences are looked for in.
    pub blocks: Vec<Block>,
    /// How to write it as HTML.
    pub ops: Vec<Op>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// `[[id|words]]`, in order; [`Op::Link`] refers to them by index.
    pub wiki_links: Vec<WikiLink>,
    /// `[@article "words"]`, in order; [`Op::Cite`] refers to them by index.
    pub citations: Vec<Citation>,
    /// The Markdown, for mapping ranges back.
    pub body: Body,
}

/// A stretch of plain text and the stretch of Markdown it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// In the plain text.
    pub text: TextRange,
    /// In the body, in bytes from its beginning.
    pub source: TextRange,
    /// Byte for byte the same in both; otherwise the stretch maps as a whole.
    pub verbatim: bool,
}

/// A stretch of prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Its text.
    pub range: TextRange,
    /// What it is.
    pub kind: BlockKind,
    /// The top-level block that it stands in, from 0.
    pub top: u32,
    /// The number of its paragraph, from 1, as readers see it (`¶3`). Headings, code and footnotes have none.
    pub paragraph: Option<u32>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A paragraph, wherever it stands.
    Paragraph,
    /// A heading.
    Heading,
    /// The text of a tight list item.
    Item,
    /// A cell of a table.
    Cell,
    /// A paragraph of a footnote.
    Footnote,
    /// A code block; annotators leave it alone.
    Code,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Fragment id, unique in the document.
    pub id: String,
    /// Its text.
    pub range: TextRange,
}

/// `[[target|words]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WikiLink {
    /// What stands before the bar: `id` or `kind:id`.
    pub target: String,
    /// The words, in the plain text.
    pub range: TextRange,
    /// No words were given, so the thing's own name is to be shown. The plain text then has the target.
    pub bare: bool,
    /// Where it is written.
    pub span: Span,
}

/// `[@article "words"; @other]`: one or more places in articles. Its plain text is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The places.
    pub places: Vec<CitedPlace>,
    /// Where in the plain text it stands.
    pub at: u32,
    /// Where it is written.
    pub span: Span,
}

/// One place of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedPlace {
    /// The article's id, as written.
    pub article: String,
    /// Its words; none for the article as a whole.
    pub quote: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// One step in writing a document as HTML. Steps are properly nested by construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Begins a block element; the string is its start tag, complete.
    OpenBlock {
        /// The start tag.
        tag: &'static str,
        /// Attributes, each with a space before it; safe.
        attributes: String,
        /// Index into [`Document::blocks`] of the prose that it holds directly.
        block: Option<u32>,
    },
    /// Ends a block element.
    CloseBlock(&'static str),
    /// Begins an inline element such as `em`, `strong`, `del`, or an ordinary link.
    OpenInline {
        /// Element name.
        tag: &'static str,
        /// Attributes, each with a space before it; safe.
        attributes: String,
    },
    /// Ends an inline element.
    CloseInline(&'static str),
    /// Begins a link by id; index into [`Document::wiki_links`]. Ended by `CloseInline("a")`.
    Link(u32),
    /// A citation; index into [`Document::citations`].
    Cite(u32),
    /// Text, to be escaped.
    Text(TextRange),
    /// A void or atomic piece of HTML: a line break, an image, cleaned raw HTML, a footnote's mark. It holds no plain text.
    Html(String),
    /// A code block with the language named after its fence.
    Code {
        /// Its text.
        range: TextRange,
        /// The first word after the fence.
        language: Option<String>,
    },
    /// Divides the document's top-level blocks: what follows belongs to top-level block number `n`.
    Top(u32),
    /// What follows are the footnotes, a list at the end.
    Footnotes,
}

impl Document {
    /// The place in the source of a range of plain text.
    pub fn span(&self, range: TextRange) -> Span {
        let start = self.source_offset(range.start, false);
        let end = self.source_offset(range.end, true).max(start);
        self.body.span(start as usize..end as usize)
    }

    /// The byte of the body that a byte of plain text comes from. At the seam of two segments `end` takes the earlier one.
    fn source_offset(&self, at: u32, end: bool) -> u32 {
        let after = self.segments.partition_point(|s| {
            if end {
                s.text.start < at
            } else {
                s.text.start <= at
            }
        });
        let Some(segment) = after.checked_sub(1).and_then(|i| self.segments.get(i)) else {
            return self.segments.first().map_or(0, |s| s.source.start);
        };
        let within = at.min(segment.text.end) - segment.text.start;
        match (segment.verbatim, end) {
            (true, _) => segment.source.start + within,
            (false, false) => segment.source.start,
            (false, true) => segment.source.end,
        }
    }
}
