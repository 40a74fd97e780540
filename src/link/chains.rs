//! Events that editors have linked with each other, in chains that a reader can follow.
//!
//! Invariants: every event of a chain but the first is linked with one of the chain, and each link is told once, at the later of its two
//! events, with the editor's reason. Links in a circle do no harm: order is by time, not by links.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Id, Relation, Site};

/// Events in order of time, each linked with another.
pub type Chain = Vec<Step>;

/// An event in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub event: Id,
    /// What links it with those before it, in their order.
    pub links: Vec<ChainLink>,
}

/// A link of an event with one before it in the chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainLink {
    /// The one before.
    pub to: Id,
    /// What the event whose editor drew the link is to the other.
    pub relation: Relation,
    /// Whether the later of the two draws it.
    pub outgoing: bool,
    /// Why, in the editor's words.
    pub why: Option<String>,
}

/// The chains that hold at least one of some events, in order of their first events. A chain goes beyond these events as far as one link.
pub fn chains(site: &Site, events: &[Id]) -> Vec<Chain> {
    let own: BTreeSet<&Id> = events.iter().collect();
    let drawn = || {
        let links = site
            .events
            .iter()
            .flat_map(|(id, e)| e.links.iter().map(move |l| (id, l)));
        links.filter(|(_, link)| site.events.contains_key(&link.to.value))
    };
    let mut reach = own.clone();
    for (id, link) in drawn() {
        let to = &link.to.value;
        if own.contains(id) || own.contains(to) {
            reach.extend([id, to]);
        }
    }
    let when = |id: &Id| site.events.get(id).map(|e| (e.date.clone(), id.clone()));
    let mut steps: BTreeMap<Id, BTreeSet<ChainLink>> = BTreeMap::new();
    let mut neighbours: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (id, link) in drawn() {
        let to = &link.to.value;
        if reach.contains(id) && reach.contains(to) {
            let outgoing = when(to) < when(id);
            let (earlier, later) = if outgoing { (to, id) } else { (id, to) };
            steps.entry(earlier.clone()).or_default();
            steps.entry(later.clone()).or_default().insert(ChainLink {
                to: earlier.clone(),
                relation: link.relation,
                outgoing,
                why: link.why.clone(),
            });
            for (one, other) in [(id, to), (to, id)] {
                let beside = neighbours.entry(one.clone()).or_default();
                beside.insert(other.clone());
            }
        }
    }
    let mut chains: Vec<Chain> = Vec::new();
    while let Some(first) = steps.keys().next().cloned() {
        let mut chain = Chain::new();
        let mut open = vec![first];
        while let Some(event) = open.pop() {
            if let Some(links) = steps.remove(&event) {
                open.extend(neighbours.remove(&event).unwrap_or_default());
                let mut links: Vec<ChainLink> = links.into_iter().collect();
                links.sort_by_key(|link| when(&link.to));
                chain.push(Step { event, links });
            }
        }
        chain.sort_by_key(|step| when(&step.event));
        chains.push(chain);
    }
    chains.sort_by_key(|chain| chain.first().and_then(|step| when(&step.event)));
    chains
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::testing::site;

    /// An event's id, its date, and its links.
    type Drawn<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

    fn event(date: &str, links: &[(&str, &str)]) -> String {
        let links = links.iter().map(|(rel, to)| {
            format!("[[links]]\nrel = \"{rel}\"\nto = \"{to}\"\nwhy = \"{rel} {to}\"\n")
        });
        let links: String = links.collect();
        format!("+++\ntitle = \"x\"\ndate = \"{date}\"\n{links}+++\n")
    }

    fn told(events: &[Drawn], of: &[&str]) -> Vec<Vec<String>> {
        let files: Vec<(String, String)> = events
            .iter()
            .map(|(id, date, links)| (format!("content/events/{id}.md"), event(date, links)))
            .collect();
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(p, t)| (p.as_str(), t.as_str()))
            .collect();
        let of: Vec<Id> = of.iter().map(|id| Id::new(*id)).collect();
        let step = |step: &Step| {
            let links = step.links.iter().map(|link| {
                let way = if link.outgoing { "" } else { " by" };
                format!(" {:?}{way} {}", link.relation, link.to)
            });
            format!("{}{}", step.event, links.collect::<String>())
        };
        let chains = chains(&site(&files), &of);
        chains
            .iter()
            .map(|c| c.iter().map(step).collect())
            .collect()
    }

    #[test]
    fn linked_events_stand_in_order_of_time_with_what_links_them() {
        let events: [Drawn; 6] = [
            ("talks", "2013-07-06", &[]),
            ("offer", "2013-07-28", &[("responds_to", "talks")]),
            (
                "called-off",
                "2013-07-29",
                &[("cancels", "offer"), ("follows", "talks")],
            ),
            ("alone", "2013-07-30", &[]),
            ("flood", "2010", &[]),
            ("aid", "2010-09", &[("follows", "flood")]),
        ];
        let expected = [
            vec!["flood", "aid Follows flood"],
            vec![
                "talks",
                "offer RespondsTo talks",
                "called-off Follows talks Cancels offer",
            ],
        ];
        assert_eq!(told(&events, &["talks", "aid"]), expected);
        assert_eq!(told(&events, &["alone"]), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_link_is_told_at_the_later_event_whoever_draws_it_and_once_in_a_circle() {
        let events: [Drawn; 3] = [
            ("plan", "2013-01", &[("disputes", "denial")]),
            ("denial", "2013-02", &[]),
            ("elsewhere", "2013-03", &[("follows", "denial")]),
        ];
        let expected = [["plan", "denial Disputes by plan"]];
        assert_eq!(told(&events, &["plan"]), expected);
        let circle: [Drawn; 2] = [
            ("a", "2013-01", &[("follows", "b")]),
            ("b", "2013-02", &[("follows", "a")]),
        ];
        let both = "b Follows by a Follows a";
        assert_eq!(told(&circle, &["b"]), [["a", both]]);
    }
}
