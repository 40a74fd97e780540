//! What connects articles, events, topics, entities and measures. Pure: facts in, links out, nothing read or printed.
//!
//! 1. [`anchors`]: every quotation that content takes from an article is found in it.
//! 2. [`evidence`] finds the sentences that tell of each event; [`events`] puts them and the editors' own in order of publication, and
//!    says what follows: which articles tell of it. [`unwritten`] groups what is left into events that nobody has written.
//! 3. [`topics`]: membership of articles and events, with its reasons; [`phrases`] finds the topics' phrases in each article, [`joined`] the
//!    topics of events that no editor has given any.
//! 4. [`related`]: events and articles that belong together, scored in integers from named reasons.
//! 5. [`measures`]: the values of each measure, and which of them contradict each other.
//! 6. [`index`]: mentions of each entity, whom it is named with, and what was said by it and about it ([`speech`]).
//! 7. [`chains`]: events that editors have linked, in order, and [`gaps`]: what is missing, or rests on little.
//! 8. [`backlinks`]: which texts refer to a thing, with the sentence.
//! 9. [`words`]: terms that different parties use for the same, and in whose voice.
//!
//! Invariants: no link without a reason; a score is the sum of its reasons' points, so it does not depend on order;
//! only [`Facts`] and what editors wrote go in, so mending a typing error dirties nothing here.

pub mod anchors;
pub mod backlinks;
pub mod chains;
pub mod events;
pub mod evidence;
pub mod gaps;
pub mod index;
pub mod joined;
pub mod measures;
mod needles;
mod numbers;
pub mod phrases;
pub mod related;
pub mod speech;
#[cfg(test)]
mod testing;
pub mod topics;
pub mod unwritten;
pub mod words;
mod workers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::annotate::wording::Wording;
use crate::model::{Article, Facts, Id, Site};

pub use anchors::{Anchors, Passage};
pub use backlinks::{Backlink, Referrer};
pub use chains::Chain;
pub use events::{EventLinks, Foundation, Statement};
pub use evidence::{Lexicon, Telling};
pub use gaps::{Gap, GapKind};
pub use index::{Companion, EntityLinks};
pub use joined::Joined;
pub use measures::{MeasureHits, MeasureLinks, Measures};
pub use phrases::{Phrases, TopicHits};
pub use related::{Copies, Reason, Related};
pub use topics::{Membership, TopicLinks};
pub use unwritten::Unwritten;
pub use workers::{OneByOne, Workers};

/// What one article brings to linking.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was found in it.
    pub facts: &'a Facts,
    /// Which topics' phrases it has.
    pub hits: &'a TopicHits,
    /// Which figures measures may take from it.
    pub measures: &'a MeasureHits,
    /// What its words offer to the search for events.
    pub telling: &'a Telling,
    /// Its words, to be compared.
    pub wording: &'a Wording,
    /// Its plain text, from which shared words are quoted.
    pub text: &'a str,
}

/// Everything that connects the site's things.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Links {
    /// By event.
    pub events: BTreeMap<Id, EventLinks>,
    /// By article.
    pub articles: BTreeMap<Id, ArticleLinks>,
    /// By topic.
    pub topics: BTreeMap<Id, TopicLinks>,
    /// The topics in the site's order.
    pub order: Vec<Id>,
    /// The articles in order of publication, undated ones first.
    pub by_date: Vec<Id>,
    /// By entity.
    pub entities: BTreeMap<Id, EntityLinks>,
    /// Values by measure, and measures by figure.
    pub measures: Measures,
    /// Events that nobody has written, in order of time; none where the articles were not read for them.
    pub unwritten: Vec<Unwritten>,
    /// Groups of two or more articles that tell one story, each in order of id.
    pub stories: Vec<Vec<Id>>,
    /// Groups of terms that different parties use for the same, each by name.
    pub words: Vec<Vec<Id>>,
    /// What is missing, or rests on little.
    pub gaps: Vec<Gap>,
}

impl Links {
    /// Whether one article can confirm another: neither goes back to the other, nor do both go back to a third, be it that they
    /// repeat its text or that they say they rely on it, directly or through more.
    pub fn independent(&self, one: &Id, other: &Id) -> bool {
        related::origins(one, &self.articles).is_disjoint(&related::origins(other, &self.articles))
    }

