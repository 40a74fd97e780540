//! Where a quotation stands in an article: for notes, evidence, citations, readings and overrides.
//!
//! The selector is the exact text of W3C's Web Annotation Data Model (`TextQuoteSelector`), looked for so:
//!
//! 1. Article and quotation are put into one spelling ([`Prose`]), so that white space and the make of quotation marks,
//!    apostrophes and dashes decide nothing.
//! 2. The words are looked for as they are. Places that begin and end with whole words are preferred.
//! 3. If the quotation has an ellipsis (`first words … last words`, also `[…]`), its parts are looked for in order,
//!    each as near to the one before it as can be and at most 4,000 bytes away; a span within one block is preferred.
//! 4. Failing that, the most similar words are looked for (`reword`): at a similarity of 0.85 or more, with a clear lead
//!    over every other place, and with the same figures, dates and negations.
//!
//! A quotation reaches over the end of a block only where it has a line end itself, or an ellipsis.
//! Invariant: a place that is found lies on character boundaries and within the article's sentences.

use std::ops::Range;
use std::sync::OnceLock;

use super::prose::{Prose, spell};
use super::reword::{Likeness, Words};
use crate::model::{Anchor, Sentence, Verdict};

/// How far the parts of a shortened quotation may be from each other, in bytes.
const WIDEST_GAP: usize = 4000;

/// Similarity from which words count as the same words, altered.
const SIMILAR: f64 = 0.85;

/// By how much the best place must be more similar than any other.
const CLEAR_LEAD: f64 = 0.05;

/// Looks for quotations in one article.
#[derive(Debug)]
pub struct Finder<'a> {
    prose: Prose<'a>,
    words: OnceLock<Words>,
}

/// Where a quotation was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Word for word, in one place.
    One(Anchor),
    /// Word for word, in two or more places, in order.
    Many(Vec<Anchor>),
    /// In altered words.
    Reworded(Rewording),
    /// Nowhere; with the most similar place, if any is similar at all, and its similarity from 0 to 1.
    Lost {
        /// The place and its similarity.
        best: Option<(Anchor, f64)>,
    },
}

impl Found {
    /// The place to take: the only one, the first of many, or that of the altered words.
    pub fn anchor(&self) -> Option<Anchor> {
        match self {
            Self::One(anchor) => Some(*anchor),
            Self::Many(anchors) => anchors.first().copied(),
            Self::Reworded(rewording) => Some(rewording.anchor),
            Self::Lost { .. } => None,
        }
    }
}

/// A quotation found in altered words.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewording {
    /// The place.
    pub anchor: Anchor,
    /// Similarity, from 0.85 to 1; 1 when only punctuation differs.
    pub score: f64,
    /// What differs, in order: words of the quotation and the article's words for them. Either may be empty.
    pub changes: Vec<(String, String)>,
}

/// A place in the spelling that may be the quotation's.
#[derive(Debug, Clone)]
struct Place {
    range: Range<usize>,
    likeness: Option<Likeness>,
}

impl<'a> Finder<'a> {
    /// Prepares an article: its plain text, and its sentences in order.
    pub fn new(text: &'a str, sentences: &'a [Sentence]) -> Self {
        Self {
            prose: Prose::new(text, sentences),
            words: OnceLock::new(),
        }
    }

