//! Measures: quantities to follow across sources (schema.org `QuantitativeValue`).

use super::{Common, Id};
use crate::base::{Edtf, Spanned};

/// A quantity to follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Id, slug, body and the like.
    pub common: Common,
    /// What is counted.
    pub title: String,
    /// Nouns that count as one.
    pub unit: Vec<String>,
    /// Context words, one of which must be near.
    pub needs: Vec<String>,
    /// When values hold if a source does not say.
    pub as_of: Option<Edtf>,
    /// Measures of which this is the sum.
    pub sum_of: Vec<Spanned<Id>>,
    /// The measure of which this counts a part.
    pub subset_of: Option<Spanned<Id>>,
    /// Topics it belongs to.
    pub topics: Vec<Spanned<Id>>,
    /// Events it belongs to.
    pub events: Vec<Spanned<Id>>,
    /// Readings.
    pub values: Vec<Reading>,
    /// How the values differ, where the program's own reading of them is not right.
    pub difference: Option<Difference>,
    /// Our reading of a disagreement.
    pub verdict: Option<String>,
}

/// How the values of a measure differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Difference {
    /// They contradict each other.
    Open,
    /// They do not: they count different things, or are parts of a sum.
    Resolved,
    /// Nobody counted.
    Estimates,
}

/// A value of a measure as one source gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Spanned<Id>,
    /// Its words.
    pub quote: Spanned<String>,
    /// Lower end; equal to `max` for a single value. `None` where the words name no number (‘hundreds of thousands’).
    pub min: Option<f64>,
    /// Upper end.
    pub max: Option<f64>,
    /// The source's words for the value, where it names no exact number.
    pub words: Option<String>,
    /// How exact the source is.
    pub hedge: Hedge,
    /// Who says so.
    pub speaker: Option<Speaker>,
    /// When the value holds.
    pub as_of: Option<Edtf>,
    /// What exactly is counted.
    pub counts: Option<String>,
    /// The value is a part of another of the same measure.
    pub part_of_sum: bool,
}

/// How exact a source is about a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// No word of doubt.
    #[default]
    Exact,
    /// About, some, around.
    About,
    /// At least, more than.
    AtLeast,
    /// Up to, at most.
    UpTo,
}

/// Who says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// An entity of the gazetteer.
    Entity(Id),
    /// Somebody described in words.
    Words(String),
}
