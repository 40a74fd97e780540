//! Topics and plain pages.

use jiff::civil::Date;

use super::{Common, Evidence, Id, Names};
use crate::base::Spanned;

/// A topic index. Its body is the state of play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Id, slug, body and the like.
    pub common: Common,
    /// Its name.
    pub title: String,
    /// Its name in other languages.
    pub names: Names,
    /// Standfirst.
    pub lead: Option<String>,
    /// Place among topics; those without one follow by title.
    pub order: Option<i64>,
    /// What makes an article a member.
    pub rules: Rules,
    /// Forced members.
    pub articles: Vec<Spanned<Id>>,
    /// Articles that are no members whatever the rules say.
    pub not_articles: Vec<Spanned<Id>>,
    /// Forced events.
    pub events: Vec<Spanned<Id>>,
    /// Key facts.
    pub facts: Vec<Fact>,
    /// What we cannot say.
    pub gaps: Vec<String>,
}

/// What makes an article a member of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Phrases, one of which scores.
    pub any: Vec<String>,
    /// Phrases that must all be there; they score as well.
    pub all: Vec<String>,
    /// Phrases that must not be there.
    pub none: Vec<String>,
    /// Entities that score.
    pub entities: Vec<Spanned<Id>>,
    /// Events that score.
    pub events: Vec<Spanned<Id>>,
    /// Outlets to which membership is limited, if any are named.
    pub outlets: Vec<Spanned<String>>,
    /// First day of publication.
    pub after: Option<Date>,
    /// Last day of publication.
    pub before: Option<Date>,
    /// Points needed, 1 or more.
    pub min_score: u16,
}

impl Rules {
    /// Whether anything in it scores by itself. Where nothing does, outlets and dates do.
    pub fn has_scoring(&self) -> bool {
        let phrases = !(self.any.is_empty() && self.all.is_empty());
        phrases || !(self.entities.is_empty() && self.events.is_empty())
    }
}

/// A key fact of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: `Northern workers`.
    pub label: String,
    /// What is known: `About 53,000`.
    pub value: String,
    /// Where it is read.
    pub evidence: Vec<Evidence>,
    /// The measure that follows it.
    pub measure: Option<Spanned<Id>>,
    /// A remark.
    pub note: Option<String>,
}

/// A plain page, or the home page's lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Id, slug, body and the like.
    pub common: Common,
    /// Its title.
    pub title: String,
    /// Standfirst.
    pub lead: Option<String>,
    /// The report that the home page leads with.
    pub article: Option<Spanned<Id>>,
}
