//! The loom: follows a document's steps with a stack of what is open.

mod opening;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use super::apparatus::{footnote_back, footnote_mark, task};
use super::extent::{Extent, extents};
use super::tags::{escape_attribute, push_end, push_link, push_start, push_text, push_void};
use super::threads::Fitted;
use super::{Context, Thread, Woven, WovenBlock};
use crate::base::TextRange;
use crate::model::{BlockHead, Document, Op};

/// How many threads may be open at one place. Further ones are left out there; without a bound, threads that overlap by
/// the thousand would cost the square of their number.
pub(super) const MOST_OPEN: usize = 64;

/// Something that is open.
enum Layer {
    /// An inline element of the Markdown: its step, its name (none where only its words are kept) and its extent.
    Element {
        op: usize,
        tag: Option<&'static str>,
        extent: Extent,
    },
    /// A thread, and the name of the element that stands for it here.
    Thread { index: usize, tag: &'static str },
}

impl Layer {
    fn is_link(&self) -> bool {
        match self {
            Self::Element { tag, .. } => *tag == Some("a"),
            Self::Thread { tag, .. } => *tag == "a",
        }
    }
}

/// A thread that covers this place and is not open, in the order in which such threads are opened.
type Waiting = (Reverse<u32>, u8, usize);

/// The weaver's state.
pub(super) struct Loom<'a> {
    document: &'a Document,
    threads: &'a [Thread],
    context: &'a Context<'a>,
    fitted: Fitted,
    extents: Vec<Extent>,
    next_extent: usize,
    next_start: usize,
    next_point: usize,
    waiting: BTreeSet<Waiting>,
    begun: Vec<bool>,
    stack: Vec<Layer>,
    /// How many links are open: none or one.
    links: usize,
    /// How many threads are open.
    open_threads: usize,
    /// HTML that waits for the end of a link.
    pending: String,
    /// Where the text that has been written ends.
    at: u32,
    /// Whether any text has been reached; what stands before all of it goes into its block.
    reached_text: bool,
    /// The name to show in place of the words of the link that is open; empty once it has been shown.
    replacement: Option<String>,
    html: String,
    /// How many tables there are, and how many have been begun.
    tables: (usize, usize),
    top: u32,
    footnotes: bool,
    woven: Woven,
}

impl<'a> Loom<'a> {
    pub(super) fn new(
        document: &'a Document,
        threads: &'a [Thread],
        context: &'a Context<'a>,
    ) -> Self {
        Self {
            document,
            threads,
            context,
            fitted: Fitted::new(document, threads),
            extents: extents(document),
            next_extent: 0,
            next_start: 0,
            next_point: 0,
            waiting: BTreeSet::new(),
            begun: vec![false; threads.len()],
            stack: Vec::new(),
            links: 0,
            open_threads: 0,
            pending: String::new(),
            at: 0,
            reached_text: false,
            replacement: None,
            html: String::new(),
            tables: (tables(document), 0),
            top: 0,
            footnotes: false,
            woven: Woven::default(),
        }
    }

    pub(super) fn weave(mut self) -> Woven {
        let document = self.document;
        for (index, op) in document.ops.iter().enumerate() {
            self.step(index, op);
        }
        self.end_part();
        self.woven
    }

