//! One list of values a measure, from what articles offer and what editors wrote.

use std::collections::{BTreeMap, BTreeSet};

use super::hits::Surroundings;
use super::{AsOf, AsOfBasis, Value, Why, sums};
use crate::base::Edtf;
use crate::link::{Anchors, Input, Passage};
use crate::model::{
    Amount, FigureFact, FigureKind, Id, Measure, Reading, Rights, Site, Speaker, State, Voice,
};

/// A figure of the site: its article and its index in that one's facts.
type Figure = (Id, u32);

/// The values of every measure, in order of publication.
pub(super) fn values(
    site: &Site,
    inputs: &[Input],
    anchors: &Anchors,
    independent: &dyn Fn(&Id, &Id) -> bool,
) -> BTreeMap<Id, Vec<Value>> {
    let gatherer = Gatherer {
        site,
        inputs: inputs.iter().map(|i| (i.article.id(), i)).collect(),
        anchors,
    };
    let mut all: BTreeMap<Id, Vec<Value>> = BTreeMap::new();
    let mut written = BTreeSet::new();
    for (id, measure) in &site.measures {
        let values = gatherer.written(measure);
        written.extend(values.iter().filter_map(figure));
        all.insert(id.clone(), values);
    }
    for (id, measure) in &site.measures {
        if let Some(values) = all.get_mut(id) {
            gatherer.add_found(measure, &written, values);
        }
    }
    leave_to_parts(site, &mut all);
    for (id, measure) in &site.measures {
        if let Some(values) = all.get_mut(id) {
            gatherer.add_totals(measure, &written, values);
            gatherer.sort(values);
            mark_repeated(values, independent);
        }
    }
    all
}

fn figure(value: &Value) -> Option<Figure> {
    Some((value.article.clone(), value.figure?))
}

/// A figure that is found for a measure and for one that counts a part of it is a value of the part.
fn leave_to_parts(site: &Site, all: &mut BTreeMap<Id, Vec<Value>>) {
    let mut taken: BTreeMap<&Id, BTreeSet<Figure>> = BTreeMap::new();
    for (id, measure) in &site.measures {
        let own = || all.get(id).into_iter().flatten().filter_map(figure);
        if let Some(whole) = &measure.subset_of {
            taken.entry(&whole.value).or_default().extend(own());
        }
        for part in &measure.sum_of {
            let part = all.get(&part.value).into_iter().flatten();
            let figures = part.filter_map(figure);
            taken.entry(id).or_default().extend(figures);
        }
    }
    for (id, taken) in taken {
        if let Some(values) = all.get_mut(id) {
            values.retain(|v| {
                !matches!(v.why, Why::Words { .. }) || figure(v).is_none_or(|f| !taken.contains(&f))
            });
        }
    }
}

/// Notes of values that an earlier article has too from which this one is not independent.
fn mark_repeated(values: &mut [Value], independent: &dyn Fn(&Id, &Id) -> bool) {
    let mut known: BTreeMap<_, Vec<Id>> = BTreeMap::new();
    for value in values {
        let earlier = known
            .entry((value.min, value.max, value.hedge))
            .or_default();
        let mut others = earlier.iter().filter(|a| **a != value.article);
        value.repeats = others.find(|a| !independent(a, &value.article)).cloned();
        if earlier.last() != Some(&value.article) {
            earlier.push(value.article.clone());
        }
    }
}

struct Gatherer<'a> {
    site: &'a Site,
    inputs: BTreeMap<&'a Id, &'a Input<'a>>,
    anchors: &'a Anchors,
}

impl<'a> Gatherer<'a> {
    /// The values that editors wrote, each with the figure that it quotes.
    fn written(&self, measure: &Measure) -> Vec<Value> {
        let mut taken = BTreeSet::new();
        let mut values = Vec::new();
        for reading in &measure.values {
            let Some(value) = self.reading(measure, reading, &taken) else {
                continue;
            };
            taken.extend(figure(&value));
            values.push(value);
        }
        values
    }

