//! Marks after every decision by itself, made to agree with each other: step 4 and 5 of [`super::marks`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::pair;
use crate::base::{Span, TextRange};
use crate::model::{Mark, MarkKind, QuotationKind, Scope, State, Voice};

/// A mark after all decisions.
pub(super) struct Settled {
    pub(super) mark: Mark,
    /// The scope that decided, and where; none for what is as it was found.
    pub(super) decided: Option<(Scope, Span)>,
    /// Whether it is new, and so has to find room.
    pub(super) added: bool,
    /// The speaker that was decided on.
    pub(super) speaker: Option<Option<Arc<Voice>>>,
}

impl Settled {
    pub(super) fn as_found(mark: Mark) -> Self {
        Self {
            mark,
            decided: None,
            added: false,
            speaker: None,
        }
    }
}

/// Gives the parts of a speech the speaker that was decided for one of them, and new speeches numbers of their own.
pub(super) fn one_speech_one_speaker(settled: &mut [Settled]) {
    let mut next = 0;
    let mut speakers: BTreeMap<u32, Option<Arc<Voice>>> = BTreeMap::new();
    for one in settled.iter().filter(|one| !one.added) {
        if let MarkKind::Quotation(quotation) = &one.mark.kind {
            next = next.max(quotation.group.saturating_add(1));
            if let Some(speaker) = &one.speaker {
                speakers
                    .entry(quotation.group)
                    .or_insert_with(|| speaker.clone());
            }
        }
    }
    for one in settled {
        let MarkKind::Quotation(quotation) = &mut one.mark.kind else {
            continue;
        };
        if one.added {
            quotation.group = next;
            next = next.saturating_add(1);
        } else if let (None, Some(speaker)) = (&one.speaker, speakers.get(&quotation.group)) {
            quotation.speaker.clone_from(speaker);
            one.mark.state = State::Reviewed;
        }
    }
}

/// Takes away what an added mark overlaps: of times, figures and unlisted names whatever shares a character, of quotations
/// what would cross. Decisions of the narrower scope stay; two additions of one scope in each other's way are a conflict.
pub(super) fn make_room(settled: &mut Vec<Settled>, conflicts: &mut BTreeSet<(Span, Span)>) {
    if settled.iter().all(|one| !one.added) {
        return;
    }
    settled.sort_by_key(|one| {
        let scope = one.decided.as_ref().map(|(scope, _)| *scope);
        let range = one.mark.range;
        (
            scope.is_none(),
            scope,
            !one.added,
            Reverse(range.len()),
            range.start,
        )
    });
    let mut stay: Vec<Settled> = Vec::with_capacity(settled.len());
    let mut additions: Vec<usize> = Vec::new();
    for one in settled.drain(..) {
        // What was found does not stand in its own way, so only pairs with an addition matter.
        let rivals: Vec<&Settled> = match one.added {
            true => stay.iter().collect(),
            false => additions
                .iter()
                .filter_map(|index| stay.get(*index))
                .collect(),
        };
        match rivals
            .into_iter()
            .find(|other| collide(&other.mark, &one.mark))
        {
            None => {
                if one.added {
                    additions.push(stay.len());
                }
                stay.push(one);
            }
            Some(other) => {
                if let (Some((a, first)), Some((b, second))) = (&other.decided, &one.decided)
                    && a == b
                {
                    conflicts.insert(pair(first, second));
                }
            }
        }
    }
    *settled = stay;
}

fn collide(a: &Mark, b: &Mark) -> bool {
    match (&a.kind, &b.kind) {
        (MarkKind::Quotation(_), MarkKind::Quotation(_)) => {
            let nested = a.range.contains(b.range) || b.range.contains(a.range);
            a.range == b.range || (a.range.overlaps(b.range) && !nested)
        }
        (MarkKind::Quotation(_), _) | (_, MarkKind::Quotation(_)) => false,
        _ => a.range.overlaps(b.range),
    }
}

/// Counts again in how many quotations in marks each lies.
pub(super) fn nest(marks: &mut [Mark]) {
    let mut around: Vec<u32> = Vec::new();
    for mark in marks {
        let range = mark.range;
        let MarkKind::Quotation(quotation) = &mut mark.kind else {
            continue;
        };
        around.retain(|end| *end > range.start);
        let outer = around.iter().filter(|end| **end >= range.end).count();
        quotation.level = u8::try_from(outer).unwrap_or(u8::MAX);
        if quotation.kind != QuotationKind::Indirect {
            around.push(range.end);
        }
    }
}

/// Lets figures be said by who speaks in the innermost quotation around them, as where they are found.
pub(super) fn figures_follow(marks: &mut [Mark]) {
    const NEAR: usize = 64;
    let quotations: Vec<(TextRange, Arc<Voice>)> = marks
        .iter()
        .filter_map(|mark| match &mark.kind {
            MarkKind::Quotation(quotation) => Some((mark.range, quotation.speaker.clone()?)),
            _ => None,
        })
        .collect();
    for mark in marks {
        let range = mark.range;
        if let MarkKind::Figure(figure) = &mut mark.kind {
            let upto = quotations.partition_point(|(outer, _)| outer.start <= range.start);
            let before = quotations.iter().take(upto).rev().take(NEAR);
            let innermost = before
                .filter(|(outer, _)| outer.contains(range))
                .min_by_key(|(outer, _)| outer.len());
            figure.speaker = innermost.map(|(_, voice)| voice.clone());
        }
    }
}
