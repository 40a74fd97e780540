//! The verb of speech that governs a quotation, and the phrase that is its subject.

use std::ops::Range;

use super::lexicon::class;
use super::phrase::{
    Phrase, across_apposition, all_capital, before_timing, leftwards, may_say, may_speak,
    rightwards,
};
use super::reader::Reader;

/// Who says something, and with which verb.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribution {
    /// Tokens of the verb; none for `according to`.
    pub(super) verb: Option<Range<usize>>,
    pub(super) speaker: Option<Phrase>,
    /// Tokens of all its words, to keep them out of what is said.
    pub(super) tokens: Range<usize>,
}

/// How far a subject may stand from its verb.
const FAR: usize = 28;

/// The attribution that begins right after a quotation: `," said X`, `," X told Y`, `," according to X`.
pub(super) fn after(reader: &Reader<'_>, from: usize, hi: usize) -> Option<Attribution> {
    let hi = hi.min(from + FAR);
    let mut at = from;
    while at < hi && matches!(reader.mark(at), Some(',' | '-')) {
        at += 1;
    }
    if let Some(found) = according(reader, at, hi) {
        return Some(found);
    }
    let first = at;
    while at < hi {
        if matches!(
            reader.mark(at),
            Some('.' | ';' | ':' | '"' | '“' | '?' | '!')
        ) && !abbreviation(reader, at, hi)
        {
            return None;
        }
        let quoted_as = reader.is_word(at + 1, "as") && reader.class(at + 2, class::SAYING);
        if quoted_as && at > first {
            return at_verb(reader, at + 2, first, hi);
        }
        if reader.class(at, class::SAY | class::VOICE)
            && (at == first || verb_here(reader, at, first))
        {
            return at_verb(reader, at, first, hi);
        }
        at += 1;
    }
    None
}

/// Whether a word that may be a verb of speech is one: not after `the` or a preposition.
pub(super) fn verb_here(reader: &Reader<'_>, at: usize, lo: usize) -> bool {
    let spelling = reader.spelling(at);
    let ambiguous = matches!(
        spelling,
        "report"
            | "reports"
            | "state"
            | "states"
            | "call"
            | "calls"
            | "claim"
            | "claims"
            | "demand"
            | "demands"
            | "hints"
            | "hint"
            | "cry"
            | "put"
            | "fire"
            | "comment"
            | "pledge"
            | "pledges"
            | "promise"
            | "promises"
            | "guarantee"
            | "guarantees"
            | "vow"
            | "vows"
            | "praise"
            | "warns"
            | "urge"
            | "point"
            | "voice"
            | "label"
            | "brand"
            | "appeal"
            | "note"
            | "notes"
            | "read"
            | "protest"
            | "protests"
            | "forecast"
            | "joke"
            | "answer"
            | "answers"
            | "estimate"
            | "estimates"
            | "repeat"
            | "caution"
            | "blame"
            | "welcome"
            | "quote"
            | "reply"
            | "go"
            | "goes"
            | "went"
            | "began"
            | "begin"
            | "continue"
            | "continued"
            | "continues"
            | "offer"
            | "offered"
            | "added"
            | "agreed"
            | "agree"
    );
    if reader.capitalised(at) && at > lo {
        return false;
    }
    let Some(before) = at.checked_sub(1).filter(|b| *b >= lo) else {
        return !ambiguous;
    };
    let nominal = reader.class(before, class::DETERMINER) && !reader.class(before, class::PRONOUN)
        || reader.possessive(before)
        || reader.class(before, class::TIE) && !reader.is_word(before, "to")
        || reader.is_mark(before, '-') && reader.glued(before);
    if nominal {
        return reader.is_word(before, "that")
            || reader.is_word(before, "some")
            || reader.is_word(before, "many")
            || reader.is_word(before, "others")
            || reader.is_word(before, "all");
    }
    // A plural noun is told from a verb in -s by what may be its subject.
    let subject = reader.capitalised(before)
        || reader.class(before, class::PRONOUN | class::SPEAKER | class::AUXILIARY)
        || reader.is_mark(before, ',')
        || reader.is_word(before, "to")
        || reader.is_word(before, "and");
    !ambiguous || subject
}

