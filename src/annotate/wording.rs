//! What an article's words tell of its story, without saying what they mean.
//!
//! 1. The title and the sentences are cut into words; code is left out.
//! 2. Words become terms by their stems, pairs of neighbouring words become terms too, and of Korean, Chinese and Japanese words
//!    every two characters. The head of an article counts more than its end, and names and numbers more than other words.
//! 3. Runs of [`RUN`] words are sampled by winnowing (Schleimer, Wilkerson and Aiken 2003): of every four neighbours one is kept, so two
//!    texts that have eleven words in a row in common share one, and whatever they share is eight words in a row.
//!
//! 4. The hashes of all words are handed out in order, with their places ([`Words`]): whoever looks for words need not cut them again. Half
//!    of each hash is kept for comparing stretches of two texts.
//!
//! Invariant: no text is kept, only hashes and places, and the same text gives the same wording. Hashes have 64 bits: two terms of a
//! million are taken for one with a chance of one in thirty million. Stretches are looked for around runs that are the same by such
//! hashes, and are too long with a chance of one in two thousand million.

mod stretch;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rust_stemmers::{Algorithm, Stemmer};

use self::stretch::runs;
use super::token::{Kind, Shape, Token, cut};
use crate::model::Sentence;

pub(crate) use self::stretch::word_at;
pub use self::stretch::{Runs, Stream, Words, stretch};

/// Words in a run.
pub const RUN: usize = 8;

/// The most terms that are kept of an article: the heaviest, and of those the first. Only long articles have more.
const MOST_TERMS: usize = 400;

/// The heaviest that a term can be within an article.
pub const HEAVIEST: u8 = 64;

/// The words of an article as far as they are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Wording {
    /// Its terms, by key.
    pub terms: Vec<Term>,
    /// Its sampled runs of words.
    pub runs: Runs,
    /// The words of the text in order.
    pub stream: Stream,
    /// Words of title and text.
    pub words: u32,
    /// A hash of all words of the text in order; none for a text of fewer than [`RUN`].
    pub whole: Option<u64>,
}

/// A word, or two neighbours, in one of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// A hash of the stem or stems.
    pub key: u64,
    /// The byte at which it stands first: counted through the title, a line feed and the text.
    pub at: u32,
    /// Its bytes there.
    pub length: u16,
    /// How much the article makes of it, 1 to [`HEAVIEST`].
    pub weight: u8,
}

impl Wording {
    /// The words of a term as they stand first in the article.
    pub fn surface<'t>(&self, term: &Term, title: &'t str, text: &'t str) -> Option<&'t str> {
        let start = term.at as usize;
        let (from, within) = match start.checked_sub(title.len() + 1) {
            Some(start) => (start, text),
            None => (start, title),
        };
        within.get(from..from + usize::from(term.length))
    }

    /// The term with a key.
    pub fn term(&self, key: u64) -> Option<&Term> {
        let at = self.terms.binary_search_by_key(&key, |t| t.key).ok()?;
        self.terms.get(at)
    }
}

/// What is known of words: their stems, each worked out once. A memory of pure results; it changes no answer.
#[derive(Default)]
pub struct Stems {
    languages: Vec<(Algorithm, Stemmer, Known)>,
    plain: Known,
}

/// By the look-up keys of tokens: a word as it was written first, and what is known of it.
type Known = HashMap<u32, (Box<str>, Spelling), BuildHasherDefault<Hashed>>;

/// What is known of things by their hashes, which need no further hashing.
pub(crate) type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

/// Takes a hash as it is, and spreads the bits of shorter keys.
#[derive(Debug, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stems").finish_non_exhaustive()
    }
}

/// What is compared of a word.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    /// Hash of the stem.
    stem: u64,
    /// Hash of the word in lower case.
    lower: u64,
    /// Whether it is written in characters of which two make a term.
    dense: bool,
}

