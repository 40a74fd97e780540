//! Eight bytes of text at a time, as one number.
//!
//! Most of a text is words of ASCII letters, and most of the work on it is to find where they end. A number of eight bytes
//! answers that for all of them at once: each question marks the bytes it is about by their highest bit
//! (L. Lamport, Multiple byte processing with full-word instructions, 1975), and [`first`] tells the first marked one.
//!
//! Invariant: nothing is assumed of the bytes; a byte outside ASCII is no letter, digit or mark.

/// The highest bit of each byte.
pub(super) const MARKS: u64 = all(0x80);

/// The eight bytes from `at` on, the first in the lowest place; zeros stand for what is beyond the end.
#[inline]
pub(super) fn eight(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => fewer(bytes, at),
    }
}

#[cold]
fn fewer(bytes: &[u8], at: usize) -> u64 {
    let last = bytes.get(at..).unwrap_or_default().iter().rev();
    last.fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// A byte eight times.
const fn all(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

/// How many bytes come before the first marked one; eight if none is marked.
#[inline]
pub(super) fn first(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// All bits of the first `count` bytes, of which there are eight at most.
#[inline]
pub(super) fn head(count: usize) -> u64 {
    match count {
        0..8 => (1 << (8 * count)) - 1,
        _ => u64::MAX,
    }
}

/// All bits of the bytes before the first marked one; of all eight if none is marked.
#[inline]
pub(super) fn before(marks: u64) -> u64 {
    let lowest = marks & marks.wrapping_neg();
    (lowest >> 7).wrapping_sub(1)
}

/// Marks the ASCII bytes from one to another.
#[inline]
pub(super) fn between(bytes: u64, from: u8, to: u8) -> u64 {
    let low = bytes & !MARKS;
    (low + all(0x80 - from)) & !(low + all(0x7f - to)) & !bytes & MARKS
}

/// Marks a byte, and perhaps some that come after it: the first mark is true.
#[inline]
pub(super) fn is(bytes: u64, byte: u8) -> u64 {
    let other = bytes ^ all(byte);
    other.wrapping_sub(all(1)) & !other & MARKS
}

/// Letters become small ones; other bytes than letters may become something else.
#[inline]
pub(super) fn small(bytes: u64) -> u64 {
    bytes | all(0x20)
}

/// Marks ASCII letters.
#[inline]
pub(super) fn letters(bytes: u64) -> u64 {
    between(small(bytes), b'a', b'z')
}

/// Marks ASCII digits.
#[inline]
pub(super) fn digits(bytes: u64) -> u64 {
    between(bytes, b'0', b'9')
}

/// Of marked letters those that are small.
#[inline]
pub(super) fn small_of(bytes: u64, letters: u64) -> u64 {
    bytes << 2 & letters
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(marks: u64) -> Vec<bool> {
        marks
            .to_le_bytes()
            .iter()
            .map(|byte| *byte == 0x80)
            .collect()
    }

    proptest! {
        #[test]
        fn every_byte_is_asked(bytes: [u8; 8], other in 0u8..0x80) {
            let word = u64::from_le_bytes(bytes);
            let each = |holds: fn(&u8) -> bool| bytes.iter().map(holds).collect::<Vec<_>>();
            prop_assert_eq!(marked(letters(word)), each(u8::is_ascii_alphabetic));
            prop_assert_eq!(marked(digits(word)), each(u8::is_ascii_digit));
            prop_assert_eq!(marked(small_of(word, letters(word))), each(u8::is_ascii_lowercase));
            prop_assert_eq!(marked(between(word, b' ', b'~')), each(|b| matches!(b, b' '..=b'~')));
            let there = bytes.iter().position(|byte| *byte == other).unwrap_or(8);
            prop_assert_eq!(first(is(word, other)), there);
        }

        #[test]
        fn the_end_is_filled_with_zeros(bytes in proptest::collection::vec(any::<u8>(), 0..12), at in 0usize..14) {
            let word = eight(&bytes, at).to_le_bytes();
            for (i, byte) in word.iter().enumerate() {
                prop_assert_eq!(*byte, bytes.get(at + i).copied().unwrap_or(0));
                prop_assert_eq!(eight(&bytes, at) & head(i) & 0xff << (8 * i), 0);
                prop_assert_eq!(before(MARKS << (8 * i)), head(i));
            }
            prop_assert_eq!((before(0), head(8)), (u64::MAX, u64::MAX));
        }
    }
}
