//! The words of a text in order, and the stretches of them that two texts have in common.

use std::ops::Range;

use super::{RUN, Wording, mix};
use crate::annotate::token::cut;
use crate::base::TextRange;

/// Of so many neighbouring runs one is kept.
const WINDOW: usize = 4;

/// The words of a text in order: hashes of their lower case, and where they begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    hashes: Vec<u64>,
    /// In bytes, growing.
    places: Vec<u32>,
}

impl Words {
    pub(super) fn with_capacity(words: usize) -> Self {
        Self {
            hashes: Vec::with_capacity(words),
            places: Vec::with_capacity(words),
        }
    }

    pub(super) fn push(&mut self, hash: u64, at: u32) {
        self.hashes.push(hash);
        self.places.push(at);
    }

    /// The words that begin in a range of the text: the hash of each, and where it begins.
    pub(crate) fn within(&self, range: TextRange) -> impl Iterator<Item = (u64, u32)> {
        let from = self.places.partition_point(|at| *at < range.start);
        let places = self.places.get(from..).unwrap_or_default();
        let hashes = self.hashes.get(from..).unwrap_or_default();
        let all = hashes.iter().copied().zip(places.iter().copied());
        all.take_while(move |(_, at)| *at < range.end)
    }

    /// A hash of all of them in order; none of fewer than [`RUN`].
    pub(super) fn whole(&self) -> Option<u64> {
        let add = |h: u64, word: &u64| mix(h.wrapping_mul(31).wrapping_add(*word));
        (self.hashes.len() >= RUN).then(|| self.hashes.iter().fold(0, add))
    }
}

/// The words of a text in order, as far as stretches of two texts are compared: half of each hash, and where it begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Stream {
    hashes: Box<[u32]>,
    /// In bytes, growing.
    places: Box<[u32]>,
}

impl Stream {
    pub(super) fn of(words: &Words) -> Self {
        // The last bits are as good as all.
        let half = |hash: &u64| (hash & u64::from(u32::MAX)) as u32;
        Self {
            hashes: words.hashes.iter().map(half).collect(),
            places: words.places.as_slice().into(),
        }
    }

    /// The bytes of some words in a row, with what stands between them.
    fn range(&self, text: &str, words: Range<usize>) -> Option<TextRange> {
        let last = words.end.checked_sub(1)?;
        let (start, from) = (*self.places.get(words.start)?, *self.places.get(last)?);
        // Nothing of the last word lies behind the beginning of the next.
        let to = self
            .places
            .get(words.end)
            .map_or(text.len(), |at| *at as usize);
        let word = cut(text.get(from as usize..to)?).first()?.end;
        Some(TextRange {
            start,
            end: from + word,
        })
    }
}

/// The word that begins at a byte of a text.
pub(crate) fn word_at(text: &str, at: u32, end: u32) -> &str {
    let rest = text.get(at as usize..end as usize).unwrap_or_default();
    cut(rest).first().map_or("", |word| word.of(rest))
}

/// Stretches of eight words in a row, in order of their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Runs {
    keys: Box<[u64]>,
    /// The index of the first word of each in the [`Stream`].
    words: Box<[u32]>,
}

impl Runs {
    /// A hash of the words of each in lower case, in order, no two alike.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// With which word of the [`Stream`] the run with a key begins.
    pub fn word(&self, key: u64) -> Option<usize> {
        let at = self.keys.binary_search(&key).ok()?;
        Some(*self.words.get(at)? as usize)
    }
}

impl FromIterator<(u64, u32)> for Runs {
    /// Runs by key and first word; of those with one key the first in the text is kept.
    fn from_iter<T: IntoIterator<Item = (u64, u32)>>(runs: T) -> Self {
        let mut runs: Vec<(u64, u32)> = runs.into_iter().collect();
        runs.sort_unstable();
        runs.dedup_by_key(|(key, _)| *key);
        Self {
            keys: runs.iter().map(|(key, _)| *key).collect(),
            words: runs.iter().map(|(_, word)| *word).collect(),
        }
    }
}

/// The sampled runs of some words.
pub(super) fn runs(words: &Words) -> Runs {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let add = |h: u64, word: &u64| h.wrapping_mul(FACTOR).wrapping_add(*word);
    // What the word that a run leaves behind has come to in the sum.
    let left = FACTOR.wrapping_pow(RUN as u32);
    let first = words.hashes.iter().take(RUN - 1);
    let mut sum = first.fold(0, add);
    let mut before = 0;
    let windows = words.hashes.windows(RUN).zip(0..);
    let all: Vec<(u64, u32)> = windows
        .map(|(words, at)| {
            let (gone, last) = (before, words.last().unwrap_or(&0));
            sum = add(sum, last).wrapping_sub(left.wrapping_mul(gone));
            before = words.first().copied().unwrap_or(0);
            (mix(sum), at)
        })
        .collect();
    let mut kept: Vec<(u64, u32)> = Vec::with_capacity(all.len() / 2);
    for window in all.windows(WINDOW.min(all.len()).max(1)) {
        // Neighbouring windows mostly keep the same run.
        let least = window.iter().rev().min_by_key(|(key, _)| *key);
        if let Some(least) = least.filter(|least| kept.last() != Some(least)) {
            kept.push(*least);
        }
    }
    kept.into_iter().collect()
}

/// The longest stretch of words that two articles have in common around one of the sampled runs with these keys, as its range in the
/// first one's text and its number of words.
pub fn stretch(
    here: &Wording,
    text: &str,
    there: &Wording,
    shared: &[u64],
) -> Option<(TextRange, usize)> {
    let place = |of: &Wording, key: u64| of.runs.word(key);
    // Where each stretch begins in both, and its words.
    let mut known: Vec<(usize, usize, usize)> = Vec::new();
    let mut best: Option<(usize, usize)> = None;
    for key in shared {
        let Some(mine) = place(here, *key) else {
            continue;
        };
        // What lies in a stretch already found leads to the same one, or to a shorter one elsewhere in the other text.
        if best.is_some_and(|(start, count)| (start..start + count).contains(&mine)) {
            continue;
        }
        let Some(theirs) = place(there, *key) else {
            continue;
        };
        let same = |&(i, j, count): &(usize, usize, usize)| {
            (i..i + count).contains(&mine) && mine - i + j == theirs
        };
        if known.iter().any(same) {
            continue;
        }
        let (start, count) = around(&here.stream.hashes, mine, &there.stream.hashes, theirs);
        known.push((start, theirs - (mine - start), count));
        let longer =
            |(first, most): (usize, usize)| count > most || (count == most && start < first);
        if count >= RUN && best.is_none_or(longer) {
            best = Some((start, count));
        }
    }
    let (start, count) = best?;
    Some((here.stream.range(text, start..start + count)?, count))
}

/// The words that two texts have in common around a word of each: where they begin in the first, and how many they are.
fn around(here: &[u32], at: usize, there: &[u32], other: usize) -> (usize, usize) {
    let same = |(a, b): &(&u32, &u32)| a == b;
    let back = here
        .iter()
        .take(at)
        .rev()
        .zip(there.iter().take(other).rev());
    let back = back.take_while(same).count();
    let on = here.iter().skip(at).zip(there.iter().skip(other));
    let on = on.take_while(same).count();
    (at - back, back + on)
}
