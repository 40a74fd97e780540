//! The words of `speech.toml`, compiled once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::annotate::token::key;
use crate::annotate::vocabulary::{Column, VOCABULARY};

/// A set of word classes.
pub(super) mod class {
    pub(in super::super) const SAY: u32 = 1;
    pub(in super::super) const VOICE: u32 = 1 << 1;
    pub(in super::super) const SAYING: u32 = 1 << 2;
    pub(in super::super) const ROLE: u32 = 1 << 3;
    pub(in super::super) const BODY: u32 = 1 << 4;
    pub(in super::super) const DOCUMENT: u32 = 1 << 5;
    pub(in super::super) const TITLE: u32 = 1 << 6;
    pub(in super::super) const PRONOUN: u32 = 1 << 7;
    pub(in super::super) const DETERMINER: u32 = 1 << 8;
    pub(in super::super) const BOUNDARY: u32 = 1 << 9;
    pub(in super::super) const TIE: u32 = 1 << 10;
    pub(in super::super) const AUXILIARY: u32 = 1 << 11;
    pub(in super::super) const NAMING: u32 = 1 << 12;
    pub(in super::super) const ELISION: u32 = 1 << 13;
    pub(in super::super) const DAY: u32 = 1 << 14;
    pub(in super::super) const FEMALE: u32 = 1 << 15;
    pub(in super::super) const MALE: u32 = 1 << 16;
    pub(in super::super) const ANONYMOUS: u32 = 1 << 17;
    pub(in super::super) const WEAK: u32 = 1 << 18;
    pub(in super::super) const CITING: u32 = 1 << 19;
    pub(in super::super) const ADJECTIVE: u32 = 1 << 20;
    pub(in super::super) const TIMING: u32 = 1 << 21;
    pub(in super::super) const REFUSING: u32 = 1 << 22;
    pub(in super::super) const WOMAN: u32 = 1 << 23;
    pub(in super::super) const MAN: u32 = 1 << 24;
    pub(in super::super) const LABEL: u32 = 1 << 25;
    pub(in super::super) const ACCORDING: u32 = 1 << 26;
    pub(in super::super) const UTTERANCE: u32 = 1 << 27;
    pub(in super::super) const STATE: u32 = 1 << 28;
    pub(in super::super) const PRESS: u32 = 1 << 29;
    /// A quotation mark.
    pub(in super::super) const QUOTE: u32 = 1 << 30;

    /// Any verb of speech.
    pub(in super::super) const SPEECH: u32 = SAY | VOICE | SAYING;
    /// Nouns that speak.
    pub(in super::super) const SPEAKER: u32 = ROLE | BODY | DOCUMENT;

    pub(super) fn of(name: &str) -> u32 {
        match name {
            "say" => SAY,
            "voice" => VOICE,
            "saying" => SAYING,
            "role" => ROLE,
            "body" => BODY,
            "document" => DOCUMENT,
            "title" => TITLE,
            "pronoun" => PRONOUN,
            "determiner" => DETERMINER,
            "boundary" => BOUNDARY,
            "tie" => TIE,
            "auxiliary" => AUXILIARY,
            "naming" => NAMING,
            "elision" => ELISION,
            "day" => DAY,
            "female" => FEMALE,
            "male" => MALE,
            "anonymous" => ANONYMOUS,
            "weak" => WEAK,
            "citing" => CITING,
            "adjective" => ADJECTIVE,
            "timing" => TIMING,
            "refusing" => REFUSING,
            "woman" => WOMAN,
            "man" => MAN,
            "label" => LABEL,
            "according" => ACCORDING,
            "utterance" => UTTERANCE,
            "state" => STATE,
            "press" => PRESS,
            _ => 0,
        }
    }
}

/// Quotation marks as they are folded.
const QUOTES: [&str; 8] = ["\"", "'", "‹", "›", "「", "」", "『", "』"];

/// The classes of each word.
pub(super) static CLASSES: LazyLock<Column<u32>> =
    LazyLock::new(|| VOCABULARY.column(LEXICON.iter().copied()));

/// The keys of all words that speech is told by.
pub(in crate::annotate) fn keys() -> Vec<u32> {
    LEXICON.iter().map(|(key, _)| *key).collect()
}

/// The classes of every listed word, by its key.
static LEXICON: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let lists: BTreeMap<String, String> =
        toml::from_str(include_str!("speech.toml")).expect("speech.toml is checked by a test");
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for (name, list) in &lists {
        for word in list.split_whitespace() {
            *words.entry(word.to_owned()).or_default() |= class::of(name);
        }
    }
    let words = words.iter().map(|(word, classes)| (key(word), *classes));
    words
        .chain(QUOTES.map(|mark| (key(mark), class::QUOTE)))
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::token::tokens;

    #[test]
    fn every_list_is_a_class() {
        let lists: BTreeMap<String, String> =
            toml::from_str(include_str!("speech.toml")).expect("reads");
        for name in lists.keys() {
            assert_ne!(class::of(name), 0, "{name}");
        }
        let classes = |text: &str| CLASSES.of(&tokens(text)[0]);
        assert_eq!(classes("Said") & class::SPEECH, class::SAY);
        assert_eq!(classes("railway"), 0);
    }
}
