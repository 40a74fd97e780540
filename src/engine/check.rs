//! What an editor goes through before publishing: where every quotation stands now, and which articles wait for a date.
//!
//! 1. Make the site as a build does, for its diagnostics.
//! 2. Look for every quotation that content takes from an article, notes' and overrides' among them, and say how it was found.
//! 3. Work out what undated articles tell of their day of publication.
//!
//! Nothing is written. Invariant: the same input gives the same findings, in the order of their places.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::texts::{Texts, citations};
use super::{BuildRequest, Built, Failure, Memo, annotations, loading, make, texts, with_sources};
use crate::annotate::anchor::{Finder, Found};
use crate::annotate::sentences_of;
use crate::annotate::undated::{Constraints, Told, Undated, constraints};
use crate::base::{Code, Place, Span, Spanned, in_line};
use crate::model::{
    Annotated, AnnotationKind, Article, Body, Event, Id, MarkKind, Scope, Site, Status, Verdict,
};
use crate::output::Nowhere;
use crate::read::markdown::{self, Flavour};
use crate::read::scan::{Files, Scanned};
use crate::read::{Item, parse_file};

/// What a check came to.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The site as a build makes it, with every diagnostic.
    pub built: Built,
    /// Every quotation from an article.
    pub anchors: Vec<Anchored>,
    /// Articles without a date of publication.
    pub undated: Vec<Waiting>,
    /// Entities that no article names.
    pub unnamed: Vec<Id>,
}

/// What a quotation is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// A margin note is about it.
    Note,
    /// It bears out an event, or does not.
    Evidence,
    /// It bears out a topic's key fact.
    Fact,
    /// It gives the value of a measure.
    Value,
    /// A text cites it.
    Citation,
    /// An override corrects it.
    Override,
}

/// How a quotation stands in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Word for word, once.
    Exact,
    /// Word for word, in several places; the first is taken.
    Moved,
    /// In altered words.
    Reworded,
    /// Nowhere.
    Lost,
    /// An override says that the words at which it stands are right.
    Accepted,
    /// An override hides the note.
    Hidden,
}

/// A quotation and its article's words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchored {
    /// What it is there for.
    pub purpose: Purpose,
    /// The article.
    pub article: Id,
    /// Where an editor wrote it.
    pub span: Span,
    /// As an editor wrote it.
    pub quote: String,
    /// How it stands.
    pub standing: Standing,
    /// The article's words now; of a lost one the most similar, if any are.
    pub now: Option<String>,
    /// Paragraph and sentence, from 1, of those words.
    pub place: Option<(u32, u32)>,
    /// Of a lost or altered one, how much the words are alike, in hundredths.
    pub alike: Option<u8>,
}

/// An article that waits for its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The article.
    pub article: Id,
    /// Its title, to point at.
    pub span: Span,
    /// What its text says of the date.
    pub constraints: Constraints,
}

/// Checks a site.
///
/// # Errors
/// As [`build`](super::build).
pub fn check(request: &BuildRequest) -> Result<Checked, Failure> {
    let (built, review) =
        with_sources(request, &mut Files::default(), |scanned, faults, watch| {
            let mut memo = Memo::default();
            let built = make(scanned, request, (&mut memo, &Nowhere), faults, watch);
            (built, review(scanned, request, &mut memo))
        })?;
    Ok(Checked { built, ..review })
}

/// All but the diagnostics, which [`make`] has told. It has left its work in `memo`.
fn review(scanned: &Scanned, request: &BuildRequest, memo: &mut Memo) -> Checked {
    let mut told = Vec::new();
    let undated = undated(scanned, request.drafts);
    let Some(loaded) = loading::load(memo, scanned, request).into_value(&mut told) else {
        return Checked {
            undated,
            ..Checked::default()
        };
    };
    let site = loaded.site;
    let texts = texts::parse(memo, &site).into_value(&mut told);
    let annotated = annotations::annotate(memo, &site, &texts).into_value(&mut told);
    let lost = told.iter().filter(|fault| fault.code == Code::LostNote);
    let lost = lost.filter_map(|fault| match &fault.place {
        Place::Span(span) => Some(span.clone()),
        Place::File(_) => None,
    });
    Checked {
        built: Built::default(),
        anchors: anchors(&site, &texts, &annotated, &lost.collect()),
        undated,
        unnamed: unnamed(&site, &annotated),
    }
}

