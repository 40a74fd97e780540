//! The search through a whole corpus, by what few sentences have: an event's phrases, and its day or month.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::bond::{Bond, Bonds};
use super::fit::{Stretch, When, stretches};
use super::telling::Told;
use super::{Bears, Finding, Lexicon, score};
use crate::link::{Input, Passage};
use crate::model::{EntityType, Event, Id, Site, Status};

/// Events of one month that are looked at for each sentence that names it; in a month with more, phrases have to lead to them.
const CROWD: usize = 200;

/// A corpus of fewer sentences is taken for a part of one that has so many: what a single report says of its event is not common for
/// having no other beside it.
const FEW: u32 = 64;

/// A sentence of the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Index among the articles.
    pub(super) article: usize,
    /// The sentence's number, from 1.
    pub(super) sentence: u32,
}

/// An event, ready to be looked for.
pub(super) struct Target<'s> {
    pub(super) event: &'s Event,
    pub(super) when: Option<When>,
    pub(super) bond: Bond<'s>,
}

/// What the articles hold, counted.
pub(super) struct Corpus<'a> {
    pub(super) inputs: &'a [Input<'a>],
    pub(super) lexicon: &'a Lexicon,
    /// The times of each article: the sentence, the value and its days.
    times: Vec<Vec<(u32, (&'a str, Stretch))>>,
    /// The entity that is each article's outlet.
    outlets: Vec<Option<&'a Id>>,
    sentences: u32,
    entities: HashMap<&'a Id, u32>,
    stems: Vec<u32>,
    phrases: Vec<u32>,
}

impl<'a> Corpus<'a> {
    fn new(site: &'a Site, inputs: &'a [Input<'a>], lexicon: &'a Lexicon) -> Self {
        let organizations = site.entities.iter();
        let organizations =
            organizations.filter(|(_, e)| e.entity_type == EntityType::Organization);
        let names: BTreeMap<&str, &Id> = organizations
            .flat_map(|(id, e)| {
                let names = std::iter::once(&e.name).chain(&e.aliases);
                names.map(move |name| (name.value.as_str(), id))
            })
            .collect();
        let outlet = |input: &Input| {
            let written = [&input.article.outlet, &input.article.outlet_short];
            let known = written.into_iter().flatten();
            known
                .filter_map(|name| names.get(name.as_str()).copied())
                .next()
        };
        let mut corpus = Self {
            inputs,
            lexicon,
            times: Vec::with_capacity(inputs.len()),
            outlets: inputs.iter().map(outlet).collect(),
            sentences: 0,
            entities: HashMap::new(),
            stems: vec![0; lexicon.len()],
            phrases: vec![0; lexicon.phrases.len()],
        };
        for input in inputs {
            let times = input.facts.times.iter();
            let times = times.flat_map(|t| stretches(t).map(|known| (t.sentence, known)));
            corpus.times.push(times.collect());
            for mention in &input.facts.mentions {
                *corpus.entities.entry(&mention.entity).or_default() += 1;
            }
            for told in &input.telling.sentences {
                corpus.sentences += 1;
                for stem in &told.stems {
                    if let Some(n) = corpus.stems.get_mut(*stem as usize) {
                        *n += 1;
                    }
                }
                for hit in &told.hits {
                    if let Some(n) = corpus.phrases.get_mut(hit.phrase as usize) {
                        *n += 1;
                    }
                }
            }
        }
        corpus
    }

    /// The times that a sentence names, in order.
    pub(super) fn times(
        &self,
        article: usize,
        sentence: u32,
    ) -> impl Iterator<Item = &(&'a str, Stretch)> {
        let all = self.times.get(article).map_or(&[][..], Vec::as_slice);
        let from = all.partition_point(|(at, _)| *at < sentence);
        let here = all[from..].iter();
        here.take_while(move |(at, _)| *at == sentence)
            .map(|(_, known)| known)
    }

    /// The nearest sentence before one in its paragraph that names a time.
    pub(super) fn time_before(&self, at: Place) -> Option<u32> {
        let all = self.times.get(at.article)?;
        let paragraph = self.told(at)?.place?.0;
        let index = all.partition_point(|(sentence, _)| *sentence < at.sentence);
        let (before, _) = all.get(index.checked_sub(1)?)?;
        let there = Place {
            sentence: *before,
            ..at
        };
        (self.told(there)?.place?.0 == paragraph).then_some(*before)
    }

    /// Whether an entity is the outlet of an article.
    pub(super) fn is_outlet(&self, article: usize, entity: &Id) -> bool {
        let outlet = self.outlets.get(article).copied().flatten();
        outlet == Some(entity)
    }

    /// What the words of a sentence offer.
    pub(super) fn told(&self, at: Place) -> Option<&'a Told> {
        self.inputs.get(at.article)?.telling.sentence(at.sentence)
    }

    /// Whether a sentence speaks of what is to come.
    pub(super) fn looks_ahead(&self, at: Place) -> bool {
        let told = self.told(at);
        told.is_some_and(|told| told.standing.status == Some(Status::Planned))
    }

    /// How rare an entity is among the sentences, from 0 to 3.
    pub(super) fn rarity(&self, entity: &Id) -> u16 {
        self.bucket(self.entities.get(entity).copied().unwrap_or(0))
    }

    /// How rare a stem is.
    pub(super) fn stem_rarity(&self, stem: u32) -> u16 {
        self.bucket(self.stems.get(stem as usize).copied().unwrap_or(0))
    }

    /// How rare a phrase is; one in a few sentences is, however few there are in all.
    pub(super) fn phrase_rarity(&self, phrase: u32) -> u16 {
        let n = self.phrases.get(phrase as usize).copied().unwrap_or(0);
        if n <= 8 { 3 } else { self.bucket(n) }
    }

    /// 3 for one in 64 and rarer, 2 for one in 16, 1 for one in 4.
    fn bucket(&self, n: u32) -> u16 {
        let ratio = (self.sentences.max(FEW) / n.max(1)).max(1);
        u16::try_from(ratio.ilog2() / 2).unwrap_or(3).min(3)
    }
}

/// By month, the events that begin or end in it: the number of each and the words of its title.
type Months<'a> = BTreeMap<(i16, i8), Vec<(u32, &'a [(u32, String)])>>;

