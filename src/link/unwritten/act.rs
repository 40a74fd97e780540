//! What is done in a sentence: the verb of an act, and the words around it by which two sentences are compared.

use rust_stemmers::{Algorithm, Stemmer};

use crate::annotate::wording::{ByHash, Words, hash, word_at};
use crate::base::TextRange;
use crate::link::evidence::lexicon::{folded, is_grammar};

/// What is done in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The verb as it stands there, in lower case.
    pub verb: String,
    /// Whether it lies ahead.
    pub ahead: bool,
    /// Hashes of the stems of its words that are neither grammar nor names, each once and in order.
    pub(crate) stems: Box<[u64]>,
}

/// Words of which it is remembered what they are.
const REMEMBERED: usize = 1 << 17;

/// Finds acts. It remembers the words that it has seen, which changes nothing but the time taken.
pub(crate) struct Acts {
    stemmer: Stemmer,
    /// By the hash of the word in lower case.
    seen: ByHash<Class>,
    /// Those of the sentence at hand.
    words: Vec<Word>,
}

impl std::fmt::Debug for Acts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Acts").finish_non_exhaustive()
    }
}

/// A word of a sentence.
struct Word {
    class: Class,
    capitalised: bool,
    /// Where it begins in the text.
    at: u32,
}

impl Acts {
    /// Has seen no word yet.
    pub(crate) fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            seen: ByHash::default(),
            words: Vec::new(),
        }
    }

    /// The first act in a sentence of a text; speech, thought and mere states are none.
    pub(crate) fn act(&mut self, text: &str, sentence: TextRange, words: &Words) -> Option<Act> {
        self.words.clear();
        for (hash, at) in words.within(sentence) {
            let class = self.class(hash, || word_at(text, at, sentence.end));
            let first = text.get(at as usize..).and_then(|rest| rest.chars().next());
            self.words.push(Word {
                class,
                capitalised: first.is_some_and(char::is_uppercase),
                at,
            });
        }
        let (at, ahead) = (0..self.words.len()).find_map(|at| verb(&self.words, at))?;
        let plain = self.words.iter().filter(|word| !word.capitalised);
        let mut stems: Vec<u64> = plain.filter_map(|word| word.class.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        Some(Act {
            verb: folded(word_at(text, self.words.get(at)?.at, sentence.end)),
            ahead,
            stems: stems.into(),
        })
    }

    fn class<'t>(&mut self, hash: u64, word: impl Fn() -> &'t str) -> Class {
        if let Some(class) = self.seen.get(&hash) {
            return *class;
        }
        let class = Class::of(&self.stemmer, &folded(word()));
        if self.seen.len() < REMEMBERED {
            self.seen.insert(hash, class);
        }
        class
    }
}

/// What is known of a word in lower case.
#[derive(Debug, Clone, Copy)]
struct Class {
    /// What it can be, in bits.
    can: u8,
    /// A hash of its stem, if acts are compared by it.
    stem: Option<u64>,
}

impl Class {
    /// A verb behind `will` or `to`.
    const BASE: u8 = 1;
    /// A verb in the past.
    const PAST: u8 = 2;
    const WILL: u8 = 4;
    const TO: u8 = 8;
    /// What makes a plan of `to` and a verb.
    const PLANS: u8 = 16;
    /// What makes a participle an adjective: `the suspended talks`, `goods produced by`.
    const DESCRIBES: u8 = 32;

    fn of(stemmer: &Stemmer, word: &str) -> Self {
        let (speech, state) = (SPEECH.contains(&word), STATES.contains(&word));
        let grammar = is_grammar(word);
        let regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
        let past = regular || PAST.binary_search(&word).is_ok();
        let can = [
            (word.len() > 2 && !grammar && !state && !speech, Self::BASE),
            (past && !speech && !state, Self::PAST),
            (word == "will", Self::WILL),
            (word == "to", Self::TO),
            (PLANS.contains(&word), Self::PLANS),
            (DESCRIBE.contains(&word), Self::DESCRIBES),
        ];
        let can = can.into_iter().filter(|(can, _)| *can);
        let compared = word.len() > 1 && word.is_ascii() && !grammar && !speech;
        Self {
            can: can.fold(0, |all, (_, bit)| all | bit),
            stem: compared.then(|| hash(&stemmer.stem(word))),
        }
    }
}

