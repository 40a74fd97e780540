//! The document as the recogniser reads it: tags of capitalised words, sentences and their style.

use std::cell::OnceCell;
use std::ops::Range;

use super::lexicon::{LEXICON, Lexicon, Tags};
use crate::annotate::sentence::Sentence;
use crate::annotate::token::{Kind, Shape, Token, short_key, upto};

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
    /// The keys of words that occur with a capital and in lower case, in order; made when it is asked for.
    low: OnceCell<Vec<u32>>,
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
        let mut tags = vec![Tags::default(); tokens.len()];
        let starts = starts(text, tokens);
        for &at in &starts {
            let at = at as usize;
            let Some((token, tags)) = tokens.get(at).zip(tags.get_mut(at)) else {
                continue;
            };
            if token.capitalised() {
                *tags = lexicon.of(token, text);
                if *tags == Tags::default() && token.end - token.start > 4 {
                    *tags = lexicon.plural(token, text);
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
            low: OnceCell::new(),
            lexicon,
        };
        let (mut at, mut first, mut block) = (0, 0, None);
        for sentence in sentences {
            let from = upto(tokens, at, sentence.range.start);
            at = upto(tokens, from, sentence.range.end);
            // Starts are few in a sentence.
            let upto = |n: usize, end: usize| {
                let later = page.starts.get(n..).unwrap_or_default();
                n + later.iter().take_while(|s| (**s as usize) < end).count()
            };
            let opens = upto(first, from);
            first = upto(opens, at);
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
        if words >= 3 && all * 10 >= words * 8 || words == 2 && all == 2 && range.len() == 2 {
            return Style::Capitals;
        }
        // `Reporting by Ann Low; Editing by Tom Roe`
        let first = range.start + usize::from(self.is(range.start, b'('));
        if self.one_of_any_case(
            first,
            &["reporting", "editing", "writing", "additional", "compiled"],
        ) {
            return Style::Prose;
        }
        // `By Ann Low and Tom Roe`
        let byline = self.one_of_any_case(first, &["by"]) && self.tags(first + 1).any(Tags::GIVEN);
        if byline && words <= 10 {
            return Style::Prose;
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
            Some(t) if t.kind == Kind::Word => self.lexicon.plain(t),
            _ => Tags::default(),
        }
    }

    /// Tags of a lower-case word; none for any other token.
    pub(super) fn low_tags(&self, at: usize) -> Tags {
        match self.token(at) {
            Some(t) if t.kind == Kind::Word && !t.capitalised() => self.lexicon.plain(t),
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

    /// Whether the word also occurs in lower case.
    pub(super) fn occurs_low(&self, at: usize) -> bool {
        let low = || self.low.get_or_init(|| low(self.tokens, &self.starts));
        self.token(at)
            .is_some_and(|t| !t.capitalised() || low().binary_search(&t.key).is_ok())
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

/// The tokens that may begin a name.
fn starts(text: &str, tokens: &[Token]) -> Vec<u32> {
    // As many as there are tokens, so that noting one is no decision.
    let (mut starts, mut count) = (vec![0; tokens.len()], 0);
    for (at, token) in (0..).zip(tokens) {
        if let Some(place) = starts.get_mut(count) {
            *place = at;
        }
        let article = || ARTICLES.contains(&token.key) && is_article(token.of(text));
        count += usize::from(token.capitalised() || article());
    }
    starts.truncate(count);
    starts
}

/// The keys of those of the words at `starts` that are also among the other tokens, and a few of these, in order.
fn low(tokens: &[Token], starts: &[u32]) -> Vec<u32> {
    // Nearly every other token is none of these words: a bit by its key tells that.
    let mut sieve = vec![0_u64; (starts.len() / 4).next_power_of_two().clamp(4, 1 << 14)];
    let mask = sieve.len() - 1;
    let place = |key: u32| (key as usize >> 6 & mask, 1 << (key % 64));
    for token in starts.iter().filter_map(|at| tokens.get(*at as usize)) {
        let (word, bit) = place(token.key);
        if let Some(word) = sieve.get_mut(word) {
            *word |= bit;
        }
    }
    let mut low = Vec::with_capacity(tokens.len() / 4);
    for token in tokens {
        let (word, bit) = place(token.key);
        if !token.capitalised() && sieve.get(word).is_some_and(|word| word & bit != 0) {
            low.push(token.key);
        }
    }
    low.sort_unstable();
    low.dedup();
    low
}

/// The keys of Arabic articles.
const ARTICLES: [u32; 3] = [short_key("al"), short_key("el"), short_key("ul")];

fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ul")
}

/// Which tokens overlap a range of `taken`.
fn claimed(tokens: &[Token], taken: &[Range<u32>]) -> Vec<bool> {
    if taken.is_empty() {
        return Vec::new();
    }
    let mut ranges: Vec<&Range<u32>> = taken.iter().filter(|r| r.start < r.end).collect();
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut claimed = vec![false; tokens.len()];
    let mut at = 0;
    for range in ranges {
        // The first token that ends behind the range's start.
        at = upto(tokens, at, range.start);
        if at
            .checked_sub(1)
            .and_then(|i| tokens.get(i))
            .is_some_and(|t| t.end > range.start)
        {
            at -= 1;
        }
        let own = (at..tokens.len()).zip(claimed.iter_mut().skip(at));
        for (i, claimed) in own {
            // A range between two tokens parts them: the second stands for it.
            let overlaps = tokens.get(i).is_some_and(|t| t.start < range.end);
            if !overlaps && i > at {
                break;
            }
            *claimed = true;
        }
    }
    claimed
}
