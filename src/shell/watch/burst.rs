//! When a burst of changes is over.
//!
//! Saving one file makes several events, a switch of branches many thousands. Building in the middle of them would be
//! no mistake, since what comes later leads to another build, but a waste, and faults would flash up that are gone a moment later.
//! So a burst is waited for, as briefly as it allows: where everything touched is known to be written to its end, a few
//! milliseconds will do.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The quiet that ends a burst of which nothing is pending.
const SHORT: Duration = Duration::from_millis(4);

/// The quiet that ends any other.
const LONG: Duration = Duration::from_millis(30);

/// The longest that a burst is waited for.
const CAP: Duration = Duration::from_millis(300);

/// How many files may be touched in a burst that is ended by the short quiet. With more, more are likely to come.
const FEW: usize = 4;

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Touch {
    /// It is being written, or was, and who wrote it may not have finished.
    Writing,
    /// It is as it will stay: closed after writing, or renamed.
    Done,
    /// It is gone. Editors that save in two steps put another in its place.
    Gone,
    /// A folder appeared: there may be more in it than was reported.
    Folder,
    /// Something about it changed that says nothing about its content.
    About,
}

/// The changes since the last build.
#[derive(Debug, Clone)]
pub(super) struct Burst {
    began: Instant,
    last: Instant,
    touched: BTreeSet<PathBuf>,
    /// Of those the ones that will change once more, or may.
    pending: BTreeSet<PathBuf>,
}

impl Burst {
    /// A burst that begins with nothing.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            began: now,
            last: now,
            touched: BTreeSet::new(),
            pending: BTreeSet::new(),
        }
    }

    /// Adds what happened to a file.
    pub(super) fn add(&mut self, path: PathBuf, touch: Touch, now: Instant) {
        self.last = now;
        match touch {
            Touch::Writing | Touch::Gone | Touch::Folder => {
                self.pending.insert(path.clone());
            }
            Touch::Done => {
                self.pending.remove(&path);
            }
            Touch::About => {}
        }
        self.touched.insert(path);
    }

    /// When it is over if nothing more happens.
    pub(super) fn over(&self) -> Instant {
        let short = self.pending.is_empty() && self.touched.len() <= FEW;
        let quiet = if short { SHORT } else { LONG };
        (self.last + quiet).min(self.began + CAP)
    }

    /// What was touched, in order.
    pub(super) fn into_paths(self) -> Vec<PathBuf> {
        self.touched.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn a_save_is_over_when_the_file_is_closed() {
        let start = Instant::now();
        let mut burst = Burst::new(start);
        burst.add("a".into(), Touch::Writing, start);
        assert_eq!(burst.over(), start + LONG);
        burst.add("a".into(), Touch::Done, start + ms(1));
        assert_eq!(burst.over(), start + ms(1) + SHORT);
    }

    #[test]
    fn a_file_moved_away_may_come_back() {
        let start = Instant::now();
        let mut burst = Burst::new(start);
        burst.add("a".into(), Touch::Gone, start);
        assert_eq!(burst.over(), start + LONG);
        burst.add("a".into(), Touch::Writing, start + ms(2));
        burst.add("a".into(), Touch::Done, start + ms(3));
        assert_eq!(burst.over(), start + ms(3) + SHORT);
    }

    #[test]
    fn many_files_are_waited_for_and_not_for_ever() {
        let start = Instant::now();
        let mut burst = Burst::new(start);
        for i in 0..=FEW {
            burst.add(format!("{i}").into(), Touch::Done, start);
        }
        assert_eq!(burst.over(), start + LONG);
        burst.add("x".into(), Touch::Done, start + ms(290));
        assert_eq!(burst.over(), start + CAP);
        assert_eq!(burst.into_paths().len(), FEW + 2);
    }
}
