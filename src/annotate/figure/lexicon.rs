//! The words of `numbers.toml` and `words.toml`, compiled once.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Hedge;
use crate::annotate::lookup::Quick;
use crate::annotate::token::{Token, key};
use crate::annotate::vocabulary::{Column, VOCABULARY};

/// A set of word classes.
pub(super) mod class {
    pub(in super::super) const STOP: u32 = 1;
    pub(in super::super) const DETERMINATIVE: u32 = 1 << 1;
    pub(in super::super) const PLURAL: u32 = 1 << 2;
    pub(in super::super) const MODIFIER: u32 = 1 << 3;
    pub(in super::super) const SINGULAR: u32 = 1 << 4;
    pub(in super::super) const TIME: u32 = 1 << 5;
    pub(in super::super) const MONTH: u32 = 1 << 6;
    pub(in super::super) const BEFORE_NAME: u32 = 1 << 7;
    pub(in super::super) const STREET: u32 = 1 << 8;
    pub(in super::super) const HYPHEN: u32 = 1 << 9;
    pub(in super::super) const CHANGE: u32 = 1 << 10;
    pub(in super::super) const RANGE: u32 = 1 << 11;
    pub(in super::super) const RANK: u32 = 1 << 12;
    pub(in super::super) const NOT_ORDINAL: u32 = 1 << 13;
    pub(in super::super) const OCCASION: u32 = 1 << 14;
    pub(in super::super) const PARTICLE_NOUN: u32 = 1 << 15;
    pub(in super::super) const UNIT_BEFORE: u32 = 1 << 16;
    pub(in super::super) const GERUND: u32 = 1 << 17;
}

/// What a word says as a part of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    Small(f64),
    Tens(f64),
    Scale(f64),
    Vague(f64, f64),
    Factor(f64, f64),
    Ordinal(f64),
}

/// What the lexicon says of a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub(super) classes: u32,
    pub(super) part: Option<Part>,
    /// `two thirds`: what one is divided by.
    pub(super) divisor: Option<f64>,
    /// Index of a unit's name.
    pub(super) unit: Option<u16>,
    /// A currency, and the value of this word in it.
    pub(super) currency: Option<(Currency, f64)>,
}

/// An ISO 4217 code.
pub(super) type Currency = [u8; 3];

/// A phrase of hedging: its words' keys, the one nearest the number first.
struct Phrase {
    keys: Vec<u32>,
    hedge: Hedge,
}

pub(super) struct Lexicon {
    /// All words, with their keys.
    words: Vec<(u32, Word)>,
    units: Vec<String>,
    exact_units: HashMap<String, u16, BuildHasherDefault<Quick>>,
    /// How many bytes the longest of them has.
    longest_unit: usize,
    suffixes: BTreeMap<String, f64>,
    signs: BTreeMap<u32, Currency>,
    dollars: BTreeMap<u32, Currency>,
    codes: Vec<(u32, Currency)>,
    countries: BTreeMap<(u32, u32), Currency>,
    before: BTreeMap<u32, Vec<Phrase>>,
    after: Vec<Phrase>,
}

impl Lexicon {
    /// What is said of a token's word.
    pub(super) fn word(&self, token: &Token) -> Option<&Word> {
        let number = usize::from(PLACES.of(token)).checked_sub(1)?;
        self.words.get(number).map(|(_, word)| word)
    }

    pub(super) fn unit_name(&self, unit: u16) -> &str {
        self.units.get(unit as usize).map_or("", String::as_str)
    }

    /// A unit by its exact spelling: `km`, `GB`.
    pub(super) fn exact_unit(&self, spelling: &str) -> Option<u16> {
        // Nearly every word after a number is longer.
        let short = spelling.len() <= self.longest_unit;
        short.then(|| self.exact_units.get(spelling).copied())?
    }

    pub(super) fn named_unit(&self, name: &str) -> Option<u16> {
        self.units
            .iter()
            .position(|u| u == name)
            .map(|at| at as u16)
    }

    /// What letters written onto digits multiply them by.
    pub(super) fn suffix(&self, spelling: &str) -> Option<f64> {
        self.suffixes.get(spelling).copied()
    }

