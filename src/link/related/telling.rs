//! The details of the reasons that two articles have, as they are shown. Only those that are kept are worked out.

use super::Reason;
use super::pairs::{Corpus, Near, Points, Repeats, Sums};
use super::postings::{Entry, Kind, List};
use super::through::Company;
use super::{QUOTED, Related, finish};
use crate::annotate::wording::{ByHash, RUN, stretch};
use crate::model::{Facts, Id, Rights};

/// The most words, names or figures that are told.
const TOLD: usize = 6;

/// The most articles that are named as company.
const COMPANY: usize = 3;

/// A term of an article as it is told, and in lower case; none if the text does not have it.
type Form = Option<(String, String)>;

/// Tells what articles have in common with others, one after the other.
pub(super) struct Teller<'c> {
    corpus: &'c Corpus<'c>,
    company: &'c Company,
    /// By article, its place in the row at hand, counted from 1; 0 for those that are not in it.
    places: Vec<u16>,
}

impl<'c> Teller<'c> {
    /// Nothing has been told yet.
    pub(super) fn new(corpus: &'c Corpus<'c>, company: &'c Company) -> Self {
        Self {
            corpus,
            company,
            places: vec![0; corpus.inputs.len()],
        }
    }

    /// What one article has in common with the others of its row, best first, where that suffices. `story` of each has the points that
    /// others add. Words are told with the first [`QUOTED`], as far as the rights in both articles allow it.
    pub(super) fn related(&mut self, here: u32, row: &[Near]) -> Vec<(u32, Related)> {
        let pairs = self.pairs(here, row);
        // Near articles share much the same terms.
        let mut forms = ByHash::default();
        let told = row.iter().zip(pairs).filter_map(|(near, pair)| {
            let to = self.corpus.inputs.get(near.to as usize)?.article.id();
            let reasons = pair.reasons(self.company, near.story, &mut forms);
            Some((near.to, finish(to, reasons)?))
        });
        told.collect()
    }

    /// The pairs of a row, each with what both share: the lists that the article is in are gone through once for all of them.
    fn pairs(&mut self, here: u32, row: &[Near]) -> Vec<Pair<'c>> {
        let corpus = self.corpus;
        let each = row.iter().enumerate();
        let mut pairs: Vec<Pair> = each
            .map(|(rank, near)| Pair::new(corpus, here, near.to, rank < QUOTED))
            .collect();
        self.enter(row, true);
        for held in corpus.postings.of(here) {
            let Some(list) = corpus.postings.list(held.index) else {
                continue;
            };
            for entry in corpus.postings.entries(held.index) {
                let place = self.places.get(entry.index as usize).copied();
                let at = usize::from(place.unwrap_or(0)).checked_sub(1);
                if let Some(pair) = at.and_then(|at| pairs.get_mut(at)) {
                    pair.share(list, held, entry);
                }
            }
        }
        self.enter(row, false);
        for pair in &mut pairs {
            pair.sort();
        }
        pairs
    }

    /// Notes where the articles of a row stand in it, or forgets them.
    fn enter(&mut self, row: &[Near], known: bool) {
        for (near, place) in row.iter().zip(1..) {
            if let Some(slot) = self.places.get_mut(near.to as usize) {
                *slot = if known { place } else { 0 };
            }
        }
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
    /// The keys of shared runs that few others have, in order.
    runs: Vec<u64>,
    /// The shared terms with what each gives.
    terms: Vec<(u32, u64)>,
    /// Whether words of both articles may be quoted.
    open: bool,
}

impl<'c> Pair<'c> {
    fn new(corpus: &'c Corpus<'c>, here: u32, there: u32, quoting: bool) -> Self {
        Self {
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
        }
    }

    /// Takes in a list that both are in.
    fn share(&mut self, list: &'c List, mine: &Entry, theirs: &Entry) {
        self.sums
            .add(list.kind, list.worth, mine.weight, theirs.weight);
        match list.kind {
            Kind::Word | Kind::Run if !self.open => {}
            Kind::Word => {
                let gives = u32::from(mine.weight) * u32::from(theirs.weight);
                self.terms.push((gives, list.key));
            }
            Kind::Run if list.worth == 0 => {}
            Kind::Run => self.runs.push(list.key),
            _ => self.shared.push(list),
        }
    }

    fn sort(&mut self) {
        self.shared
            .sort_unstable_by_key(|list| (std::cmp::Reverse(list.worth), list.kind, list.key));
        self.runs.sort_unstable();
    }

    fn reasons(
        mut self,
        company: &Company,
        through: u16,
        forms: &mut ByHash<Form>,
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
        let found = stretch(here.wording, here.text, there.wording, &self.runs);
        let Some((range, count)) = found else {
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
    fn words(&self, mut terms: Vec<(u32, u64)>, forms: &mut ByHash<Form>) -> Vec<String> {
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