impl Stems {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is compared of a word with a token's key.
    fn spelling(&mut self, algorithm: Option<Algorithm>, word: &str, key: u32) -> Spelling {
        let (stemmer, known) = match algorithm {
            None => (None, &mut self.plain),
            Some(wanted) => {
                let at = self.languages.iter().position(|(a, ..)| *a == wanted);
                let at = at.unwrap_or_else(|| {
                    let fresh = (wanted, Stemmer::create(wanted), Known::default());
                    self.languages.push(fresh);
                    self.languages.len() - 1
                });
                let (_, stemmer, known) = &mut self.languages[at];
                (Some(&*stemmer), known)
            }
        };
        // Words that differ by the case of their letters alone have all else in common.
        let is_known = known.get(&key);
        if let Some((_, spelling)) = is_known.filter(|(seen, _)| seen.eq_ignore_ascii_case(word)) {
            return *spelling;
        }
        let lower = lower(word);
        let stem = match stemmer {
            Some(stemmer) => stemmer.stem(&lower),
            None => lower.as_str().into(),
        };
        let spelling = Spelling {
            stem: hash(&stem),
            lower: hash(&lower),
            dense: word.chars().any(is_dense),
        };
        known.entry(key).or_insert_with(|| (word.into(), spelling));
        spelling
    }
}

