//! Events that nobody has written, as timelines list them where the site allows.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::base::Edtf;
use crate::link::Unwritten;
use crate::model::{DateBasis, Id, Rights, Status};

impl Briefing<'_> {
    /// Events that nobody has written, in order of time: those that `told` lets in by the articles that tell of them. There
    /// are none where the site does not publish them.
    pub(crate) fn unwritten(
        &self,
        linker: &Linker,
        told: impl Fn(&Id) -> bool,
    ) -> Vec<(Edtf, EventItem)> {
        if !self.site.config.layers.events {
            return Vec::new();
        }
        let numbered = self.links.unwritten().iter().zip(1..);
        numbered
            .filter(|(event, _)| event.statements.iter().any(|s| told(&s.article)))
            .filter_map(|(event, n)| {
                Some((event.date.clone(), self.unwritten_item(linker, event, n)?))
            })
            .collect()
    }

    /// An event that nobody has written, in a list. One whose sentences may not be printed is left out.
    fn unwritten_item(&self, linker: &Linker, event: &Unwritten, n: usize) -> Option<EventItem> {
        let s = self.strings;
        let open = |article: &Id| {
            let article = self.site.articles.get(article);
            article.is_some_and(|a| a.rights == Rights::Full)
        };
        let statements: Vec<_> = event
            .statements
            .iter()
            .filter(|s| open(&s.article))
            .collect();
        let first = statements.first()?;
        let sentence = self.sentences(&first.article, first.passage.first, first.passage.last)?;
        let reasons = statements.iter().map(|statement| {
            let parts = statement.finding.parts.iter();
            let mut words: Vec<String> = parts
                .map(|(part, _)| self.part(event.place.as_ref(), part))
                .collect();
            words.push(s.format("evidence.does", &[("verb", &event.verb)]));
            let trace = self.trace(linker, &statement.article, Some(statement.passage));
            ReasonView {
                kind: s.get("state.automatic").to_owned(),
                about: None,
                text: words.join(s.get("evidence.between")),
                traces: trace.into_iter().collect(),
            }
        });
        let mut status = s.get("evidence.unwritten").to_owned();
        if event.status == Status::Planned {
            let planned = s.get("status.planned");
            status = s.format("evidence.and", &[("one", planned), ("other", &status)]);
        }
        let title = crate::link::unwritten::title(&sentence);
        Some(EventItem {
            id: format!("u-{n}"),
            date: s.date_view(&event.date, DateBasis::Stated, None),
            apart: None,
            title: Some(title).filter(|t| !t.is_empty())?,
            href: None,
            summary: None,
            status: "automatic",
            status_text: Some(status),
            reasons: reasons.collect(),
            traces: Vec::new(),
            topics: Vec::new(),
            here: false,
        })
    }
}
