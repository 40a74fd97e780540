//! Values of each measure over all articles, and whether they contradict each other.
//!
//! 1. [`wanted`] puts the units and context words of all measures together; [`hits()`] finds in one article the figures that have a
//!    measure's unit and its context near.
//! 2. [`gather`] joins these with the values that editors wrote and the figures that editors gave to a measure: one value
//!    a figure. A number without a noun that is called a total (`26 in all`) is a value where the values beside it add up to it.
//! 3. [`sums`] finds values that others beside them add up to, and compares a measure with the parts that it sums up.
//! 4. [`compare`] says which values contradict each other.
//!
//! Invariants: no value without its reason ([`Why`]); a figure is a value of a measure once; whether two values contradict
//! each other depends on these two alone, in either order, and on the sums that they are part of.

mod bound;
mod compare;
mod gather;
mod hits;
mod sums;
mod wanted;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use hits::{Context, Hit, MeasureHits, Near, Surroundings, hits};
pub use sums::{Check, Sum};
pub use wanted::Wanted;

use super::{Anchors, Input, Passage};
use crate::base::Edtf;
use crate::model::{Amount, Difference, FigureKind, Hedge, Id, Site, Speaker, State};

/// What is known of all measures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// By measure; every measure of the site has an entry.
    pub by_id: BTreeMap<Id, MeasureLinks>,
    /// By article and index among the figures of its facts.
    figures: BTreeMap<Id, BTreeMap<u32, Id>>,
}

impl Measures {
    /// A measure's values.
    pub fn get(&self, measure: &Id) -> Option<&MeasureLinks> {
        self.by_id.get(measure)
    }

    /// The measures of which figures are values, by article and index among the figures of its facts.
    pub fn by_figure(&self) -> &BTreeMap<Id, BTreeMap<u32, Id>> {
        &self.figures
    }

    /// The measure of which a figure is a value: `figure` is its index among the figures of the article's facts, which is its index
    /// among the figure marks of the article's text. Of several the one that an editor chose, or whose context is nearest.
    pub fn of(&self, article: &Id, figure: usize) -> Option<&Id> {
        self.figures.get(article)?.get(&u32::try_from(figure).ok()?)
    }
}

/// The values of one measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureLinks {
    /// In order of publication, then of article and text.
    pub values: Vec<Value>,
    /// How they differ: as the editor says, else as the program reads it.
    pub difference: Option<Difference>,
    /// Every value that contradicts another, with the first that it contradicts, by their indices.
    pub disputes: BTreeMap<usize, usize>,
    /// Values that others add up to.
    pub sums: Vec<Sum>,
    /// How its values compare with those of the measures that it sums up.
    pub checks: Vec<Check>,
}

impl MeasureLinks {
    /// Whether a value contradicts another.
    pub fn is_disputed(&self, value: usize) -> bool {
        self.disputes.contains_key(&value)
    }
}

/// A value of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The article.
    pub article: Id,
    /// The sentence, or those that the editor quotes.
    pub passage: Passage,
    /// Index among the figures of the article's facts; none where an editor read it from words that hold no figure.
    pub figure: Option<u32>,
    /// The words that an editor quotes.
    pub quote: Option<String>,
    /// Lower end; equal to `max` for a single number, none where it is open or unknown.
    pub min: Option<Amount>,
    /// Upper end.
    pub max: Option<Amount>,
    /// What sort of number it is.
    pub kind: FigureKind,
    /// The source's words where numbers do not say it: `hundreds of thousands`, `$2 billion`.
    pub words: Option<String>,
    /// How exact the source is.
    pub hedge: Hedge,
    /// Who says so; none for the report itself.
    pub speaker: Option<Speaker>,
    /// When it holds.
    pub as_of: Option<AsOf>,
    /// What exactly is counted.
    pub counts: Option<String>,
    /// It counts others than those named before it.
    pub others: bool,
    /// An editor says that it is a part of another.
    pub part_of_sum: bool,
    /// Whether an editor has confirmed it.
    pub state: State,
    /// Why it is a value of this measure.
    pub why: Why,
    /// An article that gives the same value and is not independent of this one.
    pub repeats: Option<Id>,
}

impl Value {
    /// The number, where it is one and not a range or open.
    pub fn single(&self) -> Option<f64> {
        let bound = matches!(self.hedge, Hedge::AtLeast | Hedge::UpTo);
        let (min, max) = (self.min?, self.max?);
        (min == max && !bound).then_some(min.get())
    }

    /// Whether it has two ends that differ, or no number at all.
    pub fn is_range(&self) -> bool {
        match (self.min, self.max) {
            (Some(min), Some(max)) => min != max,
            (None, None) => true,
            _ => false,
        }
    }
}

/// When a value holds, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// When.
    pub date: Edtf,
    /// How it is known.
    pub basis: AsOfBasis,
}

/// How it is known when a value holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AsOfBasis {
    /// An editor wrote it with the value.
    Editor,
    /// These words in its sentence say so.
    Sentence(String),
    /// The source does not say; the measure's entry does.
    Measure,
    /// Nothing says; it is the day of the report.
    Published,
}

/// Why something is a value of a measure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// An editor wrote it down.
    Written,
    /// An editor gave the figure to the measure.
    Given,
    /// Its unit, as the editor wrote that, and its context.
    Words {
        /// The unit.
        unit: String,
        /// The context.
        need: Context,
    },
    /// It is called a total, and values beside it add up to it: these numbers.
    Total(Vec<Amount>),
}

/// The values of all measures. `independent` says whether two articles are sources of their own; it is symmetric.
pub fn links(
    site: &Site,
    inputs: &[Input],
    anchors: &Anchors,
    independent: &dyn Fn(&Id, &Id) -> bool,
) -> Measures {
    let mut measures = Measures::default();
    for (id, values) in gather::values(site, inputs, anchors, independent) {
        let Some(measure) = site.measures.get(&id) else {
            continue;
        };
        let sums = sums::sums(&values);
        let disputes = compare::disputes(&values, &sums);
        let difference = compare::difference(measure, &values, &sums, &disputes);
        measures.by_id.insert(
            id,
            MeasureLinks {
                values,
                difference,
                disputes,
                sums,
                checks: Vec::new(),
            },
        );
    }
    for (id, checks) in sums::checks(site, &measures.by_id) {
        if let Some(links) = measures.by_id.get_mut(&id) {
            links.checks = checks;
        }
    }
    measures.figures = by_figure(&measures.by_id);
    measures
}

/// Which measure a figure leads to.
fn by_figure(measures: &BTreeMap<Id, MeasureLinks>) -> BTreeMap<Id, BTreeMap<u32, Id>> {
    let mut best: BTreeMap<(&Id, u32), (&Why, &Id)> = BTreeMap::new();
    for (id, value) in measures
        .iter()
        .flat_map(|(id, links)| links.values.iter().map(move |v| (id, v)))
    {
        if let Some(figure) = value.figure {
            let rank = |why: &Why| match why {
                Why::Written => (0, None),
                Why::Given => (1, None),
                Why::Words { need, .. } => (2, Some(need.near)),
                Why::Total(_) => (3, None),
            };
            let entry = best.entry((&value.article, figure));
            let known = entry.or_insert((&value.why, id));
            if rank(&value.why) < rank(known.0) {
                *known = (&value.why, id);
            }
        }
    }
    let mut figures: BTreeMap<Id, BTreeMap<u32, Id>> = BTreeMap::new();
    for ((article, figure), (_, id)) in best {
        let of_article = figures.entry(article.clone()).or_default();
        of_article.insert(figure, id.clone());
    }
    figures
}
