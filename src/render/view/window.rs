//! The windows through which views see the [`Material`], part by part.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Prose;
use super::reads::{Changes, Index, Map, Reads, Whole, Window, look_at, look_at_all};
use super::{ArticleText, Material};
use crate::link::{
    ArticleLinks, Backlink, EntityLinks, EventLinks, Gap, Links, MeasureLinks, Passage, TopicLinks,
    Unwritten,
};
use crate::model::{
    Article, Attachment, Common, Config, Entity, Event, Id, Kind, Measure, Note, Page, Ref, Site,
    Topic,
};

/// What editors wrote.
#[derive(Debug, Clone, Copy)]
pub struct SiteWindow<'a> {
    site: &'a Site,
    reads: Option<&'a Reads>,
    /// `dateline.toml`. If it changes, every page is made anew.
    pub config: &'a Config,
    /// The articles, all but their text.
    pub articles: Window<'a, Id, Arc<Article>>,
    /// The topics.
    pub topics: Window<'a, Id, Topic>,
    /// The events.
    pub events: Window<'a, Id, Event>,
    /// The gazetteer.
    pub entities: Window<'a, Id, Entity>,
    /// The measures.
    pub measures: Window<'a, Id, Measure>,
    /// Plain pages.
    pub pages: Window<'a, Id, Page>,
    /// Notes by article.
    pub notes: Window<'a, Id, Vec<Note>>,
}

/// Indexes of the maps that views look at most.
#[derive(Debug)]
pub struct Indexes<'m> {
    articles: Index<'m, Id, Arc<Article>>,
    events: Index<'m, Id, Event>,
    entities: Index<'m, Id, Entity>,
    pub(super) texts: Index<'m, Id, ArticleText>,
    article_links: Index<'m, Id, ArticleLinks>,
    event_links: Index<'m, Id, EventLinks>,
    entity_links: Index<'m, Id, EntityLinks>,
    pub(super) addresses: Index<'m, Ref, String>,
    pub(super) backlinks: Index<'m, Ref, Vec<Backlink>>,
}

impl<'m> Indexes<'m> {
    pub(super) fn of(material: &'m Material) -> Self {
        let Material { site, links, .. } = material;
        Self {
            articles: Index::of(&site.articles),
            events: Index::of(&site.events),
            entities: Index::of(&site.entities),
            texts: Index::of(&material.articles),
            article_links: Index::of(&links.articles),
            event_links: Index::of(&links.events),
            entity_links: Index::of(&links.entities),
            addresses: Index::of(material.addresses.all()),
            backlinks: Index::of(&material.backlinks),
        }
    }
}

impl<'a> SiteWindow<'a> {
    pub(super) fn new(
        site: &'a Site,
        reads: Option<&'a Reads>,
        indexes: Option<&'a Indexes<'a>>,
    ) -> Self {
        Self {
            site,
            reads,
            config: &site.config,
            articles: Window::new(&site.articles, Map::Articles, reads)
                .by(indexes.map(|i| &i.articles)),
            topics: Window::new(&site.topics, Map::Topics, reads),
            events: Window::new(&site.events, Map::Events, reads).by(indexes.map(|i| &i.events)),
            entities: Window::new(&site.entities, Map::Entities, reads)
                .by(indexes.map(|i| &i.entities)),
            measures: Window::new(&site.measures, Map::Measures, reads),
            pages: Window::new(&site.pages, Map::Pages, reads),
            notes: Window::new(&site.notes, Map::Notes, reads),
        }
    }

    /// The home page's lead, if there is one.
    pub fn home(&self) -> Option<&'a Page> {
        look_at(self.reads, Whole::Home);
        self.site.home.as_ref()
    }

    /// The files beside articles and pages. If any of them changes, all are passed on anew.
    pub fn attachments(&self) -> &'a [Attachment] {
        &self.site.attachments
    }

    /// What a thing has in common with all others; nothing if there is no such thing.
    pub fn common(&self, of: &Ref) -> Option<&'a Common> {
        self.look_at(of.kind, &of.id);
        self.site.common(of)
    }

    /// A thing's title or name.
    pub fn name(&self, kind: Kind, id: &Id) -> Option<&'a str> {
        self.look_at(kind, id);
        self.site.name(kind, id)
    }

    /// The ids of all things of a kind, in order.
    pub fn ids(&self, kind: Kind) -> Vec<&'a Id> {
        match kind {
            Kind::Article => self.articles.keys().collect(),
            Kind::Topic => self.topics.keys().collect(),
            Kind::Event => self.events.keys().collect(),
            Kind::Entity => self.entities.keys().collect(),
            Kind::Measure => self.measures.keys().collect(),
            Kind::Page => self.pages.keys().collect(),
        }
    }

    /// The site, for what asks it for its events alone.
    pub(super) fn with_events(&self) -> &'a Site {
        look_at_all(self.reads, Map::Events);
        self.site
    }

    /// The site, for what asks it for its entities alone.
    pub(super) fn with_entities(&self) -> &'a Site {
        look_at_all(self.reads, Map::Entities);
        self.site
    }

    /// Notes that some articles are looked at.
    pub(super) fn look_at_articles<'b>(&self, articles: impl Iterator<Item = &'b Id>) {
        for id in articles {
            self.articles.contains_key(id);
        }
    }

    /// The site, for what asks it only for what decides the order of a topic's lists, which the view has looked at; or for nothing
    /// that the view has not looked at.
    pub(super) fn looked_at(&self) -> &'a Site {
        self.site
    }

    fn look_at(&self, kind: Kind, id: &Id) {
        match kind {
            Kind::Article => self.articles.contains_key(id),
            Kind::Topic => self.topics.contains_key(id),
            Kind::Event => self.events.contains_key(id),
            Kind::Entity => self.entities.contains_key(id),
            Kind::Measure => self.measures.contains_key(id),
            Kind::Page => self.pages.contains_key(id),
        };
    }
}

