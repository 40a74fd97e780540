//! Writing a document: text, segments, blocks and steps grow together here, and whatever the Markdown does, the steps
//! stay properly nested.

use std::ops::Range;
use std::sync::Arc;

use super::heading::HeadingIds;
use super::inline::Inline;
use crate::base::{Code, Diagnostic, TextRange};
use crate::model::{
    Attributes, Block, BlockHead, BlockKind, Body, Citation, Document, Heading, Op, Picture,
    Segment, WikiLink,
};

/// Block quotations, lists and tables that nest deeper than this are left out, not so their text.
pub(super) const DEEPEST_BLOCK: usize = 64;
/// Inline elements that nest deeper than this are left out, not so their text.
pub(super) const DEEPEST_INLINE: usize = 64;

/// A document being written.
pub(super) struct Projection<'a> {
    pub(super) body: &'a Body,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) text: String,
    pub(super) segments: Vec<Segment>,
    blocks: Vec<Block>,
    pub(super) ops: Vec<Op>,
    headings: Vec<Heading>,
    pub(super) wiki_links: Vec<WikiLink>,
    pub(super) citations: Vec<Citation>,
    pub(super) images: Vec<Picture>,
    ids: HeadingIds,
    elements: Vec<Element>,
    pub(super) inlines: Vec<Inline>,
    pub(super) prose: Option<Prose>,
    /// How many links are open; never more than one is written.
    pub(super) links: usize,
    /// Start tags of raw HTML that were left out for depth and whose end tags are still to come.
    pub(super) raw_left_out: usize,
    paragraphs: u32,
    tops: u32,
    in_footnotes: bool,
    pub(super) too_deep: bool,
}

/// A block element that is open.
struct Element {
    tag: &'static str,
    /// Its step; `None` if it was left out.
    op: Option<usize>,
}

/// A stretch of prose that is open.
pub(super) struct Prose {
    kind: BlockKind,
    /// The step of the element that holds it.
    op: usize,
    /// It has an element of its own that nobody wrote, as text after a list in an item has.
    implied: bool,
    /// Where its text begins, once there is some.
    pub(super) start: Option<usize>,
    /// Citations that stand before its first text.
    pub(super) waiting: Vec<usize>,
    /// Text in code spans, in order.
    code: Vec<Range<usize>>,
}

impl<'a> Projection<'a> {
    pub(super) fn new(body: &'a Body) -> Self {
        Self {
            body,
            diagnostics: Vec::new(),
            text: String::new(),
            segments: Vec::new(),
            blocks: Vec::new(),
            ops: Vec::new(),
            headings: Vec::new(),
            wiki_links: Vec::new(),
            citations: Vec::new(),
            images: Vec::new(),
            ids: HeadingIds::default(),
            elements: Vec::new(),
            inlines: Vec::new(),
            prose: None,
            links: 0,
            raw_left_out: 0,
            paragraphs: 0,
            tops: 0,
            in_footnotes: false,
            too_deep: false,
        }
    }

