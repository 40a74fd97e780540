//! Quotations and reported speech, with who speaks.
//!
//! 1. `marks` pairs quotation marks of every make, over paragraphs and nested, and leaves
//!    apostrophes and inches alone.
//! 2. `attribution` looks for a verb of speech after and before each pair and for its subject
//!    (`phrase`); `kind` tells speech from parts of it and from names and terms in marks.
//! 3. `indirect` finds speech without marks: `officials said that …`, `according to …`.
//! 4. `resolve` goes over all speakers in the order of the text: names, surnames, pronouns and
//!    titles are tied to who was introduced before; sources without a name are kept in their words.
//!
//! Words are in `speech.toml`.  Invariant: quotations are in order of their start, longer ones
//! first; those in marks are properly nested or apart; every range is a run of whole tokens.

mod attribution;
mod indirect;
mod kind;
mod lexicon;
mod marks;
mod phrase;
mod reader;
mod resolve;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::phrase::Phrase;
use self::reader::Reader;
use self::resolve::Persons;
use crate::annotate::sentence::Sentence;
use crate::annotate::token::Token;

pub(super) use self::lexicon::keys;
pub use crate::model::QuotationKind as Kind;

/// What a name in the text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// Somebody.
    Person,
    /// A body of people.
    Organization,
    /// A place; it speaks for its government.
    Place,
    /// Anything else.
    Other,
}

/// A name found in the text beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its bytes.
    pub range: Range<u32>,
    /// What it stands for.
    pub kind: NameKind,
    /// The same for all mentions of one entity.
    pub id: u32,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Bytes of the words beside the verb: a name, a pronoun, `a diplomatic source`.
    pub range: Range<u32>,
    /// The id of the name it resolves to.
    pub name: Option<u32>,
    /// Bytes of the earlier mention that a pronoun, title or surname stands for.
    pub antecedent: Option<Range<u32>>,
    /// A source without a name: `officials`, `an official of the ministry`.
    pub anonymous: bool,
    /// The id of the name such a source belongs to.
    pub affiliation: Option<u32>,
}

/// Something said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its bytes, marks included.
    pub range: Range<u32>,
    /// The same without marks.
    pub inner: Range<u32>,
    /// How it is quoted.
    pub kind: Kind,
    /// Bytes of the verb of speech, or of `according to`.
    pub verb: Option<Range<u32>>,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The same for the parts of one speech: split by its verb, or over paragraphs.
    pub group: u32,
    /// How many quotations in marks it lies in.
    pub level: u8,
}

/// A quotation before its speaker is resolved.
#[derive(Clone, Debug)]
struct Draft {
    outer: Range<usize>,
    inner: Range<usize>,
    kind: Kind,
    verb: Option<Range<usize>>,
    speaker: Option<Phrase>,
    /// Tokens of the attribution.
    attribution: Range<usize>,
    group: u32,
    level: u8,
}

/// Finds the quotations of a text.
///
/// `tokens` and `sentences` are those of `text`; `names` are in order and do not overlap.  Linear
/// in the length of the text.
pub fn quotations(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    names: &[Name],
) -> Vec<Quotation> {
    let reader = Reader::new(text, tokens, sentences, names);
    let mut drafts = kind::in_marks(&reader, &marks::spans(&reader));
    indirect::add(&reader, &mut drafts);
    drafts.sort_by_key(|d| (d.outer.start, usize::MAX - d.outer.end));
    let speakers = speakers(&reader, &drafts);
    drafts
        .iter()
        .zip(speakers)
        .map(|(draft, speaker)| Quotation {
            range: reader.bytes(&draft.outer),
            inner: reader.bytes(&draft.inner),
            kind: draft.kind,
            verb: draft.verb.as_ref().map(|v| reader.bytes(v)),
            speaker,
            group: draft.group,
            level: draft.level,
        })
        .collect()
}

/// Resolves all speakers, in the order in which the text names them.
fn speakers(reader: &Reader<'_>, drafts: &[Draft]) -> Vec<Option<Speaker>> {
    let mut order: Vec<(usize, &Phrase)> = drafts
        .iter()
        .enumerate()
        .filter_map(|(i, d)| Some((i, d.speaker.as_ref()?)))
        .collect();
    order.sort_by_key(|(_, phrase)| (phrase.tokens.start, phrase.tokens.end));
    let mut out = vec![None; drafts.len()];
    let mut persons = Persons::default();
    let mut last: Option<(&Phrase, Speaker)> = None;
    for (index, phrase) in order {
        let speaker = match &last {
            Some((before, speaker)) if before.tokens == phrase.tokens => speaker.clone(),
            _ => persons.resolve(reader, phrase),
        };
        out[index] = Some(speaker.clone());
        last = Some((phrase, speaker));
    }
    out
}

/// Index of the innermost quotation with a speaker that covers a range: who says a figure.
pub fn covering(quotations: &[Quotation], range: &Range<u32>) -> Option<usize> {
    let upto = quotations.partition_point(|q| q.range.start <= range.start);
    let before = quotations.iter().enumerate().take(upto).rev().take(64);
    before
        .filter(|(_, q)| q.range.end >= range.end && q.speaker.is_some())
        .min_by_key(|(_, q)| q.range.len())
        .map(|(index, _)| index)
}
