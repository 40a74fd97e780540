//! The page of a person, organisation, place or term.

use std::collections::{BTreeMap, BTreeSet};

use super::Briefing;
use super::address::{Linker, class};
use super::types::*;
use crate::base::{Edtf, TextRange};
use crate::link::EntityLinks;
use crate::model::{Entity, Event, Id, Kind, MarkKind, Ref, Rights};

/// Most characters of context on either side of a mention.
const WINDOW: usize = 110;

/// From so many mentions of a year on no further article's are listed; how many there are is said.
const MENTIONS_A_YEAR: usize = 60;

/// Companions that are listed.
const COMPANIONS: usize = 12;

impl Briefing<'_> {
    /// The view of an entity's page.
    pub(crate) fn entity_view(&self, linker: &Linker, entity: &Entity) -> EntityView {
        let id = entity.id();
        let none = EntityLinks::default();
        let links = self.links.entities.get(id).unwrap_or(&none);
        let prose = self.prose_text(linker, &Ref::new(Kind::Entity, id));
        let articles = links.articles();
        let topics: BTreeSet<&Id> = articles
            .iter()
            .filter_map(|id| self.links.articles.get(*id))
            .flat_map(|links| links.topics.iter().map(|member| &member.topic))
            .collect();
        let order = self.links.order().iter();
        let topics: Vec<&Id> = order.filter(|topic| topics.contains(topic)).collect();
        let years = self.activity(links);
        EntityView {
            name: entity.name.value.clone(),
            class: class(entity.entity_type),
            kind: self.kind_of(entity),
            names: super::parts::names(&entity.names),
            lead: entity
                .description
                .clone()
                .or_else(|| entity.common.summary.clone()),
            over: entity
                .role
                .iter()
                .chain(&entity.kind)
                .chain(&entity.country)
                .cloned()
                .collect(),
            mentions: links.total,
            articles: articles.len(),
            facts: self.entity_facts(linker, entity, &articles),
            blocks: prose.blocks,
            footnotes_html: prose.footnotes,
            chart: self.activity_chart(&entity.name.value, &years),
            activity: years
                .iter()
                .map(|(year, mentions, events)| ActivityView {
                    year: year.to_string(),
                    mentions: *mentions,
                    events: *events,
                })
                .collect(),
            words: self.words_of_term(linker, entity),
            concordance: self.concordance(linker, id, links),
            said: self.said_by(linker, entity, links),
            about: self.said_about(linker, entity, links),
            voices: links
                .voices
                .iter()
                .filter_map(|v| self.entity_item(linker, self.site.entities.get(v)?))
                .collect(),
            with: self.companions(linker, links),
            events: self.took_part(linker, id, &links.events),
            topics: self.topic_tags(linker, topics, |_| None),
            extra: entity.common.extra.clone(),
        }
    }

    fn entity_facts(&self, linker: &Linker, entity: &Entity, articles: &[&Id]) -> Vec<RecordLine> {
        let s = self.strings;
        let mut lines = Vec::new();
        let mut line = |key: &str, parts: Vec<TextPart>| {
            if !parts.is_empty() {
                lines.push(RecordLine {
                    label: s.get(key).to_owned(),
                    parts: self.joined(parts),
                    gap: None,
                    traces: Vec::new(),
                    small: None,
                    warn: None,
                });
            }
        };
        let plain = |text: String| TextPart { text, href: None };
        let also: Vec<String> = entity.aliases.iter().map(|a| a.value.clone()).collect();
        if !also.is_empty() {
            line("entity.also", vec![plain(also.join("; "))]);
        }
        for office in &entity.roles {
            let mut span = vec![office.role.clone()];
            let date = |date: &Option<Edtf>| date.as_ref().map(|d| s.date(d));
            span.extend(match (date(&office.from), date(&office.until)) {
                (Some(from), Some(to)) => {
                    Some(s.format("date.years", &[("from", &from), ("to", &to)]))
                }
                (Some(from), None) => Some(s.format("date.since", &[("from", &from)])),
                (None, Some(to)) => Some(s.format("date.until", &[("to", &to)])),
                (None, None) => None,
            });
            line("entity.role", vec![plain(span.join(s.get("list.comma")))]);
        }
        if let Some(body) = &entity.affiliation {
            line(
                "entity.speaks_for",
                self.entity_part(linker, &body.value).into_iter().collect(),
            );
        }
        if let Some(government) = &entity.metonym {
            line("entity.metonym", vec![plain(government.clone())]);
        }
        if let Some((latitude, longitude)) = entity.coordinates {
            line(
                "entity.coordinates",
                vec![plain(degrees(latitude, longitude))],
            );
        }
        let day = |id: &&&Id| self.site.articles.get(**id).and_then(|a| a.published);
        if let (Some(first), Some(last)) = (
            articles.first().as_ref().and_then(day),
            articles.last().as_ref().and_then(day),
        ) {
            let mut days = vec![self.day_text(first).text];
            if last != first {
                days.push(self.day_text(last).text);
            }
            line("entity.first_last", vec![plain(days.join(", "))]);
        }
        let elsewhere = entity.same_as.iter().map(|url| TextPart {
            text: host(url).to_owned(),
            href: Some(url.clone()),
        });
        line("entity.same_as", elsewhere.collect());
        lines
    }

    /// The events that it took part in, or that took place there, each with its part in them.
    fn took_part(&self, linker: &Linker, entity: &Id, events: &[Id]) -> Vec<EventItem> {
        let events = events.iter().filter_map(|id| self.site.events.get(id));
        let items = events.map(|event| {
            let took_part = event.participants.iter().any(|p| p.value == *entity);
            let kind = match took_part {
                true => "entity.took_part",
                false => "entity.place_of",
            };
            EventItem {
                reasons: vec![ReasonView {
                    kind: self.strings.get(kind).to_owned(),
                    about: None,
                    text: self.role_in(event, entity).unwrap_or_default(),
                    traces: Vec::new(),
                }],
                ..self.event_item(linker, event)
            }
        });
        items.collect()
    }

    /// As what an entity took part in an event: as the event says, else the office that it held then.
    pub(crate) fn role_in(&self, event: &Event, entity: &Id) -> Option<String> {
        let office = || self.site.entities.get(entity)?.role_at(&event.date);
        let role = event.roles.get(entity).map(String::as_str);
        role.or_else(office).map(str::to_owned)
    }

    /// Mentions by year of the report, and events by year, where there is more than one year.
    fn activity(&self, links: &EntityLinks) -> Vec<(i16, usize, usize)> {
        let mut years: BTreeMap<i16, (usize, usize)> = BTreeMap::new();
        for (article, _, n) in &links.mentions {
            let day = self.site.articles.get(article).and_then(|a| a.published);
            if let Some(day) = day {
                years.entry(day.year()).or_default().0 += *n as usize;
            }
        }
        for event in links
            .events
            .iter()
            .filter_map(|id| self.site.events.get(id))
        {
            years.entry(event.date.earliest().year()).or_default().1 += 1;
        }
        let years = years
            .into_iter()
            .map(|(year, (mentions, events))| (year, mentions, events));
        let years: Vec<_> = years.collect();
        if years.len() > 1 { years } else { Vec::new() }
    }

    fn activity_chart(&self, name: &str, years: &[(i16, usize, usize)]) -> Option<ChartView> {
        let s = self.strings;
        let (first, last) = (years.first()?.0, years.last()?.0);
        let (first, last) = (first.to_string(), last.to_string());
        let described = s.format("entity.chart_long", &[("from", &first), ("to", &last)]);
        let chart = super::chart::activity("activity", years, name, &described)?;
        Some(ChartView {
            caption: s.get("entity.chart").to_owned(),
            svg_html: chart.svg,
            marks: chart.marks,
        })
    }

    /// Mentions in context, by year of the report. Articles whose text may not be published give none.
    fn concordance(
        &self,
        linker: &Linker,
        entity: &Id,
        links: &EntityLinks,
    ) -> Vec<ConcordanceYear> {
        let mut years: Vec<ConcordanceYear> = Vec::new();
        let mut more: Vec<usize> = Vec::new();
        for of_one in links.mentions.chunk_by(|a, b| a.0 == b.0) {
            let id = of_one.first().map(|(id, ..)| id);
            let article = id.and_then(|id| self.site.articles.get(id));
            let Some(article) = article.filter(|a| a.rights == Rights::Full) else {
                continue;
            };
            let year = article
                .published
                .map(|d| d.year().to_string())
                .unwrap_or_default();
            if years.last().is_none_or(|y| y.title != year) {
                years.push(ConcordanceYear {
                    id: format!("y{year}"),
                    title: year,
                    items: Vec::new(),
                    rest: None,
                });
                more.push(0);
            }
            let (Some(year), Some(more)) = (years.last_mut(), more.last_mut()) else {
                continue;
            };
            if year.items.len() < MENTIONS_A_YEAR {
                let lines = self.lines(linker, entity, article.id(), &article.language);
                year.items.extend(lines);
            } else {
                *more += of_one.iter().map(|(.., n)| *n as usize).sum::<usize>();
            }
        }
        for (year, more) in years.iter_mut().zip(more) {
            year.rest = (more > 0).then(|| self.strings.count("entity.rest", more));
        }
        years.retain(|year| !year.items.is_empty());
        years
    }

    fn lines(
        &self,
        linker: &Linker,
        entity: &Id,
        article: &Id,
        language: &str,
    ) -> Vec<ConcordanceLine> {
        let Some(text) = self.articles.naming(article, entity) else {
            return Vec::new();
        };
        let words = &text.prose.document.text;
        let sentences = &text.annotated.sentences;
        let marks = text.annotated.marks.iter();
        marks
            .filter(|m| matches!(&m.kind, MarkKind::Entity { id, .. } if id == entity))
            .filter_map(|mark| {
                let at = sentences.partition_point(|s| s.range.end <= mark.range.start);
                let sentence = sentences.get(at).filter(|s| s.range.contains(mark.range))?;
                let passage = crate::link::Passage {
                    first: sentence.number,
                    last: sentence.number,
                    place: sentence.place,
                };
                let trace = self.trace(linker, article, Some(passage))?;
                let cut = |start, end| TextRange { start, end }.of(words).replace('\n', " ");
                Some(ConcordanceLine {
                    left: tail(&cut(sentence.range.start, mark.range.start), WINDOW),
                    hit: cut(mark.range.start, mark.range.end),
                    right: head(&cut(mark.range.end, sentence.range.end), WINDOW),
                    language: language.to_owned(),
                    cite: format!("{}, {}", trace.source, trace.place)
                        .trim_end_matches([',', ' '])
                        .to_owned(),
                    trace,
                })
            })
            .collect()
    }

    fn companions(&self, linker: &Linker, links: &EntityLinks) -> Vec<CompanionView> {
        links
            .with
            .iter()
            .filter_map(|companion| {
                let years: Vec<String> = companion.years.iter().map(ToString::to_string).collect();
                Some(CompanionView {
                    entity: self.entity_item(linker, self.site.entities.get(&companion.entity)?)?,
                    sentences: companion.sentences,
                    events: companion.events,
                    years: self.strings.list(&years),
                })
            })
            .take(COMPANIONS)
            .collect()
    }
}

