//! Decisions on entity mentions: links in the article's own text, and overrides.
//!
//! 1. Mentions, ties and links become slots; an `add` makes a slot of its own.
//! 2. Each override that reaches the article finds its slots: at the scope of a mention those where its quotation stands,
//!    at a wider scope every slot of just those words.
//! 3. Per slot the narrowest scope decides. Overrides of one scope that disagree are a conflict and change nothing.
//! 4. Where slots overlap, decisions of the narrower scope stay, and any decision before an automatic mention.
//!
//! Invariant: the marks that remain do not overlap.

use std::collections::{BTreeMap, BTreeSet};

use super::{Corrections, pair};
use crate::annotate::gazetteer::Mentions;
use crate::annotate::prose::spell;
use crate::annotate::shown;
use crate::base::{Code, Diagnostic, Span, TextRange};
use crate::model::{AnnotationKind, Id, Mark, MarkKind, MentionRule, Override, Scope, State, Verb};

/// A stretch of text that is a mention or may become one.
#[derive(Debug, Default)]
struct Slot {
    /// What it is so far: the entity and how it was found.
    mention: Option<(Id, MentionRule)>,
    /// Entities between which nothing decides.
    tied: Vec<Id>,
    decisions: Vec<Decision>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Decision {
    scope: Scope,
    change: Change,
    span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    Accept,
    Reject,
    Mean(Id),
}

struct Corrector<'c, 'a> {
    all: &'c mut Corrections<'a>,
    slots: BTreeMap<TextRange, Slot>,
    /// Slots by their words in the common spelling; filled when a wider override first asks.
    by_words: BTreeMap<String, Vec<TextRange>>,
}

/// Applies links and overrides to what was found: entity marks that do not overlap, in no particular order.
pub(in crate::annotate) fn correct(all: &mut Corrections, found: Mentions) -> Vec<Mark> {
    let links = all.input.links;
    let corrected = all.of_kind(AnnotationKind::Entity).next().is_some();
    // What was found does not overlap.
    if !corrected && links.is_empty() && found.ties.is_empty() {
        let named = found.named.into_iter();
        return named
            .map(|m| mark(m.range, m.id, m.rule, State::Automatic))
            .collect();
    }
    let mut corrector = Corrector {
        all,
        slots: BTreeMap::new(),
        by_words: BTreeMap::new(),
    };
    for mention in found.named {
        let slot = corrector.slots.entry(mention.range).or_default();
        slot.mention = Some((mention.id, mention.rule));
    }
    for tie in found.ties {
        corrector.slots.entry(tie.range).or_default().tied = tie.ids;
    }
    for (range, id) in links {
        let slot = corrector.slots.entry(*range).or_default();
        slot.mention = Some((id.clone(), MentionRule::Link));
    }
    let corrections: Vec<&Override> = corrector.all.of_kind(AnnotationKind::Entity).collect();
    for correction in corrections {
        corrector.place(correction);
    }
    corrector.finish()
}

impl Corrector<'_, '_> {
    /// Finds the slots of an override and notes its decision there.
    fn place(&mut self, correction: &Override) {
        let target = correction.target.as_ref().map(|t| &t.value);
        let change = match (correction.verb, target) {
            (Verb::Accept, _) => Change::Accept,
            (Verb::Reject, _) => Change::Reject,
            (Verb::Retarget | Verb::Set | Verb::Add, Some(id)) => Change::Mean(id.clone()),
            // That the target is missing has been reported where the override was read.
            (Verb::Retarget | Verb::Set | Verb::Add, None) => return,
        };
        // An entity that does not exist is reported where references are checked.
        if matches!(&change, Change::Mean(id) if !self.all.input.gazetteer.contains(id)) {
            return;
        }
        let ranges = match (correction.scope, correction.verb) {
            (Scope::Mention, verb) => {
                let Some(anchor) = self.all.anchored(correction) else {
                    return;
                };
                if !self.all.in_one_block(&anchor, correction) {
                    return;
                }
                let range = anchor.range;
                if verb == Verb::Add {
                    vec![range]
                } else {
                    self.slots_at(range, correction)
                }
            }
            (_, Verb::Add) => {
                let mut places = self.all.finder.places(&correction.quote);
                places.retain(|anchor| self.all.is_one_block(anchor));
                places.iter().map(|anchor| anchor.range).collect()
            }
            _ => self.slots_of(&correction.quote),
        };
        let mut used = false;
        for range in ranges {
            let slot = self.slots.entry(range).or_default();
            let Some(change) = slot.suits(&change, target) else {
                continue;
            };
            used = true;
            slot.decisions.push(Decision {
                scope: correction.scope,
                change,
                span: correction.span.clone(),
            });
        }
        if used {
            self.all.use_of(correction);
        } else if correction.scope <= Scope::Article {
            // Words that are gone are reported with what is most like them.
            let gone = correction.scope == Scope::Article && self.all.places(correction).is_empty();
            if gone {
                return;
            }
            let message = format!(
                "this override has nothing to decide: ‘{}’ is not marked{} in the article",
                shown(&correction.quote),
                target.map_or(String::new(), |id| format!(" as ‘{id}’"))
            );
            let help = "delete the override if the annotation is right without it, or use `verb = \"add\"` with a `target` to mark the words";
            self.all.stale(correction, message, help);
        }
    }

