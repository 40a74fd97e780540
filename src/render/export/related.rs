//! `data/related.json` and `data/stories.json`.

use serde::Serialize;
use serde_json::{Value, json};

use crate::link::related::QUOTED;
use crate::link::{Reason, Related, Workers};
use crate::model::Id;
use crate::render::view::Briefing;

/// Articles that one worker takes at a time.
const PIECE: usize = 64;

/// Pieces that are written before they are joined.
const PIECES: usize = 16;

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
    let mut json = b"{\n".to_vec();
    let mut done = 0;
    // Of a large site this is the largest file by far: a part of it at a time is there twice, and no more.
    for part in articles.chunks(PIECE * PIECES) {
        let pieces = workers.each(part.len().div_ceil(PIECE), |piece| {
            let mut text = Vec::new();
            for id in part.iter().skip(piece * PIECE).take(PIECE) {
                line(&mut text, briefing, id);
            }
            text
        });
        let new: usize = pieces.iter().map(Vec::len).sum();
        done += part.len();
        // What is to come is as long, one article like another.
        let left = articles.len() - done;
        json.reserve_exact(new + (json.len() + new) / done * left * 9 / 8 + 8);
        pieces
            .iter()
            .for_each(|piece| json.extend_from_slice(piece));
    }
    while json.ends_with(b",") || json.ends_with(b"\n") {
        json.pop();
    }
    json.extend_from_slice(b"\n}\n");
    json
}

/// An article's line, with a comma at its end.
fn line(text: &mut Vec<u8>, briefing: &Briefing, id: &Id) {
    let links = briefing.links.articles.get(id);
    let related = links.into_iter().flat_map(|l| l.related.iter());
    put(text, id);
    text.extend_from_slice(b":[");
    let shown = related.take(briefing.site.config.data.related);
    for (rank, related) in shown.enumerate() {
        if rank > 0 {
            text.push(b',');
        }
        entry(text, briefing, &related, rank < QUOTED);
    }
    text.extend_from_slice(b"],\n");
}

/// Writes a value as JSON. What is written here can always be, and memory can always be written to.
fn put(text: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let _ = serde_json::to_writer(text, value);
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
fn entry(text: &mut Vec<u8>, briefing: &Briefing, related: &Related, in_words: bool) {
    text.extend_from_slice(b"{\"id\":");
    put(text, &related.to);
    text.extend_from_slice(b",\"points\":");
    put(text, &related.points);
    text.extend_from_slice(b",\"reasons\":[");
    for (i, (reason, points)) in related.reasons.iter().enumerate() {
        text.extend_from_slice(if i > 0 { b"," } else { b"" });
        text.extend_from_slice(b"{\"kind\":\"");
        text.extend_from_slice(kind(reason).as_bytes());
        text.extend_from_slice(b"\",\"points\":");
        put(text, points);
        details(text, reason);
        let words = in_words.then(|| briefing.reason_in_words((reason, *points), &related.to));
        if let Some(words) = words.flatten() {
            detail(text, "words", &words);
        }
        text.push(b'}');
    }
    text.extend_from_slice(b"]}");
}

/// One more key of an object, with its value.
fn detail(text: &mut Vec<u8>, key: &str, value: &(impl Serialize + ?Sized)) {
    text.extend_from_slice(b",\"");
    text.extend_from_slice(key.as_bytes());
    text.extend_from_slice(b"\":");
    put(text, value);
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
fn details(text: &mut Vec<u8>, reason: &Reason) {
    match reason {
        Reason::Linked { why, .. } => detail(text, "why", why),
        Reason::PartOf | Reason::HasPart | Reason::BasedOn | Reason::Duplicate => {}
        Reason::Reprint(part) => detail(text, "percent", part),
        Reason::SharedEvents(events) => detail(text, "events", events),
        Reason::SameReport(articles) | Reason::Through(articles) => {
            detail(text, "articles", articles);
        }
        Reason::SamePlace(place) => detail(text, "entities", &[place]),
        Reason::Shares(entities) => detail(text, "entities", entities),
        Reason::SharedNames(names) => detail(text, "names", names),
        Reason::SharedFigures(figures) => detail(text, "figures", figures),
        Reason::SameDates(days) => detail(text, "dates", days),
        Reason::SameTopic(topics) => detail(text, "topics", topics),
        Reason::SameWords { count, .. } => detail(text, "count", count),
        Reason::Wording(words) => detail(text, "terms", words),
        Reason::Days(days) => detail(text, "days", days),
    }
}
