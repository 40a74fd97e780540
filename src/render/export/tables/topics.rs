//! `topics`, and the `memberships` of articles in them.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use crate::link::{Membership, TopicLinks};
use crate::model::{Id, Kind, Topic};
use crate::render::view::Briefing;

/// The topics.
pub(in super::super) struct Topics;

/// One of them.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    topic: &'a Topic,
    links: Option<&'a TopicLinks>,
}

impl Table for Topics {
    const NAME: &'static str = "topics";
    const RECORD: &'static str = "A topic, with what belongs to it";
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column("id", Holds::Id("topics"), "Permanent id", |r| {
                (&r.topic.common.id).into()
            }),
            column("url", Holds::Url, "Its page on the site", |r| {
                r.briefing.page_of(Kind::Topic, &r.topic.common.id).into()
            }),
            column("name", Holds::Text, "Its name (schema.org)", |r| {
                (&r.topic.title).into()
            }),
            column("names", Holds::Names, "Names in other languages", |r| {
                let names = r.topic.names.iter();
                Cell::Names(
                    names
                        .map(|(tag, name)| (tag.as_str(), name.as_str()))
                        .collect(),
                )
            }),
            maybe(
                "description",
                Holds::Text,
                "A sentence or two on it (schema.org)",
                |r| {
                    r.topic
                        .common
                        .summary
                        .as_ref()
                        .or(r.topic.lead.as_ref())
                        .into()
                },
            ),
            column(
                "articles",
                Holds::Ids("articles"),
                "Its articles, latest first",
                |r| Cell::ids(r.links.map(|l| l.articles.as_slice()).unwrap_or_default()),
            ),
            column(
                "events",
                Holds::Ids("events"),
                "Its events, in order of time",
                |r| Cell::ids(r.links.map(|l| l.events.as_slice()).unwrap_or_default()),
            ),
            column("measures", Holds::Ids("measures"), "Its measures", |r| {
                Cell::ids(r.links.map(|l| l.measures.as_slice()).unwrap_or_default())
            }),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.topics.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        if let Some(topic) = briefing.site.topics.get(id) {
            let links = briefing.links.topics.get(id);
            visit(&Row {
                briefing,
                topic,
                links,
            });
        }
    }
}

/// Which articles belong to which topics.
pub(in super::super) struct Memberships;

/// One of them.
pub(in super::super) struct Member<'a> {
    briefing: &'a Briefing<'a>,
    article: &'a Id,
    membership: &'a Membership,
}

impl Table for Memberships {
    const NAME: &'static str = "memberships";
    const RECORD: &'static str = "An article’s membership of a topic, with its reasons";
    type Row<'a> = Member<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("memberships"),
                "The two ids, `TOPIC/ARTICLE`",
                |r| format!("{}/{}", r.membership.topic, r.article).into(),
            ),
            column("url", Holds::Url, "The topic’s page", |r| {
                r.briefing.page_of(Kind::Topic, &r.membership.topic).into()
            }),
            column("topic", Holds::Id("topics"), "The topic", |r| {
                (&r.membership.topic).into()
            }),
            column("article", Holds::Id("articles"), "The article", |r| {
                r.article.into()
            }),
            column(
                "points",
                Holds::Whole,
                "The sum of the points of the reasons",
                |r| Cell::whole(r.membership.points),
            ),
            column(
                "reasons",
                Holds::Texts,
                "The reasons in words, most points first",
                |r| {
                    Cell::list(
                        r.briefing
                            .membership(r.membership)
                            .into_iter()
                            .map(|reason| reason.kind),
                    )
                },
            ),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.articles.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Member<'_>)) {
        let links = briefing.links.articles.get(id);
        for membership in links.map(|l| l.topics.as_slice()).unwrap_or_default() {
            visit(&Member {
                briefing,
                article: id,
                membership,
            });
        }
    }
}
