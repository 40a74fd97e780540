//! The statements about each event, in order of publication: what was known when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Anchors, Input, Membership, Passage, Related};
use crate::model::{Id, Site, Status};

/// What an event is linked to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventLinks {
    /// Sentences that tell of it, in order of publication, then of the text.
    pub statements: Vec<Statement>,
    /// The articles that tell of it, in order of publication.
    pub articles: Vec<Id>,
    /// Its topics, in the site's order of topics.
    pub topics: Vec<Id>,
    /// Events that are part of it, in order of time.
    pub parts: Vec<Id>,
    /// Related events, best first.
    pub related: Vec<Related>,
}

/// One sentence, or a run of them, that tells of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The article.
    pub article: Id,
    /// Where in it.
    pub passage: Passage,
    /// The words that the editor chose.
    pub quote: String,
    /// The event's status as this source has it.
    pub status: Option<Status>,
    /// The editor's remark.
    pub note: Option<String>,
}

/// The statements about every event.
pub fn statements(site: &Site, inputs: &[Input], anchors: &Anchors) -> BTreeMap<Id, EventLinks> {
    let published: BTreeMap<&Id, Option<Date>> = inputs
        .iter()
        .map(|i| (i.article.id(), i.article.published))
        .collect();
    let forced = forced(inputs);
    let mut all = BTreeMap::new();
    for (id, event) in &site.events {
        let mut statements: Vec<Statement> = event
            .evidence
            .iter()
            .filter_map(|evidence| {
                let article = &evidence.article.value;
                Some(Statement {
                    passage: anchors.get(article, &evidence.quote)?,
                    article: article.clone(),
                    quote: evidence.quote.value.clone(),
                    status: evidence.status,
                    note: evidence.note.clone(),
                })
            })
            .filter(|s| published.contains_key(&s.article))
            .collect();
        let when = |article: &Id| published.get(article).copied().flatten();
        statements.sort_by(|a, b| {
            let key = |s: &Statement| (when(&s.article), s.article.clone(), s.passage);
            key(a).cmp(&key(b))
        });
        statements.dedup_by(|later, earlier| {
            later.article == earlier.article && later.passage == earlier.passage
        });
        let mut articles: Vec<Id> = statements.iter().map(|s| s.article.clone()).collect();
        articles.extend(forced.get(id).into_iter().flatten().cloned());
        articles.sort_by_key(|a| (when(a), a.clone()));
        articles.dedup();
        all.insert(
            id.clone(),
            EventLinks {
                statements,
                articles,
                ..EventLinks::default()
            },
        );
    }
    for (id, event) in &site.events {
        if let Some(whole) = event.part_of.as_ref().and_then(|w| all.get_mut(&w.value)) {
            whole.parts.push(id.clone());
        }
    }
    for links in all.values_mut() {
        links
            .parts
            .sort_by_key(|id| site.events.get(id).map(|e| (e.date.clone(), id.clone())));
    }
    all
}

/// Articles that name an event in their own front matter, by event.
fn forced(inputs: &[Input]) -> BTreeMap<Id, BTreeSet<Id>> {
    let mut forced: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for input in inputs {
        for event in &input.article.events {
            forced
                .entry(event.value.clone())
                .or_default()
                .insert(input.article.id().clone());
        }
    }
    forced
}

/// The events that each article tells of, in order of time.
pub fn told_by(site: &Site, events: &BTreeMap<Id, EventLinks>) -> BTreeMap<Id, Vec<Id>> {
    let mut told: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (id, links) in events {
        for article in &links.articles {
            told.entry(article.clone()).or_default().push(id.clone());
        }
    }
    for list in told.values_mut() {
        list.sort_by_key(|id| site.events.get(id).map(|e| (e.date.clone(), id.clone())));
    }
    told
}

/// The ids of the topics in a list of memberships.
pub fn topic_ids(memberships: &[Membership]) -> impl Iterator<Item = &Id> {
    memberships.iter().map(|m| &m.topic)
}
