//! A reading as web annotations (W3C Web Annotation Data Model, Recommendation of 23 February 2017): an annotation page
//! with an annotation for each time expression, name, figure and quotation.
//!
//! Each targets its words by position, in code points, and by quotation with what stands around it, so that it is found
//! again in a text that has moved. Ids are UUIDs (RFC 9562, version 8) of what the annotation says: the same input gives
//! the same ids.

use std::ops::Range;

use serde_json::{Value, json};

use super::places::Places;
use super::{Annotated, people};
use crate::base::Hash128;

/// How many characters before and after the words are quoted.
const AROUND: usize = 32;

/// The annotations of a text.
pub(super) fn page(annotated: &Annotated<'_>) -> Value {
    let writer = Writer {
        annotated,
        places: Places::of(&annotated.document.text),
        source: address(&annotated.document.id),
    };
    let times = annotated.reading.times.iter().map(|time| {
        let body = json!([
            tag("classifying", time.kind.name()),
            tag("describing", &time.value)
        ]);
        (
            &time.range,
            writer.annotation(&time.range, "describing", body),
        )
    });
    let mentions = people::mentions(annotated);
    let mentions = mentions.iter().map(|mention| {
        let mut body = vec![tag("classifying", mention.word)];
        if let Ok(entity) = mention.known {
            body.push(tag("identifying", &entity.name.value));
            body.extend(entity.same_as.iter().map(|address| {
                json!({ "type": "SpecificResource", "purpose": "identifying", "source": address })
            }));
        }
        (
            &mention.range,
            writer.annotation(&mention.range, "identifying", json!(body)),
        )
    });
    let figures = annotated.reading.figures.iter().map(|figure| {
        let mut body = vec![tag("classifying", people::figure_type(figure))];
        body.extend(figure.counted.iter().map(|c| tag("describing", &c.noun)));
        (
            &figure.range,
            writer.annotation(&figure.range, "describing", json!(body)),
        )
    });
    let quotations = annotated.reading.quotations.iter().map(|quotation| {
        let mut body = vec![tag("classifying", people::quotation_type(quotation))];
        body.extend(quotation.speaker.iter().filter_map(|speaker| {
            let range = speaker.antecedent.as_ref().unwrap_or(&speaker.range);
            let text = &annotated.document.text;
            let words = text.get(range.start as usize..range.end as usize)?;
            Some(tag("identifying", words))
        }));
        (
            &quotation.range,
            writer.annotation(&quotation.range, "describing", json!(body)),
        )
    });
    let all = times.chain(mentions).chain(figures).chain(quotations);
    let mut items: Vec<_> = all.collect();
    items.sort_by_key(|(range, _)| (range.start, u32::MAX - range.end));
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": uuid(&["page", &annotated.document.id, &annotated.document.text]),
        "type": "AnnotationPage",
        "items": items.into_iter().map(|(_, item)| item).collect::<Vec<_>>(),
    })
}

struct Writer<'a> {
    annotated: &'a Annotated<'a>,
    places: Places<'a>,
    source: String,
}

impl Writer<'_> {
    fn annotation(&self, range: &Range<u32>, motivation: &str, body: Value) -> Value {
        let document = self.annotated.document;
        let (start, end) = (range.start as usize, range.end as usize);
        let text = &document.text;
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        let cut = before.char_indices().rev().nth(AROUND - 1);
        let prefix = cut.map_or(before, |(at, _)| &before[at..]);
        let cut = after.char_indices().nth(AROUND);
        let suffix = cut.map_or(after, |(at, _)| &after[..at]);
        let place = self.places.range(range);
        json!({
            "id": uuid(&[
                motivation,
                &document.id,
                &format!("{}-{}", place.start, place.end),
                &body.to_string(),
            ]),
            "type": "Annotation",
            "motivation": motivation,
            "body": body,
            "target": {
                "source": { "id": self.source, "type": "Text", "format": document.media },
                "selector": [
                    { "type": "TextPositionSelector", "start": place.start, "end": place.end },
                    {
                        "type": "TextQuoteSelector",
                        "exact": text.get(start..end),
                        "prefix": prefix,
                        "suffix": suffix,
                    },
                ],
            },
        })
    }
}

/// Words about the target.
fn tag(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" })
}

/// A document's id as a web address, relative where it is the path of a file.
fn address(id: &str) -> String {
    let mut out = String::new();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A name for something, made of what it is.
fn uuid(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(&format!("{}:{part}", part.len()));
    }
    let Hash128(mut bytes) = Hash128::of(text.as_bytes());
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = Hash128(bytes).hex();
    let part = |range: Range<usize>| hex.get(range).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        part(0..8),
        part(8..12),
        part(12..16),
        part(16..20),
        part(20..32)
    )
}
