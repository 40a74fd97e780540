//! Words that are looked for in many texts, all at once.

use aho_corasick::{AhoCorasick, Match};

/// Words that are looked for. Two of the same words are the same.
#[derive(Debug, Default)]
pub(super) struct Needles {
    words: Vec<String>,
    /// Whether the case of ASCII letters says nothing.
    fold: bool,
    /// None where there is nothing to look for, or too much.
    automaton: Option<AhoCorasick>,
}

impl PartialEq for Needles {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words && self.fold == other.fold
    }
}

impl Eq for Needles {}

impl Needles {
    /// Makes words ready to be looked for; if `fold`, in any case of ASCII letters. An empty word is found everywhere.
    pub(super) fn new(words: Vec<String>, fold: bool) -> Self {
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(fold)
            .build(&words);
        Self {
            automaton: automaton.ok().filter(|_| !words.is_empty()),
            words,
            fold,
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Everywhere that one of them stands in a text, with its index; they may overlap.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match> + 'a {
        let automaton = self.automaton.iter();
        automaton.flat_map(move |automaton| automaton.find_overlapping_iter(text))
    }
}
