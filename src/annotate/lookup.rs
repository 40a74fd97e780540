//! Word tables: from a token to what a lexicon says of its word; and a hasher for what needs no table of its own.
//!
//! A sieve of bits turns most words away with one load; the few that pass are found by open
//! addressing on the token's [`key`].  Key and length stand for the spelling: over a vocabulary of
//! a million words one or two are mistaken for a listed word, and all that follows from it is a
//! figure or quotation read wrongly.

use std::collections::BTreeMap;
use std::hash::Hasher;

use super::token::{Shape, Token, key};

const SIEVE_BITS: u32 = 14;

/// Where an entry is, with what tells it from others.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u32,
    /// One more than the index; zero is a free slot.
    entry: u32,
    length: u32,
}

/// What a lexicon says of each of its words.
pub(crate) struct Table<T> {
    sieve: Vec<u64>,
    slots: Vec<Slot>,
    shift: u32,
    entries: Vec<T>,
}

impl<T> Table<T> {
    /// A table of lower-case spellings, each of which is a single token.
    pub(crate) fn new(words: BTreeMap<String, T>) -> Table<T> {
        let capacity = (words.len() * 3).next_power_of_two().max(8);
        let shift = 32 - capacity.trailing_zeros();
        let mut sieve = vec![0; 1 << (SIEVE_BITS - 6)];
        let mut slots = vec![Slot::default(); capacity];
        let mut entries = Vec::with_capacity(words.len());
        for (word, value) in words {
            entries.push(value);
            let key = key(&word);
            let mixed = mix(key);
            let bit = mixed >> (32 - SIEVE_BITS);
            sieve[(bit >> 6) as usize] |= 1u64 << (bit & 63);
            let mut slot = (mixed >> shift) as usize;
            while slots[slot].entry != 0 {
                slot = (slot + 1) & (capacity - 1);
            }
            slots[slot] = Slot {
                key,
                entry: entries.len() as u32,
                length: word.len() as u32,
            };
        }
        Table {
            sieve,
            slots,
            shift,
            entries,
        }
    }

    /// What is said of a token's word.
    #[inline]
    pub(crate) fn get(&self, token: &Token) -> Option<&T> {
        let mixed = mix(token.key);
        let bit = mixed >> (32 - SIEVE_BITS);
        if self.sieve[(bit >> 6) as usize] & (1u64 << (bit & 63)) == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = (mixed >> self.shift) as usize;
        loop {
            let slot = self.slots[at & mask];
            let entry = (slot.entry as usize).checked_sub(1)?;
            // Typographic marks are longer than what they are folded to.
            let same = slot.key == token.key
                && (slot.length == token.end - token.start
                    || token.shape.has(Shape::NON_ASCII)
                    || slot.length + 2 == token.end - token.start);
            if same {
                return self.entries.get(entry);
            }
            at += 1;
        }
    }
}

/// A hasher for keys that nobody chooses to make collide: numbers of the program's own, and ids of entities.
#[derive(Default)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        // Tables take their places from the lower bits, and a product has its best ones above.
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.write_u64(u64::from_le_bytes(*eight));
        }
        let last = rest
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        self.write_u64(last << 8 | rest.len() as u64);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Spreads a key over all bits; the upper ones are used.
#[inline]
fn mix(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::token::tokens;

    #[test]
    fn finds_words_in_any_case_and_no_others() {
        let words = (0..500)
            .map(|n| (format!("word{n}"), n))
            .chain([("don't".to_owned(), 999)])
            .collect();
        let table = Table::new(words);
        let text = "Word7 WORD499 word500 word don’t";
        let found: Vec<_> = tokens(text).iter().map(|t| table.get(t).copied()).collect();
        assert_eq!(found, [Some(7), Some(499), None, None, Some(999)]);
        assert!(
            Table::<u8>::new(BTreeMap::new())
                .get(&tokens("a")[0])
                .is_none()
        );
    }
}
