//! Which articles and events belong to which topic, and why.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::numbers::Numbers;
use super::{EventLinks, Input};
use crate::model::{Article, Id, Site, Topic};

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
    /// It comes from this outlet, to which the topic is limited.
    Outlet(String),
    /// It was published in the topic's time, from one day to another.
    Published(Option<Date>, Option<Date>),
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
    /// The day of each of its articles.
    days: Vec<Option<Date>>,
}

impl TopicLinks {
    /// Where an article stands in the list of articles.
    pub fn place_of_article(&self, site: &Site, article: &Id) -> Option<usize> {
        let day = site.articles.get(article).and_then(|a| a.published);
        // Nearly all is told by the days alone.
        let from = self.days.partition_point(|other| *other > day);
        let of_day = self.days.get(from..)?.iter().take_while(|d| **d == day);
        let of_day = self.articles.get(from..from + of_day.count())?;
        let place = of_day.binary_search_by(|id| article.cmp(id));
        place.ok().map(|at| from + at)
    }

    /// Puts its events in order of time.
    pub(super) fn sort_events(&mut self, site: &Site) {
        let date = |id: &Id| site.events.get(id).map(|e| &e.date);
        self.events.sort_by(|a, b| (date(a), a).cmp(&(date(b), b)));
    }

    /// Where an event stands in the list of events.
    pub fn place_of_event(&self, site: &Site, event: &Id) -> Option<usize> {
        let date = |id: &Id| site.events.get(id).map(|e| &e.date);
        let wanted = (date(event), event);
        let place = self
            .events
            .binary_search_by(|id| (date(id), id).cmp(&wanted));
        place.ok()
    }
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
    let outlet = rules.outlets.is_empty() || outlet(topic, article).is_some();
    let dates = article.published.is_none_or(|day| {
        rules.after.is_none_or(|after| after <= day)
            && rules.before.is_none_or(|before| day <= before)
    });
    phrases && outlet && dates
}

/// Which of the outlets to which a topic is limited an article comes from.
fn outlet<'a>(topic: &'a Topic, article: &Article) -> Option<&'a String> {
    let named = topic.rules.outlets.iter().map(|outlet| &outlet.value);
    let own = [article.outlet.as_ref(), article.outlet_short.as_ref()];
    named
        .into_iter()
        .find(|outlet| own.contains(&Some(*outlet)))
}

fn reasons(topic: &Topic, input: &Input, told: &[Id]) -> Vec<(MembershipReason, u16)> {
    let mut reasons = Vec::new();
    let rules = &topic.rules;
    // Limits are no reason where there are others, but a topic may have nothing else.
    let limit = u16::from(!rules.has_scoring());
    if let Some(outlet) = outlet(topic, input.article) {
        reasons.push((MembershipReason::Outlet(outlet.clone()), limit));
    }
    if rules.after.is_some() || rules.before.is_some() {
        reasons.push((
            MembershipReason::Published(rules.after, rules.before),
            limit,
        ));
    }
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
) -> BTreeMap<Id, TopicLinks> {
    let mut latest_first: Vec<(&Input, &Vec<Membership>)> = inputs.iter().zip(members).collect();
    latest_first.sort_by_key(|(i, _)| Reverse((i.article.published, i.article.id())));
    let mut among: BTreeMap<&Id, Vec<&Input>> = BTreeMap::new();
    for (input, members) in latest_first {
        for member in members {
            among.entry(&member.topic).or_default().push(input);
        }
    }
    let mut dated: Vec<(&Id, &EventLinks)> = events.iter().collect();
    dated.sort_by_key(|(id, _)| (site.events.get(*id).map(|event| &event.date), *id));
    let mut count = Count::default();
    let mut all: BTreeMap<Id, TopicLinks> = BTreeMap::new();
    for id in site.topics.keys() {
        let among = among.remove(id).unwrap_or_default();
        let dated = dated.iter().filter(|(_, links)| links.topics.contains(id));
        let measures = site
            .measures
            .iter()
            .filter(|(_, m)| m.topics.iter().any(|t| t.value == *id));
        all.insert(
            id.clone(),
            TopicLinks {
                entities: count.named_in(&among),
                measures: measures.map(|(m, _)| m.clone()).collect(),
                articles: among.iter().map(|i| i.article.id().clone()).collect(),
                days: among.iter().map(|i| i.article.published).collect(),
                events: dated.map(|(event, _)| (*event).clone()).collect(),
            },
        );
    }
    all
}

/// Counts who is named in some articles.
#[derive(Default)]
struct Count<'a> {
    numbers: Numbers<'a>,
    /// By entity: how many articles name it, how often, and which one did so last, counted from 1.
    named: Vec<(usize, usize, usize)>,
}

