//! What one article has to offer to measures: figures in their units with their context words near, and when each holds.
//!
//! 1. Context words are looked for in the common spelling, all measures' at once; mentions of entities that a context word
//!    names count as that word.
//! 2. Each figure is tried with the units that its noun heads. The nearest context word decides: in the counted phrase,
//!    in its sentence, in its paragraph, in the heading above. Shares, money and amounts of units say nothing of what
//!    they measure, so their context must stand in the sentence. A word that stands at one figure is that one's alone (`bound`):
//!    who were `killed` are not those who live in tents, though one sentence counts both.
//! 3. The date in its sentence that stands nearest to it says when it holds.
//!
//! Invariant: figures are told by their index in the article's facts, so nothing here has an offset. The cost is linear in the
//! text, times the measures whose unit a figure has.

use std::collections::{BTreeMap, BTreeSet};

use super::bound::Bound;
use super::wanted::{Unit, Wanted, begins};
use crate::annotate::Prose;
use crate::base::{Edtf, TextRange, in_line};
use crate::link::topics::is_whole;
use crate::model::{
    Annotated, BlockKind, Document, FigureKind, FigureMark, Id, MarkKind, TimeMark,
};

/// Words after a figure, or before it, that say it is a total.
const TOTAL_AFTER: [&str; 5] = ["in all", "in total", "altogether", "all told", "overall"];
const TOTAL_BEFORE: [&str; 4] = ["total of", "altogether", "in all", "in total"];
/// Words between a number and its noun by which it counts others than those before.
const OTHERS: [&str; 7] = [
    "other",
    "others",
    "more",
    "additional",
    "further",
    "remaining",
    "another",
];

/// How far words around a figure or date are looked at, in bytes.
const WINDOW: usize = 120;

/// What an article has to offer to measures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct MeasureHits {
    /// Figures in a measure's unit and with its context, by measure, in order of the text.
    pub found: BTreeMap<Id, Vec<Hit>>,
    /// Of every figure of the article's facts, in their order.
    pub figures: Vec<Surroundings>,
}

/// A figure that has the unit of a measure, and its context.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Index among the figures of the article's facts.
    pub figure: u32,
    /// The unit, as the editor wrote it.
    pub unit: String,
    /// The words of the unit after its noun, which follow the counted phrase too: `of war`.
    pub rest: String,
    /// The context.
    pub need: Context,
}

/// A context word near a figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Context {
    /// How near.
    pub near: Near,
    /// The word, as the editor wrote it.
    pub words: String,
    /// The entity that is mentioned there, where the word is its name and does not stand there itself.
    pub entity: Option<Id>,
}

/// How near a context word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Near {
    /// In what is counted.
    Phrase,
    /// In the same sentence.
    Sentence,
    /// In the same paragraph.
    Paragraph,
    /// In the heading above.
    Heading,
}

/// What stands around a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Surroundings {
    /// Its paragraph and sentence, from 1.
    pub place: Option<(u32, u32)>,
    /// The date that its sentence gives it, and the words of that.
    pub date: Option<(Edtf, String)>,
    /// It counts others than those named before it: `two other people`.
    pub others: bool,
    /// It is called a total: `26 in all`.
    pub total: bool,
}

/// Looks for what measures want in one article.
pub fn hits(wanted: &Wanted, document: &Document, annotated: &Annotated) -> MeasureHits {
    let mut hits = MeasureHits::default();
    let figures: Vec<(TextRange, &FigureMark)> = annotated
        .marks
        .iter()
        .filter_map(|mark| match &mark.kind {
            MarkKind::Figure(figure) => Some((mark.range, figure.as_ref())),
            _ => None,
        })
        .collect();
    if wanted.is_empty() || figures.is_empty() || figures.len() != annotated.facts.figures.len() {
        return hits;
    }
    let prose = Prose::new(&document.text, &annotated.sentences);
    let scene = Scene::new(wanted, document, annotated, &prose, &figures);
    for (index, (range, figure)) in (0u32..).zip(&figures) {
        let (range, figure) = (*range, *figure);
        hits.figures.push(scene.surroundings(range, figure));
        if scene.bound.is_part(index as usize) {
            continue;
        }
        for (unit, need) in scene.measures(index as usize, range, figure) {
            let Some(measure) = wanted.measures.get(unit.measure) else {
                continue;
            };
            let found = hits.found.entry(measure.clone()).or_default();
            if found.last().is_none_or(|hit: &Hit| hit.figure != index) {
                found.push(Hit {
                    figure: index,
                    unit: unit.written.clone(),
                    rest: unit.after.clone(),
                    need,
                });
            }
        }
    }
    hits
}

/// A context word somewhere: index of the measure, of the word, and the entity that stands for it.
type Spot = (usize, usize, Option<Id>);

