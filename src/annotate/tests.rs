use proptest::prelude::*;

use super::*;
use crate::annotate::fixture::entity;
use crate::base::{Code, Place, SitePath, Span, Spanned};
use crate::model::{
    Amount, Body, Entity, EntityType, Override, QuotationKind, Scope, Verb, Verdict,
};

fn note(quote: &str) -> Note {
    Note {
        quote: Spanned::new(quote.to_owned(), fixture::span("content/notes/a.md", 2)),
        body: Body {
            text: "A note.".into(),
            path: SitePath::new("content/notes/a.md"),
            offset: 0,
        },
        title: None,
        by: None,
        date: None,
    }
}

fn gazetteer(entities: Vec<Entity>) -> Gazetteer {
    let entities = entities.into_iter().map(|e| (e.id().clone(), e)).collect();
    Gazetteer::build(&entities).value
}

fn run(paragraphs: &[&str], names: &Gazetteer, notes: &[Note]) -> Outcome<Annotated> {
    annotate(&Input {
        document: &fixture::document(paragraphs),
        gazetteer: names,
        article: &fixture::article("a"),
        notes,
        overrides: &[],
        topics: &[],
        links: &[],
    })
}

#[test]
fn sentences_have_numbers_and_places() {
    let document = fixture::document(&["# A headline", "One. Two.", "    code. code.", "Three."]);
    let sentences = sentences_of(&document);
    let found: Vec<_> = sentences
        .iter()
        .map(|s| (s.range.of(&document.text), s.number, s.block, s.place))
        .collect();
    let expected = [
        ("# A headline", 1, 0, None),
        ("One.", 2, 1, Some((1, 1))),
        ("Two.", 3, 1, Some((1, 2))),
        ("Three.", 4, 3, Some((2, 1))),
    ];
    assert_eq!(found, expected);
}

#[test]
fn facts_tell_what_is_counted_and_who_says_it() {
    let names = gazetteer(vec![entity(
        EntityType::Organization,
        "ministry",
        "Harbour Ministry",
    )]);
    let text = "The Harbour Ministry said on Monday that 120 ships had left. “We counted them,” Ada Brook said.";
    let mut article = fixture::article("a");
    article.published = Some(jiff::civil::date(2014, 2, 27));
    let facts = annotate(&Input {
        document: &fixture::document(&[text]),
        gazetteer: &names,
        article: &article,
        notes: &[],
        overrides: &[],
        topics: &[],
        links: &[],
    })
    .value
    .facts;
    let times: Vec<_> = facts
        .times
        .iter()
        .map(|t| (t.sentence, &*t.value))
        .collect();
    assert_eq!(times, [(1, "2014-02-24")]);
    let [figure] = &facts.figures[..] else {
        panic!("{:?}", facts.figures)
    };
    let bounds = (figure.min, figure.max);
    assert_eq!(bounds, (Some(Amount::new(120.0)), Some(Amount::new(120.0))));
    assert_eq!(figure.noun.as_deref(), Some("ship"));
    let speaker = figure.speaker.as_ref().and_then(|s| s.entity.as_ref());
    assert_eq!(speaker.map(Id::as_str), Some("ministry"));
    let speakers: Vec<_> = facts
        .speech
        .iter()
        .map(|s| (s.kind, s.sentence, s.speaker.as_ref().map(|v| &*v.words)))
        .collect();
    let expected = [
        (QuotationKind::Indirect, 1, Some("The Harbour Ministry")),
        (QuotationKind::Direct, 2, Some("Ada Brook")),
    ];
    assert_eq!(speakers, expected);
    let unlisted: Vec<_> = facts.unlisted.iter().map(|n| &*n.words).collect();
    assert_eq!(unlisted, ["Ada Brook"]);
}

