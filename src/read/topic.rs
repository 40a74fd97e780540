//! Topics.

use super::common;
use super::event::evidence;
use super::fields::Fields;
use crate::model::{Body, Fact, Id, Rules, Topic};

/// What front matter looks like at least.
pub(super) const EXAMPLE: &str = "+++\ntitle = \"…\"\n+++";

/// The most points that rules may ask for.
const MOST_POINTS: i64 = 1000;

/// Reads a topic.
pub(super) fn read(fields: &mut Fields<'_, '_>, id: &Id, body: Body) -> Option<Topic> {
    let common = common::read(fields, id, body, "title", "aliases");
    let title = fields.required_string("title");
    let names = fields.names();
    let lead = fields.string("lead");
    let order = fields.integer("order", i64::MIN..=i64::MAX);
    let articles = fields.ids("articles");
    let not_articles = fields.ids("not_articles");
    let events = fields.ids("events");
    let gaps = fields.strings("gaps");
    let facts = fields.tables("facts", "a fact", fact);
    let rules = fields.table("rules", "the table of rules", rules);
    Some(Topic {
        common,
        title: title?.value,
        names,
        lead,
        order,
        rules: rules.unwrap_or_else(|| Rules {
            min_score: 1,
            ..Rules::default()
        }),
        articles,
        not_articles,
        events,
        facts,
        gaps,
    })
}

fn rules(fields: &mut Fields<'_, '_>) -> Rules {
    let rules = Rules {
        any: fields.strings("any"),
        all: fields.strings("all"),
        none: fields.strings("none"),
        entities: fields.ids("entities"),
        events: fields.ids("events"),
        outlets: fields.strings("outlets"),
        after: fields.date("after"),
        before: fields.date("before"),
        min_score: fields
            .integer("min_score", 1..=MOST_POINTS)
            .and_then(|points| u16::try_from(points).ok())
            .unwrap_or(1),
    };
    if let (Some(after), Some(before)) = (rules.after, rules.before)
        && before < after
    {
        let span = fields.place_of("before");
        let wrong = format!("must not come before `after`, which is {after}");
        fields.bad(crate::base::Code::BadValue, "before", &span, &wrong);
    }
    rules
}

fn fact(fields: &mut Fields<'_, '_>) -> Option<Fact> {
    let label = fields.required_string("label");
    let value = fields.required_string("value");
    let measure = fields.id("measure");
    let note = fields.string("note");
    let evidence = fields.tables("evidence", "evidence", evidence);
    Some(Fact {
        label: label?.value,
        value: value?.value,
        evidence,
        measure,
        note,
    })
}
