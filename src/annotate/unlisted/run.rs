//! Runs: capitalised words in a row with what belongs inside a name.
//!
//! A run is generous; [`super::split`] cuts it. It ends at function words, days and months, marks,
//! and at hyphens that join two names (`U.S.-China`) or a name and a participle (`Seoul-based`).

use super::lexicon::Tags;
use super::page::{Page, Style};
use super::shape;
use crate::annotate::token::Shape;

/// Tokens in a run at most. No name is longer, and what follows may take time square to it.
const LONGEST: usize = 40;

/// The end of the run that begins at `at`, at most `end`; nothing if none begins there.
pub(super) fn run(page: &Page<'_>, at: usize, end: usize, style: Style) -> Option<usize> {
    let begins = page.capitalised(at) || page.article(at);
    if !begins || page.claimed(at) {
        return None;
    }
    if let Some((len, _)) = phrase(page, at, end) {
        return Some(extend(page, at, at + len, end, style));
    }
    if arabic_article(page, at, end) {
        return Some(extend(page, at, at + 3, end, style));
    }
    (page.capitalised(at) && !barrier(page, at, style))
        .then(|| extend(page, at, at + 1, end, style))
}

/// A phrase of the lists that begins at a capital, or is an Arabic one (`al-Qaeda`).
pub(super) fn phrase(page: &Page<'_>, at: usize, end: usize) -> Option<(usize, Tags)> {
    let (len, tags) = page.phrase(at, end)?;
    let mut capital = (at..at + len).filter(|&i| page.capitalised(i)).count();
    let free = (at..at + len).all(|i| !page.claimed(i));
    // `US Open` is no `us open`, `The New` no `the new`: all but small words have capitals.
    let words = (at..at + len)
        .filter(|&i| page.token(i).is_some_and(|t| t.end - t.start > 3))
        .count();
    capital += usize::from(words == 0);
    let names = tags.any(Tags::PLACE.or(Tags::BODY).or(Tags::DEMONYM).or(Tags::THING));
    (free && names && capital >= words.max(1) && (page.capitalised(at) || page.one_of(at, &["al"])))
        .then_some((len, tags))
}

/// `al-Assad`, with a lower-case article.
fn arabic_article(page: &Page<'_>, at: usize, end: usize) -> bool {
    at + 2 < end
        && page.article(at)
        && page.is(at + 1, b'-')
        && page.glued(at + 1)
        && page.glued(at + 2)
        && page.capitalised(at + 2)
        && (at..at + 3).all(|i| !page.claimed(i))
}

/// Whether a capitalised word cannot be part of a name here.
pub(super) fn barrier(page: &Page<'_>, at: usize, style: Style) -> bool {
    if page.claimed(at) {
        return true;
    }
    let tags = page.tags(at);
    if page.is(at + 1, b'$') && page.glued(at + 1) || quoted_code(page, at) {
        return true; // `US$`, `.DJI`
    }
    // `Baltimore Sun`, `Denver Post`
    let paper = at > 0 && matches!(page.spelling(at), "Sun" | "Post");
    if paper && page.tags(at - 1).any(Tags::PLACE) && !page.glued(at) && !page.is_number(at + 1) {
        return false;
    }
    if tags.any(Tags::CALENDAR) {
        return !month_is_name(page, at);
    }
    if tags.any(Tags::FUNCTION) {
        let shouted = page.all_caps(at) && style != Style::Capitals;
        if shouted && tags.any(Tags::COUNTRY.or(Tags::BODY)) {
            return false;
        }
        let ordinal = matches!(
            page.spelling(at),
            "First" | "Second" | "One" | "Three" | "Seven" | "Nine"
        );
        let amid = at > 0
            && page.capitalised(at + 1)
            && !page.tags(at + 1).any(Tags::FUNCTION.or(Tags::CALENDAR))
            && !page.glued(at + 1);
        if ordinal
            && amid
            && style == Style::Prose
            && page.capitalised(at - 1)
            && !page.tags(at - 1).any(Tags::FUNCTION)
        {
            return false;
        }
        // `Patrick Soon-Shiong`, `Reporting by Will Dunham`
        let joined = page.is(at + 1, b'-') && page.glued(at + 1) && page.glued(at + 2);
        if joined && page.capitalised(at + 2) && at > 0 && page.tags(at - 1).any(Tags::GIVEN) {
            return false;
        }
        if at > 0 && page.one_of(at - 1, &["by"]) && tags.any(Tags::GIVEN) {
            return !page.capitalised(at + 1);
        }
        if tags.any(Tags::GIVEN.or(Tags::FAMILY_FIRST)) && page.capitalised(at + 1) {
            let next = page.tags(at + 1);
            // `Will Smith`, `So Yeon`: no `Will Britain`.
            return next.any(
                Tags::FUNCTION
                    .or(Tags::PLACE)
                    .or(Tags::DEMONYM)
                    .or(Tags::TITLE),
            ) || !next.any(Tags::FAMILY) && !shape::follows_family_name(page, at);
        }
        return true;
    }
    false
}