    fn step(&mut self, index: usize, op: &Op) {
        match op {
            Op::OpenBlock { tag, head, block } => {
                self.close_all();
                self.open_block(tag, head.as_deref(), *block);
            }
            Op::CloseBlock(tag) => {
                self.close_all();
                push_end(&mut self.html, tag);
                if *tag == "table" {
                    self.html.push_str("</div>");
                }
            }
            Op::OpenInline { .. } | Op::OpenLink(_) | Op::Link(_) => self.open_inline(index),
            Op::CloseInline(_) => self.close_inline(),
            Op::Text(range) => self.text(*range),
            Op::Void { tag, attributes } => {
                self.close_finished();
                push_void(&mut self.html, tag, attributes, self.context.relative);
            }
            Op::Code { range, language } => self.code(*range, language.as_deref()),
            Op::Cite(index) => self.apparatus(|context| (context.citation)(*index)),
            Op::FootnoteMark { number, mark } => {
                self.apparatus(|context| footnote_mark(context, *number, *mark));
            }
            Op::FootnoteBack { number, marks } => {
                self.close_all();
                self.apparatus(|context| footnote_back(context, *number, *marks));
            }
            Op::Task(done) => self.apparatus(|context| task(context, *done)),
            Op::Top(top) => {
                self.end_part();
                self.top = *top;
            }
            Op::Footnotes => {
                self.end_part();
                self.footnotes = true;
            }
        }
    }

    // Blocks

    fn open_block(&mut self, tag: &'static str, head: Option<&BlockHead>, block: Option<u32>) {
        let paragraph = block.and_then(|block| self.document.blocks.get(block as usize)?.paragraph);
        let number = self
            .context
            .paragraph
            .and_then(|number| Some((paragraph?, number)));
        let id = match (head.and_then(|head| head.id.as_ref()), number) {
            (Some(id), _) => Some(format!("{}{id}", self.context.ids)),
            (None, Some((paragraph, _))) => Some(format!("p{paragraph}")),
            (None, None) => None,
        };
        if tag == "table" {
            let label = self.table_label();
            let _ = write!(
                self.html,
                "<div class=\"scroll\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">"
            );
        }
        let first = id.as_deref().map(|id| ("id", id));
        let attributes = head.map(|head| head.attributes.as_slice());
        push_start(
            &mut self.html,
            tag,
            first.as_slice(),
            attributes.unwrap_or_default(),
        );
        if let Some((paragraph, number)) = number {
            self.html.push_str(&number(paragraph));
        }
    }

    /// The label of the table that begins here. Regions of a page must differ in their names: where there are several,
    /// each has its number.
    fn table_label(&mut self) -> String {
        let word = escape_attribute(self.context.words.table);
        let (all, begun) = &mut self.tables;
        *begun += 1;
        match *all {
            0 | 1 => word,
            _ if word.is_empty() => word,
            _ => format!("{word} {begun}"),
        }
    }

    fn code(&mut self, range: TextRange, language: Option<&str>) {
        self.close_all();
        let code = (self.context.highlight)(range.of(&self.document.text), language);
        let _ = write!(self.html, "<pre tabindex=\"0\"><code>{code}</code></pre>");
    }

    /// Ends a top-level block or the footnotes.
    fn end_part(&mut self) {
        self.close_all();
        let html = std::mem::take(&mut self.html);
        if html.is_empty() {
            return;
        }
        if self.footnotes {
            self.woven.footnotes_html = Some(format!("<ol class=\"fn\">{html}</ol>"));
        } else {
            self.woven.blocks.push(WovenBlock {
                top: self.top,
                html,
            });
        }
    }

    /// Writes what stands between words and is none of them.
    fn apparatus(&mut self, html: impl FnOnce(&Context) -> String) {
        if self.context.apparatus {
            self.close_finished();
            let html = html(self.context);
            self.insert(&html);
        }
    }

    /// Writes HTML that may hold links, as soon as no link is open.
    fn insert(&mut self, html: &str) {
        if self.links > 0 {
            self.pending.push_str(html);
        } else {
            self.html.push_str(html);
        }
    }

    // Inline elements of the Markdown

    /// Begins an element. Threads that end in it are closed before it and go on inside, and so do links before a link.
    fn open_inline(&mut self, op: usize) {
        let extent = self
            .extents
            .get(self.next_extent)
            .copied()
            .unwrap_or_default();
        self.next_extent += 1;
        self.close_finished();
        let tag = self.tag_of(op);
        let link = tag == Some("a");
        let in_the_way = |layer: &Layer| match layer {
            Layer::Thread { index, .. } if self.end_of(*index) < extent.end => true,
            layer => link && layer.is_link(),
        };
        let lowest = self.stack.iter().position(in_the_way);
        let again = lowest.map(|lowest| self.unwind(lowest)).unwrap_or_default();
        for (op, tag, extent) in again {
            self.open_element(op, tag, extent);
        }
        self.open_element(op, tag, extent);
    }

