//! `data/related.json` and `data/stories.json`.

use serde_json::{Map, Value, json};

use crate::link::{Reason, Related};
use crate::model::Id;
use crate::render::view::Briefing;

/// One object: by article id, the list of its related articles, best first.
pub(super) fn related(briefing: &Briefing) -> String {
    let limit = briefing.site.config.data.related;
    let lines = briefing.site.articles.values().map(|article| {
        let links = briefing.links.articles.get(article.id());
        let related = links.map(|l| l.related.as_slice()).unwrap_or_default();
        let entries: Vec<Value> = related
            .iter()
            .take(limit)
            .map(|r| entry(briefing, r))
            .collect();
        format!("{}:{}", json!(article.id()), Value::Array(entries))
    });
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// A list of objects, one for each story: its `articles`, by id.
pub(super) fn stories(briefing: &Briefing) -> String {
    let lines = briefing
        .links
        .stories
        .iter()
        .map(|articles| json!({ "articles": articles }).to_string());
    let lines: Vec<String> = lines.collect();
    match lines.is_empty() {
        true => "[]\n".to_owned(),
        false => format!("[\n{}\n]\n", lines.join(",\n")),
    }
}

fn entry(briefing: &Briefing, related: &Related) -> Value {
    let reasons = related.reasons.iter().map(|(reason, points)| {
        let mut object = Map::new();
        object.insert("kind".into(), kind(reason).into());
        object.insert("points".into(), (*points).into());
        if let Some((key, value)) = details(reason) {
            object.insert(key.into(), value);
        }
        if let Some(words) = briefing.reason_in_words(reason, &related.to) {
            object.insert("words".into(), words.into());
        }
        Value::Object(object)
    });
    json!({
        "id": related.to,
        "points": related.points,
        "reasons": reasons.collect::<Vec<_>>(),
    })
}

/// The word for a reason in data.
fn kind(reason: &Reason) -> &'static str {
    match reason {
        Reason::Linked { .. } => "linked",
        Reason::PartOf => "part_of",
        Reason::HasPart => "has_part",
        Reason::BasedOn => "based_on",
        Reason::Duplicate => "duplicate",
        Reason::Reprint(_) => "reprint",
        Reason::SharedEvents(_) => "events",
        Reason::SameReport(_) => "reports",
        Reason::SamePlace(_) => "place",
        Reason::Shares(_) => "entities",
        Reason::SharedNames(_) => "names",
        Reason::SharedFigures(_) => "figures",
        Reason::SameDates(_) => "dates",
        Reason::SameTopic(_) => "topics",
        Reason::SameWords { .. } => "same_words",
        Reason::Wording(_) => "wording",
        Reason::Through(_) => "through",
        Reason::Days(_) => "days",
    }
}

/// What a reason names, under the key that tells what it is.
fn details(reason: &Reason) -> Option<(&'static str, Value)> {
    let ids = |ids: &Vec<Id>| json!(ids);
    Some(match reason {
        Reason::Linked { why, .. } => ("why", json!(why)),
        Reason::PartOf | Reason::HasPart | Reason::BasedOn | Reason::Duplicate => return None,
        Reason::Reprint(part) => ("percent", json!(part)),
        Reason::SharedEvents(events) => ("events", ids(events)),
        Reason::SameReport(articles) | Reason::Through(articles) => ("articles", ids(articles)),
        Reason::SamePlace(place) => ("entities", json!([place])),
        Reason::Shares(entities) => ("entities", ids(entities)),
        Reason::SharedNames(names) => ("names", json!(names)),
        Reason::SharedFigures(figures) => ("figures", json!(figures)),
        Reason::SameDates(days) => ("dates", json!(days)),
        Reason::SameTopic(topics) => ("topics", ids(topics)),
        Reason::SameWords { count, .. } => ("count", json!(count)),
        Reason::Wording(words) => ("terms", json!(words)),
        Reason::Days(days) => ("days", json!(days)),
    })
}
