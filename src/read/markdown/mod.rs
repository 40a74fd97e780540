//! From Markdown to a document.
//!
//! 1. Citations are found in the source ([`citation`]).
//! 2. pulldown-cmark reads the Markdown once, with offsets; footnotes are set aside as they come.
//! 3. [`Reader`] turns each event into calls on the [`projection`], which writes plain text, segments, blocks and steps.
//!    Addresses are judged ([`address`]), raw HTML is shown or cleaned ([`html`]), headings get ids ([`heading`]).
//! 4. The footnotes follow in the order in which they are first referred to, each with links back.
//!
//! Invariant: whatever the input, steps nest properly, no link stands in a link, every verbatim segment is the same in
//! text and source, and no word of the source is lost but for what HTML cleaning takes away. Time and memory grow with the length
//! of the text and not with how deep it nests.

mod address;
mod asterisk;
mod citation;
mod footnote;
mod heading;
mod html;
mod inline;
mod link;
mod projection;
mod raw;

pub use self::heading::is_reserved;

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use self::citation::Written;
use self::footnote::Footnotes;
use self::html::steers;
use self::link::{Image, Open};
use self::projection::Projection;
use self::raw::RawHtml;
use crate::base::{Code, Outcome};
use crate::model::{Attributes, Body, Citation, CitedPlace, Document, Op};

/// Whose Markdown it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flavour {
    /// An article: not trusted. Raw HTML is shown as text, but for `strong`, `em` and `br` without attributes; there
    /// are no citations.
    Corpus,
    /// The editor's own: raw HTML is cleaned and kept, citations are read.
    Content,
}

/// Parses Markdown. There is always a document; faults come as warnings.
pub fn parse(body: &Body, flavour: Flavour) -> Outcome<Document> {
    let mut reader = Reader::new(body, flavour);
    for (event, range) in Parser::new_ext(&body.text, options()).into_offset_iter() {
        let event = tame(event);
        if let Some((event, range)) = reader.footnotes.set_aside(event, range) {
            reader.event(event, range);
        }
    }
    reader.footnotes();
    reader.finish()
}

/// Replaces control characters that the source writes as references (`&#27;`), as CommonMark does with NUL. Such a text
/// is an event of its own, so nothing else loses its place.
fn tame(event: Event<'_>) -> Event<'_> {
    let tame = |text: CowStr<'_>| -> CowStr<'_> { text.replace(steers, "\u{fffd}").into() };
    match event {
        Event::Text(text) if text.contains(steers) => Event::Text(tame(text).into_static()),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) if title.contains(steers) => Event::Start(Tag::Link {
            link_type,
            dest_url,
            title: tame(title).into_static(),
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) if title.contains(steers) => Event::Start(Tag::Image {
            link_type,
            dest_url,
            title: tame(title).into_static(),
            id,
        }),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.contains(steers) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(
                tame(info).into_static(),
            )))
        }
        event => event,
    }
}

/// What is read besides CommonMark. Nothing here alters text: no smart punctuation.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}

/// Turns events into a document.
struct Reader<'a> {
    flavour: Flavour,
    source: &'a str,
    out: Projection<'a>,
    footnotes: Footnotes<'a>,
    citations: Vec<Written>,
    /// Up to here the source belongs to a citation and is not text.
    cited_to: usize,
    /// Where the blocks end that are open, in the source.
    ends: Vec<usize>,
    /// Inline containers that are open and need something done at their end.
    open: Vec<Open>,
    image: Option<Image>,
    code: Option<CodeText>,
    raw: Option<RawHtml>,
    raw_warned: bool,
    alignments: Vec<Alignment>,
    column: usize,
}

/// A code block whose text is being gathered.
struct CodeText {
    parts: Vec<(String, Range<usize>)>,
    language: Option<String>,
}

