//! The word lists of the recogniser, compiled once into two tables.
//!
//! The lists are TOML files beside this page: one key per list, entries separated by commas or line
//! ends, written from general knowledge. A word may stand on several lists; its [`Tags`] are the sum.
//! Entries of several words are phrases, matched token by token. An entry written in capitals
//! (`WHO`, `US`) counts only where the text has capitals too.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::annotate::token::{self, Kind, Shape, Token};
use crate::annotate::vocabulary::{Column, VOCABULARY};

/// The lists a word stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tags(u64);

macro_rules! lists {
    ($($file:literal { $($name:ident = $key:literal),* $(,)? })*) => {
        lists!(@bits 0u32; $($($name)*)*);
        /// File, key in it and tag of each list.
        const LISTS: &[(&str, &str, Tags)] = &[$($(($file, $key, Tags::$name)),*),*];
    };
    (@bits $n:expr; $name:ident $($rest:ident)*) => {
        impl Tags { pub(super) const $name: Tags = Tags(1 << $n); }
        lists!(@bits $n + 1; $($rest)*);
    };
    (@bits $n:expr;) => {
        impl Tags {
            /// The word begins a phrase.
            pub(super) const PHRASE: Tags = Tags(1 << $n);
        }
    };
}

lists! {
    "places" {
        COUNTRY = "countries", REGION = "regions", CITY = "cities", SITE = "sites", PLACE_HEAD = "heads",
        PLACE_OPENER = "openers", DIRECTION = "directions", PLACE_NOUN = "nouns", PREPOSITION = "prepositions", NEAR = "near",
    }
    "organisations" {
        BODY = "known", SUFFIX = "suffixes", BODY_HEAD = "heads", LEADING = "leading", TEAM = "teams",
        CLUB = "clubs", BODY_NOUN = "nouns", BODY_AFTER = "after", BODY_BEFORE_OF = "before_of",
        POSSESSIVE = "possessives", TEAM_ROLE = "team_roles", CONTEST = "contests", BODY_OPENER = "openers",
    }
    "people" {
        TITLE = "titles", BEFORE_TITLE = "before_title", ROLE = "roles", SPEECH = "speech", ACT = "acts",
        COMPANY_TITLE = "company_titles", GIVEN = "given", FAMILY = "family", FAMILY_FIRST = "family_first", PARTICLE = "particles",
    }
    "words" {
        FUNCTION = "function", CALENDAR = "calendar", DEMONYM = "demonyms", THING = "things",
        CAPITALS = "capitals", COMMON = "common", FIELD = "fields", KIN = "kin",
        REALM = "realm", BODY_ACT = "body_acts", EMPLOYED = "employed",
    }
}

impl Tags {
    /// Any place on the lists.
    pub(super) const PLACE: Tags =
        Tags(Tags::COUNTRY.0 | Tags::REGION.0 | Tags::CITY.0 | Tags::SITE.0);
    /// What closes an organisation's name.
    pub(super) const BODY_END: Tags = Tags(Tags::SUFFIX.0 | Tags::BODY_HEAD.0);
    /// Person names on the lists.
    pub(super) const PERSON: Tags = Tags(Tags::GIVEN.0 | Tags::FAMILY.0);

    /// Whether the word stands on any of the lists of `other`.
    pub(super) fn any(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }

    /// The lists of both.
    pub(super) const fn or(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }
}

/// The longest phrase on the lists, in tokens.
const LONGEST: usize = 6;

/// The compiled lists.
pub(super) struct Lexicon {
    words: Table,
    /// Words that count only when capital throughout.
    capitals: Table,
    phrases: Table,
    /// Endings of family names and of place names, reversed lookup by suffix.
    pub(super) family_endings: Vec<String>,
    pub(super) place_endings: Vec<String>,
}

/// The one lexicon.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::compile);