/// A code that an agency puts after what it stands for: `.DJI`, `XAU=`.
fn quoted_code(page: &Page<'_>, at: usize) -> bool {
    if !page.all_caps(at) {
        return false;
    }
    let equals = page.is(at + 1, b'=') && page.glued(at + 1);
    let before = at.checked_sub(1);
    equals
        || page.glued(at)
            && before.is_some_and(|i| page.is(i, b'=') || page.is(i, b'.') && !page.glued(i))
}

/// `Theresa May`, `April Jones`, but neither `May 5` nor `Black Friday`.
fn month_is_name(page: &Page<'_>, at: usize) -> bool {
    if page.is_number(at + 1) {
        return false;
    }
    let before = at.checked_sub(1).map(|i| page.tags(i)).unwrap_or_default();
    if page.word(at, "Jan")
        && page.capitalised(at + 1)
        && !page.tags(at + 1).any(Tags::CALENDAR.or(Tags::FUNCTION))
    {
        return true;
    }
    let given = page.tags(at).any(Tags::GIVEN) || page.word(at, "May");
    given
        && (before.any(Tags::GIVEN) && !before.any(Tags::CALENDAR)
            || page.tags(at).any(Tags::GIVEN) && page.tags(at + 1).any(Tags::FAMILY))
}

/// Lengthens a run that reaches to `to`.
fn extend(page: &Page<'_>, from: usize, mut to: usize, end: usize, style: Style) -> usize {
    let end = end.min(from + LONGEST);
    while to < end {
        match step(page, from, to, end, style) {
            Some(next) if next > to && next <= end && (to..next).all(|i| !page.claimed(i)) => {
                to = next;
            }
            _ => break,
        }
    }
    to
}

