//! Mentions and events by year.

use super::Chart;
use super::scale::year_labels;
use super::svg::{Percent, Svg, Width};
use super::words::year_text;

/// Where the axis lies and how high the highest bar is, in pixels.
const AXIS: i64 = 90;
const HIGHEST: i64 = 64;
/// The most years whose bars have room for their counts on small and on wide screens.
const NARROW: i64 = 6;
const WIDE: i64 = 16;

/// Mentions and events by year, a filled bar beside an open one on one scale of counts. Where there is room the count stands above its
/// bar; a table below has them all. Years may come in any order, each once. None where nothing is counted.
pub fn activity(
    prefix: &str,
    years: &[(i16, usize, usize)],
    title: &str,
    description: &str,
) -> Option<Chart> {
    let most = years.iter().map(|(_, a, b)| *a.max(b)).max();
    let most = most.filter(|n| *n > 0)?;
    let known = || years.iter().map(|(year, _, _)| i64::from(*year));
    let (first, last) = (known().min()?, known().max()?);
    let slots = last - first + 1;
    let mut svg = Svg::chart(prefix, title, description, AXIS + 28);
    svg.across("ax", AXIS);
    for label in year_labels(first..=last) {
        let middle = Percent::of(2 * (label.year - first) + 1, 2 * slots);
        svg.text(label.class(), middle, 0, AXIS + 18, &year_text(label.year));
    }
    let mut bar = |class, count: usize, from: i64| {
        if count == 0 {
            return;
        }
        let left = Percent::of(from, 10 * slots).min(Percent::new(9_999));
        let share = Percent::of(from + 4, 10 * slots).from(left).hundredths();
        let height = height(count, most);
        let width = Width::Share(Percent::new(share.max(1)));
        svg.rect(class, left, width, AXIS - height, height);
        if slots <= WIDE {
            let middle = Percent::of(from + 2, 10 * slots);
            let class = if slots > NARROW { "mid b alt" } else { "mid b" };
            svg.text(class, middle, 0, AXIS - height - 6, &count.to_string());
        }
    };
    for (year, mentions, events) in years {
        let start = 10 * (i64::from(*year) - first);
        bar("acc", *mentions, start + 1);
        bar("hol", *events, start + 5);
    }
    let used = |mark, any: bool| any.then_some(mark);
    let marks = [
        used("mentions", years.iter().any(|(_, n, _)| *n > 0)),
        used("events", years.iter().any(|(_, _, n)| *n > 0)),
    ];
    Some(Chart {
        svg: svg.finish(),
        description: description.to_owned(),
        marks: marks.into_iter().flatten().collect(),
    })
}

/// How high a bar is, in pixels; what is counted at all can be seen.
fn height(count: usize, most: usize) -> i64 {
    let share = u128::try_from(HIGHEST).unwrap_or(0) * (count as u128) / (most.max(1) as u128);
    i64::try_from(share).unwrap_or(HIGHEST).clamp(2, HIGHEST)
}