    /// How many of some articles are independent of each other. Those that go back to least are taken first, so that a report which
    /// sums up two others does not stand in the way of both.
    pub fn independent_among<'a>(&'a self, articles: impl IntoIterator<Item = &'a Id>) -> usize {
        let mut all: Vec<_> = articles
            .into_iter()
            .map(|id| (related::origins(id, &self.articles), id))
            .collect();
        all.sort_by_key(|(origins, id)| (origins.len(), *id));
        let mut taken = BTreeSet::new();
        let mut count = 0;
        for (origins, _) in all {
            if taken.is_disjoint(&origins) {
                taken.extend(origins);
                count += 1;
            }
        }
        count
    }
}

/// What an article is linked to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArticleLinks {
    /// Events that it tells of, in order of time.
    pub events: Vec<Id>,
    /// Its topics, in the site's order of topics.
    pub topics: Vec<Membership>,
    /// Related articles, best first.
    pub related: related::Row,
    /// Events related to those it tells of, best first; none of those.
    pub nearby: Vec<Arc<Related>>,
    /// What it repeats, and what repeats it.
    pub copies: Copies,
    /// The articles of the corpus that it says it relies on.
    pub relies_on: Vec<Id>,
    /// The reports that it says it relies on and that are not in the corpus, by their names in small letters.
    pub relies_elsewhere: Vec<String>,
}

/// The articles in order of publication, then of id.
fn by_date(inputs: &[Input]) -> Vec<Id> {
    let mut dated: Vec<_> = inputs
        .iter()
        .map(|input| (input.article.published, input.article.id()))
        .collect();
    dated.sort_unstable();
    dated.into_iter().map(|(_, id)| id.clone()).collect()
}

/// Links a whole site, all but the backlinks, which come of texts. `inputs` is sorted by article id, and was read with
/// `lexicon`.
pub fn link(
    site: &Site,
    inputs: &[Input],
    anchors: &Anchors,
    lexicon: &Lexicon,
    workers: &impl Workers,
) -> Links {
    let order = topics::order(site);
    let mut events = {
        let search = evidence::Search::new(site, inputs, lexicon);
        events::statements(site, inputs, anchors, &search)
    };
    topics::of_events(site, &order, &mut events);
    let Sides {
        told,
        unwritten,
        entities,
        topics: (members, mut topic_links),
    } = sides(site, inputs, &order, &events, workers);
    joined::join(
        site,
        inputs,
        &members,
        &order,
        &mut events,
        &mut topic_links,
    );
    related::of_events(site, &mut events);
    let mut articles: BTreeMap<Id, ArticleLinks> = BTreeMap::new();
    for (input, topics) in inputs.iter().zip(members) {
        let id = input.article.id();
        articles.insert(
            id.clone(),
            ArticleLinks {
                events: told.get(id).cloned().unwrap_or_default(),
                topics,
                ..ArticleLinks::default()
            },
        );
    }
    let stories = related::of_articles(site, inputs, &events, &mut articles, workers);
    let mut links = Links {
        events,
        articles,
        topics: topic_links,
        order,
        by_date: by_date(inputs),
        entities,
        measures: Measures::default(),
        unwritten,
        stories,
        words: words::groups(site),
        gaps: Vec::new(),
    };
    links.measures = measures::links(site, inputs, anchors, &|a, b| links.independent(a, b));
    links.gaps = gaps::find(site, anchors, &links);
    links
}

/// What follows from the statements about events and needs nothing of each other.
#[derive(Default)]
struct Sides {
    told: BTreeMap<Id, Vec<Id>>,
    unwritten: Vec<Unwritten>,
    entities: BTreeMap<Id, EntityLinks>,
    topics: (Vec<Vec<Membership>>, BTreeMap<Id, TopicLinks>),
}

fn sides(
    site: &Site,
    inputs: &[Input],
    order: &[Id],
    events: &BTreeMap<Id, EventLinks>,
    workers: &impl Workers,
) -> Sides {
    let done = workers.each(3, |piece| {
        let mut done = Sides::default();
        match piece {
            0 => done.unwritten = unwritten::find(site, inputs, events),
            1 => done.entities = index::entities(site, inputs),
            _ => {
                done.told = events::told_by(site, events);
                let members = topics::members(site, inputs, &done.told, order);
                let links = topics::links(site, inputs, &members, events);
                done.topics = (members, links);
            }
        }
        done
    });
    let mut all = Sides::default();
    for (piece, done) in done.into_iter().enumerate() {
        match piece {
            0 => all.unwritten = done.unwritten,
            1 => all.entities = done.entities,
            _ => (all.told, all.topics) = (done.told, done.topics),
        }
    }
    all
}
