//! Everything that the annotators find in one text, whether it belongs to a site or not.
//!
//! 1. Cut the blocks into sentences and the text into tokens.
//! 2. Find the gazetteer's names, then time expressions outside them.
//!
//! Invariant: a pure function of its input. Every list is in order, and each range is a stretch of the text on
//! character boundaries; mentions and times do not overlap each other.

use std::ops::Range;

use super::gazetteer::{Gazetteer, NamedEntity};
use super::prose::Prose;
use super::sentence::{self, Sentence};
use super::time::{self, Time, TimeContext};
use super::token;
use crate::base::TextRange;
use crate::model;

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

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Mentions of what the gazetteer lists.
    pub mentions: Vec<NamedEntity>,
    /// Time expressions.
    pub times: Vec<Time>,
}

/// Reads a text, with a gazetteer if there is one.
pub fn read(text: &Text, gazetteer: Option<&Gazetteer>) -> Reading {
    let tokens = token::tokens(text.text);
    let sentences = sentence::sentences(text.text, text.blocks);
    let mentions = gazetteer.map_or_else(Vec::new, |gazetteer| listed(text, &sentences, gazetteer));
    let mut times = time::times(text.text, &tokens, &sentences, text.context);
    times.retain(|time| !named(&mentions, &time.range));
    Reading {
        sentences,
        mentions,
        times,
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
