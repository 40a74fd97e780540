//! Which articles have what in common: for everything that a few of them have, the list of those.
//!
//! Everything is known by a 64-bit key. The keys of each article are in order, so what begins with the same bits stands together in each,
//! and is taken from all of them as one part. Of each part what one article alone has, or very many, is sifted out and the rest
//! sorted: no table of all words is needed, and the lists come out in the same order whoever works on which part.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::COMMON;
use super::worth::Worth;
use crate::annotate::wording::{ByHash, HEAVIEST, Term, hash};
use crate::link::{Input, Workers};
use crate::model::{Certainty, FigureFact, FigureKind, Id, TimexType, UnlistedFact};

/// The most parts into which the keys are cut, and how many keys there are in one if there are fewer.
const PARTS: usize = 256;
const PART: usize = 1 << 19;

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
    /// Where its entries begin.
    start: u32,
    /// Its rarity: `ilog2(N / df)` for words, as points for all else.
    pub(super) worth: u16,
    /// Of which kind.
    pub(super) kind: Kind,
}

/// An article in a list, or a list of an article, with how much the article makes of it; a number without weight where it is no word.
///
/// The last bits are the weight: of these a large site has millions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry(u32);

/// The bits of a weight, which is [`HEAVIEST`] at most.
const WEIGHT: u32 = u8::BITS - HEAVIEST.leading_zeros();

impl Entry {
    fn new(index: u32, weight: u8) -> Self {
        Self(index << WEIGHT | u32::from(weight.min(HEAVIEST)))
    }

    /// Which one.
    pub(super) fn index(self) -> u32 {
        self.0 >> WEIGHT
    }

    /// How much the article makes of it; for words.
    pub(super) fn weight(self) -> u32 {
        self.0 & ((1 << WEIGHT) - 1)
    }
}

/// Lists of articles.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// By key, then kind.
    lists: Vec<List>,
    entries: Vec<Entry>,
    /// Where the lists of each article begin in `held`, and where the last one's end.
    starts: Vec<u32>,
    held: Vec<Entry>,
}

/// The lists of everything.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Of terms of the wording.
    pub(super) words: Lists,
    /// Of all else.
    pub(super) others: Lists,
    /// What each article has besides words and runs, by key.
    rest: Vec<Vec<Held>>,
}

impl Postings {
    /// The lists of what two to [`COMMON`] of the articles have.
    pub(super) fn new(
        inputs: &[Input],
        told: &[&[Id]],
        worth: &Worth,
        workers: &impl Workers,
    ) -> Self {
        let total = inputs.len();
        let rest: Vec<Vec<Held>> = workers.in_rows(total, PIECE, |some| {
            let some = inputs.iter().zip(told).skip(some.start).take(some.len());
            some.map(|(input, told)| rest(input, told)).collect()
        });
        let sources: Vec<Source> = inputs.iter().zip(&rest).map(Source::of).collect();
        let size = sources.iter().map(Source::len).sum::<usize>();
        let cut = Cut::of(size);
        let parts = workers.each(cut.parts(), |part| {
            let mut sieve = Sieve::new(size / cut.parts());
            cut.part(&sources, part, |flat| sieve.see(flat));
            lists_of(&sieve.shared(), cut, worth)
        });
        drop(sources);
        let mut postings = Self {
            rest,
            ..Self::default()
        };
        for part in parts {
            postings.words.append(&part.words);
            postings.others.append(&part.others);
        }
        postings.words.turn(total);
        postings.others.turn(total);
        postings.words.lighten(total);
        postings
    }

    /// Where an article has what a list is of, among all that it has of that kind; for all but words and runs.
    pub(super) fn place(&self, article: u32, list: &List) -> Option<usize> {
        let rest = self.rest.get(article as usize)?;
        let key = (list.key, list.kind);
        let at = rest.binary_search_by_key(&key, |h| (h.key, h.kind)).ok()?;
        Some(rest.get(at)?.place as usize)
    }
}

impl Lists {
    /// Puts more lists behind those that are there.
    fn append(&mut self, more: &Self) {
        let shift = number(self.entries.len());
        self.lists.extend(more.lists.iter().map(|list| List {
            start: list.start + shift,
            ..*list
        }));
        self.entries.extend_from_slice(&more.entries);
    }

