//! Where each entity is named, and whom it is named with.

use std::collections::{BTreeMap, BTreeSet};

use super::Input;
use super::speech::{self, Said};
use crate::model::{Id, Site};

/// Where an entity is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityLinks {
    /// Article, sentence number and count, in order of publication, then of the text.
    pub mentions: Vec<(Id, u32, u32)>,
    /// How often it is named.
    pub total: usize,
    /// How many articles name it.
    pub reports: usize,
    /// Events that it took part in or that took place there, in order of time.
    pub events: Vec<Id>,
    /// Whom it is named with, most often first.
    pub with: Vec<Companion>,
    /// People who speak for it.
    pub voices: Vec<Id>,
    /// What was said by it, or for it by those who belong to it, in order of publication, then of the text.
    pub said: Vec<Said>,
    /// What others said about it, in the same order.
    pub about: Vec<Said>,
}

impl EntityLinks {
    /// The articles that name it, in order of publication.
    pub fn articles(&self) -> Vec<&Id> {
        let mut list: Vec<&Id> = self
            .mentions
            .iter()
            .map(|(article, _, _)| article)
            .collect();
        list.dedup();
        list
    }
}

/// Another entity named in the same sentences or events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// The other.
    pub entity: Id,
    /// How many sentences name both.
    pub sentences: usize,
    /// How many events have both.
    pub events: usize,
    /// The years of the reports whose sentences name both, in order.
    pub years: Vec<i16>,
}

/// The links of every entity.
pub fn entities(site: &Site, inputs: &[Input]) -> BTreeMap<Id, EntityLinks> {
    let mut all: BTreeMap<Id, EntityLinks> = site
        .entities
        .keys()
        .map(|id| (id.clone(), EntityLinks::default()))
        .collect();
    let mut by_date: Vec<&Input> = inputs.iter().collect();
    by_date.sort_by_key(|i| (i.article.published, i.article.id().clone()));
    for input in &by_date {
        for mention in &input.facts.mentions {
            if let Some(links) = all.get_mut(&mention.entity) {
                let id = input.article.id();
                let known = links.mentions.last().is_some_and(|(last, ..)| last == id);
                links.reports += usize::from(!known);
                links.total += mention.count as usize;
                links
                    .mentions
                    .push((id.clone(), mention.sentence, mention.count));
            }
        }
    }
    let mut dated: Vec<_> = site.events.iter().collect();
    dated.sort_by_key(|(id, event)| (event.date.clone(), (*id).clone()));
    for (id, _) in dated {
        for entity in takes_part(site, id) {
            if let Some(links) = all.get_mut(&entity) {
                links.events.push(id.clone());
            }
        }
    }
    for (id, entity) in &site.entities {
        if let Some(body) = &entity.affiliation
            && let Some(links) = all.get_mut(&body.value)
        {
            links.voices.push(id.clone());
        }
    }
    companions(site, &by_date, &mut all);
    speech::collect(site, &by_date, &mut all);
    all
}

/// The participants of an event, and its place.
pub fn takes_part(site: &Site, event: &Id) -> BTreeSet<Id> {
    let Some(event) = site.events.get(event) else {
        return BTreeSet::new();
    };
    let participants = event.participants.iter().chain(&event.place);
    participants.map(|p| p.value.clone()).collect()
}

fn companions(site: &Site, inputs: &[&Input], all: &mut BTreeMap<Id, EntityLinks>) {
    type Pairs = BTreeMap<Id, BTreeMap<Id, (usize, usize, BTreeSet<i16>)>>;
    let mut pairs: Pairs = BTreeMap::new();
    for input in inputs {
        let mentions = &input.facts.mentions;
        for sentence in mentions.chunk_by(|a, b| a.sentence == b.sentence) {
            for (one, other) in ordered_pairs(sentence.iter().map(|m| &m.entity)) {
                let pair = pairs.entry(one).or_default().entry(other).or_default();
                pair.0 += 1;
                pair.2.extend(input.article.published.map(|d| d.year()));
            }
        }
    }
    for id in site.events.keys() {
        let present = takes_part(site, id);
        for (one, other) in ordered_pairs(present.iter()) {
            pairs.entry(one).or_default().entry(other).or_default().1 += 1;
        }
    }
    for (id, others) in pairs {
        if let Some(links) = all.get_mut(&id) {
            links.with = others
                .into_iter()
                .map(|(entity, (sentences, events, years))| Companion {
                    entity,
                    sentences,
                    events,
                    years: years.into_iter().collect(),
                })
                .collect();
            links.with.sort_by(|a, b| {
                let weight = |c: &Companion| c.sentences + 2 * c.events;
                weight(b)
                    .cmp(&weight(a))
                    .then_with(|| a.entity.cmp(&b.entity))
            });
        }
    }
}

/// Every pair of distinct ids, both ways round.
fn ordered_pairs<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<(Id, Id)> {
    let distinct: BTreeSet<&Id> = ids.collect();
    let mut pairs = Vec::new();
    for one in &distinct {
        for other in distinct.iter().filter(|other| *other != one) {
            pairs.push(((*one).clone(), (*other).clone()));
        }
    }
    pairs
}
