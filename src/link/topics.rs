//! Which articles and events belong to which topic, and why.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{EntityLinks, EventLinks, Input};
use crate::model::{Article, Document, Id, Site, Topic};

/// What a topic's phrases found in one article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TopicHits(pub BTreeMap<Id, Hits>);

/// What one topic's phrases found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Hits {
    /// Phrases of `any` in the title.
    pub title: Vec<String>,
    /// Phrases of `any` in the text, with how often.
    pub text: Vec<(String, u16)>,
    /// A phrase of `all` that is missing.
    pub missing: bool,
    /// A phrase of `none` that is there.
    pub forbidden: bool,
}

/// An article's membership of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The topic.
    pub topic: Id,
    /// The sum of the reasons' points.
    pub points: u16,
    /// Why, most points first.
    pub reasons: Vec<(MembershipReason, u16)>,
}

/// Why an article belongs to a topic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum MembershipReason {
    /// The editor says so.
    Forced,
    /// It tells of one of the topic's events.
    Event(Id),
    /// A phrase in its title.
    Title(String),
    /// A phrase in its text, and how often.
    Text(String, u16),
    /// It names one of the topic's entities, and how often.
    Entity(Id, u16),
}

/// What belongs to a topic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TopicLinks {
    /// Its articles, latest first.
    pub articles: Vec<Id>,
    /// Its events, in order of time.
    pub events: Vec<Id>,
    /// Entities named in its articles, most articles and mentions first: id, articles, mentions.
    pub entities: Vec<(Id, usize, usize)>,
    /// Its measures.
    pub measures: Vec<Id>,
}

