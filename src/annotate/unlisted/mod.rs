//! Names no gazetteer lists: people, organisations and places, by rule.
//!
//! 1. [`page`] looks every capitalised word up in the [`lexicon`] and tells headlines from prose.
//! 2. [`run`] takes capitalised words together with what belongs inside a name (`of`, `bin`, `&`).
//! 3. [`split`] cuts a run at titles, nationalities and known places into candidates and weighs what
//!    their own words say ([`inner`], [`shape`]): `Ministry`, `Inc`, a given name, `Jong-un`.
//! 4. [`context`] weighs what stands beside them: titles, roles, `in`, `shares of`, `, 49,` ([`apposition`]); [`frame`]
//!    has datelines and quotation marks, [`headline`] what has capitals for show.
//! 5. [`document`] adds up the evidence over the whole document, so that a name has one kind in it,
//!    hands it from full names to short ones and acronyms, and drops what is not certain enough.
//!
//! The word lists are general knowledge in TOML files; no list of names of the site is used.
//! Invariant: names are in order, do not overlap each other nor `taken`, and begin and end with tokens.

mod apposition;
mod context;
mod document;
mod evidence;
mod frame;
mod headline;
mod inner;
mod lexicon;
mod page;
mod run;
mod shape;
mod split;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::sentence::Sentence;
use super::token::Token;

pub use crate::model::Certainty;
pub use evidence::Why;
pub(super) use lexicon::keys;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A human being, real or not.
    Person,
    /// A company, institution, party, team or band.
    Organization,
    /// A country, city, region, landmark or site.
    Place,
}

/// A name in the text that no gazetteer knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlistedName {
    /// Bytes of the text.
    pub range: Range<u32>,
    /// What it names; the same for all mentions of a group.
    pub kind: NameKind,
    /// How certain the kind is.
    pub certainty: Certainty,
    /// The rule that weighed most.
    pub why: Why,
    /// Mentions of one name in the document share it: `Kim` after `Kim Hyung-suk`, an acronym and
    /// what it stands for. Numbered from 0 in order of first mention.
    pub group: u32,
}

/// Finds the names in `text`.
///
/// `tokens` and `sentences` are those of the same text. `taken` are ranges that others have claimed
/// (gazetteer mentions, time expressions), in order: no name overlaps one. Linear in the text; pure.
pub fn names(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    taken: &[Range<u32>],
) -> Vec<UnlistedName> {
    let page = page::Page::read(text, tokens, sentences, taken);
    let mut candidates = Vec::new();
    for sentence in 0..page.sentences.len() {
        split::candidates(&page, sentence, &mut candidates);
    }
    for at in 0..candidates.len() {
        context::weigh(&page, &mut candidates, at);
    }
    document::decide(&page, candidates)
}
