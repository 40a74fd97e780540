//! Margin notes, each brought to the words it is about.
//!
//! 1. A note's quotation is looked for in the article.
//! 2. Overrides may hide the note (`reject`), bring it to other words (`set`), or say that the words at which it was found
//!    are right though altered (`accept`).
//! 3. What is still wrong is reported.
//!
//! Nothing moves in silence: a note whose words stand in several places or were altered gets a warning, and one whose words
//! are gone is an error. Invariant: a note's marks lie within a block each, so a note on words of two paragraphs has two.

use std::collections::BTreeSet;

use super::anchor::Found;
use super::correction::{Corrections, Prevailing, likeness, prevailing};
use super::prose::spell;
use super::shown;
use crate::base::{Code, Diagnostic, Span, TextRange};
use crate::model::{
    Anchor, AnnotationKind, Mark, MarkKind, NewValue, Note, Override, Scope, State, Verb, Verdict,
};

/// What an override says of a note.
#[derive(Debug, Clone, PartialEq)]
enum Ruling {
    /// It is not shown.
    Hidden,
    /// It stands here, whatever words it was written for.
    At(TextRange),
}

/// A note and what became of its quotation.
struct Placed<'a> {
    note: &'a Note,
    found: Found,
    rulings: Vec<(Scope, Span, Ruling, Anchor)>,
    hidden: Vec<(Scope, Span)>,
}

/// Marks for the notes that were found. What is wrong with the others is reported.
pub(super) fn anchor(all: &mut Corrections) -> Vec<Mark> {
    let finder = all.finder;
    let place = |note| Placed {
        note,
        found: finder.find(&note.quote),
        rulings: Vec::new(),
        hidden: Vec::new(),
    };
    let mut placed: Vec<Placed> = all.input.notes.iter().map(place).collect();
    let corrections: Vec<&Override> = all.of_kind(AnnotationKind::Note).collect();
    for correction in corrections {
        rule(all, &mut placed, correction);
    }
    let mut conflicts = BTreeSet::new();
    let mut marks = Vec::new();
    for (placed, index) in placed.iter().zip(0u32..) {
        let Some(anchor) = settle(all, placed, &mut conflicts) else {
            continue;
        };
        marks.extend(pieces(all, &anchor).into_iter().map(|range| Mark {
            range,
            kind: MarkKind::Note {
                index,
                verdict: anchor.verdict,
            },
            state: State::Reviewed,
        }));
    }
    all.conflicts(conflicts);
    marks
}

/// Where a note stands after all; nowhere where it is hidden or lost.
fn settle(
    all: &mut Corrections,
    placed: &Placed,
    conflicts: &mut BTreeSet<(Span, Span)>,
) -> Option<Anchor> {
    let hidden = placed.hidden.iter();
    let hidden = hidden.map(|(scope, span)| (*scope, span.clone(), Ruling::Hidden));
    let shown = placed.rulings.iter();
    let shown = shown.map(|(scope, span, ruling, _)| (*scope, span.clone(), ruling.clone()));
    match prevailing(hidden.chain(shown), conflicts) {
        Prevailing::Wanted(Ruling::Hidden, _) => None,
        Prevailing::Wanted(at, _) => {
            let chosen = placed
                .rulings
                .iter()
                .find(|(_, _, ruling, _)| *ruling == at);
            chosen.map(|(_, _, _, anchor)| Anchor {
                verdict: Verdict::Exact,
                ..*anchor
            })
        }
        Prevailing::Nothing | Prevailing::Conflict => {
            let report = report(all, placed.note, &placed.found);
            all.diagnostics.extend(report);
            placed.found.anchor()
        }
    }
}

