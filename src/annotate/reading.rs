//! Everything that the annotators find in one text, whether it belongs to a site or not.
//!
//! 1. Cut the blocks into sentences and the text into tokens.
//! 2. Find the gazetteer's names, then time expressions outside them, then names that no gazetteer lists.
//! 3. Find figures outside all of these, and quotations, whose speakers are told by the names.
//!
//! Invariant: a pure function of its input. Every list is in order, and each range is a stretch of the text on
//! character boundaries; mentions, times, unlisted names and figures do not overlap each other.

use std::collections::BTreeMap;
use std::ops::Range;

use super::figure::{self, Figure};
use super::gazetteer::{Gazetteer, NamedEntity};
use super::prose::Prose;
use super::quotation::{self, Name, NameKind, Quotation};
use super::sentence::{self, Sentence};
use super::time::{self, Time, TimeContext};
use super::token;
use super::unlisted::{self, UnlistedName};
use crate::base::TextRange;
use crate::model::{self, Entity, EntityType, Id};

/// A text to read.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// Its paragraphs, headings and list items, as byte ranges in order. What lies outside is not read.
    pub blocks: &'a [Range<u32>],
    /// Its title, which is read for context only; may be empty.
    pub title: &'a str,
    /// What is known of it from outside.
    pub context: &'a TimeContext,
}

/// Names to look for.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The names of the entities.
    pub gazetteer: &'a Gazetteer,
    /// The entities.
    pub entities: &'a BTreeMap<Id, Entity>,
}

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Mentions of what the gazetteer lists.
    pub mentions: Vec<NamedEntity>,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Names that no gazetteer lists.
    pub unlisted: Vec<UnlistedName>,
    /// Numbers that say how many or how much.
    pub figures: Vec<Figure>,
    /// Quotations and reported speech.
    pub quotations: Vec<Quotation>,
    /// The entities mentioned, by the number that quotations know their names by.
    entities: Vec<Id>,
}

impl Reading {
    /// The entity that a speaker's `name` or `affiliation` means; none where no gazetteer lists it.
    pub fn entity(&self, name: u32) -> Option<&Id> {
        self.entities.get(name as usize)
    }
}

/// Reads a text, with a gazetteer if there is one.
pub fn read(text: &Text, names: Option<Listed>) -> Reading {
    let sentences = sentence::sentences(text.text, text.blocks);
    let mentions = names.map_or_else(Vec::new, |names| listed(text, &sentences, names.gazetteer));
    let gazetteer = names.map(|names| names.gazetteer);
    read_around(text.text, sentences, mentions, gazetteer, text.context)
}

/// Reads a text whose sentences and mentions are decided: finds the rest.
pub(super) fn read_around(
    text: &str,
    sentences: Vec<Sentence>,
    mentions: Vec<NamedEntity>,
    gazetteer: Option<&Gazetteer>,
    context: &TimeContext,
) -> Reading {
    let tokens = token::tokens(text);
    let mut times = time::times(text, &tokens, &sentences, context);
    times.retain(|time| !named(&mentions, &time.range));
    let named = mentions.iter().map(|m| m.range.start..m.range.end);
    let taken = both(times.iter().map(|t| t.range.clone()), named);
    let unlisted = unlisted::names(text, &tokens, &sentences, &taken);
    let taken = both(
        taken.into_iter(),
        unlisted.iter().map(|name| name.range.clone()),
    );
    let figures = figure::figures(text, &tokens, &sentences, &taken);
    let (speakers, entities) = speakers(&mentions, &unlisted, gazetteer);
    let quotations = quotation::quotations(text, &tokens, &sentences, &speakers);
    Reading {
        sentences,
        mentions,
        times,
        unlisted,
        figures,
        quotations,
        entities,
    }
}

/// Ranges of two lists in one; each list is in order.
fn both(
    one: impl ExactSizeIterator<Item = Range<u32>>,
    other: impl ExactSizeIterator<Item = Range<u32>>,
) -> Vec<Range<u32>> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let mut other = other.peekable();
    for range in one {
        let first = |next: &Range<u32>| (next.start, next.end) <= (range.start, range.end);
        while let Some(next) = other.next_if(first) {
            all.push(next);
        }
        all.push(range);
    }
    all.extend(other);
    all
}

/// All names as quotations want them, in order, and the entities that are named: those of a gazetteer have the number of
/// their entity, those of none the numbers that follow.
fn speakers(
    mentions: &[NamedEntity],
    unlisted: &[UnlistedName],
    gazetteer: Option<&Gazetteer>,
) -> (Vec<Name>, Vec<Id>) {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    // Entities are told apart by their place in the gazetteer, which is in the order of their ids: comparing these would take
    // longer than finding the names.
    let numbers: Vec<Option<u32>> = mentions
        .iter()
        .map(|mention| gazetteer?.number(&mention.id))
        .collect();
    let mut named: Vec<u32> = numbers.iter().copied().flatten().collect();
    named.sort_unstable();
    named.dedup();
    let (entities, kinds): (Vec<Id>, Vec<NameKind>) = named
        .iter()
        .filter_map(|number| gazetteer?.numbered(*number))
        .map(|(id, kind)| (id.clone(), name_kind(kind)))
        .unzip();
    let listed = mentions
        .iter()
        .zip(&numbers)
        .filter_map(|(mention, entity)| {
            let at = named.binary_search(&(*entity)?).ok()?;
            Some(Name {
                range: mention.range.start..mention.range.end,
                kind: *kinds.get(at)?,
                id: number(at),
            })
        });
    let others = unlisted.iter().map(|name| Name {
        range: name.range.clone(),
        kind: match name.kind {
            unlisted::NameKind::Person => NameKind::Person,
            unlisted::NameKind::Organization => NameKind::Organization,
            unlisted::NameKind::Place => NameKind::Place,
        },
        id: number(entities.len()).saturating_add(name.group),
    });
    let mut all: Vec<Name> = listed.chain(others).collect();
    all.sort_by_key(|name| name.range.start);
    (all, entities)
}

fn name_kind(kind: EntityType) -> NameKind {
    match kind {
        EntityType::Person => NameKind::Person,
        EntityType::Organization => NameKind::Organization,
        EntityType::Place => NameKind::Place,
        EntityType::Term => NameKind::Other,
    }
}

fn listed(text: &Text, sentences: &[Sentence], gazetteer: &Gazetteer) -> Vec<NamedEntity> {
    let numbered: Vec<model::Sentence> = sentences
        .iter()
        .zip(1..)
        .map(|(sentence, number)| model::Sentence {
            range: text_range(&sentence.range),
            block: sentence.block,
            number,
            place: None,
        })
        .collect();
    let prose = Prose::new(text.text, &numbered);
    gazetteer.mentions(&prose, text.title, &[]).named
}

/// Whether a range overlaps a mention; these are in order and do not overlap each other.
fn named(mentions: &[NamedEntity], range: &Range<u32>) -> bool {
    let range = text_range(range);
    let at = mentions.partition_point(|m| m.range.end <= range.start);
    mentions.get(at).is_some_and(|m| m.range.overlaps(range))
}

fn text_range(range: &Range<u32>) -> TextRange {
    TextRange {
        start: range.start,
        end: range.end,
    }
}
