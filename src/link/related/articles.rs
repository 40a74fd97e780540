//! Related articles: the steps put together.

use std::collections::BTreeMap;

use super::copies::copies;
use super::pairs::{Corpus, Near};
use super::postings::number;
use super::row::Row;
use super::stories::Between;
use super::telling::Teller;
use super::through::Company;
use super::worth::Worth;
use super::{KEPT, events, stories};
use crate::link::{ArticleLinks, EventLinks, Input, Workers};
use crate::model::{Id, Site};

/// Articles that one worker takes at a time.
const PIECE: usize = 128;

/// Fills in the events near each article's own, its related articles and what it repeats. Gives the groups of articles that tell one
/// story, each in order of id. `inputs` is sorted by article id.
pub fn of_articles(
    site: &Site,
    inputs: &[Input],
    told: &BTreeMap<Id, EventLinks>,
    articles: &mut BTreeMap<Id, ArticleLinks>,
    workers: &impl Workers,
) -> Vec<Vec<Id>> {
    let blank = ArticleLinks::default();
    let links: Vec<&ArticleLinks> = inputs
        .iter()
        .map(|i| articles.get(i.article.id()).unwrap_or(&blank))
        .collect();
    let worth = Worth::new(site.entities.values(), inputs.len());
    let corpus = Corpus::new(inputs, &links, &worth, workers);
    let rows = corpus.nearest(workers);
    let company = Company::new(&corpus, &rows, workers);
    let through = company.points(&rows, workers);
    let related: Vec<Row> = workers.in_rows(inputs.len(), PIECE, |some| {
        let mut teller = Teller::new(&corpus, &company);
        let mut row = Vec::new();
        let told = some.filter_map(|i| {
            row.clear();
            row.extend(rows.get(i)?.iter().zip(through.get(i)?).map(with_company));
            corpus.sort(&mut row, |n| n.points);
            row.truncate(site.config.data.related.max(KEPT));
            Some(teller.related(number(i), &row))
        });
        told.collect()
    });
    let copies = copies(&corpus, workers);
    for ((input, related), copies) in inputs.iter().zip(related).zip(copies) {
        let (relies_on, relies_elsewhere) = relies_on(input, inputs);
        if let Some(links) = articles.get_mut(input.article.id()) {
            links.nearby = events::nearby(&links.events, told, site);
            links.related = related;
            links.copies = copies;
            links.relies_on = relies_on;
            links.relies_elsewhere = relies_elsewhere;
        }
    }
    let id = |i: u32| {
        inputs
            .get(i as usize)
            .map(|input| input.article.id().clone())
    };
    stories::stories(inputs.len(), between(&rows, &through))
        .into_iter()
        .map(|story| story.into_iter().filter_map(id).collect())
        .collect()
}

/// A near article with the points that others add, which are all that is needed beside the sum when reasons are told.
fn with_company((near, more): (&Near, &u16)) -> Near {
    Near {
        points: near.points.saturating_add(*more),
        story: *more,
        ..*near
    }
}

/// The points of each pair that tell stories apart, those that come through others with them; of both ways.
fn between<'r>(
    rows: &'r [Vec<Near>],
    through: &'r [Vec<u16>],
) -> impl Iterator<Item = Between> + Clone + 'r {
    let each = (0..).zip(rows).zip(through);
    each.flat_map(|((here, row), through)| {
        row.iter().zip(through).map(move |(near, more)| {
            let points = near.story.saturating_add(*more);
            (here.min(near.to), here.max(near.to), points)
        })
    })
}

/// The reports that an article says it relies on: those of the corpus, and the names of others. What begins with a
/// small letter (`news reports`) names nobody: two articles may mean different ones, so it counts for nothing.
fn relies_on(input: &Input, inputs: &[Input]) -> (Vec<Id>, Vec<String>) {
    let (mut within, mut elsewhere) = (Vec::new(), Vec::new());
    for name in &input.article.based_on {
        let at = inputs.binary_search_by(|i| i.article.id().as_str().cmp(name.value.as_str()));
        match at.ok().and_then(|at| inputs.get(at)) {
            Some(other) => within.push(other.article.id().clone()),
            None if name.value.starts_with(char::is_lowercase) => {}
            None => elsewhere.push(name.value.trim().to_lowercase()),
        }
    }
    (within, elsewhere)
}
