//! Speech without marks: `officials said that …`, `…, the ministry said`, `according to …`.

use std::iter::Peekable;
use std::ops::Range;

use super::attribution::{
    according, adverb, clause_subject, passive, subject_before, verb_here, whole_verb,
};
use super::kind::part_of_report;
use super::lexicon::class;
use super::phrase::{Phrase, may_speak, rightwards};
use super::reader::Reader;
use super::{Draft, Kind};
use crate::annotate::token::Kind as TokenKind;

/// How many tokens a report may reach to either side of its verb.
const LONGEST: usize = 250;
/// Numbers of groups that are reports begin here, above those of what is in marks.
const REPORTED: u32 = 1 << 24;
/// Words at which a report is looked for.
pub(super) const REPORTS: u32 = class::SAY | class::SAYING | class::ACCORDING;

/// Adds what is reported to the drafts, which are by start.
pub(super) fn add(reader: &Reader<'_>, drafts: &mut Vec<Draft>) {
    let marked = drafts.len();
    let mut next = 0;
    let mut cues = reader.cues(0..usize::MAX, REPORTS).peekable();
    // Who reported speech in the sentence before was from, and its block.
    let mut before: Option<(Phrase, u32)> = None;
    for (range, block) in reader.sentences() {
        let tokens = range.start as usize..range.end as usize;
        while next < marked && drafts[next].outer.end <= tokens.start {
            next += 1;
        }
        let near = next..(next..marked)
            .find(|d| drafts[*d].outer.start >= tokens.end)
            .unwrap_or(marked);
        if let Some((speaker, _)) = before.take().filter(|(_, b)| *block - *b < 2) {
            // `He denied that he had resigned. "I am still here."`
            let first = drafts[near.clone()]
                .iter_mut()
                .find(|d| d.outer.start == tokens.start);
            if let Some(draft) =
                first.filter(|d| d.kind == Kind::Direct && d.level == 0 && d.speaker.is_none())
            {
                draft.speaker = Some(speaker);
            }
        }
        while cues.next_if(|cue| *cue < tokens.start).is_some() {}
        let any = cues.peek().is_some_and(|cue| *cue < tokens.end);
        before = any
            .then(|| sentence(reader, &tokens, near, &mut cues, drafts))
            .flatten()
            .map(|s| (s, *block));
    }
}

/// The reported speech of one sentence; `near` are the drafts in marks that touch it, `cues` the words at which to look.
fn sentence(
    reader: &Reader<'_>,
    tokens: &Range<usize>,
    near: Range<usize>,
    cues: &mut Peekable<impl Iterator<Item = usize>>,
    drafts: &mut Vec<Draft>,
) -> Option<Phrase> {
    let mut at = tokens.start;
    let mut speaker: Option<Phrase> = None;
    let mut found_before = false;
    let mut mark = near.start;
    while at < tokens.end {
        while mark < near.end && (drafts[mark].outer.end <= at || drafts[mark].level > 0) {
            mark += 1;
        }
        let inside = (mark < near.end).then(|| &drafts[mark]);
        if let Some(inside) = inside.filter(|d| d.outer.contains(&at) && d.kind != Kind::Scare) {
            speaker = inside.speaker.clone().or(speaker);
            at = inside.outer.end;
            continue;
        }
        let classes = reader.classes(at);
        if classes & REPORTS != 0 {
            let window = tokens.start.max(at.saturating_sub(LONGEST))..tokens.end.min(at + LONGEST);
            let found = if classes & class::ACCORDING != 0 {
                by_source(reader, at, &window)
            } else if verb_here(reader, at, tokens.start) {
                reported(reader, at, &window, speaker.as_ref())
            } else {
                None
            };
            if let Some(found) = found {
                speaker = Some(found.2.clone());
                found_before |= report(reader, found, &near, drafts);
            }
        }
        // Nothing is to be done before the next such word and the next quotation's beginning or end.
        at += 1;
        while cues.next_if(|cue| *cue < at).is_some() {}
        let cue = cues.peek().copied().unwrap_or(tokens.end);
        let edge = inside_or_next(drafts, mark..near.end, at);
        at = cue.min(edge).max(at);
    }
    speaker.filter(|_| found_before)
}

