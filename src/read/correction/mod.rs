//! Overrides of automatic annotations.
//!
//! 1. Read each table's keys.
//! 2. Read its value as its kind has them: of a time expression ([`timex`]), of a figure ([`amount`]), or words.
//! 3. Hold what one key asks of the others: which verbs a kind has, and what they need.
//!
//! Invariant: an override that is given on has all that its kind and verb need. One that lacks something, or whose value
//! cannot be read, is reported and left out.

mod amount;
pub(crate) mod timex;

use super::fields::Fields;
use crate::base::{Code, Diagnostic, Spanned};
use crate::model::{AnnotationKind, NewValue, Override, Scope, Verb};

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
    let written = fields.any_as_string("value");
    let value = kind
        .zip(written)
        .map(|(kind, written)| value(fields, kind, written));
    let article = fields.id("article");
    let target = fields.id("target");
    let topic = fields.id("topic");
    let by = fields.string("by");
    let date = fields.date("date");
    let why = fields.required_string("why");
    let correction = Override {
        article,
        target,
        value: value.clone().flatten(),
        topic,
        by,
        date,
        why: why.map(|why| why.value).unwrap_or_default(),
        span: fields.place().clone(),
        quote: quote?,
        kind: kind?,
        verb: verb?,
        scope: match scope {
            None if scope_given => return None,
            scope => scope.unwrap_or_default(),
        },
    };
    let readable = !matches!(value, Some(None));
    (check(fields, &correction) && readable).then_some(correction)
}

/// The value as its kind has it; none, and reported, where it cannot be read.
fn value(
    fields: &mut Fields<'_, '_>,
    kind: AnnotationKind,
    written: Spanned<String>,
) -> Option<Spanned<NewValue>> {
    let span = written.span;
    let value = match kind {
        AnnotationKind::Time => timex::parse(&written.value).map(NewValue::Time),
        AnnotationKind::Figure => {
            amount::parse(&written.value)
                .map(NewValue::Figure)
                .map_err(|wrong| {
                    (
                        wrong,
                        "the notation is in the reference of overrides".into(),
                    )
                })
        }
        _ => Ok(NewValue::Words(written.value)),
    };
    match value {
        Ok(value) => Some(Spanned::new(value, span)),
        Err((wrong, help)) => {
            let message = format!("`value` {wrong}");
            fields.report(Diagnostic::new(Code::BadValue, span, message).help(help));
            None
        }
    }
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

/// What one key asks of the others. Whether nothing that the override cannot do without is missing.
fn check(fields: &mut Fields<'_, '_>, correction: &Override) -> bool {
    use AnnotationKind::{Entity, Event, Figure, Note, Quotation, Time};
    let (kind, verb) = (correction.kind, correction.verb);
    let mut whole = verb_suits(fields, kind, verb);
    let narrow = matches!(correction.scope, Scope::Mention | Scope::Article);
    let leads = match verb {
        Verb::Retarget => true,
        Verb::Add => matches!(kind, Entity | Event),
        Verb::Accept => kind == Event,
        Verb::Set | Verb::Reject => false,
    };
    let valued = match verb {
        Verb::Set => true,
        Verb::Add => matches!(kind, Time | Figure),
        _ => false,
    };
    let voiced = kind == Quotation && verb == Verb::Add && !fields.has("value");
    let needs = [
        (
            narrow,
            "article",
            "name the article, or widen the scope: `scope = \"site\"`",
        ),
        (
            correction.scope == Scope::Topic,
            "topic",
            "name the topic that `scope = \"topic\"` is about",
        ),
        (
            leads,
            "target",
            "name what the words mean: `target = \"…\"`",
        ),
        (valued, "value", "say what is to be set: `value = \"…\"`"),
        (
            voiced,
            "target",
            "name who speaks: `target` with an entity's id, or `value` with words",
        ),
    ];
    for (needed, key, help) in needs {
        if needed && !fields.has(key) {
            fields.missing(key, help);
            whole = false;
        }
    }
    let targetless = matches!(kind, Time | Note);
    if targetless && fields.has("target") {
        let span = fields.place_of("target");
        let wrong = "leads nowhere: times and notes have no target";
        fields.bad(Code::BadValue, "target", &span, wrong);
    }
    if kind == Figure && verb == Verb::Reject && fields.has("target") {
        let span = fields.place_of("target");
        let wrong = "leads nowhere: a figure is rejected as a whole, for every measure";
        fields.bad(Code::BadValue, "target", &span, wrong);
    }
    whole
}

/// Whether a kind of annotation has the verb. If not, that is reported.
fn verb_suits(fields: &mut Fields<'_, '_>, kind: AnnotationKind, verb: Verb) -> bool {
    use AnnotationKind::{Entity, Event, Figure, Note, Quotation, Time};
    let (wrong, help) = match (kind, verb) {
        (Entity | Event, Verb::Set) => (
            "cannot be `set`: entities and events have no value",
            "write `verb = \"retarget\"` with a `target`",
        ),
        (Time, Verb::Retarget) => (
            "cannot be `retarget`: a time expression leads to nothing but its value",
            "write `verb = \"set\"` with a `value`",
        ),
        (Note, Verb::Retarget | Verb::Add) => (
            "can only be `accept`, `reject` or `set` for a note",
            "write a new note into `content/notes/`, or give this one other words with `verb = \"set\"`",
        ),
        (Entity | Event | Figure | Quotation | Time | Note, _) => return true,
    };
    let span = fields.place_of("verb");
    let message = format!("`verb` {wrong}");
    fields.report(Diagnostic::new(Code::BadValue, span, message).help(help));
    false
}
