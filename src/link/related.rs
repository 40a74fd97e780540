//! Events and articles that belong together.
//!
//! A score is a sum of small integers, one for each named reason, so it does not depend on the order of summing and one
//! edit does not nudge every score of the site. Rarity comes in buckets, one more than `ilog2(N / df)` for something that `df` of `N`
//! have: sharing what few share weighs more. Candidates come from posting lists; a list that is longer than
//! [`COMMON`] says nothing and is passed over, so the work stays far from quadratic.

use std::collections::{BTreeMap, BTreeSet};

use super::events::told_by;
use super::index::takes_part;
use super::{ArticleLinks, EventLinks, Input};
use crate::model::{Article, Event, Id, Relation, Site};

/// The most related things that are kept for one.
pub const KEPT: usize = 12;

/// What more than this many have in common is no sign that any two belong together.
const COMMON: usize = 400;

/// The points below which things are not called related.
const ENOUGH: u16 = 4;

/// The most points that shared participants or names can give.
const SHARED_CAP: u16 = 12;

/// Something related, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What is related.
    pub to: Id,
    /// The sum of the reasons' points.
    pub points: u16,
    /// Why, most points first.
    pub reasons: Vec<(Reason, u16)>,
}

/// Why two events or two articles are linked. Each can be checked against the data it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// An editor drew the link. `outgoing` tells whether this event names the other.
    Linked {
        /// What the naming event is to the named one.
        relation: Relation,
        /// Why, in the editor's words.
        why: Option<String>,
        /// The link starts here.
        outgoing: bool,
    },
    /// The other event is the whole of which this is a part.
    PartOf,
    /// The other event is a part of this.
    HasPart,
    /// One article names the other as a report that it relies on.
    BasedOn,
    /// Both articles tell of these events, the rarest first.
    SharedEvents(Vec<Id>),
    /// Both events are told of in these articles.
    SameReport(Vec<Id>),
    /// Both took place there.
    SamePlace(Id),
    /// Both have these participants or name these entities, the rarest first.
    Shares(Vec<Id>),
    /// Both belong to these topics.
    SameTopic(Vec<Id>),
    /// They are this many days apart, counted from here; both days are known.
    Days(i32),
}

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
            best(scored.collect(), |id| {
                site.events.get(id).map(|e| e.date.clone())
            }),
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

/// Fills in the events near each article's own, and its related articles. `inputs` is sorted by article id.
pub fn of_articles(
    site: &Site,
    inputs: &[Input],
    events: &BTreeMap<Id, EventLinks>,
    articles: &mut BTreeMap<Id, ArticleLinks>,
) {
    let facts: BTreeMap<&Id, BTreeSet<&Id>> = inputs
        .iter()
        .map(|i| {
            (
                i.article.id(),
                i.facts.mentions.iter().map(|m| &m.entity).collect(),
            )
        })
        .collect();
    let mut naming: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    for (article, entities) in &facts {
        for entity in entities {
            naming.entry(entity).or_default().push(article);
        }
    }
    let total = inputs.len();
    let published: BTreeMap<&Id, &Article> =
        inputs.iter().map(|i| (i.article.id(), i.article)).collect();
    let mut all = Vec::new();
    for input in inputs {
        let id = input.article.id();
        let told = articles
            .get(id)
            .map(|l| l.events.as_slice())
            .unwrap_or_default();
        let mut candidates: BTreeSet<&Id> = BTreeSet::new();
        for event in told {
            candidates.extend(
                events
                    .get(event)
                    .map(|l| l.articles.as_slice())
                    .unwrap_or_default(),
            );
        }
        for entity in facts.get(id).into_iter().flatten() {
            candidates.extend(
                naming
                    .get(entity)
                    .filter(|l| l.len() <= COMMON)
                    .into_iter()
                    .flatten(),
            );
        }
        candidates.extend(based_on(input.article, &published));
        candidates.extend(
            published
                .values()
                .filter(|a| based_on(a, &published).contains(&id))
                .map(|a| a.id()),
        );
        candidates.remove(id);
        let scored = candidates.into_iter().filter_map(|other| {
            let there = published.get(other)?;
            let reasons = article_reasons(&Pair {
                here: input.article,
                there,
                events,
                articles,
                facts: &facts,
                naming: &naming,
                total,
            });
            finish(other, reasons)
        });
        let related = best(scored.collect(), |id| {
            published.get(id).and_then(|a| a.published)
        });
        all.push((id.clone(), related, nearby(told, events, site)));
    }
    for (id, related, nearby) in all {
        if let Some(links) = articles.get_mut(&id) {
            links.related = related;
            links.nearby = nearby;
        }
    }
}

/// The articles of the corpus that an article relies on.
fn based_on<'a>(article: &Article, published: &BTreeMap<&'a Id, &'a Article>) -> Vec<&'a Id> {
    let names = article.based_on.iter().map(|b| Id::new(&b.value));
    names
        .filter_map(|name| published.get_key_value(&name).map(|(id, _)| *id))
        .collect()
}

struct Pair<'a> {
    here: &'a Article,
    there: &'a Article,
    events: &'a BTreeMap<Id, EventLinks>,
    articles: &'a BTreeMap<Id, ArticleLinks>,
    facts: &'a BTreeMap<&'a Id, BTreeSet<&'a Id>>,
    naming: &'a BTreeMap<&'a Id, Vec<&'a Id>>,
    total: usize,
}

