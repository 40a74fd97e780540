//! Which articles have what in common: for everything that a few of them have, the list of those.
//!
//! Everything is known by a 64-bit key. What one article alone has is sifted out, the rest cut into [`PARTS`] by the first bits of its
//! keys, and each part sorted by itself: no table of all words is needed, and the lists come out in the same order whoever works on which
//! part.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::{COMMON, rarity};
use crate::annotate::wording::{ByHash, hash};
use crate::link::{Input, Workers};
use crate::model::{Certainty, FigureFact, FigureKind, Id, TimexType, UnlistedFact};

/// Parts into which the keys are cut.
const PARTS: usize = 64;

/// Articles that one worker takes at a time.
const PIECE: usize = 256;

/// The most terms of an article that count: those that are heaviest for their rarity.
const TERMS: usize = 128;

/// What articles have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A term of the wording.
    Word,
    /// An event that the article tells of.
    Event,
    /// An entity that it names.
    Entity,
    /// A name that no gazetteer lists.
    Name,
    /// A figure with what it counts.
    Figure,
    /// A day that it names.
    Date,
    /// Eight words in a row.
    Run,
}

impl Kind {
    /// A key of this kind.
    pub(super) fn key(self, text: &str) -> u64 {
        hash(text).rotate_left(self as u32 * 9)
    }
}

/// Something that an article has.
#[derive(Debug, Clone, Copy)]
struct Held {
    key: u64,
    kind: Kind,
    /// Where it stands first among what the article has of this kind, for all but words and runs.
    place: u32,
}

/// What some articles have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    /// What.
    pub(super) key: u64,
    /// Of which kind.
    pub(super) kind: Kind,
    /// Its rarity: `ilog2(N / df)` for words, as points for all else.
    pub(super) worth: u16,
    /// Where its entries begin.
    start: u32,
}

/// An article in a list, or a list of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Which one.
    pub(super) index: u32,
    /// How much the article makes of it, times its rarity; for words.
    pub(super) weight: u16,
}

/// The lists.
#[derive(Debug, Default)]
pub(super) struct Postings {
    lists: Vec<List>,
    entries: Vec<Entry>,
    /// Where the lists of each article begin in `held`, and where the last one's end.
    starts: Vec<u32>,
    held: Vec<Entry>,
    /// What each article has besides words and runs, by key.
    rest: Vec<Vec<Held>>,
}

impl Postings {
    /// The lists of what two to [`COMMON`] of the articles have.
    pub(super) fn new(inputs: &[Input], told: &[&[Id]], workers: &impl Workers) -> Self {
        let rest: Vec<Vec<Held>> = workers.each(inputs.len(), |i| {
            let told = told.get(i).copied().unwrap_or_default();
            inputs
                .get(i)
                .map_or_else(Vec::new, |input| rest(input, told))
        });
        let sorted = sorted_out(inputs, &rest, workers);
        let parts = workers.each(PARTS, |part| {
            let held = sorted.get(part).map(Vec::as_slice).unwrap_or_default();
            lists_of(held, inputs.len())
        });
        let mut postings = Self::default();
        for part in parts {
            let shift = number(postings.entries.len());
            postings.lists.extend(part.lists.iter().map(|list| List {
                start: list.start + shift,
                ..*list
            }));
            postings.entries.extend(part.entries);
        }
        postings.rest = rest;
        postings.turn(inputs.len());
        postings
    }