    fn reading(
        &self,
        measure: &Measure,
        reading: &Reading,
        taken: &BTreeSet<Figure>,
    ) -> Option<Value> {
        let article = &reading.article.value;
        let input = self.inputs.get(article)?;
        let passage = self.anchors.get(article, &reading.quote)?;
        let found = quoted(input, reading, passage)
            .filter(|(index, _)| !taken.contains(&(article.clone(), *index)));
        let automatic = found.map(|(index, fact)| self.value(measure, input, index, fact));
        let as_of = match (&reading.as_of, &automatic) {
            (Some(date), _) => Some(AsOf {
                date: date.clone(),
                basis: AsOfBasis::Editor,
            }),
            (None, Some(value)) => value.as_of.clone(),
            (None, None) => self.as_of(measure, input, None),
        };
        let number = reading.min.is_some() || reading.max.is_some();
        let (min, max) = match &automatic {
            Some(value) if !number => (value.min, value.max),
            _ => (
                reading.min.or(reading.max).map(Amount::new),
                reading.max.or(reading.min).map(Amount::new),
            ),
        };
        let other = automatic.as_ref();
        Some(Value {
            article: article.clone(),
            passage,
            figure: other.and_then(|v| v.figure),
            quote: Some(reading.quote.value.clone()),
            min,
            max,
            kind: other.map_or(FigureKind::Cardinal, |v| v.kind.clone()),
            words: reading
                .words
                .clone()
                .or_else(|| other.and_then(|v| v.words.clone())),
            hedge: match other {
                Some(value) if !number => value.hedge,
                _ => reading.hedge,
            },
            speaker: reading
                .speaker
                .clone()
                .or_else(|| other.and_then(|v| v.speaker.clone())),
            as_of,
            counts: reading
                .counts
                .clone()
                .or_else(|| other.and_then(|v| v.counts.clone())),
            others: other.is_some_and(|v| v.others),
            part_of_sum: reading.part_of_sum,
            state: State::Reviewed,
            why: Why::Written,
            repeats: None,
        })
    }

    /// Adds what is found in articles, and what editors gave to the measure by an override.
    fn add_found(&self, measure: &Measure, written: &BTreeSet<Figure>, values: &mut Vec<Value>) {
        let id = &measure.common.id;
        for (article, input) in &self.inputs {
            let facts = (0..).zip(&input.facts.figures);
            let given = facts.filter(|(_, fact)| fact.measure.as_ref() == Some(id));
            for (index, fact) in given {
                if !written.contains(&((*article).clone(), index)) {
                    values.push(Value {
                        why: Why::Given,
                        state: State::Reviewed,
                        ..self.value(measure, input, index, fact)
                    });
                }
            }
            for hit in input.measures.found.get(id).into_iter().flatten() {
                let Some(fact) = input.facts.figures.get(hit.figure as usize) else {
                    continue;
                };
                let decided =
                    fact.measure.is_some() || written.contains(&((*article).clone(), hit.figure));
                if decided || contradicts(measure, surroundings(input, hit.figure)) {
                    continue;
                }
                let value = self.value(measure, input, hit.figure, fact);
                values.push(Value {
                    why: Why::Words {
                        unit: hit.unit.clone(),
                        need: hit.need.clone(),
                    },
                    counts: value.counts.map(|counts| with_rest(counts, &hit.rest)),
                    ..value
                });
            }
        }
    }

    /// Adds numbers without a noun that are called a total, where values beside them add up to them.
    fn add_totals(&self, measure: &Measure, written: &BTreeSet<Figure>, values: &mut Vec<Value>) {
        let mut totals = Vec::new();
        let mut reports: BTreeMap<&Id, Vec<&Value>> = BTreeMap::new();
        for value in &*values {
            reports.entry(&value.article).or_default().push(value);
        }
        for (article, mut beside) in reports {
            let Some(input) = self.inputs.get(article).filter(|_| beside.len() > 1) else {
                continue;
            };
            beside.sort_by_key(|v| (v.passage, v.figure));
            for (index, fact) in (0..).zip(&input.facts.figures) {
                let around = surroundings(input, index);
                let bare = fact.noun.is_none()
                    && fact.kind == FigureKind::Cardinal
                    && fact.measure.is_none();
                let taken = written.contains(&(article.clone(), index))
                    || beside.iter().any(|v| v.figure == Some(index));
                if !bare || taken || !around.is_some_and(|a| a.total) {
                    continue;
                }
                let value = self.value(measure, input, index, fact);
                let parts = sums::adding_up(&value, &beside);
                if let Some(parts) = parts {
                    let parts = parts.iter().filter_map(|v| v.min).collect();
                    totals.push(Value {
                        why: Why::Total(parts),
                        ..value
                    });
                }
            }
        }
        values.extend(totals);
    }

    /// A figure as a value of a measure, whatever its reason.
    fn value(&self, measure: &Measure, input: &Input, index: u32, fact: &FigureFact) -> Value {
        let around = surroundings(input, index);
        // What may not be published of a text are its words; its numbers are facts.
        let open = input.article.rights == Rights::Full;
        let says_more =
            fact.kind != FigureKind::Cardinal || (fact.min != fact.max && is_vague(&fact.words));
        Value {
            article: input.article.id().clone(),
            passage: Passage {
                first: fact.sentence,
                last: fact.sentence,
                place: around.and_then(|a| a.place),
            },
            figure: Some(index),
            quote: None,
            min: fact.min,
            max: fact.max,
            kind: fact.kind.clone(),
            words: (open && says_more).then(|| fact.words.to_string()),
            hedge: fact.hedge,
            speaker: fact.speaker.as_ref().and_then(|voice| said(voice, open)),
            as_of: self.as_of(measure, input, around),
            counts: fact.counted.as_deref().filter(|_| open).map(str::to_owned),
            others: around.is_some_and(|a| a.others),
            part_of_sum: false,
            state: fact.state,
            why: Why::Given,
            repeats: None,
        }
    }

