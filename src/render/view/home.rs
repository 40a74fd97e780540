//! The home page.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::model::Page;

/// Entries of the short lists.
const LATEST_ARTICLES: usize = 8;
const LATEST_EVENTS: usize = 7;

impl Briefing<'_> {
    /// The view of the home page.
    pub(crate) fn home_view(&self, linker: &Linker) -> HomeView {
        let order = self.links.order();
        let topics = order.iter().filter_map(|id| self.site.topics.get(id));
        let years = self.years();
        HomeView {
            lead: self.site.home().map(|page| self.lead(linker, page)),
            topics: topics.filter_map(|t| self.topic_card(linker, t)).collect(),
            disputes: self.disputes(linker, self.site.measures.values()),
            articles: self.article_items(linker, self.by_date().iter().rev().take(LATEST_ARTICLES)),
            events: self.latest_events(linker),
            years: years.map(|(a, b)| (a.to_string(), b.to_string())),
            all_articles: self.site.articles.len(),
            all_events: self.site.events.len(),
        }
    }

    fn lead(&self, linker: &Linker, page: &Page) -> HomeLead {
        let article = page
            .article
            .as_ref()
            .and_then(|a| self.site.articles.get(&a.value));
        let topics = article
            .and_then(|a| self.links.articles.get(a.id()))
            .map(|l| l.topics.as_slice());
        let topics = topics.unwrap_or_default().iter().map(|m| &m.topic);
        HomeLead {
            title: page.title.clone(),
            topics: self.topic_tags(linker, topics, |_| None),
            article: article.and_then(|a| self.article_item(linker, a, Vec::new())),
            lead: page.lead.clone().or_else(|| page.common.summary.clone()),
            blocks: self
                .home
                .map(|prose| self.prose_blocks(linker, prose).blocks)
                .unwrap_or_default(),
        }
    }

    fn latest_events(&self, linker: &Linker) -> Vec<EventItem> {
        let mut events: Vec<_> = self.site.events.values().collect();
        events.sort_by(|a, b| (&b.date, &b.common.id).cmp(&(&a.date, &a.common.id)));
        let events = events.into_iter().take(LATEST_EVENTS);
        events.map(|e| self.event_item(linker, e)).collect()
    }

    /// The articles in order of publication.
    pub(crate) fn by_date(&self) -> &[crate::model::Id] {
        self.links.by_date()
    }
}
