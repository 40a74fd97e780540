//! The words that tell of events: editors' phrases and the words of titles, as stems.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_stemmers::{Algorithm, Stemmer};

use super::irregular;
use crate::annotate::token::{self, Kind};
use crate::annotate::wording::{ByHash, Words, word_at};
use crate::base::TextRange;
use crate::link::unwritten::Acts;
use crate::model::{Entity, EntityType, Id, Site};

/// Every phrase and every word of a title that may tell of an event.
///
/// Stems are numbered for one build; the numbers mean nothing outside of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// The number of each stem.
    stems: HashMap<String, u32>,
    /// All phrases, in the order of events.
    pub(super) phrases: Vec<Phrase>,
    /// The phrases that are looked for where a stem stands, by the stem that the fewest of them have.
    by_key: Vec<Vec<u32>>,
    /// The words of titles, by event: stem and word.
    titles: BTreeMap<Id, Vec<(u32, String)>>,
    /// Whether each stem is one of a title.
    titled: Vec<bool>,
}

/// An editor's phrase.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Whose it is.
    pub(super) event: Id,
    /// Its index among the event's phrases.
    pub(super) index: usize,
    /// Its stems, in order.
    stems: Vec<u32>,
    /// Where in `stems` the one stands by which it is looked up.
    key: usize,
    /// How many of its words are more than grammar.
    pub(super) content: u16,
}

impl Phrase {
    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.stems.len()
    }
}

impl Lexicon {
    /// The words of all events of a site.
    pub fn of(site: &Site) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut lexicon = Self::default();
        let names = names(site);
        for (id, event) in &site.events {
            for (index, phrase) in event.phrases.iter().enumerate() {
                lexicon.add_phrase(&stemmer, id, index, phrase);
            }
            let mut title: Vec<(u32, String)> = Vec::new();
            for word in words(&event.title) {
                let lower = folded(word);
                let capital = word.starts_with(char::is_uppercase);
                if is_grammar(&lower) || (capital && names.contains(&lower)) {
                    continue;
                }
                let stem = lexicon.number(&stemmer, &lower);
                if title.iter().all(|(known, _)| *known != stem) {
                    title.push((stem, lower));
                }
            }
            lexicon.titles.insert(id.clone(), title);
        }
        lexicon.choose_keys();
        lexicon.titled = vec![false; lexicon.stems.len()];
        for (stem, _) in lexicon.titles.values().flatten() {
            lexicon.titled[*stem as usize] = true;
        }
        lexicon
    }

    /// The words of an event's title that are neither grammar nor parts of names.
    pub(super) fn title(&self, event: &Id) -> &[(u32, String)] {
        self.titles.get(event).map_or(&[], Vec::as_slice)
    }

    /// How many stems there are.
    pub(super) fn len(&self) -> usize {
        self.stems.len()
    }

    fn add_phrase(&mut self, stemmer: &Stemmer, event: &Id, index: usize, phrase: &str) {
        let words: Vec<String> = words(phrase).map(folded).collect();
        let content = words.iter().filter(|word| !is_grammar(word)).count();
        if content == 0 {
            return;
        }
        let key = words.iter().position(|word| !is_grammar(word)).unwrap_or(0);
        let stems = words
            .iter()
            .map(|word| self.number(stemmer, word))
            .collect();
        self.phrases.push(Phrase {
            event: event.clone(),
            index,
            stems,
            key,
            content: u16::try_from(content).unwrap_or(u16::MAX),
        });
    }

    fn number(&mut self, stemmer: &Stemmer, word: &str) -> u32 {
        let next = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        *self.stems.entry(stem(stemmer, word)).or_insert(next)
    }

    /// Files each phrase under its rarest stem, so that a common word does not lead to many phrases.
    fn choose_keys(&mut self) {
        let mut count = vec![0u32; self.stems.len()];
        for phrase in &self.phrases {
            for stem in phrase.stems.iter().collect::<BTreeSet<_>>() {
                count[*stem as usize] += 1;
            }
        }
        self.by_key = vec![Vec::new(); self.stems.len()];
        for (number, phrase) in (0u32..).zip(&mut self.phrases) {
            let rarest = (0..phrase.stems.len()).min_by_key(|i| count[phrase.stems[*i] as usize]);
            phrase.key = rarest.unwrap_or(phrase.key);
            self.by_key[phrase.stems[phrase.key] as usize].push(number);
        }
    }
}

