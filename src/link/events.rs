//! The statements about each event, in order of publication: what was known when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::evidence::{Bears, Finding, Found, Search};
use super::{Anchors, Input, Joined, Membership, Passage, Related};
use crate::model::{Event, EventDecision, Id, QuotationKind, Site, SpeechFact, Status, Voice};

/// What an event is linked to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventLinks {
    /// Sentences that tell of it, in order of publication, then of the text.
    pub statements: Vec<Statement>,
    /// The articles that tell of it, in order of publication.
    pub articles: Vec<Id>,
    /// Its topics, in the site's order of topics.
    pub topics: Vec<Id>,
    /// Why it belongs to those of them that no editor has named.
    pub joined: BTreeMap<Id, Vec<Joined>>,
    /// Events that are part of it, in order of time.
    pub parts: Vec<Id>,
    /// Related events, best first.
    pub related: Vec<Arc<Related>>,
}

/// One sentence, or a run of them, that tells of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The article.
    pub article: Id,
    /// Where in it.
    pub passage: Passage,
    /// The words that the editor chose; empty where no editor did.
    pub quote: String,
    /// The event's status as this source has it: the editor's word, or by rule where the sentence says it plainly.
    pub status: Option<Status>,
    /// The editor's remark.
    pub note: Option<String>,
    /// Why it is here.
    pub foundation: Foundation,
    /// What speaks for it. For an editor's choice these are reasons besides, and there may be none.
    pub finding: Finding,
    /// Which fields of the event it bears out.
    pub bears: Bears,
    /// Who says it, where it stands in something said.
    pub speaker: Option<Arc<Voice>>,
    /// Whether the sentence tells it as what others say.
    pub hearsay: bool,
}

/// Why a statement is among those of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Foundation {
    /// The event's file names it.
    Editor,
    /// An override says so.
    Override {
        /// Who decided.
        by: Option<String>,
        /// Why.
        why: String,
    },
    /// It was found, and [`Statement::finding`] says why.
    Automatic,
}

/// The statements about every event.
pub fn statements(
    site: &Site,
    inputs: &[Input],
    anchors: &Anchors,
    search: &Search,
) -> BTreeMap<Id, EventLinks> {
    let articles: BTreeMap<&Id, &Input> = inputs.iter().map(|i| (i.article.id(), i)).collect();
    let when = |id: &Id| articles.get(id).and_then(|i| i.article.published);
    let forced = forced(inputs);
    let mut found = search.all();
    let mut decided = decisions(site, inputs);
    let mut all = BTreeMap::new();
    for (id, event) in &site.events {
        let mut gathered = Gathered {
            event,
            articles: &articles,
            search,
            statements: Vec::new(),
        };
        gathered.chosen(anchors);
        let decisions = decided.remove(id).unwrap_or_default();
        gathered.decided(&decisions);
        let found = found.remove(id).unwrap_or_default();
        gathered.found(found, anchors, &decisions);
        let mut statements = gathered.statements;
        statements.sort_by(|a, b| {
            let key = |s: &Statement| (when(&s.article), s.article.clone(), s.passage);
            key(a).cmp(&key(b))
        });
        statements.dedup_by(|later, earlier| {
            later.article == earlier.article && later.passage == earlier.passage
        });
        let mut articles: Vec<Id> = statements.iter().map(|s| s.article.clone()).collect();
        articles.extend(forced.get(id).into_iter().flatten().cloned());
        articles.sort_by_key(|a| (when(a), a.clone()));
        articles.dedup();
        all.insert(
            id.clone(),
            EventLinks {
                statements,
                articles,
                ..EventLinks::default()
            },
        );
    }
    for (id, event) in &site.events {
        if let Some(whole) = event.part_of.as_ref().and_then(|w| all.get_mut(&w.value)) {
            whole.parts.push(id.clone());
        }
    }
    for links in all.values_mut() {
        links
            .parts
            .sort_by_key(|id| site.events.get(id).map(|e| (e.date.clone(), id.clone())));
    }
    all
}

/// What editors decided by overrides, by event: the article, and the decision. One that names no event holds for all.
fn decisions<'a>(
    site: &Site,
    inputs: &[Input<'a>],
) -> BTreeMap<Id, Vec<(&'a Id, &'a EventDecision)>> {
    let mut all: BTreeMap<Id, Vec<(&Id, &EventDecision)>> = BTreeMap::new();
    for input in inputs {
        for decision in &input.facts.decisions {
            let events: Vec<&Id> = match &decision.event {
                Some(event) => vec![event],
                None => site.events.keys().collect(),
            };
            for event in events {
                let of = all.entry(event.clone()).or_default();
                of.push((input.article.id(), decision));
            }
        }
    }
    all
}

/// The statements about one event, as they are gathered.
struct Gathered<'a> {
    event: &'a Event,
    articles: &'a BTreeMap<&'a Id, &'a Input<'a>>,
    search: &'a Search<'a>,
    statements: Vec<Statement>,
}

