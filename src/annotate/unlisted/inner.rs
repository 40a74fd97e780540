//! What the words of a stretch say by themselves: its head, the lists, the shape of a person's name.

use std::ops::Range;

use super::evidence::{Evidence, Sort, Why};
use super::lexicon::Tags;
use super::page::Style;
use super::split::{After, Before, Splitter};
use super::{run, shape};

/// Points of two or three capitalised words that are no common words: just enough.
const DEFAULT: i32 = 15;

impl Splitter<'_, '_> {
    /// What the head of a stretch of several words says.
    pub(super) fn by_head(&self, range: &Range<usize>) -> Option<(Sort, i32, Why)> {
        let page = self.page;
        let of = (range.start + 1..range.end).find(|&i| page.one_of(i, &["of", "for", "on"]));
        let last = (range.clone()).rev().find(|&i| page.capitalised(i))?;
        let head = of.map_or(last, |i| i - 1);
        let tags = page.tags(head);
        let numbered = range.end - 1 > last && page.low_tags(range.end - 1).any(Tags::TEAM);
        if numbered {
            return Some((Sort::Body, 45, Why::HeadNoun));
        }
        // `PT Bank Mandiri`, `Grupo Mexico`
        if page.tags(range.start).any(Tags::BODY_OPENER) {
            return Some((Sort::Body, 45, Why::Suffix));
        }
        let whole = run::phrase(page, range.start, range.end)
            .is_some_and(|(len, _)| len >= range.end - range.start);
        if whole {
            return None;
        }
        if page.one_of(range.start + 1, &["of"])
            && tags.any(Tags::THING)
            && !tags.any(Tags::BODY_HEAD)
        {
            return Some((Sort::Other, 40, Why::HeadNoun));
        }
        if of.is_some() {
            if tags.any(Tags::LEADING) {
                return Some((Sort::Body, 60, Why::HeadNoun));
            }
            return run::takes_of(page, head).then_some((Sort::Place, 40, Why::HeadNoun));
        }
        if page.is(range.end - 1, b'.') || tags.any(Tags::SUFFIX) {
            let surname = tags.any(Tags::FAMILY)
                || page.tags(range.start).any(Tags::GIVEN) && tags.any(Tags::COMMON);
            if page.word(last, "Jr") || page.word(last, "Sr") {
                return None;
            }
            return Some((Sort::Body, if surname { 25 } else { 60 }, Why::Suffix));
        }
        // `Imperial College London`
        if tags.any(Tags::CITY.or(Tags::COUNTRY))
            && last > range.start + 1
            && page.tags(last - 1).any(Tags::BODY_HEAD)
        {
            return Some((Sort::Body, 40, Why::HeadNoun));
        }
        let person = page.tags(range.start).any(Tags::GIVEN)
            && !page
                .tags(range.start)
                .any(Tags::COMMON.or(Tags::DIRECTION).or(Tags::PLACE));
        if tags.any(Tags::TEAM) && page.tags(range.start).any(Tags::PLACE) {
            return Some((Sort::Body, 45, Why::HeadNoun));
        }
        if tags.any(Tags::BODY_HEAD) {
            return Some((Sort::Body, 60, Why::HeadNoun));
        }
        if tags.any(Tags::THING) && !(person && tags.any(Tags::FAMILY)) {
            return Some((Sort::Other, 50, Why::HeadNoun));
        }
        if tags.any(Tags::PLACE_HEAD)
            && !(person && self.words(range) == 2 && tags.any(Tags::FAMILY))
        {
            return Some((Sort::Place, if person { 30 } else { 50 }, Why::HeadNoun));
        }
        if tags.any(Tags::TEAM) && !person {
            return Some((Sort::Body, 15, Why::HeadNoun));
        }
        if page.tags(range.start).any(Tags::CLUB) && page.tags(range.start + 1).any(Tags::PLACE) {
            return Some((Sort::Body, 45, Why::HeadNoun));
        }
        None
    }

    /// Points of a title before and after.
    pub(super) fn sides(&self, evidence: &mut Evidence, before: Before, after: After) {
        if before == Before::Title {
            evidence.add(Sort::Person, 50, Why::Title);
        }
        match after {
            After::CompanyTitle => evidence.add(Sort::Body, 30, Why::Title),
            After::StateTitle => evidence.add(Sort::Place, 12, Why::Title),
            After::Nothing => {}
        }
    }