/// The lists that each word stands on, words in capitals aside.
static TAGS: LazyLock<Column<Tags>> = LazyLock::new(|| {
    let words = LEXICON.words.entries();
    VOCABULARY.column(words.map(|(key, tags)| (key as u32, tags)))
});

/// The keys of all words that names are told by.
pub(in crate::annotate) fn keys() -> Vec<u32> {
    LEXICON.words.entries().map(|(key, _)| key as u32).collect()
}

impl Lexicon {
    fn compile() -> Lexicon {
        let files: HashMap<&str, HashMap<String, String>> = [
            ("places", include_str!("places.toml")),
            ("organisations", include_str!("organisations.toml")),
            ("people", include_str!("people.toml")),
            ("words", include_str!("words.toml")),
        ]
        .into_iter()
        .map(|(name, source)| (name, toml::from_str(source).unwrap_or_default()))
        .collect();
        let list = |file: &str, key: &str| -> Vec<String> {
            let source = files
                .get(file)
                .and_then(|f| f.get(key))
                .map_or("", String::as_str);
            source
                .split([',', '\n'])
                .map(str::trim)
                .filter(|e| !e.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let mut words: HashMap<u64, Tags> = HashMap::new();
        let mut capitals: HashMap<u64, Tags> = HashMap::new();
        let mut phrases: HashMap<u64, Tags> = HashMap::new();
        for &(file, key, tag) in LISTS {
            for entry in list(file, key) {
                let found = token::cut(&entry);
                match found.as_slice() {
                    [] => {}
                    [one] if one.shape.has(Shape::ALL_CAPS) => {
                        add(&mut capitals, one.key.into(), tag);
                    }
                    [one] => {
                        add(&mut words, look_up_key(one, &entry).into(), tag);
                        if tag == Tags::DEMONYM {
                            add(&mut words, token::key(&format!("{entry}s")).into(), tag);
                        }
                    }
                    [first, ..] => {
                        add(&mut words, look_up_key(first, &entry).into(), Tags::PHRASE);
                        let hash = found.iter().fold(0, |h, t| join(h, look_up_key(t, &entry)));
                        add(&mut phrases, hash, tag);
                    }
                }
            }
        }
        Lexicon {
            words: Table::new(words),
            capitals: Table::new(capitals),
            phrases: Table::new(phrases),
            family_endings: list("people", "endings"),
            place_endings: list("places", "endings"),
        }
    }

    /// The lists a lower-cased spelling's key stands on, words in capitals aside.
    fn tags(&self, key: u32) -> Tags {
        self.words.get(key.into())
    }

    /// The lists a token's word stands on, words in capitals aside; accents count.
    pub(super) fn plain(&self, token: &Token) -> Tags {
        TAGS.of(token)
    }

    /// The lists a token stands on, by its spelling and its case.
    pub(super) fn of(&self, token: &Token, text: &str) -> Tags {
        let tags = match token.shape.has(Shape::NON_ASCII) {
            true => self.tags(look_up_key(token, text)),
            false => self.plain(token),
        };
        if token.shape.has(Shape::ALL_CAPS) {
            return tags.or(self.capitals.get(token.key.into()));
        }
        tags
    }

    /// Marks the plural of an ordinary word or a role as ordinary: `Organisers`.
    pub(super) fn plural(&self, token: &Token, text: &str) -> Tags {
        let spelling = token.of(text);
        if ["ians", "eans", "ites", "crats", "esians"]
            .iter()
            .any(|e| spelling.len() > e.len() + 3 && spelling.ends_with(e))
        {
            return Tags::DEMONYM;
        }
        let Some(stem) = spelling.strip_suffix('s') else {
            return Tags::default();
        };
        let ordinary = Tags::COMMON.or(Tags::ROLE);
        if self.tags(token::key(stem)).any(ordinary) {
            Tags::COMMON
        } else {
            Tags::default()
        }
    }

    /// The longest phrase that begins with the first of `tokens`: its length in tokens and lists.
    pub(super) fn phrase(
        &self,
        first: Tags,
        tokens: &[Token],
        text: &str,
    ) -> Option<(usize, Tags)> {
        if !first.any(Tags::PHRASE) {
            return None;
        }
        let mut best = None;
        let mut hash = 0;
        for (i, token) in tokens.iter().take(LONGEST).enumerate() {
            hash = join(hash, look_up_key(token, text));
            if i > 0 {
                let tags = self.phrases.get(hash);
                if tags != Tags::default() {
                    best = Some((i + 1, tags));
                }
            }
        }
        best
    }
}

fn add(words: &mut HashMap<u64, Tags>, key: u64, tag: Tags) {
    let tags = words.entry(key).or_default();
    *tags = tags.or(tag);
}

/// A table by open addressing, two thirds full at most; a slot with no tags is empty.
struct Table {
    slots: Vec<(u64, Tags)>,
}

impl Table {
    fn new(entries: HashMap<u64, Tags>) -> Table {
        let size = (entries.len() * 3 / 2).next_power_of_two().max(16);
        let mut table = Table {
            slots: vec![(0, Tags::default()); size],
        };
        let mut ordered: Vec<(u64, Tags)> = entries.into_iter().collect();
        ordered.sort_unstable_by_key(|e| e.0);
        for entry in ordered {
            let mut at = table.home(entry.0);
            while table.slots.get(at).is_some_and(|s| s.1 != Tags::default()) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = table.slots.get_mut(at) {
                *slot = entry;
            }
        }
        table
    }

    /// All keys with their lists.
    fn entries(&self) -> impl Iterator<Item = (u64, Tags)> {
        let taken = self.slots.iter().copied();
        taken.filter(|(_, tags)| *tags != Tags::default())
    }

    fn home(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (self.slots.len() - 1)
    }

    fn get(&self, key: u64) -> Tags {
        let mut at = self.home(key);
        while let Some(&(found, tags)) = self.slots.get(at) {
            if found == key || tags == Tags::default() {
                return tags;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        Tags::default()
    }
}

/// Adds a key to the hash of a sequence of words.
pub(super) fn join(hash: u64, key: u32) -> u64 {
    (hash.rotate_left(23) ^ u64::from(key)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The key to look a token up with: accents do not count.
fn look_up_key(token: &Token, text: &str) -> u32 {
    if !token.shape.has(Shape::NON_ASCII) || token.kind != Kind::Word {
        return token.key;
    }
    let plain: String = token.of(text).nfd().filter_map(plain).collect();
    token::key(&plain)
}

/// The plain letter of a decomposed one; nothing for an accent.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' => return None,
        'ø' | 'Ø' => 'o',
        'ł' | 'Ł' => 'l',
        'đ' | 'Đ' => 'd',
        'ı' => 'i',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there() {
        for (file, key, tag) in LISTS {
            let lexicon = &*LEXICON;
            let words = [&lexicon.words, &lexicon.capitals, &lexicon.phrases]
                .iter()
                .flat_map(|t| &t.slots)
                .filter(|(_, t)| t.any(*tag))
                .count();
            assert!(words > 5, "{file}.{key} has {words} words");
        }
        assert!(!LEXICON.family_endings.is_empty() && !LEXICON.place_endings.is_empty());
    }

    #[test]
    fn capitals_and_accents() {
        let of = |word: &str| token::tokens(word).first().map(|t| LEXICON.of(t, word));
        assert!(of("US").is_some_and(|t| t.any(Tags::COUNTRY)));
        assert!(of("Us").is_some_and(|t| !t.any(Tags::COUNTRY)));
        assert!(of("São").is_some_and(|t| t.any(Tags::PLACE_OPENER)));
        let text = "New York Times";
        let found = token::tokens(text);
        let first = LEXICON.of(&found[0], text);
        let (len, tags) = LEXICON.phrase(first, &found, text).unwrap();
        assert!(len == 3 && tags.any(Tags::BODY));
    }
}
