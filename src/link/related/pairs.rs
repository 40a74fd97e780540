//! The reasons that two articles have by themselves, in points, and the best few articles for each.
//!
//! The points for wording are those of a vector space model with pivoted length normalisation (Singhal, Buckley and Mitra 1996), in
//! integers: the product of both weights of each shared term, over the square root of both lengths. The length is that of the article
//! and not of its vector, so that what is said elsewhere changes the likeness of two articles only by the rarity of what they share.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU64;

use super::postings::{Entry, Kind, Postings, number};
use super::{COMMON, ENOUGH, NAMED, SHARED_CAP, STRONG};
use crate::link::{ArticleLinks, Input, Workers};
use crate::model::{Facts, Id, Rights};

/// The articles that are kept for one, before the reasons that come through others are counted.
const KEPT: usize = 96;

/// Articles that one worker takes at a time.
const PIECE: usize = 128;

/// Words that are added to the length of every article, so that the shortest are not alike by a single word.
const PIVOT: u64 = 40;

/// The shares of runs, of a hundred, from which a text is a reprint of another; the second where both name one agency.
pub(super) const REPRINT: (u32, u32) = (60, 40);

/// The fewest sampled runs of a text that can be a reprint: some thirty words.
const FEWEST_RUNS: u32 = 8;

/// The most points that likeness of wording can give.
const WORDING_CAP: u64 = 60;

/// What two articles share, summed over the lists that both are in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) words: u32,
    pub(super) events: u16,
    pub(super) entities: u16,
    pub(super) names: u16,
    pub(super) figures: u16,
    pub(super) dates: u16,
    pub(super) runs: u16,
    /// Those of the runs that no more than half of the articles have.
    pub(super) rare_runs: u16,
}

impl Sums {
    /// Adds what a shared list gives, with the weights of both articles.
    pub(super) fn add(&mut self, kind: Kind, worth: u16, mine: u16, theirs: u16) {
        let (sum, more) = match kind {
            Kind::Word => {
                let product = u32::from(mine) * u32::from(theirs);
                self.words = self.words.saturating_add(product);
                return;
            }
            // An event counts by itself, and more if few tell of it.
            Kind::Event => (&mut self.events, 6 + worth),
            Kind::Entity => (&mut self.entities, worth),
            Kind::Name => (&mut self.names, worth),
            Kind::Figure => (&mut self.figures, worth),
            Kind::Date => (&mut self.dates, worth),
            Kind::Run => {
                self.rare_runs = self.rare_runs.saturating_add(u16::from(worth > 0));
                (&mut self.runs, 1)
            }
        };
        *sum = sum.saturating_add(more);
    }

    /// Whether nothing but words can make a link of this.
    fn is_weak(&self) -> bool {
        let others = self.events | self.entities | self.runs;
        others == 0 && self.names.div_ceil(3) < NAMED
    }
}

/// What one article shares with every other.
struct Tally {
    /// By article; by far the most is words, so these are kept close together.
    words: Vec<u32>,
    others: Vec<Option<Sums>>,
    /// The articles with words, and those with anything else.
    touched: (Vec<u32>, Vec<u32>),
}

impl Tally {
    fn new(articles: usize) -> Self {
        Self {
            words: vec![0; articles],
            others: vec![None; articles],
            touched: (Vec::new(), Vec::new()),
        }
    }

    fn words(&mut self, mine: u16, entries: &[Entry]) {
        for entry in entries {
            if let Some(sum) = self.words.get_mut(entry.index as usize) {
                if *sum == 0 {
                    self.touched.0.push(entry.index);
                }
                *sum = sum.saturating_add(u32::from(mine) * u32::from(entry.weight));
            }
        }
    }

    fn others(&mut self, kind: Kind, worth: u16, entries: &[Entry]) {
        for entry in entries {
            if let Some(sums) = self.other(entry.index) {
                sums.add(kind, worth, 0, 0);
            }
        }
    }

    /// What is shared with an article besides words.
    fn other(&mut self, article: u32) -> Option<&mut Sums> {
        let sums = self.others.get_mut(article as usize)?;
        if sums.is_none() {
            self.touched.1.push(article);
        }
        Some(sums.get_or_insert_default())
    }

    /// Hands out what is shared with each article, and whether that is words alone; nothing is left.
    fn drain(&mut self, mut take: impl FnMut(u32, &Sums, bool)) {
        for article in self.touched.1.drain(..) {
            let at = article as usize;
            if let Some(mut sums) = self.others.get_mut(at).and_then(Option::take) {
                sums.words = self.words.get_mut(at).map(std::mem::take).unwrap_or(0);
                take(article, &sums, false);
            }
        }
        for article in self.touched.0.drain(..) {
            let words = self.words.get_mut(article as usize).map(std::mem::take);
            if let Some(words @ 1..) = words {
                let sums = Sums {
                    words,
                    ..Sums::default()
                };
                take(article, &sums, true);
            }
        }
    }
}

