//! A headline from a sentence, for an event that nobody has written yet.

use crate::annotate::calendar;

/// The most words of a headline.
const WORDS: usize = 12;
/// The fewest words that are left when a sentence is cut at a clause.
const FEW: usize = 4;

/// Words that begin a clause which a headline can do without.
const CLAUSES: [&str; 19] = [
    "which",
    "who",
    "whom",
    "that",
    "while",
    "after",
    "before",
    "because",
    "since",
    "when",
    "where",
    "although",
    "though",
    "but",
    "as",
    "amid",
    "following",
    "despite",
    "and",
];

/// Words that no headline ends with.
const LOOSE: [&str; 21] = [
    "a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "the",
    "to", "with", "its", "their", "his", "her", "as",
];

/// Words that may open a sentence with a time or a turn, up to its first comma.
const OPENINGS: [&str; 18] = [
    "on",
    "in",
    "last",
    "this",
    "late",
    "early",
    "earlier",
    "yesterday",
    "today",
    "meanwhile",
    "later",
    "then",
    "also",
    "however",
    "but",
    "yet",
    "by",
    "at",
];

/// Days of which a headline says nothing in its midst.
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Whether a word in lower case names a day, a weekday or a month, which a headline leaves to its date.
fn is_calendar(word: &str) -> bool {
    calendar::is_named(word) || matches!(word, "today" | "yesterday" | "tomorrow")
}

/// A headline of a few words from a sentence: its first clause, without the time that opens or closes it and without weekdays.
pub fn title(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let from = opening(&words);
    let words = words.get(from..).unwrap_or_default();
    let mut taken: Vec<&str> = Vec::new();
    let mut rest = words.iter().peekable();
    while let Some(word) = rest.next() {
        // `voted on Friday to accept`
        let is_day = |next: &&&str| WEEKDAYS.contains(next);
        if *word == "on" && rest.next_if(is_day).is_some() {
            continue;
        }
        let bare = bare(word).to_lowercase();
        if taken.len() == WORDS || (taken.len() >= FEW && CLAUSES.contains(&bare.as_str())) {
            break;
        }
        taken.push(word);
        if taken.len() >= FEW && word.ends_with([',', ';', ':', '—', '–', '.', '?', '!']) {
            break;
        }
    }
    drop_time(&mut taken);
    while taken.len() > 1 {
        let last = taken.last().map(|w| bare(w).to_lowercase());
        if !last.is_some_and(|w| LOOSE.contains(&w.as_str())) {
            break;
        }
        taken.pop();
    }
    let line = taken.join(" ");
    let line = line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '%'));
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

/// How many words open the sentence with a time or a turn.
fn opening(words: &[&str]) -> usize {
    let first = words.first().map(|w| bare(w).to_lowercase());
    let Some(first) = first.filter(|w| OPENINGS.contains(&w.as_str())) else {
        return 0;
    };
    if let Some(comma) = words.iter().take(6).position(|w| w.ends_with(',')) {
        return comma + 1;
    }
    // `On Tuesday the two sides met`, `Last month guards entered`.
    let second = words.get(1).map(|w| bare(w).to_lowercase());
    let is_time =
        second.is_some_and(|w| is_calendar(&w) || matches!(w.as_str(), "week" | "month" | "year"));
    let alone = is_calendar(&first);
    match (is_time, alone) {
        (true, _) => 2,
        (false, true) => 1,
        _ => 0,
    }
}

/// Leaves out the time at the end: `on Tuesday`, `in May 2013`.
fn drop_time(words: &mut Vec<&str>) {
    let is_time = |word: &str| {
        let bare = bare(word).to_lowercase();
        is_calendar(&bare)
            || (!bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) && bare.len() <= 4)
    };
    let times = words.iter().rev().take_while(|w| is_time(w)).count();
    let names_one = words.iter().rev().take(times).any(|w| {
        let bare = bare(w).to_lowercase();
        is_calendar(&bare)
    });
    let keep = words.len() - times;
    if names_one && keep > 2 {
        words.truncate(keep);
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_the_first_clause_without_its_time() {
        let cases = [
            (
                "On Tuesday the two sides concluded the meeting.",
                "The two sides concluded the meeting",
            ),
            (
                "The army shelled the island on Friday.",
                "The army shelled the island",
            ),
            (
                "In May, guards entered a consulate, which caused an outcry.",
                "Guards entered a consulate",
            ),
            (
                "The ministers signed a treaty in May 2013, officials said.",
                "The ministers signed a treaty",
            ),
            (
                "Members voted on Friday to accept the deal that ended the strike.",
                "Members voted to accept the deal",
            ),
            ("“We left,” he said.", "We left,” he said"),
            ("Met.", "Met"),
            ("", ""),
            ("…", ""),
            (
                "장관이 서울에서 회담을 열었다.",
                "장관이 서울에서 회담을 열었다",
            ),
        ];
        for (sentence, expected) in cases {
            assert_eq!(title(sentence), expected, "{sentence}");
        }
    }
}
