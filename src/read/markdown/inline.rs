//! Inline elements of a projection: those of Markdown come in pairs, those of raw HTML as they please.

use std::ops::Range;

use super::projection::{DEEPEST_INLINE, Projection};
use crate::base::TextRange;
use crate::model::{Attributes, Citation, Op};

/// An inline element that is open.
pub(super) struct Inline {
    /// `None` if it was left out.
    pub(super) tag: Option<&'static str>,
    /// Its step.
    pub(super) op: usize,
    pub(super) raw: bool,
    pub(super) link: bool,
}

impl Projection<'_> {
    /// Begins an inline element of the Markdown.
    pub(super) fn open_inline(&mut self, tag: &'static str, attributes: Attributes) {
        let attributes = attributes.into();
        self.push_inline(Some(tag), Op::OpenInline { tag, attributes }, false, false);
    }

    /// Begins a link. Within another link, only its words are kept.
    pub(super) fn open_link(&mut self, op: Op, raw: bool) {
        let tag = (self.links == 0).then_some("a");
        self.push_inline(tag, op, raw, true);
    }

    /// Begins an inline element of which only the words are kept.
    pub(super) fn open_left_out(&mut self) {
        self.begin_prose();
        self.inlines.push(Inline {
            tag: None,
            op: usize::MAX,
            raw: false,
            link: false,
        });
    }

    /// Begins an inline element of raw HTML.
    pub(super) fn open_raw(&mut self, tag: &'static str, attributes: Attributes) {
        if self.inlines.len() >= DEEPEST_INLINE {
            self.raw_left_out += 1;
            self.too_deep = true;
            return;
        }
        let attributes = attributes.into();
        self.push_inline(Some(tag), Op::OpenInline { tag, attributes }, true, false);
    }

    fn push_inline(&mut self, tag: Option<&'static str>, op: Op, raw: bool, link: bool) {
        self.begin_prose();
        let deep = self.inlines.len() >= DEEPEST_INLINE;
        self.too_deep |= deep;
        let tag = tag.filter(|_| !deep);
        let link = link && tag.is_some();
        self.inlines.push(Inline {
            tag,
            op: self.ops.len(),
            raw,
            link,
        });
        if tag.is_some() {
            self.ops.push(op);
        }
        self.links += usize::from(link);
    }

    /// Whether a link is open.
    pub(super) fn in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether nothing has been written in the innermost inline element, which is not left out.
    pub(super) fn is_inline_empty(&self) -> bool {
        let inline = self.inlines.last();
        inline.is_some_and(|inline| inline.tag.is_some() && inline.op + 1 == self.ops.len())
    }

    /// Ends the innermost element of the Markdown, and with it all raw elements begun in it.
    pub(super) fn close_inline(&mut self) {
        while let Some(inline) = self.inlines.pop() {
            let raw = inline.raw;
            self.write_end(&inline);
            if !raw {
                break;
            }
        }
    }

    /// Ends the raw element of that name, if one was begun in the innermost element of the Markdown; tells whether.
    pub(super) fn close_raw(&mut self, tag: &str) -> bool {
        let candidates = self.inlines.iter().rev().take_while(|inline| inline.raw);
        let Some(distance) = candidates
            .into_iter()
            .position(|inline| inline.tag == Some(tag))
        else {
            let left_out = self.raw_left_out > 0;
            self.raw_left_out = self.raw_left_out.saturating_sub(1);
            return left_out;
        };
        for _ in 0..=distance {
            if let Some(inline) = self.inlines.pop() {
                self.write_end(&inline);
            }
        }
        true
    }

    /// Ends all inline elements that are open.
    pub(super) fn close_inlines(&mut self) {
        while let Some(inline) = self.inlines.pop() {
            self.write_end(&inline);
        }
        self.raw_left_out = 0;
    }

    /// Writes the end of an element, or takes back its beginning if nothing is in it.
    fn write_end(&mut self, inline: &Inline) {
        self.links -= usize::from(inline.link);
        match inline.tag {
            None => {}
            Some(_) if inline.op + 1 == self.ops.len() => {
                self.ops.pop();
            }
            Some(tag) => self.ops.push(Op::CloseInline(tag)),
        }
    }

    /// A line break: an element, and a newline in the text.
    pub(super) fn line_break(&mut self, range: Range<usize>) {
        self.void("br", Attributes::new());
        self.text("\n", range);
    }

    /// An element without content in the middle of prose.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes) {
        self.begin_prose();
        let attributes = attributes.into();
        self.ops.push(Op::Void { tag, attributes });
    }

    /// A step without text in the middle of prose.
    pub(super) fn mark(&mut self, op: Op) {
        self.begin_prose();
        self.ops.push(op);
    }

    /// A citation.
    pub(super) fn cite(&mut self, mut citation: Citation) {
        self.begin_prose();
        citation.at = TextRange::new(self.text.len(), 0).start;
        let index = self.citations.len();
        if let Some(prose) = self.prose.as_mut().filter(|prose| prose.start.is_none()) {
            prose.waiting.push(index);
        }
        self.citations.push(citation);
        self.ops
            .push(Op::Cite(u32::try_from(index).unwrap_or(u32::MAX)));
    }
}