fn unnamed(site: &Site, annotated: &BTreeMap<Id, Arc<Annotated>>) -> Vec<Id> {
    let named: BTreeSet<&Id> = annotated
        .values()
        .flat_map(|article| &article.facts.mentions)
        .map(|mention| &mention.entity)
        .collect();
    let open = site.entities.iter().filter(|(_, entity)| !entity.protect);
    open.map(|(id, _)| id)
        .filter(|id| !named.contains(id))
        .cloned()
        .collect()
}

/// A quotation to look for.
struct Request {
    purpose: Purpose,
    quote: String,
    span: Span,
    /// Of a note, its index among the article's.
    note: Option<u32>,
    /// Every place with these words is meant.
    everywhere: bool,
}

fn anchors(
    site: &Site,
    texts: &Texts,
    annotated: &BTreeMap<Id, Arc<Annotated>>,
    lost: &BTreeSet<Span>,
) -> Vec<Anchored> {
    let requests = requests(site, texts);
    let found: Vec<Vec<Anchored>> = requests
        .par_iter()
        .filter_map(|(id, requests)| {
            let document = &texts.articles.get(id)?.document;
            let annotated = annotated.get(id)?;
            let finder = Finder::new(&document.text, &annotated.sentences);
            let one = |request: &Request| anchored(id, &finder, annotated, request, lost);
            Some(requests.iter().map(one).collect())
        })
        .collect();
    let mut anchors: Vec<Anchored> = found.into_iter().flatten().collect();
    anchors.sort_by(|a, b| (&a.span, a.purpose).cmp(&(&b.span, b.purpose)));
    anchors
}

/// Every quotation that content takes from an article, by article.
fn requests(site: &Site, texts: &Texts) -> BTreeMap<Id, Vec<Request>> {
    let mut all: BTreeMap<Id, Vec<Request>> = BTreeMap::new();
    let mut add = |purpose, article: &Id, quote: &Spanned<String>, note, everywhere| {
        all.entry(article.clone()).or_default().push(Request {
            purpose,
            quote: quote.value.clone(),
            span: quote.span.clone(),
            note,
            everywhere,
        });
    };
    for (article, notes) in &site.notes {
        for (note, index) in notes.iter().zip(0..) {
            add(Purpose::Note, article, &note.quote, Some(index), false);
        }
    }
    for event in site.events.values() {
        for evidence in event.evidence.iter().chain(&event.not_evidence) {
            add(
                Purpose::Evidence,
                &evidence.article,
                &evidence.quote,
                None,
                false,
            );
        }
    }
    for fact in site.topics.values().flat_map(|topic| &topic.facts) {
        for evidence in &fact.evidence {
            add(
                Purpose::Fact,
                &evidence.article,
                &evidence.quote,
                None,
                false,
            );
        }
    }
    for reading in site.measures.values().flat_map(|measure| &measure.values) {
        add(
            Purpose::Value,
            &reading.article,
            &reading.quote,
            None,
            false,
        );
    }
    for correction in &site.overrides {
        // Those of notes may repeat words that are in no article any more; wider ones mean no single place.
        let single = correction.kind != AnnotationKind::Note && correction.scope <= Scope::Article;
        if let (Some(article), true) = (&correction.article, single) {
            let everywhere = correction.scope == Scope::Article;
            add(
                Purpose::Override,
                article,
                &correction.quote,
                None,
                everywhere,
            );
        }
    }
    for (article, request) in texts.editorial().flat_map(|prose| citations(prose)) {
        let quote = Spanned::new(request.quote, request.span);
        add(Purpose::Citation, &article, &quote, None, false);
    }
    all
}

