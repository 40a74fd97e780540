//! Events that nobody has written: acts with a day or month and with participants, grouped across articles.
//!
//! 1. `Acts` finds the verb of an act in a sentence, as far as that was asked for.
//! 2. [`find`] takes the sentences that name one day or month, an act and at least two entities, and that tell of no event
//!    of the editor's. Sentences of one time are one event where they share a participant and either the verb or two words.
//! 3. [`title`] proposes a headline from a sentence.
//!
//! Invariants: each statement has its reasons, as those of written events do; the result does not depend on the order of the
//! articles; nothing here is an event of the site until an editor makes it one.

mod act;
mod headline;

pub use act::Act;
pub(crate) use act::Acts;
pub use headline::title;

use std::collections::{BTreeMap, BTreeSet};

use super::events::{Foundation, Statement};
use super::evidence::{Bears, Finding, Fit, Nearness, Part, Stands, Stretch, TimeFrom, stretches};
use super::{EventLinks, Input, Passage};
use crate::base::Edtf;
use crate::model::{EntityType, Id, Site, Status};

/// Events that are compared with one sentence, the latest first, for each participant and time.
const COMPARED: usize = 64;

/// Something that articles tell of and no event of the site does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritten {
    /// Its day or month.
    pub date: Edtf,
    /// Planned, where its sentences speak of what is to come; else held.
    pub status: Status,
    /// Where it took place, if one place is named.
    pub place: Option<Id>,
    /// Who took part, by id.
    pub participants: Vec<Id>,
    /// Its verb.
    pub verb: String,
    /// Its sentences, in order of publication, then of the text.
    pub statements: Vec<Statement>,
}

/// A sentence that tells of an act.
struct Candidate<'a> {
    article: &'a Id,
    published: Option<jiff::civil::Date>,
    passage: Passage,
    value: String,
    act: &'a Act,
    place: Option<Id>,
    participants: BTreeSet<Id>,
    parts: Vec<(Part, u16)>,
    hearsay: bool,
}

/// The events that nobody has written, in order of time. The articles must have been read for acts.
pub fn find(site: &Site, inputs: &[Input], events: &BTreeMap<Id, EventLinks>) -> Vec<Unwritten> {
    let taken = taken(events);
    let nations = Nations::of(site);
    let mut candidates: Vec<Candidate> = inputs
        .iter()
        .flat_map(|input| candidates(site, &nations, input, taken.get(input.article.id())))
        .collect();
    candidates.sort_by(|a, b| {
        let key = |c: &Candidate| (c.published, c.article.clone(), c.passage);
        a.value.cmp(&b.value).then_with(|| key(a).cmp(&key(b)))
    });
    let mut all = Vec::new();
    for of_a_time in candidates.chunk_by(|a, b| a.value == b.value) {
        for group in groups(of_a_time) {
            all.extend(event(&group));
        }
    }
    all.sort_by(|a: &Unwritten, b| {
        let first = |u: &Unwritten| {
            let statement = u.statements.first();
            statement.map(|s| (s.article.clone(), s.passage))
        };
        a.date.cmp(&b.date).then_with(|| first(a).cmp(&first(b)))
    });
    all
}

/// The passages that tell of the editor's events, by article.
fn taken(events: &BTreeMap<Id, EventLinks>) -> BTreeMap<Id, Vec<Passage>> {
    let mut taken: BTreeMap<Id, Vec<Passage>> = BTreeMap::new();
    for statement in events.values().flat_map(|links| &links.statements) {
        let of = taken.entry(statement.article.clone()).or_default();
        of.push(statement.passage);
    }
    taken
}

