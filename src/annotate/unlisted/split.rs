//! Cuts runs into candidates and weighs what their own words say.
//!
//! Titles go first: what stands before one is a body or a place, what follows is a person. Then the
//! last word, or the one before `of`, decides (`Ministry`, `Inc`, `River`, `War`); then known
//! phrases at the front; then the shapes of persons' names.

use std::ops::Range;

use super::evidence::{Evidence, Sort, Why};
use super::inner::known;
use super::lexicon::{Tags, join};
use super::page::{Page, Style};
use super::{run, shape};

/// A stretch of text that may be a name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Indices of tokens.
    pub(super) range: Range<usize>,
    pub(super) sentence: usize,
    /// What its own words say.
    pub(super) evidence: Evidence,
    /// What the words around it say.
    pub(super) outer: Evidence,
    /// Hash of the words.
    pub(super) hash: u64,
    /// Capitalised words in it.
    pub(super) words: usize,
    /// It is a place or body on the lists.
    pub(super) known: bool,
    /// It stands in a headline.
    pub(super) headline: bool,
}

/// What comes before a stretch of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Nothing,
    Title,
}

/// What follows a stretch of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Nothing,
    CompanyTitle,
    StateTitle,
}

/// Finds the candidates of one sentence.
pub(super) fn candidates(page: &Page<'_>, sentence: usize, out: &mut Vec<Candidate>) {
    let Some(line) = page.sentences.get(sentence) else {
        return;
    };
    if line.style != Style::Prose {
        let mut splitter = Splitter {
            page,
            sentence,
            first: line.range.start,
            style: line.style,
            out,
        };
        return splitter.headline(line.range.clone());
    }
    let mut at = line.range.start;
    let mut titled = false;
    for &start in page.starts.get(line.starts.clone()).unwrap_or_default() {
        let start = start as usize;
        if start < at {
            continue;
        }
        titled &= start == at;
        let Some(end) = run::run(page, start, line.range.end, line.style) else {
            titled = false;
            continue;
        };
        let mut splitter = Splitter {
            page,
            sentence,
            first: line.range.start,
            style: line.style,
            out,
        };
        let title_last = splitter.run(start..end, titled);
        // `Unification Minister, Chung Dong-young`
        titled = title_last && page.is(end, b',');
        at = end + usize::from(titled);
    }
}

pub(super) struct Splitter<'p, 't> {
    pub(super) page: &'p Page<'t>,
    sentence: usize,
    /// First token of the sentence.
    pub(super) first: usize,
    pub(super) style: Style,
    out: &'p mut Vec<Candidate>,
}

impl Splitter<'_, '_> {
    /// Cuts a run at its titles. Whether a title ends it.
    fn run(&mut self, range: Range<usize>, titled: bool) -> bool {
        let mut from = range.start;
        let mut before = if titled {
            Before::Title
        } else {
            Before::Nothing
        };
        let mut at = from;
        while at < range.end {
            if !self.is_title(at, from, range.end) {
                at += 1;
                continue;
            }
            let company = self.page.tags(at).any(Tags::COMPANY_TITLE);
            let after = if company {
                After::CompanyTitle
            } else {
                After::StateTitle
            };
            self.before_title(from..at, before, after);
            from = self.after_titles(at, range.end);
            before = Before::Title;
            at = from;
        }
        self.stretch(from..range.end, before, After::Nothing);
        from == range.end && before == Before::Title
    }

    /// Whether the word at `at` is a title that cuts the stretch `from..end`.
    fn is_title(&self, at: usize, from: usize, end: usize) -> bool {
        let page = self.page;
        let tags = page.tags(at);
        if !tags.any(Tags::TITLE) || !page.capitalised(at) {
            return false;
        }
        if run::phrase(page, at, end).is_some() || page.is(at + 1, b'-') && page.glued(at + 1) {
            return false;
        }
        if page.is(at + 1, b',') && at + 2 < end {
            return false; // `King, Jr.`
        }
        if page.owner(at + 1) > 0 && at + 2 < end {
            return false; // `King's College`
        }
        if at > from && (page.is(at - 1, b'-') || page.is(at - 1, b'&') || page.possessive(at - 1))
        {
            return false;
        }
        // `Stephen King`, `James Dean`: the name goes on.
        let given = |i: usize| page.tags(i).any(Tags::GIVEN) && !page.tags(i).any(Tags::PLACE);
        let given_before = at > from && (given(at - 1) || given(from) && at + 1 == end);
        if given_before && tags.any(Tags::PERSON.or(Tags::COMMON)) {
            return false;
        }
        // `General Motors`, `Justice Department`, `Director General's Office`: no title.
        let rest = (at + 1..end).rev().find(|&i| page.capitalised(i));
        if let Some(last) = rest
            && page
                .tags(last)
                .any(Tags::BODY_END.or(Tags::THING).or(Tags::PLACE_HEAD))
            && !page.tags(last).any(Tags::PERSON.or(Tags::TITLE))
            && (last == at + 1 || page.tags(last).any(Tags::BODY_END))
            && !page.tags(at + 1).any(Tags::GIVEN)
        {
            return false;
        }
        true
    }

