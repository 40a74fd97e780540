//! Everything in an article that may be a name: whole words that a pattern matches, overlaps and all.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Gazetteer, Matcher, Role, Use};
use crate::annotate::prose::{Prose, spell};

/// What was met in an article.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Possible names, by start and then the longer one first.
    pub(super) candidates: Vec<Candidate>,
    /// Context words of entities, by entity and number.
    pub(super) needs: BTreeSet<(u32, u32)>,
}

/// A possible name.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// In the spelling.
    pub(super) range: Range<usize>,
    /// Whose it may be.
    pub(super) entity: u32,
    /// As what.
    pub(super) role: Role,
}

impl Gazetteer {
    /// Reads the prose once, and the headline for context words.
    pub(super) fn scan(&self, prose: &Prose, title: &str) -> Scan {
        let mut scan = Scan::default();
        for matcher in [Some(&self.exact), self.folded.as_ref()]
            .into_iter()
            .flatten()
        {
            matcher.each(prose.text(), |range, uses| {
                for found in uses {
                    if let Role::Need(number) = found.role {
                        scan.needs.insert((found.entity, number));
                    } else if !found.opening || opens_sentence(prose, &range) {
                        scan.candidates.push(Candidate {
                            range: range.clone(),
                            entity: found.entity,
                            role: found.role,
                        });
                    }
                }
            });
        }
        self.exact.each(&spell(title), |_, uses| {
            for found in uses {
                if let Role::Need(number) = found.role {
                    scan.needs.insert((found.entity, number));
                }
            }
        });
        scan.candidates.sort_by_key(|c| {
            (
                c.range.start,
                std::cmp::Reverse(c.range.end),
                c.entity,
                c.role,
            )
        });
        scan
    }
}

impl Matcher {
    /// Calls `found` with every whole word that a pattern matches.
    fn each(&self, text: &str, mut found: impl FnMut(Range<usize>, &[Use])) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        for met in automaton.find_overlapping_iter(text) {
            let range = met.start()..met.end();
            if is_whole(text, &range) {
                found(range, self.uses(met.pattern().as_usize()));
            }
        }
    }
}

/// Whether no word of the sentence comes before the range.
fn opens_sentence(prose: &Prose, range: &Range<usize>) -> bool {
    let source = prose.to_source(range);
    let Some(sentence) = prose.sentences().get(prose.sentence(source.start)) else {
        return false;
    };
    let before = prose
        .source()
        .get(sentence.range.start as usize..source.start as usize);
    before.is_some_and(|before| !before.contains(char::is_alphanumeric))
}

/// How a script parts its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// By spaces.
    Spaced,
    /// Particles follow words without a space.
    Hangul,
    /// Not at all.
    Han,
    /// Not at all.
    Kana,
}

fn script(c: char) -> Script {
    match c {
        '\u{1100}'..='\u{11ff}'
        | '\u{3130}'..='\u{318f}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' => Script::Hangul,
        '々'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Script::Kana,
        _ => Script::Spaced,
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a stretch begins and ends where words do.
pub(super) fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(name), Some(after)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return false;
    };
    begins_word(before, name) && ends_word(name, after)
}

fn begins_word(before: &str, name: &str) -> bool {
    let (Some(first), Some(previous)) = (name.chars().next(), before.chars().next_back()) else {
        return true;
    };
    if script(first) != script(previous) {
        return true;
    }
    if script(first) != Script::Spaced {
        return false;
    }
    if previous == '\'' {
        // An elided article or preposition (`l'Iran`) is no part of a name; `O'` is.
        let mut back = before.chars().rev().skip(1);
        let letter = back.next();
        let elided =
            matches!(letter, Some('l' | 'd' | 'L' | 'D')) && !back.next().is_some_and(in_word);
        return elided || !letter.is_some_and(in_word);
    }
    !in_word(previous)
}

fn ends_word(name: &str, after: &str) -> bool {
    let (Some(last), Some(next)) = (name.chars().next_back(), after.chars().next()) else {
        return true;
    };
    if script(last) != Script::Spaced {
        // Particles may follow; a single syllable is too little to tell them from the rest of a word.
        return name.chars().nth(1).is_some() || script(next) != script(last);
    }
    if script(next) != Script::Spaced {
        return true;
    }
    let rest = &after[next.len_utf8()..];
    match next {
        // A possessive or another clitic; anything else goes on (`O'Neill`).
        '\'' => {
            let end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
            matches!(
                &rest[..end],
                "" | "s" | "S" | "d" | "ll" | "re" | "ve" | "m" | "t"
            )
        }
        // An address on the net: `chosun.com`.
        '.' => !rest.starts_with(|c: char| c.is_ascii_lowercase()) || last == '.',
        next => !in_word(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words() {
        let cases = [
            ("Seoul", "in |Seoul|.", true),
            ("possessive", "|Beijing|'s role", true),
            ("plural possessive", "the |Koreans|' role", true),
            ("in a word", "|Korea|ns", false),
            ("end of a word", "inter|korea|", false),
            ("hyphen", "|South Korea|-based", true),
            ("name goes on", "|O|'Neill", false),
            ("elision", "d'|Iran|", true),
            ("part of a name", "O'|Brien| said", false),
            ("host", "|Chosun|.com", false),
            ("end of sentence", "in |Seoul|.", true),
            ("quoted", "'|Seoul|'", true),
            ("particle", "|정부|는", true),
            ("within a word", "새|정부|는", false),
            ("one syllable", "|북|한", false),
            ("one syllable alone", "|북|, 남", true),
            ("particle after Latin", "|KBS|는", true),
            ("kanji after kana", "は|中国|の", true),
            ("combining mark", "|Cafe|\u{301}", false),
        ];
        for (what, text, whole) in cases {
            let start = text.find('|').unwrap();
            let end = text.rfind('|').unwrap() - 1;
            assert_eq!(
                is_whole(&text.replace('|', ""), &(start..end)),
                whole,
                "{what}: {text}"
            );
        }
    }
}