#[test]
fn notes_get_marks_and_verdicts() {
    let paragraphs = [
        "The talks resume. The talks end.",
        "Nobody came on March 3.",
    ];
    type Case<'a> = (&'a str, &'a [(&'a str, Verdict)], Option<Code>);
    let cases: &[Case] = &[
        ("talks end", &[("talks end", Verdict::Exact)], None),
        (
            "The talks",
            &[("The talks", Verdict::Moved)],
            Some(Code::AmbiguousQuote),
        ),
        (
            "Nobody comes on March 3.",
            &[("Nobody came on March 3.", Verdict::Reworded)],
            Some(Code::RewordedNote),
        ),
        ("Nobody came on March 4.", &[], Some(Code::LostNote)),
        (
            "talks end … Nobody came",
            &[
                ("talks end.", Verdict::Exact),
                ("Nobody came", Verdict::Exact),
            ],
            None,
        ),
    ];
    let text = paragraphs.join("\n");
    for (quote, expected, code) in cases {
        let outcome = run(&paragraphs, &gazetteer(Vec::new()), &[note(quote)]);
        let marks = outcome
            .value
            .marks
            .iter()
            .filter_map(|mark| match mark.kind {
                MarkKind::Note { index: 0, verdict } => Some((mark.range.of(&text), verdict)),
                _ => None,
            });
        assert_eq!(&marks.collect::<Vec<_>>(), expected, "{quote}");
        let codes: Vec<Code> = outcome.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, code.iter().copied().collect::<Vec<_>>(), "{quote}");
    }
}

#[test]
fn a_lost_note_shows_what_comes_nearest() {
    let outcome = run(
        &["It began on March 3 in Seoul."],
        &gazetteer(Vec::new()),
        &[note("began on March 4 in Seoul")],
    );
    let lost = &outcome.diagnostics[0];
    assert_eq!(
        lost.place,
        Place::Span(Span::new(&SitePath::new("content/notes/a.md"), 2, 3))
    );
    assert_eq!(
        lost.message,
        "‘began on March 4 in Seoul’ is not in the article ‘a’"
    );
    let help = lost.help.as_ref().unwrap();
    assert!(
        help.starts_with("the most similar words are ‘began on March 3 in Seoul’ at ¶1.1 ("),
        "{help}"
    );
    let reworded = run(
        &["It began on March 3 in Seoul."],
        &gazetteer(Vec::new()),
        &[note("It begins on March 3 in Seoul")],
    );
    let message = "the words of this note have changed in the article: ‘begins’ is now ‘began’";
    assert_eq!(reworded.diagnostics[0].message, message);
}

#[test]
fn marks_are_in_order_and_facts_have_no_offsets() {
    let names = gazetteer(vec![
        entity(EntityType::Place, "seoul", "Seoul"),
        entity(EntityType::Place, "tokyo", "Tokyo"),
    ]);
    let paragraphs = ["Tokyo and Seoul, Tokyo.", "Nothing. Seoul."];
    let outcome = run(
        &paragraphs,
        &names,
        &[note("Tokyo"), note("Tokyo and Seoul"), note("and Seoul")],
    );
    let starts: Vec<(u32, u32)> = outcome
        .value
        .marks
        .iter()
        .map(|m| (m.range.start, m.range.end))
        .collect();
    assert_eq!(
        starts,
        [
            (0, 15),
            (0, 5),
            (0, 5),
            (6, 15),
            (10, 15),
            (17, 22),
            (33, 38)
        ]
    );
    let moved = run(
        &["Tokyo, it is said, and Seoul, Tokyo.", "Nothing. Seoul."],
        &names,
        &[],
    );
    assert_eq!(outcome.value.facts, moved.value.facts);
    let mentions: Vec<_> = moved
        .value
        .facts
        .mentions
        .iter()
        .map(|m| (m.sentence, m.entity.as_str(), m.count))
        .collect();
    assert_eq!(
        mentions,
        [(1, "seoul", 1), (1, "tokyo", 2), (3, "seoul", 1)]
    );
}

#[test]
fn messages_show_long_words_shortened() {
    assert_eq!(shown("a\nb"), "a b");
    assert!(shown(&"word ".repeat(100)).chars().count() < 110);
}

