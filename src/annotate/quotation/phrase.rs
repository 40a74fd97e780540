//! Noun phrases that speak: read leftwards from a verb, or rightwards after one.

use std::ops::Range;

use super::NameKind;
use super::lexicon::class;
use super::reader::Reader;
use crate::annotate::token::Kind;

/// How many tokens a phrase may have.
const LONGEST: usize = 14;
/// How far an apposition may reach.
const APPOSITION: usize = 24;

/// A noun phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Phrase {
    pub(super) tokens: Range<usize>,
    /// Its main noun: the last word before what a preposition ties to it.
    pub(super) head: usize,
}

/// Whether a token may stand in a phrase.
fn nominal(reader: &Reader<'_>, at: usize) -> bool {
    let Some(token) = reader.token(at) else {
        return false;
    };
    match token.kind {
        Kind::Number => true,
        Kind::Word => {
            let classes = reader.classes(at);
            let listed = classes & (class::BOUNDARY | class::PRONOUN) != 0;
            // `US`, `May`: names that look like listed words.
            !listed
                || (reader.all_caps(at)
                    && classes & class::PRONOUN != 0
                    && token.end - token.start > 1)
        }
        _ => false,
    }
}

/// Marks inside a phrase: hyphens, stops of abbreviations, `&`.
fn inner_mark(reader: &Reader<'_>, at: usize) -> bool {
    match reader.mark(at) {
        Some('-') => reader.glued(at) && reader.glued(at + 1),
        Some('.') => {
            at > 0
                && reader.glued(at)
                && reader.capitalised(at - 1)
                && reader.spelling(at - 1).len() <= 5
                && reader.capitalised(at + 1)
        }
        Some('&') => at > 0 && reader.capitalised(at - 1) && reader.capitalised(at + 1),
        _ => false,
    }
}

/// The phrase that ends at token `last`, not reaching before `lo`.
pub(super) fn leftwards(reader: &Reader<'_>, last: usize, lo: usize) -> Option<Phrase> {
    if last < lo
        || (!nominal(reader, last) && !reader.possessive(last))
        || reader.class(last, class::DAY)
    {
        return None;
    }
    let bottom = lo.max(last.saturating_sub(LONGEST));
    let mut start = last;
    let mut head = last;
    while let Some(next) = start.checked_sub(1).filter(|n| *n >= bottom) {
        if reader.class(start, class::DETERMINER) && !reader.capitalised(start)
            || reader.class(start, class::DETERMINER) && start == lo
        {
            match tied(reader, next, bottom) {
                Some(noun) => {
                    (start, head) = (noun, noun);
                    continue;
                }
                None => break,
            }
        }
        if reader.possessive(next) || inner_mark(reader, next) {
            start = next;
            continue;
        }
        if let Some(noun) = tied(reader, next, bottom) {
            (start, head) = (noun, noun);
            continue;
        }
        if !nominal(reader, next) || !joins(reader, next, start) {
            break;
        }
        start = next;
    }
    let start = partner_before(reader, start, lo);
    (start <= last).then_some(Phrase {
        tokens: start..last + 1,
        head,
    })
}

/// Where `Zadan and Meron` begins, when `Meron` begins at a token: two names that open a clause.
fn partner_before(reader: &Reader<'_>, start: usize, lo: usize) -> usize {
    let Some(and) = start
        .checked_sub(1)
        .filter(|a| *a > lo && reader.is_word(*a, "and"))
    else {
        return start;
    };
    let name = |at: usize| {
        reader.proper(at) && !reader.class(at, class::BOUNDARY | class::DETERMINER | class::SPEECH)
    };
    if !name(start) {
        return start;
    }
    let bottom = lo.max(and.saturating_sub(5));
    let first = (bottom..and).rev().take_while(|at| name(*at)).last();
    match first {
        Some(first) if first == lo || !reader.is_plain_word(first - 1) => first,
        _ => start,
    }
}

/// Before words of time that stand between a subject and its verb: `Beijing late last year said`.
pub(super) fn before_timing(reader: &Reader<'_>, mut last: usize, lo: usize) -> usize {
    while last > lo
        && reader.class(last, class::TIMING | class::DAY)
        && !reader.class(last - 1, class::BOUNDARY)
    {
        last -= 1;
    }
    last
}

/// `of` in `official of the ministry`: the noun before it, if it is tied to what follows.
fn tied(reader: &Reader<'_>, preposition: usize, lo: usize) -> Option<usize> {
    if !reader.class(preposition, class::TIE) {
        return None;
    }
    let noun = preposition.checked_sub(1).filter(|n| *n >= lo)?;
    let role = reader.class(noun, class::ROLE);
    let of = reader.is_word(preposition, "of")
        && nominal(reader, noun)
        && !reader.class(noun, class::SPEECH);
    let body = reader.class(noun, class::BODY)
        && (reader.is_word(preposition, "of") || reader.is_word(preposition, "for"));
    let named = of && reader.capitalised(noun) && reader.capitalised(preposition + 1);
    (role || body || named || of && reader.class(noun, class::DOCUMENT)).then_some(noun)
}

