//! Events that belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::{COMMON, KEPT, Reason, Related, SHARED_CAP, best, finish, rarity};
use crate::link::EventLinks;
use crate::link::events::told_by;
use crate::link::index::takes_part;
use crate::model::{Event, Id, Site};

/// Fills in what is related to each event.
pub fn of_events(site: &Site, events: &mut BTreeMap<Id, EventLinks>) {
    let holders: BTreeMap<Id, BTreeSet<Id>> = {
        let mut holders: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for id in site.events.keys() {
            for entity in takes_part(site, id) {
                holders.entry(entity).or_default().insert(id.clone());
            }
        }
        holders
    };
    let by_article = told_by(site, events);
    let inverse = linked_from(site);
    let total = site.events.len();
    let mut all = BTreeMap::new();
    for (id, event) in &site.events {
        let mut candidates: BTreeSet<&Id> = BTreeSet::new();
        for entity in takes_part(site, id) {
            candidates.extend(
                holders
                    .get(&entity)
                    .into_iter()
                    .filter(|h| h.len() <= COMMON)
                    .flatten(),
            );
        }
        for article in events
            .get(id)
            .map(|l| l.articles.as_slice())
            .unwrap_or_default()
        {
            candidates.extend(
                by_article
                    .get(article)
                    .into_iter()
                    .filter(|e| e.len() <= COMMON)
                    .flatten(),
            );
        }
        candidates.extend(event.links.iter().map(|l| &l.to.value));
        candidates.extend(inverse.get(id).into_iter().flatten());
        candidates.remove(id);
        let scored = candidates.into_iter().filter_map(|other| {
            let reasons = event_reasons(
                site,
                events,
                &holders,
                total,
                event,
                site.events.get(other)?,
            );
            finish(other, reasons)
        });
        all.insert(
            id.clone(),
            best(
                scored.collect(),
                |id| site.events.get(id).map(|e| e.date.clone()),
                KEPT,
            ),
        );
    }
    for (id, related) in all {
        if let Some(links) = events.get_mut(&id) {
            links.related = related;
        }
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

fn event_reasons(
    site: &Site,
    links: &BTreeMap<Id, EventLinks>,
    holders: &BTreeMap<Id, BTreeSet<Id>>,
    total: usize,
    here: &Event,
    there: &Event,
) -> Vec<(Reason, u16)> {
    let (a, b) = (&here.common.id, &there.common.id);
    let mut reasons = drawn(here, there);
    let rarity = |id: &Id| rarity(total, holders.get(id).map_or(1, BTreeSet::len));
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
    let skip = place.map(|p| p.value.clone());
    let others = takes_part(site, b);
    let shared = takes_part(site, a)
        .into_iter()
        .filter(|id| others.contains(id) && Some(id) != skip.as_ref());
    reasons.extend(shares(shared.collect(), rarity));
    let (mine, theirs) = (links.get(a), links.get(b));
    let common = |pick: fn(&EventLinks) -> &Vec<Id>| -> Vec<Id> {
        let other = theirs.map(pick);
        let list = mine.map(pick).into_iter().flatten();
        list.filter(|id| other.is_some_and(|o| o.contains(id)))
            .cloned()
            .collect()
    };
    let reports = common(|l| &l.articles);
    if !reports.is_empty() {
        let points = u16::try_from(reports.len()).unwrap_or(u16::MAX).min(3);
        reasons.push((Reason::SameReport(reports), points));
    }
    let topics = common(|l| &l.topics);
    if !topics.is_empty() {
        reasons.push((Reason::SameTopic(topics), 1));
    }
    reasons.extend(apart(here, there));
    reasons
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
pub(super) fn nearby(told: &[Id], events: &BTreeMap<Id, EventLinks>, site: &Site) -> Vec<Related> {
    let mut found: BTreeMap<&Id, &Related> = BTreeMap::new();
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
    let list = found.into_values().cloned().collect();
    best(list, |id| site.events.get(id).map(|e| e.date.clone()), KEPT)
}