/// Where the first of these quotations begins or ends at or after a token.
fn inside_or_next(drafts: &[Draft], marked: Range<usize>, at: usize) -> usize {
    let Some(next) = drafts.get(marked).and_then(<[Draft]>::first) else {
        return usize::MAX;
    };
    match next.outer.start {
        start if start >= at => start,
        _ => next.outer.end.max(at),
    }
}

/// Adds a report and ties the parts of it that are in marks to its speaker.  Returns whether it
/// was added: a whole quotation in marks is no report.
fn report(reader: &Reader<'_>, found: Found, near: &Range<usize>, drafts: &mut Vec<Draft>) -> bool {
    let (content, verb, phrase) = found;
    let marked = drafts.get(near.clone()).unwrap_or(&[]);
    let from = near.start + marked.partition_point(|d| d.outer.start < content.start);
    let to = near.start + marked.partition_point(|d| d.outer.start < content.end);
    let cut_before = drafts[near.start..from]
        .iter()
        .rev()
        .take(2)
        .any(|d| d.outer.end > content.start);
    let quoted = drafts[from..to.max(from)].iter().any(|d| {
        let whole = d.kind == Kind::Direct && d.level == 0;
        d.outer.end > content.end || whole && d.outer.len() * 2 > content.len()
    });
    if cut_before || quoted || content.len() < 2 {
        return false;
    }
    let group = drafts[near.clone()]
        .iter()
        .rev()
        .take(8)
        .find(|d| d.verb.as_ref() == Some(&verb))
        .map(|d| d.group);
    let group = group.unwrap_or(REPORTED | drafts.len() as u32);
    for part in &mut drafts[from..to.max(from)] {
        if matches!(part.kind, Kind::Scare | Kind::Partial) && part_of_report(reader, part) {
            (part.kind, part.group) = (Kind::Partial, group);
            (part.speaker, part.verb) = (Some(phrase.clone()), Some(verb.clone()));
        }
    }
    drafts.push(Draft {
        outer: content.clone(),
        inner: content,
        kind: Kind::Indirect,
        verb: Some(verb),
        speaker: Some(phrase),
        attribution: 0..0,
        group,
        level: 0,
    });
    true
}

/// What is said, the verb, and who says it.
type Found = (Range<usize>, Range<usize>, Phrase);

/// What the verb of speech at a token reports.
fn reported(
    reader: &Reader<'_>,
    at: usize,
    tokens: &Range<usize>,
    near: Option<&Phrase>,
) -> Option<Found> {
    let participle = reader.class(at, class::SAYING);
    let (verb, subject_end) = whole_verb(reader, at, tokens.start);
    let refused = (subject_end..verb.end).any(|t| reader.class(t, class::REFUSING));
    if refused || passive(reader, at, subject_end) && !participle {
        return None;
    }
    let quoted_as = participle && verb.len() > 1;
    let speaker = if participle && !quoted_as {
        near.cloned()
            .or_else(|| clause_subject(reader, at, tokens.start))
    } else {
        subject_before(reader, subject_end, tokens.start, tokens.start)
    };
    if speaker.as_ref().is_some_and(|s| {
        s.tokens.start > tokens.start && reader.class(s.tokens.start - 1, class::REFUSING)
    }) {
        return None; // `not all analysts agree`
    }
    if speaker.as_ref().is_some_and(|s| {
        let one = ["a", "an"]
            .iter()
            .any(|w| reader.is_word(s.tokens.start, w));
        one && s.tokens.end == at && reader.class(at, class::UTTERANCE)
    }) {
        return None; // `on one condition, a written pledge`
    }
    if let Some(start) = clause_after(reader, verb.end, tokens.end, at) {
        let end = clause_end(reader, start, tokens.end);
        return speaker.map(|s| (start..end, verb, s));
    }
    if participle {
        return None;
    }
    trailing(reader, tokens, verb, speaker)
}

