//! Everything in an article that may be a name: whole words that a pattern matches, overlaps and all.

use std::collections::BTreeSet;
use std::ops::Range;

use super::trie::{ascii_word, in_words};
use super::{Gazetteer, Matcher, Role, Use};
use crate::annotate::eight::{MARKS, eight, first, head, small};
use crate::annotate::prose::{Prose, spell};

/// What was met in an article.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Possible names, by start and then the longer one first.
    pub(super) candidates: Vec<Candidate>,
    /// Context words of entities, by entity and number.
    pub(super) needs: BTreeSet<(u32, u32)>,
}

/// A possible name.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// In the spelling.
    pub(super) range: Range<usize>,
    /// Whose it may be.
    pub(super) entity: u32,
    /// As what.
    pub(super) role: Role,
}

impl Gazetteer {
    /// Reads the prose once, and the headline for context words.
    pub(super) fn scan(&self, prose: &Prose, title: &str) -> Scan {
        let mut scan = Scan::default();
        // Several possible names on every line are much.
        scan.candidates.reserve(prose.text().len() / 16);
        let mut openings = Openings { prose, last: None };
        for matcher in [Some(&self.exact), self.folded.as_ref()]
            .into_iter()
            .flatten()
        {
            matcher.each(prose.text(), |range, uses| {
                for found in uses {
                    if let Role::Need(number) = found.role {
                        scan.needs.insert((found.entity, number));
                    } else if !found.opening || openings.opens(&range) {
                        scan.candidates.push(Candidate {
                            range: range.clone(),
                            entity: found.entity,
                            role: found.role,
                        });
                    }
                }
            });
        }
        self.exact.each(&spell(title), |_, uses| {
            for found in uses {
                if let Role::Need(number) = found.role {
                    scan.needs.insert((found.entity, number));
                }
            }
        });
        in_order(&mut scan.candidates);
        scan
    }
}

/// Puts possible names in order. One matcher has found them by their starts already, where a few begin at each.
fn in_order(candidates: &mut [Candidate]) {
    let order = |c: &Candidate| {
        (
            c.range.start,
            std::cmp::Reverse(c.range.end),
            c.entity,
            c.role,
        )
    };
    if !candidates.is_sorted_by_key(|c| c.range.start) {
        return candidates.sort_by_key(order);
    }
    for begun in candidates.chunk_by_mut(|a, b| a.range.start == b.range.start) {
        if begun.len() > 1 {
            begun.sort_by_key(order);
        }
    }
}

impl Matcher {
    /// Calls `found` with every whole word that a pattern matches.
    ///
    /// The trie is entered where a word begins that a pattern may begin with, and left where no pattern goes on. The cost is at
    /// most the length of the text times that of the longest name.
    fn each(&self, text: &str, mut found: impl FnMut(Range<usize>, &[Use])) {
        if self.uses_of.is_empty() {
            return;
        }
        for start in self.starts(text.as_bytes()) {
            self.trie.each(text, start as usize, |end, pattern| {
                let range = start as usize..end;
                if is_whole(text, &range) {
                    found(range, self.uses(pattern));
                }
            });
        }
    }

    /// Where words begin that a pattern may begin with.
    fn starts(&self, bytes: &[u8]) -> Vec<u32> {
        // Most words begin none.
        let mut found = Vec::with_capacity(bytes.len() / 16);
        // Whether the byte before is one of an ASCII word, as its mark.
        let mut behind = 0;
        let mut next = eight(bytes, 0);
        for at in (0..bytes.len()).step_by(8) {
            let ahead = next;
            next = eight(bytes, at + 8);
            let both = u128::from(next) << 64 | u128::from(ahead);
            let words = in_words(ahead);
            // Within a word none begins, nor with the ASCII character that ends it.
            let mut starts = (ahead | !(words << 8 | behind)) & MARKS;
            behind = words >> 56;
            while starts != 0 {
                let start = first(starts);
                starts &= starts - 1;
                if self.beginnings.has((both >> (8 * start)) as u64) {
                    found.push((at + start) as u32);
                }
            }
        }
        found
    }
}

/// The bytes of ASCII words.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

/// How patterns may begin: two sieves that turn most words of a text away before the trie is entered, which has to fetch
/// its nodes from all over memory. Names are found as whole words, so the first ASCII word of a name has to be there whole.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// The first two bytes of patterns.
    pairs: Sieve,
    /// Their first words, or the first eight bytes of them, by their hashes.
    words: Sieve,
    /// Whether capitals and small letters are one.
    fold: bool,
}

/// One bit for each number of sixteen bits.
#[derive(Debug)]
struct Sieve(Box<[u64; 1 << 10]>);

impl Sieve {
    fn new() -> Self {
        Self(Box::new([0; 1 << 10]))
    }

