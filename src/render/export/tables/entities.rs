//! `entities`: people, organisations, places and terms.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use crate::link::EntityLinks;
use crate::model::{Entity, Id, Kind};
use crate::render::view::Briefing;

/// The entities that may be named.
pub(in super::super) struct Entities;

/// One of them.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    entity: &'a Entity,
    links: Option<&'a EntityLinks>,
}

impl Table for Entities {
    const NAME: &'static str = "entities";
    const RECORD: &'static str = "A person, organisation, place or term";
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("entities"),
                "Permanent id, one set for all four types",
                |r| r.entity.id().into(),
            ),
            column("url", Holds::Url, "Its page on the site", |r| {
                r.briefing.page_of(Kind::Entity, r.entity.id()).into()
            }),
            column(
                "type",
                Holds::OneOf(&["person", "organization", "place", "term"]),
                "What it is",
                |r| r.entity.entity_type.as_str().into(),
            ),
            column("name", Holds::Text, "Its name (schema.org)", |r| {
                (&r.entity.name.value).into()
            }),
            column(
                "alternateName",
                Holds::Texts,
                "Other full names (schema.org)",
                |r| Cell::list(r.entity.aliases.iter().map(|a| &a.value)),
            ),
            column("names", Holds::Names, "Names in other languages", |r| {
                let names = r.entity.names.iter();
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
                    let summary = r.entity.common.summary.as_ref();
                    r.entity.description.as_ref().or(summary).into()
                },
            ),
            maybe(
                "jobTitle",
                Holds::Text,
                "Office or position (schema.org)",
                |r| r.entity.role.as_ref().into(),
            ),
            maybe(
                "additionalType",
                Holds::Text,
                "What kind of thing it is: `city`, `ministry` (schema.org)",
                |r| r.entity.kind.as_ref().into(),
            ),
            maybe("country", Holds::Text, "Country", |r| {
                r.entity.country.as_ref().into()
            }),
            maybe(
                "affiliation",
                Holds::Id("entities"),
                "The organisation that a person speaks for (schema.org)",
                |r| {
                    let body = r.entity.affiliation.as_ref();
                    body.and_then(|b| r.briefing.open(&b.value)).into()
                },
            ),
            maybe(
                "latitude",
                Holds::Degrees(90),
                "Degrees north, WGS 84 (schema.org)",
                |r| {
                    r.entity
                        .coordinates
                        .map_or(Cell::Nothing, |(latitude, _)| Cell::Number(latitude))
                },
            ),
            maybe(
                "longitude",
                Holds::Degrees(180),
                "Degrees east, WGS 84 (schema.org)",
                |r| {
                    r.entity
                        .coordinates
                        .map_or(Cell::Nothing, |(_, longitude)| Cell::Number(longitude))
                },
            ),
            column(
                "sameAs",
                Holds::Urls,
                "The same thing elsewhere (schema.org)",
                |r| Cell::list(&r.entity.same_as),
            ),
            column(
                "mentions",
                Holds::Whole,
                "How often it is named in all articles, those among them whose text is not published",
                |r| Cell::whole(r.links.map_or(0, |l| l.total)),
            ),
            column("articles", Holds::Whole, "How many articles name it", |r| {
                Cell::whole(r.links.map_or(0, |l| l.articles().len()))
            }),
            column(
                "events",
                Holds::Ids("events"),
                "Events that it took part in, or that took place there, in order of time",
                |r| Cell::ids(r.links.map(|l| l.events.as_slice()).unwrap_or_default()),
            ),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        let all = briefing.site.entities.iter();
        all.filter(|(_, e)| !e.protect).map(|(id, _)| id).collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        if let Some(entity) = briefing.site.entities.get(id).filter(|e| !e.protect) {
            let links = briefing.links.entities.get(id);
            visit(&Row {
                briefing,
                entity,
                links,
            });
        }
    }
}
