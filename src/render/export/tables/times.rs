//! `times`: the time expressions of the texts, as TIMEX3 has them.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use super::marks::{self, At, Open};
use crate::base::Edtf;
use crate::model::{Id, MarkKind, TimeMark, TimexType};
use crate::render::view::Briefing;

/// The time expressions.
pub(in super::super) struct Times;

/// One of them.
pub(in super::super) struct Row<'a> {
    at: At<'a>,
    time: &'a TimeMark,
    /// The part of the calendar that it names.
    date: Option<Edtf>,
}

impl Table for Times {
    const NAME: &'static str = "times";
    const RECORD: &'static str = "A time expression and what it means";
    const MANY: bool = true;
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("times"),
                "The article’s id, `/t` and a number, in order of the text",
                |r| r.at.id('t').into(),
            ),
            column("url", Holds::Url, marks::URL, |r| r.at.url().into()),
            column("article", Holds::Id("articles"), "The article", |r| {
                r.at.open.article.id().into()
            }),
            column("sentence", Holds::Sentence, marks::SENTENCE, |r| {
                r.at.sentence_id().into()
            }),
            column("exact", Holds::Text, marks::EXACT, |r| {
                (&*r.at.placed().exact).into()
            }),
            column("start", Holds::Whole, marks::START, |r| {
                Cell::whole(r.at.placed().start)
            }),
            column("end", Holds::Whole, marks::END, |r| {
                Cell::whole(r.at.placed().end)
            }),
            column("text", Holds::Text, marks::TEXT, |r| {
                (&*r.at.placed().text).into()
            }),
            column(
                "type",
                Holds::OneOf(&["DATE", "TIME", "DURATION", "SET"]),
                "A day or something longer, a time of day, a length of time, or something that repeats (TIMEX3)",
                |r| {
                    match r.time.timex {
                        TimexType::Date => "DATE",
                        TimexType::Time => "TIME",
                        TimexType::Duration => "DURATION",
                        TimexType::Set => "SET",
                    }
                    .into()
                },
            ),
            column(
                "value",
                Holds::Text,
                "What it means (TIMEX3): `2014-02-25`, `2010`, `P10D`, `PAST_REF`",
                |r| (&r.time.value).into(),
            ),
            maybe(
                "mod",
                Holds::Text,
                "What narrows or blurs that (TIMEX3): `END` of late 2010, `APPROX`",
                |r| r.time.modifier.into(),
            ),
            maybe(
                "alternative",
                Holds::Text,
                "A second value, where a reader might well take it so",
                |r| r.time.alternative.as_ref().into(),
            ),
            maybe(
                "startDate",
                Holds::Day,
                "The first day of what it names on the calendar (schema.org)",
                |r| r.date.as_ref().map(Edtf::earliest).into(),
            ),
            maybe(
                "endDate",
                Holds::Day,
                "The last day of that (schema.org)",
                |r| r.date.as_ref().map(Edtf::latest).into(),
            ),
            column(
                "isStated",
                Holds::Flag,
                "Whether the words alone say it all",
                |r| r.time.stated.into(),
            ),
            column(
                "why",
                Holds::Text,
                "How the value was found, in words",
                |r| r.at.open.briefing.date_why(&r.time.why).into(),
            ),
            column("state", Holds::OneOf(super::STATE), marks::STATE, |r| {
                super::state(r.at.mark.state).into()
            }),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.articles.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        let open = Open::of(briefing, id).filter(|_| briefing.site.config.layers.dates);
        let Some(open) = open else {
            return;
        };
        let mut number = 0;
        for mark in &open.text.annotated.marks {
            let MarkKind::Time(time) = &mark.kind else {
                continue;
            };
            let Some(at) = At::of(&open, mark, number + 1) else {
                continue;
            };
            number += 1;
            let date = Edtf::of_timex(&time.value);
            visit(&Row { at, time, date });
        }
    }
}