    fn set(&mut self, at: u16) {
        self.0[usize::from(at >> 6)] |= 1 << (at & 63);
    }

    #[inline]
    fn has(&self, at: u16) -> bool {
        self.0[usize::from(at >> 6)] & 1 << (at & 63) != 0
    }
}

impl Beginnings {
    pub(super) fn of<'p>(patterns: impl Iterator<Item = &'p String>, fold: bool) -> Self {
        let mut beginnings = Self {
            pairs: Sieve::new(),
            words: Sieve::new(),
            fold,
        };
        for pattern in patterns {
            beginnings.add(pattern.as_bytes());
        }
        beginnings
    }

    fn add(&mut self, pattern: &[u8]) {
        let cases = |byte: u8| {
            let other = if self.fold {
                [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()]
            } else {
                [byte; 2]
            };
            other.map(u16::from)
        };
        let mut pairs: Vec<u16> = Vec::new();
        match *pattern {
            [] => {}
            [only] => {
                for first in cases(only) {
                    pairs.extend((0..256).map(|second| first << 8 | second));
                }
            }
            [first, second, ..] => {
                for first in cases(first) {
                    pairs.extend(cases(second).map(|second| first << 8 | second));
                }
            }
        }
        for pair in pairs {
            self.pairs.set(pair);
        }
        let start = eight(pattern, 0);
        let word = self.word(start, ascii_word(start));
        self.words.set(word);
    }

    /// The bit of a word that so many of eight bytes belong to.
    #[inline]
    fn word(&self, bytes: u64, length: usize) -> u16 {
        // Other bytes than letters may become each other too: it is a sieve.
        let bytes = if self.fold { small(bytes) } else { bytes };
        let mixed = (bytes & head(length)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 48) as u16
    }

    /// Whether a pattern may begin with these bytes.
    #[inline]
    fn has(&self, bytes: u64) -> bool {
        self.pairs.has((bytes as u16).swap_bytes()) && self.has_word(bytes)
    }

    fn has_word(&self, bytes: u64) -> bool {
        let word = ascii_word(bytes);
        word == 0 || self.words.has(self.word(bytes, word))
    }
}

/// Where the words of sentences begin, asked for in the order of the text.
struct Openings<'p, 'a> {
    prose: &'p Prose<'a>,
    /// The sentence asked for last, and where its first word begins.
    last: Option<(usize, usize)>,
}

impl Openings<'_, '_> {
    /// Whether no word of the sentence comes before the range. Looking for that word once for a sentence keeps a long row of
    /// marks before many names from being read once for each.
    fn opens(&mut self, range: &Range<usize>) -> bool {
        let start = self.prose.to_source(range).start;
        let index = self.prose.sentence(start);
        let Some(sentence) = self.prose.sentences().get(index) else {
            return false;
        };
        let first = match self.last {
            Some((last, first)) if last == index => first,
            _ => {
                let words = sentence.range.of(self.prose.source());
                let before = words.find(char::is_alphanumeric).unwrap_or(words.len());
                sentence.range.start as usize + before
            }
        };
        self.last = Some((index, first));
        start >= sentence.range.start && first >= start as usize
    }
}

/// How a script parts its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// By spaces.
    Spaced,
    /// Particles follow words without a space.
    Hangul,
    /// Not at all.
    Han,
    /// Not at all.
    Kana,
}

