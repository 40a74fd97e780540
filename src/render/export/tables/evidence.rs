//! `evidence`: the sentences that tell of each event.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use crate::link::{Foundation, Statement};
use crate::model::{Article, Event, Id, Kind, Rights};
use crate::render::view::Briefing;

/// What is said of events.
pub(in super::super) struct Statements;

/// A statement.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    event: &'a Event,
    number: usize,
    article: &'a Article,
    statement: &'a Statement,
}

impl Row<'_> {
    fn is_open(&self) -> bool {
        self.article.rights == Rights::Full
    }

    /// The words that the editor chose, where they may be printed.
    fn quote(&self) -> Option<&str> {
        let quote = &self.statement.quote;
        let allowed = || self.briefing.excerpts(self.article.id()).contains(quote);
        (!quote.is_empty() && (self.is_open() || allowed())).then_some(quote)
    }

    fn supports(&self) -> Cell<'_> {
        let bears = &self.statement.bears;
        let fields = [
            ("date", bears.time),
            ("location", bears.place),
            ("participants", !bears.who.is_empty()),
        ];
        let supported = fields.into_iter().filter(|(_, yes)| *yes);
        Cell::list(supported.map(|(field, _)| field))
    }
}

impl Table for Statements {
    const NAME: &'static str = "evidence";
    const RECORD: &'static str = "A sentence, or a run of them, that tells of an event";
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("evidence"),
                "The event’s id, `/e` and a number, in order of publication",
                |r| format!("{}/e{}", r.event.common.id, r.number).into(),
            ),
            column("url", Holds::Url, "Its place on the event’s page", |r| {
                let place = format!("st{}", r.number);
                r.briefing
                    .outside()
                    .to_place(Kind::Event, &r.event.common.id, &place)
                    .into()
            }),
            column("event", Holds::Id("events"), "The event", |r| {
                (&r.event.common.id).into()
            }),
            column("article", Holds::Id("articles"), "The article", |r| {
                r.article.id().into()
            }),
            maybe(
                "datePublished",
                Holds::Day,
                "Day of the article’s publication",
                |r| r.article.published.into(),
            ),
            maybe("sentence", Holds::Sentence, SENTENCE, |r| {
                let id = || super::sentence_id(r.article.id(), r.statement.passage.first);
                r.is_open().then(id).into()
            }),
            column(
                "sentenceUrl",
                Holds::Url,
                "Where it can be read; the article’s page where that does not print it",
                |r| {
                    r.briefing
                        .sentence_url(r.article, r.statement.passage.first)
                        .into()
                },
            ),
            maybe(
                "text",
                Holds::Text,
                "The words of the sentence or sentences, where the rights in the article allow printing them",
                |r| {
                    let passage = r.statement.passage;
                    r.briefing
                        .sentences(r.article.id(), passage.first, passage.last)
                        .into()
                },
            ),
            maybe(
                "exact",
                Holds::Text,
                "The words that an editor chose, where they may be printed (W3C Web Annotation); ` … ` stands for words left out",
                |r| r.quote().into(),
            ),
            maybe(
                "status",
                Holds::OneOf(super::STATUS),
                "The event’s status as this source has it",
                |r| r.statement.status.map(super::status).into(),
            ),
            column(
                "basis",
                Holds::OneOf(&["automatic", "editor", "override"]),
                "Who says that it tells of the event: a rule, the event’s file, or a correction",
                |r| {
                    match r.statement.foundation {
                        Foundation::Automatic => "automatic",
                        Foundation::Editor => "editor",
                        Foundation::Override { .. } => "override",
                    }
                    .into()
                },
            ),
            column(
                "points",
                Holds::Whole,
                "The sum of the points of what speaks for it; 0 where an editor alone says so",
                |r| Cell::whole(r.statement.finding.points()),
            ),
            column("why", Holds::Text, "Why it counts, in words", |r| {
                r.briefing.why(r.event, r.statement).into()
            }),
            column(
                "supports",
                Holds::SomeOf(&["date", "location", "participants"]),
                "Fields of the event that it bears out",
                |r| r.supports(),
            ),
            maybe(
                "speaker",
                Holds::Id("entities"),
                "Who says it, where that is known by name",
                |r| {
                    let voice = r.statement.speaker.as_ref().filter(|_| r.is_open());
                    voice
                        .and_then(|v| r.briefing.open(v.entity.as_ref()?))
                        .into()
                },
            ),
            column(
                "hearsay",
                Holds::Flag,
                "Whether the sentence tells it as what others say",
                |r| r.statement.hearsay.into(),
            ),
            maybe("note", Holds::Text, "An editor’s remark", |r| {
                r.statement.note.as_ref().into()
            }),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.events.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        let (Some(event), Some(links)) =
            (briefing.site.events.get(id), briefing.links.events.get(id))
        else {
            return;
        };
        let articles = &briefing.site.articles;
        let known = links
            .statements
            .iter()
            .filter_map(|s| Some((articles.get(&s.article)?, s)));
        for ((article, statement), number) in known.zip(1..) {
            visit(&Row {
                briefing,
                event,
                number,
                article,
                statement,
            });
        }
    }
}

/// What a column with a sentence's id means.
pub(super) const SENTENCE: &str = "The first of its sentences: the article’s id, `/s` and the sentence’s number, from 1, which is also its fragment on \
     the article’s page; only where that page prints it";
