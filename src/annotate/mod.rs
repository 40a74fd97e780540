//! Marks and facts of one article: a pure function of its text, the gazetteer, and what editors wrote about it.
//!
//! 1. [`sentences_of`] cuts the document's prose into numbered sentences.
//! 2. The [`Gazetteer`] finds which entities are named and where.
//! 3. `correction` lets links by hand and overrides of entities decide.
//! 4. [`reading`] finds the rest around them, as it does in any text, of a site or not: time expressions ([`time`]), names
//!    that no gazetteer lists ([`unlisted`]), figures ([`figure`]) and what is said by whom ([`quotation`]).
//! 5. `correction` lets overrides decide on these marks too, and on events.
//! 6. `note` brings margin notes to their words, by the [`Finder`] that everything which quotes an article uses.
//! 7. Marks are put in order, and [`Facts`](crate::model::Facts) drawn from them (`facts`).
//!
//! Invariant: every mark lies on character boundaries within one block that is no code, but for something said over several
//! paragraphs, and marks of entities do not overlap each other. Facts hold no offsets. The same input gives the same output and diagnostics.

pub mod anchor;
pub mod calendar;
mod claim;
mod correction;
mod eight;
mod facts;
pub mod figure;
#[cfg(test)]
pub(crate) mod fixture;
pub mod gazetteer;
mod lookup;
mod marks;
mod note;
pub mod prose;
pub mod protect;
pub mod quotation;
pub mod reading;
mod reword;
pub mod sentence;
pub mod time;
pub mod token;
pub mod undated;
pub mod unlisted;
mod vocabulary;
pub mod wording;

pub use anchor::{Finder, Found, Rewording};
pub use correction::unused;
pub use gazetteer::Gazetteer;
pub use prose::Prose;

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use crate::base::{Diagnostic, Outcome, TextRange};
use crate::model::{
    Annotated, Article, Block, BlockKind, Document, Id, Mark, MarkKind, Note, Override, Sentence,
};
use correction::Corrections;
use gazetteer::NamedEntity;
use reading::Reading;

/// All that an article's annotations depend on.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its text.
    pub document: &'a Document,
    /// The names of all entities.
    pub gazetteer: &'a Gazetteer,
    /// Its metadata.
    pub article: &'a Article,
    /// The notes on it, in order.
    pub notes: &'a [Note],
    /// The overrides that may concern it; those that do not are passed over.
    pub overrides: &'a [&'a Override],
    /// The topics to which an editor has assigned it, for overrides of a topic.
    pub topics: &'a [Id],
    /// Links by hand to entities: their words in the plain text, and the entity.
    pub links: &'a [(TextRange, Id)],
}

/// Annotates an article.
///
/// Reports names that nothing decides (`tied-name`), notes whose words are lost, altered or ambiguous, and overrides that
/// contradict each other or have nothing to decide.
pub fn annotate(input: &Input) -> Outcome<Annotated> {
    let sentences = sentences_of(input.document);
    let finder = Finder::new(&input.document.text, &sentences);
    let links: Vec<(TextRange, Id)> = input
        .links
        .iter()
        .filter(|(range, _)| in_prose(input.document, *range))
        .cloned()
        .collect();
    let input = &Input {
        links: &links,
        ..*input
    };
    let found = input
        .gazetteer
        .mentions(finder.prose(), &input.article.title, input.links);
    let mut corrections = Corrections::new(input, &finder);
    let mut marks = correction::entity::correct(&mut corrections, found);
    let around = around(input, &sentences, &marks);
    let read = marks::marks(&input.document.text, &around);
    marks.extend(correction::marks::correct(&mut corrections, read));
    marks.extend(note::anchor(&mut corrections));
    marks.sort_by(order);
    // Marks are kept until their pages are written.
    marks.shrink_to_fit();
    let decisions = correction::event::decide(&mut corrections);
    let Corrections {
        used,
        mut diagnostics,
        ..
    } = corrections;
    diagnostics.sort_by(Diagnostic::order);
    let text = &input.document.text;
    let facts = facts::facts(input.article, text, finder.prose(), &marks, decisions);
    Outcome {
        value: Annotated {
            headline: input.gazetteer.contested_in(&input.article.title),
            marks,
            facts,
            overrides: used.into_iter().collect(),
            sentences,
        },
        diagnostics,
    }
}

