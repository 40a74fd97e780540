//! Measures.

use super::common;
use super::fields::Fields;
use super::quantity::numbers;
use crate::base::{Code, Diagnostic, Place, Spanned};
use crate::model::{Body, Difference, Hedge, Id, Measure, Reading, Speaker};

/// What front matter looks like at least.
pub(super) const EXAMPLE: &str = "+++\ntitle = \"…\"\nunit = [\"company\", \"firm\"]\n+++";

const HEDGES: [(&str, Hedge); 4] = [
    ("exact", Hedge::Exact),
    ("about", Hedge::About),
    ("at-least", Hedge::AtLeast),
    ("up-to", Hedge::UpTo),
];

const DIFFERENCES: [(&str, Difference); 3] = [
    ("open", Difference::Open),
    ("resolved", Difference::Resolved),
    ("estimates", Difference::Estimates),
];

/// Reads a measure.
pub(super) fn read(fields: &mut Fields<'_, '_>, id: &Id, body: Body) -> Option<Measure> {
    let common = common::read(fields, id, body, "title", "aliases");
    let title = fields.required_string("title");
    let unit = fields.strings("unit");
    if !fields.has("unit") {
        fields.missing(
            "unit",
            "add the nouns that count as one: `unit = [\"company\", \"firm\"]`",
        );
    }
    let needs = fields.strings("needs");
    let as_of = fields.edtf("as_of");
    let sum_of = fields.ids("sum_of");
    let subset_of = fields.id("subset_of");
    let topics = fields.ids("topics");
    let events = fields.ids("events");
    let difference = fields.enumeration("difference", &DIFFERENCES);
    let verdict = fields.string("verdict");
    let values = fields.tables("values", "a reading", reading);
    Some(Measure {
        common,
        title: title?.value,
        unit,
        needs,
        as_of,
        sum_of,
        subset_of,
        topics,
        events,
        values,
        difference,
        verdict,
    })
}

fn reading(fields: &mut Fields<'_, '_>) -> Option<Reading> {
    let article = fields.required_id("article");
    let quote = fields.required_string("quote");
    let ends = ends(fields);
    let hedge = fields.enumeration("hedge", &HEDGES).unwrap_or_default();
    // Whether these words are an entity's id is not known before every file is read.
    let speaker = fields.string("speaker").map(Speaker::Words);
    let as_of = fields.edtf("as_of");
    let words = fields.string("words");
    let counts = fields.string("counts");
    let part_of_sum = fields.bool("part_of_sum").unwrap_or_default();
    let (min, max) = ends?;
    if let (Some(quote), None) = (&quote, &words) {
        check(fields, quote, [min, max]);
    }
    Some(Reading {
        article: article?,
        quote: quote?,
        min,
        max,
        words,
        hedge,
        speaker,
        as_of,
        counts,
        part_of_sum,
    })
}

/// Warns where a quotation does not name the value that is read from it.
fn check(fields: &mut Fields<'_, '_>, quote: &Spanned<String>, ends: [Option<f64>; 2]) {
    let named = numbers(quote);
    let missing = |end: &f64| {
        !named
            .iter()
            .any(|n| (n - end).abs() < 1e-6 * end.abs().max(1.0))
    };
    let keys = if fields.has("value") {
        ["value", "value"]
    } else {
        ["min", "max"]
    };
    let mut given = keys.into_iter().zip(ends.into_iter().flatten());
    if let Some((key, end)) = given.find(|(_, end)| missing(end)) {
        let message = format!("the quotation does not name the number {end}");
        let place = fields.place_of(key);
        fields.report(
            Diagnostic::new(Code::ValueNotInQuote, place, message)
                .label(Place::Span(quote.span.clone()), "the quotation")
                .help("quote the words with the number, or give the source's own in `words`"),
        );
    }
}

/// The lower and the upper end: both from `value`, or from `min` and `max`, or neither. Nothing if they are faulty.
fn ends(fields: &mut Fields<'_, '_>) -> Option<(Option<f64>, Option<f64>)> {
    let value = fields.float("value");
    let (min, max) = (fields.float("min"), fields.float("max"));
    let given = ["value", "min", "max"].map(|key| fields.has(key));
    match (given, value, min, max) {
        ([false, false, false], ..) => Some((None, None)),
        ([true, false, false], Some(value), ..) => Some((Some(value), Some(value))),
        ([false, true, true], _, Some(min), Some(max)) if min <= max => {
            Some((Some(min), Some(max)))
        }
        ([false, true, true], _, Some(min), Some(_)) => {
            let span = fields.place_of("max");
            let wrong = format!("must not be less than `min`, which is {min}");
            fields.bad(Code::BadValue, "max", &span, &wrong);
            None
        }
        ([true, ..], ..) if given[1] || given[2] => {
            let span = fields.place_of("value");
            let wrong = "must not stand beside `min` or `max`; keep the one or the other two";
            fields.bad(Code::BadValue, "value", &span, wrong);
            None
        }
        ([false, true, false], ..) => {
            fields.missing("max", "give both ends, or `value` alone");
            None
        }
        ([false, false, true], ..) => {
            fields.missing("min", "give both ends, or `value` alone");
            None
        }
        _ => None,
    }
}
