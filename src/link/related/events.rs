//! Events that belong together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::postings::number;
use super::{COMMON, KEPT, Reason, Related, SHARED_CAP, best, finish, rarity};
use crate::link::EventLinks;
use crate::link::events::told_by;
use crate::link::index::takes_part;
use crate::model::{Event, Id, Site};

/// Fills in what is related to each event.
pub fn of_events(site: &Site, events: &mut BTreeMap<Id, EventLinks>) {
    let by_article = told_by(site, events);
    let inverse = linked_from(site);
    let ground = Ground::new(site, events);
    let mut all = BTreeMap::new();
    for (id, event) in &site.events {
        let mut candidates: BTreeSet<&Id> = BTreeSet::new();
        for entity in ground.present.get(id).into_iter().flatten() {
            let holders = ground.holders.get(entity).into_iter();
            candidates.extend(holders.filter(|h| h.len() <= COMMON).flatten());
        }
        for article in events
            .get(id)
            .map(|l| l.articles.as_slice())
            .unwrap_or_default()
        {
            let told = by_article.get(article).into_iter();
            candidates.extend(told.filter(|e| e.len() <= COMMON).flatten());
        }
        candidates.extend(event.links.iter().map(|l| &l.to.value));
        candidates.extend(inverse.get(id).into_iter().flatten());
        candidates.remove(id);
        let scored = candidates.into_iter().filter_map(|other| {
            let reasons = ground.reasons(event, site.events.get(other)?);
            finish(other, reasons)
        });
        let date = |id: &Id| site.events.get(id).map(|e| &e.date);
        let best = best(scored.collect(), date, KEPT);
        all.insert(id.clone(), best.into_iter().map(Arc::new).collect());
    }
    for (id, related) in all {
        if let Some(links) = events.get_mut(&id) {
            links.related = related;
        }
    }
}

/// What events are compared by, each worked out once.
struct Ground<'a> {
    site: &'a Site,
    events: &'a BTreeMap<Id, EventLinks>,
    /// By event, its participants and its place.
    present: BTreeMap<&'a Id, BTreeSet<Id>>,
    /// By entity, the events that it takes part in.
    holders: BTreeMap<Id, BTreeSet<&'a Id>>,
    /// By event, the numbers of the articles that tell of it, in order.
    reports: BTreeMap<&'a Id, Vec<u32>>,
    /// The number of each of these articles.
    numbers: HashMap<&'a Id, u32>,
}

impl<'a> Ground<'a> {
    fn new(site: &'a Site, events: &'a BTreeMap<Id, EventLinks>) -> Self {
        let present: BTreeMap<&Id, BTreeSet<Id>> = site
            .events
            .keys()
            .map(|id| (id, takes_part(site, id)))
            .collect();
        let mut holders: BTreeMap<Id, BTreeSet<&Id>> = BTreeMap::new();
        for (id, entities) in &present {
            for entity in entities {
                holders.entry(entity.clone()).or_default().insert(*id);
            }
        }
        let mut numbers: HashMap<&Id, u32> = HashMap::new();
        let mut reports = BTreeMap::new();
        for (id, links) in events {
            let of = links.articles.iter().map(|article| {
                let next = number(numbers.len());
                *numbers.entry(article).or_insert(next)
            });
            let mut of: Vec<u32> = of.collect();
            of.sort_unstable();
            reports.insert(id, of);
        }
        Self {
            site,
            events,
            present,
            holders,
            reports,
            numbers,
        }
    }

    fn reasons(&self, here: &Event, there: &Event) -> Vec<(Reason, u16)> {
        let (a, b) = (&here.common.id, &there.common.id);
        let mut reasons = drawn(here, there);
        let total = self.site.events.len();
        let rarity = |id: &Id| rarity(total, self.holders.get(id).map_or(1, BTreeSet::len));
        let place = here
            .place
            .as_ref()
            .filter(|p| there.place.as_ref().map(|q| &q.value) == Some(&p.value));
        if let Some(place) = place {
            reasons.push((
                Reason::SamePlace(place.value.clone()),
                2 + rarity(&place.value),
            ));
        }
        let skip = place.map(|p| &p.value);
        if let Some((mine, theirs)) = self.present.get(a).zip(self.present.get(b)) {
            let shared = mine.intersection(theirs).filter(|id| Some(*id) != skip);
            reasons.extend(shares(shared.cloned().collect(), rarity));
        }
        let reports = self.reports(a, b);
        if !reports.is_empty() {
            let points = u16::try_from(reports.len()).unwrap_or(u16::MAX).min(3);
            reasons.push((Reason::SameReport(reports), points));
        }
        let of = |id: &Id| {
            let links = self.events.get(id);
            links.map(|l| l.topics.as_slice()).unwrap_or_default()
        };
        let topics = of(a).iter().filter(|id| of(b).contains(id));
        let topics: Vec<Id> = topics.cloned().collect();
        if !topics.is_empty() {
            reasons.push((Reason::SameTopic(topics), 1));
        }
        reasons.extend(apart(here, there));
        reasons
    }