/// What connects it all.
#[derive(Debug, Clone, Copy)]
pub struct LinksWindow<'a> {
    links: &'a Links,
    reads: Option<&'a Reads>,
    /// By event.
    pub events: Window<'a, Id, EventLinks>,
    /// By article.
    pub articles: Window<'a, Id, ArticleLinks>,
    /// By topic.
    pub topics: Window<'a, Id, TopicLinks>,
    lists: Window<'a, Id, TopicLinks>,
    /// By entity.
    pub entities: Window<'a, Id, EntityLinks>,
    /// Values by measure, and measures by figure.
    pub measures: MeasuresWindow<'a>,
}

impl<'a> LinksWindow<'a> {
    pub(super) fn new(
        links: &'a Links,
        reads: Option<&'a Reads>,
        indexes: Option<&'a Indexes<'a>>,
    ) -> Self {
        let figures = links.measures.by_figure();
        Self {
            links,
            reads,
            events: Window::new(&links.events, Map::EventLinks, reads)
                .by(indexes.map(|i| &i.event_links)),
            articles: Window::new(&links.articles, Map::ArticleLinks, reads)
                .by(indexes.map(|i| &i.article_links)),
            topics: Window::new(&links.topics, Map::TopicLinks, reads),
            lists: Window::new(&links.topics, Map::TopicLists, reads),
            entities: Window::new(&links.entities, Map::EntityLinks, reads)
                .by(indexes.map(|i| &i.entity_links)),
            measures: MeasuresWindow {
                by_id: Window::new(&links.measures.by_id, Map::MeasureLinks, reads),
                figures: Window::new(figures, Map::MeasuresOfFigures, reads),
            },
        }
    }

    /// The topics in the site's order.
    pub fn order(&self) -> &'a [Id] {
        look_at(self.reads, Whole::Order);
        &self.links.order
    }

    /// The articles in order of publication, undated ones first.
    pub fn by_date(&self) -> &'a [Id] {
        look_at(self.reads, Whole::ByDate);
        &self.links.by_date
    }

    /// Events that nobody has written, in order of time.
    pub fn unwritten(&self) -> &'a [Unwritten] {
        look_at(self.reads, Whole::Unwritten);
        &self.links.unwritten
    }

    /// Groups of two or more articles that tell one story.
    pub fn stories(&self) -> &'a [Vec<Id>] {
        look_at(self.reads, Whole::Stories);
        &self.links.stories
    }

    /// Groups of terms that different parties use for the same.
    pub fn words(&self) -> &'a [Vec<Id>] {
        look_at(self.reads, Whole::Words);
        &self.links.words
    }

    /// What is missing, or rests on little.
    pub fn gaps(&self) -> &'a [Gap] {
        look_at(self.reads, Whole::Gaps);
        &self.links.gaps
    }

    /// Whether anything is missing, or rests on little.
    pub fn has_gaps(&self) -> bool {
        look_at(self.reads, Whole::HasGaps);
        !self.links.gaps.is_empty()
    }

    /// What belongs to a topic, of which the view looks at nothing but the lists of articles and events.
    pub fn lists_of_topic(&self, topic: &Id) -> Option<&'a TopicLinks> {
        self.lists.get(topic)
    }

    /// See [`Links::independent_among`].
    pub fn independent_among<'b>(&'b self, articles: impl IntoIterator<Item = &'b Id>) -> usize {
        look_at_all(self.reads, Map::Origins);
        self.links.independent_among(articles)
    }
}

/// The values of measures.
#[derive(Debug, Clone, Copy)]
pub struct MeasuresWindow<'a> {
    by_id: Window<'a, Id, MeasureLinks>,
    figures: Window<'a, Id, BTreeMap<u32, Id>>,
}

impl<'a> MeasuresWindow<'a> {
    /// A measure's values.
    pub fn get(&self, measure: &Id) -> Option<&'a MeasureLinks> {
        self.by_id.get(measure)
    }

    /// See [`Measures::of`](crate::link::Measures::of).
    pub fn of(&self, article: &Id, figure: usize) -> Option<&'a Id> {
        self.figures.get(article)?.get(&u32::try_from(figure).ok()?)
    }
}