/// The site's topics in their order.
pub fn order(site: &Site) -> Vec<Id> {
    let mut ids: Vec<&Topic> = site.topics.values().collect();
    ids.sort_by(|a, b| {
        let key = |t: &Topic| {
            (
                t.order.unwrap_or(i64::MAX),
                t.title.clone(),
                t.common.id.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    ids.into_iter().map(|t| t.common.id.clone()).collect()
}

/// Looks for every topic's phrases in an article. Phrases match whole words in any case.
pub fn hits(site: &Site, article: &Article, document: &Document) -> TopicHits {
    let title = article.title.to_lowercase();
    let text = document.text.to_lowercase();
    let mut all = BTreeMap::new();
    for (id, topic) in &site.topics {
        let rules = &topic.rules;
        let mut hits = Hits::default();
        for phrase in &rules.any {
            let needle = phrase.to_lowercase();
            if occurrences(&title, &needle) > 0 {
                hits.title.push(phrase.clone());
            }
            let count = occurrences(&text, &needle);
            if count > 0 {
                hits.text.push((phrase.clone(), count));
            }
        }
        let there = |phrase: &String| {
            let needle = phrase.to_lowercase();
            occurrences(&title, &needle) + occurrences(&text, &needle) > 0
        };
        hits.missing = !rules.all.iter().all(there);
        hits.forbidden = rules.none.iter().any(there);
        all.insert(id.clone(), hits);
    }
    TopicHits(all)
}

/// How often `needle` stands in `text` as whole words.
fn occurrences(text: &str, needle: &str) -> u16 {
    if needle.trim().is_empty() {
        return 0;
    }
    let whole = text
        .match_indices(needle)
        .filter(|(at, _)| is_whole(text, *at..*at + needle.len()));
    u16::try_from(whole.count()).unwrap_or(u16::MAX)
}

/// Whether a stretch of a text is whole words.
pub(super) fn is_whole(text: &str, range: Range<usize>) -> bool {
    let (Some(before), Some(words), Some(after)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return false;
    };
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (words.chars().next(), words.chars().next_back());
    // Korean particles are written onto the noun, so a phrase that ends in Hangul may go on.
    let hangul = last.is_some_and(|c| ('가'..='힣').contains(&c));
    !(word(before.chars().next_back()) && word(first))
        && (hangul || !(word(after.chars().next()) && word(last)))
}

/// The memberships of each article, in the order of `inputs`; within an article in the site's order of topics.
pub fn members(
    site: &Site,
    inputs: &[Input],
    told: &BTreeMap<Id, Vec<Id>>,
    order: &[Id],
) -> Vec<Vec<Membership>> {
    let none = Vec::new();
    inputs
        .iter()
        .map(|input| {
            let told = told.get(input.article.id()).unwrap_or(&none);
            order
                .iter()
                .filter_map(|id| membership(site.topics.get(id)?, input, told))
                .collect()
        })
        .collect()
}

fn membership(topic: &Topic, input: &Input, told: &[Id]) -> Option<Membership> {
    let article = input.article;
    let id = &topic.common.id;
    let names = |list: &[crate::base::Spanned<Id>], id: &Id| list.iter().any(|s| s.value == *id);
    if names(&article.not_topics, id) || names(&topic.not_articles, article.id()) {
        return None;
    }
    let mut reasons = reasons(topic, input, told);
    let forced = names(&article.topics, id) || names(&topic.articles, article.id());
    let points = |reasons: &[(MembershipReason, u16)]| {
        reasons
            .iter()
            .fold(0u16, |sum, (_, n)| sum.saturating_add(*n))
    };
    if !forced && (!admitted(topic, input) || points(&reasons) < topic.rules.min_score.max(1)) {
        return None;
    }
    if forced {
        reasons.push((MembershipReason::Forced, 0));
    }
    reasons.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    Some(Membership {
        topic: id.clone(),
        points: points(&reasons),
        reasons,
    })
}

/// Whether the rules that only exclude let an article in.
fn admitted(topic: &Topic, input: &Input) -> bool {
    let (rules, article) = (&topic.rules, input.article);
    let hits = input.hits.0.get(&topic.common.id);
    let phrases = hits.is_none_or(|h| !h.missing && !h.forbidden);
    let outlet = rules.outlets.is_empty()
        || rules.outlets.iter().any(|o| {
            article.outlet.as_ref() == Some(o) || article.outlet_short.as_ref() == Some(o)
        });
    let dates = article.published.is_none_or(|day| {
        rules.after.is_none_or(|after| after <= day)
            && rules.before.is_none_or(|before| day <= before)
    });
    phrases && outlet && dates
}

fn reasons(topic: &Topic, input: &Input, told: &[Id]) -> Vec<(MembershipReason, u16)> {
    let mut reasons = Vec::new();
    for event in told {
        let named = topic.rules.events.iter().chain(&topic.events);
        if named.into_iter().any(|e| e.value == *event) {
            reasons.push((MembershipReason::Event(event.clone()), 3));
        }
    }
    if let Some(hits) = input.hits.0.get(&topic.common.id) {
        for phrase in &hits.title {
            reasons.push((MembershipReason::Title(phrase.clone()), 3));
        }
        for (phrase, count) in &hits.text {
            reasons.push((
                MembershipReason::Text(phrase.clone(), *count),
                (*count).min(3),
            ));
        }
    }
    for entity in &topic.rules.entities {
        let named = input
            .facts
            .mentions
            .iter()
            .filter(|m| m.entity == entity.value);
        let count = named.map(|m| m.count).sum::<u32>();
        let count = u16::try_from(count).unwrap_or(u16::MAX);
        if count > 0 {
            let points = if count >= 3 { 2 } else { 1 };
            reasons.push((
                MembershipReason::Entity(entity.value.clone(), count),
                points,
            ));
        }
    }
    reasons
}

/// Gives every event its topics: those that it names, and those that name it.
pub fn of_events(site: &Site, order: &[Id], events: &mut BTreeMap<Id, EventLinks>) {
    for (id, links) in events {
        let own = site
            .events
            .get(id)
            .map(|e| e.topics.as_slice())
            .unwrap_or_default();
        links.topics = order
            .iter()
            .filter(|topic| {
                let theirs = site
                    .topics
                    .get(*topic)
                    .map(|t| t.events.as_slice())
                    .unwrap_or_default();
                own.iter().any(|t| t.value == **topic) || theirs.iter().any(|e| e.value == *id)
            })
            .cloned()
            .collect();
    }
}

/// What belongs to each topic. `members` goes with `inputs`.
pub fn links(
    site: &Site,
    inputs: &[Input],
    members: &[Vec<Membership>],
    events: &BTreeMap<Id, EventLinks>,
    entities: &BTreeMap<Id, EntityLinks>,
) -> BTreeMap<Id, TopicLinks> {
    let mut all: BTreeMap<Id, TopicLinks> = BTreeMap::new();
    for id in site.topics.keys() {
        let mut articles: Vec<&Article> = inputs
            .iter()
            .zip(members)
            .filter(|(_, m)| m.iter().any(|m| m.topic == *id))
            .map(|(input, _)| input.article)
            .collect();
        articles.sort_by(|a, b| (b.published, a.id()).cmp(&(a.published, b.id())));
        let articles: Vec<Id> = articles.into_iter().map(|a| a.id().clone()).collect();
        let mut dated: Vec<Id> = events
            .iter()
            .filter(|(_, links)| links.topics.contains(id))
            .map(|(event, _)| event.clone())
            .collect();
        dated.sort_by_key(|e| {
            site.events
                .get(e)
                .map(|event| (event.date.clone(), e.clone()))
        });
        let measures = site
            .measures
            .iter()
            .filter(|(_, m)| m.topics.iter().any(|t| t.value == *id));
        all.insert(
            id.clone(),
            TopicLinks {
                entities: named_in(&articles, entities),
                measures: measures.map(|(m, _)| m.clone()).collect(),
                articles,
                events: dated,
            },
        );
    }
    all
}

fn named_in(articles: &[Id], entities: &BTreeMap<Id, EntityLinks>) -> Vec<(Id, usize, usize)> {
    let mut list: Vec<(Id, usize, usize)> = entities
        .iter()
        .filter_map(|(id, links)| {
            let here = || {
                links
                    .mentions
                    .iter()
                    .filter(|(a, _, _)| articles.contains(a))
            };
            let mut in_articles: Vec<&Id> = here().map(|(a, _, _)| a).collect();
            in_articles.dedup();
            let mentions = here().map(|(_, _, n)| *n as usize).sum();
            (mentions > 0).then(|| (id.clone(), in_articles.len(), mentions))
        })
        .collect();
    list.sort_by(|a, b| (b.1, b.2, &a.0).cmp(&(a.1, a.2, &b.0)));
    list
}

#[cfg(test)]
mod tests {
    use super::occurrences;

    #[test]
    fn phrases_match_whole_words() {
        assert_eq!(
            occurrences("the red cross talks; red crossing", "red cross"),
            1
        );
        assert_eq!(occurrences("kaesong, kaesong’s", "kaesong"), 2);
        assert_eq!(occurrences("anything", " "), 0);
        assert_eq!(occurrences("개성공단은", "개성"), 1);
        assert_eq!(occurrences("새개성", "개성"), 0);
    }
}