/// The points of each reason between two articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Points {
    pub(super) based_on: u16,
    pub(super) copy: u16,
    pub(super) events: u16,
    pub(super) entities: u16,
    pub(super) names: u16,
    pub(super) figures: u16,
    pub(super) dates: u16,
    pub(super) runs: u16,
    pub(super) words: u16,
    pub(super) topics: u16,
    pub(super) days: u16,
}

impl Points {
    /// The points of those reasons that tell one story from another.
    pub(super) fn story(&self) -> u16 {
        self.based_on
            + self.copy
            + self.events
            + self.names
            + self.figures
            + self.dates
            + self.runs
            + self.words
    }

    /// The sum.
    pub(super) fn sum(&self) -> u16 {
        self.story() + self.entities + self.topics + self.days
    }

    /// Whether there is a reason that makes a link by itself.
    fn links(&self) -> bool {
        let others = self.based_on + self.copy + self.events + self.entities + self.runs;
        self.sum() >= ENOUGH && (others > 0 || self.names >= NAMED || self.words >= STRONG)
    }
}

/// An article that is near to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    /// Which.
    pub(super) to: u32,
    /// The points of all reasons.
    pub(super) points: u16,
    /// Those of the reasons that tell stories apart.
    pub(super) story: u16,
}

/// How a text repeats another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// Word for word.
    All,
    /// So many of a hundred of the shorter one's runs.
    Part(u8),
}

/// What every comparison of an article looks at, close together: articles are met in no order.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// Day of publication, counted from an arbitrary day.
    day: Option<i32>,
    /// A hash of the whole text.
    whole: Option<NonZeroU64>,
    /// How many sampled runs it has.
    runs: u32,
    /// A bit for each topic, by its number; after 64 they begin again.
    topics: u64,
    /// Sixteen times the square root of the length.
    root: u32,
}

/// The articles with what they have in common.
pub(super) struct Corpus<'a> {
    pub(super) inputs: &'a [Input<'a>],
    pub(super) postings: Postings,
    /// By article, what every comparison looks at.
    known: Vec<Known>,
    /// By article, its topics and their numbers.
    topics: Vec<Vec<(u32, &'a Id)>>,
    /// By article, the agency whose story it has, in lower case.
    agencies: Vec<Option<String>>,
    told: Vec<&'a [Id]>,
    /// By article, those that it relies on or that rely on it.
    based_on: Vec<Vec<u32>>,
    /// What the squared rarity of words is measured by.
    scale: u64,
}

impl<'a> Corpus<'a> {
    /// The articles in order of id, with what is linked to each.
    pub(super) fn new(
        inputs: &'a [Input<'a>],
        links: &[&'a ArticleLinks],
        workers: &impl Workers,
    ) -> Self {
        let told: Vec<&'a [Id]> = links.iter().map(|l| l.events.as_slice()).collect();
        let first = jiff::civil::Date::ZERO;
        let day = |input: &Input| {
            let span = first.until(input.article.published?).ok()?;
            Some(span.get_days())
        };
        let mut known: HashMap<&'a Id, u32> = HashMap::new();
        let mut topics = |l: &&'a ArticleLinks| {
            let of = l.topics.iter().map(|m| {
                let next = number(known.len());
                (*known.entry(&m.topic).or_insert(next), &m.topic)
            });
            of.collect()
        };
        let agency = |i: &Input| i.article.agency.as_deref().map(str::to_lowercase);
        let magnitude = u64::from(inputs.len().max(1).ilog2());
        let topics: Vec<Vec<(u32, &'a Id)>> = links.iter().map(&mut topics).collect();
        let known = |(input, topics): (&Input, &Vec<(u32, &Id)>)| Known {
            day: day(input),
            whole: input.wording.whole.and_then(NonZeroU64::new),
            runs: number(input.wording.runs.len()),
            topics: topics.iter().fold(0, |all, (n, _)| all | 1 << (n % 64)),
            // The root of a number of 41 bits has 21.
            root: ((u64::from(input.wording.words) + PIVOT) << 8).isqrt() as u32,
        };
        Self {
            inputs,
            postings: Postings::new(inputs, &told, workers),
            known: inputs.iter().zip(&topics).map(known).collect(),
            topics,
            agencies: inputs.iter().map(agency).collect(),
            told,
            based_on: based_on(inputs),
            // What a tenth of a hundred articles share is as rare there as what a dozen share among thousands.
            // Of a few dozen articles no word is rare: two of ten may share `from`.
            scale: magnitude.saturating_sub(2).max(3).pow(2),
        }
    }

