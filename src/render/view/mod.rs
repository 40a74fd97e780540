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
mod dates;
mod entity;
mod event;
mod figures;
mod gaps;
mod home;
mod lists;
mod margin;
mod measure;
pub mod pages;
mod parts;
mod plain;
mod quotes;
mod said;
mod shell;
mod statement;
mod text;
mod timeline;
mod topic;
mod types;
mod unlisted;
mod unwritten;
mod words;

pub use types::*;

use std::collections::BTreeMap;

use crate::link::{Anchors, Links};
use crate::model::{Annotated, Document, Id, Ref, Rights, Site};
use crate::render::strings::Strings;

use address::Addresses;

/// Everything that views are made of. It is read, never changed.
#[derive(Debug)]
pub struct Briefing<'a> {
    /// What editors wrote.
    pub site: &'a Site,
    /// The articles' texts with their marks.
    pub articles: &'a BTreeMap<Id, ArticleText>,
    /// The texts of everything else that has a body: topics, events, entities, measures, pages.
    pub prose: &'a BTreeMap<Ref, Prose>,
    /// The home page's lead.
    pub home: Option<&'a Prose>,
    /// The notes' texts, by article, in the order of the notes.
    pub notes: &'a BTreeMap<Id, Vec<Prose>>,
    /// What connects it all.
    pub links: &'a Links,
    /// Where quotations stand in the articles.
    pub anchors: &'a Anchors,
    /// The interface's words.
    pub strings: &'a Strings,
    /// Where every page stands.
    pub addresses: &'a Addresses,
    /// Where the site stands, ending in `/`, if that is known.
    pub base_url: Option<&'a str>,
}

/// An article's text.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleText {
    /// Parsed.
    pub prose: Prose,
    /// Marked.
    pub annotated: Annotated,
}

/// A text, and what its links lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Prose {
    /// Parsed.
    pub document: Document,
    /// What each of its links by id leads to; none where that was not found.
    pub targets: Vec<Option<Ref>>,
    /// What its links to other source files lead to, by the link as written.
    pub sources: BTreeMap<String, Ref>,
}

impl Briefing<'_> {
    /// The plain text of sentences `first` to `last` of an article, where the rights in it allow printing it.
    pub(crate) fn sentences(&self, article: &Id, first: u32, last: u32) -> Option<String> {
        let open = self.site.articles.get(article)?.rights == Rights::Full;
        let text = self.articles.get(article).filter(|_| open)?;
        let numbered = |n: u32| text.annotated.sentences.iter().find(|s| s.number == n);
        let (from, to) = (numbered(first)?.range.start, numbered(last)?.range.end);
        let range = crate::base::TextRange {
            start: from,
            end: to,
        };
        let words = range.of(&text.prose.document.text);
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
