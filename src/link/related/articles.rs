//! Related articles: the steps put together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::copies::copies;
use super::pairs::{Corpus, Near};
use super::postings::number;
use super::row::Row;
use super::stories::Between;
use super::telling::Teller;
use super::through::Company;
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
    let corpus = Corpus::new(inputs, &links, workers);
    let mut rows = corpus.nearest(workers);
    let company = Company::new(&corpus, &rows);
    let through = company.points(&rows, workers);
    let pairs = story_points(&rows, &through);
    for (row, through) in rows.iter_mut().zip(&through) {
        for (near, more) in row.iter_mut().zip(through) {
            near.points = near.points.saturating_add(*more);
            // From here on only what others add is needed beside the sum.
            near.story = *more;
        }
        corpus.sort(row, |n| n.points);
        row.truncate(site.config.data.related.max(KEPT));
    }
    let pieces = workers.each(inputs.len().div_ceil(PIECE), |piece| {
        let mut teller = Teller::new(&corpus, &company);
        let of_piece = piece * PIECE..((piece + 1) * PIECE).min(inputs.len());
        let each = of_piece.map(|i| {
            let row = rows.get(i).map(Vec::as_slice).unwrap_or_default();
            teller.related(number(i), row)
        });
        each.collect::<Vec<Row>>()
    });
    let related = pieces.into_iter().flatten();
    let copies = copies(&corpus);
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
    stories::stories(inputs.len(), &pairs)
        .into_iter()
        .map(|story| story.into_iter().filter_map(id).collect())
        .collect()
}

/// The points of each pair that tell stories apart, those that come through others with them; the larger of both ways.
fn story_points(rows: &[Vec<Near>], through: &[Vec<u16>]) -> Vec<Between> {
    let mut pairs: Vec<Between> = Vec::with_capacity(rows.iter().map(Vec::len).sum());
    for (here, (row, through)) in rows.iter().zip(through).enumerate() {
        for (near, more) in row.iter().zip(through) {
            let here = number(here);
            let points = near.story.saturating_add(*more);
            if points > 0 {
                pairs.push((here.min(near.to), here.max(near.to), points));
            }
        }
    }
    pairs.sort_unstable_by_key(|&(a, b, points)| (a, b, Reverse(points)));
    pairs.dedup_by_key(|&mut (a, b, _)| (a, b));
    pairs
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
