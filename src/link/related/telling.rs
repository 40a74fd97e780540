//! The details of the reasons that two articles have, as they are shown. Only those that are kept are worked out, and they are packed at
//! once.

use std::cmp::Reverse;

use super::QUOTED;
use super::pairs::{Corpus, Near, Points, Repeats, Sums};
use super::postings::{Entry, Kind, List};
use super::row::{Kind as Told, Packer, Row};
use super::through::Company;
use crate::annotate::wording::{ByHash, RUN, stretch};
use crate::model::{Facts, FigureFact};

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
    /// Of the row at hand; those behind its end are kept for the next.
    pairs: Vec<Pair<'c>>,
    packer: Packer,
    /// Where ids stand in the packed row: by list for what is shared, by number for topics, and for articles that are not in the row.
    shared: Vec<(u64, u32)>,
    topics: Vec<(u32, u32)>,
    others: Vec<(u32, u32)>,
    /// The forms of the article's terms. Near articles share much the same terms.
    forms: ByHash<Form>,
}

impl<'c> Teller<'c> {
    /// Nothing has been told yet.
    pub(super) fn new(corpus: &'c Corpus<'c>, company: &'c Company) -> Self {
        Self {
            corpus,
            company,
            places: vec![0; corpus.inputs.len()],
            pairs: Vec::new(),
            packer: Packer::default(),
            shared: Vec::new(),
            topics: Vec::new(),
            others: Vec::new(),
            forms: ByHash::default(),
        }
    }

    /// What one article has in common with the others of its row, best first. `story` of each has the points that
    /// others add. Words are told with the first [`QUOTED`], as far as the rights in both articles allow it.
    pub(super) fn related(&mut self, here: u32, row: &[Near]) -> Row {
        let corpus = self.corpus;
        self.shared.clear();
        self.topics.clear();
        self.others.clear();
        self.forms.clear();
        let inputs = row.iter().filter_map(|n| corpus.inputs.get(n.to as usize));
        self.packer.begin(inputs.map(|input| input.article.id()));
        self.enter(row, true);
        let mut pairs = std::mem::take(&mut self.pairs);
        self.compare(here, row, &mut pairs);
        for (near, pair) in row.iter().zip(&mut pairs) {
            self.tell(pair, near.story);
        }
        self.pairs = pairs;
        self.enter(row, false);
        self.packer.finish()
    }

    /// Fills in the pairs of a row, each with what both share: the lists that the article is in are gone through once for all of them.
    fn compare(&mut self, here: u32, row: &[Near], pairs: &mut Vec<Pair<'c>>) {
        let corpus = self.corpus;
        if pairs.len() < row.len() {
            pairs.resize_with(row.len(), Pair::default);
        }
        for (rank, (near, pair)) in row.iter().zip(pairs.iter_mut()).enumerate() {
            let open = rank < QUOTED && corpus.is_open(here) && corpus.is_open(near.to);
            pair.begin(here, near.to, open);
        }
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
    }

    /// Notes where the articles of a row stand in it, or forgets them.
    fn enter(&mut self, row: &[Near], known: bool) {
        for (near, place) in row.iter().zip(1..) {
            if let Some(slot) = self.places.get_mut(near.to as usize) {
                *slot = if known { place } else { 0 };
            }
        }
    }

    /// Packs the reasons of a pair, most points first.
    fn tell(&mut self, pair: &mut Pair<'c>, through: u16) {
        pair.sort();
        let points = self.corpus.points(pair.here, pair.there, &pair.sums);
        let repeats = self.corpus.repeats(pair.here, pair.there, &pair.sums);
        let days = self.corpus.apart(pair.here, pair.there);
        let mut reasons = [(Reverse(0), Told::Days); 13];
        let mut count = 0;
        for (kind, points) in kinds(&points, through, repeats, days.is_some()) {
            if let Some(slot) = reasons.get_mut(count) {
                *slot = (Reverse(points), kind);
                count += 1;
            }
        }
        let reasons = &mut reasons[..count];
        reasons.sort_unstable();
        self.packer.number(super::postings::number(count));
        for (Reverse(points), kind) in reasons {
            self.packer.head(*kind, *points);
            match kind {
                Told::BasedOn | Told::Duplicate => {}
                Told::Reprint => match repeats {
                    Some(Repeats::Part(part)) => self.packer.number(part.into()),
                    _ => self.packer.number(100),
                },
                Told::SharedEvents => self.ids(pair, Kind::Event),
                Told::Shares => self.ids(pair, Kind::Entity),
                Told::SharedNames => self.names(pair),
                Told::SharedFigures => self.figures(pair),
                Told::SameDates => self.dates(pair),
                Told::SameTopic => self.topics(pair),
                Told::SameWords => self.run(pair),
                Told::Wording => self.words(pair),
                Told::Through => self.through(pair),
                Told::Days => self.packer.signed(days.unwrap_or(0)),
            }
        }
    }

