//! The tense that governs a bare weekday or month, from words around it.
//!
//! No tagger: the nearest cue to the left in the sentence decides, then the nearest to the right.
//! An infinitive (`to hold`) takes the side of the verb it hangs on: after `agreed` it lies ahead,
//! after `began` behind, and alone, as in headlines, ahead.

use std::ops::Range;

use super::lexicon::Class;
use super::number::Reader;
use crate::annotate::token::{Kind, Shape};

/// Which way the verb points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// It has happened.
    Past,
    /// It is so.
    Present,
    /// It lies ahead.
    Future,
    /// No verb tells.
    Unknown,
}

/// How far a cue may be, in tokens.
const REACH: usize = 40;

/// The tense at an expression (a range of tokens) within its sentence (another).
pub(super) fn tense(reader: &Reader<'_>, sentence: &Range<usize>, at: &Range<usize>) -> Tense {
    let before = at.start.checked_sub(1).filter(|i| *i >= sentence.start);
    let eve = before.filter(|i| *i > sentence.start && reader.is(*i - 1, Class::Eve));
    if eve.is_some_and(|i| reader.spelling(i).eq_ignore_ascii_case("of")) {
        return Tense::Future; // ahead of Tuesday's vote
    }
    if matches!(reader.spelling(at.end), "'s" | "’s") {
        // `Wednesday's ruling`, but `will vote in Sunday's election`
        let ahead = reader.is(at.end + 1, Class::Ahead)
            && leftward(reader, sentence.start, at.start) == Tense::Future;
        return if ahead { Tense::Future } else { Tense::Unknown };
    }
    if let Some(i) = before {
        if reader.is(i, Class::Det) {
            // `the Nov. 1 deadline` or `the Sept. 11 attacks`
            let noun = reader
                .tokens
                .get(at.end)
                .is_some_and(|t| t.kind == Kind::Word && !t.capitalised());
            let open = !noun || reader.is(at.end, Class::Ahead) || reader.is(at.end, Class::Due);
            return if open { Tense::Unknown } else { Tense::Past };
        }
        if reader.is(i, Class::Since) {
            return Tense::Past;
        }
        if i > sentence.start && reader.is(i - 1, Class::Soonest) {
            return Tense::Future; // as soon as Tuesday
        }
        if reader.is(i, Class::Until) {
            return until(reader, sentence, at, i);
        }
        if reader.spelling(i).eq_ignore_ascii_case("through") && looks_ahead(reader, sentence, i) {
            return Tense::Future; // extended through January
        }
    }
    let left = leftward(reader, sentence.start, at.start);
    if left != Tense::Unknown {
        return left;
    }
    rightward(reader, at.end, sentence.end)
}

/// `postponed until Friday` looks ahead, `lasted until Friday` back, as does `no sign until Friday`;
/// at the head of a clause what follows decides.
fn until(reader: &Reader<'_>, sentence: &Range<usize>, at: &Range<usize>, until: usize) -> Tense {
    let opens_clause = until == sentence.start || reader.is_mark(until - 1, ',');
    if opens_clause {
        return rightward(reader, at.end, sentence.end);
    }
    if is_infinitive(reader, at.end) {
        return Tense::Future; // until Tuesday to sign
    }
    let forward = looks_ahead(reader, sentence, until);
    // A sentence may be as long as the text.
    let from = until.saturating_sub(3 * REACH).max(sentence.start);
    let denied = (from..until).any(|i| reader.is(i, Class::Not));
    match leftward(reader, sentence.start, until) {
        Tense::Past if denied || !forward => Tense::Past,
        _ => Tense::Future,
    }
}

/// Whether a verb that looks ahead stands near before a token.
fn looks_ahead(reader: &Reader<'_>, sentence: &Range<usize>, before: usize) -> bool {
    let near = before.saturating_sub(8).max(sentence.start);
    (near..before).any(|i| reader.is(i, Class::Forward))
}

/// Whether what begins at a token is past for certain: near a past verb, on either side, or after `since`.
pub(super) fn lies_behind(reader: &Reader<'_>, sentence: &Range<usize>, at: usize) -> bool {
    const NEAR: usize = 9;
    let start = at.saturating_sub(NEAR).max(sentence.start);
    let since = at > start && reader.is(at - 1, Class::Since);
    let end = sentence.end.min(at + NEAR);
    since || (start..end).any(|i| cue(reader, i) == Tense::Past)
}

/// The nearest cue before `end`.
fn leftward(reader: &Reader<'_>, start: usize, end: usize) -> Tense {
    let start = start.max(end.saturating_sub(REACH));
    for i in (start..end).rev() {
        if is_quote(reader, i) && i + 1 < end {
            return Tense::Unknown;
        }
        if reader.is(i, Class::Due) && !reader.tokens[i].capitalised() {
            return if after_had(reader, start, i) {
                Tense::Past
            } else {
                Tense::Future
            };
        }
        if is_planned(reader, start, i, end) {
            return Tense::Future;
        }
        if is_infinitive(reader, i) {
            return matrix(reader, start, i);
        }
        let found = cue(reader, i);
        if found != Tense::Unknown {
            return found;
        }
    }
    Tense::Unknown
}

