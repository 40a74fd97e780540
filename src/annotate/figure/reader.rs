//! A sentence's tokens as the other parts ask for them.

use super::lexicon::{Lexicon, Word, class};
use crate::annotate::token::{Kind, Shape, Token};

/// One sentence: the tokens `lo..hi` of the text.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) lexicon: &'static Lexicon,
    pub(super) lo: usize,
    pub(super) hi: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn token(&self, at: usize) -> Option<&'t Token> {
        self.tokens
            .get(at)
            .filter(|_| at >= self.lo && at < self.hi)
    }

    pub(super) fn spelling(&self, at: usize) -> &'t str {
        self.token(at).map_or("", |t| t.of(self.text))
    }

    pub(super) fn word(&self, at: usize) -> Option<&'static Word> {
        self.lexicon.word(self.token(at)?)
    }

    pub(super) fn class(&self, at: usize, class: u32) -> bool {
        self.word(at).is_some_and(|w| w.classes & class != 0)
    }

    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|t| t.is_word(self.text, word))
    }

    /// Whether a token is this mark, in whatever make.
    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|t| t.is_mark(mark))
    }

    /// Whether a token touches the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::glued)
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.token(at).map(|t| t.kind)
    }

    pub(super) fn capitalised(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::capitalised)
    }

    pub(super) fn all_caps(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.shape.has(Shape::ALL_CAPS))
    }

    /// The token before `at` in the sentence.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|b| *b >= self.lo)
    }

    pub(super) fn is_determiner(&self, at: usize) -> bool {
        const WORDS: [&str; 13] = [
            "the", "its", "their", "his", "her", "our", "these", "those", "all", "my", "your",
            "this", "that",
        ];
        let spelling = self.spelling(at);
        self.class(at, class::STOP) && WORDS.iter().any(|w| spelling.eq_ignore_ascii_case(w))
    }
}
