//! Annotating every article, and finding what content quotes from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::alike::{alike_but_bodies, unlike};
use super::memo::Memo;
use super::texts::{Texts, citations};
use crate::annotate::gazetteer::Difference;
use crate::annotate::{self, Gazetteer, Input};
use crate::base::{Diagnostic, Outcome, Severity, Spanned, TextRange};
use crate::link::anchors::{self, Anchors, Request};
use crate::model::{Annotated, Article, Entity, Id, Kind, Note, Override, Site};
use crate::render::view::Prose;

/// The entities of a site, of which the gazetteer is made.
#[derive(Debug, Clone)]
pub(super) struct Names(Arc<Site>);

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.0, &other.0);
        Arc::ptr_eq(a, b) || alike_but_bodies(&a.entities, &b.entities)
    }
}

/// What all articles are annotated with.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    gazetteer: Arc<Outcome<Gazetteer>>,
    overrides: Arc<Vec<Override>>,
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.gazetteer, &other.gazetteer) && self.overrides == other.overrides
    }
}

impl Shared {
    /// The same with the gazetteer of another site; none if there is a fault in it.
    pub(super) fn with_names_of(&self, site: &Site) -> Option<Self> {
        let gazetteer = gazetteer(site);
        let mut faults = gazetteer.diagnostics.iter();
        let sound = faults.all(|fault| fault.severity != Severity::Error);
        sound.then(|| Self {
            gazetteer: Arc::new(gazetteer),
            overrides: Arc::clone(&self.overrides),
        })
    }
}

/// The same with the entities that the gazetteer is made of, to tell how it differs from another.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    names: Names,
    pub(super) shared: Shared,
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        self.shared == other.shared
    }
}

impl Listed {
    /// How the gazetteers differ, if no more than they do and no override has anything to do with it.
    fn differ(&self, other: &Self) -> Option<Difference> {
        let (old, new) = (&self.names.0.entities, &other.names.0.entities);
        let changed = unlike(old, new).chain(unlike(new, old));
        let open = |entity: &&Entity| !entity.protect;
        let all = old.values().chain(new.values());
        let difference = Difference::new(changed.filter(open), all.filter(open));
        let overrides = &self.shared.overrides;
        let mut targets = overrides.iter().filter_map(|one| one.target.as_ref());
        let alone = *overrides == other.shared.overrides
            && !targets.any(|target| difference.has(&target.value));
        alone.then_some(difference)
    }
}

/// Whether other gazetteers may make other annotations of an article.
fn concerns(difference: &Difference, given: &ToAnnotate, made: &Outcome<Arc<Annotated>>) -> bool {
    let document = &given.prose.document;
    let mut targets = given.prose.targets.iter().flatten();
    let prose = annotate::Prose::new(&document.text, &made.value.sentences);
    targets.any(|target| target.kind == Kind::Entity && difference.has(&target.id))
        || difference.concerns(&prose, &given.article.title)
}

/// An article to annotate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ToAnnotate {
    article: Arc<Article>,
    prose: Arc<Prose>,
    notes: Vec<Note>,
    /// The topics to which editors have assigned it.
    topics: Vec<Id>,
}

impl ToAnnotate {
    fn of(site: &Site, article: &Arc<Article>, prose: &Arc<Prose>) -> Self {
        Self {
            topics: assigned(site, article),
            notes: site.notes.get(article.id()).cloned().unwrap_or_default(),
            prose: Arc::clone(prose),
            article: Arc::clone(article),
        }
    }
}

/// Annotates one article by itself; nothing if there is a fault in it.
pub(super) fn again(
    shared: &Shared,
    site: &Site,
    article: &Arc<Article>,
    prose: &Arc<Prose>,
) -> Option<Arc<Annotated>> {
    let outcome = one(shared, &ToAnnotate::of(site, article, prose));
    let mut faults = outcome.diagnostics.iter();
    let sound = faults.all(|fault| fault.severity != Severity::Error);
    sound.then_some(outcome.value)
}

/// Annotates all articles.
pub(super) fn annotate(
    memo: &mut Memo,
    site: &Arc<Site>,
    texts: &Texts,
) -> Outcome<BTreeMap<Id, Arc<Annotated>>> {
    let names = Names(Arc::clone(site));
    let gazetteer = memo
        .gazetteer
        .renew(names.clone(), |names| gazetteer(&names.0));
    let mut diagnostics = gazetteer.diagnostics.clone();
    let overrides = Arc::new(site.overrides.clone());
    let listed = Listed {
        names,
        shared: Shared {
            gazetteer,
            overrides,
        },
    };
    let given = texts.articles.iter().filter_map(|(id, prose)| {
        let article = site.articles.get(id)?;
        Some((id.clone(), ToAnnotate::of(site, article, prose)))
    });
    let mut all = BTreeMap::new();
    let make = |listed: &Listed, given: &ToAnnotate| one(&listed.shared, given);
    let annotated =
        memo.annotated
            .renew_where(&listed, given.collect(), make, Listed::differ, concerns);
    for (id, outcome) in annotated {
        diagnostics.extend_from_slice(&outcome.diagnostics);
        all.insert(id, Arc::clone(&outcome.value));
    }
    let used = all
        .values()
        .flat_map(|a: &Arc<Annotated>| a.overrides.iter().cloned())
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

fn one(shared: &Shared, given: &ToAnnotate) -> Outcome<Arc<Annotated>> {
    let document = &given.prose.document;
    let links: Vec<(TextRange, Id)> = document
        .wiki_links
        .iter()
        .zip(&given.prose.targets)
        .filter_map(|(link, target)| {
            let target = target.as_ref().filter(|t| t.kind == Kind::Entity)?;
            Some((link.range, target.id.clone()))
        })
        .collect();
    let overrides: Vec<&Override> = shared.overrides.iter().collect();
    let Outcome { value, diagnostics } = annotate::annotate(&Input {
        document,
        gazetteer: &shared.gazetteer.value,
        article: &given.article,
        notes: &given.notes,
        overrides: &overrides,
        topics: &given.topics,
        links: &links,
    });
    Outcome {
        value: Arc::new(value),
        diagnostics,
    }
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
    annotated: &BTreeMap<Id, Arc<Annotated>>,
) -> Outcome<Anchors> {
    let mut requests: BTreeMap<Id, Vec<Request>> = anchors::requests(site);
    for (id, request) in texts.editorial().flat_map(|prose| citations(prose)) {
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
