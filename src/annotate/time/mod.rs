//! Time expressions and their TIMEX3 values.
//!
//! 1. `en/words.toml` lists a language's words by class (`class`), `en/rules.toml` its rules: patterns over classes (`lexicon`,
//!    `pattern`, `number`), compiled once (`language`).
//! 2. `recognise` walks the tokens, takes the longest match at each place and reads its captures into
//!    `Parts`: what the words say by themselves, underspecified (`parts`, `pairs`); `doubt` drops what
//!    stands in the wrong company.
//! 3. `resolve` goes over all of them once, from publication, tense (`tense`) and the date named
//!    last to places on the calendar (`locate`, `place`, `when`, `value`), with the reason (`why`);
//!    `document` tells the order of numeric dates, and histories from news.
//!
//! A second language is a second folder beside `en` with the same classes, listed in
//! `Language::of`; words that inflect are listed in all their forms.  Tense cues are classes too
//! (WILL, WAS, PLAN …); only `-ed` and `to` are read by code, in `tense`.
//!
//! Invariant: results are in order, do not overlap, and each is a run of whole tokens of one sentence.

#[cfg(test)]
mod cases;
mod class;
mod document;
mod doubt;
mod feast;
mod grammar;
mod language;
mod lexicon;
mod locate;
mod moon;
mod number;
mod pairs;
mod parts;
mod pattern;
mod place;
mod recognise;
#[cfg(test)]
mod reports;
mod resolve;
mod tense;
#[cfg(test)]
mod tests;
mod value;
mod when;
mod why;

use std::ops::Range;

use jiff::civil::Date;

pub use parts::From;
pub use tense::Tense;
pub use value::{Modifier, Unit};
pub use why::{Named, Why};

use crate::annotate::sentence::Sentence;
use crate::annotate::token::Token;

/// What is known about a document from outside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeContext {
    /// The day of publication, TimeML's document creation time.
    pub published: Option<Date>,
    /// BCP 47 tag of the text's language.  Without a data file for it nothing is found.
    pub language: String,
    /// Bytes of the headline, where it is part of the text.
    pub headline: Option<Range<u32>>,
}

impl TimeContext {
    /// An English document of a known day.
    pub fn published(day: Date) -> TimeContext {
        TimeContext {
            published: Some(day),
            ..TimeContext::default()
        }
    }
}

impl Default for TimeContext {
    fn default() -> TimeContext {
        TimeContext {
            published: None,
            language: "en".into(),
            headline: None,
        }
    }
}

/// TIMEX3's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A day or something larger.
    Date,
    /// A time of day.
    Time,
    /// A length.
    Duration,
    /// Something that repeats.
    Set,
}

impl Kind {
    /// TIMEX3's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Date => "DATE",
            Kind::Time => "TIME",
            Kind::Duration => "DURATION",
            Kind::Set => "SET",
        }
    }
}

/// What a value was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The day of publication.
    Publication,
    /// An earlier expression: its index among the results.
    Earlier(u32),
    /// Nothing else: the words suffice.
    Itself,
    /// Nothing could be found.
    None,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its bytes in the text.
    pub range: Range<u32>,
    /// TIMEX3's type.
    pub kind: Kind,
    /// TIMEX3's value: `2014-02-25`, `2010`, `P10D`, `XXXX-WXX-2`, `PAST_REF`.
    pub value: String,
    /// TIMEX3's mod: `late` 2010, `up to` four years.
    pub modifier: Option<Modifier>,
    /// What the value was counted from.
    pub anchor: Anchor,
    /// How it was found.
    pub why: Why,
    /// A second value, where a reader might well take it so.
    pub alternative: Option<String>,
}

/// The keys of all words that time expressions are told by.
pub(super) fn keys() -> Vec<u32> {
    let lexicons = language::Language::all().map(|language| &language.lexicon);
    let keys = lexicons.into_iter().flat_map(|lexicon| lexicon.keys());
    keys.map(|(key, _)| key).collect()
}

/// Finds the time expressions of a text.
///
/// `tokens` and `sentences` are those of `text`; linear in its length.
pub fn times(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    context: &TimeContext,
) -> Vec<Time> {
    let Some(language) = language::Language::of(&context.language) else {
        return Vec::new();
    };
    let words = language.words(tokens);
    let reader = number::Reader {
        text,
        tokens,
        words: &words.ids,
        lexicon: &language.lexicon,
    };
    let found = recognise::recognise(language, &reader, &words.weighty, sentences);
    resolve::resolve(&reader, &found, context)
}
