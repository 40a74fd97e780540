//! Raw HTML in Markdown: single tags in a paragraph, and whole blocks.

use std::ops::Range;

use super::address::{self, Address};
use super::html::{self, Tag, Token};
use super::{Flavour, Reader};
use crate::base::Code;
use crate::model::{Attributes, LinkKind};

/// What to do about HTML that is not kept.
const NOT_KEPT: &str = "a few elements and attributes for text are kept, and no script, style or event handler; write it in Markdown, or as `code` if it is to be read";

/// A block of HTML that is being gathered.
#[derive(Default)]
pub(super) struct RawHtml {
    text: String,
    /// Its lines, as they stand in the source.
    lines: Vec<(String, Range<usize>)>,
}

impl RawHtml {
    pub(super) fn push(&mut self, text: &str, range: Range<usize>) {
        self.text.push_str(text);
        self.lines.push((text.to_owned(), range));
    }
}

impl Reader<'_> {
    /// A single tag in the middle of a text.
    pub(super) fn inline_html(&mut self, text: &str, range: Range<usize>) {
        let tag = match self.flavour {
            Flavour::Corpus => html::corpus_tag(text),
            Flavour::Content => html::content_tag(text),
        };
        match tag {
            Tag::Open(name, attributes) => {
                if self.flavour == Flavour::Content {
                    self.warn_dropped(text, false, range);
                }
                self.out.open_raw(name, attributes);
            }
            Tag::Close(name) => {
                if !self.out.close_raw(name) {
                    let message =
                        format!("</{name}> ends nothing that began here, so it is left out");
                    self.warn_raw(
                        range,
                        message,
                        format!("write <{name}> before the words, in the same paragraph"),
                    );
                }
            }
            Tag::Void("br") => self.out.line_break(range),
            Tag::Void(name) => self.out.void(name, Attributes::new()),
            Tag::Comment => {}
            Tag::Other => self.other_html(text, range),
        }
    }

    /// HTML that is not kept: shown as text in articles, left out elsewhere.
    fn other_html(&mut self, text: &str, range: Range<usize>) {
        match self.flavour {
            Flavour::Corpus => {
                self.out.text(text, range.clone());
                self.warn_shown(range);
            }
            Flavour::Content => {
                if !self.warn_dropped(text, false, range.clone()) {
                    let message = "this HTML is not kept: only a few elements for text are";
                    self.warn_raw(range, message.to_owned(), NOT_KEPT.to_owned());
                }
            }
        }
    }

    /// Tells what cleaning takes away from this HTML; whether it is anything.
    fn warn_dropped(&mut self, text: &str, block: bool, range: Range<usize>) -> bool {
        const MOST: usize = 4;
        let dropped = html::dropped(text, block);
        let mut named: Vec<String> = dropped
            .iter()
            .take(MOST)
            .map(|d| format!("`{d}`"))
            .collect();
        if dropped.len() > MOST {
            named.push("…".to_owned());
        }
        if !named.is_empty() {
            let message = format!("{} is left out of this HTML", named.join(", "));
            self.warn_raw(range, message, NOT_KEPT.to_owned());
        }
        !named.is_empty()
    }

    fn warn_shown(&mut self, range: Range<usize>) {
        let message = "raw HTML in an article is shown as text".to_owned();
        self.warn_raw(
            range,
            message,
            "use Markdown; only <strong>, <em> and <br> are kept".to_owned(),
        );
    }

    /// Warns once in each block.
    fn warn_raw(&mut self, range: Range<usize>, message: String, help: String) {
        if !std::mem::replace(&mut self.raw_warned, true) {
            self.out.warn(Code::RawHtml, range, message, help);
        }
    }

    /// A block of HTML, which may be of any length and in any disorder.
    pub(super) fn html_block(&mut self, raw: &RawHtml, range: Range<usize>) {
        if self.flavour == Flavour::Corpus {
            return self.shown_block(raw, range);
        }
        match html::clean(&raw.text) {
            Some(tokens) => {
                self.warn_dropped(&raw.text, true, range.clone());
                self.cleaned_block(tokens, range);
            }
            None => {
                self.shown_block(raw, range.clone());
                let message =
                    "this HTML is too long or nests too deep to be kept and is shown as text"
                        .to_owned();
                self.warn_raw(
                    range,
                    message,
                    "divide it, or write it in Markdown".to_owned(),
                );
            }
        }
    }

    /// Shows a block as text; the tags that articles may have are kept.
    fn shown_block(&mut self, raw: &RawHtml, range: Range<usize>) {
        self.out.open_block("p", Attributes::new());
        let last = raw.lines.len().saturating_sub(1);
        let mut other = false;
        for (i, (line, range)) in raw.lines.iter().enumerate() {
            let line = if i == last {
                line.trim_end_matches(['\n', '\r'])
            } else {
                line
            };
            other |= self.shown_line(line, range.start);
        }
        self.out.close_block();
        if other && self.flavour == Flavour::Corpus {
            self.warn_shown(range);
        }
    }

    /// Shows a line that begins at `start` of the source; tells whether it has any HTML that is not kept.
    fn shown_line(&mut self, line: &str, start: usize) -> bool {
        let (mut done, mut other) = (0, false);
        for (at, _) in line.match_indices('<') {
            // The tags that are kept are short; whatever follows a long way on is none of them.
            let end = line
                .bytes()
                .skip(at)
                .take(12)
                .position(|b| b == b'>')
                .map(|end| at + end + 1);
            let tag = end.and_then(|end| Some((line.get(at..end)?, end)));
            let tag = tag
                .map(|(text, end)| (html::corpus_tag(text), text, end))
                .filter(|(tag, ..)| *tag != Tag::Other);
            match tag {
                Some((_, text, end)) if at >= done => {
                    self.out.text(&line[done..at], start + done..start + at);
                    self.inline_html(text, start + at..start + end);
                    done = end;
                }
                Some(_) => {}
                None => other = true,
            }
        }
        self.out
            .text(&line[done..], start + done..start + line.len());
        other
    }

    /// Writes a cleaned block. Block elements nest as they come; text that stands between them gets a paragraph.
    fn cleaned_block(&mut self, tokens: Vec<Token>, range: Range<usize>) {
        if tokens.iter().all(|token| !shows(token)) {
            return;
        }
        let mut place = Place {
            at: range.start,
            range,
        };
        let mut open: Vec<&'static str> = Vec::new();
        let mut tokens = tokens.into_iter();
        loop {
            if !self.out.in_prose() {
                skip_unseen(&mut tokens);
            }
            let Some(token) = tokens.next() else { break };
            match token {
                Token::Open("br", _) => self.out.line_break(place.range()),
                Token::Open("wbr", _) => self.out.void("wbr", Attributes::new()),
                Token::Open("hr", _) => self.out.rule(),
                Token::Open("img", attributes) => self.html_image(attributes, place.range()),
                Token::Open("a", attributes) => self.html_link(&attributes, place.range()),
                Token::Open(name, attributes) if Token::is_block(name) => {
                    while open.last().is_some_and(|last| holds_no_block(last)) {
                        open.pop();
                        self.out.close_block();
                    }
                    open.push(name);
                    self.out
                        .open_block(name, Token::attributes(name, attributes));
                }
                Token::Open(name, attributes) => {
                    self.out.open_raw(name, Token::attributes(name, attributes));
                }
                Token::Close(name) if Token::is_block(name) => {
                    if let Some(at) = open.iter().rposition(|element| *element == name) {
                        while open.len() > at {
                            open.pop();
                            self.out.close_block();
                        }
                    }
                }
                Token::Close(name) => {
                    self.out.close_raw(name);
                }
                Token::Text(text) => {
                    let found = place.find(self.source, &text);
                    self.out.text(&text, found);
                }
            }
        }
        for _ in open {
            self.out.close_block();
        }
        self.out.end_prose();
    }

    fn html_link(&mut self, attributes: &[(String, String)], range: Range<usize>) {
        match value(attributes, "href").map(address::judge) {
            Some(Address::Allowed(href, kind)) => {
                let title = value(attributes, "title").unwrap_or("");
                let op = self.text_link(href, kind, title, range);
                self.out.open_link(op, true);
            }
            Some(Address::Unsafe) => self.warn_unsafe(range, "link"),
            None => {}
        }
    }

    fn html_image(&mut self, written: Vec<(String, String)>, range: Range<usize>) {
        let alt = value(&written, "alt").unwrap_or("").to_owned();
        match value(&written, "src").map(address::judge) {
            Some(Address::Allowed(src, LinkKind::Relative)) if !src.is_empty() => {
                let mut attributes = vec![("src", src), ("alt", alt)];
                attributes.extend(Token::attributes("img", written));
                attributes.push(("loading", "lazy".to_owned()));
                self.note_image(&attributes, range);
                self.out.void("img", attributes);
            }
            Some(Address::Allowed(href, LinkKind::External)) => {
                self.warn_elsewhere(range.clone());
                let words = if alt.is_empty() { href.clone() } else { alt };
                let op = self.text_link(href, LinkKind::External, "", range.clone());
                self.out.open_link(op, true);
                self.out.text(&words, range);
                self.out.close_raw("a");
            }
            _ => self.warn_unsafe(range, "image"),
        }
    }
}

