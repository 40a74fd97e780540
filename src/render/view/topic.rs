//! A topic's page.

use std::collections::{BTreeMap, BTreeSet};

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::link::chains::ChainLink;
use crate::link::{Joined, Passage, TopicLinks};
use crate::model::{EntityType, Event, Fact, Id, Kind, Ref, Topic};

/// The most events and the most speeches that are told of an actor.
const PARTS: usize = 5;

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
        let (actors, named) = self.actors(linker, links);
        let (missing, more_missing) = self.topic_gaps(linker, id);
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
            events: self.topic_events(linker, id, links),
            articles: self.topic_articles(linker, id, &links.articles),
            chains: self.topic_chains(linker, &links.events),
            actors,
            named,
            measures: measures
                .iter()
                .filter_map(|m| self.measure_item(linker, m))
                .collect(),
            disputes: self.disputes(linker, measures.iter().copied()),
            words: self.words_among(linker, &links.articles),
            gaps: topic.gaps.clone(),
            missing,
            all_gaps: more_missing.then(|| linker.to_address("gaps/")),
            feed: self.base_url.map(|_| "feed.xml".to_owned()),
            extra: topic.common.extra.clone(),
        }
    }

    /// Its events, and those that nobody has written and its articles tell of, in order of time.
    fn topic_events(&self, linker: &Linker, topic: &Id, links: &TopicLinks) -> Vec<EventItem> {
        let dated = links.events.iter();
        let dated = dated.filter_map(|id| Some((id, self.site.events.get(id)?)));
        let item = |(id, event): (&Id, &Event)| EventItem {
            reasons: self.why_there(topic, id),
            ..self.event_item(linker, event)
        };
        let mut items: Vec<_> = dated.map(|e| (e.1.date.clone(), item(e))).collect();
        let articles: BTreeSet<&Id> = links.articles.iter().collect();
        items.extend(self.unwritten(linker, |article| articles.contains(article)));
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        items.into_iter().map(|(_, item)| item).collect()
    }

    /// Why an event belongs to the topic, where no editor says so.
    fn why_there(&self, topic: &Id, event: &Id) -> Vec<ReasonView> {
        let s = self.strings;
        let links = self.links.events.get(event);
        let reasons = links
            .and_then(|l| l.joined.get(topic))
            .into_iter()
            .flatten();
        let told = reasons.map(|reason| match reason {
            Joined::Reports(n) => s.count("reason.all_reports", *n),
            Joined::Title(phrase) => s.format("reason.phrase_title", &[("phrase", phrase)]),
            Joined::Entity(entity) => {
                let name = self.link_name(Kind::Entity, entity).unwrap_or_default();
                s.count_with("reason.named", 1, &[("name", &name)])
            }
        });
        told.map(super::parts::plain_reason).collect()
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

    /// The chains of its events, each event with what links it to those before it.
    fn topic_chains(&self, linker: &Linker, events: &[Id]) -> Vec<Group<EventItem>> {
        let chains = crate::link::chains::chains(self.site.with_events(), events);
        let views = chains.iter().filter_map(|chain| {
            let ends =
                [chain.first()?, chain.last()?].map(|step| self.site.events.get(&step.event));
            let [Some(first), Some(last)] = ends else {
                return None;
            };
            let (from, to) = (self.when(first).text, self.when(last).text);
            let steps = chain.iter().filter_map(|step| {
                let event = self.site.events.get(&step.event)?;
                Some(EventItem {
                    reasons: step
                        .links
                        .iter()
                        .map(|l| self.chain_reason(linker, l))
                        .collect(),
                    summary: None,
                    traces: Vec::new(),
                    ..self.event_item(linker, event)
                })
            });
            Some(Group {
                id: format!("_from-{}", first.common.id),
                title: self
                    .strings
                    .format("topic.chain", &[("from", &from), ("to", &to)]),
                items: steps.collect(),
            })
        });
        views.collect()
    }

    fn chain_reason(&self, linker: &Linker, link: &ChainLink) -> ReasonView {
        let key = super::parts::relation_key(link.relation, link.outgoing);
        let about = || {
            Some(Link {
                href: linker.to(Kind::Event, &link.to)?,
                text: self.link_name(Kind::Event, &link.to)?,
            })
        };
        ReasonView {
            kind: self.strings.get(key).to_owned(),
            about: about(),
            text: link.why.clone().unwrap_or_default(),
            traces: Vec::new(),
        }
    }

    /// Who took part in its events or speaks in its reports, and by type who is merely named.
    fn actors(
        &self,
        linker: &Linker,
        links: &TopicLinks,
    ) -> (Vec<ActorView>, Vec<Group<EntityItem>>) {
        let mut actors = Vec::new();
        let mut named: BTreeMap<EntityType, Vec<EntityItem>> = BTreeMap::new();
        let counts: BTreeMap<&Id, (usize, usize)> = links
            .entities
            .iter()
            .map(|(id, articles, mentions)| (id, (*articles, *mentions)))
            .collect();
        let reports: BTreeSet<&Id> = links.articles.iter().collect();
        for id in self.actors_in_order(links) {
            let Some(entity) = self.site.entities.get(id) else {
                continue;
            };
            let Some(item) = self.entity_item(linker, entity) else {
                continue;
            };
            let (articles, mentions) = counts.get(id).copied().unwrap_or_default();
            let entity_item = EntityItem {
                articles,
                mentions,
                ..item
            };
            let parts = self.parts_in(linker, id, &links.events);
            let said = self.speaks_in(linker, id, &reports);
            if parts.is_empty() && said.is_empty() {
                named
                    .entry(entity.entity_type)
                    .or_default()
                    .push(entity_item);
            } else {
                actors.push(ActorView {
                    entity: entity_item,
                    parts,
                    said,
                });
            }
        }
        let groups = named.into_iter().map(|(entity_type, items)| Group {
            id: format!("in-{}", entity_type.folder()),
            title: self
                .strings
                .get(&format!("section.{}", entity_type.folder()))
                .to_owned(),
            items,
        });
        (actors, groups.collect())
    }

    /// The entities named in a topic, most named first, and then those that took part in its events and are named in none of its reports.
    fn actors_in_order<'l>(&'l self, links: &'l TopicLinks) -> Vec<&'l Id> {
        let mut ids: Vec<&Id> = links.entities.iter().map(|(id, _, _)| id).collect();
        let events = links.events.iter().filter_map(|e| self.site.events.get(e));
        for participant in events.flat_map(|e| &e.participants) {
            if !ids.contains(&&participant.value) {
                ids.push(&participant.value);
            }
        }
        ids
    }

    /// The latest of some events that an entity took part in, in order of time.
    fn parts_in(&self, linker: &Linker, entity: &Id, events: &[Id]) -> Vec<PartView> {
        let events = events.iter().filter_map(|e| self.site.events.get(e));
        let mut parts: Vec<PartView> = events
            .filter(|event| event.participants.iter().any(|p| p.value == *entity))
            .filter_map(|event| {
                Some(PartView {
                    date: self.when(event),
                    event: Link {
                        href: linker.to(Kind::Event, &event.common.id)?,
                        text: event.title.clone(),
                    },
                    role: self.role_in(event, entity),
                })
            })
            .collect();
        parts.drain(..parts.len().saturating_sub(PARTS));
        parts
    }

    /// Where an entity speaks in the latest of some articles, or somebody does for it; one sentence of each speech.
    fn speaks_in(&self, linker: &Linker, entity: &Id, articles: &BTreeSet<&Id>) -> Vec<Trace> {
        let said = self.links.entities.get(entity).map(|l| l.said.as_slice());
        let said = said.unwrap_or_default();
        let said = said
            .iter()
            .rev()
            .filter(|(article, _)| articles.contains(article));
        let mut passages: Vec<(&Id, Option<Passage>)> = Vec::new();
        for (article, index) in said {
            let Some(passage) = self.speech_passage(article, *index) else {
                continue;
            };
            if !passages.contains(&(article, Some(passage))) {
                passages.push((article, Some(passage)));
            }
            if passages.len() == PARTS {
                break;
            }
        }
        self.traces(linker, passages.into_iter().rev())
    }

    /// The sentences of a speech, by its index among an article's quotation marks.
    fn speech_passage(&self, article: &Id, index: u32) -> Option<Passage> {
        let facts = &self.articles.facts(article)?.annotated.facts;
        let fact = facts.speech.iter().find(|f| f.index == index)?;
        let text = self.articles.sentence(article, fact.sentence)?;
        let sentence = text
            .annotated
            .sentences
            .iter()
            .find(|s| s.number == fact.sentence);
        Some(Passage {
            first: fact.sentence,
            last: fact.last_sentence,
            place: sentence?.place,
        })
    }
}
