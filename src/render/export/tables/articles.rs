//! `articles`: a record for each article.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use crate::link::ArticleLinks;
use crate::model::{Article, Id, Kind, Rights};
use crate::render::view::Briefing;

/// The articles.
pub(in super::super) struct Articles;

/// One of them.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    article: &'a Article,
    links: Option<&'a ArticleLinks>,
}

impl Row<'_> {
    /// The reports that it relies on: those of the corpus, or all others.
    fn relies_on(&self, in_corpus: bool) -> impl Iterator<Item = &str> {
        let all = self.article.based_on.iter().map(|on| on.value.as_str());
        all.filter(move |on| self.briefing.site.articles.contains_key(*on) == in_corpus)
    }

    fn paragraphs(&self) -> Option<u32> {
        let text = self.briefing.articles.get(self.article.id())?;
        let blocks = text.prose.document.blocks.iter();
        Some(blocks.filter_map(|b| b.paragraph).max().unwrap_or(0))
    }
}

impl Table for Articles {
    const NAME: &'static str = "articles";
    const RECORD: &'static str = "An article: a report, or a digest of one";
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        let rights = Holds::OneOf(&["full", "excerpt", "metadata"]);
        vec![
            column("id", Holds::Id("articles"), "Permanent id", |r| {
                r.article.id().into()
            }),
            column("url", Holds::Url, "Its page on the site", |r| {
                r.briefing.page_of(Kind::Article, r.article.id()).into()
            }),
            column(
                "headline",
                Holds::Text,
                "The headline on that page (schema.org)",
                |r| (&r.article.title).into(),
            ),
            maybe(
                "alternativeHeadline",
                Holds::Text,
                "The source’s own headline, where `headline` is ours (schema.org)",
                |r| r.article.original_title.as_ref().into(),
            ),
            maybe(
                "datePublished",
                Holds::Day,
                "Day of publication (schema.org)",
                |r| r.article.published.into(),
            ),
            column(
                "dateBasis",
                Holds::OneOf(super::BASIS),
                "How that day is known: a source gives it, it was worked out from what one says, or it comes from elsewhere",
                |r| super::basis(r.article.date_basis).into(),
            ),
            maybe("dateNote", Holds::Text, "How it was found, in words", |r| {
                r.article.date_note.as_ref().into()
            }),
            maybe("publisher", Holds::Text, "The outlet (schema.org)", |r| {
                r.article.outlet.as_ref().into()
            }),
            column("author", Holds::Texts, "Bylines (schema.org)", |r| {
                Cell::list(&r.article.authors)
            }),
            maybe("agency", Holds::Text, "Wire service", |r| {
                r.article.agency.as_ref().into()
            }),
            maybe(
                "dateline",
                Holds::Text,
                "The place at the head of the dispatch (schema.org)",
                |r| r.article.dateline.as_ref().into(),
            ),
            maybe(
                "abstract",
                Holds::Text,
                "Our summary (schema.org, CSL)",
                |r| r.article.common.summary.as_ref().into(),
            ),
            column(
                "inLanguage",
                Holds::Language,
                "Language of the text (schema.org)",
                |r| (&r.article.language).into(),
            ),
            column(
                "isBasedOn",
                Holds::Ids("articles"),
                "Articles of the site that it says it relies on (schema.org)",
                |r| Cell::list(r.relies_on(true)),
            ),
            column(
                "basedOnOthers",
                Holds::Texts,
                "Names of other reports that it relies on",
                |r| Cell::list(r.relies_on(false)),
            ),
            maybe(
                "copyOf",
                Holds::Id("articles"),
                "The article whose text it repeats, word for word or nearly so",
                |r| r.links.and_then(|l| l.copies.original.as_ref()).into(),
            ),
            column(
                "isDigest",
                Holds::Flag,
                "Whether the text is our own summary of the report",
                |r| r.article.digest.into(),
            ),
            column(
                "rights",
                rights,
                "How much of the text is published: all of it, short quotations, or no sentence. Only an article with `full` has mentions, \
                 times, figures and quotations",
                |r| {
                    match r.article.rights {
                        Rights::Full => "full",
                        Rights::Excerpt => "excerpt",
                        Rights::Metadata => "metadata",
                    }
                    .into()
                },
            ),
            maybe(
                "copyrightNotice",
                Holds::Text,
                "The source’s notice of its rights (schema.org)",
                |r| r.article.copyright.as_ref().into(),
            ),
            maybe(
                "originalUrl",
                Holds::Url,
                "Where the report was published",
                |r| r.article.url.as_ref().into(),
            ),
            maybe(
                "archivedAt",
                Holds::Url,
                "Where a copy of it is kept (schema.org)",
                |r| r.article.archived_url.as_ref().into(),
            ),
            maybe(
                "accessed",
                Holds::Day,
                "Day on which it was read (CSL)",
                |r| r.article.accessed.into(),
            ),
            maybe(
                "wordCount",
                Holds::Whole,
                "Words of the text, as its page says (schema.org)",
                |r| {
                    let text = r.briefing.articles.get(r.article.id());
                    let words = text.map(|t| t.prose.document.text.split_whitespace().count());
                    words.map_or(Cell::Nothing, Cell::whole)
                },
            ),
            maybe(
                "paragraphs",
                Holds::Whole,
                "Paragraphs of the text, as its page says",
                |r| r.paragraphs().map_or(Cell::Nothing, Cell::whole),
            ),
            column(
                "topics",
                Holds::Ids("topics"),
                "Topics it belongs to",
                |r| {
                    let topics = r.links.map(|l| l.topics.as_slice()).unwrap_or_default();
                    Cell::ids(topics.iter().map(|m| &m.topic))
                },
            ),
            column(
                "events",
                Holds::Ids("events"),
                "Events it tells of, in order of time",
                |r| Cell::ids(r.links.map(|l| l.events.as_slice()).unwrap_or_default()),
            ),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.articles.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        if let Some(article) = briefing.site.articles.get(id) {
            let links = briefing.links.articles.get(id);
            visit(&Row {
                briefing,
                article,
                links,
            });
        }
    }
}
