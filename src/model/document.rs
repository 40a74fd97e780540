//! A Markdown text, parsed once: plain text, a map back to the source, and a flat program from which HTML is woven.

use std::sync::Arc;

use super::Body;
use crate::base::{Span, TextRange};

/// A parsed Markdown text.
///
/// `text` is the plain text of all blocks, in order, one newline between two of them; annotators read it and never the
/// Markdown. Every range refers to it. Nothing in `text` is invented: each byte comes from the source, save the newlines
/// between blocks, soft and hard line breaks (a space and a newline), characters that the source writes as entities, and
/// U+FFFD for NUL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The plain text.
    pub text: Arc<str>,
    /// From plain text to the source, in the order of the text and without overlap in it. In the source, footnotes may stand
    /// before what they follow in the text.
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
    /// The images that are shown, in order, for finding out whether their files are there.
    pub images: Vec<Picture>,
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
    /// The number of its paragraph, from 1, as readers see it (`¶3`). Paragraphs count wherever they stand, in block
    /// quotations and list items too; headings, cells, code and footnotes do not.
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
    /// A cell of a table, or a caption.
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

/// An image of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its address as written, a path relative to the page or to the root of the site.
    pub src: String,
    /// Where it is written.
    pub span: Span,
}

/// Attributes of an element: names and values, the values as they are, not escaped.
pub type Attributes = Vec<(&'static str, String)>;

/// What a block element has beside its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockHead {
    /// Fragment id: of headings, and `fn1` of footnotes.
    pub id: Option<String>,
    /// Its attributes.
    pub attributes: Attributes,
}

/// An ordinary link of the text. Its address is one of the four kinds below; all others were left out in reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLink {
    /// The address, as written, not escaped.
    pub href: String,
    /// What sort of address it is.
    pub kind: LinkKind,
    /// The words after the address, if any.
    pub title: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// The sorts of address that a link may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// `https://…` and `http://…`.
    External,
    /// `mailto:…`.
    Mail,
    /// A path, relative to the page or to the root of the site, possibly another source file (`other.md`).
    Relative,
    /// `#…`.
    Fragment,
}

/// One step in writing a document as HTML. Steps are properly nested by construction, and no link stands in a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Begins a block element.
    OpenBlock {
        /// Element name.
        tag: &'static str,
        /// What it has beside its name; hardly any has something.
        head: Option<Box<BlockHead>>,
        /// Index into [`Document::blocks`] of the prose that it holds directly.
        block: Option<u32>,
    },
    /// Ends a block element.
    CloseBlock(&'static str),
    /// Begins an inline element such as `em`, `strong` or `del`.
    OpenInline {
        /// Element name.
        tag: &'static str,
        /// Its attributes.
        attributes: Box<[(&'static str, String)]>,
    },
    /// Ends an inline element.
    CloseInline(&'static str),
    /// Begins an ordinary link. Ended by `CloseInline("a")`.
    OpenLink(Box<TextLink>),
    /// Begins a link by id; index into [`Document::wiki_links`]. Ended by `CloseInline("a")`.
    Link(u32),
    /// A citation; index into [`Document::citations`].
    Cite(u32),
    /// Text, to be escaped.
    Text(TextRange),
    /// An element without content: `br`, `hr`, `img`, `wbr`.
    Void {
        /// Element name.
        tag: &'static str,
        /// Its attributes.
        attributes: Box<[(&'static str, String)]>,
    },
    /// The box of a task in a list, and whether it is done.
    Task(bool),
    /// A code block with the language named after its fence.
    Code {
        /// Its text.
        range: TextRange,
        /// The first word after the fence.
        language: Option<Box<str>>,
    },
    /// The mark that leads to a footnote.
    FootnoteMark {
        /// The footnote's number, from 1.
        number: u32,
        /// Which of the marks that lead to it this is, from 1.
        mark: u32,
    },
    /// Links from a footnote back to its marks.
    FootnoteBack {
        /// The footnote's number, from 1.
        number: u32,
        /// How many marks lead to it; may be none.
        marks: u32,
    },
    /// Divides the document's top-level blocks: what follows belongs to top-level block number `n`, from 0.
    Top(u32),
    /// What follows are the footnotes, as items (`li`) of a list. Their blocks count as one more top-level block.
    Footnotes,
}

// A site has millions of them.
const _: () = assert!(size_of::<Op>() <= 40);

impl Document {
    /// The place in the source of a range of plain text.
    pub fn span(&self, range: TextRange) -> Span {
        let start = self.source_offset(range.start, false);
        let end = self.source_offset(range.end, true).max(start);
        self.body.span(start as usize..end as usize)
    }

    /// The ordinary links of the text, in order.
    pub fn links(&self) -> impl Iterator<Item = &TextLink> {
        self.ops.iter().filter_map(|op| match op {
            Op::OpenLink(link) => Some(&**link),
            _ => None,
        })
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