/// The words of the names of people, organisations and places: they count as names, and not again as words of a title.
fn names(site: &Site) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let named = |e: &&Entity| e.entity_type != EntityType::Term;
    for entity in site.entities.values().filter(named) {
        let others = entity.aliases.iter().chain(&entity.weak_aliases);
        let others = others.chain(&entity.demonyms);
        for name in std::iter::once(&entity.name).chain(others) {
            let name = words(&name.value).map(folded);
            // `North Korean` has the plural `North Koreans`.
            all.extend(name.flat_map(|word| [format!("{word}s"), word]));
        }
    }
    all
}

/// Where a phrase was found in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Hit {
    /// Its number in the lexicon.
    pub(super) phrase: u32,
    /// Whether other words stand between its own.
    pub(super) gaps: bool,
}

/// Reads sentences with a lexicon. It remembers the words that it has seen, which changes nothing but the time taken.
#[derive(Debug)]
pub struct Reader<'l> {
    pub(super) lexicon: &'l Lexicon,
    stemmer: English,
    /// By the hash of the word in lower case.
    seen: ByHash<Option<u32>>,
    /// Finds what is done in a sentence.
    pub(super) acts: Acts,
}

/// The stemmer, which has no form to be printed in.
struct English(Stemmer);

impl std::fmt::Debug for English {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("English")
    }
}

/// Words that are remembered; a corpus of news has some ten thousand, and anything may be in a text.
const REMEMBERED: usize = 1 << 17;

impl<'l> Reader<'l> {
    /// A reader that has seen nothing yet.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            stemmer: English(Stemmer::create(Algorithm::English)),
            seen: ByHash::default(),
            acts: Acts::new(),
        }
    }

    /// The numbers of a sentence's stems; none for a word that no event has.
    pub(super) fn stems(
        &mut self,
        text: &str,
        sentence: TextRange,
        words: &Words,
        into: &mut Vec<Option<u32>>,
    ) {
        into.clear();
        for (hash, at) in words.within(sentence) {
            let known = self.seen.get(&hash).copied();
            let number = known.unwrap_or_else(|| {
                let word = word_at(text, at, sentence.end);
                let stem = stem(&self.stemmer.0, &folded(word));
                let number = self.lexicon.stems.get(&stem).copied();
                if self.seen.len() < REMEMBERED {
                    self.seen.insert(hash, number);
                }
                number
            });
            into.push(number);
        }
    }

    /// The stems of titles among those of a sentence.
    pub(super) fn titled(&self, stems: &[Option<u32>]) -> impl Iterator<Item = u32> {
        let known = stems.iter().flatten().copied();
        known.filter(|stem| self.lexicon.titled.get(*stem as usize) == Some(&true))
    }

    /// The phrases in a sentence, in order of their numbers, each once and without gaps where it can be had so.
    pub(super) fn phrases(&self, stems: &[Option<u32>]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (at, stem) in stems.iter().enumerate() {
            let Some(stem) = stem else { continue };
            for number in &self.lexicon.by_key[*stem as usize] {
                let phrase = &self.lexicon.phrases[*number as usize];
                if let Some(gaps) = stands(phrase, stems, at) {
                    let phrase = *number;
                    hits.push(Hit { phrase, gaps });
                }
            }
        }
        hits.sort_unstable();
        hits.dedup_by_key(|hit| hit.phrase);
        hits
    }
}

/// Words that may stand between those of a phrase, in all; in phrases of two words there is one place for one.
const GAPS: usize = 2;

/// Whether a phrase stands with its key word at `at`, and then whether with gaps.
fn stands(phrase: &Phrase, stems: &[Option<u32>], at: usize) -> Option<bool> {
    let mut left = GAPS.min(phrase.stems.len().saturating_sub(1));
    let before = left;
    let mut place = at;
    for wanted in &phrase.stems[phrase.key + 1..] {
        let found = (1..=left + 1).find(|step| stems.get(place + step) == Some(&Some(*wanted)))?;
        left -= found - 1;
        place += found;
    }
    place = at;
    for wanted in phrase.stems[..phrase.key].iter().rev() {
        let is_there = |step: &usize| {
            place
                .checked_sub(*step)
                .is_some_and(|i| stems[i] == Some(*wanted))
        };
        let found = (1..=left + 1).find(is_there)?;
        left -= found - 1;
        place -= found;
    }
    Some(left < before)
}

