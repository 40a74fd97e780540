//! The reasons that two articles have by themselves, in points, and the best few articles for each.
//!
//! The points for wording are those of a vector space model with pivoted length normalisation (Singhal, Buckley and Mitra 1996), in
//! integers: the product of both weights of each shared term, over the square root of both lengths. The length is that of the article
//! and not of its vector, so that what is said elsewhere changes the likeness of two articles only by the rarity of what they share.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU64;

use super::postings::{Postings, number};
use super::tally::{Floor, Sums, Tally, factor};
use super::worth::Worth;
use super::{COMMON, ENOUGH, NAMED, SHARED_CAP, STRONG};
use crate::annotate::wording::ByHash;
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
const WORDING_CAP: u16 = 60;

/// The most shared topics that count.
const TOPICS: u16 = 3;

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
    /// Those that hang on nothing but what is shared, wording apart.
    fn shared(sums: &Sums) -> Self {
        Self {
            events: sums.events.min(30),
            entities: sums.entities.min(SHARED_CAP),
            // The words of these count for the wording as well; what they add is that they are names, figures and days.
            names: sums.names.div_ceil(3).min(4),
            figures: sums.figures.div_ceil(2).min(4),
            dates: sums.dates.div_ceil(2).min(3),
            runs: match sums.rare_runs {
                0 => 0,
                runs => runs.saturating_add(2).min(10),
            },
            ..Self::default()
        }
    }

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
    /// The sum of the words that both have.
    pub(super) words: u32,
}

/// How a text repeats another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// Word for word.
    All,
    /// So many of a hundred of the shorter one's runs.
    Part(u8),
}

/// What comparisons of an article look at, close together: articles are met in no order.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// Day of publication, counted from an arbitrary day.
    day: Option<i32>,
    /// A hash of the whole text.
    whole: Option<NonZeroU64>,
    /// How many sampled runs it has.
    runs: u32,
    /// Sixteen times the square root of the length; never 0.
    root: u32,
    /// The number of the agency whose story it has; 0 for none.
    agency: u32,
    /// A bit for each topic, by its number; after 64 they begin again.
    topics: u64,
}

