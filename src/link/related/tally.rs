//! What one article shares with every other, counted.

use super::NAMED;
use super::postings::{Entry, Kind, List};

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
    /// Adds what a shared list gives that is none of words.
    pub(super) fn add(&mut self, kind: Kind, worth: u16) {
        let (sum, more) = match kind {
            Kind::Word => return,
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
    pub(super) fn is_weak(&self) -> bool {
        let others = self.events | self.entities | self.runs;
        others == 0 && self.names.div_ceil(3) < NAMED
    }
}

/// What one mention more of a shared word gives, by how much an article makes of it: both articles' weights count by its rarity.
pub(super) fn factor(list: &List, mine: Entry) -> u32 {
    let worth = u32::from(list.worth);
    mine.weight() * worth * worth
}

/// Articles whose sums of words are looked at together.
const BLOCK: usize = 64;

/// What one article shares with every other. Nothing is left from one article to the next.
pub(super) struct Tally {
    /// By article; by far the most is words, so these are kept close together. Whole blocks of them.
    words: Vec<u32>,
    /// By block, whether any of its sums was changed.
    changed: Vec<bool>,
    /// By article, where its sums are in `others`, counted from 1.
    places: Vec<u32>,
    others: Vec<(u32, Sums)>,
}

impl Tally {
    pub(super) fn new(articles: usize) -> Self {
        let blocks = articles.div_ceil(BLOCK);
        Self {
            words: vec![0; blocks * BLOCK],
            changed: vec![false; blocks],
            places: vec![0; articles],
            others: Vec::new(),
        }
    }

    /// Counts a word for the articles of its list.
    pub(super) fn words(&mut self, factor: u32, entries: &[Entry]) {
        for entry in entries {
            let at = entry.index() as usize;
            if let (Some(sum), Some(changed)) =
                (self.words.get_mut(at), self.changed.get_mut(at / BLOCK))
            {
                // A hundred words at most, each of less than a million.
                *sum = sum.wrapping_add(factor * entry.weight());
                *changed = true;
            }
        }
    }

    /// Counts something else for the articles of its list.
    pub(super) fn others(&mut self, list: &List, entries: &[Entry]) {
        for entry in entries {
            if let Some(sums) = self.other(entry.index()) {
                sums.add(list.kind, list.worth);
            }
        }
    }

    /// What is shared with an article besides words.
    pub(super) fn other(&mut self, article: u32) -> Option<&mut Sums> {
        let place = self.places.get_mut(article as usize)?;
        if *place == 0 {
            self.others.push((article, Sums::default()));
            *place = super::postings::number(self.others.len());
        }
        let at = (*place as usize).checked_sub(1)?;
        self.others.get_mut(at).map(|(_, sums)| sums)
    }

    /// Hands out what is shared with each article that has more in common than words, or is the article itself.
    pub(super) fn take_others(&mut self, mut take: impl FnMut(u32, &Sums)) {
        for (article, mut sums) in self.others.drain(..) {
            let at = article as usize;
            if let (Some(words), Some(place)) = (self.words.get_mut(at), self.places.get_mut(at)) {
                sums.words = std::mem::take(words);
                *place = 0;
            }
            take(article, &sums);
        }
    }

    /// Hands out each article that words alone are shared with, and their sum, as far as that is not below what the last call gave back; the
    /// first call is for `least`. To be called after [`Self::take_others`].
    pub(super) fn take_words(&mut self, mut least: u32, mut take: impl FnMut(u32, u32) -> u32) {
        let blocks = self.words.chunks_exact_mut(BLOCK);
        for ((sums, changed), first) in blocks.zip(&mut self.changed).zip((0..).step_by(BLOCK)) {
            if !std::mem::take(changed) {
                continue;
            }
            // Hardly any block has a sum that matters.
            let most = sums.iter().fold(0, |most, sum| (*sum).max(most));
            if most >= least.max(1) {
                for (sum, article) in sums.iter().zip(first..) {
                    if *sum >= least.max(1) {
                        least = take(article, *sum);
                    }
                }
            }
            sums.fill(0);
        }
    }
}

/// The fewest points with which something can be among the best few of those seen.
pub(super) struct Floor {
    kept: u32,
    /// By points, how many were seen with so many; those with more than fit count as the last.
    seen: [u32; 256],
    /// How many were seen with `least` points or more.
    above: u32,
    least: u16,
}

impl Floor {
    /// Of nothing seen, where so many are kept.
    pub(super) fn new(kept: usize) -> Self {
        Self {
            kept: super::postings::number(kept),
            seen: [0; 256],
            above: 0,
            least: 0,
        }
    }

    /// Whatever has fewer points than this is behind as many others as are kept.
    pub(super) fn least(&self) -> u16 {
        self.least
    }

    /// Something was seen.
    pub(super) fn see(&mut self, points: u16) {
        if points < self.least {
            return;
        }
        if let Some(seen) = self.seen.get_mut(usize::from(points.min(255))) {
            *seen += 1;
        }
        self.above += 1;
        // While without those of the least points there are enough.
        while let Some(seen) = self.seen.get(usize::from(self.least)) {
            if self.least == 255 || self.above - seen < self.kept {
                break;
            }
            self.above -= seen;
            self.least += 1;
        }
    }
}