/// The end of the run after one more element at `to`.
fn step(page: &Page<'_>, from: usize, to: usize, end: usize, style: Style) -> Option<usize> {
    if page.claimed(to) {
        return None;
    }
    if page.capitalised(to) {
        if shape::regnal(page, to) {
            return Some(to + 1);
        }
        if let Some((len, _)) = phrase(page, to, end) {
            return Some(to + len);
        }
        let glued_to_word = page.glued(to)
            && !page.is(to - 1, b'.')
            && !page.is(to - 1, b'-')
            && !page.is(to - 1, b'&');
        return (!glued_to_word && !barrier(page, to, style)).then_some(to + 1);
    }
    // `Philadelphia 76ers`
    if page.word_tags(to).any(Tags::TEAM)
        && page.tags(to - 1).any(Tags::PLACE)
        && page
            .token(to)
            .is_some_and(|t| t.shape.has(Shape::HAS_DIGIT))
    {
        return Some(to + 1);
    }
    let next_is_name = |i: usize| i < end && page.capitalised(i) && !barrier(page, i, style);
    if page.is(to, b'-') && page.glued(to) && page.glued(to + 1) {
        // `University of Wisconsin-Madison`
        let campus = page.word(from, "University") && next_is_name(to + 1);
        return if campus {
            Some(to + 2)
        } else {
            hyphen(page, to, end)
        };
    }
    if page.is(to, b'.') && page.glued(to) {
        // `Salesforce.com`
        let ending = page.glued(to + 1)
            && page.one_of(to + 1, &["com", "org", "net", "io", "ai", "info", "tv"]);
        if ending && to + 1 < end {
            return Some(to + 2);
        }
        let before = to - 1;
        let short = page.initial(before)
            || page.tags(before).any(Tags::TITLE.or(Tags::PLACE_OPENER))
                && page.spelling(before).len() <= 5
            || page.word(before, "Jr")
            || page.word(before, "Sr");
        // `Acme Inc.`, but the stop that ends a sentence is no part of it.
        let closes =
            page.tags(before).any(Tags::SUFFIX) && page.spelling(before).len() <= 4 && to + 1 < end
                || page.word(before, "Jr")
                || page.word(before, "Sr");
        return (short && next_is_name(to + 1) || closes).then_some(to + 1);
    }
    if page.is(to, b',') && to + 1 < end {
        // `Acme Widgets, Inc.`
        let suffix = [
            "Jr", "Sr", "Inc", "Ltd", "LLC", "LLP", "S.A", "S.A.", "N.V", "N.V.", "L.P", "L.P.",
        ];
        if suffix.contains(&page.spelling(to + 1)) {
            return Some(to + 2);
        }
    }
    if page.is(to, b'&') {
        return next_is_name(to + 1).then_some(to + 2);
    }
    let owner = page.owner(to);
    if owner > 0 && page.tags(to - 1).any(Tags::POSSESSIVE) && next_is_name(to + owner) {
        return Some(to + owner + 1);
    }
    if page.one_of(to, &["of", "for", "on"]) {
        return after_of(page, from, to, end, style);
    }
    if page.low_tags(to).any(Tags::PARTICLE) {
        return after_particle(page, to, end, style);
    }
    if page.is(to, b',') || page.one_of(to, &["and"]) {
        return after_and(page, from, to, end);
    }
    None
}

/// `Jong-un`, `Jean-Claude`, `al-Assad`; not `U.S.-China` nor `Seoul-based`.
fn hyphen(page: &Page<'_>, to: usize, end: usize) -> Option<usize> {
    let after = to + 1;
    if after >= end || page.claimed(after) || page.spelling(to) == "–" {
        return None;
    }
    let (left, right) = (page.tags(to - 1), page.tags(after));
    if page.capitalised(after) {
        let name = Tags::PLACE.or(Tags::DEMONYM).or(Tags::BODY);
        // `R-Wis.`: a party and a state.
        let party = matches!(page.spelling(to - 1), "R" | "D" | "I");
        let apart = party
            || left.any(name)
            || right.any(name)
            || (left.any(Tags::FAMILY) && right.any(Tags::FAMILY) && !left.any(Tags::GIVEN));
        return (!apart).then_some(after + 1);
    }
    shape::korean_given(page, to - 1).then_some(after + 1)
}

/// `of`, `for` and `on` go on a name after a head that takes them.
fn after_of(page: &Page<'_>, from: usize, to: usize, end: usize, style: Style) -> Option<usize> {
    let head = page.tags(to - 1);
    let leads = if page.one_of(to, &["of"]) {
        head.any(Tags::LEADING.or(Tags::THING)) || takes_of(page, to - 1)
    } else {
        head.any(Tags::LEADING) && !page.tags(to + 1).any(Tags::PLACE)
    };
    // `Alliance of Democratic Forces for the Liberation of X`
    let opened = (from + 1..to)
        .any(|i| page.one_of(i, &["of", "for"]) && page.tags(i - 1).any(Tags::LEADING));
    let goes_on = opened
        && (head.any(Tags::FIELD.or(Tags::BODY_HEAD))
            || shape::abstract_ending(page.spelling(to - 1)))
        && !head.any(Tags::PLACE.or(Tags::PERSON));
    let leads = leads || goes_on;
    // A second `of` is for names like `Bank of the Republic of X`, a title's `of` for none.
    let title_only = head.any(Tags::TITLE)
        && (from..to).all(|i| {
            page.tags(i).any(Tags::TITLE.or(Tags::BEFORE_TITLE))
                && !page.tags(i).any(Tags::BODY_HEAD)
        });
    let office = head.any(Tags::TITLE) && page.tags(to + 1).any(Tags::BEFORE_TITLE.or(Tags::FIELD));
    if office && page.one_of(to, &["of", "for"]) {
        return Some(to + 2);
    }
    if office_of_the(page, to) && to + 2 < end {
        return Some(to + 3);
    }
    if !leads || title_only {
        return None;
    }
    let mut next = to + 1;
    if page.one_of(next, &["the"]) {
        next += 1;
    }
    // `for Near East Policy`
    if let Some((len, _)) = phrase(page, next, end).filter(|_| next < end) {
        return Some(next + len);
    }
    (next < end && page.capitalised(next) && !barrier(page, next, style)).then_some(next + 1)
}

