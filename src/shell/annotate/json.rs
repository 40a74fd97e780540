//! A reading as JSON: one object for each text, places in code points of `text`.

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::places::Places;
use super::{Annotated, people};
use crate::annotate::figure::Figure;
use crate::annotate::quotation::Quotation;
use crate::annotate::reading::Reading;
use crate::annotate::time::Why;

/// The object of a text. Its lists are in the order of the text; keys that have nothing to say are left out of their entries.
pub(super) fn object(annotated: &Annotated<'_>) -> Value {
    let document = annotated.document;
    let reading = annotated.reading;
    let places = Places::of(&document.text);
    let entry = |range: &Range<u32>| entry(&places, range);
    let sentences = reading.sentences.iter().map(|s| entry(&s.range));
    let times = reading.times.iter().map(|time| {
        let mut object = entry(&time.range);
        object.insert("type".into(), json!(time.kind.name()));
        object.insert("value".into(), json!(time.value));
        put(&mut object, "mod", time.modifier.map(|m| m.name()));
        put(&mut object, "alternative", time.alternative.as_deref());
        if time.why == Why::Age {
            object.insert("age".into(), json!(true));
        }
        object.insert("why".into(), json!(time.why.words()));
        object
    });
    let mentions = people::mentions(annotated).into_iter().map(|mention| {
        let mut object = entry(&mention.range);
        object.insert("type".into(), json!(mention.word));
        match mention.known {
            Ok(entity) => object.insert("entity".into(), json!(entity.id().as_str())),
            Err(certainty) => object.insert("certainty".into(), json!(certainty)),
        };
        object
    });
    let mut object = json!({
        "id": document.id,
        "text": document.text,
        "sentences": sentences.collect::<Vec<_>>(),
        "times": times.collect::<Vec<_>>(),
        "mentions": mentions.collect::<Vec<_>>(),
        "figures": reading.figures.iter().map(|f| figure(&places, f)).collect::<Vec<_>>(),
        "quotations": reading
            .quotations
            .iter()
            .map(|q| quotation(&places, reading, q))
            .collect::<Vec<_>>(),
    });
    if let Some(day) = document.context.published {
        object["published"] = json!(day.to_string());
    }
    object
}

/// Where something stands.
fn entry(places: &Places<'_>, range: &Range<u32>) -> Map<String, Value> {
    let range = places.range(range);
    Map::from_iter([
        ("start".to_owned(), json!(range.start)),
        ("end".to_owned(), json!(range.end)),
    ])
}

/// A figure; a bound that is open is not there.
fn figure(places: &Places<'_>, figure: &Figure) -> Map<String, Value> {
    let mut object = entry(places, &figure.range);
    object.insert("type".into(), json!(people::figure_type(figure)));
    put(&mut object, "min", figure.min.map(number));
    put(&mut object, "max", figure.max.map(number));
    put(&mut object, "unit", people::figure_unit(figure));
    object.insert("hedge".into(), json!(people::hedge(figure)));
    if let Some(counted) = &figure.counted {
        let mut what = entry(places, &counted.range);
        what.insert("noun".into(), json!(counted.noun));
        object.insert("counted".into(), json!(what));
    }
    object
}

/// A number, without a decimal point where it needs none. Beyond 2^53 a float has no exact whole numbers to show.
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// A quotation and who says it.
fn quotation(places: &Places<'_>, reading: &Reading, quotation: &Quotation) -> Map<String, Value> {
    let mut object = entry(places, &quotation.range);
    object.insert("type".into(), json!(people::quotation_type(quotation)));
    put(
        &mut object,
        "verb",
        quotation.verb.as_ref().map(|v| entry(places, v)),
    );
    if let Some(speaker) = &quotation.speaker {
        let mut who = entry(places, &speaker.range);
        let entity = |name: Option<u32>| Some(reading.entity(name?)?.as_str());
        put(&mut who, "entity", entity(speaker.name));
        put(&mut who, "affiliation", entity(speaker.affiliation));
        let antecedent = speaker.antecedent.as_ref();
        put(&mut who, "antecedent", antecedent.map(|a| entry(places, a)));
        put(&mut who, "anonymous", speaker.anonymous.then_some(true));
        object.insert("speaker".into(), json!(who));
    }
    object.insert("group".into(), json!(quotation.group));
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
