//! Who does many independent pieces of work. Linking says what the pieces are; threads belong to the engine.

/// Does pieces of work that do not depend on each other.
pub trait Workers: Sync {
    /// The results of the pieces 0 to `pieces - 1`, in that order, whoever did them.
    fn each<T: Send>(&self, pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T>;
}

/// One piece after the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct OneByOne;

impl Workers for OneByOne {
    fn each<T: Send>(&self, pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..pieces).map(work).collect()
    }
}