    /// Whether two articles are linked whatever they share: one relies on the other, or both have one text.
    fn bound(&self, here: u32, there: u32) -> bool {
        let relies = self.based_on.get(here as usize);
        relies.is_some_and(|relies| relies.contains(&there)) || self.same_text(here, there)
    }

    /// The articles nearest to each, best first.
    pub(super) fn nearest(&self, workers: &impl Workers) -> Vec<Vec<Near>> {
        let total = self.inputs.len();
        let pieces = workers.each(total.div_ceil(PIECE), |piece| {
            let mut tally = Tally::new(total);
            let range = piece * PIECE..((piece + 1) * PIECE).min(total);
            let rows = range.map(|i| self.row(number(i), &mut tally));
            rows.collect::<Vec<_>>()
        });
        pieces.into_iter().flatten().collect()
    }

    /// The articles nearest to one.
    fn row(&self, here: u32, tally: &mut Tally) -> Vec<Near> {
        for held in self.postings.of(here) {
            let Some(list) = self.postings.list(held.index) else {
                continue;
            };
            let entries = self.postings.entries(held.index);
            match list.kind {
                Kind::Word => tally.words(held.weight, entries),
                kind => tally.others(kind, list.worth, entries),
            }
        }
        for &other in self.based_on.get(here as usize).into_iter().flatten() {
            tally.other(other);
        }
        let mut row = Vec::new();
        tally.drain(|other, sums, words_alone| {
            // Most share a few words, or a day and a figure, and nothing else.
            let weak = (words_alone || sums.is_weak())
                && !self.strong(here as usize, other as usize, sums.words);
            if other == here || weak && (words_alone || !self.bound(here, other)) {
                return;
            }
            let points = self.points(here, other, sums);
            if points.links() {
                row.push(Near {
                    to: other,
                    points: points.sum(),
                    story: points.story(),
                });
            }
        });
        if row.len() > KEPT {
            let order = |a: &Near, b: &Near| self.order(a, b, |n| n.points);
            row.select_nth_unstable_by(KEPT, order);
            row.truncate(KEPT);
        }
        self.sort(&mut row, |n| n.points);
        row
    }

    /// By points, then date, then id.
    pub(super) fn sort(&self, row: &mut [Near], points: impl Fn(&Near) -> u16) {
        row.sort_unstable_by(|a, b| self.order(a, b, &points));
    }

    fn order(&self, a: &Near, b: &Near, points: impl Fn(&Near) -> u16) -> Ordering {
        let date = |n: &Near| self.day(n.to);
        points(b)
            .cmp(&points(a))
            .then_with(|| date(a).cmp(&date(b)))
            .then_with(|| a.to.cmp(&b.to))
    }

    /// Whether two texts are the same, word for word.
    fn same_text(&self, here: u32, there: u32) -> bool {
        let text = self.known(here).whole;
        text.is_some() && text == self.known(there).whole
    }

    /// The points of the reasons between two articles.
    pub(super) fn points(&self, here: u32, there: u32, sums: &Sums) -> Points {
        let (a, b) = (here as usize, there as usize);
        let copy = match self.repeats(here, there, sums) {
            Some(Repeats::All) => 40,
            Some(Repeats::Part(_)) => 30,
            None => 0,
        };
        let relies = self.based_on.get(a).is_some_and(|r| r.contains(&there));
        Points {
            based_on: if relies { 10 } else { 0 },
            copy,
            events: sums.events.min(30),
            entities: sums.entities.min(SHARED_CAP),
            // The words of these count for the wording as well; what they add is that they are names, figures and days.
            names: sums.names.div_ceil(3).min(4),
            figures: sums.figures.div_ceil(2).min(4),
            dates: sums.dates.div_ceil(2).min(3),
            // What a reprint repeats is no second reason.
            runs: match (copy, sums.rare_runs) {
                (0, 1..) => sums.rare_runs.saturating_add(2).min(10),
                _ => 0,
            },
            words: self.words(a, b, sums.words),
            topics: 2 * self.shared_topics(a, b),
            days: self.apart(here, there).map_or(0, nearness),
        }
    }