/// Finds the notes that an override means, and what it says of them.
fn rule(all: &mut Corrections, placed: &mut [Placed], correction: &Override) {
    let meant = match correction.verb {
        Verb::Accept => accepted(all, placed, correction),
        Verb::Reject | Verb::Set => named(all, placed, correction),
        // Reported where the override was read.
        Verb::Retarget | Verb::Add => return,
    };
    let Some(meant) = meant.filter(|meant| !meant.is_empty()) else {
        return;
    };
    let scope = correction.scope;
    let span = correction.span.clone();
    match correction.verb {
        Verb::Reject => {
            for index in meant {
                if let Some(placed) = placed.get_mut(index) {
                    placed.hidden.push((scope, span.clone()));
                }
            }
        }
        Verb::Accept => {
            for index in meant {
                if let Some(placed) = placed.get_mut(index)
                    && let Some(anchor) = placed.found.anchor()
                {
                    let at = Ruling::At(anchor.range);
                    placed.rulings.push((scope, span.clone(), at, anchor));
                }
            }
        }
        _ => {
            let Some(anchor) = new_words(all, correction) else {
                return;
            };
            for index in meant {
                if let Some(placed) = placed.get_mut(index) {
                    let at = Ruling::At(anchor.range);
                    placed.rulings.push((scope, span.clone(), at, anchor));
                }
            }
        }
    }
    all.use_of(correction);
}

/// The notes that stand at just the words of an override.
fn accepted(all: &mut Corrections, placed: &[Placed], correction: &Override) -> Option<Vec<usize>> {
    let text = all.finder.prose().source();
    let words = spell(&correction.quote);
    let at = |placed: &Placed| Some(placed.found.anchor()?.range);
    let meant: Vec<usize> = (0..placed.len())
        .filter(|index| {
            let range = placed.get(*index).and_then(at);
            range.is_some_and(|range| spell(range.of(text)) == words)
        })
        .collect();
    if !meant.is_empty() || correction.scope > Scope::Article {
        return Some(meant);
    }
    // The note's old words, or words that have changed since: what is there now was never accepted.
    let by_words = placed
        .iter()
        .find(|placed| spell(&placed.note.quote) == words);
    let now = match by_words {
        Some(placed) => at(placed),
        None => all.anchored(correction).and_then(|anchor| {
            let near = placed.iter().filter_map(at);
            let near = near.filter(|range| range.overlaps(anchor.range));
            near.max_by_key(|range| likeness(*range, anchor.range))
        }),
    };
    let message = format!(
        "no note stands at ‘{}’ in the article",
        shown(&correction.quote)
    );
    let help = match now {
        Some(now) => format!(
            "the note there is at ‘{}’ now; write these words as the override's `quote` if they are right",
            shown(now.of(text))
        ),
        None => {
            "an accepted note is named by the article's words at which it stands now".to_owned()
        }
    };
    all.stale(correction, message, help);
    None
}

/// The notes whose own quotation an override repeats; else the one that stands at its words.
fn named(all: &mut Corrections, placed: &[Placed], correction: &Override) -> Option<Vec<usize>> {
    let words = spell(&correction.quote);
    let numbered = || placed.iter().enumerate();
    let meant: Vec<usize> = numbered()
        .filter(|(_, placed)| spell(&placed.note.quote) == words)
        .map(|(index, _)| index)
        .collect();
    let mention = correction.scope == Scope::Mention;
    if meant.len() > 1 && mention {
        let message = format!(
            "{} notes quote ‘{}’, so it is not clear which is meant",
            meant.len(),
            shown(&correction.quote)
        );
        let help =
            "use `scope = \"article\"` if all of them are meant, or quote more in one of the notes";
        all.stale(correction, message, help);
        return None;
    }
    if !meant.is_empty() || correction.scope > Scope::Article {
        return Some(meant);
    }
    let anchor = all.anchored(correction)?;
    let near = numbered().filter_map(|(index, placed)| {
        let range = placed.found.anchor()?.range;
        let alike = likeness(range, anchor.range);
        range.overlaps(anchor.range).then_some((alike, index))
    });
    match near.max_by_key(|(alike, index)| (*alike, std::cmp::Reverse(*index))) {
        Some((_, index)) => Some(vec![index]),
        None => {
            let message = format!("no note is about ‘{}’", shown(&correction.quote));
            let help = "quote the words after the `>` of the note, or delete the override";
            all.stale(correction, message, help);
            None
        }
    }
}

