//! Decisions on time expressions, figures and quotations: they act on the marks that the reading made.
//!
//! 1. Every mark of these kinds is a slot; an `add` makes a slot of its own where there is none on just its words.
//! 2. Each override finds its slots: the mark on just its words, else the only one within them; at the scope of a mention
//!    also, failing that, the one that overlaps them most. It says of them whether they are kept, what they say, and to which
//!    measure they belong.
//! 3. Each of these is decided by itself: the narrowest scope prevails. One contradiction, and the slot stays as it was found.
//! 4. The parts of one speech take the speaker that was decided for any of them.
//! 5. What is added takes the place of what it overlaps (`agree`); figures follow the quotation around them.
//!
//! Invariant: times and figures that are decided on do not overlap each other; quotations stay nested or apart.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::agree::{Settled, figures_follow, make_room, nest, one_speech_one_speaker};
use super::content::{self, Content, Wanted};
use super::{Corrections, Prevailing, likeness, name, prevailing};
use crate::annotate::shown;
use crate::base::{Span, TextRange};
use crate::model::{Anchor, AnnotationKind, Id, Mark, MarkKind, Override, Scope, State, Verb};

const KINDS: [AnnotationKind; 3] = [
    AnnotationKind::Time,
    AnnotationKind::Figure,
    AnnotationKind::Quotation,
];

/// A mark, or words that are to become one.
struct Slot {
    kind: AnnotationKind,
    range: TextRange,
    /// Its words without quotation marks and what else stands at its ends that is no word.
    core: TextRange,
    /// What was found.
    mark: Option<Mark>,
    decisions: Vec<Decision>,
}

struct Decision {
    scope: Scope,
    span: Span,
    why: String,
    wanted: Wanted,
}

/// Applies overrides to the marks that a reading made.
pub(in crate::annotate) fn correct(all: &mut Corrections, marks: Vec<Mark>) -> Vec<Mark> {
    let corrections: Vec<&Override> = KINDS
        .into_iter()
        .flat_map(|kind| all.of_kind(kind))
        .collect();
    if corrections.is_empty() {
        return marks;
    }
    let text = all.finder.prose().source();
    let said = corrections
        .iter()
        .any(|c| c.kind == AnnotationKind::Quotation);
    let mut slots = Vec::with_capacity(marks.len());
    let mut others = Vec::new();
    for mark in marks {
        match kind_of(&mark.kind) {
            Some(kind) => slots.push(Slot {
                kind,
                range: mark.range,
                core: core(text, mark.range),
                mark: Some(mark),
                decisions: Vec::new(),
            }),
            None => others.push(mark),
        }
    }
    for correction in corrections {
        place(all, &mut slots, correction);
    }
    let mut conflicts = BTreeSet::new();
    let mut settled: Vec<Settled> = slots
        .into_iter()
        .filter_map(|slot| slot.settle(text, &mut conflicts))
        .collect();
    settled.extend(others.into_iter().map(Settled::as_found));
    one_speech_one_speaker(&mut settled);
    make_room(&mut settled, &mut conflicts);
    all.conflicts(conflicts);
    let mut marks: Vec<Mark> = settled.into_iter().map(|settled| settled.mark).collect();
    if said {
        marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
        nest(&mut marks);
        figures_follow(&mut marks);
    }
    marks
}

/// A stretch without what is no word at its ends; the whole where there is no word in it.
fn core(text: &str, range: TextRange) -> TextRange {
    // A sign of money, or one that makes a number negative or a share, is a part of what it says.
    let word = |c: char| c.is_alphanumeric() || "$€£¥₩%-−".contains(c);
    let words = range.of(text);
    let Some((first, (last, c))) = words
        .find(word)
        .zip(words.char_indices().rfind(|(_, c)| word(*c)))
    else {
        return range;
    };
    let start = range.start as usize;
    TextRange::new(start + first, start + last + c.len_utf8())
}

fn kind_of(mark: &MarkKind) -> Option<AnnotationKind> {
    match mark {
        MarkKind::Time(_) => Some(AnnotationKind::Time),
        MarkKind::Figure(_) => Some(AnnotationKind::Figure),
        MarkKind::Quotation(_) => Some(AnnotationKind::Quotation),
        MarkKind::Entity { .. } | MarkKind::Unlisted(_) | MarkKind::Note { .. } => None,
    }
}

