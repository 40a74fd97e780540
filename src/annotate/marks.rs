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
    let speakers = reading.quotations.iter().map(|q| q.speaker.as_ref());
    let voices: Vec<Option<Arc<Voice>>> = speakers
        .map(|speaker| speaker.map(|s| Arc::new(voice(text, reading, s))))
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

fn voice(text: &str, reading: &Reading, speaker: &Speaker) -> Voice {
    let named = speaker.antecedent.as_ref().unwrap_or(&speaker.range);
    Voice {
        entity: speaker.name.and_then(|n| reading.entity(n)).cloned(),
        words: in_line(text_range(named).of(text)).into(),
        anonymous: speaker.anonymous,
        affiliation: speaker.affiliation.and_then(|n| reading.entity(n)).cloned(),
    }
}

fn text_range(range: &Range<u32>) -> TextRange {
    TextRange {
        start: range.start,
        end: range.end,
    }
}
