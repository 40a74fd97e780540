//! Headlines in title case or in capitals.

use std::ops::Range;

use super::evidence::{Evidence, Sort};
use super::inner::known;
use super::lexicon::Tags;
use super::split::Splitter;
use super::{run, shape};

impl Splitter<'_, '_> {
    /// Where most words have capitals only the lists and pairs of a given and another name speak;
    /// the rest of the document may know more.
    pub(super) fn headline(&mut self, range: Range<usize>) {
        let page = self.page;
        let mut at = range.start;
        while at < range.end {
            let tags = page.tags(at);
            if let Some((len, tags)) = run::phrase(page, at, range.end) {
                if !tags.any(Tags::DEMONYM.or(Tags::THING)) {
                    self.push(at..at + len, known(tags), true);
                }
                at += len;
                continue;
            }
            if !page.capitalised(at) || run::barrier(page, at, self.style) {
                at += 1;
                continue;
            }
            let plain = |i: usize| {
                let tags = page.tags(i);
                page.capitalised(i)
                    && !run::barrier(page, i, self.style)
                    && !tags.any(
                        Tags::COMMON
                            .or(Tags::BODY_END)
                            .or(Tags::THING)
                            .or(Tags::DEMONYM)
                            .or(Tags::TITLE)
                            .or(Tags::ROLE),
                    )
            };
            let mut end = at + 1;
            if tags.any(Tags::GIVEN)
                && !tags.any(Tags::COMMON)
                && at + 1 < range.end
                && plain(at + 1)
                && page.tags(at + 1).any(Tags::FAMILY)
            {
                end = at + 2;
            }
            if tags.any(Tags::FAMILY_FIRST) && shape::korean_given(page, at + 1) {
                end = (at + 4).min(range.end);
            }
            let listed = tags.any(Tags::PLACE.or(Tags::BODY).or(Tags::FAMILY))
                && !tags.any(Tags::COMMON.or(Tags::DEMONYM));
            if end > at + 1 {
                let (points, why) = self.person(&(at..end));
                let mut evidence = Evidence::default();
                evidence.add(Sort::Person, points, why);
                self.push(at..end, evidence, false);
            } else if listed {
                self.push(at..end, known(tags), true);
            }
            at = end;
        }
    }
}
