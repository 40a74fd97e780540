//! What an article's words tell of its story, without saying what they mean.
//!
//! 1. The title and the sentences are cut into words; code is left out.
//! 2. Words become terms by their stems, pairs of neighbouring words become terms too, and of Korean, Chinese and Japanese words
//!    every two characters. The head of an article counts more than its end, and names and numbers more than other words.
//! 3. Runs of [`RUN`] words are sampled by winnowing (Schleimer, Wilkerson and Aiken 2003): of every four neighbours one is kept, so two
//!    texts that have eleven words in a row in common share one, and whatever they share is eight words in a row.
//!
//! Invariant: no text is kept, only hashes and places, and the same text gives the same wording. Hashes have 64 bits: two terms of a
//! million are taken for one with a chance of one in thirty million.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::token::{Kind, Shape, Token, tokens};
use crate::base::TextRange;
use crate::model::Sentence;

/// Words in a run.
pub const RUN: usize = 8;

/// Of so many neighbouring runs one is kept.
const WINDOW: usize = 4;

/// The most terms that are kept of an article: the heaviest, and of those the first. Only long articles have more.
const MOST_TERMS: usize = 400;

/// The heaviest that a term can be within an article.
pub const HEAVIEST: u8 = 64;

/// The words of an article as far as they are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Wording {
    /// Its terms, by key.
    pub terms: Vec<Term>,
    /// Its sampled runs of words, by key.
    pub runs: Vec<Run>,
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

/// Eight words in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Run {
    /// A hash of the words in lower case.
    pub key: u64,
    /// Where they begin in the text, in bytes.
    pub at: u32,
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

    /// The sampled run with a key.
    pub fn run(&self, key: u64) -> Option<&Run> {
        let at = self.runs.binary_search_by_key(&key, |r| r.key).ok()?;
        self.runs.get(at)
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

type Known = ByWord<Spelling>;

/// A quick hash for short words. What it keeps is never told, and whoever writes an article gains nothing by making words collide but a
/// slow build of that article.
#[derive(Debug, Default)]
pub(crate) struct WordHasher(u64);

/// What is known of words, by their spelling.
pub(crate) type ByWord<T> = HashMap<Box<str>, T, BuildHasherDefault<WordHasher>>;

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.add(
                rest.iter()
                    .rev()
                    .fold(0, |w: u64, b| (w << 8) | u64::from(*b)),
            );
        }
    }

    /// The end of a text. Words of different lengths differ without it, but for ends of zero bytes.
    fn write_u8(&mut self, _: u8) {}
}

