//! Which values of a measure contradict each other.
//!
//! Two values do where they hold at a common time and the numbers that each allows have none in common. A hedged number allows
//! what it may have been rounded from, a large round one too; `at least` and `up to` are open at one end.
//! Parts of a sum, others than those before (`two other people`) and what one sentence tells of in one voice are no rivals.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::{AsOf, AsOfBasis, Sum, Value};
use crate::base::Edtf;
use crate::model::{Difference, Hedge, Measure};

/// A number that says nothing of its date is taken to hold for so many days before and after the report.
const DAYS: i64 = 31;
/// Numbers without a hedge are taken to be rounded from so many on: a count of 120 is a count, 50,000 is a round number.
const ROUND: f64 = 1_000.0;
/// No rounding moves a number further than by this part of it.
const MOST: f64 = 0.1;

/// The numbers that a value allows; none where it names no number.
pub(super) fn interval(value: &Value) -> Option<(f64, f64)> {
    let (min, max) = (value.min.map(|n| n.get()), value.max.map(|n| n.get()));
    let (low, high) = match (min, max) {
        (None, None) => return None,
        (low, high) => (
            low.unwrap_or(f64::NEG_INFINITY),
            high.unwrap_or(f64::INFINITY),
        ),
    };
    let hedged = value.hedge == Hedge::About;
    let (low, high) = (low - slack(low, hedged), high + slack(high, hedged));
    Some(match value.hedge {
        Hedge::AtLeast => (low, f64::INFINITY),
        Hedge::UpTo => (f64::NEG_INFINITY, high),
        Hedge::Exact | Hedge::About => (low, high),
    })
}

/// By how much a number may have been rounded: half of its last digit that is not zero.
fn slack(number: f64, hedged: bool) -> f64 {
    let size = number.abs();
    if !size.is_finite() || size < 1.0 {
        return 0.0;
    }
    let mut grain = 1.0;
    while grain * 10.0 <= size && (size / (grain * 10.0)).fract() == 0.0 {
        grain *= 10.0;
    }
    if !hedged && grain < ROUND {
        return 0.0;
    }
    (grain / 2.0).min(size * MOST)
}

/// Whether two ranges have a number in common.
pub(super) fn meets(a: (f64, f64), b: (f64, f64)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// Whether two values can hold at a common time.
pub(super) fn together(a: &Value, b: &Value) -> bool {
    match (&a.as_of, &b.as_of) {
        (Some(a), Some(b)) => window(a).overlaps(&window(b)),
        _ => true,
    }
}

/// The time for which a value is taken to hold.
fn window(as_of: &AsOf) -> Edtf {
    let date = &as_of.date;
    if as_of.basis != AsOfBasis::Published {
        return date.clone();
    }
    let from = date.earliest().saturating_sub(DAYS.days());
    let until = date.latest().saturating_add(DAYS.days());
    Edtf::parse(&format!("{from}/{until}")).unwrap_or_else(|_| date.clone())
}

/// Every value that contradicts another, with the first that it contradicts.
pub(super) fn disputes(values: &[Value], sums: &[Sum]) -> BTreeMap<usize, usize> {
    let parts: BTreeSet<usize> = sums.iter().flat_map(|s| s.parts.iter().copied()).collect();
    let rivals: Vec<(usize, Claim)> = (0..)
        .zip(values)
        .filter(|(i, value)| !value.part_of_sum && !parts.contains(i))
        .map(|(i, value)| (i, Claim::of(value)))
        .collect();
    let first = |(i, claim): &(usize, Claim)| {
        let rival = rivals.iter().find(|(_, other)| claim.contradicts(other));
        Some((*i, rival?.0))
    };
    rivals.iter().filter_map(first).collect()
}

/// What comparing needs to know of a value.
struct Claim<'a> {
    value: &'a Value,
    interval: Option<(f64, f64)>,
    window: Option<Edtf>,
}

impl<'a> Claim<'a> {
    fn of(value: &'a Value) -> Self {
        Self {
            value,
            interval: interval(value),
            window: value.as_of.as_ref().map(window),
        }
    }

    /// Whether it contradicts another. Symmetric, and no value contradicts itself.
    fn contradicts(&self, other: &Self) -> bool {
        let (a, b) = (self.value, other.value);
        let same_report = a.article == b.article;
        let sentences = |v: &Value| (v.passage.first, v.passage.last);
        let one_breath = sentences(a) == sentences(b) && a.speaker == b.speaker;
        if same_report && (one_breath || a.others || b.others) {
            return false;
        }
        let apart = match (self.interval, other.interval) {
            (Some(a), Some(b)) => !meets(a, b),
            // Words for no number contradict other words for none.
            (None, None) => (&a.words, &a.quote) != (&b.words, &b.quote),
            _ => false,
        };
        let together = match (&self.window, &other.window) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => true,
        };
        apart && together
    }
}

/// How the values of a measure differ. The editor's word stands; estimates that nobody counted do not contradict each other.
pub(super) fn difference(
    measure: &Measure,
    values: &[Value],
    sums: &[Sum],
    disputes: &BTreeMap<usize, usize>,
) -> Option<Difference> {
    if measure.difference.is_some() {
        return measure.difference;
    }
    let rivals = || values.iter().filter(|v| !v.part_of_sum);
    let estimate = |v: &Value| v.hedge != Hedge::Exact || v.is_range();
    if rivals().count() > 1 && rivals().all(estimate) && rivals().any(Value::is_range) {
        return Some(Difference::Estimates);
    }
    if !disputes.is_empty() {
        return Some(Difference::Open);
    }
    let parts = values.iter().filter(|v| v.part_of_sum).count();
    (!sums.is_empty() || parts > 1).then_some(Difference::Resolved)
}