    /// How one of the two texts repeats the other, if it does.
    pub(super) fn repeats(&self, here: u32, there: u32, sums: &Sums) -> Option<Repeats> {
        if self.same_text(here, there) {
            return Some(Repeats::All);
        }
        let shorter = self.known(here).runs.min(self.known(there).runs);
        if shorter < FEWEST_RUNS || sums.runs == 0 {
            return None;
        }
        let percent = 100 * u32::from(sums.runs) / shorter;
        let agency = |i: u32| self.agencies.get(i as usize)?.as_deref();
        let least = match agency(here).is_some() && agency(here) == agency(there) {
            true => REPRINT.1,
            false => REPRINT.0,
        };
        (percent >= least).then(|| Repeats::Part(u8::try_from(percent.min(100)).unwrap_or(100)))
    }

    fn words(&self, a: usize, b: usize, shared: u32) -> u16 {
        let points = u64::from(shared) * 25_600 / self.measure(a, b);
        u16::try_from(points.min(WORDING_CAP)).unwrap_or(0)
    }

    /// Whether likeness of wording alone makes a link.
    fn strong(&self, a: usize, b: usize, shared: u32) -> bool {
        u64::from(shared) * 25_600 >= u64::from(STRONG) * self.measure(a, b)
    }

    /// What shared words are measured by: the length of both articles and the size of the site. The last factor brings two reports of one
    /// happening to some thirty points.
    fn measure(&self, a: usize, b: usize) -> u64 {
        let root = |i: usize| {
            self.known
                .get(i)
                .map_or(1, |known| known.root.max(1).into())
        };
        let (a, b): (u64, u64) = (root(a), root(b));
        a * b * self.scale * 224
    }

    fn shared_topics(&self, a: usize, b: usize) -> u16 {
        let bits = |i: usize| self.known.get(i).map_or(0, |known| known.topics);
        if bits(a) & bits(b) == 0 {
            return 0;
        }
        let of = |i: usize| self.topics.get(i).map(Vec::as_slice).unwrap_or_default();
        let there = |number: u32| of(b).iter().any(|(n, _)| *n == number);
        let shared = of(a).iter().filter(|(n, _)| there(*n)).count();
        u16::try_from(shared.min(3)).unwrap_or(3)
    }

    /// The topics that two articles share, in the site's order, with their numbers.
    pub(super) fn topics(&self, here: u32, there: u32) -> impl Iterator<Item = (u32, &'a Id)> {
        let of = |i: u32| self.topics.get(i as usize).map(Vec::as_slice);
        let theirs = of(there).unwrap_or_default();
        let mine = of(here).unwrap_or_default().iter().copied();
        mine.filter(move |(n, _)| theirs.iter().any(|(m, _)| m == n))
    }

    /// What was found in an article.
    pub(super) fn facts(&self, article: u32) -> Option<&'a Facts> {
        self.inputs.get(article as usize).map(|input| input.facts)
    }

    /// Whether the words of an article may be quoted.
    pub(super) fn is_open(&self, article: u32) -> bool {
        let input = self.inputs.get(article as usize);
        input.is_some_and(|input| input.article.rights == Rights::Full)
    }

    /// The events that an article tells of.
    pub(super) fn told(&self, article: u32) -> &'a [Id] {
        self.told.get(article as usize).copied().unwrap_or_default()
    }

    /// The day on which an article was published, counted from an arbitrary day.
    pub(super) fn day(&self, article: u32) -> Option<i32> {
        self.known(article).day
    }

    fn known(&self, article: u32) -> Known {
        self.known
            .get(article as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Days from one article to the other.
    pub(super) fn apart(&self, here: u32, there: u32) -> Option<i32> {
        Some(self.day(there)? - self.day(here)?)
    }
}

/// Points for nearness in time.
fn nearness(days: i32) -> u16 {
    match days.unsigned_abs() {
        0..=3 => 3,
        4..=31 => 2,
        32..=366 => 1,
        _ => 0,
    }
}

/// By article, those that it names as reports that it relies on, and those that name it; no more than [`COMMON`] each.
fn based_on(inputs: &[Input]) -> Vec<Vec<u32>> {
    let mut all: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); inputs.len()];
    for (i, input) in inputs.iter().enumerate() {
        for name in &input.article.based_on {
            let found = inputs
                .binary_search_by(|other| other.article.id().as_str().cmp(name.value.as_str()));
            if let Ok(j) = found.map(number)
                && j as usize != i
            {
                for (from, to) in [(i, j), (j as usize, number(i))] {
                    if let Some(of) = all.get_mut(from).filter(|of| of.len() < COMMON) {
                        of.insert(to);
                    }
                }
            }
        }
    }
    all.into_iter().map(|of| of.into_iter().collect()).collect()
}