/// Whether a range holds text of one block that is no code.
fn in_prose(document: &Document, range: TextRange) -> bool {
    let holds = |b: &Block| b.kind != BlockKind::Code && b.range.contains(range);
    !range.is_empty()
        && document.text.get(range.indices()).is_some()
        && document.blocks.iter().any(holds)
}

/// By start, longer ones first; notes around what is said, and that around the rest; notes by index.
fn order(one: &Mark, other: &Mark) -> Ordering {
    let place = |mark: &Mark| (mark.range.start, Reverse(mark.range.end));
    let layer = |mark: &Mark| match mark.kind {
        MarkKind::Note { index, .. } => (0, index),
        MarkKind::Quotation(_) => (1, 0),
        MarkKind::Entity { .. }
        | MarkKind::Time(_)
        | MarkKind::Figure(_)
        | MarkKind::Unlisted(_) => (2, 0),
    };
    let by_place = place(one).cmp(&place(other));
    by_place.then_with(|| layer(one).cmp(&layer(other)))
}

/// What the text holds beside the names that are decided.
fn around(input: &Input, sentences: &[Sentence], names: &[Mark]) -> Reading {
    let context = time::TimeContext {
        published: input.article.published,
        language: input.article.language.clone(),
        headline: None,
    };
    let within = sentences.iter().map(|s| sentence::Sentence {
        range: s.range.start..s.range.end,
        block: s.block,
    });
    let mentions = names.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Entity { id, rule } => Some(NamedEntity {
            range: mark.range,
            id: id.clone(),
            rule: *rule,
        }),
        _ => None,
    });
    reading::read_around(
        &input.document.text,
        within.collect(),
        mentions.collect(),
        Some(input.gazetteer),
        &context,
    )
}

/// Words as a message shows them: on one line, and long ones with their middle left out.
fn shown(words: &str) -> Cow<'_, str> {
    const ENDS: usize = 50;
    let long = words.chars().count() > 2 * ENDS + 20;
    if !long && !words.contains(['\n', '\r']) {
        return Cow::Borrowed(words);
    }
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    if !long {
        return Cow::Owned(line);
    }
    let head: String = line.chars().take(ENDS).collect();
    let tail: Vec<char> = line.chars().rev().take(ENDS).collect();
    let tail: String = tail.into_iter().rev().collect();
    Cow::Owned(format!("{} … {}", head.trim_end(), tail.trim_start()))
}

/// The sentences of a document in order, numbered; code has none.
pub fn sentences_of(document: &Document) -> Vec<Sentence> {
    let prose: Vec<usize> = (0..document.blocks.len())
        .filter(|&i| document.blocks[i].kind != BlockKind::Code)
        .collect();
    let within: Vec<_> = prose
        .iter()
        .map(|&i| document.blocks[i].range.start..document.blocks[i].range.end)
        .collect();
    let mut place = (0, 0);
    let found = sentence::sentences(&document.text, &within);
    let numbered = found.into_iter().zip(1..).filter_map(|(found, number)| {
        let index = *prose.get(found.block as usize)?;
        let block = document.blocks.get(index)?;
        if let Some(paragraph) = block.paragraph {
            let before = if place.0 == paragraph { place.1 } else { 0 };
            place = (paragraph, before + 1);
        }
        Some(Sentence {
            range: TextRange {
                start: found.range.start,
                end: found.range.end,
            },
            block: u32::try_from(index).unwrap_or(u32::MAX),
            number,
            place: block.paragraph.map(|_| place),
        })
    });
    numbered.collect()
}

#[cfg(test)]
mod tests;
