//! Resolves what files say of each other.
//!
//! 1. Drop each reference that leads to nothing, to a draft or to an undated article, and report it.
//! 2. Warn of outlets that no article comes from.
//! 3. Cut circles of parts and wholes.
//! 4. Tell where two things claim one slug.
//!
//! Afterwards every id in the site leads to something that is in the site. References within texts (`[[…]]` and `[@…]`)
//! are resolved where texts are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cycles::{Closing, Edges, closing};
use super::nearest::nearest;
use super::registry::Registry;
use crate::base::{Code, Diagnostic, Place, Spanned};
use crate::model::{
    AnnotationKind, Common, Entity, EntityType, Event, Evidence, Id, Kind, Measure, Override,
    Reading, Site, Speaker, Topic,
};

/// Resolves every reference of a site. See the module.
pub(super) fn resolve(site: &mut Site, registry: &mut Registry, sink: &mut Vec<Diagnostic>) {
    let mut references = References { registry, sink };
    references.site(site);
    for event in site.events.values_mut() {
        references.event(event);
    }
    for topic in site.topics.values_mut() {
        references.topic(topic);
    }
    for measure in site.measures.values_mut() {
        references.measure(measure);
    }
    site.overrides
        .retain_mut(|correction| references.correction(correction));
    outlets(site, sink);
    cut_circles(site, sink);
    slugs(site, sink);
}

struct References<'a> {
    registry: &'a mut Registry,
    sink: &'a mut Vec<Diagnostic>,
}