/// Where the reported clause after a verb begins.
fn clause_after(reader: &Reader<'_>, from: usize, hi: usize, verb: usize) -> Option<usize> {
    // `that` may come after an addressee, a day or a place: `told reporters in Seoul on Friday that`.
    let that = (from..hi.min(from + 10))
        .take_while(|at| {
            reader.is_plain_word(*at) || reader.possessive(*at) || reader.is_mark(*at, '-')
        })
        .take_while(|at| *at == from || !reader.class(*at, class::SPEECH))
        .find(|at| reader.is_word(*at, "that"));
    if reader.class(verb, class::WEAK | class::CITING) && that != Some(from) {
        return None;
    }
    if let Some(that) = that {
        let start = that + 1 + usize::from(reader.is_mark(that + 1, ','));
        return (start < hi).then_some(start);
    }
    let mut at = from;
    let tells = [
        "told",
        "tell",
        "tells",
        "informed",
        "assured",
        "reassured",
        "telling",
    ]
    .iter()
    .any(|w| reader.is_word(verb, w));
    if tells {
        at = rightwards(reader, at, hi)
            .map(|p| p.tokens.end)
            .or_else(|| reader.class(at, class::BOUNDARY).then_some(at + 1))?;
    } else if reader.class(at, class::DAY) {
        at += 1;
    }
    starts_clause(reader, at, hi).then_some(at)
}

/// Whether a clause with a subject of its own begins at a token.
fn starts_clause(reader: &Reader<'_>, at: usize, hi: usize) -> bool {
    let word = reader
        .token(at)
        .is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
    if at + 2 >= hi || !word {
        return false;
    }
    let ahead = hi.min(at + 16);
    // A finite verb further on tells a clause from an object (`said the minister`, `announced a plan`).
    let finite = (at + 1..ahead)
        .take_while(|t| !matches!(reader.mark(*t), Some(',' | ';' | ':')))
        .any(|t| {
            reader.class(t, class::AUXILIARY) && !reader.class(t, class::DAY)
                || ends_in_ed(reader, t)
        });
    let opener = reader.class(at, class::PRONOUN | class::DETERMINER)
        || reader.is_word(at, "there")
        || reader.is_word(at, "its")
        || reader.capitalised(at)
        || !reader.class(at, class::BOUNDARY | class::TIE | class::SPEECH) && !adverb(reader, at);
    let pronoun = reader.class(at, class::PRONOUN) && !reader.is_word(at, "who");
    opener && (finite || pronoun)
}

fn ends_in_ed(reader: &Reader<'_>, at: usize) -> bool {
    let spelling = reader.spelling(at);
    let past = [
        "went", "fell", "rose", "came", "left", "took", "made", "got", "met", "lost", "won",
        "held", "gave", "began", "became", "saw", "knew",
    ];
    spelling.len() > 3 && spelling.ends_with("ed") && !reader.capitalised(at)
        || past.contains(&spelling)
}

/// One past the last token of a reported clause: before a participle that adds to it, or the full stop.
fn clause_end(reader: &Reader<'_>, start: usize, hi: usize) -> usize {
    let adds =
        (start + 1..hi).find(|at| reader.is_mark(*at, ',') && reader.class(*at + 1, class::SAYING));
    let hi = adds.unwrap_or(hi);
    // `X denied that it was so; the others, it said, had gone`: what follows is said anew.
    let anew = (start + 1..hi).find(|at| {
        let said = |t: usize| {
            reader.class(t, class::SAY)
                && !reader.class(t, class::WEAK)
                && verb_here(reader, t, *at)
        };
        reader.is_mark(*at, ';') && (*at + 1..hi).any(said)
    });
    trimmed(reader, start, anew.unwrap_or(hi))
}

