//! Marks of what a reading found: time expressions, figures, quotations and unlisted names.

use std::ops::Range;

use super::figure::Figure;
use super::quotation::{self, Quotation, Speaker};
use super::reading::Reading;
use super::time;
use super::unlisted;
use crate::base::TextRange;
use crate::model::{
    Amount, CountedMark, EntityType, FigureMark, Mark, MarkKind, QuotationMark, State, TimeMark,
    TimexType, UnlistedMark, Voice,
};

/// Everything that a reading found beside the mentions, each kind in order.
pub(super) fn marks(text: &str, reading: &Reading) -> Vec<Mark> {
    let times = reading
        .times
        .iter()
        .map(|t| (&t.range, MarkKind::Time(Box::new(time_mark(t)))));
    let figures = reading.figures.iter().map(|f| {
        let mark = figure_mark(text, reading, f);
        (&f.range, MarkKind::Figure(Box::new(mark)))
    });
    let quotations = reading.quotations.iter().map(|q| {
        let mark = quotation_mark(text, reading, q);
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
        value: time.value.clone(),
        modifier: time.modifier.map(time::Modifier::name),
        alternative: time.alternative.clone(),
        stated: time.why == time::Why::Stated,
        why: time.why.message(),
    }
}

fn figure_mark(text: &str, reading: &Reading, figure: &Figure) -> FigureMark {
    let said = quotation::covering(&reading.quotations, &figure.range);
    FigureMark {
        kind: figure.kind.clone(),
        min: figure.min.map(Amount::new),
        max: figure.max.map(Amount::new),
        hedge: figure.hedge,
        hedged: figure.hedged.as_ref().map(text_range),
        counted: figure.counted.as_ref().map(|counted| CountedMark {
            range: text_range(&counted.range),
            noun: counted.noun.clone(),
        }),
        words: figure.words,
        speaker: said
            .and_then(|q| q.speaker.as_ref())
            .map(|s| voice(text, reading, s)),
        measure: None,
    }
}

fn quotation_mark(text: &str, reading: &Reading, quotation: &Quotation) -> QuotationMark {
    let speaker = quotation.speaker.as_ref();
    QuotationMark {
        inner: text_range(&quotation.inner),
        kind: quotation.kind,
        verb: quotation.verb.as_ref().map(text_range),
        said_by: speaker.map(|s| text_range(&s.range)),
        speaker: speaker.map(|s| voice(text, reading, s)),
        group: quotation.group,
        level: quotation.level,
    }
}

fn voice(text: &str, reading: &Reading, speaker: &Speaker) -> Voice {
    let named = speaker.antecedent.as_ref().unwrap_or(&speaker.range);
    let words = text_range(named).of(text);
    Voice {
        entity: speaker.name.and_then(|n| reading.entity(n)).cloned(),
        words: words.split_whitespace().collect::<Vec<_>>().join(" "),
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
