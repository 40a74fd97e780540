//! The details of the reasons that two articles have, as they are shown. Only those that are kept are worked out.

use std::collections::BTreeMap;

use super::Reason;
use super::pairs::{Corpus, Points, Repeats, Sums};
use super::postings::{Kind, List};
use super::through::Company;
use crate::annotate::wording::{RUN, Run, stretch};
use crate::model::{Facts, Id, Rights};

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
    /// Whether words of both articles may be quoted.
    open: bool,
}

impl<'c> Pair<'c> {
    /// Two articles. Words of theirs are told with the reasons if `quoting` and if their rights allow it.
    pub(super) fn new(corpus: &'c Corpus<'c>, here: u32, there: u32, quoting: bool) -> Self {
        let mut pair = Self {
            corpus,
            here,
            there,
            sums: Sums::default(),
            shared: Vec::new(),
            runs: Vec::new(),
            terms: Vec::new(),
            open: quoting
                && [here, there].into_iter().all(|i| {
                    let input = corpus.inputs.get(i as usize);
                    input.is_some_and(|input| input.article.rights == Rights::Full)
                }),
        };
        for (number, mine, theirs) in corpus.shared(here, there) {
            let Some(list) = corpus.postings.list(number) else {
                continue;
            };
            pair.sums.add(list.kind, list.worth, mine, theirs);
            match list.kind {
                Kind::Word | Kind::Run if !pair.open => {}
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
    pub(super) fn reasons(self, company: &Company, through: u16) -> Vec<(Reason, u16)> {
        let points = self.corpus.points(self.here, self.there, &self.sums);
        let mut reasons = self.other(&points);
        let mut add = |points: u16, reason: &dyn Fn() -> Reason| {
            if points > 0 {
                reasons.push((reason(), points));
            }
        };
        add(points.events, &|| Reason::SharedEvents(self.events()));
        add(points.entities, &|| Reason::Shares(self.entities()));
        add(points.names, &|| Reason::SharedNames(self.names()));
        add(points.figures, &|| Reason::SharedFigures(self.figures()));
        add(points.dates, &|| Reason::SameDates(self.dates()));
        add(points.runs, &|| self.run());
        add(points.words, &|| Reason::Wording(self.words()));
        add(through, &|| Reason::Through(self.company(company)));
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

    fn input(&self, article: u32) -> Option<&'c crate::link::Input<'c>> {
        self.corpus.inputs.get(article as usize)
    }

    /// What this article has of a kind that the other has as well.
    fn common<'s, T>(&'s self, kind: Kind, all: &'s [T]) -> impl Iterator<Item = &'s T> {
        let shared = self.shared.iter().filter(move |l| l.kind == kind);
        let places = shared.filter_map(|list| self.corpus.postings.place(self.here, list));
        places.filter_map(|at| all.get(at))
    }

    fn events(&self) -> Vec<Id> {
        let told = self.corpus.told(self.here);
        self.common(Kind::Event, told).cloned().collect()
    }

    fn entities(&self) -> Vec<Id> {
        let mentions = self.facts().map(|f| f.mentions.as_slice());
        let shared = self.common(Kind::Entity, mentions.unwrap_or_default());
        shared.map(|m| m.entity.clone()).collect()
    }

    fn facts(&self) -> Option<&'c Facts> {
        self.input(self.here).map(|input| input.facts)
    }

    /// The facts, where words of both articles may be quoted.
    fn quotable(&self) -> Option<&'c Facts> {
        self.facts().filter(|_| self.open)
    }

    fn names(&self) -> Vec<String> {
        let names = self.quotable().map(|f| f.unlisted.as_slice());
        let shared = self.common(Kind::Name, names.unwrap_or_default());
        shared.take(TOLD).map(|n| n.words.clone()).collect()
    }

    fn figures(&self) -> Vec<String> {
        let figures = self.quotable().map(|f| f.figures.as_slice());
        let shared = self.common(Kind::Figure, figures.unwrap_or_default());
        let said = shared.take(TOLD).map(|figure| match &figure.counted {
            Some(counted) => format!("{} {counted}", figure.words),
            None => figure.words.clone(),
        });
        said.collect()
    }

    fn dates(&self) -> Vec<String> {
        let times = self.facts().map(|f| f.times.as_slice());
        let shared = self.common(Kind::Date, times.unwrap_or_default());
        shared.take(TOLD).map(|t| t.value.clone()).collect()
    }

    /// The longest run of words that both have.
    fn run(&self) -> Reason {
        // That many words every sampled run has.
        let least = Reason::SameWords {
            count: u16::try_from(RUN).unwrap_or(u16::MAX),
            words: None,
        };
        let inputs = self.input(self.here).zip(self.input(self.there));
        let Some((here, there)) = inputs.filter(|_| self.open) else {
            return least;
        };
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
        let Some((range, count)) = stretch(here.text, there.text, &both) else {
            return least;
        };
        let words = range.of(here.text).split_whitespace().collect::<Vec<_>>();
        Reason::SameWords {
            count: u16::try_from(count).unwrap_or(u16::MAX),
            words: Some(words.join(" ")),
        }
    }

    /// The shared terms that give most, in this article's forms. A word that is part of a pair already told is left out.
    fn words(&self) -> Vec<String> {
        let Some(input) = self.input(self.here).filter(|_| self.open) else {
            return Vec::new();
        };
        let mut terms = self.terms.clone();
        terms.sort_unstable_by_key(|(points, key)| (std::cmp::Reverse(*points), *key));
        // The words as told, and in lower case.
        let mut told: Vec<(String, String)> = Vec::with_capacity(TOLD);
        for (_, key) in terms.iter().take(4 * TOLD) {
            let term = input.wording.term(*key);
            let surface =
                term.and_then(|t| input.wording.surface(t, &input.article.title, input.text));
            let Some(surface) = surface else {
                continue;
            };
            let words = surface.split_whitespace().collect::<Vec<_>>().join(" ");
            let lower = words.to_lowercase();
            if told.iter().any(|(_, t)| t.contains(&lower)) {
                continue;
            }
            told.retain(|(_, t)| !lower.contains(t));
            told.push((words, lower));
            if told.len() == TOLD {
                break;
            }
        }
        told.into_iter().map(|(words, _)| words).collect()
    }

    /// The articles near to both, nearest to this one first, that stand for either.
    fn company(&self, company: &Company) -> Vec<Id> {
        let mut found: Vec<u32> = Vec::new();
        let both = company.of(self.here).iter().chain(company.of(self.there));
        for &other in both {
            let known = other == self.here || other == self.there || found.contains(&other);
            let close = company.close(other, self.here) && company.close(other, self.there);
            if !known && close && found.len() < COMPANY {
                found.push(other);
            }
        }
        let id = |i: u32| self.input(i).map(|input| input.article.id().clone());
        found.into_iter().filter_map(id).collect()
    }
}
