//! The words of all lexicons with one number each, so that every token is looked up once.
//!
//! 1. Each annotator's lexicon gives the keys of its words; all of them are numbered, those of the short lists first, whose words
//!    are met most often.
//! 2. The tokenizer looks each token up and notes the number in it ([`Token::word`]).
//! 3. What a lexicon says of a word stands in a [`Column`] of its own by that number: one load, without hashing or comparing.
//!
//! Keys stand for spellings: over a vocabulary of a million words two or three are mistaken for a listed word, and all that
//! follows from it is something read wrongly. Invariant: numbers differ from one version of the lists to the next and never leave
//! the annotators.

use std::sync::LazyLock;

use super::token::Token;
use super::{figure, quotation, time, unlisted};

/// The words of all lexicons.
pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let lists = [
        time::keys(),
        quotation::keys(),
        figure::keys(),
        unlisted::keys(),
    ];
    Vocabulary::new(lists.into_iter().flatten())
});

/// Words by their keys.
pub(super) struct Vocabulary {
    /// The numbers of words, by open addressing over a power of two; zero is a free slot.
    slots: Vec<u16>,
    /// The key of each word; the first belongs to none.
    keys: Vec<u32>,
}

impl Vocabulary {
    fn new(listed: impl Iterator<Item = u32>) -> Vocabulary {
        let listed: Vec<u32> = listed.collect();
        let size = (listed.len() * 2).next_power_of_two().clamp(8, 1 << 17);
        let mut vocabulary = Vocabulary {
            slots: vec![0; size],
            keys: vec![0],
        };
        for key in listed {
            let (at, _) = vocabulary.found(key);
            let Ok(number) = u16::try_from(vocabulary.keys.len()) else {
                break; // more words than there are numbers, which a test would show
            };
            if let Some(slot) = vocabulary.slots.get_mut(at).filter(|slot| **slot == 0) {
                *slot = number;
                vocabulary.keys.push(key);
            }
        }
        vocabulary
    }

    /// Where a key stands or would, and the number there.
    fn found(&self, key: u32) -> (usize, u16) {
        find(&self.slots, &self.keys, key)
    }

    /// The number of the word with a key; zero for one that is on no list.
    fn word(&self, key: u32) -> u16 {
        self.found(key).1
    }

    /// Looks tokens up.
    pub(super) fn look_up(&self, tokens: &mut [Token]) {
        let (slots, keys) = (self.slots.as_slice(), self.keys.as_slice());
        for token in tokens {
            token.word = find(slots, keys, token.key).1;
        }
    }

    /// What a lexicon says of words, by their keys.
    pub(super) fn column<T: Copy + Default>(
        &self,
        entries: impl IntoIterator<Item = (u32, T)>,
    ) -> Column<T> {
        let mut values = vec![T::default(); self.keys.len()];
        for (key, value) in entries {
            let word = self.word(key);
            if let Some(place) = values.get_mut(usize::from(word)).filter(|_| word != 0) {
                *place = value;
            }
        }
        Column(values)
    }
}

/// Where a key stands or would, and the number there.
#[inline]
fn find(slots: &[u16], keys: &[u32], key: u32) -> (usize, u16) {
    let mask = slots.len() - 1;
    let mut at = key as usize & mask;
    while let Some(&word) = slots.get(at) {
        if word == 0 || keys.get(usize::from(word)) == Some(&key) {
            return (at, word);
        }
        at = (at + 1) & mask;
    }
    (at, 0)
}

/// What a lexicon says of each word.
#[derive(Debug)]
pub(super) struct Column<T>(Vec<T>);

impl<T: Copy + Default> Column<T> {
    /// What is said of a token's word; the default of one that is not listed.
    #[inline]
    pub(super) fn of(&self, token: &Token) -> T {
        self.0
            .get(usize::from(token.word))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::token::{key, tokens};

    #[test]
    fn every_list_has_room_and_every_word_one_number() {
        let lists = [
            time::keys(),
            quotation::keys(),
            figure::keys(),
            unlisted::keys(),
        ];
        for key in lists.into_iter().flatten() {
            let word = VOCABULARY.word(key);
            assert_eq!(VOCABULARY.keys[usize::from(word)], key);
        }
        assert!(VOCABULARY.keys.len() < usize::from(u16::MAX));
    }

    #[test]
    fn words_are_told_in_any_case_and_no_others() {
        let words = ["word", "don't", "said"];
        let vocabulary = Vocabulary::new(words.map(key).into_iter());
        let column = vocabulary.column([(key("word"), 7), (key("don't"), 9), (key("other"), 5)]);
        let text = "Word WORD words don’t said other";
        let found = tokens(text).into_iter().map(|token| {
            let word = vocabulary.word(token.key);
            column.of(&Token { word, ..token })
        });
        assert_eq!(found.collect::<Vec<_>>(), [7, 7, 0, 9, 0, 0]);
        assert_eq!(Vocabulary::new(std::iter::empty()).word(key("a")), 0);
    }
}