    pub(super) fn sign(&self, key: u32) -> Option<Currency> {
        self.signs.get(&key).copied()
    }

    /// The currency of a dollar sign after these letters.
    pub(super) fn dollar(&self, key: u32) -> Option<Currency> {
        self.dollars.get(&key).copied()
    }

    pub(super) fn code(&self, key: u32) -> Option<Currency> {
        self.codes
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, code)| *code)
    }

    /// `Canadian dollars`: the currency of an adjective and the default code of the noun after it.
    pub(super) fn country(&self, adjective: u32, noun: u32) -> Option<Currency> {
        self.countries.get(&(adjective, noun)).copied()
    }

    /// The longest hedge whose words precede a number: `nth(0)` is the key of the word before it.
    pub(super) fn hedge_before(
        &self,
        nth: impl Fn(usize) -> Option<u32>,
    ) -> Option<(Hedge, usize)> {
        longest(self.before.get(&nth(0)?)?, nth)
    }

    /// The longest hedge whose words follow a number.
    pub(super) fn hedge_after(&self, nth: impl Fn(usize) -> Option<u32>) -> Option<(Hedge, usize)> {
        longest(&self.after, nth)
    }
}

fn longest(phrases: &[Phrase], nth: impl Fn(usize) -> Option<u32>) -> Option<(Hedge, usize)> {
    phrases
        .iter()
        .filter(|phrase| {
            phrase
                .keys
                .iter()
                .enumerate()
                .all(|(n, key)| nth(n) == Some(*key))
        })
        .max_by_key(|phrase| phrase.keys.len())
        .map(|phrase| (phrase.hedge, phrase.keys.len()))
}

#[derive(Deserialize)]
struct NumberFile {
    small: BTreeMap<String, f64>,
    tens: BTreeMap<String, f64>,
    scale: BTreeMap<String, f64>,
    suffix: BTreeMap<String, f64>,
    vague: BTreeMap<String, (f64, f64)>,
    factor: BTreeMap<String, (f64, f64)>,
    ordinal: BTreeMap<String, f64>,
    part: BTreeMap<String, f64>,
    hedge: BTreeMap<String, String>,
    #[serde(rename = "hedge-after")]
    hedge_after: BTreeMap<String, String>,
    sign: BTreeMap<String, String>,
    dollar: BTreeMap<String, String>,
    code: BTreeMap<String, String>,
    currency: BTreeMap<String, (String, String)>,
    country: BTreeMap<String, String>,
    unit: BTreeMap<String, String>,
    #[serde(rename = "unit-before")]
    unit_before: BTreeMap<String, String>,
}

/// The compiled lexicon.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let numbers: NumberFile =
        toml::from_str(include_str!("numbers.toml")).expect("numbers.toml is checked by a test");
    let classes: BTreeMap<String, String> =
        toml::from_str(include_str!("words.toml")).expect("words.toml is checked by a test");
    compile(numbers, &classes)
});

/// Where a word stands in the lexicon, plus one; zero for those that do not.
static PLACES: LazyLock<Column<u16>> =
    LazyLock::new(|| VOCABULARY.column(LEXICON.words.iter().map(|(key, _)| *key).zip(1..)));

/// What a walk over tokens looks out for.
pub(super) mod cue {
    /// A number in words may begin.
    pub(in super::super) const BEGINS: u8 = 1;
    /// A noun whose number may come after it: `number`, `toll`.
    pub(in super::super) const NUMBER: u8 = 1 << 1;
    /// A double quotation mark.
    pub(in super::super) const QUOTE: u8 = 1 << 2;
    /// A hedge before a number ends with it.
    pub(in super::super) const HEDGE: u8 = 1 << 3;
    /// A hedge after a number begins with it.
    pub(in super::super) const LATE_HEDGE: u8 = 1 << 4;
    /// Whatever a walk over a sentence stops at.
    pub(in super::super) const WALK: u8 = BEGINS | NUMBER | QUOTE;
}