fn abbreviation(reader: &Reader<'_>, at: usize, hi: usize) -> bool {
    reader.is_mark(at, '.')
        && at + 1 < hi
        && at > 0
        && reader.capitalised(at - 1)
        && reader.glued(at)
}

/// `according to X`
pub(super) fn according(reader: &Reader<'_>, at: usize, hi: usize) -> Option<Attribution> {
    if !(reader.is_word(at, "according") && reader.is_word(at + 1, "to")) {
        return None;
    }
    let speaker = named_beside(reader, rightwards(reader, at + 2, hi)?, hi);
    let end = speaker.tokens.end;
    Some(Attribution {
        verb: Some(at..at + 2),
        speaker: Some(speaker),
        tokens: at..end,
    })
}

/// The attribution of a verb after a quotation, its subject on either side.
fn at_verb(reader: &Reader<'_>, verb: usize, first: usize, hi: usize) -> Option<Attribution> {
    let mut from = verb;
    while from > first
        && (reader.class(from - 1, class::AUXILIARY)
            || adverb(reader, from - 1)
            || reader.is_word(from - 1, "as"))
    {
        from -= 1;
    }
    if from == first {
        // `as stated on the website`, `as described by the minister`
        let passive = reader.is_word(first, "as")
            || reader.is_word(from, "was")
            || reader.is_word(from, "were");
        let mut next = verb + 1;
        while next < hi
            && (adverb(reader, next)
                || reader.is_word(next, "later")
                || reader.is_word(next, "recently"))
        {
            next += 1;
        }
        let by = reader.class(next, class::TIE) || reader.is_word(next, "by");
        if passive && by {
            next += 1;
        }
        let speaker = if reader.class(next, class::PRONOUN) {
            Some(Phrase {
                tokens: next..next + 1,
                head: next,
            })
        } else {
            rightwards(reader, next, hi).map(|p| named_beside(reader, p, hi))
        };
        let end = speaker.as_ref().map_or(verb + 1, |p| p.tokens.end);
        speaker.as_ref()?;
        return Some(Attribution {
            verb: Some(verb..verb + 1),
            speaker,
            tokens: first..end,
        });
    }
    let (verb, subject_end) = whole_verb(reader, verb, first);
    let speaker = subject_before(reader, subject_end, first, first)?;
    Some(Attribution {
        verb: Some(verb.clone()),
        speaker: Some(speaker),
        tokens: first..verb.end,
    })
}

/// `the bank's CEO, Ken Lewis`: the name beside a role.
fn named_beside(reader: &Reader<'_>, phrase: Phrase, hi: usize) -> Phrase {
    let comma = phrase.tokens.end;
    let role = reader.class(phrase.head, class::ROLE) && !reader.capitalised(phrase.tokens.end - 1);
    if role
        && reader.is_mark(comma, ',')
        && comma + 1 < hi
        && let Some(name) = rightwards(reader, comma + 1, hi)
        && name.tokens.len() > 1
        && all_capital(reader, &name.tokens)
    {
        return name;
    }
    phrase
}

/// A verb with what belongs to it (`was quoted as saying`, `has said`), and where its subject ends.
pub(super) fn whole_verb(reader: &Reader<'_>, verb: usize, lo: usize) -> (Range<usize>, usize) {
    let mut from = verb;
    if verb >= lo + 2 && reader.is_word(verb - 1, "as") && reader.class(verb - 2, class::SPEECH) {
        from = verb - 2;
    }
    // `went on to say`, `refused to say`
    if from >= lo + 2 && reader.is_word(from - 1, "to") {
        from -= 2;
        if from > lo && reader.is_word(from, "on") {
            from -= 1;
        }
    }
    let start = from;
    while from > lo && (reader.class(from - 1, class::AUXILIARY) || adverb(reader, from - 1)) {
        from -= 1;
    }
    (start..verb + 1, from)
}

pub(super) fn adverb(reader: &Reader<'_>, at: usize) -> bool {
    let spelling = reader.spelling(at);
    spelling.len() > 4
        && spelling.ends_with("ly")
        && !reader.capitalised(at)
        && !reader.class(at, class::SPEAKER)
}

