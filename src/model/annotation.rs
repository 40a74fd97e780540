//! What annotators find: stand-off marks over a document's plain text, and the facts that other articles may build on.

use jiff::civil::Date;

use super::Id;
use crate::base::{Span, TextRange};

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its text.
    pub range: TextRange,
    /// Index into the document's blocks.
    pub block: u32,
    /// Its number in the document, from 1: fragment id `s12`.
    pub number: u32,
    /// Its paragraph's number, from 1, and its number in that paragraph, from 1: `¶3.1`. Headings have none.
    pub place: Option<(u32, u32)>,
}

/// A mark over the plain text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub range: TextRange,
    /// What.
    pub kind: MarkKind,
    /// Whether an editor has confirmed it.
    pub state: State,
}

/// What a mark says.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkKind {
    /// A mention of an entity.
    Entity {
        /// The entity.
        id: Id,
        /// What in its entry matched.
        rule: MentionRule,
    },
    /// A time expression.
    Time(Box<TimeMark>),
    /// A margin note. One on words of several blocks has a mark in each, all with the same index.
    Note {
        /// Index into the article's notes.
        index: u32,
        /// How its anchor was found.
        verdict: Verdict,
    },
}

/// A time expression and what it means (TIMEX3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMark {
    /// TIMEX3's type.
    pub timex: TimexType,
    /// TIMEX3's value: `2014-02-25`, `2010`, `P10D`.
    pub value: String,
    /// TIMEX3's mod: `END` of late 2010.
    pub modifier: Option<&'static str>,
    /// A second value, where a reader might well take it so.
    pub alternative: Option<String>,
    /// Whether the words themselves say it all.
    pub stated: bool,
    /// How the value was found, in English words.
    pub why: String,
}

/// The types of time expression (TIMEX3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexType {
    /// A day or something larger.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that repeats.
    Set,
}

/// Whether an annotation was made by rule alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Made by rule.
    Automatic,
    /// Written or confirmed by an editor.
    Reviewed,
}

/// What in an entity's entry matched a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionRule {
    /// Its name.
    Name,
    /// An alias.
    Alias,
    /// A weak alias, after a full mention.
    Weak,
    /// A demonym.
    Demonym,
    /// A name in another language.
    Language,
    /// An override.
    Override,
    /// A link written by hand.
    Link,
}

/// How the anchor of a quotation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Word for word, once.
    Exact,
    /// Word for word, in more than one place; the first was taken.
    Moved,
    /// In altered words.
    Reworded,
}

/// A quotation's place in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The words.
    pub range: TextRange,
    /// How it was found.
    pub verdict: Verdict,
    /// Index of the sentence in which the words begin.
    pub sentence: u32,
    /// Index of the sentence in which they end.
    pub last_sentence: u32,
}

/// An article with its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotated {
    /// The sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The marks, by start, longer ones first. Entity marks do not overlap each other.
    pub marks: Vec<Mark>,
    /// What other articles may build on.
    pub facts: Facts,
    /// Where the overrides are written that had something to decide in this article, in order. One for a topic or the site
    /// that is in no article's list is stale.
    pub overrides: Vec<Span>,
}

/// What one article offers to the rest of the site. It holds no offsets, so that mending a typing error changes it only
/// when it changes what is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The article.
    pub id: Id,
    /// Its headline.
    pub title: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// Every sentence that names an entity, in order.
    pub mentions: Vec<Mention>,
}

/// An entity named in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The sentence's number, from 1.
    pub sentence: u32,
    /// The entity.
    pub entity: Id,
    /// How often it is named in the sentence.
    pub count: u32,
}
