//! Words that a report puts into somebody's mouth without quoting them: *China calls them illegal immigrants*, *in China’s
//! eyes they were illegal immigrants*.
//!
//! Only plain cases are taken, in English and within a clause: a name, at most two words, a verb of calling, what is called so,
//! and the term. *Called defectors back* has no such object, and is nobody's word but the outlet's.

use crate::base::TextRange;
use crate::model::{Annotated, EntityType, Id, MarkKind, Sentence, Site};

/// Verbs that need `as` before the word.
const AS: [&str; 25] = [
    "classified",
    "classifies",
    "classify",
    "denounce",
    "denounced",
    "denounces",
    "depicted",
    "depicts",
    "describe",
    "described",
    "describes",
    "portrayed",
    "portrays",
    "refer",
    "referred",
    "refers",
    "regard",
    "regarded",
    "regards",
    "saw",
    "see",
    "sees",
    "treat",
    "treated",
    "treats",
];

/// Verbs that take the word after what is called so.
const BARE: [&str; 22] = [
    "brand",
    "branded",
    "brands",
    "call",
    "called",
    "calling",
    "calls",
    "consider",
    "considered",
    "considers",
    "declared",
    "declares",
    "deemed",
    "deems",
    "dubbed",
    "label",
    "labeled",
    "labelled",
    "labels",
    "termed",
    "terms",
    "viewed",
];

/// What is called so, where it is told by a pronoun.
const PRONOUNS: [&str; 6] = ["her", "him", "it", "them", "us", "you"];

/// Words that begin a longer name of it.
const POINTING: [&str; 6] = ["such", "the", "these", "this", "those", "that"];

/// Most words between a name and its verb, and from the verb to the term.
const TO_VERB: usize = 3;
const TO_TERM: usize = 12;

/// Who calls people or a thing by the term in `range`, as the text has it.
pub(super) fn named_by<'a>(
    site: &Site,
    text: &str,
    annotated: &'a Annotated,
    sentence: &Sentence,
    range: TextRange,
) -> Option<&'a Id> {
    let within = |r: TextRange| sentence.range.contains(r) && r.end <= range.start;
    let names = annotated.marks.iter().filter(|m| within(m.range));
    let callers = names.filter_map(|mark| match &mark.kind {
        MarkKind::Entity { id, .. } => Some((mark.range, id)),
        _ => None,
    });
    let speaks = |id: &Id| {
        let entity = site.entities.get(id);
        entity.is_some_and(|e| e.entity_type != EntityType::Term)
    };
    // The nearest name is the one that the words are closest to.
    let callers: Vec<(TextRange, &Id)> = callers.filter(|(_, id)| speaks(id)).collect();
    callers.into_iter().rev().find_map(|(name, id)| {
        let part = |start: u32, end: u32| TextRange { start, end }.of(text);
        let before = part(sentence.range.start, name.start);
        let between = part(name.end, range.start);
        (calls(between) || in_eyes(before, between)).then_some(id)
    })
}

/// Whether words between a name and a term say that the one uses the other.
fn calls(between: &str) -> bool {
    // Marks around the term alone are not in the way.
    let between = between.trim_end_matches(['“', '"', '‘']);
    if between.contains([';', ':', '—', '(', ')', '“', '”', '"']) {
        return false;
    }
    let words: Vec<String> = words(between).collect();
    let verb = words
        .iter()
        .take(TO_VERB)
        .position(|w| is_in(&AS, w) || is_in(&BARE, w));
    let Some((verb, rest)) = verb.and_then(|at| Some((words.get(at)?, words.get(at + 1..)?)))
    else {
        return false;
    };
    let not = |w: &String| w == "not" || w == "never";
    if rest.len() > TO_TERM || words.iter().take(TO_VERB).any(not) {
        return false;
    }
    let first = rest.first().map(String::as_str).unwrap_or_default();
    let by_as = rest.iter().position(|w| w == "as").is_some_and(|at| at > 0);
    let by_article =
        rest.iter().rev().take(3).any(|w| w == "a" || w == "an") && !["a", "an"].contains(&first);
    let object = PRONOUNS.contains(&first) || POINTING.contains(&first) && rest.len() > 1;
    by_as || is_in(&BARE, verb) && (object && first != "the" || by_article)
}

/// Whether a name stands in `in NAME’s eyes` or `in the eyes of NAME`, and the term in the clause that follows.
fn in_eyes(before: &str, between: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    let ends = |words: &str| before == words || before.ends_with(&format!(" {words}"));
    let after = between
        .strip_prefix('’')
        .or_else(|| between.strip_prefix('\''));
    let own = after.filter(|_| ends("in")).and_then(|rest| {
        let rest = rest.strip_prefix('s').unwrap_or(rest).trim_start();
        rest.strip_prefix("eyes")
            .or_else(|| rest.strip_prefix("view"))
    });
    let clause = own.or_else(|| ends("in the eyes of").then_some(between));
    clause.is_some_and(|clause| {
        let clause = clause.strip_prefix(',').unwrap_or(clause);
        !clause.contains([',', ';', ':', '—']) && words(clause).count() <= TO_TERM
    })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.filter(|w| !w.is_empty()).map(str::to_lowercase)
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_ways_of_calling() {
        for between in [
            " calls them ",
            " still calls such people ",
            ", which called them ",
            " described the rescue as a ",
            " regards those who cross as ",
            " labelled the man a ",
            " called him an ",
            " describe the crossing as a “",
        ] {
            assert!(calls(between), "{between}");
        }
        for between in [
            " called ",
            " called these ",
            " called the ",
            " called the North Korean ",
            " saw ",
            " does not call them ",
            " said that they were ",
            " calls them guests; others speak of ",
            " calls as many ",
        ] {
            assert!(!calls(between), "{between}");
        }
    }

    #[test]
    fn in_the_eyes_of_somebody() {
        assert!(in_eyes("In ", "’s eyes the five were "));
        assert!(in_eyes("They are, in ", "’s view, "));
        assert!(in_eyes("In the eyes of ", " they are "));
        assert!(!in_eyes("With ", "’s eyes on the "));
        assert!(!in_eyes("In ", "’s eyes they are guests, but there are "));
    }

    #[test]
    fn lists_are_in_order() {
        assert!(AS.is_sorted() && BARE.is_sorted());
    }
}
