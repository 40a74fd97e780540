//! Marks of what a reading found: time expressions, figures, quotations and unlisted names.

use std::ops::Range;
use std::sync::Arc;

use super::figure::Figure;
use super::quotation::{self, Quotation, Speaker};
use super::reading::Reading;
use super::time;
use super::unlisted;
use crate::base::{TextRange, in_line};
use crate::model::{
    Amount, CountedMark, EntityType, FigureMark, Mark, MarkKind, QuotationMark, State, TimeMark,
    TimexType, UnlistedMark, Voice,
};

/// Everything that a reading found beside the mentions, each kind in order.
pub(super) fn marks(text: &str, reading: &Reading) -> Vec<Mark> {
    let said = reading.quotations.iter();
    let voices: Vec<Option<Arc<Voice>>> = said
        .map(|q| Some(Arc::new(voice(text, reading, q, q.speaker.as_ref()?))))
        .collect();
    let times = reading
        .times
        .iter()
        .map(|t| (&t.range, MarkKind::Time(Box::new(time_mark(t)))));
    let figures = reading.figures.iter().map(|f| {
        let said = quotation::covering(&reading.quotations, &f.range);
        let speaker = said.and_then(|at| voices.get(at)?.clone());
        let mark = figure_mark(f, speaker);
        (&f.range, MarkKind::Figure(Box::new(mark)))
    });
    let quotations = reading.quotations.iter().zip(&voices).map(|(q, voice)| {
        let mark = quotation_mark(q, voice.clone());
        (&q.range, MarkKind::Quotation(Box::new(mark)))
    });
    let unlisted = reading.unlisted.iter().map(|name| {
        let mark = UnlistedMark {
            entity_type: match name.kind {
                unlisted::NameKind::Person => EntityType::Person,
                unlisted::NameKind::Organization => EntityType::Organization,
                unlisted::NameKind::Place => EntityType::Place,
            },
            certainty: name.certainty,
            group: name.group,
        };
        (&name.range, MarkKind::Unlisted(mark))
    });
    let all = times.chain(figures).chain(quotations).chain(unlisted);
    all.map(|(range, kind)| Mark {
        range: text_range(range),
        kind,
        state: State::Automatic,
    })
    .collect()
}

fn time_mark(time: &time::Time) -> TimeMark {
    TimeMark {
        timex: match time.kind {
            time::Kind::Date => TimexType::Date,
            time::Kind::Time => TimexType::Time,
            time::Kind::Duration => TimexType::Duration,
            time::Kind::Set => TimexType::Set,
        },
        value: time.value.as_str().into(),
        modifier: time.modifier.map(time::Modifier::name),
        alternative: time.alternative.as_deref().map(Into::into),
        stated: time.why == time::Why::Stated,
        why: time.why.message(),
    }
}

fn figure_mark(figure: &Figure, speaker: Option<Arc<Voice>>) -> FigureMark {
    FigureMark {
        kind: figure.kind.clone(),
        min: figure.min.map(Amount::new),
        max: figure.max.map(Amount::new),
        hedge: figure.hedge,
        hedged: figure.hedged.as_ref().map(text_range),
        counted: figure.counted.as_ref().map(|counted| CountedMark {
            range: text_range(&counted.range),
            noun: counted.noun.as_str().into(),
        }),
        words: figure.words,
        speaker,
        measure: None,
    }
}

fn quotation_mark(quotation: &Quotation, voice: Option<Arc<Voice>>) -> QuotationMark {
    let speaker = quotation.speaker.as_ref();
    QuotationMark {
        inner: text_range(&quotation.inner),
        kind: quotation.kind,
        verb: quotation.verb.as_ref().map(text_range),
        said_by: speaker.map(|s| text_range(&s.range)),
        speaker: voice,
        group: quotation.group,
        level: quotation.level,
    }
}

fn voice(text: &str, reading: &Reading, said: &Quotation, speaker: &Speaker) -> Voice {
    let named = match &speaker.antecedent {
        Some(before) => before.clone(),
        None if speaker.anonymous => described(text, &speaker.range, said.verb.as_ref()),
        None => speaker.range.clone(),
    };
    Voice {
        entity: speaker.name.and_then(|n| reading.entity(n)).cloned(),
        words: in_line(text_range(&named).of(text)).into(),
        anonymous: speaker.anonymous,
        affiliation: speaker.affiliation.and_then(|n| reading.entity(n)).cloned(),
    }
}

/// What ties a source without a name to what it knows, which is all that is told of it.
const TIES: [&str; 6] = [
    " familiar with ",
    " close to ",
    " with knowledge of ",
    " with direct knowledge of ",
    " briefed on ",
    " involved in ",
];

/// The most words of what such a source knows.
const KNOWN: usize = 6;

/// The words of a source without a name, with what it is familiar with: up to the verb of speech, or the end of the phrase.
fn described(text: &str, source: &Range<u32>, verb: Option<&Range<u32>>) -> Range<u32> {
    let rest = text.get(source.end as usize..).unwrap_or_default();
    let Some(tie) = TIES.iter().find(|tie| rest.starts_with(**tie)) else {
        return source.clone();
    };
    let verb = verb.and_then(|verb| verb.start.checked_sub(source.end));
    let known = rest.get(tie.len()..).unwrap_or_default();
    let stop = |c: char| {
        matches!(
            c,
            ',' | '.' | ';' | ':' | '!' | '?' | '(' | '"' | '“' | '”' | '—' | '\n'
        )
    };
    let end = known.find(stop).unwrap_or(known.len()) + tie.len();
    let end = verb.map_or(end, |verb| end.min(verb as usize));
    let phrase = rest.get(..end).unwrap_or_default().trim_end();
    match phrase
        .get(tie.len()..)
        .map(|known| known.split(' ').count())
    {
        Some(1..=KNOWN) => {
            let length = u32::try_from(phrase.len()).unwrap_or(0);
            source.start..source.end + length
        }
        _ => source.clone(),
    }
}

fn text_range(range: &Range<u32>) -> TextRange {
    TextRange {
        start: range.start,
        end: range.end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_without_a_name_are_told_with_what_they_know() {
        for (text, verb, expected) in [
            (
                "A person familiar with the talks said no.",
                "said",
                "A person familiar with the talks",
            ),
            (
                "No, said a person close to the board, and left.",
                "said",
                "a person close to the board",
            ),
            (
                "Officials briefed on it\nsaid no.",
                "said",
                "Officials briefed on it",
            ),
            ("A person said no.", "said", "A person"),
            (
                "A person familiar with all of the many things that are said",
                "said",
                "A person",
            ),
            ("A person familiar with ", "", "A person"),
        ] {
            let words = ["A person", "a person", "Officials"];
            let start = words.iter().find_map(|w| Some((text.find(w)?, w.len())));
            let (start, length) = start.expect("a source");
            let source = start as u32..(start + length) as u32;
            let verb = Some(verb).filter(|v| !v.is_empty());
            let verb = verb
                .and_then(|v| Some(text.rfind(v)? as u32))
                .map(|at| at..at + 4);
            let found = described(text, &source, verb.as_ref());
            assert_eq!(text_range(&found).of(text), expected, "{text}");
        }
    }
}