/// The subject that ends before token `end`; `lo` is where its clause may begin, `sentence` where
/// the sentence does.
pub(super) fn subject_before(
    reader: &Reader<'_>,
    end: usize,
    lo: usize,
    sentence: usize,
) -> Option<Phrase> {
    let last = end.checked_sub(1).filter(|l| *l >= lo)?;
    if reader.class(last, class::PRONOUN)
        && !(reader.all_caps(last) && reader.spelling(last).len() > 1)
    {
        if reader.is_word(last, "who") {
            return antecedent(reader, last, sentence);
        }
        return Some(Phrase {
            tokens: last..last + 1,
            head: last,
        });
    }
    if reader.is_word(last, "which") || reader.is_word(last, "that") {
        return antecedent(reader, last, sentence);
    }
    if reader.is_mark(last, ',') {
        return across_apposition(reader, last, lo);
    }
    if reader.is_mark(last, ')') {
        let open = (lo..last)
            .rev()
            .take(8)
            .find(|at| reader.is_mark(*at, '('))?;
        return leftwards(reader, open.checked_sub(1)?, lo);
    }
    if reader.is_word(last, "and")
        || reader.is_word(last, "but")
        || reader.is_word(last, "then")
        || reader.is_word(last, "or")
    {
        return clause_subject(reader, last, sentence);
    }
    let last = before_timing(reader, last, lo);
    let found = leftwards(reader, last, lo)?;
    let start = found.tokens.start;
    if start > lo && reader.class(start - 1, class::TIE) && !reader.class(found.head, class::ROLE) {
        // `The companies invested in Kaesong say`: the subject is further back.
        return sentence_subject(reader, lo, start - 1);
    }
    may_say(reader, &found, lo).then_some(found)
}

/// Before `who`: the phrase it stands for.
fn antecedent(reader: &Reader<'_>, who: usize, lo: usize) -> Option<Phrase> {
    let last = who.checked_sub(1)?;
    let last = if reader.is_mark(last, ',') {
        last.checked_sub(1)?
    } else {
        last
    };
    let found = leftwards(reader, last, lo)?;
    // `the Unification Minister, Chung Dong-young, who`: the name by itself.
    may_speak(reader, &found).then_some(found)
}

/// The subject of the clause that a participle or a second verb at `at` belongs to.
pub(super) fn clause_subject(reader: &Reader<'_>, at: usize, lo: usize) -> Option<Phrase> {
    let bottom = lo.max(at.saturating_sub(FAR * 2));
    // A pronoun or `who` nearer than the sentence's own subject.
    for near in (bottom..at).rev() {
        if reader.is_mark(near, ';') {
            break;
        }
        if reader.class(near, class::PRONOUN) && !reader.all_caps(near) && near > bottom {
            let nominative = ["he", "she", "they", "who"]
                .iter()
                .any(|w| reader.is_word(near, w));
            if nominative && reader.is_word(near, "who") {
                return antecedent(reader, near, lo);
            }
            if nominative {
                return Some(Phrase {
                    tokens: near..near + 1,
                    head: near,
                });
            }
        }
    }
    sentence_subject(reader, lo, at)
}

/// The first phrase of a sentence that may be its subject.
pub(super) fn sentence_subject(reader: &Reader<'_>, lo: usize, hi: usize) -> Option<Phrase> {
    let mut at = lo;
    for _ in 0..3 {
        while at < hi && !reader.is_plain_word(at) {
            at += 1;
        }
        if reader.class(at, class::PRONOUN) && !reader.is_word(at, "who") {
            return (at < hi).then_some(Phrase {
                tokens: at..at + 1,
                head: at,
            });
        }
        if reader.class(at, class::SPEECH)
            && at == lo
            && reader.capitalised(at + 1)
            && !reader.class(at, class::ROLE | class::BODY | class::DOCUMENT)
        {
            return rightwards(reader, at + 1, hi).filter(|p| may_speak(reader, p)); // `Replied spokesman X:`
        }
        let adverbial =
            reader.class(at, class::BOUNDARY) && !reader.all_caps(at) || adverb_first(reader, at);
        if !adverbial && let Some(found) = rightwards(reader, at, hi) {
            return may_speak(reader, &found).then(|| named_beside(reader, found, hi));
        }
        // Past an opening adverbial: `In Seoul, the minister …`.
        at = (at..hi.min(at + FAR)).find(|t| reader.is_mark(*t, ','))? + 1;
    }
    None
}

