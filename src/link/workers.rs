//! Who does many independent pieces of work. Linking says what the pieces are; threads belong to the engine.

use std::ops::Range;

/// Does pieces of work that do not depend on each other.
pub trait Workers: Sync {
    /// The results of the pieces 0 to `pieces - 1`, in that order, whoever did them.
    fn each<T: Send>(&self, pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T>;

    /// What comes of `total` things, in their order: `work` does some in a row, `size` of them but for the last.
    fn in_rows<T: Send>(
        &self,
        total: usize,
        size: usize,
        work: impl Fn(Range<usize>) -> Vec<T> + Sync + Send,
    ) -> Vec<T> {
        let size = size.max(1);
        let row = |row: usize| work(row * size..((row + 1) * size).min(total));
        let rows = self.each(total.div_ceil(size), row);
        rows.into_iter().flatten().collect()
    }
}

/// One piece after the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct OneByOne;

impl Workers for OneByOne {
    fn each<T: Send>(&self, pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..pieces).map(work).collect()
    }
}
