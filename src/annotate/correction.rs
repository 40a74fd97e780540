//! Editors' decisions on entity mentions: links in the article's own text, and overrides.
//!
//! 1. Mentions, ties and links become slots; an `add` makes a slot of its own.
//! 2. Each override that reaches the article finds its slots: at the scope of a mention those where its quotation stands,
//!    at a wider scope every slot of just those words.
//! 3. Per slot the narrowest scope decides. Overrides of one scope that disagree are a conflict and change nothing.
//! 4. Where slots overlap, decisions of the narrower scope stay, and any decision before an automatic mention.
//!
//! Invariant: the marks that remain do not overlap. Nothing is dropped in silence: an override for one article that
//! finds no slot is reported; whether one for a topic or the site is of use only the whole site can tell ([`unused`]).

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::{Finder, Found};
use super::gazetteer::Mentions;
use super::prose::spell;
use super::{Input, shown};
use crate::base::{Code, Diagnostic, Place, Span, TextRange};
use crate::model::{AnnotationKind, Id, Mark, MarkKind, MentionRule, Override, Scope, State, Verb};

/// What corrections left.
#[derive(Debug, Default)]
pub(super) struct Corrected {
    /// Entity marks, not overlapping, in no particular order.
    pub(super) marks: Vec<Mark>,
    /// Where the overrides are written that found something to decide here.
    pub(super) used: BTreeSet<Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

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

struct Corrector<'a> {
    input: &'a Input<'a>,
    finder: &'a Finder<'a>,
    slots: BTreeMap<TextRange, Slot>,
    /// Slots by their words in the common spelling; filled when a wider override first asks.
    by_words: BTreeMap<String, Vec<TextRange>>,
    out: Corrected,
}

/// Applies links and overrides to what was found.
pub(super) fn correct(input: &Input, finder: &Finder, found: Mentions) -> Corrected {
    let mut corrector = Corrector {
        input,
        finder,
        slots: BTreeMap::new(),
        by_words: BTreeMap::new(),
        out: Corrected::default(),
    };
    for mention in found.named {
        let slot = corrector.slots.entry(mention.range).or_default();
        slot.mention = Some((mention.id, mention.rule));
    }
    for tie in found.ties {
        corrector.slots.entry(tie.range).or_default().tied = tie.ids;
    }
    for (range, id) in input.links {
        let slot = corrector.slots.entry(*range).or_default();
        slot.mention = Some((id.clone(), MentionRule::Link));
    }
    for correction in input.overrides {
        if correction.kind == AnnotationKind::Entity && corrector.reaches(correction) {
            corrector.place(correction);
        }
    }
    corrector.finish()
}

/// Warnings for overrides of a topic or the whole site that no article had use for. `used` are the places that
/// [`Annotated::overrides`](crate::model::Annotated) names, over all articles.
pub fn unused(overrides: &[Override], used: &BTreeSet<Span>) -> Vec<Diagnostic> {
    let wide = |o: &&Override| matches!(o.scope, Scope::Topic | Scope::Site);
    overrides
        .iter()
        .filter(wide)
        .filter(|o| o.kind == AnnotationKind::Entity && !used.contains(&o.span))
        .map(|o| {
            let message = format!(
                "no article within this override's scope has an annotation of ‘{}’",
                shown(&o.quote)
            );
            Diagnostic::new(Code::StaleOverride, o.quote.span.clone(), message)
                .help("mend its `quote`, or delete it if it is no longer needed")
        })
        .collect()
}

