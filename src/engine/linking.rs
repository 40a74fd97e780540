//! Reading every article for what links it, and linking everything.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::alike::alike_but_bodies;
use super::memo::Memo;
use crate::annotate::wording::{Stems, Wording, wording};
use crate::link::evidence::{self, Reader};
use crate::link::{self, Anchors, Lexicon, Links, MeasureHits, Telling, TopicHits};
use crate::model::{Annotated, Article, Id, Site};
use crate::render::view::{ArticleText, Prose};

/// What articles are read with is made from this: the events, topics, entities and measures of a site.
#[derive(Debug, Clone)]
pub(super) struct WhatLinks {
    site: Arc<Site>,
    /// Whether events are looked for that nobody has written.
    acts: bool,
}

impl PartialEq for WhatLinks {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.site, &other.site);
        self.acts == other.acts
            && (Arc::ptr_eq(a, b)
                || (alike_but_bodies(&a.events, &b.events)
                    && alike_but_bodies(&a.topics, &b.topics)
                    && alike_but_bodies(&a.entities, &b.entities)
                    && alike_but_bodies(&a.measures, &b.measures)))
    }
}

/// What articles are read with. What was read has numbers that mean the same to readers that are equal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Readers {
    lexicon: Lexicon,
    wanted: link::measures::Wanted,
    phrases: link::Phrases,
    acts: bool,
}

impl Readers {
    fn of(from: &WhatLinks) -> Self {
        Self {
            lexicon: Lexicon::of(&from.site),
            wanted: link::measures::Wanted::of(&from.site),
            phrases: link::Phrases::of(&from.site),
            acts: from.acts,
        }
    }
}

/// An article that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ToRead {
    article: Arc<Article>,
    text: ArticleText,
}

/// What linking reads in one article's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ReadArticle {
    hits: TopicHits,
    telling: Telling,
    measures: MeasureHits,
    wording: Wording,
}

/// What each thread reads articles with.
struct Tool<'a> {
    reader: Reader<'a>,
    stems: Stems,
}

impl<'a> Tool<'a> {
    fn new(readers: &'a Arc<Readers>) -> Self {
        Self {
            reader: Reader::new(&readers.lexicon),
            stems: Stems::new(),
        }
    }

    fn read(&mut self, readers: &'a Arc<Readers>, given: &ToRead) -> ReadArticle {
        let (article, document) = (&given.article, &given.text.prose.document);
        let annotated = &given.text.annotated;
        let sentences = &annotated.sentences;
        let (text, language) = (&document.text, &article.language);
        let (wording, words) = wording(&mut self.stems, &article.title, text, sentences, language);
        let reader = &mut self.reader;
        ReadArticle {
            hits: readers.phrases.hits(article, document),
            telling: evidence::read(reader, document, sentences, &words, readers.acts),
            measures: link::measures::hits(&readers.wanted, document, annotated),
            wording,
        }
    }
}

/// What links are made from.
#[derive(Debug)]
pub(super) struct ToLink {
    site: Arc<Site>,
    readers: Arc<Readers>,
    articles: Vec<(ToRead, Arc<ReadArticle>)>,
    anchors: Anchors,
}

impl PartialEq for ToLink {
    fn eq(&self, other: &Self) -> bool {
        self.readers == other.readers
            && self.anchors == other.anchors
            && alike(&self.site, &other.site)
            && self.articles == other.articles
    }
}

/// Whether two sites are the same in what links are made from, but for their articles, which are compared with their texts.
fn alike(a: &Arc<Site>, b: &Arc<Site>) -> bool {
    Arc::ptr_eq(a, b)
        || (a.config == b.config
            && alike_but_bodies(&a.topics, &b.topics)
            && alike_but_bodies(&a.events, &b.events)
            && alike_but_bodies(&a.entities, &b.entities)
            && alike_but_bodies(&a.measures, &b.measures)
            && a.left_out == b.left_out)
}

fn link(from: &ToLink) -> Links {
    let inputs: Vec<link::Input> = from
        .articles
        .iter()
        .map(|(given, read)| link::Input {
            article: &given.article,
            facts: &given.text.annotated.facts,
            hits: &read.hits,
            measures: &read.measures,
            telling: &read.telling,
            wording: &read.wording,
            text: &given.text.prose.document.text,
        })
        .collect();
    link::link(
        &from.site,
        &inputs,
        &from.anchors,
        &from.readers.lexicon,
        &Threads,
    )
}

/// Links everything. `acts` asks for events that nobody has written.
pub(super) fn connect(
    memo: &mut Memo,
    site: &Arc<Site>,
    texts: &BTreeMap<Id, ArticleText>,
    anchors: &Anchors,
    acts: bool,
) -> Arc<Links> {
    let from = WhatLinks {
        site: Arc::clone(site),
        acts,
    };
    let readers = memo.readers.renew(from, Readers::of);
    let given = texts.iter().filter_map(|(id, text)| {
        let article = Arc::clone(site.articles.get(id)?);
        let text = text.clone();
        Some((id.clone(), ToRead { article, text }))
    });
    let given: Vec<(Id, ToRead)> = given.collect();
    let articles: Vec<ToRead> = given.iter().map(|(_, given)| given.clone()).collect();
    let read = memo.read.renew_with(&readers, given, Tool::new, Tool::read);
    let articles = articles
        .into_iter()
        .zip(read)
        .map(|(given, (_, read))| (given, read));
    let from = ToLink {
        site: Arc::clone(site),
        readers,
        articles: articles.collect(),
        anchors: anchors.clone(),
    };
    memo.links.renew(from, link)
}

/// The threads of the pool at hand.
pub(super) struct Threads;

impl link::Workers for Threads {
    fn each<T: Send>(&self, pieces: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..pieces).into_par_iter().map(work).collect()
    }
}

/// The articles' texts with their marks.
pub(super) fn join(
    texts: &BTreeMap<Id, Arc<Prose>>,
    annotated: BTreeMap<Id, Arc<Annotated>>,
) -> BTreeMap<Id, ArticleText> {
    annotated
        .into_iter()
        .filter_map(|(id, annotated)| {
            let prose = Arc::clone(texts.get(&id)?);
            Some((id, ArticleText { prose, annotated }))
        })
        .collect()
}
