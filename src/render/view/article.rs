//! An article's page.

use std::collections::BTreeSet;

use super::Briefing;
use super::address::{Linker, class};
use super::dates::DateMark;
use super::figures::ShownFigure;
use super::quotes::Speech;
use super::types::*;
use super::unlisted::UnlistedName;
use crate::base::{Edtf, OutPath};
use crate::link::ArticleLinks;
use crate::model::{
    Article, DateBasis, Entity, EntityType, Id, Kind, MarkKind, Rights, Sentence, State,
};

/// Related events beyond those the article tells of.
const NEARBY: usize = 4;

/// Related articles.
const RELATED: usize = 6;

/// What was found in an article and is shown on its page: in the text, in the margin, on cards and among the layers.
pub(super) struct Shown<'a> {
    pub(super) dates: Vec<DateMark<'a>>,
    pub(super) figures: Vec<ShownFigure<'a>>,
    pub(super) speeches: Vec<Speech<'a>>,
    pub(super) names: Vec<UnlistedName>,
}

impl Briefing<'_> {
    /// The view of an article's page.
    pub(crate) fn article_view(
        &self,
        linker: &Linker,
        article: &Article,
        path: &OutPath,
    ) -> ArticleView {
        let id = article.id();
        let none = ArticleLinks::default();
        let links = self.links.articles.get(id).unwrap_or(&none);
        let topics: Vec<&Id> = links.topics.iter().map(|m| &m.topic).collect();
        let place = |topic: &Id| {
            let links = self.links.lists_of_topic(topic)?;
            let of = links.articles.len();
            Some((of - links.place_of_article(self.site.looked_at(), id)?, of))
        };
        let open = article.rights == Rights::Full;
        let mut shown = self.shown(article);
        let woven = self.article_text(linker, article, &mut shown);
        let mentioned = if open { self.mentioned(id) } else { Vec::new() };
        let cards = if open {
            self.cards(linker, article, &mentioned, &shown)
        } else {
            Vec::new()
        };
        ArticleView {
            title: article.title.clone(),
            topics: self.topic_tags(linker, topics.iter().copied(), place),
            lead: article.common.summary.clone(),
            source: self.source(linker, article),
            digest: article.digest,
            rights: match article.rights {
                Rights::Full => "full",
                Rights::Excerpt => "excerpt",
                Rights::Metadata => "metadata",
            },
            layers: if open {
                layers(&mentioned, &shown, woven.notes)
            } else {
                Vec::new()
            },
            blocks: woven.blocks,
            footnotes_html: woven.footnotes,
            excerpts: self.excerpts(id).iter().map(|q| self.quoted(q)).collect(),
            has_notes: woven.notes > 0,
            cards,
            events: self.article_chain(linker, article, links),
            related: links
                .related
                .iter()
                .take(RELATED)
                .filter_map(|r| {
                    let other = self.site.articles.get(&r.to)?;
                    self.article_item(linker, other, self.reasons(linker, &r.reasons, &r.to))
                })
                .collect(),
            cite_report: self.cite_report(article),
            cite_page: self.cite_article(article, path),
            pagers: self.pagers(linker, Kind::Article, id, topics),
            extra: article.common.extra.clone(),
        }
    }

    fn source(&self, linker: &Linker, article: &Article) -> SourceView {
        let s = self.strings;
        let authors = s.list(&article.authors);
        let based_on = article.based_on.iter().map(|written| {
            let name = written.value.as_str();
            match self.site.articles.get(name) {
                Some(other) => TextPart {
                    text: other.title.clone(),
                    href: linker.to(Kind::Article, other.id()),
                },
                None => TextPart {
                    text: name.to_owned(),
                    href: None,
                },
            }
        });
        let basis = match article.date_basis {
            DateBasis::Stated => "stated",
            DateBasis::Inferred => "inferred",
            DateBasis::Supplied => "supplied",
        };
        let text = self.articles.get(article.id());
        let paragraphs = text.and_then(|t| {
            t.prose
                .document
                .blocks
                .iter()
                .filter_map(|b| b.paragraph)
                .max()
        });
        let rights = match (article.rights, article.digest) {
            (Rights::Full, true) => "rights.digest",
            (Rights::Full, false) => "rights.full",
            (Rights::Excerpt, _) => "rights.excerpt",
            (Rights::Metadata, _) => "rights.metadata",
        };
        SourceView {
            outlet: article.outlet.as_ref().map(|name| TextPart {
                text: name.clone(),
                href: article.outlet_url.clone(),
            }),
            authors: (!authors.is_empty()).then_some(authors),
            agency: article.agency.clone(),
            date: self.published(article),
            date_basis: basis,
            date_basis_text: (basis != "stated")
                .then(|| s.get(&format!("basis.{basis}")).to_owned()),
            dateline: article.dateline.clone(),
            original_title: article.original_title.clone(),
            url: article.url.clone(),
            archived_url: article.archived_url.clone(),
            accessed: article.accessed.map(|day| self.day_text(day)),
            based_on: based_on.collect(),
            copyright: article.copyright.clone(),
            paragraphs: paragraphs.unwrap_or(0) as usize,
            words: text.map_or(0, |t| t.prose.document.text.split_whitespace().count()),
            rights_text: s.get(rights).to_owned(),
        }
    }

    /// What an article's page shows besides the entities of the gazetteer.
    fn shown(&self, article: &Article) -> Shown<'_> {
        Shown {
            dates: self.date_marks(article.id()),
            figures: self.figures(article),
            speeches: self
                .articles
                .get(article.id())
                .map_or_else(Vec::new, |text| self.speeches(article, text)),
            names: self.unlisted(article),
        }
    }

    /// Whether mentions of an entity are shown in the text.
    pub(crate) fn shows(&self, entity: &Entity) -> bool {
        let layers = self.site.config.layers;
        let on = match entity.entity_type {
            EntityType::Person => layers.people,
            EntityType::Organization => layers.organizations,
            EntityType::Place => layers.places,
            EntityType::Term => layers.terms,
        };
        on && !entity.protect
    }

    /// The entities mentioned in an article that are shown, with the place of their first mention, in order of it.
    fn mentioned(&self, article: &Id) -> Vec<(&Entity, &Sentence, State)> {
        let Some(text) = self.articles.get(article) else {
            return Vec::new();
        };
        let mut list: Vec<(&Entity, &Sentence, State)> = Vec::new();
        for mark in &text.annotated.marks {
            let MarkKind::Entity { id, .. } = &mark.kind else {
                continue;
            };
            let sentences = &text.annotated.sentences;
            let at = sentences.partition_point(|s| s.range.end <= mark.range.start);
            let found = self.site.entities.get(id).filter(|e| self.shows(e));
            let (Some(entity), Some(sentence)) = (found, sentences.get(at)) else {
                continue;
            };
            if list.iter().all(|(e, ..)| e.id() != id) {
                list.push((entity, sentence, mark.state));
            }
        }
        list
    }

    fn cards(
        &self,
        linker: &Linker,
        article: &Article,
        mentioned: &[(&Entity, &Sentence, State)],
        shown: &Shown,
    ) -> Vec<CardView> {
        let cards = mentioned.iter().map(|&(entity, sentence, state)| {
            let s = self.strings;
            let day = article.published.map(Edtf::day);
            let office = day.and_then(|day| entity.role_at(&day));
            let kind = entity.kind.as_deref().or(entity.role.as_deref());
            let kind = match office.or(kind) {
                Some(what) => format!("{}, {what}", self.kind_of(entity)),
                None => self.kind_of(entity),
            };
            let stands_for = entity
                .metonym
                .as_ref()
                .map(|m| s.format("card.stands_for", &[("government", m)]));
            let affiliation = entity
                .affiliation
                .as_ref()
                .and_then(|a| self.link_name(Kind::Entity, &a.value));
            let speaks_for = affiliation.map(|a| s.format("card.speaks_for", &[("body", &a)]));
            CardView {
                id: format!("x-{}", entity.id()),
                class: class(entity.entity_type),
                kind,
                name: entity.name.value.clone(),
                names: super::parts::names(&entity.names),
                paragraphs: entity
                    .description
                    .iter()
                    .cloned()
                    .chain(speaks_for)
                    .chain(stands_for)
                    .collect(),
                state: Some(
                    s.get(match state {
                        State::Automatic => "state.automatic",
                        State::Reviewed => "state.reviewed",
                    })
                    .to_owned(),
                ),
                reviewed: state == State::Reviewed,
                link: self.card_link(linker, entity),
                back: self.back(article.id(), sentence.range.start),
            }
        });
        let dates = shown.dates.iter().map(|mark| {
            let back = self.back(article.id(), mark.range.start);
            self.date_card(mark, back)
        });
        let names = shown.names.iter().map(|name| {
            let back = self.back(article.id(), name.first.start);
            self.unlisted_card(name, back)
        });
        let figures = shown.figures.iter().map(|figure| {
            let back = self.back(article.id(), figure.range.start);
            self.figure_card(linker, article, figure, back)
        });
        let text = self.articles.get(article.id());
        let text = text.map_or("", |t| &*t.prose.document.text);
        let speeches = shown.speeches.iter().filter_map(|speech| {
            let back = self.back(article.id(), speech.parts.first()?.range.start);
            self.speech_card(linker, article, text, speech, back)
        });
        cards
            .chain(names)
            .chain(dates)
            .chain(figures)
            .chain(speeches)
            .collect()
    }

    /// Back to the paragraph in which a byte of an article's text stands.
    fn back(&self, article: &Id, at: u32) -> String {
        let sentences = self
            .articles
            .get(article)
            .map(|t| t.annotated.sentences.as_slice());
        let sentences = sentences.unwrap_or_default();
        let sentence = sentences.get(sentences.partition_point(|s| s.range.end <= at));
        match sentence.and_then(|s| s.place) {
            Some((paragraph, _)) => format!("#p{paragraph}"),
            None => "#_main".into(),
        }
    }

    /// To the entity's own page. How often other articles name it is said there and not here, or each new article would change the pages
    /// of all that name the same.
    fn card_link(&self, linker: &Linker, entity: &Entity) -> Option<Link> {
        Some(Link {
            href: linker.to(Kind::Entity, entity.id())?,
            text: self.strings.get("card.mentions").to_owned(),
        })
    }

    /// The events that an article tells of and some related to them, in order of time; the article stands among them.
    fn article_chain(
        &self,
        linker: &Linker,
        article: &Article,
        links: &ArticleLinks,
    ) -> Vec<EventItem> {
        let published = Edtf::day(article.published.unwrap_or(jiff::civil::Date::ZERO));
        let mut dated: Vec<(Edtf, Id, EventItem)> = Vec::new();
        for id in &links.events {
            let Some(event) = self.site.events.get(id) else {
                continue;
            };
            let mut item = self.untraced_event(linker, event);
            let statements = self
                .links
                .events
                .get(id)
                .map(|l| l.statements.as_slice())
                .unwrap_or_default();
            let own = statements.iter().filter(|s| s.article == *article.id());
            item.reasons = vec![ReasonView {
                kind: self.strings.get("reason.this_report").to_owned(),
                about: None,
                text: String::new(),
                traces: own
                    .filter_map(|s| self.trace(linker, &s.article, Some(s.passage)))
                    .collect(),
            }];
            let others = self.other_reports(linker, article.id(), id);
            item.reasons.extend(others);
            item.apart = Some(self.strings.apart(&published, &event.date));
            dated.push((event.date.clone(), id.clone(), item));
        }
        for related in links.nearby.iter().take(NEARBY) {
            let Some(event) = self.site.events.get(&related.to) else {
                continue;
            };
            if let Some(mut item) = self.related_event(linker, None, related) {
                item.apart = Some(self.strings.apart(&published, &event.date));
                dated.push((event.date.clone(), related.to.clone(), item));
            }
        }
        if dated.is_empty() {
            return Vec::new();
        }
        dated.push((published, article.id().clone(), self.here(article)));
        dated.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        dated.into_iter().map(|(_, _, item)| item).collect()
    }

    /// The other articles that tell of an event, as a reason with their sentences.
    fn other_reports(&self, linker: &Linker, article: &Id, event: &Id) -> Option<ReasonView> {
        let links = self.links.events.get(event)?;
        let others = links.statements.iter().filter(|s| s.article != *article);
        let others = others.map(|s| (&s.article, Some(s.passage)));
        let traces = self.traces(linker, others);
        let labels: BTreeSet<String> = traces.iter().map(|t| t.source.clone()).collect();
        (!traces.is_empty()).then(|| ReasonView {
            kind: self.strings.get("reason.also_reported").to_owned(),
            about: None,
            text: self.strings.list(&labels.into_iter().collect::<Vec<_>>()),
            traces,
        })
    }

    fn here(&self, article: &Article) -> EventItem {
        EventItem {
            id: "here".into(),
            date: self.short(self.published(article), article.date_basis),
            apart: None,
            title: article.title.clone(),
            href: None,
            summary: None,
            status: "held",
            status_text: None,
            reasons: Vec::new(),
            traces: Vec::new(),
            topics: Vec::new(),
            here: true,
        }
    }
}

/// The layers of an article's page that have annotations.
fn layers(
    mentioned: &[(&Entity, &Sentence, State)],
    shown: &Shown,
    notes: usize,
) -> Vec<LayerView> {
    let count = |t: EntityType| {
        let listed = mentioned.iter().filter(|(e, ..)| e.entity_type == t);
        listed.count() + shown.names.iter().filter(|n| n.entity_type == t).count()
    };
    let entities = EntityType::ALL.into_iter().map(|t| (class(t), count(t)));
    entities
        .chain([
            ("date", shown.dates.len()),
            ("fig", shown.figures.len()),
            ("quote", shown.speeches.len()),
            ("note", notes),
        ])
        .filter(|(_, count)| *count > 0)
        .map(|(class, count)| LayerView { class, count })
        .collect()
}