impl Gathered<'_> {
    /// Those that the event's file names.
    fn chosen(&mut self, anchors: &Anchors) {
        for evidence in &self.event.evidence {
            let article = &evidence.article.value;
            let Some(passage) = anchors.get(article, &evidence.quote) else {
                continue;
            };
            let statement = self.statement(article, passage, Foundation::Editor);
            self.statements.extend(statement.map(|s| Statement {
                quote: evidence.quote.value.clone(),
                status: evidence.status.or(s.status),
                note: evidence.note.clone(),
                ..s
            }));
        }
    }

    /// Those that an override puts among them.
    fn decided(&mut self, decisions: &[(&Id, &EventDecision)]) {
        for (article, decision) in decisions.iter().filter(|(_, d)| d.tells) {
            let (first, last) = (decision.sentence, decision.last_sentence);
            let told = self.search.told(article, first);
            let passage = Passage {
                first,
                last: last.max(first),
                place: told.and_then(|t| t.place),
            };
            let foundation = Foundation::Override {
                by: decision.by.clone(),
                why: decision.why.clone(),
            };
            if !self.has(article, passage) {
                let statement = self.statement(article, passage, foundation);
                self.statements.extend(statement);
            }
        }
    }

    /// Those that were found, but for what editors have decided.
    fn found(&mut self, found: Vec<Found>, anchors: &Anchors, decisions: &[(&Id, &EventDecision)]) {
        let refused = self.event.not_evidence.iter().filter_map(|evidence| {
            let article = &evidence.article.value;
            Some((article.clone(), anchors.get(article, &evidence.quote)?))
        });
        let refused: Vec<(Id, Passage)> = refused.collect();
        for found in found {
            let (article, passage) = (&found.article, found.passage);
            let is_refused = refused
                .iter()
                .any(|(of, other)| of == article && overlap(*other, passage));
            let against = decisions.iter().any(|(of, decision)| {
                let decided = decision.sentence..=decision.last_sentence;
                !decision.tells && *of == article && decided.contains(&passage.first)
            });
            if is_refused || against || self.has(article, passage) {
                continue;
            }
            let statement = self.statement(article, passage, Foundation::Automatic);
            self.statements.extend(statement.map(|s| Statement {
                finding: found.finding.clone(),
                ..s
            }));
        }
    }

    /// Whether the sentences are there already.
    fn has(&self, article: &Id, passage: Passage) -> bool {
        let here = self.statements.iter().filter(|s| s.article == *article);
        here.into_iter().any(|s| overlap(s.passage, passage))
    }

    fn statement(
        &self,
        article: &Id,
        passage: Passage,
        foundation: Foundation,
    ) -> Option<Statement> {
        let input = self.articles.get(article)?;
        let told = self.search.told(article, passage.first);
        let standing = told.map(|t| t.standing).unwrap_or_default();
        Some(Statement {
            article: article.clone(),
            passage,
            quote: String::new(),
            status: standing.status.filter(|s| self.is_plain(*s, input)),
            note: None,
            finding: match foundation {
                Foundation::Automatic => Finding::default(),
                _ => self.search.reasons(&self.event.common.id, article, passage),
            },
            bears: self.search.bears(&self.event.common.id, article, passage),
            foundation,
            speaker: speaker(input, passage),
            hearsay: standing.hearsay,
        })
    }

    /// Whether a status that a sentence names can only be the event's. What lies ahead for the report is planned, what lies
    /// behind it took place; that a thing was called off is news of either.
    fn is_plain(&self, status: Status, input: &Input) -> bool {
        let date = &self.event.date;
        let ahead = input
            .article
            .published
            .is_some_and(|day| day < date.latest());
        match status {
            Status::Planned => ahead,
            Status::Held => self.event.status != Status::Held && !ahead,
            Status::Cancelled | Status::Postponed => true,
            Status::Reported => false,
        }
    }
}

/// Who says what stands in a passage, where all of it is said.
fn speaker(input: &Input, passage: Passage) -> Option<Arc<Voice>> {
    let whole = |s: &&SpeechFact| {
        matches!(s.kind, QuotationKind::Direct | QuotationKind::Indirect)
            && s.sentence <= passage.first
            && passage.last <= s.last_sentence
    };
    input
        .facts
        .speech
        .iter()
        .filter(whole)
        .find_map(|s| s.speaker.clone())
}

fn overlap(a: Passage, b: Passage) -> bool {
    a.first <= b.last && b.first <= a.last
}

/// Articles that name an event in their own front matter, by event.
fn forced(inputs: &[Input]) -> BTreeMap<Id, BTreeSet<Id>> {
    let mut forced: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for input in inputs {
        for event in &input.article.events {
            forced
                .entry(event.value.clone())
                .or_default()
                .insert(input.article.id().clone());
        }
    }
    forced
}

/// The events that each article tells of, in order of time.
pub fn told_by(site: &Site, events: &BTreeMap<Id, EventLinks>) -> BTreeMap<Id, Vec<Id>> {
    let mut told: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (id, links) in events {
        for article in &links.articles {
            told.entry(article.clone()).or_default().push(id.clone());
        }
    }
    for list in told.values_mut() {
        list.sort_by_key(|id| site.events.get(id).map(|e| (e.date.clone(), id.clone())));
    }
    told
}

/// The ids of the topics in a list of memberships.
pub fn topic_ids(memberships: &[Membership]) -> impl Iterator<Item = &Id> {
    memberships.iter().map(|m| &m.topic)
}
