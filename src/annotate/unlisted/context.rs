//! Weighs what stands beside a candidate.

use super::evidence::{Sort, Why};
use super::lexicon::Tags;
use super::page::{Page, Style};
use super::shape;
use super::split::Candidate;

/// Words after the noun of an apposition: `a village north of`, `the mayor who`.
const AFTER_NOUN: &[&str] = &[
    "of",
    "in",
    "for",
    "at",
    "and",
    "who",
    "that",
    "which",
    "from",
    "with",
    "on",
    "to",
    "near",
    "based",
    "about",
    "some",
    "outside",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
];

/// Adds the evidence of the words around the candidate at `at`.
pub(super) fn weigh(page: &Page<'_>, candidates: &mut [Candidate], at: usize) {
    let Some(candidate) = candidates.get_mut(at) else {
        return;
    };
    let Some(line) = page.sentences.get(candidate.sentence) else {
        return;
    };
    let mut view = View {
        page,
        from: line.range.start,
        to: line.range.end,
        candidate,
    };
    if line.opens_block {
        view.dateline();
        view.byline();
    }
    if line.style != Style::Prose {
        // The neighbours of a headline's words say little.
        return;
    }
    view.before();
    view.after();
    view.around();
}

/// A candidate in its sentence.
pub(super) struct View<'v, 't> {
    pub(super) page: &'v Page<'t>,
    /// The sentence.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) candidate: &'v mut Candidate,
}

impl View<'_, '_> {
    pub(super) fn add(&mut self, sort: Sort, points: i32, why: Why) {
        self.candidate.outer.add(sort, points, why);
    }

    /// The token `back` places before the candidate, within the sentence.
    pub(super) fn left(&self, back: usize) -> Option<usize> {
        self.candidate
            .range
            .start
            .checked_sub(back)
            .filter(|&i| i >= self.from)
    }

    /// The words before.
    fn before(&mut self) {
        let page = self.page;
        let Some(mut at) = self.left(1) else { return };
        let the = page.one_of_any_case(at, &["the"]);
        if the {
            if self.candidate.words == 1 || !self.candidate.known {
                self.add(Sort::Person, -30, Why::Capitals);
            }
            if !self.candidate.known {
                self.add(Sort::Place, -8, Why::Capitals);
            }
            let first = self.candidate.range.start;
            if self.candidate.words == 1
                && page.tags(first).any(Tags::TEAM)
                && page.spelling(first).ends_with('s')
            {
                self.add(Sort::Body, 20, Why::BodyWord);
            }
            match at.checked_sub(1).filter(|&i| i >= self.from) {
                Some(next) => at = next,
                None => return,
            }
        }
        if page.one_of(at, &["a", "an"]) && self.candidate.words == 1 {
            // `a Ford`, `an Apple event`: one of a kind, or a modifier.
            self.add(Sort::Person, -20, Why::Capitals);
        }
        let tags = page.low_tags(at);
        if tags.any(Tags::ROLE) && !the && !page.one_of(at, &["general"]) {
            let company = tags.any(Tags::BODY_NOUN) || self.ordinary();
            self.add(Sort::Person, if company { 15 } else { 32 }, Why::Role);
        }
        if tags.any(Tags::BODY_NOUN) && !the {
            self.add(
                Sort::Body,
                if tags.any(Tags::ROLE) { 10 } else { 24 },
                Why::BodyWord,
            );
        }
        if tags.any(Tags::PLACE_NOUN) && !the {
            self.add(
                Sort::Place,
                if self.ordinary() { 8 } else { 25 },
                Why::PlaceWord,
            );
        }
        if page.one_of(at, &["said", "says", "added"]) {
            self.add(Sort::Person, 14, Why::Speech);
        }
        if page.one_of(at, &["told"]) {
            self.add(Sort::Body, if the { 20 } else { 14 }, Why::Speech);
        }
        if page.one_of(at, &["named", "nicknamed"]) {
            self.add(Sort::Person, 18, Why::Role);
        }
        if page.one_of(at, &["old"]) && page.glued(at) {
            self.add(Sort::Person, 28, Why::Age);
        }
        let versus = if page.one_of(at, &["over", "to", "with", "by"]) {
            at.checked_sub(1).filter(|&i| i >= self.from)
        } else {
            Some(at)
        };
        if self.city() && versus.is_some_and(|i| page.low_tags(i).any(Tags::CONTEST)) {
            self.add(Sort::Body, 14, Why::BodyWord);
        }
        // `Jane Roe, 55, of Addison`
        if page.one_of(at, &["of"])
            && at >= self.from + 2
            && page.is(at - 1, b',')
            && page.is_number(at - 2)
        {
            self.add(Sort::Place, 26, Why::PlaceWord);
        }
        if page.one_of(at, &["of"])
            && let Some(noun) = at.checked_sub(1).filter(|&i| i >= self.from)
        {
            self.before_of(noun);
        } else if page.one_of(at, &["for", "at", "in", "from", "with"])
            && let Some(noun) = at.checked_sub(1).filter(|&i| i >= self.from)
            && (page.one_of(at, &["at"]) && page.low_tags(noun).any(Tags::ROLE)
                || page.low_tags(noun).any(Tags::EMPLOYED))
        {
            let role = if page.one_of(at, &["in"]) && !page.one_of(noun, &["shares", "stake"]) {
                0
            } else {
                28
            };
            self.add(Sort::Body, role, Why::BodyWord);
            return;
        }
        if page.one_of(at, &["by"]) {
            let work = at.checked_sub(1).is_some_and(|i| {
                page.one_of_any_case(
                    i,
                    &["reporting", "editing", "writing", "written", "compiled"],
                )
            });
            self.add(Sort::Person, if work { 45 } else { 3 }, Why::Dateline);
        }
        if !the || self.candidate.known {
            self.preposition(at);
        }
    }