/// The cues of each word.
pub(super) static CUES: LazyLock<Column<u8>> = LazyLock::new(|| {
    let begins = |word: &Word| word.part.is_some() || word.divisor.is_some();
    let numbers = LEXICON.words.iter().filter(|(_, word)| begins(word));
    let numbers = numbers.map(|(key, _)| (*key, cue::BEGINS));
    let hedges = LEXICON.before.keys().map(|key| (*key, cue::HEDGE));
    let late = LEXICON
        .after
        .iter()
        .filter_map(|phrase| phrase.keys.first());
    let late = late.map(|key| (*key, cue::LATE_HEDGE));
    let words = CUE_WORDS.map(|(word, cue)| (key(word), cue));
    let mut cues: BTreeMap<u32, u8> = BTreeMap::new();
    for (key, cue) in numbers.chain(hedges).chain(late).chain(words) {
        *cues.entry(key).or_default() |= cue;
    }
    VOCABULARY.column(cues)
});

/// Cues beside the words of numbers.
const CUE_WORDS: [(&str, u8); 3] = [
    ("number", cue::NUMBER),
    ("toll", cue::NUMBER),
    ("\"", cue::QUOTE),
];

/// The keys of all words that figures are told by.
pub(in crate::annotate) fn keys() -> Vec<u32> {
    let words = LEXICON.words.iter().map(|(key, _)| *key);
    let hedges = LEXICON.before.keys().copied();
    let late = LEXICON
        .after
        .iter()
        .filter_map(|phrase| phrase.keys.first());
    words
        .chain(hedges)
        .chain(late.copied())
        .chain(CUE_WORDS.map(|(word, _)| key(word)))
        .collect()
}

fn compile(file: NumberFile, classes: &BTreeMap<String, String>) -> Lexicon {
    let mut words = class_words(classes);
    let before_unit = file
        .unit_before
        .values()
        .flat_map(|list| list.split_whitespace());
    for word in before_unit {
        words.entry(word.to_owned()).or_default().classes |= class::UNIT_BEFORE;
    }
    number_words(&file, &mut words);
    let (units, exact_units) = unit_words(&file.unit, &mut words);
    for (code, (whole, part)) in &file.currency {
        for (list, value) in [(whole, 1.0), (part, 0.01)] {
            for word in list.split_whitespace() {
                words.entry(word.to_owned()).or_default().currency = Some((currency(code), value));
            }
        }
    }
    let mut before: BTreeMap<u32, Vec<Phrase>> = BTreeMap::new();
    for phrase in phrases(&file.hedge, true) {
        if let Some(first) = phrase.keys.first() {
            before.entry(*first).or_default().push(phrase);
        }
    }
    Lexicon {
        words: words
            .into_iter()
            .map(|(word, entry)| (key(&word), entry))
            .collect(),
        units,
        longest_unit: exact_units.keys().map(String::len).max().unwrap_or(0),
        exact_units: exact_units.into_iter().collect(),
        suffixes: file.suffix,
        signs: file
            .sign
            .iter()
            .map(|(sign, code)| (key(sign), currency(code)))
            .collect(),
        dollars: file
            .dollar
            .iter()
            .map(|(word, code)| (key(word), currency(code)))
            .collect(),
        codes: file
            .code
            .values()
            .flat_map(|list| list.split_whitespace())
            .map(|code| (key(code), currency(code)))
            .collect(),
        countries: file
            .country
            .iter()
            .filter_map(|(words, code)| country(words, code))
            .collect(),
        before,
        after: phrases(&file.hedge_after, false),
    }
}

fn class_words(lists: &BTreeMap<String, String>) -> BTreeMap<String, Word> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for (name, list) in lists {
        let bit = match name.as_str() {
            "stop" => class::STOP,
            "determinative" => class::DETERMINATIVE,
            "plural" => class::PLURAL,
            "modifier" => class::MODIFIER,
            "singular" => class::SINGULAR,
            "time" => class::TIME,
            "month" => class::MONTH,
            "before-name" => class::BEFORE_NAME,
            "street" => class::STREET,
            "hyphen" => class::HYPHEN,
            "change" => class::CHANGE,
            "range" => class::RANGE,
            "rank" => class::RANK,
            "not-ordinal" => class::NOT_ORDINAL,
            "occasion" => class::OCCASION,
            "particle-noun" => class::PARTICLE_NOUN,
            "gerund" => class::GERUND,
            _ => 0,
        };
        for word in list.split_whitespace() {
            words.entry(word.to_owned()).or_default().classes |= bit;
        }
    }
    words
}

