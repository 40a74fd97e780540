//! `related` as a table. Its JSON has a shape of its own.

use super::super::related::KINDS;
use super::super::table::{Cell, Column, Holds, Table, column};
use crate::link::Related;
use crate::model::{Id, Kind};
use crate::render::view::Briefing;

/// Related articles.
pub(in super::super) struct Pairs;

/// An article and one that is related to it.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    article: &'a Id,
    rank: usize,
    related: &'a Related,
}

impl Table for Pairs {
    const NAME: &'static str = "related";
    const RECORD: &'static str = "An article and one that is related to it";
    const JSON: bool = false;
    const MANY: bool = true;
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column("article", Holds::Id("articles"), "The article", |r| {
                r.article.into()
            }),
            column("related", Holds::Id("articles"), "The related one", |r| {
                (&r.related.to).into()
            }),
            column("url", Holds::Url, "Its page", |r| {
                r.briefing.page_of(Kind::Article, &r.related.to).into()
            }),
            column(
                "rank",
                Holds::Whole,
                "Its place among those related to the article, from 1",
                |r| Cell::whole(r.rank),
            ),
            column(
                "points",
                Holds::Whole,
                "The sum of the points of the reasons",
                |r| Cell::whole(r.related.points),
            ),
            column(
                "kinds",
                Holds::SomeOf(KINDS),
                "The reasons, most points first; `related.json` has what they name",
                |r| super::events::kinds(&r.related.reasons),
            ),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.articles.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        let links = briefing.links.articles.get(id);
        let related = links.into_iter().flat_map(|l| l.related.iter());
        let most = briefing.site.config.data.related;
        for (related, rank) in related.take(most).zip(1..) {
            visit(&Row {
                briefing,
                article: id,
                rank,
                related: &related,
            });
        }
    }
}