/// An article with the context words in it.
struct Scene<'a> {
    wanted: &'a Wanted,
    prose: &'a Prose<'a>,
    annotated: &'a Annotated,
    /// Of every block, the heading above it.
    headings: Vec<Option<u32>>,
    spots: Vec<(TextRange, Spot)>,
    sentences: BTreeSet<(usize, Spot)>,
    blocks: BTreeSet<(u32, Spot)>,
    bound: Bound,
    /// Words that stand at a figure, by its index.
    at_figures: BTreeSet<(usize, Spot)>,
    /// The sentences with such a word, each with the measure.
    claimed: BTreeSet<(usize, usize)>,
    times: Vec<(TextRange, &'a TimeMark, Edtf)>,
}

impl<'a> Scene<'a> {
    fn new(
        wanted: &'a Wanted,
        document: &Document,
        annotated: &'a Annotated,
        prose: &'a Prose<'a>,
        figures: &[(TextRange, &FigureMark)],
    ) -> Self {
        let mut scene = Self {
            wanted,
            prose,
            annotated,
            headings: headings(document),
            spots: Vec::new(),
            sentences: BTreeSet::new(),
            blocks: BTreeSet::new(),
            bound: Bound::new(prose, annotated, figures),
            at_figures: BTreeSet::new(),
            claimed: BTreeSet::new(),
            times: Vec::new(),
        };
        for (range, needs) in wanted.spots(prose.text()) {
            scene.add(prose.to_source(&range), needs, None);
        }
        for mark in &annotated.marks {
            match &mark.kind {
                MarkKind::Entity { id, .. } => scene.add(mark.range, wanted.named(id), Some(id)),
                MarkKind::Time(time) => {
                    let date = Edtf::of_timex(&time.value).map(|date| (mark.range, &**time, date));
                    scene.times.extend(date);
                }
                _ => {}
            }
        }
        scene.spots.sort();
        scene
    }

    fn add(&mut self, range: TextRange, needs: &[usize], entity: Option<&Id>) {
        let sentence = self.prose.sentence(range.start);
        let Some(block) = self.annotated.sentences.get(sentence).map(|s| s.block) else {
            return;
        };
        let owner = match entity {
            None => self.bound.owner(self.prose, range),
            Some(_) => None,
        };
        for &need in needs {
            let Some(measure) = self.wanted.needs.get(need).map(|n| n.measure) else {
                continue;
            };
            let spot = (measure, need, entity.cloned());
            match owner {
                Some(figure) => {
                    self.at_figures.insert((figure, spot.clone()));
                    self.claimed.insert((sentence, measure));
                }
                None => {
                    self.sentences.insert((sentence, spot.clone()));
                    self.blocks.insert((block, spot.clone()));
                }
            }
            self.spots.push((range, spot));
        }
    }

    /// The measures that a figure belongs to: by unit, with the nearest context.
    fn measures(
        &self,
        index: usize,
        range: TextRange,
        figure: &FigureMark,
    ) -> Vec<(&'a Unit, Context)> {
        let phrase = figure.counted.as_ref().map_or(range, |c| c.range);
        let words = self.prose.spelt(phrase);
        let phrase_text = self.prose.text().get(words.clone()).unwrap_or_default();
        let after = self.line_after(words.end);
        let units = self.wanted.units(figure, phrase_text, after);
        let whole = TextRange {
            start: range.start,
            end: range.end.max(phrase.end),
        };
        let widest = match figure.kind {
            FigureKind::Cardinal => Near::Heading,
            _ => Near::Sentence,
        };
        let found = units.into_iter().filter_map(|unit| {
            let need = self.context(unit.measure, index, range.start, whole)?;
            (need.near <= widest).then_some((unit, need))
        });
        found.collect()
    }

    /// The nearest context word of a measure.
    fn context(
        &self,
        measure: usize,
        figure: usize,
        at: u32,
        phrase: TextRange,
    ) -> Option<Context> {
        let sentence = self.prose.sentence(at);
        let block = self.annotated.sentences.get(sentence)?.block;
        let from = self.spots.partition_point(|(r, _)| r.start < phrase.start);
        let in_phrase = self.spots[from..]
            .iter()
            .take_while(|(r, _)| r.start < phrase.end)
            .filter(|(r, spot)| phrase.contains(*r) && spot.0 == measure)
            .map(|(_, spot)| spot)
            .min();
        let in_block = |block: u32| {
            let mut spots = self.blocks.range((block, (measure, 0, None))..);
            let spot = spots.next().filter(|(b, s)| *b == block && s.0 == measure);
            spot.map(|(_, spot)| spot)
        };
        let in_sentence = || {
            let mut spots = self.sentences.range((sentence, (measure, 0, None))..);
            let same = |(s, spot): &&(usize, Spot)| *s == sentence && spot.0 == measure;
            spots.next().filter(same).map(|(_, spot)| spot)
        };
        let at_figure = || {
            let first = self.bound.first(figure);
            let mut spots = self.at_figures.range((first, (measure, 0, None))..);
            let same = |(f, spot): &&(usize, Spot)| *f == first && spot.0 == measure;
            spots.next().filter(same).map(|(_, spot)| spot)
        };
        let heading = || in_block((*self.headings.get(block as usize)?)?);
        // What the sentence says of another figure, its paragraph says of none in it.
        let further = (!self.claimed.contains(&(sentence, measure))).then_some(());
        let (near, spot) = in_phrase
            .map(|spot| (Near::Phrase, spot))
            .or_else(|| Some((Near::Sentence, at_figure()?)))
            .or_else(|| Some((Near::Sentence, in_sentence()?)))
            .or_else(|| further.and_then(|()| Some((Near::Paragraph, in_block(block)?))))
            .or_else(|| further.and_then(|()| Some((Near::Heading, heading()?))))?;
        Some(Context {
            near,
            words: self.wanted.needs.get(spot.1)?.written.clone(),
            entity: spot.2.clone(),
        })
    }