    pub(super) fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        while !self.elements.is_empty() {
            self.close_block();
        }
        self.end_prose();
        // Documents are kept until their pages are written.
        self.ops.shrink_to_fit();
        self.segments.shrink_to_fit();
        self.blocks.shrink_to_fit();
        let document = Document {
            text: Arc::from(self.text),
            segments: self.segments,
            blocks: self.blocks,
            ops: self.ops,
            headings: self.headings,
            wiki_links: self.wiki_links,
            citations: self.citations,
            images: self.images,
            body: self.body.clone(),
        };
        (document, self.diagnostics)
    }

    /// Notes a fault at a stretch of the body.
    pub(super) fn warn(
        &mut self,
        code: Code,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics
            .push(Diagnostic::new(code, self.body.span(range), message).help(help));
    }

    // Blocks

    /// Begins a block element. What nests too deep is left out, its items, rows and cells with it.
    pub(super) fn open_block(&mut self, tag: &'static str, attributes: Attributes) {
        self.end_prose();
        let part = matches!(
            tag,
            "li" | "thead" | "tbody" | "tr" | "th" | "td" | "dt" | "dd" | "caption" | "summary"
        );
        let container = matches!(
            tag,
            "blockquote" | "ul" | "ol" | "table" | "dl" | "div" | "details" | "section"
        );
        let parent_left_out = self
            .elements
            .last()
            .is_some_and(|parent| parent.op.is_none());
        let left_out =
            (part && parent_left_out) || (container && self.elements.len() >= DEEPEST_BLOCK);
        if left_out {
            self.too_deep = true;
            self.elements.push(Element { tag, op: None });
            return;
        }
        self.begin_top();
        self.elements.push(Element {
            tag,
            op: Some(self.ops.len()),
        });
        let head = (!attributes.is_empty()).then(|| {
            Box::new(BlockHead {
                id: None,
                attributes,
            })
        });
        self.ops.push(Op::OpenBlock {
            tag,
            head,
            block: None,
        });
    }

    /// Ends the innermost block element.
    pub(super) fn close_block(&mut self) {
        self.end_prose();
        if let Some(Element { tag, op: Some(_) }) = self.elements.pop() {
            self.ops.push(Op::CloseBlock(tag));
        }
    }

    /// The innermost block element that is open.
    pub(super) fn innermost(&self) -> Option<&'static str> {
        self.elements.last().map(|element| element.tag)
    }

    /// Whether the row that is open stands in the head of its table.
    pub(super) fn is_in_head(&self) -> bool {
        self.elements
            .iter()
            .nth_back(1)
            .is_some_and(|element| element.tag == "thead")
    }

    /// How many block elements are open.
    pub(super) fn depth(&self) -> usize {
        self.elements.len()
    }

    /// Whether anything was left out because it nests too deep.
    pub(super) fn is_too_deep(&self) -> bool {
        self.too_deep
    }

    /// Numbers a top-level block if one begins here.
    fn begin_top(&mut self) {
        if self.elements.iter().all(|element| element.op.is_none()) && !self.in_footnotes {
            self.ops.push(Op::Top(self.tops));
            self.tops += 1;
        }
    }

    /// Gives the innermost block element, just begun, a fragment id.
    pub(super) fn set_id(&mut self, value: String) {
        let op = self.elements.last().and_then(|element| element.op);
        if let Some(Op::OpenBlock { head, .. }) = op.and_then(|op| self.ops.get_mut(op)) {
            head.get_or_insert_default().id = Some(value);
        }
    }

    /// An element without content between blocks.
    pub(super) fn rule(&mut self) {
        self.end_prose();
        self.begin_top();
        self.ops.push(Op::Void {
            tag: "hr",
            attributes: Box::default(),
        });
    }

    /// A code block; its last line end is left out.
    pub(super) fn code_block(
        &mut self,
        parts: &[(String, Range<usize>)],
        language: Option<String>,
    ) {
        self.end_prose();
        self.begin_top();
        if parts
            .iter()
            .any(|(text, _)| !matches!(text.as_str(), "" | "\n"))
        {
            self.separate();
        }
        let start = self.text.len();
        for (i, (text, range)) in parts.iter().enumerate() {
            let last = i + 1 == parts.len();
            let text = if last {
                text.strip_suffix('\n').unwrap_or(text)
            } else {
                text
            };
            self.project(text, range.clone());
        }
        let range = TextRange::new(start, self.text.len());
        let language = language.map(String::into_boxed_str);
        self.ops.push(Op::Code { range, language });
        if !range.is_empty() {
            self.push_block(range, BlockKind::Code);
        }
    }

    /// Begins the footnotes.
    pub(super) fn footnotes(&mut self) {
        self.end_prose();
        self.in_footnotes = true;
        self.ops.push(Op::Footnotes);
    }

    /// Links back from the footnote that ends here: in its last paragraph if it ends in one.
    pub(super) fn footnote_back(&mut self, number: u32, marks: u32) {
        let back = Op::FootnoteBack { number, marks };
        if self.prose.as_ref().is_some_and(|prose| !prose.implied) {
            self.close_inlines();
            self.ops.push(back);
            return;
        }
        self.end_prose();
        if self.ops.last() == Some(&Op::CloseBlock("p")) {
            self.ops.pop();
            self.ops.extend([back, Op::CloseBlock("p")]);
        } else {
            self.ops.push(back);
        }
    }

    /// A heading that has just been written up to, not including, its end.
    pub(super) fn heading(&mut self, level: u8) {
        let start = self
            .prose
            .as_ref()
            .and_then(|prose| prose.start)
            .unwrap_or(self.text.len());
        let range = TextRange::new(start, self.text.len());
        let id = self.ids.of(range.of(&self.text));
        self.set_id(id.clone());
        self.headings.push(Heading { level, id, range });
    }

    fn push_block(&mut self, range: TextRange, kind: BlockKind) -> u32 {
        let counts = matches!(kind, BlockKind::Paragraph | BlockKind::Item);
        if counts {
            self.paragraphs += 1;
        }
        let top = if self.in_footnotes {
            self.tops
        } else {
            self.tops.saturating_sub(1)
        };
        let paragraph = counts.then_some(self.paragraphs);
        self.blocks.push(Block {
            range,
            kind,
            top,
            paragraph,
        });
        u32::try_from(self.blocks.len() - 1).unwrap_or(u32::MAX)
    }

    // Prose

    /// Makes sure that text can follow: in the innermost element if that has just begun, else in a paragraph of its own.
    pub(super) fn begin_prose(&mut self) {
        if self.prose.is_some() {
            return;
        }
        let last = self.ops.iter().rposition(|op| !matches!(op, Op::Task(_)));
        let holder = self
            .elements
            .last()
            .filter(|element| element.op.is_some() && element.op == last);
        let holder = holder
            .map(|element| element.tag)
            .filter(|tag| can_hold_text(tag));
        let implied = holder.is_none();
        let op = match last {
            Some(op) if !implied => op,
            _ => {
                self.begin_top();
                self.ops.push(Op::OpenBlock {
                    tag: "p",
                    head: None,
                    block: None,
                });
                self.ops.len() - 1
            }
        };
        let kind = self.kind_of(holder.unwrap_or("p"));
        self.prose = Some(Prose {
            kind,
            op,
            implied,
            start: None,
            waiting: Vec::new(),
            code: Vec::new(),
        });
    }

    fn kind_of(&self, tag: &str) -> BlockKind {
        match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
            "td" | "th" | "caption" | "figcaption" | "summary" => BlockKind::Cell,
            "pre" => BlockKind::Code,
            _ if self.in_footnotes => BlockKind::Footnote,
            "li" | "dt" | "dd" => BlockKind::Item,
            _ => BlockKind::Paragraph,
        }
    }

    /// Ends the prose that is open, if any: closes what is open in it and notes the block.
    pub(super) fn end_prose(&mut self) {
        self.close_inlines();
        let Some(prose) = self.prose.take() else {
            return;
        };
        let range = TextRange::new(prose.start.unwrap_or(self.text.len()), self.text.len());
        if !range.of(&self.text).trim().is_empty() {
            if prose.kind != BlockKind::Code {
                self.check_asterisks(range, &prose.code);
            }
            let index = self.push_block(range, prose.kind);
            if let Some(Op::OpenBlock { block, .. }) = self.ops.get_mut(prose.op) {
                *block = Some(index);
            }
        }
        if prose.implied {
            self.ops.push(Op::CloseBlock("p"));
        }
    }

    /// Whether prose is open.
    pub(super) fn in_prose(&self) -> bool {
        self.prose.is_some()
    }

    /// The text written since it was `from` bytes long, without the newline before its block.
    pub(super) fn since(&self, from: usize) -> TextRange {
        let start = self
            .prose
            .as_ref()
            .and_then(|prose| prose.start)
            .map_or(from, |start| start.max(from));
        TextRange::new(start.min(self.text.len()), self.text.len())
    }

    /// A newline between two blocks.
    fn separate(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Adds text that stands at `range` of the body.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.begin_prose();
        if self
            .prose
            .as_ref()
            .is_some_and(|prose| prose.start.is_none())
        {
            self.separate();
            let start = self.text.len();
            if let Some(prose) = &mut self.prose {
                prose.start = Some(start);
                for index in prose.waiting.drain(..) {
                    if let Some(citation) = self.citations.get_mut(index) {
                        citation.at = TextRange::new(start, start).start;
                    }
                }
            }
        }
        let from = self.text.len();
        self.project(text, range);
        let added = TextRange::new(from, self.text.len());
        match self.ops.last_mut() {
            Some(Op::Text(last)) if last.end == added.start => last.end = added.end,
            _ => self.ops.push(Op::Text(added)),
        }
    }

    /// Adds the text of a code span.
    pub(super) fn code_span(&mut self, text: &str, range: Range<usize>) {
        self.open_inline("code", Attributes::new());
        let from = self.text.len();
        let inner = self
            .body
            .text
            .get(range.clone())
            .and_then(|raw| raw.find(text));
        let inner = inner.map_or(range.clone(), |i| {
            range.start + i..range.start + i + text.len()
        });
        self.text(text, inner);
        let end = self.text.len();
        if let Some(prose) = &mut self.prose {
            prose.code.push(from..end);
        }
        self.close_inline();
    }

    /// Adds text and the segments that lead back to the body. NUL, which HTML cannot have, becomes U+FFFD.
    fn project(&mut self, text: &str, range: Range<usize>) {
        let verbatim = self.body.text.get(range.clone()) == Some(text);
        let mut source = range.start;
        for part in text.split_inclusive('\0') {
            let kept = part.strip_suffix('\0').unwrap_or(part);
            let (start, nul) = (self.text.len(), kept.len() < part.len());
            self.text.push_str(kept);
            if verbatim {
                self.segment(start, source..source + kept.len(), true);
                source += part.len();
            }
            if nul {
                let at = self.text.len();
                self.text.push('\u{fffd}');
                if verbatim {
                    self.segment(at, source - 1..source, false);
                }
            }
            if !verbatim {
                self.segment(start, range.clone(), false);
            }
        }
    }

    /// Notes that the text from `start` to here comes from `source`.
    fn segment(&mut self, start: usize, source: Range<usize>, verbatim: bool) {
        let text = TextRange::new(start, self.text.len());
        let source = TextRange::new(source.start, source.end);
        if text.is_empty() {
            return;
        }
        match self.segments.last_mut() {
            Some(last)
                if verbatim
                    && last.verbatim
                    && last.text.end == text.start
                    && last.source.end == source.start =>
            {
                last.text.end = text.end;
                last.source.end = source.end;
            }
            _ => self.segments.push(Segment {
                text,
                source,
                verbatim,
            }),
        }
    }
}

/// Elements whose text may stand in them directly.
fn can_hold_text(tag: &str) -> bool {
    !matches!(
        tag,
        "ul" | "ol"
            | "dl"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "blockquote"
            | "figure"
            | "section"
    )
}