    /// Evidence of a lone word.
    pub(super) fn single(&self, at: usize, tags: Tags, evidence: &mut Evidence) {
        let page = self.page;
        let spelling = page.spelling(at);
        if tags.any(Tags::CAPITALS.or(Tags::THING)) && !tags.any(Tags::PLACE.or(Tags::BODY)) {
            evidence.add(Sort::Other, 30, Why::Capitals);
        }
        let digits = spelling.bytes().any(|b| b.is_ascii_digit());
        let ordinary = tags.any(Tags::COMMON) || page.occurs_low(at);
        let shouted = page.all_caps(at) && ordinary && spelling.len() > 3;
        if (digits || shouted) && !tags.any(Tags::PLACE.or(Tags::BODY).or(Tags::TEAM)) {
            evidence.add(Sort::Other, 25, Why::Capitals);
        } else if page.all_caps(at) && self.style != Style::Capitals && !tags.any(Tags::CAPITALS) {
            let letters = spelling.len();
            evidence.add(
                Sort::Body,
                if (2..=6).contains(&letters) { 15 } else { 5 },
                Why::Acronym,
            );
        } else if shape::camel(spelling) {
            evidence.add(Sort::Body, 12, Why::Capitals);
            evidence.add(Sort::Person, -8, Why::Capitals);
        }
        if tags.any(Tags::BODY_HEAD) && !tags.any(Tags::PERSON) {
            evidence.add(Sort::Person, -20, Why::Capitals); // `the Tribune`
        }
        if shape::place_ending(page, spelling) {
            evidence.add(Sort::Place, 8, Why::NameShape);
        }
    }

    /// Whether what follows a known name is no part of it: `U.S. GDP`, `UK MPs`.
    pub(super) fn only_thing(&self, rest: &Range<usize>) -> bool {
        let tags = self.page.tags(rest.start);
        rest.len() == 1 && tags.any(Tags::CAPITALS) && !tags.any(Tags::PLACE.or(Tags::BODY))
    }

    /// Whether a country's letters and a word before a noun name a thing and no body: `US Chinook helicopters`.
    pub(super) fn is_model(&self, range: &Range<usize>, rest: &Range<usize>) -> bool {
        let page = self.page;
        let head = Tags::TEAM.or(Tags::BODY_END).or(Tags::FIELD);
        let noun = page.token(rest.end).is_some_and(|t| !t.capitalised());
        let letters = page.all_caps(range.start) && rest.len() == 1;
        letters && noun && !page.tags(rest.start).any(head)
    }

    /// Evidence of two words of which one is a letter or an acronym: `Group K`, `LASK Linz`.
    pub(super) fn pair(&self, range: &Range<usize>, evidence: &mut Evidence) {
        let page = self.page;
        if range.len() != 2 {
            return;
        }
        let (tags, second) = (page.tags(range.start), page.tags(range.start + 1));
        if page.initial(range.start + 1) && tags.any(Tags::THING.or(Tags::COMMON)) {
            evidence.add(Sort::Other, 40, Why::Capitals);
        }
        let short = page.all_caps(range.start) && page.spelling(range.start).len() <= 5;
        if short && second.any(Tags::CITY) && !tags.any(Tags::CAPITALS.or(Tags::COMMON)) {
            evidence.add(Sort::Body, 30, Why::Acronym);
        }
    }

