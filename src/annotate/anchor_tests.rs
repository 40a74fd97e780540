use super::*;
use crate::annotate::fixture::Text;

const PARAGRAPHS: [&str; 5] = [
    "Seoul described Pyongyang's decision as forward-looking. But, the talks come as Washington and Seoul prepare.",
    "He said the “53,000 North Korean laborers” would return to ‘normal work’. The talks come a week later.",
    "North Korea did not reply to the request for a preliminary meeting on March 3, officials said.",
    "    The talks come in code.",
    "Kimchi was served. The South Korean government is prepared to turn to other organisations — it said — soon.",
];

fn with<T>(paragraphs: &[&str], check: impl Fn(&Finder, &str) -> T) -> T {
    let text = Text::new(paragraphs);
    check(
        &Finder::new(&text.document.text, &text.sentences),
        &text.document.text,
    )
}

/// The verdict and the words found.
fn found(quote: &str) -> String {
    with(&PARAGRAPHS, |finder, text| {
        let words = |a: &Anchor| a.range.of(text).to_owned();
        match finder.find(quote) {
            Found::One(a) => format!("one: {}", words(&a)),
            Found::Many(all) => format!("{}: {}", all.len(), words(&all[0])),
            Found::Reworded(r) => format!("reworded: {}", words(&r.anchor)),
            Found::Lost { best: Some((a, _)) } => format!("lost, best: {}", words(&a)),
            Found::Lost { best: None } => "lost".into(),
        }
    })
}

#[test]
fn finds_words_however_they_are_typed() {
    let cases = [
        (
            "decision as forward-looking",
            "one: decision as forward-looking",
        ),
        (
            "the \"53,000  North Korean\nlaborers\"",
            "one: the “53,000 North Korean laborers”",
        ),
        ("Pyongyang’s   decision", "one: Pyongyang's decision"),
        (
            "other organisations--it said",
            "reworded: other organisations — it said",
        ),
        (
            "other organisations - it said",
            "one: other organisations — it said",
        ),
        ("Kim", "one: Kim"),
        ("talks come", "2: talks come"),
        ("soon. … ", "one: soon."),
        ("", "lost"),
        ("…", "lost"),
    ];
    for (quote, expected) in cases {
        assert_eq!(found(quote), expected, "{quote}");
    }
}

#[test]
fn an_ellipsis_spans_a_gap() {
    let cases = [
        (
            "He said … normal work",
            "one: He said the “53,000 North Korean laborers” would return to ‘normal work",
        ),
        ("Seoul ... prepare", "one: Seoul prepare"),
        (
            "Seoul described […] talks come",
            "one: Seoul described Pyongyang's decision as forward-looking. But, the talks come",
        ),
        (
            "He said … laborers … work",
            "one: He said the “53,000 North Korean laborers” would return to ‘normal work",
        ),
    ];
    for (quote, expected) in cases {
        assert_eq!(found(quote), expected, "{quote}");
    }
    assert!(found("prepare … He said").starts_with("one: prepare.\nHe said"));
    assert!(
        found("officials said … Seoul").starts_with("lost"),
        "order counts"
    );
    let far = "x ".repeat(3000);
    let apart = with(&[&format!("Begin {far} end.")], |f, _| {
        f.find("Begin … end")
    });
    assert!(matches!(apart, Found::Lost { .. }));
}

#[test]
fn finds_altered_words_that_say_the_same() {
    assert_eq!(
        found("North Korea did not answer to the request for a preliminary meeting on March 3"),
        "reworded: North Korea did not reply to the request for a preliminary meeting on March 3"
    );
    with(&PARAGRAPHS, |finder, _| {
        let Found::Reworded(rewording) =
            finder.find("The South Korean government was prepared to turn to other organizations")
        else {
            panic!("not found");
        };
        let change = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            rewording.changes,
            [
                change("was", "is"),
                change("organizations", "organisations")
            ]
        );
        assert_eq!(rewording.anchor.verdict, Verdict::Reworded);
    });
}

#[test]
fn figures_dates_and_negations_must_agree() {
    for quote in [
        "North Korea did reply to the request for a preliminary meeting on March 3",
        "North Korea did not reply to the request for a preliminary meeting on March 4",
        "North Korea did not reply to the request for a preliminary meeting on May 3",
        "the 52,000 North Korean laborers would return to normal work",
    ] {
        assert!(
            found(quote).starts_with("lost, best: "),
            "{quote}: {}",
            found(quote)
        );
    }
}

#[test]
fn a_close_second_is_not_passed_over() {
    let twice = [
        "The ministry said that talks on the park would resume in the city.",
        "The ministry said that talks on the park would resume in the town.",
    ];
    let quote = "The ministry said that talks on the park could resume in the ward.";
    let found = with(&twice, |f, _| f.find(quote));
    assert!(matches!(found, Found::Lost { best: Some(_) }), "{found:?}");
}

#[test]
fn a_block_ends_a_quotation_unless_it_has_a_line_end() {
    assert!(found("Seoul prepare. He said").starts_with("lost"));
    assert!(found("Seoul prepare.\n\nHe said").starts_with("one"));
    assert!(
        found("The talks come in code").starts_with("lost"),
        "code is left alone"
    );
}

#[test]
fn names_the_sentences() {
    with(&PARAGRAPHS, |finder, _| {
        let anchor = finder
            .find("forward-looking. But, the talks")
            .anchor()
            .unwrap();
        assert_eq!((anchor.sentence, anchor.last_sentence), (0, 1));
        let anchor = finder.find("Kimchi").anchor().unwrap();
        assert_eq!((anchor.sentence, anchor.last_sentence), (5, 5));
    });
}

#[test]
fn long_texts_cost_little() {
    // Were it quadratic, this would take minutes.
    let common = "the talks of the two sides on the park in the north and the south of the border ";
    let long =
        common.repeat(20_000) + "where the very last delegation of negotiators assembled at noon.";
    let found = with(&[&long], |finder, _| {
        finder.find("where the last delegations of negotiators assembled at noon")
    });
    assert!(matches!(found, Found::Reworded(_)), "{found:?}");
    let found = with(&[&long], |finder, _| {
        finder.find("the talks … of the sides two")
    });
    assert!(matches!(found, Found::Lost { .. }));
}

proptest::proptest! {
    #[test]
    fn found_again_after_retyping(
        words in proptest::collection::vec("[A-Za-zé가각'“-]{1,7}", 4..30),
        from in 0usize..20, length in 1usize..12, space in "[ \u{a0}\t]{1,3}",
    ) {
        let text = words.join(" ");
        let from = from.min(words.len() - 1);
        let quoted = words[from..words.len().min(from + length)].join(&space);
        let retyped = quoted.replace('\'', "’").replace('“', "\"");
        proptest::prop_assume!(!lines(&retyped).is_empty());
        with(&[&text], |finder, text| {
            let anchor = finder.find(&retyped).anchor().expect("found");
            assert_eq!(spell(anchor.range.of(text)), spell(&retyped));
        });
    }

    #[test]
    fn never_panics(text in "\\PC{0,80}", quote in "\\PC{0,40}", cut in 0usize..40) {
        let quotes = [quote.clone(), text.chars().skip(cut).collect(), format!("{quote}…{text}")];
        with(&[&text, &quote], |finder, source| {
            for quote in &quotes {
                if let Some(anchor) = finder.find(quote).anchor() {
                    assert!(source.get(anchor.range.indices()).is_some());
                }
            }
        });
    }
}