    /// The first token after a title at `at` and those that follow it.
    fn after_titles(&self, mut at: usize, end: usize) -> usize {
        let page = self.page;
        loop {
            at += 1;
            if at < end && page.is(at, b'.') {
                at += 1;
            }
            if at < end
                && page.one_of(at, &["of", "for"])
                && let the = usize::from(run::office_of_the(page, at))
                && (the > 0 || page.tags(at + 1).any(Tags::BEFORE_TITLE.or(Tags::FIELD)))
            {
                at += 1 + the;
                while at + 1 < end && page.tags(at + 1).any(Tags::BEFORE_TITLE.or(Tags::FIELD)) {
                    at += 1;
                }
                continue;
            }
            let tags = page.tags(at);
            let more = at < end
                && (tags.any(Tags::TITLE)
                    || tags.any(Tags::BEFORE_TITLE)
                        && at + 1 < end
                        && page.tags(at + 1).any(Tags::TITLE.or(Tags::BEFORE_TITLE)));
            let name = tags.any(Tags::PERSON) && !(at + 1 < end && page.capitalised(at + 1));
            if !more || name {
                return at;
            }
        }
    }

    /// What stands before a title: `Apple` before `CEO`; `Foreign` is part of the title.
    fn before_title(&mut self, range: Range<usize>, before: Before, after: After) {
        let page = self.page;
        let mut end = range.end;
        while end > range.start {
            let at = end - 1;
            let tags = page.tags(at);
            let inner =
                page.one_of(at, &["and", "of", "for"]) || page.is(at, b',') || page.possessive(at);
            let known = (range.start..at)
                .any(|i| run::phrase(page, i, end).is_some_and(|(len, _)| i + len == end));
            let part = tags.any(Tags::BEFORE_TITLE.or(Tags::FIELD))
                && !tags.any(Tags::BODY_HEAD)
                && !known;
            if !(inner || part) {
                break;
            }
            end = at;
        }
        self.stretch(range.start..end, before, after);
    }

    /// Makes candidates of a stretch without titles.
    fn stretch(&mut self, range: Range<usize>, before: Before, after: After) {
        let page = self.page;
        let Some(range) = self.trimmed(range) else {
            return;
        };
        let single = self.words(&range) == 1;
        if before == Before::Nothing
            && !single
            && let Some((sort, points, why)) = self.by_head(&range)
        {
            return self.headed(range, sort, points, why);
        }
        if let Some((len, tags)) = run::phrase(page, range.start, range.end) {
            if tags.any(Tags::DEMONYM.or(Tags::THING)) {
                return self.stretch(range.start + len..range.end, before, after);
            }
            return self.fronted(range.clone(), range.start + len, tags, before, after);
        }
        // A nationality before a name is no part of it.
        let front = page.tags(range.start);
        if front.any(Tags::DEMONYM)
            && (single && !front.any(Tags::PLACE.or(Tags::FAMILY))
                || !front.any(Tags::GIVEN.or(Tags::PLACE)))
        {
            return self.stretch(range.start + 1..range.end, before, after);
        }
        let tags = page.tags(range.start);
        if tags.any(Tags::DIRECTION) && !single {
            let next = page.tags(range.start + 1);
            if next.any(Tags::DEMONYM) {
                return self.stretch(range.start + 2..range.end, before, after);
            }
            if next.any(Tags::PLACE) && !next.any(Tags::PERSON) {
                return self.fronted(range.clone(), range.start + 2, Tags::REGION, before, after);
            }
        }
        let plain = !tags.any(Tags::PERSON) || single;
        if plain && before == Before::Nothing && tags.any(Tags::PLACE.or(Tags::BODY)) {
            return self.fronted(range.clone(), range.start + 1, tags, before, after);
        }
        if let Some(rest) = self.loose_first(&range, before) {
            return self.stretch(rest, before, after);
        }
        self.plain(range, before, after);
    }