fn adverb_first(reader: &Reader<'_>, at: usize) -> bool {
    let spelling = reader.spelling(at);
    spelling.len() > 4 && spelling.ends_with("ly") && reader.is_mark(at + 1, ',')
}

/// The attribution before a quotation at token `open`: `X said: "`, `X said that it "`, `, saying "`.
pub(super) fn before(reader: &Reader<'_>, open: usize, lo: usize) -> Option<(Attribution, bool)> {
    let bottom = lo.max(open.saturating_sub(FAR * 2));
    let mut at = open;
    while at > bottom {
        at -= 1;
        if matches!(reader.mark(at), Some(';')) {
            return None;
        }
        if at > 0 && reader.is_word(at, "to") && reader.is_word(at - 1, "according") {
            let found = according(reader, at - 1, open)?;
            return Some((found, false));
        }
        let classes = reader.classes(at);
        if classes & class::SPEECH == 0 {
            continue;
        }
        let participle = classes & class::SAYING != 0;
        if !participle && !verb_here(reader, at, lo) {
            continue;
        }
        let (verb, subject_end) = whole_verb(reader, at, lo);
        let quoted_as = participle && verb.len() > 1;
        if passive(reader, at, subject_end) && !quoted_as && !reader.is_word(verb.end, "by") {
            continue;
        }
        let auxiliary = participle && subject_end < verb.start && subject_end > lo && !quoted_as;
        let speaker = if participle && !quoted_as && !auxiliary {
            clause_subject(reader, at, lo)
        } else {
            passive_by(reader, verb.end, open)
                .or_else(|| subject_before(reader, subject_end, lo, lo))
                .or_else(|| inverted(reader, verb.end, open, at == lo))
        };
        let adjacent = introduces(reader, verb.end, open);
        let second = participle
            || subject_end > lo
                && (reader.is_word(subject_end - 1, "and")
                    || reader.is_word(subject_end - 1, "but"));
        if speaker.is_none() && !(adjacent && second) {
            continue;
        }
        let subject = speaker.as_ref().map_or(verb.clone(), |s| s.tokens.clone());
        let tokens = subject.start.min(verb.start)..verb.end.max(subject.end.min(open));
        return Some((
            Attribution {
                verb: Some(verb),
                speaker,
                tokens,
            },
            adjacent,
        ));
    }
    None
}

/// `the store is branded`, `was described as`: the subject is not the speaker.
pub(super) fn passive(reader: &Reader<'_>, verb: usize, subject_end: usize) -> bool {
    let spelling = reader.spelling(verb);
    let past = spelling.ends_with("ed")
        || matches!(
            spelling,
            "said" | "told" | "called" | "put" | "read" | "written" | "known"
        );
    past && (subject_end..verb).any(|at| {
        ["is", "are", "was", "were", "be", "been", "being"]
            .iter()
            .any(|w| reader.is_word(at, w))
    })
}

/// `Said Kim: "…"`, at the start of a sentence.
fn inverted(reader: &Reader<'_>, from: usize, hi: usize, starts: bool) -> Option<Phrase> {
    starts
        .then(|| rightwards(reader, from, hi))
        .flatten()
        .filter(|p| may_speak(reader, p))
}

/// `described by critics as "…"`
fn passive_by(reader: &Reader<'_>, from: usize, hi: usize) -> Option<Phrase> {
    reader
        .is_word(from, "by")
        .then(|| rightwards(reader, from + 1, hi))
        .flatten()
        .filter(|p| may_speak(reader, p))
}

/// Whether nothing but a comma, a colon, `that` or words about the saying stand between verb and mark.
fn introduces(reader: &Reader<'_>, from: usize, open: usize) -> bool {
    let Some(last) = open.checked_sub(1) else {
        return false;
    };
    from >= open
        || (reader.is_mark(last, ':') || reader.is_mark(last, ',')) && open - from < FAR
        || reader.is_word(last, "that") && open - from <= 10
}
