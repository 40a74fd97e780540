//! What is done in a sentence: the verb of an act, and the words around it by which two sentences are compared.

use rust_stemmers::{Algorithm, Stemmer};

use crate::annotate::token::{self, Kind, Token};
use crate::annotate::wording::hash;
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

/// The first act in a sentence; speech, thought and mere states are none.
pub(crate) fn act(text: &str) -> Option<Act> {
    let tokens = token::tokens(text);
    let is_word = |t: &Token| matches!(t.kind, Kind::Word | Kind::Number);
    let tokens: Vec<Token> = tokens.into_iter().filter(is_word).collect();
    let words: Vec<String> = tokens.iter().map(|t| folded(t.of(text))).collect();
    let (at, ahead) = (0..words.len()).find_map(|at| verb(&tokens, &words, at))?;
    let stemmer = Stemmer::create(Algorithm::English);
    let plain = tokens.iter().zip(&words).filter(|(token, word)| {
        !token.capitalised() && word.len() > 1 && !is_grammar(word) && !SPEECH.contains(&&word[..])
    });
    let stems = plain
        .filter(|(_, word)| word.is_ascii())
        .map(|(_, word)| hash(&stemmer.stem(word)));
    let mut stems: Vec<u64> = stems.collect();
    stems.sort_unstable();
    stems.dedup();
    Some(Act {
        verb: words.get(at)?.clone(),
        ahead,
        stems: stems.into(),
    })
}

/// Whether an act's verb stands at `at`: where, and whether it lies ahead.
fn verb(tokens: &[Token], words: &[String], at: usize) -> Option<(usize, bool)> {
    let word = words.get(at)?.as_str();
    let before = at.checked_sub(1).map_or("", |i| words[i].as_str());
    let next = words.get(at + 1).map(String::as_str);
    let base = |at: usize| {
        let word = words.get(at).map_or("", String::as_str);
        let plain = !tokens.get(at).is_none_or(Token::capitalised) && word.len() > 2;
        plain && !is_grammar(word) && !STATES.contains(&word) && !SPEECH.contains(&word)
    };
    if word == "will" && base(at + 1) {
        return Some((at + 1, true));
    }
    let plans = matches!(
        word,
        "are" | "is" | "plan" | "plans" | "agreed" | "decided" | "due" | "scheduled"
    );
    if plans && next == Some("to") && base(at + 2) {
        return Some((at + 2, true));
    }
    if tokens[at].capitalised() || SPEECH.contains(&word) || STATES.contains(&word) {
        return None;
    }
    let regular = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    if !regular && PAST.binary_search(&word).is_err() {
        return None;
    }
    // `the suspended talks`, `goods produced by`: no verb of the clause.
    let adjective = matches!(
        before,
        "the" | "a" | "an" | "of" | "its" | "their" | "his" | "her" | "this" | "these" | "those"
    );
    (!adjective).then_some((at, false))
}

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
        for (text, expected) in cases {
            let act = act(text);
            let found = act.as_ref().map(|a| (a.verb.as_str(), a.ahead));
            assert_eq!(found, expected, "{text}");
        }
    }
}