    /// The stretch without connectors and marks at its ends.
    fn trimmed(&self, mut range: Range<usize>) -> Option<Range<usize>> {
        let page = self.page;
        let begins = |i: usize| {
            page.capitalised(i) || page.one_of(i, &["al", "el", "ul"]) && page.is(i + 1, b'-')
        };
        while range.start < range.end && !begins(range.start) {
            range.start += 1;
        }
        while range.start < range.end {
            let last = range.end - 1;
            let stop = page.is(last, b'.')
                && (page.tags(last - 1).any(Tags::SUFFIX.or(Tags::REGION))
                    || page.word(last - 1, "Jr")
                    || page.word(last - 1, "Sr")
                    || run_phrase_ends(page, &range));
            let syllable = last > range.start && page.is(last - 1, b'-') && page.glued(last);
            if page.capitalised(last)
                || page.low_tags(last).any(Tags::TEAM)
                || stop
                || syllable
                || page.possessive(last) && run_phrase_ends(page, &range)
            {
                break;
            }
            range.end -= 1;
        }
        (range.start < range.end).then_some(range)
    }

    pub(super) fn words(&self, range: &Range<usize>) -> usize {
        let page = self.page;
        range
            .clone()
            .filter(|&i| page.capitalised(i) || page.low_tags(i).any(Tags::TEAM))
            .count()
    }

    /// A stretch whose head decides, less a word at the start of the sentence that is none of it.
    fn headed(&mut self, mut range: Range<usize>, sort: Sort, points: i32, why: Why) {
        let page = self.page;
        let tags = page.tags(range.start);
        let more = self.words(&range) > 2;
        if range.start == self.first
            && more
            && (page.occurs_low(range.start) && !tags.any(Tags::PLACE.or(Tags::FIELD)))
        {
            range.start += 1;
        }
        // A person before a house of work is a different name only after a nationality or the like.
        let generic = self.words(&range) == 1
            || range
                .clone()
                .all(|i| !page.capitalised(i) || page.tags(i).any(Tags::DIRECTION));
        let mut evidence = Evidence::default();
        evidence.add(sort, if generic { points / 3 } else { points }, why);
        self.push(range, evidence, false);
    }

    /// A stretch that begins with a known phrase up to `cut`.
    fn fronted(
        &mut self,
        range: Range<usize>,
        cut: usize,
        tags: Tags,
        before: Before,
        after: After,
    ) {
        let page = self.page;
        let front = range.start..cut.min(range.end);
        let rest = self.trimmed(cut..range.end);
        let Some(rest) = rest else {
            let mut evidence = known(tags);
            if front.len() == 1 {
                self.single(front.start, tags, &mut evidence);
            }
            self.sides(&mut evidence, before, after);
            return self.push(front, evidence, true);
        };
        let glued = page.is(rest.start - 1, b'-') || page.is(rest.start - 1, b'&');
        let next = page.tags(rest.start);
        let thing = self.only_thing(&rest) && (tags.any(Tags::PLACE) || page.all_caps(range.start));
        if thing && !glued {
            return self.push(front, known(tags), true);
        }
        let person = self.person(&rest).0 >= 25;
        let place_next = next.any(Tags::PLACE) || run::phrase(page, rest.start, rest.end).is_some();
        if !glued && (person || place_next && tags.any(Tags::PLACE) || next.any(Tags::DEMONYM)) {
            self.push(front, known(tags), true);
            return self.stretch(rest, Before::Nothing, after);
        }
        if !glued && tags.any(Tags::COUNTRY) && self.is_model(&range, &rest) {
            self.push(front, known(tags), true);
            return self.stretch(rest, Before::Nothing, after);
        }
        let mut evidence = Evidence::default();
        if next.any(Tags::TEAM) {
            evidence.add(Sort::Body, 40, Why::HeadNoun);
        } else if tags.any(Tags::PLACE) {
            evidence.add(Sort::Body, 16, Why::Capitals);
        } else {
            // `Google Maps`: a thing of the body's.
            evidence.add(Sort::Other, 30, Why::Capitals);
        }
        self.sides(&mut evidence, before, after);
        self.push(range, evidence, false);
    }

