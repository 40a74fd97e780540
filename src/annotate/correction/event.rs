//! Decisions on which sentences tell of which event. They change no mark: they are facts for the links of the site.
//!
//! 1. Each override finds the sentences of its words, and says of what they tell and of what not: `accept` and `add` tell of
//!    the target; `reject` denies it, or any event where no target is named; `retarget` tells of the target and of nothing
//!    else.
//! 2. Where two speak of one event and share a sentence, the narrower scope prevails; two of one scope that contradict each
//!    other there are a conflict, and neither counts.
//!
//! Invariant: decisions are in the order of the text, no two are the same, and no two contradict each other on a named event.

use std::collections::{BTreeMap, BTreeSet};

use super::{Corrections, pair};
use crate::base::Span;
use crate::model::{AnnotationKind, EventDecision, Id, Override, Scope, Verb};

/// What one override says of some sentences.
struct Ruling<'a> {
    first: u32,
    last: u32,
    tells: Option<&'a Id>,
    denies: Denial<'a>,
    correction: &'a Override,
}

/// Which events are denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Denial<'a> {
    Nothing,
    One(&'a Id),
    /// All but the one told.
    Every,
}

/// What editors have decided on events of this article.
pub(in crate::annotate) fn decide(all: &mut Corrections) -> Vec<EventDecision> {
    let mut rulings = Vec::new();
    let corrections: Vec<&Override> = all.of_kind(AnnotationKind::Event).collect();
    for correction in corrections {
        rule(all, &mut rulings, correction);
    }
    let mut conflicts = BTreeSet::new();
    let mut void = BTreeSet::new();
    for (a, first) in rulings.iter().enumerate() {
        for (b, second) in rulings.iter().enumerate().skip(a + 1) {
            let level = first.scope() == second.scope();
            if level && first.meets(second) && (first.gainsays(second) || second.gainsays(first)) {
                conflicts.insert(pair(first.span(), second.span()));
                void.extend([a, b]);
            }
        }
    }
    all.conflicts(conflicts);
    let mut numbers = 0..;
    rulings.retain(|_| {
        numbers
            .next()
            .is_some_and(|number: usize| !void.contains(&number))
    });
    decisions(&rulings)
}

fn rule<'a>(all: &mut Corrections, rulings: &mut Vec<Ruling<'a>>, correction: &'a Override) {
    let target = correction.target.as_ref().map(|target| &target.value);
    let (tells, denies) = match (correction.verb, target) {
        (Verb::Accept | Verb::Add, Some(_)) => (target, Denial::Nothing),
        (Verb::Retarget, Some(_)) => (target, Denial::Every),
        (Verb::Reject, Some(id)) => (None, Denial::One(id)),
        (Verb::Reject, None) => (None, Denial::Every),
        // What is missing has been reported where the override was read.
        (Verb::Accept | Verb::Add | Verb::Retarget | Verb::Set, _) => return,
    };
    for anchor in all.places(correction) {
        let sentences = all.finder.prose().sentences();
        let number = |index: u32| Some(sentences.get(index as usize)?.number);
        let Some((first, last)) = number(anchor.sentence).zip(number(anchor.last_sentence)) else {
            continue;
        };
        all.use_of(correction);
        rulings.push(Ruling {
            first,
            last,
            tells,
            denies,
            correction,
        });
    }
}

impl Ruling<'_> {
    fn scope(&self) -> Scope {
        self.correction.scope
    }

    fn span(&self) -> &Span {
        &self.correction.span
    }

    fn meets(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    fn denies(&self, event: &Id) -> bool {
        match self.denies {
            Denial::Nothing => false,
            Denial::One(id) => id == event,
            Denial::Every => self.tells != Some(event),
        }
    }

    /// Whether it denies what the other tells.
    fn gainsays(&self, other: &Self) -> bool {
        other.tells.is_some_and(|event| self.denies(event))
    }

    /// Whether it says anything of an event; of none in particular, whether it denies all.
    fn speaks_of(&self, event: Option<&Id>) -> bool {
        match event {
            Some(event) => self.tells == Some(event) || self.denies(event),
            None => self.denies == Denial::Every,
        }
    }
}

fn decisions(rulings: &[Ruling]) -> Vec<EventDecision> {
    let mut decisions: BTreeMap<(u32, u32, Option<&Id>), EventDecision> = BTreeMap::new();
    let mut ordered: Vec<&Ruling> = rulings.iter().collect();
    ordered.sort_by_key(|ruling| (ruling.scope(), ruling.span().clone()));
    for ruling in &ordered {
        let denied = match ruling.denies {
            Denial::Nothing => None,
            Denial::One(id) => Some(Some(id)),
            Denial::Every => Some(None),
        };
        let told = ruling.tells.map(|id| (Some(id), true));
        for (event, tells) in told.into_iter().chain(denied.map(|event| (event, false))) {
            let narrower = |other: &&&Ruling| {
                other.scope() < ruling.scope() && other.meets(ruling) && other.speaks_of(event)
            };
            if ordered.iter().find(narrower).is_some() {
                continue;
            }
            let key = (ruling.first, ruling.last, event);
            decisions.entry(key).or_insert_with(|| EventDecision {
                sentence: ruling.first,
                last_sentence: ruling.last,
                event: event.cloned(),
                tells,
                by: ruling.correction.by.clone(),
                why: ruling.correction.why.clone(),
            });
        }
    }
    decisions.into_values().collect()
}