/// The stemmer for a language, by its BCP 47 tag.
fn algorithm(language: &str) -> Option<Algorithm> {
    let primary = language.split('-').next().unwrap_or_default();
    Some(match primary.to_ascii_lowercase().as_str() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// Whether a character is of a script that writes much in a word: Hangul, Han, Kana.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// A 64-bit hash: FNV-1a, its bits then mixed so that every part of it is as good as any other.
pub fn hash(text: &str) -> u64 {
    hash_bytes(text.bytes())
}

fn hash_bytes(bytes: impl Iterator<Item = u8>) -> u64 {
    let fnv = bytes.fold(0xcbf2_9ce4_8422_2325, |h: u64, byte| {
        (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mix(fnv)
}

/// A word in lower case, its apostrophes of one make.
fn lower(word: &str) -> String {
    word.to_lowercase().replace(['’', '‘', 'ʼ'], "'")
}

fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// The wording of an article, and the words of its text: of its title, its plain text and the sentences of that.
pub fn wording(
    stems: &mut Stems,
    title: &str,
    text: &str,
    sentences: &[Sentence],
    language: &str,
) -> (Wording, Words) {
    let mut reader = Reader {
        stems,
        algorithm: algorithm(language),
        offset: 0,
        words: 0,
        terms: Vec::with_capacity(text.len() / 4),
        stream: Words::with_capacity(text.len() / 5),
    };
    reader.sentence(title, 0, true);
    reader.offset = u32::try_from(title.len() + 1).unwrap_or(u32::MAX);
    for sentence in sentences {
        reader.sentence(sentence.range.of(text), sentence.range.start, false);
    }
    let words = reader.stream;
    let wording = Wording {
        words: reader.words,
        terms: settled(&reader.terms),
        runs: runs(&words),
        stream: Stream::of(&words),
        whole: words.whole(),
    };
    (wording, words)
}

/// A term at a place, with what it counts there.
#[derive(Clone, Copy)]
struct Found {
    key: u64,
    at: u32,
    length: u16,
    counts: u16,
}

struct Reader<'s> {
    stems: &'s mut Stems,
    algorithm: Option<Algorithm>,
    /// What goes before the text in the count of bytes.
    offset: u32,
    words: u32,
    terms: Vec<Found>,
    /// The words of the text.
    stream: Words,
}

/// A word of the sentence at hand.
#[derive(Clone, Copy)]
struct Word {
    stem: u64,
    start: u32,
    end: u32,
    counts: u16,
    /// Whether it may stand in a pair: long, a name or a number. Nearly all words that only hold a sentence together are short.
    pairs: bool,
}

impl Reader<'_> {
    /// Takes in a sentence that begins at a byte of the text.
    fn sentence(&mut self, sentence: &str, start: u32, title: bool) {
        let mut before: Option<Word> = None;
        let mut first = true;
        for token in cut(sentence) {
            let number = token.kind == Kind::Number;
            let spelt = token.of(sentence);
            if !number && (token.kind != Kind::Word || spelt.starts_with(['\'', '’'])) {
                continue;
            }
            let spelling = self.stems.spelling(self.algorithm, spelt, token.key);
            if !title {
                self.stream.push(spelling.lower, start + token.start);
            }
            // In a title many words are capitals, and so is the first word of every sentence.
            let name = token.capitalised() && !first && !title;
            let counts = self.counts(name || number || token.shape.has(Shape::HAS_DIGIT));
            self.words += 1;
            first = false;
            if spelling.dense {
                self.dense(spelt, start + token.start, counts);
                before = None;
                continue;
            }
            let pairs = number || name || token.end - token.start >= 4;
            let word = self.word(&token, start, spelling.stem, counts, pairs);
            self.push(word.stem, word.start, word.end, counts);
            if let Some(before) = before.filter(|b| b.pairs && word.pairs) {
                let key = mix(before.stem.rotate_left(17) ^ word.stem);
                self.push(key, before.start, word.end, before.counts | PAIR);
            }
            before = Some(word);
        }
    }

    fn word(&self, token: &Token, start: u32, stem: u64, counts: u16, pairs: bool) -> Word {
        Word {
            stem,
            start: start + token.start,
            end: start + token.end,
            counts,
            pairs,
        }
    }

    /// What the next word counts, by its place in the article. Most news tells in the first lines what has happened.
    fn counts(&self, telling: bool) -> u16 {
        let place = match self.words {
            0..30 => 3,
            30..80 => 2,
            _ => 1,
        };
        place * if telling { 3 } else { 2 }
    }

    /// Every two characters of a word in a dense script, which has no spaces between its parts.
    fn dense(&mut self, word: &str, start: u32, counts: u16) {
        let places: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        let last = places.len().saturating_sub(1).max(1);
        for &from in places.iter().take(last) {
            let two = word.get(from..).unwrap_or_default();
            let to = two.char_indices().nth(2).map_or(two.len(), |(at, _)| at);
            let key = hash(two.get(..to).unwrap_or_default());
            let end = start + u32::try_from(word.len()).unwrap_or(0);
            self.push(key, start, end, counts);
        }
    }

    fn push(&mut self, key: u64, start: u32, end: u32, counts: u16) {
        self.terms.push(Found {
            key,
            at: start.saturating_add(self.offset),
            length: u16::try_from(end.saturating_sub(start)).unwrap_or(u16::MAX),
            counts,
        });
    }
}

/// Marks what a pair counts.
const PAIR: u16 = 1 << 15;

/// Each term once, with its weight: it grows with every mention, by less each time.
fn settled(found: &[Found]) -> Vec<Term> {
    let mut sums: Vec<(Found, u32)> = Vec::with_capacity(found.len());
    // Where each key is in `sums`, plus one: open addressing, at most half full.
    let mut table = vec![0u32; (2 * found.len()).next_power_of_two().max(2)];
    let mask = table.len() - 1;
    for one in found {
        let counts = u32::from(one.counts & !PAIR);
        let mut slot = one.key as usize & mask;
        while let Some(place) = table.get_mut(slot) {
            match (*place as usize)
                .checked_sub(1)
                .and_then(|at| sums.get_mut(at))
            {
                Some((first, sum)) if first.key == one.key => {
                    *sum += counts;
                    break;
                }
                Some(_) => slot = (slot + 1) & mask,
                None => {
                    sums.push((*one, counts));
                    *place = u32::try_from(sums.len()).unwrap_or(0);
                    break;
                }
            }
        }
    }
    let mut terms: Vec<Term> = sums.iter().map(|(first, sum)| first.term(*sum)).collect();
    if terms.len() > MOST_TERMS {
        terms
            .select_nth_unstable_by_key(MOST_TERMS, |t| (std::cmp::Reverse(t.weight), t.at, t.key));
        terms.truncate(MOST_TERMS);
        terms.shrink_to_fit();
    }
    terms.sort_unstable_by_key(|t| t.key);
    terms
}

impl Found {
    fn term(&self, sum: u32) -> Term {
        let weight = u32::from(HEAVIEST) * sum / (sum + 4);
        // A pair adds to what its two words say already.
        let weight = match self.counts & PAIR {
            0 => weight,
            _ => weight * 7 / 10,
        };
        Term {
            key: self.key,
            at: self.at,
            length: self.length,
            weight: u8::try_from(weight).unwrap_or(HEAVIEST).max(1),
        }
    }
}

#[cfg(test)]
mod tests;
