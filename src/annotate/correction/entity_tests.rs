use super::*;
use crate::annotate::correction::unused;
use crate::annotate::fixture::{self, entity};
use crate::annotate::{Gazetteer, Input, annotate};
use crate::base::{Place, SitePath, Spanned};
use crate::model::EntityType::{Person, Place as PlaceType};
use crate::model::{Annotated, Entity};

const PARAGRAPHS: [&str; 3] = [
    "Lee Min met officials in Beijing.",
    "Beijing said no. The leader said yes.",
    "Tokyo and Seoul said maybe.",
];

/// An override written at byte `at` of its file.
fn correction(at: usize, verb: Verb, quote: &str, target: Option<&str>, scope: Scope) -> Override {
    let span = fixture::span("content/overrides/a.toml", at);
    let id = |text: &str| Spanned::new(Id::new(text), span.clone());
    Override {
        article: Some(id("a")),
        quote: Spanned::new(quote.to_owned(), span.clone()),
        kind: AnnotationKind::Entity,
        verb,
        target: target.map(id),
        value: None,
        scope,
        topic: Some(id("talks")),
        by: None,
        date: None,
        why: "because".into(),
        span: span.clone(),
    }
}

fn run(corrections: &[Override], links: &[(TextRange, Id)]) -> (Annotated, Vec<Diagnostic>) {
    let entities: Vec<Entity> = vec![
        entity(PlaceType, "beijing", "Beijing"),
        entity(PlaceType, "tokyo", "Tokyo"),
        entity(PlaceType, "china-government", "Government of China"),
        entity(Person, "lee-a", "Lee Min"),
        entity(Person, "lee-b", "Lee Min"),
    ];
    let entities = entities.into_iter().map(|e| (e.id().clone(), e)).collect();
    let gazetteer = Gazetteer::build(&entities).value;
    let outcome = annotate(&Input {
        document: &fixture::document(&PARAGRAPHS),
        gazetteer: &gazetteer,
        article: &fixture::article("a"),
        notes: &[],
        overrides: &corrections.iter().collect::<Vec<_>>(),
        topics: &[Id::new("talks")],
        links,
    });
    (outcome.value, outcome.diagnostics)
}

/// Marks as `words=id`, with `!` when reviewed.
fn marks(annotated: &Annotated) -> Vec<String> {
    let text = PARAGRAPHS.join("\n");
    let show = |mark: &Mark| match &mark.kind {
        MarkKind::Entity { id, .. } => {
            let sign = if mark.state == State::Reviewed {
                "!"
            } else {
                ""
            };
            Some(format!("{}={id}{sign}", mark.range.of(&text)))
        }
        _ => None,
    };
    annotated.marks.iter().filter_map(show).collect()
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<Code> {
    diagnostics.iter().map(|d| d.code).collect()
}

use Scope::{Article, Mention, Site, Topic};
use Verb::{Accept, Add, Reject, Retarget};

#[test]
fn each_verb_at_each_scope() {
    type Case<'a> = (
        &'a str,
        Verb,
        &'a str,
        Option<&'a str>,
        Scope,
        &'a [&'a str],
    );
    let government = Some("china-government");
    let cases: &[Case] = &[
        (
            "accept one",
            Accept,
            "in Beijing",
            None,
            Mention,
            &["Beijing=beijing!", "Beijing=beijing", "Tokyo=tokyo"],
        ),
        (
            "reject one",
            Reject,
            "Beijing said",
            None,
            Mention,
            &["Beijing=beijing", "Tokyo=tokyo"],
        ),
        (
            "reject all",
            Reject,
            "Beijing",
            None,
            Article,
            &["Tokyo=tokyo"],
        ),
        (
            "reject another",
            Reject,
            "Beijing",
            Some("tokyo"),
            Site,
            &["Beijing=beijing", "Beijing=beijing", "Tokyo=tokyo"],
        ),
        (
            "retarget one",
            Retarget,
            "Beijing said",
            government,
            Mention,
            &[
                "Beijing=beijing",
                "Beijing=china-government!",
                "Tokyo=tokyo",
            ],
        ),
        (
            "retarget in the topic",
            Retarget,
            "Beijing",
            government,
            Topic,
            &[
                "Beijing=china-government!",
                "Beijing=china-government!",
                "Tokyo=tokyo",
            ],
        ),
        (
            "add one",
            Add,
            "The leader",
            Some("lee-a"),
            Mention,
            &[
                "Beijing=beijing",
                "Beijing=beijing",
                "The leader=lee-a!",
                "Tokyo=tokyo",
            ],
        ),
        (
            "add over a mark",
            Add,
            "Tokyo and Seoul",
            Some("tokyo"),
            Site,
            &[
                "Beijing=beijing",
                "Beijing=beijing",
                "Tokyo and Seoul=tokyo!",
            ],
        ),
        (
            "settle a tie",
            Retarget,
            "Lee Min",
            Some("lee-b"),
            Article,
            &[
                "Lee Min=lee-b!",
                "Beijing=beijing",
                "Beijing=beijing",
                "Tokyo=tokyo",
            ],
        ),
        (
            "settle a tie by accepting",
            Accept,
            "Lee Min",
            Some("lee-b"),
            Mention,
            &[
                "Lee Min=lee-b!",
                "Beijing=beijing",
                "Beijing=beijing",
                "Tokyo=tokyo",
            ],
        ),
    ];
    for (what, verb, quote, target, scope, expected) in cases {
        let (annotated, _) = run(&[correction(0, *verb, quote, *target, *scope)], &[]);
        assert_eq!(&marks(&annotated), expected, "{what}");
    }
}

