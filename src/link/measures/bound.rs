//! Which words of a text belong to one figure alone, by where they stand.

use crate::annotate::Prose;
use crate::base::TextRange;
use crate::model::{Annotated, FigureMark};

/// Words between figures that share what stands at the first of them. A mere comma may as well begin another clause.
const JOINTS: [&str; 5] = ["and", "or", ", and", ", or", "&"];
/// Words that open a sentence which gives parts of its first figure: `Of the 120 promised, 47 came`.
const OF: [&str; 8] = [
    "of", "of the", "of its", "of their", "of his", "of these", "of those", "out of",
];

/// The figures of an article, and what stands at each.
pub(super) struct Bound {
    figures: Vec<Place>,
}

/// Where a figure stands.
struct Place {
    /// Where its hedge begins, or its number.
    front: u32,
    /// Where the head of what it counts stands.
    head: Option<TextRange>,
    /// The first of the figures with which it is joined: `64 people and 12 soldiers`.
    first: usize,
    /// It is a part of a figure before it.
    part: bool,
}

impl Bound {
    /// The figures, in order of the text.
    pub(super) fn new(
        prose: &Prose,
        annotated: &Annotated,
        figures: &[(TextRange, &FigureMark)],
    ) -> Self {
        let mut places: Vec<Place> = Vec::with_capacity(figures.len());
        // The sentence that gives parts, and where the figure before ends.
        let (mut parts, mut end) = (None, None);
        for (index, (range, figure)) in figures.iter().enumerate() {
            let front = figure
                .hedged
                .map_or(range.start, |h| h.start.min(range.start));
            let sentence = prose.sentence(range.start);
            let joined = end.is_some_and(|end| JOINTS.contains(&between(prose, end, front)));
            let first = places.last().filter(|_| joined).map_or(index, |p| p.first);
            let part = parts == Some(sentence);
            let begin = annotated
                .sentences
                .get(sentence)
                .map_or(front, |s| s.range.start);
            if OF.contains(&&*between(prose, begin, front).to_ascii_lowercase()) {
                parts = Some(sentence);
            }
            let counted = figure.counted.as_ref().map(|c| c.range);
            end = Some(range.end.max(counted.map_or(0, |c| c.end)));
            places.push(Place {
                front,
                head: counted,
                first,
                part,
            });
        }
        Self { figures: places }
    }

    /// The figure that a word belongs to: the one before which it stands, or of whose counted phrase it is the head.
    pub(super) fn owner(&self, prose: &Prose, word: TextRange) -> Option<usize> {
        let next = self.figures.partition_point(|f| f.front < word.end);
        let stands_before = self
            .figures
            .get(next)
            .is_some_and(|f| between(prose, word.end, f.front).is_empty());
        if stands_before {
            return Some(next);
        }
        let before = next.checked_sub(1)?;
        let head = self.figures.get(before)?.head?;
        (head.contains(word) && head.end == word.end).then_some(before)
    }

    /// The first of the figures with which one is joined.
    pub(super) fn first(&self, figure: usize) -> usize {
        self.figures.get(figure).map_or(figure, |f| f.first)
    }

    /// Whether a figure is told as a part of one before it.
    pub(super) fn is_part(&self, figure: usize) -> bool {
        self.figures.get(figure).is_some_and(|f| f.part)
    }
}

/// The words between two places of the source; where these are in two blocks, what parts them is no mere space.
fn between<'p>(prose: &'p Prose, from: u32, to: u32) -> &'p str {
    let range = TextRange {
        start: from,
        end: to.max(from),
    };
    range.of(prose.source()).trim_matches(' ')
}
