//! Counts by year.

use std::collections::BTreeMap;

use super::Chart;
use super::scale::year_labels;
use super::svg::{Percent, Svg, Width};
use super::words::{Words, fill, year_text};

/// Where the axis lies and how high the highest bar is, in pixels.
const AXIS: i64 = 90;
const HIGHEST: i64 = 64;
/// How wide the chart is on small and on wide screens, in pixels.
const NARROW: i64 = 290;
const WIDE: i64 = 720;

/// Counts by year, each bar with its count above it; a count that would run into
/// the one before or into a higher bar beside it is left out. Years may
/// come in any order and more than once; a year with the count 0 widens the scale. None where nothing is counted.
pub fn bars(prefix: &str, counts: &[(i16, usize)], words: &Words<'_>) -> Option<Chart> {
    let mut years: BTreeMap<i64, usize> = BTreeMap::new();
    for (year, count) in counts {
        let sum = years.entry(i64::from(*year)).or_default();
        *sum = sum.saturating_add(*count);
    }
    let (first, last) = (*years.first_key_value()?.0, *years.last_key_value()?.0);
    years.retain(|_, count| *count > 0);
    let most = *years.values().max()?;
    let description = describe(&years, first, last, words);
    let mut svg = Svg::chart(prefix, words.title, &description, AXIS + 28);
    svg.across("ax", AXIS);
    let slots = last - first + 1;
    let middle = |year: i64| Percent::of(2 * (year - first) + 1, 2 * slots);
    for label in year_labels(first..=last) {
        let text = year_text(label.year);
        svg.text(label.class(), middle(label.year), 0, AXIS + 18, &text);
    }
    for (year, count) in &years {
        let left = Percent::of(10 * (year - first) + 2, 10 * slots).min(Percent::new(9_999));
        let right = Percent::of(10 * (year - first) + 8, 10 * slots);
        let height = height(*count, most);
        let width = Width::Share(Percent::new(right.from(left).hundredths().max(1)));
        svg.rect("acc", left, width, AXIS - height, height);
    }
    draw_counts(&mut svg, &years, first, last);
    Some(Chart {
        svg: svg.finish(),
        description,
        marks: Vec::new(),
    })
}

/// Writes the counts above their bars, as far as they have room there.
fn draw_counts(svg: &mut Svg, years: &BTreeMap<i64, usize>, first: i64, last: i64) {
    let slots = last - first + 1;
    let most = years.values().max().copied().unwrap_or(0);
    let (mut narrow_end, mut wide_end) = (i64::MIN, i64::MIN);
    for (year, count) in years {
        let text = count.to_string();
        let fits = |end: &mut i64, pixels: i64| {
            // In hundredths of a pixel, with 7 pixels for a digit.
            let half = 350 * i64::try_from(text.len()).unwrap_or(1);
            let slot = 100 * pixels / slots;
            let centre = (year - first) * slot + slot / 2;
            // The next bar begins seven tenths of a slot from the middle of this one.
            let reach = (half - slot * 7 / 10 + slot)
                .div_euclid(slot.max(1))
                .clamp(0, slots);
            let mut beside = years.range(year - reach..=year + reach);
            let free = centre - half >= *end && beside.all(|(_, other)| other <= count);
            if free {
                *end = centre + half + 200;
            }
            free
        };
        let wide = fits(&mut wide_end, WIDE);
        // What a wide screen leaves out a small one cannot show.
        let narrow = wide && fits(&mut narrow_end, NARROW);
        if wide {
            let class = if narrow { "mid b" } else { "mid b alt" };
            let x = Percent::of(2 * (year - first) + 1, 2 * slots);
            let y = AXIS - height(*count, most) - 6;
            svg.text(class, x, 0, y, &text);
        }
    }
}

/// How high a bar is, in pixels; what is counted at all can be seen.
fn height(count: usize, most: usize) -> i64 {
    let share = u128::try_from(HIGHEST).unwrap_or(0) * (count as u128) / (most.max(1) as u128);
    i64::try_from(share).unwrap_or(HIGHEST).clamp(2, HIGHEST)
}

fn describe(years: &BTreeMap<i64, usize>, first: i64, last: i64, words: &Words<'_>) -> String {
    let items = words.list(years.iter().map(|(year, count)| {
        let (year, count) = (year_text(*year), count.to_string());
        fill(words.bar, &[("year", &year), ("count", &count)])
    }));
    let all = usize::try_from(last - first + 1).is_ok_and(|n| n == years.len());
    let pattern = if all { words.bars } else { words.bars_some };
    let stretch = words.stretch(&year_text(first), &year_text(last));
    fill(pattern, &[("items", &items), ("stretch", &stretch)])
}
