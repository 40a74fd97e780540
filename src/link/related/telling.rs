//! The details of the reasons that two articles have, as they are shown. Only those that are kept are worked out.

use std::collections::HashMap;

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

/// A term of an article as it is told, and in lower case; none if the text does not have it.
type Form = Option<(String, String)>;

/// Tells what one article has in common with others.
pub(super) struct Teller<'c> {
    corpus: &'c Corpus<'c>,
    company: &'c Company,
    here: u32,
    /// The terms that were told already, by key: near articles share much the same.
    forms: HashMap<u64, Form>,
}

impl<'c> Teller<'c> {
    /// Of an article nothing has been told yet.
    pub(super) fn new(corpus: &'c Corpus<'c>, company: &'c Company, here: u32) -> Self {
        Self {
            corpus,
            company,
            here,
            forms: HashMap::new(),
        }
    }

    /// The reasons that it has with another article, with their points; `through` are those that others add. Words of both are told
    /// with the reasons if `quoting` and if their rights allow it.
    pub(super) fn reasons(
        &mut self,
        there: u32,
        through: u16,
        quoting: bool,
    ) -> Vec<(Reason, u16)> {
        let pair = Pair::new(self.corpus, self.here, there, quoting);
        pair.reasons(self.company, through, &mut self.forms)
    }
}

/// A pair of articles, with what they share.
struct Pair<'c> {
    corpus: &'c Corpus<'c>,
    here: u32,
    there: u32,
    sums: Sums,
    /// The shared lists that are no words and no runs, the rarest first.
    shared: Vec<&'c List>,
    /// The keys of shared runs, in order.
    runs: Vec<u64>,
    /// The shared terms with what each gives.
    terms: Vec<(u32, u64)>,
    /// Whether words of both articles may be quoted.
    open: bool,
}

impl<'c> Pair<'c> {
    fn new(corpus: &'c Corpus<'c>, here: u32, there: u32, quoting: bool) -> Self {
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
            .sort_unstable_by_key(|list| (std::cmp::Reverse(list.worth), list.kind, list.key));
        pair.runs.sort_unstable();
        pair
    }

    fn reasons(
        mut self,
        company: &Company,
        through: u16,
        forms: &mut HashMap<u64, Form>,
    ) -> Vec<(Reason, u16)> {
        let terms = std::mem::take(&mut self.terms);
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
        add(through, &|| Reason::Through(self.company(company)));
        if points.words > 0 {
            reasons.push((Reason::Wording(self.words(terms, forms)), points.words));
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
        let run = |input: &crate::link::Input, key: u64| input.wording.run(key).copied();
        let both: Vec<(Run, Run)> = self
            .runs
            .iter()
            .filter_map(|key| run(here, *key).zip(run(there, *key)))
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

    /// Of the shared terms, with what each gives, those that give most, in this article's forms. A word that is part of a pair already told
    /// is left out.
    fn words(&self, mut terms: Vec<(u32, u64)>, forms: &mut HashMap<u64, Form>) -> Vec<String> {
        let Some(input) = self.input(self.here).filter(|_| self.open) else {
            return Vec::new();
        };
        let order = |(points, key): &(u32, u64)| (std::cmp::Reverse(*points), *key);
        if terms.len() > 4 * TOLD {
            terms.select_nth_unstable_by_key(4 * TOLD, order);
            terms.truncate(4 * TOLD);
        }
        terms.sort_unstable_by_key(order);
        let mut told: Vec<(String, String)> = Vec::with_capacity(TOLD);
        for (_, key) in terms {
            let form = forms.entry(key).or_insert_with(|| form(input, key));
            let Some((words, lower)) = form else {
                continue;
            };
            if told.iter().any(|(_, t)| t.contains(lower.as_str())) {
                continue;
            }
            told.retain(|(_, t)| !lower.contains(t));
            told.push((words.clone(), lower.clone()));
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

/// A term as it stands in an article.
fn form(input: &crate::link::Input, key: u64) -> Form {
    let term = input.wording.term(key)?;
    let surface = input
        .wording
        .surface(term, &input.article.title, input.text)?;
    let words = surface.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_lowercase();
    Some((words, lower))
}
