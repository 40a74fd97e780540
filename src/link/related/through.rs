//! What two articles have in common through others.
//!
//! Two reports of one happening need not share many words, but both are near to the same other reports. This is query expansion by the
//! nearest neighbours (as in local context analysis, Xu and Croft 2000), of both sides and in integers: each article stands for itself and
//! for its [`NEAREST`] nearest, and what those have with each other counts as well. An article is as near to itself as [`SELF`] points.

use super::pairs::{Corpus, Near};
use super::postings::number;
use crate::link::Workers;

/// How many of the nearest articles stand for one.
const NEAREST: usize = 4;

/// The points, of reasons that tell stories apart, from which an article is near.
pub const CLOSE: u16 = 8;

/// The points for an article being itself.
const SELF: u32 = 40;

/// Articles that one worker takes at a time.
const PIECE: usize = 128;

/// For each article the few that stand for it.
pub(super) struct Company {
    few: Vec<Vec<u32>>,
    /// By article, the points of each row's articles that tell stories apart, by number.
    story: Vec<Vec<(u32, u16)>>,
}

impl Company {
    /// Those of each row's articles that are nearest by what tells stories apart.
    pub(super) fn new(corpus: &Corpus, rows: &[Vec<Near>], workers: &impl Workers) -> Self {
        let few = |row: &Vec<Near>| {
            let mut close: Vec<Near> = row.iter().copied().filter(|n| n.story >= CLOSE).collect();
            corpus.sort(&mut close, |n| n.story);
            close.iter().take(NEAREST).map(|n| n.to).collect()
        };
        let story = |row: &Vec<Near>| {
            let mut story: Vec<(u32, u16)> = row.iter().map(|n| (n.to, n.story)).collect();
            story.sort_unstable();
            story
        };
        let both = workers.in_rows(rows.len(), PIECE, |some| {
            let rows = rows.get(some).unwrap_or_default().iter();
            rows.map(|row| (few(row), story(row))).collect()
        });
        let (few, story) = both.into_iter().unzip();
        Self { few, story }
    }

    /// Whether two articles are near to each other by themselves.
    pub(super) fn close(&self, one: u32, other: u32) -> bool {
        let points = |from: u32, to: u32| {
            let row = self.story.get(from as usize)?;
            let at = row.binary_search_by_key(&to, |(i, _)| *i).ok()?;
            row.get(at).map(|(_, points)| *points)
        };
        points(one, other).max(points(other, one)) >= Some(CLOSE)
    }

    /// The articles that stand for one.
    pub(super) fn of(&self, article: u32) -> &[u32] {
        self.few
            .get(article as usize)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The points that others add, for every article of every row.
    pub(super) fn points(&self, rows: &[Vec<Near>], workers: &impl Workers) -> Vec<Vec<u16>> {
        workers.in_rows(rows.len(), PIECE, |some| {
            let mut scratch = Scratch::new(rows.len());
            some.map(|i| self.row(rows, number(i), &mut scratch))
                .collect()
        })
    }

    fn row(&self, rows: &[Vec<Near>], here: u32, scratch: &mut Scratch) -> Vec<u16> {
        let row = |i: u32| rows.get(i as usize).into_iter().flatten();
        scratch.direct.add(here, SELF);
        for near in row(here) {
            scratch.direct.add(near.to, u32::from(near.story));
        }
        for &other in self.of(here) {
            scratch.company.add(other, SELF);
            for near in row(other) {
                scratch.company.add(near.to, u32::from(near.story));
            }
        }
        let of = |near: &Near| {
            let theirs = self.of(near.to);
            let direct: u32 = theirs.iter().map(|&d| scratch.direct.get(d)).sum();
            let between: u32 = theirs.iter().map(|&d| scratch.company.get(d)).sum();
            let one_sided = scratch.company.get(near.to) + direct;
            let few = number(NEAREST);
            let points = (few * one_sided + 2 * between) / (2 * few * few);
            u16::try_from(points).unwrap_or(u16::MAX)
        };
        let points = row(here).map(of).collect();
        scratch.direct.clear();
        scratch.company.clear();
        points
    }
}

/// Numbers by article, of which few are set at a time.
struct Sparse {
    all: Vec<u32>,
    set: Vec<u32>,
}

impl Sparse {
    fn new(articles: usize) -> Self {
        Self {
            all: vec![0; articles],
            set: Vec::new(),
        }
    }

    fn add(&mut self, article: u32, points: u32) {
        if let Some(sum) = self.all.get_mut(article as usize) {
            *sum += points;
            self.set.push(article);
        }
    }

    fn get(&self, article: u32) -> u32 {
        self.all.get(article as usize).copied().unwrap_or(0)
    }

    fn clear(&mut self) {
        for article in self.set.drain(..) {
            if let Some(sum) = self.all.get_mut(article as usize) {
                *sum = 0;
            }
        }
    }
}

struct Scratch {
    /// From the article at hand.
    direct: Sparse,
    /// From those that stand for it.
    company: Sparse,
}

impl Scratch {
    fn new(articles: usize) -> Self {
        Self {
            direct: Sparse::new(articles),
            company: Sparse::new(articles),
        }
    }
}