/// The articles with what they have in common.
pub(super) struct Corpus<'a> {
    pub(super) inputs: &'a [Input<'a>],
    pub(super) postings: Postings,
    /// By article, what every comparison looks at.
    known: Vec<Known>,
    /// The least of their roots.
    shortest: u32,
    /// The hashes of the texts that more than one article has.
    twins: BTreeSet<u64>,
    /// By article, its topics and their numbers.
    topics: Vec<Vec<(u32, &'a Id)>>,
    /// Whether each topic has a bit of its own.
    few_topics: bool,
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
        worth: &Worth,
        workers: &impl Workers,
    ) -> Self {
        let told: Vec<&'a [Id]> = links.iter().map(|l| l.events.as_slice()).collect();
        let first = jiff::civil::Date::ZERO;
        let day = |input: &Input| {
            let span = first.until(input.article.published?).ok()?;
            Some(span.get_days())
        };
        let mut numbers: HashMap<&'a Id, u32> = HashMap::new();
        let mut topics = |l: &&'a ArticleLinks| {
            let of = l.topics.iter().map(|m| {
                let next = number(numbers.len());
                (*numbers.entry(&m.topic).or_insert(next), &m.topic)
            });
            of.collect()
        };
        let mut agencies: HashMap<String, u32> = HashMap::new();
        let mut agency = |i: &Input| {
            let next = number(agencies.len() + 1);
            let name = i.article.agency.as_deref().map(str::to_lowercase);
            name.map_or(0, |name| *agencies.entry(name).or_insert(next))
        };
        let magnitude = u64::from(inputs.len().max(1).ilog2());
        let topics: Vec<Vec<(u32, &'a Id)>> = links.iter().map(&mut topics).collect();
        let known = |(input, topics): (&Input, &Vec<(u32, &Id)>)| Known {
            day: day(input),
            whole: input.wording.whole.and_then(NonZeroU64::new),
            runs: number(input.wording.runs.keys().len()),
            // The root of a number of 41 bits has 21.
            root: ((u64::from(input.wording.words) + PIVOT) << 8).isqrt() as u32,
            agency: agency(input),
            topics: topics.iter().fold(0, |all, (n, _)| all | 1 << (n % 64)),
        };
        let known: Vec<Known> = inputs.iter().zip(&topics).map(known).collect();
        Self {
            inputs,
            postings: Postings::new(inputs, &told, worth, workers),
            shortest: known.iter().map(|known| known.root).min().unwrap_or(1),
            known,
            twins: twins(inputs),
            topics,
            few_topics: numbers.len() <= 64,
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
        workers.in_rows(total, PIECE, |some| {
            let mut tally = Tally::new(total);
            let mut row = Vec::new();
            let rows = some.map(|i| {
                self.row(number(i), &mut tally, &mut row);
                // Many are looked at for the few that are kept.
                row.as_slice().into()
            });
            rows.collect()
        })
    }

    /// Fills a row with the articles nearest to one.
    fn row(&self, here: u32, tally: &mut Tally, row: &mut Vec<Near>) {
        self.count(here, tally);
        row.clear();
        let mut floor = Floor::new(KEPT);
        let most = self.most(here);
        let mut add = |other: u32, sums: &Sums, floor: &mut Floor| {
            let points = self.points(here, other, sums);
            if points.links() {
                floor.see(points.sum());
                row.push(Near {
                    to: other,
                    points: points.sum(),
                    story: points.story(),
                    words: sums.words,
                });
            }
        };
        tally.take_others(|other, sums| {
            let shared = Points::shared(sums).sum() + most;
            // Of eight runs at least, two of five are more than three.
            let copy = if sums.runs > 3 { 40 } else { 0 };
            let worded = |least| self.worded(here, other, sums.words, least);
            // Most share a day and a figure, and nothing else; and most of what is left is less than many others share.
            let weak = sums.is_weak() && !worded(STRONG) && !self.bound(here, other);
            let far = || !worded(floor.least().saturating_sub(shared + copy));
            if other != here && !weak && !far() {
                add(other, sums, &mut floor);
            }
        });
        // Words alone have to make a link.
        let needed = |floor: &Floor| floor.least().saturating_sub(most).max(STRONG);
        let least = |floor: &Floor| self.least_words(here, needed(floor));
        tally.take_words(least(&floor), |other, words| {
            if other != here && self.worded(here, other, words, needed(&floor)) {
                let sums = Sums {
                    words,
                    ..Sums::default()
                };
                add(other, &sums, &mut floor);
            }
            least(&floor)
        });
        if row.len() > KEPT {
            let order = |a: &Near, b: &Near| self.order(a, b, |n| n.points);
            row.select_nth_unstable_by(KEPT, order);
            row.truncate(KEPT);
        }
        self.sort(row, |n| n.points);
    }

    /// Counts what one article shares with others.
    fn count(&self, here: u32, tally: &mut Tally) {
        let Postings { words, others, .. } = &self.postings;
        for held in words.of(here) {
            if let Some(list) = words.get(held.index()) {
                tally.words(factor(list, *held), words.entries(held.index()));
            }
        }
        for held in others.of(here) {
            if let Some(list) = others.get(held.index()) {
                tally.others(list, others.entries(held.index()));
            }
        }
        for &other in self.based_on.get(here as usize).into_iter().flatten() {
            tally.other(other);
        }
    }

    /// The most points that an article can have with any other for what is not counted of both: topics, nearness in time, that one relies
    /// on the other, and that both are the same.
    fn most(&self, here: u32) -> u16 {
        let relies = self.based_on.get(here as usize);
        let relies = relies.is_some_and(|relies| !relies.is_empty());
        let text = self.inputs.get(here as usize).and_then(|i| i.wording.whole);
        let twin = text.is_some_and(|text| self.twins.contains(&text));
        let topics = self.topics.get(here as usize).map_or(0, Vec::len);
        let topics = u16::try_from(topics).unwrap_or(TOPICS).min(TOPICS);
        u16::from(twin) * 40 + u16::from(relies) * 10 + 2 * topics + nearness(0)
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
        let copy = match self.repeats(here, there, sums) {
            Some(Repeats::All) => 40,
            Some(Repeats::Part(_)) => 30,
            None => 0,
        };
        let relies = self
            .based_on
            .get(here as usize)
            .is_some_and(|r| r.contains(&there));
        let shared = Points::shared(sums);
        Points {
            based_on: if relies { 10 } else { 0 },
            copy,
            // What a reprint repeats is no second reason.
            runs: if copy == 0 { shared.runs } else { 0 },
            words: self.words(here, there, sums.words),
            topics: 2 * self.shared_topics(here, there),
            days: self.apart(here, there).map_or(0, nearness),
            ..shared
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
        let (mine, theirs) = (self.known(here).agency, self.known(there).agency);
        let least = match mine != 0 && mine == theirs {
            true => REPRINT.1,
            false => REPRINT.0,
        };
        (percent >= least).then(|| Repeats::Part(u8::try_from(percent.min(100)).unwrap_or(100)))
    }

    fn words(&self, here: u32, there: u32, shared: u32) -> u16 {
        let points = u64::from(shared) * 25_600 / self.measure(here, self.root(there));
        u16::try_from(points).map_or(WORDING_CAP, |points| points.min(WORDING_CAP))
    }

    /// Whether likeness of wording gives so many points.
    fn worded(&self, here: u32, there: u32, shared: u32, points: u16) -> bool {
        let least = u64::from(points) * self.measure(here, self.root(there));
        points <= WORDING_CAP && u64::from(shared) * 25_600 >= least
    }

    /// The least sum of shared words that can give so many points.
    fn least_words(&self, here: u32, points: u16) -> u32 {
        let least = u64::from(points) * self.measure(here, self.shortest);
        let least = u32::try_from(least.div_ceil(25_600)).unwrap_or(u32::MAX);
        if points <= WORDING_CAP {
            least
        } else {
            u32::MAX
        }
    }

    /// What shared words are measured by: the length of both articles and the size of the site. The last factor brings two reports of one
    /// happening to some thirty points.
    fn measure(&self, here: u32, root: u32) -> u64 {
        u64::from(self.root(here)) * u64::from(root) * self.scale * 224
    }

    /// Sixteen times the square root of an article's length; never 0.
    fn root(&self, article: u32) -> u32 {
        self.known(article).root.max(1)
    }

    fn shared_topics(&self, here: u32, there: u32) -> u16 {
        let shared = self.known(here).topics & self.known(there).topics;
        let shared = match self.few_topics || shared == 0 {
            true => shared.count_ones() as usize,
            false => self.topics(here, there).count(),
        };
        u16::try_from(shared).unwrap_or(TOPICS).min(TOPICS)
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

/// The hashes of the texts that more than one article has.
fn twins(inputs: &[Input]) -> BTreeSet<u64> {
    let mut texts: ByHash<bool> = ByHash::default();
    let mut twins = BTreeSet::new();
    for text in inputs.iter().filter_map(|input| input.wording.whole) {
        if texts.insert(text, true).is_some() {
            twins.insert(text);
        }
    }
    twins
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
