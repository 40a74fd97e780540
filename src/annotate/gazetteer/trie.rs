//! All names as one trie whose letters are words.
//!
//! A step is an ASCII word with the mark or space before it, or a single byte of anything else, so that a name of three words is
//! told by three look-ups, however many names there are. A node is known by the hash of the steps that lead to it and
//! stands in one table by open addressing.
//!
//! Names are found as whole words, so each word of a name has to be there whole and a name ends where a step does.
//!
//! Invariant: what is found is spelt as its pattern is, letter by letter; a hash decides only where to look.

use std::collections::HashMap;

use crate::annotate::eight::{MARKS, between, digits, eight, first, head, letters, small};

/// Something to look for, and everything that goes on from it.
#[derive(Debug)]
pub(super) struct Trie {
    /// The patterns, in order.
    patterns: Vec<String>,
    /// Of each pattern the next that only the case of ASCII letters tells from it, where that does not count.
    alike: Vec<Option<u32>>,
    /// A power of two of them, a third of them taken at most.
    slots: Vec<Slot>,
    /// Where hashes begin: chosen so that no two patterns share one.
    seed: u64,
    /// Whether capitals and small letters are one.
    fold: bool,
}

/// A beginning of patterns.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Of its steps; zero is a free slot.
    hash: u64,
    /// One more than the first pattern that ends here; zero if none does.
    pattern: u32,
}

impl Trie {
    /// A trie of these patterns; none of them is empty.
    pub(super) fn new(patterns: Vec<String>, fold: bool) -> Self {
        let mut trie = Self {
            alike: vec![None; patterns.len()],
            patterns,
            slots: Vec::new(),
            seed: 0x2545_f491_4f6c_dd1d,
            fold,
        };
        loop {
            if let Some(nodes) = trie.nodes() {
                trie.lay_out(nodes);
                return trie;
            }
            trie.seed = trie.seed.wrapping_add(2);
        }
    }

    /// All nodes with the first pattern that ends at each, plus one; none if two patterns share a hash.
    fn nodes(&mut self) -> Option<Vec<Slot>> {
        let mut nodes: Vec<Slot> = Vec::with_capacity(self.patterns.len() * 2);
        let mut places: HashMap<u64, usize> = HashMap::with_capacity(self.patterns.len() * 2);
        let mut last: HashMap<u32, u32> = HashMap::new();
        for (number, pattern) in (1..).zip(&self.patterns) {
            let bytes = pattern.as_bytes();
            let (mut at, mut hash) = (0, self.seed);
            while at < bytes.len() {
                (at, hash) = self.step(bytes, at, hash);
                if hash == 0 {
                    return None;
                }
                let place = *places.entry(hash).or_insert_with(|| {
                    nodes.push(Slot { hash, pattern: 0 });
                    nodes.len() - 1
                });
                if at < bytes.len() {
                    continue;
                }
                match nodes.get_mut(place)? {
                    node if node.pattern == 0 => node.pattern = number,
                    node => {
                        let other = self.pattern(node.pattern)?;
                        if !self.same(other.as_bytes(), bytes) {
                            return None;
                        }
                        let before = last.insert(node.pattern, number);
                        let before = before.unwrap_or(node.pattern) as usize - 1;
                        *self.alike.get_mut(before)? = Some(number);
                    }
                }
            }
        }
        Some(nodes)
    }

    fn lay_out(&mut self, nodes: Vec<Slot>) {
        let size = (nodes.len() * 3).next_power_of_two().max(8);
        self.slots = vec![Slot::default(); size];
        for node in nodes {
            let mut at = node.hash as usize & (size - 1);
            while self.slots.get(at).is_some_and(|slot| slot.hash != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = node;
            }
        }
    }

    /// Goes on over the next word or byte: where it ends, and the hash with it.
    #[inline]
    fn step(&self, bytes: &[u8], mut at: usize, mut hash: u64) -> (usize, u64) {
        let mut ahead = eight(bytes, at);
        let mut word = ascii_word(ahead);
        if word == 0 {
            let byte = ahead as u8;
            hash = mix(hash, u64::from(byte));
            at += 1;
            if !byte.is_ascii() {
                return (at, hash);
            }
            ahead = eight(bytes, at);
            word = ascii_word(ahead);
        }
        while word > 0 {
            let cased = if self.fold { small(ahead) } else { ahead };
            hash = mix(hash, cased & head(word));
            at += word;
            if word < 8 {
                break;
            }
            ahead = eight(bytes, at);
            word = ascii_word(ahead);
        }
        (at, hash)
    }

    #[inline]
    fn node(&self, hash: u64) -> Option<Slot> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let slot = *self.slots.get(at)?;
            if slot.hash == hash {
                return Some(slot);
            }
            if slot.hash == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    fn pattern(&self, number: u32) -> Option<&String> {
        self.patterns.get((number as usize).checked_sub(1)?)
    }

    fn same(&self, one: &[u8], other: &[u8]) -> bool {
        one == other || self.fold && one.eq_ignore_ascii_case(other)
    }

    /// Calls `found` with the end and the number of each pattern that begins at a byte, shorter ones first.
    #[inline]
    pub(super) fn each(&self, text: &str, start: usize, mut found: impl FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        let (mut at, mut hash) = (start, self.seed);
        while at < bytes.len() {
            (at, hash) = self.step(bytes, at, hash);
            let Some(node) = self.node(hash) else {
                return;
            };
            let Some(pattern) = self.pattern(node.pattern) else {
                continue;
            };
            let here = bytes.get(start..at).unwrap_or_default();
            if self.same(here, pattern.as_bytes()) {
                let mut next = Some(node.pattern);
                while let Some(number) = next {
                    let index = number as usize - 1;
                    found(at, index);
                    next = self.alike.get(index).copied().flatten();
                }
            }
        }
    }
}

/// How many of eight bytes belong to the ASCII word that they begin with.
#[inline]
pub(super) fn ascii_word(bytes: u64) -> usize {
    first(!in_words(bytes) & MARKS)
}

/// Marks the bytes of ASCII words.
#[inline]
pub(super) fn in_words(bytes: u64) -> u64 {
    letters(bytes) | digits(bytes) | between(bytes, b'_', b'_')
}

/// Takes eight bytes more into a hash.
#[inline]
fn mix(hash: u64, bytes: u64) -> u64 {
    let product = u128::from(hash ^ bytes) * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(trie: &Trie, text: &str) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        trie.each(text, 0, |end, number| all.push((end, number)));
        all
    }

    #[test]
    fn shorter_names_come_first() {
        let names = ["Sea", "Sea of Japan", "U.S.", "북", "북한"].map(String::from);
        let trie = Trie::new(names.to_vec(), false);
        assert_eq!(found(&trie, "Sea of Japan."), [(3, 0), (12, 1)]);
        assert_eq!(found(&trie, "U.S. Army"), [(4, 2)]);
        assert_eq!(found(&trie, "북한은"), [(3, 3), (6, 4)]);
        assert!(found(&trie, "Seas").is_empty() && found(&trie, "").is_empty());
    }

    #[test]
    fn names_alike_are_all_told() {
        let names = ["CafÉ", "Unification", "cafÉ", "unification"].map(String::from);
        let trie = Trie::new(names.to_vec(), true);
        assert_eq!(found(&trie, "CAFÉ"), [(5, 0), (5, 2)]);
        assert_eq!(found(&trie, "UNIFICATION"), [(11, 1), (11, 3)]);
        assert!(found(&Trie::new(Vec::new(), true), "a").is_empty());
    }
}
