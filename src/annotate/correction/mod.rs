//! Editors' decisions on annotations: links in the article's own text, and overrides.
//!
//! 1. Those of entities decide before the text around the names is read ([`entity`]).
//! 2. Those of times, figures and quotations act on the marks that the reading made ([`marks`], with what they say in
//!    `content`), and what a figure's speaker says follows the quotations.
//! 3. Those of events become facts for the links of the site ([`event`]); those of notes say where a note belongs
//!    (`super::note`).
//!
//! Each finds its words in the article ([`Corrections::anchored`]), each place is decided by the narrowest scope, and two of
//! one scope that disagree there are a conflict and change nothing ([`prevailing`]).
//!
//! Invariant: nothing is dropped in silence. An override for one article that finds nothing to decide is reported with the
//! best candidate; whether one for a topic or the site is of use only the whole site can tell ([`unused`]).

mod agree;
mod content;
pub(super) mod entity;
pub(super) mod event;
pub(super) mod marks;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::{Finder, Found};
use super::{Input, shown};
use crate::base::{Code, Diagnostic, Place, Span, TextRange};
use crate::model::{Anchor, AnnotationKind, Override, Scope};

/// What corrections of every kind have in common: where they apply, and what becomes of them.
pub(super) struct Corrections<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) finder: &'a Finder<'a>,
    /// Where the overrides are written that found something to decide here.
    pub(super) used: BTreeSet<Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Corrections<'a> {
    pub(super) fn new(input: &'a Input<'a>, finder: &'a Finder<'a>) -> Self {
        Self {
            input,
            finder,
            used: BTreeSet::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The overrides of a kind that reach the article.
    pub(super) fn of_kind(
        &self,
        kind: AnnotationKind,
    ) -> impl Iterator<Item = &'a Override> + use<'a> {
        let input = self.input;
        input
            .overrides
            .iter()
            .copied()
            .filter(move |correction| correction.kind == kind && reaches(input, correction))
    }

    /// Notes that an override had something to decide.
    pub(super) fn use_of(&mut self, correction: &Override) {
        self.used.insert(correction.span.clone());
    }

    /// Reports an override that does not apply any more. Those of wider scopes are reported when no article has a use for
    /// them.
    pub(super) fn stale(
        &mut self,
        correction: &Override,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = correction.quote.span.clone();
        self.diagnostics
            .push(Diagnostic::new(Code::StaleOverride, span, message).help(help));
    }

    /// Reports the pairs of overrides that contradict each other.
    pub(super) fn conflicts(&mut self, conflicts: BTreeSet<(Span, Span)>) {
        self.diagnostics.extend(conflicts.into_iter().map(conflict));
    }

    /// The places that an override means: at the scope of a mention the one that its quotation names, at a wider scope every
    /// one that has just its words. One for this article whose words are not in it is reported.
    pub(super) fn places(&mut self, correction: &Override) -> Vec<Anchor> {
        if correction.scope != Scope::Mention {
            let places = self.finder.places(&correction.quote);
            if !places.is_empty() || correction.scope != Scope::Article {
                return places;
            }
        }
        self.anchored(correction).into_iter().collect()
    }

    /// The one place that the quotation of an override names.
    pub(super) fn anchored(&mut self, correction: &Override) -> Option<Anchor> {
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
                self.diagnostics
                    .push(Diagnostic::new(Code::AmbiguousQuote, span, message).help(
                        "quote more words, or use `scope = \"article\"` if all of them are meant",
                    ));
            }
            Found::Reworded(rewording) => {
                let now = shown(rewording.anchor.range.of(text)).into_owned();
                let message = format!(
                    "the words of this override have changed: ‘{quote}’ was taken for ‘{now}’"
                );
                let help = "write the article's present words as its `quote`";
                self.stale(correction, message, help);
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
        found.anchor()
    }

    /// Whether a place lies in one paragraph, as it must for what is marked within one. If not, the override is stale.
    fn in_one_block(&mut self, anchor: &Anchor, correction: &Override) -> bool {
        let one = self.is_one_block(anchor);
        if !one {
            let quote = shown(&correction.quote);
            let message = format!("‘{quote}’ is in more than one paragraph");
            let help = format!("quote only the words of the {}", name(correction.kind));
            self.stale(correction, message, help);
        }
        one
    }

    fn is_one_block(&self, anchor: &Anchor) -> bool {
        let sentence = |i: u32| self.finder.prose().sentences().get(i as usize);
        let ends = sentence(anchor.sentence).zip(sentence(anchor.last_sentence));
        ends.is_some_and(|(first, last)| first.block == last.block)
    }

    /// Where a place is, for people: ` at ¶3.1`; empty in a heading or a table.
    pub(super) fn at(&self, anchor: &Anchor) -> String {
        let sentence = self
            .finder
            .prose()
            .sentences()
            .get(anchor.sentence as usize);
        let place = sentence.and_then(|sentence| sentence.place);
        place.map_or(String::new(), |(paragraph, number)| {
            format!(" at ¶{paragraph}.{number}")
        })
    }
}

/// Whether an override may concern the article.
fn reaches(input: &Input, correction: &Override) -> bool {
    match correction.scope {
        Scope::Mention | Scope::Article => correction
            .article
            .as_ref()
            .is_some_and(|article| article.value == *input.article.id()),
        Scope::Topic => {
            let topic = correction.topic.as_ref().map(|topic| &topic.value);
            topic.is_some_and(|topic| input.topics.contains(topic))
        }
        Scope::Site => true,
    }
}

/// What an annotation of a kind is called.
fn name(kind: AnnotationKind) -> &'static str {
    match kind {
        AnnotationKind::Entity => "mention",
        AnnotationKind::Time => "time expression",
        AnnotationKind::Figure => "figure",
        AnnotationKind::Quotation => "quotation",
        AnnotationKind::Event => "sentence",
        AnnotationKind::Note => "note",
    }
}

