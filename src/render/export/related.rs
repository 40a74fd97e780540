//! `data/related.json` and `data/stories.json`.

use serde_json::{Value, json};

use crate::link::related::QUOTED;
use crate::link::{Reason, Related, Workers};
use crate::model::Id;
use crate::render::view::Briefing;

/// Articles that one worker takes at a time.
const PIECE: usize = 64;

/// The schema of `data/related.json`.
pub(super) fn related_schema() -> Value {
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let number = |about: &str, least: i32| json!({ "type": "integer", "minimum": least, "description": about });
    let texts = |about: &str| {
        let mut texts = texts.clone();
        texts["description"] = about.into();
        texts
    };
    let reason = json!({
        "type": "object",
        "required": ["kind", "points"],
        "additionalProperties": false,
        "properties": {
            "kind": { "enum": KINDS, "description": "What both have in common, or what one is to the other" },
            "points": number("What it counts for", 0),
            "words": { "type": "string", "description": "The reason as a page prints it; with the first twelve of each list only" },
            "events": texts("Ids of events"),
            "entities": texts("Ids of entities"),
            "topics": texts("Ids of topics"),
            "articles": texts("Ids of articles that are near to both"),
            "names": texts("Names that no entry lists"),
            "figures": texts("Figures, in the words of the article"),
            "dates": texts("Days that both name, ISO 8601"),
            "terms": texts("Words of the article that the other has in some form"),
            "count": number("Length in words of the longest run that stands in both", 1),
            "percent": { "type": "integer", "minimum": 0, "maximum": 100, "description": "How much of the shorter text stands in the other" },
            "days": { "type": "integer", "description": "Days from the article to the other; negative where that is older" },
            "why": { "type": ["string", "null"], "description": "An editor’s words" }
        }
    });
    json!({
        "description": "By id of an article, the articles that are related to it, best first",
        "type": "object",
        "additionalProperties": {
            "type": "array",
            "maxItems": 50,
            "items": {
                "type": "object",
                "required": ["id", "points", "reasons"],
                "additionalProperties": false,
                "properties": {
                    "id": { "type": "string", "description": "Id of the related article" },
                    "points": number("The sum of the points of the reasons", 0),
                    "reasons": { "type": "array", "minItems": 1, "items": reason, "description": "Why, most points first" }
                }
            }
        }
    })
}

/// The schema of `data/stories.json`.
pub(super) fn stories_schema() -> Value {
    json!({
        "description": "Groups of articles that tell one story, each article in one at most",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["articles"],
            "additionalProperties": false,
            "properties": {
                "articles": {
                    "type": "array",
                    "minItems": 2,
                    "uniqueItems": true,
                    "items": { "type": "string" },
                    "description": "Ids of articles"
                }
            }
        }
    })
}

/// One object: by article id, the list of its related articles, best first.
pub(super) fn related(briefing: &Briefing, workers: &impl Workers) -> Vec<u8> {
    let articles: Vec<&Id> = briefing.site.articles.keys().collect();
    let pieces = workers.each(articles.len().div_ceil(PIECE), |piece| {
        let mut text = String::new();
        for id in articles.iter().skip(piece * PIECE).take(PIECE) {
            line(&mut text, briefing, id);
        }
        text
    });
    let mut json = Vec::with_capacity(pieces.iter().map(String::len).sum::<usize>() + 8);
    json.extend_from_slice(b"{\n");
    // Each piece goes as soon as it is copied, so that all this is hardly ever there twice.
    for piece in pieces {
        json.extend_from_slice(piece.as_bytes());
    }
    while json.ends_with(b",") || json.ends_with(b"\n") {
        json.pop();
    }
    json.extend_from_slice(b"\n}\n");
    json
}

/// An article's line, with a comma at its end.
fn line(text: &mut String, briefing: &Briefing, id: &Id) {
    let links = briefing.links.articles.get(id);
    let related = links.map(|l| l.related.as_slice()).unwrap_or_default();
    text.push_str(&json!(id).to_string());
    text.push_str(":[");
    let shown = related.iter().take(briefing.site.config.data.related);
    for (rank, related) in shown.enumerate() {
        if rank > 0 {
            text.push(',');
        }
        entry(text, briefing, related, rank < QUOTED);
    }
    text.push_str("],\n");
}

/// A list of objects, one for each story: its `articles`, by id.
pub(super) fn stories(briefing: &Briefing) -> String {
    let lines = briefing
        .links
        .stories()
        .iter()
        .map(|articles| json!({ "articles": articles }).to_string());
    let lines: Vec<String> = lines.collect();
    match lines.is_empty() {
        true => "[]\n".to_owned(),
        false => format!("[\n{}\n]\n", lines.join(",\n")),
    }
}

/// A related article. Its reasons are told in words only if `in_words`: data of large sites would be mostly words else.
fn entry(text: &mut String, briefing: &Briefing, related: &Related, in_words: bool) {
    text.push_str("{\"id\":");
    text.push_str(&json!(related.to).to_string());
    text.push_str(&format!(",\"points\":{},\"reasons\":[", related.points));
    for (i, (reason, points)) in related.reasons.iter().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        let kind = kind(reason);
        text.push_str(&format!("{comma}{{\"kind\":\"{kind}\",\"points\":{points}"));
        if let Some((key, value)) = details(reason) {
            text.push_str(&format!(",\"{key}\":{value}"));
        }
        let words = in_words.then(|| briefing.reason_in_words(reason, &related.to));
        if let Some(words) = words.flatten() {
            text.push_str(&format!(",\"words\":{}", Value::from(words)));
        }
        text.push('}');
    }
    text.push_str("]}");
}

/// The words for reasons in data.
pub(super) const KINDS: &[&str] = &[
    "linked",
    "part_of",
    "has_part",
    "based_on",
    "duplicate",
    "reprint",
    "events",
    "reports",
    "place",
    "entities",
    "names",
    "figures",
    "dates",
    "topics",
    "same_words",
    "wording",
    "through",
    "days",
];

/// The word for a reason in data.
pub(super) fn kind(reason: &Reason) -> &'static str {
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