    /// Fills in which lists each article is in.
    fn turn(&mut self, articles: usize) {
        let mut starts = vec![0u32; articles + 1];
        for entry in &self.entries {
            if let Some(count) = starts.get_mut(entry.index() as usize + 1) {
                *count += 1;
            }
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut held = vec![Entry(0); self.entries.len()];
        let mut next = starts.clone();
        for list in (0..).take(self.lists.len()) {
            for entry in self.entries(list) {
                if let Some(place) = next.get_mut(entry.index() as usize) {
                    if let Some(slot) = held.get_mut(*place as usize) {
                        *slot = Entry(list << WEIGHT | entry.weight());
                    }
                    *place += 1;
                }
            }
        }
        (self.starts, self.held) = (starts, held);
    }

    /// Leaves each article only the heaviest of its terms, in its own lists and in those of the terms. A list in which one article is left
    /// says nothing, and is left empty.
    fn lighten(&mut self, articles: usize) {
        let worth: Vec<u32> = self.lists.iter().map(|l| u32::from(l.worth)).collect();
        let weight = |list: u32, entry: Entry| {
            entry.weight() * worth.get(list as usize).copied().unwrap_or(0)
        };
        let mut least = vec![(0, 0); articles];
        let mut weights: Vec<(u32, Reverse<u32>)> = Vec::new();
        for (article, least) in (0..).zip(&mut least) {
            let held = self.of(article).iter();
            weights.clear();
            weights.extend(held.map(|e| (weight(e.index(), *e), Reverse(e.index()))));
            if let Some(over) = weights.len().checked_sub(TERMS).filter(|over| *over > 0) {
                let (_, last, _) = weights.select_nth_unstable(over);
                *least = (last.0, last.1.0);
            }
        }
        // Of terms as heavy as the last that counts, those count whose lists come first.
        let light = |article: u32, list: u32, entry: Entry| {
            let (last, at) = least.get(article as usize).copied().unwrap_or_default();
            let weight = weight(list, entry);
            weight < last || (weight == last && last > 0 && list > at)
        };
        let mut entries = Vec::with_capacity(self.held.len());
        let mut starts = Vec::with_capacity(self.lists.len());
        for list in (0..).take(self.lists.len()) {
            let start = entries.len();
            starts.push(number(start));
            let all = self.entries(list).iter().copied();
            entries.extend(all.filter(|e| !light(e.index(), list, *e)));
            if entries.len() == start + 1 {
                entries.truncate(start);
            }
        }
        for (list, start) in self.lists.iter_mut().zip(starts) {
            list.start = start;
        }
        entries.shrink_to_fit();
        self.entries = entries;
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut held = Vec::with_capacity(self.entries.len());
        for article in (0..).take(articles) {
            starts.push(number(held.len()));
            let all = self.of(article).iter().copied();
            let kept = all.filter(|e| !light(article, e.index(), *e));
            held.extend(kept.filter(|e| !self.entries(e.index()).is_empty()));
        }
        starts.push(number(held.len()));
        (self.starts, self.held) = (starts, held);
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

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.lists.len()
    }

    /// A list by its number.
    pub(super) fn get(&self, number: u32) -> Option<&List> {
        self.lists.get(number as usize)
    }

    /// The articles of a list, in order.
    pub(super) fn entries(&self, number: u32) -> &[Entry] {
        let at = number as usize;
        let start = self.lists.get(at).map_or(0, |l| l.start as usize);
        let end = self.lists.get(at + 1).map(|l| l.start as usize);
        self.entries
            .get(start..end.unwrap_or(self.entries.len()))
            .unwrap_or_default()
    }
}

/// A dense number. There are never as many articles or entries as would not fit.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The lists of one part of the keys.
#[derive(Default)]
struct Part {
    words: Lists,
    others: Lists,
}

/// Something that an article has, as it is sorted.
#[derive(Clone, Copy)]
struct Flat {
    key: u64,
    article: u32,
    kind: Kind,
    weight: u8,
}

/// All that an article has, each list in order of keys.
#[derive(Clone, Copy)]
struct Source<'a> {
    terms: &'a [Term],
    runs: &'a [u64],
    rest: &'a [Held],
}

impl<'a> Source<'a> {
    fn of((input, rest): (&'a Input, &'a Vec<Held>)) -> Self {
        Self {
            terms: &input.wording.terms,
            runs: input.wording.runs.keys(),
            rest,
        }
    }

    fn len(&self) -> usize {
        self.terms.len() + self.runs.len() + self.rest.len()
    }
}

/// How keys are cut into parts: by so many of their first bits.
#[derive(Clone, Copy)]
struct Cut(u32);

impl Cut {
    /// For so many keys.
    fn of(size: usize) -> Self {
        // Eight at least, so that there is work for several.
        Self((size / PART).next_power_of_two().clamp(8, PARTS).ilog2())
    }

    fn parts(self) -> usize {
        1 << self.0
    }