fn anchored(
    id: &Id,
    finder: &Finder,
    annotated: &Annotated,
    request: &Request,
    lost: &BTreeSet<Span>,
) -> Anchored {
    let found = finder.find(&request.quote);
    let (mut standing, alike) = match &found {
        Found::One(_) => (Standing::Exact, None),
        Found::Many(_) if request.everywhere => (Standing::Exact, None),
        Found::Many(_) => (Standing::Moved, None),
        Found::Reworded(rewording) => (Standing::Reworded, Some(rewording.score)),
        Found::Lost { best } => (Standing::Lost, best.as_ref().map(|(_, score)| *score)),
    };
    let best = match &found {
        Found::Lost { best } => best.as_ref().map(|(anchor, _)| *anchor),
        found => found.anchor(),
    };
    let mut range = best.map(|anchor| anchor.range);
    if let Some(index) = request.note {
        let mark = annotated
            .marks
            .iter()
            .find(|mark| matches!(mark.kind, MarkKind::Note { index: of, .. } if of == index));
        match mark.map(|mark| (&mark.kind, mark.range)) {
            None if !lost.contains(&request.span) => standing = Standing::Hidden,
            Some((
                MarkKind::Note {
                    verdict: Verdict::Exact,
                    ..
                },
                at,
            )) if standing != Standing::Exact => {
                standing = Standing::Accepted;
                range = Some(range.filter(|range| range.contains(at)).unwrap_or(at));
            }
            _ => {}
        }
    }
    let place = range.and_then(|range| {
        let prose = finder.prose();
        prose.sentences().get(prose.sentence(range.start))?.place
    });
    let words = range.map(|range| in_line(range.of(finder.prose().source())).into_owned());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 100"
    )]
    let hundredths = |score: f64| (score.clamp(0.0, 1.0) * 100.0).floor() as u8;
    Anchored {
        purpose: request.purpose,
        article: id.clone(),
        span: request.span.clone(),
        quote: request.quote.clone(),
        standing,
        now: words,
        place,
        alike: alike.map(hundredths),
    }
}

/// The undated articles, drafts among them only where they are wanted.
fn undated(scanned: &Scanned, drafts: bool) -> Vec<Waiting> {
    let items: Vec<Item> = scanned
        .sources
        .0
        .values()
        .map(|source| parse_file(source).value.item)
        .collect();
    let events: Vec<&Event> = items
        .iter()
        .filter_map(|item| match item {
            Item::Event(event) => Some(&**event),
            _ => None,
        })
        .collect();
    let config = items.iter().find_map(|item| match item {
        Item::Config(config) => Some(&**config),
        _ => None,
    });
    let articles = items.iter().filter_map(|item| match (item, config) {
        (Item::Article(file), Some(config)) => Some(file.with_defaults(config)),
        _ => None,
    });
    articles
        .filter(|article| article.published.is_none() && (drafts || !article.common.draft))
        .map(|article| Waiting {
            constraints: of_text(&article, &told(&article, &events)),
            article: article.id().clone(),
            span: article.common.span,
        })
        .collect()
}

/// The events of which editors say that an article tells.
fn told(article: &Article, events: &[&Event]) -> Vec<Told> {
    let ahead = |status| matches!(status, Status::Planned | Status::Postponed);
    let mut told = Vec::new();
    for event in events {
        let of_article =
            |evidence: &&crate::model::Evidence| evidence.article.value == *article.id();
        let evidence: Vec<Status> = event
            .evidence
            .iter()
            .filter(of_article)
            .map(|evidence| evidence.status.unwrap_or(event.status))
            .collect();
        let named = article.events.iter().any(|id| id.value == event.common.id);
        if named || !evidence.is_empty() {
            told.push(Told {
                id: event.common.id.clone(),
                date: event.date.clone(),
                ahead: !evidence.is_empty() && evidence.into_iter().all(ahead),
            });
        }
    }
    told
}

fn of_text(article: &Article, events: &[Told]) -> Constraints {
    let body: &Body = &article.common.body;
    let document = markdown::parse(body, Flavour::Corpus).value;
    let sentences = sentences_of(&document);
    constraints(&Undated {
        text: &document.text,
        sentences: &sentences,
        language: &article.language,
        accessed: article.accessed,
        events,
    })
}
