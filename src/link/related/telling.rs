//! The details of the reasons that two articles have, as they are shown. Only those that are kept are worked out.

use std::collections::BTreeMap;

use super::pairs::{Corpus, Points, Repeats, Sums};
use super::postings::{Kind, List, day, figure_key, name_key, names};
use super::through::Company;
use super::{CLOSE, Reason};
use crate::annotate::wording::{Run, stretch};
use crate::model::{Id, Rights};

/// The most words, names or figures that are told.
const TOLD: usize = 6;

/// The most articles that are named as company.
const COMPANY: usize = 3;

/// A pair of articles, with what they share.
pub(super) struct Pair<'c> {
    corpus: &'c Corpus<'c>,
    here: u32,
    there: u32,
    sums: Sums,
    /// The shared lists that are no words and no runs, the rarest first.
    shared: Vec<&'c List>,
    /// The keys of shared runs.
    runs: Vec<u64>,
    /// The shared terms with what each gives.
    terms: Vec<(u32, u64)>,
}

impl<'c> Pair<'c> {
    /// Two articles.
    pub(super) fn new(corpus: &'c Corpus<'c>, here: u32, there: u32) -> Self {
        let mut pair = Self {
            corpus,
            here,
            there,
            sums: Sums::default(),
            shared: Vec::new(),
            runs: Vec::new(),
            terms: Vec::new(),
        };
        for (number, mine, theirs) in corpus.shared(here, there) {
            let Some(list) = corpus.postings.list(number) else {
                continue;
            };
            pair.sums.add(list.kind, list.worth, mine, theirs);
            match list.kind {
                Kind::Word => pair
                    .terms
                    .push((u32::from(mine) * u32::from(theirs), list.key)),
                Kind::Run => pair.runs.push(list.key),
                _ => pair.shared.push(list),
            }
        }
        pair.shared
            .sort_by_key(|list| (std::cmp::Reverse(list.worth), list.kind, list.key));
        pair
    }

