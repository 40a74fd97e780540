//! A topic's page.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::link::TopicLinks;
use crate::model::{EntityType, Fact, Id, Kind, Ref, Topic};

impl Briefing<'_> {
    /// The view of a topic's page.
    pub(crate) fn topic_view(&self, linker: &Linker, topic: &Topic) -> TopicView {
        let id = &topic.common.id;
        let none = TopicLinks::default();
        let links = self.links.topics.get(id).unwrap_or(&none);
        let prose = self.prose_text(linker, &Ref::new(Kind::Topic, id));
        let measures: Vec<_> = links
            .measures
            .iter()
            .filter_map(|m| self.site.measures.get(m))
            .collect();
        let latest = links
            .articles
            .first()
            .and_then(|a| self.site.articles.get(a));
        TopicView {
            title: topic.title.clone(),
            names: super::parts::names(&topic.names),
            lead: topic.lead.clone(),
            years: self.years_of(&links.events),
            known_to: latest.map(|a| self.published(a)),
            blocks: prose.blocks,
            footnotes_html: prose.footnotes,
            facts: topic.facts.iter().map(|f| self.fact(linker, f)).collect(),
            chart: self.topic_chart(topic, &links.events),
            events: self.topic_events(linker, links),
            articles: self.topic_articles(linker, id, &links.articles),
            actors: self.actors(linker, &links.entities),
            measures: measures
                .iter()
                .filter_map(|m| self.measure_item(linker, m))
                .collect(),
            disputes: measures
                .iter()
                .filter_map(|m| self.dispute(linker, m, true))
                .collect(),
            words: self.words_among(linker, &links.articles),
            gaps: topic.gaps.clone(),
            feed: self.base_url.map(|_| "feed.xml".to_owned()),
            extra: topic.common.extra.clone(),
        }
    }

    /// Its events, and those that nobody has written and its articles tell of, in order of time.
    fn topic_events(&self, linker: &Linker, links: &TopicLinks) -> Vec<EventItem> {
        let dated = links
            .events
            .iter()
            .filter_map(|id| self.site.events.get(id));
        let mut items: Vec<_> = dated
            .map(|e| (e.date.clone(), self.event_item(linker, e)))
            .collect();
        items.extend(self.unwritten(linker, |article| links.articles.contains(article)));
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn fact(&self, linker: &Linker, fact: &Fact) -> RecordLine {
        let measure = fact
            .measure
            .as_ref()
            .and_then(|m| self.site.measures.get(&m.value));
        let disputed = measure
            .and_then(|m| self.dispute(linker, m, true))
            .filter(|d| d.class.is_empty());
        RecordLine {
            label: fact.label.clone(),
            parts: vec![TextPart {
                text: fact.value.clone(),
                href: None,
            }],
            gap: fact
                .evidence
                .is_empty()
                .then(|| self.strings.get("gap.no_source").to_owned()),
            traces: fact
                .evidence
                .iter()
                .filter_map(|e| self.trace_quote(linker, &e.article.value, &e.quote))
                .collect(),
            small: fact.note.clone(),
            warn: disputed.and_then(|d| {
                Some(Link {
                    href: d.href?,
                    text: self.strings.get("dispute.differ").to_owned(),
                })
            }),
        }
    }

    fn topic_chart(&self, topic: &Topic, events: &[Id]) -> Option<ChartView> {
        let points = self.chart_points(events);
        let chart = self.with_chart_words(&topic.title, |words| {
            super::chart::topic("topic", &points, words)
        })?;
        Some(ChartView {
            caption: self.strings.get("topic.chart").to_owned(),
            svg_html: chart.svg,
            marks: chart.marks,
        })
    }

    fn topic_articles(&self, linker: &Linker, topic: &Id, articles: &[Id]) -> Vec<ArticleItem> {
        articles
            .iter()
            .filter_map(|id| {
                let memberships = &self.links.articles.get(id)?.topics;
                let membership = memberships.iter().find(|m| m.topic == *topic)?;
                self.article_item(
                    linker,
                    self.site.articles.get(id)?,
                    self.membership(membership),
                )
            })
            .collect()
    }

    fn actors(&self, linker: &Linker, named: &[(Id, usize, usize)]) -> Vec<Group<EntityItem>> {
        let mut groups = Vec::new();
        for entity_type in EntityType::ALL {
            let items: Vec<EntityItem> = named
                .iter()
                .filter_map(|(id, articles, mentions)| {
                    let entity = self.site.entities.get(id)?;
                    let item = self
                        .entity_item(linker, entity)
                        .filter(|_| entity.entity_type == entity_type)?;
                    Some(EntityItem {
                        articles: *articles,
                        mentions: *mentions,
                        ..item
                    })
                })
                .collect();
            if !items.is_empty() {
                groups.push(Group {
                    id: format!("in-{}", entity_type.folder()),
                    title: self
                        .strings
                        .get(&format!("section.{}", entity_type.folder()))
                        .to_owned(),
                    items,
                });
            }
        }
        groups
    }
}