/// A sentence that tells of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The article.
    pub article: Id,
    /// The sentence.
    pub passage: Passage,
    /// Why.
    pub finding: Finding,
}

/// The search for evidence in a corpus.
pub struct Search<'a> {
    corpus: Corpus<'a>,
    targets: BTreeMap<&'a Id, Target<'a>>,
    articles: BTreeMap<&'a Id, usize>,
}

impl std::fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}

impl<'a> Search<'a> {
    /// Makes the search ready. `inputs` were read with `lexicon`.
    pub fn new(site: &'a Site, inputs: &'a [Input<'a>], lexicon: &'a Lexicon) -> Self {
        let bonds = Bonds::of(site);
        let target = |event: &'a Event| Target {
            event,
            when: When::of(event),
            bond: bonds.bond(site, event),
        };
        Self {
            corpus: Corpus::new(site, inputs, lexicon),
            targets: site.events.iter().map(|(id, e)| (id, target(e))).collect(),
            articles: inputs.iter().map(|i| i.article.id()).zip(0..).collect(),
        }
    }

    /// The sentences that tell of each event, in the order of articles and sentences.
    pub fn all(&self) -> BTreeMap<Id, Vec<Found>> {
        let mut all: BTreeMap<Id, Vec<Found>> = BTreeMap::new();
        let targets: Vec<(&Id, &Target)> = self.targets.iter().map(|(id, t)| (*id, t)).collect();
        for (event, at) in self.candidates() {
            let Some((event, target)) = targets.get(event as usize).copied() else {
                continue;
            };
            let finding = score::reasons(&self.corpus, target, at);
            let Some(finding) = finding.filter(|f| score::suffices(target.event, f)) else {
                continue;
            };
            if let Some(found) = self.found(at, finding) {
                all.entry(event.clone()).or_default().push(found);
            }
        }
        all
    }