impl<'a> Reader<'a> {
    fn new(body: &'a Body, flavour: Flavour) -> Self {
        let citations = match flavour {
            Flavour::Corpus => Vec::new(),
            Flavour::Content => citation::scan(&body.text),
        };
        Self {
            flavour,
            source: &body.text,
            out: Projection::new(body),
            footnotes: Footnotes::default(),
            citations,
            cited_to: 0,
            ends: Vec::new(),
            open: Vec::new(),
            image: None,
            code: None,
            raw: None,
            raw_warned: false,
            alignments: Vec::new(),
            column: 0,
        }
    }

    fn finish(mut self) -> Outcome<Document> {
        if self.out.is_too_deep() {
            let message = "quotations, lists or emphasis nest deeper here than can be shown; the innermost are shown flat";
            self.out
                .warn(Code::Markdown, 0..0, message, "use fewer levels");
        }
        let (value, diagnostics) = self.out.finish();
        Outcome { value, diagnostics }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some(image) = &mut self.image {
            if image.take(&event) {
                self.end_image();
            }
            return;
        }
        let cited = range.start < self.cited_to;
        match event {
            Event::Start(tag) => self.start(tag, range, cited),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Html(text) => {
                if let Some(raw) = &mut self.raw {
                    raw.push(&text, range);
                }
            }
            Event::Rule => {
                self.block_begins();
                self.out.rule();
            }
            _ if cited => {}
            Event::Code(text) => self.out.code_span(&text, range),
            Event::InlineHtml(text) => self.inline_html(&text, range),
            Event::SoftBreak => self.out.text(" ", range),
            Event::HardBreak => self.out.line_break(range),
            Event::FootnoteReference(label) => {
                let (number, mark) = self.footnotes.refer(&label);
                self.out.mark(Op::FootnoteMark { number, mark });
            }
            Event::TaskListMarker(done) => {
                // The box stands in the item or its paragraph before any text, and is no text itself.
                self.out.ops.push(Op::Task(done));
            }
            // Formulas are not enabled; if they ever come, they are text.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.out.text(&text, range),
        }
    }

    // Blocks