#[test]
fn an_unsettled_tie_is_reported_once_at_its_words() {
    let (_, diagnostics) = run(&[], &[]);
    assert_eq!(codes(&diagnostics), [Code::TiedName]);
    assert_eq!(
        diagnostics[0].place,
        Place::Span(Span::new(&SitePath::new("corpus/a.md"), 0, 7))
    );
    let settled = correction(0, Reject, "Lee Min", None, Article);
    assert_eq!(codes(&run(&[settled], &[]).1), []);
}

#[test]
fn the_narrowest_scope_wins() {
    let list = [
        correction(0, Reject, "Beijing", None, Site),
        correction(10, Accept, "Beijing", None, Article),
        correction(
            20,
            Retarget,
            "in Beijing",
            Some("china-government"),
            Mention,
        ),
        correction(30, Reject, "Lee Min", None, Article),
    ];
    let (annotated, diagnostics) = run(&list, &[]);
    assert_eq!(
        marks(&annotated),
        [
            "Beijing=china-government!",
            "Beijing=beijing!",
            "Tokyo=tokyo"
        ]
    );
    assert_eq!(codes(&diagnostics), []);
    assert_eq!(annotated.overrides.len(), 4);
}

#[test]
fn contradictions_name_both_places() {
    let list = [
        correction(10, Accept, "Beijing", None, Article),
        correction(50, Reject, "Beijing", None, Article),
        correction(30, Reject, "Lee Min", None, Article),
    ];
    let (annotated, diagnostics) = run(&list, &[]);
    assert_eq!(
        marks(&annotated),
        ["Beijing=beijing", "Beijing=beijing", "Tokyo=tokyo"]
    );
    assert_eq!(codes(&diagnostics), [Code::OverrideConflict]);
    assert_eq!(diagnostics[0].place, Place::Span(list[1].span.clone()));
    assert_eq!(
        diagnostics[0].labels[0].place,
        Place::Span(list[0].span.clone())
    );
}

#[test]
fn what_no_longer_applies_is_reported() {
    let lee = correction(90, Reject, "Lee Min", None, Article);
    let stale = |o: Override| {
        let (annotated, diagnostics) = run(&[o, lee.clone()], &[]);
        assert_eq!(marks(&annotated).len(), 3);
        diagnostics
    };
    let lost = stale(correction(
        0,
        Reject,
        "Beijing laid out four conditions",
        None,
        Mention,
    ));
    assert_eq!(codes(&lost), [Code::StaleOverride]);
    let best = stale(correction(0, Reject, "Beijing answered yes", None, Mention));
    assert!(
        best[0].help.as_ref().unwrap().contains("Beijing said"),
        "{best:?}"
    );
    let unmarked = stale(correction(0, Reject, "officials", None, Mention));
    assert_eq!(codes(&unmarked), [Code::StaleOverride]);
    let vague = stale(correction(
        0,
        Retarget,
        "Beijing.\nBeijing",
        Some("tokyo"),
        Mention,
    ));
    assert_eq!(codes(&vague), [Code::StaleOverride]);
    let gone = stale(correction(0, Reject, "Beijing answered yes", None, Article));
    assert!(gone[0].help.as_ref().unwrap().contains("Beijing said"));
    let wide = correction(0, Reject, "Osaka", None, Site);
    assert_eq!(codes(&stale(wide.clone())), []);
    assert_eq!(
        codes(&unused(&[wide], &BTreeSet::new())),
        [Code::StaleOverride]
    );
}

#[test]
fn other_articles_and_topics_are_passed_over() {
    let mut elsewhere = correction(0, Reject, "Beijing", None, Article);
    elsewhere.article = Some(Spanned::new(Id::new("b"), elsewhere.span.clone()));
    let mut topic = correction(0, Reject, "Beijing", None, Topic);
    topic.topic = Some(Spanned::new(Id::new("other"), topic.span.clone()));
    let (annotated, diagnostics) = run(&[elsewhere, topic], &[]);
    assert_eq!(marks(&annotated).len(), 3);
    assert_eq!(codes(&diagnostics), [Code::TiedName]);
}

#[test]
fn links_beat_what_was_found() {
    let at = PARAGRAPHS.join("\n").find("Tokyo and").unwrap();
    let links = [
        (
            TextRange::new(at, at + "Tokyo and Seoul".len()),
            Id::new("tokyo"),
        ),
        (TextRange::new(0, "Lee Min".len()), Id::new("lee-a")),
        (TextRange::new(1, 9999), Id::new("lee-a")),
    ];
    let site = correction(0, Reject, "Tokyo and Seoul", None, Site);
    let (annotated, diagnostics) = run(&[site], &links);
    let expected = [
        "Lee Min=lee-a!",
        "Beijing=beijing",
        "Beijing=beijing",
        "Tokyo and Seoul=tokyo!",
    ];
    assert_eq!(marks(&annotated), expected);
    assert_eq!(codes(&diagnostics), []);
}