    /// The article in the common spelling.
    pub fn prose(&self) -> &Prose<'a> {
        &self.prose
    }

    /// Finds a quotation. Costs a pass over the article, and for altered words what a few passages of the
    /// quotation's length cost to align.
    pub fn find(&self, quote: &str) -> Found {
        let whole = lines(quote);
        if whole.is_empty() {
            return Found::Lost { best: None };
        }
        let exact = self.occurrences(&whole);
        if !exact.is_empty() {
            return self.exactly(exact);
        }
        let parts = parts(&whole);
        if parts.len() > 1 {
            return self.find_parts(&parts);
        }
        // An ellipsis at either end only says that the sentence goes on.
        let bare = parts.into_iter().next().unwrap_or(whole);
        let exact = self.occurrences(&bare);
        if exact.is_empty() {
            self.similar(&bare)
        } else {
            self.exactly(exact)
        }
    }

    /// Every place that has just these words, in order, without a look at gaps or altered words.
    pub fn places(&self, words: &str) -> Vec<Anchor> {
        match self.exactly(self.occurrences(&lines(words))) {
            Found::Many(anchors) => anchors,
            found => found.anchor().into_iter().collect(),
        }
    }

    /// Places of a quotation that has gaps.
    fn find_parts(&self, parts: &[Vec<String>]) -> Found {
        let exact: Vec<Vec<Range<usize>>> = parts.iter().map(|p| self.occurrences(p)).collect();
        let plain = |ranges: &Vec<Range<usize>>| ranges.iter().cloned().map(Place::exact).collect();
        let places: Vec<Vec<Place>> = exact.iter().map(plain).collect();
        let spans = self.spans(&places);
        if !spans.is_empty() {
            return self.exactly(spans.into_iter().map(|(range, _)| range).collect());
        }
        let mut best = None;
        let mut places = places;
        for (part, places) in parts.iter().zip(&mut places) {
            if !places.is_empty() {
                continue;
            }
            match self.similar_places(part) {
                Similar::Clear(place) => places.push(place),
                Similar::Unclear(place) => {
                    best = best
                        .or(place.map(|p| (self.anchor(&p.range, Verdict::Reworded), p.score())));
                }
            }
        }
        match self.spans(&places).as_slice() {
            [(range, likenesses)] => {
                let score = likenesses.iter().map(|l| l.score).fold(1.0, f64::min);
                let changes = likenesses.iter().flat_map(|l| l.changes.clone());
                Found::Reworded(Rewording {
                    anchor: self.anchor(range, Verdict::Reworded),
                    score,
                    changes: changes.collect(),
                })
            }
            _ => Found::Lost {
                best: best.or_else(|| {
                    let place = places.iter().flatten().next()?;
                    Some((self.anchor(&place.range, Verdict::Reworded), place.score()))
                }),
            },
        }
    }

    /// Where lines stand one after the other, a space or the end of a block between two of them.
    fn occurrences(&self, lines: &[String]) -> Vec<Range<usize>> {
        let text = self.prose.text();
        let Some((first, more)) = lines.split_first() else {
            return Vec::new();
        };
        let follows = |start: usize| {
            let mut end = start + first.len();
            for line in more {
                let rest = text.get(end..)?;
                let rest = rest.strip_prefix([' ', '\n'])?;
                rest.strip_prefix(line.as_str())?;
                end += 1 + line.len();
            }
            Some(start..end)
        };
        let all = text.match_indices(first.as_str());
        let all: Vec<Range<usize>> = all.filter_map(|(start, _)| follows(start)).collect();
        let whole = |range: &&Range<usize>| whole_words(text, range);
        let clean: Vec<Range<usize>> = all.iter().filter(whole).cloned().collect();
        if clean.is_empty() { all } else { clean }
    }

    /// The shortest stretches that hold a place of each part, in order; those within a block, if there are any.
    fn spans(&self, parts: &[Vec<Place>]) -> Vec<(Range<usize>, Vec<Likeness>)> {
        let mut found: Vec<(Range<usize>, Vec<Likeness>)> = Vec::new();
        let Some((first, more)) = parts.split_first() else {
            return found;
        };
        for place in first {
            let mut end = place.range.end;
            let mut likenesses: Vec<Likeness> = place.likeness.iter().cloned().collect();
            let reached = more.iter().all(|places| {
                let next = places.partition_point(|p| p.range.start < end);
                let Some(next) = places
                    .get(next)
                    .filter(|p| p.range.start - end <= WIDEST_GAP)
                else {
                    return false;
                };
                end = next.range.end;
                likenesses.extend(next.likeness.clone());
                true
            });
            if !reached {
                continue;
            }
            // A later beginning of the same end is the shorter stretch.
            if found.last().is_some_and(|(last, _)| last.end == end) {
                found.pop();
            }
            found.push((place.range.start..end, likenesses));
        }
        if found.iter().any(|(range, _)| !self.prose.crosses(range)) {
            found.retain(|(range, _)| !self.prose.crosses(range));
        }
        found
    }

    fn exactly(&self, ranges: Vec<Range<usize>>) -> Found {
        match ranges.as_slice() {
            [only] => Found::One(self.anchor(only, Verdict::Exact)),
            _ => Found::Many(
                ranges
                    .iter()
                    .map(|range| self.anchor(range, Verdict::Moved))
                    .collect(),
            ),
        }
    }

    fn similar(&self, lines: &[String]) -> Found {
        match self.similar_places(lines) {
            Similar::Clear(place) => {
                let score = place.score();
                Found::Reworded(Rewording {
                    anchor: self.anchor(&place.range, Verdict::Reworded),
                    score,
                    changes: place.likeness.map(|l| l.changes).unwrap_or_default(),
                })
            }
            Similar::Unclear(place) => Found::Lost {
                best: place.map(|p| (self.anchor(&p.range, Verdict::Reworded), p.score())),
            },
        }
    }

    /// The most similar place, if it is similar enough, says the same and leads clearly.
    fn similar_places(&self, lines: &[String]) -> Similar {
        let text = self.prose.text();
        let words = self.words.get_or_init(|| Words::new(text));
        let mut likely = words.likely(text, lines);
        // What says something else is no rival of what says the same.
        likely.sort_by(|a, b| {
            let key = |l: &Likeness| (l.same_claims, l.score);
            let (a_key, b_key) = (key(a), key(b));
            let order = b_key.0.cmp(&a_key.0);
            order
                .then(b_key.1.total_cmp(&a_key.1))
                .then(a.range.start.cmp(&b.range.start))
        });
        let rival = likely.get(1).filter(|l| l.same_claims).map(|l| l.score);
        let Some(best) = likely.into_iter().next() else {
            return Similar::Unclear(None);
        };
        let leads = rival.is_none_or(|rival| best.score - rival >= CLEAR_LEAD);
        let clear = best.same_claims && best.score >= SIMILAR && leads;
        let place = Place {
            range: best.range.clone(),
            likeness: Some(best),
        };
        if clear {
            Similar::Clear(place)
        } else {
            Similar::Unclear(Some(place))
        }
    }

    fn anchor(&self, range: &Range<usize>, verdict: Verdict) -> Anchor {
        let range = self.prose.to_source(range);
        let index = |at| u32::try_from(self.prose.sentence(at)).unwrap_or(u32::MAX);
        let sentence = index(range.start);
        Anchor {
            range,
            verdict,
            sentence,
            last_sentence: index(range.end.saturating_sub(1)).max(sentence),
        }
    }
}