/// Finds the slots of an override and notes there what it wants.
fn place(all: &mut Corrections, slots: &mut Vec<Slot>, correction: &Override) {
    let text = all.finder.prose().source();
    let places = all.places(correction);
    let mention = correction.scope == Scope::Mention;
    let mut used = false;
    for anchor in &places {
        let index = match correction.verb {
            Verb::Add if !addable(all, correction, anchor) => match mention {
                true => return,
                false => continue,
            },
            Verb::Add => Some(added(text, slots, correction.kind, anchor.range)),
            _ => match chosen(text, slots, correction.kind, anchor.range, mention) {
                Chosen::One(index) => Some(index),
                Chosen::None => None,
                Chosen::Several(count) => {
                    let kind = name(correction.kind);
                    let message = format!(
                        "‘{}’ holds {count} {kind}s, so it is not clear which is meant",
                        shown(&correction.quote)
                    );
                    all.stale(
                        correction,
                        message,
                        format!("quote only the words of the {kind}"),
                    );
                    all.use_of(correction);
                    return;
                }
            },
        };
        let Some(slot) = index.and_then(|index| slots.get_mut(index)) else {
            continue;
        };
        let so_far = slot.mark.as_ref().map(|mark| &mark.kind);
        let Some(wanted) = content::wanted(all.input, correction, so_far) else {
            continue;
        };
        used = true;
        slot.decisions.push(Decision {
            scope: correction.scope,
            span: correction.span.clone(),
            why: correction.why.clone(),
            wanted,
        });
    }
    if used {
        all.use_of(correction);
    } else if correction.scope <= Scope::Article && !places.is_empty() {
        nothing_to_decide(all, slots, correction, places.first());
    }
}

/// Whether words can be marked: quotations may go over several paragraphs, times and figures not.
fn addable(all: &mut Corrections, correction: &Override, anchor: &Anchor) -> bool {
    match (correction.kind, correction.scope) {
        (AnnotationKind::Quotation, _) => true,
        (_, Scope::Mention) => all.in_one_block(anchor, correction),
        _ => all.is_one_block(anchor),
    }
}

/// The slot on just these words, or a new one.
fn added(text: &str, slots: &mut Vec<Slot>, kind: AnnotationKind, range: TextRange) -> usize {
    let same = slots
        .iter()
        .position(|slot| slot.kind == kind && slot.is_on(text, range));
    same.unwrap_or_else(|| {
        slots.push(Slot {
            kind,
            range,
            core: core(text, range),
            mark: None,
            decisions: Vec::new(),
        });
        slots.len() - 1
    })
}

/// Which slot words mean.
enum Chosen {
    One(usize),
    None,
    Several(usize),
}

/// The mark that words mean: that on just these words, else the only one within them, not counting what lies in another
/// or belongs to the same speech; else, where `around` is wanted, the one that overlaps them most.
fn chosen(
    text: &str,
    slots: &[Slot],
    kind: AnnotationKind,
    range: TextRange,
    around: bool,
) -> Chosen {
    let marked = || {
        let found = slots.iter().enumerate();
        found.filter(|(_, slot)| slot.kind == kind && slot.mark.is_some())
    };
    if let Some((index, _)) = marked().find(|(_, slot)| slot.is_on(text, range)) {
        return Chosen::One(index);
    }
    let within: Vec<(usize, &Slot)> = marked()
        .filter(|(_, slot)| range.contains(slot.core))
        .collect();
    let outermost: Vec<&(usize, &Slot)> = within
        .iter()
        .filter(|(index, slot)| {
            let holds =
                |other: &Slot| other.range.contains(slot.range) && other.range != slot.range;
            !within.iter().any(|(i, other)| i != index && holds(other))
        })
        .collect();
    let speeches: BTreeSet<u32> = outermost
        .iter()
        .filter_map(|(_, slot)| slot.speech())
        .collect();
    let one_speech = speeches.len() == 1 && kind == AnnotationKind::Quotation;
    match outermost.as_slice() {
        [(index, _)] => return Chosen::One(*index),
        [(index, _), ..] if one_speech => return Chosen::One(*index),
        [_, _, ..] => return Chosen::Several(outermost.len()),
        [] => {}
    }
    let mut best: Vec<(u32, usize)> = marked()
        .filter(|(_, slot)| around && slot.range.overlaps(range))
        .map(|(index, slot)| (likeness(slot.range, range), index))
        .collect();
    best.sort_by_key(|(likeness, index)| (Reverse(*likeness), *index));
    match best.as_slice() {
        [] => Chosen::None,
        [(first, _), (second, _), ..] if first == second => Chosen::Several(best.len()),
        [(_, index), ..] => Chosen::One(*index),
    }
}

