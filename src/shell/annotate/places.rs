//! From bytes to Unicode code points.

use std::ops::Range;

/// How many bytes lie between two places whose code points are counted beforehand.
const STRIDE: usize = 256;

/// Counts the code points of a text once, to tell quickly how many come before a byte.
pub(super) struct Places<'a> {
    bytes: &'a [u8],
    /// The code points that begin before each multiple of [`STRIDE`].
    counted: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let counts = bytes.chunks(STRIDE).scan(0, |sum, chunk| {
            let before = *sum;
            *sum += beginnings(chunk);
            Some(before)
        });
        Self {
            bytes,
            counted: counts.collect(),
        }
    }

    /// The number of code points before a byte that begins one; past the end, all of them.
    pub(super) fn at(&self, byte: u32) -> usize {
        let byte = (byte as usize).min(self.bytes.len());
        let chunk = (byte / STRIDE).min(self.counted.len().saturating_sub(1));
        let counted = self.counted.get(chunk).copied().unwrap_or_default();
        let rest = self.bytes.get(chunk * STRIDE..byte).unwrap_or_default();
        counted + beginnings(rest)
    }

    pub(super) fn range(&self, range: &Range<u32>) -> Range<usize> {
        self.at(range.start)..self.at(range.end)
    }
}

/// How many code points begin in these bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}
