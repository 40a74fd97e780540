//! The words of one language: from a data file to one table look-up a token.
//!
//! A word may belong to several [`Class`]es, each with a small integer as its value (a month's
//! number, a unit's code); entries of several words (`at least`, `new year's eve`) hang on their
//! first word.  Literals used in rules are words without a class.

use std::collections::BTreeMap;

pub(super) use super::class::{Class, ClassSet};
use super::feast::Feast;
use super::value::{Modifier, Reference, Unit};
use crate::annotate::token::{cut, key};

/// Index of a word in its lexicon; 0 is a word the lexicon does not know.
pub(super) type WordId = u16;

/// One reading of a word or phrase.
#[derive(Clone, Debug)]
struct Reading {
    /// The words that must follow the first one.
    rest: Vec<WordId>,
    class: Class,
    value: i64,
}

/// Whether expressions may hang on a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Weight {
    /// None does.
    #[default]
    None,
    /// Two such words may be a year.
    Number,
    /// Some do.
    Salient,
}

/// Classes of a word, as bits.
#[derive(Clone, Copy, Debug, Default)]
struct Classes {
    /// Of the word alone.
    own: ClassSet,
    /// Of the phrases it begins as well.
    all: ClassSet,
}

/// The words of a language.
#[derive(Debug)]
pub(super) struct Lexicon {
    readings: Vec<Vec<Reading>>,
    classes: Vec<Classes>,
    /// Words that count only when capitalised.
    capital: Vec<bool>,
    /// Every expression has at least one salient word, or digits.
    weights: Vec<Weight>,
    /// Open addressing over a power of two of slots, mostly empty: keys …
    keys: Vec<u32>,
    /// … and their words.
    slots: Vec<WordId>,
}

/// What went wrong in a data file.
pub(super) type Fault = String;

/// A value in a data file: a number or a code.
#[derive(serde::Deserialize)]
#[serde(untagged)]
pub(super) enum Given {
    Number(i64),
    Code(String),
}

const SLOTS: usize = 1 << 12;

impl Lexicon {
    /// Builds the table from `class name -> word or phrase -> value` and the list of words that
    /// count only when capitalised.
    pub(super) fn new(
        classes: &BTreeMap<String, BTreeMap<String, Given>>,
        lists: &BTreeMap<String, String>,
        capital: &str,
    ) -> Result<Lexicon, Fault> {
        let mut lexicon = Lexicon {
            readings: vec![Vec::new()],
            classes: vec![Classes::default()],
            capital: vec![false],
            weights: vec![Weight::None],
            keys: vec![0; SLOTS],
            slots: vec![0; SLOTS],
        };
        for (name, entries) in classes {
            let class = Class::named(name).ok_or_else(|| format!("no class {name}"))?;
            for (phrase, given) in entries {
                let value =
                    value_of(class, given).ok_or_else(|| format!("{name}: value of {phrase}"))?;
                lexicon.add(phrase, class, value);
            }
        }
        for (name, list) in lists {
            let class = Class::named(name).ok_or_else(|| format!("no class {name}"))?;
            for phrase in list.split_whitespace() {
                lexicon.add(&phrase.replace('_', " "), class, 0);
            }
        }
        for word in capital.split_whitespace() {
            let id = lexicon.intern(key(word));
            lexicon.capital[id as usize] = true;
        }
        Ok(lexicon)
    }

    fn add(&mut self, phrase: &str, class: Class, value: i64) {
        let ids = self.literal(phrase);
        let Some((first, rest)) = ids.split_first() else {
            return;
        };
        let classes = &mut self.classes[*first as usize];
        classes.all |= class.bit();
        if rest.is_empty() {
            classes.own |= class.bit();
            if class == Class::Card && self.weights[*first as usize] == Weight::None {
                self.weights[*first as usize] = Weight::Number;
            }
        }
        self.readings[*first as usize].push(Reading {
            rest: rest.to_vec(),
            class,
            value,
        });
        if class.is_salient() {
            // Of a phrase its longest word, which is its rarest.
            let longest = (0..ids.len())
                .max_by_key(|i| phrase.split_whitespace().nth(*i).map_or(0, str::len));
            let id = ids[longest.unwrap_or(0)];
            self.weights[id as usize] = Weight::Salient;
        }
    }

    /// Whether an expression may hang on this word.
    pub(super) fn weight(&self, word: WordId) -> Weight {
        self.weights[word as usize]
    }

    /// The word ids of a phrase, added to the table when new.
    pub(super) fn literal(&mut self, phrase: &str) -> Vec<WordId> {
        match phrase {
            // Cut apart only where it stands alone.
            "'s" => vec![self.intern(key(phrase))],
            _ => cut(phrase).iter().map(|t| self.intern(t.key)).collect(),
        }
    }