/// Short names over few letters, so that they overlap, tie and nest.
fn any_entities() -> impl Strategy<Value = Vec<Entity>> {
    let name = || "[AKab가北]{1,2}([ '-][AKab가é]{1,3}){0,2}|\\PC{0,6}";
    let some = || proptest::collection::vec(name(), 0..3);
    let parts = (
        name(),
        some(),
        some(),
        some(),
        some(),
        some(),
        any::<(bool, bool)>(),
    );
    proptest::collection::vec(parts, 0..8).prop_map(|list| {
        let numbered = list.iter().enumerate();
        let built = numbered.map(
            |(i, (name, aliases, weak, demonyms, never, needs, (fold, person)))| {
                let kind = if *person {
                    EntityType::Person
                } else {
                    EntityType::Place
                };
                let mut built = entity(kind, &format!("e{i}"), name)
                    .aliases(&strs(aliases))
                    .weak(&strs(weak))
                    .demonyms(&strs(demonyms))
                    .never(&strs(never));
                built.needs = if *person { Vec::new() } else { needs.clone() };
                built.fold = *fold;
                built
            },
        );
        built.collect()
    })
}

fn strs(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

fn any_paragraph() -> impl Strategy<Value = String> {
    "([AKab가北é]{1,3}[ '.\u{301}-]{1,2}){0,12}|\\PC{0,40}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn marks_lie_within_blocks_and_entities_apart(
        entities in any_entities(),
        paragraphs in proptest::collection::vec(any_paragraph(), 1..4),
        quotes in proptest::collection::vec(any_paragraph(), 0..3),
        corrections in proptest::collection::vec((any_paragraph(), 0usize..4, 0usize..2, 0usize..3), 0..4),
        links in proptest::collection::vec((0u32..60, 0u32..60), 0..2),
    ) {
        let names = gazetteer(entities);
        let document = fixture::document(&strs(&paragraphs));
        let notes: Vec<Note> = quotes.iter().chain(&paragraphs).map(|q| note(q)).collect();
        let span = fixture::span("content/overrides/a.toml", 0);
        let overrides: Vec<Override> = corrections.iter().map(|(quote, verb, scope, target)| Override {
            article: Some(Spanned::new(Id::new("a"), span.clone())),
            quote: Spanned::new(quote.clone(), span.clone()),
            kind: crate::model::AnnotationKind::Entity,
            verb: [Verb::Accept, Verb::Reject, Verb::Retarget, Verb::Add][*verb],
            target: Some(Spanned::new(Id::new(format!("e{target}")), span.clone())),
            value: None,
            scope: [Scope::Mention, Scope::Site][*scope],
            topic: None,
            by: None,
            date: None,
            why: String::new(),
            span: span.clone(),
        }).collect();
        let block_of = |range: TextRange| document.blocks.iter().find(|b| b.range.contains(range) && !range.is_empty());
        let links: Vec<(TextRange, Id)> = links
            .iter()
            .map(|&(start, end)| (TextRange { start, end }, Id::new("e0")))
            .filter(|(range, _)| block_of(*range).is_some() && document.text.get(range.indices()).is_some())
            .collect();
        let input = Input {
            document: &document,
            gazetteer: &names,
            article: &fixture::article("a"),
            notes: &notes,
            overrides: &overrides.iter().collect::<Vec<_>>(),
            topics: &[],
            links: &links,
        };
        let outcome = annotate(&input);
        let marks = &outcome.value.marks;
        for mark in marks {
            prop_assert!(document.text.get(mark.range.indices()).is_some(), "{mark:?}");
            let speech = matches!(mark.kind, MarkKind::Quotation(_));
            let open = document.blocks.iter().filter(|b| b.kind != BlockKind::Code);
            let within = block_of(mark.range).is_some_and(|b| b.kind != BlockKind::Code);
            let across = open.filter(|b| b.range.overlaps(mark.range)).count() > 1;
            prop_assert!(within || speech && across, "{mark:?}");
        }
        let entities: Vec<&Mark> = marks.iter().filter(|m| matches!(m.kind, MarkKind::Entity { .. })).collect();
        for pair in entities.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start, "{pair:?}");
        }
        prop_assert!(marks.is_sorted_by(|a, b| order(a, b).is_le()));
        let again = annotate(&input);
        prop_assert_eq!(again.value, outcome.value);
        prop_assert_eq!(again.diagnostics, outcome.diagnostics);
    }
}
