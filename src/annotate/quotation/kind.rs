//! What is in marks: speech, a part of it, or a name or term; and its attribution.

use std::ops::Range;

use super::attribution::{Attribution, after, before, sentence_subject};
use super::lexicon::class;
use super::marks::Span;
use super::phrase::Phrase;
use super::reader::Reader;
use super::{Draft, Kind, NameKind};

/// Drafts of everything in marks, by start.
pub(super) fn in_marks(reader: &Reader<'_>, spans: &[Span]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(spans.len());
    // The draft before at the outermost level, and the one before that is speech.
    let mut last: Option<usize> = None;
    let mut spoken: Option<usize> = None;
    for (index, span) in spans.iter().enumerate() {
        let group = index as u32;
        if span.level > 0 {
            let said = said_in(reader, span);
            drafts.push(plain(
                span,
                if said { Kind::Direct } else { Kind::Scare },
                group,
            ));
            continue;
        }
        let draft = outermost(reader, span, last.and_then(|l| drafts.get(l)), group);
        drafts.push(draft);
        inherit(reader, span, spoken, &mut drafts);
        last = Some(index);
        if drafts[index].kind != Kind::Scare {
            spoken = last;
        }
    }
    drafts
}

fn plain(span: &Span, kind: Kind, group: u32) -> Draft {
    Draft {
        outer: span.outer.clone(),
        inner: span.inner.clone(),
        kind,
        verb: None,
        speaker: None,
        attribution: 0..0,
        group,
        level: span.level,
    }
}

/// What the words between a pair of marks look like.
struct Look {
    words: usize,
    /// The first letter is a capital, or words were left out before it.
    capital: bool,
    /// Ends as a sentence or clause of speech does.
    ended: bool,
    /// Every longer word is capitalised: a title or a name.
    titled: bool,
}

fn look(reader: &Reader<'_>, span: &Span) -> Look {
    let words = || span.inner.clone().filter(|at| reader.is_plain_word(*at));
    let first = span
        .inner
        .clone()
        .find(|at| reader.is_plain_word(*at) || reader.is_mark(*at, '['));
    let last = span.inner.end.checked_sub(1).and_then(|at| reader.mark(at));
    // Scripts without spaces: a sentence is one word.
    let wide = matches!(last, Some('。' | '！' | '？'));
    let count = words().take(60).count() + if wide { 3 } else { 0 };
    Look {
        words: count,
        capital: first.is_some_and(|at| reader.capitalised(at) || reader.is_mark(at, '[')),
        ended: span.unclosed
            || wide
            || matches!(last, Some('.' | ',' | '?' | '!' | '…' | '-' | ']')),
        titled: count <= 12
            && words().all(|at| reader.capitalised(at) || reader.spelling(at).len() <= 3),
    }
}

/// Whether a nested quotation is speech rather than a term.
fn said_in(reader: &Reader<'_>, span: &Span) -> bool {
    let look = look(reader, span);
    look.words >= 3 && look.capital && look.ended
}

/// Where an attribution after a span may reach, if the text after can be one.
fn window_after(reader: &Reader<'_>, span: &Span, look: &Look) -> Option<usize> {
    let next = span.outer.end;
    let inside = reader.sentence_of(span.outer.end.checked_sub(1)?);
    let sentence = reader.sentence_of(next);
    if reader.token(next).is_none() || reader.block(sentence) != reader.block(inside) {
        return None;
    }
    let last = span.inner.end.checked_sub(1).and_then(|at| reader.mark(at));
    let comma = reader.is_mark(next, ',') || reader.is_mark(next, '-');
    let verb = reader.class(next, class::SPEECH)
        || reader.is_word(next, "as")
        || reader.is_word(next, "according");
    let open = match last {
        Some(',' | '?' | '!' | '…' | '-') => true,
        Some('.') => sentence == inside,
        _ => comma && (look.words > 3 || look.capital) || verb,
    };
    open.then(|| reader.sentence(sentence).end)
}

/// The attribution of a quotation, and whether it stands right before its mark.
fn attribution(
    reader: &Reader<'_>,
    span: &Span,
    look: &Look,
    previous: Option<&Draft>,
) -> (Option<Attribution>, bool, bool) {
    let sentence = reader.sentence_of(span.outer.start);
    let tokens = reader.sentence(sentence);
    let lo = previous.map_or(tokens.start, |p| p.outer.end.max(tokens.start));
    let mut ahead = before(reader, span.outer.start, lo).filter(|(found, adjacent)| {
        let weak = found
            .verb
            .as_ref()
            .is_some_and(|v| reader.class(v.end - 1, class::WEAK));
        *adjacent || !weak || look.capital && look.ended && look.words > 5
    });
    if ahead.is_none() && span.outer.start == tokens.start && sentence > 0 {
        // `He had this to say:` in the sentence or paragraph before.
        let earlier = reader.sentence(sentence - 1);
        let colon = earlier
            .end
            .checked_sub(1)
            .filter(|at| reader.is_mark(*at, ':'));
        ahead = colon.and_then(|colon| before(reader, colon + 1, earlier.start));
    }
    if let Some((found, true)) = &ahead {
        let whole = look.capital || look.words >= 3;
        if whole {
            return (Some(found.clone()), true, false);
        }
    }
    if let Some(hi) = window_after(reader, span, look)
        && let Some(found) = after(reader, span.outer.end, hi)
    {
        return (Some(found), false, true);
    }
    match ahead {
        Some((found, adjacent)) => (Some(found), adjacent, false),
        None => (None, false, false),
    }
}