    fn intern(&mut self, key: u32) -> WordId {
        let mut slot = key as usize % SLOTS;
        while self.slots[slot] != 0 {
            if self.keys[slot] == key {
                return self.slots[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        let id = self.len() as WordId;
        self.readings.push(Vec::new());
        self.classes.push(Classes::default());
        self.capital.push(false);
        self.weights.push(Weight::None);
        (self.keys[slot], self.slots[slot]) = (key, id);
        id
    }

    /// The word with a key, or 0.
    fn find(&self, key: u32) -> WordId {
        let mut slot = key as usize % SLOTS;
        loop {
            let id = self.slots[slot];
            if id == 0 || self.keys[slot] == key {
                return id;
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// The keys of all words, with the words.
    pub(super) fn keys(&self) -> impl Iterator<Item = (u32, WordId)> {
        let slots = self.keys.iter().zip(&self.slots);
        slots
            .filter(|(_, id)| **id != 0)
            .map(|(key, id)| (*key, *id))
    }

    /// Whether a word counts only when capitalised.
    pub(super) fn wants_capital(&self, word: WordId) -> bool {
        self.capital[word as usize]
    }

    /// How many words there are, counting the unknown one.
    pub(super) fn len(&self) -> usize {
        self.readings.len()
    }

    /// The classes of a word alone, as bits.
    pub(super) fn classes(&self, word: WordId) -> ClassSet {
        self.classes.get(word as usize).map_or(0, |c| c.own)
    }

    /// The classes of a word and of the phrases it begins, as bits.
    pub(super) fn openings(&self, word: WordId) -> ClassSet {
        self.classes.get(word as usize).map_or(0, |c| c.all)
    }

    /// Whether a word by itself belongs to a class.
    pub(super) fn is(&self, word: WordId, class: Class) -> bool {
        self.classes(word) & class.bit() != 0
    }

    /// The word of a mark such as `-`, 0 when no rule has it.
    pub(super) fn sign(&self, mark: &str) -> WordId {
        self.find(key(mark))
    }

    /// All words that go on a phrase after its first word.
    pub(super) fn continuations(&self) -> impl Iterator<Item = WordId> {
        self.readings
            .iter()
            .flatten()
            .flat_map(|r| r.rest.iter().copied())
    }

    /// The phrases that a word begins: their classes, and the words that must follow it.
    pub(super) fn phrases(&self, word: WordId) -> impl Iterator<Item = (Class, &[WordId])> {
        self.readings[word as usize]
            .iter()
            .filter(|r| !r.rest.is_empty())
            .map(|r| (r.class, r.rest.as_slice()))
    }

    /// The value of a word in a class.
    pub(super) fn value(&self, word: WordId, class: Class) -> Option<i64> {
        if !self.is(word, class) {
            return None;
        }
        self.readings[word as usize]
            .iter()
            .find(|r| r.class == class && r.rest.is_empty())
            .map(|r| r.value)
    }

    /// The readings in `class` of the words that begin at `ids[0]`: value and length in tokens.
    pub(super) fn readings<'l>(
        &'l self,
        ids: &'l [WordId],
        class: Class,
    ) -> impl Iterator<Item = (i64, usize)> + 'l {
        let readings = ids
            .first()
            .map_or(&[][..], |id| &self.readings[*id as usize]);
        readings
            .iter()
            .filter(move |r| r.class == class && r.rest.len() < ids.len())
            .filter(move |r| r.rest.iter().zip(&ids[1..]).all(|(a, b)| a == b))
            .map(|r| (r.value, r.rest.len() + 1))
    }
}

/// Reads a value as the class understands it.
fn value_of(class: Class, given: &Given) -> Option<i64> {
    let code = match given {
        Given::Number(n) => return Some(*n),
        Given::Code(code) => code.as_str(),
    };
    match class {
        Class::Unit
        | Class::Units
        | Class::Second
        | Class::Portion
        | Class::Portions
        | Class::Century
        | Class::Long
        | Class::Open
        | Class::Weekend
        | Class::Weekends
        | Class::Period
        | Class::Jubilee
        | Class::Clockunit => Unit::from_code(code).map(|u| u as i64),
        Class::Phase | Class::Qmod => Modifier::from_name(code).map(|m| m as i64),
        Class::Ref | Class::Soonest => Reference::from_name(code).map(|r| r as i64),
        Class::Holiday => Feast::from_code(code).map(Feast::value),
        Class::Setadv => Unit::from_code(code.strip_prefix("P1")?).map(|u| u as i64),
        Class::Season | Class::Part | Class::Parts => two_letters(code),
        _ => None,
    }
}

/// A two-letter TIMEX3 code (`SU`, `MO`) as a number; [`letters_of`] undoes it.
fn two_letters(code: &str) -> Option<i64> {
    match code.as_bytes() {
        [a, b] => Some(i64::from(*a) << 8 | i64::from(*b)),
        _ => None,
    }
}

/// The two-letter code behind a value of SEASON or PART.
pub(super) fn letters_of(value: i64) -> [u8; 2] {
    [(value >> 8) as u8, value as u8]
}