/// Whether `of` at `at` goes on an office: `Secretary of the Interior`; not `Chair of the Local Board`.
pub(super) fn office_of_the(page: &Page<'_>, at: usize) -> bool {
    let Some(head) = at.checked_sub(1) else {
        return false;
    };
    matches!(page.spelling(head), "Secretary" | "Minister" | "Chancellor")
        && page.one_of(at, &["of"])
        && page.one_of(at + 1, &["the"])
        && page.tags(at + 2).any(Tags::FIELD)
}

/// Whether `of` after the word makes a place or a state: `Gulf of Mexico`.
pub(super) fn takes_of(page: &Page<'_>, at: usize) -> bool {
    matches!(
        page.spelling(at),
        "Gulf"
            | "Bay"
            | "Strait"
            | "Straits"
            | "Sea"
            | "Isle"
            | "Isles"
            | "Cape"
            | "Republic"
            | "Kingdom"
            | "Emirate"
            | "Duchy"
            | "Principality"
            | "Commonwealth"
            | "Union"
            | "States"
            | "District"
            | "Horn"
            | "City"
            | "Port"
            | "Mount"
            | "Lake"
            | "County"
            | "Province"
            | "Borough"
            | "Rock"
            | "Valley"
            | "Plain"
            | "Palace"
            | "Tower"
            | "Hall"
            | "Institutes"
            | "Empire"
    )
}

/// `bin`, `van der`, `de la` before a capital.
fn after_particle(page: &Page<'_>, to: usize, end: usize, style: Style) -> Option<usize> {
    let before = page.tags(to - 1);
    if !page.capitalised(to - 1)
        || before.any(Tags::DEMONYM.or(Tags::CALENDAR))
        || page.word(to, "do") && !page.capitalised(to + 1)
    {
        return None;
    }
    let mut next = to + 1;
    if page.low_tags(next).any(Tags::PARTICLE) {
        next += 1;
    }
    if page.is(next, b'-') && page.glued(next) {
        next += 1;
    }
    (next < end && page.capitalised(next) && !barrier(page, next, style)).then_some(next + 1)
}

/// `and` and the comma inside the name of a ministry or agency: `Trade, Industry and Energy`.
fn after_and(page: &Page<'_>, from: usize, to: usize, end: usize) -> Option<usize> {
    let field = |i: usize| i < end && page.tags(i).any(Tags::FIELD) && !page.claimed(i);
    if !field(to - 1) {
        return None;
    }
    let mut at = to;
    while page.is(at, b',') && field(at + 1) {
        at += 2;
        while field(at) {
            at += 1;
        }
    }
    if page.is(at, b',') {
        at += 1;
    }
    if !page.one_of(at, &["and"]) || !field(at + 1) {
        return None;
    }
    at += 2;
    while field(at) {
        at += 1;
    }
    // One side must hold the head: `Ministry of Health and Welfare`, `Food and Drug Administration`.
    let opened = (from + 1..to).any(|i| page.one_of(i, &["of", "for", "on"]));
    let tags = if at < end {
        page.tags(at)
    } else {
        Tags::default()
    };
    if tags.any(Tags::BODY_HEAD) {
        return Some(at + 1);
    }
    let minister = tags.any(Tags::TITLE) || page.tags(at - 1).any(Tags::BODY_HEAD);
    (opened || minister).then_some(at)
}
