//! Overrides of automatic annotations.

use super::fields::Fields;
use crate::base::Code;
use crate::model::{AnnotationKind, Override, Scope, Verb};

const KINDS: [(&str, AnnotationKind); 6] = [
    ("entity", AnnotationKind::Entity),
    ("time", AnnotationKind::Time),
    ("figure", AnnotationKind::Figure),
    ("quotation", AnnotationKind::Quotation),
    ("event", AnnotationKind::Event),
    ("note", AnnotationKind::Note),
];

const VERBS: [(&str, Verb); 5] = [
    ("accept", Verb::Accept),
    ("reject", Verb::Reject),
    ("retarget", Verb::Retarget),
    ("set", Verb::Set),
    ("add", Verb::Add),
];

const SCOPES: [(&str, Scope); 4] = [
    ("mention", Scope::Mention),
    ("article", Scope::Article),
    ("topic", Scope::Topic),
    ("site", Scope::Site),
];

/// Reads a file of overrides.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<Override> {
    fields.tables("override", "an override", one)
}

fn one(fields: &mut Fields<'_, '_>) -> Option<Override> {
    let quote = fields.required_string("quote");
    let kind = required(fields, "kind", &KINDS, "entity");
    let verb = required(fields, "verb", &VERBS, "reject");
    let scope = fields.enumeration("scope", &SCOPES);
    let scope_given = fields.has("scope");
    let correction = Override {
        article: fields.id("article"),
        target: fields.id("target"),
        value: fields.any_as_string("value"),
        topic: fields.id("topic"),
        by: fields.string("by"),
        date: fields.date("date"),
        why: fields
            .required_string("why")
            .map(|why| why.value)
            .unwrap_or_default(),
        span: fields.place().clone(),
        quote: quote?,
        kind: kind?,
        verb: verb?,
        scope: match scope {
            None if scope_given => return None,
            scope => scope.unwrap_or_default(),
        },
    };
    check(fields, &correction);
    Some(correction)
}

fn required<T: Copy>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    words: &[(&'static str, T)],
    example: &str,
) -> Option<T> {
    let value = fields.enumeration(key, words);
    if !fields.has(key) {
        fields.missing(key, &format!("add a line such as `{key} = \"{example}\"`"));
    }
    value
}

/// What one key asks of the others.
fn check(fields: &mut Fields<'_, '_>, correction: &Override) {
    let narrow = matches!(correction.scope, Scope::Mention | Scope::Article);
    if narrow && !fields.has("article") {
        let help = "name the article, or widen the scope: `scope = \"site\"`";
        fields.missing("article", help);
    }
    if correction.scope == Scope::Topic && !fields.has("topic") {
        fields.missing("topic", "name the topic that `scope = \"topic\"` is about");
    }
    let linked = matches!(
        correction.kind,
        AnnotationKind::Entity | AnnotationKind::Event
    );
    let leads = match correction.verb {
        Verb::Retarget => true,
        Verb::Add => linked,
        _ => false,
    };
    if leads && !fields.has("target") {
        fields.missing("target", "name what the words mean: `target = \"…\"`");
    }
    if correction.verb == Verb::Set && !fields.has("value") {
        fields.missing("value", "say what is to be set: `value = \"…\"`");
    }
    let targetless = matches!(correction.kind, AnnotationKind::Time | AnnotationKind::Note);
    if targetless && fields.has("target") {
        let span = fields.place_of("target");
        let wrong = "leads nowhere: times and notes have no target";
        fields.bad(Code::BadValue, "target", &span, wrong);
    }
}
