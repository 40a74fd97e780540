//! `values`: the values of each measure.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use super::figures::{currency, kind, unit};
use crate::link::MeasureLinks;
use crate::link::measures::{AsOfBasis, Value};
use crate::model::{Article, Difference, Id, Kind, Rights, Speaker};
use crate::render::view::Briefing;

/// The values of measures.
pub(in super::super) struct Values;

/// One of them.
pub(in super::super) struct Row<'a> {
    briefing: &'a Briefing<'a>,
    measure: &'a Id,
    links: &'a MeasureLinks,
    index: usize,
    value: &'a Value,
    article: &'a Article,
}

impl Row<'_> {
    fn is_open(&self) -> bool {
        self.article.rights == Rights::Full
    }

    fn id(&self, index: usize) -> String {
        format!("{}/v{}", self.measure, index + 1)
    }
}

impl Table for Values {
    const NAME: &'static str = "values";
    const RECORD: &'static str = "A value of a measure, as one source gives it";
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("values"),
                "The measure’s id, `/v` and a number, in order of publication",
                |r| r.id(r.index).into(),
            ),
            column("url", Holds::Url, "The measure’s page", |r| {
                r.briefing.page_of(Kind::Measure, r.measure).into()
            }),
            column("measure", Holds::Id("measures"), "The measure", |r| {
                r.measure.into()
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
            maybe(
                "sentence",
                Holds::Sentence,
                super::evidence::SENTENCE,
                |r| {
                    let id = || super::sentence_id(r.article.id(), r.value.passage.first);
                    r.is_open().then(id).into()
                },
            ),
            column(
                "sentenceUrl",
                Holds::Url,
                "Where it can be read; the article’s page where that does not print it",
                |r| {
                    r.briefing
                        .sentence_url(r.article, r.value.passage.first)
                        .into()
                },
            ),
            maybe(
                "text",
                Holds::Text,
                "The words of the sentence or sentences, where the rights in the article allow printing them",
                |r| {
                    let passage = r.value.passage;
                    r.briefing
                        .sentences(r.article.id(), passage.first, passage.last)
                        .into()
                },
            ),
            maybe(
                "figure",
                Holds::Id("figures"),
                "The figure that it is, where the article’s figures are published",
                |r| {
                    let published = r.is_open() && r.briefing.site.config.layers.figures;
                    let index = r.value.figure.filter(|_| published);
                    index
                        .map(|i| super::figures::id(r.article.id(), i as usize))
                        .into()
                },
            ),
            maybe(
                "minValue",
                Holds::Number,
                "Lower end, in the unit (schema.org); that of `maxValue` for a single number, nothing where it is open",
                |r| r.value.min.into(),
            ),
            maybe("maxValue", Holds::Number, "Upper end (schema.org)", |r| {
                r.value.max.into()
            }),
            column(
                "kind",
                Holds::OneOf(super::FIGURE),
                "What sort of number it is",
                |r| kind(&r.value.kind).into(),
            ),
            maybe(
                "unitText",
                Holds::Text,
                "The unit of a `measure` (schema.org)",
                |r| unit(&r.value.kind).into(),
            ),
            maybe(
                "currency",
                Holds::Text,
                "ISO 4217 code of `money` (schema.org)",
                |r| currency(&r.value.kind).into(),
            ),
            column(
                "hedge",
                Holds::OneOf(super::HEDGE),
                "How exact the source is",
                |r| super::hedge(r.value.hedge).into(),
            ),
            maybe(
                "words",
                Holds::Text,
                "The source’s words, where numbers do not say it",
                |r| r.value.words.as_ref().into(),
            ),
            maybe("counts", Holds::Text, "What exactly is counted", |r| {
                r.value.counts.as_ref().into()
            }),
            maybe(
                "speaker",
                Holds::Id("entities"),
                "Who says so, where that is known by name",
                |r| match &r.value.speaker {
                    Some(Speaker::Entity(id)) => r.briefing.open(id).into(),
                    _ => Cell::Nothing,
                },
            ),
            maybe(
                "speakerWords",
                Holds::Text,
                "The words for who says so, where no name is known",
                |r| match &r.value.speaker {
                    Some(Speaker::Words(words)) => words.into(),
                    _ => Cell::Nothing,
                },
            ),
            maybe("asOf", Holds::Edtf, "When it holds", |r| {
                r.value
                    .as_of
                    .as_ref()
                    .map(|as_of| as_of.date.as_str())
                    .into()
            }),
            maybe(
                "asOfBasis",
                Holds::OneOf(&["editor", "sentence", "measure", "published"]),
                "How that is known: an editor says so, words of the sentence, the measure’s entry, or it is the day of the report",
                |r| {
                    let word = |basis: &AsOfBasis| match basis {
                        AsOfBasis::Editor => "editor",
                        AsOfBasis::Sentence(_) => "sentence",
                        AsOfBasis::Measure => "measure",
                        AsOfBasis::Published => "published",
                    };
                    r.value
                        .as_of
                        .as_ref()
                        .map(|as_of| word(&as_of.basis))
                        .into()
                },
            ),
            maybe(
                "contradicts",
                Holds::Id("values"),
                "The first value that it contradicts, where the measure’s `difference` is `open`",
                |r| {
                    let open = r.links.difference == Some(Difference::Open);
                    let other = r.links.disputes.get(&r.index).filter(|_| open);
                    other.map(|other| r.id(*other)).into()
                },
            ),
            maybe(
                "repeats",
                Holds::Id("articles"),
                "An article that gives the same value and of which this one is not independent",
                |r| r.value.repeats.as_ref().into(),
            ),
            column(
                "state",
                Holds::OneOf(super::STATE),
                "Found by rule, or written or confirmed by an editor",
                |r| super::state(r.value.state).into(),
            ),
            column(
                "why",
                Holds::Text,
                "Why it is a value of the measure, in words",
                |r| r.briefing.value_why(&r.value.why).into(),
            ),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.site.measures.keys().collect()
    }

    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        let Some(links) = briefing.links.measures.get(id) else {
            return;
        };
        for (index, value) in links.values.iter().enumerate() {
            let Some(article) = briefing.site.articles.get(&value.article) else {
                continue;
            };
            visit(&Row {
                briefing,
                measure: id,
                links,
                index,
                value,
                article,
            });
        }
    }
}