fn outermost(reader: &Reader<'_>, span: &Span, previous: Option<&Draft>, group: u32) -> Draft {
    let look = look(reader, span);
    let sentence = reader.sentence(reader.sentence_of(span.outer.start));
    let starts = span.outer.start == sentence.start;
    let near = previous.filter(|p| p.outer.end > sentence.start && p.speaker.is_some());
    let (mut found, adjacent, following) = attribution(reader, span, &look, previous);
    if let (Some(attribution), Some(near)) = (&mut found, near) {
        let participle = attribution
            .verb
            .as_ref()
            .is_some_and(|v| reader.class(v.end - 1, class::SAYING));
        if participle || attribution.speaker.is_none() {
            attribution.speaker.clone_from(&near.speaker);
        }
    }
    let named = naming(reader, span) || look.titled && !look.ended;
    if found.is_none() && !named && look.words >= 2 {
        // `called it a “step”, as well as a “gift”`: the second part of what one verb quotes.
        let first = near.filter(|n| n.kind == Kind::Partial && n.attribution.end <= n.outer.start);
        found = first.map(|n| Attribution {
            verb: n.verb.clone(),
            speaker: n.speaker.clone(),
            tokens: n.attribution.clone(),
        });
    }
    if found.is_none() && !look.titled {
        found = uttered(reader, span, sentence.start);
    }
    let kind = match &found {
        Some(_) if !adjacent && !following && named => {
            found = None;
            Kind::Scare
        }
        Some(_)
            if adjacent && named && look.words <= 3 && !look.ended && !introduced(reader, span) =>
        {
            found = None;
            Kind::Scare
        }
        Some(_) if (adjacent || following && (starts || look.words > 3)) && look.capital => {
            Kind::Direct
        }
        Some(_) if starts && look.words > 3 && (following || adjacent) => Kind::Direct,
        Some(_) => Kind::Partial,
        None if starts && look.ended && look.words >= 3 => Kind::Direct,
        None if span.continues.is_some() => Kind::Direct,
        None if look.words > 5 && !named && !look.titled => Kind::Partial,
        None => Kind::Scare,
    };
    let mut draft = plain(span, kind, group);
    if kind == Kind::Partial && found.is_none() {
        // `A resolution, adopted by all, “expresses its deep sorrow”.`
        let subject = sentence_subject(reader, sentence.start, span.outer.start);
        draft.speaker = subject.filter(|s| reader.class(s.head, class::DOCUMENT));
    }
    if let Some(found) = found {
        (draft.verb, draft.speaker, draft.attribution) = (found.verb, found.speaker, found.tokens);
    }
    draft
}

/// `The port made an offer of “one last week”`: a noun of speech, whose speaker is the subject.
fn uttered(reader: &Reader<'_>, span: &Span, lo: usize) -> Option<Attribution> {
    let tie = span.outer.start.checked_sub(1).filter(|t| *t > lo)?;
    let noun = tie - 1;
    let spoken = (reader.is_word(tie, "of") || reader.is_word(tie, "for"))
        && reader.class(noun, class::UTTERANCE);
    let speaker = spoken
        .then(|| sentence_subject(reader, lo, noun))
        .flatten()?;
    Some(Attribution {
        verb: None,
        speaker: Some(speaker),
        tokens: lo..span.outer.start,
    })
}

/// `X said: "`
fn introduced(reader: &Reader<'_>, span: &Span) -> bool {
    span.outer
        .start
        .checked_sub(1)
        .is_some_and(|b| matches!(reader.mark(b), Some(':' | ',')))
}

/// Whether marks within a reported clause hold a part of it rather than a name or a term.
pub(super) fn part_of_report(reader: &Reader<'_>, draft: &Draft) -> bool {
    let span = Span {
        outer: draft.outer.clone(),
        inner: draft.inner.clone(),
        level: draft.level,
        continues: None,
        unclosed: false,
    };
    let look = look(reader, &span);
    draft.level == 0
        && draft.speaker.is_none()
        && look.words >= 2
        && !look.titled
        && !naming(reader, &span)
}

