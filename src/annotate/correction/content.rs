//! What an annotation says, apart from where it stands: what overrides set, and compare.

use std::sync::Arc;

use crate::annotate::Input;
use crate::base::TextRange;
use crate::model::{
    Amount, AnnotationKind, FigureKind, FigureMark, FigureValue, Hedge, Id, Mark, MarkKind,
    NewValue, Override, QuotationKind, QuotationMark, State, TimeMark, TimeValue, TimeWhy,
    TimexType, Verb, Voice, WhyWord,
};

/// What an annotation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// What a time expression means.
    Time {
        timex: TimexType,
        value: Box<str>,
        modifier: Option<&'static str>,
    },
    /// How many.
    Figure {
        kind: FigureKind,
        min: Option<Amount>,
        max: Option<Amount>,
        hedge: Hedge,
    },
    /// Who speaks.
    Speaker(Option<Arc<Voice>>),
}

/// What an override wants of an annotation. Whatever is none it leaves as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Whether there is to be an annotation at all.
    pub(super) kept: bool,
    /// What it is to say.
    pub(super) content: Option<Content>,
    /// The measure to which a figure belongs.
    pub(super) measure: Option<Id>,
}

impl Content {
    /// What a mark says.
    pub(super) fn of(mark: &MarkKind) -> Option<Self> {
        match mark {
            MarkKind::Time(time) => Some(Self::Time {
                timex: time.timex,
                value: time.value.clone(),
                modifier: time.modifier,
            }),
            MarkKind::Figure(figure) => Some(Self::Figure {
                kind: figure.kind.clone(),
                min: figure.min,
                max: figure.max,
                hedge: figure.hedge,
            }),
            MarkKind::Quotation(quotation) => Some(Self::Speaker(quotation.speaker.clone())),
            MarkKind::Entity { .. } | MarkKind::Unlisted(_) | MarkKind::Note { .. } => None,
        }
    }

    fn time(value: &TimeValue, mark: Option<&MarkKind>) -> Self {
        let by_form = match &value.value {
            v if v.starts_with('P') && !v.ends_with("_REF") => TimexType::Duration,
            v if v.contains('T') && !v.ends_with("_REF") => TimexType::Time,
            _ => TimexType::Date,
        };
        let so_far = match mark {
            Some(MarkKind::Time(time)) => Some(time.timex),
            _ => None,
        };
        // What repeats is still so when it is counted otherwise; every other type shows in the form of its value.
        let repeats = so_far.filter(|timex| *timex == TimexType::Set);
        Self::Time {
            timex: value.timex.or(repeats).unwrap_or(by_form),
            value: value.value.as_str().into(),
            modifier: value.modifier,
        }
    }

    fn figure(value: &FigureValue, mark: Option<&MarkKind>) -> Self {
        let so_far = match mark {
            Some(MarkKind::Figure(figure)) => Some(figure.kind.clone()),
            _ => None,
        };
        Self::Figure {
            kind: value
                .kind
                .clone()
                .or(so_far)
                .unwrap_or(FigureKind::Cardinal),
            min: value.min,
            max: value.max,
            hedge: value.hedge,
        }
    }
}

/// What an override wants of an annotation that is so far `mark`; none where it is about another one, or lacks what it needs,
/// which has been reported where it was read.
pub(super) fn wanted(
    input: &Input,
    correction: &Override,
    mark: Option<&MarkKind>,
) -> Option<Wanted> {
    let target = correction.target.as_ref().map(|target| &target.value);
    let is_figure = correction.kind == AnnotationKind::Figure;
    // Of a quotation that is accepted or rejected the target says who it is that speaks so far.
    let so_far = match mark {
        Some(MarkKind::Quotation(quotation)) => quotation.speaker.as_ref(),
        _ => None,
    };
    let same_speaker = || {
        let speaker = so_far.and_then(|voice| voice.entity.as_ref());
        is_figure || target.is_none() || target == speaker
    };
    let content = match correction.verb {
        Verb::Reject => {
            return same_speaker().then_some(Wanted {
                kept: false,
                content: None,
                measure: None,
            });
        }
        Verb::Accept if same_speaker() => Some(Content::of(mark?)?),
        Verb::Accept => return None,
        Verb::Retarget if is_figure => None,
        Verb::Retarget | Verb::Set | Verb::Add => Some(new_content(input, correction, mark)?),
    };
    Some(Wanted {
        kept: true,
        content,
        measure: target.filter(|_| is_figure).cloned(),
    })
}

fn new_content(input: &Input, correction: &Override, mark: Option<&MarkKind>) -> Option<Content> {
    let value = correction.value.as_ref().map(|value| &value.value);
    match (correction.kind, value) {
        (AnnotationKind::Time, Some(NewValue::Time(value))) => Some(Content::time(value, mark)),
        (AnnotationKind::Figure, Some(NewValue::Figure(value))) => {
            Some(Content::figure(value, mark))
        }
        (AnnotationKind::Quotation, value) => {
            let words = match value {
                Some(NewValue::Words(words)) => Some(words.as_str()),
                _ => None,
            };
            let target = correction.target.as_ref().map(|target| &target.value);
            Some(Content::Speaker(Some(voice(input, target, words)?)))
        }
        _ => None,
    }
}

