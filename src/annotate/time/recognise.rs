//! Finds time expressions and what their words say; nothing is resolved here.
//!
//! One walk over the tokens of each sentence: at a token that can begin a pattern the longest match
//! is taken, checked against what stands around it, and skipped over.

use std::ops::Range;

use super::doubt::{doubtful, is_loose, is_rate, is_unusual_year};
use super::language::Language;
use super::lexicon::{Class, Weight};
use super::number::Reader;
use super::pairs::{complete, first_half, keep_supported, second_half};
use super::parts::{Make, Parts};
use super::pattern::Match;
use super::value::Amount;
use crate::annotate::sentence::Sentence;
use crate::annotate::token::{Shape, upto};

/// An expression found, with its underspecified value.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The tokens of its sentence.
    pub sentence: Range<usize>,
    /// How it is read.
    pub make: Make,
    /// What it says.
    pub parts: Parts,
    /// Whether it counts only if the text has other years near its own.
    pub weak: bool,
}

/// All expressions, in order; each hangs on one of the `weighty` tokens.
pub(super) fn recognise(
    language: &Language,
    reader: &Reader<'_>,
    weighty: &[u32],
    sentences: &[Sentence],
) -> Vec<Found> {
    let mut matcher = language.patterns.matcher();
    let (mut best, mut behind) = (Match::default(), Match::default());
    let salient = |at: &u32| is_salient(reader, *at as usize);
    let salients: Vec<u32> = weighty.iter().copied().filter(salient).collect();
    let mut out = Vec::with_capacity(salients.len() / 2);
    let (mut at, mut next) = (0, 0);
    for sentence in sentences {
        // Every expression has a salient token, and most sentences have none.
        let next_salient = salients
            .get(next)
            .and_then(|s| reader.tokens.get(*s as usize));
        if next_salient.is_none_or(|token| token.start >= sentence.range.end) {
            continue;
        }
        at = upto(reader.tokens, at, sentence.range.start);
        let start = at;
        let end = upto(reader.tokens, start, sentence.range.end);
        while at < end {
            // It stands near the start of an expression.
            while salients.get(next).is_some_and(|s| (*s as usize) < at) {
                next += 1;
            }
            let salient = salients.get(next).map(|s| *s as usize);
            let Some(salient) = salient.filter(|s| *s < end) else {
                at = end;
                break;
            };
            // Up to it, every token takes part.
            let mut first = salient;
            while first > at.max(salient.saturating_sub(LEAD))
                && takes_part(language, reader, first - 1)
            {
                first -= 1;
            }
            at = first;
            let digit = reader.tokens[at].shape.has(Shape::HAS_DIGIT);
            let begins = language.patterns.may_begin(reader.word(at), digit);
            if !begins || !matcher.longest(reader, at, end, &mut best) {
                at += 1;
                continue;
            }
            if best.start > at {
                // Words that only give context must not hide a longer expression behind them.
                let reach = best.reach;
                if matcher.longest(reader, best.start, end, &mut behind) && behind.reach > reach {
                    std::mem::swap(&mut best, &mut behind);
                }
            }
            let before = out.len();
            at = accept(language, reader, &(start..end), &best, &mut out).max(at + 1);
            if out.len() > before {
                first_half(reader, &mut out);
                at = second_half(reader, at, end, &mut out);
            }
        }
    }
    keep_supported(&mut out);
    complete(reader, &mut out);
    out
}

/// How many tokens may come before the first salient one.
const LEAD: usize = 12;

fn takes_part(language: &Language, reader: &Reader<'_>, at: usize) -> bool {
    reader.tokens[at].shape.has(Shape::HAS_DIGIT) || language.patterns.takes_part(reader.word(at))
}

/// Whether an expression may hang on a token: a word of time, or a number that may be a year, a
/// date or a clock time by itself.
fn is_salient(reader: &Reader<'_>, at: usize) -> bool {
    if !reader.tokens[at].shape.has(Shape::HAS_DIGIT) {
        // nineteen ninety-seven
        let years = |i| reader.is(i, Class::Card);
        let weight = reader.lexicon.weight(reader.word(at));
        return weight == Weight::Salient || years(at) && years(at + 1);
    }
    let spelling = reader.spelling(at).as_bytes();
    let year = spelling.len() == 4 && spelling.iter().all(u8::is_ascii_digit);
    let decade = matches!(spelling, [b'0'..=b'9', .., b's' | b'm' | b'M']); // or 8am
    let date = spelling.len() >= 8 && spelling.contains(&b'.');
    let sign = |i: usize| matches!(reader.spelling(i), "/" | ":" | "-" | "'" | "’");
    let joined = reader.glued(at + 1) && sign(at + 1) || reader.glued(at) && at > 0 && sign(at - 1);
    year || decade || date || joined
}

/// Checks a match and adds what it found; returns the token to go on from.
fn accept(
    language: &Language,
    reader: &Reader<'_>,
    sentence: &Range<usize>,
    found: &Match,
    out: &mut Vec<Found>,
) -> usize {
    let rule = &language.rules[found.rule];
    if rule.make == Make::Nothing {
        return found.reach;
    }
    let Some(mut parts) = Parts::read(&found.captures) else {
        return 0;
    };
    parts.modifier = parts.modifier.or(rule.phase);
    if let Some(by) = rule.follow {
        parts.step = Some((by, super::parts::From::Earlier));
    }
    parts.ordinal = parts.ordinal.or(rule.ordinal);
    parts.units.extend(rule.unit);
    parts.amount = parts.amount.or(rule.weeks.map(Amount::whole));
    let mut tokens = found.start..found.end;
    if rule.make == Make::Duration && is_loose(reader, sentence, &tokens) {
        tokens.start += 1;
        parts.modifier = None;
    }
    let mut make = rule.make;
    if make == Make::Year {
        parts.amount_is_year();
    }
    if make == Make::Duration && is_rate(reader, sentence, &tokens, &parts) {
        make = Make::Set;
    }
    if doubtful(reader, sentence, &tokens, make, &parts) {
        return 0;
    }
    let weak = make == Make::Year && is_unusual_year(reader, &tokens, &parts);
    out.push(Found {
        weak,
        tokens,
        sentence: sentence.clone(),
        make,
        parts,
    });
    found.end
}