    /// Fills in which lists each article is in.
    fn turn(&mut self, articles: usize) {
        let mut starts = vec![0u32; articles + 1];
        for entry in &self.entries {
            if let Some(count) = starts.get_mut(entry.index as usize + 1) {
                *count += 1;
            }
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let nothing = Entry {
            index: 0,
            weight: 0,
        };
        let mut held = vec![nothing; self.entries.len()];
        let mut next = starts.clone();
        for list in 0..self.lists.len() {
            for at in self.range(list) {
                let entry = self.entries[at];
                if let Some(place) = next.get_mut(entry.index as usize) {
                    if let Some(slot) = held.get_mut(*place as usize) {
                        *slot = Entry {
                            index: number(list),
                            weight: entry.weight,
                        };
                    }
                    *place += 1;
                }
            }
        }
        (self.starts, self.held) = (starts, held);
        self.lighten(articles);
    }

    /// Leaves each article only the heaviest of its terms, in its own lists and in those of the terms.
    fn lighten(&mut self, articles: usize) {
        let words: Vec<bool> = self.lists.iter().map(|l| l.kind == Kind::Word).collect();
        let word = |e: &Entry| words.get(e.index as usize) == Some(&true);
        let mut least = vec![(0, 0); articles];
        for (article, least) in (0..).zip(&mut least) {
            let held = self.of(article).iter().filter(|e| word(e));
            let mut weights: Vec<(u16, Reverse<u32>)> =
                held.map(|e| (e.weight, Reverse(e.index))).collect();
            if let Some(over) = weights.len().checked_sub(TERMS).filter(|over| *over > 0) {
                let (_, last, _) = weights.select_nth_unstable(over);
                *least = (last.0, last.1.0);
            }
        }
        // Of terms as heavy as the last that counts, those count whose lists come first.
        let light = |article: u32, list: u32, weight: u16| {
            let (last, at) = least.get(article as usize).copied().unwrap_or_default();
            weight < last || (weight == last && last > 0 && list > at)
        };
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut held = Vec::with_capacity(self.held.len());
        for article in (0..).take(articles) {
            starts.push(number(held.len()));
            let kept = self.of(article).iter();
            held.extend(kept.filter(|e| !word(e) || !light(article, e.index, e.weight)));
        }
        starts.push(number(held.len()));
        let mut entries = Vec::with_capacity(held.len());
        let mut lists = std::mem::take(&mut self.lists);
        let ends = lists.iter().skip(1).map(|l| l.start as usize);
        let ends: Vec<usize> = ends.chain([self.entries.len()]).collect();
        for ((list, end), index) in lists.iter_mut().zip(ends).zip(0..) {
            let all = self
                .entries
                .get(list.start as usize..end)
                .unwrap_or_default();
            list.start = number(entries.len());
            let keeps = |e: &&Entry| list.kind != Kind::Word || !light(e.index, index, e.weight);
            entries.extend(all.iter().filter(keeps));
        }
        (self.starts, self.held, self.entries, self.lists) = (starts, held, entries, lists);
    }

    fn range(&self, list: usize) -> Range<usize> {
        let start = self.lists.get(list).map_or(0, |l| l.start as usize);
        let end = self.lists.get(list + 1);
        start..end.map_or(self.entries.len(), |l| l.start as usize)
    }

    /// The lists that an article is in, in their order, with its weights.
    pub(super) fn of(&self, article: u32) -> &[Entry] {
        let at = article as usize;
        let (Some(&from), Some(&to)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        self.held
            .get(from as usize..to as usize)
            .unwrap_or_default()
    }

    /// Where an article has what a list is of, among all that it has of that kind; for all but words and runs.
    pub(super) fn place(&self, article: u32, list: &List) -> Option<usize> {
        let rest = self.rest.get(article as usize)?;
        let key = (list.key, list.kind);
        let at = rest.binary_search_by_key(&key, |h| (h.key, h.kind)).ok()?;
        Some(rest.get(at)?.place as usize)
    }

    /// A list by its number.
    pub(super) fn list(&self, number: u32) -> Option<&List> {
        self.lists.get(number as usize)
    }

    /// The articles of a list.
    pub(super) fn entries(&self, number: u32) -> &[Entry] {
        self.entries
            .get(self.range(number as usize))
            .unwrap_or_default()
    }
}

/// A dense number. There are never as many articles or entries as would not fit.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[derive(Default)]
struct Part {
    lists: Vec<List>,
    entries: Vec<Entry>,
}

/// Something that an article has, as it is sorted.
#[derive(Clone, Copy)]
struct Flat {
    key: u64,
    article: u32,
    kind: Kind,
    weight: u8,
}

/// Everything that the articles have and more than one of them may have, cut into parts of keys, each in order of article.
fn sorted_out(inputs: &[Input], rest: &[Vec<Held>], workers: &impl Workers) -> Vec<Vec<Flat>> {
    let sieve = Sieve::of(inputs, rest);
    let pieces = workers.each(inputs.len().div_ceil(PIECE), |piece| {
        let mut parts: Vec<Vec<Flat>> = vec![Vec::new(); PARTS];
        for i in piece * PIECE..((piece + 1) * PIECE).min(inputs.len()) {
            all_of(inputs, rest, i, |flat| {
                let part = (flat.key >> (u64::BITS - PARTS.ilog2())) as usize;
                if let Some(part) = parts.get_mut(part).filter(|_| sieve.shared(flat.key)) {
                    part.push(flat);
                }
            });
        }
        parts
    });
    let mut parts: Vec<Vec<Flat>> = vec![Vec::new(); PARTS];
    for piece in pieces {
        for (all, some) in parts.iter_mut().zip(piece) {
            all.extend(some);
        }
    }
    parts
}

/// Everything that an article has.
fn all_of(inputs: &[Input], rest: &[Vec<Held>], i: usize, mut take: impl FnMut(Flat)) {
    let article = number(i);
    let mut add = |key, kind, weight| {
        take(Flat {
            key,
            article,
            kind,
            weight,
        });
    };
    if let Some(input) = inputs.get(i) {
        for term in &input.wording.terms {
            add(term.key, Kind::Word, term.weight);
        }
        for run in &input.wording.runs {
            add(run.key, Kind::Run, 0);
        }
    }
    for held in rest.get(i).into_iter().flatten() {
        add(held.key, held.kind, 0);
    }
}

/// What may be held by more than one article, and by no more than [`COMMON`]. Most is held by one or by very many, and need not be
/// sorted.
struct Sieve {
    /// By the last bits of keys, how many were seen, up to 255.
    slots: Vec<u8>,
    mask: u64,
    /// Of the keys in slots that saw too many, how many of each there are.
    many: ByHash<u32>,
}

impl Sieve {
    fn of(inputs: &[Input], rest: &[Vec<Held>]) -> Self {
        let held = |i: &Input| i.wording.terms.len() + i.wording.runs.len();
        let size = inputs.iter().map(held).sum::<usize>().next_power_of_two();
        let mut sieve = Self {
            slots: vec![0; size],
            mask: size as u64 - 1,
            many: ByHash::default(),
        };
        for i in 0..inputs.len() {
            all_of(inputs, rest, i, |flat| sieve.see(flat.key));
        }
        for i in 0..inputs.len() {
            all_of(inputs, rest, i, |flat| {
                if sieve.seen(flat.key) > COMMON {
                    *sieve.many.entry(flat.key).or_default() += 1;
                }
            });
        }
        sieve
    }

    fn see(&mut self, key: u64) {
        if let Some(seen) = self.slots.get_mut((key & self.mask) as usize) {
            *seen = seen.saturating_add(1);
        }
    }

    fn seen(&self, key: u64) -> usize {
        let seen = self.slots.get((key & self.mask) as usize);
        seen.map_or(0, |seen| usize::from(*seen))
    }

    fn shared(&self, key: u64) -> bool {
        let seen = self.seen(key);
        let many = |key: u64| self.many.get(&key).is_some_and(|n| *n as usize > COMMON);
        seen > 1 && !(seen > COMMON && many(key))
    }
}

/// Entries that are sorted together, on average.
const TOGETHER: usize = 8;

/// The lists of one part, of which the entries are in order of article.
fn lists_of(held: &[Flat], total: usize) -> Part {
    // The first bits of the keys are those of the part. The next cut it so finely that little is left to be sorted.
    let bits = (held.len() / TOGETHER).max(2).next_power_of_two().ilog2();
    let slot = |flat: &Flat| ((flat.key << PARTS.ilog2()) >> (u64::BITS - bits)) as usize;
    let mut starts = vec![0u32; (1 << bits) + 1];
    for flat in held {
        if let Some(count) = starts.get_mut(slot(flat) + 1) {
            *count += 1;
        }
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut sorted = held.to_vec();
    let mut next = starts.clone();
    for flat in held {
        if let Some(place) = next.get_mut(slot(flat)) {
            if let Some(to) = sorted.get_mut(*place as usize) {
                *to = *flat;
            }
            *place += 1;
        }
    }
    let mut made = Part::default();
    for ends in starts.windows(2) {
        let range = ends[0] as usize..ends[1] as usize;
        let some = sorted.get_mut(range).unwrap_or_default();
        // A stable sort keeps the order of the articles.
        some.sort_by_key(|h| (h.key, h.kind));
        for same in some.chunk_by(|a, b| (a.key, a.kind) == (b.key, b.kind)) {
            made.add(same, total);
        }
    }
    made
}

impl Part {
    fn add(&mut self, same: &[Flat], total: usize) {
        let Some(first) = same.first().filter(|_| (2..=COMMON).contains(&same.len())) else {
            return;
        };
        let worth = match first.kind {
            Kind::Word => u16::try_from((total / same.len()).max(1).ilog2()).unwrap_or(0),
            _ => rarity(total, same.len()),
        };
        // What most have says nothing, but a text repeats another however few there are.
        if worth == 0 && first.kind != Kind::Run {
            return;
        }
        self.lists.push(List {
            key: first.key,
            kind: first.kind,
            worth,
            start: number(self.entries.len()),
        });
        self.entries.extend(same.iter().map(|h| Entry {
            index: h.article,
            weight: u16::from(h.weight) * worth,
        }));
    }
}

/// What an article has besides its words.
fn rest(input: &Input, told: &[Id]) -> Vec<Held> {
    let facts = input.facts;
    let names = longest(&facts.unlisted);
    let name = |n: &UnlistedFact| names.get(&n.group) == Some(&n.words.len());
    let certain = |n: &UnlistedFact| n.certainty > Certainty::Low && name(n);
    let mut held = Vec::new();
    let mut add = |kind: Kind, keys: &mut dyn Iterator<Item = Option<u64>>| {
        let keys = (0..)
            .zip(keys)
            .filter_map(|(place, key)| Some((place, key?)));
        held.extend(keys.map(|(place, key)| Held { key, kind, place }));
    };
    let key = |kind: Kind| move |text: &str| Some(kind.key(text));
    let events = told.iter().map(Id::as_str).map(key(Kind::Event));
    add(Kind::Event, &mut { events });
    let entities = facts.mentions.iter().map(|m| m.entity.as_str());
    add(Kind::Entity, &mut entities.map(key(Kind::Entity)));
    let names = facts.unlisted.iter();
    let names = names.map(|n| certain(n).then(|| Kind::Name.key(&n.words.to_lowercase())));
    add(Kind::Name, &mut { names });
    add(Kind::Figure, &mut facts.figures.iter().map(figure_key));
    let days = facts.times.iter().map(|t| Some(Kind::Date.key(day(t)?)));
    add(Kind::Date, &mut { days });
    held.sort_unstable_by_key(|h| (h.key, h.kind, h.place));
    held.dedup_by_key(|h| (h.key, h.kind));
    held
}

/// The bytes of the longest form of each group of names.
fn longest(unlisted: &[UnlistedFact]) -> BTreeMap<u32, usize> {
    let mut longest = BTreeMap::new();
    for name in unlisted {
        let length: &mut usize = longest.entry(name.group).or_default();
        *length = name.words.len().max(*length);
    }
    longest
}

/// The key of a figure: its bounds with its unit, currency or what it counts. A bare number or a rank has none.
fn figure_key(figure: &FigureFact) -> Option<u64> {
    let of = match &figure.kind {
        FigureKind::Cardinal | FigureKind::Percent => figure.noun.as_deref()?,
        FigureKind::Money { currency } => currency,
        FigureKind::Measure { unit } => unit,
        FigureKind::Ordinal => return None,
    };
    let bound = |bound: Option<crate::model::Amount>| bound.map(|b| b.get().to_bits());
    let percent = figure.kind == FigureKind::Percent;
    let (min, max) = (bound(figure.min), bound(figure.max));
    Some(Kind::Figure.key(&format!("{min:?} {max:?} {percent} {of}")))
}

/// The day that a time expression means, if it means one day.
fn day(time: &crate::model::TimeFact) -> Option<&str> {
    let day = time.timex == TimexType::Date && time.value.len() == "2014-02-25".len();
    let digits = time.value.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (day && digits).then_some(time.value.as_str())
}
