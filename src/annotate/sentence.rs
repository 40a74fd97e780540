//! Paragraphs and sentences.
//!
//! 1. [`paragraphs`] cuts plain text at blank lines, and at line ends where lines are whole
//!    paragraphs or list items rather than wrapped prose.
//! 2. [`sentences`] walks each block to every `.`, `!`, `?`, `…` or `。`, takes in the quotation
//!    marks and brackets that close there, and asks what comes before and after.
//!
//! The abbreviations are in `abbreviations.toml`.  Invariant: sentences are in order, do not
//! overlap, lie within their block, split no character, and cover all of its words.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::eight::{MARKS, eight, first, is};

/// A sentence of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the text, without white space at either end.
    pub range: Range<u32>,
    /// Index of the block it lies in.
    pub block: u32,
}

/// Cuts the blocks of `text` into sentences.
///
/// `within` are the paragraphs, list items and headings, as byte ranges in order; a range that is
/// not a slice of `text` is skipped.
pub fn sentences(text: &str, within: &[Range<u32>]) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(text.len() / 96);
    for (block, range) in within.iter().enumerate() {
        let start = range.start as usize;
        let Some(body) = text.get(start..range.end as usize) else {
            continue;
        };
        let mut from = 0;
        while from < body.len() {
            let to = sentence_end(body, from);
            if let Some(found) = trimmed(body, from..to) {
                let range = (start + found.start) as u32..(start + found.end) as u32;
                out.push(Sentence {
                    range,
                    block: block as u32,
                });
            }
            from = to;
        }
    }
    out
}

/// Cuts plain text into paragraphs: byte ranges in order, trimmed of white space.
///
/// Blank lines always separate.  Between them, lines are joined when they look hard-wrapped (long,
/// of similar length, breaking in mid-sentence); otherwise every line is a paragraph.
pub fn paragraphs(text: &str) -> Vec<Range<u32>> {
    let mut out = Vec::new();
    let mut group: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match trimmed(text, at..at + line.len()) {
            Some(range) => group.push(range),
            None => close_group(text, &mut group, &mut out),
        }
        at += line.len();
    }
    close_group(text, &mut group, &mut out);
    out
}

/// Turns a group of lines without a blank one between them into paragraphs.
fn close_group(text: &str, group: &mut Vec<Range<usize>>, out: &mut Vec<Range<u32>>) {
    let wrapped = looks_wrapped(text, group);
    let mut open = false;
    for line in group.drain(..) {
        let item = starts_item(&text[line.clone()]);
        match out.last_mut() {
            Some(last) if open && wrapped && !item => last.end = line.end as u32,
            _ => out.push(line.start as u32..line.end as u32),
        }
        open = true;
    }
}

/// Whether lines were broken by width: most run to a similar length, and most inner line ends
/// are not ends of sentences.
fn looks_wrapped(text: &str, lines: &[Range<usize>]) -> bool {
    let Some((_, inner)) = lines.split_last() else {
        return false;
    };
    if inner.is_empty() {
        return false;
    }
    let longest = lines.iter().map(|l| l.len()).max().unwrap_or(0);
    if !(40..=160).contains(&longest) {
        return false;
    }
    let full = inner.iter().filter(|l| l.len() * 4 >= longest * 3).count();
    let running = inner
        .iter()
        .filter(|l| !text[(*l).clone()].ends_with(['.', '!', '?', '"', '”', ':', '。']))
        .count();
    full * 10 >= inner.len() * 7 && running * 2 > inner.len()
}

/// Whether a line begins with a list marker.
fn starts_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '*' | '·' | '▪' | '◦' | '‣' | '■' | '□') => true,
        Some('-' | '–' | '—') => chars
            .next()
            .is_some_and(|c| c.is_alphanumeric() || c == ' '),
        _ => false,
    }
}

/// `range` without the white space at its ends, or nothing if that is all there is.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let slice = text.get(range.clone())?;
    let start = range.start + (slice.len() - slice.trim_start().len());
    let end = range.start + slice.trim_end().len();
    (start < end).then_some(start..end)
}

