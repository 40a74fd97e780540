//! Figures: numbers that say how many or how much, with what they count.
//!
//! 1. `numbers.toml` lists number words, hedges, currencies and units; `words.toml` what ends a
//!    phrase and what makes a number a name (`lexicon`).
//! 2. Each sentence is walked for a token that may begin a number (`number`).
//! 3. `quantity` puts currency, percentage or unit to it and joins the two ends of a range; the
//!    hedge before or after it opens or blurs its bounds.
//! 4. `counted` reads the phrase that is counted; `refuse` turns away what is no figure: years,
//!    clock times, scores, ages, versions, streets and parts of names.
//! 5. A number without anything counted takes it from the next in a list (`500 and 1,000 songs`)
//!    or from `the number of …` or `the death toll` before it.
//!
//! Bounds: an exact or approximate figure has both; `at least 38` has no upper and `up to 300` no
//! lower one.  Words that only name a magnitude have conventional bounds and the hedge
//! [`Hedge::About`]: `dozens` 24 to 99, `hundreds` 200 to 999, `thousands` 2,000 to 9,999, `tens of
//! thousands` 20,000 to 99,999, `several hundred` 300 to 900.
//!
//! Invariant: figures are in order, do not overlap each other or what is taken, and each is a run
//! of whole tokens (or of one, without the letters of its unit's end) in one sentence.

mod counted;
mod lexicon;
mod number;
mod quantity;
mod reader;
mod refuse;
#[cfg(test)]
pub(in crate::annotate) mod tests;

use std::borrow::Cow;
use std::ops::Range;

use self::lexicon::{CUES, LEXICON, cue};
use self::quantity::Quantity;
use self::reader::Reader;
use crate::annotate::sentence::Sentence;
use crate::annotate::token::{Shape, Token, upto};
use crate::annotate::vocabulary::Column;

pub(crate) use self::counted::singular;
pub(super) use self::lexicon::keys;
pub use crate::model::{FigureKind as Kind, Hedge};

/// What a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Counted {
    /// Bytes of the phrase, from its first describing word to its noun.
    pub range: Range<u32>,
    /// The noun in lower case and the singular: `company`.
    pub noun: String,
}

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its bytes: number, currency and unit, without the hedge.
    pub range: Range<u32>,
    /// Lower bound; none when open.
    pub min: Option<f64>,
    /// Upper bound; none when open.
    pub max: Option<f64>,
    /// What sort of number it is.
    pub kind: Kind,
    /// How exact the text is about it.
    pub hedge: Hedge,
    /// Bytes of the words of the hedge.
    pub hedged: Option<Range<u32>>,
    /// What it counts, or what a measure, share or sum is of.
    pub counted: Option<Counted>,
    /// Whether it is written in words alone.
    pub words: bool,
    /// Index of its sentence.
    pub sentence: u32,
}

/// Finds the figures of a text.
///
/// `tokens` and `sentences` are those of `text`.  A number that overlaps a range of `taken` (time
/// expressions, names) is left alone.  Linear in the length of the text.
pub fn figures(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    taken: &[Range<u32>],
) -> Vec<Figure> {
    let merged = merged(taken);
    let mut walk = Walk {
        taken: &merged,
        next_taken: 0,
        out: Vec::new(),
        cues: &CUES,
    };
    let mut at = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        let lo = upto(tokens, at, sentence.range.start);
        at = upto(tokens, lo, sentence.range.end);
        let reader = Reader {
            text,
            tokens,
            lexicon: &LEXICON,
            lo,
            hi: at,
        };
        walk.sentence(&reader, index as u32);
    }
    walk.out
}

/// The time expression a figure holds at: of those in its sentence, the nearest to it, those after
/// it first where equally near.  An index into `times`, which are in order.
pub fn as_of(figure: &Figure, sentence: &Sentence, times: &[Range<u32>]) -> Option<usize> {
    let from = times.partition_point(|time| time.end <= sentence.range.start);
    times
        .iter()
        .enumerate()
        .skip(from)
        .take_while(|(_, time)| time.start < sentence.range.end)
        .min_by_key(|(_, time)| match time.start >= figure.range.end {
            true => (time.start - figure.range.end) * 2,
            false => figure.range.start.saturating_sub(time.end) * 2 + 1,
        })
        .map(|(index, _)| index)
}