    /// The articles that tell of both of two events, in the order of the first.
    fn reports(&self, here: &Id, there: &Id) -> Vec<Id> {
        let of = |id: &Id| self.reports.get(id).map(Vec::as_slice).unwrap_or_default();
        let (few, many) = match of(here).len() <= of(there).len() {
            true => (of(here), of(there)),
            false => (of(there), of(here)),
        };
        let common = few.iter().filter(|n| many.binary_search(n).is_ok());
        let common: Vec<u32> = common.copied().collect();
        if common.is_empty() {
            return Vec::new();
        }
        let both = |article: &&Id| {
            let number = self.numbers.get(article);
            number.is_some_and(|n| common.binary_search(n).is_ok())
        };
        let articles = self.events.get(here).into_iter();
        articles
            .flat_map(|l| &l.articles)
            .filter(both)
            .cloned()
            .collect()
    }
}

/// The events that each event is named by, in links or as their whole.
fn linked_from(site: &Site) -> BTreeMap<Id, Vec<Id>> {
    let mut from: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (id, event) in &site.events {
        let named = event.links.iter().map(|l| &l.to.value);
        for other in named.chain(event.part_of.as_ref().map(|w| &w.value)) {
            from.entry(other.clone()).or_default().push(id.clone());
            from.entry(id.clone()).or_default().push(other.clone());
        }
    }
    from
}

/// Links that an editor drew between two events, either way.
fn drawn(here: &Event, there: &Event) -> Vec<(Reason, u16)> {
    let (a, b) = (&here.common.id, &there.common.id);
    let out = here
        .links
        .iter()
        .filter(|l| l.to.value == *b)
        .map(|l| (l, true));
    let back = there
        .links
        .iter()
        .filter(|l| l.to.value == *a)
        .map(|l| (l, false));
    let mut reasons: Vec<(Reason, u16)> = out
        .chain(back)
        .map(|(link, outgoing)| {
            let reason = Reason::Linked {
                relation: link.relation,
                why: link.why.clone(),
                outgoing,
            };
            (reason, 20)
        })
        .collect();
    if here.part_of.as_ref().is_some_and(|w| w.value == *b) {
        reasons.push((Reason::PartOf, 10));
    }
    if there.part_of.as_ref().is_some_and(|w| w.value == *a) {
        reasons.push((Reason::HasPart, 10));
    }
    reasons
}

/// Days between two events whose days are known; nearness gives up to three points.
fn apart(here: &Event, there: &Event) -> Option<(Reason, u16)> {
    let known =
        |e: &Event| e.date.precision() == crate::base::Precision::Day && !e.date.is_interval();
    if !known(here) || !known(there) {
        return None;
    }
    let days = here
        .date
        .earliest()
        .until(there.date.earliest())
        .ok()?
        .get_days();
    let points = match days.unsigned_abs() {
        0..=7 => 3,
        8..=31 => 2,
        32..=366 => 1,
        _ => 0,
    };
    Some((Reason::Days(days), points))
}

fn shares(mut shared: Vec<Id>, rarity: impl Fn(&Id) -> u16 + Copy) -> Option<(Reason, u16)> {
    if shared.is_empty() {
        return None;
    }
    shared.sort_by(|a, b| rarity(b).cmp(&rarity(a)).then_with(|| a.cmp(b)));
    let points = shared.iter().map(rarity).sum::<u16>().min(SHARED_CAP);
    Some((Reason::Shares(shared), points))
}

/// Events related to those that an article tells of, best first; none of those themselves.
pub(super) fn nearby(
    told: &[Id],
    events: &BTreeMap<Id, EventLinks>,
    site: &Site,
) -> Vec<Arc<Related>> {
    let mut found: BTreeMap<&Id, &Arc<Related>> = BTreeMap::new();
    for event in told {
        for related in events
            .get(event)
            .map(|l| l.related.as_slice())
            .unwrap_or_default()
        {
            let better = found
                .get(&related.to)
                .is_none_or(|r| r.points < related.points);
            if !told.contains(&related.to) && better {
                found.insert(&related.to, related);
            }
        }
    }
    let mut found: Vec<&Arc<Related>> = found.into_values().collect();
    found.sort_by_cached_key(|related| {
        let date = site.events.get(&related.to).map(|e| &e.date);
        (Reverse(related.points), date, &related.to)
    });
    found.into_iter().take(KEPT).cloned().collect()
}