    fn block_begins(&mut self) {
        self.cited_to = 0;
        self.raw_warned = false;
        self.open.clear();
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>, cited: bool) {
        let none = Attributes::new;
        match tag {
            Tag::Emphasis => self.open_inline("em"),
            Tag::Strong => self.open_inline("strong"),
            Tag::Strikethrough => self.open_inline("del"),
            Tag::Superscript => self.open_inline("sup"),
            Tag::Subscript => self.open_inline("sub"),
            Tag::Link { .. } if cited => {
                self.out.open_left_out();
                self.open.push(Open::Plain);
            }
            Tag::Image { .. } if cited => self.image = Some(Image::new(None)),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title, range),
            Tag::Image {
                dest_url, title, ..
            } => self.image(&dest_url, &title, range),
            _ => {
                self.block_begins();
                self.ends.push(range.end);
                match tag {
                    Tag::Paragraph => self.out.open_block("p", none()),
                    Tag::Heading { level, .. } => {
                        self.out.open_block(heading_tag(level as u8), none());
                    }
                    Tag::BlockQuote(_) => self.out.open_block("blockquote", none()),
                    Tag::CodeBlock(kind) => self.code = Some(CodeText::new(&kind)),
                    Tag::HtmlBlock => self.raw = Some(RawHtml::default()),
                    Tag::List(None) => self.out.open_block("ul", none()),
                    Tag::List(Some(1)) => self.out.open_block("ol", none()),
                    Tag::List(Some(start)) => self
                        .out
                        .open_block("ol", vec![("start", start.to_string())]),
                    Tag::Item => self.out.open_block("li", none()),
                    Tag::Table(alignments) => {
                        self.alignments = alignments;
                        self.out.open_block("table", none());
                    }
                    Tag::TableHead => {
                        self.column = 0;
                        self.out.open_block("thead", none());
                        self.out.open_block("tr", none());
                    }
                    Tag::TableRow => {
                        self.column = 0;
                        if self.out.innermost() != Some("tbody") {
                            self.out.open_block("tbody", none());
                        }
                        self.out.open_block("tr", none());
                    }
                    Tag::TableCell => self.cell(),
                    _ => self.out.open_block("div", none()),
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.end_inline(range),
            _ => {
                self.ends.pop();
                self.cited_to = 0;
                self.end_block(tag, range);
            }
        }
    }

    fn end_block(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.out.code_block(&code.parts, code.language);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(raw) = self.raw.take() {
                    self.html_block(&raw, range);
                }
            }
            TagEnd::Heading(level) => {
                self.out.heading(level as u8);
                self.out.close_block();
            }
            TagEnd::TableHead => {
                self.out.close_block();
                self.out.close_block();
            }
            TagEnd::Table => {
                if self.out.innermost() == Some("tbody") {
                    self.out.close_block();
                }
                self.out.close_block();
            }
            _ => self.out.close_block(),
        }
    }

    fn cell(&mut self) {
        let mut attributes = Attributes::new();
        let tag = if self.out.is_in_head() { "th" } else { "td" };
        if tag == "th" {
            attributes.push(("scope", "col".to_owned()));
        }
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Right) => Some("right"),
            Some(Alignment::Center) => Some("center"),
            _ => None,
        };
        if let Some(class) = class {
            attributes.push(("class", class.to_owned()));
        }
        self.column += 1;
        self.out.open_block(tag, attributes);
    }

    // Text

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(code) = &mut self.code {
            code.parts.push((text.to_owned(), range));
            return;
        }
        if let Some(raw) = &mut self.raw {
            raw.push(text, range);
            return;
        }
        if self.source.get(range.clone()) != Some(text) {
            if range.start >= self.cited_to {
                self.out.text(text, range);
            }
            return;
        }
        let mut at = range.start.max(self.cited_to.min(range.end));
        while at < range.end {
            let next = self
                .citations
                .partition_point(|written| written.range.start < at);
            let begins = self
                .citations
                .get(next)
                .map_or(usize::MAX, |written| written.range.start);
            let until = begins.min(range.end);
            self.out
                .text(self.source.get(at..until).unwrap_or(""), at..until);
            if until == range.end {
                return;
            }
            at = self.cite(next).max(until).min(range.end);
        }
    }

    /// Reads the citation of that index, whose bracket is text; returns where the source goes on.
    fn cite(&mut self, index: usize) -> usize {
        let Some(written) = self.citations.get(index).cloned() else {
            return 0;
        };
        let range = written.range.clone();
        let fits = self.ends.last().is_some_and(|end| range.end <= *end);
        if written.places.is_empty() || !fits {
            let message = "this looks like a citation and is not one, so it is shown as text";
            let help = "a citation is written [@ARTICLE-ID \"words of that article\"]; several are divided by semicolons";
            self.out
                .warn(Code::Markdown, range.start..range.start + 2, message, help);
            let end = (range.start + 2).min(self.source.len());
            self.out.text(
                self.source.get(range.start..end).unwrap_or(""),
                range.start..end,
            );
            return end;
        }
        let body = self.out.body;
        let places = written.places.into_iter().map(|place| CitedPlace {
            article: place.article,
            quote: place.quote,
            span: body.span(place.range),
        });
        let citation = Citation {
            places: places.collect(),
            at: 0,
            span: body.span(range.clone()),
        };
        self.out.cite(citation);
        self.cited_to = range.end;
        range.end
    }
}

impl CodeText {
    fn new(kind: &CodeBlockKind) -> Self {
        let language = match kind {
            CodeBlockKind::Fenced(info) => first_word(info),
            CodeBlockKind::Indented => None,
        };
        Self {
            parts: Vec::new(),
            language,
        }
    }
}

fn first_word(info: &CowStr) -> Option<String> {
    let word = info
        .split(|c: char| c.is_whitespace() || c == ',')
        .find(|word| !word.is_empty());
    word.map(str::to_owned)
}

fn heading_tag(level: u8) -> &'static str {
    match level {
        1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}