    /// Everything that the articles have with keys of one part, in order of article.
    fn part(self, sources: &[Source], part: usize, mut take: impl FnMut(Flat)) {
        for (source, article) in sources.iter().zip(0..) {
            let mut add = |key, kind, weight| {
                take(Flat {
                    key,
                    article,
                    kind,
                    weight,
                });
            };
            for term in self.within(source.terms, part, |term| term.key) {
                add(term.key, Kind::Word, term.weight);
            }
            for run in self.within(source.runs, part, |run| *run) {
                add(*run, Kind::Run, 0);
            }
            for held in self.within(source.rest, part, |held| held.key) {
                add(held.key, held.kind, 0);
            }
        }
    }

    /// Those of some things in order of their keys whose keys are of one part.
    fn within<T>(self, all: &[T], part: usize, key: impl Fn(&T) -> u64) -> &[T] {
        let before = |at: usize, part: usize| {
            let key = all.get(at).map(&key);
            key.is_some_and(|key| ((key >> (u64::BITS - self.0)) as usize) < part)
        };
        // Keys are hashes, so the parts are much of a size.
        let mut start = (all.len() * part) >> self.0;
        while before(start, part) {
            start += 1;
        }
        while start > 0 && !before(start - 1, part) {
            start -= 1;
        }
        let rest = all.get(start..).unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|one| (key(one) >> (u64::BITS - self.0)) as usize == part)
            .count();
        rest.get(..count).unwrap_or_default()
    }
}

/// What may be held by more than one article, and by no more than [`COMMON`]. Most is held by one or by very many, and need not be
/// sorted.
struct Sieve {
    all: Vec<Flat>,
    /// By the last bits of keys, how many were seen, up to 255.
    slots: Vec<u8>,
    mask: u64,
}

impl Sieve {
    /// One for about so many.
    fn new(size: usize) -> Self {
        let slots = size.next_power_of_two();
        Self {
            all: Vec::with_capacity(size + size / 8),
            slots: vec![0; slots],
            mask: slots as u64 - 1,
        }
    }

    fn see(&mut self, flat: Flat) {
        if let Some(seen) = self.slots.get_mut((flat.key & self.mask) as usize) {
            *seen = seen.saturating_add(1);
        }
        self.all.push(flat);
    }

    fn seen(&self, key: u64) -> usize {
        let seen = self.slots.get((key & self.mask) as usize);
        seen.map_or(0, |seen| usize::from(*seen))
    }

    /// What goes through, in order of article.
    fn shared(self) -> Vec<Flat> {
        // Of the keys in slots that saw too many, how many of each there are. They begin alike.
        let spread = |key: u64| key.rotate_left(u32::BITS);
        let mut many: ByHash<u32> = ByHash::default();
        for flat in self.all.iter().filter(|f| self.seen(f.key) > COMMON) {
            *many.entry(spread(flat.key)).or_default() += 1;
        }
        let too_many = |key: u64| many.get(&spread(key)).is_some_and(|n| *n as usize > COMMON);
        let shared = |flat: &&Flat| {
            let seen = self.seen(flat.key);
            seen > 1 && !(seen > COMMON && too_many(flat.key))
        };
        self.all.iter().filter(shared).copied().collect()
    }
}

/// Entries that are sorted together, on average.
const TOGETHER: usize = 8;

/// The lists of one part, of which the entries are in order of article.
fn lists_of(held: &[Flat], cut: Cut, worth: &Worth) -> Part {
    // The first bits of the keys are those of the part. The next cut it so finely that little is left to be sorted.
    let bits = (held.len() / TOGETHER).max(2).next_power_of_two().ilog2();
    let slot = |flat: &Flat| ((flat.key << cut.0) >> (u64::BITS - bits)) as usize;
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
            made.add(same, worth);
        }
    }
    made
}

impl Part {
    fn add(&mut self, same: &[Flat], worth: &Worth) {
        let Some(first) = same.first().filter(|_| (2..=COMMON).contains(&same.len())) else {
            return;
        };
        let worth = worth.of(first.kind, first.key, same.len());
        // What most have says nothing, but a text repeats another however few there are.
        if worth == 0 && first.kind != Kind::Run {
            return;
        }
        let lists = match first.kind {
            Kind::Word => &mut self.words,
            _ => &mut self.others,
        };
        lists.lists.push(List {
            key: first.key,
            kind: first.kind,
            worth,
            start: number(lists.entries.len()),
        });
        let entries = same.iter().map(|h| Entry::new(h.article, h.weight));
        lists.entries.extend(entries);
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
    (day && digits).then_some(&*time.value)
}
