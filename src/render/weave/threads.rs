//! Fitting threads to a document's text.

use std::cmp::Reverse;

use super::Thread;
use crate::base::TextRange;
use crate::model::{Document, Op};

/// The threads of a document, ready to be woven.
pub(super) struct Fitted {
    /// Start and end of each thread, both at bytes that are written as text; equal where it has no element.
    pub(super) ranges: Vec<TextRange>,
    /// Threads with an element, by where they begin.
    pub(super) order: Vec<usize>,
    /// Threads without one, by where they stand.
    pub(super) points: Vec<usize>,
}

impl Fitted {
    pub(super) fn new(document: &Document, threads: &[Thread]) -> Self {
        let pieces = pieces(document);
        let ranges: Vec<_> = threads
            .iter()
            .map(|thread| fit(&document.text, &pieces, thread.range))
            .collect();
        let range = |index: &usize| ranges.get(*index).copied().unwrap_or(TextRange::new(0, 0));
        let (mut points, order): (Vec<_>, Vec<_>) =
            (0..threads.len()).partition(|index| range(index).is_empty());
        let rank = |index: &usize| threads.get(*index).map_or(0, |thread| thread.rank);
        let place = |index: usize| {
            let range = range(&index);
            (range.start, Reverse(range.end), rank(&index), index)
        };
        let mut order: Vec<_> = order.into_iter().map(place).collect();
        order.sort();
        let order = order.into_iter().map(|(.., index)| index).collect();
        points.sort_by_key(|index| (range(index).start, *index));
        Self {
            ranges,
            order,
            points,
        }
    }
}

/// The stretches that are written as text, in order. Code blocks are none: they are left to the highlighter.
fn pieces(document: &Document) -> Vec<TextRange> {
    let mut pieces: Vec<TextRange> = Vec::new();
    for op in &document.ops {
        match (op, pieces.last_mut()) {
            (Op::Text(range), Some(last)) if last.end == range.start => last.end = range.end,
            (Op::Text(range), _) => pieces.push(*range),
            _ => {}
        }
    }
    pieces
}

/// Shortens a range so that it begins and ends in text, on character boundaries.
fn fit(text: &str, pieces: &[TextRange], range: TextRange) -> TextRange {
    let (wanted_start, wanted_end) = (floor(text, range.start), floor(text, range.end));
    let after = pieces.partition_point(|piece| piece.end <= wanted_start);
    let start = pieces.get(after).map(|piece| piece.start.max(wanted_start));
    let before = pieces
        .partition_point(|piece| piece.start < wanted_end)
        .checked_sub(1);
    let end = before
        .and_then(|index| pieces.get(index))
        .map(|piece| piece.end.min(wanted_end));
    match (start, end) {
        (Some(start), Some(end)) if start < end && wanted_start < wanted_end => {
            TextRange { start, end }
        }
        (Some(start), None) => TextRange { start, end: start },
        (_, Some(end)) => TextRange { start: end, end },
        (None, None) => TextRange { start: 0, end: 0 },
    }
}

fn floor(text: &str, at: u32) -> u32 {
    let mut floored = (at as usize).min(text.len());
    while !text.is_char_boundary(floored) {
        floored -= 1;
    }
    TextRange::new(floored, floored).start
}