/// Whether `left` belongs to the phrase whose first token is `right`.
fn joins(reader: &Reader<'_>, left: usize, right: usize) -> bool {
    if reader.class(left, class::DAY) {
        return false;
    }
    let describes = class::SPEAKER | class::TITLE | class::DETERMINER;
    if reader.capitalised(left) || reader.class(left, describes) {
        // A verb in `say` may also be a noun (`report`); before a name it is a verb.
        return reader.capitalised(left)
            || !reader.capitalised(right)
            || !reader.class(left, class::SPEECH)
            || reader.class(left, class::ROLE | class::BODY);
    }
    // An ordinary word describes a common noun but not a name: `diplomatic source`, `in a statement Kim`.
    let before_name = reader.capitalised(right) && !reader.class(right, class::DETERMINER);
    reader.class(left, class::ADJECTIVE) || (!before_name && !reader.class(left, class::SPEECH))
}

/// The phrase that begins at token `first`, ending before `hi`.
pub(super) fn rightwards(reader: &Reader<'_>, first: usize, hi: usize) -> Option<Phrase> {
    let hi = hi.min(first + LONGEST);
    let mut at = first;
    let mut head: Option<usize> = None;
    let mut end = first;
    let mut name = false;
    while at < hi {
        if reader.class(at, class::DAY) {
            break;
        }
        if reader.class(at, class::DETERMINER) && (at == first || !reader.capitalised(at)) {
            if at != first && head.is_some() && !reader.class(at - 1, class::TIE) {
                break;
            }
            at += 1;
            continue;
        }
        if at > first && (reader.possessive(at) || inner_mark(reader, at)) {
            name = false;
            at += 1;
            if reader.possessive(at - 1) {
                head = None;
            }
            continue;
        }
        if head.is_some() && reader.class(at, class::TIE) {
            if !ties_on(reader, at, hi) {
                break;
            }
            at += 1;
            continue;
        }
        if !nominal(reader, at) {
            break;
        }
        let capital = reader.capitalised(at) && reader.is_plain_word(at);
        // After a name only words that describe a person go on, and only with another name to come.
        if !capital
            && name
            && !(reader.class(at, class::SPEAKER | class::ADJECTIVE)
                || at + 1 < hi && reader.class(at + 1, class::SPEAKER))
        {
            break;
        }
        if !capital
            && head.is_some_and(|h| reader.class(h, class::SPEAKER))
            && at == end
            && !reader.class(at, class::SPEAKER)
        {
            break;
        }
        name = capital;
        if head.is_none() || at == end {
            let tied_on = head.is_some_and(|h| (h..at).any(|t| reader.class(t, class::TIE)));
            if !tied_on {
                head = Some(at);
            }
        }
        at += 1;
        end = at;
    }
    let head = head?;
    // `said Zadan and Meron.`
    let partner = (end + 1..hi).take_while(|at| reader.proper(*at)).last();
    if name
        && reader.is_word(end, "and")
        && let Some(last) = partner.filter(|p| *p + 1 >= hi || !reader.is_plain_word(*p + 1))
    {
        end = last + 1;
    }
    (end > first).then_some(Phrase {
        tokens: first..end,
        head,
    })
}

/// Whether a preposition ties what follows to the noun before it.
fn ties_on(reader: &Reader<'_>, at: usize, hi: usize) -> bool {
    let noun = at - 1;
    let follows = at + 1 < hi
        && (nominal(reader, at + 1) || reader.class(at + 1, class::DETERMINER))
        && !reader.class(at + 1, class::DAY);
    let of = reader.is_word(at, "of");
    let role = reader.class(noun, class::ROLE);
    // `Bank of Latvia`, but not `Olev Saar of Riga`.
    let single = noun == 0 || !reader.capitalised(noun - 1) && !reader.is_mark(noun - 1, '.');
    let named =
        of && reader.capitalised(noun) && (single || reader.class(noun, class::BODY | class::ROLE));
    let body = reader.class(noun, class::BODY) && (of || reader.is_word(at, "for"));
    // `in a statement`, `in Seoul`, `on Monday`, `to reporters` are about the saying.
    let loose = reader.is_word(at, "in")
        || reader.is_word(at, "on")
        || reader.is_word(at, "to")
        || reader.is_word(at, "with")
        || reader.is_word(at, "at");
    let place = loose && role && !reader.capitalised(noun) && !document_follows(reader, at + 1);
    follows
        && (named
            || body
            || (role && !loose)
            || (place && !reader.is_word(at, "to") && !reader.is_word(at, "on")))
}