/// The nearest cue from `start` on.
fn rightward(reader: &Reader<'_>, start: usize, end: usize) -> Tense {
    for i in start..end.min(start + REACH) {
        if is_quote(reader, i) {
            return Tense::Unknown;
        }
        if is_infinitive(reader, i) && i < start + 2 {
            return Tense::Future;
        }
        let found = cue(reader, i);
        if found != Tense::Unknown {
            return found;
        }
    }
    Tense::Unknown
}

/// `is expected in December`, `the launch planned for March`.
fn is_planned(reader: &Reader<'_>, start: usize, at: usize, end: usize) -> bool {
    let governed = at + 1 < end && (at + 1..end).all(|i| reader.is(i, Class::Prep));
    let present = at > start && reader.is(at - 1, Class::Is);
    reader.is(at, Class::Fixed) && (present || governed) && !after_had(reader, start, at)
}

/// What an infinitive at `to` hangs on.
fn matrix(reader: &Reader<'_>, start: usize, to: usize) -> Tense {
    let passive = reader.is(to + 1, Class::Be);
    let governed = to > start
        && [Class::Was, Class::Begin]
            .into_iter()
            .any(|c| reader.is(to - 1, c));
    if passive && !governed {
        return Tense::Future; // rules to be published in May
    }
    for i in (start..to).rev() {
        if is_quote(reader, i) {
            break;
        }
        if reader.is(i, Class::Plan) && i == start && reader.tokens[i].capitalised() {
            return Tense::Unknown; // Asked to comment in May, they said …
        }
        if reader.is(i, Class::Plan) || reader.is(i, Class::Due) {
            return if after_had(reader, start, i) {
                Tense::Past
            } else {
                Tense::Future
            };
        }
        if reader.is(i, Class::Begin) {
            return Tense::Past;
        }
        match cue(reader, i) {
            Tense::Unknown => {}
            Tense::Past => return Tense::Past,
            Tense::Present | Tense::Future => return Tense::Future,
        }
    }
    Tense::Future
}

/// What a single word tells.
fn cue(reader: &Reader<'_>, at: usize) -> Tense {
    let word = reader.word(at);
    let classes = reader.lexicon.classes(word);
    if classes & Class::Will.bit() != 0 {
        return Tense::Future;
    }
    if classes & (Class::Was.bit() | Class::Noted.bit()) != 0 {
        return Tense::Past;
    }
    if classes & Class::Past.bit() != 0 {
        return if is_participle(reader, at) {
            Tense::Unknown
        } else {
            Tense::Past
        };
    }
    if reader.spelling(at) == "set" && takes_object(reader, at + 1) {
        return Tense::Past; // set himself on fire
    }
    if classes & Class::Is.bit() != 0 && !is_possessive(reader, at) {
        return Tense::Present;
    }
    if is_past_form(reader, at) && !is_participle(reader, at) {
        Tense::Past
    } else {
        Tense::Unknown
    }
}

/// Whether a verb's object begins at a token.
fn takes_object(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.spelling(at);
    reader.is(at, Class::Det) || word.ends_with("self") || matches!(word, "fire" | "themselves")
}

/// `will be paid`, `an increased dividend`: the tense is told elsewhere.
fn is_participle(reader: &Reader<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    reader.is(before, Class::Be) || reader.is(before, Class::Det)
}

/// Whether `had` stands just before: `had been due`.
fn after_had(reader: &Reader<'_>, start: usize, at: usize) -> bool {
    (at.saturating_sub(5).max(start)..at).any(|i| reader.is(i, Class::Had))
}

/// `'s` after a name is rarely `is`.
fn is_possessive(reader: &Reader<'_>, at: usize) -> bool {
    reader.spelling(at).ends_with('s') && reader.spelling(at).len() <= 4 && reader.glued(at)
}

/// A lower-case word in -ed that is a verb.
fn is_past_form(reader: &Reader<'_>, at: usize) -> bool {
    let Some(token) = reader.tokens.get(at) else {
        return false;
    };
    let spelling = token.of(reader.text);
    token.kind == Kind::Word
        && spelling.len() >= 4
        && spelling.ends_with("ed")
        && !token.capitalised()
        && !reader.is(at, Class::Inert)
}

/// `to` before a verb: not before an article, a name, a number or a preposition.
fn is_infinitive(reader: &Reader<'_>, at: usize) -> bool {
    if !reader.is(at, Class::To) {
        return false;
    }
    let Some(next) = reader.tokens.get(at + 1) else {
        return false;
    };
    next.kind == Kind::Word
        && !next.capitalised()
        && !reader.is(at + 1, Class::Det)
        && !reader.is(at + 1, Class::Noverb)
        && !next.shape.has(Shape::HAS_DIGIT)
        && !next.of(reader.text).ends_with("ing")
}

fn is_quote(reader: &Reader<'_>, at: usize) -> bool {
    reader.is_mark(at, '"') || (reader.is_mark(at, '\'') && reader.is_mark(at + 1, '\''))
}
