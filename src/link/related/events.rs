//! Events that belong together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::postings::number;
use super::{COMMON, ENOUGH, KEPT, Reason, Related, SHARED_CAP, finish, rarity};
use crate::link::EventLinks;
use crate::link::index::takes_part;
use crate::model::{Event, Id, Site};

/// Fills in what is related to each event.
pub fn of_events(site: &Site, events: &mut BTreeMap<Id, EventLinks>) {
    let ground = Ground::new(site, events);
    let (mut all, mut near) = (Vec::new(), Vec::new());
    for (here, event) in ground.all.iter().enumerate() {
        ground.candidates(number(here), &mut near);
        let scored = near.iter().filter_map(|&there| {
            let other = ground.all.get(there as usize)?;
            let points = ground.points(event, other, there)?;
            Some((Reverse(points), &other.event.date, there))
        });
        let mut scored: Vec<_> = scored.collect();
        scored.sort_unstable();
        let best = scored.into_iter().take(KEPT).filter_map(|(.., there)| {
            let other = ground.all.get(there as usize)?.event;
            let reasons = ground.reasons(event.event, other);
            finish(&other.common.id, reasons).map(Arc::new)
        });
        all.push((event.event.common.id.clone(), best.collect()));
    }
    for (id, related) in all {
        if let Some(links) = events.get_mut(&id) {
            links.related = related;
        }
    }
}

/// What the points that an event has with others are counted from; all lists are in order.
struct Counted<'a> {
    event: &'a Event,
    /// The entity that is its place.
    place: Option<u32>,
    /// The entities that take part, and its place.
    present: Vec<u32>,
    /// The articles that tell of it.
    reports: Vec<u32>,
    topics: Vec<u32>,
    /// The events that editors have linked with it, either way.
    drawn: Vec<u32>,
}

/// What events are compared by, each worked out once.
struct Ground<'a> {
    site: &'a Site,
    events: &'a BTreeMap<Id, EventLinks>,
    /// The events in order of id.
    all: Vec<Counted<'a>>,
    /// By event, its participants and its place.
    present: BTreeMap<&'a Id, BTreeSet<Id>>,
    /// By entity, the events that it takes part in.
    holders: BTreeMap<Id, Vec<u32>>,
    /// By number of an entity, its rarity and the events that it takes part in.
    entities: Vec<(u16, Vec<u32>)>,
    /// By number of an article, the events that it tells of.
    told: Vec<Vec<u32>>,
}

impl<'a> Ground<'a> {
    fn new(site: &'a Site, events: &'a BTreeMap<Id, EventLinks>) -> Self {
        let present: BTreeMap<&Id, BTreeSet<Id>> = site
            .events
            .keys()
            .map(|id| (id, takes_part(site, id)))
            .collect();
        let mut holders: BTreeMap<Id, Vec<u32>> = BTreeMap::new();
        for (entities, event) in present.values().zip(0..) {
            for entity in entities {
                holders.entry(entity.clone()).or_default().push(event);
            }
        }
        let total = site.events.len();
        let entities = holders.values();
        let entities = entities.map(|of| (rarity(total, of.len()), of.clone()));
        let mut ground = Self {
            site,
            events,
            all: Vec::with_capacity(total),
            entities: entities.collect(),
            present,
            holders,
            told: Vec::new(),
        };
        ground.count();
        ground
    }

    /// Gives numbers to what each event has.
    fn count(&mut self) {
        let (site, events) = (self.site, self.events);
        let known: HashMap<&Id, u32> = self.holders.keys().zip(0..).collect();
        let topics: HashMap<&Id, u32> = site.topics.keys().zip(0..).collect();
        let inverse = linked_from(site);
        let all: HashMap<&Id, u32> = site.events.keys().zip(0..).collect();
        let mut numbers: HashMap<&Id, u32> = HashMap::new();
        for ((id, event), at) in site.events.iter().zip(0..) {
            let links = events.get(id);
            let mut reports = Vec::new();
            for article in links.into_iter().flat_map(|links| &links.articles) {
                let next = number(numbers.len());
                let article = *numbers.entry(article).or_insert(next);
                if article == next {
                    self.told.push(Vec::new());
                }
                if let Some(told) = self.told.get_mut(article as usize) {
                    told.push(at);
                }
                reports.push(article);
            }
            let linked = event.links.iter().map(|l| &l.to.value);
            let linked = linked.chain(inverse.get(id).into_iter().flatten());
            let present = self.present.get(id).into_iter().flatten();
            let of = links.into_iter().flat_map(|links| &links.topics);
            let sorted = |numbers: &mut dyn Iterator<Item = Option<&u32>>| {
                let mut sorted: Vec<u32> = numbers.flatten().copied().collect();
                sorted.sort_unstable();
                sorted.dedup();
                sorted
            };
            self.all.push(Counted {
                event,
                place: event
                    .place
                    .as_ref()
                    .and_then(|p| known.get(&p.value).copied()),
                present: sorted(&mut present.map(|id| known.get(id))),
                topics: sorted(&mut of.map(|id| topics.get(id))),
                drawn: sorted(&mut linked.map(|id| all.get(id))),
                reports: sorted(&mut reports.iter().map(Some)),
            });
        }
    }

    /// The events that have anything in common with one by which they might be related.
    fn candidates(&self, here: u32, into: &mut Vec<u32>) {
        into.clear();
        let Some(event) = self.all.get(here as usize) else {
            return;
        };
        for entity in &event.present {
            let holders = self.entities.get(*entity as usize).map(|(_, of)| of);
            into.extend(
                holders
                    .filter(|of| of.len() <= COMMON)
                    .into_iter()
                    .flatten(),
            );
        }
        for article in &event.reports {
            let told = self.told.get(*article as usize);
            into.extend(told.filter(|of| of.len() <= COMMON).into_iter().flatten());
        }
        into.extend(&event.drawn);
        into.sort_unstable();
        into.dedup();
        into.retain(|other| *other != here);
    }

