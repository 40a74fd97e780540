//! A language's data file, compiled: words, rules and cues.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::lexicon::{Fault, Given, Lexicon, Weight, WordId};
use super::parts::Make;
use super::pattern::Patterns;
use super::value::{Modifier, Unit};
use crate::annotate::token::{Shape, Token};
use crate::annotate::vocabulary::{Column, VOCABULARY};

/// Everything known about one language.
#[derive(Debug)]
pub(super) struct Language {
    /// Its words.
    pub lexicon: Lexicon,
    /// Its patterns.
    pub patterns: Patterns,
    /// Its rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// Its words by the vocabulary's numbers.
    column: OnceLock<Column<WordId>>,
}

/// What a rule makes of a match.
#[derive(Debug)]
pub(super) struct Rule {
    /// How its captures are read.
    pub make: Make,
    /// A modifier that lies in its fixed words.
    pub phase: Option<Modifier>,
    /// A step from the last date named that lies in its fixed words.
    pub follow: Option<i32>,
    /// An ordinal that lies in its fixed words.
    pub ordinal: Option<i64>,
    /// A unit that lies in its fixed words.
    pub unit: Option<Unit>,
    /// A number of weeks that lies in its fixed words.
    pub weeks: Option<i64>,
}

/// What the words of a text are to a language.
pub(super) struct Words {
    /// The word of each token, 0 for one that the language does not list.
    pub ids: Vec<WordId>,
    /// The tokens that an expression may hang on, in order, and some that none does.
    pub weighty: Vec<u32>,
}

/// A word in a column counts only when capitalised …
const CAPITAL: WordId = 1 << 15;
/// … and an expression may hang on it. Words are fewer.
const WEIGHTY: WordId = 1 << 14;

#[derive(Deserialize)]
struct File {
    capital: String,
    words: BTreeMap<String, BTreeMap<String, Given>>,
    lists: BTreeMap<String, String>,
    patterns: BTreeMap<String, String>,
    rule: Vec<FileRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    name: String,
    make: String,
    r#match: Vec<String>,
    phase: Option<String>,
    follow: Option<i32>,
    ordinal: Option<i64>,
    unit: Option<String>,
    weeks: Option<i64>,
}

impl Language {
    /// Compiles a data file.
    pub(super) fn compile(source: &str) -> Result<Language, Fault> {
        let file: File = toml::from_str(source).map_err(|e| e.to_string())?;
        let mut lexicon = Lexicon::new(&file.words, &file.lists, &file.capital)?;
        let (mut rules, mut sources) = (Vec::new(), Vec::new());
        for rule in file.rule {
            let make = Make::named(&rule.make)
                .ok_or_else(|| format!("{}: no make {}", rule.name, rule.make))?;
            let phase = rule
                .phase
                .as_deref()
                .map(|name| Modifier::from_name(name).ok_or(name.to_owned()));
            let unit = rule
                .unit
                .as_deref()
                .map(|code| Unit::from_code(code).ok_or(code.to_owned()));
            let (phase, unit) = (phase.transpose()?, unit.transpose()?);
            rules.push(Rule {
                make,
                phase,
                follow: rule.follow,
                ordinal: rule.ordinal,
                unit,
                weeks: rule.weeks,
            });
            sources.push(rule.r#match);
        }
        let patterns = Patterns::new(&sources, &file.patterns, &mut lexicon)?;
        Ok(Language {
            lexicon,
            patterns,
            rules,
            column: OnceLock::new(),
        })
    }

    /// The words of tokens.
    pub(super) fn words(&self, tokens: &[Token]) -> Words {
        let column = self.column.get_or_init(|| {
            let lexicon = &self.lexicon;
            VOCABULARY.column(lexicon.keys().map(|(key, word)| {
                let capital = u16::from(lexicon.wants_capital(word)) * CAPITAL;
                let weighty = u16::from(lexicon.weight(word) != Weight::None) * WEIGHTY;
                (key, word | capital | weighty)
            }))
        });
        let of = |token: &Token| {
            let said = column.of(token);
            let missing = said & CAPITAL != 0 && !token.capitalised();
            let digit = token.shape.has(Shape::HAS_DIGIT);
            let own = if missing { 0 } else { said };
            own | if digit { WEIGHTY } else { 0 }
        };
        let mut ids: Vec<WordId> = tokens.iter().map(of).collect();
        let mut weighty = Vec::with_capacity(tokens.len() / 8);
        for (at, id) in (0..).zip(&mut ids) {
            if *id & WEIGHTY != 0 {
                weighty.push(at);
            }
            *id &= !(CAPITAL | WEIGHTY);
        }
        Words { ids, weighty }
    }

    /// All languages there are.
    pub(super) fn all() -> [&'static Language; 1] {
        [&ENGLISH]
    }

    /// The data for a BCP 47 tag; none for a language without a data file.
    pub(super) fn of(tag: &str) -> Option<&'static Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or("");
        primary.eq_ignore_ascii_case("en").then(|| &*ENGLISH)
    }
}

/// The words and the rules of English, as one file.
const EN: &str = concat!(
    include_str!("en/words.toml"),
    "\n",
    include_str!("en/rules.toml")
);

static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| Language::compile(EN).expect("the data files are checked by a test"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_files_compile() {
        let english = Language::compile(EN).unwrap();
        assert!(english.rules.len() > 20);
        assert!(english.lexicon.len() < usize::from(WEIGHTY));
        assert!(Language::of("en-GB").is_some() && Language::of("ko").is_none());
    }

    #[test]
    fn faults_are_named() {
        let wrong = "capital = ''\n[words.MONTHS]\nmay = 5\n[lists]\n[patterns]\n[[rule]]\nname = 'a'\nmake = 'set'\nmatch = []";
        assert_eq!(Language::compile(wrong).unwrap_err(), "no class MONTHS");
    }
}
