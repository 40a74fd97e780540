//! `mentions`: the names of entities in the texts.

use super::super::table::{Cell, Column, Holds, Table, column};
use super::marks::{self, At, Open};
use crate::model::{Id, MarkKind, MentionRule};
use crate::render::view::Briefing;

/// The mentions.
pub(in super::super) struct Mentions;

/// One of them.
pub(in super::super) struct Row<'a> {
    at: At<'a>,
    entity: &'a Id,
    rule: MentionRule,
}

impl Table for Mentions {
    const NAME: &'static str = "mentions";
    const RECORD: &'static str = "A place where an article names an entity";
    const MANY: bool = true;
    type Row<'a> = Row<'a>;

    fn columns() -> Vec<Column<Self>> {
        let rules = Holds::OneOf(&[
            "name", "alias", "weak", "demonym", "language", "override", "link",
        ]);
        vec![
            column(
                "id",
                Holds::Id("mentions"),
                "The article’s id, `/m` and a number, in order of the text",
                |r| r.at.id('m').into(),
            ),
            column("url", Holds::Url, marks::URL, |r| r.at.url().into()),
            column("article", Holds::Id("articles"), "The article", |r| {
                r.at.open.article.id().into()
            }),
            column("sentence", Holds::Sentence, marks::SENTENCE, |r| {
                r.at.sentence_id().into()
            }),
            column("entity", Holds::Id("entities"), "The entity", |r| {
                r.entity.into()
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
                "matched",
                rules,
                "What in the entity’s entry matched: its name, an alias, one that counts after a full mention only, a demonym, a name in another \
                 language; or a correction or a link says so",
                |r| {
                    match r.rule {
                        MentionRule::Name => "name",
                        MentionRule::Alias => "alias",
                        MentionRule::Weak => "weak",
                        MentionRule::Demonym => "demonym",
                        MentionRule::Language => "language",
                        MentionRule::Override => "override",
                        MentionRule::Link => "link",
                    }
                    .into()
                },
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
        let Some(open) = Open::of(briefing, id) else {
            return;
        };
        let named = open
            .text
            .annotated
            .marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Entity { id, rule } => {
                    let entity = briefing.site.entities.get(id)?;
                    (briefing.shows(entity) && open.sentence(mark.range.start).is_some())
                        .then_some((mark, id, *rule))
                }
                _ => None,
            });
        for ((mark, entity, rule), number) in named.zip(1..) {
            if let Some(at) = At::of(&open, mark, number) {
                visit(&Row { at, entity, rule });
            }
        }
    }
}