    /// What speaks for a passage that an editor has chosen, the best of its sentences; nothing need.
    pub fn reasons(&self, event: &Id, article: &Id, passage: Passage) -> Finding {
        let target = self.targets.get(event).zip(self.articles.get(article));
        let Some((target, article)) = target else {
            return Finding::default();
        };
        let sentences = passage.first..=passage.last;
        let findings = sentences.filter_map(|sentence| {
            let at = Place {
                article: *article,
                sentence,
            };
            score::reasons(&self.corpus, target, at)
        });
        let mut best = Finding::default();
        for finding in findings {
            if finding.points() > best.points() {
                best = finding;
            }
        }
        best
    }

    /// Which fields of an event a passage bears out.
    pub fn bears(&self, event: &Id, article: &Id, passage: Passage) -> Bears {
        let mut all = Bears::default();
        let target = self.targets.get(event).zip(self.articles.get(article));
        let Some((target, article)) = target else {
            return all;
        };
        for sentence in passage.first..=passage.last {
            let at = Place {
                article: *article,
                sentence,
            };
            let bears = score::bears(&self.corpus, target, at);
            all.time |= bears.time;
            all.place |= bears.place;
            all.who.extend(bears.who);
        }
        all
    }

    /// What the words of a sentence offer.
    pub(crate) fn told(&self, article: &Id, sentence: u32) -> Option<&'a Told> {
        let article = *self.articles.get(article)?;
        self.corpus.told(Place { article, sentence })
    }

    fn found(&self, at: Place, finding: Finding) -> Option<Found> {
        let told = self.corpus.told(at)?;
        Some(Found {
            article: self.corpus.inputs.get(at.article)?.article.id().clone(),
            passage: Passage {
                first: at.sentence,
                last: at.sentence,
                place: told.place,
            },
            finding,
        })
    }

    /// Pairs of event and sentence that are worth scoring, in order; events are numbered in the order of their ids.
    fn candidates(&self) -> Vec<(u32, Place)> {
        let months = self.months();
        let numbers: HashMap<&Id, u32> = self.targets.keys().copied().zip(0..).collect();
        let phrases = self.corpus.lexicon.phrases.iter();
        let told_by: Vec<Option<u32>> = phrases
            .map(|phrase| numbers.get(&phrase.event).copied())
            .collect();
        let mut pairs: Vec<(u32, Place)> = Vec::new();
        for (article, input) in self.corpus.inputs.iter().enumerate() {
            for (sentence, told) in (1u32..).zip(&input.telling.sentences) {
                if told.heading || (told.stems.is_empty() && told.hits.is_empty()) {
                    continue;
                }
                let at = Place { article, sentence };
                for hit in &told.hits {
                    let event = told_by.get(hit.phrase as usize).copied().flatten();
                    pairs.extend(event.map(|number| (number, at)));
                }
                if !told.stems.is_empty() {
                    self.by_time(&months, at, told, |number| pairs.push((number, at)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The events of each month.
    fn months(&self) -> Months<'a> {
        let mut months = Months::new();
        for ((id, target), number) in self.targets.iter().zip(0..) {
            let Some(when) = target.when else { continue };
            let ends: BTreeSet<(i16, i8)> = [when.stretch.first, when.stretch.last]
                .map(month)
                .into_iter()
                .collect();
            let title = self.corpus.lexicon.title(id);
            for month in ends {
                months.entry(month).or_default().push((number, title));
            }
        }
        months
    }

    /// The events of the day or month that a sentence names, as far as it has two words of their titles, or the only one.
    fn by_time(&self, months: &Months, at: Place, told: &Told, mut take: impl FnMut(u32)) {
        for (_, stretch) in self.corpus.times(at.article, at.sentence) {
            if stretch.days() > 31 {
                continue;
            }
            let near = months.get(&month(stretch.first));
            for (number, title) in near.filter(|l| l.len() <= CROWD).into_iter().flatten() {
                let shared = title
                    .iter()
                    .filter(|(stem, _)| told.stems.binary_search(stem).is_ok());
                let needed = title.len().clamp(1, 2);
                if shared.take(needed).count() == needed {
                    take(*number);
                }
            }
        }
    }
}

fn month(day: Date) -> (i16, i8) {
    (day.year(), day.month())
}
