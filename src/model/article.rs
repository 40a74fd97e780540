//! Articles (schema.org `NewsArticle`, CSL `article-newspaper`).

use jiff::civil::Date;

use super::{Common, Id};
use crate::base::Spanned;

/// An article of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Id, slug, body and the like.
    pub common: Common,
    /// The headline on our page.
    pub title: String,
    /// The source's own headline, where `title` is ours.
    pub original_title: Option<String>,
    /// Day of publication; an article without one is not published.
    pub published: Option<Date>,
    /// How `published` is known.
    pub date_basis: DateBasis,
    /// How it was found, in words.
    pub date_note: Option<String>,
    /// The publisher.
    pub outlet: Option<String>,
    /// A short name of it for labels.
    pub outlet_short: Option<String>,
    /// Its home page.
    pub outlet_url: Option<String>,
    /// Bylines.
    pub authors: Vec<String>,
    /// Wire service.
    pub agency: Option<String>,
    /// The place at the head of the dispatch.
    pub dateline: Option<String>,
    /// Where the original is.
    pub url: Option<String>,
    /// Where a copy of it is kept.
    pub archived_url: Option<String>,
    /// When it was read.
    pub accessed: Option<Date>,
    /// BCP 47.
    pub language: String,
    /// Reports that this one relies on: article ids or names.
    pub based_on: Vec<Spanned<String>>,
    /// The text is our own summary of the report.
    pub digest: bool,
    /// How much of the text may be published.
    pub rights: Rights,
    /// The rights notice of the source.
    pub copyright: Option<String>,
    /// Topics it belongs to whatever their rules say.
    pub topics: Vec<Spanned<Id>>,
    /// Topics it does not belong to whatever their rules say.
    pub not_topics: Vec<Spanned<Id>>,
    /// Events that it tells of, beyond those found.
    pub events: Vec<Spanned<Id>>,
}

impl Article {
    /// The id.
    pub fn id(&self) -> &Id {
        &self.common.id
    }

    /// The outlet's name for labels: the short one, else the full one, else the id.
    pub fn label(&self) -> &str {
        self.outlet_short
            .as_deref()
            .or(self.outlet.as_deref())
            .unwrap_or_else(|| self.common.id.as_str())
    }
}

/// How a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// A source gives it.
    #[default]
    Stated,
    /// It was worked out from what a source says.
    Inferred,
    /// It comes from outside the sources.
    Supplied,
}

/// How much of an article's text may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rights {
    /// All of it.
    #[default]
    Full,
    /// Summary, metadata and short quotations.
    Excerpt,
    /// No sentence of it.
    Metadata,
}
