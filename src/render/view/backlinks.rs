//! The pages that refer to what a page is about, each with its sentences.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::link::{Backlink, Referrer};
use crate::model::{Kind, Ref};

impl Briefing<'_> {
    /// What refers to a thing, a page at a time, in the order of the links.
    pub(crate) fn backlinks(&self, linker: &Linker, to: &Ref) -> Vec<BacklinkView> {
        let links = self.backlinks.get(to);
        let links = links.map(Vec::as_slice).unwrap_or_default();
        let pages = links.chunk_by(|a, b| a.from == b.from);
        pages
            .filter_map(|links| self.referring_page(linker, links))
            .collect()
    }

    fn referring_page(&self, linker: &Linker, links: &[Backlink]) -> Option<BacklinkView> {
        let s = self.strings;
        let (href, title, kind) = match &links.first()?.from {
            Referrer::Home => (
                linker.home(),
                self.site.config.title.clone(),
                s.get("nav.home").to_owned(),
            ),
            Referrer::Thing(of) => (
                linker.to_ref(of)?,
                self.link_name(of.kind, &of.id)?,
                self.kind_name(of)?,
            ),
            Referrer::Note(article) => (
                linker.to(Kind::Article, article)?,
                self.link_name(Kind::Article, article)?,
                s.get("backlink.note").to_owned(),
            ),
        };
        let sentences = links.iter().map(|link| ReferringSentence {
            before: link.before.clone(),
            words: link.words.clone(),
            after: link.after.clone(),
        });
        Some(BacklinkView {
            href,
            title,
            kind,
            sentences: sentences.collect(),
        })
    }

    /// What sort of thing something is, in a word.
    fn kind_name(&self, of: &Ref) -> Option<String> {
        let key = match of.kind {
            Kind::Entity => return Some(self.kind_of(self.site.entities.get(&of.id)?)),
            Kind::Article => "kind.article",
            Kind::Event => "kind.event",
            Kind::Topic => "kind.topic",
            Kind::Measure => "kind.measure",
            Kind::Page => "kind.page",
        };
        Some(self.strings.get(key).to_owned())
    }
}
