//! Values that add up: within one report, and a measure with its parts.

use std::collections::BTreeMap;

use super::compare::{interval, meets, together};
use super::{MeasureLinks, Value};
use crate::model::{Id, Site};

/// How many values beside a total are tried as its parts; every choice of them is looked at.
const PARTS: usize = 10;

/// A value that others of its report add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Index of the whole.
    pub whole: usize,
    /// Indices of its parts, in order.
    pub parts: Vec<usize>,
}

/// A value of a measure beside those of the measures that it sums up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Index of the whole.
    pub whole: usize,
    /// A value of each part: the measure, and the index of its value.
    pub parts: Vec<(Id, usize)>,
    /// Whether they add up, as far as their hedges say.
    pub agrees: bool,
}

/// The sums among the values of one measure.
pub(super) fn sums(values: &[Value]) -> Vec<Sum> {
    let mut sums = Vec::new();
    let numbered: Vec<(usize, &Value)> = values.iter().enumerate().collect();
    // Values are in order of their reports.
    for report in numbered.chunk_by(|(_, a), (_, b)| a.article == b.article) {
        let candidates: Vec<&Value> = report.iter().map(|(_, v)| *v).collect();
        for (whole, value) in report {
            let Some(parts) = adding_up(value, &candidates) else {
                continue;
            };
            let is_part = |v: &Value| parts.iter().any(|p| std::ptr::eq(*p, v));
            let parts = report.iter().filter(|(_, v)| is_part(v));
            sums.push(Sum {
                whole: *whole,
                parts: parts.map(|(i, _)| *i).collect(),
            });
        }
    }
    sums
}

/// The fewest values that add up to another, of those in its paragraph and the ones before and after it; the first of several.
/// At least two, each a single number.
pub(super) fn adding_up<'a>(whole: &Value, beside: &[&'a Value]) -> Option<Vec<&'a Value>> {
    let total = whole.single()?;
    let (paragraph, _) = whole.passage.place?;
    let near = beside.iter().filter_map(|value| {
        let (other, _) = value.passage.place?;
        let number = value.single().filter(|n| 0.0 < *n && *n < total)?;
        (paragraph.abs_diff(other) <= 1).then_some((paragraph.abs_diff(other), *value, number))
    });
    let mut near: Vec<_> = near.collect();
    near.sort_by_key(|(distance, ..)| *distance);
    near.truncate(PARTS);
    near.sort_by_key(|(_, value, _)| (value.passage, value.figure));
    let chosen = |mask: u32| (0..).zip(&near).filter(move |(i, _)| mask & (1 << i) != 0);
    let fits = |mask: &u32| {
        let sum: f64 = chosen(*mask).map(|(_, (.., number))| number).sum();
        mask.count_ones() >= 2 && (sum - total).abs() <= 1e-9 * total.abs()
    };
    let masks = 0..1u32 << near.len();
    let best = masks
        .filter(fits)
        .min_by_key(|mask| (mask.count_ones(), mask.reverse_bits().wrapping_neg()))?;
    Some(chosen(best).map(|(_, (_, value, _))| *value).collect())
}

/// The values of every measure that sums up others, each with a value of every part: of the same report, else the one published
/// last that holds at the same time. Where a part has none, nothing can be said.
pub(super) fn checks(
    site: &Site,
    measures: &BTreeMap<Id, MeasureLinks>,
) -> BTreeMap<Id, Vec<Check>> {
    let mut all = BTreeMap::new();
    for (id, measure) in &site.measures {
        let values = measures.get(id).map_or(&[][..], |links| &links.values);
        let checks: Vec<Check> = values
            .iter()
            .enumerate()
            .filter_map(|(whole, value)| {
                let parts: Option<Vec<(Id, usize)>> = measure
                    .sum_of
                    .iter()
                    .map(|part| {
                        let values = &measures.get(&part.value)?.values;
                        Some((part.value.clone(), counterpart(value, values)?))
                    })
                    .collect();
                let parts = parts.filter(|parts| parts.len() > 1)?;
                let mut sum = (0.0, 0.0);
                for (part, index) in &parts {
                    let (low, high) = interval(measures.get(part)?.values.get(*index)?)?;
                    sum = (sum.0 + low, sum.1 + high);
                }
                Some(Check {
                    whole,
                    agrees: meets(sum, interval(value)?),
                    parts,
                })
            })
            .collect();
        all.insert(id.clone(), checks);
    }
    all
}

/// The value of a part that goes with a value of the whole.
fn counterpart(whole: &Value, values: &[Value]) -> Option<usize> {
    let known = |v: &Value| v.min.is_some() || v.max.is_some();
    let mut same_report = values.iter();
    same_report
        .position(|v| v.article == whole.article && known(v) && together(v, whole))
        .or_else(|| values.iter().rposition(|v| known(v) && together(v, whole)))
}