/// Ranges in order, those that overlap joined.
fn merged(ranges: &[Range<u32>]) -> Vec<Range<u32>> {
    let order = |range: &Range<u32>| (range.start, range.end);
    let mut sorted = Cow::Borrowed(ranges);
    if !ranges.is_sorted_by_key(order) {
        sorted.to_mut().sort_unstable_by_key(order);
    }
    let mut out: Vec<Range<u32>> = Vec::with_capacity(sorted.len());
    for range in sorted.iter().cloned() {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

struct Walk<'a> {
    taken: &'a [Range<u32>],
    next_taken: usize,
    out: Vec<Figure>,
    cues: &'static Column<u8>,
}

/// What a sentence's walk remembers.
#[derive(Default)]
struct Memory {
    /// `the number of …`, `the death toll`: where the phrase begins.
    number_of: Option<usize>,
    /// Whether a straight quotation mark is open.
    quoted: bool,
    /// The figure before, while its phrase is still missing: its index, and its last token's end.
    waiting: Option<(usize, usize)>,
    /// The hedge before, and where its figure ended: `up to 160GB or 40,000 songs`.
    hedge: Option<(Hedge, usize)>,
}

/// Where the phrase begins that a number after it counts: behind `the number of`, or at `death toll`.
fn noun_of_number(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if reader.is_word(at, "toll") {
        let death = at
            .checked_sub(1)
            .filter(|before| reader.is_word(*before, "death"));
        return Some(death.unwrap_or(at));
    }
    reader.is_word(at + 1, "of").then_some(at + 2)
}

impl Walk<'_> {
    fn sentence(&mut self, reader: &Reader<'_>, index: u32) {
        let mut memory = Memory::default();
        let mut at = reader.lo;
        let column = self.cues;
        let digit = |token: &Token| token.shape.has(Shape::HAS_DIGIT);
        let matters = |token: &Token| column.of(token) & cue::WALK != 0 || digit(token);
        loop {
            // Nearly every token is passed over.
            let ahead = reader.tokens.get(at..reader.hi).unwrap_or_default();
            let Some(next) = ahead.iter().position(matters) else {
                return;
            };
            let token = &ahead[next];
            at += next;
            let cues = column.of(token);
            if cues & cue::BEGINS == 0 && !digit(token) {
                if cues & cue::QUOTE != 0 {
                    memory.quoted ^= token.end - token.start == 1;
                } else if cues & cue::NUMBER != 0 {
                    memory.number_of = noun_of_number(reader, at).or(memory.number_of);
                }
                at += 1;
                continue;
            }
            at = self.candidate(reader, at, index, &mut memory).max(at + 1);
        }
    }

    /// Reads the figure at a token, if there is one; returns the token to go on from.
    fn candidate(
        &mut self,
        reader: &Reader<'_>,
        at: usize,
        index: u32,
        memory: &mut Memory,
    ) -> usize {
        let Some(mut quantity) = quantity::quantity(reader, at, memory.quoted) else {
            return at + 1;
        };
        // What is refused is refused whole: `14:48`, `1950-53`.
        if self.is_taken(&quantity.range(reader)) {
            return quantity.end;
        }
        let counted = counted::counted(reader, &quantity);
        if refuse::refused(reader, &quantity, counted.as_ref()) {
            return quantity.end;
        }
        if let Some(counted) = &counted {
            quantity.take_late_hedge(reader, counted.end);
        }
        if let (Hedge::Exact, Some((hedge, end))) = (quantity.hedge, memory.hedge) {
            let or = end + usize::from(reader.is_mark(end, ','));
            if reader.is_word(or, "or") && or + 1 == quantity.start {
                quantity.hedge = hedge;
            }
        }
        memory.hedge = Some((
            quantity.hedge,
            counted
                .as_ref()
                .map_or(quantity.end, |c| c.end.max(quantity.end)),
        ));
        self.share(reader, &quantity, counted.as_ref(), memory);
        let end = quantity.end;
        let counted = counted.map(|c| c.named(reader)).or_else(|| {
            let from = memory.number_of.filter(|_| quantity.is_plain())?;
            Some(counted::phrase(reader, from, reader.hi.min(quantity.start), false)?.named(reader))
        });
        memory.waiting = counted.is_none().then_some((self.out.len(), end));
        self.out.push(quantity.figure(reader, counted, index));
        end
    }

    fn is_taken(&mut self, range: &Range<u32>) -> bool {
        while self
            .taken
            .get(self.next_taken)
            .is_some_and(|t| t.end <= range.start)
        {
            self.next_taken += 1;
        }
        self.taken
            .get(self.next_taken)
            .is_some_and(|t| t.start < range.end)
    }

    /// Gives what is counted here to a figure right before: `500 and 1,000 songs`.
    fn share(
        &mut self,
        reader: &Reader<'_>,
        quantity: &Quantity,
        counted: Option<&counted::Phrase>,
        memory: &Memory,
    ) {
        let (Some((index, end)), Some(counted)) = (memory.waiting, counted) else {
            return;
        };
        let joined =
            reader.is_word(end, "and") || reader.is_word(end, "or") || reader.is_mark(end, ',');
        let comma = reader.is_mark(end, ',')
            && (reader.is_word(end + 1, "and") || reader.is_word(end + 1, "or"));
        if !joined || quantity.start != end + 1 + usize::from(comma) {
            return;
        }
        let Some(before) = self.out.get_mut(index) else {
            return;
        };
        let kind = quantity.kind(reader);
        let plain =
            before.kind == Kind::Cardinal && matches!(kind, Kind::Measure { .. } | Kind::Percent);
        if plain {
            before.kind = kind.clone();
        }
        if before.kind == kind && !matches!(kind, Kind::Money { .. }) {
            before.counted = Some(counted.named(reader));
        }
    }
}
