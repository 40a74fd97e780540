//! Plain pages, the page for what is not found, and redirect pages.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::model::{Kind, Page, Ref};

impl Briefing<'_> {
    /// The view of a plain page.
    pub(crate) fn plain_view(&self, linker: &Linker, page: &Page) -> PlainView {
        let of = Ref::new(Kind::Page, &page.common.id);
        let prose = self.prose_text(linker, &of);
        let document = self.prose.get(&of).map(|p| &p.document);
        let headings = document.into_iter().flat_map(|d| {
            d.headings.iter().filter(|h| h.level == 2).map(|h| TocItem {
                id: h.id.clone(),
                text: h.range.of(&d.text).to_owned(),
            })
        });
        PlainView {
            title: page.title.clone(),
            lead: page.lead.clone().or_else(|| page.common.summary.clone()),
            toc: headings.collect(),
            blocks: prose.blocks,
            footnotes_html: prose.footnotes,
            extra: page.common.extra.clone(),
        }
    }

    /// The view of the page for what is not found.
    pub(crate) fn not_found_view(&self, linker: &Linker) -> NotFoundView {
        let topics = self.links.order();
        let link = |id| {
            Some(Link {
                href: linker.to(Kind::Topic, id)?,
                text: self.site.topics.get(id)?.title.clone(),
            })
        };
        NotFoundView {
            topics: topics.iter().filter_map(link).collect(),
        }
    }
}