impl References<'_> {
    fn leads(&mut self, kind: Kind, id: &Spanned<Id>) -> bool {
        self.registry.resolve(kind, id, self.sink)
    }

    fn list(&mut self, kind: Kind, ids: &mut Vec<Spanned<Id>>) {
        ids.retain(|id| self.leads(kind, id));
    }

    fn option(&mut self, kind: Kind, id: &mut Option<Spanned<Id>>) {
        *id = id.take().filter(|id| self.leads(kind, id));
    }

    fn evidence(&mut self, evidence: &mut Vec<Evidence>) {
        evidence.retain(|evidence| self.leads(Kind::Article, &evidence.article));
    }

    fn site(&mut self, site: &mut Site) {
        self.list(Kind::Page, &mut site.config.menu);
        if let Some(home) = &mut site.home {
            self.option(Kind::Article, &mut home.article);
        }
        for article in site.articles.values_mut() {
            let article = Arc::make_mut(article);
            self.list(Kind::Topic, &mut article.topics);
            self.list(Kind::Topic, &mut article.not_topics);
            self.list(Kind::Event, &mut article.events);
        }
        let terms = site.entities.values();
        let terms = terms.filter(|e| e.entity_type == EntityType::Term);
        let terms: BTreeSet<Id> = terms.map(|e| e.id().clone()).collect();
        for entity in site.entities.values_mut() {
            self.option(Kind::Entity, &mut entity.affiliation);
            self.contested(entity, &terms);
        }
    }

    /// Keeps the ties of a term to other terms.
    fn contested(&mut self, entity: &mut Entity, terms: &BTreeSet<Id>) {
        let own = entity.common.id.clone();
        let is_term = entity.entity_type == EntityType::Term;
        entity.contested_with.retain(|other| {
            if !self.leads(Kind::Entity, other) {
                return false;
            }
            let wrong = if !is_term {
                format!("`contested_with` ties terms to each other, and `{own}` is no term")
            } else if other.value == own {
                "`contested_with` must name other terms, not this one".to_owned()
            } else if !terms.contains(&other.value) {
                let other = &other.value;
                format!("`contested_with` ties terms to each other, and `{other}` is no term")
            } else {
                return true;
            };
            let help = "a term is an entry in content/terms/";
            let fault = Diagnostic::new(Code::BadValue, other.span.clone(), wrong).help(help);
            self.sink.push(fault);
            false
        });
    }

    fn event(&mut self, event: &mut Event) {
        self.option(Kind::Entity, &mut event.place);
        self.list(Kind::Entity, &mut event.participants);
        self.list(Kind::Topic, &mut event.topics);
        self.option(Kind::Event, &mut event.part_of);
        self.evidence(&mut event.evidence);
        self.evidence(&mut event.not_evidence);
        let own = &event.common.id;
        event.links.retain(|link| {
            if link.to.value == *own {
                let message = "`to` must be another event, not this one";
                let span = link.to.span.clone();
                self.sink
                    .push(Diagnostic::new(Code::BadValue, span, message));
                return false;
            }
            self.leads(Kind::Event, &link.to)
        });
    }

    fn topic(&mut self, topic: &mut Topic) {
        self.list(Kind::Article, &mut topic.articles);
        self.list(Kind::Article, &mut topic.not_articles);
        self.list(Kind::Event, &mut topic.events);
        self.list(Kind::Entity, &mut topic.rules.entities);
        self.list(Kind::Event, &mut topic.rules.events);
        for fact in &mut topic.facts {
            self.evidence(&mut fact.evidence);
            self.option(Kind::Measure, &mut fact.measure);
        }
    }

    fn measure(&mut self, measure: &mut Measure) {
        self.list(Kind::Measure, &mut measure.sum_of);
        self.option(Kind::Measure, &mut measure.subset_of);
        self.list(Kind::Topic, &mut measure.topics);
        self.list(Kind::Event, &mut measure.events);
        measure.values.retain_mut(|reading| {
            self.speaker(reading);
            self.leads(Kind::Article, &reading.article)
        });
    }

    /// A speaker is an entity if there is one of that id, and else somebody described in words. A single hyphenated
    /// word close to an id was meant to be that id.
    fn speaker(&mut self, reading: &mut Reading) {
        let Some(Speaker::Words(words)) = &reading.speaker else {
            return;
        };
        let id = super::check::id(words);
        if self.registry.state(Kind::Entity, &id).is_some() {
            let place = Spanned::new(id.clone(), reading.quote.span.clone());
            reading.speaker = self
                .leads(Kind::Entity, &place)
                .then_some(Speaker::Entity(id));
        } else if Id::is_valid(words)
            && words.contains('-')
            && let Some(near) = nearest(words, self.registry.of_kind(Kind::Entity))
        {
            let message = format!("the speaker of this reading, `{words}`, is no entity");
            self.sink.push(
                Diagnostic::new(Code::UnknownId, reading.quote.span.clone(), message)
                    .help(format!("did you mean `{near}`?")),
            );
        }
    }

    fn correction(&mut self, correction: &mut Override) -> bool {
        let target = match correction.kind {
            AnnotationKind::Entity | AnnotationKind::Quotation => Some(Kind::Entity),
            AnnotationKind::Event => Some(Kind::Event),
            AnnotationKind::Figure => Some(Kind::Measure),
            AnnotationKind::Time | AnnotationKind::Note => None,
        };
        let references = [
            (Some(Kind::Article), &correction.article),
            (Some(Kind::Topic), &correction.topic),
            (target, &correction.target),
        ];
        let mut all = true;
        for (kind, id) in references {
            if let (Some(kind), Some(id)) = (kind, id) {
                all &= self.leads(kind, id);
            }
        }
        all
    }
}

/// Warns of outlets in the rules of topics that no article comes from.
fn outlets(site: &Site, sink: &mut Vec<Diagnostic>) {
    let articles = site.articles.values();
    let known: Vec<&str> = articles
        .flat_map(|a| a.outlet.iter().chain(&a.outlet_short))
        .map(String::as_str)
        .collect();
    for topic in site.topics.values() {
        for outlet in &topic.rules.outlets {
            if known.contains(&outlet.value.as_str()) {
                continue;
            }
            let message = format!("no article comes from ‘{}’", outlet.value);
            let help = super::nearest::did_you_mean(&outlet.value, known.iter().copied());
            let help = help.unwrap_or_else(|| {
                "write the outlet as `outlet` or `outlet_short` of articles have it".to_owned()
            });
            sink.push(Diagnostic::new(Code::IdleRule, outlet.span.clone(), message).help(help));
        }
    }
}