    /// The ids of what both have of a kind, the rarest first.
    fn ids(&mut self, pair: &Pair, kind: Kind) {
        let here = self.corpus.facts(pair.here);
        let mentions = here.map(|f| f.mentions.as_slice()).unwrap_or_default();
        let told = self.corpus.told(pair.here);
        let all = || pair.shared.iter().filter(|list| list.kind == kind);
        self.packer.number(super::postings::number(all().count()));
        for list in all() {
            let known = self.shared.iter().find(|(key, _)| *key == list.key);
            let known = known.map(|(_, place)| *place);
            let place = known.or_else(|| {
                let at = self.corpus.postings.place(pair.here, list)?;
                let id = match kind {
                    Kind::Event => told.get(at)?,
                    _ => &mentions.get(at)?.entity,
                };
                let place = self.packer.add(id);
                self.shared.push((list.key, place));
                Some(place)
            });
            self.packer.number(place.unwrap_or(u32::MAX));
        }
    }

    /// The topics that both are in.
    fn topics(&mut self, pair: &Pair) {
        let all = || self.corpus.topics(pair.here, pair.there);
        self.packer.number(super::postings::number(all().count()));
        for (number, topic) in self.corpus.topics(pair.here, pair.there) {
            let known = self.topics.iter().find(|(n, _)| *n == number);
            let place = known.map(|(_, place)| *place).unwrap_or_else(|| {
                let place = self.packer.add(topic);
                self.topics.push((number, place));
                place
            });
            self.packer.number(place);
        }
    }

    /// The articles near to both, nearest to this one first, that stand for either.
    fn through(&mut self, pair: &Pair) {
        let (here, there, company) = (pair.here, pair.there, self.company);
        let mut found: Vec<u32> = Vec::with_capacity(COMPANY);
        for &other in company.of(here).iter().chain(company.of(there)) {
            let known = other == here || other == there || found.contains(&other);
            let close = company.close(other, here) && company.close(other, there);
            if !known && close && found.len() < COMPANY {
                found.push(other);
            }
        }
        self.packer.number(super::postings::number(found.len()));
        for other in found {
            let place = self.place_of(other);
            self.packer.number(place);
        }
    }

    /// Where an article's id stands.
    fn place_of(&mut self, article: u32) -> u32 {
        let place = self.places.get(article as usize).copied().unwrap_or(0);
        if let Some(place) = u32::from(place).checked_sub(1) {
            return place;
        }
        let known = self.others.iter().find(|(n, _)| *n == article);
        if let Some((_, place)) = known {
            return *place;
        }
        let Some(input) = self.corpus.inputs.get(article as usize) else {
            return u32::MAX;
        };
        let place = self.packer.add(input.article.id());
        self.others.push((article, place));
        place
    }