impl Corrector<'_> {
    fn reaches(&self, correction: &Override) -> bool {
        let article = self.input.article.id();
        match correction.scope {
            Scope::Mention | Scope::Article => correction
                .article
                .as_ref()
                .is_some_and(|a| a.value == *article),
            Scope::Topic => {
                let topic = correction.topic.as_ref().map(|t| &t.value);
                topic.is_some_and(|topic| self.input.topics.contains(topic))
            }
            Scope::Site => true,
        }
    }

    /// Finds the slots of an override and notes its decision there.
    fn place(&mut self, correction: &Override) {
        let target = correction.target.as_ref().map(|t| &t.value);
        let change = match (correction.verb, target) {
            (Verb::Accept, _) => Change::Accept,
            (Verb::Reject, _) => Change::Reject,
            (Verb::Retarget | Verb::Set | Verb::Add, Some(id)) => Change::Mean(id.clone()),
            (Verb::Retarget | Verb::Set | Verb::Add, None) => {
                let message = "this override does not say which entity is meant";
                let missing = Diagnostic::new(Code::MissingKey, correction.span.clone(), message);
                self.out
                    .diagnostics
                    .push(missing.help("add `target` with the entity's id"));
                return;
            }
        };
        // An entity that does not exist is reported where references are checked.
        if matches!(&change, Change::Mean(id) if !self.input.gazetteer.contains(id)) {
            return;
        }
        let ranges = match (correction.scope, correction.verb) {
            (Scope::Mention, verb) => {
                let Some(range) = self.anchored(correction) else {
                    return;
                };
                if verb == Verb::Add {
                    vec![range]
                } else {
                    self.slots_at(range, correction)
                }
            }
            (_, Verb::Add) => {
                let places = self.finder.places(&correction.quote);
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
            self.out.used.insert(correction.span.clone());
        } else if correction.scope <= Scope::Article {
            let message = format!(
                "this override has nothing to decide: ‘{}’ is not marked{} in the article",
                shown(&correction.quote),
                target.map_or(String::new(), |id| format!(" as ‘{id}’"))
            );
            let help = "delete the override if the annotation is right without it, or use `verb = \"add\"` with a `target` to mark the words";
            self.stale(correction, message, help.to_owned());
        }
    }

    fn stale(&mut self, correction: &Override, message: String, help: String) {
        let span = correction.quote.span.clone();
        self.out
            .diagnostics
            .push(Diagnostic::new(Code::StaleOverride, span, message).help(help));
    }

    /// The one place that the quotation of an override names.
    fn anchored(&mut self, correction: &Override) -> Option<TextRange> {
        let quote = shown(&correction.quote);
        let text = self.finder.prose().source();
        let found = self.finder.find(&correction.quote);
        match &found {
            Found::One(_) => {}
            Found::Many(places) => {
                let message = format!(
                    "‘{quote}’ stands in {} places of the article; the first was taken",
                    places.len()
                );
                let span = correction.quote.span.clone();
                self.out.diagnostics.push(
                    Diagnostic::new(Code::AmbiguousQuote, span, message).help(
                        "quote more words, or use `scope = \"article\"` if all of them are meant",
                    ),
                );
            }
            Found::Reworded(rewording) => {
                let now = shown(rewording.anchor.range.of(text)).into_owned();
                let message = format!(
                    "the words of this override have changed: ‘{quote}’ was taken for ‘{now}’"
                );
                self.stale(
                    correction,
                    message,
                    "write the article's present words as its `quote`".into(),
                );
            }
            Found::Lost { best } => {
                let help = match best {
                    Some((anchor, _)) => format!(
                        "the most similar words are ‘{}’; mend the `quote`, or delete the override",
                        shown(anchor.range.of(text))
                    ),
                    None => "mend the `quote`, or delete the override".into(),
                };
                self.stale(correction, format!("‘{quote}’ is not in the article"), help);
            }
        }
        let anchor = found.anchor()?;
        let sentence = |i: u32| self.finder.prose().sentences().get(i as usize);
        let (first, last) = (sentence(anchor.sentence)?, sentence(anchor.last_sentence)?);
        if first.block != last.block {
            let message = format!("‘{quote}’ is in more than one paragraph");
            self.stale(
                correction,
                message,
                "quote only the words of the mention".into(),
            );
            return None;
        }
        Some(anchor.range)
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
            self.stale(
                correction,
                message,
                "quote only the words of the mention".into(),
            );
            self.out.used.insert(correction.span.clone());
            return Vec::new();
        }
        chosen
    }

    /// The slots of just these words, of those that were found or linked.
    fn slots_of(&mut self, words: &str) -> Vec<TextRange> {
        let text = self.finder.prose().source();
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
    fn finish(mut self) -> Corrected {
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
                    let words = range.of(self.finder.prose().source()).to_owned();
                    open.entry((slot.tied.clone(), words))
                        .or_default()
                        .push(range);
                }
            }
        }
        self.out
            .diagnostics
            .extend(conflicts.into_iter().map(conflict));
        marks.sort_by_key(|(rank, m)| (*rank, std::cmp::Reverse(m.range.len()), m.range.start));
        let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
        for (_, mark) in marks {
            let before = taken.range(..mark.range.end).next_back();
            if before.is_none_or(|(_, &end)| end <= mark.range.start) {
                taken.insert(mark.range.start, mark.range.end);
                self.out.marks.push(mark);
            }
        }
        for ((ids, words), ranges) in open {
            self.report_tie(&ids, &words, &ranges);
        }
        self.out
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
        let span = self.input.document.span(*first);
        self.out
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
            let (a, b) = (first.span.clone(), other.span.clone());
            conflicts.insert(if a < b { (a, b) } else { (b, a) });
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

fn conflict((first, second): (Span, Span)) -> Diagnostic {
    let message = "two overrides of the same scope contradict each other, so neither was applied";
    Diagnostic::new(Code::OverrideConflict, second, message)
        .note("this one says otherwise")
        .label(Place::Span(first), "the other override")
        .help("delete one of them, or give the exception a narrower `scope`")
}

fn mark(range: TextRange, id: Id, rule: MentionRule, state: State) -> Mark {
    Mark {
        range,
        kind: MarkKind::Entity { id, rule },
        state,
    }
}

#[cfg(test)]
#[path = "correction_tests.rs"]
mod tests;