/// Takes away the references that close circles of parts and wholes, and reports them.
fn cut_circles(site: &mut Site, sink: &mut Vec<Diagnostic>) {
    let part_of = |event: &Event| event.part_of.iter().cloned().collect();
    let edges: Edges = site
        .events
        .iter()
        .map(|(id, e)| (id.clone(), part_of(e)))
        .collect();
    for circle in closing(&edges) {
        sink.push(told(
            "part_of",
            "an event cannot be a part of itself",
            &circle,
        ));
        if let Some(event) = site.events.get_mut(&circle.from) {
            event.part_of = None;
        }
    }
    let sum_of = |m: &Measure| m.sum_of.clone();
    let edges: Edges = site
        .measures
        .iter()
        .map(|(id, m)| (id.clone(), sum_of(m)))
        .collect();
    for circle in closing(&edges) {
        sink.push(told(
            "sum_of",
            "a measure cannot be a sum of itself",
            &circle,
        ));
        if let Some(measure) = site.measures.get_mut(&circle.from) {
            measure.sum_of.retain(|id| id.value != circle.to.value);
        }
    }
    let subset_of = |m: &Measure| m.subset_of.iter().cloned().collect();
    let edges: Edges = site
        .measures
        .iter()
        .map(|(id, m)| (id.clone(), subset_of(m)))
        .collect();
    for circle in closing(&edges) {
        sink.push(told(
            "subset_of",
            "a measure cannot count a part of itself",
            &circle,
        ));
        if let Some(measure) = site.measures.get_mut(&circle.from) {
            measure.subset_of = None;
        }
    }
}

fn told(key: &str, rule: &str, circle: &Closing) -> Diagnostic {
    let mut way: Vec<String> = circle.way.iter().map(|id| format!("`{id}`")).collect();
    way.push(format!("`{}`", circle.to.value));
    let message = format!("`{key}` leads in a circle: {}", way.join(" → "));
    Diagnostic::new(Code::BadValue, circle.to.span.clone(), message)
        .help(format!("{rule}; remove one of these references"))
}

/// Reports where two things of a kind claim one slug. Entities of different types stand in different folders. Letters are
/// compared without case, since some file systems do not tell them apart.
fn slugs(site: &Site, sink: &mut Vec<Diagnostic>) {
    let mut claimed: BTreeMap<(&str, String), &Common> = BTreeMap::new();
    for (folder, common) in commons(site) {
        let slug = common.slug.to_lowercase();
        if let Some(first) = claimed.get(&(folder, slug.clone())) {
            let message = format!(
                "`{}` and `{}` claim one address, {folder}/{slug}/",
                first.id, common.id
            );
            sink.push(
                Diagnostic::new(Code::PathClash, common.slug.span.clone(), message)
                    .label(Place::Span(first.slug.span.clone()), "the first of them")
                    .help("give one of the two another `slug`"),
            );
        } else {
            claimed.insert((folder, slug), common);
        }
    }
}

/// Everything with an address, and the folder of that.
pub(super) fn commons(site: &Site) -> impl Iterator<Item = (&'static str, &Common)> {
    let articles = site.articles.values().map(|x| ("articles", &x.common));
    let topics = site.topics.values().map(|x| ("topics", &x.common));
    let events = site.events.values().map(|x| ("events", &x.common));
    let entities = site
        .entities
        .values()
        .map(|x| (x.entity_type.folder(), &x.common));
    let measures = site.measures.values().map(|x| ("measures", &x.common));
    let pages = site.pages.values().map(|x| ("", &x.common));
    articles
        .chain(topics)
        .chain(events)
        .chain(entities)
        .chain(measures)
        .chain(pages)
}