    /// The reasons, with their points; `through` are those that others add.
    pub(super) fn reasons(mut self, company: &Company, through: u16) -> Vec<(Reason, u16)> {
        let points = self.corpus.points(self.here, self.there, &self.sums);
        let mut reasons = self.other(&points);
        let told = [
            (points.events, Reason::SharedEvents(self.events())),
            (points.entities, Reason::Shares(self.entities())),
            (points.names, Reason::SharedNames(self.names())),
            (points.figures, Reason::SharedFigures(self.figures())),
            (points.dates, Reason::SameDates(self.dates())),
        ];
        reasons.extend(
            told.into_iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, r)| (r, n)),
        );
        if points.runs > 0
            && let Some(run) = self.run()
        {
            reasons.push((run, points.runs));
        }
        if points.words > 0 {
            reasons.push((Reason::Wording(self.words()), points.words));
        }
        if through > 0 {
            reasons.push((Reason::Through(self.company(company)), through));
        }
        reasons
    }

    /// The reasons that need no search for their details.
    fn other(&self, points: &Points) -> Vec<(Reason, u16)> {
        let mut reasons = Vec::new();
        if points.based_on > 0 {
            reasons.push((Reason::BasedOn, points.based_on));
        }
        match self.corpus.repeats(self.here, self.there, &self.sums) {
            Some(Repeats::All) => reasons.push((Reason::Duplicate, points.copy)),
            Some(Repeats::Part(part)) => reasons.push((Reason::Reprint(part), points.copy)),
            None => {}
        }
        if points.topics > 0 {
            let topics = self.corpus.topics(self.here, self.there);
            reasons.push((Reason::SameTopic(topics), points.topics));
        }
        if let Some(days) = self.corpus.apart(self.here, self.there) {
            reasons.push((Reason::Days(days), points.days));
        }
        reasons
    }

    fn keys(&self, kind: Kind) -> impl Iterator<Item = u64> {
        self.shared
            .iter()
            .filter(move |l| l.kind == kind)
            .map(|l| l.key)
    }

    fn input(&self, article: u32) -> Option<&'c crate::link::Input<'c>> {
        self.corpus.inputs.get(article as usize)
    }

    fn events(&self) -> Vec<Id> {
        let told = self.corpus.told(self.here);
        self.keys(Kind::Event)
            .filter_map(|key| told.iter().find(|id| Kind::Event.key(id.as_str()) == key))
            .cloned()
            .collect()
    }

    fn entities(&self) -> Vec<Id> {
        let Some(input) = self.input(self.here) else {
            return Vec::new();
        };
        let named = |key| {
            let mentions = &input.facts.mentions;
            let found = mentions
                .iter()
                .find(|m| Kind::Entity.key(m.entity.as_str()) == key);
            found.map(|m| m.entity.clone())
        };
        self.keys(Kind::Entity).filter_map(named).collect()
    }

    /// Whether words of both articles may be quoted.
    fn open(&self) -> bool {
        [self.here, self.there].into_iter().all(|i| {
            self.input(i)
                .is_some_and(|input| input.article.rights == Rights::Full)
        })
    }

    fn names(&self) -> Vec<String> {
        let Some(input) = self.input(self.here).filter(|_| self.open()) else {
            return Vec::new();
        };
        let said = |key| names(&input.facts.unlisted).find(|n| name_key(n) == key);
        let found = self.keys(Kind::Name).filter_map(said);
        found.take(TOLD).map(|n| n.words.clone()).collect()
    }

    fn figures(&self) -> Vec<String> {
        let Some(input) = self.input(self.here).filter(|_| self.open()) else {
            return Vec::new();
        };
        let said = |key| {
            let figures = &input.facts.figures;
            let figure = figures.iter().find(|f| figure_key(f) == Some(key))?;
            Some(match &figure.counted {
                Some(counted) => format!("{} {counted}", figure.words),
                None => figure.words.clone(),
            })
        };
        self.keys(Kind::Figure)
            .filter_map(said)
            .take(TOLD)
            .collect()
    }

    fn dates(&self) -> Vec<String> {
        let Some(input) = self.input(self.here) else {
            return Vec::new();
        };
        let said = |key| {
            let days = input.facts.times.iter().filter_map(day);
            days.into_iter()
                .find(|d| Kind::Date.key(d) == key)
                .map(str::to_owned)
        };
        self.keys(Kind::Date).filter_map(said).take(TOLD).collect()
    }

    /// The longest run of words that both have.
    fn run(&self) -> Option<Reason> {
        let (here, there) = (self.input(self.here)?, self.input(self.there)?);
        let places = |input: &crate::link::Input| -> BTreeMap<u64, Run> {
            let runs = input.wording.runs.iter();
            runs.filter(|r| self.runs.contains(&r.key))
                .map(|r| (r.key, *r))
                .collect()
        };
        let (mine, theirs) = (places(here), places(there));
        let both: Vec<(Run, Run)> = mine
            .iter()
            .filter_map(|(key, run)| Some((*run, *theirs.get(key)?)))
            .collect();
        let (range, count) = stretch(here.text, there.text, &both)?;
        let words = range.of(here.text).split_whitespace().collect::<Vec<_>>();
        Some(Reason::SameWords {
            count: u16::try_from(count).unwrap_or(u16::MAX),
            words: self.open().then(|| words.join(" ")),
        })
    }

    /// The shared terms that give most, in this article's forms. A word that is part of a pair already told is left out.
    fn words(&mut self) -> Vec<String> {
        let Some(input) = self.input(self.here).filter(|_| self.open()) else {
            return Vec::new();
        };
        self.terms
            .sort_unstable_by_key(|(points, key)| (std::cmp::Reverse(*points), *key));
        let mut told: Vec<String> = Vec::new();
        for (_, key) in self.terms.iter().take(4 * TOLD) {
            let term = input.wording.term(*key);
            let surface =
                term.and_then(|t| input.wording.surface(t, &input.article.title, input.text));
            let Some(words) = surface.map(|s| s.split_whitespace().collect::<Vec<_>>().join(" "))
            else {
                continue;
            };
            let lower = words.to_lowercase();
            let within = |t: &String| t.to_lowercase().contains(&lower);
            if told.iter().any(within) {
                continue;
            }
            told.retain(|t| !lower.contains(&t.to_lowercase()));
            told.push(words);
            if told.len() == TOLD {
                break;
            }
        }
        told
    }

    /// The articles near to both, nearest to this one first, that stand for either.
    fn company(&self, company: &Company) -> Vec<Id> {
        let mut found: Vec<u32> = Vec::new();
        let near = |a: u32, b: u32| Pair::new(self.corpus, a, b).story() >= CLOSE;
        let both = company.of(self.here).iter().chain(company.of(self.there));
        for &other in both {
            let known = other == self.here || other == self.there || found.contains(&other);
            if !known && near(other, self.here) && near(other, self.there) {
                found.push(other);
                if found.len() == COMPANY {
                    break;
                }
            }
        }
        let id = |i: u32| self.input(i).map(|input| input.article.id().clone());
        found.into_iter().filter_map(id).collect()
    }

    fn story(&self) -> u16 {
        self.corpus
            .points(self.here, self.there, &self.sums)
            .story()
    }
}