impl WordHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
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

    fn spelling(&mut self, algorithm: Option<Algorithm>, word: &str) -> Spelling {
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
        if let Some(spelling) = known.get(word) {
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
        known.insert(word.into(), spelling);
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

/// The hash of a word in lower case.
fn lower_hash(word: &str) -> u64 {
    if word.is_ascii() {
        return hash_bytes(word.bytes().map(|b| b.to_ascii_lowercase()));
    }
    hash(&lower(word))
}

fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// The wording of an article: its title, its plain text and the sentences of that.
pub fn wording(
    stems: &mut Stems,
    title: &str,
    text: &str,
    sentences: &[Sentence],
    language: &str,
) -> Wording {
    let mut reader = Reader {
        stems,
        algorithm: algorithm(language),
        offset: 0,
        words: 0,
        terms: Vec::with_capacity(text.len() / 4),
    };
    reader.sentence(title, 0, true);
    let mut stream = Vec::with_capacity(text.len() / 5);
    reader.offset = u32::try_from(title.len() + 1).unwrap_or(u32::MAX);
    for sentence in sentences {
        let of = reader.sentence(sentence.range.of(text), sentence.range.start, false);
        stream.extend(of);
    }
    Wording {
        words: reader.words,
        terms: settled(&reader.terms),
        runs: runs(&stream),
        whole: (stream.len() >= RUN).then(|| {
            stream.iter().fold(0, |h: u64, (word, _)| {
                mix(h.wrapping_mul(31).wrapping_add(*word))
            })
        }),
    }
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
    /// Takes in a sentence that begins at a byte of the text; gives its words' hashes and places.
    fn sentence(&mut self, sentence: &str, start: u32, title: bool) -> Vec<(u64, u32)> {
        let mut before: Option<Word> = None;
        let mut first = true;
        let mut stream = Vec::new();
        for token in tokens(sentence) {
            let number = token.kind == Kind::Number;
            let spelt = token.of(sentence);
            if !number && (token.kind != Kind::Word || spelt.starts_with(['\'', '’'])) {
                continue;
            }
            let spelling = self.stems.spelling(self.algorithm, spelt);
            stream.push((spelling.lower, start + token.start));
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
        stream
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

/// The sampled runs of a stream of words.
fn runs(stream: &[(u64, u32)]) -> Vec<Run> {
    let all: Vec<Run> = stream
        .windows(RUN)
        .map(|words| {
            let key = words.iter().fold(0, |h: u64, (word, _)| {
                h.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(*word)
            });
            Run {
                key: mix(key),
                at: words.first().map_or(0, |(_, at)| *at),
            }
        })
        .collect();
    let mut kept: Vec<Run> = Vec::with_capacity(all.len() / 2);
    for window in all.windows(WINDOW.min(all.len()).max(1)) {
        if let Some(least) = window.iter().rev().min_by_key(|run| run.key) {
            kept.push(*least);
        }
    }
    kept.sort_unstable_by_key(|run| (run.key, run.at));
    kept.dedup_by_key(|run| run.key);
    kept.shrink_to_fit();
    kept
}

/// The longest stretch of words that two texts have in common around one of these shared runs, as its range in the first text and
/// its number of words.
pub fn stretch(here: &str, there: &str, shared: &[(Run, Run)]) -> Option<(TextRange, usize)> {
    let mut best: Option<(TextRange, usize)> = None;
    // Where words that stand in both begin in each. A run that begins so leads to a stretch that is known.
    let mut known: HashSet<(usize, usize)> = HashSet::new();
    for (mine, theirs) in shared {
        // What lies in a stretch already found leads to the same one, or to a shorter one elsewhere in the other text.
        if best.is_some_and(|(range, _)| range.start <= mine.at && mine.at < range.end)
            || known.contains(&(mine.at as usize, theirs.at as usize))
        {
            continue;
        }
        let note = |mine, theirs| {
            if shared.len() > 1 {
                known.insert((mine, theirs));
            }
        };
        let found = around(here, mine.at as usize, there, theirs.at as usize, note);
        best = best.into_iter().chain(found).max_by_key(|(range, count)| {
            let start = std::cmp::Reverse(range.start);
            (*count, start)
        });
    }
    best
}

/// How far to look from a run at first, in bytes; most stretches are shorter.
const NEAR: usize = 128;

/// The words that two texts have in common around a place in each. Only as much of the texts is cut into words as is needed. Where each of
/// these words begins is noted.
fn around(
    here: &str,
    at: usize,
    there: &str,
    other: usize,
    mut note: impl FnMut(usize, usize),
) -> Option<(TextRange, usize)> {
    let mut reach = NEAR;
    loop {
        let (mine, theirs) = (
            Window::new(here, at, reach),
            Window::new(there, other, reach),
        );
        let same = |x: usize, y: usize| {
            let words = mine.words.get(x).zip(theirs.words.get(y));
            words.is_some_and(|(a, b)| a.0 == b.0)
        };
        let (i, j) = (mine.place, theirs.place);
        let back = (1..=i.min(j)).take_while(|n| same(i - n, j - n)).count();
        let on = (0..).take_while(|n| same(i + n, j + n)).count();
        // The words at a window's edge may be cut; what reaches them is looked at again in a larger one.
        let edge = 2;
        let early =
            !(mine.from_start || back + edge < i) || !(theirs.from_start || back + edge < j);
        let late = !(mine.to_end || i + on + edge < mine.words.len())
            || !(theirs.to_end || j + on + edge < theirs.words.len());
        if early || late {
            reach *= 4;
            continue;
        }
        let (first, last) = (
            mine.words.get(i - back)?,
            mine.words.get((i + on).checked_sub(1)?)?,
        );
        let range = TextRange::new(first.1.start, last.1.end);
        let both = mine.words.iter().skip(i - back);
        let both = both.zip(theirs.words.iter().skip(j - back));
        for (mine, theirs) in both.take(back + on) {
            note(mine.1.start, theirs.1.start);
        }
        return (on + back >= RUN).then_some((range, on + back));
    }
}

/// A part of a text, cut into words.
struct Window {
    /// The words' hashes and their bytes in the whole text.
    words: Vec<(u64, Range<usize>)>,
    /// The first word at or behind the place.
    place: usize,
    /// Whether the text begins here.
    from_start: bool,
    /// Whether the text ends here.
    to_end: bool,
}

impl Window {
    /// The part of `text` that reaches so many bytes to either side of a place, or a little more: it begins and ends at white space.
    fn new(text: &str, at: usize, reach: usize) -> Self {
        let character = |at: usize| {
            (0..=at.min(text.len()))
                .rev()
                .find(|i| text.is_char_boundary(*i))
        };
        let start = character(at.saturating_sub(reach)).unwrap_or(0);
        let end = character(at.saturating_add(reach)).unwrap_or(text.len());
        let before = text.get(..start).unwrap_or_default();
        let start = before.rfind(char::is_whitespace).unwrap_or(0);
        let behind = text.get(end..).unwrap_or_default();
        let end = behind
            .find(char::is_whitespace)
            .map_or(text.len(), |more| end + more);
        let part = text.get(start..end).unwrap_or_default();
        let words: Vec<(u64, Range<usize>)> = tokens(part)
            .into_iter()
            .filter(|t| {
                t.kind == Kind::Number
                    || (t.kind == Kind::Word && !t.of(part).starts_with(['\'', '’']))
            })
            .map(|t| {
                let range = start + t.start as usize..start + t.end as usize;
                (lower_hash(t.of(part)), range)
            })
            .collect();
        Self {
            place: words.partition_point(|(_, range)| range.start < at),
            words,
            from_start: start == 0,
            to_end: end == text.len(),
        }
    }
}

#[cfg(test)]
mod tests;
