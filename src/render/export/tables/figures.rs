//! `figures`: the numbers of the texts that say how many or how much.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use super::marks::{self, At, Open};
use crate::model::{FigureKind, FigureMark, Id, MarkKind};
use crate::render::view::Briefing;

/// The figures.
pub(in super::super) struct Figures;

/// One of them.
pub(in super::super) struct Row<'a> {
    at: At<'a>,
    figure: &'a FigureMark,
}

impl Row<'_> {
    /// The measure that follows it.
    fn measure(&self) -> Option<&Id> {
        let open = self.at.open;
        let found = open
            .briefing
            .links
            .measures
            .of(open.article.id(), self.at.number - 1);
        found.or(self.figure.measure.as_ref())
    }
}

/// The id of a figure by its index among those of its article.
pub(super) fn id(article: &Id, index: usize) -> String {
    format!("{article}/f{}", index + 1)
}

/// The word for a sort of number.
pub(super) fn kind(kind: &FigureKind) -> &'static str {
    match kind {
        FigureKind::Cardinal => "cardinal",
        FigureKind::Ordinal => "ordinal",
        FigureKind::Percent => "percent",
        FigureKind::Money { .. } => "money",
        FigureKind::Measure { .. } => "measure",
    }
}

/// The unit of an amount.
pub(super) fn unit(kind: &FigureKind) -> Option<&str> {
    match kind {
        FigureKind::Measure { unit } => Some(unit),
        _ => None,
    }
}

/// The currency of a sum of money.
pub(super) fn currency(kind: &FigureKind) -> Option<&str> {
    match kind {
        FigureKind::Money { currency } => Some(currency),
        _ => None,
    }
}

impl Table for Figures {
    const NAME: &'static str = "figures";
    const RECORD: &'static str = "A number that says how many or how much";
    const MANY: bool = true;
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("figures"),
                "The article’s id, `/f` and a number, in order of the text",
                |r| r.at.id('f').into(),
            ),
            column("url", Holds::Url, marks::URL, |r| r.at.url().into()),
            column("article", Holds::Id("articles"), "The article", |r| {
                r.at.open.article.id().into()
            }),
            column("sentence", Holds::Sentence, marks::SENTENCE, |r| {
                r.at.sentence_id().into()
            }),
            column(
                "exact",
                Holds::Text,
                "Its own words, with currency and unit, without the hedge (W3C Web Annotation)",
                |r| (&*r.at.placed().exact).into(),
            ),
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
                "kind",
                Holds::OneOf(super::FIGURE),
                "What sort of number it is: a count, a place in one, hundredths, money, an amount of a unit",
                |r| kind(&r.figure.kind).into(),
            ),
            maybe(
                "minValue",
                Holds::Number,
                "Lower end, in `unitText`, `currency` or hundredths (schema.org); that of `maxValue` for a single number, nothing where it is open",
                |r| r.figure.min.into(),
            ),
            maybe("maxValue", Holds::Number, "Upper end (schema.org)", |r| {
                r.figure.max.into()
            }),
            maybe(
                "unitText",
                Holds::Text,
                "The unit of a `measure`, in English and the singular (schema.org)",
                |r| unit(&r.figure.kind).into(),
            ),
            maybe(
                "currency",
                Holds::Text,
                "ISO 4217 code of `money` (schema.org)",
                |r| currency(&r.figure.kind).into(),
            ),
            column(
                "hedge",
                Holds::OneOf(super::HEDGE),
                "How exact the text is",
                |r| super::hedge(r.figure.hedge).into(),
            ),
            maybe(
                "counts",
                Holds::Text,
                "What it counts, in the text’s words",
                |r| {
                    let counted = r.figure.counted.as_ref();
                    counted.map(|c| r.at.open.words(c.range)).into()
                },
            ),
            maybe(
                "noun",
                Holds::Text,
                "The noun of that, in lower case and the singular",
                |r| r.figure.counted.as_ref().map(|c| &c.noun).into(),
            ),
            maybe(
                "measure",
                Holds::Id("measures"),
                "The measure of which it is a value",
                |r| r.measure().into(),
            ),
            maybe(
                "speaker",
                Holds::Id("entities"),
                "Who gives it, where it stands in something said and they are known by name",
                |r| r.at.open.speaker(r.figure.speaker.as_deref()).into(),
            ),
            maybe(
                "speakerWords",
                Holds::Text,
                "The text’s words for them",
                |r| r.figure.speaker.as_ref().map(|voice| &voice.words).into(),
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
        let open = Open::of(briefing, id).filter(|_| briefing.site.config.layers.figures);
        let Some(open) = open else {
            return;
        };
        let mut number = 0;
        for mark in &open.text.annotated.marks {
            let MarkKind::Figure(figure) = &mark.kind else {
                continue;
            };
            let Some(at) = At::of(&open, mark, number + 1) else {
                continue;
            };
            number += 1;
            visit(&Row { at, figure });
        }
    }
}
