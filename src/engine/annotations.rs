//! Annotating every article, and finding what content quotes from them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::texts::{Texts, citations};
use crate::annotate::{self, Gazetteer, Input};
use crate::base::{Diagnostic, Outcome, Spanned, TextRange};
use crate::link::anchors::{self, Anchors, Request};
use crate::model::{Annotated, Article, Id, Kind, Override, Site};
use crate::render::view::Prose;

/// Annotates all articles.
pub(super) fn annotate(site: &Site, texts: &Texts) -> Outcome<BTreeMap<Id, Annotated>> {
    let mut diagnostics = Vec::new();
    let gazetteer = gazetteer(site).into_value(&mut diagnostics);
    let outcomes: Vec<(&Id, Outcome<Annotated>)> = texts
        .articles
        .par_iter()
        .filter_map(|(id, prose)| Some((id, one(site, &gazetteer, site.articles.get(id)?, prose))))
        .collect();
    let mut all = BTreeMap::new();
    for (id, outcome) in outcomes {
        all.insert(id.clone(), outcome.into_value(&mut diagnostics));
    }
    let used = all
        .values()
        .flat_map(|a: &Annotated| a.overrides.iter().cloned())
        .collect();
    diagnostics.extend(annotate::unused(&site.overrides, &used));
    Outcome {
        value: all,
        diagnostics,
    }
}

/// The names of all entities but protected ones, which stand in no text any more.
pub(super) fn gazetteer(site: &Site) -> Outcome<Gazetteer> {
    if site.entities.values().all(|e| !e.protect) {
        return Gazetteer::build(&site.entities);
    }
    let open = site.entities.iter().filter(|(_, e)| !e.protect);
    Gazetteer::build(&open.map(|(id, e)| (id.clone(), e.clone())).collect())
}

fn one(site: &Site, gazetteer: &Gazetteer, article: &Article, prose: &Prose) -> Outcome<Annotated> {
    let links: Vec<(TextRange, Id)> = prose
        .document
        .wiki_links
        .iter()
        .zip(&prose.targets)
        .filter_map(|(link, target)| {
            let target = target.as_ref().filter(|t| t.kind == Kind::Entity)?;
            Some((link.range, target.id.clone()))
        })
        .collect();
    let topics = assigned(site, article);
    let overrides: Vec<&Override> = site.overrides.iter().collect();
    annotate::annotate(&Input {
        document: &prose.document,
        gazetteer,
        article,
        notes: site
            .notes
            .get(article.id())
            .map(Vec::as_slice)
            .unwrap_or_default(),
        overrides: &overrides,
        topics: &topics,
        links: &links,
    })
}

/// The topics to which editors have assigned an article, in its own file or in theirs. Those that it joins by their rules
/// are not among them: rules count what is annotated, which overrides of a topic may change.
fn assigned(site: &Site, article: &Article) -> Vec<Id> {
    let id = article.id();
    let lists = |list: &[Spanned<Id>], id: &Id| list.iter().any(|one| one.value == *id);
    let by_topic = site
        .topics
        .iter()
        .filter(|(topic, of)| lists(&of.articles, id) || lists(&article.topics, topic))
        .filter(|(topic, of)| !lists(&of.not_articles, id) && !lists(&article.not_topics, topic));
    by_topic.map(|(topic, _)| topic.clone()).collect()
}

/// Finds every quotation that content takes from an article.
pub(super) fn find_quotations(
    site: &Site,
    texts: &Texts,
    annotated: &BTreeMap<Id, Annotated>,
) -> Outcome<Anchors> {
    let mut requests: BTreeMap<Id, Vec<Request>> = anchors::requests(site);
    for (id, request) in texts.editorial().flat_map(citations) {
        requests.entry(id).or_default().push(request);
    }
    let found: Vec<_> = requests
        .par_iter()
        .filter_map(|(id, requests)| {
            let document = &texts.articles.get(id)?.document;
            Some(anchors::find(
                id,
                document,
                &annotated.get(id)?.sentences,
                requests,
            ))
        })
        .collect();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut anchors = Anchors::default();
    for outcome in found {
        anchors.0.extend(outcome.into_value(&mut diagnostics));
    }
    Outcome {
        value: anchors,
        diagnostics,
    }
}
