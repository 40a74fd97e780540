//! Every page of the site: which there are, where each stands, by which template and from which view it is made.

use super::Briefing;
use super::address::Linker;
use super::dated::shelf_address;
use super::lists::Pages;
use super::shell::About;
use super::shelves::Shelf;
use super::types::*;
use crate::base::{OutPath, OutPathError, Span};
use crate::model::{EntityType, Id, Kind, Ref};

/// A page that the site has, before its view is made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKey {
    /// The home page.
    Home,
    /// An article.
    Article(Id),
    /// An event.
    Event(Id),
    /// A topic.
    Topic(Id),
    /// An entity.
    Entity(Id),
    /// A measure.
    Measure(Id),
    /// A plain page.
    Plain(Id),
    /// A page of the list of articles.
    Articles(Shelf),
    /// A page of the list of events.
    Events(Shelf),
    /// The list of topics.
    Topics,
    /// A page of a list of entities, from 1.
    Entities(EntityType, usize),
    /// The list of measures.
    Measures,
    /// Who uses which word, where terms are tied.
    Words,
    /// The timeline.
    Timeline,
    /// What is missing, or rests on little; only where something does.
    Gaps,
    /// The index from A to Z.
    Search,
    /// The page on the files of data.
    Data,
    /// What is shown for addresses that lead nowhere.
    NotFound,
    /// A page that sends an old address on to a thing's page.
    Redirect {
        /// The old path.
        from: String,
        /// The thing.
        to: Ref,
    },
}

impl PageKey {
    /// The thing that a page is about; none for lists and the like.
    fn thing(&self) -> Option<Ref> {
        let (kind, id) = match self {
            Self::Article(id) => (Kind::Article, id),
            Self::Event(id) => (Kind::Event, id),
            Self::Topic(id) => (Kind::Topic, id),
            Self::Entity(id) => (Kind::Entity, id),
            Self::Measure(id) => (Kind::Measure, id),
            Self::Plain(id) => (Kind::Page, id),
            _ => return None,
        };
        Some(Ref::new(kind, id))
    }
}

/// The view of any page.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(untagged)]
pub enum AnyView {
    /// `home.html`.
    Home(HomeView),
    /// `article.html`.
    Article(ArticleView),
    /// `event.html`.
    Event(EventView),
    /// `topic.html`.
    Topic(TopicView),
    /// `entity.html`.
    Entity(EntityView),
    /// `measure.html`.
    Measure(MeasureView),
    /// `plain.html`.
    Plain(PlainView),
    /// `articles.html`, `events.html`, `topics.html`, `entities.html`, `measures.html`, `words.html`.
    List(ListView),
    /// `timeline.html`.
    Timeline(TimelineView),
    /// `gaps.html`.
    Gaps(GapsView),
    /// `search.html`.
    Search(SearchView),
    /// `data.html`.
    Data(DataView),
    /// `404.html`.
    NotFound(NotFoundView),
    /// `redirect.html`.
    Redirect(RedirectView),
}

/// A page, ready for its template.
#[derive(Debug, Clone)]
pub struct MadePage {
    /// The template's file name.
    pub template: &'static str,
    /// What every page has.
    pub page: PageView,
    /// What this one has.
    pub view: AnyView,
}