fn nothing_to_decide(
    all: &mut Corrections,
    slots: &[Slot],
    correction: &Override,
    anchor: Option<&Anchor>,
) {
    let kind = name(correction.kind);
    let whose = match &correction.target {
        Some(target) if correction.kind == AnnotationKind::Quotation => {
            format!(" by ‘{}’", target.value)
        }
        _ => String::new(),
    };
    let message = format!(
        "this override has nothing to decide: there is no {kind}{whose} at ‘{}’ in the article",
        shown(&correction.quote)
    );
    let text = all.finder.prose().source();
    let nearest = anchor.and_then(|anchor| {
        let sentences = all.finder.prose().sentences();
        let first = sentences.get(anchor.sentence as usize)?.range;
        let last = sentences.get(anchor.last_sentence as usize)?.range;
        let passage = TextRange {
            start: first.start,
            end: last.end,
        };
        let near = slots.iter().filter(|slot| {
            slot.kind == correction.kind && slot.mark.is_some() && slot.range.overlaps(passage)
        });
        let apart = |slot: &&Slot| {
            let after = slot.range.start.saturating_sub(anchor.range.end);
            after.max(anchor.range.start.saturating_sub(slot.range.end))
        };
        Some(near.min_by_key(apart)?.range)
    });
    let help = match nearest {
        Some(range) => format!(
            "the nearest {kind} there is ‘{}’; quote its words, or delete the override if it is no longer needed",
            shown(range.of(text))
        ),
        None => format!(
            "delete the override if it is no longer needed, or use `verb = \"add\"` to mark the words as a {kind}"
        ),
    };
    all.stale(correction, message, help);
}

impl Slot {
    /// Whether it is on just these words.
    fn is_on(&self, text: &str, range: TextRange) -> bool {
        range == self.range || core(text, range) == self.core
    }

    fn speech(&self) -> Option<u32> {
        match self.mark.as_ref().map(|mark| &mark.kind) {
            Some(MarkKind::Quotation(quotation)) => Some(quotation.group),
            _ => None,
        }
    }

    fn settle(self, text: &str, conflicts: &mut BTreeSet<(Span, Span)>) -> Option<Settled> {
        let Some(decisive) = self.decisions.iter().min_by_key(|d| d.scope) else {
            return self.mark.map(Settled::as_found);
        };
        let decided = Some((decisive.scope, decisive.span.clone()));
        let of = |d: &Decision| (d.scope, d.span.clone());
        let kept = self.decisions.iter().map(|d| {
            let (scope, span) = of(d);
            (scope, span, d.wanted.kept)
        });
        let contents = self.decisions.iter().filter_map(|d| {
            let (scope, span) = of(d);
            Some((scope, span, d.wanted.content.clone()?))
        });
        let measures = self.decisions.iter().filter_map(|d| {
            let (scope, span) = of(d);
            Some((scope, span, d.wanted.measure.clone()?))
        });
        let kept = prevailing(kept, conflicts);
        let contents: Prevailing<Content> = prevailing(contents, conflicts);
        let measures: Prevailing<Id> = prevailing(measures, conflicts);
        match kept {
            Prevailing::Wanted(false, _) => return None,
            Prevailing::Wanted(true, _) => {}
            Prevailing::Conflict | Prevailing::Nothing => return self.mark.map(Settled::as_found),
        }
        if contents == Prevailing::Conflict || measures == Prevailing::Conflict {
            return self.mark.map(Settled::as_found);
        }
        let content = match contents {
            Prevailing::Wanted(content, scope) => Some((content, scope)),
            _ => None,
        };
        let why = content.as_ref().and_then(|(content, scope)| {
            let gave =
                |d: &&Decision| d.scope == *scope && d.wanted.content.as_ref() == Some(content);
            self.decisions.iter().find(gave).map(|d| d.why.clone())
        });
        let why = why.unwrap_or_default();
        let added = self.mark.is_none();
        let mut mark = match (self.mark, &content) {
            (Some(mark), _) => mark,
            (None, Some((content, _))) => content::new_mark(text, self.range, content, &why),
            (None, None) => return None,
        };
        mark.state = State::Reviewed;
        if let Some((content, _)) = &content {
            content::say(&mut mark, content, &why);
        }
        if let (MarkKind::Figure(figure), Prevailing::Wanted(measure, _)) =
            (&mut mark.kind, measures)
        {
            figure.measure = Some(measure);
        }
        let speaker = match content {
            Some((Content::Speaker(speaker), _)) => Some(speaker),
            _ => None,
        };
        Some(Settled {
            mark,
            decided,
            added,
            speaker,
        })
    }
}
