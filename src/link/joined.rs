//! Events that join topics by themselves: those for which no editor has named one.
//!
//! An event joins a topic to which all reports that tell of it belong. Where reports belong to several topics in common, one of those takes it
//! whose rules have a phrase in its title, or an entity among its place and participants: a report on two subjects does not make
//! its events belong to both.

use std::collections::{BTreeMap, BTreeSet};

use super::topics::{Membership, TopicLinks, is_whole};
use super::{EventLinks, Input};
use crate::model::{Event, Id, Site, Topic};

/// Why an event belongs to a topic without an editor's word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joined {
    /// All reports that tell of it belong there: so many.
    Reports(usize),
    /// A phrase of the topic's rules is in its title.
    Title(String),
    /// An entity of the topic's rules is its place or takes part in it.
    Entity(Id),
}

/// Lets events join topics. `members` goes with `inputs`; `order` is the site's order of topics.
pub(super) fn join(
    site: &Site,
    inputs: &[Input],
    members: &[Vec<Membership>],
    order: &[Id],
    events: &mut BTreeMap<Id, EventLinks>,
    topics: &mut BTreeMap<Id, TopicLinks>,
) {
    let members: BTreeMap<&Id, &[Membership]> = inputs
        .iter()
        .zip(members)
        .map(|(input, of)| (input.article.id(), of.as_slice()))
        .collect();
    let mut grown: BTreeSet<&Id> = BTreeSet::new();
    for (id, links) in events {
        let Some(event) = site.events.get(id).filter(|_| links.topics.is_empty()) else {
            continue;
        };
        let holds_all = |topic: &Id| {
            let belongs = |article| {
                let of = members.get(article).copied().unwrap_or_default();
                of.iter().any(|m| m.topic == *topic)
            };
            !links.articles.is_empty() && links.articles.iter().all(belongs)
        };
        let common = order.iter().filter(|topic| holds_all(topic));
        let common: Vec<(&Id, Vec<Joined>)> = common
            .filter_map(|id| Some((id, own(site.topics.get(id)?, event))))
            .collect();
        let only = common.len() == 1;
        for (topic, mut reasons) in common {
            if only || !reasons.is_empty() {
                reasons.push(Joined::Reports(links.articles.len()));
                reasons.sort();
                links.topics.push(topic.clone());
                links.joined.insert(topic.clone(), reasons);
                if let Some(of_topic) = topics.get_mut(topic) {
                    of_topic.events.push(id.clone());
                    grown.insert(topic);
                }
            }
        }
    }
    for topic in grown {
        if let Some(of_topic) = topics.get_mut(topic) {
            of_topic.sort_events(site);
        }
    }
}

/// What an event has of a topic's rules by itself.
fn own(topic: &Topic, event: &Event) -> Vec<Joined> {
    let (rules, title) = (&topic.rules, event.title.to_lowercase());
    let phrases = rules.any.iter().chain(&rules.all).filter(|phrase| {
        let phrase = phrase.to_lowercase();
        let mut found = title.match_indices(&phrase);
        !phrase.is_empty() && found.any(|(at, _)| is_whole(&title, at..at + phrase.len()))
    });
    let entities = rules.entities.iter().map(|entity| &entity.value);
    let named = event.place.iter().chain(&event.participants);
    let named: BTreeSet<&Id> = named.map(|of| &of.value).collect();
    let entities = entities.filter(|id| named.contains(id));
    phrases
        .map(|phrase| Joined::Title(phrase.clone()))
        .chain(entities.map(|id| Joined::Entity(id.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::testing::linked;

    const EVENT: &str = "+++\ntitle = \"Locks reopen\"\ndate = \"2024-03-05\"\nplace = \"pell\"\n";
    const EVIDENCE: &str = "[[evidence]]\narticle = \"a\"\nquote = \"The locks opened\"\n+++\n";
    const PELL: (&str, &str) = ("content/places/pell.md", "+++\nname = \"Pell\"\n+++\n");
    const ARTICLE: (&str, &str) = (
        "corpus/a.md",
        "+++\ntitle = \"A\"\npublished = 2024-03-06\n+++\n\nThe locks opened in Pell, a boat was let in.\n",
    );

    /// The topics of an event among topics with these rules, with the reasons.
    fn topics(event: &str, rules: &[(&str, &str)]) -> Vec<(String, Vec<Joined>)> {
        let event = format!("{event}{EVIDENCE}");
        let paths: Vec<(String, String)> = rules
            .iter()
            .map(|(id, rules)| {
                let front = format!("+++\ntitle = \"{id}\"\n{rules}\n+++\n");
                (format!("content/topics/{id}.md"), front)
            })
            .collect();
        let mut files = vec![PELL, ARTICLE, ("content/events/e.md", event.as_str())];
        files.extend(
            paths
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        );
        let links = linked(&files, |_| {});
        let of = &links.events[&Id::new("e")];
        for (topic, of_topic) in &links.topics {
            assert_eq!(
                of_topic.events.contains(&Id::new("e")),
                of.topics.contains(topic)
            );
        }
        let of = of.topics.iter();
        let reasons = |topic: &Id| links.events[&Id::new("e")].joined.get(topic).cloned();
        of.map(|topic| (topic.to_string(), reasons(topic).unwrap_or_default()))
            .collect()
    }

    #[test]
    fn an_event_joins_where_all_its_reports_belong() {
        let boats = ("boats", "[rules]\nany = [\"boat\"]");
        let reports = vec![Joined::Reports(1)];
        assert_eq!(topics(EVENT, &[boats]), [("boats".into(), reports)]);
        assert!(topics(EVENT, &[("cars", "[rules]\nany = [\"car\"]")]).is_empty());
    }

    #[test]
    fn among_several_topics_its_own_record_decides() {
        let boats = ("boats", "[rules]\nany = [\"boat\"]");
        let locks = ("locks", "[rules]\nany = [\"locks\"]");
        let towns = ("towns", "[rules]\nentities = [\"pell\"]");
        let title = vec![Joined::Reports(1), Joined::Title("locks".into())];
        let place = vec![Joined::Reports(1), Joined::Entity(Id::new("pell"))];
        assert_eq!(
            topics(EVENT, &[boats, locks, towns]),
            [("locks".into(), title), ("towns".into(), place)]
        );
        let part = ("parts", "[rules]\nany = [\"lock\", \"opened\"]");
        assert!(
            topics(EVENT, &[boats, part]).is_empty(),
            "whole words of the title"
        );
    }

    #[test]
    fn an_editor_decides_first() {
        let locks = ("locks", "[rules]\nany = [\"locks\"]");
        let boats = ("boats", "[rules]\nany = [\"boat\"]");
        let named = format!("{EVENT}topics = [\"boats\"]\n");
        let boats_alone = [("boats".to_owned(), Vec::new())];
        assert_eq!(topics(&named, &[boats, locks]), boats_alone);
        let lists = ("boats", "events = [\"e\"]");
        assert_eq!(topics(EVENT, &[lists, locks]), boats_alone);
    }
}