    /// What this article has of a kind that the other has as well, the rarest first.
    fn common<T>(&self, pair: &Pair<'c>, kind: Kind, all: &'c [T]) -> Vec<&'c T> {
        let shared = pair.shared.iter().filter(|list| list.kind == kind);
        let places = shared.filter_map(|list| self.corpus.postings.place(pair.here, list));
        let first = places.filter_map(|at| all.get(at)).take(TOLD);
        first.collect()
    }

    /// The facts, where words of both articles may be quoted.
    fn quotable(&self, pair: &Pair) -> Option<&'c Facts> {
        self.corpus.facts(pair.here).filter(|_| pair.open)
    }

    fn names(&mut self, pair: &Pair<'c>) {
        let names = self.quotable(pair).map(|f| f.unlisted.as_slice());
        let shared = self.common(pair, Kind::Name, names.unwrap_or_default());
        self.texts(shared.iter().map(|name| name.words.as_str()));
    }

    fn figures(&mut self, pair: &Pair<'c>) {
        let figures = self.quotable(pair).map(|f| f.figures.as_slice());
        let shared = self.common(pair, Kind::Figure, figures.unwrap_or_default());
        let said = |figure: &&FigureFact| match &figure.counted {
            Some(counted) => format!("{} {counted}", figure.words),
            None => figure.words.clone(),
        };
        let said: Vec<String> = shared.iter().map(said).collect();
        self.texts(said.iter().map(String::as_str));
    }

    fn dates(&mut self, pair: &Pair<'c>) {
        let times = self.corpus.facts(pair.here).map(|f| f.times.as_slice());
        let shared = self.common(pair, Kind::Date, times.unwrap_or_default());
        self.texts(shared.iter().map(|time| time.value.as_str()));
    }

    fn texts<'t>(&mut self, texts: impl ExactSizeIterator<Item = &'t str>) {
        self.packer.number(super::postings::number(texts.len()));
        texts.for_each(|text| self.packer.text(text));
    }

    /// The longest run of words that both have, and its length; where it may not be quoted, the length that every sampled run has.
    fn run(&mut self, pair: &Pair) {
        let inputs = &self.corpus.inputs;
        let both = inputs
            .get(pair.here as usize)
            .zip(inputs.get(pair.there as usize));
        let found = both.filter(|_| pair.open).and_then(|(here, there)| {
            let found = stretch(here.wording, here.text, there.wording, &pair.runs);
            found.map(|(range, count)| (range.of(here.text), count))
        });
        let (words, count) = found.unwrap_or(("", RUN));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.packer
            .number(u16::try_from(count).unwrap_or(u16::MAX).into());
        self.packer.text(&words);
    }

    /// Of the shared terms those that give most, in this article's forms. A word that is part of a pair already told is left out.
    fn words(&mut self, pair: &mut Pair) {
        let input = self.corpus.inputs.get(pair.here as usize);
        let Some(input) = input.filter(|_| pair.open) else {
            self.packer.number(0);
            return;
        };
        let terms = &mut pair.terms;
        let order = |(points, key): &(u32, u64)| (Reverse(*points), *key);
        if terms.len() > 4 * TOLD {
            terms.select_nth_unstable_by_key(4 * TOLD, order);
            terms.truncate(4 * TOLD);
        }
        terms.sort_unstable_by_key(order);
        let mut told: Vec<u64> = Vec::with_capacity(TOLD);
        for (_, key) in &*terms {
            self.forms.entry(*key).or_insert_with(|| form(input, *key));
            let forms = &self.forms;
            let of = |key: &u64| forms.get(key)?.as_ref().map(|(_, lower)| lower.as_str());
            let Some(words) = of(key) else { continue };
            if told
                .iter()
                .filter_map(of)
                .any(|other| other.contains(words))
            {
                continue;
            }
            told.retain(|other| !of(other).is_some_and(|other| words.contains(other)));
            told.push(*key);
            if told.len() == TOLD {
                break;
            }
        }
        let forms = &self.forms;
        let words = told.iter().filter_map(|key| forms.get(key)?.as_ref());
        self.packer.number(super::postings::number(told.len()));
        words.for_each(|(words, _)| self.packer.text(words));
    }
}

/// The reasons that two articles have, with their points.
fn kinds(
    points: &Points,
    through: u16,
    repeats: Option<Repeats>,
    dated: bool,
) -> impl Iterator<Item = (Told, u16)> {
    let copy = match repeats {
        Some(Repeats::All) => Told::Duplicate,
        _ => Told::Reprint,
    };
    let all = [
        (points.based_on > 0, Told::BasedOn, points.based_on),
        (repeats.is_some(), copy, points.copy),
        (points.events > 0, Told::SharedEvents, points.events),
        (points.entities > 0, Told::Shares, points.entities),
        (points.names > 0, Told::SharedNames, points.names),
        (points.figures > 0, Told::SharedFigures, points.figures),
        (points.dates > 0, Told::SameDates, points.dates),
        (points.topics > 0, Told::SameTopic, points.topics),
        (points.runs > 0, Told::SameWords, points.runs),
        (points.words > 0, Told::Wording, points.words),
        (through > 0, Told::Through, through),
        (dated, Told::Days, points.days),
    ];
    let there = all.into_iter().filter(|(there, ..)| *there);
    there.map(|(_, kind, points)| (kind, points))
}

/// A pair of articles, with what they share.
#[derive(Default)]
struct Pair<'c> {
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
    /// Nothing is known to be shared yet.
    fn begin(&mut self, here: u32, there: u32, open: bool) {
        (self.here, self.there, self.open) = (here, there, open);
        self.sums = Sums::default();
        self.shared.clear();
        self.runs.clear();
        self.terms.clear();
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
            .sort_unstable_by_key(|list| (Reverse(list.worth), list.kind, list.key));
        self.runs.sort_unstable();
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