fn document_follows(reader: &Reader<'_>, at: usize) -> bool {
    (at..at + 3).any(|t| {
        reader.class(t, class::DOCUMENT)
            || reader.is_word(t, "interview")
            || reader.is_word(t, "conference")
            || reader.is_word(t, "briefing")
    })
}

/// The phrase in apposition that names the same speaker: `the bank's CEO, Ken Lewis,`.
/// Given the token of the comma before the verb, the phrase and the name or role around it.
pub(super) fn across_apposition(reader: &Reader<'_>, comma: usize, lo: usize) -> Option<Phrase> {
    let bottom = lo.max(comma.saturating_sub(APPOSITION));
    let mut at = comma;
    let mut fallback = None;
    // Commas inside the apposition (`a professor of law, economics and trade,`) are passed over
    // until a phrase that may speak stands before one.
    while let Some(before) = at.checked_sub(1).filter(|b| *b >= bottom) {
        at = before;
        if !reader.is_mark(at, ',') {
            continue;
        }
        let Some(outer) = before_comma(reader, at, lo) else {
            continue;
        };
        let inside = rightwards(reader, at + 1, comma);
        let name_inside =
            inside.filter(|p| p.tokens.end == comma && all_capital(reader, &p.tokens));
        let named_outside =
            reader.capitalised(outer.head) && !reader.class(outer.head, class::ROLE);
        if let Some(name) = name_inside
            && !named_outside
            && reader.class(outer.head, class::SPEAKER)
        {
            return Some(name);
        }
        if !may_speak(reader, &outer) {
            continue;
        }
        let start = outer.tokens.start;
        let inner =
            reader.class(start, class::DETERMINER) && start > lo && reader.is_mark(start - 1, ',');
        if !inner {
            return Some(outer);
        }
        fallback = fallback.or(Some(outer));
    }
    fallback
}

/// The phrase that ends at a comma, with the stop of an abbreviation: `Louis Gerstner Jr.,`.
fn before_comma(reader: &Reader<'_>, comma: usize, lo: usize) -> Option<Phrase> {
    let last = comma.checked_sub(1).filter(|l| *l >= lo)?;
    let stop = reader.is_mark(last, '.')
        && reader.glued(last)
        && last > lo
        && reader.capitalised(last - 1);
    if !stop {
        return leftwards(reader, before_timing(reader, last, lo), lo);
    }
    let mut found = leftwards(reader, last - 1, lo)?;
    found.tokens.end = last + 1;
    Some(found)
}

/// Whether a phrase is a run of capitalised words.
pub(super) fn all_capital(reader: &Reader<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().all(|at| {
        reader.capitalised(at) || inner_mark(reader, at) || (at > tokens.start && reader.glued(at))
    })
}

/// Whether a phrase right before a verb of speech can be its subject: also a common noun with an
/// article, at the start of a clause (`the thrift said`).
pub(super) fn may_say(reader: &Reader<'_>, phrase: &Phrase, lo: usize) -> bool {
    const OPENERS: [&str; 12] = [
        "that", "as", "and", "but", "when", "while", "if", "after", "because", "although", "where",
        "what",
    ];
    let start = phrase.tokens.start;
    let article = reader.class(start, class::DETERMINER)
        && phrase.tokens.len() > 1
        && reader.is_plain_word(phrase.head);
    let opens = start == lo
        || start.checked_sub(1).is_some_and(|b| {
            !reader.is_plain_word(b) || OPENERS.iter().any(|w| reader.is_word(b, w))
        });
    let plural = !reader.capitalised(phrase.head)
        && reader.spelling(phrase.head).ends_with('s')
        && !reader.class(phrase.head, class::SPEECH);
    may_speak(reader, phrase)
        || (article || plural) && opens && !reader.possessive(phrase.tokens.end - 1)
}

/// Whether a phrase can be a speaker: a name, a role, a body or a text.
pub(super) fn may_speak(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    let head = phrase.head;
    if reader.possessive(phrase.tokens.end - 1) {
        return false;
    }
    reader.class(head, class::SPEAKER | class::TITLE)
        || reader.proper(head) && !reader.class(head, class::DETERMINER | class::BOUNDARY)
        || reader.name_kind(head).is_some_and(|k| k != NameKind::Other)
        || reader.class(head, class::PRONOUN)
        || camel(reader.spelling(head))
}

fn camel(spelling: &str) -> bool {
    spelling.chars().next().is_some_and(char::is_lowercase)
        && spelling.chars().any(char::is_uppercase)
}