fn script(c: char) -> Script {
    match c {
        '\u{1100}'..='\u{11ff}'
        | '\u{3130}'..='\u{318f}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' => Script::Hangul,
        '々'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Script::Kana,
        _ => Script::Spaced,
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a stretch begins and ends where words do.
pub(super) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    let after = bytes.get(range.end);
    let parts = |byte: &u8| byte.is_ascii() && !IN_WORD[usize::from(*byte)] && *byte != b'\'';
    if before.is_none_or(parts) && after.is_none_or(|byte| parts(byte) && *byte != b'.') {
        // Between such marks stands a whole word whatever its script.
        return true;
    }
    let (Some(before), Some(name), Some(after)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return false;
    };
    begins_word(before, name) && ends_word(name, after)
}

fn begins_word(before: &str, name: &str) -> bool {
    let (Some(first), Some(previous)) = (name.chars().next(), before.chars().next_back()) else {
        return true;
    };
    if script(first) != script(previous) {
        return true;
    }
    if script(first) != Script::Spaced {
        return false;
    }
    if previous == '\'' {
        // An elided article or preposition (`l'Iran`) is no part of a name; `O'` is.
        let mut back = before.chars().rev().skip(1);
        let letter = back.next();
        let elided =
            matches!(letter, Some('l' | 'd' | 'L' | 'D')) && !back.next().is_some_and(in_word);
        return elided || !letter.is_some_and(in_word);
    }
    !in_word(previous)
}

fn ends_word(name: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (name.chars().next_back(), after.chars().next()) else {
        return true;
    };
    if script(last) != Script::Spaced {
        // Particles may follow; a single syllable is too little to tell them from the rest of a word.
        return name.chars().nth(1).is_some() || script(next) != script(last);
    }
    if script(next) != Script::Spaced {
        return true;
    }
    let rest = &after[next.len_utf8()..];
    match next {
        // A possessive or another clitic; anything else goes on (`O'Neill`).
        '\'' => {
            let end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
            matches!(
                &rest[..end],
                "" | "s" | "S" | "d" | "ll" | "re" | "ve" | "m" | "t"
            )
        }
        // An address on the net: `chosun.com`.
        '.' => !rest.starts_with(|c: char| c.is_ascii_lowercase()) || last == '.',
        next => !in_word(next),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Patterns;
    use super::*;
    use crate::annotate::fixture::Text;

    /// Words that begin alike, end alike, hold each other and stand in other scripts.
    const PIECES: [&str; 20] = [
        "Kim", "Kim Jong", "Jong-un", "un", "KIM", "k", "é", "Éire", "Sea of", "Japan", "북",
        "북한", "中国", "O'", "l'", "'s", ".", " ", " ", "-",
    ];

    fn pieces(most: usize) -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(&PIECES[..]), 1..most)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn entering_at_words_finds_what_looking_everywhere_does(
            names in proptest::collection::btree_set(pieces(4), 0..8), text in pieces(24), fold: bool,
        ) {
            let mut patterns = Patterns::default();
            for (name, number) in names.iter().zip(0..) {
                // Patterns of the folded matcher are in small letters.
                let name = if fold { name.to_ascii_lowercase() } else { name.clone() };
                patterns.add(name, number, Role::Name, false);
            }
            let written: Vec<String> = patterns.0.keys().cloned().collect();
            let matcher = Matcher::new(patterns, fold);
            let mut quick = Vec::new();
            matcher.each(&text, |range, uses| quick.push((range, uses.to_vec())));
            let mut slow = Vec::new();
            for (start, _) in text.char_indices() {
                for (pattern, name) in written.iter().enumerate() {
                    let range = start..start + name.len();
                    let here = text.get(range.clone()).is_some_and(|words| {
                        words == name || fold && words.eq_ignore_ascii_case(name)
                    });
                    if here && is_whole(&text, &range) {
                        slow.push((range, matcher.uses(pattern).to_vec()));
                    }
                }
            }
            quick.sort_by_key(|(range, _)| (range.start, range.end));
            slow.sort_by_key(|(range, _)| (range.start, range.end));
            prop_assert_eq!(quick, slow);
        }

        #[test]
        fn sentences_open_where_no_word_stands_before(text in pieces(24)) {
            let page = Text::new(&[text.as_str(), "“Kim”. 'Un"]);
            let prose = page.prose();
            let spelling = prose.text();
            let mut openings = Openings { prose: &prose, last: None };
            for (start, c) in spelling.char_indices() {
                let range = start..start + c.len_utf8();
                let source = prose.to_source(&range);
                let sentence = prose.sentences().get(prose.sentence(source.start));
                let before = sentence.and_then(|s| {
                    prose.source().get(s.range.start as usize..source.start as usize)
                });
                let opens = before.is_some_and(|before| !before.contains(char::is_alphanumeric));
                prop_assert_eq!(openings.opens(&range), opens);
            }
        }
    }

    #[test]
    fn whole_words() {
        let cases = [
            ("Seoul", "in |Seoul|.", true),
            ("possessive", "|Beijing|'s role", true),
            ("plural possessive", "the |Koreans|' role", true),
            ("in a word", "|Korea|ns", false),
            ("end of a word", "inter|korea|", false),
            ("hyphen", "|South Korea|-based", true),
            ("name goes on", "|O|'Neill", false),
            ("elision", "d'|Iran|", true),
            ("part of a name", "O'|Brien| said", false),
            ("host", "|Chosun|.com", false),
            ("end of sentence", "in |Seoul|.", true),
            ("quoted", "'|Seoul|'", true),
            ("particle", "|정부|는", true),
            ("within a word", "새|정부|는", false),
            ("one syllable", "|북|한", false),
            ("one syllable alone", "|북|, 남", true),
            ("particle after Latin", "|KBS|는", true),
            ("kanji after kana", "は|中国|の", true),
            ("combining mark", "|Cafe|\u{301}", false),
        ];
        for (what, text, whole) in cases {
            let start = text.find('|').unwrap();
            let end = text.rfind('|').unwrap() - 1;
            assert_eq!(
                is_whole(&text.replace('|', ""), &(start..end)),
                whole,
                "{what}: {text}"
            );
        }
    }
}