fn candidates<'a>(
    site: &Site,
    nations: &Nations,
    input: &Input<'a>,
    taken: Option<&Vec<Passage>>,
) -> Vec<Candidate<'a>> {
    let told = (1u32..).zip(&input.telling.sentences);
    told.filter_map(|(number, told)| {
        let act = told.act.as_ref()?;
        let covered = |p: &Passage| (p.first..=p.last).contains(&number);
        if told.place.is_none() || taken.into_iter().flatten().any(covered) {
            return None;
        }
        let value = time(input, number)?;
        let (place, participants) = present(site, nations, input, number);
        let mut parts = vec![(
            Part::Time {
                fit: Fit::Same,
                value: value.clone(),
                from: TimeFrom::Sentence,
            },
            if value.len() == 10 { 5 } else { 4 },
        )];
        parts.extend(participants.iter().map(|(named, of, stands)| {
            let part = Part::Participant {
                named: named.clone(),
                of: of.clone(),
                stands: *stands,
            };
            (part, 1)
        }));
        parts.extend(place.iter().map(|place| {
            let part = Part::Place {
                named: place.clone(),
                nearness: Nearness::Itself,
            };
            (part, 2)
        }));
        let participants: BTreeSet<Id> = participants.into_iter().map(|(_, of, _)| of).collect();
        let enough =
            !participants.is_empty() && participants.len() + usize::from(place.is_some()) > 1;
        enough.then(|| Candidate {
            article: input.article.id(),
            published: input.article.published,
            passage: Passage {
                first: number,
                last: number,
                place: told.place,
            },
            value,
            act,
            place,
            participants,
            parts,
            hearsay: told.standing.hearsay,
        })
    })
    .collect()
}

/// The day or month that a sentence names, if it is one. A day that comes first goes before months and years behind it, which most often
/// belong to something else that is named: `voted on Friday on the deal that ended last month's strike`.
fn time(input: &Input, sentence: u32) -> Option<String> {
    let times = &input.facts.times;
    let from = times.partition_point(|t| t.sentence < sentence);
    let here = times[from..].iter().take_while(|t| t.sentence == sentence);
    let mut values = here.flat_map(stretches).map(|(value, stretch)| {
        let Stretch { first, last } = stretch;
        let day = value.split('T').next().unwrap_or(value);
        let is_month = day.len() == 7 && first.day() == 1 && last == first.last_of_month();
        (day, first == last, is_month)
    });
    let (only, is_day, is_month) = values.next()?;
    let others = values.all(|(value, other_day, _)| value == only || is_day && !other_day);
    (others && (is_day || is_month)).then(|| only.to_owned())
}

/// The countries of a gazetteer: places of that kind, those with a people, and those that others lie in.
struct Nations<'s> {
    all: BTreeSet<&'s Id>,
    named: BTreeMap<&'s str, &'s Id>,
}

impl<'s> Nations<'s> {
    fn of(site: &'s Site) -> Self {
        let others = site.entities.values().filter_map(|e| e.country.as_deref());
        let lain_in: BTreeSet<&str> = others.collect();
        let places = site.entities.iter();
        let places = places.filter(|(_, e)| e.entity_type == EntityType::Place);
        let nations = places.filter(|(_, e)| {
            let name = e.name.value.as_str();
            let called = e.kind.as_deref() == Some("country") || !e.demonyms.is_empty();
            called || lain_in.contains(name)
        });
        let named: BTreeMap<&str, &Id> = nations.map(|(id, e)| (&*e.name.value, id)).collect();
        Self {
            all: named.values().copied().collect(),
            named,
        }
    }
}