    fn as_of(
        &self,
        measure: &Measure,
        input: &Input,
        around: Option<&Surroundings>,
    ) -> Option<AsOf> {
        if let Some((date, words)) = around.and_then(|a| a.date.as_ref()) {
            return Some(AsOf {
                date: date.clone(),
                basis: AsOfBasis::Sentence(words.clone()),
            });
        }
        if let Some(date) = &measure.as_of {
            return Some(AsOf {
                date: date.clone(),
                basis: AsOfBasis::Measure,
            });
        }
        Some(AsOf {
            date: Edtf::day(input.article.published?),
            basis: AsOfBasis::Published,
        })
    }

    /// In order of publication, article and text.
    fn sort(&self, values: &mut [Value]) {
        values.sort_by(|a, b| {
            let key = |v: &Value| {
                let article = self.site.articles.get(&v.article);
                let published = article.and_then(|a| a.published);
                (
                    published,
                    v.article.clone(),
                    v.passage.first,
                    v.figure,
                    v.quote.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
    }
}

/// Whether words give no exact number: `hundreds of thousands`, `a few dozen`.
fn is_vague(words: &str) -> bool {
    const VAGUE: [&str; 6] = [
        "tens",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "millions",
    ];
    let mut each = words.split_whitespace();
    !words.contains(|c: char| c.is_ascii_digit())
        || each.any(|word| VAGUE.contains(&&*word.to_ascii_lowercase()))
}

/// What is counted, with the words of the unit that follow the noun: `prisoners of war`.
fn with_rest(counts: String, rest: &str) -> String {
    match rest {
        "" => counts,
        rest => format!("{counts} {rest}"),
    }
}

fn surroundings<'a>(input: &Input<'a>, figure: u32) -> Option<&'a Surroundings> {
    input.measures.figures.get(figure as usize)
}

/// The figure that an editor's reading quotes: in its passage, with its words in the quotation and the same number.
fn quoted<'a>(
    input: &Input<'a>,
    reading: &Reading,
    passage: Passage,
) -> Option<(u32, &'a FigureFact)> {
    let quote = crate::annotate::prose::spell(&reading.quote.value);
    let ends = [reading.min, reading.max];
    let same = |fact: &FigureFact| {
        let near = |a: Option<Amount>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a.get() - b).abs() <= 1e-9 * b.abs().max(1.0),
            _ => false,
        };
        near(fact.min, ends[0]) || near(fact.max, ends[1]) || ends == [None, None]
    };
    let inside = |fact: &&FigureFact| {
        let words = crate::annotate::prose::spell(&fact.words);
        (passage.first..=passage.last).contains(&fact.sentence)
            && fact.kind != FigureKind::Ordinal
            && quote
                .match_indices(&*words)
                .any(|(at, _)| crate::link::topics::is_whole(&quote, at..at + words.len()))
    };
    let facts = (0..).zip(&input.facts.figures);
    let mut facts = facts.filter(|(_, fact)| inside(fact));
    let mut rest = facts.clone();
    // A reading that gives an order of magnitude limits of its own has the words of the figure all the same.
    facts.find(|(_, fact)| same(fact)).or_else(|| {
        let only = rest.next()?;
        (reading.words.is_some() && rest.next().is_none()).then_some(only)
    })
}

/// Who says it, as values keep it; not where the text has no more than a pronoun. Words of a text that may not be published stay out.
fn said(voice: &Voice, open: bool) -> Option<Speaker> {
    match &voice.entity {
        Some(id) => Some(Speaker::Entity(id.clone())),
        None => (open && !voice.words.is_empty() && !voice.is_pronoun())
            .then(|| Speaker::Words(voice.words.to_string())),
    }
}

/// Whether the date that a figure's sentence gives it lies in none of the years for which the measure asks.
fn contradicts(measure: &Measure, around: Option<&Surroundings>) -> bool {
    let years = |date: &Edtf| {
        let first = date.start.map_or(i16::MIN, |p| p.first.year());
        let last = match date.end {
            Some(None) => i16::MAX,
            _ => date.latest().year(),
        };
        (first, last)
    };
    let stated = around
        .and_then(|a| a.date.as_ref())
        .map(|(date, _)| years(date));
    match (&measure.as_of, stated) {
        (Some(asked), Some((first, last))) => {
            let (from, to) = years(asked);
            last < from || to < first
        }
        _ => false,
    }
}