/// The most similar place of a quotation.
enum Similar {
    /// It is the quotation's.
    Clear(Place),
    /// It is the best there is.
    Unclear(Option<Place>),
}

impl Place {
    fn exact(range: Range<usize>) -> Self {
        Self {
            range,
            likeness: None,
        }
    }

    fn score(&self) -> f64 {
        self.likeness.as_ref().map_or(1.0, |l| l.score)
    }
}

/// A quotation's lines in the common spelling, without empty ones.
fn lines(quote: &str) -> Vec<String> {
    let lines = quote.lines().map(spell);
    lines.filter(|line| !line.is_empty()).collect()
}

/// The parts of a quotation between its ellipses, each in lines.
fn parts(lines: &[String]) -> Vec<Vec<String>> {
    let mut parts = vec![Vec::new()];
    for line in lines {
        let mut rest = line.as_str();
        while let Some(at) = rest.find("...") {
            let after = rest[at..].trim_start_matches('.');
            let mut before = &rest[..at];
            let mut next = after;
            for (open, close) in [('[', ']'), ('(', ')')] {
                if let (Some(b), Some(a)) = (before.strip_suffix(open), after.strip_prefix(close)) {
                    (before, next) = (b, a);
                }
            }
            push_line(&mut parts, before);
            parts.push(Vec::new());
            rest = next;
        }
        push_line(&mut parts, rest);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn push_line(parts: &mut [Vec<String>], line: &str) {
    let line = line.trim();
    if let (false, Some(part)) = (line.is_empty(), parts.last_mut()) {
        part.push(line.to_owned());
    }
}

/// Whether a stretch neither begins nor ends within a word.
fn whole_words(text: &str, range: &Range<usize>) -> bool {
    let part = &text[range.clone()];
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let cut_before = letter(part.chars().next()) && letter(text[..range.start].chars().next_back());
    let cut_after = letter(part.chars().next_back()) && letter(text[range.end..].chars().next());
    !cut_before && !cut_after
}

#[cfg(test)]
#[path = "anchor_tests.rs"]
mod tests;
