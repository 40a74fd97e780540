//! The document as the recogniser reads it: tags of capitalised words, sentences and their style.

use std::ops::Range;

use super::lexicon::{LEXICON, Lexicon, Tags};
use crate::annotate::sentence::Sentence;
use crate::annotate::token::{Kind, Shape, Token};

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Names alone have them.
    Prose,
    /// Most words have them: a headline in title case.
    Title,
    /// All letters are capital.
    Capitals,
}

/// A sentence in tokens.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Indices of tokens.
    pub(super) range: Range<usize>,
    /// Where its names may begin, as indices into [`Page::starts`].
    pub(super) starts: Range<usize>,
    pub(super) style: Style,
    /// First sentence of its block.
    pub(super) opens_block: bool,
}

/// A document.
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) sentences: Vec<Line>,
    /// Tokens that may begin a name: capitalised words and Arabic articles.
    pub(super) starts: Vec<u32>,
    /// Tags of capitalised words; none for other tokens.
    tags: Vec<Tags>,
    /// Tokens others have claimed; empty when there are none.
    claimed: Vec<bool>,
    /// A filter of the keys that occur in lower case.
    lower: Vec<u64>,
    lexicon: &'static Lexicon,
}

impl<'t> Page<'t> {
    pub(super) fn read(
        text: &'t str,
        tokens: &'t [Token],
        sentences: &[Sentence],
        taken: &[Range<u32>],
    ) -> Page<'t> {
        let lexicon = &*LEXICON;
        let mut lower = vec![0u64; tokens.len().next_power_of_two().clamp(64, 1 << 16)];
        let bits = lower.len() as u32 * 64 - 1;
        let mut tags = vec![Tags::default(); tokens.len()];
        let mut starts = Vec::with_capacity(tokens.len() / 6);
        for (at, (token, tags)) in tokens.iter().zip(&mut tags).enumerate() {
            if token.capitalised() {
                starts.push(at as u32);
                *tags = lexicon.of(token, text);
                if *tags == Tags::default() && token.end - token.start > 4 {
                    *tags = lexicon.plural(token, text);
                }
            } else if token.kind == Kind::Word {
                for bit in filter_bits(token.key, bits) {
                    if let Some(word) = lower.get_mut((bit / 64) as usize) {
                        *word |= 1 << (bit % 64);
                    }
                }
                if token.end == token.start + 2 && is_article(token.of(text)) {
                    starts.push(at as u32);
                }
            }
        }
        let claimed = claimed(tokens, taken);
        let mut page = Page {
            text,
            tokens,
            sentences: Vec::with_capacity(sentences.len()),
            starts,
            tags,
            claimed,
            lower,
            lexicon,
        };
        let (mut at, mut first, mut block) = (0, 0, None);
        for sentence in sentences {
            let before = |end: u32| move |t: &Token| t.start < end;
            let ahead = |at: usize| tokens.get(at..).unwrap_or_default();
            let from = at + ahead(at).partition_point(before(sentence.range.start));
            at = from + ahead(from).partition_point(before(sentence.range.end));
            let later = |n: usize| page.starts.get(n..).unwrap_or_default();
            let opens = first + later(first).partition_point(|&s| (s as usize) < from);
            first = opens + later(opens).partition_point(|&s| (s as usize) < at);
            let style = page.style(from..at, first - opens);
            let opens_block = block != Some(sentence.block);
            block = Some(sentence.block);
            page.sentences.push(Line {
                range: from..at,
                starts: opens..first,
                style,
                opens_block,
            });
        }
        page
    }

    /// How the words of a sentence are capitalised, `capitals` of them or a few less.
    fn style(&self, range: Range<usize>, capitals: usize) -> Style {
        if capitals * 3 < range.len() {
            return Style::Prose;
        }
        let (mut words, mut capital, mut all, mut content, mut low_content) = (0, 0, 0, 0, 0);
        for token in self.tokens.get(range.clone()).unwrap_or_default() {
            if token.kind != Kind::Word || token.end - token.start < 2 {
                continue;
            }
            words += 1;
            all += usize::from(token.shape.has(Shape::ALL_CAPS));
            if token.capitalised() {
                capital += 1;
                content += 1;
            } else if token.end - token.start > 3 {
                content += 1;
                low_content += 1;
            }
        }
        if words >= 3 && all * 10 >= words * 8 {
            return Style::Capitals;
        }
        let stop = range.end.checked_sub(1).is_some_and(|i| self.is(i, b'.'));
        let headline =
            words >= 4 && capital * 3 >= words * 2 && low_content * 5 <= content && !stop;
        if headline { Style::Title } else { Style::Prose }
    }

    /// Whether the text is no more than a sentence or two.
    pub(super) fn fragment(&self) -> bool {
        self.sentences.len() <= 2
    }

    /// The token at `at`.
    pub(super) fn token(&self, at: usize) -> Option<&'t Token> {
        self.tokens.get(at)
    }

    /// Its spelling; empty beyond the end.
    pub(super) fn spelling(&self, at: usize) -> &'t str {
        self.token(at).map_or("", |t| t.of(self.text))
    }

    /// Tags of a capitalised word; none for any other token.
    pub(super) fn tags(&self, at: usize) -> Tags {
        self.tags.get(at).copied().unwrap_or_default()
    }

    /// Tags of any word, whatever its case.
    pub(super) fn word_tags(&self, at: usize) -> Tags {
        match self.token(at) {
            Some(t) if t.capitalised() => self.tags(at),
            Some(t) if t.kind == Kind::Word => self.lexicon.tags(t.key),
            _ => Tags::default(),
        }
    }

    /// Tags of a lower-case word; none for any other token.
    pub(super) fn low_tags(&self, at: usize) -> Tags {
        match self.token(at) {
            Some(t) if t.kind == Kind::Word && !t.capitalised() => self.lexicon.tags(t.key),
            _ => Tags::default(),
        }
    }

    /// Whether the token is the ASCII mark `mark`, or its typographic variants.
    pub(super) fn is(&self, at: usize, mark: u8) -> bool {
        self.token(at).is_some_and(|t| {
            t.end == t.start + 1 && self.text.as_bytes().get(t.start as usize) == Some(&mark)
        })
    }

    /// Whether the token is this lower-case word.
    pub(super) fn word(&self, at: usize, word: &str) -> bool {
        self.spelling(at) == word
    }

    /// Whether the token is one of these words, in lower case.
    pub(super) fn one_of(&self, at: usize, words: &[&str]) -> bool {
        match self.token(at) {
            Some(t) if t.kind == Kind::Word && !t.capitalised() => {
                let spelling = t.of(self.text);
                words.contains(&spelling)
            }
            _ => false,
        }
    }

    /// Whether the token is `'s` or a lone apostrophe.
    pub(super) fn possessive(&self, at: usize) -> bool {
        matches!(self.spelling(at), "'s" | "’s" | "'S" | "’S")
            || (matches!(self.spelling(at), "'" | "’")
                && self.token(at).is_some_and(Token::glued)
                && self.spelling(at.wrapping_sub(1)).ends_with('s'))
    }

    /// A lower-case Arabic article, which may begin a name.
    pub(super) fn article(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|t| t.end == t.start + 2 && is_article(t.of(self.text)))
    }

    /// How many tokens the possessive at `at` takes: none, one, or two where text is spaced out
    /// (`Acme 's`, `workers ' union`).
    pub(super) fn owner(&self, at: usize) -> usize {
        if self.possessive(at) {
            return 1;
        }
        let mark = matches!(self.spelling(at), "'" | "’") && !self.glued(at);
        match mark {
            true if self.glued(at + 1) && self.word(at + 1, "s") => 2,
            true if !self.glued(at + 1) && self.spelling(at.wrapping_sub(1)).ends_with('s') => 1,
            _ => 0,
        }
    }

    pub(super) fn capitalised(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|t| t.capitalised() && t.kind == Kind::Word)
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::glued)
    }

    pub(super) fn all_caps(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.shape.has(Shape::ALL_CAPS))
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.kind == Kind::Number)
    }

    /// A single capital letter: an initial.
    pub(super) fn initial(&self, at: usize) -> bool {
        self.capitalised(at) && self.spelling(at).chars().count() == 1
    }

    pub(super) fn claimed(&self, at: usize) -> bool {
        self.claimed.get(at).copied().unwrap_or(false)
    }

    /// Whether the word also occurs in lower case (rarely true of a word that does not).
    pub(super) fn occurs_low(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else {
            return false;
        };
        filter_bits(token.key, self.lower.len() as u32 * 64 - 1)
            .iter()
            .all(|bit| {
                self.lower
                    .get((bit / 64) as usize)
                    .is_some_and(|w| w & (1 << (bit % 64)) != 0)
            })
    }

    /// The phrase of the lists that begins at `at`, within `end`.
    pub(super) fn phrase(&self, at: usize, end: usize) -> Option<(usize, Tags)> {
        let tags = if self.capitalised(at) {
            self.tags(at)
        } else {
            self.low_tags(at)
        };
        if !tags.any(Tags::PHRASE) {
            return None;
        }
        let tokens = self.tokens.get(at..end)?;
        self.lexicon.phrase(tags, tokens, self.text)
    }

    /// The endings of family names.
    pub(super) fn lexicon(&self) -> &'static Lexicon {
        self.lexicon
    }
}

/// The two bits of a key in the filter of lower-case words.
fn filter_bits(key: u32, mask: u32) -> [u32; 2] {
    [key & mask, (key.wrapping_mul(0x85eb_ca6b) >> 11) & mask]
}

fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ul")
}

/// Which tokens overlap a range of `taken`.
fn claimed(tokens: &[Token], taken: &[Range<u32>]) -> Vec<bool> {
    if taken.is_empty() {
        return Vec::new();
    }
    let mut ranges: Vec<Range<u32>> = taken.iter().filter(|r| r.start < r.end).cloned().collect();
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut reach = 0;
    let mut gap_from = 0;
    let mut next = ranges.iter().peekable();
    tokens
        .iter()
        .map(|token| {
            // A range between two tokens parts them: the second stands for it.
            let mut parted = false;
            while let Some(range) = next.next_if(|r| r.start < token.end) {
                reach = reach.max(range.end);
                parted |= range.start >= gap_from && range.end <= token.start;
            }
            gap_from = token.end;
            parted || reach > token.start
        })
        .collect()
}