    /// Points for a person, from the words of a stretch alone.
    pub(super) fn person(&self, range: &Range<usize>) -> (i32, Why) {
        let page = self.page;
        let words: Vec<usize> = range.clone().filter(|&i| page.capitalised(i)).collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
            return (0, Why::Capitals);
        };
        let (head, tail) = (page.tags(first), page.tags(last));
        let spelling = page.spelling(last);
        if matches!(
            page.spelling(first),
            "INS" | "MV" | "HMS" | "USS" | "SS" | "RMS" | "USNS"
        ) {
            return (-20, Why::Capitals); // a ship
        }
        if words.len() == 1 {
            if range.len() > 1 && page.is(range.start + 1, b'-') {
                return if page.one_of(range.start, &["al", "el"]) {
                    (22, Why::NameShape)
                } else {
                    (0, Why::Capitals)
                };
            }
            return self.lone_person(first);
        }
        let mut best = (0, Why::Capitals);
        let mut total = 0;
        let mut add = |points: i32, why: Why| {
            total += points;
            if points > best.0 {
                best = (points, why);
            }
        };
        if head.any(Tags::GIVEN) {
            add(
                if head.any(Tags::PLACE.or(Tags::COMMON)) {
                    28
                } else {
                    42
                },
                Why::GivenName,
            );
        } else if head.any(Tags::FAMILY) && !head.any(Tags::COMMON) {
            add(6, Why::GivenName);
        } else if words.len() > 2 && page.tags(words[1]).any(Tags::GIVEN) {
            add(15, Why::GivenName);
        }
        if words.iter().any(|&i| shape::korean_given(page, i)) {
            add(60, Why::NameShape);
        } else if head.any(Tags::FAMILY_FIRST)
            && words.len() <= 3
            && words[1..].iter().all(|&i| shape::pinyin(page.spelling(i)))
        {
            add(32, Why::NameShape);
        } else if tail.any(Tags::FAMILY_FIRST) && words.len() == 2 {
            add(12, Why::NameShape);
        }
        if shape::regnal(page, last) {
            add(if words.len() == 2 { 35 } else { 10 }, Why::NameShape);
        }
        if words[..words.len() - 1].iter().any(|&i| page.initial(i)) {
            add(30, Why::NameShape);
        }
        if range.clone().any(|i| page.low_tags(i).any(Tags::PARTICLE)) {
            add(28, Why::NameShape);
        }
        if tail.any(Tags::PLACE) && !tail.any(Tags::PERSON) && !head.any(Tags::GIVEN) {
            add(-20, Why::Capitals); // `Lower California`
        }
        if tail.any(Tags::FAMILY) {
            add(25, Why::GivenName);
        } else if shape::gaelic(spelling) {
            add(30, Why::NameShape);
        } else if shape::family_ending(page, spelling) {
            add(14, Why::NameShape);
        }
        let odd = |i: usize| {
            let tags = page.tags(i);
            let name = tags.any(Tags::PERSON.or(Tags::FAMILY_FIRST));
            let word = page.spelling(i);
            !name
                && !shape::regnal(page, i)
                && (tags.any(
                    Tags::COMMON
                        .or(Tags::BODY)
                        .or(Tags::THING)
                        .or(Tags::CAPITALS)
                        .or(Tags::FIELD)
                        .or(Tags::DEMONYM),
                ) || page.occurs_low(i)
                    || shape::abstract_ending(word))
                || page.all_caps(i)
                    && self.style == Style::Prose
                    && word.len() > 2
                    && !shape::regnal(page, i)
                || shape::camel(word)
                || word.bytes().any(|b| b.is_ascii_digit())
        };
        let odds = words.iter().filter(|&&i| odd(i)).count() as i32;
        if odds > 0 {
            // `Elton Brand`: after a clear given name the rest may be any word.
            let clear = head.any(Tags::GIVEN)
                && !head.any(Tags::PLACE.or(Tags::COMMON))
                && words.len() == 2;
            add(if clear { -8 } else { -25 * odds }, Why::Capitals);
        } else if (2..=3).contains(&words.len()) {
            add(DEFAULT, Why::Capitals);
        }
        if words.len() == 2 && page.initial(last) && !shape::regnal(page, last) {
            add(-20, Why::Capitals); // `Group C`
        }
        if words.len() > 4 {
            add(-20, Why::Capitals);
        }
        if tail.any(Tags::DEMONYM) && spelling.ends_with("ats") {
            add(-60, Why::Capitals); // `Christian Democrats`
        }
        (total, best.1)
    }

    /// Points for a person of a single word.
    pub(super) fn lone_person(&self, at: usize) -> (i32, Why) {
        let page = self.page;
        let tags = page.tags(at);
        let spelling = page.spelling(at);
        let shaky = tags.any(
            Tags::COMMON
                .or(Tags::ROLE)
                .or(Tags::CAPITALS)
                .or(Tags::THING),
        ) || at == self.first && page.occurs_low(at);
        let points = match () {
            () if tags.any(Tags::FAMILY) => 20,
            () if tags.any(Tags::GIVEN) => 15,
            () if shape::gaelic(spelling) => 20,
            () if shape::family_ending(page, spelling) => 8,
            () => 0,
        };
        (
            if shaky { points / 4 } else { points },
            if tags.any(Tags::PERSON) {
                Why::GivenName
            } else {
                Why::NameShape
            },
        )
    }
}

/// Evidence of the lists.
pub(super) fn known(tags: Tags) -> Evidence {
    let mut evidence = Evidence::default();
    if tags.any(Tags::COUNTRY) {
        evidence.add(Sort::Place, 50, Why::KnownPlace);
    } else if tags.any(Tags::PLACE) {
        evidence.add(Sort::Place, 40, Why::KnownPlace);
    }
    if tags.any(Tags::BODY) {
        evidence.add(Sort::Body, 40, Why::KnownOrganization);
    }
    if tags.any(Tags::PERSON) {
        evidence.add(Sort::Person, 15, Why::GivenName);
    }
    evidence
}
