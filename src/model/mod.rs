//! What editors write, as data: the site, its articles, topics, events, entities, measures, pages, notes and overrides.
//!
//! Nothing here reads, computes or prints. References to other things are [`Id`]s, kept with their place
//! ([`Spanned`]) wherever a later phase may have to point at them. `docs/content.md` is the reference in words.

mod annotation;
mod article;
mod config;
mod correction;
mod document;
mod entity;
mod event;
mod id;
mod measure;
mod theme;
mod topic;
mod visit;

pub use annotation::{
    Amount, Anchor, Annotated, Certainty, CountedMark, EventDecision, Facts, FigureFact,
    FigureKind, FigureMark, Mark, MarkKind, Mention, MentionRule, QuotationKind, QuotationMark,
    Sentence, SpeechFact, State, TimeFact, TimeMark, TimeWhy, TimexType, UnlistedFact,
    UnlistedMark, Verdict, Voice, WhyWord,
};
pub use article::{Article, DateBasis, Rights};
pub use config::{Config, DataOptions, Layers, RightsDefaults};
pub use correction::{
    AnnotationKind, FigureValue, NewValue, Note, Override, Scope, TimeValue, Verb,
};
pub use document::{
    Attributes, Block, BlockHead, BlockKind, Citation, CitedPlace, Document, Heading, LinkKind, Op,
    Picture, Segment, TextLink, WikiLink,
};
pub use entity::{Entity, EntityType, Office};
pub use event::{Event, EventLink, Evidence, Relation, Status};
pub use id::{Id, Kind, Ref};
pub use measure::{Difference, Hedge, Measure, Reading, Speaker};
pub use theme::{ThemeFile, ThemeFiles};
pub use topic::{Fact, Page, Rules, Topic};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{SharedStr, SitePath, Span, Spanned};

/// What every content file has, whatever its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// The permanent id, from the file's name.
    pub id: Id,
    /// The last part of its address.
    pub slug: Spanned<String>,
    /// Old paths that become redirect pages.
    pub old_paths: Vec<Spanned<String>>,
    /// A sentence or two for lists, previews and feeds.
    pub summary: Option<String>,
    /// Left out of the site unless drafts are asked for.
    pub draft: bool,
    /// Anything else, for templates.
    pub extra: serde_json::Value,
    /// Where the file's title or, lacking one, the file begins: the place for faults of the whole.
    pub span: Span,
    /// The Markdown below the front matter.
    pub body: Body,
}

/// A stretch of Markdown in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The Markdown.
    pub text: SharedStr,
    /// The file.
    pub path: SitePath,
    /// Where in the file the text begins, in bytes.
    pub offset: u32,
}

impl Body {
    /// The place in the source of a range of bytes of [`text`](Self::text).
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let offset = self.offset as usize;
        Span::new(&self.path, offset + range.start, offset + range.end)
    }
}

/// Names in other languages, by BCP 47 tag (`ko`).
pub type Names = BTreeMap<String, String>;

/// Everything that was read, by kind and id. Drafts are in it only when asked for.
#[derive(Debug, Clone)]
pub struct Site {
    /// `dateline.toml`.
    pub config: Config,
    /// The articles.
    pub articles: BTreeMap<Id, Arc<Article>>,
    /// The topics.
    pub topics: BTreeMap<Id, Topic>,
    /// The events.
    pub events: BTreeMap<Id, Event>,
    /// The gazetteer.
    pub entities: BTreeMap<Id, Entity>,
    /// The measures.
    pub measures: BTreeMap<Id, Measure>,
    /// Plain pages.
    pub pages: BTreeMap<Id, Page>,
    /// The home page's lead, if there is one.
    pub home: Option<Page>,
    /// Notes by article.
    pub notes: BTreeMap<Id, Vec<Note>>,
    /// Corrections of automatic annotations.
    pub overrides: Vec<Override>,
    /// Files beside articles and pages that are copied with them.
    pub attachments: Vec<Attachment>,
    /// Things that have a file and are no part of the site, so that what leads to them is told from what leads nowhere.
    pub left_out: BTreeMap<Ref, LeftOut>,
}

/// Why something that has a file is no part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// It is a draft.
    Draft,
    /// It is an article without a date of publication.
    Undated,
    /// Its file has faults, which are told at their own places.
    Broken,
}

/// A file beside an article or a page, or a static file, that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where it was read.
    pub path: SitePath,
    /// Whose it is; `None` for the site's static files, which keep their path.
    pub owner: Option<Ref>,
    /// Its path below its owner's address.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Site {
    /// The ids of all things of a kind, in order.
    pub fn ids(&self, kind: Kind) -> Vec<&Id> {
        match kind {
            Kind::Article => self.articles.keys().collect(),
            Kind::Topic => self.topics.keys().collect(),
            Kind::Event => self.events.keys().collect(),
            Kind::Entity => self.entities.keys().collect(),
            Kind::Measure => self.measures.keys().collect(),
            Kind::Page => self.pages.keys().collect(),
        }
    }

    /// What a thing has in common with all others; nothing if there is no such thing.
    pub fn common(&self, of: &Ref) -> Option<&Common> {
        match of.kind {
            Kind::Article => self.articles.get(&of.id).map(|x| &x.common),
            Kind::Topic => self.topics.get(&of.id).map(|x| &x.common),
            Kind::Event => self.events.get(&of.id).map(|x| &x.common),
            Kind::Entity => self.entities.get(&of.id).map(|x| &x.common),
            Kind::Measure => self.measures.get(&of.id).map(|x| &x.common),
            Kind::Page => self.pages.get(&of.id).map(|x| &x.common),
        }
    }

    /// A thing's title or name.
    pub fn name(&self, kind: Kind, id: &Id) -> Option<&str> {
        match kind {
            Kind::Article => self.articles.get(id).map(|x| x.title.as_str()),
            Kind::Topic => self.topics.get(id).map(|x| x.title.as_str()),
            Kind::Event => self.events.get(id).map(|x| x.title.as_str()),
            Kind::Entity => self.entities.get(id).map(|x| x.name.value.as_str()),
            Kind::Measure => self.measures.get(id).map(|x| x.title.as_str()),
            Kind::Page => self.pages.get(id).map(|x| x.title.as_str()),
        }
    }
}
