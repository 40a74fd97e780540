//! One tokenizer for every annotator.
//!
//! A single pass over the bytes cuts text into words, numbers, punctuation and symbols. What each
//! token carries is what the annotators ask for most: its byte range, its shape, and a 32-bit
//! [`key`] of its lower-cased spelling, so that a lexicon is one table look-up away.
//!
//! 1. Hyphens always separate (`decade-long` is three tokens); [`Shape::GLUED`] tells that no
//!    white space came before a token, so compounds can be put together again.
//! 2. `'s` and a lone apostrophe are tokens of their own; `don't` and `o'clock` stay whole.
//! 3. Initialisms keep their stops (`U.S.`, `a.m.`), other abbreviations do not (`Gen` `.`).
//! 4. Numbers keep decimals and thousands (`3.5`, `53,000`); `20th` and `1990s` are words with digits.
//!
//! Invariant: tokens are in order, never overlap, never split a character, and together cover all
//! that is not white space.

use std::ops::Range;

use super::eight::{MARKS, before, eight, first, letters, small, small_of};
use super::vocabulary::VOCABULARY;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters, possibly with digits or apostrophes inside.
    Word,
    /// Digits, possibly with separators inside.
    Number,
    /// Marks that structure text: stops, quotes, brackets, dashes.
    Punctuation,
    /// Everything else: `$`, `%`, `+`, `•`, emoji.
    Symbol,
}

/// A small set of facts about a token's spelling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shape(u8);

impl Shape {
    /// The first letter is upper case.
    pub const CAPITALISED: Shape = Shape(1);
    /// At least two letters, all of them upper case.
    pub const ALL_CAPS: Shape = Shape(2);
    /// A digit is in it.
    pub const HAS_DIGIT: Shape = Shape(4);
    /// No white space came before it.
    pub const GLUED: Shape = Shape(8);
    /// A character outside ASCII is in it.
    pub const NON_ASCII: Shape = Shape(16);

    /// Whether all the facts of `other` hold.
    pub fn has(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }

    fn with(self, other: Shape, when: bool) -> Shape {
        Shape(self.0 | if when { other.0 } else { 0 })
    }
}

/// A piece of text without white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// [`key`] of the spelling.
    pub key: u32,
    /// What it is made of.
    pub kind: Kind,
    /// How it is spelt.
    pub shape: Shape,
    /// The number of its word among those of all lexicons; zero if none lists it.
    pub(super) word: u16,
}

impl Token {
    /// The token's spelling; empty when `text` is not the text it was cut from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }

    /// The byte range.
    pub fn range(&self) -> Range<u32> {
        self.start..self.end
    }

    /// Whether the token touches the one before it.
    pub fn glued(&self) -> bool {
        self.shape.has(Shape::GLUED)
    }

    /// Whether the first letter is upper case.
    pub fn capitalised(&self) -> bool {
        self.shape.has(Shape::CAPITALISED)
    }

    /// Whether the token is an ASCII mark or one that is folded to it: dashes and quotation marks of every make.
    #[inline]
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        // No word or number is spelt like a mark.
        self.key == mark_key(mark) && matches!(self.kind, Kind::Punctuation | Kind::Symbol)
    }

    /// Whether the token is this ASCII word, in any case.
    #[inline]
    pub(crate) fn is_word(&self, text: &str, word: &str) -> bool {
        (self.end - self.start) as usize == word.len() && self.of(text).eq_ignore_ascii_case(word)
    }
}

/// The [`key`] of an ASCII mark.
const fn mark_key(mark: char) -> u32 {
    mix(SEED, mark as u64) as u32
}

/// The [`key`] of a word of one to eight small ASCII letters.
pub(super) const fn short_key(word: &str) -> u32 {
    let letters = word.as_bytes();
    let (mut bytes, mut at) = (0, 0);
    while at < letters.len() {
        bytes |= (letters[at] as u64) << (8 * at);
        at += 1;
    }
    mix(SEED, bytes) as u32
}

/// What a word of ASCII letters may go on with: digits, an apostrophe, or a character outside ASCII.
const GOES_ON: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8, b'0'..=b'9' | b'\'' | 0x80..);
        byte += 1;
    }
    table
};