    /// The slots that a quoted stretch means: the very one, else those within it, else those around it.
    fn slots_at(&mut self, range: TextRange, correction: &Override) -> Vec<TextRange> {
        if self.slots.contains_key(&range) {
            return vec![range];
        }
        let near: Vec<TextRange> = self
            .slots
            .keys()
            .copied()
            .filter(|r| r.overlaps(range))
            .collect();
        let within: Vec<TextRange> = near
            .iter()
            .copied()
            .filter(|r| range.contains(*r))
            .collect();
        let chosen = if within.is_empty() { near } else { within };
        let target =
            correction.target.is_some() && matches!(correction.verb, Verb::Accept | Verb::Reject);
        if chosen.len() > 1 && !target {
            let message = format!(
                "‘{}’ holds {} mentions, so it is not clear which is meant",
                shown(&correction.quote),
                chosen.len()
            );
            let help = "quote only the words of the mention";
            self.all.stale(correction, message, help);
            self.all.use_of(correction);
            return Vec::new();
        }
        chosen
    }

    /// The slots of just these words, of those that were found or linked.
    fn slots_of(&mut self, words: &str) -> Vec<TextRange> {
        let text = self.all.finder.prose().source();
        if self.by_words.is_empty() {
            for (range, slot) in &self.slots {
                if slot.mention.is_some() || !slot.tied.is_empty() {
                    let words = spell(range.of(text));
                    self.by_words.entry(words).or_default().push(*range);
                }
            }
        }
        self.by_words
            .get(&spell(words))
            .cloned()
            .unwrap_or_default()
    }

    /// Decides slot by slot and clears overlaps.
    fn finish(mut self) -> Vec<Mark> {
        let mut marks: Vec<(u8, Mark)> = Vec::new();
        let mut conflicts = BTreeSet::new();
        let mut open: BTreeMap<(Vec<Id>, String), Vec<TextRange>> = BTreeMap::new();
        for (range, slot) in std::mem::take(&mut self.slots) {
            let decision = slot.decision(&mut conflicts);
            let rank = decision.map_or(u8::MAX, |d| d.scope as u8);
            match (decision.map(|d| &d.change), slot.mention.clone()) {
                (Some(Change::Reject), _) => {}
                (Some(Change::Mean(id)), _) => {
                    marks.push((
                        rank,
                        mark(range, id.clone(), MentionRule::Override, State::Reviewed),
                    ));
                }
                (Some(Change::Accept), Some((id, rule))) => {
                    marks.push((rank, mark(range, id, rule, State::Reviewed)));
                }
                (_, Some((id, MentionRule::Link))) => {
                    marks.push((0, mark(range, id, MentionRule::Link, State::Reviewed)));
                }
                (_, Some((id, rule))) => {
                    marks.push((rank, mark(range, id, rule, State::Automatic)));
                }
                (_, None) if slot.tied.is_empty() => {}
                (_, None) => {
                    let words = range.of(self.all.finder.prose().source()).to_owned();
                    open.entry((slot.tied.clone(), words))
                        .or_default()
                        .push(range);
                }
            }
        }
        self.all.conflicts(conflicts);
        marks.sort_by_key(|(rank, m)| (*rank, std::cmp::Reverse(m.range.len()), m.range.start));
        let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
        let mut out = Vec::new();
        for (_, mark) in marks {
            let before = taken.range(..mark.range.end).next_back();
            if before.is_none_or(|(_, &end)| end <= mark.range.start) {
                taken.insert(mark.range.start, mark.range.end);
                out.push(mark);
            }
        }
        for ((ids, words), ranges) in open {
            self.report_tie(&ids, &words, &ranges);
        }
        out
    }