/// A speaker: an entity; words, which with an entity beside them name a source that belongs to it.
fn voice(input: &Input, target: Option<&Id>, words: Option<&str>) -> Option<Arc<Voice>> {
    let target = target.filter(|id| input.gazetteer.contains(id));
    Some(Arc::new(match (words, target) {
        (Some(words), target) => Voice {
            entity: None,
            words: words.into(),
            anonymous: target.is_some() || is_nameless(words),
            affiliation: target.cloned(),
        },
        (None, Some(id)) => Voice {
            entity: Some(id.clone()),
            words: input.gazetteer.name(id)?.into(),
            anonymous: false,
            affiliation: None,
        },
        (None, None) => return None,
    }))
}

/// Whether words describe a source without naming it: `officials`, `An official of the ministry`.
fn is_nameless(words: &str) -> bool {
    let article = ["A ", "An ", "One ", "Some ", "Several "];
    words.starts_with(char::is_lowercase) || article.iter().any(|word| words.starts_with(word))
}

/// Lets a mark say something. `why` is the override's reason.
pub(super) fn say(mark: &mut Mark, content: &Content, why: &str) {
    let same = Content::of(&mark.kind).as_ref() == Some(content);
    match (&mut mark.kind, content) {
        (
            MarkKind::Time(time),
            Content::Time {
                timex,
                value,
                modifier,
            },
        ) => {
            // Where an editor has decided there are no two readings any more.
            time.alternative = None;
            if !same {
                (time.timex, time.modifier) = (*timex, *modifier);
                time.value.clone_from(value);
                time.stated = false;
                time.why = set_because(why);
            }
        }
        (
            MarkKind::Figure(figure),
            Content::Figure {
                kind,
                min,
                max,
                hedge,
            },
        ) => {
            figure.kind = kind.clone();
            (figure.min, figure.max, figure.hedge) = (*min, *max, *hedge);
            if *hedge == Hedge::Exact {
                figure.hedged = None;
            }
        }
        (MarkKind::Quotation(quotation), Content::Speaker(speaker)) => {
            quotation.speaker.clone_from(speaker);
            // Marks around what somebody says are no longer those around a mere term.
            if !same && quotation.kind == QuotationKind::Scare && speaker.is_some() {
                quotation.kind = QuotationKind::Partial;
            }
        }
        _ => {}
    }
}

/// Why a time has its value, where an editor gave it.
fn set_because(why: &str) -> TimeWhy {
    match why.trim().trim_end_matches('.') {
        "" => TimeWhy {
            key: "set",
            words: Box::default(),
        },
        why => TimeWhy {
            key: "set_because",
            words: Box::new([("why", WhyWord::Text(why.into()))]),
        },
    }
}

/// A new mark of what an override adds.
pub(super) fn new_mark(text: &str, range: TextRange, content: &Content, why: &str) -> Mark {
    let (range, kind) = match content {
        Content::Time {
            timex,
            value,
            modifier,
        } => {
            let time = TimeMark {
                timex: *timex,
                value: value.clone(),
                modifier: *modifier,
                alternative: None,
                stated: false,
                why: set_because(why),
            };
            (range, MarkKind::Time(Box::new(time)))
        }
        Content::Figure {
            kind,
            min,
            max,
            hedge,
        } => {
            let figure = FigureMark {
                kind: kind.clone(),
                min: *min,
                max: *max,
                hedge: *hedge,
                hedged: None,
                counted: None,
                words: !range.of(text).contains(|c: char| c.is_ascii_digit()),
                speaker: None,
                measure: None,
            };
            (range, MarkKind::Figure(Box::new(figure)))
        }
        Content::Speaker(speaker) => {
            let (outer, inner) = in_marks(text, range);
            let quotation = QuotationMark {
                inner,
                kind: quoted_as(text, outer, inner),
                verb: None,
                said_by: None,
                speaker: speaker.clone(),
                group: 0,
                level: 0,
            };
            (outer, MarkKind::Quotation(Box::new(quotation)))
        }
    };
    Mark {
        range,
        kind,
        state: State::Reviewed,
    }
}

fn quoted_as(text: &str, outer: TextRange, inner: TextRange) -> QuotationKind {
    let words = inner.of(text);
    let sentence = words.starts_with(|c: char| !c.is_lowercase())
        && words.ends_with(['.', '!', '?', ',', '…', '。', '？', '！']);
    match (outer == inner, sentence) {
        (true, _) => QuotationKind::Indirect,
        (false, true) => QuotationKind::Direct,
        (false, false) => QuotationKind::Partial,
    }
}

const OPENING: [char; 6] = ['“', '"', '‘', '«', '「', '『'];
const CLOSING: [char; 6] = ['”', '"', '’', '»', '」', '』'];

/// A stretch with its quotation marks and without them, which stand at its ends or right around it.
fn in_marks(text: &str, range: TextRange) -> (TextRange, TextRange) {
    let words = range.of(text);
    let (start, end) = (range.start as usize, range.end as usize);
    let opened = OPENING.into_iter().find(|mark| words.starts_with(*mark));
    let closed = CLOSING.into_iter().find(|mark| words.ends_with(*mark));
    if let (Some(open), Some(close)) = (opened, closed)
        && words.len() > open.len_utf8() + close.len_utf8()
    {
        let inner = TextRange::new(start + open.len_utf8(), end - close.len_utf8());
        return (range, inner);
    }
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    match (before, after) {
        (Some(open), Some(close)) if OPENING.contains(&open) && CLOSING.contains(&close) => {
            let outer = TextRange::new(start - open.len_utf8(), end + close.len_utf8());
            (outer, range)
        }
        _ => (range, range),
    }
}