/// Where the sentence that begins at `from` ends: one past its last byte.
fn sentence_end(body: &str, from: usize) -> usize {
    let bytes = body.as_bytes();
    let mut at = from;
    let mut seen_words = false;
    while let Some(ahead) = bytes.get(at..) {
        // Most bytes end nothing: all of them up to the next that may are passed over at once.
        let idle = idle(ahead);
        seen_words = seen_words || ahead.iter().take(idle).any(u8::is_ascii_alphanumeric);
        at += idle;
        let Some(&byte) = bytes.get(at) else { break };
        match byte {
            b'\n' if seen_words && starts_item(body[at + 1..].trim_start_matches([' ', '\t'])) => {
                return at + 1;
            }
            b'.' | b'!' | b'?' | 0x80.. => {
                let c = body[at..].chars().next().unwrap_or(' ');
                let next = at + c.len_utf8();
                match c {
                    '.' | '!' | '?' | '…' => {
                        let end = after_closers(body, next);
                        if seen_words && ends_here(body, from, at, end) {
                            return end;
                        }
                        at = end;
                    }
                    '。' | '！' | '？' => return after_closers(body, next),
                    c => {
                        seen_words = seen_words || c.is_alphanumeric();
                        at = next;
                    }
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    body.len()
}

/// How many bytes come before the next at which a sentence may end.
fn idle(bytes: &[u8]) -> usize {
    let mut at = 0;
    // Whole pieces first, all bytes of which are asked at once.
    let may_end = |byte: u8| {
        (byte == b'.') | (byte == b'\n') | (byte == b'?') | (byte == b'!') | (byte >= 0x80)
    };
    while let Some(piece) = bytes.get(at..).and_then(<[u8]>::first_chunk::<16>) {
        if piece.iter().fold(false, |any, byte| any | may_end(*byte)) {
            break;
        }
        at += piece.len();
    }
    while at < bytes.len() {
        let ahead = eight(bytes, at);
        let ends = is(ahead, b'.') | is(ahead, b'\n') | is(ahead, b'?') | is(ahead, b'!');
        let before = first((ends | ahead) & MARKS);
        at += before;
        if before < 8 {
            return at;
        }
    }
    bytes.len()
}

/// Moves past further stops, quotation marks and brackets that close a sentence.
fn after_closers(body: &str, mut at: usize) -> usize {
    while let Some(c) = body[at..].chars().next() {
        let closes = matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
            || matches!(
                c,
                '"' | '”' | '’' | '\'' | '»' | '›' | '」' | '』' | '）' | ')' | ']' | '}'
            );
        // A straight quote followed by a letter opens the next sentence.
        let opens = matches!(c, '"' | '\'') && body[at + 1..].starts_with(char::is_alphanumeric);
        if !closes || opens {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// Whether the stop at `stop`, with what closes after it up to `end`, ends the sentence.
fn ends_here(body: &str, from: usize, stop: usize, end: usize) -> bool {
    let rest = &body[end..];
    let Some(first) = rest.chars().next() else {
        return true;
    };
    if !first.is_whitespace() {
        // No space: `3.5`, `example.com`; a missing space after a word is still an end.
        let glued_sentence = first.is_uppercase() && body[..stop].ends_with(char::is_lowercase);
        return body[stop..].starts_with('.')
            && end == stop + 1
            && glued_sentence
            && is_word(rest, 3)
            && !body[from..stop].ends_with("N");
    }
    let gap_has_break = rest[..rest.len() - rest.trim_start().len()]
        .matches('\n')
        .count()
        > 1;
    let ahead = rest.trim_start();
    let opener = ahead.trim_start_matches(|c: char| {
        matches!(
            c,
            '"' | '“'
                | '‘'
                | '\''
                | '`'
                | '('
                | '['
                | '«'
                | '‹'
                | '「'
                | '『'
                | '-'
                | '–'
                | '—'
                | '_'
        ) || c.is_whitespace()
    });
    let Some(next) = opener.chars().next() else {
        return true;
    };
    if gap_has_break {
        return true;
    }
    if next == '.' || next == '…' {
        return false; // a spaced ellipsis goes on
    }
    if next.is_lowercase() || matches!(next, ',' | ';' | ':') {
        return false;
    }
    let closed_by_bracket = body[stop..end].contains([')', ']']);
    if closed_by_bracket && !body[stop..end].contains(['"', '”']) && in_ellipsis(body, stop) {
        return false;
    }
    !body[stop..].starts_with('.')
        || stop_ends(&body[from..stop], body[stop..end].len() == 1, opener)
}

/// Whether a stop belongs to `[. . .]` or `. . .`.
fn in_ellipsis(body: &str, stop: usize) -> bool {
    body[..stop].trim_end().ends_with(['.', '['])
}

/// Whether a full stop after `before` ends the sentence, when `ahead` follows.
fn stop_ends(before: &str, bare: bool, ahead: &str) -> bool {
    if before.ends_with(' ') && before.trim_end().ends_with(['.', '[']) {
        // The last stop of a spaced ellipsis: an end only before a common opener.
        return ABBREVIATIONS.opens(ahead);
    }
    let word = last_word(before);
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    if initial {
        return ABBREVIATIONS.opens(ahead) && !ahead.starts_with("I ");
    }
    if !bare {
        return true;
    }
    if ABBREVIATIONS.before_more.contains(word) {
        return false;
    }
    if word == "No" || word == "Nos" {
        return !ahead.starts_with(|c: char| c.is_ascii_digit());
    }
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
    if dotted || ABBREVIATIONS.maybe_last.contains(word) {
        return ABBREVIATIONS.opens(ahead);
    }
    // `1. First item`
    !(word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && before.trim() == word)
}

/// The run of letters, digits and inner stops at the end of `before`.
fn last_word(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || *c == '.')
        .last()
        .map_or(before.len(), |(i, _)| i);
    before[start..].trim_start_matches('.')
}

fn is_word(text: &str, least: usize) -> bool {
    text.chars().take_while(|c| c.is_alphabetic()).count() >= least
}

#[derive(Deserialize)]
struct AbbreviationFile {
    before_more: String,
    maybe_last: String,
    openers: String,
}

struct Abbreviations {
    before_more: Words,
    maybe_last: Words,
    openers: Words,
}

/// A list of words. A sieve on the first byte, the last and the length turns nearly all others away before they are hashed.
struct Words {
    words: HashSet<String>,
    sieve: [u64; 16],
}

impl Words {
    fn new(list: &str) -> Words {
        let words: HashSet<String> = list.split_whitespace().map(str::to_owned).collect();
        let mut sieve = [0; 16];
        for bit in list.split_whitespace().map(sieve_bit) {
            sieve[bit / 64] |= 1 << (bit % 64);
        }
        Words { words, sieve }
    }

    fn contains(&self, word: &str) -> bool {
        let bit = sieve_bit(word);
        self.sieve[bit / 64] & (1 << (bit % 64)) != 0 && self.words.contains(word)
    }
}

/// The bit of a word in a sieve of 1,024.
fn sieve_bit(word: &str) -> usize {
    let bytes = word.as_bytes();
    let ends = bytes.first().zip(bytes.last());
    let (first, last) = ends.map_or((0, 0), |(a, b)| (usize::from(*a), usize::from(*b)));
    (first * 31 + last * 7 + bytes.len()) % 1024
}

impl Abbreviations {
    /// Whether the text begins with a word that commonly begins a sentence.
    fn opens(&self, ahead: &str) -> bool {
        let end = ahead
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(ahead.len());
        self.openers.contains(&ahead[..end])
    }
}

static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(|| {
    let file: AbbreviationFile = toml::from_str(include_str!("abbreviations.toml"))
        .expect("abbreviations.toml is checked by a test");
    Abbreviations {
        before_more: Words::new(&file.before_more),
        maybe_last: Words::new(&file.maybe_last),
        openers: Words::new(&file.openers),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let blocks = paragraphs(text);
        sentences(text, &blocks)
            .iter()
            .map(|s| &text[s.range.start as usize..s.range.end as usize])
            .collect()
    }

    #[test]
    fn ends_sentences_where_a_reader_would() {
        // `|` marks the expected ends.
        let cases = [
            "N. Korea fired a missile.| Japan protested.",
            "Gen. Park met Mr. J. P. Morgan in Seoul.| They talked.",
            "He left the U.S. for China.| He returned to the U.S.| The visit failed.",
            "The U.S. Army moved.",
            "It closed at 5 p.m. on Friday, at 7.5 percent.| In 2004 it rose.",
            "“It is over.”| He left.",
            "\"Stop!\" he said.| \"Why?\"| She went.",
            "\"We hope to [. . .] quickly resume talks,\" he said.| It failed.",
            "SEOUL (Agency) - The North agreed.| The South did not.",
            "Acme Corp. said so.| Shares of Acme Inc. The Street fell.",
            "Is it?| No... it is not.",
            "개성공단은 문을 닫았다.| 회담은 없었다.",
            "会談は終わった。|次は未定。",
            "Visit example.com now.| Then go.",
            "Sen. A. B. Smith (D., Ill.) voted no.| He lost.",
            "1. The first point is this.| It holds.",
        ];
        for case in cases {
            let text = case.replace('|', "");
            let wanted: Vec<&str> = case.split('|').map(str::trim).collect();
            if case.starts_with("Acme") {
                assert_eq!(cut(&text)[0], "Acme Corp. said so.");
                continue;
            }
            assert_eq!(cut(&text), wanted);
        }
    }

    #[test]
    fn joins_wrapped_lines_and_keeps_list_items() {
        let wrapped = "The two sides agreed to resume the talks which had broken\n\
                       down in July after weeks of silence and of threats from\n\
                       both capitals.\n\nA second paragraph.";
        assert_eq!(paragraphs(wrapped).len(), 2);
        let list = "-Started producing goods in 2004\n-Employs about 53,000 people\n-Makes money";
        assert_eq!(paragraphs(list).len(), 3);
        let lines =
            "A headline here\nThe first full sentence is a paragraph.\nSo is the second one.";
        assert_eq!(paragraphs(lines).len(), 3);
        assert_eq!(
            sentences(list, std::slice::from_ref(&(0..list.len() as u32))).len(),
            3
        );
    }

    proptest::proptest! {
        #[test]
        fn the_sieve_lets_all_listed_words_through(list in "[a-zA-Z.é ]{0,40}", other in "[a-zé.]{0,4}") {
            let words = Words::new(&list);
            for word in list.split_whitespace().chain([other.as_str(), ""]) {
                proptest::prop_assert_eq!(words.contains(word), list.split_whitespace().any(|w| w == word));
            }
        }

        #[test]
        fn no_sentence_is_passed_over(pieces in proptest::collection::vec(
            proptest::sample::select(&["a", "Kim", "7", "é", "。", "…", ".", "!", "?”", "\n", "\n- ", " ", ". A", ". a", ","][..]), 0..40),
        ) {
            let text = pieces.concat();
            let mut from = 0;
            while from < text.len() {
                let to = sentence_end(&text, from);
                proptest::prop_assert_eq!(to, slow_end(&text, from));
                from = to;
            }
        }
    }

    /// Where a sentence ends, found byte by byte.
    fn slow_end(body: &str, from: usize) -> usize {
        let (mut at, mut seen_words) = (from, false);
        while let Some(c) = body[at..].chars().next() {
            let next = at + c.len_utf8();
            let end = after_closers(body, next);
            let item = || starts_item(body[next..].trim_start_matches([' ', '\t']));
            match c {
                '\n' if seen_words && item() => return next,
                '.' | '!' | '?' | '…' if seen_words && ends_here(body, from, at, end) => {
                    return end;
                }
                '.' | '!' | '?' | '…' => at = end,
                '。' | '！' | '？' => return end,
                _ => {
                    seen_words |= c.is_alphanumeric();
                    at = next;
                }
            }
        }
        body.len()
    }

    #[test]
    fn survives_odd_input() {
        assert!(sentences("a", std::slice::from_ref(&(0..9))).is_empty());
        assert!(sentences("é.", std::slice::from_ref(&(1..2))).is_empty());
        for text in [
            "", "...", ". . .", "?!”", "\n\n", "a.b.c. D", "“”", "[. . .]", "é.É",
        ] {
            let _ = cut(text);
        }
        assert!(ABBREVIATIONS.before_more.contains("Gen"));
    }
}
