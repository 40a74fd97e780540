//! What is missing, or rests on little: plans that nothing confirms, what no report or a single one tells of, reports that do not state their
//! day, and what no editor has looked at.
//!
//! 1. Events, by their statements; [`Links::independent_among`] counts their sources.
//! 2. The key facts of topics and the values of measures, likewise.
//! 3. Articles without a stated day, and those that are left out for want of one.
//! 4. What editors themselves say they do not know.
//!
//! Invariant: each gap follows from the links and what editors wrote alone. No clock decides whether the day of a plan
//! has passed: what counts is whether a later report speaks of it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Anchors, EventLinks, Foundation, Links, Passage, Statement};
use crate::model::{DateBasis, Event, Id, Kind, LeftOut, Site, State, Status};

/// Something missing, or resting on little.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What is wrong.
    pub kind: GapKind,
    /// Of what.
    pub about: Subject,
    /// The topics that it belongs to, in the site's order.
    pub topics: Vec<Id>,
    /// The articles in question, with the sentences where there are any, in order of publication.
    pub places: Vec<(Id, Option<Passage>)>,
}

/// The kinds of gaps, in the order in which they are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// An editor says what is not known.
    Open(String),
    /// Planned, and no report was written after its day. The day of the last one that tells of it.
    Unconfirmed(Option<Date>),
    /// No report here bears it out.
    NoSource,
    /// One report tells of it, or several that are not independent: so many.
    OneSource(usize),
    /// The report does not state its day; none where it is left out for that.
    Undated(Option<DateBasis>),
    /// Found by rule, and no editor has confirmed it.
    Unreviewed,
}

/// What a gap is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An event.
    Event(Id),
    /// A key fact of a topic, by its index.
    Fact(Id, usize),
    /// A topic as a whole.
    Topic(Id),
    /// A measure.
    Measure(Id),
    /// An article.
    Article(Id),
    /// An article that is no part of the site.
    LeftOut(Id),
}

/// Every gap of a site: by kind, and among those of a kind events in order of time, then facts, topics, measures and articles.
pub fn find(site: &Site, anchors: &Anchors, links: &Links) -> Vec<Gap> {
    let mut found = Found {
        site,
        anchors,
        links,
        order: super::topics::order(site),
        gaps: Vec::new(),
    };
    let mut dated: Vec<&Event> = site.events.values().collect();
    dated.sort_by_key(|e| (&e.date, &e.common.id));
    for event in dated {
        found.event(event);
    }
    found.topics();
    found.measures();
    found.articles();
    let mut gaps = found.gaps;
    gaps.sort_by_key(|gap| gap.kind.rank());
    gaps
}

/// Planned, and no report that tells of it was written after its day.
pub fn is_unconfirmed(site: &Site, event: &Event, statements: &[Statement]) -> bool {
    event.status == Status::Planned
        && last_report(site, statements).is_none_or(|day| day <= event.date.latest())
}

fn last_report(site: &Site, statements: &[Statement]) -> Option<Date> {
    let days = statements
        .iter()
        .filter_map(|s| site.articles.get(&s.article)?.published);
    days.max()
}

impl GapKind {
    /// Its place in the order of kinds, from 0.
    pub fn rank(&self) -> usize {
        match self {
            Self::Open(_) => 0,
            Self::Unconfirmed(_) => 1,
            Self::NoSource => 2,
            Self::OneSource(_) => 3,
            Self::Undated(_) => 4,
            Self::Unreviewed => 5,
        }
    }
}

struct Found<'a> {
    site: &'a Site,
    anchors: &'a Anchors,
    links: &'a Links,
    order: Vec<Id>,
    gaps: Vec<Gap>,
}