const SEED: u64 = 0x2545_f491_4f6c_dd1d;
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Takes up to eight bytes more into a key.
#[inline]
const fn mix(hash: u64, bytes: u64) -> u64 {
    let product = (hash ^ bytes) as u128 * FACTOR as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The look-up key of a spelling: its bytes multiplied into each other eight by eight, ASCII letters lower-cased, with dashes,
/// apostrophes and double quotation marks of every make folded to the ASCII one.
///
/// Keys of different spellings may collide: a lexicon compares the spelling when it matters.
pub fn key(spelling: &str) -> u32 {
    let mut key = Key::default();
    for c in spelling.chars() {
        key.add_char(fold(c));
    }
    key.finish()
}

/// A [`key`] that is made byte by byte.
struct Key {
    hash: u64,
    /// What waits to be taken in, the first byte in the lowest place …
    bytes: u64,
    /// … and how many bits of it.
    bits: u32,
}

impl Default for Key {
    fn default() -> Key {
        Key {
            hash: SEED,
            bytes: 0,
            bits: 0,
        }
    }
}

impl Key {
    #[inline]
    fn add(&mut self, byte: u8) {
        self.bytes |= u64::from(byte) << self.bits;
        self.bits += 8;
        if self.bits == 64 {
            self.hash = mix(self.hash, self.bytes);
            (self.bytes, self.bits) = (0, 0);
        }
    }

    fn add_char(&mut self, c: char) {
        let mut utf8 = [0; 4];
        for byte in c.encode_utf8(&mut utf8).bytes() {
            self.add(byte.to_ascii_lowercase());
        }
    }

    #[inline]
    fn finish(&self) -> u32 {
        match self.bits {
            0 => self.hash as u32,
            _ => mix(self.hash, self.bytes) as u32,
        }
    }
}

/// The ASCII stand-in of a typographic character, or the character itself.
pub(crate) fn fold(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '‘' | '’' | '‛' | '`' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        other => other,
    }
}

/// Cuts `text` into tokens and looks each up.  Linear; text beyond 4 GiB is ignored.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = cut(text);
    VOCABULARY.look_up(&mut tokens);
    tokens
}

/// The first token at or after `from` that begins at a byte or later.
pub(super) fn upto(tokens: &[Token], from: usize, byte: u32) -> usize {
    let ahead = tokens.get(from..).unwrap_or_default();
    if ahead.first().is_none_or(|token| token.start >= byte) {
        return from; // as where a sentence follows on another
    }
    // It is near: looking where it may be doubles the distance each time.
    let (mut low, mut high) = (0, 8);
    while ahead.get(high).is_some_and(|token| token.start < byte) {
        (low, high) = (high, high * 2);
    }
    let near = ahead.get(low..high.min(ahead.len())).unwrap_or_default();
    from + low + near.partition_point(|token| token.start < byte)
}

