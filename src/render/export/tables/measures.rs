//! `measures`: quantities that are followed from one source to another.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use crate::link::MeasureLinks;
use crate::model::{Difference, Id, Kind, Measure};
use crate::render::view::Briefing;

/// The measures.
pub(in super::super) struct Measures;

/// One of them.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    measure: &'a Measure,
    links: Option<&'a MeasureLinks>,
}

impl Table for Measures {
    const NAME: &'static str = "measures";
    const RECORD: &'static str = "A quantity that is followed from one source to another";
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column("id", Holds::Id("measures"), "Permanent id", |r| {
                (&r.measure.common.id).into()
            }),
            column("url", Holds::Url, "Its page on the site", |r| {
                r.briefing
                    .page_of(Kind::Measure, &r.measure.common.id)
                    .into()
            }),
            column("name", Holds::Text, "What is counted (schema.org)", |r| {
                (&r.measure.title).into()
            }),
            maybe(
                "description",
                Holds::Text,
                "A sentence or two on it (schema.org)",
                |r| r.measure.common.summary.as_ref().into(),
            ),
            column(
                "unitText",
                Holds::Texts,
                "Nouns that count as its unit (schema.org)",
                |r| Cell::list(&r.measure.unit),
            ),
            column(
                "sumOf",
                Holds::Ids("measures"),
                "Measures of which it is the sum",
                |r| Cell::ids(r.measure.sum_of.iter().map(|m| &m.value)),
            ),
            maybe(
                "subsetOf",
                Holds::Id("measures"),
                "The measure of which it counts a part",
                |r| r.measure.subset_of.as_ref().map(|m| &m.value).into(),
            ),
            column(
                "topics",
                Holds::Ids("topics"),
                "Topics it belongs to",
                |r| Cell::ids(r.measure.topics.iter().map(|t| &t.value)),
            ),
            column(
                "events",
                Holds::Ids("events"),
                "Events it belongs to",
                |r| Cell::ids(r.measure.events.iter().map(|e| &e.value)),
            ),
            column("values", Holds::Whole, "How many values it has", |r| {
                Cell::whole(r.links.map_or(0, |l| l.values.len()))
            }),
            maybe(
                "difference",
                Holds::OneOf(&["open", "resolved", "estimates"]),
                "How its values differ: they contradict each other, they do not though they differ, or nobody counted",
                |r| {
                    let word = |difference| match difference {
                        Difference::Open => "open",
                        Difference::Resolved => "resolved",
                        Difference::Estimates => "estimates",
                    };
                    r.links.and_then(|l| l.difference).map(word).into()
                },
            ),
            maybe(
                "verdict",
                Holds::Text,
                "The editors’ reading of that",
                |r| r.measure.verdict.as_ref().into(),
            ),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.measures.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        if let Some(measure) = briefing.site.measures.get(id) {
            let links = briefing.links.measures.get(id);
            visit(&Row {
                briefing,
                measure,
                links,
            });
        }
    }
}
