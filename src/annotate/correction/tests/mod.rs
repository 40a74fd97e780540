//! Overrides of times, figures, quotations, events and notes: each verb at each scope, and what goes wrong.

mod any;
mod events;
mod marks;
mod notes;

use super::*;
use crate::annotate::fixture::{self, entity};
use crate::annotate::{Gazetteer, annotate};
use crate::base::Spanned;
use crate::model::{
    Amount, Annotated, Body, EntityType, FigureValue, Hedge, Id, MarkKind, NewValue, Note,
    QuotationKind, State, TimeValue, Verb, Verdict, Voice,
};

const PARAGRAPHS: [&str; 4] = [
    "The Harbour Ministry said on Monday that 120 ships had left. An official put it at about 90 ships.",
    "“We counted 80 of them,” Ada Brook said. “Nobody counted better.” She left on Monday.",
    "The port was built in 1901 and again in 1950.",
    "The pilots spoke of a “quiet harbour” that night, with two dozen boats.",
];

use AnnotationKind::{Event, Figure, Quotation, Time};
use Scope::{Article, Mention, Site, Topic};
use Verb::{Accept, Add, Reject, Retarget, Set};

/// An override written at byte `at` of its file; `target` and `value` are empty where they are not given.
struct Written<'a> {
    at: usize,
    kind: AnnotationKind,
    verb: Verb,
    scope: Scope,
    quote: &'a str,
    target: &'a str,
    value: &'a str,
}

fn written(kind: AnnotationKind, verb: Verb, scope: Scope, quote: &str) -> Written<'_> {
    Written {
        at: 0,
        kind,
        verb,
        scope,
        quote,
        target: "",
        value: "",
    }
}

impl<'a> Written<'a> {
    fn to(mut self, target: &'a str) -> Self {
        self.target = target;
        self
    }

    fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    fn at(mut self, at: usize) -> Self {
        self.at = at;
        self
    }

    fn made(&self) -> Override {
        let span = fixture::span("content/overrides/a.toml", self.at);
        let id = |text: &str| Spanned::new(Id::new(text), span.clone());
        let value = match self.kind {
            Time => NewValue::Time(TimeValue {
                timex: None,
                value: self.value.to_owned(),
                modifier: None,
            }),
            Figure => {
                let number = self.value.parse().ok().map(Amount::new);
                NewValue::Figure(FigureValue {
                    kind: None,
                    min: number,
                    max: number,
                    hedge: Hedge::Exact,
                })
            }
            _ => NewValue::Words(self.value.to_owned()),
        };
        Override {
            article: Some(id("a")),
            quote: Spanned::new(self.quote.to_owned(), span.clone()),
            kind: self.kind,
            verb: self.verb,
            target: (!self.target.is_empty()).then(|| id(self.target)),
            value: (!self.value.is_empty()).then(|| Spanned::new(value, span.clone())),
            scope: self.scope,
            topic: Some(id("talks")),
            by: Some("Ed".into()),
            date: None,
            why: "because".into(),
            span,
        }
    }
}

fn gazetteer() -> Gazetteer {
    let entities = [
        entity(EntityType::Organization, "ministry", "Harbour Ministry"),
        entity(EntityType::Person, "brook", "Ada Brook"),
        entity(EntityType::Person, "reed", "Tom Reed"),
    ];
    let entities = entities.into_iter().map(|e| (e.id().clone(), e)).collect();
    Gazetteer::build(&entities).value
}

fn run_with(overrides: &[Override], notes: &[Note]) -> (Annotated, Vec<Diagnostic>) {
    let mut article = fixture::article("a");
    article.published = Some(jiff::civil::date(2014, 2, 27));
    let outcome = annotate(&Input {
        document: &fixture::document(&PARAGRAPHS),
        gazetteer: &gazetteer(),
        article: &article,
        notes,
        overrides: &overrides.iter().collect::<Vec<_>>(),
        topics: &[Id::new("talks")],
        links: &[],
    });
    (outcome.value, outcome.diagnostics)
}

fn run(overrides: &[Written]) -> (Annotated, Vec<Diagnostic>) {
    let overrides: Vec<Override> = overrides.iter().map(Written::made).collect();
    run_with(&overrides, &[])
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<Code> {
    diagnostics.iter().map(|d| d.code).collect()
}

/// Marks of a kind as `words=what they say`, with `!` when reviewed.
fn marks(annotated: &Annotated, kind: AnnotationKind) -> Vec<String> {
    let text = PARAGRAPHS.join("\n");
    let mut shown = Vec::new();
    for mark in &annotated.marks {
        let said = match &mark.kind {
            MarkKind::Time(time) if kind == Time => time.value.to_string(),
            MarkKind::Figure(figure) if kind == Figure => {
                let bound = |a: Option<Amount>| a.map_or("?".into(), |a| a.get().to_string());
                let measure = figure
                    .measure
                    .as_ref()
                    .map_or(String::new(), |id| format!(" {id}"));
                format!("{}..{}{measure}", bound(figure.min), bound(figure.max))
            }
            MarkKind::Quotation(quotation) if kind == Quotation => {
                speaker(quotation.speaker.as_deref())
            }
            _ => continue,
        };
        let sign = if mark.state == State::Reviewed {
            "!"
        } else {
            ""
        };
        let words: Vec<&str> = mark.range.of(&text).split(' ').collect();
        let words = match words.as_slice() {
            [first, .., last] if words.len() > 3 => format!("{first}~{last}"),
            _ => words.join(" "),
        };
        shown.push(format!("{words}={said}{sign}"));
    }
    shown
}

fn speaker(voice: Option<&Voice>) -> String {
    voice.map_or("-".into(), |voice| {
        match (&voice.entity, &voice.affiliation) {
            (Some(id), _) => id.to_string(),
            (None, Some(id)) => format!("{} of {id}", voice.words),
            (None, None) => voice.words.to_string(),
        }
    })
}

#[test]
fn other_articles_and_topics_are_passed_over() {
    let mut elsewhere = written(Time, Reject, Article, "1901").made();
    elsewhere.article = Some(Spanned::new(Id::new("b"), elsewhere.span.clone()));
    let mut topic = written(Figure, Reject, Topic, "120").made();
    topic.topic = Some(Spanned::new(Id::new("other"), topic.span.clone()));
    let (annotated, diagnostics) = run_with(&[elsewhere, topic], &[]);
    assert_eq!(annotated, run(&[]).0);
    assert_eq!(codes(&diagnostics), []);
}
