//! The ways from an article or event to those before and after it in its topics.

use super::Briefing;
use super::address::Linker;
use super::types::{Link, PagerView};
use crate::model::{Id, Kind};

/// What stands before something, and what after it.
type Sides<'a> = (Option<&'a Id>, Option<&'a Id>);

impl Briefing<'_> {
    /// Previous and next in each topic, among its articles or events in order of time. Topics in which they are the same share one.
    pub(crate) fn pagers<'a>(
        &self,
        linker: &Linker,
        kind: Kind,
        of: &Id,
        topics: impl IntoIterator<Item = &'a Id>,
    ) -> Vec<PagerView> {
        let link = |id: &Id| {
            Some(Link {
                href: linker.to(kind, id)?,
                text: self.link_name(kind, id)?,
            })
        };
        let beside = |topic: &Id| {
            let links = self.links.lists_of_topic(topic)?;
            // Events are listed in order of time, articles latest first.
            let (list, at) = match kind {
                Kind::Event => (
                    &links.events,
                    links.place_of_event(self.site.looked_at(), of)?,
                ),
                _ => (
                    &links.articles,
                    links.place_of_article(self.site.looked_at(), of)?,
                ),
            };
            let (before, after) = (
                at.checked_sub(1).and_then(|i| list.get(i)),
                list.get(at + 1),
            );
            let sides = match kind {
                Kind::Event => (before, after),
                _ => (after, before),
            };
            (sides != (None, None)).then_some(sides)
        };
        // Topics that lead to the same neighbours share a pager.
        let mut shared: Vec<(Sides, Vec<String>)> = Vec::new();
        for topic in topics {
            let (Some(sides), Some(title)) = (beside(topic), self.link_name(Kind::Topic, topic))
            else {
                continue;
            };
            match shared.iter_mut().find(|(known, _)| *known == sides) {
                Some((_, titles)) => titles.push(title),
                None => shared.push((sides, vec![title])),
            }
        }
        let pagers = shared
            .into_iter()
            .map(|((previous, next), titles)| PagerView {
                topic: self.strings.list(&titles),
                previous: previous.and_then(link),
                next: next.and_then(link),
            });
        pagers
            .filter(|p| p.previous.is_some() || p.next.is_some())
            .collect()
    }
}