/// Where quotations stand in the articles.
#[derive(Debug, Clone, Copy)]
pub struct AnchorsWindow<'a>(Window<'a, (Id, String), Passage>);

impl<'a> AnchorsWindow<'a> {
    pub(super) fn new(
        anchors: &'a BTreeMap<(Id, String), Passage>,
        reads: Option<&'a Reads>,
    ) -> Self {
        Self(Window::new(anchors, Map::Anchors, reads))
    }

    /// Where `quote` stands in `article`; nothing if it was not found, which has been reported.
    pub fn get(&self, article: &Id, quote: &str) -> Option<Passage> {
        self.0.get(&(article.clone(), quote.to_owned())).copied()
    }
}

impl Changes {
    /// Where `new` differs from `old`. None if they differ in what every page is made of.
    pub fn between(old: &Material, new: &Material) -> Option<Self> {
        let global = old.site.config == new.site.config
            && (Arc::ptr_eq(&old.strings, &new.strings) || old.strings == new.strings);
        if !global {
            return None;
        }
        let mut changes = Self::default();
        changes.site(&old.site, &new.site);
        changes.texts(old, new);
        changes.other_texts(old, new);
        if !Arc::ptr_eq(&old.links, &new.links) {
            changes.links(&old.links, &new.links);
        }
        let equal = PartialEq::eq;
        changes.compare(Map::Anchors, (&old.anchors.0, &new.anchors.0), equal);
        changes.compare(
            Map::Backlinks,
            (&old.backlinks, &new.backlinks),
            <Vec<Backlink> as PartialEq>::eq,
        );
        changes.compare(
            Map::Addresses,
            (old.addresses.all(), new.addresses.all()),
            |a, b| a == b,
        );
        Some(changes)
    }

    fn site(&mut self, old: &Site, new: &Site) {
        let maps = (&old.articles, &new.articles);
        self.compare(Map::Articles, maps, same_but_text);
        self.compare(Map::Topics, (&old.topics, &new.topics), Topic::eq);
        self.compare(Map::Events, (&old.events, &new.events), Event::eq);
        self.compare(Map::Entities, (&old.entities, &new.entities), Entity::eq);
        self.compare(Map::Measures, (&old.measures, &new.measures), Measure::eq);
        self.compare(Map::Pages, (&old.pages, &new.pages), Page::eq);
        self.compare(Map::Notes, (&old.notes, &new.notes), Vec::eq);
        self.whole(Whole::Home, old.home != new.home);
    }

    fn other_texts(&mut self, old: &Material, new: &Material) {
        let same = |a: &Arc<Prose>, b: &Arc<Prose>| a == b;
        self.compare(Map::Prose, (&old.prose, &new.prose), same);
        self.compare(Map::NoteTexts, (&old.notes, &new.notes), Vec::eq);
        self.whole(Whole::Home, old.home != new.home);
    }

    fn links(&mut self, old: &Links, new: &Links) {
        self.compare(Map::EventLinks, (&old.events, &new.events), EventLinks::eq);
        let articles = (&old.articles, &new.articles);
        self.compare(Map::ArticleLinks, articles, ArticleLinks::eq);
        self.compare(Map::TopicLinks, (&old.topics, &new.topics), TopicLinks::eq);
        self.compare(Map::TopicLists, (&old.topics, &new.topics), |a, b| {
            (&a.articles, &a.events) == (&b.articles, &b.events)
        });
        let entities = (&old.entities, &new.entities);
        self.compare(Map::EntityLinks, entities, EntityLinks::eq);
        let measures = (&old.measures.by_id, &new.measures.by_id);
        self.compare(Map::MeasureLinks, measures, MeasureLinks::eq);
        let figures = (old.measures.by_figure(), new.measures.by_figure());
        self.compare(Map::MeasuresOfFigures, figures, BTreeMap::eq);
        let go_back = old.articles.len() != new.articles.len()
            || old
                .articles
                .iter()
                .zip(&new.articles)
                .any(|((a, old), (b, new))| {
                    let of = |l: &ArticleLinks| {
                        (
                            l.copies.original.clone(),
                            l.relies_on.clone(),
                            l.relies_elsewhere.clone(),
                        )
                    };
                    a != b || of(old) != of(new)
                });
        self.all(Map::Origins, go_back);
        self.whole(Whole::Order, old.order != new.order);
        self.whole(Whole::ByDate, old.by_date != new.by_date);
        self.whole(Whole::Unwritten, old.unwritten != new.unwritten);
        self.whole(Whole::Stories, old.stories != new.stories);
        self.whole(Whole::Words, old.words != new.words);
        self.whole(Whole::Gaps, old.gaps != new.gaps);
        self.whole(Whole::HasGaps, old.gaps.is_empty() != new.gaps.is_empty());
    }
}

/// Whether two articles are the same in all but their text, which views see by itself.
fn same_but_text(old: &Arc<Article>, new: &Arc<Article>) -> bool {
    if Arc::ptr_eq(old, new) {
        return true;
    }
    let mut alike = Article::clone(old);
    alike.common.body = new.common.body.clone();
    alike == **new
}
