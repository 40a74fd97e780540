//! Weighs what stands beside a candidate.

use super::apposition::COMPASS;
use super::evidence::{Sort, Why};
use super::lexicon::Tags;
use super::page::{Page, Style};
use super::shape;
use super::split::Candidate;

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
        self.described(at);
        // `Uganda's Bobi Wine`
        let owned = at > self.from
            && page.owner(at) > 0
            && page.tags(at - 1).any(Tags::COUNTRY)
            && self.candidate.words == 2;
        if owned && !self.candidate.known {
            self.add(Sort::Person, 6, Why::Capitals);
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

    /// `the glittering Imperial Crown`: nobody's name has an article and an adjective before it, a role aside.
    fn described(&mut self, at: usize) {
        let page = self.page;
        let article = at.checked_sub(1).is_some_and(|i| {
            i >= self.from && page.one_of_any_case(i, &["the", "a", "an", "its", "their"])
        });
        let role = Tags::ROLE
            .or(Tags::KIN)
            .or(Tags::PLACE_NOUN)
            .or(Tags::BODY_NOUN)
            .or(Tags::PREPOSITION);
        let word = page.spelling(at);
        let adjective = !page.capitalised(at)
            && !page.low_tags(at).any(role)
            && ["ing", "ed", "ous", "al", "ic", "ful", "ive", "ary"]
                .iter()
                .any(|end| word.ends_with(end));
        if article && adjective && !self.candidate.known {
            self.add(Sort::Person, -12, Why::Capitals);
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

    /// `Ordinary` in `Ordinary workers were angry.`
    fn opening_adjective(&self) -> bool {
        let first = self.candidate.range.start;
        let word = self.page.spelling(first);
        first == self.from
            && self.candidate.words == 1
            && !self.candidate.known
            && [
                "al", "ary", "ory", "ous", "ive", "ic", "able", "ible", "ful", "less",
            ]
            .iter()
            .any(|end| word.len() > 5 && word.ends_with(end))
    }

    /// A country, city or region of the lists that is no body as well: its leader makes it none.
    fn known_place(&self) -> bool {
        let said = &self.candidate.evidence;
        self.candidate.known && said.of(Sort::Place) >= 40 && said.of(Sort::Body) < 40
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
        // `the village of X`, but `the Line of Control`
        let first = self.from == noun;
        if tags.any(Tags::PLACE_NOUN) && (first || !self.page.capitalised(noun)) {
            let points = if self.ordinary() { 24 } else { 34 };
            self.add(Sort::Place, points, Why::PlaceWord);
            self.add(Sort::Person, -20, Why::Capitals);
        } else if !tags.any(Tags::PLACE_NOUN)
            && (self.page.one_of(noun, COMPASS)
                || self.page.one_of(
                    noun,
                    &["outside", "people", "university", "bishop", "archbishop"],
                ))
        {
            self.add(Sort::Place, 24, Why::PlaceWord);
        }
        let body = tags.any(Tags::BODY_BEFORE_OF) && !self.known_place();
        if body && !self.page.capitalised(noun) {
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
        if tags.any(Tags::BODY_AFTER) && !self.known_place() && !self.opening_adjective() {
            self.add(Sort::Body, if owner { 8 } else { 18 }, Why::BodyWord);
            if owner && self.candidate.words == 1 {
                self.add(Sort::Place, 4, Why::Capitals);
            }
        }
        if self.city() && tags.any(Tags::TEAM_ROLE) {
            self.add(Sort::Body, 48, Why::BodyWord);
        }
        let won =
            tags.any(Tags::CONTEST) && !page.one_of(at, &["host", "hosts", "hosted", "against"]);
        if self.city() && !owner && won {
            self.add(Sort::Body, 30, Why::BodyWord);
        }
        if tags.any(Tags::PLACE_NOUN) && !owner {
            // `the Tigray region`, but `a Trump state`, `the Canaanite city`
            let word = page.spelling(self.candidate.range.end - 1);
            let people = ["ite", "ian", "ean", "ese", "ish", "ic"]
                .iter()
                .any(|end| word.ends_with(end));
            let named =
                !self.ordinary() && !people && !page.one_of(at, &["state", "border", "area"]);
            let points = if named { 27 } else { 18 };
            self.add(Sort::Place, points, Why::PlaceWord);
        }
        // `Path A`
        let letter = page.spelling(at).len() == 1 && page.capitalised(at) && !page.glued(at);
        if letter && !owner && self.candidate.words == 1 && !self.candidate.known {
            self.add(Sort::Other, 30, Why::Capitals);
        }
        // `Bruins 5, Devils 1`
        let first = self.candidate.range.start;
        let score = page.is_number(at) && page.spelling(at).len() <= 2;
        if score && self.candidate.words == 1 && page.tags(first).any(Tags::TEAM) {
            self.add(Sort::Body, 25, Why::BodyWord);
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
}

impl Page<'_> {
    /// Whether the token is one of these lower-case words, in any case.
    pub(super) fn one_of_any_case(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .any(|w| self.spelling(at).eq_ignore_ascii_case(w))
    }
}