/// At most `limit` characters from the end of a text, cut at a space.
pub(super) fn tail(text: &str, limit: usize) -> String {
    let mut last = text.char_indices().rev();
    let Some((at, _)) = limit.checked_sub(1).and_then(|n| last.nth(n)) else {
        return text.to_owned();
    };
    if last.next().is_none() {
        return text.to_owned();
    }
    let rest = &text[at..];
    let words = rest.split_once(' ').map_or(rest, |(_, words)| words);
    ["… ", words].concat()
}

/// At most `limit` characters from the beginning of a text, cut at a space.
pub(super) fn head(text: &str, limit: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    let start = &text[..at];
    let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    [words, " …"].concat()
}

/// Coordinates as printed: `37.57° N, 126.98° E`.
fn degrees(latitude: f64, longitude: f64) -> String {
    let side = |value: f64, plus: &'static str, minus: &'static str| {
        format!(
            "{:.2}° {}",
            value.abs(),
            if value < 0.0 { minus } else { plus }
        )
    };
    format!(
        "{}, {}",
        side(latitude, "N", "S"),
        side(longitude, "E", "W")
    )
}

/// The host of an address, for the words of a link.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_are_cut_between_words() {
        assert_eq!(tail("one two three", 7), "… three");
        assert_eq!(head("one two three", 9), "one two …");
        assert_eq!(tail("개성 공단", 9), "개성 공단");
    }

    #[test]
    fn places_on_the_globe() {
        assert_eq!(degrees(37.566, 126.977), "37.57° N, 126.98° E");
        assert_eq!(host("https://www.wikidata.org/wiki/Q884"), "wikidata.org");
    }
}