/// Cuts `text` into tokens and looks none up.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let mut cutter = Cutter {
        text,
        bytes: text.as_bytes(),
        at: 0,
        glued: false,
        out: Vec::new(),
    };
    // Room for short words; a list that has to grow is copied.
    cutter.out.reserve(text.len() / 4 + 8);
    cutter.run();
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    glued: bool,
    out: Vec<Token>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let limit = self.bytes.len().min(u32::MAX as usize);
        while self.at < limit {
            self.words();
            match self.byte(self.at) {
                b' ' | b'\n' | b'\t' | b'\r' | 0x0b | 0x0c => {
                    self.at += 1;
                    self.glued = false;
                }
                _ if self.at >= limit => return,
                b'a'..=b'z' | b'A'..=b'Z' => self.word(),
                b'0'..=b'9' => self.number(),
                b'\'' => self.apostrophe(1),
                0x80.. => self.wide(),
                byte @ (b'$' | b'%' | b'+' | b'<' | b'=' | b'>' | b'^' | b'|' | b'~' | b'#'
                | b'@') => {
                    self.ascii_mark(Kind::Symbol, byte);
                }
                byte if byte.is_ascii_control() => self.ascii_mark(Kind::Symbol, byte),
                byte => self.ascii_mark(Kind::Punctuation, byte),
            }
        }
    }

    /// Consumes the words of ASCII letters that come next, and single spaces between them: nearly all of a text.
    fn words(&mut self) {
        let (bytes, mut at, mut glued) = (self.bytes, self.at, self.glued);
        if self.byte(at) == b' ' {
            (at, glued) = (at + 1, false); // behind a mark
        }
        let mut out = std::mem::take(&mut self.out);
        let mut ahead = eight(bytes, at);
        while at < u32::MAX as usize && (ahead as u8).is_ascii_alphabetic() {
            if (ahead >> 8) as u8 == b'.' {
                break; // perhaps an initialism
            }
            let capital = ahead & 0x20 == 0;
            let (mut end, mut hash, mut small_letters) = (at, SEED, 0);
            let behind = loop {
                let letters = letters(ahead);
                let ends = !letters & MARKS;
                let (length, part) = (first(ends), before(ends));
                if length > 0 {
                    hash = mix(hash, small(ahead) & part);
                }
                small_letters |= small_of(ahead, letters) & part;
                end += length;
                if length < 8 {
                    break (ahead >> (8 * length)) as u8;
                }
                ahead = eight(bytes, end);
            };
            if GOES_ON[usize::from(behind)] {
                break;
            }
            let mut shape = Shape::default()
                .with(Shape::CAPITALISED, capital)
                .with(Shape::GLUED, glued);
            if small_letters == 0 && capital && end - at > 1 {
                shape = shape.with(Shape::ALL_CAPS, true);
            }
            out.push(Token {
                start: at as u32,
                end: end as u32,
                key: hash as u32,
                kind: Kind::Word,
                shape,
                word: 0,
            });
            glued = behind != b' ';
            at = end + usize::from(!glued);
            ahead = eight(bytes, at);
        }
        (self.at, self.glued, self.out) = (at, glued, out);
    }

    /// The character at a byte position, which must be a boundary.
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn push(&mut self, end: usize, key: u32, kind: Kind, shape: Shape) {
        let shape = shape.with(Shape::GLUED, self.glued);
        self.out.push(Token {
            start: self.at as u32,
            end: end as u32,
            key,
            kind,
            shape,
            word: 0,
        });
        self.at = end;
        self.glued = true;
    }

    /// A mark that is one ASCII character, which needs no decoding.
    fn ascii_mark(&mut self, kind: Kind, byte: u8) {
        let key = mark_key(fold(char::from(byte)));
        self.push(self.at + 1, key, kind, Shape::default());
    }

    /// A single mark of `len` bytes.
    fn mark(&mut self, kind: Kind, len: usize) {
        let c = self.char_at(self.at).unwrap_or(' ');
        let shape = Shape::default().with(Shape::NON_ASCII, !c.is_ascii());
        let mut key = Key::default();
        key.add_char(fold(c));
        self.push(self.at + len, key.finish(), kind, shape);
    }

    /// A character outside ASCII at the start of a token.
    fn wide(&mut self) {
        let Some(c) = self.char_at(self.at) else {
            self.at += 1;
            return;
        };
        let len = c.len_utf8();
        if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}') {
            self.at += len;
            self.glued = false;
        } else if fold(c) == '\'' {
            // Before letters are asked for: the modifier letter apostrophe is one, and makes no word by itself.
            self.apostrophe(len);
        } else if matches!(c, '\u{2010}'..='\u{2027}') {
            // Most of what is outside ASCII in English.
            self.mark(Kind::Punctuation, len);
        } else if c.is_alphanumeric() {
            self.word();
        } else if fold(c) != c || is_wide_punctuation(c) {
            self.mark(Kind::Punctuation, len);
        } else {
            self.mark(Kind::Symbol, len);
        }
    }

    /// `'s` after a word or number is a token, any other apostrophe a mark.
    fn apostrophe(&mut self, len: usize) {
        let after = self.at + len;
        let s = matches!(self.byte(after), b's' | b'S') && !continues_word(self.char_at(after + 1));
        if s && self.glued {
            self.push(after + 1, key("'s"), Kind::Word, Shape::default());
        } else {
            self.mark(Kind::Punctuation, len);
        }
    }

    fn word(&mut self) {
        let single = self.byte(self.at + 1) == b'.';
        if single && let Some(end) = self.initialism() {
            let spelling = self.text.get(self.at..end).unwrap_or("");
            let upper = spelling.bytes().any(|b| b.is_ascii_uppercase());
            let shape = Shape::default()
                .with(Shape::CAPITALISED, upper)
                .with(Shape::ALL_CAPS, upper);
            return self.push(end, key(spelling), Kind::Word, shape);
        }
        self.run_of_letters(self.at, Key::default(), Kind::Word);
    }

    /// Consumes letters, digits and inner apostrophes from `at`; the token starts at `self.at`.
    fn run_of_letters(&mut self, mut at: usize, mut key: Key, kind: Kind) {
        let first_is_capital = match self.byte(self.at) {
            b'A'..=b'Z' => true,
            0x80.. => self.char_at(self.at).is_some_and(char::is_uppercase),
            _ => false,
        };
        let (mut letters, mut lower, mut digit, mut wide) = (0usize, false, false, false);
        loop {
            match self.byte(at) {
                b @ b'a'..=b'z' => {
                    lower = true;
                    letters += 1;
                    key.add(b);
                    at += 1;
                }
                b @ b'A'..=b'Z' => {
                    letters += 1;
                    key.add(b | 0x20);
                    at += 1;
                }
                b @ b'0'..=b'9' => {
                    digit = true;
                    key.add(b);
                    at += 1;
                }
                b'\'' | 0x80.. => {
                    let Some(c) = self.char_at(at) else { break };
                    let next = at + c.len_utf8();
                    if fold(c) == '\'' {
                        if !self.apostrophe_inside(next) {
                            break;
                        }
                    } else if !continues_word(Some(c)) {
                        break;
                    } else {
                        wide = true;
                        letters += 1;
                        lower |= !c.is_uppercase();
                    }
                    key.add_char(fold(c));
                    at = next;
                }
                _ => break,
            }
        }
        let shape = Shape::default()
            .with(Shape::CAPITALISED, first_is_capital)
            .with(Shape::ALL_CAPS, first_is_capital && !lower && letters > 1)
            .with(Shape::HAS_DIGIT, digit || kind == Kind::Number)
            .with(Shape::NON_ASCII, wide);
        self.push(at, key.finish(), Kind::Word, shape);
    }

    /// Whether an apostrophe before byte `next` stands inside a word: letters follow, but not `'s`.
    fn apostrophe_inside(&self, next: usize) -> bool {
        let Some(c) = self.char_at(next).filter(|c| c.is_alphabetic()) else {
            return false;
        };
        let clitic = matches!(c, 's' | 'S') && !continues_word(self.char_at(next + 1));
        !clitic
    }

    /// The end of `U.S.`, `a.m.`, `N.C`: two or more single letters, each followed by a stop.
    fn initialism(&self) -> Option<usize> {
        let mut at = self.at;
        let mut letters = 0;
        while self.byte(at).is_ascii_alphabetic() && self.byte(at + 1) == b'.' {
            at += 2;
            letters += 1;
        }
        let last = self.byte(at).is_ascii_alphabetic() && !continues_word(self.char_at(at + 1));
        if last && letters >= 1 {
            return Some(at + 1);
        }
        let stops = letters >= 2 && !continues_word(self.char_at(at));
        stops.then_some(at)
    }

    fn number(&mut self) {
        let mut at = self.at;
        let mut key = Key::default();
        loop {
            let b = self.byte(at);
            let joins = b.is_ascii_digit()
                || (b == b'.' && self.byte(at + 1).is_ascii_digit())
                || (b == b',' && self.three_digits(at + 1));
            if !joins {
                break;
            }
            key.add(b);
            at += 1;
        }
        if continues_word(self.char_at(at)) {
            return self.run_of_letters(at, key, Kind::Number);
        }
        let shape = Shape::default().with(Shape::HAS_DIGIT, true);
        self.push(at, key.finish(), Kind::Number, shape);
    }

    fn three_digits(&self, at: usize) -> bool {
        (at..at + 3).all(|i| self.byte(i).is_ascii_digit()) && !self.byte(at + 3).is_ascii_digit()
    }
}