/// The words and numbers of a text; marks and the `'s` of the possessive are none.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let tokens = token::tokens(text).into_iter();
    tokens
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
        .map(move |t| t.of(text))
        .filter(|word| !matches!(*word, "'s" | "’s" | "'" | "’"))
}

/// A word in lower case, its apostrophes of one make.
pub(crate) fn folded(word: &str) -> String {
    word.to_lowercase().replace(['’', '‘', 'ʼ'], "'")
}

/// The stem of a word in lower case: for English Porter's, of the verb where the form is irregular, and a Korean noun without its particle.
pub(crate) fn stem(stemmer: &Stemmer, word: &str) -> String {
    if word.is_ascii() {
        return stemmer.stem(irregular::base(word)).into_owned();
    }
    let particle = PARTICLES
        .iter()
        .filter_map(|p| word.strip_suffix(p))
        .find(|rest| rest.chars().count() >= 2);
    particle.unwrap_or(word).to_owned()
}

/// Korean particles that are written onto the noun, longer ones first.
const PARTICLES: [&str; 17] = [
    "에서", "에게", "으로", "까지", "부터", "은", "는", "이", "가", "을", "를", "의", "에", "로",
    "와", "과", "도",
];

/// Whether a word in lower case is mere grammar.
pub fn is_grammar(word: &str) -> bool {
    GRAMMAR.binary_search(&word).is_ok()
}

/// Articles, pronouns, prepositions, auxiliaries and the like, in order.
const GRAMMAR: [&str; 128] = [
    "a", "about", "after", "again", "against", "all", "also", "an", "and", "another", "any", "are",
    "as", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by", "can",
    "could", "did", "do", "does", "down", "during", "each", "for", "from", "further", "had", "has",
    "have", "having", "he", "her", "here", "him", "his", "how", "however", "if", "in", "into",
    "is", "it", "its", "itself", "may", "might", "more", "most", "must", "no", "nor", "not", "now",
    "of", "off", "on", "once", "one", "only", "onto", "or", "other", "others", "our", "out",
    "over", "own", "said", "same", "say", "says", "shall", "she", "should", "since", "so", "some",
    "still", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "together", "too", "under", "until", "up", "upon", "us",
    "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose",
    "why", "will", "with", "within", "without", "would", "yet", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::wording::{Stems, wording};

    fn lexicon(phrases: &[&str]) -> Lexicon {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut lexicon = Lexicon::default();
        for (index, phrase) in phrases.iter().enumerate() {
            lexicon.add_phrase(&stemmer, &Id::new("e"), index, phrase);
        }
        lexicon.choose_keys();
        lexicon
    }

    fn hits(phrases: &[&str], text: &str) -> Vec<(u32, bool)> {
        let lexicon = lexicon(phrases);
        let mut reader = Reader::new(&lexicon);
        let mut stems = Vec::new();
        let read = crate::annotate::fixture::Text::new(&[text]);
        let (_, words) = wording(&mut Stems::new(), "", text, &read.sentences, "en");
        let whole = TextRange::new(0, text.len());
        reader.stems(text, whole, &words, &mut stems);
        let hits = reader.phrases(&stems);
        hits.iter().map(|h| (h.phrase, h.gaps)).collect()
    }

    #[test]
    fn the_words_of_grammar_are_in_order() {
        assert!(GRAMMAR.is_sorted());
    }

    #[test]
    fn phrases_are_found_by_their_stems_in_order() {
        let phrases = [
            "seventh round",
            "called on the activists",
            "남북 회담",
            "of the",
            "withdraws workers",
        ];
        let cases = [
            ("A seventh round begins", vec![(0, false)]),
            ("The Seventh  Rounds’ end", vec![(0, false)]),
            ("seventh and last round", vec![]),
            ("seventh (last) round", vec![(0, true)]),
            ("round seventh", vec![]),
            ("He calls on the many activists", vec![(1, true)]),
            ("He calls on the many and very eager activists", vec![]),
            ("He called on the activist", vec![(1, false)]),
            ("they withdrew workers", vec![(3, false)]),
            ("어제 남북 회담을 열었다", vec![(2, false)]),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(hits(&phrases, text), expected, "{text}");
        }
    }

    #[test]
    fn a_phrase_without_gaps_is_preferred() {
        let text = "the talks on new trade, and then the talks on trade";
        assert_eq!(hits(&["talks on trade"], text), [(0, false)]);
    }
}
