//! Links, links by id, and images.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType};

use super::Reader;
use super::address::{self, Address};
use crate::base::{Code, TextRange};
use crate::model::{Attributes, LinkKind, Op, Picture, TextLink, WikiLink};

/// What has to be done at the end of an inline container.
pub(super) enum Open {
    Plain,
    /// A link by id: its index, and the length of the text where it begins.
    Wiki(u32, usize),
    /// An image from another host, shown as a link to this address.
    Elsewhere(String),
}

/// An image whose words are being gathered.
pub(super) struct Image {
    depth: usize,
    /// Its attributes save `alt`; `None` if it is left out.
    attributes: Option<Attributes>,
    alt: String,
}

impl Image {
    pub(super) fn new(attributes: Option<Attributes>) -> Self {
        Self {
            depth: 0,
            attributes,
            alt: String::new(),
        }
    }

    /// Takes in what stands between the brackets of the image; tells whether it ends here.
    pub(super) fn take(&mut self, event: &Event) -> bool {
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) if self.depth == 0 => return true,
            Event::End(_) => self.depth -= 1,
            Event::Text(text) | Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
        false
    }
}

impl Reader<'_> {
    pub(super) fn open_inline(&mut self, tag: &'static str) {
        self.out.open_inline(tag, Attributes::new());
        self.open.push(Open::Plain);
    }

    pub(super) fn end_inline(&mut self, range: Range<usize>) {
        let open = self.open.pop();
        match open {
            Some(Open::Wiki(index, from)) => self.end_wiki(index, from, range),
            Some(Open::Elsewhere(address)) if self.out.is_inline_empty() => {
                self.out.text(&address, range);
            }
            _ => {}
        }
        self.out.close_inline();
    }

    pub(super) fn link(&mut self, kind: LinkType, address: &str, title: &str, range: Range<usize>) {
        if let LinkType::WikiLink { has_pothole } = kind {
            self.wiki(address, !has_pothole, range);
            return;
        }
        let address = match kind {
            LinkType::Email => format!("mailto:{address}"),
            _ => address.to_owned(),
        };
        match address::judge(&address) {
            Address::Allowed(href, kind) => {
                let op = self.text_link(href, kind, title, range);
                self.out.open_link(op, false);
            }
            Address::Unsafe => {
                self.warn_unsafe(range, "link");
                self.out.open_left_out();
            }
        }
        self.open.push(Open::Plain);
    }

    pub(super) fn text_link(
        &self,
        href: String,
        kind: LinkKind,
        title: &str,
        range: Range<usize>,
    ) -> Op {
        let title = (!title.is_empty()).then(|| title.to_owned());
        let span = self.out.body.span(range);
        Op::OpenLink(Box::new(TextLink {
            href,
            kind,
            title,
            span,
        }))
    }

    pub(super) fn warn_unsafe(&mut self, range: Range<usize>, what: &str) {
        let message = format!(
            "the address of this {what} is not allowed, so it is left out and its words are kept"
        );
        let help = "an address begins with https://, http:// or mailto:, or is a path or #fragment of this site";
        self.out.warn(Code::UnsafeLink, range, message, help);
    }

    pub(super) fn wiki(&mut self, target: &str, bare: bool, range: Range<usize>) {
        if self.out.in_link() {
            self.out.open_left_out();
            self.open.push(Open::Plain);
            return;
        }
        let index = u32::try_from(self.out.wiki_links.len()).unwrap_or(u32::MAX);
        let from = self.out.text.len();
        // In a table the bar is written with a backslash, which belongs to the table.
        let target = match bare {
            true => target,
            false => target.strip_suffix('\\').unwrap_or(target),
        };
        let link = WikiLink {
            target: target.trim().to_owned(),
            range: TextRange::new(from, from),
            bare,
            span: self.out.body.span(range),
        };
        self.out.wiki_links.push(link);
        self.out.open_link(Op::Link(index), false);
        self.open.push(Open::Wiki(index, from));
    }

    pub(super) fn end_wiki(&mut self, index: u32, from: usize, range: Range<usize>) {
        let Some(link) = self.out.wiki_links.get(index as usize) else {
            return;
        };
        if self.out.since(from).is_empty() {
            let target = link.target.clone();
            self.out.text(&target, range);
            if let Some(link) = self.out.wiki_links.get_mut(index as usize) {
                link.bare = true;
            }
        }
        let words = self.out.since(from);
        if let Some(link) = self.out.wiki_links.get_mut(index as usize) {
            link.range = words;
        }
    }

    pub(super) fn image(&mut self, address: &str, title: &str, range: Range<usize>) {
        match address::judge(address) {
            Address::Allowed(src, LinkKind::Relative) if !src.is_empty() => {
                let mut attributes = vec![("src", src)];
                if !title.is_empty() {
                    attributes.push(("title", title.to_owned()));
                }
                self.note_image(&attributes, range);
                self.image = Some(Image::new(Some(attributes)));
            }
            Address::Allowed(href, LinkKind::External) => {
                self.warn_elsewhere(range.clone());
                let op = self.text_link(href.clone(), LinkKind::External, title, range);
                self.out.open_link(op, false);
                self.open.push(Open::Elsewhere(href));
            }
            _ => {
                self.warn_unsafe(range, "image");
                self.out.open_left_out();
                self.open.push(Open::Plain);
            }
        }
    }

    /// Keeps where an image is written, with the address that it begins its attributes with.
    pub(super) fn note_image(&mut self, attributes: &Attributes, range: Range<usize>) {
        if let Some(("src", src)) = attributes.first() {
            let span = self.out.body.span(range);
            let src = src.clone();
            self.out.images.push(Picture { src, span });
        }
    }

    pub(super) fn warn_elsewhere(&mut self, range: Range<usize>) {
        let message = "this image lies on another host and becomes a link to it, because the site's pages ask nothing of others";
        self.out.warn(
            Code::Markdown,
            range,
            message,
            "put the file beside this one and name it by its path",
        );
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else {
            return;
        };
        if let Some(mut attributes) = image.attributes {
            attributes.extend([("alt", image.alt), ("loading", "lazy".to_owned())]);
            self.out.void("img", attributes);
        }
    }
}
