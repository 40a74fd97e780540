//! What the words of an article's sentences offer to the search for events: phrases, words of titles, and how a thing stands.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Match};

use super::lexicon::{Hit, Reader};
use crate::annotate::wording::Words;
use crate::link::unwritten::Act;
use crate::model::{BlockKind, Document, Sentence, Status};

/// What an article's words offer. It holds no offsets, and numbers of stems that are good for one lexicon only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telling {
    /// Its sentences, in order; sentence `n` is at `n - 1`.
    pub(crate) sentences: Vec<Told>,
}

impl Telling {
    /// The sentence of a number, which counts from 1.
    pub(crate) fn sentence(&self, number: u32) -> Option<&Told> {
        self.sentences.get((number as usize).checked_sub(1)?)
    }
}

/// What a sentence offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Paragraph and sentence in it, from 1; a heading or a cell of a table has none.
    pub(crate) place: Option<(u32, u32)>,
    /// Whether it is a heading, which tells of nothing by itself.
    pub(crate) heading: bool,
    /// The stems of titles that stand in it, each once, in order of their numbers.
    pub(super) stems: Box<[u32]>,
    /// The phrases in it.
    pub(super) hits: Box<[Hit]>,
    /// How it says that something stands.
    pub(crate) standing: Standing,
    /// What is done in it, where that was asked for.
    pub(crate) act: Option<Box<Act>>,
}

/// How a sentence says that a thing stands, by its words alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Standing {
    /// It lies ahead, was called off, was put off or took place, where the words say one of these plainly.
    pub(crate) status: Option<Status>,
    /// It is told as what others say: `is said to have`, `reportedly`.
    pub(crate) hearsay: bool,
}

/// Reads an article, of which these are the words. `acts` asks for what is done in each sentence, for events that nobody has written.
pub fn read(
    reader: &mut Reader,
    document: &Document,
    sentences: &[Sentence],
    words: &Words,
    acts: bool,
) -> Telling {
    let (mut stems, mut titled) = (Vec::new(), Vec::new());
    let told = sentences.iter().map(|sentence| {
        let text = sentence.range.of(&document.text);
        reader.stems(&document.text, sentence.range, words, &mut stems);
        let block = document.blocks.get(sentence.block as usize);
        let heading = block.is_some_and(|b| b.kind == BlockKind::Heading);
        titled.clear();
        titled.extend(reader.titled(&stems));
        titled.sort_unstable();
        titled.dedup();
        Told {
            place: sentence.place,
            heading,
            stems: titled.as_slice().into(),
            hits: reader.phrases(&stems).into(),
            standing: standing(text),
            act: match acts && !heading {
                true => reader.acts.act(&document.text, sentence.range, words),
                false => None,
            }
            .map(Box::new),
        }
    });
    Telling {
        sentences: told.collect(),
    }
}

/// Words that say how a thing stands; each is a run of words in lower case, `*` stands for `to` and a verb.
const PLANNED: [&str; 22] = [
    "will",
    "is to",
    "are to",
    "plan to",
    "plans to",
    "is planned",
    "are planned",
    "planned for",
    "agreed to hold",
    "agree to hold",
    "to be held",
    "scheduled",
    "is due",
    "are due",
    "is set to",
    "are set to",
    "is set for",
    "are set for",
    "are preparing",
    "is preparing",
    "expected to",
    "proposed to hold",
];

const CANCELLED: [&str; 8] = [
    "cancelled",
    "canceled",
    "called off",
    "scrapped",
    "fell through",
    "cancels",
    "calls off",
    "abandoned",
];

const POSTPONED: [&str; 7] = [
    "postponed",
    "put off",
    "delayed",
    "deferred",
    "postpones",
    "rescheduled",
    "adjourned",
];

/// Words that undo what was planned, where they come after it: `planned for March, was cancelled`.
const UNDONE: [(&str, Status); 12] = [
    ("was cancelled", Status::Cancelled),
    ("were cancelled", Status::Cancelled),
    ("was canceled", Status::Cancelled),
    ("were canceled", Status::Cancelled),
    ("was called off", Status::Cancelled),
    ("were called off", Status::Cancelled),
    ("was scrapped", Status::Cancelled),
    ("were scrapped", Status::Cancelled),
    ("was postponed", Status::Postponed),
    ("were postponed", Status::Postponed),
    ("was put off", Status::Postponed),
    ("were put off", Status::Postponed),
];