fn continues_word(c: Option<char>) -> bool {
    // Dashes and quotation marks are told before the tables are asked.
    let mark = |c| matches!(c, '\u{2010}'..='\u{2027}');
    c.is_some_and(|c| {
        !mark(c) && c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}')
    })
}

fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '¡' | '¿' | '…' | '‹' | '›' | '·' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303f}'
        | '！' | '，' | '．' | '？' | '：' | '；' | '（' | '）')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn short_words_have_their_keys() {
        for word in ["a", "al", "ministry"] {
            assert_eq!(short_key(word), key(word), "{word}");
        }
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        let cases: &[(&str, &[&str])] = &[
            (
                "The decade-long project",
                &["The", "decade", "-", "long", "project"],
            ),
            ("the 1950–53 war", &["the", "1950", "–", "53", "war"]),
            (
                "in the mid-1990s,",
                &["in", "the", "mid", "-", "1990s", ","],
            ),
            (
                "Seoul's and workers' don't",
                &["Seoul", "'s", "and", "workers", "'", "don't"],
            ),
            (
                "the U.S. at 5 p.m. now",
                &["the", "U.S.", "at", "5", "p.m.", "now"],
            ),
            (
                "Gen. Park, N. Korea",
                &["Gen", ".", "Park", ",", "N", ".", "Korea"],
            ),
            ("$1,200.50 or 7.5%", &["$", "1,200.50", "or", "7.5", "%"]),
            (
                "on 31.08.2004 at 14:48",
                &["on", "31.08.2004", "at", "14", ":", "48"],
            ),
            ("북한은 개성에 café", &["북한은", "개성에", "café"]),
            ("’80s “talks”…", &["’", "80s", "“", "talks", "”", "…"]),
            ("", &[]),
        ];
        for (text, wanted) in cases {
            assert_eq!(&spellings(text), wanted, "{text}");
        }
    }

    #[test]
    fn tells_shapes_and_kinds() {
        let text = "Kim KCNA x86 1,200 É –";
        let found = tokens(text);
        assert!(found[0].capitalised() && !found[0].shape.has(Shape::ALL_CAPS));
        assert!(found[1].shape.has(Shape::ALL_CAPS));
        assert!(found[2].shape.has(Shape::HAS_DIGIT) && found[2].kind == Kind::Word);
        assert_eq!(found[3].kind, Kind::Number);
        assert!(found[4].capitalised() && found[4].shape.has(Shape::NON_ASCII));
        assert_eq!((found[5].kind, found[5].key), (Kind::Punctuation, key("-")));
    }

    #[test]
    fn marks_are_told_by_their_keys() {
        let text = "a – b \u{2019} $5 “x” . ` 7 ʼ";
        for token in tokens(text) {
            let folded: String = token.of(text).chars().map(fold).collect();
            for mark in (0..128u8).map(char::from).filter(|c| !c.is_alphanumeric()) {
                assert_eq!(
                    token.is_mark(mark),
                    folded == mark.to_string(),
                    "{folded} {mark}"
                );
            }
        }
    }

    #[test]
    fn keys_ignore_case_and_typography() {
        assert_eq!(key("March"), key("MARCH"));
        assert_eq!(tokens("O’Clock")[0].key, key("o'clock"));
        assert_ne!(key("march"), key("mart"));
    }

    #[test]
    fn covers_everything_but_white_space() {
        for text in [
            "a\u{301}b 'x' \u{0} 가나 。」 . . . 3.14.15 1,2,3 '",
            "🙂🙂 —a’s’ ''s",
            "ʼ aʼ ʼs bʼc ʼ",
        ] {
            let mut at = 0;
            for token in tokens(text) {
                assert!(
                    text[at..token.start as usize]
                        .chars()
                        .all(char::is_whitespace)
                );
                at = token.end as usize;
            }
            assert!(text[at..].trim().is_empty());
        }
    }
}