/// `hi` without closing marks before it.
fn trimmed(reader: &Reader<'_>, start: usize, mut hi: usize) -> usize {
    while hi > start + 1
        && matches!(reader.mark(hi - 1), Some('.' | '!' | '?' | ',' | ';' | ':'))
        && !reader.is_plain_word(hi - 1)
    {
        hi -= 1;
    }
    hi
}

/// `The talks failed, officials said on Friday.`
fn trailing(
    reader: &Reader<'_>,
    tokens: &Range<usize>,
    verb: Range<usize>,
    speaker: Option<Phrase>,
) -> Option<Found> {
    let anew = (tokens.start..verb.start)
        .rev()
        .find(|t| reader.is_mark(*t, ';'));
    let tokens = &(anew.map_or(tokens.start, |mark| mark + 1)..tokens.end);
    let (speaker, comma) = match speaker {
        Some(found) => {
            let comma = found
                .tokens
                .start
                .checked_sub(1)
                .filter(|c| *c > tokens.start && reader.is_mark(*c, ','))?;
            (found, comma)
        }
        None => {
            let comma = verb
                .start
                .checked_sub(1)
                .filter(|c| *c > tokens.start && reader.is_mark(*c, ','))?;
            let found =
                rightwards(reader, verb.end, tokens.end).filter(|p| may_speak(reader, p))?;
            (found, comma)
        }
    };
    let after = verb.end.max(speaker.tokens.end);
    if reader.is_mark(after, ',') && goes_on(reader, after + 1) {
        // `The talks, officials said, have failed.`
        let end = trimmed(reader, after + 1, tokens.end);
        return (after + 2 < end).then_some((tokens.start..end, verb, speaker));
    }
    if reader.is_mark(verb.end, ',') && comma - tokens.start < 8 {
        // `In all likelihood, observers say, China will …`
        let end = trimmed(reader, verb.end + 1, tokens.end);
        return (verb.end + 3 < end).then(|| (verb.end + 1..end, verb.clone(), speaker));
    }
    // After verb and speaker only when and where it was said: no object, no clause.
    let rest = verb.end.max(speaker.tokens.end);
    let closes = rest >= tokens.end
        || !reader.is_plain_word(rest)
        || reader.class(
            rest,
            class::DAY | class::TIMING | class::BOUNDARY | class::TIE,
        )
        || adverb(reader, rest);
    if !closes {
        return None;
    }
    // A clause stands before: enough words, one of them finite.
    let finite = (tokens.start..comma).any(|t| {
        reader.class(t, class::AUXILIARY) || ends_in_ed(reader, t) || reader.class(t, class::SPEECH)
    });
    let opens =
        reader.class(tokens.start, class::BOUNDARY) && !reader.class(tokens.start, class::PRONOUN);
    let first = opens && comma - tokens.start < 6;
    (comma - tokens.start >= 4 && finite && !first).then_some((tokens.start..comma, verb, speaker))
}

/// Whether a clause that was broken off goes on at a token: with its verb, or with one more verb.
fn goes_on(reader: &Reader<'_>, at: usize) -> bool {
    let more = reader.is_word(at, "and") || reader.is_word(at, "but");
    more || reader.class(at, class::AUXILIARY) && !reader.class(at, class::TIMING | class::DAY)
        || ends_in_ed(reader, at)
}

/// `according to X` at either end of a sentence.
fn by_source(reader: &Reader<'_>, at: usize, tokens: &Range<usize>) -> Option<Found> {
    let found = according(reader, at, tokens.end)?;
    let speaker = found.speaker.filter(|p| may_speak(reader, p))?;
    let verb = found.verb?;
    if at > tokens.start + 3 {
        let end = trimmed(reader, tokens.start, at);
        return Some((tokens.start..end, verb, speaker));
    }
    let comma = (speaker.tokens.end..tokens.end.min(speaker.tokens.end + 24))
        .find(|t| reader.is_mark(*t, ','))?;
    let end = trimmed(reader, comma, tokens.end);
    (comma + 1 < end).then(|| (comma + 1..end, verb, speaker))
}