    fn report_tie(&mut self, ids: &[Id], words: &str, ranges: &[TextRange]) {
        let Some(first) = ranges.first() else {
            return;
        };
        let names: Vec<String> = ids.iter().map(|id| format!("‘{id}’")).collect();
        let more = match ranges.len() {
            1 => String::new(),
            2 => ", here and in one more place".into(),
            n => format!(", here and in {} more places", n - 1),
        };
        let words = shown(words);
        let message = format!(
            "‘{words}’ may mean {}, and nothing in the article decides{more}",
            names.join(" or ")
        );
        let example = ids.first().map_or("", Id::as_str);
        let help = format!(
            "link the words by hand as `[[{example}|{words}]]`, or write an override with `verb = \"retarget\"`"
        );
        let span = self.all.input.document.span(*first);
        self.all
            .diagnostics
            .push(Diagnostic::new(Code::TiedName, span, message).help(help));
    }
}

impl Slot {
    /// The change as it applies to this slot, or none where the override means another entity.
    fn suits(&self, change: &Change, target: Option<&Id>) -> Option<Change> {
        let is_target = |id: &Id| target.is_none_or(|target| target == id);
        match (change, &self.mention) {
            (Change::Mean(_), _) => Some(change.clone()),
            (_, Some((id, _))) => is_target(id).then(|| change.clone()),
            // To accept one of the entities between which nothing decided is to decide.
            (Change::Accept, None) => {
                let id = self.tied.iter().find(|id| target == Some(*id))?;
                Some(Change::Mean(id.clone()))
            }
            (Change::Reject, None) => (!self.tied.is_empty()).then_some(Change::Reject),
        }
    }

    /// The decision of the narrowest scope, unless there are two that disagree. A link, which stands at the mention
    /// itself, yields only to decisions on the mention.
    fn decision(&self, conflicts: &mut BTreeSet<(Span, Span)>) -> Option<&Decision> {
        let linked = matches!(self.mention, Some((_, MentionRule::Link)));
        let counts = |d: &&Decision| !linked || d.scope == Scope::Mention;
        let narrowest = self
            .decisions
            .iter()
            .filter(counts)
            .map(|d| d.scope)
            .min()?;
        let mut of_scope = self.decisions.iter().filter(|d| d.scope == narrowest);
        let first = of_scope.next()?;
        let mut agreed = true;
        for other in of_scope.filter(|other| self.outcome(other) != self.outcome(first)) {
            agreed = false;
            conflicts.insert(pair(&first.span, &other.span));
        }
        agreed.then_some(first)
    }

    /// The entity that the slot means after a decision.
    fn outcome<'s>(&'s self, decision: &'s Decision) -> Option<&'s Id> {
        match &decision.change {
            Change::Accept => self.mention.as_ref().map(|(id, _)| id),
            Change::Reject => None,
            Change::Mean(id) => Some(id),
        }
    }
}

fn mark(range: TextRange, id: Id, rule: MentionRule, state: State) -> Mark {
    Mark {
        range,
        kind: MarkKind::Entity { id, rule },
        state,
    }
}

#[cfg(test)]
#[path = "entity_tests.rs"]
mod tests;