impl Briefing<'_> {
    /// Every page of the site, in a fixed order.
    pub fn pages(&self) -> Vec<PageKey> {
        let site = self.site;
        let per_page = site.config.paginate_by;
        let of = |total| {
            Pages {
                page: 1,
                per_page,
                total,
            }
            .count()
        };
        let mut keys = vec![
            PageKey::Home,
            PageKey::Timeline,
            PageKey::Search,
            PageKey::NotFound,
        ];
        if self.links.has_gaps() {
            keys.push(PageKey::Gaps);
        }
        keys.extend(site.articles.keys().cloned().map(PageKey::Article));
        keys.extend(site.events.keys().cloned().map(PageKey::Event));
        keys.extend(site.topics.keys().cloned().map(PageKey::Topic));
        let open = site.entities.values().filter(|e| !e.protect);
        keys.extend(open.map(|e| PageKey::Entity(e.id().clone())));
        keys.extend(site.measures.keys().cloned().map(PageKey::Measure));
        keys.extend(site.pages.keys().cloned().map(PageKey::Plain));
        keys.extend(self.article_shelves().into_iter().map(PageKey::Articles));
        keys.extend(self.event_shelves().into_iter().map(PageKey::Events));
        keys.push(PageKey::Topics);
        for entity_type in EntityType::ALL {
            let total = self.entity_count(entity_type);
            keys.extend((1..=of(total)).map(|n| PageKey::Entities(entity_type, n)));
        }
        keys.push(PageKey::Measures);
        keys.extend(site.config.data.tables.then_some(PageKey::Data));
        keys.extend((!self.contested().is_empty()).then_some(PageKey::Words));
        keys.extend(
            self.redirects()
                .into_iter()
                .map(|(from, to)| PageKey::Redirect { from, to }),
        );
        keys
    }

    fn entity_count(&self, entity_type: EntityType) -> usize {
        let all = self.site.entities.values();
        all.filter(|e| e.entity_type == entity_type && !e.protect)
            .count()
    }

    /// Old paths and the things whose pages they are sent on to.
    fn redirects(&self) -> Vec<(String, Ref)> {
        let mut list = Vec::new();
        for kind in Kind::ALL {
            for id in self.site.ids(kind) {
                let to = Ref::new(kind, id);
                let common = self.site.common(&to);
                for old in common.map(|c| c.old_paths.as_slice()).unwrap_or_default() {
                    list.push((old.value.clone(), to.clone()));
                }
            }
        }
        list
    }

    /// The file that a page is written to.
    ///
    /// # Errors
    /// A redirect page whose old path cannot be a path below `public/`.
    pub fn path(&self, key: &PageKey) -> Result<OutPath, OutPathError> {
        let thing = |kind, id: &Id| OutPath::page(self.addresses.get(kind, id).unwrap_or_default());
        match key {
            PageKey::Home => OutPath::page(""),
            PageKey::Article(id) => thing(Kind::Article, id),
            PageKey::Event(id) => thing(Kind::Event, id),
            PageKey::Topic(id) => thing(Kind::Topic, id),
            PageKey::Entity(id) => thing(Kind::Entity, id),
            PageKey::Measure(id) => thing(Kind::Measure, id),
            PageKey::Plain(id) => thing(Kind::Page, id),
            PageKey::Articles(shelf) => OutPath::page(&shelf_address("articles", *shelf)),
            PageKey::Events(shelf) => OutPath::page(&shelf_address("events", *shelf)),
            PageKey::Topics => OutPath::page("topics/"),
            PageKey::Entities(t, n) => {
                OutPath::page(&Pages::address(&format!("{}/", t.folder()), *n))
            }
            PageKey::Measures => OutPath::page("measures/"),
            PageKey::Words => OutPath::page("words/"),
            PageKey::Timeline => OutPath::page("timeline/"),
            PageKey::Gaps => OutPath::page("gaps/"),
            PageKey::Search => OutPath::page("search/"),
            PageKey::Data => OutPath::page("data/"),
            PageKey::NotFound => OutPath::new("404.html"),
            PageKey::Redirect { from, .. } => {
                let from = from.trim_matches('/');
                if from.ends_with(".html") {
                    OutPath::new(from)
                } else {
                    OutPath::page(from)
                }
            }
        }
    }

    /// Where an editor wrote what a page is made of, and what to call it in messages.
    pub fn origin(&self, key: &PageKey) -> (String, Option<Span>) {
        let thing = |kind: Kind, id: &Id| {
            let common = self.site.common(&Ref::new(kind, id));
            (
                format!("the {} ‘{id}’", kind.as_str()),
                common.map(|c| c.slug.span.clone()),
            )
        };
        let plain = |what: &str| (what.to_owned(), None);
        match key {
            PageKey::Home => plain("the home page"),
            PageKey::Article(id) => thing(Kind::Article, id),
            PageKey::Event(id) => thing(Kind::Event, id),
            PageKey::Topic(id) => thing(Kind::Topic, id),
            PageKey::Entity(id) => thing(Kind::Entity, id),
            PageKey::Measure(id) => thing(Kind::Measure, id),
            PageKey::Plain(id) => thing(Kind::Page, id),
            PageKey::Articles(_) => plain("the list of articles"),
            PageKey::Events(_) => plain("the list of events"),
            PageKey::Topics => plain("the list of topics"),
            PageKey::Entities(t, _) => (format!("the list of {}", t.folder()), None),
            PageKey::Measures => plain("the list of measures"),
            PageKey::Words => plain("the page of words"),
            PageKey::Timeline => plain("the timeline"),
            PageKey::Gaps => plain("the page of gaps"),
            PageKey::Search => plain("the index"),
            PageKey::Data => plain("the page on the data"),
            PageKey::NotFound => plain("the page for what is not found"),
            PageKey::Redirect { from, to } => {
                let old = self
                    .site
                    .common(to)
                    .map(|c| c.old_paths.as_slice())
                    .unwrap_or_default();
                let span = old
                    .iter()
                    .find(|o| o.value == *from)
                    .map(|o| o.span.clone());
                (
                    format!(
                        "the old path ‘{from}’ of the {} ‘{}’",
                        to.kind.as_str(),
                        to.id
                    ),
                    span,
                )
            }
        }
    }

    /// Makes a page's view; nothing for a page of something that does not exist.
    pub fn make(&self, key: &PageKey, path: &OutPath) -> Option<MadePage> {
        let linker = match key {
            PageKey::NotFound => Linker::absolute(self.addresses, self.base_path()),
            _ => Linker::from(self.addresses, path),
        };
        let site = self.site;
        let (about, template, view) = match key {
            PageKey::Article(id) => self.make_article(&linker, site.articles.get(id)?, path),
            PageKey::Event(id) => self.make_event(&linker, site.events.get(id)?, path),
            PageKey::Topic(id) => self.make_topic(&linker, site.topics.get(id)?, path),
            PageKey::Entity(id) => {
                let entity = site.entities.get(id)?;
                let view = self.entity_view(&linker, entity);
                let about = self.about("entity", &view.name, view.lead.as_deref(), "", path);
                (about, "entity.html", AnyView::Entity(view))
            }
            PageKey::Measure(id) => {
                let view = self.measure_view(&linker, site.measures.get(id)?);
                let about = self.about(
                    "measure",
                    &view.title,
                    view.lead.as_deref(),
                    "measures",
                    path,
                );
                (about, "measure.html", AnyView::Measure(view))
            }
            PageKey::Plain(id) => {
                let view = self.plain_view(&linker, site.pages.get(id)?);
                let about = self.about(
                    "plain",
                    &view.title,
                    view.lead.as_deref(),
                    id.as_str(),
                    path,
                );
                (about, "plain.html", AnyView::Plain(view))
            }
            PageKey::Redirect { to, .. } => self.make_redirect(&linker, to)?,
            _ => self.make_overview(&linker, key, path),
        };
        let about = About {
            of: key.thing(),
            ..about
        };
        let page = self.page(&linker, path, about);
        Some(MadePage {
            template,
            page,
            view,
        })
    }

    fn about(
        &self,
        kind: &'static str,
        title: &str,
        description: Option<&str>,
        section: &str,
        path: &OutPath,
    ) -> About {
        About {
            kind,
            title: title.to_owned(),
            description: description.map(str::to_owned),
            section: section.to_owned(),
            meta: self.open_graph("website", title, description, path),
            ..About::default()
        }
    }

    fn make_article(
        &self,
        linker: &Linker,
        article: &crate::model::Article,
        path: &OutPath,
    ) -> Made {
        let view = self.article_view(linker, article, path);
        let about = About {
            language: Some(article.language.clone()),
            jsonld: Some(self.article_jsonld(article, path)),
            meta: self.article_meta(article, path),
            ..self.about(
                "article",
                &view.title,
                view.lead.as_deref(),
                "articles",
                path,
            )
        };
        (about, "article.html", AnyView::Article(view))
    }

    fn make_event(&self, linker: &Linker, event: &crate::model::Event, path: &OutPath) -> Made {
        let view = self.event_view(linker, event, path);
        let about = About {
            jsonld: Some(self.event_jsonld(event, path)),
            ..self.about("event", &view.title, view.lead.as_deref(), "events", path)
        };
        (about, "event.html", AnyView::Event(view))
    }

    fn make_topic(&self, linker: &Linker, topic: &crate::model::Topic, path: &OutPath) -> Made {
        let view = self.topic_view(linker, topic);
        let about = About {
            feeds: vec![(format!("{}feed.xml", path.address()), view.title.clone())],
            ..self.about("topic", &view.title, view.lead.as_deref(), "topics", path)
        };
        (about, "topic.html", AnyView::Topic(view))
    }

    fn make_redirect(&self, linker: &Linker, to: &Ref) -> Option<Made> {
        let view = RedirectView {
            href: linker.to_ref(to)?,
            title: self.site.name(to.kind, &to.id)?.to_owned(),
        };
        let about = About {
            kind: "redirect",
            title: view.title.clone(),
            noindex: true,
            ..About::default()
        };
        Some((about, "redirect.html", AnyView::Redirect(view)))
    }

    /// Pages that are there once: home, lists, timeline, gaps, index, and the one for what is not found.
    fn make_overview(&self, linker: &Linker, key: &PageKey, path: &OutPath) -> Made {
        let s = self.strings;
        let per_page = self.site.config.paginate_by;
        let pages = |page, total| Pages {
            page,
            per_page,
            total,
        };
        let all = |total: usize| Pages {
            page: 1,
            per_page: total.max(1),
            total,
        };
        let list = |kind, section: &str, view: ListView| {
            let template = match kind {
                "articles" => "articles.html",
                "events" => "events.html",
                "topics" => "topics.html",
                "measures" => "measures.html",
                "words" => "words.html",
                _ => "entities.html",
            };
            (
                self.about(kind, &view.title, None, section, path),
                template,
                AnyView::List(view),
            )
        };
        match key {
            PageKey::Articles(shelf) => {
                list("articles", "articles", self.articles_list(linker, *shelf))
            }
            PageKey::Events(shelf) => list("events", "events", self.events_list(linker, *shelf)),
            PageKey::Topics => list(
                "topics",
                "topics",
                self.topics_list(linker, &all(self.site.topics.len())),
            ),
            PageKey::Measures => list(
                "measures",
                "measures",
                self.measures_list(linker, &all(self.site.measures.len())),
            ),
            PageKey::Words => list("words", "words", self.words_list(linker)),
            PageKey::Entities(t, n) => {
                let view = self.entities_list(linker, *t, &pages(*n, self.entity_count(*t)));
                list("entities", t.folder(), view)
            }
            PageKey::Timeline => {
                let about = self.about(
                    "timeline",
                    s.get("nav.timeline"),
                    Some(&self.timeline_lead()),
                    "timeline",
                    path,
                );
                (
                    about,
                    "timeline.html",
                    AnyView::Timeline(self.timeline_view(linker)),
                )
            }
            PageKey::Gaps => {
                let (title, lead) = (s.get("section.gaps"), s.get("gaps.lead"));
                let about = self.about("gaps", title, Some(lead), "gaps", path);
                (about, "gaps.html", AnyView::Gaps(self.gaps_view(linker)))
            }
            PageKey::Search => {
                let about = self.about("search", s.get("nav.search"), None, "search", path);
                (
                    about,
                    "search.html",
                    AnyView::Search(self.search_view(linker)),
                )
            }
            PageKey::Data => {
                let view = self.data_view(linker);
                let about = About {
                    jsonld: Some(crate::render::export::dataset(self)),
                    ..self.about("data", &view.title, Some(&view.lead), "data", path)
                };
                (about, "data.html", AnyView::Data(view))
            }
            PageKey::NotFound => {
                let about = About {
                    noindex: true,
                    ..self.about("notfound", s.get("lost.title"), None, "", path)
                };
                (
                    about,
                    "404.html",
                    AnyView::NotFound(self.not_found_view(linker)),
                )
            }
            _ => {
                let config = &self.site.config;
                let description = config.description.as_deref().or(config.strap.as_deref());
                let about = self.about("home", &config.title, description, "home", path);
                (about, "home.html", AnyView::Home(self.home_view(linker)))
            }
        }
    }
}

type Made = (About, &'static str, AnyView);