    /// The unknown subject of a fragment: `Later Ramsett enrolled`.
    fn lone_subject(&self) -> bool {
        let page = self.page;
        let first = self.candidate.range.start;
        let free = first == self.from
            || self.left(1).is_some_and(|i| {
                page.is(i, b',')
                    || page.one_of(
                        i,
                        &[
                            "and", "but", "when", "that", "while", "before", "after", "because",
                            "as", "where", "if", "than",
                        ],
                    )
            });
        page.fragment()
            && free
            && self.candidate.words == 1
            && !self.candidate.known
            && !self.ordinary()
            && !shape::abstract_ending(page.spelling(first))
    }

    /// A city of the lists, whose team may go by its name.
    fn city(&self) -> bool {
        self.candidate.known && self.candidate.evidence.of(Sort::Place) == 40
    }

    /// A lone word that is also an ordinary one.
    fn ordinary(&self) -> bool {
        let first = self.candidate.range.start;
        self.candidate.words == 1
            && (self.page.tags(first).any(Tags::COMMON.or(Tags::ROLE))
                || !self.candidate.known && shape::abstract_ending(self.page.spelling(first)))
            && !self.page.tags(first).any(Tags::PERSON)
    }

    /// `city of X`, `shares of X`.
    fn before_of(&mut self, noun: usize) {
        let tags = self.page.word_tags(noun);
        if tags.any(Tags::PLACE_NOUN)
            || self.page.one_of(
                noun,
                &[
                    "north",
                    "south",
                    "east",
                    "west",
                    "northeast",
                    "northwest",
                    "southeast",
                    "southwest",
                    "outside",
                    "people",
                    "university",
                    "bishop",
                    "archbishop",
                ],
            )
        {
            self.add(Sort::Place, 24, Why::PlaceWord);
        }
        if tags.any(Tags::BODY_BEFORE_OF) && !self.page.capitalised(noun) {
            self.add(
                Sort::Body,
                if tags.any(Tags::ROLE) { 10 } else { 18 },
                Why::BodyWord,
            );
        }
        if tags.any(Tags::KIN) {
            self.add(Sort::Person, 20, Why::Role);
        }
    }

    /// `in X`, `near X`.
    fn preposition(&mut self, at: usize) {
        let page = self.page;
        let tags = page.word_tags(at);
        if !tags.any(Tags::PREPOSITION) || page.capitalised(at) && at != self.from {
            return;
        }
        let points = match page.spelling(at) {
            _ if tags.any(Tags::NEAR) => 24,
            "in" | "In" => 18,
            "into" | "Into" | "past" => 16,
            "from" | "at" | "to" | "From" | "At" | "To" if page.fragment() => 10,
            "within" | "between" | "off" | "inside" => 4,
            _ => 6,
        };
        // `in Apple shares`: a modifier says nothing of its place.
        let after = self.candidate.range.end;
        let modifier = page.low_tags(after).any(Tags::BODY_AFTER) && after < self.to;
        if !modifier {
            self.add(Sort::Place, points, Why::PlaceWord);
            if self.candidate.words > 1 || points >= 18 {
                self.add(Sort::Person, -points / 2, Why::Capitals);
            }
        }
    }