    /// The points of two events' reasons, if they are related; as [`finish`] counts those of [`Self::reasons`].
    fn points(&self, here: &Counted, there: &Counted, other: u32) -> Option<u16> {
        let drawn = match here.drawn.binary_search(&other) {
            Ok(_) => drawn(here.event, there.event),
            Err(_) => Vec::new(),
        };
        let drawn = drawn
            .iter()
            .fold(0u16, |sum, (_, n)| sum.saturating_add(*n));
        let rarity = |entity: u32| self.entities.get(entity as usize).map_or(0, |(r, _)| *r);
        let place = here.place.filter(|_| here.place == there.place);
        let shared = common(&here.present, &there.present).filter(|id| Some(*id) != place);
        let shares = shared
            .map(rarity)
            .fold(0, u16::saturating_add)
            .min(SHARED_CAP);
        let reports = common(&here.reports, &there.reports).take(3).count();
        let links = drawn
            .saturating_add(place.map_or(0, |place| 2 + rarity(place)))
            .saturating_add(shares)
            .saturating_add(u16::try_from(reports).unwrap_or(3));
        let topic = common(&here.topics, &there.topics).next().is_some();
        let days = apart(here.event, there.event).map_or(0, |(_, points)| points);
        let points = links.saturating_add(u16::from(topic)).saturating_add(days);
        (links > 0 && points >= ENOUGH).then_some(points)
    }

    fn reasons(&self, here: &Event, there: &Event) -> Vec<(Reason, u16)> {
        let (a, b) = (&here.common.id, &there.common.id);
        let mut reasons = drawn(here, there);
        let total = self.site.events.len();
        let rarity = |id: &Id| rarity(total, self.holders.get(id).map_or(1, Vec::len));
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
        let of = |id: &Id| self.events.get(id).into_iter().flat_map(|l| &l.articles);
        let theirs: HashSet<&Id> = of(there).collect();
        of(here).filter(|id| theirs.contains(id)).cloned().collect()
    }
}

/// What two lists of numbers in order have in common.
fn common<'n>(a: &'n [u32], b: &'n [u32]) -> impl Iterator<Item = u32> + 'n {
    let mut rest = b;
    a.iter().copied().filter(move |wanted| {
        while let [first, more @ ..] = rest {
            if first >= wanted {
                break;
            }
            rest = more;
        }
        rest.first() == Some(wanted)
    })
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
    let points = shared.iter().map(rarity);
    let points = points.fold(0, u16::saturating_add).min(SHARED_CAP);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::link::testing::site;

    /// What an event has, as numbers: participants, reports and topics in bits, place, day, and the event that it is linked to.
    type Seed = (u8, u8, u8, u8, u8, u8);

    fn bits(set: u8, of: u8, name: &str) -> Vec<String> {
        let all = (0..of).filter(|bit| set >> bit & 1 == 1);
        all.map(|bit| format!("{name}{bit}")).collect()
    }

    fn ids(names: &[String]) -> Vec<Id> {
        names.iter().map(Id::new).collect()
    }

    /// The texts of the events and of all that they name.
    fn files(seeds: &[Seed]) -> Vec<(String, String)> {
        let things = ["people/p", "places/g", "topics/t"];
        let things = things.iter().flat_map(|name| {
            let title = if name.starts_with('t') {
                "title"
            } else {
                "name"
            };
            (0..5).map(move |n| {
                let text = format!("+++\n{title} = \"{name} {n}\"\n+++\n");
                (format!("content/{name}{n}.md"), text)
            })
        });
        let events = seeds.iter().enumerate().map(|(n, seed)| {
            let (people, _, _, place, day, to) = *seed;
            let mut text = format!(
                "+++\ntitle = \"E{n}\"\ndate = \"2010-{:02}-01\"\n",
                day % 3 + 1
            );
            text.push_str(&format!("participants = {:?}\n", bits(people, 5, "p")));
            if place < 3 {
                text.push_str(&format!("place = \"g{place}\"\n"));
            }
            if usize::from(to) < seeds.len() && usize::from(to) != n {
                text.push_str(&format!(
                    "[[links]]\nto = \"e{to}\"\nrelation = \"follows\"\nwhy = \"so\"\n"
                ));
            }
            (format!("content/events/e{n}.md"), format!("{text}+++\n"))
        });
        things.chain(events).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Events are chosen by their points, and shown with reasons that are worked out afterwards.
        #[test]
        fn events_are_chosen_by_the_points_of_their_reasons(
            seeds in prop::collection::vec((0u8..32, 0u8..16, 0u8..4, 0u8..5, any::<u8>(), 0u8..8), 2..7),
        ) {
            let files = files(&seeds);
            let files: Vec<_> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
            let site = site(&files);
            prop_assert_eq!(site.events.len(), seeds.len());
            let links = site.events.keys().zip(&seeds).map(|(id, seed)| {
                let articles = ids(&bits(seed.1, 4, "a"));
                let topics = ids(&bits(seed.2, 2, "t"));
                (id.clone(), EventLinks { articles, topics, ..EventLinks::default() })
            });
            let links: BTreeMap<Id, EventLinks> = links.collect();
            let ground = Ground::new(&site, &links);
            for here in &ground.all {
                for (there, at) in ground.all.iter().zip(0..) {
                    if here.event.common.id == there.event.common.id {
                        continue;
                    }
                    let reasons = ground.reasons(here.event, there.event);
                    let told = finish(&there.event.common.id, reasons).map(|r| r.points);
                    prop_assert_eq!(ground.points(here, there, at), told);
                }
            }
        }
    }
}
