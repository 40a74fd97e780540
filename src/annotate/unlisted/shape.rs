//! Shapes of names in romanised and European spelling.

use super::lexicon::Tags;
use super::page::Page;

/// Beginnings of a Mandarin syllable in pinyin, longest first.
const INITIALS: &[&str] = &[
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w", "",
];
/// What may follow, longest first.
const FINALS: &[&str] = &[
    "iang", "iong", "uang", "ang", "eng", "ong", "ing", "ian", "iao", "uan", "uai", "ai", "ei",
    "ao", "ou", "an", "en", "in", "un", "ia", "ie", "iu", "ua", "uo", "ui", "ue", "er", "a", "e",
    "i", "o", "u",
];

/// Whether `word` is one or two syllables of pinyin.
pub(super) fn pinyin(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.is_ascii() && lower.len() <= 12 && syllables(&lower, 2)
}

fn syllables(rest: &str, left: u8) -> bool {
    if rest.is_empty() {
        return true;
    }
    if left == 0 {
        return false;
    }
    INITIALS
        .iter()
        .filter_map(|i| rest.strip_prefix(i))
        .any(|after| {
            FINALS
                .iter()
                .filter_map(|f| after.strip_prefix(f))
                .any(|tail| syllables(tail, left - 1))
        })
}

/// `Jong-un`, `Young-Ja`: two short syllables with a hyphen at `at`, beside a family name.
pub(super) fn korean_given(page: &Page<'_>, at: usize) -> bool {
    let short = |i: usize| {
        let spelling = page.spelling(i);
        (1..=6).contains(&spelling.len()) && spelling.bytes().all(|b| b.is_ascii_alphabetic())
    };
    if !(page.capitalised(at) && page.is(at + 1, b'-') && page.glued(at + 1) && page.glued(at + 2))
    {
        return false;
    }
    if (at..at + 3).any(|i| page.claimed(i))
        || !short(at)
        || !short(at + 2)
        || page
            .low_tags(at + 2)
            .any(Tags::PLACE_NOUN.or(Tags::FUNCTION))
    {
        return false;
    }
    let before = at
        .checked_sub(1)
        .is_some_and(|i| page.capitalised(i) && page.tags(i).any(Tags::FAMILY_FIRST));
    let after = page.capitalised(at + 3) && page.tags(at + 3).any(Tags::FAMILY_FIRST);
    let participle = page.spelling(at + 2).ends_with("ed");
    (before || after) && !participle
}

/// Whether a Korean or Chinese family name at `at` is followed by a given name of that shape.
pub(super) fn follows_family_name(page: &Page<'_>, at: usize) -> bool {
    page.tags(at).any(Tags::FAMILY_FIRST)
        && page.capitalised(at + 1)
        && (korean_given(page, at + 1)
            || pinyin(page.spelling(at + 1)) && page.spelling(at + 1).len() >= 4)
}

/// Whether a spelling has the ending of a family name, and some letters before it.
pub(super) fn family_ending(page: &Page<'_>, word: &str) -> bool {
    has_ending(word, &page.lexicon().family_endings)
}

/// Whether a spelling has the ending of a place's name.
pub(super) fn place_ending(page: &Page<'_>, word: &str) -> bool {
    has_ending(word, &page.lexicon().place_endings)
}

fn has_ending(word: &str, endings: &[String]) -> bool {
    endings
        .iter()
        .any(|e| word.len() >= e.len() + 3 && word.ends_with(e.as_str()))
}

/// `II` in `Ramesses II`: a Roman numeral after a name.
pub(super) fn regnal(page: &Page<'_>, at: usize) -> bool {
    if page.token(at).is_none_or(|t| t.end - t.start > 4) {
        return false;
    }
    let numeral = matches!(
        page.spelling(at),
        "I" | "II"
            | "III"
            | "IV"
            | "V"
            | "VI"
            | "VII"
            | "VIII"
            | "IX"
            | "XI"
            | "XII"
            | "XIII"
            | "XIV"
            | "XV"
            | "XVI"
    );
    let before = at.checked_sub(1).map(|i| page.tags(i)).unwrap_or_default();
    // `Elizabeth I spoke`, but `Thought I did`
    let named = before.any(Tags::PERSON);
    let after = page.low_tags(at + 1).any(Tags::ACT)
        || page.word(at, "I")
            && (page.one_of(at + 1, &["am", "have", "think"])
                || !named
                    && page.one_of(
                        at + 1,
                        &["did", "was", "had", "would", "could", "knew", "saw", "do"],
                    ));
    numeral
        && !page.glued(at)
        && at > 0
        && page.capitalised(at - 1)
        && !before.any(
            Tags::FUNCTION
                .or(Tags::COMMON)
                .or(Tags::THING)
                .or(Tags::TITLE)
                .or(Tags::CALENDAR),
        )
        && !(page.word(at, "I") && after)
}

/// A capital inside the word, as in `BioNTech` and not as in `McDonald` or `O'Brien`.
pub(super) fn camel(word: &str) -> bool {
    let person = [
        "Mc", "Mac", "De", "Di", "La", "Le", "Van", "O'", "O’", "D'", "D’", "Fitz",
    ];
    let mut seen_lower = false;
    let mut found = false;
    for c in word.chars() {
        found |= seen_lower && c.is_uppercase();
        seen_lower |= c.is_lowercase();
    }
    found && !person.iter().any(|p| word.starts_with(p))
}

/// `McDonald`, `O'Brien`, `MacArthur`.
pub(super) fn gaelic(word: &str) -> bool {
    [
        "Mc", "O'", "O’", "Mac", "Fitz", "D'", "D’", "De", "Di", "Van", "Le",
    ]
    .iter()
    .any(|p| {
        word.strip_prefix(p).is_some_and(|rest| {
            rest.chars().next().is_some_and(char::is_uppercase) && rest.len() > 3
        })
    })
}

/// Endings of English words that are common nouns, adjectives or participles, and of no name.
pub(super) fn abstract_ending(word: &str) -> bool {
    [
        "tion", "sion", "ment", "ness", "ity", "ism", "ist", "ists", "ing", "ings", "ance", "ence",
        "acy", "ency", "ancy", "ship", "hood", "ology", "ics", "ical", "ous", "ive", "able",
        "ible", "ful", "less", "tional", "ers", "tions", "ments", "ties", "logy", "graphy", "ware",
        "tech",
    ]
    .iter()
    .any(|e| word.len() >= e.len() + 3 && word.ends_with(e))
}