/// Whether an act's verb stands at `at`: where, and whether it lies ahead.
fn verb(words: &[Word], at: usize) -> Option<(usize, bool)> {
    let is = |at: usize, what| words.get(at).is_some_and(|w| w.class.can & what != 0);
    let base = |at: usize| is(at, Class::BASE) && !words.get(at).is_none_or(|w| w.capitalised);
    if is(at, Class::WILL) && base(at + 1) {
        return Some((at + 1, true));
    }
    if is(at, Class::PLANS) && is(at + 1, Class::TO) && base(at + 2) {
        return Some((at + 2, true));
    }
    let described = at.checked_sub(1).is_some_and(|at| is(at, Class::DESCRIBES));
    let past = is(at, Class::PAST) && !words.get(at).is_none_or(|w| w.capitalised);
    (past && !described).then_some((at, false))
}

/// Words that make a plan of `to` and a verb behind them.
const PLANS: [&str; 8] = [
    "are",
    "is",
    "plan",
    "plans",
    "agreed",
    "decided",
    "due",
    "scheduled",
];

/// Words behind which a participle is no verb of the clause.
const DESCRIBE: [&str; 11] = [
    "the", "a", "an", "of", "its", "their", "his", "her", "this", "these", "those",
];

/// Verbs of speech and thought, which report acts and are none.
const SPEECH: [&str; 44] = [
    "said",
    "says",
    "say",
    "told",
    "added",
    "stated",
    "noted",
    "explained",
    "wrote",
    "reported",
    "commented",
    "argued",
    "claimed",
    "believed",
    "thought",
    "hoped",
    "feared",
    "wanted",
    "knew",
    "felt",
    "expected",
    "insisted",
    "according",
    "quoted",
    "cited",
    "saw",
    "considered",
    "asked",
    "replied",
    "described",
    "suggested",
    "remarked",
    "estimated",
    "predicted",
    "concerned",
    "interested",
    "worried",
    "based",
    "known",
    "related",
    "mentioned",
    "indicated",
    "recalled",
    "understood",
];

/// Verbs of states.
const STATES: [&str; 26] = [
    "need",
    "wanted",
    "lived",
    "stayed",
    "remained",
    "needed",
    "seemed",
    "appeared",
    "looked",
    "stood",
    "had",
    "was",
    "were",
    "have",
    "has",
    "been",
    "belonged",
    "included",
    "involved",
    "existed",
    "depended",
    "continued",
    "tried",
    "hundred",
    "indeed",
    "united",
];

/// Irregular verbs in the past tense, in order; those whose past is spelt like a common noun or adjective are left out.
const PAST: [&str; 62] = [
    "began", "bought", "broke", "brought", "built", "came", "caught", "chose", "cut", "drew",
    "drove", "fell", "fled", "flew", "forged", "fought", "found", "gave", "got", "grew", "held",
    "hit", "kept", "killed", "launched", "led", "left", "lost", "made", "met", "opened", "paid",
    "put", "quit", "ran", "rode", "rose", "sank", "sent", "set", "shot", "shut", "signed", "sold",
    "sought", "spent", "split", "spread", "stole", "struck", "swept", "swore", "threw", "took",
    "tore", "visited", "voted", "went", "withdrew", "woke", "won", "wounded",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::wording::{Stems, wording};

    #[test]
    fn the_past_is_in_order() {
        assert!(PAST.is_sorted());
    }

    #[test]
    fn an_act_is_told_from_speech_and_state() {
        let cases = [
            (
                "The ministers met in Geneva on 5 May.",
                Some(("met", false)),
            ),
            (
                "On Friday the army shelled the island.",
                Some(("shelled", false)),
            ),
            ("He said on Friday that he was glad.", None),
            (
                "The two sides will hold talks in May.",
                Some(("hold", true)),
            ),
            ("They are to sign a treaty.", Some(("sign", true))),
            ("The suspended talks were about trade.", None),
            (
                "An official said that they had opened the road.",
                Some(("opened", false)),
            ),
            ("", None),
        ];
        let mut acts = Acts::new();
        for (text, expected) in cases {
            let read = crate::annotate::fixture::Text::new(&[text]);
            let (_, words) = wording(&mut Stems::new(), "", text, &read.sentences, "en");
            let act = acts.act(text, TextRange::new(0, text.len()), &words);
            let found = act.as_ref().map(|a| (a.verb.as_str(), a.ahead));
            assert_eq!(found, expected, "{text}");
        }
    }
}
