//! A reading as JSON: one object for each text, places in code points of `text`.

use serde_json::{Map, Value, json};

use super::places::Places;
use super::{Annotated, people};

/// The object of a text. Its lists are in the order of the text; keys that have nothing to say are left out of their entries.
pub(super) fn object(annotated: &Annotated<'_>) -> Value {
    let document = annotated.document;
    let reading = annotated.reading;
    let places = Places::of(&document.text);
    let entry = |range: &std::ops::Range<u32>| {
        let range = places.range(range);
        Map::from_iter([
            ("start".to_owned(), json!(range.start)),
            ("end".to_owned(), json!(range.end)),
        ])
    };
    let sentences = reading.sentences.iter().map(|s| entry(&s.range));
    let times = reading.times.iter().map(|time| {
        let mut object = entry(&time.range);
        object.insert("type".into(), json!(time.kind.name()));
        object.insert("value".into(), json!(time.value));
        put(&mut object, "mod", time.modifier.map(|m| m.name()));
        put(&mut object, "alternative", time.alternative.as_deref());
        object.insert("why".into(), json!(time.why.words()));
        object
    });
    let mentions = people::mentions(annotated).into_iter().map(|mention| {
        let mut object = entry(&mention.range);
        object.insert("type".into(), json!(mention.word));
        put(
            &mut object,
            "entity",
            mention.entity.map(|e| e.id().as_str()),
        );
        object
    });
    let mut object = json!({
        "id": document.id,
        "text": document.text,
        "sentences": sentences.collect::<Vec<_>>(),
        "times": times.collect::<Vec<_>>(),
        "mentions": mentions.collect::<Vec<_>>(),
    });
    if let Some(day) = document.context.published {
        object["published"] = json!(day.to_string());
    }
    object
}

/// Puts a value into an object where there is one.
fn put(object: &mut Map<String, Value>, key: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value {
        object.insert(key.into(), json!(value));
    }
}

/// On one line.
pub(super) fn line(value: &Value) -> String {
    escaped(&format!("{value}\n"))
}

/// On several lines, without a line end after the last.
pub(super) fn pretty(value: &Value) -> String {
    escaped(&format!("{value:#}"))
}

/// JSON without characters that could steer a terminal, or that a stream on its way to one would leave out. They stand
/// in strings alone, where an escape means the same.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