    /// The element of a step; none where only the words are kept. Notes the name to be shown instead of words.
    fn tag_of(&mut self, op: usize) -> Option<&'static str> {
        match self.document.ops.get(op) {
            Some(Op::OpenInline { tag, .. }) => Some(tag),
            Some(Op::OpenLink(_)) => Some("a"),
            Some(Op::Link(index)) => {
                let wiki = (self.context.wiki)(*index);
                let bare = self
                    .document
                    .wiki_links
                    .get(*index as usize)
                    .is_some_and(|link| link.bare);
                self.replacement = wiki.name.filter(|name| bare && !name.is_empty());
                wiki.href.map(|_| "a")
            }
            _ => None,
        }
    }

    /// Opens an element of the Markdown, and before it the threads that cover all of it.
    fn open_element(&mut self, op: usize, tag: Option<&'static str>, extent: Extent) {
        if extent.start < extent.end {
            self.open_waiting(extent.start, extent.end, extent.link);
        }
        if tag.is_some() {
            let (html, context) = (&mut self.html, self.context);
            match self.document.ops.get(op) {
                Some(Op::OpenInline { tag, attributes }) => push_start(html, tag, &[], attributes),
                Some(Op::OpenLink(link)) => push_link(html, link, context.relative),
                Some(Op::Link(index)) => {
                    let wiki = (context.wiki)(*index);
                    let href = wiki.href.unwrap_or_default();
                    push_start(html, "a", &[("href", &href)], &wiki.attributes);
                }
                _ => {}
            }
        }
        self.push(Layer::Element { op, tag, extent });
    }

    fn close_inline(&mut self) {
        self.replacement = None;
        let Some(element) = self
            .stack
            .iter()
            .rposition(|layer| matches!(layer, Layer::Element { .. }))
        else {
            return;
        };
        self.unwind(element);
    }

    // Text

    fn text(&mut self, range: TextRange) {
        let document = self.document;
        self.at = self.at.max(range.start);
        self.reached_text = true;
        if let Some(name) = self.replacement.as_mut().map(std::mem::take) {
            if !name.is_empty() {
                self.close_finished();
                self.open_waiting(range.start, 0, false);
                push_text(&mut self.html, &name);
            }
            self.at = range.end;
            return;
        }
        let mut from = range.start;
        while from < range.end {
            self.at = from;
            self.close_finished();
            self.open_waiting(from, 0, false);
            let to = self.next_change(from).min(range.end);
            push_text(
                &mut self.html,
                TextRange {
                    start: from,
                    end: to,
                }
                .of(&document.text),
            );
            from = to;
        }
        self.at = range.end;
    }

    /// Where after `from` a thread next begins or ends.
    fn next_change(&self, from: u32) -> u32 {
        let open = self.stack.iter().filter_map(|layer| match layer {
            Layer::Thread { index, .. } => Some(self.end_of(*index)),
            Layer::Element { .. } => None,
        });
        let start = self
            .fitted
            .order
            .get(self.next_start)
            .map(|index| self.start_of(*index));
        let point = self
            .fitted
            .points
            .get(self.next_point)
            .map(|index| self.start_of(*index));
        let changes = open
            .chain(start)
            .chain(point)
            .filter(|change| *change > from);
        changes.min().unwrap_or(u32::MAX)
    }
}

/// How many tables a document has.
fn tables(document: &Document) -> usize {
    let table = |op: &&Op| matches!(op, Op::OpenBlock { tag: "table", .. });
    document.ops.iter().filter(table).count()
}
