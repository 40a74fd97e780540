//! Small marks on lines: the strip of one topic, and all topics on one scale.

use std::collections::BTreeMap;

use jiff::civil::Date;
use unicode_segmentation::UnicodeSegmentation;

use super::mark::{Mark, draw_small, extent, keys};
use super::scale::Scale;
use super::svg::{Percent, Svg};
use super::words::{Words, fill, year_text};
use super::{Chart, Point};

/// How wide a strip and a chart of rows usually are, in pixels.
const STRIP: i64 = 340;
const PAGE: i64 = 720;
/// How far it is from row to row, in pixels.
const ROW: i64 = 54;
/// How long a row's name may be, in Latin letters, so that it stays on a small screen.
const NAME: usize = 46;

/// A small strip of events without a title, for beside text that says the same. `span_years` are the first and last
/// year of its scale, in any order, so that the strips of several topics can share one; events outside lie at its
/// edges. None without events.
pub fn spark(points: &[Point<'_>], span_years: (i16, i16)) -> Option<String> {
    let marks: Vec<Mark> = points.iter().map(Mark::of).collect();
    let (first, last) = (
        span_years.0.min(span_years.1),
        span_years.0.max(span_years.1),
    );
    let new_year = |year: i16| Date::new(year.clamp(-9999, 9999), 1, 1).ok();
    let scale = Scale::years(new_year(first)?, new_year(last)?);
    if marks.is_empty() {
        return None;
    }
    let mut svg = Svg::strip(30);
    svg.across("", 8);
    draw_small(&mut svg, &marks, scale, 8, STRIP);
    svg.text("", Percent::ZERO, 0, 28, &year_text(first.into()));
    if first != last {
        svg.text("end", Percent::FULL, 0, 28, &year_text(last.into()));
    }
    Some(svg.finish())
}

/// All events on one scale, a row for each topic, named by its title. None without events.
pub fn rows(prefix: &str, rows: &[(&str, Vec<Point<'_>>)], words: &Words<'_>) -> Option<Chart> {
    let marks: Vec<(&str, Vec<Mark>)> = rows
        .iter()
        .map(|(name, points)| (*name, points.iter().map(Mark::of).collect()))
        .collect();
    let all = marks.iter().flat_map(|(_, marks)| marks);
    let (first, last) = extent(all.clone())?;
    let scale = Scale::years(first, last);
    let description = describe(&marks, scale, words);
    let bottom = ROW * i64::try_from(rows.len()).ok()? + 8;
    let mut svg = Svg::chart(prefix, words.title, &description, bottom + 26);
    for x in scale.year_ticks() {
        svg.upright("grid", x, 6, bottom);
    }
    let mut y = 38;
    for (name, marks) in &marks {
        svg.text("b", Percent::ZERO, 0, y - 14, &shorten(name));
        svg.across("", y);
        draw_small(&mut svg, marks, scale, y, PAGE);
        y += ROW;
    }
    scale.draw_years(&mut svg, bottom + 18);
    Some(Chart {
        svg: svg.finish(),
        description,
        marks: keys(all),
    })
}

fn describe(rows: &[(&str, Vec<Mark>)], scale: Scale, words: &Words<'_>) -> String {
    let stretch = scale.in_words(words);
    let mut sentences = vec![fill(words.rows, &[("stretch", &stretch)])];
    sentences.extend(
        rows.iter()
            .map(|(name, marks)| describe_row(name, marks, words)),
    );
    sentences.join(" ")
}

fn describe_row(name: &str, marks: &[Mark], words: &Words<'_>) -> String {
    let mut years: BTreeMap<i64, usize> = BTreeMap::new();
    for mark in marks {
        *years.entry(mark.days.0.year().into()).or_default() += 1;
    }
    let (Some((first, _)), Some((last, _))) = (years.first_key_value(), years.last_key_value())
    else {
        return fill(words.row_empty, &[("row", name)]);
    };
    if !Words::tells(years.len()) {
        let stretch = words.stretch(&year_text(*first), &year_text(*last));
        let count = marks.len().to_string();
        let values = [("row", name), ("count", &count), ("stretch", &stretch)];
        return fill(words.row_long, &values);
    }
    let items: Vec<String> = years
        .into_iter()
        .map(|(year, count)| match count {
            1 => year_text(year),
            _ => {
                let (year, count) = (year_text(year), count.to_string());
                fill(words.year_count, &[("year", &year), ("count", &count)])
            }
        })
        .collect();
    fill(
        words.row,
        &[("row", name), ("items", &items.join(words.between))],
    )
}

/// A name that fits on a small screen; letters from Hangul on and wide signs count as two.
fn shorten(name: &str) -> String {
    let width = |g: &str| {
        if g.chars().any(|c| c >= '\u{1100}') {
            2
        } else {
            1
        }
    };
    if name.graphemes(true).map(width).sum::<usize>() <= NAME {
        return name.to_owned();
    }
    let mut used = 1;
    let kept: String = name
        .graphemes(true)
        .take_while(|g| {
            used += width(g);
            used <= NAME
        })
        .collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_between_letters() {
        let long = "가".repeat(40);
        let cases = [
            ("Kaesong", "Kaesong".to_owned()),
            (&long, format!("{}…", "가".repeat(22))),
        ];
        for (name, text) in cases {
            assert_eq!(shorten(name), text);
        }
    }
}