/// What decides, of all that overrides want of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Prevailing<T> {
    /// Nothing is wanted.
    Nothing,
    /// This, and the scope at which it is.
    Wanted(T, Scope),
    /// Two of the narrowest scope disagree.
    Conflict,
}

/// What the narrowest scope wants. Pairs that disagree there go into `conflicts`, in the order of their places.
pub(super) fn prevailing<T: PartialEq>(
    wanted: impl IntoIterator<Item = (Scope, Span, T)>,
    conflicts: &mut BTreeSet<(Span, Span)>,
) -> Prevailing<T> {
    let mut by_scope: BTreeMap<Scope, Vec<(Span, T)>> = BTreeMap::new();
    for (scope, span, wanted) in wanted {
        by_scope.entry(scope).or_default().push((span, wanted));
    }
    let Some((scope, of_scope)) = by_scope.pop_first() else {
        return Prevailing::Nothing;
    };
    let mut rest = of_scope.into_iter();
    let Some((first, wanted)) = rest.next() else {
        return Prevailing::Nothing;
    };
    let mut agreed = true;
    for (other, _) in rest.filter(|(_, other)| *other != wanted) {
        agreed = false;
        conflicts.insert(pair(&first, &other));
    }
    match agreed {
        true => Prevailing::Wanted(wanted, scope),
        false => Prevailing::Conflict,
    }
}

/// Two places in order.
fn pair(a: &Span, b: &Span) -> (Span, Span) {
    if a < b {
        (a.clone(), b.clone())
    } else {
        (b.clone(), a.clone())
    }
}

fn conflict((first, second): (Span, Span)) -> Diagnostic {
    let message = "two overrides of the same scope contradict each other, so neither was applied";
    Diagnostic::new(Code::OverrideConflict, second, message)
        .note("this one says otherwise")
        .label(Place::Span(first), "the other override")
        .help("delete one of them, or give the exception a narrower `scope`")
}

/// Warnings for overrides of a topic or the whole site that no article had use for. `used` are the places that
/// [`Annotated::overrides`](crate::model::Annotated) names, over all articles.
pub fn unused(overrides: &[Override], used: &BTreeSet<Span>) -> Vec<Diagnostic> {
    let wide = |o: &&Override| matches!(o.scope, Scope::Topic | Scope::Site);
    overrides
        .iter()
        .filter(wide)
        .filter(|o| !used.contains(&o.span))
        .map(|o| {
            let message = format!(
                "no article within this override's scope has a {} of ‘{}’",
                match o.kind {
                    AnnotationKind::Entity => "mention",
                    kind => name(kind),
                },
                shown(&o.quote)
            );
            Diagnostic::new(Code::StaleOverride, o.quote.span.clone(), message)
                .help("mend its `quote`, or delete it if it is no longer needed")
        })
        .collect()
}

/// How much two ranges have in common, in thousandths of what they cover together.
pub(super) fn likeness(a: TextRange, b: TextRange) -> u32 {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let all = a.end.max(b.end) - a.start.min(b.start);
    match all {
        0 => 0,
        all => u32::try_from(u64::from(common) * 1000 / u64::from(all)).unwrap_or(1000),
    }
}