    /// What is left when the first word, at the start of a sentence, is an ordinary word.
    fn loose_first(&self, range: &Range<usize>, before: Before) -> Option<Range<usize>> {
        let page = self.page;
        if range.start != self.first
            || before == Before::Title
            || self.words(range) < 2
            || self.style != Style::Prose
        {
            return None;
        }
        let tags = page.tags(range.start);
        if page.is(range.start + 1, b'-')
            || page.is(range.start + 1, b'.')
            || page.is(range.start + 1, b'&')
            || tags.any(Tags::PERSON.or(Tags::DIRECTION))
            || shape::korean_given(page, range.start + 1)
        {
            return None;
        }
        // `Hosts Villarreal`, `Senators Susan Collins and …`
        let several = page.tags(range.start + 1).any(Tags::GIVEN)
            && page
                .token(range.start)
                .is_some_and(|t| page.lexicon().plural(t, page.text).any(Tags::COMMON));
        let listed = page.spelling(range.start).ends_with('s')
            && !tags.any(
                Tags::PLACE
                    .or(Tags::BODY)
                    .or(Tags::TEAM)
                    .or(Tags::FIELD)
                    .or(Tags::PHRASE),
            )
            && (page.tags(range.start + 1).any(Tags::PLACE.or(Tags::BODY)) && range.len() == 2
                || run::phrase(page, range.start + 1, range.end)
                    .is_some_and(|(len, _)| range.start + 1 + len == range.end));
        let ordinary = listed
            || several
            || tags.any(Tags::COMMON.or(Tags::ROLE))
            || page.occurs_low(range.start)
            || shape::abstract_ending(page.spelling(range.start))
            || page.spelling(range.start).len() >= 5 && page.spelling(range.start).ends_with("ing");
        ordinary.then_some(range.start + 1..range.end)
    }

    /// A stretch nothing on the lists of places and bodies explains.
    fn plain(&mut self, range: Range<usize>, before: Before, after: After) {
        let page = self.page;
        let mut evidence = Evidence::default();
        let (points, why) = self.person(&range);
        evidence.add(Sort::Person, points, why);
        let tags = page.tags(range.start);
        if self.words(&range) == 1 {
            self.single(range.start, tags, &mut evidence);
        } else {
            let second = page.tags(range.start + 1);
            if tags.any(Tags::PLACE_OPENER)
                && !second.any(Tags::GIVEN.or(Tags::COMMON))
                && !shape::abstract_ending(page.spelling(range.start + 1))
            {
                evidence.add(Sort::Place, 30, Why::HeadNoun);
            }
            if page.tags(range.end - 1).any(Tags::CAPITALS) {
                evidence.add(Sort::Other, 30, Why::Capitals);
            }
            self.pair(&range, &mut evidence);
            if range.clone().any(|i| page.is(i, b'&')) {
                evidence.add(Sort::Body, 40, Why::Suffix);
            }
        }
        if before == Before::Title
            && page.tags(range.start).any(Tags::PLACE)
            && !page.tags(range.start).any(Tags::PERSON)
        {
            evidence.add(Sort::Place, 25, Why::KnownPlace);
        }
        self.sides(&mut evidence, before, after);
        self.push(range, evidence, false);
    }

    /// Adds a candidate.
    pub(super) fn push(&mut self, range: Range<usize>, mut evidence: Evidence, known: bool) {
        let page = self.page;
        let words = self.words(&range);
        let first_tags = page.tags(range.start);
        let initial = range.start == self.first
            || range.start.checked_sub(1).is_some_and(|i| {
                matches!(page.spelling(i), "\"" | "“" | ":" | "•" | "-" | "–" | "—")
                    && i <= self.first + 1
            });
        let weak_start = initial
            && words == 1
            && !page.all_caps(range.start)
            && (first_tags.any(Tags::COMMON.or(Tags::ROLE)) || page.occurs_low(range.start));
        if weak_start {
            evidence.add(Sort::Other, 38, Why::Capitals);
        }
        let headline = self.style != Style::Prose;
        let hash = hash(page, &range);
        let outer = Evidence::default();
        self.out.push(Candidate {
            range,
            sentence: self.sentence,
            evidence,
            outer,
            hash,
            words,
            known,
            headline,
        });
    }
}

/// The hash of the words of a range.
pub(super) fn hash(page: &Page<'_>, range: &Range<usize>) -> u64 {
    range
        .clone()
        .fold(0, |h, i| page.token(i).map_or(h, |t| join(h, t.key)))
}

/// Whether a known phrase such as `McDonald's` ends where the stretch does.
fn run_phrase_ends(page: &Page<'_>, range: &Range<usize>) -> bool {
    range
        .clone()
        .any(|i| run::phrase(page, i, range.end).is_some_and(|(len, _)| i + len == range.end))
}
