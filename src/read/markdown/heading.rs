//! Fragment ids of headings.
//!
//! An id is the heading's words in lower case, letters and digits of any script kept, everything else a hyphen. Ids that
//! the site itself uses are reserved; a heading that would take one gets `h-` before it:
//!
//! - one to three letters and a number, also repeated: `p1`, `s12`, `n1`, `r1`, `f1`, `fn1`, `p3s1`, `y2014`;
//! - what begins with `p-`, `s-`, `n-`, `r-`, `f-`, `fn-`, `x-`, `d-`, `q-`, `e-`, `t-`, `h-`, `ly-`, `th-`, `cite-`, `dis-`, `topic-`, `note-`;
//! - what ends in `-h`, as ids of the theme's own headings do;
//! - the words in [`WORDS`].
//!
//! A second heading of the same words gets `-2`, and so on.

use std::collections::{BTreeMap, BTreeSet};

/// Words that are ids of the theme's pages. Sorted.
const WORDS: &[&str] = &[
    "annotations",
    "articles",
    "cards",
    "chain",
    "cite",
    "citation",
    "content",
    "contents",
    "controls",
    "dates",
    "disagree",
    "entities",
    "events",
    "facets",
    "facts",
    "figures",
    "find",
    "foot",
    "footer",
    "footnotes",
    "from",
    "gaps",
    "glossary",
    "head",
    "header",
    "home",
    "index",
    "intro",
    "involved",
    "kwic",
    "layers",
    "lead",
    "main",
    "measures",
    "menu",
    "nav",
    "note",
    "notes",
    "open",
    "page",
    "people",
    "places",
    "q",
    "record",
    "related",
    "reports",
    "results",
    "search",
    "skip",
    "source",
    "sources",
    "statements",
    "terms",
    "timeline",
    "title",
    "to",
    "top",
    "topics",
    "tr",
    "tc",
    "tk",
    "md",
    "mt",
    "kd",
    "kt",
    "voices",
    "with",
    "years",
];

/// What ids of other things begin with.
const PREFIXES: &[&str] = &[
    "p-", "s-", "n-", "r-", "f-", "fn-", "x-", "d-", "q-", "e-", "t-", "h-", "ly-", "th-", "cite-",
    "dis-", "topic-", "note-",
];

/// Hands out ids, each once.
#[derive(Debug, Default)]
pub(super) struct HeadingIds {
    used: BTreeSet<String>,
    next: BTreeMap<String, u32>,
}

impl HeadingIds {
    /// The id for a heading of these words.
    pub(super) fn of(&mut self, words: &str) -> String {
        let mut slug = slug(words);
        if slug.is_empty() {
            slug.push_str("section");
        }
        if is_reserved(&slug) {
            slug.insert_str(0, "h-");
        }
        let count = self.next.entry(slug.clone()).or_insert(1);
        let mut id = slug.clone();
        while self.used.contains(&id) {
            *count += 1;
            id = format!("{slug}-{count}");
        }
        self.used.insert(id.clone());
        id
    }
}

/// Longest id in bytes, save for a number at its end.
const LONGEST: usize = 80;

fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        if slug.len() + c.len_utf8() > LONGEST {
            break;
        }
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Whether an id is left to the theme's pages, so that no heading has it.
pub fn is_reserved(slug: &str) -> bool {
    WORDS.contains(&slug)
        || slug.starts_with('_')
        || slug.ends_with("-h")
        || PREFIXES.iter().any(|prefix| slug.starts_with(prefix))
        || is_numbered(slug)
}

/// Whether the text is letters and digits in turn, at most three letters at a time: `p3`, `fn12`, `p3s1`, `f1-2`.
fn is_numbered(slug: &str) -> bool {
    let mut letters = 0;
    let mut digits = 0;
    for c in slug.chars() {
        match c {
            'a'..='z' if digits > 0 => (letters, digits) = (1, 0),
            'a'..='z' => letters += 1,
            '0'..='9' if letters > 0 => digits += 1,
            '-' if digits > 0 => {}
            _ => return false,
        }
        if letters > 3 {
            return false;
        }
    }
    digits > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_ids_in_any_script() {
        let mut ids = HeadingIds::default();
        assert_eq!(ids.of("What happened?"), "what-happened");
        assert_eq!(ids.of("What happened!"), "what-happened-2");
        assert_eq!(ids.of("What happened 2"), "what-happened-2-2");
        assert_eq!(ids.of("개성 공단"), "개성-공단");
        assert_eq!(ids.of("…"), "section");
        assert_eq!(ids.of("2014"), "2014");
        assert_eq!(ids.of("The North’s reply"), "the-norths-reply");
    }

    #[test]
    fn ids_of_the_site_are_left_to_it() {
        let mut ids = HeadingIds::default();
        for words in [
            "p1", "S12", "fn1", "p3s1", "Main", "Notes", "fn: x", "x y", "rel h", "y2014", "f1 2",
        ] {
            let id = ids.of(words);
            assert!(id.starts_with("h-"), "{words}: {id}");
        }
        assert_eq!(ids.of("2002 talks"), "2002-talks");
        assert_eq!(ids.of("Round 7"), "round-7");
    }

    #[test]
    fn many_equal_headings_cost_no_more_than_their_number() {
        let mut ids = HeadingIds::default();
        let last = (0..20_000).map(|_| ids.of("same")).last();
        assert_eq!(last.as_deref(), Some("same-20000"));
    }
}
