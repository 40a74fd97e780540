//! An article's prose in one spelling, with the way back to the text as it stands.
//!
//! 1. Sentences are put together again to blocks; what lies outside every sentence (code) is left out.
//! 2. Each block is spelt alike: white space becomes one space, quotation marks and apostrophes of every kind `'`,
//!    dashes `-`, an ellipsis three stops, composed letters their NFC form; invisible characters go. Case is kept.
//! 3. Between two blocks stands a newline, and nowhere else.
//!
//! Quotations and names are spelt in the same way before they are looked for, so that how somebody typed an
//! apostrophe decides nothing. Invariant: every stretch of the spelling leads back to a stretch of the text on
//! character boundaries.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::eight::{MARKS, between, eight, first, is};
use crate::base::TextRange;
use crate::model::Sentence;

/// An article's prose in one spelling.
#[derive(Debug, Clone)]
pub struct Prose<'a> {
    source: &'a str,
    sentences: &'a [Sentence],
    spelling: Spelling,
    /// Where newlines stand in the spelling.
    seams: Vec<usize>,
}

/// A text in the common spelling.
#[derive(Debug, Clone, Default)]
struct Spelling {
    text: String,
    steps: Vec<Step>,
}

/// From here on the spelling follows the source: byte for byte, or as a whole up to the next step.
#[derive(Debug, Clone, Copy)]
struct Step {
    spelt: usize,
    source: usize,
    verbatim: bool,
}

impl<'a> Prose<'a> {
    /// The prose of `text`; `sentences` are its sentences in order.
    pub fn new(text: &'a str, sentences: &'a [Sentence]) -> Self {
        let mut spelling = Spelling::default();
        spelling.text.reserve(text.len());
        let mut seams = Vec::new();
        let mut done = 0;
        for block in sentences.chunk_by(|a, b| a.block == b.block) {
            let (Some(first), Some(last)) = (block.first(), block.last()) else {
                continue;
            };
            let range = TextRange {
                start: first.range.start,
                end: last.range.end,
            };
            let fits = text.get(range.indices()).is_some() && range.start as usize >= done;
            if !fits {
                continue;
            }
            if !spelling.text.is_empty() {
                seams.push(spelling.text.len());
                spelling.replaced(done, "\n");
            }
            spelling.add(text, range.indices());
            done = range.end as usize;
        }
        spelling.replaced(done, "");
        Self {
            source: text,
            sentences,
            spelling,
            seams,
        }
    }

    /// The text as it stands.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// The sentences.
    pub fn sentences(&self) -> &'a [Sentence] {
        self.sentences
    }

    /// The prose in the common spelling, a newline between blocks.
    pub fn text(&self) -> &str {
        &self.spelling.text
    }

    /// The number of blocks that end before byte `at` of the spelling.
    pub fn block(&self, at: usize) -> usize {
        self.seams.partition_point(|&seam| seam < at)
    }

    /// Whether a stretch of the spelling reaches over the end of a block.
    pub fn crosses(&self, range: &Range<usize>) -> bool {
        self.block(range.start) != self.block(range.end)
    }

    /// The stretch of the text that a stretch of the spelling comes from.
    pub fn to_source(&self, range: &Range<usize>) -> TextRange {
        let steps = &self.spelling.steps;
        let start = match step_before(steps, |s| s.spelt <= range.start) {
            Some((_, step)) if step.verbatim => step.source + (range.start - step.spelt),
            Some((_, step)) => step.source,
            None => 0,
        };
        let end = match step_before(steps, |s| s.spelt < range.end) {
            Some((_, step)) if step.verbatim => step.source + (range.end - step.spelt),
            Some((i, step)) => steps.get(i + 1).map_or(step.source, |next| next.source),
            None => start,
        };
        TextRange::new(start, end.max(start))
    }

    /// The stretch of the spelling that a stretch of the text has become.
    pub fn spelt(&self, range: TextRange) -> Range<usize> {
        let start = self.spelt_at(range.start as usize);
        start..self.spelt_at(range.end as usize).max(start)
    }

    fn spelt_at(&self, at: usize) -> usize {
        let steps = &self.spelling.steps;
        let Some((i, step)) = step_before(steps, |s| s.source <= at) else {
            return 0;
        };
        let end = steps
            .get(i + 1)
            .map_or(self.spelling.text.len(), |next| next.spelt);
        if step.verbatim {
            (step.spelt + (at - step.source)).min(end)
        } else if at == step.source {
            step.spelt
        } else {
            end
        }
    }

    /// The index of the sentence in which byte `at` of the text lies, or of the last one before it.
    pub fn sentence(&self, at: u32) -> usize {
        self.sentences
            .partition_point(|s| s.range.start <= at)
            .saturating_sub(1)
    }
}