    /// The words after.
    fn after(&mut self) {
        let page = self.page;
        let mut at = self.candidate.range.end;
        if at >= self.to {
            return;
        }
        let taken = page.owner(at);
        let owner = taken > 0;
        at += taken;
        if at >= self.to {
            return;
        }
        if page.is(at, b'-') && page.glued(at) && page.glued(at + 1) {
            return self.hyphenated(at + 1);
        }
        let tags = page.low_tags(at);
        if tags.any(Tags::BODY_AFTER) {
            self.add(Sort::Body, if owner { 8 } else { 18 }, Why::BodyWord);
            if owner && self.candidate.words == 1 {
                self.add(Sort::Place, 4, Why::Capitals);
            }
        }
        if self.city() && tags.any(Tags::TEAM_ROLE) {
            self.add(Sort::Body, 30, Why::BodyWord);
        }
        if tags.any(Tags::PLACE_NOUN) && !owner {
            self.add(Sort::Place, 18, Why::PlaceWord);
        }
        if owner && tags.any(Tags::KIN) {
            self.add(Sort::Person, 16, Why::Role);
        }
        if owner && tags.any(Tags::REALM) {
            self.add(Sort::Place, 14, Why::PlaceWord);
        }
        if !owner {
            if self.ordinary() {
                // `Police said`: no name, however often it is said.
                self.add(
                    Sort::Body,
                    i32::from(tags.any(Tags::BODY_ACT.or(Tags::SPEECH))) * 4,
                    Why::Speech,
                );
            } else if tags.any(Tags::SPEECH) {
                self.add(Sort::Person, 14, Why::Speech);
                self.add(Sort::Body, 6, Why::Speech);
            } else if tags.any(Tags::ACT)
                || page.low_tags(at) == Tags::default() && page.spelling(at).ends_with("ed")
            {
                // In a fragment the full name may stand outside it.
                let lone = self.lone_subject();
                self.add(Sort::Person, if lone { 16 } else { 5 }, Why::Speech);
                self.add(Sort::Body, 2, Why::Speech);
            } else if tags.any(Tags::BODY_ACT) {
                self.add(Sort::Body, 8, Why::Speech);
                self.add(Sort::Person, 4, Why::Speech);
            }
            if page.one_of(at, &["who", "whose"]) {
                self.add(Sort::Person, 28, Why::Speech);
            }
        }
        if page.is(at, b',') && !owner {
            self.apposition(at + 1);
        }
    }

    /// `Seoul-based`, `Paris-born`.
    fn hyphenated(&mut self, at: usize) {
        let page = self.page;
        if page.one_of(at, &["based", "born", "bound", "area", "headquartered"]) {
            self.add(Sort::Place, 28, Why::PlaceWord);
        } else if page.one_of(at, &["owned", "made", "backed", "branded", "affiliated"]) {
            self.add(Sort::Body, 5, Why::BodyWord);
        }
    }

    /// `, 49,`; `, the mayor of`; `, a company`; `, who`.
    fn apposition(&mut self, at: usize) {
        let page = self.page;
        // `Springfield, Ohio`
        let other = self.candidate.evidence.of(Sort::Other) >= 30;
        if !self.candidate.known
            && !other
            && page.capitalised(at)
            && at < self.to
            && self.candidate.evidence.of(Sort::Person) < 25
        {
            let tags = page
                .phrase(at, self.to)
                .map_or_else(|| page.tags(at), |(_, tags)| tags);
            if tags.any(Tags::COUNTRY.or(Tags::REGION)) && !tags.any(Tags::PERSON) {
                return self.add(Sort::Place, 20, Why::PlaceWord);
            }
        }
        if page.is_number(at) && (page.is(at + 1, b',') || page.is(at + 1, b'.')) {
            let age: u32 = page.spelling(at).parse().unwrap_or(0);
            if (5..=110).contains(&age) {
                return self.add(Sort::Person, 40, Why::Age);
            }
        }
        if page.one_of(at, &["who", "whose"]) {
            return self.add(Sort::Person, 38, Why::Speech);
        }
        if page.one_of(at, &["which", "where"]) {
            self.add(Sort::Person, -15, Why::Capitals);
            let place = if page.one_of(at, &["where"]) { 20 } else { 0 };
            return self.add(Sort::Place, place, Why::PlaceWord);
        }
        let article = page.one_of(
            at,
            &[
                "a", "an", "the", "his", "her", "its", "their", "one", "another", "former",
            ],
        );
        let bare = page.low_tags(at).any(Tags::ROLE)
            || page.tags(at).any(Tags::TITLE) && page.capitalised(at);
        if !article && !bare {
            return;
        }
        // The noun of an apposition comes within a few words, before a verb, a mark or `of`.
        for i in at..self.to.min(at + 7) {
            if page.is(i, b',')
                || page.one_of(
                    i,
                    &[
                        "of", "in", "for", "at", "and", "who", "that", "which", "is", "was",
                    ],
                )
            {
                break;
            }
            let after_noun = page.is(i + 1, b',')
                || page.is(i + 1, b'.')
                || i + 1 >= self.to
                || page.one_of(i + 1, AFTER_NOUN);
            if !(after_noun || bare && i == at) {
                continue;
            }
            let tags = page.word_tags(i);
            if tags.any(Tags::ROLE.or(Tags::TITLE)) && !tags.any(Tags::PLACE_NOUN) {
                self.add(Sort::Person, if article { 30 } else { 22 }, Why::Role);
            } else if tags.any(Tags::PLACE_NOUN) {
                self.add(Sort::Place, 24, Why::PlaceWord);
            } else if tags.any(Tags::BODY_NOUN) {
                self.add(Sort::Body, 26, Why::BodyWord);
            }
            break;
        }
    }
}

impl Page<'_> {
    /// Whether the token is one of these lower-case words, in any case.
    pub(super) fn one_of_any_case(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .any(|w| self.spelling(at).eq_ignore_ascii_case(w))
    }
}
