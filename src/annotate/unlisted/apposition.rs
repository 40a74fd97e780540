//! What stands in apposition to a candidate: an age, an office, the noun for what it is.

use super::context::View;
use super::evidence::{Sort, Why};
use super::lexicon::Tags;

/// Words after the noun of an apposition: `a village north of`, `the mayor who`.
const AFTER_NOUN: &[&str] = &[
    "of", "in", "for", "at", "and", "who", "that", "which", "from", "with", "on", "to", "near",
    "based", "about", "some", "behind", "owned", "run", "led", "whose", "outside",
];

/// The points of the compass: `a village north of`, `north of X`.
pub(super) const COMPASS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
];

impl View<'_, '_> {
    /// Whether a word may go on after the noun of an apposition.
    fn goes_on(&self, at: usize) -> bool {
        self.page.one_of(at, AFTER_NOUN) || self.page.one_of(at, COMPASS)
    }

    /// Whether the noun of an apposition ends before a token.
    fn ends_before(&self, at: usize) -> bool {
        let page = self.page;
        page.is(at, b',') || page.is(at, b'.') || at >= self.to || self.goes_on(at)
    }

    /// `foreign minister` in `X, France's foreign minister`.
    fn office(&mut self, at: usize) {
        let page = self.page;
        for i in at..self.to.min(at + 5) {
            let tags = page.word_tags(i);
            if page.is(i, b',') || self.goes_on(i) {
                break;
            }
            if tags.any(Tags::ROLE.or(Tags::TITLE)) && self.ends_before(i + 1) {
                return self.add(Sort::Person, 28, Why::Role);
            }
        }
    }

    /// `, 49,`; `, the mayor of`; `, a company`; `, who`.
    pub(super) fn apposition(&mut self, at: usize) {
        let page = self.page;
        // `Springfield, Ohio`
        let other = self.candidate.evidence.of(Sort::Other) >= 30;
        if !self.candidate.known
            && !other
            && page.capitalised(at)
            && at < self.to
            && self.candidate.evidence.of(Sort::Person) < 25
        {
            let (len, tags) = page
                .phrase(at, self.to)
                .unwrap_or_else(|| (1, page.tags(at)));
            let owner = page.owner(at + len);
            if owner > 0 && tags.any(Tags::PLACE.or(Tags::BODY)) {
                return self.office(at + len + owner);
            }
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
            if !(self.ends_before(i + 1) || bare && i == at) {
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