impl Found<'_> {
    fn add(
        &mut self,
        kind: GapKind,
        about: Subject,
        topics: &[Id],
        places: Vec<(Id, Option<Passage>)>,
    ) {
        self.gaps.push(Gap {
            kind,
            about,
            topics: topics.to_vec(),
            places,
        });
    }

    fn event(&mut self, event: &Event) {
        let id = &event.common.id;
        let none = EventLinks::default();
        let links = self.links.events.get(id).unwrap_or(&none);
        let about = || Subject::Event(id.clone());
        let places = |of: &mut dyn Iterator<Item = &Statement>| {
            let mut places: Vec<_> = of.map(|s| (s.article.clone(), Some(s.passage))).collect();
            places.dedup();
            places
        };
        for open in &event.gaps {
            self.add(
                GapKind::Open(open.clone()),
                about(),
                &links.topics,
                Vec::new(),
            );
        }
        if is_unconfirmed(self.site, event, &links.statements) {
            let last = last_report(self.site, &links.statements);
            let places = places(&mut links.statements.iter());
            self.add(GapKind::Unconfirmed(last), about(), &links.topics, places);
        }
        match self.sources(&links.articles) {
            _ if links.statements.is_empty() => {
                self.add(GapKind::NoSource, about(), &links.topics, Vec::new());
            }
            Some(reports) => {
                let places = places(&mut links.statements.iter());
                self.add(GapKind::OneSource(reports), about(), &links.topics, places);
            }
            None => {}
        }
        let automatic = |s: &&Statement| s.foundation == Foundation::Automatic;
        let unread = places(&mut links.statements.iter().filter(automatic));
        if !unread.is_empty() {
            self.add(GapKind::Unreviewed, about(), &links.topics, unread);
        }
    }

    /// How many reports there are, where they are one source and no more.
    fn sources(&self, articles: &[Id]) -> Option<usize> {
        (self.links.independent_among(articles) == 1).then_some(articles.len())
    }

    fn topics(&mut self) {
        for id in self.order.clone() {
            let Some(topic) = self.site.topics.get(&id) else {
                continue;
            };
            let own = std::slice::from_ref(&id);
            for open in &topic.gaps {
                let about = Subject::Topic(id.clone());
                self.add(GapKind::Open(open.clone()), about, own, Vec::new());
            }
            for (index, fact) in topic.facts.iter().enumerate() {
                let places = fact.evidence.iter().map(|e| {
                    let article = e.article.value.clone();
                    let passage = self.anchors.get(&article, &e.quote);
                    (article, passage)
                });
                self.rests(Subject::Fact(id.clone(), index), own, places.collect());
            }
        }
    }

    fn measures(&mut self) {
        for (id, measure) in &self.site.measures {
            let named = |topic: &&Id| measure.topics.iter().any(|t| t.value == **topic);
            let topics: Vec<Id> = self.order.iter().filter(named).cloned().collect();
            let values = self.links.measures.get(id).map(|m| m.values.as_slice());
            let values = values.unwrap_or_default();
            let place = |v: &super::measures::Value| (v.article.clone(), Some(v.passage));
            let places = values.iter().map(place).collect();
            self.rests(Subject::Measure(id.clone()), &topics, places);
            let automatic = values.iter().filter(|v| v.state == State::Automatic);
            let unread: Vec<_> = automatic.map(place).collect();
            if !unread.is_empty() {
                let about = Subject::Measure(id.clone());
                self.add(GapKind::Unreviewed, about, &topics, unread);
            }
        }
    }

    /// Says where something rests on no source, or on one.
    fn rests(&mut self, about: Subject, topics: &[Id], mut places: Vec<(Id, Option<Passage>)>) {
        places.dedup();
        let articles: BTreeSet<Id> = places.iter().map(|(article, _)| article.clone()).collect();
        let articles: Vec<Id> = articles.into_iter().collect();
        if articles.is_empty() {
            self.add(GapKind::NoSource, about, topics, places);
        } else if let Some(reports) = self.sources(&articles) {
            self.add(GapKind::OneSource(reports), about, topics, places);
        }
    }

    fn articles(&mut self) {
        let mut dated: Vec<_> = self.site.articles.values().collect();
        dated.sort_by_key(|a| (a.published, a.id()));
        for article in dated
            .into_iter()
            .filter(|a| a.date_basis != DateBasis::Stated)
        {
            let id = article.id();
            let topics = self.links.articles.get(id).map(|l| l.topics.as_slice());
            let topics: Vec<Id> = topics
                .unwrap_or_default()
                .iter()
                .map(|m| m.topic.clone())
                .collect();
            let kind = GapKind::Undated(Some(article.date_basis));
            self.add(kind, Subject::Article(id.clone()), &topics, Vec::new());
        }
        for (reference, why) in &self.site.left_out {
            if reference.kind == Kind::Article && *why == LeftOut::Undated {
                let about = Subject::LeftOut(reference.id.clone());
                self.add(GapKind::Undated(None), about, &[], Vec::new());
            }
        }
    }
}

#[cfg(test)]
mod tests;
