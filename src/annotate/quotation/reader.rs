//! A text's tokens as the other parts ask for them.

use std::ops::Range;

use super::indirect::REPORTS;
use super::lexicon::{CLASSES, class};
use super::{Name, NameKind};
use crate::annotate::sentence::Sentence;
use crate::annotate::token::{Kind, Shape, Token, fold, upto};
use crate::annotate::vocabulary::Column;

/// What is looked for all over a text.
const CUES: u32 = class::QUOTE | REPORTS | class::ROLE | class::TITLE;

/// A text with its tokens, sentences and names.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) names: &'t [Name],
    /// The classes of words.
    column: &'static Column<u32>,
    /// The tokens with a class of [`CUES`], in order.
    cues: Vec<u32>,
    /// Tokens of each sentence, and its block.
    sentences: Vec<(Range<u32>, u32)>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(
        text: &'t str,
        tokens: &'t [Token],
        sentences: &[Sentence],
        names: &'t [Name],
    ) -> Reader<'t> {
        let mut at = 0;
        let mut found = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let from = upto(tokens, at, sentence.range.start);
            at = upto(tokens, from, sentence.range.end);
            found.push((from as u32..at as u32, sentence.block));
        }
        let column = &*CLASSES;
        let mut cues = Vec::with_capacity(tokens.len() / 16);
        for (at, token) in (0..).zip(tokens) {
            if column.of(token) & CUES != 0 {
                cues.push(at);
            }
        }
        Reader {
            text,
            tokens,
            names,
            column,
            cues,
            sentences: found,
        }
    }

    /// Where words of some classes stand among some tokens; the classes are among those of [`CUES`].
    pub(super) fn cues(
        &self,
        tokens: Range<usize>,
        classes: u32,
    ) -> impl Iterator<Item = usize> + '_ {
        let first = self
            .cues
            .partition_point(|cue| (*cue as usize) < tokens.start);
        let ahead = self.cues.get(first..).unwrap_or_default();
        let cues = ahead.iter().map(|cue| *cue as usize);
        cues.take_while(move |cue| *cue < tokens.end)
            .filter(move |cue| self.class(*cue, classes))
    }

    /// The tokens and block of each sentence.
    pub(super) fn sentences(&self) -> &[(Range<u32>, u32)] {
        &self.sentences
    }

    /// Index of the sentence that holds a token, or of the last one before it.
    pub(super) fn sentence_of(&self, at: usize) -> usize {
        self.sentences
            .partition_point(|(range, _)| range.start as usize <= at)
            .saturating_sub(1)
    }

    /// The tokens of a sentence.
    pub(super) fn sentence(&self, index: usize) -> Range<usize> {
        self.sentences
            .get(index)
            .map_or(0..0, |(range, _)| range.start as usize..range.end as usize)
    }

    /// The block of a sentence.
    pub(super) fn block(&self, sentence: usize) -> u32 {
        self.sentences
            .get(sentence)
            .map_or(u32::MAX, |(_, block)| *block)
    }

    pub(super) fn token(&self, at: usize) -> Option<&'t Token> {
        self.tokens.get(at)
    }

    pub(super) fn spelling(&self, at: usize) -> &'t str {
        self.token(at).map_or("", |t| t.of(self.text))
    }

    /// The classes of a word; none for marks.
    pub(super) fn classes(&self, at: usize) -> u32 {
        self.token(at).map_or(0, |t| self.column.of(t))
    }

    pub(super) fn class(&self, at: usize, class: u32) -> bool {
        self.classes(at) & class != 0
    }

    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|t| t.is_word(self.text, word))
    }

    /// The ASCII form of a token that is a single mark.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        let token = self
            .token(at)
            .filter(|t| !matches!(t.kind, Kind::Word | Kind::Number) && t.end - t.start <= 3)?;
        token.of(self.text).chars().next().map(fold)
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|t| t.is_mark(mark))
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::glued)
    }

    pub(super) fn is_plain_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| matches!(t.kind, Kind::Word))
    }

    pub(super) fn capitalised(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::capitalised)
    }

    /// A capitalised word that is no day, or the second half of one: `Dong-young`.
    pub(super) fn proper(&self, at: usize) -> bool {
        let second = || {
            at > 1
                && self.glued(at)
                && self.is_mark(at - 1, '-')
                && self.glued(at - 1)
                && self.capitalised(at - 2)
        };
        self.is_plain_word(at) && (self.capitalised(at) && !self.class(at, class::DAY) || second())
    }

    pub(super) fn all_caps(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.shape.has(Shape::ALL_CAPS))
    }

    pub(super) fn possessive(&self, at: usize) -> bool {
        matches!(self.spelling(at), "'s" | "’s")
    }

    /// Bytes of a run of tokens.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<u32> {
        let start = self.token(tokens.start).map_or(0, |t| t.start);
        let last = tokens.end.checked_sub(1).and_then(|at| self.token(at));
        start..last.map_or(start, |t| t.end).max(start)
    }

    /// The names that overlap a range of bytes.
    pub(super) fn names_in(&self, range: &Range<u32>) -> &'t [Name] {
        let from = self.names.partition_point(|n| n.range.end <= range.start);
        let count = self.names[from..]
            .iter()
            .take_while(|n| n.range.start < range.end)
            .count();
        &self.names[from..from + count]
    }

    /// The kind of the name that covers a token.
    pub(super) fn name_kind(&self, at: usize) -> Option<NameKind> {
        let token = self.token(at)?;
        self.names_in(&token.range()).first().map(|n| n.kind)
    }
}