/// Whether anything of it is to be seen.
fn shows(token: &Token) -> bool {
    match token {
        Token::Text(text) => !text.trim().is_empty(),
        Token::Open(name, _) => matches!(*name, "img" | "hr"),
        Token::Close(_) => false,
    }
}

/// Skips tokens up to the next block if nothing of them is to be seen.
fn skip_unseen(tokens: &mut std::vec::IntoIter<Token>) {
    let is_block = |token: &Token| match token {
        Token::Open(name, _) | Token::Close(name) => Token::is_block(name),
        Token::Text(_) => false,
    };
    let rest = tokens.as_slice();
    let run = rest.iter().position(is_block).unwrap_or(rest.len());
    if run > 0 && rest.iter().take(run).all(|token| !shows(token)) {
        tokens.nth(run - 1);
    }
}

fn value<'v>(attributes: &'v [(String, String)], name: &str) -> Option<&'v str> {
    attributes
        .iter()
        .find(|(attribute, _)| attribute == name)
        .map(|(_, value)| value.as_str())
}

/// Elements that end where a block begins in them.
fn holds_no_block(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "summary" | "dt"
    )
}

/// Where in the source the cleaning has come to. Its text is looked for there from one piece to the next.
struct Place {
    at: usize,
    range: Range<usize>,
}

/// How far on a piece of text is looked for, in bytes.
const FAR: usize = 4096;

impl Place {
    /// Somewhere in what is left of the block.
    fn range(&self) -> Range<usize> {
        self.at..self.range.end.max(self.at)
    }

    /// Where the text stands; an empty range here if it does not stand so in the source.
    fn find(&mut self, source: &str, text: &str) -> Range<usize> {
        let mut end = (self.at + text.len() + FAR)
            .min(self.range.end)
            .min(source.len());
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        match source.get(self.at..end).and_then(|rest| rest.find(text)) {
            Some(offset) => {
                let start = self.at + offset;
                self.at = start + text.len();
                start..self.at
            }
            None => self.at..self.at,
        }
    }
}
