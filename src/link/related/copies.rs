//! Reprints and duplicates: articles that repeat another's text confirm nothing.
//!
//! The original of a group is the article that came first by date, then by id. What relies on another article by its own word
//! (`based_on`) is no duplicate, but it confirms that article as little.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::{Corpus, Repeats};
use super::postings::{Kind, number};
use super::tally::Sums;
use crate::link::Workers;
use crate::model::Id;

/// Articles that one worker takes at a time.
const PIECE: usize = 128;

/// How an article repeats others, and others repeat it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// The article whose text this repeats, the first of the group.
    pub original: Option<Id>,
    /// The articles that repeat the text of this, the first of the group, by date.
    pub copies: Vec<Id>,
}

/// The copies of every article, in the order of the corpus.
pub(super) fn copies(corpus: &Corpus, workers: &impl Workers) -> Vec<Copies> {
    let total = corpus.inputs.len();
    let mut groups = Groups::new(total);
    let mut whole: BTreeMap<u64, u32> = BTreeMap::new();
    for (i, input) in corpus.inputs.iter().enumerate() {
        if let Some(hash) = input.wording.whole {
            let first = *whole.entry(hash).or_insert(number(i));
            groups.join(first, number(i));
        }
    }
    let repeating = workers.in_rows(total, PIECE, |some| {
        let mut sharing = Vec::new();
        let mut found = Vec::new();
        for here in some.map(number) {
            sharing_runs(corpus, here, &mut sharing);
            for same in sharing.chunk_by(|a, b| a == b) {
                let sums = Sums {
                    runs: u16::try_from(same.len()).unwrap_or(u16::MAX),
                    ..Sums::default()
                };
                let there = same.first().copied().unwrap_or(here);
                if let Some(Repeats::Part(_)) = corpus.repeats(here, there, &sums) {
                    found.push((here, there));
                }
            }
        }
        found
    });
    for (here, there) in repeating {
        groups.join(here, there);
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for i in (0..total).map(number) {
        members.entry(groups.root(i)).or_default().push(i);
    }
    let mut all = vec![Copies::default(); total];
    for mut group in members.into_values().filter(|g| g.len() > 1) {
        let id = |i: u32| {
            corpus
                .inputs
                .get(i as usize)
                .map(|input| input.article.id())
        };
        group.sort_by_key(|&i| {
            let published = corpus
                .inputs
                .get(i as usize)
                .and_then(|x| x.article.published);
            (published.is_none(), published, i)
        });
        let mut ids = group.iter().filter_map(|&i| Some((i, id(i)?)));
        let Some((first, original)) = ids.next() else {
            continue;
        };
        let copies: Vec<(u32, &Id)> = ids.collect();
        for (i, _) in &copies {
            if let Some(of) = all.get_mut(*i as usize) {
                of.original = Some(original.clone());
            }
        }
        if let Some(of) = all.get_mut(first as usize) {
            of.copies = copies.into_iter().map(|(_, id)| id.clone()).collect();
        }
    }
    all
}

/// The later articles that share runs of words with one, in order, each as often as it shares one.
fn sharing_runs(corpus: &Corpus, here: u32, into: &mut Vec<u32>) {
    into.clear();
    let others = &corpus.postings.others;
    for held in others.of(here) {
        let list = others.get(held.index());
        if list.is_some_and(|list| list.kind == Kind::Run) {
            let later = others.entries(held.index()).iter();
            into.extend(later.map(|e| e.index()).filter(|there| *there > here));
        }
    }
    into.sort_unstable();
}

/// Which articles belong together: each leads to another of its group, the first to itself.
pub(super) struct Groups(Vec<u32>);

impl Groups {
    /// Every article by itself.
    pub(super) fn new(articles: usize) -> Self {
        Self((0..articles).map(number).collect())
    }

    /// The first article of a group.
    pub(super) fn root(&mut self, mut i: u32) -> u32 {
        while let Some(&up) = self.0.get(i as usize) {
            if up == i {
                break;
            }
            let over = self.0.get(up as usize).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(i as usize) {
                *slot = over;
            }
            i = up;
        }
        i
    }

    /// Makes two groups one.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(slot) = self.0.get_mut(high as usize) {
            *slot = low;
        }
    }
}

/// Something that an article goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin<'a> {
    /// An article of the corpus.
    Article(&'a Id),
    /// A report that is not in the corpus, by its name.
    Elsewhere(&'a str),
}

/// What an article goes back to: itself, the text that it repeats, and the reports that it says it relies on, with theirs.
pub(crate) fn origins<'a>(
    of: &'a Id,
    links: &'a BTreeMap<Id, crate::link::ArticleLinks>,
) -> BTreeSet<Origin<'a>> {
    let mut found = BTreeSet::new();
    let mut open = vec![of];
    while let Some(id) = open.pop() {
        if found.insert(Origin::Article(id))
            && let Some(links) = links.get(id)
        {
            open.extend(&links.copies.original);
            open.extend(&links.relies_on);
            let elsewhere = links.relies_elsewhere.iter();
            found.extend(elsewhere.map(|name| Origin::Elsewhere(name)));
        }
    }
    found
}