fn step_before(steps: &[Step], holds: impl Fn(&Step) -> bool) -> Option<(usize, Step)> {
    let i = steps.partition_point(|s| holds(s)).checked_sub(1)?;
    steps.get(i).map(|step| (i, *step))
}

/// A name or a line of a quotation in the common spelling, without space at its ends.
pub fn spell(text: &str) -> String {
    let mut spelling = Spelling::default();
    spelling.add(text, 0..text.len());
    spelling.text.trim().to_owned()
}

impl Spelling {
    fn add(&mut self, source: &str, range: Range<usize>) {
        let Some(part) = source.get(range.clone()) else {
            return;
        };
        let mut at = 0;
        while at < part.len() {
            let plain = plain_run(&part.as_bytes()[at..]);
            if plain > 0 {
                self.verbatim(range.start + at, &part[at..at + plain]);
                at += plain;
            } else {
                at += self.odd(&part[at..], range.start + at);
            }
        }
    }

    /// Spells what begins with a character that needs a closer look; returns its length in the source, 1 or more.
    fn odd(&mut self, rest: &str, at: usize) -> usize {
        let Some(c) = rest.chars().next() else {
            return 1;
        };
        let run = |part_of: fn(char) -> bool| {
            rest.find(|c| !part_of(c)).unwrap_or(rest.len()) // never 0: `c` is part of it
        };
        let (length, spelt) = if c.is_whitespace() {
            (run(|c| c.is_whitespace() || is_invisible(c)), " ")
        } else if is_invisible(c) {
            return c.len_utf8();
        } else if is_dash(c) {
            (run(is_dash), "-")
        } else if is_quote(c) {
            (c.len_utf8(), "'")
        } else if c == '…' {
            (c.len_utf8(), "...")
        } else {
            return self.letter(rest, c, at);
        };
        if &rest[..length] == spelt {
            self.verbatim(at, spelt);
        } else {
            self.replaced(at, spelt);
        }
        length
    }

    /// Spells a letter with the marks that combine with it.
    fn letter(&mut self, rest: &str, c: char, at: usize) -> usize {
        let first = c.len_utf8();
        let more = &rest[first..];
        let length = first + more.find(|c| !combines(c)).unwrap_or(more.len());
        let cluster = &rest[..length];
        if length == first && !combines(c) {
            self.verbatim(at, cluster);
            return length;
        }
        let composed: String = cluster.nfc().collect();
        if composed == cluster {
            self.verbatim(at, cluster);
        } else {
            self.replaced(at, &composed);
        }
        length
    }

    fn verbatim(&mut self, source: usize, piece: &str) {
        let spelt = self.text.len();
        let goes_on = self
            .steps
            .last()
            .is_some_and(|s| s.verbatim && s.source + (spelt - s.spelt) == source);
        if !goes_on {
            self.steps.push(Step {
                spelt,
                source,
                verbatim: true,
            });
        }
        self.text.push_str(piece);
    }

    fn replaced(&mut self, source: usize, piece: &str) {
        self.steps.push(Step {
            spelt: self.text.len(),
            source,
            verbatim: false,
        });
        self.text.push_str(piece);
    }
}

/// Bytes that stand for themselves wherever they are: visible ASCII but dashes and quotation marks.
const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0x21;
    while byte < 0x7f {
        table[byte] = !matches!(byte as u8, b'-' | b'"' | b'`');
        byte += 1;
    }
    table
};

/// How many bytes are plain ASCII that every spelling has in common.
fn plain_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at = after_pieces(bytes, at);
        at += surely_plain(eight(bytes, at));
        let Some(&byte) = bytes.get(at) else {
            break;
        };
        if PLAIN[usize::from(byte)] {
            at += 1;
            continue;
        }
        let next = bytes.get(at + 1).copied();
        let single = match byte {
            b' ' => next.is_some_and(|n| n > b' ' && n < 0x7f),
            b'-' => next.is_some_and(|n| n != b'-' && n < 0x7f),
            // It may combine with what stands before it.
            0xcc.. => return at.saturating_sub(1),
            _ => false,
        };
        if !single {
            break;
        }
        at += 1;
    }
    at
}

/// The end of the plain pieces of sixteen bytes that begin at a byte. Most of a text is in such, and so many bytes are asked
/// at once.
fn after_pieces(bytes: &[u8], mut at: usize) -> usize {
    while let Some((piece, behind)) = piece_at(bytes, at).zip(piece_at(bytes, at + 1)) {
        let plain = piece.iter().zip(behind).fold(true, |plain, (byte, next)| {
            let stands = matches!(byte, b' '..=b'~') & (*byte != b'"') & (*byte != b'`');
            // A space or a dash is plain before something visible that is not the same.
            let last = matches!(byte, b' ' | b'-');
            plain & stands & !(last & ((next == byte) | !matches!(next, b' '..=b'~')))
        });
        if !plain {
            break;
        }
        at += piece.len();
    }
    at
}