/// The words to which an override brings a note.
fn new_words(all: &mut Corrections, correction: &Override) -> Option<Anchor> {
    let value = correction.value.as_ref()?;
    let NewValue::Words(words) = &value.value else {
        return None;
    };
    let text = all.finder.prose().source();
    let found = all.finder.find(words);
    let report = |message: String, help: String| {
        Diagnostic::new(Code::StaleOverride, value.span.clone(), message).help(help)
    };
    let words = shown(words);
    let diagnostic = match &found {
        Found::One(_) => None,
        Found::Many(places) => Some(
            Diagnostic::new(
                Code::AmbiguousQuote,
                value.span.clone(),
                format!(
                    "‘{words}’ stands in {} places of the article; the first was taken",
                    places.len()
                ),
            )
            .help("write more words into `value`"),
        ),
        Found::Reworded(rewording) => Some(report(
            format!("‘{words}’ is in the article only in altered words"),
            format!(
                "it reads ‘{}’; write that as `value`",
                shown(rewording.anchor.range.of(text))
            ),
        )),
        Found::Lost { best } => Some(report(
            format!("‘{words}’ is not in the article"),
            match best {
                Some((anchor, _)) => format!(
                    "the most similar words are ‘{}’; mend `value`",
                    shown(anchor.range.of(text))
                ),
                None => "copy the words from the article".to_owned(),
            },
        )),
    };
    all.diagnostics.extend(diagnostic);
    found.anchor()
}

/// The part of an anchor in each block that it touches.
fn pieces(all: &Corrections, anchor: &Anchor) -> Vec<TextRange> {
    let touched = all
        .finder
        .prose()
        .sentences()
        .get(anchor.sentence as usize..=anchor.last_sentence as usize);
    let blocks = touched.unwrap_or(&[]).chunk_by(|a, b| a.block == b.block);
    blocks
        .filter_map(|sentences| {
            let block = all
                .input
                .document
                .blocks
                .get(sentences.first()?.block as usize)?;
            let piece = TextRange {
                start: anchor.range.start.max(block.range.start),
                end: anchor.range.end.min(block.range.end),
            };
            (!piece.is_empty()).then_some(piece)
        })
        .collect()
}

fn report(all: &Corrections, note: &Note, found: &Found) -> Option<Diagnostic> {
    let text = all.finder.prose().source();
    let quote = shown(&note.quote);
    let span = note.quote.span.clone();
    match found {
        Found::One(_) => None,
        Found::Many(places) => {
            let first = places
                .first()
                .map_or(String::new(), |anchor| all.at(anchor));
            let message = format!(
                "the words of this note, ‘{quote}’, stand in {} places of the article; the first was taken{}",
                places.len(),
                if first.is_empty() {
                    first
                } else {
                    format!(",{first}")
                }
            );
            Some(
                Diagnostic::new(Code::AmbiguousQuote, span, message)
                    .help("quote more words, so that one place is meant"),
            )
        }
        Found::Reworded(rewording) => {
            let now = shown(rewording.anchor.range.of(text));
            let changes: Vec<String> = rewording.changes.iter().map(change).collect();
            let what = match changes.as_slice() {
                [] => "its punctuation or spelling differs".into(),
                changes => changes.join("; "),
            };
            let message = format!("the words of this note have changed in the article: {what}");
            Some(
                Diagnostic::new(Code::RewordedNote, span, message)
                    .help(format!("the note now stands at ‘{now}’; write these words as its quotation if the note still holds")),
            )
        }
        Found::Lost { best } => {
            let message = format!(
                "‘{quote}’ is not in the article ‘{}’",
                all.input.article.id()
            );
            let help = match best {
                Some((anchor, score)) => format!(
                    "the most similar words are ‘{}’{} ({:.0} % alike); quote the article's own words",
                    shown(anchor.range.of(text)),
                    all.at(anchor),
                    (score * 100.0).floor()
                ),
                None => "the article has no similar words; quote its own words, or delete the note"
                    .into(),
            };
            Some(Diagnostic::new(Code::LostNote, span, message).help(help))
        }
    }
}

/// One change in words for an editor.
fn change((old, new): &(String, String)) -> String {
    match (old.as_str(), new.as_str()) {
        ("", new) => format!("‘{new}’ was added"),
        (old, "") => format!("‘{old}’ is gone"),
        (old, new) => format!("‘{old}’ is now ‘{new}’"),
    }
}