fn number_words(file: &NumberFile, words: &mut BTreeMap<String, Word>) {
    let mut part =
        |word: &String, part: Part| words.entry(word.clone()).or_default().part = Some(part);
    file.small
        .iter()
        .for_each(|(word, n)| part(word, Part::Small(*n)));
    file.tens
        .iter()
        .for_each(|(word, n)| part(word, Part::Tens(*n)));
    file.scale
        .iter()
        .for_each(|(word, n)| part(word, Part::Scale(*n)));
    file.vague
        .iter()
        .for_each(|(word, (min, max))| part(word, Part::Vague(*min, *max)));
    file.factor
        .iter()
        .for_each(|(word, (min, max))| part(word, Part::Factor(*min, *max)));
    file.ordinal
        .iter()
        .for_each(|(word, n)| part(word, Part::Ordinal(*n)));
    for (word, divisor) in &file.part {
        words.entry(word.clone()).or_default().divisor = Some(*divisor);
    }
}

fn unit_words(
    units: &BTreeMap<String, String>,
    words: &mut BTreeMap<String, Word>,
) -> (Vec<String>, BTreeMap<String, u16>) {
    let mut exact = BTreeMap::new();
    for (index, list) in units.values().enumerate() {
        for word in list.split_whitespace() {
            match word.strip_prefix('=') {
                Some(spelling) => {
                    exact.insert(spelling.to_owned(), index as u16);
                }
                None => words.entry(word.to_owned()).or_default().unit = Some(index as u16),
            }
        }
    }
    (units.keys().cloned().collect(), exact)
}

fn phrases(lists: &BTreeMap<String, String>, backwards: bool) -> Vec<Phrase> {
    let mut out = Vec::new();
    for (name, list) in lists {
        let hedge = match name.as_str() {
            "at-least" => Hedge::AtLeast,
            "up-to" => Hedge::UpTo,
            _ => Hedge::About,
        };
        for phrase in list.split('|') {
            let mut keys: Vec<u32> = phrase.split_whitespace().map(key).collect();
            if backwards {
                keys.reverse();
            }
            if !keys.is_empty() {
                out.push(Phrase { keys, hedge });
            }
        }
    }
    out
}

fn currency(code: &str) -> Currency {
    code.as_bytes().try_into().unwrap_or(*b"XXX")
}

/// `canadian dollar` as the keys of its words, the noun in the plural and the singular alike.
fn country(words: &str, code: &str) -> Option<((u32, u32), Currency)> {
    let (adjective, noun) = words.split_once(' ')?;
    Some(((key(adjective), key(noun)), currency(code)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::token::tokens;

    #[test]
    fn the_lists_are_read() {
        let word = |text: &str| LEXICON.word(&tokens(text)[0]).cloned().unwrap_or_default();
        assert_eq!(word("Seven").part, Some(Part::Small(7.0)));
        assert!(word("second").classes & class::TIME != 0 && word("second").part.is_some());
        assert_eq!(word("cents").currency, Some((*b"USD", 0.01)));
        assert_eq!(
            LEXICON.exact_unit("GB").map(|u| LEXICON.unit_name(u)),
            Some("gigabyte")
        );
        assert_eq!(LEXICON.exact_unit("gb"), None);
        let numbers: NumberFile = toml::from_str(include_str!("numbers.toml")).expect("reads");
        let codes = numbers
            .sign
            .values()
            .chain(numbers.dollar.values())
            .chain(numbers.country.values());
        for code in codes.chain(numbers.currency.keys()) {
            assert!(
                code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()),
                "{code}"
            );
        }
    }

    #[test]
    fn every_class_is_known() {
        let lists: BTreeMap<String, String> =
            toml::from_str(include_str!("words.toml")).expect("reads");
        for (name, list) in &lists {
            let one = BTreeMap::from([(name.clone(), list.clone())]);
            assert!(class_words(&one).values().all(|w| w.classes != 0), "{name}");
        }
    }
}
