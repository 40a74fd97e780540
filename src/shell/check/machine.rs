//! Findings of a check for programs: JSON lines that follow those of the diagnostics, told from them by their `record`.

use serde_json::{Value, json};

use super::people::{counts, purpose, standing};
use crate::annotate::undated::Bound;
use crate::base::{Position, Severity, Sources, Span};
use crate::engine::check::{Anchored, Checked, Waiting};

/// A line for each quotation (`anchor`) and each article without a date (`undated`), and one for the whole (`summary`).
pub(super) fn lines(checked: &Checked) -> String {
    let sources = &checked.built.sources;
    let anchors = checked.anchors.iter().map(|one| anchor(one, sources));
    let undated = checked.undated.iter().map(|one| waiting(one, sources));
    let all = anchors.chain(undated).chain([summary(checked)]);
    all.map(|object| format!("{object}\n")).collect()
}

fn placed(mut object: Value, span: &Span, sources: &Sources) -> Value {
    let at = sources
        .get(&span.path)
        .map(|source| Position::of(&source.text, span.start));
    object["file"] = json!(span.path.as_str());
    object["line"] = json!(at.map(|at| at.line));
    object["column"] = json!(at.map(|at| at.column));
    object
}

fn anchor(anchor: &Anchored, sources: &Sources) -> Value {
    let object = json!({
        "record": "anchor",
        "purpose": purpose(anchor.purpose).0,
        "article": anchor.article.as_str(),
        "verdict": standing(anchor.standing),
        "quote": anchor.quote,
        "now": anchor.now,
        "paragraph": anchor.place.map(|(paragraph, _)| paragraph),
        "sentence": anchor.place.map(|(_, sentence)| sentence),
        "alike": anchor.alike,
    });
    placed(object, &anchor.span, sources)
}

fn waiting(waiting: &Waiting, sources: &Sources) -> Value {
    let bound = |bound: &Option<Bound>| {
        let bound = bound.as_ref()?;
        Some(json!({ "date": bound.day.to_string(), "reason": bound.reason }))
    };
    let constraints = &waiting.constraints;
    let candidates = constraints.candidates.iter().map(|candidate| {
        json!({
            "first": candidate.first.to_string(),
            "last": candidate.last.to_string(),
            "reasons": candidate.reasons,
        })
    });
    let object = json!({
        "record": "undated",
        "article": waiting.article.as_str(),
        "not_before": bound(&constraints.earliest),
        "not_after": bound(&constraints.latest),
        "candidates": candidates.collect::<Vec<_>>(),
    });
    placed(object, &waiting.span, sources)
}

fn summary(checked: &Checked) -> Value {
    let anchors: serde_json::Map<String, Value> = counts(checked)
        .into_iter()
        .map(|(of, standings)| {
            let standings: serde_json::Map<String, Value> = standings
                .into_iter()
                .map(|(how, count)| (standing(how).to_owned(), json!(count)))
                .collect();
            (purpose(of).0.to_owned(), Value::Object(standings))
        })
        .collect();
    let faults = &checked.built.diagnostics;
    let of = |severity| {
        faults
            .iter()
            .filter(|fault| fault.severity == severity)
            .count()
    };
    let unnamed: Vec<&str> = checked.unnamed.iter().map(|id| id.as_str()).collect();
    json!({
        "record": "summary",
        "anchors": anchors,
        "undated": checked.undated.len(),
        "unnamed": unnamed,
        "errors": of(Severity::Error),
        "warnings": of(Severity::Warning),
    })
}
