//! Which articles have what in common: for everything that a few of them have, the list of those.
//!
//! Everything is known by a 64-bit key. The keys are cut into [`PARTS`] by their first bits, and each part is sorted by itself: no
//! table of all words is needed, and the lists come out in the same order whoever works on which part.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{COMMON, rarity};
use crate::annotate::wording::hash;
use crate::link::{Input, Workers};
use crate::model::{Certainty, FigureFact, FigureKind, Id, TimexType, UnlistedFact};

/// Parts into which the keys are cut.
const PARTS: usize = 64;

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
    article: u32,
    kind: Kind,
    /// How much the article makes of it, for words.
    weight: u8,
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
                .map_or_else(Vec::new, |input| rest(input, told, number(i)))
        });
        let parts = workers.each(PARTS, |part| lists_of(inputs, &rest, part));
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

/// The lists of the keys of one part.
fn lists_of(inputs: &[Input], rest: &[Vec<Held>], part: usize) -> Part {
    let shift = u64::BITS - PARTS.ilog2();
    let of_part = |key: u64| (key >> shift) as usize;
    let mut held = Vec::new();
    for (i, input) in inputs.iter().enumerate() {
        let article = number(i);
        let terms = &input.wording.terms;
        let from = terms.partition_point(|t| of_part(t.key) < part);
        let terms = terms.iter().skip(from).map_while(|t| {
            (of_part(t.key) == part).then_some(Held {
                key: t.key,
                article,
                kind: Kind::Word,
                weight: t.weight,
                place: 0,
            })
        });
        held.extend(terms);
        let runs = &input.wording.runs;
        let from = runs.partition_point(|r| of_part(r.key) < part);
        let runs = runs.iter().skip(from).map_while(|r| {
            (of_part(r.key) == part).then_some(Held {
                key: r.key,
                article,
                kind: Kind::Run,
                weight: 0,
                place: 0,
            })
        });
        held.extend(runs);
        held.extend(
            rest.get(i)
                .into_iter()
                .flatten()
                .filter(|h| of_part(h.key) == part),
        );
    }
    held.sort_unstable_by_key(|h| (h.key, h.kind, h.article));
    let mut made = Part::default();
    for same in held.chunk_by(|a, b| (a.key, a.kind) == (b.key, b.kind)) {
        made.add(same, inputs.len());
    }
    made
}

impl Part {
    fn add(&mut self, same: &[Held], total: usize) {
        let Some(first) = same.first().filter(|_| (2..=COMMON).contains(&same.len())) else {
            return;
        };
        let worth = match first.kind {
            Kind::Word => u16::try_from((total / same.len()).max(1).ilog2()).unwrap_or(0),
            _ => rarity(total, same.len()),
        };
        if worth == 0 {
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
fn rest(input: &Input, told: &[Id], article: u32) -> Vec<Held> {
    let facts = input.facts;
    let names = longest(&facts.unlisted);
    let name = |n: &UnlistedFact| names.get(&n.group) == Some(&n.words.len());
    let certain = |n: &UnlistedFact| n.certainty > Certainty::Low && name(n);
    let mut held = Vec::new();
    let mut add = |kind: Kind, keys: &mut dyn Iterator<Item = Option<u64>>| {
        let keys = (0..)
            .zip(keys)
            .filter_map(|(place, key)| Some((place, key?)));
        held.extend(keys.map(|(place, key)| Held {
            key,
            article,
            kind,
            weight: 0,
            place,
        }));
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
