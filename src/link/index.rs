//! Where each entity is named, and whom it is named with.

use std::collections::{BTreeMap, BTreeSet};

use super::Input;
use super::numbers::{Numbers, spread};
use super::speech::{self, Said};
use crate::annotate::wording::ByHash;
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
    by_date.sort_by(|a, b| {
        let key = |i: &Input<'_>| i.article.published;
        key(a)
            .cmp(&key(b))
            .then_with(|| a.article.id().cmp(b.article.id()))
    });
    mentions(site, &by_date, &mut all);
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

/// Fills in where each entity is named.
fn mentions(site: &Site, by_date: &[&Input], all: &mut BTreeMap<Id, EntityLinks>) {
    let mut numbers = Numbers::default();
    let mut links: Vec<EntityLinks> = Vec::new();
    for id in site.entities.keys() {
        numbers.number(id);
        links.push(EntityLinks::default());
    }
    for input in by_date {
        for mention in &input.facts.mentions {
            let number = numbers.number(&mention.entity) as usize;
            if let Some(links) = links.get_mut(number) {
                let id = input.article.id();
                let known = links.mentions.last().is_some_and(|(last, ..)| last == id);
                links.reports += usize::from(!known);
                links.total += mention.count as usize;
                let place = (id.clone(), mention.sentence, mention.count);
                links.mentions.push(place);
            }
        }
    }
    for (of, mut links) in all.values_mut().zip(links) {
        links.mentions.shrink_to_fit();
        *of = links;
    }
}

/// The participants of an event, and its place.
pub fn takes_part(site: &Site, event: &Id) -> BTreeSet<Id> {
    let Some(event) = site.events.get(event) else {
        return BTreeSet::new();
    };
    let participants = event.participants.iter().chain(&event.place);
    participants.map(|p| p.value.clone()).collect()
}

/// What two entities have in common.
#[derive(Default)]
struct Common {
    sentences: usize,
    events: usize,
    /// In order, as the articles are.
    years: Vec<i16>,
}

/// By the numbers of both, the lower first.
#[derive(Default)]
struct Pairs {
    /// Where each pair stands in `all`.
    places: ByHash<u32>,
    all: Vec<((u32, u32), Common)>,
}

impl Pairs {
    fn of(&mut self, one: u32, other: u32) -> Option<&mut Common> {
        let key = spread(u64::from(one) << 32 | u64::from(other));
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.all.push(((one, other), Common::default()));
        }
        self.all.get_mut(place as usize).map(|(_, common)| common)
    }
}

/// Has every pair of some numbers, which are in order, counted.
fn count(pairs: &mut Pairs, numbers: &[u32], mut count: impl FnMut(&mut Common)) {
    for (at, one) in numbers.iter().enumerate() {
        for other in numbers.iter().skip(at + 1) {
            pairs.of(*one, *other).map(&mut count);
        }
    }
}

fn companions(site: &Site, by_date: &[&Input], all: &mut BTreeMap<Id, EntityLinks>) {
    let mut numbers = Numbers::default();
    let mut pairs = Pairs::default();
    let mut here = Vec::new();
    for input in by_date {
        let year = input.article.published.map(|day| day.year());
        let mentions = &input.facts.mentions;
        for sentence in mentions.chunk_by(|a, b| a.sentence == b.sentence) {
            numbers.distinct(sentence.iter().map(|m| &m.entity), &mut here);
            count(&mut pairs, &here, |common| {
                common.sentences += 1;
                if common.years.last() != year.as_ref() {
                    common.years.extend(year);
                }
            });
        }
    }
    for event in site.events.values() {
        let present = event.participants.iter().chain(&event.place);
        numbers.distinct(present.map(|p| &p.value), &mut here);
        count(&mut pairs, &here, |common| common.events += 1);
    }
    let id = |number: u32| numbers.ids().get(number as usize).copied();
    let mut pairs = pairs.all;
    pairs.sort_unstable_by_key(|(both, _)| *both);
    for ((one, other), common) in &pairs {
        for (one, other) in [(*one, *other), (*other, *one)] {
            if let Some(other) = id(other)
                && let Some(links) = id(one).and_then(|one| all.get_mut(one))
            {
                links.with.push(Companion {
                    entity: other.clone(),
                    sentences: common.sentences,
                    events: common.events,
                    years: common.years.clone(),
                });
            }
        }
    }
    for links in all.values_mut() {
        links.with.sort_unstable_by(|a, b| {
            let weight = |c: &Companion| c.sentences + 2 * c.events;
            weight(b)
                .cmp(&weight(a))
                .then_with(|| a.entity.cmp(&b.entity))
        });
    }
}
