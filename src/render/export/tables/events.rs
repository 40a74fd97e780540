//! `events`, and `links` between them.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use crate::link::{EventLinks, Reason, Related};
use crate::model::{Event, Id, Kind};
use crate::render::view::Briefing;

/// The events.
pub(in super::super) struct Events;

/// One of them.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    event: &'a Event,
    links: Option<&'a EventLinks>,
}

impl<'a> Row<'a> {
    fn articles(&self) -> &'a [Id] {
        self.links
            .map(|l| l.articles.as_slice())
            .unwrap_or_default()
    }
}

impl Table for Events {
    const NAME: &'static str = "events";
    const RECORD: &'static str = "An event: something that happened, or was to happen";
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column("id", Holds::Id("events"), "Permanent id", |r| {
                (&r.event.common.id).into()
            }),
            column("url", Holds::Url, "Its page on the site", |r| {
                r.briefing.page_of(Kind::Event, &r.event.common.id).into()
            }),
            column(
                "name",
                Holds::Text,
                "What happened, in a headline (schema.org)",
                |r| (&r.event.title).into(),
            ),
            maybe(
                "description",
                Holds::Text,
                "A sentence or two on it (schema.org)",
                |r| r.event.common.summary.as_ref().into(),
            ),
            column(
                "date",
                Holds::Edtf,
                "When, as exactly as it is known",
                |r| r.event.date.as_str().into(),
            ),
            column(
                "startDate",
                Holds::Day,
                "The first day that `date` allows (schema.org)",
                |r| r.event.date.earliest().into(),
            ),
            column(
                "endDate",
                Holds::Day,
                "The last day that `date` allows (schema.org)",
                |r| r.event.date.latest().into(),
            ),
            column(
                "dateBasis",
                Holds::OneOf(super::BASIS),
                "How the date is known",
                |r| super::basis(r.event.date_basis).into(),
            ),
            maybe("dateNote", Holds::Text, "How it was found, in words", |r| {
                r.event.date_note.as_ref().into()
            }),
            column(
                "status",
                Holds::OneOf(super::STATUS),
                "Whether it took place; `reported`: a source says so at second hand",
                |r| super::status(r.event.status).into(),
            ),
            column(
                "unconfirmed",
                Holds::Flag,
                "It was planned, its date has passed, and no later report says that it took place",
                |r| r.briefing.is_unconfirmed(r.event).into(),
            ),
            maybe(
                "location",
                Holds::Id("entities"),
                "Where (schema.org)",
                |r| {
                    let place = r.event.place.as_ref();
                    place.and_then(|p| r.briefing.open(&p.value)).into()
                },
            ),
            column(
                "participants",
                Holds::Ids("entities"),
                "Who took part",
                |r| {
                    let all = r.event.participants.iter();
                    Cell::ids(all.filter_map(|p| r.briefing.open(&p.value)))
                },
            ),
            column(
                "topics",
                Holds::Ids("topics"),
                "Topics it belongs to",
                |r| Cell::ids(r.links.map(|l| l.topics.as_slice()).unwrap_or_default()),
            ),
            maybe(
                "superEvent",
                Holds::Id("events"),
                "The event of which it is a part (schema.org)",
                |r| r.event.part_of.as_ref().map(|whole| &whole.value).into(),
            ),
            column(
                "articles",
                Holds::Ids("articles"),
                "Articles that tell of it, in order of publication",
                |r| Cell::ids(r.articles()),
            ),
            column(
                "independentArticles",
                Holds::Whole,
                "How many of these are independent of each other: neither copies another nor relies on it",
                |r| Cell::whole(r.briefing.links.independent_among(r.articles())),
            ),
            maybe("outcome", Holds::Text, "How it ended", |r| {
                r.event.outcome.as_ref().into()
            }),
            column("gaps", Holds::Texts, "What the sources leave open", |r| {
                Cell::list(&r.event.gaps)
            }),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.events.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        if let Some(event) = briefing.site.events.get(id) {
            let links = briefing.links.events.get(id);
            visit(&Row {
                briefing,
                event,
                links,
            });
        }
    }
}

/// Links between events.
pub(in super::super) struct Links;

/// One of them.
pub(in super::super) struct Link<'a> {
    briefing: &'a Briefing<'a>,
    from: &'a Id,
    rank: usize,
    to: &'a Related,
}

impl Table for Links {
    const NAME: &'static str = "links";
    const RECORD: &'static str = "A link from one event to a related one, with its reasons";
    type Row<'a> = Link<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("links"),
                "The two ids, `EVENT/EVENT`",
                |r| format!("{}/{}", r.from, r.to.to).into(),
            ),
            column(
                "url",
                Holds::Url,
                "The page of the event that is linked from",
                |r| r.briefing.page_of(Kind::Event, r.from).into(),
            ),
            column(
                "event",
                Holds::Id("events"),
                "The event that is linked from",
                |r| r.from.into(),
            ),
            column("related", Holds::Id("events"), "The related one", |r| {
                (&r.to.to).into()
            }),
            column("relatedUrl", Holds::Url, "Its page", |r| {
                r.briefing.page_of(Kind::Event, &r.to.to).into()
            }),
            column(
                "rank",
                Holds::Whole,
                "Its place among those related to the event, from 1",
                |r| Cell::whole(r.rank),
            ),
            column(
                "points",
                Holds::Whole,
                "The sum of the points of the reasons",
                |r| Cell::whole(r.to.points),
            ),
            column(
                "kinds",
                Holds::SomeOf(super::super::related::KINDS),
                "The reasons, most points first",
                |r| kinds(&r.to.reasons),
            ),
            column(
                "reasons",
                Holds::Texts,
                "The same in words, as the event’s page has them",
                |r| {
                    let reasons = r.to.reasons.iter();
                    Cell::list(reasons.filter_map(|(reason, points)| {
                        r.briefing.reason_in_words((reason, *points), &r.to.to)
                    }))
                },
            ),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.events.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Link<'_>)) {
        let links = briefing.links.events.get(id);
        let related = links.map(|l| l.related.as_slice()).unwrap_or_default();
        for (to, rank) in related.iter().zip(1..) {
            visit(&Link {
                briefing,
                from: id,
                rank,
                to,
            });
        }
    }
}

/// The kinds of reasons, in their order.
pub(super) fn kinds(reasons: &[(Reason, u16)]) -> Cell<'_> {
    Cell::list(
        reasons
            .iter()
            .map(|(reason, _)| super::super::related::kind(reason)),
    )
}