/// The place of a sentence, if it names one that is no country and no government, and who is named in it: the entity, whom it
/// stands for and how.
fn present(
    site: &Site,
    nations: &Nations,
    input: &Input,
    sentence: u32,
) -> (Option<Id>, Vec<(Id, Id, Stands)>) {
    let mut places: Vec<Id> = Vec::new();
    let mut who: BTreeMap<Id, (Stands, Id)> = BTreeMap::new();
    let mut add = |of: &Id, stands, named: &Id| {
        let better = who.get(of).is_none_or(|(known, _)| stands < *known);
        if better {
            who.insert(of.clone(), (stands, named.clone()));
        }
    };
    let from = input
        .facts
        .mentions
        .partition_point(|m| m.sentence < sentence);
    let here = input.facts.mentions[from..].iter();
    for mention in here.take_while(|m| m.sentence == sentence) {
        let Some(entity) = site.entities.get(&mention.entity) else {
            continue;
        };
        let id = &mention.entity;
        match (entity.entity_type, &entity.country) {
            (EntityType::Term, _) => {}
            (EntityType::Person | EntityType::Organization, _) => add(id, Stands::Itself, id),
            (EntityType::Place, _) if nations.all.contains(id) => add(id, Stands::Itself, id),
            (EntityType::Place, Some(country)) if entity.metonym.is_some() => {
                match nations.named.get(country.as_str()) {
                    Some(of) => add(of, Stands::Capital, id),
                    None => add(id, Stands::Itself, id),
                }
            }
            (EntityType::Place, _) => places.push(id.clone()),
        }
    }
    let only = (places.len() == 1).then(|| places.pop()).flatten();
    let who = who
        .into_iter()
        .map(|(of, (stands, named))| (named, of, stands));
    (only, who.collect())
}

/// Candidates of one time as groups that tell of one thing.
fn groups<'c, 'a>(candidates: &'c [Candidate<'a>]) -> Vec<Vec<&'c Candidate<'a>>> {
    let mut groups: Vec<Vec<&Candidate>> = Vec::new();
    let mut of_participant: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
    for candidate in candidates {
        let near: BTreeSet<usize> = candidate
            .participants
            .iter()
            .filter_map(|id| of_participant.get(id))
            .flat_map(|list| list.iter().rev().take(COMPARED).copied())
            .collect();
        let alike = |group: &usize| groups[*group].iter().any(|other| same(candidate, other));
        let joined = near.iter().find(|group| alike(group)).copied();
        let index = joined.unwrap_or(groups.len());
        match joined {
            Some(group) => groups[group].push(candidate),
            None => groups.push(vec![candidate]),
        }
        for id in &candidate.participants {
            let list = of_participant.entry(id).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
    }
    groups
}

/// Whether two sentences of one time tell of one act: they share a participant, no place keeps them apart, and they have the verb or two
/// words in common.
fn same(a: &Candidate, b: &Candidate) -> bool {
    let apart = matches!((&a.place, &b.place), (Some(x), Some(y)) if x != y);
    let who = a
        .participants
        .intersection(&b.participants)
        .next()
        .is_some();
    let mine = a.act.stems.iter();
    let words = mine.filter(|stem| b.act.stems.binary_search(stem).is_ok());
    who && !apart && a.act.ahead == b.act.ahead && (a.act.verb == b.act.verb || words.count() >= 2)
}

fn event(group: &[&Candidate]) -> Option<Unwritten> {
    let first = group.first()?;
    let participants: BTreeSet<&Id> = group.iter().flat_map(|c| &c.participants).collect();
    Some(Unwritten {
        date: Edtf::parse(&first.value).ok()?,
        status: if first.act.ahead {
            Status::Planned
        } else {
            Status::Held
        },
        place: group.iter().find_map(|c| c.place.clone()),
        participants: participants.into_iter().cloned().collect(),
        verb: first.act.verb.clone(),
        statements: group.iter().map(|c| statement(c)).collect(),
    })
}

fn statement(candidate: &Candidate) -> Statement {
    Statement {
        article: candidate.article.clone(),
        passage: candidate.passage,
        quote: String::new(),
        status: None,
        note: None,
        foundation: Foundation::Automatic,
        finding: Finding {
            parts: candidate.parts.clone(),
        },
        bears: Bears {
            time: true,
            place: candidate.place.is_some(),
            who: candidate.participants.clone(),
        },
        speaker: None,
        hearsay: candidate.hearsay,
    }
}