/// Whether the words before or after say that the marks hold a name: `known as "…"`, `the "…" brand`.
fn naming(reader: &Reader<'_>, span: &Span) -> bool {
    let before = (span.outer.start.saturating_sub(3)..span.outer.start)
        .any(|at| reader.class(at, class::NAMING));
    let last = span.outer.start.checked_sub(1);
    let last = last.map(|l| {
        if reader.is_mark(l, ',') {
            l.saturating_sub(1)
        } else {
            l
        }
    });
    before
        || last.is_some_and(|l| reader.class(l, class::LABEL))
        || reader.class(span.outer.end, class::LABEL)
}

/// Ties the last draft to the one before: parts of one speech, or a speaker who goes on.
fn inherit(reader: &Reader<'_>, span: &Span, last: Option<usize>, drafts: &mut [Draft]) {
    let Some(index) = drafts.len().checked_sub(1) else {
        return;
    };
    if let Some(from) = span.continues {
        let (group, speaker, verb) = drafts.get(from).map_or((index as u32, None, None), |d| {
            (d.group, d.speaker.clone(), d.verb.clone())
        });
        drafts[index].group = group;
        drafts[index].kind = Kind::Direct;
        if drafts[index].speaker.is_none() {
            (drafts[index].speaker, drafts[index].verb) = (speaker, verb);
        } else if speaker.is_none() {
            // Named at the end of the last paragraph: all of it is theirs.
            let (speaker, verb) = (drafts[index].speaker.clone(), drafts[index].verb.clone());
            for draft in drafts[..index]
                .iter_mut()
                .rev()
                .take_while(|d| d.group == group || d.level > 0)
                .filter(|d| d.group == group)
            {
                (draft.speaker, draft.verb) = (speaker.clone(), verb.clone());
            }
        }
        return;
    }
    let sentence = reader.sentence_of(span.outer.start);
    let starts = reader.sentence(sentence).start == span.outer.start;
    if let Some(before) = last {
        let (group, speaker, verb, kind) = {
            let d = &drafts[before];
            (d.group, d.speaker.clone(), d.verb.clone(), d.kind)
        };
        let ended = reader.sentence_of(
            drafts[before]
                .outer
                .end
                .saturating_sub(1)
                .max(drafts[before].attribution.end.saturating_sub(1)),
        );
        let same_verb = verb.is_some() && drafts[index].verb == verb;
        if same_verb && kind == Kind::Direct {
            drafts[index].group = group;
            return;
        }
        let goes_on = drafts[index].speaker.is_none()
            && matches!(drafts[index].kind, Kind::Direct | Kind::Partial)
            && (kind == Kind::Direct || drafts[index].kind == Kind::Partial)
            && speaker.is_some()
            && sentence <= ended + 1
            && reader.block(sentence) == reader.block(ended);
        if goes_on {
            if drafts[index].kind == Kind::Direct {
                drafts[index].group = group;
            }
            (drafts[index].speaker, drafts[index].verb) = (speaker, None);
            return;
        }
    }
    if let Some(before) = last
        .filter(|_| starts && drafts[index].speaker.is_none() && drafts[index].kind == Kind::Direct)
    {
        // A paragraph that is all quotation, after one that ends with a speaker: the same goes on.
        let ended = reader.sentence_of(
            drafts[before]
                .outer
                .end
                .max(drafts[before].attribution.end)
                .saturating_sub(1),
        );
        let alone =
            reader.block(sentence) == reader.block(ended).wrapping_add(1) && sentence == ended + 1;
        if alone && drafts[before].kind == Kind::Direct && drafts[before].speaker.is_some() {
            drafts[index].speaker = drafts[before].speaker.clone();
            drafts[index].group = drafts[before].group;
            return;
        }
    }
    if starts && drafts[index].speaker.is_none() && drafts[index].kind == Kind::Direct {
        drafts[index].speaker =
            introduced_before(reader, sentence, last.map(|l| drafts[l].outer.clone()));
    }
}

/// The person that the sentence before a quotation is about, when nobody was quoted in it.
fn introduced_before(
    reader: &Reader<'_>,
    sentence: usize,
    last: Option<Range<usize>>,
) -> Option<Phrase> {
    let before = sentence.checked_sub(1)?;
    let tokens = reader.sentence(before);
    let next = reader.block(sentence).checked_sub(reader.block(before))?;
    if next > 1 || last.is_some_and(|l| l.end > tokens.start) {
        return None;
    }
    let found = sentence_subject(reader, tokens.start, tokens.end)?;
    let person = reader.is_word(found.head, "he")
        || reader.is_word(found.head, "she")
        || found
            .tokens
            .clone()
            .any(|at| reader.name_kind(at) == Some(NameKind::Person))
        || found.tokens.len() > 1
            && reader.capitalised(found.tokens.end - 1)
            && found
                .tokens
                .clone()
                .any(|at| reader.class(at, class::ROLE | class::TITLE));
    person.then_some(found)
}
