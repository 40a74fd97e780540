//! `quotations`: what is said in the texts, in quotation marks or without.

use super::super::table::{Cell, Column, Holds, Table, column, maybe};
use super::marks::{self, At, Open};
use crate::link::speech::from_outlet;
use crate::model::{Id, MarkKind, QuotationKind, QuotationMark};
use crate::render::view::Briefing;

/// What is said.
pub(in super::super) struct Quotations;

/// A part of something said.
pub(in super::super) struct Row<'a> {
    at: At<'a>,
    quotation: &'a QuotationMark,
}

impl Row<'_> {
    /// Whether it has quotation marks. Where reported speech ends is not known well enough to give its words.
    fn is_quoted(&self) -> bool {
        self.quotation.kind != QuotationKind::Indirect
    }

    /// The entities that it names.
    fn about(&self) -> Cell<'_> {
        let open = self.at.open;
        let all = open.text.annotated.marks.iter();
        let inside = all.filter(|m| self.at.mark.range.contains(m.range));
        let mut named: Vec<&Id> = inside
            .filter_map(|m| match &m.kind {
                MarkKind::Entity { id, .. } => Some(id),
                _ => None,
            })
            .filter(|id| {
                open.briefing
                    .site
                    .entities
                    .get(*id)
                    .is_some_and(|e| open.briefing.shows(e))
            })
            .collect();
        named.sort();
        named.dedup();
        Cell::ids(named)
    }
}

impl Table for Quotations {
    const NAME: &'static str = "quotations";
    const RECORD: &'static str = "Something said, or a part of it: quoted or reported";
    const MANY: bool = true;
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        vec![
            column(
                "id",
                Holds::Id("quotations"),
                "The article’s id, `/q` and a number, in order of the text",
                |r| r.at.id('q').into(),
            ),
            column("url", Holds::Url, marks::URL, |r| r.at.url().into()),
            column("article", Holds::Id("articles"), "The article", |r| {
                r.at.open.article.id().into()
            }),
            column("sentence", Holds::Sentence, marks::SENTENCE, |r| {
                r.at.sentence_id().into()
            }),
            column(
                "kind",
                Holds::OneOf(&["direct", "partial", "indirect"]),
                "Whole sentences in quotation marks, a part of one, or reported without marks",
                |r| {
                    match r.quotation.kind {
                        QuotationKind::Direct | QuotationKind::Scare => "direct",
                        QuotationKind::Partial => "partial",
                        QuotationKind::Indirect => "indirect",
                    }
                    .into()
                },
            ),
            maybe(
                "exact",
                Holds::Text,
                "The words with their quotation marks; none for `indirect`, whose end cannot be known exactly (W3C Web Annotation)",
                |r| r.is_quoted().then(|| &*r.at.placed().exact).into(),
            ),
            maybe("start", Holds::Whole, marks::START, |r| {
                match r.is_quoted() {
                    true => Cell::whole(r.at.placed().start),
                    false => Cell::Nothing,
                }
            }),
            maybe("end", Holds::Whole, marks::END, |r| match r.is_quoted() {
                true => Cell::whole(r.at.placed().end),
                false => Cell::Nothing,
            }),
            column("text", Holds::Text, marks::TEXT, |r| {
                (&*r.at.placed().text).into()
            }),
            column(
                "speech",
                Holds::Whole,
                "The same number for all parts of one speech in the article",
                |r| Cell::whole(r.quotation.group),
            ),
            maybe(
                "speaker",
                Holds::Id("entities"),
                "Who speaks, where they are known by name (`spokenByCharacter` of schema.org)",
                |r| r.at.open.speaker(r.quotation.speaker.as_deref()).into(),
            ),
            maybe(
                "speakerWords",
                Holds::Text,
                "The text’s words for them",
                |r| {
                    r.quotation
                        .speaker
                        .as_ref()
                        .map(|voice| &voice.words)
                        .into()
                },
            ),
            column(
                "isAnonymous",
                Holds::Flag,
                "Whether the text keeps back their name",
                |r| {
                    r.quotation
                        .speaker
                        .as_ref()
                        .is_some_and(|v| v.anonymous)
                        .into()
                },
            ),
            maybe(
                "affiliation",
                Holds::Id("entities"),
                "What such a source belongs to (schema.org)",
                |r| {
                    let body = r
                        .quotation
                        .speaker
                        .as_ref()
                        .and_then(|v| v.affiliation.as_ref());
                    body.and_then(|id| r.at.open.briefing.open(id)).into()
                },
            ),
            maybe(
                "verb",
                Holds::Text,
                "The verb of speech, in the text’s words",
                |r| r.quotation.verb.map(|verb| r.at.open.words(verb)).into(),
            ),
            column(
                "about",
                Holds::Ids("entities"),
                "Entities that it names (schema.org)",
                |r| r.about(),
            ),
            column("state", Holds::OneOf(super::STATE), marks::STATE, |r| {
                super::state(r.at.mark.state).into()
            }),
        ]
    }

    fn ids<'b>(briefing: &'b Briefing) -> Vec<&'b Id> {
        briefing.articles.keys().collect()
    }

    /// Not among them: marks around a mere term, and what the article's own outlet writes.
    fn rows(briefing: &Briefing, id: &Id, visit: &mut dyn FnMut(&Row<'_>)) {
        let open = Open::of(briefing, id).filter(|_| briefing.site.config.layers.quotations);
        let Some(open) = open else {
            return;
        };
        let own = |quotation: &QuotationMark| {
            let voice = quotation.speaker.as_ref().and_then(|v| v.entity.as_ref());
            let speaker = voice.and_then(|id| briefing.site.entities.get(id));
            speaker.is_some_and(|entity| from_outlet(open.article, entity))
        };
        let mut number = 0;
        for mark in &open.text.annotated.marks {
            let MarkKind::Quotation(quotation) = &mark.kind else {
                continue;
            };
            if quotation.kind == QuotationKind::Scare || own(quotation) {
                continue;
            }
            if let Some(at) = At::of(&open, mark, number + 1) {
                number += 1;
                visit(&Row { at, quotation });
            }
        }
    }
}
