//! From linked data to what templates see: a pure function of the [`Briefing`] for each page.
//!
//! 1. [`address`] says where every page stands.
//! 2. [`parts`] makes what several pages share: dates, traces, reasons, items of lists.
//! 3. [`text`] weaves a text and fills the margin beside it; [`dates`], [`figures`], [`quotes`] and [`unlisted`] say how each
//!    kind of mark looks in the text, in the margin and on its card.
//! 4. One module a kind of page makes its view.
//!
//! Invariant: a view holds everything that its template shows, in final words and with links from its own page, so
//! a page changes exactly when its view does.

pub mod address;
mod article;
mod backlinks;
pub mod chart;
mod citation;
mod data;
mod dated;
mod dates;
mod entity;
mod event;
mod figures;
mod gaps;
mod home;
mod lists;
mod margin;
mod measure;
mod pagers;
pub mod pages;
mod parts;
mod plain;
mod quotes;
pub mod reads;
mod run;
mod said;
mod shell;
mod shelves;
mod statement;
mod text;
mod texts;
mod timeline;
mod topic;
mod types;
mod unlisted;
mod unwritten;
mod window;
mod words;

pub(crate) use parts::capital;
pub use shelves::{Shelf, Stretch};
pub use types::*;
pub use window::Indexes;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::in_line;
use crate::link::{Anchors, Backlink, Links};
use crate::model::{Annotated, Document, Id, Ref, Rights, Site};
use crate::render::strings::Strings;

use address::{AddressWindow, Addresses};
use reads::{Map, Reads, Window};
use texts::TextsWindow;
use window::{AnchorsWindow, LinksWindow, SiteWindow};

/// Everything that views are made of. It is read, never changed.
#[derive(Debug, Clone)]
pub struct Material {
    /// What editors wrote.
    pub site: Arc<Site>,
    /// The articles' texts with their marks.
    pub articles: BTreeMap<Id, ArticleText>,
    /// The texts of everything else that has a body: topics, events, entities, measures, pages.
    pub prose: BTreeMap<Ref, Arc<Prose>>,
    /// The home page's lead.
    pub home: Option<Arc<Prose>>,
    /// The notes' texts, by article, in the order of the notes.
    pub notes: BTreeMap<Id, Vec<Arc<Prose>>>,
    /// What connects it all.
    pub links: Arc<Links>,
    /// What refers to each thing.
    pub backlinks: BTreeMap<Ref, Vec<Backlink>>,
    /// Where quotations stand in the articles.
    pub anchors: Anchors,
    /// The interface's words.
    pub strings: Arc<Strings>,
    /// Where every page stands.
    pub addresses: Addresses,
}

impl Material {
    /// Indexes of its largest maps, for whoever makes many views.
    pub fn indexes(&self) -> Indexes<'_> {
        Indexes::of(self)
    }

    /// What views are made with, noting in `reads` what they look at.
    pub fn briefing<'a>(&'a self, reads: Option<&'a Reads>) -> Briefing<'a> {
        self.view(reads, None)
    }

    /// The same, where things are found by [`indexes`](Self::indexes) of this material.
    pub fn quick_briefing<'a>(
        &'a self,
        reads: Option<&'a Reads>,
        indexes: &'a Indexes<'a>,
    ) -> Briefing<'a> {
        self.view(reads, Some(indexes))
    }

    fn view<'a>(
        &'a self,
        reads: Option<&'a Reads>,
        indexes: Option<&'a Indexes<'a>>,
    ) -> Briefing<'a> {
        let texts = indexes.map(|i| &i.texts);
        Briefing {
            site: SiteWindow::new(&self.site, reads, indexes),
            articles: TextsWindow::new(
                Window::new(&self.articles, Map::Texts, reads).by(texts),
                reads,
            ),
            prose: Window::new(&self.prose, Map::Prose, reads),
            home: self.home.as_ref(),
            notes: Window::new(&self.notes, Map::NoteTexts, reads),
            links: LinksWindow::new(&self.links, reads, indexes),
            backlinks: Window::new(&self.backlinks, Map::Backlinks, reads)
                .by(indexes.map(|i| &i.backlinks)),
            anchors: AnchorsWindow::new(&self.anchors.0, reads),
            strings: &self.strings,
            addresses: AddressWindow::new(&self.addresses, reads, indexes.map(|i| &i.addresses)),
            base_url: self.site.config.base_url.as_deref(),
        }
    }
}

/// The [`Material`], seen by one view.
#[derive(Debug, Clone, Copy)]
pub struct Briefing<'a> {
    /// What editors wrote.
    pub site: SiteWindow<'a>,
    /// The articles' texts with their marks.
    pub articles: TextsWindow<'a>,
    /// The texts of everything else that has a body.
    pub prose: Window<'a, Ref, Arc<Prose>>,
    home: Option<&'a Arc<Prose>>,
    /// The notes' texts, by article, in the order of the notes.
    pub notes: Window<'a, Id, Vec<Arc<Prose>>>,
    /// What connects it all.
    pub links: LinksWindow<'a>,
    /// What refers to each thing.
    pub backlinks: Window<'a, Ref, Vec<Backlink>>,
    /// Where quotations stand in the articles.
    pub anchors: AnchorsWindow<'a>,
    /// The interface's words.
    pub strings: &'a Strings,
    /// Where every page stands.
    pub addresses: AddressWindow<'a>,
    /// Where the site stands, ending in `/`, if that is known.
    pub base_url: Option<&'a str>,
}

/// An article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// Parsed.
    pub prose: Arc<Prose>,
    /// Marked.
    pub annotated: Arc<Annotated>,
}

/// A text, and what its links lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// Parsed.
    pub document: Arc<Document>,
    /// What each of its links by id leads to; none where that was not found.
    pub targets: Vec<Option<Ref>>,
    /// What its links to other source files lead to, by the link as written.
    pub sources: BTreeMap<String, Ref>,
}

impl<'a> Briefing<'a> {
    /// The text of the home page's lead.
    pub fn home(&self) -> Option<&'a Arc<Prose>> {
        // That there is one, and which, is noted with what editors wrote.
        self.site.home().and(self.home)
    }

    /// The plain text of sentences `first` to `last` of an article, where the rights in it allow printing it.
    pub(crate) fn sentences(&self, article: &Id, first: u32, last: u32) -> Option<String> {
        let open = self.site.articles.get(article)?.rights == Rights::Full;
        let mut text = None;
        for number in (first..=last).filter(|_| open) {
            text = self.articles.sentence(article, number);
        }
        let text = text?;
        let numbered = |n: u32| text.annotated.sentences.iter().find(|s| s.number == n);
        let (from, to) = (numbered(first)?.range.start, numbered(last)?.range.end);
        let range = crate::base::TextRange {
            start: from,
            end: to,
        };
        Some(in_line(range.of(&text.prose.document.text)).into_owned())
    }
}
