//! The frame of a candidate: datelines, bylines, quotation marks and brackets.

use super::context::View;
use super::evidence::{Sort, Why};
use super::lexicon::Tags;

impl View<'_, '_> {
    /// `SEOUL (Agency) -`, `WASHINGTON, Dec 5 (Agency) —`, `Beijing —`.
    pub(super) fn dateline(&mut self) {
        let start = self.candidate.range.start;
        if start > self.from + 10 {
            return;
        }
        let page = self.page;
        let reach = self.to.min(self.from + 16);
        let Some(dash) = (self.from..reach).find(|&i| {
            matches!(page.spelling(i), "-" | "–" | "—" | "--")
                && !(page.glued(i) && page.glued(i + 1))
                && i > self.candidate.range.start
        }) else {
            return;
        };
        let fits = |i: usize| {
            page.capitalised(i)
                || page.is_number(i)
                || page.one_of(i, &["and", "of", "de", "the", "el"])
                || matches!(page.spelling(i), "," | "." | "(" | ")" | "/" | "-")
        };
        let paren = (self.from..dash).find(|&i| page.is(i, b'('));
        let shouted = page.all_caps(self.from);
        let only_place = (self.from..dash)
            .all(|i| page.capitalised(i) || page.is(i, b',') || page.is(i, b'.'))
            && dash <= self.from + 6
            && (shouted || page.tags(self.from).any(Tags::PLACE.or(Tags::PLACE_OPENER)));
        let agency = paren.is_some_and(|p| p > self.from && page.is(dash - 1, b')'));
        if !(self.from..dash).all(fits) || !(agency || only_place) {
            return;
        }
        if paren.is_some_and(|p| start > p) {
            self.add(Sort::Body, 45, Why::Dateline);
        } else {
            self.add(Sort::Place, 60, Why::Dateline);
        }
        self.candidate.known = true;
    }

    /// `By Song Sang-ho` at the head of a block; `Reporting by X; editing by Y` anywhere.
    pub(super) fn byline(&mut self) {
        let page = self.page;
        if self.candidate.range.start == self.from + 1
            && page.one_of_any_case(self.from, &["by"])
            && self.candidate.words >= 2
            && self.to <= self.from + 14
        {
            self.add(Sort::Person, 25, Why::Dateline);
        }
    }

    /// Marks around: a quoted title of a work.
    pub(super) fn around(&mut self) {
        let page = self.page;
        let Some(before) = self.left(1) else { return };
        let after = self.candidate.range.end;
        let opened = matches!(page.spelling(before), "\"" | "“" | "‘" | "'")
            && page.glued(self.candidate.range.start);
        let closed = matches!(page.spelling(after), "\"" | "”" | "’" | "'") && page.glued(after)
            || matches!(page.spelling(after), "," | ".")
                && matches!(page.spelling(after + 1), "\"" | "”");
        // `process automation (RPA)`: short for words that are no name.
        if page.is(before, b'(')
            && page.is(after, b')')
            && page.all_caps(self.candidate.range.start)
            && self.candidate.words == 1
            && before > self.from
            && !page.capitalised(before - 1)
            && !page.is_number(before - 1)
        {
            let last = page.spelling(self.candidate.range.start).chars().last();
            let same = page
                .spelling(before - 1)
                .chars()
                .next()
                .map(|c| c.to_ascii_uppercase())
                == last;
            self.add(Sort::Other, if same { 35 } else { 5 }, Why::Acronym);
        }
        if opened && closed {
            self.add(Sort::Other, 45, Why::Capitals);
        }
    }
}