fn piece_at(bytes: &[u8], at: usize) -> Option<&[u8; 16]> {
    bytes.get(at..)?.first_chunk()
}

/// How many of eight bytes are plain: up to the first dash, quotation mark or byte that nothing is seen of, but for single
/// spaces whose next byte is among the eight.
fn surely_plain(bytes: u64) -> usize {
    let unseen = !between(bytes, b'!', b'~') & MARKS;
    let spaces = between(bytes, b' ', b' ');
    let marks = is(bytes, b'-') | is(bytes, b'"') | is(bytes, b'`');
    // The byte behind a space may be looked at from the place of the space.
    let behind = unseen >> 8 | 0x80 << 56;
    first(unseen & !spaces | spaces & behind | marks)
}

/// Whether a character may combine with the one before it in NFC (Unicode Standard Annex 15, quick check).
fn combines(c: char) -> bool {
    c >= '\u{300}'
        && (canonical_combining_class(c) != 0
            || is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes)
}

/// Whether a character shows nothing: soft hyphens, zero-width spaces and joiners, byte-order marks.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '\'' | '"' | '`' | '´' | '«' | '»' | 'ʼ' | 'ʹ' | '\u{2018}'
            ..='\u{201f}' | '‹' | '›' | '′' | '″' | '〝'..='〟' | '＂' | '＇'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::fixture;

    #[test]
    fn one_spelling() {
        let cases = [
            ("Kim Jong\u{2011}un", "Kim Jong-un"),
            ("  a \n\t b\u{a0}c ", "a b c"),
            ("“Beijing’s” «x»", "'Beijing's' 'x'"),
            ("offices--the first—of", "offices-the first-of"),
            ("cafe\u{301} caf\u{e9}", "caf\u{e9} caf\u{e9}"),
            ("\u{1100}\u{1161}\u{11a8}", "각"),
            ("a\u{ad}b\u{200b}c…", "abc..."),
            ("", ""),
        ];
        for (text, spelt) in cases {
            assert_eq!(spell(text), spelt, "{text:?}");
        }
    }

    #[test]
    fn leads_back_to_the_text() {
        let article = fixture::Text::new(&["He said “yes” — to\u{a0} Cafe\u{301} X.", "Next one."]);
        let prose = article.prose();
        let words = |needle: &str| {
            let at = prose.text().find(needle).unwrap();
            prose
                .to_source(&(at..at + needle.len()))
                .of(prose.source())
                .to_owned()
        };
        assert_eq!(words("'yes'"), "“yes”");
        assert_eq!(words("'yes' - to Café"), "“yes” — to\u{a0} Cafe\u{301}");
        assert_eq!(words("X.\nNext"), "X.\nNext");
        let source = prose.source();
        let at = source.find("yes").unwrap();
        assert_eq!(
            &prose.text()[prose.spelt(TextRange::new(at, at + 3))],
            "yes"
        );
    }

    /// How many bytes are plain, found byte by byte.
    fn slow_run(bytes: &[u8]) -> usize {
        for (at, byte) in bytes.iter().enumerate() {
            let next = bytes.get(at + 1).copied().unwrap_or(0xff);
            let plain = match byte {
                b' ' => matches!(next, b'!'..=b'~'),
                b'-' => next != b'-' && next < 0x7f,
                0xcc.. => return at.saturating_sub(1),
                other => PLAIN[usize::from(*other)],
            };
            if !plain {
                return at;
            }
        }
        bytes.len()
    }

    proptest::proptest! {
        #[test]
        fn plain_runs_are_as_long_however_many_bytes_are_asked(
            text in "[a-z., ]{0,20}([a-zA-Z0-9.,'] ?|[-\"` \n\u{300}é“]){0,40}",
        ) {
            proptest::prop_assert_eq!(plain_run(text.as_bytes()), slow_run(text.as_bytes()));
        }

        #[test]
        fn any_stretch_is_a_stretch_of_the_text(text in "(\\PC|[ \n'\"…-]|[\u{300}-\u{303}ㄱ-각]){0,60}") {
            let article = fixture::Text::new(&[&text, "Second."]);
            let prose = article.prose();
            let ends: Vec<usize> = (0..=prose.text().len()).filter(|&i| prose.text().is_char_boundary(i)).collect();
            for (i, &start) in ends.iter().enumerate() {
                for &end in &ends[i..] {
                    let range = prose.to_source(&(start..end));
                    proptest::prop_assert!(prose.source().get(range.indices()).is_some());
                    proptest::prop_assert!(prose.text().get(prose.spelt(range)).is_some());
                }
            }
        }
    }
}