impl<'a> Count<'a> {
    /// The entities that some articles name: id, articles, mentions.
    fn named_in(&mut self, articles: &[&Input<'a>]) -> Vec<(Id, usize, usize)> {
        self.named.clear();
        for (input, article) in articles.iter().zip(1..) {
            for mention in &input.facts.mentions {
                let number = self.numbers.number(&mention.entity) as usize;
                if self.named.len() <= number {
                    self.named.resize(number + 1, (0, 0, 0));
                }
                if let Some((articles, mentions, last)) = self.named.get_mut(number) {
                    *articles += usize::from(*last != article);
                    *mentions += mention.count as usize;
                    *last = article;
                }
            }
        }
        let counts = self.numbers.ids().iter().zip(&self.named);
        let mut list: Vec<(Id, usize, usize)> = counts
            .filter(|(_, (articles, ..))| *articles > 0)
            .map(|(id, (articles, mentions, _))| ((*id).clone(), *articles, *mentions))
            .collect();
        list.sort_by(|a, b| (b.1, b.2, &a.0).cmp(&(a.1, a.2, &b.0)));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::testing::linked;

    const LOCKS: &str = "title = \"Old locks\"\npublished = 2024-03-05\noutlet = \"The Courier\"\n";

    /// Why an article with this front matter is in a topic with these keys; nothing where it is not.
    fn why(article: &str, topic: &str) -> Option<Vec<(MembershipReason, u16)>> {
        let text = "The keeper’s locks at Freedonia are old locks. Freedonia paid. Freedonia will pay for the locks on 9 March 2024.";
        let article = format!("+++\n{article}+++\n\n{text}\n");
        let topic = format!("+++\ntitle = \"Locks\"\n{topic}+++\n");
        let event = "+++\ntitle = \"Payment\"\ndate = \"2024-03-09\"\n[[evidence]]\narticle = \"a\"\nquote = \"will pay for the locks\"\n+++\n";
        let files = [
            ("corpus/a.md", article.as_str()),
            ("content/topics/locks.md", topic.as_str()),
            ("content/events/payment.md", event),
            (
                "content/places/freedonia.md",
                "+++\nname = \"Freedonia\"\n+++\n",
            ),
        ];
        let links = linked(&files, |_| {});
        let of = links.articles[&Id::new("a")].topics.first()?;
        assert_eq!(of.points, of.reasons.iter().map(|(_, n)| n).sum::<u16>());
        Some(of.reasons.clone())
    }

    fn rules(rules: &str) -> Option<Vec<(MembershipReason, u16)>> {
        why(LOCKS, &format!("[rules]\n{rules}\n"))
    }

    #[test]
    fn phrases_let_in_and_keep_out() {
        let text = |phrase: &str, n: u16| (MembershipReason::Text(phrase.into(), n), n.min(3));
        let title = |phrase: &str| (MembershipReason::Title(phrase.into()), 3);
        let expected = vec![title("Old Locks"), text("Old Locks", 1)];
        assert_eq!(rules("any = [\"Old Locks\", \"weirs\"]"), Some(expected));
        assert_eq!(rules("any = [\"weirs\"]"), None);
        let keeper = vec![text("keeper's locks", 1)];
        assert_eq!(
            rules("any = [\"keeper's locks\"]"),
            Some(keeper),
            "apostrophes of either kind"
        );
        let all = vec![text("paid", 1), text("pay", 1)];
        assert_eq!(rules("all = [\"paid\", \"pay\"]"), Some(all));
        assert_eq!(rules("all = [\"paid\", \"weirs\"]"), None);
        assert_eq!(rules("any = [\"paid\"]\nall = [\"weirs\"]"), None);
        assert_eq!(rules("any = [\"paid\"]\nnone = [\"old locks\"]"), None);
        assert!(
            rules("any = [\"paid\"]\nnone = [\"old lock\"]").is_some(),
            "whole words"
        );
    }

    #[test]
    fn entities_and_events_let_in_as_far_as_their_points_reach() {
        let freedonia = (MembershipReason::Entity(Id::new("freedonia"), 3), 2);
        let payment = (MembershipReason::Event(Id::new("payment")), 3);
        assert_eq!(
            rules("entities = [\"freedonia\"]"),
            Some(vec![freedonia.clone()])
        );
        assert_eq!(rules("entities = [\"freedonia\"]\nmin_score = 3"), None);
        assert_eq!(
            rules("events = [\"payment\"]\nmin_score = 3"),
            Some(vec![payment.clone()])
        );
        let both = "entities = [\"freedonia\"]\nevents = [\"payment\"]\nmin_score = ";
        assert_eq!(rules(&format!("{both}5")), Some(vec![payment, freedonia]));
        assert_eq!(rules(&format!("{both}6")), None);
    }

    #[test]
    fn outlets_and_dates_limit_and_alone_let_in() {
        let courier = |n| (MembershipReason::Outlet("The Courier".into()), n);
        let march = (
            MembershipReason::Published("2024-03-05".parse().ok(), None),
            1,
        );
        assert_eq!(rules("outlets = [\"The Courier\"]"), Some(vec![courier(1)]));
        assert_eq!(rules("outlets = [\"The Herald\"]"), None);
        assert_eq!(rules("after = 2024-03-05"), Some(vec![march]));
        assert_eq!(rules("after = 2024-03-06"), None);
        assert_eq!(rules("before = 2024-03-04"), None);
        let paid = (MembershipReason::Text("paid".into(), 1), 1);
        let limited = rules("any = [\"paid\"]\noutlets = [\"The Herald\", \"The Courier\"]");
        assert_eq!(limited, Some(vec![paid, courier(0)]));
        assert_eq!(rules("any = [\"paid\"]\nafter = 2025-01-01"), None);
    }

    #[test]
    fn editors_have_the_last_word() {
        let forced = Some(vec![(MembershipReason::Forced, 0)]);
        assert_eq!(
            why(LOCKS, "articles = [\"a\"]\n[rules]\nnone = [\"locks\"]\n"),
            forced
        );
        let named = format!("{LOCKS}topics = [\"locks\"]\n");
        assert_eq!(why(&named, ""), forced);
        assert_eq!(
            why(
                LOCKS,
                "not_articles = [\"a\"]\n[rules]\nany = [\"locks\"]\n"
            ),
            None
        );
        let not = format!("{LOCKS}not_topics = [\"locks\"]\n");
        assert_eq!(why(&not, "[rules]\nany = [\"locks\"]\n"), None);
    }
}
