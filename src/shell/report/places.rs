//! Lines and columns of many places, found without reading a source from its beginning for each.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{Position, SitePath, Source, Sources, Span};

/// Looks up places in sources; quick where the places of one line come in order, as sorted diagnostics do.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    /// For each source the offsets at which its lines begin.
    lines: BTreeMap<SitePath, Vec<usize>>,
    /// The last column found: file, offset, column.
    last: Option<(SitePath, usize, u32)>,
}

/// A place on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot<'a> {
    /// The line's text without its end.
    pub(super) line: &'a str,
    /// Where the place begins in it, in bytes.
    pub(super) start: usize,
    /// Where it ends; at the end of the line for places of several lines.
    pub(super) end: usize,
    /// Where it begins in the source, for people.
    pub(super) position: Position,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            lines: BTreeMap::new(),
            last: None,
        }
    }

    /// The line a span begins on; none where the source is not known.
    pub(super) fn spot(&mut self, span: &Span) -> Option<Spot<'a>> {
        let source = self.sources.get(&span.path)?;
        let start = floor(&source.text, span.start as usize);
        let end = floor(&source.text, span.end as usize).max(start);
        let (number, line_start, line) = self.line(source, start);
        let within = |offset: usize| (offset - line_start).min(line.len());
        Some(Spot {
            line,
            start: within(start),
            end: within(end),
            position: Position {
                line: count(number + 1),
                column: self.column(source, line_start..line_start + line.len(), start),
            },
        })
    }

    /// Where a span begins and ends.
    pub(super) fn range(&mut self, span: &Span) -> Option<(Position, Position)> {
        let start = self.spot(span)?.position;
        let end = Span {
            start: span.end.max(span.start),
            ..span.clone()
        };
        Some((start, self.spot(&end)?.position))
    }

    /// The line that `offset` stands on, by number from 0, where it begins, and its text.
    fn line(&mut self, source: &'a Source, offset: usize) -> (usize, usize, &'a str) {
        let text: &'a str = &source.text;
        let starts = self.lines.entry(source.path.clone()).or_insert_with(|| {
            let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect()
        });
        let number = starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let start = starts.get(number).copied().unwrap_or(0);
        let end = starts.get(number + 1).map_or(text.len(), |next| next - 1);
        let line = text.get(start..end).unwrap_or("");
        (number, start, line.strip_suffix('\r').unwrap_or(line))
    }

    /// The column of `offset`, counted from the nearer of the line's beginning and the last place asked for on it.
    fn column(&mut self, source: &Source, line: Range<usize>, offset: usize) -> u32 {
        let chars = |range: Range<usize>| {
            count(
                source
                    .text
                    .get(range)
                    .map_or(0, |text| text.chars().count()),
            )
        };
        let last = self.last.take().filter(|(path, at, _)| {
            *path == source.path
                && (line.start..=line.end).contains(at)
                && at.abs_diff(offset) < offset - line.start
        });
        let column = match last {
            Some((_, at, column)) if at <= offset => column.saturating_add(chars(at..offset)),
            Some((_, at, column)) => column.saturating_sub(chars(offset..at)),
            None => chars(line.start..offset).saturating_add(1),
        };
        self.last = Some((source.path.clone(), offset, column));
        column
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// In any order, and at offsets that fit no character, places agree with the plain count.
        #[test]
        fn agrees_with_counting_from_the_beginning(text in "[a개\r\n]{0,40}", offsets in proptest::collection::vec(0u32..60, 1..8)) {
            let path = SitePath::new("a.md");
            let mut sources = Sources::default();
            sources.insert(Source::new(path.clone(), text.as_str()));
            let mut places = Places::new(&sources);
            for offset in offsets {
                let span = Span { path: path.clone(), start: offset, end: offset + 3 };
                let spot = places.spot(&span).unwrap();
                prop_assert_eq!(spot.position, Position::of(&text, offset));
                prop_assert!(spot.line.get(spot.start..spot.end).is_some());
                let (_, end) = places.range(&span).unwrap();
                prop_assert_eq!(end, Position::of(&text, offset + 3));
            }
        }
    }
}
