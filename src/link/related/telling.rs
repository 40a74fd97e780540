//! The details of the reasons that two articles have, as they are shown. Only those that are kept are worked out, and they are packed at
//! once.

use std::cmp::Reverse;

use super::QUOTED;
use super::pairs::{Corpus, Near, Points, Repeats};
use super::postings::{Kind, List};
use super::row::{Kind as Told, Packer, Row};
use super::tally::{Sums, factor};
use super::through::Company;
use crate::annotate::calendar;
use crate::annotate::wording::{RUN, stretch};
use crate::base::in_line;
use crate::link::evidence::is_grammar;
use crate::model::Facts;

/// The most words, names or figures that are told.
const TOLD: usize = 6;

/// The most articles that are named as company.
const COMPANY: usize = 3;

/// A term of an article as it is told.
struct Form {
    words: String,
    lower: String,
    /// A bit for each letter and digit in it; what holds another has all of that one's.
    letters: u64,
}

impl Form {
    /// Whether the other is part of this.
    fn holds(&self, other: &Self) -> bool {
        other.letters & !self.letters == 0 && self.lower.contains(&other.lower)
    }
}

/// What is known of a list of words for the article at hand.
#[derive(Clone, Copy, Default)]
struct Word {
    /// What the article makes of a mention; 0 if it is not in the list.
    factor: u32,
    /// Where its form stands, counted from 1; 0 for one not looked for yet.
    form: u32,
}

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
    forms: Vec<Option<Form>>,
    /// By list of words.
    known: Vec<Word>,
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
            forms: Vec::new(),
            known: vec![Word::default(); corpus.postings.words.len()],
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
        self.forget(here);
        self.packer.finish()
    }

    /// Fills in the pairs of a row, each with what both share besides words: the lists that the article is in are gone through once for all
    /// of them. Words are looked at where they are told.
    fn compare(&mut self, here: u32, row: &[Near], pairs: &mut Vec<Pair<'c>>) {
        let corpus = self.corpus;
        if pairs.len() < row.len() {
            pairs.resize_with(row.len(), Pair::default);
        }
        let quoted = corpus.is_open(here);
        for (rank, (near, pair)) in row.iter().zip(pairs.iter_mut()).enumerate() {
            let open = quoted && rank < QUOTED && corpus.is_open(near.to);
            pair.begin(here, near, open);
        }
        let others = &corpus.postings.others;
        for held in others.of(here) {
            let Some(list) = others.get(held.index()) else {
                continue;
            };
            for entry in others.entries(held.index()) {
                let place = self.places.get(entry.index() as usize).copied();
                let at = usize::from(place.unwrap_or(0)).checked_sub(1);
                if let Some(pair) = at.and_then(|at| pairs.get_mut(at)) {
                    pair.share(list);
                }
            }
        }
        if quoted {
            self.weigh(here);
            for pair in pairs.iter_mut().take(row.len().min(QUOTED)) {
                self.compare_words(pair);
            }
        }
    }

    /// Notes what the article at hand makes of its words.
    fn weigh(&mut self, here: u32) {
        let words = &self.corpus.postings.words;
        for held in words.of(here) {
            let list = words.get(held.index());
            if let Some((word, list)) = self.known.get_mut(held.index() as usize).zip(list) {
                word.factor = factor(list, *held);
            }
        }
    }

    /// Forgets that.
    fn forget(&mut self, here: u32) {
        for held in self.corpus.postings.words.of(here) {
            if let Some(word) = self.known.get_mut(held.index() as usize) {
                *word = Word::default();
            }
        }
    }

    /// Fills in the terms that both have.
    fn compare_words(&self, pair: &mut Pair<'c>) {
        let words = &self.corpus.postings.words;
        for held in words.of(pair.there) {
            let factor = self
                .known
                .get(held.index() as usize)
                .map_or(0, |w| w.factor);
            if pair.open
                && factor > 0
                && let Some(list) = words.get(held.index())
            {
                let gives = factor * held.weight();
                pair.terms.push((Reverse(gives), list.key, held.index()));
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
        self.texts(shared.iter().map(|name| &*name.words));
    }

    fn figures(&mut self, pair: &Pair<'c>) {
        let figures = self.quotable(pair).map(|f| f.figures.as_slice());
        let shared = self.common(pair, Kind::Figure, figures.unwrap_or_default());
        self.packer.number(super::postings::number(shared.len()));
        for figure in shared {
            match &figure.counted {
                Some(counted) => self.packer.two_texts(&figure.words, counted),
                None => self.packer.text(&figure.words),
            }
        }
    }

    fn dates(&mut self, pair: &Pair<'c>) {
        let times = self.corpus.facts(pair.here).map(|f| f.times.as_slice());
        let shared = self.common(pair, Kind::Date, times.unwrap_or_default());
        self.texts(shared.iter().map(|time| &*time.value));
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
        let words = in_line(words);
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
        if terms.len() > 4 * TOLD {
            terms.select_nth_unstable(4 * TOLD);
            terms.truncate(4 * TOLD);
        }
        terms.sort_unstable();
        let mut told: Vec<usize> = Vec::with_capacity(TOLD);
        for (_, key, list) in &*terms {
            let at = self.form(input, *key, *list);
            let of = |at: &usize| self.forms.get(*at)?.as_ref();
            let Some(form) = of(&at) else { continue };
            if told.iter().filter_map(of).any(|other| other.holds(form)) {
                continue;
            }
            told.retain(|other| !of(other).is_some_and(|other| form.holds(other)));
            told.push(at);
            if told.len() == TOLD {
                break;
            }
        }
        let words = told.iter().filter_map(|at| self.forms.get(*at)?.as_ref());
        self.packer.number(super::postings::number(told.len()));
        words.for_each(|form| self.packer.text(&form.words));
    }

    /// Where the form of a term stands. It is worked out once for each article.
    fn form(&mut self, input: &crate::link::Input, key: u64, list: u32) -> usize {
        let next = super::postings::number(self.forms.len() + 1);
        let Some(word) = self.known.get_mut(list as usize) else {
            return usize::MAX;
        };
        if word.form == 0 {
            word.form = next;
            self.forms.push(form(input, key));
        }
        word.form as usize - 1
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
    /// The shared terms: what each gives, its key and its list.
    terms: Vec<(Reverse<u32>, u64, u32)>,
    /// Whether words of both articles may be quoted.
    open: bool,
}

impl<'c> Pair<'c> {
    /// Nothing is known to be shared yet.
    fn begin(&mut self, here: u32, near: &Near, open: bool) {
        (self.here, self.there, self.open) = (here, near.to, open);
        self.sums = Sums {
            words: near.words,
            ..Sums::default()
        };
        self.shared.clear();
        self.runs.clear();
        self.terms.clear();
    }

    /// Takes in a list that both are in.
    fn share(&mut self, list: &'c List) {
        self.sums.add(list.kind, list.worth);
        match list.kind {
            Kind::Word => {}
            Kind::Run if !self.open || list.worth == 0 => {}
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

/// Whether one of a term's words is a year, a month or a day of the week: two articles may name one time in passing, and the days that both
/// name are a reason of their own.
fn is_dated(words: &str) -> bool {
    words.split(' ').any(|word| {
        let year = word.len() == 4
            && word.starts_with(['1', '2'])
            && word.bytes().all(|b| b.is_ascii_digit());
        let named = word.starts_with(|c: char| c.is_ascii_uppercase());
        year || named && calendar::is_named(&word.to_ascii_lowercase())
    })
}

/// A term as it stands in an article, if the text has it and it is worth telling.
fn form(input: &crate::link::Input, key: u64) -> Option<Form> {
    let term = input.wording.term(key)?;
    let surface = input
        .wording
        .surface(term, &input.article.title, input.text)?;
    let words = in_line(surface).into_owned();
    if is_dated(&words) {
        return None;
    }
    let lower = words.to_lowercase();
    // On a small site a word of grammar may be as rare as any other.
    if lower.split(' ').all(is_grammar) {
        return None;
    }
    let letters = lower.bytes().filter(u8::is_ascii_alphanumeric);
    Some(Form {
        letters: letters.fold(0, |all, byte| all | 1 << (byte % 64)),
        words,
        lower,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_dates_are_not_told_as_wording() {
        for dated in ["2009 went", "in 2009", "1998", "May", "last Tuesday"] {
            assert!(is_dated(dated), "{dated}");
        }
        for plain in [
            "53 boats",
            "1,200 workers",
            "may",
            "9000 tonnes",
            "march on",
            "",
        ] {
            assert!(!is_dated(plain), "{plain}");
        }
    }
}
