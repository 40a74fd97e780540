//! Places: a stretch of a source file, and a stretch of an article's plain text.

use super::SitePath;

/// A stretch of a source file, in bytes from its beginning.
///
/// Spans name their file by path and not by a dense number, so that a value that carries one means the same in
/// the next build.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub path: SitePath,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `path` from byte `start` up to, not including, byte `end`.
    pub fn new(path: &SitePath, start: usize, end: usize) -> Self {
        Self {
            path: path.clone(),
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// The very beginning of a file, for faults of the file as a whole.
    pub fn top(path: &SitePath) -> Self {
        Self::new(path, 0, 0)
    }
}

/// A value together with the place where an editor wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A stretch of an article's plain text, in bytes; both ends are on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range from byte `start` up to, not including, byte `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// The number of bytes.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within this range.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same stretch so many bytes further on; none where there is no such place.
    pub fn moved(self, by: i64) -> Option<Self> {
        let place = |at: u32| u32::try_from(i64::from(at) + by).ok();
        Some(Self {
            start: place(self.start)?,
            end: place(self.end)?,
        })
    }

    /// The same stretch as indices of a string.
    pub fn indices(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` at this range; empty where the range does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.indices()).unwrap_or("")
    }
}

/// Sources are limited to 4 GiB when they are read, so positions fit 32 bits.
fn clamp(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
