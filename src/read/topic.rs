//! Topics.

use super::common;
use super::event::evidence;
use super::fields::Fields;
use crate::base::{Code, Diagnostic};
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
    let forced = events.len();
    let rules = fields.table("rules", "the table of rules", |fields| {
        rules(fields, forced)
    });
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

fn rules(fields: &mut Fields<'_, '_>, forced_events: usize) -> Rules {
    let rules = Rules {
        any: fields.strings("any"),
        all: fields.strings("all"),
        none: fields.strings("none"),
        entities: fields.ids("entities"),
        events: fields.ids("events"),
        outlets: fields.spanned_strings("outlets"),
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
        fields.bad(Code::BadValue, "before", &span, &wrong);
    }
    idle(fields, &rules, forced_events);
    rules
}

/// Warns of rules that can never let an article in.
fn idle(fields: &mut Fields<'_, '_>, rules: &Rules, forced_events: usize) {
    // What is there and not understood is told where it stands.
    let named = [
        "any", "all", "entities", "events", "outlets", "after", "before",
    ]
    .iter()
    .any(|key| fields.has(key));
    let mut warn = |key: Option<&str>, message: String, help: &str| {
        let span = key.map_or_else(|| fields.place().clone(), |key| fields.place_of(key));
        fields.report(Diagnostic::new(Code::IdleRule, span, message).help(help));
    };
    let asked = || rules.any.iter().chain(&rules.all);
    for phrase in &rules.none {
        if asked().any(|other| other.to_lowercase() == phrase.to_lowercase()) {
            let message = format!("`none` forbids ‘{phrase}’, for which the same rules ask");
            warn(
                Some("none"),
                message,
                "take the phrase out of one of the lists",
            );
        }
    }
    let limits = usize::from(!rules.outlets.is_empty())
        + usize::from(rules.after.is_some() || rules.before.is_some());
    let most = match rules.has_scoring() {
        // As `link::topics` gives them: in the title and in the text, from the third mention, and for each event.
        true => {
            6 * asked().count()
                + 2 * rules.entities.len()
                + 3 * (rules.events.len() + forced_events)
        }
        false => limits + 3 * forced_events,
    };
    if most == 0 && !named {
        let message = "these rules let no article in: nothing in them gives points".to_owned();
        warn(
            None,
            message,
            "add phrases (`any = [\"…\"]`), `entities`, `events`, `outlets` or dates",
        );
    } else if most > 0 && most < usize::from(rules.min_score) {
        let message =
            format!("`min_score` is out of reach: these rules give {most} points at most");
        warn(
            Some("min_score"),
            message,
            "lower it, or add phrases, entities or events",
        );
    }
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