const HELD: [&str; 10] = [
    "was held",
    "were held",
    "took place",
    "has been held",
    "have been held",
    "concluded",
    "came to an end",
    "has taken place",
    "have taken place",
    "ended in",
];

const HEARSAY: [&str; 14] = [
    "reported to have",
    "said to have",
    "is said to",
    "are said to",
    "was said to",
    "were said to",
    "reportedly",
    "allegedly",
    "alleged to",
    "rumoured",
    "rumored",
    "believed to have",
    "thought to have",
    "purportedly",
];

const DENIED: [&str; 14] = [
    "n't", "n’t", "not", "no", "never", "cannot", "denied", "denies", "deny", "without", "nor",
    "neither", "if", "whether",
];

/// What words of a sentence are a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Stands(Status),
    Undone(Status),
    Hearsay,
    Denied,
}

/// All signs in one automaton.
struct Signs {
    automaton: Option<AhoCorasick>,
    of: Vec<Sign>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let lists: [(&[&str], Sign); 6] = [
        (&PLANNED, Sign::Stands(Status::Planned)),
        (&CANCELLED, Sign::Stands(Status::Cancelled)),
        (&POSTPONED, Sign::Stands(Status::Postponed)),
        (&HELD, Sign::Stands(Status::Held)),
        (&HEARSAY, Sign::Hearsay),
        (&DENIED, Sign::Denied),
    ];
    let all = lists
        .iter()
        .flat_map(|(words, sign)| words.iter().map(|w| (*w, *sign)));
    let undone = UNDONE.map(|(words, status)| (words, Sign::Undone(status)));
    let (words, of): (Vec<&str>, Vec<Sign>) = all.chain(undone).unzip();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words);
    Signs {
        automaton: automaton.ok(),
        of,
    }
});

/// How a sentence says that a thing stands. Words of two kinds, or a denial, leave that open.
fn standing(text: &str) -> Standing {
    let bytes = text.as_bytes();
    let letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    let whole = |m: &Match| {
        // `n't` hangs on a word.
        let hangs = bytes
            .get(m.start() + 1)
            .is_some_and(|b| !b.is_ascii_alphanumeric() && *b != b' ');
        (hangs || !letter(m.start().checked_sub(1))) && !letter(Some(m.end()))
    };
    let found = SIGNS
        .automaton
        .iter()
        .flat_map(|a| a.find_overlapping_iter(text));
    // One status, if there is one, and whether there is another.
    let (mut stands, mut several, mut hearsay, mut denied) = (None, false, false, false);
    // What undid a plan, and where the last word of a plan ends.
    let (mut undone, mut planned) = (None, 0);
    for found in found.filter(whole) {
        match SIGNS.of.get(found.pattern().as_usize()) {
            Some(Sign::Undone(status)) => undone = Some((*status, found.start())),
            Some(Sign::Stands(status)) => {
                if *status == Status::Planned {
                    planned = found.end();
                }
                several |= stands.is_some_and(|other| other != *status);
                stands = Some(*status);
            }
            Some(Sign::Hearsay) => hearsay = true,
            Some(Sign::Denied) => denied = true,
            None => {}
        }
    }
    let undone = undone
        .filter(|(_, at)| planned <= *at)
        .map(|(status, _)| status);
    let stands = stands.filter(|_| !several);
    Standing {
        status: undone.or(stands).filter(|_| !denied),
        hearsay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_told_where_it_is_plain() {
        let cases = [
            ("They are to meet on Friday.", Some(Status::Planned)),
            ("The talks will be held in May.", Some(Status::Planned)),
            ("The talks were held in May.", Some(Status::Held)),
            ("The talks were not held.", None),
            ("It has cancelled the talks.", Some(Status::Cancelled)),
            (
                "The talks, to be held in May, were called off.",
                Some(Status::Cancelled),
            ),
            (
                "The talks, which were called off, are to be held in June.",
                None,
            ),
            ("The talks will be put off if they are to fail.", None),
            ("The round was put off.", Some(Status::Postponed)),
            ("Whether it will come is open.", None),
            ("They met.", None),
            ("They will not meet; it won’t be held.", None),
            ("Goodwill is to be seen.", Some(Status::Planned)),
            ("Goodwill.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(standing(text).status, expected, "{text}");
        }
        assert!(standing("He is reported to have left.").hearsay);
        assert!(!standing("He reported it.").hearsay);
    }
}
