//! Margin notes, each brought to the words it is about.
//!
//! Nothing moves in silence: a note whose words stand in several places or were altered gets a warning, and one whose words
//! are gone is an error. Invariant: a note's marks lie within a block each, so a note on words of two paragraphs has two.

use super::anchor::{Finder, Found};
use super::{Input, shown};
use crate::base::{Code, Diagnostic, TextRange};
use crate::model::{Anchor, Mark, MarkKind, Note, State};

/// Marks for the notes that were found, and what is wrong with the others.
pub(super) fn anchor(input: &Input, finder: &Finder) -> (Vec<Mark>, Vec<Diagnostic>) {
    let (mut marks, mut diagnostics) = (Vec::new(), Vec::new());
    for (note, index) in input.notes.iter().zip(0u32..) {
        let found = finder.find(&note.quote);
        diagnostics.extend(report(input, finder, note, &found));
        let Some(anchor) = found.anchor() else {
            continue;
        };
        marks.extend(
            pieces(input, finder, &anchor)
                .into_iter()
                .map(|range| Mark {
                    range,
                    kind: MarkKind::Note {
                        index,
                        verdict: anchor.verdict,
                    },
                    state: State::Reviewed,
                }),
        );
    }
    (marks, diagnostics)
}

/// The part of an anchor in each block that it touches.
fn pieces(input: &Input, finder: &Finder, anchor: &Anchor) -> Vec<TextRange> {
    let touched = finder
        .prose()
        .sentences()
        .get(anchor.sentence as usize..=anchor.last_sentence as usize);
    let blocks = touched.unwrap_or(&[]).chunk_by(|a, b| a.block == b.block);
    blocks
        .filter_map(|sentences| {
            let block = input
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

fn report(input: &Input, finder: &Finder, note: &Note, found: &Found) -> Option<Diagnostic> {
    let text = finder.prose().source();
    let quote = shown(&note.quote);
    let span = note.quote.span.clone();
    let at = |anchor: &Anchor| {
        let sentence = finder.prose().sentences().get(anchor.sentence as usize);
        let place = sentence.and_then(|s| s.place);
        place.map_or(String::new(), |(paragraph, n)| {
            format!(" at ¶{paragraph}.{n}")
        })
    };
    match found {
        Found::One(_) => None,
        Found::Many(places) => {
            let first = places.first().map_or(String::new(), at);
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
            let message = format!("‘{quote}’ is not in the article ‘{}’", input.article.id());
            let help = match best {
                Some((anchor, score)) => format!(
                    "the most similar words are ‘{}’{} ({:.0} % alike); quote the article's own words",
                    shown(anchor.range.of(text)),
                    at(anchor),
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
