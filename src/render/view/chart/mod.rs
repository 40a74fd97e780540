//! Charts: events, counts and values in, `svg` elements out.
//!
//! 1. A [`Point`] becomes a mark: a form that tells how finely its date is known, and the days that it takes.
//! 2. A scale lays whole years or months along the chart and says which of them are labelled.
//! 3. Rows, bars or numbered flags are arranged with integers only and written as elements.
//! 4. The description says in the caller's [`Words`] what is to be seen.
//!
//! Invariant: positions along the chart are per cent between 0 and 100 and everything else is pixels, so a chart needs
//! neither a `viewBox` nor styles and its text keeps its size; all text is escaped; same input, same bytes.

mod bars;
mod flags;
mod mark;
mod rows;
mod scale;
mod svg;
mod topic;
mod values;
mod words;

#[cfg(test)]
mod tests;

pub use bars::activity;
pub use rows::{rows, spark};
pub use topic::topic;
pub use values::{Amounts, ValueWords, values};
pub use words::Words;

use crate::base::Edtf;

/// An event on a chart.
#[derive(Debug, Clone, Copy)]
pub struct Point<'a> {
    /// When.
    pub date: &'a Edtf,
    /// Whether the date was worked out or supplied, not stated.
    pub worked: bool,
    /// What happened, for the description.
    pub label: &'a str,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The `svg` element, with its title and description.
    pub svg: String,
    /// The description once more, as plain text.
    pub description: String,
    /// The marks that it uses, in this order: of `day`, `month`, `year`, `worked`, or of `number`, `about`, `range`, `open`,
    /// `disputed`, or of `mentions`, `events`.
    pub marks: Vec<&'static str>,
}
