//! Margin notes, and overrides of automatic annotations.

use jiff::civil::Date;

use super::{Amount, Body, FigureKind, Hedge, Id, TimexType};
use crate::base::{Span, Spanned};

/// A margin note on an article (W3C Web Annotation, motivation `commenting`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The article's words to which it is anchored.
    pub quote: Spanned<String>,
    /// The note, in Markdown, without its title.
    pub body: Body,
    /// The bold words at its start.
    pub title: Option<String>,
    /// Who wrote it.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// A correction of an automatic annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The article, unless the scope is wider.
    pub article: Option<Spanned<Id>>,
    /// The words it is about.
    pub quote: Spanned<String>,
    /// The kind of annotation.
    pub kind: AnnotationKind,
    /// What is done.
    pub verb: Verb,
    /// The id that an annotation is to lead to.
    pub target: Option<Spanned<Id>>,
    /// The value that it is to have.
    pub value: Option<Spanned<NewValue>>,
    /// How far it reaches.
    pub scope: Scope,
    /// The topic, for that scope.
    pub topic: Option<Spanned<Id>>,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Why.
    pub why: String,
    /// Where it is written.
    pub span: Span,
}

/// The value that an annotation is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// Of a time expression.
    Time(TimeValue),
    /// Of a figure.
    Figure(FigureValue),
    /// The words for a speaker, or those to which a note is anchored.
    Words(String),
}

/// What a time expression is to mean (TIMEX3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeValue {
    /// TIMEX3's type, where it is given.
    pub timex: Option<TimexType>,
    /// TIMEX3's value.
    pub value: String,
    /// TIMEX3's mod.
    pub modifier: Option<&'static str>,
}

/// What a figure is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureValue {
    /// What sort of number it is, where that is given.
    pub kind: Option<FigureKind>,
    /// Lower bound; none when open.
    pub min: Option<Amount>,
    /// Upper bound; none when open.
    pub max: Option<Amount>,
    /// How exact the source is.
    pub hedge: Hedge,
}

/// The kinds of annotation that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnnotationKind {
    /// A mention of an entity.
    Entity,
    /// A time expression.
    Time,
    /// A figure.
    Figure,
    /// A quotation.
    Quotation,
    /// A sentence that tells of an event.
    Event,
    /// A margin note.
    Note,
}

/// What an override does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// The annotation is right: it becomes reviewed.
    Accept,
    /// It is wrong: it goes.
    Reject,
    /// It means another entity or event.
    Retarget,
    /// It has another value.
    Set,
    /// It was missed.
    Add,
}

/// How far an override reaches; the narrowest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scope {
    /// The one place.
    #[default]
    Mention,
    /// Every like annotation of the article.
    Article,
    /// Of the topic's articles.
    Topic,
    /// Of the site.
    Site,
}