    fn surroundings(&self, range: TextRange, figure: &FigureMark) -> Surroundings {
        let sentence = self
            .annotated
            .sentences
            .get(self.prose.sentence(range.start));
        let spelt = self.prose.spelt(range);
        let counted = figure.counted.as_ref().map(|c| self.prose.spelt(c.range));
        let between = counted.and_then(|c| self.prose.text().get(spelt.end..c.end.max(spelt.end)));
        let hedged = figure.hedged.filter(|h| h.start < range.start);
        let start = hedged.map_or(spelt.start, |h| self.prose.spelt(h).start);
        let before = self.line_before(start);
        let after = self.line_after(spelt.end);
        let others = between.is_some_and(|words| {
            let mut words = words.split_whitespace();
            words.any(|word| OTHERS.contains(&&*word.to_ascii_lowercase()))
        });
        Surroundings {
            place: sentence.and_then(|s| s.place),
            date: sentence.and_then(|s| self.date(range, s.range)),
            others: others || ends(before, "another"),
            total: TOTAL_AFTER.iter().any(|words| begins(after, words))
                || TOTAL_BEFORE.iter().any(|words| ends(before, words)),
        }
    }

    /// The date in a sentence that stands nearest to a figure.
    fn date(&self, figure: TextRange, sentence: TextRange) -> Option<(Edtf, String)> {
        let next = self.times.partition_point(|(r, ..)| r.start < figure.start);
        let near = self.times[next.saturating_sub(1)..].iter().take(2);
        let (range, mark, date) = near
            .filter(|(r, ..)| sentence.contains(*r) && !r.overlaps(figure))
            .min_by_key(|(r, ..)| {
                let gap = |a: u32, b: u32| b.saturating_sub(a);
                gap(r.end, figure.start).max(gap(figure.end, r.start))
            })?;
        let words = in_line(range.of(self.prose.source())).into_owned();
        Some((self.bounded(*range, mark, date), words))
    }

    /// A date as its sentence means it: `since March` goes on to the day of the report.
    fn bounded(&self, range: TextRange, mark: &TimeMark, date: &Edtf) -> Edtf {
        let before = self.line_before(self.prose.spelt(range).start);
        let bound = |words: &[&str], modifiers: [&str; 2]| {
            words.iter().any(|w| ends(before, w))
                || mark.modifier.is_some_and(|m| modifiers.contains(&m))
        };
        let (first, last) = (date.earliest(), date.latest());
        let interval = if date.is_interval() {
            return date.clone();
        } else if bound(&["since", "after"], ["AFTER", "ON_OR_AFTER"]) {
            match self.annotated.facts.published {
                Some(day) if first <= day => format!("{date}/{day}"),
                _ => format!("{date}/.."),
            }
        } else if bound(&["until", "till", "before"], ["BEFORE", "ON_OR_BEFORE"]) {
            format!("../{last}")
        } else {
            return date.clone();
        };
        Edtf::parse(&interval).unwrap_or_else(|_| date.clone())
    }

    /// What follows a byte of the spelling in its block, and what stands before it; no more than can be asked for.
    fn line_after(&self, at: usize) -> &str {
        let text = self.prose.text();
        let mut until = at.saturating_add(WINDOW).min(text.len());
        while !text.is_char_boundary(until) {
            until -= 1;
        }
        let rest = text.get(at..until).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    fn line_before(&self, at: usize) -> &str {
        let text = self.prose.text();
        let mut from = at.saturating_sub(WINDOW).min(text.len());
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let rest = text.get(from..at).unwrap_or_default();
        rest.rsplit('\n').next().unwrap_or_default()
    }
}

/// Whether a text ends with these words.
fn ends(text: &str, words: &str) -> bool {
    let text = text.trim_end().trim_end_matches(',').to_ascii_lowercase();
    let start = text.len().saturating_sub(words.len());
    text.ends_with(words) && is_whole(&text, start..text.len())
}

/// Of every block, the heading above it; a heading has none.
fn headings(document: &Document) -> Vec<Option<u32>> {
    let mut last = None;
    let of_block = (0..).zip(&document.blocks).map(|(index, block)| {
        if block.kind == BlockKind::Heading {
            last = Some(index);
            return None;
        }
        last
    });
    of_block.collect()
}