fn article_reasons(pair: &Pair) -> Vec<(Reason, u16)> {
    let (a, b) = (pair.here.id(), pair.there.id());
    let mut reasons = Vec::new();
    let names = |one: &Article, other: &Id| one.based_on.iter().any(|r| r.value == other.as_str());
    if names(pair.here, b) || names(pair.there, a) {
        reasons.push((Reason::BasedOn, 10));
    }
    let told = |id: &Id| {
        pair.articles
            .get(id)
            .map(|l| l.events.as_slice())
            .unwrap_or_default()
    };
    let rare = |e: &Id| {
        rarity(
            pair.total,
            pair.events.get(e).map_or(1, |l| l.articles.len()),
        )
    };
    let mut shared: Vec<Id> = told(a)
        .iter()
        .filter(|e| told(b).contains(e))
        .cloned()
        .collect();
    if !shared.is_empty() {
        shared.sort_by(|x, y| rare(y).cmp(&rare(x)).then_with(|| x.cmp(y)));
        let points = shared.iter().map(|e| 6 + rare(e)).sum::<u16>().min(30);
        reasons.push((Reason::SharedEvents(shared), points));
    }
    let rare = |e: &Id| rarity(pair.total, pair.naming.get(e).map_or(1, Vec::len));
    if let (Some(mine), Some(theirs)) = (pair.facts.get(a), pair.facts.get(b)) {
        let shared = mine.intersection(theirs).map(|id| (*id).clone()).collect();
        reasons.extend(shares(shared, rare));
    }
    let topics = |id: &Id| -> Vec<Id> {
        let list = pair
            .articles
            .get(id)
            .map(|l| l.topics.as_slice())
            .unwrap_or_default();
        list.iter().map(|m| m.topic.clone()).collect()
    };
    let there = topics(b);
    let shared: Vec<Id> = topics(a)
        .into_iter()
        .filter(|t| there.contains(t))
        .collect();
    if !shared.is_empty() {
        let points = 2 * u16::try_from(shared.len()).unwrap_or(u16::MAX).min(3);
        reasons.push((Reason::SameTopic(shared), points));
    }
    if let (Some(from), Some(to)) = (pair.here.published, pair.there.published)
        && let Ok(span) = from.until(to)
    {
        let points = match span.get_days().unsigned_abs() {
            0..=3 => 3,
            4..=31 => 2,
            32..=366 => 1,
            _ => 0,
        };
        reasons.push((Reason::Days(span.get_days()), points));
    }
    reasons
}

/// Events related to those that an article tells of, best first; none of those themselves.
fn nearby(told: &[Id], events: &BTreeMap<Id, EventLinks>, site: &Site) -> Vec<Related> {
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
    best(list, |id| site.events.get(id).map(|e| e.date.clone()))
}

/// How rare something is that `df` of `total` have: 0 for what more than half have, 2 for a half, and one more for each halving.
fn rarity(total: usize, df: usize) -> u16 {
    let ratio = (total / df.max(1)).max(1);
    u16::try_from(ratio.ilog2()).unwrap_or(0) + u16::from(ratio >= 2)
}

/// Sums up the reasons; nothing if they do not suffice or are nothing but nearness in time or a common topic.
fn finish(to: &Id, mut reasons: Vec<(Reason, u16)>) -> Option<Related> {
    let telling = |r: &Reason| !matches!(r, Reason::Days(_) | Reason::SameTopic(_));
    let points = reasons
        .iter()
        .fold(0u16, |sum, (_, n)| sum.saturating_add(*n));
    if points < ENOUGH || !reasons.iter().any(|(r, n)| telling(r) && *n > 0) {
        return None;
    }
    reasons.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    Some(Related {
        to: to.clone(),
        points,
        reasons,
    })
}

/// The best few: by points, then date, then id.
fn best<D: Ord>(mut list: Vec<Related>, date: impl Fn(&Id) -> D) -> Vec<Related> {
    list.sort_by(|a, b| {
        b.points
            .cmp(&a.points)
            .then_with(|| date(&a.to).cmp(&date(&b.to)))
            .then_with(|| a.to.cmp(&b.to))
    });
    list.truncate(KEPT);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_comes_in_buckets() {
        let cases = [
            (5, 5, 0),
            (5, 2, 2),
            (8, 4, 2),
            (8, 1, 4),
            (10_000, 3, 12),
            (0, 0, 0),
        ];
        for (total, df, expected) in cases {
            assert_eq!(rarity(total, df), expected, "{df} of {total}");
        }
    }

    #[test]
    fn nearness_alone_is_no_link() {
        let id = Id::new("x");
        assert_eq!(
            finish(
                &id,
                vec![(Reason::Days(1), 3), (Reason::SameTopic(vec![]), 2)]
            ),
            None
        );
        let place = Reason::SamePlace(Id::new("kaesong"));
        let related = finish(&id, vec![(Reason::Days(1), 3), (place.clone(), 4)]).unwrap();
        assert_eq!(related.points, 7);
        assert_eq!(related.reasons[0], (place, 4));
    }
}
